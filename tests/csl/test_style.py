"""
Parsing styles: what is refused, what is shared, what language comes out.
"""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from dateline.csl import (
    Citation,
    Cite,
    CslError,
    InvalidItem,
    InvalidStyle,
    NoSuchLocale,
    RenderingTooLarge,
    Style,
    UnsafeXml,
)


CSL = 'xmlns="http://purl.org/net/xbiblio/csl"'


def style_of(layout: str, *, macros: str = "", attributes: str = "") -> str:
    """
    A style with the given layout for citations.
    """
    return f"<style {CSL} {attributes}>{macros}<citation><layout>{layout}</layout></citation></style>"


def cited(layout: str, item: dict[str, object], **options: str) -> str:
    """
    What a layout prints for an item.
    """
    return str(Style.parse(style_of(layout, **options)).cite([{"id": "a", **item}]))


HOSTILE = {
    "a DTD": f"<!DOCTYPE style><style {CSL}/>",
    "an entity": f'<!DOCTYPE style [<!ENTITY a "aaa">]><style {CSL}>&a;</style>',
    "an external entity": (
        f'<!DOCTYPE style [<!ENTITY a SYSTEM "file:///etc/hosts">]><style {CSL}>&a;</style>'
    ),
    "a great depth": style_of("<group>" * 200 + "</group>" * 200),
    "a great size": style_of("<!--" + "a" * 10_000_001 + "-->"),
    "a great number": style_of("<group/>" * 100_001),
    "a great length": style_of(f'<text value="{"a" * 1_001}"/>'),
}


@pytest.mark.parametrize("xml", HOSTILE.values(), ids=HOSTILE)
def test_hostile_xml_is_refused(xml):
    """
    What no style needs and an attacker likes is refused before anything is compiled.
    """
    with pytest.raises(UnsafeXml):
        Style.parse(xml)


BROKEN = {
    "no XML": "a style",
    "cut off": f"<style {CSL}>",
    "another namespace": "<style/>",
    "a locale": f"<locale {CSL}/>",
    "no citation": f"<style {CSL}/>",
    "no layout": f"<style {CSL}><citation/></style>",
    "an unknown element": style_of("<picture/>"),
    "a text of nothing": style_of("<text/>"),
    "an unknown macro": style_of('<text macro="missing"/>'),
    "an unknown match": style_of('<choose><if match="some" type="book"/></choose>'),
    "an unknown date form": style_of('<date variable="issued" form="long"/>'),
    "a number that is none": style_of('<names variable="author"><name et-al-min="x"/></names>'),
    "a date part of no kind": style_of('<date variable="a"><date-part name="hour"/></date>'),
    "a label of nothing": style_of("<label/>"),
    "a term without a name": style_of("", macros="<locale><terms><term/></terms></locale>"),
    "a key of nothing": (f"<style {CSL}><citation><sort><key/></sort><layout/></citation></style>"),
    "a number": 3,
    "a lone surrogate": style_of('<text value="\ud800"/>'),
    "an unknown encoding": b'<?xml version="1.0" encoding="none"?><style/>',
    "bytes that are no text": b"\xff\xfe\xff",
}


@pytest.mark.parametrize("xml", BROKEN.values(), ids=BROKEN)
def test_broken_styles_are_refused(xml):
    """
    What is no style gives an error that says so.
    """
    with pytest.raises(InvalidStyle):
        Style.parse(xml)


def test_a_macro_that_calls_itself_is_refused():
    """
    A loop of macros is found when the style is parsed.
    """
    macros = '<macro name="one"><text macro="two"/></macro><macro name="two"><text macro="one"/></macro>'

    with pytest.raises(InvalidStyle, match="free of loops"):
        Style.parse(style_of('<text macro="one"/>', macros=macros))


def test_macros_that_multiply_are_stopped():
    """
    Macros that double their work at each step end in an error, not in a long wait.
    """
    macros = "".join(
        f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>' for n in range(60)
    )
    last = '<macro name="m60"><text variable="title"/></macro>'
    style = Style.parse(style_of('<text macro="m0"/>', macros=macros + last))

    with pytest.raises(RenderingTooLarge):
        style.cite([{"id": "a", "title": "A title"}])


