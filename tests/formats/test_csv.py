"""
CSV as tables and spreadsheets read it.
"""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from strategies import corpora, texts

from dateline.formats import dumps
from dateline.formats.csv_ import FORMULA_STARTS, neutralised, restored
from dateline.testing import make_article, make_claim, tiny_corpus


def rows(text):
    """
    The rows of a table by their header.
    """
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.properties
@given(corpus=corpora())
def test_a_row_for_each_article(corpus):
    """
    Each article is one row, and its texts come back as they were.
    """
    found = rows(dumps(corpus, "csv"))

    assert list(corpus) == [row["id"] for row in found]
    assert [article.headline or "" for article in corpus.values()] == [row["headline"] for row in found]


@pytest.mark.properties
@given(corpus=corpora())
def test_a_row_for_each_claim(corpus):
    """
    Each claim is one row, and its statement comes back as it was.
    """
    found = rows(dumps(corpus, "csv-claims"))

    assert list(corpus.claims) == [row["id"] for row in found]
    assert [claim.statement for claim in corpus.claims.values()] == [row["statement"] for row in found]


@pytest.mark.properties
@pytest.mark.parametrize("name", ["csv-articles", "csv-claims"])
@given(corpus=corpora())
def test_neutralised_tables_are_restored(name, corpus):
    """
    In a safe table no cell is a formula, and one apostrophe less gives the plain table.
    """
    plain = rows(dumps(corpus, name))
    safe = rows(dumps(corpus, name, spreadsheet_safe=True))

    assert not any(cell.startswith(FORMULA_STARTS) for row in safe for cell in row.values())
    assert plain == [{key: restored(cell) for key, cell in row.items()} for row in safe]


@pytest.mark.properties
@given(cell=texts())
def test_cells_are_restored(cell):
    """
    Neutralising can be undone.
    """
    assert cell == restored(neutralised(cell))


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "'"])
def test_formulas_are_neutralised(cell):
    """
    What a spreadsheet program could run gets an apostrophe, and so does what has one already.
    """
    assert f"'{cell}" == neutralised(cell)


def test_line_ends_and_quotes():
    """
    Rows end in CRLF, and cells with quotes, commas or line ends stand in quotes.
    """
    text = dumps(make_article(headline='Rain, "again"\nand again'), "csv")

    assert ',"Rain, ""again""\nand again",' in text
    assert text.endswith("\r\n")


def test_lists_and_gaps():
    """
    Several values are joined by a semicolon and a space; what is not known is empty.
    """
    claim = make_claim(said=None, via=("organisation/a", "organisation/b"))
    (row,) = rows(dumps(make_article(claims=(claim,)), "csv-claims"))

    assert ("", "organisation/a; organisation/b") == (row["said"], row["via"])
    assert "about 300 people (passengers)" == row["quantities"]


@pytest.mark.parametrize("name", ["csv-articles", "csv-claims"])
def test_rendering(name, golden):
    """
    The same corpus is always written in the same bytes.
    """
    golden(f"tiny.{name}.csv", dumps(tiny_corpus(), name))
