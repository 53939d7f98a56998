"""
RIS, which reference managers read: one tag a line, CRLF at its end.

A dataset is ``DATA`` with its version in ``ET``, an article ``NEWS``.
What has no tag of its own stands in one note: of several, some programs read the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from dateline.formats.losses import Fate, Losses
from dateline.references import Item, unmarked


_TYPES: Final = {"article-newspaper": "NEWS", "dataset": "DATA"}


#: The articles' own fields; the dataset's item is beside them.
LOSSES: Final[Losses] = {
    "article.id": (Fate.RENAMED, "ID"),
    "article.headline": (Fate.COARSENED, "TI, with single spaces, and no control characters"),
    "article.publisher": (Fate.COARSENED, "T2: the name"),
    "article.bylines": (Fate.COARSENED, "AU: family and given name, else the name as printed"),
    "article.published": (Fate.RENAMED, "PY and DA; in EDTF, where that says more, N1"),
    "article.url": (Fate.COARSENED, "UR; what an address may not hold is percent-encoded"),
    "article.language": (Fate.RENAMED, "LA"),
    "article.topics": (Fate.COARSENED, "KW: the labels, with commas for semicolons"),
    "article.sources": (Fate.COARSENED, "TI: whether a headline is absent or unknown"),
}


def write_items(items: Iterable[Item]) -> str:
    r"""
    References as RIS.

    >>> write_items([{"id": "rain", "type": "dataset", "title": "Rain", "version": "1.0.0"}])
    'TY  - DATA\r\nID  - rain\r\nTI  - Rain\r\nET  - 1.0.0\r\nER  - \r\n'
    """
    return "\r\n".join("".join(f"{tag}  - {value}\r\n" for tag, value in _tags(item)) for item in items)


def name_of(name: Mapping[str, str]) -> str:
    """
    A name as reference managers take it apart, which do so at the comma.

    >>> name_of({"family": "Lind", "given": "Ana"}), name_of({"literal": "Rain and Sons"})
    ('Lind, Ana', 'Rain and Sons,')
    """
    if "given" in name:
        return f"{name['family']}, {name['given']}"

    # A comma at the end: what stands before it is all one name.
    return f"{name.get('literal') or name['family']},"


def notes_of(item: Item) -> Iterator[str]:
    """
    What has no place of its own in a reference manager: the date as recorded, and what to verify it by.

    >>> list(notes_of({"custom": {"issued": "2022~", "record": "rain"}}))
    ['Date as recorded (EDTF): 2022~', 'dateline record: rain']
    """
    custom: dict[str, Any] = item.get("custom", {})
    if "issued" in custom:
        yield f"Date as recorded (EDTF): {custom['issued']}"
    for name in ("record", "dataset", "digest"):
        if name in custom:
            yield f"dateline {name}: {custom[name]}"


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    # Unmarked, since a control character or a line end would begin a tag of the text's own.
    yield "TY", _TYPES[item["type"]]
    for tag, value in (*_described(item), *_dated(item), ("N1", "; ".join(notes_of(item)))):
        if value:
            yield tag, unmarked(value)
    yield "ER", ""


def _described(item: Item) -> Iterator[tuple[str, str]]:
    yield "ID", item["id"]
    for name in item.get("author", ()):
        yield "AU", name_of(name)
    yield "TI", item["title"]
    yield "T2", item.get("container-title", "")
    yield "ET", item.get("version", "")
    yield "LA", item.get("language", "")
    yield "UR", item.get("URL", "")
    for word in item.get("keyword", "").split("; "):
        yield "KW", word
    yield "M3", item.get("genre", "")
    yield "AB", item.get("annote", "")


def _dated(item: Item) -> Iterator[tuple[str, str]]:
    points = item.get("issued", {}).get("date-parts")
    if points:
        year, month, day = (*points[0], None, None)[:3]
        yield "PY", f"{year:04}"
        # YYYY/MM/DD/other: what is not known stays empty between the slashes.
        yield "DA", f"{year:04}/{_two(month)}/{_two(day)}/"


def _two(number: int | None) -> str:
    return "" if number is None else f"{number:02}"
