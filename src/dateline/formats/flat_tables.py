"""
A corpus as flat tables, the same in every engine: what each table and each column holds.

Articles and entities keep their record as canonical JSON in the last column, which loses nothing;
the other columns repeat what one filters, joins and counts by,
some of it in the form in which predicates compare it (see :mod:`dateline.formats.searchable`).
Columns and tables may be added later; none ever changes its meaning, so that old files stay readable.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter, itemgetter
from typing import Any, Final

from attrs import frozen

from dateline.corpus import Corpus
from dateline.digests import decimal_text, encode
from dateline.fingerprints import sha256
from dateline.formats import searchable
from dateline.formats.flat_columns import (
    Cell,
    Column,
    at,
    dated,
    degrees,
    folded,
    listed,
    offset,
    owner,
    part,
    plain,
    real,
    text,
    word,
)
from dateline.provenance import FieldSource
from dateline.records import Article, Claim, Credit
from dateline.spans import Span


#: The column that counts the rows of each table from 1, and the one that holds the record.
POSITION: Final = "position"
RECORD: Final = "record"

#: Rows that are held at a time, as lists of the values of each column.
ROWS: Final = 2_000

Row = tuple[Any, ...]


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


_DIGEST: Final = Column("digest", sha256, of_bytes=True)
_RECORD: Final = Column(RECORD, bytes.decode, of_bytes=True)
_BASES: Final = Column("bases", lambda record: searchable.bases(record.sources))

_ARTICLES: Final = (
    *plain("id"),
    Column("revision", attrgetter("revision"), Cell.WHOLE),
    word("status"),
    *plain("headline"),
    Column("publisher", at("publisher.name")),
    Column("publisher_entity", at("publisher.entity"), references="entities"),
    listed("bylines", "name"),
    listed("agencies", "name"),
    *dated("published"),
    Column("dateline_place", at("dateline.place")),
    Column("dateline_entity", at("dateline.entity"), references="entities"),
    Column("dateline_date", text("dateline.date")),
    *plain("url", "language"),
    Column("rights", at("rights.uri")),
    Column("rights_holder", at("rights.holder")),
    *plain("abstract"),
    listed("topics", "code"),
    listed("mentions", "entity"),
    Column("text_length", at("text.length"), Cell.WHOLE),
    folded("headline"),
    folded("publisher", "publisher.name"),
    folded("abstract"),
    Column("topics_folded", lambda article: searchable.topics_folded(article.topics), Cell.TEXTS),
    _BASES,
    _DIGEST,
    _RECORD,
)

_CLAIMS: Final = (
    *plain("id"),
    Column("article", lambda claim: claim.id.partition("/")[0], references="articles"),
    *plain("statement"),
    word("kind"),
    Column("claimant", attrgetter("claimant"), references="entities"),
    word("stance"),
    *plain("channel"),
    listed("via"),
    *dated("said"),
    *dated("happened"),
    listed("places"),
    listed("about"),
    folded("statement"),
    Column("amounts", lambda claim: searchable.amounts(claim.quantities)),
    _BASES,
)

_ENTITIES: Final = (
    *plain("id"),
    word("kind"),
    *plain("name"),
    listed("variants"),
    *plain("description", "wikidata", "geonames", "iso3166", "gnd"),
    degrees("latitude"),
    degrees("longitude"),
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
                owner("article"),
                _third("role"),
                part("name"),
                part("entity", references="entities"),
                part("family"),
                part("given"),
            ),
        ),
        Table("topics", _parts("articles", "topics"), (owner("article"), part("code"), part("label"))),
        Table(
            "copies",
            _parts("articles", "copies"),
            (
                owner("article"),
                part("url"),
                part("publisher", "publisher.name"),
                part("publisher_entity", "publisher.entity", references="entities"),
                part("relation", "relation._value_"),
                part("note"),
            ),
        ),
        Table(
            "mentions",
            _mentions,
            # Not "end", which is a word of SQL.
            (owner("article"), _ENTITY, offset("start", "start"), offset("stop", "end")),
        ),
        Table("claim_entities", _named, (owner("claim"), _third("role"), _ENTITY)),
        Table(
            "quantities",
            _parts("claims", "quantities"),
            (
                owner("claim"),
                part("bound", "bound._value_"),
                Column("value", lambda pair: decimal_text(pair[1].value)),
                Column("number", lambda pair: real(pair[1].value), Cell.REAL),
                part("unit"),
                # Not "of", which is a word of SQL.
                part("counted", "of"),
            ),
        ),
        Table(
            "relations",
            _parts("claims", "relations"),
            # The other claim may lie outside of a subset, so it is no reference.
            (owner("claim"), part("kind", "kind._value_"), part("other", "claim"), part("note")),
        ),
        Table(
            "evidence",
            _parts("claims", "evidence"),
            (
                owner("claim"),
                offset("start", "start"),
                offset("stop", "end"),
                part("tag"),
                part("elsewhere", "article"),
            ),
        ),
    )
}
