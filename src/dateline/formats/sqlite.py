"""
SQLite: every table with foreign keys, and full-text indexes over what the records say in their own words.

Lossless; one file, in the file format of SQLite 3, that Datasette and any SQL client open.
Days are ISO 8601 text, lists are JSON arrays. The same corpus gives the same bytes,
as far as the same version of SQLite writes them: there is no time and no chance in them.
"""

from __future__ import annotations

import contextlib
import datetime
import itertools
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Final

from dateline.corpus import Corpus
from dateline.digests import canonical_json, plain
from dateline.errors import InvalidDocument, shortened
from dateline.formats.flat_columns import Cell, Column
from dateline.formats.flat_reading import Source, corpus_in
from dateline.formats.flat_tables import POSITION, TABLES, Row
from dateline.formats.heading import heading_of
from dateline.formats.losses import LOSSLESS


LOSSES: Final = LOSSLESS

#: Says in the file's header what wrote it: "date" in ASCII (SQLite file format, section 1.3.17).
APPLICATION_ID: Final = int.from_bytes(b"date")

#: What each full-text index is over: a table, and columns of its own.
SEARCHED: Final = {
    "articles": ("headline", "abstract"),
    "claims": ("statement",),
    "entities": ("name", "description"),
}

_MAGIC: Final = b"SQLite format 3\x00"

_TYPES: Final = {
    Cell.TEXT: "TEXT",
    Cell.WHOLE: "INTEGER",
    Cell.REAL: "REAL",
    Cell.DAY: "TEXT",
    Cell.TEXTS: "TEXT",
}

#: Says of the whole what one asks first; the heading says all of it, in canonical JSON.
_CORPUS: Final = "corpus"
_ABOUT: Final = (POSITION, "schema", "digest", "pin", "selection", "title", "licence", "heading")

_INDEXING: Final = (("rebuild",), ("optimize",))

#: Steps of SQLite's machine between two looks at how many there were.
_STEPS: Final = 10_000


def write_bytes(corpus: Corpus) -> bytes:
    """
    A corpus as a SQLite database.

    An entity that is named without being in the corpus leaves a reference without its row,
    which ``PRAGMA foreign_key_check`` lists.

    Raises:
        InvalidValue: If a text holds a lone surrogate, or a whole number is beyond 2^53 - 1.

    >>> from dateline.testing import tiny_corpus
    >>> database = sqlite3.connect(":memory:")
    >>> database.deserialize(write_bytes(tiny_corpus()))
    >>> query = "SELECT id FROM claims WHERE position IN (SELECT rowid FROM claims_fts('passengers'))"
    >>> database.execute(query).fetchall()
    [('ferry-returns/c02',)]
    """
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        for statement in _schema():
            database.execute(statement)
        database.execute("BEGIN")
        _insert(database, _CORPUS, [_about(corpus)])
        for table in TABLES.values():
            _insert(database, table.name, (tuple(map(_stored, row)) for row in table.rows(corpus)))
        for name in SEARCHED:
            # https://www.sqlite.org/fts5.html, sections 6.9 and 6.8.
            database.executemany(f"INSERT INTO {name}_fts({name}_fts) VALUES (?)", _INDEXING)  # noqa: S608
        database.execute("COMMIT")

        return database.serialize()


def read(data: bytes, file: str) -> Corpus:
    """
    The corpus that a SQLite database holds; *file* is for messages.

    Of the table ``corpus`` the heading is read; tables of other names are left alone.

    Raises:
        InvalidDocument: If it is no database, is damaged, or lacks a table or column.
        InvalidRecord: If a record breaks a rule, an id stands twice, or a column disagrees with its record.
        DigestMismatch: If the records are not those that the database names.
        NewerSchema: If they need a later package.

    >>> from dateline.testing import tiny_corpus
    >>> read(write_bytes(tiny_corpus()), "tiny.sqlite") == tiny_corpus()
    True
    """
    with contextlib.closing(_opened(data, file)) as database:
        source = Source(
            file=file,
            heading=_heading(database, file),
            columns=lambda table: _columns(database, table.name, file),
            rows=lambda table, names: _rows(database, table.name, names, file),
            stored=_stored,
            # No cell is longer than the file, unless its pages are used again and again.
            limit=len(data),
        )

        return corpus_in(source)


