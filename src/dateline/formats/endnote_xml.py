"""
EndNote XML, which EndNote, Zotero and pandoc read.

A dataset is of the type ``Dataset`` with its version as edition, an article a ``Newspaper Article``.
What has no element of its own stands in the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape

from dateline.formats.losses import Fate, Losses
from dateline.formats.ris import name_of, notes_of
from dateline.references import Item, unmarked


# EndNote's own names and numbers of the types.
_TYPES: Final = {"article-newspaper": ("Newspaper Article", 23), "dataset": ("Dataset", 59)}

# Characters that no XML may hold; the others are gone from values already.
_NO_CHARACTERS: Final = re.compile("[\ufffe\uffff]")

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n<records>\n'
_FOOT: Final = "</records>\n</xml>\n"


#: The articles' own fields; the dataset's item is beside them.
LOSSES: Final[Losses] = {
    "article.id": (Fate.RENAMED, "label"),
    "article.headline": (Fate.COARSENED, "title, with single spaces, and no control characters"),
    "article.publisher": (Fate.COARSENED, "secondary-title: the name"),
    "article.bylines": (Fate.COARSENED, "author: family and given name, else the name as printed"),
    "article.published": (Fate.RENAMED, "year and date; in EDTF, where that says more, notes"),
    "article.url": (Fate.COARSENED, "what an address may not hold is percent-encoded"),
    "article.language": (Fate.KEPT, ""),
    "article.topics": (Fate.COARSENED, "keyword: the labels, with commas for semicolons"),
    "article.sources": (Fate.COARSENED, "title: whether a headline is absent or unknown"),
}


def write_items(items: Iterable[Item]) -> str:
    """
    References as EndNote XML, one record each.

    >>> print(write_items([{"id": "rain", "type": "dataset", "title": "Rain & <i>", "version": "1.0.0"}]))
    <?xml version="1.0" encoding="UTF-8"?>
    <xml>
    <records>
    <record>
      <rec-number>1</rec-number>
      <foreign-keys><key app="EN">rain</key></foreign-keys>
      <ref-type name="Dataset">59</ref-type>
      <titles><title>Rain &amp; &lt;i&gt;</title></titles>
      <edition>1.0.0</edition>
      <label>rain</label>
    </record>
    </records>
    </xml>
    <BLANKLINE>
    """
    records = (f"<record>\n{_record(item, number)}</record>\n" for number, item in enumerate(items, 1))

    return f"{_HEAD}{''.join(records)}{_FOOT}"


def _record(item: Item, number: int) -> str:
    name, code = _TYPES[item["type"]]
    type_ = f'<ref-type name="{name}">{code}</ref-type>'
    key = f'<foreign-keys><key app="EN">{_text(item["id"])}</key></foreign-keys>'
    elements = (_element("rec-number", str(number)), key, type_, *_described(item))

    return "".join(f"  {element}\n" for element in elements if element)


def _described(item: Item) -> Iterator[str]:
    authors = "".join(_element("author", name_of(name)) for name in item.get("author", ()))
    yield _around("contributors", _around("authors", authors))
    titles = _element("title", item["title"]) + _element("secondary-title", item.get("container-title", ""))
    yield _around("titles", titles)
    yield _element("edition", item.get("version", ""))
    words = item.get("keyword", "").split("; ")
    yield _around("keywords", "".join(_element("keyword", word) for word in words))
    yield _dated(item)
    yield _element("label", item["id"])
    yield _element("work-type", item.get("genre", ""))
    yield _element("abstract", item.get("annote", ""))
    yield _element("notes", "; ".join(notes_of(item)))
    yield _around("urls", _around("related-urls", _element("url", item.get("URL", ""))))
    yield _element("language", item.get("language", ""))


def _dated(item: Item) -> str:
    points = item.get("issued", {}).get("date-parts")
    if not points:
        return ""
    # The first day of a range; the notes have it whole.
    year, *rest = points[0]
    exact = "-".join([f"{year:04}", *(f"{part:02}" for part in rest)]) if rest else ""

    return _around("dates", _element("year", f"{year:04}") + _around("pub-dates", _element("date", exact)))


def _element(name: str, value: str) -> str:
    return _around(name, _text(value))


def _text(value: str) -> str:
    return escape(_NO_CHARACTERS.sub("", unmarked(value)))


def _around(name: str, inner: str) -> str:
    return f"<{name}>{inner}</{name}>" if inner else ""
