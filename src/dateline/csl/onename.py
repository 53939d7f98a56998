"""
A single name: order of its parts, particles, initials (CSL 1.0.2, "Name-part Order").
"""

from __future__ import annotations

from collections.abc import Iterable

from dateline.csl.context import Context, Part
from dateline.csl.formatting import Decoration
from dateline.csl.initials import initialize
from dateline.csl.markup import parse_markup
from dateline.csl.namestyle import NameStyle
from dateline.csl.person import Person
from dateline.csl.runs import EMPTY, Runs, plain, text


#: A particle ending so is written together with the name after it.
GLUED = ("'", "’", "-", "‐", "ʼ")


def print_person(context: Context, person: Person, style: NameStyle, place: int, level: int) -> Runs:
    """
    The name in the form and order that the style asks for.

    *place* counts from 0; *level* is how far disambiguation shows the given name.
    """
    if person.literal:
        return decorated(context, parse_markup(person.literal), style.family)
    form = style.form
    if form == "short" and not level:
        return family_name(context, person, style)
    given = given_name(person, style, full=level > 1)
    if not person.spaced or person.static_order:
        return asian(context, person, style, given)
    if is_inverted(style, place, context):
        return inverted(context, person, style, given)

    return displayed(context, person, style, given)


def is_inverted(style: NameStyle, place: int, context: Context) -> bool:
    """
    Whether the name at *place* begins with the family name.
    """
    if context.sorting:
        return True

    return style.sort_order == "all" or (style.sort_order == "first" and not place)


def given_name(person: Person, style: NameStyle, *, full: bool) -> str:
    """
    The given name, cut to initials where the style wants it.
    """
    if style.initialize_with is None or not person.spaced:
        return person.given
    if full and style.initialize:
        return person.given

    return initialize(
        person.given,
        style.initialize_with,
        hyphen=style.hyphen,
        shorten=style.initialize,
    )


def decorated(context: Context, value: Runs, decoration: Decoration) -> Runs:
    """
    A name part in its formatting.
    """
    return decoration(context, Part(value)).runs


def family_name(context: Context, person: Person, style: NameStyle) -> Runs:
    """
    The family name with its non-dropping particle.
    """
    return style.family.affixed(context, glued_family(context, person, style))


def spaced(parts: Iterable[Runs]) -> Runs:
    """
    Parts with spaces between them, but for particles with an apostrophe.
    """
    written: Runs = EMPTY
    for part in parts:
        if part and written and not plain(written).endswith(GLUED):
            written += text(" ")
        written += part

    return written


def asian(context: Context, person: Person, style: NameStyle, given: str) -> Runs:
    """
    Family name first; without a space in scripts that have none.
    """
    family = family_name(context, person, style)
    rest = decorated(context, parse_markup(given), style.given)

    return spaced((family, rest)) if person.spaced else family + rest


def displayed(context: Context, person: Person, style: NameStyle, given: str) -> Runs:
    """
    "Jean de La Fontaine III".

    The affixes of the family name are around all that follows the given name.
    """
    front = decorated(context, parse_markup(given), style.given)
    # The dropping particle is formatted with the given name.
    dropping = inside(context, person.dropping, style.given)
    family = glued_family(context, person, style)
    main = spaced((dropping, family))
    if person.suffix:
        comma = style.separator if person.comma_suffix else " "
        main = context.join_all((main, name_suffix(person, style)), comma)

    return spaced((front, style.family.affixed(context, main)))


def name_suffix(person: Person, style: NameStyle) -> Runs:
    """
    "Jr.", without its period in a style that puts none behind initials.
    """
    if style.initialize_with is not None and "." not in style.initialize_with:
        return parse_markup(person.suffix.replace(".", ""))

    return parse_markup(person.suffix)


def inside(context: Context, value: str, decoration: Decoration) -> Runs:
    """
    A part in its formatting, without affixes.
    """
    return decoration.inside(context, parse_markup(value))


def glued_family(context: Context, person: Person, style: NameStyle) -> Runs:
    """
    The family name and the particle that stays with it, each formatted by itself.
    """
    return spaced(inside(context, word, style.family) for word in (person.non_dropping, person.family))


def inverted(context: Context, person: Person, style: NameStyle, given: str) -> Runs:
    """
    "La Fontaine, Jean de, III".
    """
    demoted = style.demote == "display-and-sort" or (style.demote == "sort-only" and context.sorting)
    if demoted:
        main = inside(context, person.family, style.family)
        particle = inside(context, person.non_dropping, style.family)
    else:
        main, particle = glued_family(context, person, style), EMPTY
    family = style.family.affixed(context, main)
    front = inside(context, given, style.given)
    dropping = inside(context, person.dropping, style.given)
    behind = style.given.affixed(context, spaced((front, dropping, particle)))
    parts = (family, behind, name_suffix(person, style))
    separator = " " if context.sorting else style.separator

    return context.join_all(parts, separator)
