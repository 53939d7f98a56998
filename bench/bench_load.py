"""
What a cold process costs up to its first record, beside importing what others begin with.
"""

from __future__ import annotations

import sys

from ratios import Measured, in_turn, main, process, ratio


FIRST = "the first record"
ATTRS = "`import attrs`"
DATASETS = "`import datasets`"

#: What stands behind the first record, whatever this package does itself.
PARTIES = "`import attrs, msgspec`"

#: The same, spelt out.
LOAD = 'dateline.load("ukraine-2022")["kherson-seized"]'


def measure(rounds: int | None = None) -> Measured:
    """
    Whole processes, from start to end.
    """
    runs = {
        FIRST: process(f"import dateline; {LOAD}"),
        ATTRS: process("import attrs"),
        PARTIES: process("import attrs, msgspec"),
        DATASETS: process("import datasets"),
    }
    seconds = in_turn(runs, rounds or 15)

    return Measured(
        ratios=(
            ratio(seconds, FIRST, ATTRS, goal=2.5),
            ratio(seconds, FIRST, DATASETS, goal=1 / 15),
            ratio(seconds, FIRST, PARTIES),
            ratio(seconds, PARTIES, DATASETS),
        ),
        note=f"The first record is `{LOAD}` in a new process, every byte verified.",
    )


if __name__ == "__main__":
    sys.exit(main(measure))
