"""
The search for spans that no tag proves, between points of an article and its copy that are settled.

A name is sought among the places where it stands; whatever else is short is placed by what stands around it.
Offsets of the article are counted without the furniture that the copy is known not to have.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from dateline.bases import Base
from dateline.spans import LooseText, Span
from dateline.texts import boundaries
from dateline.texts.hits import joined
from dateline.texts.landmarks import Landmarks


#: Code points by which white space and ellipses may lengthen or shorten a short stretch.
_DRIFT = 4

#: By how much one changed word may lengthen or shorten what stands around it; an insertion does more.
_WORD = 12

#: Further than this from what is confirmed, a stretch is not placed that nothing proves.
NEAR: Final = 80


@frozen(repr=False)
class Point(Base):
    """
    An offset of the article, and the one of the copy that belongs to it.
    """

    start: int
    place: int

    @property
    def shift(self) -> int:
        """
        By how much the copy is ahead there.
        """
        return self.place - self.start


class Search:
    """
    The search for spans between points that are settled; each span that is found settles more.
    """

    #: Where each stretch that was found stands in the copy, offsets in ``loose-1``.
    found: dict[tuple[int, int], tuple[int, int]]

    #: Stretches that may stand at several places.
    doubtful: set[tuple[int, int]]

    def __init__(self, copy: LooseText, marks: Landmarks, length: int, absent: tuple[Span, ...] = ()) -> None:
        self.found = {hit.stretch: (hit.place, hit.stop) for hit in marks.found if hit.exact}
        self.doubtful = set(marks.ambiguous)
        #: Code points of the article.
        self._length = length
        self._text = copy.text
        self._starts = frozenset(boundaries.starts(copy.text))
        self._ends = frozenset(boundaries.ends(copy.text))
        #: Furniture that the copy is known not to have.
        self._absent = absent
        #: Stretches that were looked for and not found, and those that were, joined.
        self._lost = [(self._at(start), self._at(end)) for start, end in marks.wanted - marks.stretches]
        self._proved = joined(marks.stretches)
        #: In order; of the points at one offset the first that was settled.
        self._points: list[Point] = []
        for hit in marks.found:
            self._settle(hit.start, hit.place)
            if hit.exact:
                self._settle(hit.end, hit.stop)
        #: Whether nothing is lost but what an insertion broke.
        self._whole = bool(self._points) and not any(self._is_changed(*lost) for lost in self._lost)

    def place_mentions(self, names: Mapping[tuple[int, int], tuple[str, ...]]) -> None:
        """
        Place what bears one of the *names*, again and again, as long as that settles more.
        """
        occurrences = {name: self._occurrences(name) for form in names.values() for name in form}
        waiting = {stretch: form for stretch, form in names.items() if stretch not in self.found}
        before = -1
        while len(waiting) != before:
            before = len(waiting)
            for stretch, form in list(waiting.items()):
                places = self._expected(stretch, [occurrences[name] for name in form])
                if len(places) == 1:
                    del waiting[stretch]
                    self.doubtful.discard(stretch)
                    self.found[stretch] = places[0]
                    self._settle(stretch[0], places[0][0])
                    self._settle(stretch[1], places[0][1])
                elif places:
                    self.doubtful.add(stretch)

    def place_rest(self, stretches: Iterable[tuple[int, int]]) -> None:
        """
        Place the *stretches* that nothing proves but what stands around them.
        """
        for stretch in stretches:
            if stretch in self.found:
                continue
            places = [] if self._is_absent(stretch) else self._fitting(stretch)
            if len(places) == 1:
                self.found[stretch] = places[0]
                self.doubtful.discard(stretch)
            elif places:
                self.doubtful.add(stretch)

    def _at(self, offset: int) -> int:
        return offset - sum(len(span) for span in self._absent if span.end <= offset)

    def _is_absent(self, stretch: tuple[int, int]) -> bool:
        return any(span.start < stretch[1] and stretch[0] < span.end for span in self._absent)

    def _settle(self, offset: int, place: int) -> None:
        point = Point(self._at(offset), place)
        index = bisect.bisect_left(self._points, point.start, key=_offset)
        if index == len(self._points) or self._points[index].start != point.start:
            self._points.insert(index, point)

    def _occurrences(self, name: str) -> list[tuple[int, int]]:
        places = []
        start = self._text.find(name) if name else -1
        while start >= 0:
            if start in self._starts and start + len(name) in self._ends:
                places.append((start, start + len(name)))
            start = self._text.find(name, start + 1)

        return places

    def _around(self, start: int, end: int) -> tuple[Point, Point]:
        left = bisect.bisect_right(self._points, start, key=_offset) - 1
        right = bisect.bisect_left(self._points, end, key=_offset)

        # Failing others, both texts are taken to begin and to end at the same words.
        return (
            self._points[left] if left >= 0 else Point(0, 0),
            self._points[right]
            if right < len(self._points)
            else Point(self._at(self._length), len(self._text)),
        )

    def _expected(
        self, stretch: tuple[int, int], occurrences: Iterable[Sequence[tuple[int, int]]]
    ) -> list[tuple[int, int]]:
        """
        Which of the *occurrences*, in order for each name, may be the one of *stretch*.
        """
        start, end = map(self._at, stretch)
        left, right = self._around(start, end)
        shifts = left.shift, right.shift
        gap = min(start - left.start, right.start - end)
        slack = _DRIFT + (0 if self._is_proved(stretch) else gap // 8)
        reach = slack + _DRIFT
        near = [
            (place, stop)
            for places in occurrences
            for place, stop in _between(places, start + min(shifts) - reach, start + max(shifts) + reach)
            if _is_near(place - start, shifts, slack) and _is_between(place, stop, left, right)
        ]
        nearest = [(place, stop) for place, stop in near if place - start in shifts]

        return nearest if len(nearest) == 1 else near

    def _fitting(self, stretch: tuple[int, int]) -> list[tuple[int, int]]:
        """
        Where *stretch* may stand between its neighbours, if the copy is the same there.
        """
        start, end = map(self._at, stretch)
        left, right = self._around(start, end)
        unchanged = self._whole or self._is_proved(stretch)
        if unchanged and abs(left.shift - right.shift) <= _DRIFT:
            return self._drifted(start, end, left, right)
        if unchanged:
            return self._on_one_side(start, end, left, right)
        near = right.start - left.start - (end - start) <= NEAR
        if near and left.shift == right.shift and self._is_spared(start, end, left.shift):
            return self._on_one_side(start, end, left, right)

        return []

    def _on_one_side(self, start: int, end: int, left: Point, right: Point) -> list[tuple[int, int]]:
        """
        Where words may stand that follow what is before them, or precede what is after them.
        """
        shifts = {
            point.shift for point in (left, right) if point in self._points or left.shift == right.shift
        }
        places = [(start + shift, end + shift) for shift in sorted(shifts)]

        return [place for place in places if self._is_bounded(*place)]

    def _drifted(self, start: int, end: int, left: Point, right: Point) -> list[tuple[int, int]]:
        """
        Where words that are the same may stand, if white space alone is another.
        """
        lowest, highest = sorted((left.shift, right.shift))
        shifts = range(lowest, highest + 1)
        places = [
            (start + first, end + last)
            for first in shifts
            for last in shifts
            if self._is_bounded(start + first, end + last)
            and left.place <= start + first < end + last <= right.place
        ]
        # White space changes rather between two spans than inside a short one.
        kept = [(place, stop) for place, stop in places if stop - place == end - start]

        return kept or places

    def _is_spared(self, start: int, end: int, shift: int) -> bool:
        """
        Whether what is lost around a stretch is accounted for by a change of another length elsewhere in it.
        """
        around = [lost for lost in self._lost if lost[0] <= start and end <= lost[1]]

        return all(any(other != shift for other in self._shifts(*lost)) for lost in around)

    def _is_changed(self, start: int, end: int) -> bool:
        """
        Whether what is lost there has other words, and was not just broken by an insertion.
        """
        shifts = self._shifts(start, end)

        return not shifts or max(shifts) - min(shifts) <= _WORD

    def _shifts(self, start: int, end: int) -> list[int]:
        first = bisect.bisect_left(self._points, start - _DRIFT, key=_offset)
        last = bisect.bisect_right(self._points, end + _DRIFT, key=_offset)

        return [point.shift for point in self._points[first:last]]

    def _is_bounded(self, place: int, stop: int) -> bool:
        return place in self._starts and stop in self._ends

    def _is_proved(self, stretch: tuple[int, int]) -> bool:
        index = bisect.bisect_right(self._proved, stretch[0], key=_first) - 1

        return index >= 0 and stretch[1] <= self._proved[index][1]


def _offset(point: Point) -> int:
    return point.start


def _first(stretch: tuple[int, int]) -> int:
    return stretch[0]


def _is_between(place: int, stop: int, left: Point, right: Point) -> bool:
    # Where a paragraph was moved, its neighbours are no bounds.
    return left.place > right.place or left.place <= place < stop <= right.place


def _between(places: Sequence[tuple[int, int]], first: int, last: int) -> Sequence[tuple[int, int]]:
    return places[
        bisect.bisect_left(places, first, key=_first) : bisect.bisect_right(places, last, key=_first)
    ]


def _is_near(shift: int, shifts: Sequence[int], slack: int) -> bool:
    lowest, highest = min(shifts), max(shifts)
    if highest - lowest <= 2 * slack + _DRIFT:
        return lowest - slack <= shift <= highest + slack

    return any(abs(shift - each) <= _DRIFT for each in shifts)
