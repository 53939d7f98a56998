"""
Names in a row: delimiters, "and", "et al." (CSL 1.0.2, "Name" and "Et-al Abbreviation").
"""

from __future__ import annotations

from typing import Final, NamedTuple

from dateline.csl.context import Context, Part
from dateline.csl.namestyle import NameStyle
from dateline.csl.onename import is_inverted, print_person
from dateline.csl.person import Person
from dateline.csl.runs import EMPTY, Runs, text, wrap


#: From three names on, a delimiter precedes "and" unless the style says otherwise.
TWO: Final = 2


class Shown(NamedTuple):
    """
    A list of names as it was cut, for those who tell cites apart.
    """

    people: tuple[Person, ...]
    visible: int
    style: NameStyle


def print_names(context: Context, people: tuple[Person, ...], style: NameStyle) -> Runs:
    """
    The list, cut where the style cuts it.
    """
    count, use_last = shown_count(context, len(people), style)
    occurrence = len(context.shown)
    context.shown.append(Shown(people, count, style))
    levels = dict(context.disambiguation.given)

    def name(place: int) -> Runs:
        context.step(people[place].family)
        level = levels.get((occurrence, place), 0)
        runs = print_person(context, people[place], style, place, level)
        # Formatting and affixes of cs:name are those of each name.
        return wrap(style.decorate(context, Part(runs)).runs, "name", str(place))

    printed = [name(place) for place in range(count)]
    if count == len(people):
        return all_names(context, printed, style)
    if use_last:
        last = name(len(people) - 1)
        ellipsis = context.join_all((*printed, text("… ")), style.delimiter)
        return ellipsis + last

    return with_et_al(context, printed, style)


def shown_count(context: Context, total: int, style: NameStyle) -> tuple[int, bool]:
    """
    How many names are shown, and whether the last one is besides.
    """
    minimum, first, use_last = style.limits(
        subsequent="subsequent" in context.positions, key=context.key_limits
    )
    if not minimum or total < minimum or first >= total:
        return total, False
    count = min(first + context.disambiguation.names, total)

    # The last name is shown only if the ellipsis stands for one or more.
    return count, use_last and total > count + 1


def all_names(context: Context, names: list[Runs], style: NameStyle) -> Runs:
    """
    Write out all names, with "and" before the last of them.
    """
    # Sort keys hold names only (CSL 1.0.2, "Sorting").
    if len(names) == 1 or not style.and_ or context.sorting:
        return context.join_all(names, style.delimiter)
    before = context.join_all(names[:-1], style.delimiter)
    inverted = is_inverted(style, len(names) - 2, context)
    comma = wanted(style.precedes_last, inverted=inverted, usual=len(names) != TWO)
    delimiter = style.delimiter if comma else " "
    if not delimiter.endswith(" "):
        delimiter += " "
    gap = " " if style.and_.isascii() or style.and_[-1:].isalpha() else ""
    link = context.join(before, text(delimiter)) + text(style.and_ + gap)

    return context.join(link, names[-1])


def with_et_al(context: Context, names: list[Runs], style: NameStyle) -> Runs:
    """
    Write the first names, and that there are more.
    """
    if not names or not style.et_al:
        return context.join_all(names, style.delimiter)
    before = context.join_all(names, style.delimiter)
    if context.sorting:
        return before
    inverted = is_inverted(style, len(names) - 1, context)
    comma = wanted(style.precedes_et_al, inverted=inverted, usual=len(names) > 1)
    delimiter = style.delimiter if comma else " "
    words = style.et_al_decorate(context, Part(text(style.et_al))).runs or EMPTY
    # It stands for names, so it has the affixes that each of them has.
    words = style.decorate.affixed(context, words)

    return context.join_all((before, words), delimiter)


def wanted(rule: str, *, inverted: bool, usual: bool) -> bool:
    """
    Whether a delimiter stands before what ends the list.
    """
    if rule == "always":
        return True
    if rule == "never":
        return False
    if rule == "after-inverted-name":
        return inverted

    return usual
