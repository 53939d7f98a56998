"""
How far given names are shown so that people can be told apart.

CSL 1.0.2, "Disambiguation", givenname-disambiguation-rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from dateline.csl.context import Context
from dateline.csl.namelist import Shown
from dateline.csl.namestyle import NameStyle
from dateline.csl.onename import print_person
from dateline.csl.person import Person
from dateline.csl.runs import plain


#: A name by the number of its list and its place in it, with a level.
Levels: TypeAlias = tuple[tuple[tuple[int, int], int], ...]


class Namesakes:
    """
    All people that the cites show, by family name: no others can look the same.
    """

    __slots__ = ("_counts", "_people")

    def __init__(self, people: Iterable[Person]) -> None:
        self._people: dict[str, set[Person]] = {}
        for person in people:
            self._people.setdefault(person.family, set()).add(person)
        #: How many of a family look a way, by family, style and level: see _alike().
        self._counts: dict[tuple[str, int, int], Counter[tuple[str, str]]] = {}

    def levels(self, context: Context, lists: Sequence[Shown], rule: str) -> Levels:
        """
        For each name of a cite, how far its given name is shown: 1 initials, 2 in full.
        """
        highest = 1 if rule.endswith("-with-initials") else 2
        primary = rule.startswith("primary-name")
        levels = []
        for number, shown in enumerate(lists):
            for place, person in enumerate(shown.people[: 1 if primary else None]):
                level = self._level(context, person, shown.style, highest)
                if level:
                    levels.append(((number, place), level))

        return tuple(levels)

    def _level(self, context: Context, person: Person, style: NameStyle, highest: int) -> int:
        """
        The lowest level that tells the person from most others of the same look.
        """
        best, fewest = 0, self._alike(context, person, style, 0)
        for level in range(1, highest + 1):
            alike = self._alike(context, person, style, level)
            if alike < fewest:
                best, fewest = level, alike

        return best

    def _alike(self, context: Context, person: Person, style: NameStyle, level: int) -> int:
        """
        How many look like the person, both plainly and at a level; itself is always one of them or never.
        """
        family = self._people.get(person.family, set())
        if family <= {person}:
            return 0
        # The style lives as long as the sheet: its identity will do, and is quick to look up.
        key = person.family, id(style), level
        if key not in self._counts:
            self._counts[key] = Counter(looks(context, other, style, level) for other in family)

        return self._counts[key][looks(context, person, style, level)]


def looks(context: Context, person: Person, style: NameStyle, level: int) -> tuple[str, str]:
    """
    The name as it prints plainly, and as it prints at a level.
    """
    return look(context, person, style, 0), look(context, person, style, level)


def look(context: Context, person: Person, style: NameStyle, level: int) -> str:
    """
    The name as it prints at a level.
    """
    return plain(print_person(context, person, style, 1, level))
