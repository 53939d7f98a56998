"""
Telling cites apart that would look the same (CSL 1.0.2, "Disambiguation").

Each means is tried on each set of cites that look the same, in the order of the
specification: names, given names, the style's own condition, a letter on the year.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Final, NamedTuple, TypeAlias

from dateline.csl.context import PLAIN, Cite, Context, Disambiguation
from dateline.csl.givennames import Namesakes
from dateline.csl.namelist import Shown
from dateline.csl.person import Person
from dateline.csl.positions import FIRST
from dateline.csl.values import Item
from dateline.csl.works import Sheet, Works, with_told_apart


#: What is tried on one set of cites; names of thousands of people are not tried out.
MAX_MOVES: Final = 1_000

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
        teller.add_to_names(group)
    if conditional:
        for group in teller.alike():
            teller.resolve(group, [lambda now: now._replace(condition=True)])
    if options.get("disambiguate-add-year-suffix") == "true":
        teller.add_letters()

    return with_told_apart(works, teller.found)


class Look(NamedTuple):
    """
    A cite as it prints, and the lists of names in it.
    """

    text: str
    shown: Sequence[Shown]


class Teller:
    """
    What has been added to each cite so far, and how it looks with that.
    """

    __slots__ = ("_looks", "_options", "_sheet", "_works", "found")

    def __init__(self, sheet: Sheet, works: Works) -> None:
        self._sheet = sheet
        self._works = works
        self._options = sheet.citation.options
        #: Every cite is rendered once for all that is added to it.
        self._looks: dict[tuple[str, Disambiguation], Look] = {}
        self.found: dict[str, Disambiguation] = dict.fromkeys(works.items, PLAIN)

    @property
    def rule(self) -> str:
        """
        Which given names may be expanded.
        """
        return self._options.get("givenname-disambiguation-rule") or "by-cite"

    def look(self, id_: str, disambiguation: Disambiguation) -> Look:
        """
        What the cite would look like.
        """
        key = id_, disambiguation
        if key not in self._looks:
            context = self.context(self._works.items[id_], disambiguation)
            self._looks[key] = Look(self._sheet.citation.key(context), context.shown)

        return self._looks[key]

    def context(self, item: Item, disambiguation: Disambiguation) -> Context:
        """
        A context for a bare cite of the item.
        """
        number = self._works.numbers[item.id]
        context = self._sheet.context(item, Cite({}), number)
        context.disambiguation = disambiguation
        context.positions = FIRST

        return context

    def alike(self) -> list[list[str]]:
        """
        The sets of cites that still look the same, in bibliography order.
        """
        return [group for group in self.parts(self.found) if len(group) > 1]

    def parts(self, state: Mapping[str, Disambiguation]) -> list[list[str]]:
        """
        The ids of *state* parted by what their cites look like in it.
        """
        parted: dict[str, list[str]] = {}
        for id_, disambiguation in state.items():
            look = self.look(id_, disambiguation).text
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
        shown = {id_: self.look(id_, PLAIN).shown for id_ in self.found}
        namesakes = Namesakes(
            person
            for lists in shown.values()
            for each in lists
            for person in each.people[: 1 if primary else each.visible]
        )
        for id_, own in shown.items():
            context = self.context(self._works.items[id_], PLAIN)
            levels = namesakes.levels(context, own, self.rule)
            self.found[id_] = PLAIN._replace(given=levels)

    def add_to_names(self, group: Sequence[str]) -> None:
        """
        Show more of the names of cites that look the same.
        """
        # No name parts those that have the same people, so one stands for all of them.
        kin: dict[object, list[str]] = {}
        for id_ in group:
            shown = self.look(id_, self.found[id_]).shown
            lists = tuple((each.people, each.visible, id(each.style)) for each in shown)
            kin.setdefault((self.found[id_], lists), []).append(id_)
        if len(kin) == 1:
            return
        first = [ids[0] for ids in kin.values()]
        self.resolve(first, self.moves(first))
        for ids in kin.values():
            self.found.update(dict.fromkeys(ids, self.found[ids[0]]))

    def moves(self, group: Sequence[str]) -> list[Move]:
        """
        What may be added to the names of the group, in the order it is tried.
        """
        names = self._options.get("disambiguate-add-names") == "true"
        given = self._options.get("disambiguate-add-givenname") == "true" and self.rule == "by-cite"
        lists = [shown for id_ in group for shown in self.look(id_, self.found[id_]).shown[:1]]
        longest = max((len(shown.people) for shown in lists), default=0)
        first = min((shown.visible for shown in lists), default=0)
        same = alike_up_to(
            [[shown.people for shown in self.look(id_, self.found[id_]).shown] for id_ in group]
        )

        def moves() -> Iterator[Move]:
            for place in range(same, first if given else 0):
                yield from expanding(place, 0)
            # The last name that all share may still end one list and not the other.
            for extra in range(max(1, same - 1 - first), longest - first + 1 if names else 0):
                yield adding(extra)
                # The names in front of the one that is added have been tried.
                if given and first + extra > same:
                    yield from expanding(first + extra - 1, extra)

        return list(islice(moves(), MAX_MOVES))

    def resolve(self, group: Sequence[str], moves: Sequence[Move]) -> None:
        """
        Try the moves on the group; what parts it is kept, and tried on further.
        """
        for index, move in enumerate(moves):
            state = {id_: move(self.found[id_]) for id_ in group}
            parted = self.parts(state)
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
                self.found[id_] = self.found[id_]._replace(year_suffix=letters(place))


def alike_up_to(cites: Sequence[Sequence[tuple[Person, ...]]]) -> int:
    """
    How many names at the front of each list are the same people in all cites.

    Showing these, or more of them, tells nothing apart.
    """
    alike = sys.maxsize
    for lists in zip_longest(*cites, fillvalue=()):
        if len(set(lists)) > 1:
            places = enumerate(zip(*lists, strict=False))
            differing = (place for place, people in places if len(set(people)) > 1)
            alike = min(alike, next(differing, min(map(len, lists))))

    return alike


def adding(count: int) -> Move:
    """
    Show *count* names beyond what et-al allows.
    """
    return lambda now: now._replace(names=count)


def expanding(place: int, extra: int) -> list[Move]:
    """
    Show the given name at *place*, *extra* names being added.

    Its initials come first, then the whole name.
    """

    def to(level: int) -> Move:
        return lambda now: now._replace(
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
