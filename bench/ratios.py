"""
Costs as ratios: two things measured in turn, round by round, and what one costs in units of the other.

Times of one machine mean little on another, and those of a busy one little at all;
the ratio of two that ran side by side does.
"""

from __future__ import annotations

import argparse
import gc
import importlib.metadata
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


#: Gives the CPU seconds, of user and system, that one run took.
Run = Callable[[], float]

#: Isolated: no environment variables, no current folder, no user site. Not -S: that would hide the packages.
FLAGS = ("-I",)

_VERSIONED = ("dateline", "attrs", "msgspec", "importlib-resources", "datasets", "citeproc-py")


@dataclass(frozen=True)
class Ratio:
    """
    What something costs in units of a peer, in each of several rounds.
    """

    what: str

    peer: str

    rounds: tuple[float, ...]

    #: The median must not be above it; None where there is nothing to reach.
    goal: float | None = None

    @property
    def median(self) -> float:
        """
        The ratio of the middle round.
        """
        return statistics.median(self.rounds)

    @property
    def missed(self) -> bool:
        """
        Whether it costs more than the goal allows.
        """
        return self.goal is not None and self.median > self.goal

    def row(self) -> str:
        """
        A line of the table.
        """
        low, _, high = statistics.quantiles(self.rounds, n=4, method="inclusive")
        goal = "–" if self.goal is None else f"≤ {_short(self.goal)}"
        met = "–" if self.goal is None else "**no**" if self.missed else "yes"

        return (
            f"| {self.what} | {self.peer} | {_short(self.median)} × "
            f"| {_short(low)}–{_short(high)} | {len(self.rounds)} | {goal} | {met} |"
        )


@dataclass(frozen=True)
class Measured:
    """
    What one of the benchmarks found.
    """

    ratios: tuple[Ratio, ...]

    #: How it was measured, for those who read the table.
    note: str


def _short(ratio: float) -> str:
    return f"{ratio:.3f}" if ratio < 1 else f"{ratio:.2f}"


def in_turn(runs: dict[str, Run], rounds: int) -> dict[str, list[float]]:
    """
    The seconds of each run in each round; an extra first round is thrown away, since it warms the caches.

    Every other round goes backwards, so that nobody always comes after the same neighbour.
    """
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        order = list(runs) if number % 2 else list(reversed(runs))
        for name in order:
            taken = runs[name]()
            if number:
                seconds[name].append(taken)

    return seconds


def ratio(seconds: dict[str, list[float]], what: str, peer: str, goal: float | None = None) -> Ratio:
    """
    What the run *what* costs in units of the run *peer*, each round for itself.
    """
    pairs = zip(seconds[what], seconds[peer], strict=True)

    return Ratio(what, peer, tuple(one / other for one, other in pairs), goal)


def process(code: str) -> Run:
    """
    A whole process of this interpreter, from its start to its end, that runs *code*.
    """
    command = [sys.executable, *FLAGS, "-c", code]

    def run() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, cwd=tempfile.gettempdir(), stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)

        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return run


def call(function: Callable[[], Any]) -> Run:
    """
    One call in this process, with the collector paused; what it returns is thrown away outside the time.
    """

    def run() -> float:
        gc.collect()
        gc.disable()
        try:
            before = time.process_time()
            kept = function()
            taken = time.process_time() - before
            del kept
        finally:
            gc.enable()

        return taken

    return run


def main(*parts: Callable[[int | None], Measured]) -> int:
    """
    Run the *parts*, print one table in Markdown, and give the exit code: 1 if a goal was missed.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, help="rounds of each (default: what each needs)")
    asked = parser.parse_args().rounds
    # A spread needs two.
    rounds = None if asked is None else max(2, asked)
    done = [part(rounds) for part in parts]
    ratios = [ratio for measured in done for ratio in measured.ratios]
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _VERSIONED)

    print("| what | in units of | CPU, median | middle half | rounds | goal | met |")
    print("|---|---|--:|--:|--:|--:|---|")
    for ratio in ratios:
        print(ratio.row())
    print()
    for measured in done:
        print(f"- {measured.note}")
    print(f"- {platform.python_implementation()} {platform.python_version()}, {versions}.")

    return int(any(ratio.missed for ratio in ratios))
