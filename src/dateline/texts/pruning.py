"""
Added lines: a copy that holds the whole article, and lines between its own, is proved by leaving those out.

Crawlers and page layouts add credits, dates and "read more" lines.
If what is left without some lines has the article's digest, nothing else differs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from dateline.bases import Base
from dateline.fingerprints import TextFingerprint, sha256
from dateline.spans import LooseText
from dateline.texts.hits import Hit


#: So many ways of leaving lines out are tried, and fewer where that would hash more characters than these.
MAX_TRIES: Final = 1 << 13
MAX_HASHED: Final = 1 << 26

#: So many times as many are tried where the body was found.
WORTH: Final = 4

#: So many where the copy is not known to be one: the article may be too short to have landmarks.
FEW_TRIES: Final = 1 << 6

# White space that is lost between the edge of the article and its first landmark.
_DRIFT = 4


@frozen(repr=False)
class Whole(Base):
    """
    The part of a copy that is the whole article.
    """

    #: In ``loose-1``; its origins are offsets in the copy.
    text: LooseText

    #: Whether it is the article without its furniture.
    body_only: bool

    #: Whether the copy has more than that.
    pruned: bool

    #: The spaces of the text for which the copy has lines that were left out.
    cuts: frozenset[int] = frozenset()


@frozen(repr=False)
class _Line(Base):
    start: int
    stop: int
    proved: bool


def whole(
    text: TextFingerprint, copy: str, folded: LooseText, found: Iterable[Hit], tries: int = MAX_TRIES
) -> Whole | None:
    """
    What of a copy, which is *folded*, has the digest of the article's *text*; None if nothing has.

    Only lines without any of the landmarks that were *found* are left out.
    The article with its furniture is sought before the one without.
    """
    lines = list(_lines(text, copy, folded, sorted(found, key=lambda hit: hit.start)))
    body: Whole | None = None
    most = min(tries, MAX_HASHED // max(1, len(folded.text)))
    for tried, left in enumerate(_choices(lines)):
        # A copy that holds the body is worth a longer search for the furniture.
        if tried >= (most if body is None else WORTH * most):
            break
        digest = sha256(" ".join(folded.text[line.start : line.stop] for line in left).encode())
        if digest == text.loose:
            return _whole(folded, left, body_only=False, pruned=len(left) < len(lines))
        if digest == text.loose_body and body is None:
            body = _whole(folded, left, body_only=True, pruned=len(left) < len(lines))

    return body


def _choices(lines: list[_Line]) -> Iterator[list[_Line]]:
    """
    All of the lines; those that are proved; and those with ever more of the others.
    """
    yield lines
    doubtful = [number for number, line in enumerate(lines) if not line.proved]
    for count in range(len(doubtful)):
        for kept in itertools.combinations(doubtful, count):
            chosen = frozenset(kept)
            yield [line for number, line in enumerate(lines) if line.proved or number in chosen]


def _lines(text: TextFingerprint, copy: str, folded: LooseText, found: list[Hit]) -> Iterator[_Line]:
    """
    The lines of the copy that hold something, as stretches of its loose form.
    """
    start = 0
    for stop in (*sorted({*_breaks(copy, folded), *_edges(text, folded, found)}), len(folded.text)):
        if stop > start:
            proved = any(hit.place < stop and start < hit.stop for hit in found)
            yield _Line(start, stop, proved)
        start = stop + 1


def _edges(text: TextFingerprint, folded: LooseText, found: list[Hit]) -> Iterator[int]:
    """
    The spaces before the article's first word and after its last, if something stands in the same line.
    """
    if not found:
        return
    first, last = found[0], max(found, key=lambda hit: hit.end)
    before = sum(len(span) for span in text.furniture if span.end <= first.start)
    after = sum(len(span) for span in text.furniture if span.start >= last.end)
    rest = text.length - last.end
    starts = (first.place - first.start - 1, first.place - first.start + before - 1)
    ends = (last.stop + rest, last.stop + rest - after)
    for expected in (*starts, *ends):
        near = range(max(0, expected - _DRIFT), min(len(folded.text), expected + _DRIFT + 1))
        yield from (place for place in near if folded.text[place] == " ")


def _breaks(copy: str, folded: LooseText) -> Iterator[int]:
    """
    The spaces of the loose form that stand for white space with a line break in it.
    """
    for place, character in enumerate(folded.text):
        if character == " ":
            origin, following = folded.origins[place], folded.origins[place + 1]
            if "\n" in copy[origin:following]:
                yield place


def _whole(folded: LooseText, lines: list[_Line], *, body_only: bool, pruned: bool) -> Whole:
    text: list[str] = []
    origins: list[int] = []
    cuts = []
    stop = 0
    for line in lines:
        if text:
            text.append(" ")
            # The space between two lines comes from the white space after the earlier one.
            origins.append(folded.origins[stop])
            if line.start > stop + 1:
                cuts.append(len(origins) - 1)
        text.append(folded.text[line.start : line.stop])
        origins.extend(folded.origins[line.start : line.stop])
        stop = line.stop

    return Whole(LooseText("".join(text), tuple(origins)), body_only, pruned, frozenset(cuts))