def test_the_same_content_is_compiled_once():
    """
    Parsing a style a second time costs next to nothing.
    """
    xml = style_of('<text variable="title"/>')

    assert Style.parse(xml)._sheet is Style.parse(xml)._sheet  # noqa: SLF001


def test_threads_share_a_style():
    """
    Many threads on one style each get their own item back.
    """
    style = Style.bundled("apa")
    items = [
        {"id": str(n), "type": "webpage", "title": f"Page {n}", "issued": str(1900 + n % 100)}
        for n in range(200)
    ]
    expected = [str(style.cite([item])) for item in items]
    with ThreadPoolExecutor(4) as pool:
        actual = list(pool.map(lambda item: str(style.cite([item])), items))

    assert expected == actual


def test_a_missing_locale_is_named():
    """
    Without any locale to fall back on, the error says which were asked for.
    """
    with pytest.raises(NoSuchLocale, match="uk-UA"):
        Style.parse(style_of('<text term="and"/>'), "uk-UA", locales={})


def test_a_language_is_a_text():
    """
    Anything else is refused by name.
    """
    with pytest.raises(InvalidStyle, match="locale must be a language"):
        Style.parse(style_of(""), 3)


def test_elements_of_others_are_ignored():
    """
    What stands in another namespace, and all within it, is no part of the style.
    """
    foreign = '<note xmlns="urn:other"><text value="a"/>b</note><text value="c"/>'

    assert "c" == cited(foreign, {})


def test_a_style_says_what_it_is():
    """
    The representation has title and language.
    """
    assert "<Style 'APA 7th edition (dateline)' (en-US)>" == repr(Style.bundled("apa"))


def test_a_language_falls_back_on_american_english():
    """
    A language that is not at hand is replaced by the one that always is.
    """
    assert "and" == str(Style.parse(style_of('<text term="and"/>'), "xx-XX").cite([{}]))


def test_a_style_goes_before_the_locale():
    """
    Terms of the style win over those of the locale, its language's over the rest.
    """
    locales = (
        '<locale><terms><term name="and">plus</term></terms></locale>'
        '<locale xml:lang="en"><terms><term name="and">with</term></terms></locale>'
    )

    assert "with" == cited('<text term="and"/>', {}, macros=locales)


def test_an_unknown_bundled_style_is_an_error():
    """
    Names lead to bundled styles only, and never out of their folder.
    """
    for name in ("none", "../csl/style", "locales/en-US"):
        with pytest.raises(CslError):
            Style.bundled(name)


def test_an_unknown_bundled_style_is_answered_with_those_that_there_are():
    """
    Short names are for the dataset's own functions, so all names are told.
    """
    with pytest.raises(CslError, match="one of american-medical-association, apa, "):
        Style.bundled("vancouver")


@pytest.mark.parametrize("things", [None, 5, "text", {"id": "a"}])
def test_one_thing_is_not_several(things):
    """
    What is to be several and is not is an error of ours, wherever it is handed over.
    """
    style = Style.bundled("apa")
    for call in (style.cite, style.bibliography, style.citations):
        with pytest.raises(InvalidItem, match="must be a list or the like"):
            call(things)
    with pytest.raises(InvalidItem, match="items must be a list"):
        style.citations([things])


@pytest.mark.parametrize("note", ["1", -1, None, 1.5, True])
def test_a_note_has_a_number(note):
    """
    A note is counted from 1, and 0 is running text.
    """
    notes = [Citation((Cite({"id": "a"}),), note=note)] * 2
    with pytest.raises(InvalidItem, match="note of a citation must be a whole number"):
        Style.bundled("chicago-notes-bibliography").citations(notes)


def test_errors_can_be_pickled():
    """
    An error of a worker process arrives whole.
    """
    error = InvalidStyle("style", "a style", 3)

    assert str(error) == str(pickle.loads(pickle.dumps(error)))  # noqa: S301
