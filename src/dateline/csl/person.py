"""
A person or organisation as an item names it, with particles told apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from dateline.csl.errors import InvalidItem


#: Fields of a name in CSL-JSON that are texts.
FIELDS: Final = (
    "family",
    "given",
    "dropping-particle",
    "non-dropping-particle",
    "suffix",
    "literal",
)


#: Scripts in which a name has a space and may be cut to initials
#: (Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic and their extensions).
SPACED: Final = re.compile("[0-9A-Za-z\u00aa-\u06ff\u10a0-\u10ff\u1e00-\u1fff]")


class Person(NamedTuple):
    """
    The parts of one name; an organisation has only a literal.
    """

    family: str = ""
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""
    literal: str = ""
    comma_suffix: bool = False
    static_order: bool = False

    @property
    def spaced(self) -> bool:
        """
        Whether the name is in a script that puts spaces between its parts.
        """
        return bool(SPACED.search(self.family + self.given))


def read_person(subject: str, value: object, clean: Callable[[str], str]) -> Person | None:
    """
    A CSL-JSON name as a person, or None if it is empty.

    Raises:
        InvalidItem: If it is not a mapping of texts.

    >>> read_person("author", {"family": "van der Meer", "given": "Piet"}, str)
    Person(family='Meer', given='Piet', dropping='', non_dropping='van der', suffix='', \
literal='', comma_suffix=False, static_order=False)
    """
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise InvalidItem(f"name in {subject}", "a mapping", value)
    texts = {field: field_text(subject, value, field, clean) for field in FIELDS}
    if not any(texts.values()):
        return None
    if texts["literal"] or not texts["family"]:
        # A given name that stands alone is the whole name.
        return Person(literal=texts["literal"] or texts["given"])

    return with_particles(
        Person(
            texts["family"],
            texts["given"],
            texts["dropping-particle"],
            texts["non-dropping-particle"],
            texts["suffix"],
            comma_suffix=bool(value.get("comma-suffix")),
            static_order=bool(value.get("static-ordering")),
        )
    )


def field_text(subject: str, value: Mapping[str, object], field: str, clean: Callable[[str], str]) -> str:
    """
    One text field of a name.
    """
    found = value.get(field)
    if found is None or found is False:
        return ""
    if not isinstance(found, str):
        raise InvalidItem(f"{field} in {subject}", "a text", found)

    return clean(found)


def with_particles(person: Person) -> Person:
    """
    *person* with particles moved out of the family and given name.

    Data seldom tell them apart. A family name in double quotes is left alone.
    """
    family, given, suffix = person.family, person.given, person.suffix
    dropping, non_dropping = person.dropping, person.non_dropping
    if family.startswith('"') and family.endswith('"') and len(family) > 1:
        family = family[1:-1]
    elif not non_dropping and not dropping:
        non_dropping, family = leading_particle(family)
    if not suffix and "," in given:
        given, _, suffix = (part.strip() for part in given.partition(","))
    if not dropping and not non_dropping:
        given, dropping = trailing_particle(given)

    return Person(
        family,
        given,
        dropping,
        non_dropping,
        suffix,
        comma_suffix=person.comma_suffix,
        static_order=person.static_order,
    )


def leading_particle(family: str) -> tuple[str, str]:
    """
    The particle in front of a family name, and the rest.

    >>> leading_particle("d’Aubignac")
    ('d’', 'Aubignac')
    >>> leading_particle("García Márquez")
    ('', 'García Márquez')
    """
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and words[count][:1].islower():
        count += 1
    particle, rest = words[:count], " ".join(words[count:])
    elided = re.match(r"([^\W\d_]{1,4}['’‘ʼ-])(?=[^\W\d_])", rest)
    if elided and elided[1][0].islower() and not rest[elided.end()].islower():
        particle.append(elided[1])
        rest = rest[elided.end() :]

    return " ".join(particle), rest


def trailing_particle(given: str) -> tuple[str, str]:
    """
    The given name, and the particle behind it.

    >>> trailing_particle("Wilhelm von")
    ('Wilhelm', 'von')
    """
    words = given.split(" ")
    count = len(words)
    while count > 0 and words[count - 1][:1].islower():
        count -= 1

    return " ".join(words[:count]), " ".join(words[count:])
