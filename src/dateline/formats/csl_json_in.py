"""
CSL-JSON read into draft articles: what Zotero, pandoc and Better BibTeX export.

The variables that are read, of CSL-JSON 1.0.2: ``title``, ``container-title`` (else ``publisher``),
``author``, ``issued``, ``URL`` and ``language``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from dateline.corpus import Corpus
from dateline.csl.markup import OPENING
from dateline.csl.person import Person
from dateline.dates import PartialDate
from dateline.errors import Fault, InvalidDocument, InvalidValue
from dateline.formats import values_in
from dateline.formats.drafts import Drafts, Item, drafts
from dateline.formats.foreign_json import decoded, parse_foreign
from dateline.formats.values_in import is_blank
from dateline.records import Credit
from dateline.references import JOINER, csl_date
from dateline.styles.wording import ENGLISH, WORDINGS


#: The types of what a news outlet publishes (CSL 1.0.2, appendix III); items of others are passed over.
ARTICLES: Final = frozenset(
    {"article", "article-magazine", "article-newspaper", "broadcast", "post-weblog", "webpage"}
)

_TAG: Final = re.compile("|".join(map(re.escape, OPENING)) + "|</(?:i|b|sub|sup|sc|span)>")

#: Parts of a date, and ends of a range.
_PARTS: Final = 3
_ENDS: Final = 2

#: Where a date stands in words, or as EDTF, if it is not in parts.
_IN_WORDS: Final = ("edtf", "raw", "literal")


def read(data: bytes, name: str) -> Corpus:
    """
    The articles of a CSL-JSON file as drafts; *name* is the file's.

    Raises:
        InvalidDocument: If it is not JSON, or no list of items.
        InvalidRecord: If a value could not be taken; all are named, each with its path.

    >>> data = b'[{"type": "webpage", "title": "Ferry returns", "issued": {"date-parts": [[2021, 4]]}}]'
    >>> read(data, "ferries.csl.json")["2021-04-ferry-returns"].published
    PartialDate('2021-04')
    """
    return read_drafts(data, name).complete()


def read_drafts(data: bytes, name: str) -> Drafts:
    """
    As :func:`read`, but what could not be taken is reported, not raised.

    Raises:
        InvalidDocument: If it is not JSON, or no list of items.
    """
    value, faults = parse_foreign(decoded(data, name), name)
    items: list[Item] = []
    passed_over: list[Fault] = []
    for path, entry in _entries(value, name):
        kind = entry.get("type") if isinstance(entry, dict) else None
        if isinstance(kind, str) and kind in ARTICLES:
            items.append(_item(entry, path))
        else:
            passed_over.append(Fault(path, f"is of the type {kind!r:.40}, not a news article"))

    return drafts(items, name, faults, passed_over)


def _entries(value: Any, file: str) -> Iterator[tuple[str, Any]]:
    # Zotero's own interface puts the items into an object.
    root = "$.items" if isinstance(value, dict) and "items" in value else "$"
    found = value["items"] if root != "$" else value
    if isinstance(found, dict) and "type" in found:
        return iter([(root, found)])
    if not isinstance(found, list):
        raise InvalidDocument(file, None, "must hold a list of CSL-JSON items")

    return ((f"{root}[{index}]", entry) for index, entry in enumerate(found))


def _item(entry: dict[str, Any], path: str) -> Item:
    item = Item(path)
    outlet = "publisher" if is_blank(entry.get("container-title")) else "container-title"
    item.take("headline", entry.get("title"), ".title", lambda value: _headline(value, entry))
    item.take("publisher", entry.get(outlet), f".{outlet}", lambda value: values_in.credit(_plain(value)))
    item.take("url", entry.get("URL"), ".URL", values_in.url)
    item.take("language", entry.get("language"), ".language", values_in.language)
    item.take("published", entry.get("issued"), ".issued", lambda value: _date(value, entry))
    authors = entry.get("author")
    if isinstance(authors, list):
        steps = ((f".author[{index}]", author) for index, author in enumerate(authors))
        item.take_each("bylines", steps, _name)
    elif not is_blank(authors):
        item.refuse("bylines", ".author", "must be a list of names")

    return item


def _headline(value: Any, entry: dict[str, Any]) -> str | None:
    custom = entry.get("custom")
    record = custom.get("record") if isinstance(custom, dict) else None
    # What our own export says of an article whose headline is not known, in any language, is none.
    for words in (ENGLISH, *WORDINGS.values()) if isinstance(record, str) else ():
        if value in {f"[{noun}; {words.record.format(record)}]" for noun in (words.untitled, words.unknown)}:
            return None

    return values_in.headline(_plain(value))


def _plain(value: Any) -> Any:
    # The joiner is what our own export puts into a headline that would be markup.
    return _TAG.sub("", value).replace(f"<{JOINER}", "<") if isinstance(value, str) else value


def _name(value: Any) -> Credit | None:
    if not isinstance(value, dict):
        raise InvalidValue("name", "be an object of CSL-JSON", value)
    literal, family, given, dropping, inner, suffix = (
        _plain(value.get(part) or "")
        for part in ("literal", "family", "given", "dropping-particle", "non-dropping-particle", "suffix")
    )
    for part in (literal, family, given, dropping, inner, suffix):
        if not isinstance(part, str):
            raise InvalidValue("name", "have parts that are text", part)
    if literal and family:
        raise InvalidValue("name", "have either a family name or a literal one", value)
    if literal or not family:
        whole = literal or _joined(given, suffix)
        if not whole.strip() and not all(map(is_blank, value.values())):
            raise InvalidValue("name", "have a family name, a given or a literal one", value)
        return values_in.credit(whole) if whole.strip() else None
    # Particles stay where they are printed: behind the given name, before the family name.
    last, first = _joined(inner, family), _joined(given, dropping)
    person = Person(family, given, static_order=bool(value.get("static-ordering")))

    return values_in.credit(_printed(person, first, last, suffix), last, first)


def _printed(person: Person, first: str, last: str, suffix: str) -> str:
    if not person.spaced:
        return f"{last}{first}"
    parts = (last, first) if person.static_order else (first, last)

    return _joined(*parts, suffix)


def _joined(*parts: str) -> str:
    # No space behind the apostrophe of d'Emilio.
    return re.sub(r"(['’]) ", r"\1", " ".join(part.strip() for part in parts if part.strip()))


def _date(value: Any, entry: dict[str, Any]) -> PartialDate | None:
    recorded = _recorded(value, entry.get("custom"))
    if recorded is not None:
        return recorded
    if not isinstance(value, dict):
        return values_in.date(value)
    points = value.get("date-parts")
    if is_blank(points):
        words = next((value[key] for key in _IN_WORDS if not is_blank(value.get(key))), None)
        if words is None and not all(map(is_blank, value.values())):
            raise InvalidValue("date", f"have date-parts, or one of {', '.join(_IN_WORDS)}", value)
        return None if words is None else values_in.date(words)
    if "season" in value:
        raise InvalidValue("date", "have no season", value)

    return _of_parts(points, "~" if value.get("circa") else "")


def _recorded(issued: Any, custom: Any) -> PartialDate | None:
    """
    The exact date that our own export leaves beside one that CSL cannot say.
    """
    try:
        exact = PartialDate(custom["issued"])
    except (InvalidValue, KeyError, TypeError):
        return None

    return exact if csl_date(exact) == issued else None


def _of_parts(points: Any, qualifier: str) -> PartialDate | None:
    if not isinstance(points, list) or len(points) > _ENDS:
        raise InvalidValue("date-parts", "be one date, or the two ends of a range", points)
    ends = [_point(point) for point in points if not is_blank(point) and point != [None]]

    return PartialDate("/".join(f"{end}{qualifier}" for end in ends)) if ends else None


def _point(point: Any) -> str:
    parts = point if isinstance(point, list) else []
    numbers = [str(part) for part in parts if type(part) in {int, str}]
    if not numbers or len(numbers) != len(parts) or len(numbers) > _PARTS:
        raise InvalidValue("date-parts", "be lists of a year, a month and a day", point)

    return "-".join(number.rjust(length, "0") for number, length in zip(numbers, (4, 2, 2), strict=False))
