"""
A corpus as every kind of source that can be scanned.
"""

from __future__ import annotations

import functools
import itertools
import os
import shutil
import sys
from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen

from dateline import dump, scan, store
from dateline.formats.arrow import to_arrow
from dateline.frames import duck


TABLES = ("articles", "claims", "entities")


def one_by_one(scans):
    """
    The ids that each of some scans keeps, as the scans tell them.
    """
    return [list(asked.ids()) for asked in scans]


def counted(scans):
    """
    As :func:`one_by_one`, of scans that count in shares what they tell as a whole.
    """
    found = one_by_one(scans)
    assert [asked.count() for asked in scans] == list(map(len, found))

    return found


@frozen
class Engine:
    """
    Whoever answers, and how much is asked of a corpus: where a query is dear, more of fewer corpora.
    """

    #: Makes a scan of a corpus.
    scan: Callable[[Any], Any]

    #: The ids that each of some scans keeps, sorted.
    ids: Callable[[Any], list[list[str]]] = one_by_one

    #: How many generated predicates are asked of a corpus.
    together: int = 3


def arrow_tables(corpus):
    """
    The tables that a scan reads, as Arrow has them.
    """
    return {name: to_arrow(corpus, name) for name in TABLES}


def in_memory(kind):
    """
    What makes frames of a kind in memory out of Arrow tables; skips where the package is absent.
    """
    if kind == "pyarrow":
        return lambda table: table
    if kind == "duckdb":
        connection = pytest.importorskip("duckdb").connect()
        return connection.from_arrow
    if kind == "pandas":
        pandas = pytest.importorskip("pandas")
        return lambda table: table.to_pandas(types_mapper=pandas.ArrowDtype)
    polars = pytest.importorskip("polars")
    if kind == "polars":
        return polars.from_arrow

    return lambda table: polars.from_arrow(table).lazy()


@pytest.fixture(scope="session")
def spark():
    """
    Spark on two threads of this machine; skipped without PySpark or Java.
    """
    sql = pytest.importorskip("pyspark.sql", reason="no PySpark")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("no Java")
    # For whoever gets the same session after us, and runs Python in it.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]")
    for key, value in (
        ("ui.enabled", "false"),
        ("ui.showConsoleProgress", "false"),
        ("sql.adaptive.enabled", "false"),
        ("sql.shuffle.partitions", "2"),
    ):
        builder = builder.config(f"spark.{key}", value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def in_spark(spark, table):
    """
    A table as a frame of Spark in two partitions.
    """
    # Spark takes no column without any piece, as an empty one may be.
    whole = table.from_arrays([column.combine_chunks() for column in table.columns], schema=table.schema)

    # Cached, since Spark would else ask small tables before it parts them, while it plans.
    frame = spark.createDataFrame(whole).repartition(2).cache()
    assert frame.rdd.getNumPartitions() == 2

    return frame


def in_one_query(scans):
    """
    The ids that each of some scans keeps, which Spark is asked all at once.
    """
    from pyspark.sql import DataFrame, functions  # noqa: PLC0415 - an extra

    numbered = [asked.native.select(functions.lit(n), "id") for n, asked in enumerate(scans)]
    found = functools.reduce(DataFrame.union, numbered).collect()

    return [sorted(id for n, id in found if n == number) for number in range(len(scans))]


@pytest.fixture(
    scope="session",
    params=[
        "files",
        "stores",
        "pyarrow",
        "duckdb",
        pytest.param("polars", marks=pytest.mark.heavy),
        pytest.param("polars, lazy", marks=pytest.mark.heavy),
        pytest.param("pandas", marks=pytest.mark.heavy),
        pytest.param("spark", marks=pytest.mark.spark),
    ],
)
def engine(request, tmp_path_factory):
    """
    One engine after the other.
    """
    if request.param in {"files", "stores"}:
        folder, numbers = tmp_path_factory.mktemp("scanned"), itertools.count()

        def from_files(corpus):
            path = folder / str(next(numbers))
            dump(corpus, path, "parquet")
            return scan(path)

        def from_stores(corpus):
            version = f"{next(numbers)}.0.0"
            entities = corpus.entities.values()
            store.write(
                corpus.values(), folder, name="stored", version=version, entities=entities, part_size=1
            )
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(duck, "FILES", 1)
                return scan(folder / "stored" / version)

        return Engine(from_files) if request.param == "files" else Engine(from_stores, counted)

    if request.param == "spark":
        frame = functools.partial(in_spark, request.getfixturevalue("spark"))
        return Engine(functools.partial(scan_of, frame), in_one_query, together=20)

    return Engine(functools.partial(scan_of, in_memory(request.param)))


def scan_of(frame, corpus):
    """
    A scan of the tables of a corpus, of which *frame* makes frames.
    """
    return scan({name: frame(table) for name, table in arrow_tables(corpus).items()})


@pytest.fixture(scope="session")
def scanned(engine):
    """
    What makes a scan of a corpus, on one engine after the other.
    """
    return engine.scan
