"""
Predicates taken apart by table: what is asked of a row, and what of the rows that belong to it.
"""

from __future__ import annotations

from dateline.frames.conditions import CONDITIONS, Known, of_both
from dateline.frames.forms import Every, Form, Opposite, Side, There, some
from dateline.leaves import AnyClaim
from dateline.predicates import And, ArticleLeaf, ClaimLeaf, Not, Or, Predicate


def can_be_pushed_down(predicate: Predicate) -> bool:
    """
    Whether an engine can be asked all of a predicate: it holds no callable.
    """
    if isinstance(predicate, (And, Or, Not, AnyClaim)):
        return all(map(can_be_pushed_down, predicate.inner()))

    return type(predicate) in CONDITIONS


def form_of(predicate: Predicate, side: Side, known: Known) -> Form:
    """
    What a *predicate* asks of a *side*.

    It must be one that can be pushed down.

    Raises:
        NoSuchEntity: If an entity is not there.
        AmbiguousName: If a name could mean several.
    """
    if isinstance(predicate, And):
        return Every(tuple(form_of(part, side, known) for part in predicate.parts))
    if isinstance(predicate, Or):
        return some(tuple(form_of(part, side, known) for part in predicate.parts))
    if isinstance(predicate, Not):
        return Opposite(form_of(predicate.part, side, known))
    if isinstance(predicate, AnyClaim):
        return _any_claim(predicate, side, known)

    return _asked(predicate, side, known)


def _any_claim(predicate: AnyClaim, side: Side, known: Known) -> Form:
    if side is Side.CLAIMS:
        return There(form_of(predicate, side.other, known))

    return There(Every(tuple(form_of(part, side.other, known) for part in predicate.parts)))


def _asked(leaf: Predicate, side: Side, known: Known) -> Form:
    def own(asked: Side) -> Form:
        return CONDITIONS[type(leaf)](leaf, asked, known)

    if isinstance(leaf, ClaimLeaf):
        return own(side) if side is Side.CLAIMS else There(own(side.other))
    if isinstance(leaf, ArticleLeaf):
        return own(side) if side is Side.ARTICLES else There(own(side.other))

    # Others are about both: an article is also kept for the sake of a claim.
    if side is Side.CLAIMS:
        return own(side)

    return of_both(leaf, known) or some((own(side), There(own(side.other))))
