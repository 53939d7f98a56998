"""
What reading JSON Lines record by record costs beside msgspec decoding them into Structs with the same rules.

``python bench/scale/bench_read.py --sizes 10000 100000 1000000`` also prints the peak of memory of each.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final


HERE: Final = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import memory  # noqa: E402 - found by the path above
import msgspec  # noqa: E402
from generated import made  # noqa: E402
from ratios import call, in_turn, ratio  # noqa: E402
from twins import decode_date, from_table, twin  # noqa: E402

import dateline  # noqa: E402
from dateline.formats import jsonl  # noqa: E402
from dateline.records import Article  # noqa: E402


GOAL: Final = 1.6

OURS: Final = "records of JSON Lines, each proved"
DIGESTED: Final = "Structs, same rules, digests counted (msgspec)"
STRUCTS: Final = "Structs, same rules (msgspec)"

_OPENING: Final = b'{"article":'


def ours(path: Path) -> Iterator[Any]:
    """
    The records of a file, which is proved by its digest at the end.
    """
    with path.open("rb") as lines:
        yield from jsonl.records(lines, path.name)


def structs(path: Path, *, digested: bool) -> Iterator[Any]:
    """
    The articles of a file as Structs.
    """
    decode = msgspec.json.Decoder(twin(Article, from_table), dec_hook=decode_date).decode
    with path.open("rb") as lines:
        next(lines)
        for line in lines:
            data = line[len(_OPENING) : -2]
            if digested:
                sha256(data).hexdigest()
            yield decode(data)


def peak(path: Path) -> float:
    """
    The peak of memory, in MiB, of a process that reads a file record by record.
    """
    command = [sys.executable, __file__, "--read", str(path)]

    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def show_peak(path: Path) -> None:
    """
    Read a file record by record, and print the peak of this process.
    """
    deque(ours(path), 0)
    print(memory.peak() / 1024)


def main() -> None:
    """
    Measure what was asked for.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--read", type=Path, help="a file of which only the peak of memory is printed")
    asked = parser.parse_args()
    if asked.read:
        show_peak(asked.read)
        return
    with tempfile.TemporaryDirectory() as scratch:
        for count in asked.sizes:
            path = Path(scratch) / "articles.jsonl"
            dateline.dump(made(count), path)
            runs = {
                OURS: partial(ours, path),
                DIGESTED: partial(structs, path, digested=True),
                STRUCTS: partial(structs, path, digested=False),
            }
            seconds = in_turn(
                {name: call(lambda run=run: deque(run(), 0)) for name, run in runs.items()},
                max(2, asked.rounds),
            )
            print(f"\n{count:,} articles\n")
            print(ratio(seconds, OURS, STRUCTS, GOAL).row())
            print(ratio(seconds, OURS, DIGESTED).row(), flush=True)
            print(f"peak of memory: {peak(path):.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
