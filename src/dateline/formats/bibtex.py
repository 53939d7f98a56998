r"""
BibTeX, for plain BibTeX styles, as UTF-8.

An article is ``@article`` with the outlet as its journal, which styles print in italics, as they
should; or ``@misc`` where the outlet is not known, since ``@article`` must have a journal. A dataset
is ``@misc`` with its version in the note: BibTeX has neither ``@dataset`` nor ``version``.
Styles that know ``url`` and ``day`` print them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from dateline.formats.losses import Fate, Losses
from dateline.formats.tex import case_kept, escaped
from dateline.references import Item


# The macros that every style defines.
_MONTHS: Final = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())  # noqa: SIM905

Fields = Iterator[tuple[str, str]]


#: The articles' own fields; the dataset's item is beside them.
LOSSES: Final[Losses] = {
    "article.id": (Fate.RENAMED, "the key of the entry"),
    "article.headline": (Fate.COARSENED, "title, with single spaces and typographic quotes"),
    "article.publisher": (Fate.COARSENED, "journal: the name"),
    "article.bylines": (Fate.COARSENED, "author: family and given name, else the name as printed"),
    "article.published": (Fate.RENAMED, "year, month and day; in EDTF, where that says more, note"),
    "article.url": (Fate.COARSENED, "what an address may not hold is percent-encoded"),
    "article.language": (Fate.KEPT, ""),
    "article.topics": (Fate.COARSENED, "keywords: the labels, with commas for semicolons"),
    "article.sources": (Fate.COARSENED, "title: whether a headline is absent or unknown"),
}


def write_items(items: Iterable[Item]) -> str:
    r"""
    References as BibTeX, one entry each, under different keys.

    >>> item = {"id": "rain", "type": "dataset", "title": "Rain & NATO", "version": "1.0.0"}
    >>> print(write_items([item]))
    @misc{rain,
      title = {Rain \& {NATO}},
      note = {Version 1.0.0}
    }
    <BLANKLINE>
    """
    taken: set[str] = set()

    return "\n".join(_entry(item, key_of(item["id"], taken)) for item in items)


def names(credits_: Iterable[Mapping[str, str]]) -> str:
    """
    Names as BibTeX takes them apart; an organisation is one that it leaves whole.

    >>> names([{"family": "Lind", "given": "Ana"}, {"literal": "Rain and Sons"}])
    'Lind, Ana and {Rain and Sons}'
    """
    return " and ".join(map(_name, credits_))


def key_of(id_: str, taken: set[str]) -> str:
    """
    The key of an entry, unlike those *taken*, to which it is added.

    >>> taken = set()
    >>> key_of("a b", taken), key_of("A-B", taken)
    ('a-b', 'A-B-2')
    """
    wanted = re.sub(r"[^A-Za-z0-9:/.-]", "-", id_)
    key, number = wanted, 1
    while key.lower() in taken:
        number += 1
        key = f"{wanted}-{number}"
    taken.add(key.lower())

    return key


def _entry(item: Item, key: str) -> str:
    kind = "article" if "container-title" in item else "misc"
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(item))

    return f"@{kind}{{{key},\n{fields}\n}}\n"


def _fields(item: Item) -> Fields:
    if "author" in item:
        yield "author", f"{{{names(item['author'])}}}"
    yield "title", f"{{{case_kept(item['title'])}}}"
    if "container-title" in item:
        yield "journal", f"{{{escaped(item['container-title'])}}}"
    if item["type"] == "dataset" and "genre" in item:
        yield "howpublished", f"{{{escaped(item['genre'])}}}"
    yield from _dated(item)
    # Not escaped: \url and readers take it as it is. Braces in it are percent-encoded.
    if "URL" in item:
        yield "url", f"{{{item['URL']}}}"
    for name, variable in (("language", "language"), ("keywords", "keyword"), ("annote", "annote")):
        if variable in item:
            yield name, f"{{{escaped(item[variable])}}}"
    notes = "; ".join(_notes(item))
    if notes:
        yield "note", f"{{{escaped(notes)}}}"
    # For verifying; no style prints fields of these names.
    for name in ("dataset", "digest"):
        if name in item.get("custom", {}):
            yield name, f"{{{item['custom'][name]}}}"


def _dated(item: Item) -> Fields:
    points = item.get("issued", {}).get("date-parts", ())
    if points:
        years = dict.fromkeys(f"{point[0]:04}" for point in points)
        yield "year", f"{{{'/'.join(years)}}}"
    if len(points) == 1:
        _, month, day = (*points[0], None, None)[:3]
        if month:
            yield "month", _MONTHS[month - 1]
        if day:
            yield "day", f"{{{day}}}"


def _notes(item: Item) -> Iterator[str]:
    if "version" in item:
        yield f"Version {item['version']}"
    if item["type"] != "dataset" and "genre" in item:
        yield item["genre"]
    # What year, month and day cannot say.
    if "issued" in item.get("custom", {}):
        yield f"Date as recorded (EDTF): {item['custom']['issued']}"


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return _whole(name["literal"])
    family, given = name["family"], name.get("given", "")
    # Biber counts commas in braces too: the third is a fault that costs the entry.
    if family.count(",") + given.count(",") > 1:
        return _whole(f"{given} {family}".strip())
    if not given:
        # Without a comma, the first words are given names.
        return _whole(family) if " " in family or _is_divided(family) else escaped(family)
    is_whole = _is_divided(family) or (" " in family and not _has_prefix(family))
    parts = (
        _whole(family) if is_whole else escaped(family),
        _whole(given) if _is_divided(given) else escaped(given),
    )

    return ", ".join(parts)


def _whole(name: str) -> str:
    return f"{{{escaped(name)}}}"


#: Where biber takes an initial, which is what stands after a hyphen, be it half of a command.
_CUT: Final = re.compile(r"-[{\\]")


def _is_divided(name: str) -> bool:
    # A comma or the word "and" begins another part or another name, "others" means et al.,
    # and BibLaTeX takes what has an equals sign for a list of parts with their names.
    words = name.lower().split(" ")

    return (
        any(sign in name for sign in ",=")
        or _CUT.search(escaped(name)) is not None
        or "and" in words
        or words == ["others"]
    )


def _has_prefix(family: str) -> bool:
    # "de la Cruz" is taken apart as it should be, "Ortega y Gasset" and other scripts are not.
    words = family.split(" ")
    capitals = [word[:1].isupper() for word in words]

    return capitals[-1] and capitals == sorted(capitals) and all(word[:1].isalpha() for word in words)
