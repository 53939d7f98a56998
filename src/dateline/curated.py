"""
The curated source: TOML files that people edit, with positions instead of quotations, read into a corpus.

Only the exceptions from the usual basis of a field are written: ``inferred.said = "reason"``.
What they leave out is filled in here.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from dateline import files
from dateline.converter import structure
from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.errors import InvalidDocument, InvalidValue, shortened
from dateline.ids import Pin, Version, parse_version
from dateline.records import Article, Claim, Entity, sourced_fields
from dateline.spans import Span
from dateline.strict_json import parse_json
from dateline.vocabulary import Basis


FINGERPRINTS: Final = "fingerprints.json"

#: What may stand beside the articles in the folder of a dataset.
DATASET: Final = "dataset.toml"
ENTITIES: Final = "entities.toml"
SOURCES: Final = "SOURCES.md"

_Plain = dict[str, Any]

#: The usual source of a field, given its name and the record's data; None if there is none.
Default = Callable[[str, _Plain], _Plain | None]

_PLACES_ONLY: Final = ("geonames", "iso3166", "latitude", "longitude")


@frozen(kw_only=True)
class Gap:
    """
    A stretch of a text that no claim or mention covers, or a number that counts nothing, with the reason.
    """

    span: Span

    reason: str


@frozen(kw_only=True)
class Source:
    """
    A curated source as read: the corpus that it makes, and what only curators need.
    """

    version: Version

    corpus: Corpus

    #: For each article what its claims leave out on purpose.
    gaps: Mapping[str, tuple[Gap, ...]]

    #: What was looked up, as Markdown.
    sources: bytes


def read_source(folder: str | os.PathLike[str]) -> Source:
    """
    The curated source in *folder*.

    It has ``dataset.toml``, ``entities.toml``, one TOML file an article, ``SOURCES.md``
    and ``fingerprints.json``.

    Raises:
        NotRead: If one of the files is missing.
        InvalidDocument: If one is not TOML, or its spans have no fingerprints yet.
        InvalidRecord: If it does not make a record; every fault is named with its path.
    """
    root = Path(folder)
    dataset = _toml(root / DATASET)
    version = _version(dataset.pop("version", None))
    description = structure(dataset, Description, DATASET)
    prints = as_table(parse_json(files.read(root / FINGERPRINTS), FINGERPRINTS), "it", FINGERPRINTS)
    gaps: dict[str, tuple[Gap, ...]] = {}
    articles = []
    for path in _article_files(root):
        article, left = _article(_toml(path), path.name, prints)
        articles.append(article)
        gaps[article.id] = left
    articles.sort(key=lambda article: article.id)
    entities = _entities(_toml(root / ENTITIES).get("entities", []), articles)
    corpus = Corpus.of(articles, entities, pin=Pin(description.name, version), description=description)

    return Source(version=version, corpus=corpus, gaps=gaps, sources=_sheet(root / SOURCES))


def drafts(folder: str | os.PathLike[str]) -> Iterator[tuple[str, _Plain]]:
    """
    Each article's file name and plain TOML data, for making fingerprints before there are any.
    """
    for path in _article_files(Path(folder)):
        yield path.name, _toml(path)


def evidence_of(data: _Plain, file: str) -> tuple[Span, ...]:
    """
    The evidence spans of an article's plain TOML data, in order: those of its claims and of what it states.

    Raises:
        InvalidDocument: If what should be a table, a list or a pair is none; *file* is for messages.
        InvalidRecord: If a pair is no span.
    """
    found = set()
    for record in (data, *as_tables(data.get("claims", []), "claims", file)):
        stated = as_table(record.get(Basis.STATED, {}), Basis.STATED, file)
        for pairs in (record.get("evidence", []), *stated.values()):
            found |= {_span_of(pair, file) for pair in as_list(pairs, "evidence", file)}

    return tuple(sorted(found, key=lambda span: (span.start, span.end)))


def furniture_of(data: _Plain, file: str) -> tuple[Span, ...]:
    """
    The furniture spans of an article's plain TOML data; errors as of :func:`evidence_of`.
    """
    return tuple(_span_of(pair, file) for pair in as_list(data.get("furniture", []), "furniture", file))


def as_table(value: Any, what: str, file: str) -> _Plain:
    """
    The *value* if it is a table.

    Raises:
        InvalidDocument: If it is none; *what* and *file* are for the message.
    """
    if not isinstance(value, dict):
        raise InvalidDocument(file, None, f"{what} must be a table, got {shortened(value)}")

    return value


def as_list(value: Any, what: str, file: str) -> list[Any]:
    """
    The *value* if it is a list; errors as of :func:`as_table`.
    """
    if not isinstance(value, list):
        raise InvalidDocument(file, None, f"{what} must be a list, got {shortened(value)}")

    return value


def as_tables(value: Any, what: str, file: str) -> list[_Plain]:
    """
    The *value* if it is a list of tables; errors as of :func:`as_table`.
    """
    return [as_table(item, f"each of {what}", file) for item in as_list(value, what, file)]


def _version(value: Any) -> Version:
    try:
        return parse_version(value)
    except InvalidValue as error:
        raise InvalidDocument(DATASET, None, str(error)) from None


def _sheet(path: Path) -> bytes:
    data = files.read(path)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidDocument(path.name, None, f"must be UTF-8, but byte {error.start} is not") from None

    return data


def _span_of(pair: Any, file: str) -> Span:
    return structure(_plain_span(pair, file), Span, file)


def _plain_span(pair: Any, file: str) -> _Plain:
    if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004 - start and end
        raise InvalidDocument(file, None, f"span must look like [12, 34], got {shortened(pair)}")

    return {"start": pair[0], "end": pair[1]}


def _article_files(root: Path) -> list[Path]:
    return sorted(path for path in root.glob("*.toml") if path.name not in (DATASET, ENTITIES))


def _toml(path: Path) -> _Plain:
    try:
        return tomllib.loads(files.read(path).decode("utf-8"))
    # Bytes that are no UTF-8, and numbers of too many digits, are ValueErrors too.
    except ValueError as error:
        raise InvalidDocument(path.name, None, f"must be TOML: {error}") from None
    except RecursionError:
        raise InvalidDocument(path.name, None, "must be TOML: it nests too deeply") from None


def _article(data: _Plain, file: str, prints: _Plain) -> tuple[Article, tuple[Gap, ...]]:
    identifier = str(data.get("id"))
    if identifier not in prints:
        raise InvalidDocument(
            file, None, f"article {identifier!r} has no fingerprint; make one with: {_MAKE}"
        )
    made = as_table(prints[identifier], identifier, FINGERPRINTS)
    tags = as_table(made.get("tags"), f"tags of {identifier}", FINGERPRINTS)
    text = as_table(made.get("text"), f"text of {identifier}", FINGERPRINTS)
    reader = _Reader(file, identifier, tags)
    gaps = tuple(
        structure({**gap, "span": reader.span(gap.get("span"))}, Gap, file)
        for gap in as_tables(data.pop("uncovered", []), "uncovered", file)
    )
    furniture = reader.spans(data.pop("furniture", []), "furniture")
    plain = reader.sourced(data, Article, _article_default)
    plain["text"] = text | ({"furniture": furniture} if furniture else {})
    plain["mentions"] = [
        {"entity": entity, "spans": reader.spans(pairs, f"mentions of {entity}")}
        for entity, pairs in sorted(as_table(data.pop("mentions", {}), "mentions", file).items())
    ]
    plain["claims"] = [reader.claim(claim) for claim in as_tables(data.pop("claims", []), "claims", file)]

    return structure(plain, Article, file), gaps


_MAKE: Final = "python -m dateline fingerprint SOURCE TEXTS"


@frozen
class _Reader:
    """
    Turns the plain data of one article's file into those of its record.
    """

    file: str

    article: str

    #: The tag of each evidence span, None where it is too short for one.
    tags: Mapping[str, str | None]

    def span(self, pair: Any) -> _Plain:
        return _plain_span(pair, self.file)

    def spans(self, pairs: Any, what: str) -> list[_Plain]:
        return [self.span(pair) for pair in as_list(pairs, what, self.file)]

    def evidence(self, pairs: Any) -> list[_Plain]:
        return [self._tagged(span) for span in self.spans(pairs, "evidence")]

    def _tagged(self, span: _Plain) -> _Plain:
        key = f"{span['start']}-{span['end']}"
        if key not in self.tags:
            raise InvalidDocument(self.file, None, f"evidence {key} has no tag yet; make one with: {_MAKE}")
        tag = self.tags[key]

        return span if tag is None else {**span, "tag": tag}

    def claim(self, data: _Plain) -> _Plain:
        data = {
            **data,
            "id": f"{self.article}/{data.get('id')}",
            "evidence": self.evidence(data.get("evidence", [])),
        }
        if "relations" in data:
            relations = as_tables(data["relations"], "relations", self.file)
            data["relations"] = [self._relation(relation) for relation in relations]

        return self.sourced(data, Claim, _claim_default)

    def _relation(self, relation: _Plain) -> _Plain:
        claim = str(relation.get("claim"))
        return {**relation, "claim": claim if "/" in claim else f"{self.article}/{claim}"}

    def sourced(self, data: _Plain, kind: type, default: Default) -> _Plain:
        """
        The data without their exceptions, and with the sources that these and the defaults make.
        """
        plain = {key: value for key, value in data.items() if key not in (*Basis, "mentions", "claims")}
        sources = dict(self._exceptions(data))
        for name in sourced_fields(kind):
            usual = default(name, plain)
            if name not in sources and usual is not None:
                sources[name] = usual
        plain["sources"] = grouped(sources, sourced_fields(kind))

        return plain

    def _exceptions(self, data: _Plain) -> Iterator[tuple[str, _Plain]]:
        for basis in Basis:
            for name, value in as_table(data.get(basis, {}), basis, self.file).items():
                source: _Plain = {"basis": basis.value}
                if basis is Basis.STATED:
                    source["evidence"] = self.evidence(value)
                elif isinstance(value, dict):
                    source |= value
                else:
                    source["reference" if basis is Basis.LOOKED_UP else "note"] = value
                yield name, source


def _article_default(name: str, plain: _Plain) -> _Plain | None:
    return {"basis": "curated"} if name in ("abstract", "topics") else None


def _claim_default(name: str, plain: _Plain) -> _Plain:
    if name in ("statement", "kind", "stance", "relations"):
        return {"basis": "curated"}
    if plain.get(name):
        return {"basis": "stated", "evidence": plain["evidence"]}

    return {"basis": "unknown" if name in ("channel", "said", "happened") else "absent"}


def _entity_default(name: str, plain: _Plain) -> _Plain:
    identifier = str(plain.get("id"))
    if name in ("kind", "description") and plain.get(name):
        return {"basis": "curated"}
    if plain.get(name):
        return {"basis": "looked_up", "reference": f"{SOURCES}#{identifier.replace('/', '-')}"}
    applies = name in ("wikidata", "gnd") or (name in _PLACES_ONLY and identifier.startswith("place/"))

    return {"basis": "unknown" if applies else "absent"}


def grouped(sources: Mapping[str, _Plain], order: tuple[str, ...]) -> list[_Plain]:
    """
    Sources by field as a list of sources with fields: those alike become one, in *order*.

    >>> grouped({"b": {"basis": "curated"}, "a": {"basis": "curated"}}, ("a", "b"))
    [{'fields': ['a', 'b'], 'basis': 'curated'}]
    """
    places = {name: place for place, name in enumerate(order)}
    found: list[tuple[_Plain, list[str]]] = []
    for name in sorted(sources, key=lambda name: (places.get(name.partition(".")[0], len(places)), name)):
        for source, fields in found:
            if source == sources[name]:
                fields.append(name)
                break
        else:
            found.append((sources[name], [name]))

    return [{"fields": fields, **source} for source, fields in found]


def _entities(tables: Any, articles: list[Article]) -> list[Entity]:
    entities = [_entity(dict(table), articles) for table in as_tables(tables, "entities", ENTITIES)]

    return sorted(entities, key=lambda entity: entity.id)


def _entity(data: _Plain, articles: list[Article]) -> Entity:
    identifier = str(data.get("id"))
    data.setdefault("kind", identifier.partition("/")[0])
    mentions = _mentions(identifier, articles)

    def default(name: str, plain: _Plain) -> _Plain:
        # A variant is what is printed, so the mentions are the evidence for it.
        if name == "variants" and plain.get(name) and mentions:
            return {"basis": "stated", "evidence": mentions}
        return _entity_default(name, plain)

    plain = _Reader(ENTITIES, identifier, {}).sourced(data, Entity, default)

    return structure(plain, Entity, f"{ENTITIES}: {identifier}")


def _mentions(identifier: str, articles: list[Article]) -> list[_Plain]:
    return [
        {"start": span.start, "end": span.end, "article": article.id}
        for article in articles
        for mention in article.mentions
        if mention.entity == identifier
        for span in mention.spans
    ]
