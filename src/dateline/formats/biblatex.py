"""
BibLaTeX, for the package of that name and for pandoc, as UTF-8.

An article is ``@article`` with ``entrysubtype = {newspaper}``, or ``@online`` where the outlet is not
known; a dataset is ``@dataset`` with its version. Dates are EDTF, which BibLaTeX reads;
of a choice of dates it knows nothing, so the note tells it. The dataset's pin is in ``verba``,
the record's digest in ``verbb``: its data model has no fields of such names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from dateline.formats.bibtex import key_of, names
from dateline.formats.losses import Fate, Losses
from dateline.formats.tex import case_kept, escaped
from dateline.references import Item


#: Fields whose text is taken as it is from a variable of the item.
_TEXTS: Final = (
    ("journaltitle", "container-title"),
    ("version", "version"),
    ("langid", "language"),
    ("annotation", "annote"),
)


#: The articles' own fields; the dataset's item is beside them.
LOSSES: Final[Losses] = {
    "article.id": (Fate.RENAMED, "the key of the entry"),
    "article.headline": (Fate.COARSENED, "title, with single spaces and typographic quotes"),
    "article.publisher": (Fate.COARSENED, "journaltitle: the name"),
    "article.bylines": (Fate.COARSENED, "author: family and given name, else the name as printed"),
    "article.published": (Fate.RENAMED, "date; a choice of dates in EDTF, note"),
    "article.url": (Fate.COARSENED, "what an address may not hold is percent-encoded"),
    "article.language": (Fate.RENAMED, "langid"),
    "article.topics": (Fate.COARSENED, "keywords: the labels, without commas and semicolons"),
    "article.sources": (Fate.COARSENED, "title: whether a headline is absent or unknown"),
}


def write_items(items: Iterable[Item]) -> str:
    r"""
    References as BibLaTeX, one entry each, under different keys.

    >>> item = {"id": "rain", "type": "dataset", "title": "Rain & NATO", "version": "1.0.0"}
    >>> print(write_items([item]))
    @dataset{rain,
      title = {Rain \& {NATO}},
      version = {1.0.0}
    }
    <BLANKLINE>
    """
    taken: set[str] = set()

    return "\n".join(_entry(item, key_of(item["id"], taken)) for item in items)


def edtf(item: Item) -> str:
    """
    The date of an item in the part of EDTF that programs read: a choice is approximate; empty if unknown.

    >>> edtf({"issued": {"date-parts": [[2022, 3]], "circa": True}})
    '2022-03~'
    """
    recorded: str = item.get("custom", {}).get("issued", "")
    if recorded and not recorded.startswith("["):
        return recorded
    issued: dict[str, Any] = item.get("issued", {})
    points = (
        "-".join(f"{part:02}" for part in (f"{year:04}", *rest))
        for year, *rest in issued.get("date-parts", ())
    )
    sign = "~" if "circa" in issued else ""

    return "/".join(f"{point}{sign}" for point in points)


def _entry(item: Item, key: str) -> str:
    fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in _fields(item) if value)

    return f"@{_kind(item)}{{{key},\n{fields}\n}}\n"


def _kind(item: Item) -> str:
    if item["type"] == "dataset":
        return "dataset"

    return "article" if "container-title" in item else "online"


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    yield "entrysubtype", "newspaper" if _kind(item) == "article" else ""
    yield "author", names(item.get("author", ()))
    yield "title", case_kept(item["title"])
    yield "date", edtf(item)
    for name, variable in _TEXTS:
        yield name, escaped(item.get(variable, ""))
    yield "type", item["genre"] if _has_type(item) else ""
    # Not escaped: it is read as it is. Braces in it are percent-encoded.
    yield "url", item.get("URL", "")
    # A comma ends a keyword.
    words = item.get("keyword", "").split("; ")
    yield "keywords", ", ".join(escaped(word.replace(",", "")) for word in words)
    yield "note", escaped("; ".join(_notes(item)))
    # For verifying: fields for users, which no style prints. They are verbatim, so not escaped.
    custom = item.get("custom", {})
    yield "verba", custom.get("dataset", "")
    yield "verbb", custom.get("digest", "")


def _has_type(item: Item) -> bool:
    # A word or two; programs that look it up read no escapes in it, so what a subset is stands in the note.
    return item["type"] == "dataset" and re.fullmatch(r"[A-Za-z ]+", item.get("genre", "")) is not None


def _notes(item: Item) -> Iterator[str]:
    if "genre" in item and not _has_type(item):
        yield item["genre"]
    issued = item.get("custom", {}).get("issued", "")
    if issued.startswith("["):
        yield f"Date as recorded (EDTF): {issued}"
