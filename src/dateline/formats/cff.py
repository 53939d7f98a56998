"""
The Citation File Format 1.2.0, which code hosts and archives read: ``CITATION.cff``.

The file is about the dataset, whose articles are its references; without one, it is about articles.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from dateline.formats.losses import Fate, Losses
from dateline.formats.ris import notes_of
from dateline.formats.yaml_ import lines, quoted
from dateline.references import Item, unmarked


_MESSAGE: Final = "If you use these records, please cite them as below, and the articles beside them."

#: The format demands authors, and has this word where none is known.
_NOBODY: Final = {"name": "anonymous"}

_URL: Final = re.compile(r"(?:https|http|ftp|sftp)://.+")

#: The articles' own fields; the dataset's item is beside them.
LOSSES: Final[Losses] = {
    "article.id": (Fate.RENAMED, "notes"),
    "article.headline": (Fate.COARSENED, "title, with single spaces, and no control characters"),
    "article.publisher": (Fate.COARSENED, "journal: the name"),
    "article.bylines": (
        Fate.COARSENED,
        "authors: family and given name, else the name as printed; each once",
    ),
    "article.published": (
        Fate.RENAMED,
        "date-published, or year and month; in EDTF, where that says more, notes",
    ),
    "article.url": (Fate.COARSENED, "what an address may not hold is percent-encoded"),
    "article.language": (Fate.COARSENED, "languages: without script and region"),
    "article.topics": (Fate.COARSENED, "keywords: the labels, with commas for semicolons"),
    "article.sources": (Fate.COARSENED, "title: whether a headline is absent or unknown"),
}


def write_items(items: Iterable[Item], further: Mapping[str, str] = MappingProxyType({})) -> str:
    """
    References as a citation file, which has *further* keys about the dataset than its item knows.

    >>> print(write_items([{"id": "rain", "type": "dataset", "title": "Rain: #1", "version": "1.0.0"}]))
    cff-version: "1.2.0"
    message: "If you use these records, please cite them as below, and the articles beside them."
    type: "dataset"
    title: "Rain: #1"
    authors:
      - name: "anonymous"
    version: "1.0.0"
    <BLANKLINE>
    """
    listed = list(items)
    datasets = [item for item in listed if item["type"] == "dataset"]
    about = datasets[-1] if datasets else {"title": "News articles"}
    references = [_filled(_reference(item)) for item in listed if item is not about]
    content = _filled({**_root(about), **further, "references": references})

    return "".join(f"{line}\n" for line in lines(content, _scalar))


def _root(item: Mapping[str, Any]) -> dict[str, Any]:
    custom = item.get("custom", {})
    named = {
        "Dataset, version and digest": custom.get("dataset"),
        "Predicate of the subset": custom.get("selection"),
        "Digest of these records": custom.get("digest"),
    }
    is_subset = item.get("genre", "Data set") != "Data set"

    return {
        "cff-version": "1.2.0",
        "message": _MESSAGE,
        "type": "dataset",
        "title": item["title"],
        "authors": _authors(item),
        # What "type" does not say already.
        "abstract": item["genre"] if is_subset else None,
        "version": item.get("version"),
        "date-released": _day(item),
        "url": _url(item),
        "keywords": _keywords(item),
        "identifiers": [
            {"type": "other", "value": value, "description": description}
            for description, value in named.items()
            if value
        ],
    }


def _reference(item: Item) -> dict[str, Any]:
    points: list[list[int | None]] = item.get("issued", {}).get("date-parts", [[None]])
    year, month = (*points[0], None)[:2]
    language = item.get("language", "").partition("-")[0].lower()

    return {
        "type": "data" if item["type"] == "dataset" else "newspaper-article",
        "title": item["title"],
        "authors": _authors(item),
        "journal": item.get("container-title"),
        "version": item.get("version"),
        "date-published": _day(item),
        "year": year,
        "month": month if len(points) == 1 else None,
        "url": _url(item),
        "languages": [language] if re.fullmatch("[a-z]{2,3}", language) else [],
        "keywords": _keywords(item),
        "abstract": item.get("annote"),
        "notes": "; ".join([*filter(None, [item.get("genre")]), *notes_of(item)]),
    }


def _authors(item: Mapping[str, Any]) -> list[dict[str, str]]:
    # A name may hold nothing that is seen.
    authors = [author for name in item.get("author", ()) if (author := _author(name))]

    return list({json.dumps(author): author for author in authors}.values()) or [_NOBODY]


def _author(name: Mapping[str, str]) -> dict[str, str]:
    if "literal" in name:
        named = {"name": name["literal"]}
    else:
        named = {"family-names": name.get("family", ""), "given-names": name.get("given", "")}

    return {key: value for key, value in named.items() if unmarked(value)}


def _day(item: Mapping[str, Any]) -> str | None:
    # Only a whole and certain day is one here.
    issued = item.get("issued", {})
    points = issued.get("date-parts", ())
    if len(points) != 1 or len(points[0]) < len(("year", "month", "day")) or "circa" in issued:
        return None
    year, month, day = points[0]

    return f"{year:04}-{month:02}-{day:02}"


def _url(item: Mapping[str, Any]) -> str | None:
    url: str = item.get("URL", "")

    if not _URL.fullmatch(url):
        return None

    # The schema wants a URI, and letters of other scripts are none of its characters (RFC 3986, section 2).
    return "".join(sign if sign.isascii() else quote(sign) for sign in url)


def _keywords(item: Mapping[str, Any]) -> list[str]:
    return [word for word in dict.fromkeys(item.get("keyword", "").split("; ")) if word]


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _scalar(value: str | int) -> str:
    return quoted(unmarked(value) if isinstance(value, str) else value)
