"""
A corpus as flat tables, the same in every engine: what each table and each column holds.

Articles and entities keep their record as canonical JSON in the last column, which loses nothing;
the other columns repeat what one filters, joins and counts by.
Columns and tables may be added later; none ever changes its meaning, so that old files stay readable.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any, Final

from attrs import frozen

from dateline.corpus import Corpus
from dateline.dates import PartialDate
from dateline.digests import decimal_text, encode, record_digest
from dateline.provenance import FieldSource
from dateline.records import Article, Claim, Credit, Entity
from dateline.spans import Span


#: The column that counts the rows of each table from 1, and the one that holds the record.
POSITION: Final = "position"
RECORD: Final = "record"

Row = tuple[Any, ...]


class Cell(Enum):
    """
    What a column holds, besides None.
    """

    TEXT = "text"
    WHOLE = "whole number"
    REAL = "floating-point number, rounded from the record's exact decimal"
    DAY = "day of the calendar"
    TEXTS = "list of texts"


@frozen
class Column:
    """
    A column of a table.
    """

    name: str

    #: From what the row is about: a record, or a record and a part of it.
    value: Callable[[Any], Any]

    cell: Cell = Cell.TEXT

    #: The table whose ``id`` is meant.
    references: str | None = None


@frozen
class Table:
    """
    A table: what its rows are about, in order, and its columns beside the position.
    """

    name: str

    subjects: Callable[[Corpus], Iterable[Any]]

    columns: tuple[Column, ...]

    def rows(self, corpus: Corpus) -> Iterator[Row]:
        """
        Each row: its position, then a value for each column.

        Raises:
            InvalidValue: If a text holds a lone surrogate.

        >>> from dateline.testing import tiny_corpus
        >>> next(TABLES["variants"].rows(tiny_corpus()))
        (1, 'group/shopkeepers-of-old-quay', 'Shopkeepers')
        """
        for position, subject in enumerate(self.subjects(corpus), 1):
            yield (position, *(column.value(subject) for column in self.columns))


def _text(path: str) -> Callable[[Any], str | None]:
    """
    What stands under a dotted *path* of a record, as text; None if there is nothing on the way.
    """
    value_of = _at(path)

    def text(record: Any) -> str | None:
        value = value_of(record)
        return None if value is None else str(value)

    return text


def _at(path: str) -> Callable[[Any], Any]:
    names = path.split(".")

    def value(record: Any) -> Any:
        for name in names:
            record = None if record is None else getattr(record, name)
        return record

    return value


def _plain(*names: str) -> Iterator[Column]:
    """
    Columns of text for fields of those names.
    """
    return (Column(name, _text(name)) for name in names)


def _dated(name: str) -> Iterator[Column]:
    """
    Columns for a date: as printed, and the first and the last day that it may mean.
    """

    def earliest(record: Any) -> datetime.date | None:
        date: PartialDate | None = getattr(record, name)
        return None if date is None else date.earliest

    def latest(record: Any) -> datetime.date | None:
        date: PartialDate | None = getattr(record, name)
        return None if date is None else date.latest

    yield Column(name, _text(name))
    yield Column(f"{name}_earliest", earliest, Cell.DAY)
    yield Column(f"{name}_latest", latest, Cell.DAY)


def _listed(name: str, part: str = "") -> Column:
    """
    A column for a field that holds several: the texts, or a *part* of each.
    """
    text = _text(part) if part else str

    return Column(name, lambda record: [text(item) for item in getattr(record, name)], Cell.TEXTS)


def _degrees(name: str) -> Column:
    def number(entity: Entity) -> float | None:
        value = getattr(entity, name)
        return None if value is None else float(value)

    return Column(name, number, Cell.REAL)


def _part(name: str, path: str | None = None, references: str | None = None) -> Column:
    """
    A column of text for a field of the second of a pair, whose first is the record that holds it.
    """
    text = _text(path or name)

    return Column(name, lambda pair: text(pair[1]), references=references)


def _owner(name: str) -> Column:
    return Column(name, lambda pair: str(pair[0].id), references=f"{name}s")


def _offset(name: str, bound: str) -> Column:
    value = _at(bound)

    return Column(name, lambda pair: value(pair[-1]), Cell.WHOLE)


_DIGEST: Final = Column("digest", lambda record: str(record_digest(record)))
_RECORD: Final = Column(RECORD, lambda record: encode(record).decode())

_ARTICLES: Final = (
    Column("id", _text("id")),
    Column("revision", _at("revision"), Cell.WHOLE),
    *_plain("status", "headline"),
    Column("publisher", _text("publisher.name")),
    Column("publisher_entity", _text("publisher.entity"), references="entities"),
    _listed("bylines", "name"),
    _listed("agencies", "name"),
    *_dated("published"),
    Column("dateline_place", _text("dateline.place")),
    Column("dateline_entity", _text("dateline.entity"), references="entities"),
    Column("dateline_date", _text("dateline.date")),
    *_plain("url", "language"),
    Column("rights", _text("rights.uri")),
    Column("rights_holder", _text("rights.holder")),
    *_plain("abstract"),
    _listed("topics", "code"),
    _listed("mentions", "entity"),
    Column("text_length", _at("text.length"), Cell.WHOLE),
    _DIGEST,
    _RECORD,
)

_CLAIMS: Final = (
    Column("id", _text("id")),
    Column("article", lambda claim: claim.id.partition("/")[0], references="articles"),
    *_plain("statement", "kind"),
    Column("claimant", _text("claimant"), references="entities"),
    *_plain("stance", "channel"),
    _listed("via"),
    *_dated("said"),
    *_dated("happened"),
    _listed("places"),
    _listed("about"),
)

_ENTITIES: Final = (
    *_plain("id", "kind", "name"),
    _listed("variants"),
    *_plain("description", "wikidata", "geonames", "iso3166", "gnd"),
    _degrees("latitude"),
    _degrees("longitude"),
    _DIGEST,
    _RECORD,
)


@frozen
class _Sourced:
    """
    A field of a record, with its source and the number that this has among the record's sources.
    """

    record: Article | Claim | Entity
    number: int
    source: FieldSource
    field: str


def _sourced(corpus: Corpus) -> Iterator[_Sourced]:
    records: Iterable[Article | Claim | Entity] = itertools.chain[Article | Claim | Entity](
        corpus.values(), corpus.claims.values(), corpus.entities.values()
    )
    for record in records:
        for number, source in enumerate(record.sources, 1):
            for field in source.fields:
                yield _Sourced(record, number, source, field)


def _only(kind: type) -> Callable[[_Sourced], str | None]:
    return lambda row: str(row.record.id) if isinstance(row.record, kind) else None


_SOURCES: Final = (
    Column("article", _only(Article), references="articles"),
    Column("claim", _only(Claim), references="claims"),
    Column("entity", _only(Entity), references="entities"),
    Column("field", _text("field")),
    Column("source", _at("number"), Cell.WHOLE),
    Column("basis", _text("source.basis")),
    Column("evidence", lambda row: list(map(str, row.source.evidence)), Cell.TEXTS),
    Column("reference", _text("source.reference")),
    # Not "by", which is a word of SQL.
    Column("established_by", _text("source.by")),
    Column("note", _text("source.note")),
)


def _parts(container: str, field: str) -> Callable[[Corpus], Iterator[tuple[Any, Any]]]:
    """
    Each item of a *field* of the records of a kind, after the record that holds it.
    """
    return lambda corpus: (
        (record, item) for record in getattr(corpus, container).values() for item in getattr(record, field)
    )


def _credits(corpus: Corpus) -> Iterator[tuple[Article, Credit, str]]:
    for article in corpus.values():
        if article.publisher is not None:
            yield article, article.publisher, "publisher"
        for role, found in (("byline", article.bylines), ("agency", article.agencies)):
            yield from ((article, credit, role) for credit in found)


def _mentions(corpus: Corpus) -> Iterator[tuple[Article, str, Span | None]]:
    for article in corpus.values():
        for mention in article.mentions:
            # One that has no span is a mention all the same.
            yield from ((article, mention.entity, span) for span in mention.spans or (None,))


def _named(corpus: Corpus) -> Iterator[tuple[Claim, str, str]]:
    for claim in corpus.claims.values():
        for role, entities in (("via", claim.via), ("place", claim.places), ("about", claim.about)):
            yield from ((claim, entity, role) for entity in entities)


def _third(name: str) -> Column:
    return Column(name, lambda row: row[2])


_ENTITY: Final = Column("entity", lambda row: str(row[1]), references="entities")

#: Every table by its name; a table stands after those that it refers to.
TABLES: Final = {
    table.name: table
    for table in (
        Table("entities", lambda corpus: corpus.entities.values(), _ENTITIES),
        Table("articles", lambda corpus: corpus.articles.values(), _ARTICLES),
        Table("claims", lambda corpus: corpus.claims.values(), _CLAIMS),
        Table("sources", _sourced, _SOURCES),
        Table(
            "variants",
            _parts("entities", "variants"),
            (
                Column("entity", lambda pair: str(pair[0].id), references="entities"),
                Column("name", lambda pair: pair[1]),
            ),
        ),
        Table(
            "credits",
            _credits,
            (
                _owner("article"),
                _third("role"),
                _part("name"),
                _part("entity", references="entities"),
                _part("family"),
                _part("given"),
            ),
        ),
        Table("topics", _parts("articles", "topics"), (_owner("article"), _part("code"), _part("label"))),
        Table(
            "copies",
            _parts("articles", "copies"),
            (
                _owner("article"),
                _part("url"),
                _part("publisher", "publisher.name"),
                _part("publisher_entity", "publisher.entity", references="entities"),
                _part("relation"),
                _part("note"),
            ),
        ),
        Table(
            "mentions",
            _mentions,
            # Not "end", which is a word of SQL.
            (_owner("article"), _ENTITY, _offset("start", "start"), _offset("stop", "end")),
        ),
        Table("claim_entities", _named, (_owner("claim"), _third("role"), _ENTITY)),
        Table(
            "quantities",
            _parts("claims", "quantities"),
            (
                _owner("claim"),
                _part("bound"),
                Column("value", lambda pair: decimal_text(pair[1].value)),
                Column("number", lambda pair: float(pair[1].value), Cell.REAL),
                _part("unit"),
                # Not "of", which is a word of SQL.
                _part("counted", "of"),
            ),
        ),
        Table(
            "relations",
            _parts("claims", "relations"),
            # The other claim may lie outside of a subset, so it is no reference.
            (_owner("claim"), _part("kind"), _part("other", "claim"), _part("note")),
        ),
        Table(
            "evidence",
            _parts("claims", "evidence"),
            (
                _owner("claim"),
                _offset("start", "start"),
                _offset("stop", "end"),
                _part("tag"),
                _part("elsewhere", "article"),
            ),
        ),
    )
}
