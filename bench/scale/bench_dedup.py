"""
Near-duplicates against datasketch, on the same texts with the same bands; recall against the exact answer.

Needs datasketch. ``python bench/scale/bench_dedup.py --texts 2000``
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from datasketch import MinHash, MinHashLSH
from raw import articles

from dateline.building import near_duplicates
from dateline.building.duplicates import BANDS, PERMUTATIONS, shingles


THRESHOLD = 0.7
GOAL = 6

Texts = list[tuple[str, str]]
Pairs = set[tuple[str, str]]


def peer(texts: Texts) -> Pairs:
    """
    The pairs that datasketch finds, at its quickest: all shingles of a text in one call.
    """
    sketches: dict[str, Any] = {}
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
    for name, text in texts:
        sketches[name] = MinHash(num_perm=PERMUTATIONS, seed=1)
        sketches[name].update_batch(shingles(text))
        index.insert(name, sketches[name])

    return {
        (name, other)
        for name, sketch in sketches.items()
        for other in index.query(sketch)
        if name < other and sketch.jaccard(sketches[other]) >= THRESHOLD
    }


def exact(texts: Texts, candidates: Pairs) -> Pairs:
    """
    Those of the *candidates* that have as much in common as is asked for.
    """
    sets = {name: set(shingles(text)) for name, text in texts}

    return {
        (one, other)
        for one, other in candidates
        if len(sets[one] & sets[other]) >= THRESHOLD * len(sets[one] | sets[other])
    }


def grouped(groups: Any) -> dict[str, int]:
    """
    The number of the group of each text.
    """
    return {name: number for number, group in enumerate(groups) for name in group.ids}


def seconds(function: Callable[[Texts], Any], texts: Texts) -> tuple[float, Any]:
    """
    The CPU seconds of a call, and what it gives.
    """
    before = time.process_time()
    found = function(texts)

    return time.process_time() - before, found


def main() -> int:
    """
    Print the ratio of each round, the recall of both, and whether the goal is met.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    texts = [(row["id"], row["text"]) for row in articles(asked.texts)]
    ratios = []
    for _ in range(asked.rounds):
        ours, groups = seconds(near_duplicates, texts)
        theirs, pairs = seconds(peer, texts)
        ratios.append(theirs / ours)
    known = grouped(groups)
    # Texts of one group are candidates as well as the peer's pairs: what neither finds is very unlike.
    members = {(a, b) for group in groups for a in group.ids for b in group.ids if a < b}
    true = exact(texts, pairs | members)
    found = {pair for pair in true if known.get(pair[0], -1) == known.get(pair[1], -2)}
    median = statistics.median(ratios)
    print(f"{asked.texts} texts, {len(groups)} groups, {len(true)} pairs of at least {THRESHOLD:.0%}")
    print(f"recall: {len(found) / len(true):.3f}, datasketch {len(pairs & true) / len(true):.3f}")
    spread = f"{min(ratios):.1f} to {max(ratios):.1f}"
    print(f"{median:.1f} × datasketch's documents a second ({spread}), goal {GOAL}")

    return int(median < GOAL or len(found) < len(pairs & true))


if __name__ == "__main__":
    raise SystemExit(main())
