"""
Where each span of an article stands in a changed copy; refused where that is not established.

Long evidence is proved by its tag, and what lies inside it by its place there.
Mentions are proved by the names that they may have.
Everything else is placed only where the copy does not differ around it.
"""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from dateline.bases import Base
from dateline.fingerprints import TextFingerprint
from dateline.records import Article, Entity
from dateline.spans import LooseText, Span, loose, nfc_lf
from dateline.texts.hits import evidence, joined, tagged_evidence
from dateline.texts.landmarks import Landmarks, landmarks
from dateline.texts.pruning import FEW_TRIES, MAX_TRIES, Whole, whole
from dateline.texts.search import Search


#: Bits against chance that a copy needs to count as a copy at all.
ALIKE_BITS: Final = 36

#: The share of stretches looked for that a copy holds: so many make it one, wherever they stand;
#: fewer might be one passage that two articles share, so they must be scattered.
ALIKE_SHARE: Final = 0.15
SCATTERED_SHARE: Final = 0.05


class SpanStatus(enum.Enum):
    """
    Where a span of the article ended up in a copy.
    """

    #: Found at the same offsets.
    SAME = "same"

    #: Found at other offsets.
    MOVED = "moved"

    #: Its words stand at several places, none of which is likelier: refused.
    AMBIGUOUS = "ambiguous"

    #: Not there, or not provably so: refused.
    LOST = "lost"


@frozen(repr=False)
class Placed(Base):
    """
    What became of a span.
    """

    status: SpanStatus

    #: Where it stands in the copy, offsets in ``nfc-lf-1``; None if it was refused.
    span: Span | None = None


_LOST = Placed(SpanStatus.LOST)
_AMBIGUOUS = Placed(SpanStatus.AMBIGUOUS)


@frozen(eq=False, repr=False)
class Alignment(Base):
    """
    The spans of an article in a copy of its text; made by :func:`align`.
    """

    #: By start and end in the article.
    placed: Mapping[tuple[int, int], Placed]

    #: Where what is not of the article stands in the copy, as far as it was found there; sorted and apart.
    furniture: tuple[Span, ...]

    #: Whether enough is confirmed to call the text a copy; if not, nothing is placed.
    alike: bool

    #: How unlikely the likeness is by chance, in bits.
    bits: float

    #: Stretches of the article whose words the copy does not confirm, sorted and apart.
    changed: tuple[Span, ...] = ()

    #: Whether most of what was recognised stands there more than once.
    repeated: bool = False

    def place(self, span: Span) -> Placed:
        """
        What became of *span*; lost, if it is none of the article's.
        """
        return self.placed.get((span.start, span.end), _LOST)

    @property
    def share(self) -> float:
        """
        The share of the spans that were found, from 0 to 1; 1 if there are none.
        """
        found = sum(placed.span is not None for placed in self.placed.values())

        return found / len(self.placed) if self.placed else 1.0


def align(article: Article, entities: Mapping[str, Entity], copy: str) -> Alignment:
    """
    Find the spans of *article* in *copy*, a text in ``nfc-lf-1``.

    Time grows with the length of the copy.
    Without a fingerprint nothing can be found.
    """
    text = article.text
    if text is None:
        return Alignment({}, (), alike=False, bits=0.0)
    folded = loose(copy)
    marks = landmarks(article, folded)
    same = None if marks.repeated else _whole(text, copy, folded, marks)
    if same and same.pruned:
        folded, marks = same.text, landmarks(article, same.text)
    if same is None and not _is_alike(marks, text.length):
        return Alignment({}, (), alike=False, bits=marks.bits)
    absent = text.furniture if same and same.body_only else ()
    search = Search(copy, folded, marks, text.length, absent, equal=same is not None)
    search.place_mentions(_names(article, entities))
    furniture = [(span.start, span.end) for span in text.furniture]
    search.place_rest(dict.fromkeys((*_untagged(article), *furniture)))

    def placed(stretch: tuple[int, int]) -> Placed:
        found = search.found.get(stretch)
        # A line that is not of the article would be among the words.
        if found and same and not same.cuts.isdisjoint(range(*found)):
            return _LOST

        return _placed(stretch, found, search.doubtful, copy, folded)

    return Alignment(
        placed={stretch: placed(stretch) for stretch in stretches(article)},
        furniture=_apart(placed(stretch).span for stretch in furniture),
        alike=True,
        bits=marks.bits,
        changed=marks.unproved,
        repeated=marks.repeated,
    )


def stretches(article: Article) -> list[tuple[int, int]]:
    """
    The starts and ends of the article's evidence and mentions, each once, in order.
    """
    mentioned = (span for mention in article.mentions for span in mention.spans)

    return sorted({(span.start, span.end) for span in (*evidence(article), *mentioned)})


def _untagged(article: Article) -> list[tuple[int, int]]:
    """
    The evidence that has no tag, wherever it is used: what has one is proved by that or not at all.
    """
    tagged = tagged_evidence(article)
    places = ((span.start, span.end) for span in evidence(article))

    return [place for place in places if place not in tagged]


def _whole(text: TextFingerprint, copy: str, folded: LooseText, marks: Landmarks) -> Whole | None:
    tries = MAX_TRIES if _is_alike(marks, text.length) else FEW_TRIES

    return whole(text, copy, folded, marks.found, tries)


def _is_alike(marks: Landmarks, length: int) -> bool:
    confirmed = sorted(marks.stretches | marks.ambiguous)
    if marks.bits < ALIKE_BITS:
        return False
    scattered = 3 * (confirmed[-1][1] - confirmed[0][0]) >= length

    return len(confirmed) >= (SCATTERED_SHARE if scattered else ALIKE_SHARE) * len(marks.wanted)


def _names(article: Article, entities: Mapping[str, Entity]) -> dict[tuple[int, int], tuple[str, ...]]:
    """
    For each mention the names in loose form that may stand there: those of the length that it has.
    """
    names = {}
    for mention in article.mentions:
        entity = entities.get(mention.entity)
        printed = [nfc_lf(name) for name in (entity.name, *entity.variants)] if entity else []
        for span in mention.spans:
            fitting = [name for name in printed if len(name) == len(span)]
            names[span.start, span.end] = tuple(
                dict.fromkeys(loose(name).text for name in fitting or printed)
            )

    return names


def _placed(
    stretch: tuple[int, int],
    found: tuple[int, int] | None,
    doubtful: set[tuple[int, int]],
    copy: str,
    folded: LooseText,
) -> Placed:
    if found is None:
        return _AMBIGUOUS if stretch in doubtful else _LOST
    start, end = folded.origins[found[0]], folded.origins[found[1] - 1] + 1
    # Marks that the loose form drops belong to the character before them.
    while end < len(copy) and unicodedata.category(copy[end]).startswith("M"):
        end += 1
    same = (start, end) == stretch

    return Placed(SpanStatus.SAME if same else SpanStatus.MOVED, Span(start, end))


def _apart(several: Iterable[Span | None]) -> tuple[Span, ...]:
    """
    The spans that were found, in the order of the copy, those that touch made one.
    """
    return tuple(Span(*stretch) for stretch in joined((span.start, span.end) for span in several if span))
