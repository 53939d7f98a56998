"""
A corpus as flat tables, the same in every engine: what each table and each column holds.

Articles and entities keep their record as canonical JSON in the last column, which loses nothing;
the other columns repeat what one filters, joins and counts by,
some of it in the form in which predicates compare it (see :mod:`dateline.formats.searchable`).
Columns and tables may be added later; none ever changes its meaning, so that old files stay readable.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from enum import Enum
from operator import attrgetter, itemgetter
from typing import Any, Final

from attrs import frozen

from dateline.corpus import Corpus
from dateline.dates import PartialDate
from dateline.digests import decimal_text, encode
from dateline.fingerprints import sha256
from dateline.formats import searchable
from dateline.provenance import FieldSource
from dateline.records import Article, Claim, Credit, Entity
from dateline.spans import Span


#: The column that counts the rows of each table from 1, and the one that holds the record.
POSITION: Final = "position"
RECORD: Final = "record"

#: Rows that are held at a time, as lists of the values of each column.
ROWS: Final = 2_000

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

    #: From what the row is about: a record, or a record and a part of it; or from a record's canonical bytes.
    value: Callable[[Any], Any]

    cell: Cell = Cell.TEXT

    #: The table whose ``id`` is meant.
    references: str | None = None

    #: Whether a value is made from the canonical bytes of the record.
    of_bytes: bool = False


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
        for columns in self.chunks(corpus):
            yield from zip(*columns, strict=True)

    def chunks(self, corpus: Corpus) -> Iterator[list[list[Any]]]:
        """
        The columns of some thousand rows after the other: the positions, then the values of each column.

        Raises:
            InvalidValue: As :meth:`rows`.
        """
        subjects = iter(self.subjects(corpus))
        first = 1
        while some := list(itertools.islice(subjects, ROWS)):
            yield [list(range(first, first + len(some))), *self.values(some)]
            first += len(some)

    def values(self, subjects: list[Any]) -> Iterator[list[Any]]:
        """
        The values of each column for some of the subjects.

        Raises:
            InvalidValue: As :meth:`rows`.
        """
        encoded = list(map(encode, subjects)) if any(column.of_bytes for column in self.columns) else []
        for column in self.columns:
            yield list(map(column.value, encoded if column.of_bytes else subjects))


def _real(value: Decimal) -> float:
    # Adding zero leaves no negative one, of which a record's decimal is not told apart.
    return float(value) + 0.0


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
    """
    What stands under a dotted *path* of a record; None if there is nothing on the way.
    """
    first, *rest = map(attrgetter, path.split("."))
    if not rest:
        return first

    def value(record: Any) -> Any:
        record = first(record)
        for part in rest:
            record = None if record is None else part(record)
        return record

    return value


def _word(name: str) -> Column:
    """
    A column for a field that holds a word of a closed list.
    """
    # Of an enumeration's member the text that it is made from, without asking Python for it.
    return Column(name, attrgetter(f"{name}._value_"))


def _plain(*names: str) -> Iterator[Column]:
    """
    Columns of text for fields of those names.
    """
    return (Column(name, attrgetter(name)) for name in names)


def _dated(name: str) -> Iterator[Column]:
    """
    Columns for a date: as printed, the first and the last day that it may mean, and what lies between.
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
    yield Column(f"{name}_gaps", lambda record: searchable.gaps(getattr(record, name)))


def _listed(name: str, part: str = "") -> Column:
    """
    A column for a field that holds several: the texts, or a *part* of each.
    """
    items = attrgetter(name)
    if not part:
        return Column(name, lambda record: list(items(record)), Cell.TEXTS)
    text = attrgetter(part)

    return Column(name, lambda record: list(map(text, items(record))), Cell.TEXTS)


def _folded(name: str, path: str = "") -> Column:
    text = _text(path or name)
    return Column(f"{name}_folded", lambda record: searchable.folded_or_none(text(record)))


def _degrees(name: str) -> Column:
    def number(entity: Entity) -> float | None:
        value = getattr(entity, name)
        return None if value is None else _real(value)

    return Column(name, number, Cell.REAL)


def _part(name: str, path: str | None = None, references: str | None = None) -> Column:
    """
    A column of text for a field of the second of a pair, whose first is the record that holds it.
    """
    value = _at(path or name)

    return Column(name, lambda pair: value(pair[1]), references=references)


def _owner(name: str) -> Column:
    return Column(name, lambda pair: pair[0].id, references=f"{name}s")


def _offset(name: str, bound: str) -> Column:
    value = attrgetter(bound)

    # A mention may be without a span.
    return Column(name, lambda row: None if row[-1] is None else value(row[-1]), Cell.WHOLE)


