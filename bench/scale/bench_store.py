"""
What a store costs: time and memory of writing and verifying as it grows, and the way back to records.

``python bench/scale/bench_store.py --sizes 10000 100000 1000000`` prints both;
each size is measured in processes of its own, as what it takes beyond taking the articles in.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final


HERE: Final = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

#: Records that come back, of how many.
BACK: Final = 10_000
OF: Final = 100_000

ROUNDS: Final = 5

#: What is measured of a store that grows, each in a process, as code that is given a folder and a number.
STEPS: Final = {
    "taking articles in": "deque(made(count), 0)",
    "writing": (
        "store.write(made(count), folder, name='news', version='1.0.0', entities=Archive().entities())"
    ),
    "verifying digests": "store.open(folder / 'news' / '1.0.0', verify=True)",
    "reading all": "deque(store.open(folder / 'news' / '1.0.0', verify=True).articles(), 0)",
    "corpus digest": "store.open(folder / 'news' / '1.0.0').digest()",
}

PROGRAM: Final = """
import json, resource, sys
from collections import deque
from pathlib import Path
sys.path[:0] = {places!r}
import memory
from generated import Archive, made
from dateline import store
folder, count = Path(sys.argv[1]), int(sys.argv[2])
{code}
used = resource.getrusage(resource.RUSAGE_SELF)
# Not ru_maxrss, which begins with the peak of whoever started the process.
print(json.dumps([used.ru_utime + used.ru_stime, memory.peak() / 1024]))
"""


def measured(code: str, folder: Path, count: int) -> tuple[float, float]:
    """
    CPU seconds and the peak of memory, in MiB, of a process that runs some code.
    """
    program = PROGRAM.format(places=[str(HERE), str(HERE.parent)], code=code)
    command = [sys.executable, "-c", program, str(folder), str(count)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    seconds, peak = json.loads(done.stdout)

    return seconds, peak


def growth(sizes: list[int], rounds: int, keep: Path | None) -> None:
    """
    Print what each step takes at each size, and the power of the size with which that grows.

    If there is a folder to *keep* stores in, there is one round, and ``n100000/news/1.0.0`` is one of them.
    """
    found: dict[str, dict[int, tuple[float, float]]] = {name: {} for name in STEPS}
    for count in sizes:
        runs: dict[str, list[tuple[float, float]]] = {name: [] for name in STEPS}
        for _ in range(1 if keep else rounds):
            with tempfile.TemporaryDirectory(dir=Path.cwd()) as scratch:
                folder = keep / f"n{count}" if keep else Path(scratch)
                folder.mkdir(parents=True, exist_ok=True)
                for name, code in STEPS.items():
                    runs[name].append(measured(code, folder, count))
        for name, pairs in runs.items():
            seconds, peaks = zip(*pairs, strict=True)
            found[name][count] = statistics.median(seconds), statistics.median(peaks)
            print(
                f"  {count:>10,} {name:<18} {found[name][count][0]:9.2f} s {found[name][count][1]:8.0f} MiB"
            )
    base = {count: found["taking articles in"][count][0] for count in sizes}

    print(
        "| step | " + " | ".join(f"{count:,}" for count in sizes) + " | time grows as | peak, last / first |"
    )
    print("|---|" + "--:|" * (len(sizes) + 2))
    for name, by_size in found.items():
        # Taking the articles in is no part of what it costs to write them.
        less = base if name == "writing" else dict.fromkeys(sizes, 0.0)
        cells = [f"{by_size[count][0] - less[count]:.1f} s, {by_size[count][1]:.0f} MiB" for count in sizes]
        seconds = [by_size[count][0] - less[count] for count in sizes]
        peaks = [by_size[count][1] for count in sizes]
        print(f"| {name} | {' | '.join(cells)} | {_power(sizes, seconds)} | {peaks[-1] / peaks[0]:.2f} |")


def _power(sizes: list[int], values: list[float]) -> str:
    if len(sizes) == 1:
        return "–"
    slope = statistics.linear_regression(
        [math.log(size) for size in sizes], [math.log(value) for value in values]
    )

    return f"n^{slope.slope:.2f}"


def way_back(rounds: int, of: int) -> None:
    """
    Print what ten thousand records take from the store, and from Parquet files that nest them.
    """
    import duckdb  # noqa: PLC0415 - not needed in the processes that are measured
    import nested  # noqa: PLC0415 - as above
    from generated import Archive  # noqa: PLC0415 - as above
    from ratios import call, in_turn, ratio  # noqa: PLC0415 - as above

    from dateline import store  # noqa: PLC0415 - as above
    from dateline.records import Article  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        store.write(Archive().articles(of), folder, name="news", version="1.0.0")
        opened = store.open(folder / "news" / "1.0.0", verify=True)
        paths = [str(path) for path in opened.paths("articles")]
        nested.write(opened.articles(), folder / "nested.parquet")
        # A day that leaves about as many as are to come back.
        days = (
            duckdb.read_parquet(paths)
            .filter("published_earliest is not null")
            .order("published_earliest desc")
        )
        [(since,)] = days.limit(1, BACK).project("published_earliest").fetchall()
        condition = f"published_earliest > date '{since}'"

        def by_column(*, verified: bool) -> int:
            rows = duckdb.read_parquet(paths).filter(condition).project("record")
            return len(store.records(rows.to_arrow_table(), Article, verified=verified))

        def by_nesting(structure: Callable[[Any], Any]) -> int:
            rows = duckdb.read_parquet(f"{folder}/nested.parquet").filter(condition)

            return len([structure(row) for row in nested.rows(rows.project("* exclude published_earliest"))])

        def collected(function: Callable[[], int]) -> int:
            # What is measured runs without the collector, but nobody's program does.
            gc.enable()
            try:
                return function()
            finally:
                gc.disable()

        column, checked = "record column, verified files", "record column, each record proved"
        peer = "nested Parquet through cattrs"
        rested = f"{peer}, collector paused"
        quick, strict = f"{rested}, no details of errors", "nested Parquet through the strict door"
        runs = {
            column: call(lambda: collected(lambda: by_column(verified=True))),
            checked: call(lambda: collected(lambda: by_column(verified=False))),
            peer: call(lambda: collected(lambda: by_nesting(nested.usual))),
            rested: call(lambda: by_nesting(nested.usual)),
            quick: call(lambda: by_nesting(nested.quick)),
            strict: call(lambda: by_nesting(nested.strict)),
        }
        counts = {by_column(verified=True), by_nesting(nested.quick)}
        seconds = in_turn(runs, rounds)
        print(f"{counts} records of {of:,} by date")
        for what, goal in ((column, 0.2), (checked, None), (rested, None), (quick, None), (strict, None)):
            print(ratio(seconds, what, peer, goal).row())
        print(ratio(seconds, column, rested).row())
        print(ratio(seconds, column, quick).row())


def main() -> None:
    """
    Measure what was asked for.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--of", type=int, default=OF, help="articles out of which ten thousand come back; 0 for none"
    )
    parser.add_argument("--keep", type=Path, help="a folder for the stores, which stay there")
    asked = parser.parse_args()
    if asked.of:
        way_back(max(2, asked.rounds), asked.of)
    if asked.sizes:
        growth(asked.sizes, asked.rounds, asked.keep)


if __name__ == "__main__":
    main()
