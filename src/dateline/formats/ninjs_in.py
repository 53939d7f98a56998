"""
IPTC ninjs read into draft articles: versions 2 and 3, which differ in the case of the names.

What is read: ``headlines`` (the main one), ``infoSources`` (the first publisher, all agencies), ``people``
and ``organisations`` who created it (``by``, if that names others), ``contentCreated`` (else
``firstCreated``), ``altIds`` (role ``canonical-url``), ``language``, ``subjects`` (media topics, if the
language is English), and ``rightsInfo`` (RightsStatements.org) with ``copyrightHolder``.

What is not: ``located``, which need not be printed, and all that is the outlet's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias

from dateline.corpus import Corpus
from dateline.errors import Fault, InvalidDocument
from dateline.formats import values_in
from dateline.formats.drafts import Drafts, Item, drafts
from dateline.formats.foreign_json import decoded, parse_foreign
from dateline.formats.values_in import is_blank


#: The types of news objects that are articles; an object without a type may be one.
ARTICLES: Final = frozenset({"text", "composite", None})

#: How our own export tells a date, since the times of ninjs have an hour.
_PUBLISHED: Final = re.compile(r"Published ([0-9\[][0-9~?%/,\[\]-]*)")

#: Names of ninjs 1 that later versions have not.
_OF_VERSION_1: Final = frozenset({"headline", "byline"})

#: What may stand between names: words for "by" and "and" in some languages. Any other word may be a name.
_BETWEEN: Final = frozenset(
    {
        *("by", "and", "von", "und", "par", "et", "por", "y", "de", "di", "e", "da", "av", "och", "og", "af"),
        *("door", "en", "przez", "i", "oraz", "та", "і", "й", "и", "за"),
    }
)

#: The role of the address under which an article is published.
_CANONICAL: Final = "canonical-url"

#: An object in an array, and where it stands.
_Placed: TypeAlias = tuple[str, dict[str, Any]]

#: Characters of a line of authors, at most, that is compared with their names.
_LINE: Final = 5000


def read(data: bytes, name: str) -> Corpus:
    """
    The articles of a ninjs object, or of an array of them, as drafts; *name* is the file's.

    Raises:
        InvalidDocument: If it is not JSON, or no ninjs object.
        InvalidRecord: If a value could not be taken; all are named, each with its path.

    >>> data = b'{"uri": "urn:x:1", "type": "text", "headlines": [{"value": "Ferry returns"}]}'
    >>> read(data, "ferries.ninjs.json")["ferry-returns"].headline
    'Ferry returns'
    """
    return read_drafts(data, name).complete()


def read_drafts(data: bytes, name: str) -> Drafts:
    """
    As :func:`read`, but what could not be taken is reported, not raised.

    Raises:
        InvalidDocument: If it is not JSON, or no ninjs object.
    """
    value, faults = parse_foreign(decoded(data, name), name)
    items: list[Item] = []
    passed_over: list[Fault] = []
    for path, entry in _entries(value, name):
        # An object has an uri: nothing else is required (ninjs 3.1, "required").
        if not isinstance(entry, dict) or "uri" not in entry:
            passed_over.append(Fault(path, "is no ninjs object, which has an uri"))
        elif "headlines" not in entry and not _OF_VERSION_1.isdisjoint(entry):
            passed_over.append(Fault(path, "is an object of ninjs 1, of which other names are used"))
        elif not isinstance(kind := entry.get("type"), str | None) or kind not in ARTICLES:
            passed_over.append(Fault(path, f"is of the type {kind!r:.40}, not a text"))
        else:
            items.append(_item(entry, path))

    return drafts(items, name, faults, passed_over)


def _entries(value: Any, file: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and "uri" in value:
        return iter([("$", value)])
    if not isinstance(value, list):
        raise InvalidDocument(file, None, "must hold a ninjs object, or an array of them")

    return ((f"$[{index}]", entry) for index, entry in enumerate(value))


def _item(entry: dict[str, Any], path: str) -> Item:
    item = Item(path)
    headlines = list(_objects(item, entry, "headlines", "headline"))
    _take_headline(item, [found for found in headlines if not is_blank(found[1].get("value"))])
    item.take("language", entry.get("language"), ".language", values_in.language)
    _take_parties(item, entry)
    _take_authors(item, entry)
    _take_date(item, entry)
    addresses = [
        found for found in _objects(item, entry, "altIds", "url") if found[1].get("role") == _CANONICAL
    ]
    _take_one(item, "url", addresses, values_in.url)
    _take_topics(item, entry)
    _take_rights(item, entry)

    return item


def _take_date(item: Item, entry: dict[str, Any]) -> None:
    for name in ("contentCreated", "firstCreated"):
        if "published" not in item.values:
            item.take("published", _value(entry, name), f".{_spelt(entry, name)}", values_in.date)
    note = _value(entry, "edNote")
    told = _PUBLISHED.fullmatch(note) if isinstance(note, str) else None
    if told and "published" not in item.values:
        item.take("published", told[1], f".{_spelt(entry, 'edNote')}", values_in.date)


def _take_headline(item: Item, headlines: list[_Placed]) -> None:
    """
    Take the main headline as plain text: the one so named, else the one that is not named.
    """
    plain = [
        (step, headline)
        for step, headline in headlines
        if headline.get("contentType", headline.get("contenttype", "text/plain")) == "text/plain"
    ]
    roles = ([found for found in plain if found[1].get("role") == role] for role in ("main", None))
    main = next(filter(None, roles), [])
    if headlines and not main:
        item.refuse("headline", f"{headlines[0][0]}", "must be plain text, and the main headline")
    _take_one(item, "headline", main, values_in.headline)


def _take_one(item: Item, field: str, found: list[_Placed], parse: Callable[[Any], Any]) -> None:
    """
    Take the value of the first; others must say the same.
    """
    for step, one in found[:1]:
        item.take(field, one.get("value"), f"{step}.value", parse)
    for step, one in found[1:]:
        if one.get("value") != found[0][1].get("value"):
            item.refuse(field, f"{step}.value", f"must be that of {found[0][0]}, or have another role")


def _take_parties(item: Item, entry: dict[str, Any]) -> None:
    agencies = []
    for step, party in _objects(item, entry, "infoSources", "publisher"):
        if party.get("role") == "publisher" and "publisher" not in item.values:
            item.take("publisher", party.get("name"), f"{step}.name", values_in.credit)
        elif party.get("role") == "agency":
            agencies.append((f"{step}.name", party.get("name")))
    item.take_each("agencies", agencies, values_in.credit)


def _take_authors(item: Item, entry: dict[str, Any]) -> None:
    creators = [
        (f"{step}.name", party.get("name"))
        for kind in ("people", "organisations")
        for step, party in _objects(item, entry, kind, "bylines")
        if party.get("rel") == "creator"
    ]
    line = entry.get("by")
    is_told = is_blank(line) or (isinstance(line, str) and _tells_all(line, [name for _, name in creators]))
    named = any(not is_blank(name) for _, name in creators)
    # The line as printed may hold several names, and is not taken apart.
    item.take_each("bylines", creators if named and is_told else [(".by", line)], values_in.credit)


def _tells_all(line: str, names: Iterable[Any]) -> bool:
    """
    Whether nothing but words for "by" and "and" stands in *line* beside the names.
    """
    if len(line) > _LINE:
        return False
    for name in names:
        if not is_blank(name):
            line = line.replace(str(name), " ")

    return _BETWEEN.issuperset(word.casefold() for word in re.findall(r"\w+", line))


def _take_topics(item: Item, entry: dict[str, Any]) -> None:
    if values_in.is_english(item.values.get("language")):
        subjects = _objects(item, entry, "subjects", "topics")
        item.take_each("topics", subjects, lambda found: values_in.topic(found.get("uri"), found.get("name")))


def _take_rights(item: Item, entry: dict[str, Any]) -> None:
    found, holder = _value(entry, "rightsInfo"), _value(entry, "copyrightHolder")
    if isinstance(found, dict):
        step = f".{_spelt(entry, 'rightsInfo')}"
        item.take("rights", _value(found, "linkedRights"), step, lambda uri: values_in.rights(uri, holder))


def _objects(
    item: Item, entry: dict[str, Any], name: str, field: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    found, step = _value(entry, name), f".{_spelt(entry, name)}"
    if is_blank(found):
        return
    for index, one in enumerate(found) if isinstance(found, list) else [(0, None)]:
        if isinstance(one, dict):
            yield f"{step}[{index}]", one
        else:
            item.refuse(field, step, "must be a list of objects")


def _spelt(entry: dict[str, Any], name: str) -> str:
    return name if name in entry else name.lower()


def _value(entry: dict[str, Any], name: str) -> Any:
    return entry.get(_spelt(entry, name))
