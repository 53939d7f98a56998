"""
What each program makes of each format: a variable comes back equal unless it is declared here.

Equal means: after white space is one space, markup that only keeps capitals is gone, and typographic
quotes are straight, since BibTeX and CSL have straight ones printed as typographic ones.
Of names all parts are taken together: an organisation may come back as a name of one part, and
programs take particles for a part of its own.
"""

from __future__ import annotations

import re

from attrs import field, frozen

from dateline.references import unmarked


QUOTES = str.maketrans(dict.fromkeys("“”‘’'", '"'))
PARTS = ("literal", "dropping-particle", "non-dropping-particle", "family", "suffix", "given")


@frozen(kw_only=True)
class Reading:
    """
    How a program reads a format.
    """

    #: Variables that it has no place for, or does not look at; perhaps of one type: "dataset.genre".
    lost: frozenset = field(default=frozenset(), converter=frozenset)

    #: Where a variable stands instead, within other text: functions of the item.
    moved: dict = field(factory=dict)

    #: Variables that are read as something else: functions of the item.
    changed: dict = field(factory=dict)

    #: Variables that the item may not have.
    added: frozenset = field(default=frozenset(), converter=frozenset)

    #: Characters of a text that it does not read.
    unread: str = ""

    #: Whether it takes names apart at a comma or "and" within, which the format has no escape for.
    divides: bool = False


def compare(item, found, reading):
    """
    The variables of an item and of what was read: each with what was expected and what is there.
    """
    for variable in item:
        place = reading.moved[variable](item) if variable in reading.moved else variable
        expected = None if is_lost(variable, item, reading) else value_of(variable, item, reading)
        actual = shown(variable, found.get(place), reading)
        if place != variable and expected in (actual or ""):
            actual = expected
        if variable != "author" or not (reading.divides and is_divided(item)):
            yield variable, expected, actual
    places = {place(item) for variable, place in reading.moved.items() if variable in item}
    for variable in found.keys() - item.keys() - reading.added - places:
        yield variable, None, found[variable]


def is_lost(variable, item, reading):
    """
    Whether a variable of an item is not read.
    """
    return not reading.lost.isdisjoint({variable, f"{item['type']}.{variable}"})


def is_divided(item):
    """
    Whether a name has a comma or an "and".
    """
    return any(
        {"and", ","} & set(part.replace(",", " , ").split())
        for name in item["author"]
        for part in name.values()
    )


def value_of(variable, item, reading):
    """
    What a program should read of a variable.
    """
    change = reading.changed.get(variable)

    return shown(variable, change(item) if change else item[variable], reading)


def shown(variable, value, reading):
    """
    A value as it is compared: see above.
    """
    if isinstance(value, str):
        return text(value, reading.unread)
    if variable == "author" and value is not None:
        return [name(parts, reading.unread) for parts in value]

    return value


def text(value, unread=""):
    """
    A text with straight quotes and single spaces, without the characters that are not read.
    """
    bare = re.sub(r"</?span[^>]*>", "", value).translate(QUOTES)

    return unmarked("".join(sign for sign in bare if sign not in unread))


def name(parts, unread=""):
    """
    The words of a name, in whatever parts and order.
    """
    joined = " ".join(parts[part] for part in PARTS if parts.get(part))

    return sorted(re.split(r"[ ,-]+", text(joined, unread)))


def first_year(item):
    """
    The first year of a date.
    """
    return {"date-parts": [item["issued"]["date-parts"][0][:1]]}


def first_year_unless_dataset(item):
    """
    The first year of an article's date, but the whole of a dataset's.
    """
    return unqualified(item) if item["type"] == "dataset" else first_year(item)


def years(item):
    """
    A date in BibTeX, which of a range has the years.
    """
    points = item["issued"]["date-parts"]
    found = [list(year) for year in dict.fromkeys((point[0],) for point in points)]

    return {"date-parts": points if len(points) == 1 else found}


