"""
A text in the making, each of its characters knowing which ones of the original it stands for.

Whatever a change does to a text it does to the glyphs: where a stretch ended up is known, not guessed.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from attrs import frozen

from dateline.spans import Span, nfc_lf


class Glyph(NamedTuple):
    """
    A few characters of a copy, and the offsets of the original that they stand for; none if they are new.
    """

    text: str
    origins: tuple[int, ...] = ()

    #: The same character, but spelt in a way that ``loose-1`` does not see through.
    respelt: bool = False


Draft = list[Glyph]

#: What a change does, by chance, to the glyphs of an original.
Edit = Callable[["Draft", "Original", random.Random], "Draft"]

#: A word with what an apostrophe joins to it, or a number with its separators.
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’´][^\W_]+)*")


@frozen(kw_only=True)
class Original:
    """
    A text that changes start from, with what they need to know about it.
    """

    #: In ``nfc-lf-1``.
    text: str

    furniture: tuple[Span, ...] = ()

    headline: str | None = None

    #: The texts of other articles, in ``nfc-lf-1``.
    others: tuple[str, ...] = ()


@frozen(kw_only=True)
class Copy:
    """
    A changed text, with the truth about what became of the original.
    """

    #: The text that was changed, in ``nfc-lf-1``.
    original: str

    #: As it would lie in a file.
    data: bytes | str

    #: The copy in ``nfc-lf-1``.
    text: str

    #: For each character of the original the stretch of ``text`` that stands for it; None if it is gone.
    places: tuple[tuple[int, int] | None, ...]

    #: Offsets in the original of what is spelt another way.
    respelt: frozenset[int]

    def truth(self, span: Span) -> Span | None:
        """
        Where *span* of the original stands in the copy: all of it, unbroken, together and in order.
        """
        offsets = [offset for offset in range(span.start, span.end) if not self.original[offset].isspace()]
        places = [self.places[offset] for offset in offsets]
        whole = [place for place in places if place is not None]
        if not whole or len(whole) < len(places):
            return None
        for (before, after), (one, other) in zip(
            itertools.pairwise(offsets), itertools.pairwise(whole), strict=True
        ):
            if not self._holds(one, other, spaced=after > before + 1):
                return None

        return Span(whole[0][0], whole[-1][1])

    def _holds(self, one: tuple[int, int], other: tuple[int, int], *, spaced: bool) -> bool:
        """
        Whether nothing came between two neighbours, and the space there is as it was.
        """
        gap = self.text[one[1] : other[0]]

        return one == other or (one[1] <= other[0] and not gap.strip() and bool(gap) == spaced)

    def is_respelt(self, span: Span) -> bool:
        """
        Whether anything in *span* is spelt another way, so that it need not be recognised.
        """
        return not self.respelt.isdisjoint(range(span.start, span.end))


def draft(text: str) -> Draft:
    """
    The glyphs of an unchanged text.
    """
    return [Glyph(character, (offset,)) for offset, character in enumerate(text)]


def copy(original: str, glyphs: Draft, data: bytes | str | None = None) -> Copy:
    """
    What *glyphs* make of *original*; *data* if it does not lie in the file as it reads.
    """
    places: list[tuple[int, int] | None] = [None] * len(original)
    respelt = set()
    position = 0
    for glyph in glyphs:
        for origin in glyph.origins:
            places[origin] = (position, position + len(glyph.text))
            if glyph.respelt:
                respelt.add(origin)
        position += len(glyph.text)
    text = reads(glyphs)

    return Copy(
        original=original,
        data=text if data is None else data,
        text=nfc_lf(text if data is None else data),
        places=tuple(places),
        respelt=frozenset(respelt),
    )


def reads(glyphs: Sequence[Glyph]) -> str:
    """
    The characters of some glyphs.
    """
    return "".join(glyph.text for glyph in glyphs)


def new(text: str) -> Draft:
    """
    Glyphs that stand for nothing in the original.
    """
    return [Glyph(character) for character in text]


def merged(glyphs: Sequence[Glyph], text: str, *, respelt: bool = False) -> Glyph:
    """
    One glyph that stands for all that *glyphs* stood for.
    """
    return Glyph(text, tuple(origin for glyph in glyphs for origin in glyph.origins), respelt)


def spellings(glyphs: Draft, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """
    The stretches of glyphs, by index, whose first characters match *pattern*.
    """
    return [match.span() for match in pattern.finditer("".join(glyph.text[0] for glyph in glyphs))]


def substitute(glyphs: Draft, stretches: dict[tuple[int, int], Draft]) -> Draft:
    """
    The glyphs with each of the *stretches*, which lie apart, replaced.
    """
    parts: Draft = []
    position = 0
    for (start, end), others in sorted(stretches.items()):
        parts += [*glyphs[position:start], *others]
        position = end

    return [*parts, *glyphs[position:]]


def paragraphs(glyphs: Draft) -> tuple[list[Draft], list[Draft]]:
    """
    The paragraphs, and what stands between each two of them.
    """
    breaks = spellings(glyphs, re.compile(r"[ \t]*\n\s*"))
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(glyphs)]

    return (
        [glyphs[start:end] for start, end in zip(starts, ends, strict=True)],
        [glyphs[start:end] for start, end in breaks],
    )


def together(parts: Sequence[Draft], breaks: Sequence[Draft]) -> Draft:
    """
    Paragraphs one after the other; where *breaks* run out an empty line stands between them.
    """
    glyphs: Draft = []
    for number, part in enumerate(parts):
        if number:
            glyphs += breaks[number - 1] if number <= len(breaks) else new("\n\n")
        glyphs += part

    return glyphs