_DIGEST: Final = Column("digest", sha256, of_bytes=True)
_RECORD: Final = Column(RECORD, bytes.decode, of_bytes=True)
_BASES: Final = Column("bases", lambda record: searchable.bases(record.sources))

_ARTICLES: Final = (
    *_plain("id"),
    Column("revision", attrgetter("revision"), Cell.WHOLE),
    _word("status"),
    *_plain("headline"),
    Column("publisher", _at("publisher.name")),
    Column("publisher_entity", _at("publisher.entity"), references="entities"),
    _listed("bylines", "name"),
    _listed("agencies", "name"),
    *_dated("published"),
    Column("dateline_place", _at("dateline.place")),
    Column("dateline_entity", _at("dateline.entity"), references="entities"),
    Column("dateline_date", _text("dateline.date")),
    *_plain("url", "language"),
    Column("rights", _at("rights.uri")),
    Column("rights_holder", _at("rights.holder")),
    *_plain("abstract"),
    _listed("topics", "code"),
    _listed("mentions", "entity"),
    Column("text_length", _at("text.length"), Cell.WHOLE),
    _folded("headline"),
    _folded("publisher", "publisher.name"),
    _folded("abstract"),
    Column("topics_folded", lambda article: searchable.topics_folded(article.topics), Cell.TEXTS),
    _BASES,
    _DIGEST,
    _RECORD,
)

_CLAIMS: Final = (
    *_plain("id"),
    Column("article", lambda claim: claim.id.partition("/")[0], references="articles"),
    *_plain("statement"),
    _word("kind"),
    Column("claimant", attrgetter("claimant"), references="entities"),
    _word("stance"),
    *_plain("channel"),
    _listed("via"),
    *_dated("said"),
    *_dated("happened"),
    _listed("places"),
    _listed("about"),
    _folded("statement"),
    Column("amounts", lambda claim: searchable.amounts(claim.quantities)),
    _BASES,
)

_ENTITIES: Final = (
    *_plain("id"),
    _word("kind"),
    *_plain("name"),
    _listed("variants"),
    *_plain("description", "wikidata", "geonames", "iso3166", "gnd"),
    _degrees("latitude"),
    _degrees("longitude"),
    Column("names_folded", searchable.names_folded, Cell.TEXTS),
    _DIGEST,
    _RECORD,
)


def _sourced(corpus: Corpus) -> Iterator[Row]:
    """
    Each field of a record with its source, and the number that this has among the record's sources.
    """
    for article in corpus.values():
        yield from _fields(article.sources, article.id, None, None)
    for claim in corpus.claims.values():
        yield from _fields(claim.sources, None, claim.id, None)
    for entity in corpus.entities.values():
        yield from _fields(entity.sources, None, None, entity.id)


def _fields(sources: Iterable[FieldSource], *owner: str | None) -> Iterator[Row]:
    for number, source in enumerate(sources, 1):
        evidence = list(map(str, source.evidence))
        told = (source.basis.value, evidence, source.reference, source.by, source.note)
        for field in source.fields:
            yield (*owner, field, number, *told)


_SOURCES: Final = tuple(
    Column(name, itemgetter(place), cell, references)
    for place, (name, cell, references) in enumerate(
        (
            ("article", Cell.TEXT, "articles"),
            ("claim", Cell.TEXT, "claims"),
            ("entity", Cell.TEXT, "entities"),
            ("field", Cell.TEXT, None),
            ("source", Cell.WHOLE, None),
            ("basis", Cell.TEXT, None),
            ("evidence", Cell.TEXTS, None),
            ("reference", Cell.TEXT, None),
            # Not "by", which is a word of SQL.
            ("established_by", Cell.TEXT, None),
            ("note", Cell.TEXT, None),
        )
    )
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
    return Column(name, itemgetter(2))


_ENTITY: Final = Column("entity", itemgetter(1), references="entities")

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
                Column("entity", lambda pair: pair[0].id, references="entities"),
                Column("name", itemgetter(1)),
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
                _part("relation", "relation._value_"),
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
                _part("bound", "bound._value_"),
                Column("value", lambda pair: decimal_text(pair[1].value)),
                Column("number", lambda pair: _real(pair[1].value), Cell.REAL),
                _part("unit"),
                # Not "of", which is a word of SQL.
                _part("counted", "of"),
            ),
        ),
        Table(
            "relations",
            _parts("claims", "relations"),
            # The other claim may lie outside of a subset, so it is no reference.
            (_owner("claim"), _part("kind", "kind._value_"), _part("other", "claim"), _part("note")),
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
