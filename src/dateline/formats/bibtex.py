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

from dateline.references import Item, unmarked


# The macros that every style defines.
_MONTHS: Final = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())  # noqa: SIM905

_ESCAPES: Final = {sign: f"\\{sign}" for sign in "&%$#_"} | {
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}

# BibTeX counts braces even behind a backslash: one without its fellow would leave the field open.
_LONE: Final = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}

Fields = Iterator[tuple[str, str]]


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


def escaped(value: str) -> str:
    r"""
    A text as TeX that prints it, whatever it holds.

    >>> print(escaped("50 % of \\input{x} {"))
    50 \% of \textbackslash{}input\{x\} \textbraceleft{}
    """
    signs = list(unmarked(value))
    paired = set(_paired(signs))
    for place, sign in enumerate(signs):
        if sign in _LONE:
            signs[place] = f"\\{sign}" if place in paired else _LONE[sign]
        else:
            signs[place] = _ESCAPES.get(sign, sign)

    return "".join(signs)


def names(credits_: Iterable[Mapping[str, str]]) -> str:
    """
    Names as BibTeX takes them apart; an organisation is one that it leaves whole.

    >>> names([{"family": "Lind", "given": "Ana"}, {"literal": "Rain and Sons"}])
    'Lind, Ana and {Rain and Sons}'
    """
    return " and ".join(map(_name, credits_))


def capitals_kept(title: str) -> str:
    """
    A title as TeX, with words in braces that have capitals inside: styles print titles in lower case.

    >>> capitals_kept("Mayor of McTown meets NATO")
    'Mayor of {McTown} meets {NATO}'
    """
    # No escape holds a space.
    words = zip(unmarked(title).split(" "), escaped(title).split(" "), strict=True)

    return " ".join(_protected(written) if _is_cased(word) else written for word, written in words)


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


def _paired(signs: Iterable[str]) -> Iterator[int]:
    waiting: list[int] = []
    for place, sign in enumerate(signs):
        if sign == "{":
            waiting.append(place)
        elif sign == "}" and waiting:
            yield from (waiting.pop(), place)


def _entry(item: Item, key: str) -> str:
    kind = "article" if "container-title" in item else "misc"
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(item))

    return f"@{kind}{{{key},\n{fields}\n}}\n"


def _fields(item: Item) -> Fields:
    if "author" in item:
        yield "author", f"{{{names(item['author'])}}}"
    yield "title", f"{{{capitals_kept(item['title'])}}}"
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
        yield "year", f"{{{'--'.join(years)}}}"
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
        return f"{{{escaped(name['literal'])}}}"

    return ", ".join(_part(name[part]) for part in ("family", "given") if part in name)


def _part(name: str) -> str:
    # A comma or the word "and" begins another part or another name, and "others" means et al.
    words = name.lower().split(" ")
    is_divided = "," in name or "and" in words or words == ["others"]

    return f"{{{escaped(name)}}}" if is_divided else escaped(name)


def _protected(written: str) -> str:
    # A brace before a backslash means an accent to BibTeX, which changes the case in it; two do not.
    return f"{{{{{written}}}}}" if written.startswith("\\") else f"{{{written}}}"


def _is_cased(word: str) -> bool:
    letters = re.sub(r"[\W\d_]", "", word)
    return any(letter.isupper() for letter in letters[1:])
