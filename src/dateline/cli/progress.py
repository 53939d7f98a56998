"""
A sign of life on long work: a counter on standard error, where that is a terminal.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Final, Self


#: Seconds that pass before anything is shown, and from one change to the next.
PATIENCE: Final = 1.0
PACE: Final = 0.1


class Progress:
    """
    Counts steps on one line, which is gone when the work is done; shows nothing to what is no terminal.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._steps = 0
        self._next = time.monotonic() + PATIENCE
        self._shown = 0

    def step(self, name: str) -> None:
        """
        Count a step; what it was about is not shown.
        """
        self._steps += 1
        now = time.monotonic()
        if now >= self._next and sys.stderr.isatty():
            self._next = now + PACE
            self._show(f"{self._what}: {self._steps:,} steps")

    def _show(self, line: str) -> None:
        sys.stderr.write(f"\r{line.ljust(self._shown)}")
        sys.stderr.flush()
        self._shown = len(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._show("")
            sys.stderr.write("\r")
