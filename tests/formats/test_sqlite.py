"""
SQLite: all comes back, plain queries find it, and a database made by a stranger is held against its records.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
import struct

import pytest
from attrs import evolve
from formats import hostile
from formats.laws import (
    assert_the_same_in_another_process,
)

import dateline
from dateline.corpus import Corpus
from dateline.errors import (
    DatelineError,
    DigestMismatch,
    InvalidDocument,
    InvalidRecord,
    InvalidValue,
    NewerSchema,
)
from dateline.formats.flat_reading import corpus_in
from dateline.formats.flat_tables import TABLES
from dateline.formats.sqlite import read, write_bytes
from dateline.testing import make_article, tiny_corpus


@contextlib.contextmanager
def opened(data):
    """
    The database as anybody opens it.
    """
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.deserialize(data)
        yield database


def asked(corpus, query, *parameters):
    """
    The answer to a query.
    """
    with opened(write_bytes(corpus)) as database:
        return database.execute(query, parameters).fetchall()


def changed(*statements, corpus=None):
    """
    The database of the tiny corpus after some statements.
    """
    with opened(write_bytes(corpus or tiny_corpus())) as database:
        database.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            database.execute(statement)

        return database.serialize()


def back(data):
    """
    The corpus that was written.
    """
    return read(data, "x.sqlite")


def test_bytes_are_the_same_in_another_process():
    """
    Neither time nor chance nor a process's hashes stand in the bytes.
    """
    assert_the_same_in_another_process("sqlite", "sqlite.write_bytes(corpus)")


@pytest.mark.parametrize("text", [None, *hostile.TEXTS])
def test_the_database_is_sound(text):
    """
    SQLite's own checks find nothing: pages, indexes, references and full-text indexes agree.
    """
    corpus = dateline.load("ukraine-2022") if text is None else hostile.corpus(text)
    with opened(write_bytes(corpus)) as database:
        assert [("ok",)] == database.execute("PRAGMA integrity_check").fetchall()
        assert [] == database.execute("PRAGMA foreign_key_check").fetchall()
        for name in ("articles", "claims", "entities"):
            check = f"INSERT INTO {name}_fts({name}_fts, rank) VALUES ('integrity-check', 1)"  # noqa: S608
            database.execute(check)


def test_every_reference_is_a_foreign_key():
    """
    A client that follows foreign keys, as Datasette does, gets from a claim to its article and its claimant.
    """
    found = {(key[3], key[2]) for key in asked(tiny_corpus(), "PRAGMA foreign_key_list(claims)")}

    assert {("article", "articles"), ("claimant", "entities")} == found


def test_the_full_text_index_is_known_to_its_table():
    """
    Each index names the table that it is over, in the quotes by which Datasette finds it.
    """
    query = """SELECT name FROM sqlite_master WHERE sql LIKE '%VIRTUAL TABLE%USING fts5%content="claims"%'"""

    assert [("claims_fts",)] == asked(tiny_corpus(), query)


def test_words_are_found():
    """
    A word of a statement leads to the claim, whatever its case, and by way of the claim to the article.
    """
    query = """
        SELECT claims.id, articles.headline FROM claims_fts
        JOIN claims ON claims.position = claims_fts.rowid
        JOIN articles ON articles.id = claims.article
        WHERE claims_fts MATCH 'PASSENGERS'
    """

    assert [("ferry-returns/c02", tiny_corpus()["ferry-returns"].headline)] == asked(tiny_corpus(), query)


def test_claims_are_found_by_place_and_day():
    """
    A query over the tables finds what the predicates find.
    """
    ukraine = dateline.load("ukraine-2022")
    query = """
        SELECT DISTINCT claims.id FROM claims JOIN claim_entities ON claim_entities.claim = claims.id
        WHERE role = 'place' AND entity = 'place/kherson'
        AND said_earliest <= '2022-03-02' AND said_latest >= '2022-03-01'
    """
    where = dateline.where
    found = ukraine.claims.filter(
        where.place("place/kherson"), where.said(since="2022-03-01", until="2022-03-02")
    )

    assert len(found) > 0
    assert sorted(found) == sorted(identifier for (identifier,) in asked(ukraine, query))


def test_a_field_leads_to_its_source():
    """
    The table of sources says of each field of a record what it rests on.
    """
    query = "SELECT basis FROM sources WHERE article = ? AND field = 'published'"
    basis = str(tiny_corpus()["ferry-returns"].sourced("published").source.basis)

    assert [(basis,)] == asked(tiny_corpus(), query, "ferry-returns")


@pytest.mark.parametrize("text", ["007", "1E2", "NA", "true", "=1+1", *hostile.TEXTS])
def test_text_stays_text(text):
    """
    Whatever a text looks like, the column holds the same text.
    """
    corpus = hostile.corpus(text)

    assert [(text, "text")] == asked(corpus, "SELECT headline, typeof(headline) FROM articles")


def test_none_is_not_empty():
    """
    What is not known is NULL, and a list of nothing is an empty JSON array.
    """
    corpus = Corpus.of([make_article(headline=None, bylines=())])

    assert [(None, "[]")] == asked(corpus, "SELECT headline, bylines FROM articles")


def test_an_entity_that_is_not_there_is_listed():
    """
    A corpus without its entities is written and read, and SQLite says which references lead nowhere.
    """
    corpus = Corpus.of(tiny_corpus().values())
    with opened(write_bytes(corpus)) as database:
        missing = database.execute("PRAGMA foreign_key_check").fetchall()

    assert "entities" in {row[2] for row in missing}
    assert corpus == read(write_bytes(corpus), "x.sqlite")


def test_a_lone_surrogate_is_refused():
    """
    Half of a surrogate pair is refused when it is written.
    """
    with pytest.raises(InvalidValue, match="lone surrogate"):
        write_bytes(Corpus.of([make_article(headline="\ud83d")]))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE notes (text)",
        "CREATE VIEW recent AS SELECT * FROM articles",
        "DROP TABLE topics",
        "ALTER TABLE sources DROP COLUMN note",
        "CREATE INDEX entities_record ON entities (record DESC)",
        "VACUUM",
        "DROP TABLE claims_fts",
    ],
)
def test_what_is_added_beside_the_records_does_no_harm(statement):
    """
    What a user adds beside the tables, or leaves out of what repeats the records, keeps nothing from reading.
    """
    assert tiny_corpus() == read(changed(statement), "x.sqlite")


def cell(*values):
    """
    A row of sqlite_master as a cell of a leaf (SQLite file format, section 2).
    """
    types = b"".join(
        varint(0 if value is None else 4 if isinstance(value, int) else 13 + 2 * len(value))
        for value in values
    )
    body = b"".join(
        b"" if value is None else struct.pack(">i", value) if isinstance(value, int) else value.encode()
        for value in values
    )
    payload = bytes([len(types) + 1]) + types + body

    return varint(len(payload)) + varint(10**6) + payload


def varint(number):
    """
    A number as SQLite writes it.
    """
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(number & 0x7F | 0x80)

    return bytes(reversed(digits))


def page(kind, cells, right=None):
    """
    A page of a table.
    """
    size = 4096
    head = 8 if right is None else 12
    offsets, content = [], b""
    for one in cells:
        content = one + content
        offsets.append(size - len(content))
    start = struct.pack(">BHHHB", kind, 0, len(cells), offsets[-1], 0)
    start += b"" if right is None else struct.pack(">I", right)
    start += struct.pack(f">{len(offsets)}H", *offsets)
    assert len(start) >= head

    return start + bytes(size - len(start) - len(content)) + content


def endless():
    """
    A database whose schema is on pages that lead to one another some hundred million times.
    """
    data = bytearray(write_bytes(tiny_corpus()))
    with opened(bytes(data)) as database:
        query = (
            "SELECT type, name, tbl_name, rootpage FROM sqlite_master WHERE name LIKE '%autoindex_articles%'"
        )
        row = database.execute(query).fetchone()
    count = len(data) // 4096
    [right] = struct.unpack(">I", data[108:112])
    assert 0x05 == data[100]
    data += page(0x05, [struct.pack(">I", right) + varint(10**5)], count + 2)
    for level in range(2, 6):
        data += page(0x05, [struct.pack(">I", count + level + 1) + varint(10**6)] * 300, count + level + 1)
    data += page(0x0D, [cell(*row, None)])
    data[108:112] = struct.pack(">I", count + 1)
    data[28:32] = struct.pack(">I", len(data) // 4096)

    return bytes(data)


def rewritten(table, old, new):
    """
    The database with every record of a table changed.
    """
    return changed(f"UPDATE {table} SET record = replace(record, '{old}', '{new}')")  # noqa: S608


BAD = {
    "empty": (lambda: b"", InvalidDocument, "x.sqlite: must be a SQLite database"),
    "text": (lambda: b"SELECT 1", InvalidDocument, "must be a SQLite database"),
    "header only": (lambda: b"SQLite format 3\x00" + bytes(200), InvalidDocument, "must be a sound SQLite"),
    "half": (lambda: write_bytes(tiny_corpus())[:20_000], InvalidDocument, "must be a sound SQLite database"),
    "write-ahead": (
        lambda: b"SQLite format 3\x00\x10\x00\x02\x02" + write_bytes(tiny_corpus())[20:],
        InvalidDocument,
        "unable to open",
    ),
    "endless": (endless, InvalidDocument, "interrupted"),
    "another's": (
        lambda: changed("DROP TABLE corpus"),
        InvalidDocument,
        "must have a table corpus with a column heading",
    ),
    "no heading": (lambda: changed("DELETE FROM corpus"), InvalidDocument, "one row in its table corpus"),
    "two headings": (
        lambda: changed("INSERT INTO corpus (heading) VALUES ('{}')"),
        InvalidDocument,
        "one row in its table corpus",
    ),
    "null heading": (lambda: changed("UPDATE corpus SET heading = NULL"), InvalidDocument, "must say which"),
    "bad heading": (lambda: changed("UPDATE corpus SET heading = '{'"), InvalidDocument, "must be JSON"),
    "not UTF-8": (
        lambda: changed("UPDATE corpus SET heading = CAST(x'ff' AS TEXT)"),
        InvalidDocument,
        "must be a sound SQLite database",
    ),
    "no records": (lambda: changed("DROP TABLE articles"), InvalidDocument, "must have a table articles"),
    "no record": (
        lambda: changed("ALTER TABLE entities DROP COLUMN record"),
        InvalidDocument,
        "table entities must have a column record",
    ),
    "more columns": (
        lambda: changed("ALTER TABLE claims ADD COLUMN \x22notes\x1b\x22 TEXT"),
        InvalidDocument,
        r"table claims must have no column 'notes\x1b'",
    ),
    "a view": (
        lambda: changed(
            "ALTER TABLE claims RENAME TO other", "CREATE VIEW claims AS SELECT randomblob(9) AS position"
        ),
        InvalidDocument,
        "claims must be an ordinary table",
    ),
    "a virtual table": (
        lambda: changed("DROP TABLE topics", "CREATE VIRTUAL TABLE topics USING fts5(position)"),
        InvalidDocument,
        "topics must be an ordinary table",
    ),
    "a computed column": (
        lambda: changed(
            "DROP TABLE topics",
            "CREATE TABLE topics (position INTEGER, code TEXT AS (hex(zeroblob(99999999))))",
        ),
        InvalidDocument,
        "table topics must not compute columns",
    ),
    "a gap": (
        lambda: changed("UPDATE articles SET position = 7 WHERE position = 2"),
        InvalidDocument,
        "x.sqlite:articles:2: position must be 2, got 7",
    ),
    "record as bytes": (
        lambda: changed("UPDATE entities SET record = CAST(record AS BLOB)"),
        InvalidDocument,
        "x.sqlite:entities:1: record must be text, got b'",
    ),
    "record is no JSON": (
        lambda: changed("UPDATE articles SET record = '{' WHERE position = 2"),
        InvalidDocument,
        "x.sqlite:articles:2: must be JSON",
    ),
    "record breaks a rule": (
        lambda: rewritten("articles", '"revision":1', '"revision":"1"'),
        InvalidRecord,
        "x.sqlite:articles:1: expected a whole number, got '1' @ $.revision",
    ),
    "article twice": (
        lambda: changed("UPDATE articles SET record = (SELECT record FROM articles ORDER BY position)"),
        InvalidRecord,
        "x.sqlite:articles:2: id 'ferry-returns' stands twice",
    ),
    "record lost": (
        lambda: changed("DELETE FROM articles WHERE position = 2"),
        DigestMismatch,
        "x.sqlite: corpus must have digest",
    ),
    "record changed": (
        lambda: rewritten("entities", "Tomas", "Tomáš"),
        DigestMismatch,
        "x.sqlite: corpus must have digest",
    ),
    "column changed": (
        lambda: changed("UPDATE claims SET stance = 'denies', channel = 'x' WHERE position = 1"),
        InvalidRecord,
        "x.sqlite:claims:1: must be 'reports', as in the record, got 'denies' @ $.stance; must be None",
    ),
    "row lost": (
        lambda: changed("DELETE FROM evidence WHERE position = (SELECT max(position) FROM evidence)"),
        InvalidDocument,
        "is missing",
    ),
    "row added": (
        lambda: changed("INSERT INTO topics (code) VALUES ('x')"),
        InvalidDocument,
        "is one too many",
    ),
    "later package": (
        lambda: changed("""UPDATE corpus SET heading = '{"min_reader":"99.0.0","mood":1}'"""),
        NewerSchema,
        "needs dateline 99.0.0 or later",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_database_names_its_fault(case):
    """
    Whatever is wrong with a database is refused by an error of ours that says where.
    """
    make, error, message = BAD[case]

    with pytest.raises(error) as caught:
        read(make(), "x.sqlite")

    assert message in str(caught.value)
    assert "x.sqlite" in str(caught.value)


def test_cells_that_are_used_again_have_an_end(monkeypatch):
    """
    A file whose cells give more characters than it may have is refused, however small it is.
    """
    data = write_bytes(tiny_corpus())
    monkeypatch.setattr(
        "dateline.formats.sqlite.corpus_in", lambda source: corpus_in(evolve(source, limit=500))
    )

    with pytest.raises(InvalidDocument, match="records must have at most 500 characters"):
        read(data, "x.sqlite")


def test_damage_is_found_or_does_no_harm():
    """
    Whatever byte is another, what is read is what was written, or refused.
    """
    data = write_bytes(tiny_corpus())
    used = [index for index, byte in enumerate(data) if byte]
    for chance in range(150):
        draw = random.Random(chance)  # noqa: S311 - no secret
        damaged = bytearray(data)
        damaged[draw.choice(used)] ^= draw.randrange(1, 256)
        with contextlib.suppress(DatelineError):
            assert tiny_corpus() == read(bytes(damaged), "x.sqlite")


def test_every_table_is_written():
    """
    The tables of the database are those that are documented, and the one about the corpus.
    """
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*_fts*'"

    assert sorted(["corpus", *TABLES]) == sorted(name for (name,) in asked(tiny_corpus(), query))
