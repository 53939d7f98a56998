"""
The tables of a release: every cell comes back as it is in the record.
"""

from __future__ import annotations

import csv
import io
import json

import pytest
from attrs import evolve
from descriptors.releases import CORPORA
from hypothesis import given
from strategies import corpora

from dateline.corpus import Corpus
from dateline.descriptors.tables import COLUMNS, NAMES, columns_of, file_of, rows_of, write_tables
from dateline.errors import InvalidValue
from dateline.formats.flat_columns import Cell
from dateline.formats.flat_tables import TABLES
from dateline.testing import make_article


def read(data):
    """
    The rows of a table by its header, as Python's module reads them.
    """
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


def written(value):
    """
    What stands in a cell for a value.
    """
    return "" if value is None else str(value)


@pytest.mark.properties
@given(corpus=corpora())
def test_the_rows_come_back(corpus):
    """
    A reader of CSV finds the rows that were written, and each list is a JSON array.
    """
    tables = write_tables(corpus)
    for table in NAMES:
        names = ["position", *(column.name for column in TABLES[table].columns)]
        held = [dict(zip(names, row, strict=True)) for row in TABLES[table].rows(corpus)]
        found = read(tables[file_of(table)])

        assert [list(row.values()) for row in found] == list(rows_of(table, corpus))
        for column in columns_of(table):
            values, cells = [[row[column.name] for row in rows] for rows in (held, found)]
            if column.cell is Cell.TEXTS:
                assert values == [json.loads(cell) for cell in cells]
            else:
                assert list(map(written, values)) == cells


@pytest.mark.parametrize("table", NAMES)
def test_the_header_is_what_releases_have_had(table):
    """
    The columns are those listed for releases, in that order, whatever else the tables of other formats have.
    """
    assert list(COLUMNS[table]) == list(read(write_tables(CORPORA["tiny"]())[file_of(table)])[0])


def test_the_bytes_are_those_of_the_default_dialect():
    """
    No byte order mark, CRLF after every row, quotes only where there must be.
    """
    corpus = Corpus.of([make_article(headline='a,b "c"', abstract="d\ne", claims=())])
    data = write_tables(corpus)["articles.csv"]

    assert data.startswith(b"id,revision,")
    assert data.endswith(b"\r\n")
    assert b',"a,b ""c""",' in data
    assert b',"d\ne",' in data


def test_half_a_character_is_refused():
    """
    A lone surrogate, of which no bytes can be made, is refused as in every format.
    """
    corpus = Corpus.of([evolve(make_article(claims=()), headline="\ud800")])

    with pytest.raises(InvalidValue, match="lone surrogate"):
        write_tables(corpus)
