"""
Telling cites apart that would look the same (CSL 1.0.2, "Disambiguation").

Each means is tried on each set of cites that look the same, in the order of the
specification: names, given names, the style's own condition, a letter on the year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from dateline.csl.context import PLAIN, Cite, Context, Disambiguation
from dateline.csl.givennames import given_levels
from dateline.csl.namelist import Shown
from dateline.csl.person import Person
from dateline.csl.values import Item
from dateline.csl.works import Sheet, Works, with_told_apart


#: One more thing added to a cite.
Move: TypeAlias = Callable[[Disambiguation], Disambiguation]


def tell_apart(sheet: Sheet, works: Works) -> Works:
    """
    *works* with what has to be added to their cites.
    """
    options = sheet.citation.options
    wanted = [name for name in options if name.startswith("disambiguate-add-")]
    conditional = sheet.citation.conditional
    if len(works.items) == 1 or not (wanted or conditional):
        return works
    teller = Teller(sheet, works)
    if options.get("disambiguate-add-givenname") == "true":
        teller.expand_everywhere()
    for group in teller.alike():
        teller.resolve(group, teller.moves(group))
    if conditional:
        for group in teller.alike():
            teller.resolve(group, [lambda now: replace(now, condition=True)])
    if options.get("disambiguate-add-year-suffix") == "true":
        teller.add_letters()

    return with_told_apart(works, teller.found)


class Teller:
    """
    What has been added to each cite so far, and how it looks with that.
    """

    __slots__ = ("_options", "_sheet", "_works", "found")

    def __init__(self, sheet: Sheet, works: Works) -> None:
        self._sheet = sheet
        self._works = works
        self._options = sheet.citation.options
        self.found: dict[str, Disambiguation] = dict.fromkeys(works.items, PLAIN)

    @property
    def rule(self) -> str:
        """
        Which given names may be expanded.
        """
        return self._options.get("givenname-disambiguation-rule") or "by-cite"

    def context(self, item: Item, disambiguation: Disambiguation) -> Context:
        """
        A context for a bare cite of the item.
        """
        number = self._works.numbers[item.id]
        context = self._sheet.context(item, Cite({}), number)
        context.disambiguation = disambiguation
        context.positions = frozenset({"first"})

        return context

    def look(self, id_: str, disambiguation: Disambiguation) -> str:
        """
        What the cite would look like.
        """
        context = self.context(self._works.items[id_], disambiguation)
        return self._sheet.citation.key(context)

    def shown(self, id_: str) -> list[Shown]:
        """
        The lists of names in the cite as it is now.
        """
        context = self.context(self._works.items[id_], self.found[id_])
        self._sheet.citation.content(context)

        return context.shown

    def alike(self) -> list[list[str]]:
        """
        The sets of cites that still look the same, in bibliography order.
        """
        return [group for group in self.parts(self.found, self.found.get) if len(group) > 1]

    def parts(self, ids: Iterable[str], state: Callable[[str], Disambiguation | None]) -> list[list[str]]:
        """
        *ids* parted by what their cites look like in the given state.
        """
        parted: dict[str, list[str]] = {}
        for id_ in ids:
            look = self.look(id_, state(id_) or PLAIN)
            if look:
                parted.setdefault(look, []).append(id_)

        return list(parted.values())

    def expand_everywhere(self) -> None:
        """
        Show given names where names look alike though the people differ.

        These are the rules that look at names rather than at cites.
        """
        if self.rule == "by-cite":
            return
        primary = self.rule.startswith("primary-name")
        shown = {id_: self.shown(id_) for id_ in self.found}
        people: dict[str, set[Person]] = {}
        for lists in (each for all_lists in shown.values() for each in all_lists):
            for person in lists.people[: 1 if primary else lists.count]:
                people.setdefault(person.family, set()).add(person)
        for id_, own in shown.items():
            context = self.context(self._works.items[id_], PLAIN)
            levels = given_levels(context, own, people, self.rule)
            self.found[id_] = replace(self.found[id_], given=levels)

    def moves(self, group: Sequence[str]) -> list[Move]:
        """
        What may be added to the cites of the group, in the order it is tried.
        """
        names = self._options.get("disambiguate-add-names") == "true"
        given = self._options.get("disambiguate-add-givenname") == "true" and self.rule == "by-cite"
        lists = [shown for id_ in group for shown in self.shown(id_)[:1]]
        longest = max((len(shown.people) for shown in lists), default=0)
        first = min((shown.count for shown in lists), default=0)
        moves: list[Move] = []
        for place in range(first if given else 0):
            moves.extend(expanding(place, 0))
        for extra in range(1, longest - first + 1 if names else 0):
            moves.append(adding(extra))
            for place in range(first + extra if given else 0):
                moves.extend(expanding(place, extra))

        return moves

    def resolve(self, group: Sequence[str], moves: Sequence[Move]) -> None:
        """
        Try the moves on the group; what parts it is kept, and tried on further.
        """
        for index, move in enumerate(moves):
            state = {id_: move(self.found[id_]) for id_ in group}
            parted = self.parts(group, state.get)
            if len(parted) <= 1:
                continue
            self.found.update(state)
            for part in parted:
                if len(part) > 1:
                    self.resolve(part, moves[index + 1 :])
            return

    def add_letters(self) -> None:
        """
        A letter for each cite that still looks like another.
        """
        for group in self.alike():
            for place, id_ in enumerate(group):
                self.found[id_] = replace(self.found[id_], year_suffix=letters(place))


def adding(count: int) -> Move:
    """
    Show *count* names beyond what et-al allows.
    """
    return lambda now: replace(now, names=count)


def expanding(place: int, extra: int) -> list[Move]:
    """
    Show the given name at *place*, *extra* names being added.

    Its initials come first, then the whole name.
    """

    def to(level: int) -> Move:
        return lambda now: replace(
            now,
            names=max(now.names, extra),
            given=(*now.given, ((0, place), level)),
        )

    return [to(1), to(2)]


def letters(place: int) -> str:
    """
    The letters of the alphabet, then pairs of them.

    >>> letters(0), letters(26)
    ('a', 'aa')
    """
    written = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        written = chr(ord("a") + rest) + written

    return written
