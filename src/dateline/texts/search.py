"""
The search for spans that no tag proves, between points of an article and its copy that are settled.

A name is sought among the places where it stands; whatever else is short is placed by what stands around it.
Offsets of the article are counted without the furniture that the copy is known not to have.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from dateline.bases import Base
from dateline.spans import LooseText, Span
from dateline.texts import boundaries
from dateline.texts.hits import MAX_PLACES, Hit, joined
from dateline.texts.landmarks import Landmarks
from dateline.texts.lengths import Lengths


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

    def __init__(  # noqa: PLR0913 - one for each thing that is known
        self,
        copy: str,
        folded: LooseText,
        marks: Landmarks,
        length: int,
        absent: tuple[Span, ...] = (),
        *,
        equal: bool = False,
    ) -> None:
        self.found = {hit.stretch: (hit.place, hit.stop) for hit in marks.found if hit.exact}
        self.doubtful = set(marks.ambiguous)
        #: Code points of the article.
        self._length = length
        self._text = folded.text
        self._lengths = Lengths(
            copy, folded, [(hit.place, hit.stop, hit.end - hit.start) for hit in marks.found if hit.exact]
        )
        self._starts = [each for each in boundaries.starts(folded.text) if each not in self._lengths.inside]
        self._ends = [each for each in boundaries.ends(folded.text) if each not in self._lengths.inside]
        #: Whether copy and article, without what is absent, are the same in ``loose-1``.
        self._equal = equal
        #: Furniture that the copy is known not to have.
        self._absent = absent
        #: Stretches that were looked for and not found, and those that were, joined.
        self._lost = [(self._at(start), self._at(end)) for start, end in marks.wanted - marks.stretches]
        self._refuted = [(self._at(span.start), self._at(span.end)) for span in marks.refuted]
        self._proved = joined((hit.start, self._end(hit)) for hit in marks.found)
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

    def _end(self, hit: Hit) -> int:
        """
        Where a hit surely reaches in the article: the end of an anchor is reckoned.
        """
        return hit.end if hit.exact else min(hit.end, hit.start + self._lengths.shown(hit.place, hit.stop))

    def _at(self, offset: int) -> int:
        return offset - sum(len(span) for span in self._absent if span.end <= offset)

    def _is_absent(self, stretch: tuple[int, int]) -> bool:
        return any(span.start < stretch[1] and stretch[0] < span.end for span in self._absent)

    def _settle(self, offset: int, place: int) -> None:
        # An anchor may begin with a part of what is one character.
        while self._lengths.shows_one(place):
            place -= 1
        if not self._lengths.is_certain(place):
            return
        point = Point(self._at(offset), place)
        index = bisect.bisect_left(self._points, point.start, key=_offset)
        if index == len(self._points) or self._points[index].start != point.start:
            self._points.insert(index, point)

    def _occurrences(self, name: str) -> list[tuple[int, int]]:
        places = []
        start = self._text.find(name) if name else -1
        while start >= 0:
            if self._is_bounded(start, start + len(name)):
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
        if self._equal:
            return [
                (place, stop)
                for places in occurrences
                for place, stop in _between(places, left.place, right.place)
                if self._fits(place, stop, (start, end), left, right)
            ]
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
        if self._equal or self._is_proved(stretch):
            return self._consistent(start, end, left, right)
        if self._is_refuted(start, end):
            return []
        rest = right.start - left.start - (end - start)
        # White space before a text is not shown, and changes the shift.
        at_edge = start > 0 and rest <= _WORD and left not in self._points
        if (self._whole or at_edge) and self._is_unchanged(left, right):
            return self._consistent(start, end, left, right)
        if self._whole or (rest <= NEAR and left.shift == right.shift):
            return self._beside(start, end, left, right)

        return []

    def _is_unchanged(self, left: Point, right: Point) -> bool:
        """
        Whether the copy is as long between two points as the article is, but for white space.
        """
        shown = self._lengths.shown(left.place, right.place)

        return abs(shown - (right.start - left.start)) <= _DRIFT

    def _beside(self, start: int, end: int, left: Point, right: Point) -> list[tuple[int, int]]:
        """
        Where words may stand that follow what is before them, or precede what is after them.
        """
        points = [point for point in (left, right) if point in self._points or left.shift == right.shift]
        # An ellipsis that the copy shows may be three stops in the article: both are reckoned with.
        places = {
            place
            for point in points
            for place in (
                (start + point.shift, end + point.shift),
                tuple(self._lengths.beyond(point.place, each - point.start) for each in (start, end)),
            )
        }

        return sorted((place, stop) for place, stop in places if self._is_bounded(place, stop))

    def _consistent(self, start: int, end: int, left: Point, right: Point) -> list[tuple[int, int]]:
        """
        Where a stretch may stand if the copy is the same between two points; not all places if they are many.
        """
        after = self._lengths.first(right.place, right.start - end)
        first = max(self._lengths.first(after, end - start), left.place)
        last = self._lengths.last(left.place, start - left.start)
        pairs = (
            (place, stop)
            for place in _within(self._starts, first, last)
            for stop in _within(self._ends, max(after, place + 1), self._lengths.last(place, end - start))
            if self._lengths.fits(place, stop, end - start)
        )

        return self._likeliest(list(itertools.islice(pairs, MAX_PLACES)), (start, end), left, right)

    def _likeliest(
        self, places: list[tuple[int, int]], stretch: tuple[int, int], left: Point, right: Point
    ) -> list[tuple[int, int]]:
        """
        Of places that differ by punctuation alone, the one where no paragraph ends inside a sentence; or all.
        """
        is_plain = self._lengths.is_plain(left.place, right.place)
        if not is_plain or len({_without_signs(self._text, *each) for each in places}) > 1:
            return places
        fitting = [each for each in places if self._fits_well(*each, stretch, left, right)]
        shown = [each for each in places if self._is_shown(*each, stretch, left, right)]

        return fitting if len(fitting) == 1 and shown in ([], fitting) else places

    def _fits(self, place: int, stop: int, stretch: tuple[int, int], left: Point, right: Point) -> bool:
        """
        Whether a stretch may stand there if the copy is the same between two points.
        """
        start, end = stretch

        return (
            place <= self._lengths.last(left.place, start - left.start)
            and stop >= self._lengths.first(right.place, right.start - end)
            and self._lengths.fits(place, stop, end - start)
        )

    def _fits_well(self, place: int, stop: int, stretch: tuple[int, int], left: Point, right: Point) -> bool:
        """
        Whether it may, and no paragraph would have to end where that is unlikely.
        """
        start, end = stretch
        fits_well = self._lengths.fits_well

        return (
            fits_well(left.place, place, start - left.start)
            and fits_well(place, stop, end - start)
            and fits_well(stop, right.place, right.start - end)
        )

    def _is_shown(self, place: int, stop: int, stretch: tuple[int, int], left: Point, right: Point) -> bool:
        """
        Whether the copy is there, white space and all, as long as the article.
        """
        start, end = stretch
        copied = self._lengths.copied

        return (start - left.start, end - start, right.start - end) == (
            copied(left.place, place),
            copied(place, stop),
            copied(stop, right.place),
        )

    def _is_refuted(self, start: int, end: int) -> bool:
        """
        Whether something in a stretch was looked for and is not there.
        """
        return any(lost[0] < end and start < lost[1] for lost in self._refuted)

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
        return _holds(self._starts, place) and _holds(self._ends, stop)

    def _is_proved(self, stretch: tuple[int, int]) -> bool:
        index = bisect.bisect_right(self._proved, stretch[0], key=_first) - 1

        return index >= 0 and stretch[1] <= self._proved[index][1]


def _offset(point: Point) -> int:
    return point.start


def _within(ordered: Sequence[int], first: int, last: int) -> Sequence[int]:
    return ordered[bisect.bisect_left(ordered, first) : bisect.bisect_right(ordered, last)]


def _holds(ordered: Sequence[int], value: int) -> bool:
    index = bisect.bisect_left(ordered, value)

    return index < len(ordered) and ordered[index] == value


def _without_signs(text: str, place: int, stop: int) -> tuple[int, int]:
    """
    The stretch without what is no letter or number at its ends.
    """
    while place < stop and not text[place].isalnum():
        place += 1
    while place < stop and not text[stop - 1].isalnum():
        stop -= 1

    return place, stop


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
