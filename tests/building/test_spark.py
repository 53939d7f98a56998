"""
Spark maps the same function over its batches, and comes to the same records.
"""

from __future__ import annotations

import functools
import os
import shutil
import sys

import pytest
from building.raw import row, rows, write_parquet

from dateline.building import Columns, Datelines, Gazetteer, build, map_batches, spark_schema
from dateline.building.parts import Part


pytestmark = pytest.mark.spark

RULES = (Datelines(), Gazetteer({"Tomas Berg": ["person/tomas-berg"]}))


@pytest.fixture(scope="module")
def spark():
    """
    Spark on this machine, with two cores.
    """
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("Spark needs Java")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "7").getOrCreate()
    yield session
    session.stop()


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_records_of_the_local_runner(tmp_path, spark):
    """
    In two partitions, batch by batch, each row is the same record, or has the same faults.
    """
    found = [*rows(40), row(41, text=""), row(42, date="yesterday")]
    path = write_parquet(tmp_path / "raw.parquet", found)
    done = build([path], tmp_path / "made", RULES, processes=1, reference="archive")
    draft = functools.partial(map_batches, rules=RULES, columns=Columns(), reference="archive")

    frame = spark.read.parquet(str(path)).repartition(2).mapInArrow(draft, spark_schema())
    names = ("id", "record", "faults", "published_earliest", "mentions", "given_id")
    made = [tuple(one[name] for name in names) for one in frame.collect()]

    local = [one for batch in Part(done.folder, 0).batches() for one in batch.to_pylist()]
    expected = [tuple(one[name] for name in names) for one in local]
    assert sorted(made, key=lambda one: one[-1]) == sorted(expected, key=lambda one: one[-1])
    assert frame.rdd.getNumPartitions() == 2
