"""
Whatever comes in, out comes a typed error or a sensible rendering: no crash, no hang, no markup.
"""

from __future__ import annotations

import re
import sys
import threading

import pytest
from csl.hostile import OTHERS, TEXTS, VALUES, assert_item_survives, assert_survives, read_html
from hypothesis import given
from hypothesis import strategies as st

import dateline
from dateline.csl import Cite, InvalidStyle, RenderingTooLarge, Style
from dateline.csl.bundled import bundled_style
from dateline.csl.markup import parse_markup
from dateline.csl.output import RichText
from dateline.csl.person import FIELDS as NAME_FIELDS
from dateline.csl.values import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES
from dateline.errors import DatelineError
from dateline.testing import make_article


CSL = 'xmlns="http://purl.org/net/xbiblio/csl"'

#: Texts (CSL 1.0.2, "Appendix IV - Variables"), and what an item is known by.
TEXT_VARIABLES = [
    "abstract", "annote", "archive", "archive_collection", "archive_location", "archive-place",
    "authority", "call-number", "citation-key", "citation-label", "collection-title",
    "container-title", "container-title-short", "dimensions", "division", "DOI", "event",
    "event-place", "event-title", "genre", "ISBN", "ISSN", "id", "journalAbbreviation",
    "jurisdiction", "keyword", "language", "license", "medium", "note", "original-publisher",
    "original-publisher-place", "original-title", "part-title", "PMCID", "PMID", "publisher",
    "publisher-place", "references", "reviewed-genre", "reviewed-title", "scale", "shortTitle",
    "source", "status", "title", "title-short", "type", "URL", "volume-title", "year-suffix",
]  # fmt: skip

VARIABLES = sorted({*TEXT_VARIABLES, *DATE_VARIABLES, *NAME_VARIABLES, *NUMBER_VARIABLES})

#: Long enough for the slowest machine, and nothing that ends takes as long.
PATIENCE = 120


def style_of(layout, *, macros="", attributes=""):
    """
    A style that cites and lists by the same layout.
    """
    parts = "".join(f"<{part}><layout>{layout}</layout></{part}>" for part in ("citation", "bibliography"))
    return f"<style {CSL} {attributes}>{macros}{parts}</style>"


def names(variable, content):
    """
    An element for names.
    """
    return f'<names variable="{variable}">{content}</names>'


def every_way(variable):
    """
    A style that prints a variable as often as there are ways to.
    """
    cases = ("lowercase", "uppercase", "title", "sentence", "capitalize-all", "capitalize-first")
    elements = [
        *(f'<text variable="{variable}" text-case="{case}" quotes="true"/>' for case in cases),
        f'<text variable="{variable}" form="short" font-style="italic" strip-periods="true"/>',
        names(
            variable, '<name form="long" initialize-with="." name-as-sort-order="all"/><label form="short"/>'
        ),
        names(variable, '<name form="short" and="symbol" font-variant="small-caps"/>'),
        f'<date variable="{variable}" form="text"/>',
        f'<date variable="{variable}" form="numeric" date-parts="year"/>',
        *(f'<number variable="{variable}" form="{form}"/>' for form in ("ordinal", "long-ordinal", "roman")),
        f'<label variable="{variable}"/>',
        f'<choose><if is-numeric="{variable}" is-uncertain-date="{variable}" match="any"/></choose>',
    ]
    key = f'<sort><key variable="{variable}"/></sort>'

    return style_of("".join(elements), attributes='page-range-format="chicago"').replace(
        "<layout>", f"{key}<layout>"
    )


def in_time(function):
    """
    What *function* returns or raises, unless it hangs.
    """
    done = []

    def run():
        try:
            done.append((function(), None))
        except BaseException as error:  # noqa: BLE001 - raised again below
            done.append((None, error))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert done, f"not finished after {PATIENCE} s"
    [(result, error)] = done
    if error is not None:
        raise error

    return result


@pytest.mark.parametrize("variable", VARIABLES)
def test_no_value_of_a_variable_does_harm(variable):
    """
    Whatever a variable holds, however it is printed.
    """
    style = Style.parse(every_way(variable))
    for value in VALUES:
        assert_item_survives(style, {"id": "a", "type": "webpage", variable: value})