def _schema() -> Iterator[str]:
    # Bytes are to be the same wherever SQLite was built with other defaults.
    yield "PRAGMA page_size = 4096"
    yield "PRAGMA encoding = 'UTF-8'"
    yield "PRAGMA auto_vacuum = NONE"
    yield f"PRAGMA application_id = {APPLICATION_ID}"
    texts = ", ".join(f"{name} TEXT" for name in _ABOUT[1:])
    yield f"CREATE TABLE {_CORPUS} ({POSITION} INTEGER PRIMARY KEY, {texts})"
    for table in TABLES.values():
        defined = [f"{POSITION} INTEGER PRIMARY KEY", *map(_defined, table.columns)]
        yield f"CREATE TABLE {table.name} ({', '.join(defined)})"
        for column in table.columns:
            if column.references is not None:
                yield f"CREATE INDEX {table.name}_{column.name} ON {table.name} ({column.name})"
    for name, columns in SEARCHED.items():
        # In double quotes: in others, Datasette does not see that the table has an index.
        options = f"content=\"{name}\", content_rowid='{POSITION}', tokenize='unicode61'"
        yield f"CREATE VIRTUAL TABLE {name}_fts USING fts5({', '.join(columns)}, {options})"


def _defined(column: Column) -> str:
    defined = f"{column.name} {_TYPES[column.cell]}"
    if column.name == "id":
        return f"{defined} NOT NULL UNIQUE"

    return defined if column.references is None else f"{defined} REFERENCES {column.references} (id)"


def _about(corpus: Corpus) -> Row:
    heading = heading_of(corpus)
    description = heading.description
    named = (None, None) if description is None else (description.title, description.licence)
    written = canonical_json(plain(heading)).decode()

    return 1, heading.schema, heading.digest, heading.pin, heading.selection, *named, written


def _insert(database: sqlite3.Connection, name: str, rows: Iterable[Row]) -> None:
    columns = TABLES[name].columns if name in TABLES else _ABOUT[1:]
    places = ", ".join("?" * (len(columns) + 1))
    database.executemany(f"INSERT INTO {name} VALUES ({places})", rows)  # noqa: S608 - names of our own


def _stored(value: Any) -> Any:
    """
    A value as SQLite has it.
    """
    if isinstance(value, list):
        return canonical_json(value).decode()

    return value.isoformat() if isinstance(value, datetime.date) else value


def _opened(data: bytes, file: str) -> sqlite3.Connection:
    """
    The database in memory, where nothing that its maker wrote into its schema is trusted or runs for long.
    """
    if not data.startswith(_MAGIC):
        raise InvalidDocument(file, None, "must be a SQLite database")
    database = sqlite3.connect(":memory:", isolation_level=None)
    # Pages that lead to one another again and again make a small file endless.
    looks = itertools.count()
    most = 100 + 10 * len(data) // _STEPS
    database.set_progress_handler(lambda: next(looks) > most, _STEPS)
    database.execute("PRAGMA trusted_schema = OFF")
    database.deserialize(data)

    return database


def _heading(database: sqlite3.Connection, file: str) -> object:
    if "heading" not in (_columns(database, _CORPUS, file) or ()):
        raise InvalidDocument(file, None, "must have a table corpus with a column heading")
    rows = list(itertools.islice(_rows(database, _CORPUS, ("heading",), file), 2))
    if len(rows) != 1:
        raise InvalidDocument(file, None, "must have one row in its table corpus")

    return rows[0][0]


def _columns(database: sqlite3.Connection, name: str, file: str) -> tuple[str, ...] | None:
    """
    The columns of an ordinary table, which hold values and compute none; None if there is none.
    """
    query = "SELECT type, rootpage FROM sqlite_master WHERE name = ?"
    kinds = list(_selected(database, query, file, name))
    if not kinds:
        return None
    # A view is not of type "table", and a virtual table has no page.
    if len(kinds) > 1 or kinds[0][0] != "table" or not kinds[0][1]:
        raise InvalidDocument(file, None, f"{name} must be an ordinary table")
    columns = list(_selected(database, "SELECT name, hidden FROM pragma_table_xinfo(?)", file, name))
    if any(hidden for _, hidden in columns):
        raise InvalidDocument(file, None, f"table {name} must not compute columns")

    return tuple(str(column) for column, _ in columns)


def _rows(database: sqlite3.Connection, name: str, columns: Iterable[str], file: str) -> Iterator[Row]:
    # In the order of the file, and by no index, which could say something else or hold an expression.
    query = f"SELECT {', '.join(columns)} FROM main.{name} NOT INDEXED"  # noqa: S608 - names of our own

    return _selected(database, query, file)


def _selected(database: sqlite3.Connection, query: str, file: str, *parameters: str) -> Iterator[Row]:
    try:
        # Not "yield from", which would close the cursor, perhaps after its database.
        for row in database.execute(query, parameters):  # noqa: UP028
            yield row
    # A message of SQLite's own may hold a stranger's bytes, which need not be UTF-8.
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise InvalidDocument(
            file, None, f"must be a sound SQLite database: {shortened(str(error))}"
        ) from None
