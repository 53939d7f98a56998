"""
BibLaTeX as pandoc reads it, whatever stands in the texts.
"""

from __future__ import annotations

import re

import pytest
from formats.readers import pandoc, plain
from hypothesis import given
from strategies import corpora

from dateline import where
from dateline.formats import dumps
from dateline.formats.biblatex import edtf, write_items
from dateline.references import corpus_items, unmarked
from dateline.testing import make_article, tiny_corpus


HOSTILE = (
    "\\input{/etc/passwd} 50% & $x^2$ #1 a_b ~c {open} }close \\} \\{",
    "Two\r\nlines\u2028and <i>tag</i> \"quoted\" 'so'",
    "} @misc{evil, title = {x}",
    "BBC and NATO say McDonald is in iPhone at 7A",
)


def entries_of(text):
    """
    The entries as BibTeX counts them: by braces, whatever stands before one.
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
def test_an_entry_for_each_item(corpus):
    """
    Texts can neither end an entry nor begin one; keys differ.
    """
    entries = entries_of(dumps(corpus, "biblatex"))
    keys = [re.match(r"@(?:article|online|dataset)\{([A-Za-z0-9:/.-]+),", entry)[1] for entry in entries]

    assert [item["id"] for item in corpus_items(corpus)] == keys


@pytest.mark.interop
@pytest.mark.slow
@pytest.mark.parametrize("text", [*HOSTILE, "Plain words"])
def test_pandoc_reads_the_same(text):
    """
    Pandoc reads title, outlet, date and URL as they were meant, and takes the article for a newspaper's.
    """
    article = make_article(headline=text, url="https://example.org/{a}?c=%20&d=_#e")
    (item,) = pandoc(dumps(article, "biblatex"), "biblatex")

    assert plain(unmarked(text)) == plain(item["title"])
    assert ("article-newspaper", "The Harbour Gazette") == (item["type"], item["container-title"])
    assert [{"family": "Lind", "given": "Ana"}] == item["author"]
    assert [[2021, 3, 1]] == item["issued"]["date-parts"]
    assert "https://example.org/%7Ba%7D?c=%20&d=_#e" == item["URL"]


@pytest.mark.interop
@pytest.mark.slow
def test_pandoc_reads_the_dataset():
    """
    A dataset is one, with its version; a subset says what it is.
    """
    subset = tiny_corpus().filter(where.id("ferry-halts"))
    whole, part = (
        pandoc(dumps(tiny_corpus(), "biblatex"), "biblatex")[-1],
        pandoc(dumps(subset, "biblatex"), "biblatex")[-1],
    )

    assert ("dataset", "1.0.0", "Data set") == (whole["type"], whole["version"], whole["genre"])
    assert [{"literal": "The dateline developers"}] == whole["author"]
    assert plain('subset of 1 article: tiny@1.0.0 | where.id("ferry-halts")') in plain(part["note"])


DATES = [
    ("2022", "2022", [[2022]]),
    ("2022-03", "2022-03", [[2022, 3]]),
    ("2022-03-02~", "2022-03-02~", [[2022, 3, 2]]),
    ("2022-03-02?", "2022-03-02?", [[2022, 3, 2]]),
    ("2022-03%", "2022-03%", [[2022, 3]]),
    ("2022-02-24/2022-03", "2022-02-24/2022-03", [[2022, 2, 24], [2022, 3]]),
    ("2021~/2022", "2021~/2022", [[2021], [2022]]),
    ("[2022-03-02,2022-03-03]", "2022-03~", [[2022, 3]]),
    ("[2021-12-31,2022-01-01]", "2021~/2022~", [[2021], [2022]]),
]


@pytest.mark.parametrize(("published", "written", "_"), DATES)
def test_dates(published, written, _):
    """
    Ranges and qualifiers are written as they are; a choice as what it shares, with a note.
    """
    text = dumps(make_article(published=published), "biblatex")

    assert f"  date = {{{written}}},\n" in text
    assert (f"note = {{Date as recorded (EDTF): {published}}}" in text) == published.startswith("[")


@pytest.mark.interop
@pytest.mark.slow
@pytest.mark.parametrize(("published", "_", "expected"), DATES)
def test_pandoc_reads_the_dates(published, _, expected):
    """
    Pandoc reads every one of them.
    """
    (item,) = pandoc(dumps(make_article(published=published), "biblatex"), "biblatex")

    assert expected == item["issued"]["date-parts"]


def test_unknown_dates_and_outlets():
    """
    Without a date there is none, and without an outlet it is something online.
    """
    text = dumps(make_article(published=None, publisher=None), "biblatex")

    assert text.startswith("@online{")
    assert "date = " not in text
    assert "newspaper" not in text
    assert edtf({"issued": {"date-parts": [[987, 1]]}}) == "0987-01"


def test_claims_and_keywords():
    """
    A claim stands in the note with its statement as annotation; a comma does not divide a keyword.
    """
    item = {"id": "x", "type": "article-newspaper", "title": "x", "genre": "Claim x", "annote": "50 %"}
    text = write_items([item | {"keyword": "war, peace; rain"}])

    assert "note = {Claim x}" in text
    assert r"annotation = {50 \%}" in text
    assert "keywords = {war peace, rain}" in text


def test_what_it_is_verified_by():
    """
    Pin and digest stand, as they are, in fields that the data model of BibLaTeX has.
    """
    text = dumps(tiny_corpus(), "biblatex")

    assert f"verba = {{{tiny_corpus().pin}}}" in text
    assert f"verbb = {{{tiny_corpus().digest}}}" in text