@pytest.mark.parametrize("field", [*NAME_FIELDS, "comma-suffix", "static-ordering", "parse-names"])
def test_no_part_of_a_name_does_harm(field):
    """
    Whatever a name is made of.
    """
    style = Style.parse(every_way("author"))
    for value in VALUES:
        name = {"family": "Noor", "given": "Ada", field: value}
        assert_item_survives(style, {"id": "a", "author": [name, {field: value}]})


@pytest.mark.parametrize("field", ["date-parts", "season", "circa", "literal", "raw"])
def test_no_part_of_a_date_does_harm(field):
    """
    Whatever a date is made of, down to its year.
    """
    style = Style.parse(every_way("issued"))
    for value in VALUES:
        for date in ({field: value}, {"date-parts": [[2020]], field: value}, {field: [[2020, value]]}):
            assert_item_survives(style, {"id": "a", "issued": date})


@pytest.mark.parametrize("field", ["locator", "label", "prefix", "suffix"])
def test_nothing_that_a_cite_adds_does_harm(field):
    """
    Locator and affixes are as much a stranger's as the item.
    """
    style = Style.parse(style_of('<label variable="locator"/><text variable="locator"/>'))
    for value in VALUES:
        added = {"locator": "3", field: value}
        assert_survives(lambda added=added: [style.cite([Cite({"id": "a"}, **added)])])


texts = st.text(st.characters(exclude_categories=())) | st.sampled_from(TEXTS[:-1])

values = st.recursive(
    texts | st.sampled_from(OTHERS) | st.floats() | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*NAME_FIELDS, "date-parts", "raw", "circa"]), inner, max_size=3)
    ),
    max_leaves=6,
)

people = st.lists(st.dictionaries(st.sampled_from(NAME_FIELDS), texts, max_size=3), max_size=3)

dates = st.fixed_dictionaries(
    {}, optional={"date-parts": st.lists(st.lists(st.integers(-20, 3000), max_size=3)), "literal": texts}
)

items = st.dictionaries(
    st.sampled_from(VARIABLES), values, max_size=4
) | st.fixed_dictionaries(
    {"title": texts, "author": people, "issued": dates},
    optional={"type": st.sampled_from(["webpage", "dataset", "report"]), "URL": texts, "version": texts},
)  # fmt: skip


@pytest.mark.properties
@pytest.mark.parametrize("name", ["apa", "chicago-notes-bibliography", "nlm-citation-sequence"])
@given(item=items)
def test_no_item_does_harm(name, item):
    """
    In our own styles, any item is refused or printed as text.
    """
    assert_item_survives(Style.bundled(name), item)


@pytest.mark.properties
@given(many=st.lists(items, min_size=2, max_size=4))
def test_no_list_of_items_does_harm(many):
    """
    Nor does any list of them, in which cites are told apart.
    """
    assert_survives(lambda: Style.bundled("apa").bibliography(many))


def test_html_holds_the_text_of_a_value():
    """
    What looks like a tag is still there, as text.
    """
    style = Style.parse(style_of('<text variable="title"/>'))
    html = style.cite([{"title": TEXTS[2]}]).html()

    assert "<script>alert(“x”)</script>" == "".join(read_html(html).text)


@pytest.mark.interop
def test_markdown_is_read_as_the_same_text():
    """
    Another program finds no more in our Markdown than text and formatting.
    """
    pypandoc = pytest.importorskip("pypandoc")
    # Emphasis in emphasis is ambiguous in Markdown, however it is written.
    shallow = [each for each in TEXTS if len(each) < 5_000 and each.count("<b>") < 2]
    words = [each for each in shallow if str(RichText(parse_markup(each))).strip()]
    for value in words:
        item = {"id": "a", "title": value}
        style = Style.parse(style_of('<text variable="title"/>'))
        made = style.cite([item])
        html = pypandoc.convert_text(made.markdown(), "html", format="commonmark", extra_args=["--wrap=none"])
        tags = read_html(html)

        assert {"p", "em", "strong", "sup", "sub", "span style=font-style:normal;"} >= {
            *(tag for tag in tags.seen if "font-" not in tag)
        }
        assert "".join(str(made).split()) == "".join("".join(tags.text).split())


def macros(*bodies):
    """
    Macros called m0, m1 and so on.
    """
    return "".join(f'<macro name="m{number}">{body}</macro>' for number, body in enumerate(bodies))


def call(number):
    """
    A call of one of them.
    """
    return f'<text macro="m{number}"/>'


