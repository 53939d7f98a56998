"""
The flat tables of a release as CSV: its articles, claims and entities, and the source of each field of them.

The columns are those of :mod:`dateline.formats.flat_tables` that people read; the records themselves stand
in the JSON Lines beside. They are listed here, so that what is added there for engines changes no release.
RFC 4180, as the default dialect of Data Package 2.0 has it: UTF-8 without a byte order mark, commas,
a header, CRLF between rows, quotes where needed.
A list is a JSON array in its cell, and an empty cell means that there is no value: no record holds empty
text, save that a source's reference, its author or its note could be empty, which means none as well.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

from attrs import evolve

from dateline.corpus import Corpus
from dateline.digests import canonical_json
from dateline.formats.flat_columns import Column
from dateline.formats.flat_tables import TABLES


#: The columns of each table of a release, in their order.
COLUMNS: Final = {
    "articles": (
        *("id", "revision", "status", "headline", "publisher", "publisher_entity", "bylines", "agencies"),
        *("published", "published_earliest", "published_latest"),
        *("dateline_place", "dateline_entity", "dateline_date"),
        *("url", "language", "rights", "rights_holder", "abstract", "topics", "mentions"),
        *("text_length", "digest"),
    ),
    "claims": (
        *("id", "article", "statement", "kind", "claimant", "stance", "channel", "via"),
        *("said", "said_earliest", "said_latest", "happened", "happened_earliest", "happened_latest"),
        *("places", "about"),
    ),
    "entities": (
        *("id", "kind", "name", "variants", "description", "wikidata", "geonames", "iso3166", "gnd"),
        *("latitude", "longitude", "digest"),
    ),
    "sources": (
        *("article", "claim", "entity", "field", "source", "basis", "evidence", "reference"),
        *("established_by", "note"),
    ),
}

#: The tables, in the order in which people look for them.
NAMES: Final = tuple(COLUMNS)


def file_of(table: str) -> str:
    """
    The name of the file that a table is in.
    """
    return f"{table}.csv"


def columns_of(table: str) -> tuple[Column, ...]:
    """
    The columns of a table.

    >>> [column.name for column in columns_of("sources")][:4]
    ['article', 'claim', 'entity', 'field']
    """
    by_name = {column.name: column for column in TABLES[table].columns}

    return tuple(by_name[name] for name in COLUMNS[table])


def rows_of(table: str, corpus: Corpus) -> Iterator[list[str]]:
    """
    The cells of each row.

    >>> from dateline.testing import tiny_corpus
    >>> next(rows_of("claims", tiny_corpus()))[:2]
    ['ferry-returns/c01', 'ferry-returns']
    """
    for _, *values in evolve(TABLES[table], columns=columns_of(table)).rows(corpus):
        yield list(map(_cell, values))


def write_tables(corpus: Corpus) -> dict[str, bytes]:
    r"""
    The tables of a corpus, by the names of their files.

    Raises:
        InvalidValue: If a text holds a lone surrogate.

    >>> from dateline.testing import tiny_corpus
    >>> write_tables(tiny_corpus())["entities.csv"].split(b"\r\n")[1][:34]
    b'group/shopkeepers-of-old-quay,grou'
    """
    return {file_of(table): _written(table, corpus) for table in NAMES}


def _written(table: str, corpus: Corpus) -> bytes:
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(column.name for column in columns_of(table))
    rows.writerows(rows_of(table, corpus))

    return out.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return canonical_json(value).decode()

    return "" if value is None else str(value)
