"""
schema.org articles read into drafts, out of JSON-LD or of the scripts of an HTML page that hold it.

The properties that are read: ``headline`` (else ``name``), ``publisher``, ``author`` (else ``creator``),
``datePublished``, ``url`` (else ``mainEntityOfPage``), ``inLanguage``, ``about`` (media topics, if the
language is English), and ``usageInfo`` (RightsStatements.org) with ``copyrightHolder``.
No context is fetched: names are taken for those of schema.org, with or without its prefix.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any, Final

from dateline.corpus import Corpus
from dateline.errors import Fault, InvalidDocument, InvalidValue
from dateline.formats import values_in
from dateline.formats.drafts import Drafts, Item, drafts
from dateline.formats.foreign_json import decoded, parse_foreign, step
from dateline.formats.html_scripts import page_text, scripts
from dateline.formats.values_in import is_blank
from dateline.records import Credit, Rights, Topic


#: The types that are articles of news (schema.org 30.0); those of scholars and adverts are not.
ARTICLES: Final = frozenset(
    {
        "AnalysisNewsArticle",
        "Article",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "NewsArticle",
        "OpinionNewsArticle",
        "Report",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
    }
)

#: Where articles stand in something else: not what an article itself refers to.
_CONTAINERS: Final = (
    *("@graph", "@included", "about", "blogPost", "dataFeedElement", "hasPart", "item", "itemListElement"),
    "mainEntity",
)

#: What of nodes with one name must agree, and the fields that it becomes.
_AGREEING: Final = {
    "headline": "headline",
    "datePublished": "published",
    "url": "url",
    "inLanguage": "language",
}

_PREFIXES: Final = ("https://schema.org/", "http://schema.org/", "schema:")

MEDIA_TYPE: Final = "application/ld+json"

Node = Mapping[str, Any]


def read(data: bytes, name: str) -> Corpus:
    """
    The articles of a JSON-LD file or an HTML page as drafts; *name* is the file's.

    Raises:
        InvalidDocument: If it is not JSON, or a page without JSON-LD, or has no article.
        InvalidRecord: If a value could not be taken, or a script is not JSON; all are named, with paths.

    >>> data = b'{"@type": "NewsArticle", "headline": "Ferry returns", "datePublished": "2021-04-01T09:00Z"}'
    >>> read(data, "ferries.jsonld")["2021-04-01-ferry-returns"].published
    PartialDate('2021-04-01')
    """
    return read_drafts(data, name).complete()


def read_drafts(data: bytes, name: str) -> Drafts:
    """
    As :func:`read`, but what could not be taken is reported, not raised.

    Raises:
        InvalidDocument: If it is not JSON, or a page without JSON-LD.
    """
    documents, faults = _documents(data, name)
    known: dict[str, dict[str, Any]] = {}
    for _, node in itertools.chain.from_iterable(_nodes(value, root) for root, value in documents):
        _add(known, node)
    found: dict[str, tuple[str, Node]] = {}
    passed_over: list[Fault] = []
    for root, value in documents:
        articles = dict(_articles(value, root))
        for path, node in articles.items():
            # Nodes with the same name are one (JSON-LD 1.1, section 4.1).
            earlier, merged = found.setdefault(
                _name_of(node) or path, (path, known.get(_name_of(node), node))
            )
            told = f"must be that of {earlier}, which has the same @id"
            faults += [Fault(path + step(key), told, _AGREEING[key]) for key in _differing(node, merged)]
        if not articles:
            passed_over.append(Fault(root, "has no article of schema.org"))
    taken = {*found, *(path for path, _ in found.values())}
    for root, value in documents:
        passed_over += _left(value, root, taken)

    return drafts((_item(node, path, known) for path, node in found.values()), name, faults, passed_over)


def _documents(data: bytes, file: str) -> tuple[list[tuple[str, Any]], list[Fault]]:
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        value, faults = parse_foreign(decoded(data, file), file)
        return [("$", _shortened(value, "$"))], list(faults)
    documents: list[tuple[str, Any]] = []
    problems: list[Fault] = []
    found = list(scripts(page_text(data, file), MEDIA_TYPE))
    if not found:
        raise InvalidDocument(file, None, f"must have a script of the type {MEDIA_TYPE}")
    for number, (line, script) in enumerate(found):
        root = f"script[{number}]"
        try:
            value, script_faults = parse_foreign(script, file, root=root)
        except InvalidDocument as error:
            problems.append(Fault(root, f"{error.problem}, in line {line + (error.line or 1) - 1}"))
        else:
            documents.append((root, _shortened(value, root)))
            problems += script_faults

    return documents, problems


def _shortened(value: Any, root: str) -> Any:
    """
    A document whose names have no prefix, and whose nodes without a name are no other document's.
    """
    if isinstance(value, dict):
        named = {_short(key): _shortened(item, root) for key, item in value.items()}
        # Blank nodes have labels within a document (JSON-LD 1.1, section 4.5.1).
        is_blank_node = _name_of(named).startswith("_:")
        return named | {"@id": f"{named['@id']}@{root}"} if is_blank_node else named

    return [_shortened(item, root) for item in value] if isinstance(value, list) else value


def _short(name: str) -> str:
    prefix = next((prefix for prefix in _PREFIXES if name.startswith(prefix)), "")

    return name.removeprefix(prefix)


def _nodes(value: Any, path: str) -> Iterator[tuple[str, Node]]:
    if isinstance(value, dict):
        yield path, value
        for name, item in value.items():
            yield from _nodes(item, path + step(name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _nodes(item, f"{path}[{index}]")


def _differing(node: Node, merged: Node) -> Iterator[str]:
    return (key for key in _AGREEING if _one(node.get(key)) not in (None, _one(merged.get(key))))


def _left(value: Any, root: str, taken: Container[str]) -> Iterator[Fault]:
    """
    Whatever is called an article, has a title, and is not *taken* by its path or name.
    """
    for path, node in _nodes(value, root):
        kind = next((kind for kind in _types(node) if kind.endswith(("Article", "Posting", "Report"))), None)
        is_known = path in taken or _name_of(node) in taken
        if kind is None or is_known or (is_blank(node.get("headline")) and is_blank(node.get("name"))):
            continue
        if kind in ARTICLES:
            yield Fault(path, "is an article inside of something else, which only refers to it")
        else:
            yield Fault(path, f"is of the type {kind!r:.40}, not a news article")


def _add(known: dict[str, dict[str, Any]], node: Node) -> None:
    name = _name_of(node)
    if name:
        merged = known.setdefault(name, {})
        for key, item in node.items():
            merged.setdefault(key, item)


def _name_of(node: Node) -> str:
    name = node.get("@id")

    return name if isinstance(name, str) else ""


def _articles(value: Any, path: str) -> Iterator[tuple[str, Node]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _articles(item, f"{path}[{index}]")
    elif isinstance(value, dict) and _is_article(value):
        yield path, value
    elif isinstance(value, dict):
        for name in _CONTAINERS:
            yield from _articles(value.get(name), path + step(name))


def _is_article(node: Node) -> bool:
    return not ARTICLES.isdisjoint(_types(node))


def _types(node: Node) -> list[str]:
    types = node.get("@type")

    return [_short(kind) for kind in (types if isinstance(types, list) else [types]) if isinstance(kind, str)]


def _item(node: Node, path: str, known: Mapping[str, Node]) -> Item:
    item = Item(path)
    for name in ("headline", "name"):
        if "headline" not in item.values:
            item.take("headline", node.get(name), step(name), lambda value: values_in.headline(_one(value)))
    item.take("publisher", node.get("publisher"), ".publisher", lambda value: _credit(_one(value), known))
    written = "creator" if is_blank(node.get("author")) else "author"
    item.take_each("bylines", _several(node.get(written), written), lambda value: _credit(value, known))
    published = node.get("datePublished")
    item.take("published", published, ".datePublished", lambda value: values_in.date(_one(value)))
    item.take("language", node.get("inLanguage"), ".inLanguage", _language)
    address = "mainEntityOfPage" if is_blank(node.get("url")) else "url"
    item.take("url", node.get(address), step(address), _addressed(known, optional=address != "url"))
    if values_in.is_english(item.values.get("language")):
        item.take_each("topics", _several(node.get("about"), "about"), lambda value: _topic(value, known))
    item.take("rights", node.get("usageInfo"), ".usageInfo", lambda value: _rights(value, node, known))

    return item


def _several(value: Any, name: str) -> Iterable[tuple[str, Any]]:
    if not isinstance(value, list):
        return [(step(name), value)]

    return ((f"{step(name)}[{index}]", item) for index, item in enumerate(value))


def _one(value: Any) -> Any:
    """
    The value that is meant by a list of one, or by a text with its language.
    """
    while isinstance(value, list) and len(value) == 1:
        value = value[0]

    return value["@value"] if isinstance(value, dict) and "@value" in value else value


def _credit(value: Any, known: Mapping[str, Node]) -> Credit:
    value = _one(value)
    node: Node = {"name": value} if isinstance(value, str) else _resolved(value, known)
    family, given = _one(node.get("familyName")), _one(node.get("givenName"))
    name = _one(node.get("name"))
    if is_blank(name) and isinstance(family, str):
        name = f"{given} {family}" if isinstance(given, str) else family
    if isinstance(name, str) and name.startswith(("http://", "https://")):
        raise InvalidValue("name", "be a name, not an address", name)

    return values_in.credit(name, family, given)


def _resolved(value: Any, known: Mapping[str, Node]) -> Node:
    if not isinstance(value, dict):
        raise InvalidValue("name", "be text, or an object with a name", value)

    return known.get(_name_of(value), value)


def _topic(value: Any, known: Mapping[str, Node]) -> Topic | None:
    found = _one(value)
    node = _resolved(found, known) if isinstance(found, dict) else {}
    label = _one(node.get("name"))
    topics = (values_in.topic(node.get(name), label) for name in ("termCode", "@id", "url"))

    return next(filter(None, topics), None)


def _rights(value: Any, node: Node, known: Mapping[str, Node]) -> Rights | None:
    found, holder = _one(value), _one(node.get("copyrightHolder"))
    if isinstance(holder, dict):
        holder = _one(_resolved(holder, known).get("name"))

    return values_in.rights(_name_of(found) if isinstance(found, dict) else found, holder)


def _language(value: Any) -> str:
    found = _one(value)
    if isinstance(found, dict):
        # A Language has its tag as its other name.
        found = next((found[key] for key in ("alternateName", "name") if not is_blank(found.get(key))), found)

    return values_in.language(found)


def _addressed(known: Mapping[str, Node], *, optional: bool) -> Callable[[Any], str | None]:
    def address(value: Any) -> str | None:
        found = _one(value)
        if isinstance(found, dict):
            node = _resolved(found, known)
            found = _one(node.get("url")) or _name_of(node)
        # The page that an article is on may be named by what is no address.
        if optional and not (isinstance(found, str) and found.startswith("http")):
            return None

        return values_in.url(found)

    return address
