"""
What large programs find in our files: pandas, Polars, ``datasets`` and Datasette, without a network.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from formats import hostile
from formats.linked_data import full_corpus

import dateline
from dateline.formats.flat_tables import TABLES


pytestmark = [pytest.mark.heavy, pytest.mark.interop]

ROOT = Path(__file__).resolve().parents[2]
LOADER = ROOT / "tests" / "descriptors" / "load_tables.py"

#: Texts that a reader of tables takes for a number, a truth value, a day or nothing.
TEXTS = (
    *("007", "NA", "nan", "null", "None", "1E2", "0x1F", "true", "FALSE", "2022-03-02", "-0", "1_000", " x "),
    *hostile.TEXTS,
)


def of(path, **options):
    """
    The corpus that has a hostile text in every field, saved at *path*.
    """
    corpus = full_corpus(*TEXTS)
    dateline.dump(corpus, path, **options)

    return corpus


def offline(*command):
    """
    What a command prints, in a process that has no network where the system can take it away.
    """
    alone = ["unshare", "--map-root-user", "--net"]
    able = shutil.which("unshare") and subprocess.run([*alone, "true"], capture_output=True, check=False)
    prefix = alone if able and able.returncode == 0 else []
    done = subprocess.run([*prefix, *map(str, command)], capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr

    return done.stdout


@pytest.fixture
def pandas():
    """
    The library pandas.
    """
    return pytest.importorskip("pandas", reason="pandas is not installed")


@pytest.fixture
def polars():
    """
    The library Polars.
    """
    return pytest.importorskip("polars", reason="polars is not installed")


def test_pandas_reads_parquet(pandas, tmp_path):
    """
    Texts and types in a file are those of the frame that is made without one.
    """
    corpus = of(tmp_path / "full.parquet")
    frame = dateline.to_pandas(corpus, "articles")
    read = pandas.read_parquet(tmp_path / "full.parquet" / "articles.parquet", dtype_backend="pyarrow")

    assert list(TEXTS) == list(frame["headline"]) == list(read["headline"])
    assert "int64[pyarrow]" == str(frame["revision"].dtype) == str(read["revision"].dtype)
    for name in TABLES:
        again = pandas.read_parquet(tmp_path / "full.parquet" / f"{name}.parquet", dtype_backend="pyarrow")
        assert dateline.to_arrow(corpus, name).num_rows == len(again)


def test_pandas_reads_csv(pandas, tmp_path):
    """
    Told to leave texts as they are, it finds each text in its cell.
    """
    of(tmp_path / "full.csv")
    frame = pandas.read_csv(tmp_path / "full.csv", dtype=str, keep_default_na=False, engine="python")

    assert list(TEXTS) == list(frame["headline"])


def test_pandas_reads_json_lines(pandas, tmp_path):
    """
    A row for each line, and in the column of its kind the record.
    """
    corpus = of(tmp_path / "full.jsonl")
    frame = pandas.read_json(tmp_path / "full.jsonl", lines=True, dtype=False)
    articles = list(frame["article"].dropna())

    assert list(corpus) == [article["id"] for article in articles]
    assert list(TEXTS) == [article["headline"] for article in articles]


def test_polars_reads_parquet(polars, tmp_path):
    """
    Each file holds the frame that is made without one, days as days.
    """
    corpus = of(tmp_path / "full.parquet")

    for name in TABLES:
        frame = dateline.to_polars(corpus, name)
        assert frame.equals(polars.read_parquet(tmp_path / "full.parquet" / f"{name}.parquet"))
    assert list(TEXTS) == dateline.to_polars(corpus, "articles")["headline"].to_list()
    assert polars.Date == dateline.to_polars(corpus, "claims")["said_earliest"].dtype


def test_polars_reads_csv(polars, tmp_path):
    """
    Told to leave texts as they are, it finds each text in its cell.
    """
    of(tmp_path / "full.csv")
    frame = polars.read_csv(tmp_path / "full.csv", infer_schema=False)

    assert list(TEXTS) == frame["headline"].to_list()


def test_polars_reads_json_lines(polars, tmp_path):
    """
    A row for each line, and in the column of its kind the record.
    """
    corpus = of(tmp_path / "full.jsonl")
    frame = polars.read_ndjson(tmp_path / "full.jsonl", infer_schema_length=None)
    articles = frame["article"].drop_nulls().struct

    assert list(corpus) == articles.field("id").to_list()
    assert list(TEXTS) == articles.field("headline").to_list()


def test_datasets_reads_the_folder(tmp_path):
    """
    The library ``datasets`` reads each table that the card tells of, with the same texts, without a network.
    """
    pytest.importorskip("datasets", reason="datasets is not installed")
    corpus = of(tmp_path / "full", format="hugging-face")
    found = json.loads(offline(sys.executable, LOADER, tmp_path / "full", tmp_path / "home"))

    assert {name for name in TABLES if dateline.to_arrow(corpus, name).num_rows} == set(found)
    assert list(TEXTS) == [row["headline"] for row in found["articles"]]
    assert all(dateline.to_arrow(corpus, name).num_rows == len(rows) for name, rows in found.items())


def test_datasette_opens_the_database(tmp_path):
    """
    Datasette shows the rows of a table, and finds a claim by a word of its statement.
    """
    pytest.importorskip("datasette", reason="datasette is not installed")
    ukraine = dateline.load("ukraine-2022")
    dateline.dump(ukraine, tmp_path / "ukraine.sqlite")

    def asked(address):
        command = [sys.executable, "-m", "datasette", tmp_path / "ukraine.sqlite", "--get", address]
        return json.loads(offline(*command))["rows"]

    claims = asked("/ukraine/claims.json?_shape=objects&_size=max")
    found = asked("/ukraine/claims.json?_shape=objects&_search=corridor")

    assert list(ukraine.claims) == [row["id"] for row in claims]
    assert 1 == len(found)
    assert "corridor" in found[0]["statement"].lower()


def test_the_page_of_frames_is_right(pandas, polars):
    """
    The examples for pandas and Polars in the documentation are run, and print what they say.
    """
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "docs/formats/frames.md"], capture_output=True, text=True, check=False, cwd=ROOT
    )

    assert 0 == done.returncode, done.stdout
    assert "skipped" not in done.stdout
