"""
What an entry costs beside citeproc-py, how a bibliography grows, and what a first citation costs.

The styles are the official ones where they lie beside the project, else the one that
citeproc-py brings along. Each round has articles of its own, so that nothing can be
remembered from the round before; what is compiled once, the style, is outside the time.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import citeproc
from bench_load import LOAD
from citeproc.source.json import CiteProcJSON
from invented import Item, batches
from ratios import Measured, Ratio, Run, call, in_turn, main, process, ratio

from dateline.csl import Style


#: The official styles, which are not part of the project.
OFFICIAL: Final = Path(__file__).parents[2] / "shared" / "citing" / "styles"

#: Articles that are cited one by one, and then in one list.
COUNT: Final = 20

#: Articles in one bibliography; the first size is the unit of the others.
SIZES: Final = (1_250, 2_500, 5_000, 10_000)

MILLISECOND: Final = "1 ms"
PEER: Final = "citeproc-py"
LOADED: Final = "the first record"
CITED: Final = "the first record, cited"

#: Gives the entries as plain text.
Engine = Callable[[list[Item]], list[str]]

Seconds = dict[str, list[float]]


@dataclass(frozen=True)
class Contest:
    """
    One style, compiled by both.
    """

    style: str
    ours: Engine
    peers: Engine


def contests() -> list[Contest]:
    """
    All styles at hand.
    """
    folder = OFFICIAL if OFFICIAL.is_dir() else Path(citeproc.STYLES_PATH)

    return [contest(path) for path in sorted(folder.glob("*.csl"))]


def contest(path: Path) -> Contest:
    """
    Both processors with the style in a file.
    """
    style = Style.parse(path.read_bytes())
    other = citeproc.CitationStylesStyle(str(path), validate=False)

    def peers(items: list[Item]) -> list[str]:
        listed = citeproc.CitationStylesBibliography(other, CiteProcJSON(items), citeproc.formatter.plain)
        for item in items:
            listed.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
        listed.sort()

        return [str(entry) for entry in listed.bibliography()]

    return Contest(path.stem, entries(style), peers)


def entries(style: Style) -> Engine:
    """
    Our way to a bibliography in plain text.
    """
    return lambda items: [str(entry) for entry in style.bibliography(items)]


def one_by_one(engine: Engine) -> Engine:
    """
    The same, with each item in a bibliography of its own.
    """
    return lambda items: [entry for item in items for entry in engine([item])]


def fresh(engine: Engine, count: int) -> Run:
    """
    Each time a list that was not seen before.
    """
    lists = batches(count)

    def run() -> float:
        items = next(lists)
        return call(lambda: engine(items))()

    return run


def check_alike(both: Contest) -> None:
    """
    Make sure that the peer is worth comparing with: every entry of both has its title.
    """
    items = next(batches(COUNT))
    for engine in (both.ours, both.peers, one_by_one(both.ours), one_by_one(both.peers)):
        printed = "\n".join(engine(items)).casefold()
        if any(item["title"].casefold() not in printed for item in items):
            sys.exit(f"{both.style}: an entry has lost its title")


def per_entry(rounds: int) -> Iterator[Ratio]:
    """
    All styles together beside the peer and beside a millisecond, which have goals; then each style.
    """
    known = contests()
    for both in known:
        check_alike(both)
    alone = {f"an entry, {both.style}": fresh(one_by_one(both.ours), COUNT) for both in known}
    listed = {f"an entry in a list, {both.style}": fresh(both.ours, COUNT) for both in known}
    peers = {f"{PEER}, {both.style}": fresh(one_by_one(both.peers), COUNT) for both in known}
    peers_listed = {f"{PEER} in a list, {both.style}": fresh(both.peers, COUNT) for both in known}
    seconds = in_turn(alone | listed | peers | peers_listed, rounds)
    every = f"{len(known)} styles"
    for what, ours, theirs in (
        (f"an entry, {every}", alone, peers),
        (f"in a list, {every}", listed, peers_listed),
    ):
        peer = f"{PEER}, {what}"
        seconds |= {what: together(seconds, ours), peer: together(seconds, theirs)}
        seconds[MILLISECOND] = [COUNT * len(known) * 0.001] * rounds
        yield ratio(seconds, what, peer, goal=1 / 20)
        yield ratio(seconds, what, MILLISECOND, goal=1)
        slowest = max(ours, key=lambda name: sum(seconds[name]))
        seconds[MILLISECOND] = [COUNT * 0.001] * rounds
        yield ratio(seconds, slowest, MILLISECOND)
    for one, other in zip((*alone, *listed), (*peers, *peers_listed), strict=True):
        yield ratio(seconds, one, other)


def together(seconds: Seconds, names: Iterable[str]) -> list[float]:
    """
    The sum of several, round by round.
    """
    return [sum(each) for each in zip(*(seconds[name] for name in names), strict=True)]


def growth(rounds: int) -> Iterator[Ratio]:
    """
    Bibliographies beside the smallest of them, the rest in proportion to n log n.
    """
    style = Style.bundled("apa")
    seconds = in_turn({f"{size:,} articles": fresh(entries(style), size) for size in SIZES}, rounds)
    least, *rest = SIZES
    unit = f"{least:,}, grown by n log n"
    for size in rest:
        factor = size * math.log(size) / (least * math.log(least))
        seconds[unit] = [taken * factor for taken in seconds[f"{least:,} articles"]]
        yield ratio(seconds, f"{size:,} articles", unit, goal=1.15)
    seconds[MILLISECOND] = [size * 0.001] * rounds
    seconds["an entry of them"] = seconds[f"{size:,} articles"]
    yield ratio(seconds, "an entry of them", MILLISECOND, goal=1)


def first_citation(rounds: int) -> Ratio:
    """
    Whole processes, from start to end.
    """
    runs = {
        LOADED: process(f"import dateline; {LOAD}"),
        CITED: process(f"import dateline; dateline.cite({LOAD})"),
    }

    return ratio(in_turn(runs, rounds), CITED, LOADED, goal=2)


def measure(rounds: int | None = None) -> Measured:
    """
    Entries, growth, and the first citation of a process.
    """
    return Measured(
        ratios=(
            *per_entry(rounds or 5),
            *growth(rounds or 5),
            first_citation(rounds or 15),
        ),
        note=(
            f"Entries are those of {COUNT} invented articles, each in a bibliography of its own, "
            f"or all in one list, as plain text, with the style compiled before; {PEER} does not "
            "tell works of the same author and year apart. The growing bibliography is in APA."
        ),
    )


if __name__ == "__main__":
    sys.exit(main(measure))
