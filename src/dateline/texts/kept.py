"""
Where the words of a text stand in a later form of it: exact comparison, for whoever has both.
"""

from __future__ import annotations

import bisect
import difflib
import re
from typing import Final

from dateline.spans import Span, loose


#: So many words and signs in a row, unchanged, are taken for the same ones; fewer may be others.
ENOUGH: Final = 8

_ITEM = re.compile(r"\w+|[^\w\s]")

# Stands in no item, and on both sides of each.
_EDGE = "\n"


class Kept:
    """
    The words and signs that two texts, both in ``nfc-lf-1``, have in common in the same order.

    >>> kept = Kept("Rain fell on Monday.", "Heavy rain fell on Monday.")
    >>> kept.place(Span(5, 19))
    Span(start=11, end=25, tag=None, article=None)
    >>> kept.place(Span(0, 4)) is None
    True
    """

    def __init__(self, old: str, new: str) -> None:
        self._old = _Items(old)
        self._new = _Items(new)
        # The last block is empty.
        self._blocks = _blocks(self._old.words, self._new.words)[:-1]

    def place(self, span: Span) -> Span | None:
        """
        Where the stretch of the old text stands in the new one; None if that is not beyond doubt.
        """
        items = self._old.touched(span)
        if not items:
            return None
        shift = self._shift(items)
        if shift is None:
            return None
        start = self._new.starts[items[0] + shift] + span.start - self._old.starts[items[0]]
        end = self._new.ends[items[-1] + shift] + span.end - self._old.ends[items[-1]]
        # White space at the ends may be another, or gone.
        if start < 0 or self._new.text[start:end] != self._old.text[span.start : span.end]:
            start = max(start, self._new.starts[items[0] + shift])
            end = min(end, self._new.ends[items[-1] + shift])

        return Span(start, end)

    def near(self, span: Span) -> Span | None:
        """
        What the words around the stretch tell to stand in its place in the new text; None if nothing does.
        """
        items = self._old.touched(span)
        before = [self._end(block, items.start) for block in self._blocks if block[0] < items.start]
        after = [self._start(block, items.stop) for block in self._blocks if sum(block[::2]) > items.stop]
        first, stop = max(before, default=0), min(after, default=len(self._new.words))

        return Span(self._new.starts[first], self._new.ends[stop - 1]) if first < stop else None

    def differ(self, span: Span, other: Span) -> bool:
        """
        Whether a stretch of the new text has *other* words than one of the old, by their loose form.
        """
        words, others = self._old.text[span.start : span.end], self._new.text[other.start : other.end]

        return loose(words).text != loose(others).text

    def _end(self, block: tuple[int, int, int], limit: int) -> int:
        old, new, size = block

        return new + min(size, limit - old)

    def _start(self, block: tuple[int, int, int], limit: int) -> int:
        old, new, _ = block

        return new + max(0, limit - old)

    def _shift(self, items: range) -> int | None:
        for old, new, size in self._blocks:
            if old <= items[0] and items[-1] < old + size:
                opens = old == new == 0
                closes = old + size == len(self._old.words) and new + size == len(self._new.words)
                around = range(max(old, items[0] - ENOUGH), min(old + size, items[-1] + 1 + ENOUGH))
                is_doubled = self._old.count(around, self._new) > self._old.count(around, self._old)

                return new - old if (size >= ENOUGH or opens or closes) and not is_doubled else None

        return self._elsewhere(items) if len(items) >= ENOUGH else None

    def _elsewhere(self, items: range) -> int | None:
        """
        How far so many words were moved that stand in both texts once.
        """
        if self._old.count(items, self._old) != 1 or self._old.count(items, self._new) != 1:
            return None
        place = self._new.joined.index(self._old.some(items))

        return self._new.joined.count(_EDGE, 0, place) // 2 - items[0]


class _Items:
    """
    The words and signs of a text.
    """

    def __init__(self, text: str) -> None:
        matches = list(_ITEM.finditer(text))
        self.text = text
        self.words = [match[0] for match in matches]
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        self.joined = self.some(range(len(matches)))

    def some(self, items: range) -> str:
        """
        Those of these numbers, as they stand in what is joined.
        """
        return "".join(f"{_EDGE}{word}{_EDGE}" for word in self.words[items.start : items.stop])

    def count(self, items: range, other: _Items) -> int:
        """
        How often those of these numbers stand in another text.
        """
        return other.joined.count(self.some(items))

    def touched(self, span: Span) -> range:
        """
        The numbers of those that the span reaches into.
        """
        return range(bisect.bisect_right(self.ends, span.start), bisect.bisect_left(self.starts, span.end))


def _blocks(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """
    Stretches that both have, in order, with an empty one at the end.
    """
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)

    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks()]
