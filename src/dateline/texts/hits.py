"""
Hits: places of a copy where a stretch of an article may stand, by the few bits that ship about it.

Every place of the copy is tried with the length of an anchor: one digest for each character.
Evidence may have many lengths, which is some twenty digests for each character of prose, and up to a hundred
where every word has one letter. So it is tried everywhere in copies of the article's order of length only;
in longer ones, where an anchor says that the article may be, each at :data:`MAX_PLACES` places at most.
"""

from __future__ import annotations

import bisect
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from dateline.bases import Base
from dateline.fingerprints import ANCHOR_WINDOW, anchor_tagger
from dateline.records import Article
from dateline.spans import MIN_TAGGED, TAG_DIGITS, LooseText, Span, tagger
from dateline.texts import boundaries
from dateline.texts.lengths import shown


#: A stretch that stands at more places than this tells nothing about where the article does.
MAX_PLACES: Final = 8

#: Copies with so many characters, or so many times the article's, are searched for evidence everywhere.
SEARCHED_WHOLE: Final = 10_000
TIMES_THE_ARTICLE: Final = 4

#: How far around an anchor evidence is sought in longer ones, besides the article's length.
_MARGIN: Final = 1_000

_ANCHOR_BITS: Final = 20
_TAG_BITS: Final = 4 * TAG_DIGITS

# A tag is tried with about so many lengths at each place.
_LENGTHS: Final = 3


@frozen(repr=False)
class Hit(Base):
    """
    A stretch that, by its tag, stands in both texts.
    """

    #: In the article, offsets in ``nfc-lf-1``.
    start: int
    end: int

    #: In the copy, offsets in ``loose-1``.
    place: int
    stop: int

    #: How unlikely the hit is by chance, as a negative binary logarithm.
    bits: float

    #: Whether ``end`` is known and not reckoned, as it is for anchors.
    exact: bool = True

    @property
    def stretch(self) -> tuple[int, int]:
        """
        Where it stands in the article.
        """
        return self.start, self.end

    @property
    def shift(self) -> int:
        """
        By how much the stretch stands further on in the copy.
        """
        return self.place - self.start


def hits(article: Article, copy: LooseText) -> list[Hit]:
    """
    Everything in *copy* that has the tag of an anchor or of evidence; some of it by chance.
    """
    anchored_hits = list(_anchor_hits(article, copy.text))
    regions = _regions(article, len(copy.text), anchored_hits)

    return [*anchored_hits, *_tag_hits(article, copy, regions)]


def evidence(article: Article) -> Iterator[Span]:
    """
    Every span in *article* that is evidence, of its claims, their fields and its own.
    """
    for claim in article.claims:
        yield from claim.evidence
        for source in claim.sources:
            yield from source.evidence
    for source in article.sources:
        yield from source.evidence


def tagged_evidence(article: Article) -> dict[tuple[int, int], str]:
    """
    The tags of the article's evidence, by where it stands.
    """
    return {(span.start, span.end): span.tag for span in evidence(article) if span.tag is not None}


def anchored(article: Article) -> dict[tuple[int, int], str]:
    """
    The tags of the article's anchors, by where they stand, the ends being reckoned.
    """
    anchors = article.text.anchors if article.text else ()

    return {(anchor.start, anchor.start + ANCHOR_WINDOW): anchor.tag for anchor in anchors}


def by_stretch(several: Iterable[Hit]) -> dict[tuple[int, int], list[Hit]]:
    """
    The hits of each stretch of the article.
    """
    places = defaultdict(list)
    for hit in several:
        places[hit.stretch].append(hit)

    return dict(places)


def joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """
    The stretches in order, those that touch made one.

    >>> joined([(5, 9), (0, 3), (3, 4)])
    [(0, 4), (5, 9)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))

    return joined


def _anchor_hits(article: Article, text: str) -> Iterator[Hit]:
    wanted = _by_tag(anchored(article))
    tries = len(text) - ANCHOR_WINDOW + 1
    if not wanted or tries < 1:
        return
    tag = anchor_tagger(article.id)
    bits = _bits(_ANCHOR_BITS, tries)
    for place in range(tries):
        for start, end in wanted.get(tag(text[place : place + ANCHOR_WINDOW]), ()):
            yield Hit(start, end, place, place + ANCHOR_WINDOW, bits, exact=False)


def _regions(article: Article, length: int, found: Iterable[Hit]) -> list[tuple[int, int]]:
    """
    The parts of a copy in which evidence is sought.
    """
    own = article.text.length if article.text else 0
    if length <= max(SEARCHED_WHOLE, TIMES_THE_ARTICLE * own):
        return [(0, length)]
    reach = own + _MARGIN

    return joined(
        (max(0, hit.place - reach), min(length, hit.stop + reach))
        for places in by_stretch(found).values()
        for hit in places[:MAX_PLACES]
    )


def _tag_hits(article: Article, copy: LooseText, regions: Iterable[tuple[int, int]]) -> Iterator[Hit]:
    text, measure = copy.text, shown(copy)
    tags = tagged_evidence(article)
    wanted = _by_tag(tags)
    lengths = frozenset(length for start, end in tags for length in _lengths(end - start))
    firsts = _within(boundaries.starts(text), regions)
    lasts = boundaries.ends(text)
    bits = _bits(_TAG_BITS, _LENGTHS * len(firsts))
    tag = tagger(article.id)
    for place, stop in _windows(firsts, lasts, lengths, measure):
        for start, end in wanted.get(tag(text[place:stop]), ()):
            if measure[stop] - measure[place] in _lengths(end - start):
                yield Hit(start, end, place, stop, bits)


def _within(places: Sequence[int], regions: Iterable[tuple[int, int]]) -> list[int]:
    return [
        place
        for first, last in regions
        for place in places[bisect.bisect_left(places, first) : bisect.bisect_left(places, last)]
    ]


def _windows(
    firsts: Iterable[int], lasts: Sequence[int], lengths: frozenset[int], measure: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """
    The stretches that begin and end at some places and have one of the *lengths* by a *measure*.
    """
    if not lengths:
        return
    shortest, longest = min(lengths), max(lengths)
    reached = [measure[stop] for stop in lasts]
    for place in firsts:
        begun = measure[place]
        nearest = bisect.bisect_left(reached, begun + shortest)
        furthest = bisect.bisect_right(reached, begun + longest)
        for number in range(nearest, furthest):
            if reached[number] - begun in lengths and lasts[number] - place >= MIN_TAGGED:
                yield place, lasts[number]


def _lengths(length: int) -> range:
    # White space runs shrink to one space, and an ellipsis becomes three stops; how often is not known.
    return range(max(1, length - 4 - length // 16), length + 7)


def _by_tag(tags: Mapping[tuple[int, int], str]) -> dict[str, list[tuple[int, int]]]:
    wanted = defaultdict(list)
    for stretch, tag in tags.items():
        wanted[tag].append(stretch)

    return dict(wanted)


def _bits(shipped: int, tries: int) -> float:
    return max(0.0, shipped - math.log2(max(1, tries)))
