"""
Landmarks: stretches of an article that are confirmed to stand in a copy.

One hit alone may be chance, so hits count that keep the article's order;
what stands elsewhere counts only if chance is unlikely.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from dateline.bases import Base
from dateline.fingerprints import ANCHOR_WINDOW
from dateline.records import Article
from dateline.spans import LooseText, Span
from dateline.texts.hits import MAX_PLACES, Hit, anchored, by_stretch, hits, joined, tagged_evidence


#: Bits against chance that a run of hits needs which is out of the article's order.
MIN_BITS: Final = 12

#: Of the hits before it, so many are tried as the one that a hit follows: where more lie between, something
#: else follows them. This keeps the time linear in the number of hits.
_PREDECESSORS: Final = 128

# A change of the shift costs no more than this.
_JUMP_BITS: Final = 6.0


@frozen(repr=False)
class Landmarks(Base):
    """
    What is confirmed of an article in a copy.
    """

    #: One for each stretch that was found at a definite place, in the article's order.
    found: tuple[Hit, ...]

    #: Stretches that stand at several places, none of which is likelier.
    ambiguous: frozenset[tuple[int, int]]

    #: The stretches that were looked for.
    wanted: frozenset[tuple[int, int]]

    #: How unlikely all of it is by chance, as a negative binary logarithm; what overlaps counts once.
    bits: float

    @property
    def stretches(self) -> frozenset[tuple[int, int]]:
        """
        The stretches that were found.
        """
        return frozenset(hit.stretch for hit in self.found)

    @property
    def refuted(self) -> tuple[Span, ...]:
        """
        What was looked for and not found, less what is proved inside it; sorted and apart.
        """
        return self._unproved(self.wanted - self.stretches - self.ambiguous)

    @property
    def unproved(self) -> tuple[Span, ...]:
        """
        What was looked for and is not found at a definite place, less what is proved inside it.
        """
        return self._unproved(self.wanted - self.stretches)

    @property
    def repeated(self) -> bool:
        """
        Whether most of what was recognised stands there more than once.
        """
        return len(self.ambiguous) > len(self.found)

    def _unproved(self, stretches: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        proved = joined(self.stretches)
        unproved = []
        for start, end in joined(stretches):
            position = start
            for first, last in proved:
                if position < last and first < end:
                    if position < first:
                        unproved.append(Span(position, first))
                    position = last
            if position < end:
                unproved.append(Span(position, end))

        return tuple(unproved)


def landmarks(article: Article, copy: LooseText) -> Landmarks:
    """
    The stretches of *article* that *copy* confirms; time grows with the copy's length.
    """
    places = by_stretch(hits(article, copy))
    candidates = [hit for alternatives in places.values() for hit in alternatives[:MAX_PLACES]]
    found = _found(candidates)
    doubtful = frozenset(_doubtful(found, places, candidates))

    return Landmarks(
        found=tuple(sorted((found[each] for each in found if each not in doubtful), key=_stretch)),
        ambiguous=doubtful,
        wanted=frozenset((*tagged_evidence(article), *anchored(article))),
        bits=sum(hit.bits for hit in _apart(sorted(found.values(), key=lambda hit: hit.stop))),
    )


def _found(candidates: Sequence[Hit]) -> dict[tuple[int, int], Hit]:
    """
    The likeliest hit of each stretch: those in the longest run, then in further ones that are no chance.
    """
    found: dict[tuple[int, int], Hit] = {}
    while candidates:
        chain = _best_chain(candidates)
        if found and sum(hit.bits for hit in _apart(chain)) < MIN_BITS:
            break
        found |= {hit.stretch: hit for hit in chain}
        candidates = [hit for hit in candidates if hit.stretch not in found]

    return found


def _doubtful(
    found: Mapping[tuple[int, int], Hit],
    places: Mapping[tuple[int, int], Sequence[Hit]],
    candidates: Sequence[Hit],
) -> Iterator[tuple[int, int]]:
    by_shift = sorted(candidates, key=_shift)
    for stretch, alternatives in places.items():
        if len(alternatives) > MAX_PLACES:
            yield stretch
        elif stretch in found and len(alternatives) > 1:
            chosen = _support(found[stretch], by_shift)
            others = [hit for hit in alternatives if hit is not found[stretch]]
            if any(_support(other, by_shift) > chosen - MIN_BITS for other in others):
                yield stretch


def _support(hit: Hit, by_shift: Sequence[Hit]) -> float:
    """
    How much else speaks for the shift that a hit has.
    """
    first = bisect.bisect_left(by_shift, hit.shift - ANCHOR_WINDOW, key=_shift)
    last = bisect.bisect_right(by_shift, hit.shift + ANCHOR_WINDOW, key=_shift)

    return sum(other.bits for other in by_shift[first:last] if other.end != hit.end)


def _shift(hit: Hit) -> int:
    return hit.shift


def _stretch(hit: Hit) -> tuple[int, int]:
    return hit.stretch


def _best_chain(candidates: Iterable[Hit]) -> list[Hit]:
    """
    The likeliest hits that keep the article's order, a change of the shift being a cost.
    """
    ordered = sorted(candidates, key=lambda hit: (hit.start, hit.place))
    best: list[float] = []
    before: list[int | None] = []
    for number, hit in enumerate(ordered):
        score, link = hit.bits, None
        for earlier in range(max(0, number - _PREDECESSORS), number):
            if _follows(ordered[earlier], hit):
                reached = best[earlier] + hit.bits - _cost(ordered[earlier], hit)
                if reached > score:
                    score, link = reached, earlier
        best.append(score)
        before.append(link)

    return _traced(ordered, before, max(range(len(ordered)), key=best.__getitem__))


def _traced(ordered: Sequence[Hit], before: Sequence[int | None], last: int | None) -> list[Hit]:
    chain = []
    while last is not None:
        chain.append(ordered[last])
        last = before[last]

    return chain[::-1]


def _follows(one: Hit, other: Hit) -> bool:
    if one.start == other.start:
        return one.place == other.place and one.end < other.end

    return one.place < other.place


def _cost(one: Hit, other: Hit) -> float:
    return min(_JUMP_BITS, math.log2(1 + abs(one.shift - other.shift)))


def _apart(ordered: Iterable[Hit]) -> Iterator[Hit]:
    reached = -1
    for hit in ordered:
        if hit.place >= reached:
            yield hit
            reached = hit.stop