def years_as_text(item):
    """
    As above, but several years are text.
    """
    points = years(item)["date-parts"]

    return (
        {"literal": "/".join(str(year) for (year,) in points)} if len(points) > 1 else {"date-parts": points}
    )


def unqualified(item):
    """
    A date whose qualifier is not read.
    """
    return {"date-parts": item["issued"]["date-parts"]}


def approximate(item):
    """
    A date of whose qualifiers only ``~`` is read.
    """
    recorded = item.get("custom", {}).get("issued", "~")

    return item["issued"] if set("~[") & set(recorded) else unqualified(item)


def of_type(**types):
    """
    A function that gives another type to articles ``inside`` an outlet or ``alone``, or a ``dataset``.
    """

    def found(item):
        kind = "dataset" if item["type"] == "dataset" else "inside" if "container-title" in item else "alone"

        return types.get(kind, item["type"])

    return found


def keywords(separator, *, commas=True):
    """
    A function that gives the keywords of an item as a list that is printed, perhaps without their commas.
    """

    def printed(item):
        words = item["keyword"].split("; ")

        return separator.join((word if commas else word.replace(",", "")).strip() for word in words)

    return printed


def backwards(item):
    """
    Keywords in the opposite order.
    """
    return ", ".join(reversed(item["keyword"].split("; ")))


def at(place):
    """
    A function that gives a place.
    """
    return lambda item: place


def unless_dataset(place, other):
    """
    A function that gives the place of something: in a dataset it is *other*.
    """
    return lambda item: other if item["type"] == "dataset" else place


def as_type(item):
    """
    The place of the genre in BibLaTeX.
    """
    return "genre" if item["genre"] == "Data set" else "note"


#: Read by no program: it is for verifying.
OURS = {"custom"}

READINGS = {
    ("pandoc", "csl-json"): Reading(lost=OURS),
    ("pandoc", "bibtex"): Reading(
        lost={*OURS, "language"},
        changed={"type": of_type(inside="article-journal", alone="", dataset=""), "issued": years},
        moved={"version": at("note"), "genre": unless_dataset("note", "publisher")},
        added={"note", "title-short"},
        unread="`{}",
    ),
    ("pandoc", "biblatex"): Reading(
        lost=OURS,
        changed={
            "type": of_type(alone="webpage"),
            "issued": approximate,
            "keyword": keywords(", ", commas=False),
        },
        moved={"genre": as_type},
        added={"note", "title-short"},
        unread="`{}",
    ),
    ("pandoc", "ris"): Reading(
        lost={*OURS, "genre"},
        changed={"issued": first_year, "keyword": backwards},
        moved={"version": at("edition"), "annote": at("abstract")},
        divides=True,
    ),
    ("pandoc", "endnote-xml"): Reading(
        lost={*OURS, "URL", "language", "keyword", "version", "genre"},
        changed={"issued": first_year},
        moved={"annote": at("abstract")},
        divides=True,
    ),
    ("citation-js", "csl-json"): Reading(),
    ("citation-js", "bibtex"): Reading(
        lost={*OURS, "language", "keyword"},
        changed={
            "type": of_type(inside="article-journal", alone="document", dataset="document"),
            "issued": years_as_text,
        },
        moved={"version": at("note"), "genre": unless_dataset("note", "publisher")},
        added={"citation-key", "note"},
    ),
    ("citation-js", "biblatex"): Reading(
        lost=OURS,
        changed={
            "type": of_type(inside="article-journal", alone="webpage"),
            "issued": unqualified,
            "keyword": keywords(",", commas=False),
        },
        moved={"genre": as_type},
        added={"citation-key", "genre", "note"},
    ),
    ("citation-js", "ris"): Reading(
        lost={*OURS, "article-newspaper.author", "dataset.genre"},
        changed={"issued": first_year_unless_dataset, "keyword": keywords(",")},
        moved={"annote": at("abstract")},
        added={"note"},
    ),
}
