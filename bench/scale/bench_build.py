"""
Building: the local runner against plain multiprocessing over the same function, and Spark on this machine.

``python bench/scale/bench_build.py --rows 20000 --rounds 3`` prints the throughput of each as a share of
plain multiprocessing, which writes its Parquet parts and does nothing else: no receipts, no syncing, no
look for ids that stand twice. Without pyspark and Java the line for Spark is left out.
"""

from __future__ import annotations

import argparse
import functools
import importlib.util
import multiprocessing
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import raw
from pyarrow import parquet

from dateline.building import (
    Columns,
    Datelines,
    Gazetteer,
    PublicationLines,
    build,
    map_batches,
    spark_schema,
)
from dateline.building import schema as record_schema
from dateline.building.inputs import Stretch, raw_batches, stretches


#: A thousand names, as of a small gazetteer.
NAMES = Gazetteer({f"{a}{b}".title(): [f"place/{a}-{b}"] for a in raw.SYLLABLES for b in raw.SYLLABLES})
RULES = (Datelines(NAMES), PublicationLines(), NAMES)

STRETCH = 500
GOALS = {"local runner": 0.9, "Spark": 0.6}


def plainly(folder: Path, numbered: tuple[int, Stretch]) -> int:
    """
    One part, as somebody would write it who has only the function.
    """
    number, stretch = numbered
    made = map_batches(raw_batches(stretch, Columns()), RULES)
    with parquet.ParquetWriter(folder / f"{number}.parquet", record_schema(), compression="zstd") as out:
        for batch in made:
            out.write_batch(batch)

    return stretch.rows


def plain(path: Path, folder: Path, processes: int) -> None:
    """
    All parts by a pool of the standard library.
    """
    folder.mkdir()
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes) as pool:
        list(pool.imap_unordered(functools.partial(plainly, folder), enumerate(stretches(path, STRETCH))))
        pool.close()
        pool.join()


def local(path: Path, folder: Path, processes: int) -> None:
    """
    The runner.
    """
    build([path], folder, RULES, processes=processes, stretch=STRETCH)


def spark(session: Any, path: Path, folder: Path, processes: int) -> None:
    """
    The same function by Spark, whose start is not counted.
    """
    frame = session.read.parquet(str(path))
    made = frame.mapInArrow(functools.partial(map_batches, rules=RULES), spark_schema())
    made.write.parquet(str(folder))


def session(processes: int) -> Any:
    """
    Spark on this machine, warm; None if it is not installed.
    """
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        return None
    from pyspark.sql import SparkSession  # noqa: PLC0415 - not everybody has it

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local[{processes}]").config("spark.ui.enabled", "false")
    # Parts of the size that the others have.
    made = builder.config("spark.sql.files.maxPartitionBytes", "1m").getOrCreate()
    made.range(10).repartition(processes).mapInArrow(lambda batches: batches, "id bigint").count()

    return made


def seconds(function: Callable[..., None], *args: Any) -> tuple[float, float]:
    """
    How long a call takes on the wall, and of the processor; of Spark's own processes that is not known.
    """
    before, cpu = time.perf_counter(), processor()
    function(*args)

    return time.perf_counter() - before, processor() - cpu


def processor() -> float:
    """
    The CPU seconds of this process and of those that it began and that have ended.
    """
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))

    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main() -> int:
    """
    Print the table; the exit code is 1 if a goal is missed.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    running = session(asked.processes)
    runs = {"plain multiprocessing": plain, "local runner": local}
    if running is not None:
        runs["Spark"] = functools.partial(spark, running)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "raw.parquet"
        raw.write(asked.rows, path)
        for number in range(asked.rounds):
            order = list(runs) if number % 2 else list(reversed(runs))
            for name in order:
                folder = Path(scratch) / f"{name.replace(' ', '-')}-{number}"
                taken[name].append(seconds(runs[name], path, folder, asked.processes))
                shutil.rmtree(folder)
    missed = False
    for name, goal in GOALS.items():
        pairs = zip(taken["plain multiprocessing"], taken.get(name, []), strict=False)
        shares = [one[0] / other[0] for one, other in pairs]
        if shares:
            median = statistics.median(shares)
            missed = missed or median < goal
            spread = f"{min(shares):.2f} to {max(shares):.2f}"
            print(f"{name}: {median:.2f} of plain multiprocessing on the wall ({spread}), goal {goal}")
    cpu = [one[1] / other[1] for one, other in zip(*list(taken.values())[:2], strict=True)]
    print(f"local runner: {statistics.median(cpu):.2f} of plain multiprocessing by the processor's time")
    rate = asked.rows / statistics.median(wall for wall, _ in taken["plain multiprocessing"])
    print(
        f"{asked.rows} rows, {asked.processes} processes, {asked.rounds} rounds; plainly {rate:.0f} a second"
    )

    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())
