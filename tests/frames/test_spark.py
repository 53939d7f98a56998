"""
PySpark keeps what memory keeps, over several partitions.
"""

from __future__ import annotations

import itertools
import shutil
from types import SimpleNamespace

import pytest
import strategies as make
from hypothesis import HealthCheck, given, settings

import dateline
from dateline import where
from dateline.formats.arrow import to_arrow
from dateline.frames.lazy import Frames
from dateline.testing import tiny_corpus


UKRAINE = dateline.load("ukraine-2022")


@pytest.fixture(scope="session")
def spark():
    """
    Spark on two threads of this machine; skipped without PySpark or Java.
    """
    sql = pytest.importorskip("pyspark.sql", reason="no PySpark")
    if shutil.which("java") is None:
        pytest.skip("no Java")
    builder = sql.SparkSession.builder.master("local[2]")
    for key, value in (
        ("ui.enabled", "false"),
        ("sql.shuffle.partitions", "2"),
        ("ui.showConsoleProgress", "false"),
    ):
        builder = builder.config(f"spark.{key}", value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def scanned(spark, corpus):
    """
    A scan of the tables of a corpus, each in two partitions.
    """
    tables = {name: whole(to_arrow(corpus, name)) for name in ("articles", "claims", "entities")}

    return dateline.scan(
        {name: spark.createDataFrame(table).repartition(2) for name, table in tables.items()}
    )


def whole(table):
    """
    A table whose columns are of one piece: Spark takes none without any, as an empty one may be.
    """
    return table.from_arrays([column.combine_chunks() for column in table.columns], schema=table.schema)


def assert_same(corpus, scan, predicate):
    """
    A scan keeps what the corpus keeps.
    """
    assert sorted(corpus.filter(predicate)) == list(scan.filter(predicate).ids())
    assert sorted(corpus.claims.filter(predicate)) == list(scan.claims.filter(predicate).ids())


@pytest.mark.spark
def test_spark_keeps_the_same_records(spark):
    """
    One predicate of each kind, and combinations, on the shipped dataset.
    """
    scan = scanned(spark, UKRAINE)
    for predicate in (
        where.published(since="2022-03-01", until="2022-03-03") & ~where.contains("CORRIDOR"),
        where.any_claim(where.place("Kherson") & where.kind("control")),
        where.quantity(unit="PEOPLE", at_least=10) | where.publisher("Ynetnews") | where.stance("denies"),
        where.language("EN") & where.basis("inferred", field="said") & where.mentions("Kyiv"),
        ~(where.topic("war") | where.said(since="2022-03-02", certainly=True)),
        where.claimant("Volodymyr Zelenskyy") | ~where.id("kherson-seized/c01"),
    ):
        assert_same(UKRAINE, scan, predicate)


@pytest.mark.spark
@pytest.mark.properties
@settings(
    max_examples=settings.default.max_examples // 20,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(make.corpora_with_predicates(count=10))
def test_spark_keeps_the_same_generated_records(spark, case):
    """
    So it is for records of any shape, with nulls and empty lists, and any combination.
    """
    corpus, *predicates = case
    scan = scanned(spark, corpus)
    for predicate in predicates:
        assert_same(corpus, scan, predicate)


@pytest.mark.spark
def test_records_come_back_from_spark(spark):
    """
    Articles and claims are those that were scanned, and the frame is one of Spark.
    """
    tiny = tiny_corpus()
    scan = scanned(spark, tiny)

    assert tiny == scan.corpus()
    assert tiny.claims.filter(where.stance("denies"))["ferry-returns/c04"] in scan.claims.claims()
    assert 1 == scan.filter(where.stance("denies")).native.count()
    assert ["ferry-halts"] == [article.id for article in scan.head(1)]


def test_rows_of_spark_are_read_as_they_come():
    """
    Where rows come one by one, they are put together to batches of some thousand.
    """
    rows = ((str(number), number) for number in itertools.count())
    native = SimpleNamespace(toLocalIterator=lambda: itertools.islice(rows, 2_500))
    chosen = SimpleNamespace(
        implementation=SimpleNamespace(is_pyspark=lambda: True), to_native=lambda: native
    )
    lazy = SimpleNamespace(select=lambda *columns: chosen)
    found = Frames({"articles": lazy}, "pyspark").part(lazy).batches("id", "position")

    assert [1_000, 1_000, 500] == [batch.num_rows for batch in found]
