"""
How far a build is: a bar on standard error, where that is a terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

from attrs import evolve, frozen


_WIDTH: Final = 30


@frozen(kw_only=True)
class Progress:
    """
    The rows of a build that are done.
    """

    rows: int

    #: Of those.
    records: int

    #: All rows that there are.
    total: int

    def plus(self, rows: int, records: int) -> Progress:
        """
        The same with some more.
        """
        return evolve(self, rows=self.rows + rows, records=self.records + records)

    def __str__(self) -> str:
        done = _WIDTH * self.rows // max(1, self.total)
        faults = self.rows - self.records

        return f"[{'#' * done:{_WIDTH}}] {self.rows:,} of {self.total:,} rows, {faults:,} faults"


#: Is told after each part how far a build is.
Tell = Callable[[Progress], None]


def bar(progress: Progress) -> None:
    """
    Draw *progress* over what was drawn before; nothing on what is no terminal.
    """
    if sys.stderr.isatty():
        end = "\n" if progress.rows >= progress.total else ""
        sys.stderr.write(f"\r{progress}{end}")
        sys.stderr.flush()
