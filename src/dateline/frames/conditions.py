"""
What each predicate of one test asks of the columns of its own table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from attrs import frozen

from dateline import leaves
from dateline.formats.searchable import END, has_gap, in_entry, sortable
from dateline.frames.forms import (
    NEVER,
    Compared,
    Every,
    Form,
    Given,
    Matches,
    Opposite,
    Side,
    can_be_stored,
    contains,
    lists,
    one_of,
    some,
)
from dateline.frames.patterns import at_least, at_most, between, in_any_case, literal
from dateline.names import Names, folded
from dateline.predicates import Predicate


_END: Final = literal(END)


@frozen(eq=False)
class Known:
    """
    What has to be looked up in the tables before they can be asked.
    """

    names: Names

    #: The different texts in a column of gaps of a side.
    gaps: Callable[[Side, str], Iterable[str]]

    #: Whether each row of a side has a value in a column.
    is_filled: Callable[[Side, str], bool]


Condition = Callable[[Any, Side, Known], Form]


def _id(leaf: leaves.Id, side: Side, known: Known) -> Form:
    own = one_of("id", leaf.ids)

    return own if side is Side.ARTICLES else some((own, one_of(side.key, leaf.ids)))


def _dated(field: str) -> Condition:
    def within(leaf: leaves.Dated, side: Side, known: Known) -> Form:
        since, until = leaf.bounds()
        first, last = f"{field}_earliest", f"{field}_latest"
        low, high = (first, last) if leaf.certainly else (last, first)
        found: list[Form] = [] if since or until else [Given(first)]
        found += [] if since is None else [Compared(low, ">=", since)]
        found += [] if until is None else [Compared(high, "<=", until)]
        if leaf.certainly:
            found.append(Opposite(Matches(field, "[~?%]")))
        elif since and until:
            gaps = [text for text in known.gaps(side, f"{field}_gaps") if has_gap(text, since, until)]
            found += [Opposite(one_of(f"{field}_gaps", gaps))] if gaps else []

        return Every(tuple(found))

    return within


def _listed(column: str, kind: str | None = None) -> Condition:
    return lambda leaf, side, known: lists(column, (known.names.resolve(name, kind) for name in leaf.names))


def _claimant(leaf: leaves.Claimant, side: Side, known: Known) -> Form:
    return one_of("claimant", map(known.names.resolve, leaf.names))


def _publisher(leaf: leaves.Publisher, side: Side, known: Known) -> Form:
    ids = [found for name in leaf.names if (found := known.names.publisher(name)) is not None]

    return some((one_of("publisher_entity", ids), one_of("publisher_folded", map(folded, leaf.names))))


def _language(leaf: leaves.Language, side: Side, known: Known) -> Form:
    # A tag of a record is ASCII.
    ranges = [in_any_case(tag.lower()) for tag in leaf.tags if tag.lower().isascii()]

    return Matches("language", f"^(?:{'|'.join(ranges)})(?:-|$)") if ranges else NEVER


def _topic(leaf: leaves.Topic, side: Side, known: Known) -> Form:
    return lists("topics_folded", map(folded, leaf.topics))


def _kind(leaf: leaves.Kind, side: Side, known: Known) -> Form:
    return one_of("kind", (kind.value for kind in leaf.kinds))


def _stance(leaf: leaves.Stance, side: Side, known: Known) -> Form:
    return one_of("stance", (stance.value for stance in leaf.stances))


def _quantity(leaf: leaves.HasQuantity, side: Side, known: Known) -> Form:
    if leaf.unit is not None and not can_be_stored(leaf.unit):
        return NEVER
    unit = "" if leaf.unit is None else literal(f"{in_entry(folded(leaf.unit))}{END}")

    return Matches("amounts", f"{_END}{_numbers(leaf.at_least, leaf.at_most)}{literal(' ')}{unit}")


def _numbers(low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and high is not None:
        return between(sortable(low), sortable(high))
    if low is not None:
        return at_least(sortable(low))

    return "[0-9]*" if high is None else at_most(sortable(high))


def _contains(leaf: leaves.Contains, side: Side, known: Known) -> Form:
    texts = ("statement_folded",) if side is Side.CLAIMS else ("headline_folded", "abstract_folded")

    return contains(texts, map(folded, leaf.words))


def of_both(leaf: Predicate, known: Known) -> Form | None:
    """
    What a test of articles and of their claims asks of articles alone; None if no column of theirs tells.
    """
    if not isinstance(leaf, leaves.Contains):
        return None
    words = tuple(map(folded, leaf.words))
    if any(END in word for word in words) or not known.is_filled(Side.ARTICLES, "words_folded"):
        return None

    return contains(("words_folded",), words)


def _basis(leaf: leaves.HasBasis, side: Side, known: Known) -> Form:
    # No field has a space in its name; what is asked for with one is not to match the names of two.
    field = "" if leaf.field is None else f"{leaf.field.replace(' ', '  ')} "

    return contains(("bases",), (f" {basis.value}:{field}" for basis in leaf.bases))


#: What each kind of test asks; others cannot be pushed down.
CONDITIONS: Final[dict[type[Predicate], Condition]] = {
    leaves.Id: _id,
    leaves.Published: _dated("published"),
    leaves.Said: _dated("said"),
    leaves.Happened: _dated("happened"),
    leaves.Place: _listed("places", "place"),
    leaves.About: _listed("about"),
    leaves.Claimant: _claimant,
    leaves.Mentions: _listed("mentions"),
    leaves.Publisher: _publisher,
    leaves.Language: _language,
    leaves.Topic: _topic,
    leaves.Kind: _kind,
    leaves.Stance: _stance,
    leaves.HasQuantity: _quantity,
    leaves.Contains: _contains,
    leaves.HasBasis: _basis,
}
