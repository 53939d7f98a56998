"""
BibTeX, RIS and CSL-JSON as their readers take them, whatever stands in the texts.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from formats.readers import pandoc, plain
from hypothesis import given
from strategies import corpora

from dateline.dates import PartialDate
from dateline.formats import FORMATS, dumps
from dateline.formats.bibtex import write_items
from dateline.formats.tex import case_kept, escaped
from dateline.records import Credit
from dateline.references import corpus_items, csl_date, unmarked, web_address
from dateline.testing import make_article, tiny_corpus


SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "schemas" / "csl" / "csl-data.json"

NAMES = sorted(name for name, format_ in FORMATS.items() if format_.write_items)

HOSTILE = (
    "\\input{/etc/passwd} 50% & $x^2$ #1 a_b ~c {open} }close \\} \\{",
    "Two\r\nER  - \r\nTY  - BOOK\nlines\u2028and\u0085more",
    "<i>tag</i> \"quoted\" 'so' \x1b[2J \u202eabc\u202c \x00 \u2066x\u2069 \ufeff \U000e0061",
    "} @misc{evil, title = {x}",
    "BBC and NATO say McDonald is in iPhone at 7A",
)


def hostile_article(text):
    """
    An article that has *text* wherever text can stand.
    """
    return make_article(
        headline=text,
        publisher=Credit(name=text),
        bylines=(Credit(name=text), Credit(name=text, family=text, given=text)),
        url="https://example.org/{a}\\b}\u202e?c=%20&d=_#e",
    )


def bibtex_entries(text):
    """
    The entries of BibTeX as BibTeX counts them: by braces, whatever stands before one.
    """
    entries, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
        if sign == "@" and depth == 0:
            start = place
        if sign == "}" and depth == 0:
            entries.append(text[start : place + 1])
    assert depth == 0

    return entries


@pytest.mark.properties
@given(corpus=corpora())
def test_bibtex_holds_an_entry_for_each_item(corpus):
    """
    Texts can neither end an entry nor begin one; keys differ.
    """
    entries = bibtex_entries(dumps(corpus, "bibtex"))
    keys = [re.match(r"@(?:article|misc)\{([A-Za-z0-9:/.-]+),", entry)[1] for entry in entries]

    assert [item["id"] for item in corpus_items(corpus)] == keys


@pytest.mark.parametrize("text", HOSTILE)
def test_bibtex_has_no_commands_of_a_text(text):
    r"""
    The only commands in a field are our escapes, and every special character is one.
    """
    written = escaped(text)
    rest = re.sub(
        r"\\text(backslash|braceleft|braceright|asciitilde|asciicircum|asciigrave|less|greater)\{\}",
        "",
        written,
    )
    rest = re.sub(r"\\[&%$#_{}]", "", rest)

    assert written.count("{") == written.count("}")
    assert not set(rest) & set('\\{}&%$#_~^`<>"')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a" ("b")', "“a” (“b”)"),
        ("'a b' and Ana's 'c'.", "‘a b’ and Ana's ‘c’."),
        ('7" by 5"', "7” by 5”"),
        ("'tis the dogs", "'tis the dogs"),
        ("a--b, ''c'' ,, --- `d`", "a-{}-b, '{}'c'{}' ,{}, -{}-{}- \\textasciigrave{}d\\textasciigrave{}"),
        ("\u0301a ~\u0308\u0301", "\\symbol{769}a \\textasciitilde{}\\symbol{776}\\symbol{769}"),
        ("<a> | {b} }{", "\\textless{}a\\textgreater{} | \\{b\\} \\textbraceright{}\\textbraceleft{}"),
    ],
)
def test_what_tex_would_print_as_something_else(text, expected):
    """
    Quotes in pairs are typographic, none is left for a language to take for a command, and no signs join.
    """
    assert expected == escaped(text)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Mayor of Kyiv speaks", "Mayor of {Kyiv} speaks"),
        ("iPhone rain", "{iPhone} rain"),
        ("rain in May", "{rain} in {May}"),
        ("[News] of rain", "{[News]} of rain"),
        ("Rain: what now? “why” 3 not", "Rain: {what} now? {“why”} 3 not"),
        ("{NATO} \\IBM", "{{\\{NATO\\}}} {{\\textbackslash{}IBM}}"),
        ("50 boats", "50 boats"),
        ("", ""),
    ],
)
def test_case_is_kept(title, expected):
    """
    Words whose case a style or a program would change are in braces.
    """
    assert expected == case_kept(title)


@pytest.mark.parametrize(
    ("family", "given", "expected"),
    [
        ("Lind", "Ana", "Lind, Ana"),
        ("Lind", None, "Lind"),
        ("Ana Lind", None, "{Ana Lind}"),
        ("de la Cruz", "Ana", "de la Cruz, Ana"),
        ("Ortega y Gasset", "José", "{Ortega y Gasset}, José"),
        ("北京 東京", "A", "{北京 東京}, A"),
        ("Rain, Jr", "A", "{Rain, Jr}, A"),
        ("Lind", "Ana and Eva", "Lind, {Ana and Eva}"),
        ("others", None, "{others}"),
        ("a=b", "A", "{a=b}, A"),
        ("Rain, Wind, Sun", "A", "{A Rain, Wind, Sun}"),
        ("Rain, Wind, Sun", None, "{Rain, Wind, Sun}"),
    ],
)
def test_names_are_taken_apart_where_they_should(family, given, expected):
    """
    BibTeX finds families, prefixes and given names where the record has them; biber reads every name.
    """
    article = make_article(bylines=(Credit(name="x", family=family, given=given),))

    assert f"  author = {{{expected}}},\n" in dumps(article, "bibtex")
    assert f"  author = {{{expected}}},\n" in dumps(article, "biblatex")


def test_bibtex_keys_differ():
    """
    Items whose ids differ only in case or in what a key cannot hold get different keys.
    """
    items = [{"id": id_, "type": "dataset", "title": "x"} for id_ in ("a b", "A-b", "a,b")]

    assert ["a-b", "A-b-2", "a-b-3"] == re.findall(r"@misc\{(.*),", write_items(items))


def test_bibtex_protects_capitals_and_names():
    """
    Words with capitals inside keep them; an organisation is one name, and so is a name with "and" in it.
    """
    bylines = (
        Credit(name="Marks and Sons"),
        Credit(name="x", family="Rain and Co", given="A"),
        Credit(name="x", family="Lind"),
    )
    text = dumps(make_article(headline="BBC and iPhone of McDonald", bylines=bylines), "bibtex")

    assert "title = {{BBC} and {iPhone} of {McDonald}}" in text
    assert "author = {{Marks and Sons} and {Rain and Co}, A and Lind}" in text


@pytest.mark.properties
@given(corpus=corpora())
def test_ris_is_one_tag_a_line(corpus):
    """
    Every line is a tag and a value without control characters; each record begins and ends once.
    """
    text = dumps(corpus, "ris")
    lines = [line for line in text.split("\r\n") if line]

    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert not any(unicodedata.category(sign) == "Cc" for line in lines for sign in line)
    assert (
        len(corpus_items(corpus)) == text.count("TY  - ") == len([line for line in lines if line == "ER  - "])
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", NAMES)
def test_invisible_characters_are_left_out(name, text):
    """
    Control and direction characters of a text do not reach a reference.
    """
    written = dumps(hostile_article(text), name).replace("\r\n", "\n")
    found = {sign for sign in written if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"}}

    assert found <= {"\n", "\u2060"}


@pytest.fixture(scope="session")
def csl_schema():
    """
    A validator of CSL-JSON against its official schema.
    """
    jsonschema = pytest.importorskip("jsonschema")
    if not SCHEMA.is_file():
        pytest.skip(f"no official schema in {SCHEMA}")

    return jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.interop
@pytest.mark.properties
@given(corpus=corpora())
def test_csl_json_is_valid(csl_schema, corpus):
    """
    The official schema of CSL-JSON has nothing to say.
    """
    assert [] == list(csl_schema.iter_errors(json.loads(dumps(corpus, "csl-json"))))


@pytest.mark.interop
@pytest.mark.slow
@pytest.mark.parametrize("name", ["bibtex", "ris"])
@pytest.mark.parametrize("text", [*HOSTILE, "Plain words"])
def test_pandoc_reads_the_same(name, text):
    """
    Pandoc reads titles, outlets, names and dates as they were meant.
    """
    (item,) = pandoc(dumps(hostile_article(text), name), name)
    expected = plain(unmarked(text))

    # Of dates in RIS it reads the year.
    date = [2021, 3, 1] if name == "bibtex" else [2021]

    assert expected == plain(item["title"])
    assert expected == plain(item["container-title"])
    assert [date] == item["issued"]["date-parts"]
    assert 2 == len(item["author"])
    assert item["URL"].startswith("https://example.org/%7Ba%7D%5Cb%7D%E2%80%AE?c=%20&d=_#e")


@pytest.mark.interop
@pytest.mark.slow
@pytest.mark.parametrize(("name", "version"), [("bibtex", "note"), ("ris", "version")])
def test_pandoc_reads_the_version(name, version):
    """
    The dataset's version is there for whoever reads the references.
    """
    dataset = pandoc(dumps(tiny_corpus(), name), name)[-1]

    assert "1.0.0" in json.dumps(dataset)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2022", {"date-parts": [[2022]]}),
        ("2022-03-02", {"date-parts": [[2022, 3, 2]]}),
        ("2022-03~", {"date-parts": [[2022, 3]], "circa": True}),
        ("2022?", {"date-parts": [[2022]], "circa": True}),
        ("2022-02-24/2022-03", {"date-parts": [[2022, 2, 24], [2022, 3]]}),
        ("[2022-03-02,2022-03-03]", {"date-parts": [[2022, 3]], "circa": True}),
        ("[2022-03-02,2022-04-03]", {"date-parts": [[2022]], "circa": True}),
        ("[2022,2022-03]", {"date-parts": [[2022]], "circa": True}),
        ("[2021-12-31,2022-01-01]", {"date-parts": [[2021], [2022]], "circa": True}),
    ],
)
def test_dates(date, expected):
    """
    CSL says as much of a date as it can, and never more than is known.
    """
    assert expected == csl_date(PartialDate(date))


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (None, []),
        ("2022", ["year = {2022}"]),
        ("2022-03", ["year = {2022}", "month = mar"]),
        ("2021-12/2022-03", ["year = {2021/2022}", "EDTF): 2021-12/2022-03"]),
        ("2022-03-02~", ["day = {2}", r"EDTF): 2022-03-02\textasciitilde{}"]),
    ],
)
def test_dates_in_bibtex(published, expected):
    """
    What year, month and day cannot say stands in the note.
    """
    text = dumps(make_article(published=published), "bibtex")

    assert all(part in text for part in expected)
    assert ("EDTF" in text) == any("EDTF" in part for part in expected)


def test_web_addresses_keep_what_they_are():
    """
    A URL without hostile characters is not touched.
    """
    url = "https://user@example.org:80/ä(1)?a=b&c=%7E~_#'x"

    assert url == web_address(url)


@pytest.mark.parametrize("name", NAMES)
def test_rendering(name, golden):
    """
    The same corpus is always written in the same bytes.
    """
    golden(f"tiny.{name}", dumps(tiny_corpus(), name))


@pytest.mark.parametrize("name", NAMES)
def test_hostile_rendering(name, golden):
    """
    Hostile texts are written as texts.
    """
    golden(f"hostile.{name}", dumps(hostile_article(" ".join(HOSTILE)), name))