def doubling(leaf, times):
    """
    Macros that call the next one twice, down to the *leaf*.
    """
    return macros(*(call(number + 1) * 2 for number in range(times)), leaf)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

REFUSED = {
    "a macro that calls itself": style_of(call(0), macros=macros(call(0))),
    "macros that call each other": style_of(call(0), macros=macros(call(1), call(2), call(0))),
    "a loop below a choice": style_of(
        call(0), macros=macros(f'<choose><if type="book">{call(0)}</if></choose>')
    ),
    "a loop below a substitute": style_of(
        call(0),
        macros=macros(f'<names variable="author"><substitute>{call(0)}</substitute></names>'),
    ),
    "a loop among sort keys": style_of("", macros=macros(call(0))).replace(
        "<layout>", '<sort><key macro="m0"/></sort><layout>'
    ),
    "a row of macros without end": style_of(
        call(0), macros=macros(*(call(number + 1) for number in range(5_000)), "")
    ),
    "groups in macros in groups": style_of(
        call(0),
        macros=macros(*("<group>" * 140 + call(number + 1) + "</group>" * 140 for number in range(20)), ""),
    ),
    "a billion laughs": f'<!DOCTYPE style [<!ENTITY l0 "lol">{LAUGHS}]><style {CSL}>&l9;</style>',
    "a parameter entity": f'<!DOCTYPE style [<!ENTITY % a SYSTEM "file:///dev/zero"> %a;]><style {CSL}/>',
    "an external DTD": f'<!DOCTYPE style SYSTEM "https://example.org/a.dtd"><style {CSL}/>',
    "an entity that nobody declared": f"<style {CSL}>&laughs;</style>",
    "10,000 levels": style_of("<group>" * 10_000 + "</group>" * 10_000),
    "a million elements": style_of("<group/>" * 1_000_000),
    "ten million characters": style_of(f'<text value="{"a" * 9_000_000}"/>'),
    "an element that nobody knows": style_of("<video/>"),
    "an empty file": "",
    "white space": b" \n",
    "a null byte": b"\x00",
    "a byte order mark": b"\xef\xbb\xbf",
    "a web page": "<!DOCTYPE html><html><body>Not found</body></html>",
    "a root of another kind": f"<citation {CSL}/>",
    "UTF-32": style_of("").encode("utf-32"),
    "UTF-16 that says it is UTF-8": f'<?xml version="1.0" encoding="utf-8"?>{style_of("")}'.encode(
        "utf-16-le"
    )[1:],
    "Latin-1 that says it is UTF-8": style_of('<text value="é"/>').encode("latin-1"),
    **{
        f"an encoding that is {name}": f'<?xml version="1.0" encoding="{name}"?>{style_of("")}'.encode()
        for name in ("utf-7", "shift_jis", "gb2312", "idna", "rot13", "hex", "undefined", "utf-32", "x" * 500)
    },
}


@pytest.mark.parametrize("xml", REFUSED.values(), ids=REFUSED)
def test_hostile_styles_are_refused_in_time(xml):
    """
    What cannot be a style is an error of its own kind, and soon.
    """
    with pytest.raises(InvalidStyle) as caught:
        in_time(lambda: Style.parse(xml))

    assert len(str(caught.value)) < 1_000


def test_a_style_cut_off_anywhere_is_refused():
    """
    A download that broke off is no style.
    """
    whole = bundled_style("ieee").rstrip().encode()
    for length in range(0, len(whole), 97):
        with pytest.raises(InvalidStyle):
            Style.parse(whole[:length])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_style_may_be_in_another_encoding(encoding):
    """
    Bytes that say what they are are read as such.
    """
    said = encoding.removesuffix("-sig")
    style = style_of('<text value="é"/>')
    xml = f'<?xml version="1.0" encoding="{said}"?>{style}'

    assert "é" == str(Style.parse(xml.encode(encoding)).cite([{}]))


LARGE = {
    "values that multiply": style_of(call(0), macros=doubling(f'<text value="{"a" * 900}"/>', 16)),
    "titles that multiply": style_of(
        call(0).replace("/>", ' text-case="uppercase"/>'), macros=doubling('<text variable="title"/>', 15)
    ),
    "names that multiply": style_of(call(0), macros=doubling('<names variable="author"/>', 14)),
    "terms that multiply": style_of(
        call(0),
        macros=f'<locale><terms><term name="page">{"a" * 90_000}</term></terms></locale>'
        + doubling('<label variable="page"/>', 12),
    ),
}


