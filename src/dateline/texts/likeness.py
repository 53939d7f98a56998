"""
Which article a changed copy is a copy of: the one that it is clearly likest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from dateline.bases import Base
from dateline.ids import ArticleId
from dateline.records import Article, Entity
from dateline.spans import loose, nfc_lf
from dateline.texts.alignment import Alignment, align
from dateline.texts.findings import TextCopy
from dateline.texts.outcomes import Match, Outcome


#: Texts with more characters than this are not searched for a changed copy: no article is a book.
MAX_SEARCHED: Final = 500_000

#: By how much a copy must be likelier one article's than another's to be taken for it.
CLEARLY: Final = 1.5


@frozen(eq=False, repr=False)
class Likeness(Base):
    """
    A copy that is recognised as an article's text, though it was changed.
    """

    copy: TextCopy

    alignment: Alignment

    #: Other articles that it is about as much like.
    rivals: tuple[ArticleId, ...]


def likenesses(
    copy: TextCopy, articles: Iterable[Article], entities: Mapping[str, Entity]
) -> dict[ArticleId, Likeness]:
    """
    Those of the *articles* that *copy* is likest, each with the others; empty if it is like none.

    A text of more than 500,000 characters is not looked at.
    """
    text = nfc_lf(copy.data)
    if len(text) > MAX_SEARCHED:
        return {}
    aligned = {article.id: align(article, entities, text) for article in articles}
    best = max((alignment.bits for alignment in aligned.values() if alignment.alike), default=0.0)
    likest = {
        article: alignment
        for article, alignment in aligned.items()
        if alignment.alike and alignment.bits * CLEARLY > best
    }

    return {
        article: Likeness(copy, alignment, tuple(other for other in likest if other != article))
        for article, alignment in likest.items()
    }


def near(article: ArticleId, several: list[Likeness], rivals: tuple[ArticleId, ...]) -> Outcome:
    """
    The outcome for an article that *several* copies are like, which are like its *rivals* too.
    """
    alignment = several[0].alignment
    origins = tuple(each.copy.origin for each in several)
    doubt = _doubt(several, rivals)
    if doubt:
        return Outcome(article=article, match=Match.AMBIGUOUS, origins=origins, also=rivals, note=doubt)

    return Outcome(
        article=article,
        match=Match.NEAR,
        origins=origins,
        share=alignment.share,
        changed=alignment.changed,
        note=copies_counted(origins),
    )


def copies_counted(origins: tuple[str, ...]) -> str:
    """
    How many copies an outcome rests on, if it is more than one.
    """
    return f"{len(origins)} copies" if len(origins) > 1 else ""


def _doubt(several: list[Likeness], rivals: tuple[ArticleId, ...]) -> str:
    """
    Why no copy can be taken; empty if one can.
    """
    if rivals:
        return "a copy is as much like another article"
    if len(several) > 1 and len({loose(nfc_lf(each.copy.data)).text for each in several}) > 1:
        return "several copies differ from each other"
    if several[0].alignment.repeated:
        return "the copy holds the text more than once"

    return ""
