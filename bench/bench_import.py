"""
What ``import dateline`` costs beside an interpreter that does nothing.
"""

from __future__ import annotations

import sys

from ratios import Measured, in_turn, main, process, ratio


BARE = "a bare start"
OURS = "`import dateline`"
ATTRS = "`import attrs`"


def measure(rounds: int | None = None) -> Measured:
    """
    Whole processes, from start to end.
    """
    runs = {
        BARE: process("pass"),
        OURS: process("import dateline"),
        ATTRS: process("import attrs"),
    }
    seconds = in_turn(runs, rounds or 41)

    return Measured(
        ratios=(ratio(seconds, OURS, BARE, goal=1.15), ratio(seconds, ATTRS, BARE)),
        note="Imports are whole processes, `python -I`, with the bytecode compiled.",
    )


if __name__ == "__main__":
    sys.exit(main(measure))
