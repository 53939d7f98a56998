"""
Whether a cite is the first of its work, a later one, or repeats the one before.

CSL 1.0.2, "Choose", position.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from dateline.csl.context import Cite
from dateline.csl.values import Item


FIRST: Final = frozenset({"first"})
SUBSEQUENT: Final = frozenset({"subsequent"})
IBID: Final = frozenset({"subsequent", "ibid"})
IBID_WITH_LOCATOR: Final = frozenset({"subsequent", "ibid", "ibid-with-locator"})


class Citation(NamedTuple):
    """
    What is cited at one place of a document.

    >>> Citation((Cite({"id": "tides"}, locator="7"),), note=3).note
    3
    """

    #: In the order in which the author of the text gives them.
    cites: tuple[Cite, ...]
    #: The number of the note it stands in; 0 for running text.
    note: int = 0


class Position(NamedTuple):
    """
    Where a cite stands among the others.
    """

    names: frozenset[str] = FIRST
    #: The note in which the work was cited first; 0 for none.
    first_note: int = 0


def positions(citations: Sequence[Citation], near: int) -> list[list[Position]]:
    """
    The position of each cite of a document; *near* is near-note-distance.
    """
    #: First and latest note of each work.
    notes: dict[str, tuple[int, int]] = {}
    # Notes and running text each remember what was cited before.
    before: dict[bool, Sequence[Cite]] = {True: (), False: ()}
    placed = []
    for citation in citations:
        previous = before[bool(citation.note)]
        row = []
        for place, cite in enumerate(citation.cites):
            last = citation.cites[place - 1] if place else only(previous)
            row.append(position(cite, last, citation.note, notes, near))
            id_ = identity(cite)
            notes[id_] = (notes.get(id_, (citation.note, 0))[0], citation.note)
        before[bool(citation.note)] = citation.cites
        placed.append(row)

    return placed


def only(cites: Sequence[Cite]) -> Cite | None:
    """
    The cite of a citation that has no other.
    """
    return cites[0] if len(cites) == 1 else None


def identity(cite: Cite) -> str:
    """
    The id of the work cited.
    """
    return Item(cite.item).id


def position(
    cite: Cite,
    last: Cite | None,
    note: int,
    notes: dict[str, tuple[int, int]],
    near: int,
) -> Position:
    """
    The position of one cite.
    """
    seen = notes.get(identity(cite))
    if seen is None:
        return Position()
    names = SUBSEQUENT
    if last is not None and identity(last) == identity(cite):
        names = repeated(cite, last)
    if note and note - seen[1] <= near:
        names |= {"near-note"}

    return Position(names, seen[0])


def repeated(cite: Cite, last: Cite) -> frozenset[str]:
    """
    The position of a cite that follows one of the same work.
    """
    if cite.locator == last.locator and cite.label == last.label:
        return IBID
    # A whole work after a part of it is not "the same".
    if not cite.locator:
        return SUBSEQUENT

    return IBID_WITH_LOCATOR
