"""
How far given names are shown so that people can be told apart.

CSL 1.0.2, "Disambiguation", givenname-disambiguation-rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from dateline.csl.context import Context
from dateline.csl.namelist import Shown
from dateline.csl.namestyle import NameStyle
from dateline.csl.onename import print_person
from dateline.csl.person import Person
from dateline.csl.runs import plain


#: A name by the number of its list and its place in it, with a level.
Levels: TypeAlias = tuple[tuple[tuple[int, int], int], ...]


def given_levels(
    context: Context,
    lists: Sequence[Shown],
    people: Mapping[str, set[Person]],
    rule: str,
) -> Levels:
    """
    For each name of a cite, how far its given name is shown: 1 initials, 2 in full.
    """
    highest = 1 if rule.endswith("-with-initials") else 2
    primary = rule.startswith("primary-name")
    levels = []
    for number, shown in enumerate(lists):
        for place, person in enumerate(shown.people[: 1 if primary else None]):
            level = level_of(context, person, shown.style, people, highest)
            if level:
                levels.append(((number, place), level))

    return tuple(levels)


def level_of(
    context: Context,
    person: Person,
    style: NameStyle,
    people: Mapping[str, set[Person]],
    highest: int,
) -> int:
    """
    The lowest level that tells the person from most others of the same look.
    """
    plainest = look(context, person, style, 0)
    # Only people of the same family name can look the same.
    others = {
        other
        for other in people.get(person.family, ())
        if other != person and look(context, other, style, 0) == plainest
    }
    best, fewest = 0, len(others)
    for level in range(1, highest + 1):
        own = look(context, person, style, level)
        alike = sum(look(context, other, style, level) == own for other in others)
        if alike < fewest:
            best, fewest = level, alike

    return best


def look(context: Context, person: Person, style: NameStyle, level: int) -> str:
    """
    The name as it prints at a level.
    """
    return plain(print_person(context, person, style, 1, level))