@pytest.mark.parametrize("xml", LARGE.values(), ids=LARGE)
def test_styles_that_multiply_what_they_print_are_stopped(xml):
    """
    A rendering is bounded in length as well as in steps.
    """
    item = {"title": "word " * 3_900, "author": [{"family": "Noor"}] * 500, "page": "1"}
    style = Style.parse(xml)

    with pytest.raises(RenderingTooLarge):
        in_time(lambda: str(style.cite([item])))


def test_a_style_that_is_deeper_than_the_stack_is_an_error():
    """
    Rendering far down in somebody's calls ends in an error of ours, too.
    """
    body = macros(*(call(number + 1) for number in range(90)), '<text value="a"/>')
    style = Style.parse(style_of(call(0), macros=body))

    def far_down(levels):
        return far_down(levels - 1) if levels else style.cite([{}])

    def deepest():
        # A thread of its own starts with an empty stack.
        return far_down(sys.getrecursionlimit() - 150)

    assert "a" == str(style.cite([{}]))
    with pytest.raises(RenderingTooLarge, match="nested less deep"):
        in_time(deepest)


def test_unknown_terms_and_attributes_say_nothing():
    """
    A style may ask for a term that no locale has, and have attributes of a later version.
    """
    style = Style.parse(style_of('<text term="no such term" later="x"/><text value="a" form="new"/>'))

    assert "a" == str(style.cite([{}]))


def test_line_breaks_of_a_style_break_no_paragraph():
    """
    Markdown and LaTeX stay one paragraph, whatever affixes a style has.
    """
    made = Style.parse(style_of('<text value="a&#10;&#13;&#10;# b" suffix="&#10;&#10;- c"/>')).cite([{}])

    assert "a \\# b - c" == made.markdown()
    assert "a \\# b - c" == made.latex()


def test_works_of_the_same_thousand_people_are_told_apart_in_time():
    """
    Names that are alike in all cites are not tried out one by one.
    """
    people = [{"family": f"Name{number}", "given": "Ada"} for number in range(1_000)]
    works = [{"id": id_, "author": people, "issued": "2024", "title": id_} for id_ in "abc"]
    last = {"id": "d", "author": [*people[:-1], {"family": "Other"}], "issued": "2024"}
    style = Style.bundled("apa")
    alike = in_time(lambda: style.citations([[work] for work in works]))
    parted = in_time(lambda: style.citations([[work] for work in (*works, last)]))

    assert ["(Name0 et al., 2024a)", "(Name0 et al., 2024b)", "(Name0 et al., 2024c)"] == [*map(str, alike)]
    assert str(parted[0]).endswith("Name998, & Name999, 2024a)")
    assert str(parted[3]).endswith("Name998, & Other, 2024)")


def test_dependent_styles_that_name_each_other_are_refused(tmp_path):
    """
    A parent has to stand on its own.
    """
    link = '<info><link rel="independent-parent" href="https://example.org/{}"/></info>'
    for name, parent in (("one", "two"), ("two", "one"), ("own", "own")):
        (tmp_path / f"{name}.csl").write_text(f"<style {CSL}>{link.format(parent)}</style>")
    for name in ("one", "own"):
        with pytest.raises(DatelineError):
            in_time(lambda name=name: dateline.cite(make_article(), tmp_path / f"{name}.csl"))


ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


@pytest.mark.properties
@given(data=st.data(), word=st.sampled_from(["", "x", "0", "true", "9" * 99, "title", "author", "&lt;b&gt;"]))
def test_a_style_that_was_tampered_with_does_no_harm(data, word):
    """
    With any value of any attribute another, a style is refused or prints harmless text.
    """
    xml = bundled_style(data.draw(st.sampled_from(["apa", "chicago-notes-bibliography", "ieee"])))
    places = [found for found in ATTRIBUTE.finditer(xml) if found[1] not in {"version", "encoding", "xmlns"}]
    for found in reversed(data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3))):
        xml = xml[: found.start(2)] + word + xml[found.end(2) :]
    item = {"id": "a", "type": "webpage", "title": TEXTS[2], "author": [{"family": "Noor"}], "issued": "2024"}
    assert_survives(lambda: [(style := Style.parse(xml)).cite([item]), *style.bibliography([item])])
