"""
What Spark alone does: files that it reads itself, and rows that come one by one.
"""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

import dateline
from dateline import where
from dateline.corpus import Corpus
from dateline.frames.lazy import Frames
from dateline.testing import make_article, tiny_corpus


TABLES = ("articles", "claims", "entities")


def read_by(spark, corpus, folder):
    """
    A scan of the tables of a corpus that Spark reads from Parquet files, each in two partitions.
    """
    dateline.dump(corpus, folder, "parquet")

    return dateline.scan(
        {name: spark.read.parquet(str(folder / f"{name}.parquet")).repartition(2) for name in TABLES}
    )


@pytest.mark.spark
def test_records_come_back_from_spark(spark, tmp_path):
    """
    Articles and claims are those that were scanned, and the frame is one of Spark.
    """
    tiny = tiny_corpus()
    scan = read_by(spark, tiny, tmp_path / "tiny")

    assert tiny == scan.corpus()
    assert tiny.claims.filter(where.stance("denies"))["ferry-returns/c04"] in scan.claims.claims()
    assert 1 == scan.filter(where.stance("denies")).native.count()
    assert ["ferry-halts"] == [article.id for article in scan.head(1)]


@pytest.mark.spark
def test_spark_reads_days_of_any_year_from_files(spark, tmp_path):
    """
    Days before there was our calendar are not moved, and years of less than four digits are known.
    """
    days = ("0001-01-01", "0999-12-31", "1000-01-01", "1582-10-04", "1582-10-15", "2022-03-02", "9999-12-31")
    corpus = Corpus.of([make_article(id=f"a-{day}", published=day) for day in days])
    scan = read_by(spark, corpus, tmp_path / "days")
    for day in days:
        since = where.published(since=day)

        assert sorted(corpus.filter(since)) == list(scan.filter(since).ids())


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
