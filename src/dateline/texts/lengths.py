"""
How many code points of an article a stretch of its copy stands for, where both are the same in ``loose-1``.

That form does not tell: a run of white space counts once in it, an ellipsis three times, a mark not at all.
So there are bounds: what the copy shows as one character may be one in the article too,
and so may some that it spells out.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from dateline.spans import LooseText


#: What a copy may spell out that was one character: … № ™ and fractions.
_SPELT_OUT: Final = re.compile(r"(?<!\.)\.\.\.(?!\.)|\bno(?=\.? ?\d)|(?<=[^\W_])tm(?![^\W_])|\d⁄\d+")

_DOTS: Final = re.compile(r"\.{4,}")

#: Ligatures and ß, which are nearly always spelt out: a text that is known to spell one spells it everywhere.
_LIGATURE: Final = re.compile(r"ff[il]|f[fil]|ss")

#: After these, white space may be the end of a paragraph; elsewhere only if the copy shows an empty line.
_CLOSING: Final = frozenset(".!?:\"')]")


#: Letters of Hangul, which the loose form takes apart, and of scripts whose vowels are marks, which it drops.
_OTHERWISE: Final = re.compile("[\u0590-\u1cff\ua800-\uabff]")


class Lengths:
    """
    Bounds for the code points that stretches of a copy, offsets in ``loose-1``, stand for in the article.

    The *known* stretches are those of which the length in the article is known too.
    """

    #: Places inside of what is, or may have been, one character.
    inside: frozenset[int]

    def __init__(self, copy: str, folded: LooseText, known: Sequence[tuple[int, int, int]] = ()) -> None:
        text = self._text = folded.text
        steps = _steps(folded)
        self._shown = _sums(steps)
        marked = {place for place, step in enumerate(steps) if step > 1}
        self._ends = (*folded.origins, len(copy))
        self._breaks = _sums(map(int, _breaks(copy, folded)))
        ligatures = [match.span() for match in _LIGATURE.finditer(text)]
        spelt = {
            text[place:stop]
            for place, stop in ligatures
            if any(_is_spelt(place, stop, each) for each in known)
        }
        inside = {place for place, step in enumerate(steps) if not step}
        for place, stop in ligatures:
            steps[place:stop] = [1] * (stop - place) if text[place:stop] in spelt else _one(stop - place)
        for match in _SPELT_OUT.finditer(text):
            steps[slice(*match.span())] = _one(len(match[0]))
            inside.update(range(match.start() + 1, match.end()))
        for match in _DOTS.finditer(text):
            # Which three of more belong together is not known.
            steps[slice(*match.span())] = [0] * len(match[0])
        self._least = _sums(steps)
        self._odd = _sums(int(step != 1 or place in marked) for place, step in enumerate(steps))
        self.inside = frozenset(inside)

    def shown(self, place: int, stop: int) -> int:
        """
        How many code points the copy shows from *place* to *stop*, white space being one.
        """
        return self._shown[stop] - self._shown[place]

    def shows_one(self, place: int) -> bool:
        """
        Whether the copy shows one character around a *place*.
        """
        return place < len(self._text) and self._shown[place] == self._shown[place + 1]

    def is_certain(self, place: int) -> bool:
        """
        Whether a character begins at *place* whatever the copy spells out.
        """
        return place == len(self._text) or self._least[place] < self._least[place + 1]

    def beyond(self, place: int, count: int) -> int:
        """
        The place that is *count* code points further on, as the copy shows them.
        """
        return bisect.bisect_left(self._shown, self._shown[place] + count)

    def last(self, place: int, count: int) -> int:
        """
        The last place to which *count* code points of the article can reach from *place*.
        """
        return bisect.bisect_right(self._least, self._least[place] + count) - 1

    def first(self, stop: int, count: int) -> int:
        """
        The first place from which *count* code points of the article can reach *stop*.
        """
        return bisect.bisect_left(self._least, self._least[stop] - count)

    def fits(self, place: int, stop: int, count: int) -> bool:
        """
        Whether the stretch may stand for *count* code points of the article.
        """
        if count < self._least[stop] - self._least[place]:
            return False

        # White space may have been any number of them.
        return " " in self._text[place:stop] or self._is_long(place, stop, count)

    def fits_well(self, place: int, stop: int, count: int) -> bool:
        """
        Whether it may, and no paragraph would have to end in it where that is unlikely.
        """
        may_break = self._breaks[stop] > self._breaks[place]

        return self.fits(place, stop, count) and (may_break or self._is_long(place, stop, count))

    def copied(self, place: int, stop: int) -> int:
        """
        How many code points the copy has from *place* to *stop*.
        """
        return self._ends[stop] - self._ends[place]

    def is_plain(self, place: int, stop: int) -> bool:
        """
        Whether nothing there is, or may have been, one character for several, nor has marks.
        """
        return self._odd[stop] == self._odd[place]

    def _is_long(self, place: int, stop: int, count: int) -> bool:
        return count <= max(stop - place, self.shown(place, stop))


def shown(folded: LooseText) -> Sequence[int]:
    """
    Code points up to each place of a copy as the copy shows them, but for white space that counts once.

    Where each letter is one character in the loose form too, or nearly, the places themselves will do.
    """
    return _sums(_steps(folded)) if _OTHERWISE.search(folded.text) else range(len(folded.text) + 1)


def _steps(copy: LooseText) -> list[int]:
    """
    For each loose character what the copy shows for it: itself and its marks; one of several counts for all.
    """
    steps = [0] * len(copy.text)
    following = None
    for place in reversed(range(len(steps))):
        origin = copy.origins[place]
        if not place or copy.origins[place - 1] != origin:
            steps[place] = 1 if following is None or copy.text[place] == " " else following - origin
            following = origin

    return steps


def _breaks(copy: str, folded: LooseText) -> Iterator[bool]:
    """
    For each loose character whether it is white space that may be the end of a paragraph.
    """
    before = ""
    for character, (origin, following) in zip(
        folded.text, itertools.pairwise((*folded.origins, len(copy))), strict=True
    ):
        yield character == " " and (before in _CLOSING or copy.count("\n", origin, following) > 1)
        before = character


def _is_spelt(place: int, stop: int, known: tuple[int, int, int]) -> bool:
    first, last, count = known

    return first <= place and stop <= last and count == last - first


def _one(count: int) -> list[int]:
    return [1, *[0] * (count - 1)]


def _sums(numbers: Iterable[int]) -> list[int]:
    return [0, *itertools.accumulate(numbers)]
