"""
Arrow and Parquet: all comes back, other engines find it, and what a stranger changed is refused.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import random
import sys
from functools import partial
from types import SimpleNamespace

import pyarrow
import pytest
from formats import hostile
from formats.laws import (
    assert_the_same_in_another_process,
)
from pyarrow import parquet as pyarrow_parquet

import dateline
from dateline.corpus import Corpus
from dateline.errors import (
    DatelineError,
    DigestMismatch,
    InvalidDocument,
    InvalidRecord,
    InvalidValue,
    MissingExtra,
    NewerSchema,
)
from dateline.formats.arrow import HEADING, to_arrow, to_pandas, to_polars
from dateline.formats.flat_tables import TABLES
from dateline.formats.parquet import read_folder, write_folder
from dateline.testing import make_article, tiny_corpus


def back(files):
    """
    The corpus that was written.
    """
    return read_folder(files, "x")


def test_bytes_are_the_same_in_another_process():
    """
    Neither time nor chance nor a process's hashes stand in the bytes.
    """
    assert_the_same_in_another_process("parquet", "b''.join(parquet.write_folder(corpus).values())")


def test_the_schema_says_which_corpus_it_is():
    """
    Every table names schema, digest and pin in its metadata, in memory and in the file.
    """
    corpus = tiny_corpus()
    files = write_folder(corpus)
    for name in TABLES:
        table = to_arrow(corpus, name)
        found = table.schema.metadata

        assert str(corpus.pin).encode() == found[b"dateline.pin"]
        assert corpus.digest.encode() == found[b"dateline.digest"]
        assert b"1.0" == found[b"dateline.schema"]
        assert table.schema.equals(
            pyarrow_parquet.read_schema(io.BytesIO(files[f"{name}.parquet"])), check_metadata=True
        )


def test_another_table_is_refused():
    """
    A table that there is none of is refused with the names of those that there are.
    """
    with pytest.raises(InvalidValue, match=r"table must be one of .*articles, claims, .*, got 'claim'"):
        dateline.to_arrow(tiny_corpus(), "claim")


@pytest.mark.parametrize("other", [tiny_corpus().claims, list(tiny_corpus().values()), None], ids=type)
def test_a_table_is_of_a_corpus(other):
    """
    Claims and lists of articles do not say which corpus they are.
    """
    with pytest.raises(InvalidValue, match="corpus must be a Corpus, such as"):
        dateline.to_arrow(other, "claims")


def test_a_corpus_of_nothing_has_tables():
    """
    Tables without rows keep their columns and types, and come back.
    """
    empty = Corpus.of([])
    tables = {name: to_arrow(empty, name) for name in TABLES}

    assert {0} == {table.num_rows for table in tables.values()}
    assert pyarrow.date32() == tables["articles"].schema.field("published_earliest").type
    assert empty == read_folder(write_folder(empty), "x")


def test_many_rows_are_written_in_parts(monkeypatch):
    """
    However many rows are held at a time, the tables are the same.
    """
    whole = to_arrow(tiny_corpus(), "claims")
    monkeypatch.setattr("dateline.formats.flat_tables.ROWS", 2)

    assert whole == to_arrow(tiny_corpus(), "claims")
    assert tiny_corpus() == read_folder(write_folder(tiny_corpus()), "x")


def test_columns_have_types():
    """
    Days are days, numbers numbers, several values a list, and what is not known is null.
    """
    article = make_article(headline=None, publisher=None, bylines=(), published="2022-03")
    corpus = Corpus.of([article], tiny_corpus().entities.values())
    [row] = to_arrow(corpus, "articles").to_pylist()
    entities = to_arrow(corpus, "entities").to_pylist()

    assert (1, None, None, []) == (row["position"], row["headline"], row["publisher"], row["bylines"])
    assert 0 == to_arrow(corpus, "credits").num_rows
    assert "2022-03" == row["published"]
    assert datetime.date(2022, 3, 1) == row["published_earliest"]
    assert datetime.date(2022, 3, 31) == row["published_latest"]
    assert all(type(row["latitude"]) in {float, type(None)} for row in entities)


@pytest.mark.parametrize("text", ["007", "1E2", "NA", "true", "=1+1", *hostile.TEXTS])
def test_text_stays_text(text):
    """
    Whatever a text looks like, the column holds the same text.
    """
    assert [text] == to_arrow(hostile.corpus(text), "articles")["headline"].to_pylist()


def test_the_days_of_a_choice_are_its_first_and_last():
    """
    Of several readings the earliest and the latest day stand in a row, and what lies between.
    """
    article = make_article(published="[2022-03,2022-03-02,2022-04-05]")
    [row] = to_arrow(Corpus.of([article]), "articles").to_pylist()

    assert datetime.date(2022, 3, 1) == row["published_earliest"]
    assert datetime.date(2022, 4, 5) == row["published_latest"]
    assert "2022-04-01/2022-04-04" == row["published_gaps"]


def test_an_entity_mentioned_without_a_span_is_a_row():
    """
    A mention whose positions are not known is a mention all the same.
    """
    mention = dateline.Mention(entity="place/larkhaven", spans=())
    [row] = to_arrow(Corpus.of([make_article(mentions=(mention,))]), "mentions").to_pylist()

    assert {
        "position": 1,
        "article": "ferry-returns",
        "entity": "place/larkhaven",
        "start": None,
        "stop": None,
    } == row


def test_a_lone_surrogate_is_refused():
    """
    Half of a surrogate pair is refused when it is written.
    """
    corpus = Corpus.of([make_article(headline="\ud83d")])
    for write in (partial(to_arrow, table="articles"), write_folder):
        with pytest.raises(InvalidValue, match="lone surrogate"):
            write(corpus)


@pytest.mark.parametrize(
    ("module", "extra", "function"),
    [
        ("pyarrow", "frames", partial(to_arrow, table="articles")),
        ("pyarrow", "frames", write_folder),
        ("pandas", "pandas", partial(to_pandas, table="articles")),
        ("polars", "polars", partial(to_polars, table="articles")),
    ],
)
def test_a_missing_extra_is_named(module, extra, function, monkeypatch):
    """
    Without the package that a table needs, the error names what to install.
    """
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(MissingExtra, match=rf"pip install 'dateline\[{extra}\]'"):
        function(tiny_corpus())


def test_reading_parquet_needs_the_extra(monkeypatch):
    """
    Without pyarrow's part for Parquet, the error names what to install.
    """
    files = write_folder(tiny_corpus())
    monkeypatch.delattr(pyarrow, "parquet")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    with pytest.raises(MissingExtra, match="Parquet needs the extra 'frames'"):
        read_folder(files, "x")


def test_frames_are_made_of_the_tables(monkeypatch):
    """
    Polars and pandas are handed the Arrow tables, and pandas is told to keep their types.
    """
    monkeypatch.setitem(sys.modules, "polars", SimpleNamespace(from_arrow=lambda table: table.num_rows))
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(ArrowDtype="arrow"))

    assert 2 == to_polars(tiny_corpus(), "articles")
    table = SimpleNamespace(to_pandas=lambda types_mapper: types_mapper)
    monkeypatch.setattr("dateline.formats.arrow.to_arrow", lambda *_: table)

    assert "arrow" == to_pandas(tiny_corpus(), "articles")


def changed(name, change, files=None):
    """
    The files of the tiny corpus, one of whose tables went through *change*.
    """
    files = dict(files or write_folder(tiny_corpus()))
    table = change(pyarrow_parquet.read_table(io.BytesIO(files[f"{name}.parquet"])))
    out = io.BytesIO()
    pyarrow_parquet.write_table(table, out)

    return files | {f"{name}.parquet": out.getvalue()}


def with_column(name, make):
    """
    A change that puts other values into a column.
    """

    def change(table):
        values = pyarrow.array(make(table[name].to_pylist()))
        return table.set_column(table.schema.get_field_index(name), name, values)

    return change


def with_heading(change):
    """
    A change of what the metadata say.
    """

    def changing(table):
        heading = json.loads(table.schema.metadata[HEADING])
        change(heading)
        return table.replace_schema_metadata({HEADING: json.dumps(heading).encode()})

    return changing


def without(*names):
    """
    The files of the tiny corpus without some.
    """
    return {name: data for name, data in write_folder(tiny_corpus()).items() if name not in names}


def replaced(old, new):
    """
    A change of every record.
    """
    return with_column("record", lambda texts: [text.replace(old, new) for text in texts])


def nested(table):
    """
    A change that makes the positions a list.
    """
    values = pyarrow.array([[number] for number in table["position"].to_pylist()])

    return table.set_column(0, "position", values)


BAD = {
    "nothing": (dict, InvalidDocument, "must say which corpus it holds"),
    "no articles": (lambda: without("articles.parquet"), InvalidDocument, "must say which corpus it holds"),
    "no entities": (lambda: without("entities.parquet"), InvalidDocument, "must have a table entities"),
    "empty": (
        lambda: write_folder(tiny_corpus()) | {"claims.parquet": b""},
        InvalidDocument,
        "x/claims.parquet: must be a sound Parquet file",
    ),
    "text": (
        lambda: write_folder(tiny_corpus()) | {"claims.parquet": b"PAR1" + b"x" * 50 + b"PAR1"},
        InvalidDocument,
        "x/claims.parquet: must be a sound Parquet file",
    ),
    "no metadata": (
        lambda: changed("articles", lambda table: table.replace_schema_metadata(None)),
        InvalidDocument,
        "must say which corpus it holds, got None",
    ),
    "metadata not UTF-8": (
        lambda: changed("articles", lambda table: table.replace_schema_metadata({HEADING: b"\xff"})),
        InvalidDocument,
        "must be JSON",
    ),
    "bad pin": (
        lambda: changed("articles", with_heading(lambda heading: heading.update(pin="tiny"))),
        InvalidRecord,
        "pin must look like",
    ),
    "later package": (
        lambda: changed("articles", with_heading(lambda heading: heading.update(min_reader="99.0.0", x=1))),
        NewerSchema,
        "needs dateline 99.0.0 or later",
    ),
    "no record": (
        lambda: changed("articles", lambda table: table.drop_columns("record")),
        InvalidDocument,
        "table articles must have a column record",
    ),
    "no position": (
        lambda: changed("topics", lambda table: table.drop_columns("position")),
        InvalidDocument,
        "table topics must have a column position",
    ),
    "more columns": (
        lambda: changed("topics", lambda table: table.append_column("x\x1b", table["code"])),
        InvalidDocument,
        r"table topics must have no column 'x\x1b'",
    ),
    "a column twice": (
        lambda: changed("topics", lambda table: table.append_column("code", table["code"])),
        InvalidDocument,
        "table topics must have no column 'code', or only one",
    ),
    "positions are lists": (lambda: changed("articles", nested), InvalidDocument, "must be 1, got [1]"),
    "a gap": (
        lambda: changed("articles", with_column("position", lambda values: [values[0], 7])),
        InvalidDocument,
        "x:articles:2: position must be 2, got 7",
    ),
    "record is a number": (
        lambda: changed("entities", with_column("record", lambda values: list(range(len(values))))),
        InvalidDocument,
        "x:entities:1: record must be text, got 0",
    ),
    "record is no JSON": (
        lambda: changed("articles", with_column("record", lambda values: [values[0], "{"])),
        InvalidDocument,
        "x:articles:2: must be JSON",
    ),
    "record breaks a rule": (
        lambda: changed("articles", replaced('"revision":1', '"revision":"1"')),
        InvalidRecord,
        "x:articles:1: expected a whole number, got '1' @ $.revision",
    ),
    "article twice": (
        lambda: changed("articles", with_column("record", lambda values: [values[0]] * 2)),
        InvalidRecord,
        "x:articles:2: id 'ferry-returns' stands twice",
    ),
    "record lost": (
        lambda: changed("articles", lambda table: table.slice(0, 1)),
        DigestMismatch,
        "x: corpus must have digest",
    ),
    "record changed": (
        lambda: changed("entities", replaced("Tomas", "Tomáš")),
        DigestMismatch,
        "x: corpus must have digest",
    ),
    "column changed": (
        lambda: changed("claims", with_column("stance", lambda values: ["asks", *values[1:]])),
        InvalidRecord,
        "as in the record, got 'asks' @ $.stance",
    ),
    "digest changed": (
        lambda: changed("articles", with_column("digest", lambda values: [*values[:-1], values[0]])),
        InvalidRecord,
        "x:articles:2: must be 'sha256:",
    ),
    "record not canonical": (
        lambda: changed("entities", with_column("record", lambda values: [values[0] + " ", *values[1:]])),
        InvalidRecord,
        'x:entities:1: must be \'{"id":',
    ),
    "row lost": (
        lambda: changed("evidence", lambda table: table.slice(0, table.num_rows - 1)),
        InvalidDocument,
        "is missing",
    ),
    "another's rows": (
        lambda: (
            without("claims.parquet")
            | {"claims.parquet": write_folder(Corpus.of([make_article()]))["claims.parquet"]}
        ),
        DatelineError,
        "x:claims:1",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_folder_names_its_fault(case):
    """
    Whatever is wrong with a file is refused by an error of ours that says where.
    """
    make, error, message = BAD[case]

    with pytest.raises(error) as caught:
        read_folder(make(), "x")

    assert message in str(caught.value)
    assert str(caught.value).startswith("x")


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: without("topics.parquet", "sources.parquet"), id="fewer tables"),
        pytest.param(lambda: changed("claims", lambda table: table.drop_columns("via")), id="fewer columns"),
        pytest.param(
            lambda: changed("articles", lambda table: table.drop_columns("digest")), id="no digests"
        ),
        pytest.param(lambda: write_folder(tiny_corpus()) | {"README.md": b"#"}, id="more files"),
        pytest.param(
            lambda: changed("articles", lambda table: table.select(table.column_names[::-1])),
            id="another order of columns",
        ),
        pytest.param(
            lambda: changed(
                "claims", lambda table: table.cast(large(table.schema)).replace_schema_metadata(None)
            ),
            id="another engine's text",
        ),
    ],
)
def test_what_repeats_the_records_may_be_left_out(make):
    """
    Tables and columns that are not there, and other files beside them, do not keep a folder from being read.
    """
    assert tiny_corpus() == read_folder(make(), "x")


def large(schema):
    """
    A schema whose texts are of the type that other engines write.
    """
    return pyarrow.schema(
        [
            field.with_type(pyarrow.large_string()) if field.type == pyarrow.string() else field
            for field in schema
        ]
    )


def test_damage_is_found_or_does_no_harm():
    """
    Whatever byte is another, what is read is what was written, or refused.
    """
    files = write_folder(tiny_corpus())
    for chance in range(60):
        draw = random.Random(chance)  # noqa: S311 - no secret
        name = draw.choice(["articles.parquet", "claims.parquet", "entities.parquet"])
        damaged = bytearray(files[name])
        damaged[draw.randrange(len(damaged))] ^= draw.randrange(1, 256)
        with contextlib.suppress(DatelineError):
            assert tiny_corpus() == read_folder(files | {name: bytes(damaged)}, "x")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """
    A folder with the hostile corpus in Parquet files.
    """
    path = tmp_path_factory.mktemp("parquet")
    for name, data in write_folder(hostile.corpus(*hostile.TEXTS)).items():
        (path / name).write_bytes(data)

    return path


@pytest.mark.interop
def test_duckdb_reads_parquet(folder):
    """
    DuckDB finds the rows and their texts, and joins the tables.
    """
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    found = duckdb.sql(f"SELECT headline FROM '{folder}/articles.parquet' ORDER BY position").fetchall()  # noqa: S608
    [(count,)] = duckdb.sql(
        f"SELECT count(*) FROM '{folder}/claims.parquet' claims "  # noqa: S608
        f"JOIN '{folder}/articles.parquet' articles ON articles.id = claims.article"
    ).fetchall()

    assert list(hostile.TEXTS) == [text for (text,) in found]
    assert len(hostile.corpus(*hostile.TEXTS).claims) == count


@pytest.mark.interop
def test_duckdb_reads_json_lines(tmp_path):
    """
    DuckDB reads JSON Lines as they are: a column for each kind of line, and the records as structures in it.
    """
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    path = tmp_path / "ukraine.jsonl"
    ukraine = dateline.load("ukraine-2022")
    dateline.dump(ukraine, path)
    query = f"""
        SELECT claim.id FROM (
            SELECT unnest(article.claims) AS claim FROM read_ndjson('{path}') WHERE article IS NOT NULL
        ) WHERE list_contains(claim.places, 'place/kherson')
    """  # noqa: S608
    found = ukraine.claims.filter(lambda claim: "place/kherson" in claim.places)

    assert list(found) == [identifier for (identifier,) in duckdb.sql(query).fetchall()]
