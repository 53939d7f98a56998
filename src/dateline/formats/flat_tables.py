"""
A corpus as flat tables, the same in every engine: what each table and each column holds.

Articles and entities keep their record as canonical JSON in the last column, which loses nothing;
the other columns repeat what one filters, joins and counts by,
some of it in the form in which predicates compare it (see :mod:`dateline.formats.searchable`).
Columns and tables may be added later; none ever changes its meaning, so that old files stay readable.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import Any, Final

from attrs import evolve, frozen

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
    each,
    folded,
    if_any,
    itself,
    listed,
    owner,
    part,
    plain,
    real,
    within,
    word,
)
from dateline.provenance import FieldSource
from dateline.records import Article, Claim, Credit, Entity
from dateline.spans import Span


#: The column that counts the rows of each table from 1, and those of a record and its digest.
POSITION: Final = "position"
RECORD: Final = "record"
DIGEST: Final = "digest"

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

    #: Whether a row is about a record, and not about several things, such as an id and a topic.
    of_records: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """
        The names of the columns, with that of the position.
        """
        return (POSITION, *(column.name for column in self.columns))

    def only(self, names: Iterable[str]) -> Table:
        """
        The table with no other columns than those, and the position.

        >>> TABLES["topics"].only(["code"]).names
        ('position', 'code')
        """
        kept = set(names)

        return evolve(self, columns=tuple(column for column in self.columns if column.name in kept))

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

    def chunks(self, corpus: Corpus) -> Iterator[list[Sequence[Any]]]:
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

    def values(self, subjects: Sequence[Any]) -> Iterator[Sequence[Any]]:
        """
        The values of each column for some of the subjects.

        Raises:
            InvalidValue: As :meth:`rows`.
        """
        parts = (subjects,) if self.of_records else tuple(zip(*subjects, strict=True))
        encoded = list(map(encode, subjects)) if any(column.of_bytes for column in self.columns) else []
        for column in self.columns:
            yield column.values(encoded if column.of_bytes else parts[column.of])


_DIGEST: Final = Column(DIGEST, each(sha256), of_bytes=True)
_RECORD: Final = Column(RECORD, each(bytes.decode), of_bytes=True)
_BASES: Final = Column("bases", lambda some: [searchable.bases(record.sources) for record in some])

_ARTICLES: Final = (
    *plain("id"),
    Column("revision", at("revision"), Cell.WHOLE),
    word("status"),
    *plain("headline"),
    Column("publisher", within("publisher", "name")),
    Column("publisher_entity", within("publisher", "entity"), references="entities"),
    listed("bylines", "name"),
    listed("agencies", "name"),
    *dated("published"),
    Column("dateline_place", within("dateline", "place")),
    Column("dateline_entity", within("dateline", "entity"), references="entities"),
    Column("dateline_date", if_any(str, within("dateline", "date"))),
    *plain("url", "language"),
    Column("rights", within("rights", "uri")),
    Column("rights_holder", within("rights", "holder")),
    *plain("abstract"),
    listed("topics", "code"),
    listed("mentions", "entity"),
    Column("text_length", within("text", "length"), Cell.WHOLE),
    folded("headline", at("headline")),
    folded("publisher", within("publisher", "name")),
    folded("abstract", at("abstract")),
    Column("words_folded", each(searchable.words_folded)),
    Column(
        "topics_folded",
        lambda some: [searchable.topics_folded(article.topics) for article in some],
        Cell.TEXTS,
    ),
    _BASES,
    _DIGEST,
    _RECORD,
)

_CLAIMS: Final = (
    *plain("id"),
    Column("article", lambda some: [claim.id.partition("/")[0] for claim in some], references="articles"),
    *plain("statement"),
    word("kind"),
    Column("claimant", at("claimant"), references="entities"),
    word("stance"),
    *plain("channel"),
    listed("via"),
    *dated("said"),
    *dated("happened"),
    listed("places"),
    listed("about"),
    folded("statement", at("statement")),
    Column("amounts", lambda some: [searchable.amounts(claim.quantities) for claim in some]),
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
    Column("names_folded", each(searchable.names_folded), Cell.TEXTS),
    _DIGEST,
    _RECORD,
)


def _articles(corpus: Corpus) -> Iterable[Article]:
    return corpus.articles.values()


def _claims(corpus: Corpus) -> Iterator[Claim]:
    # Not corpus.claims, which is made to look for one of them.
    return (claim for article in _articles(corpus) for claim in article.claims)


def _entities(corpus: Corpus) -> Iterable[Entity]:
    return corpus.entities.values()


def _sourced(corpus: Corpus) -> Iterator[Row]:
    """
    Each field of a record with its source, and the number that this has among the record's sources.

    The record's id stands in the place of its kind: an article's, a claim's or an entity's.
    """
    told = itertools.chain(
        (((article.id, None, None), article.sources) for article in _articles(corpus)),
        (((None, claim.id, None), claim.sources) for claim in _claims(corpus)),
        (((None, None, entity.id), entity.sources) for entity in _entities(corpus)),
    )

    return (
        (owner, field, number, source)
        for owner, sources in told
        for number, source in enumerate(sources, 1)
        for field in source.fields
    )


def _evidence(some: Sequence[FieldSource]) -> list[list[str]]:
    # Most have none.
    return [list(map(str, source.evidence)) if source.evidence else [] for source in some]


_SOURCES: Final = (
    Column("article", each(itemgetter(0)), references="articles"),
    Column("claim", each(itemgetter(1)), references="claims"),
    Column("entity", each(itemgetter(2)), references="entities"),
    Column("field", itself, of=1),
    Column("source", itself, Cell.WHOLE, of=2),
    word("basis", of=3),
    Column("evidence", _evidence, Cell.TEXTS, of=3),
    Column("reference", at("reference"), of=3),
    # Not "by", which is a word of SQL.
    Column("established_by", at("by"), of=3),
    Column("note", at("note"), of=3),
)


def _parts(
    records: Callable[[Corpus], Iterable[Any]], field: str
) -> Callable[[Corpus], Iterator[tuple[str, Any]]]:
    """
    Each item of a *field* of some records, after the id of the record that holds it.
    """
    items = attrgetter(field)

    return lambda corpus: ((record.id, item) for record in records(corpus) for item in items(record))


def _credits(corpus: Corpus) -> Iterator[tuple[str, Credit, str]]:
    for article in _articles(corpus):
        if article.publisher is not None:
            yield article.id, article.publisher, "publisher"
        for role, found in (("byline", article.bylines), ("agency", article.agencies)):
            for credit in found:
                yield article.id, credit, role


def _mentions(corpus: Corpus) -> Iterator[tuple[str, str, Span | None]]:
    # One that has no span is a mention all the same.
    return (
        (article.id, mention.entity, span)
        for article in _articles(corpus)
        for mention in article.mentions
        for span in mention.spans or (None,)
    )


def _named(corpus: Corpus) -> Iterator[tuple[str, str, str]]:
    return (
        (claim.id, entity, role)
        for claim in _claims(corpus)
        for role, entities in (("via", claim.via), ("place", claim.places), ("about", claim.about))
        for entity in entities
    )


def _offset(name: str, bound: str) -> Column:
    """
    A column for the start or the end of a span that need not be there.
    """
    return Column(name, if_any(attrgetter(bound), itself), Cell.WHOLE, of=2)


_ENTITY: Final = Column("entity", itself, references="entities", of=1)
_ROLE: Final = Column("role", itself, of=2)

#: Every table by its name; a table stands after those that it refers to.
TABLES: Final = {
    table.name: table
    for table in (
        Table("entities", _entities, _ENTITIES, of_records=True),
        Table("articles", _articles, _ARTICLES, of_records=True),
        Table("claims", _claims, _CLAIMS, of_records=True),
        Table("sources", _sourced, _SOURCES),
        Table(
            "variants",
            _parts(_entities, "variants"),
            (Column("entity", itself, references="entities"), Column("name", itself, of=1)),
        ),
        Table(
            "credits",
            _credits,
            (
                owner("article"),
                _ROLE,
                part("name"),
                part("entity", references="entities"),
                part("family"),
                part("given"),
            ),
        ),
        Table("topics", _parts(_articles, "topics"), (owner("article"), part("code"), part("label"))),
        Table(
            "copies",
            _parts(_articles, "copies"),
            (
                owner("article"),
                part("url"),
                part("publisher", "publisher.name"),
                part("publisher_entity", "publisher.entity", "entities"),
                word("relation", of=1),
                part("note"),
            ),
        ),
        Table(
            "mentions",
            _mentions,
            # Not "end", which is a word of SQL.
            (owner("article"), _ENTITY, _offset("start", "start"), _offset("stop", "end")),
        ),
        Table("claim_entities", _named, (owner("claim"), _ROLE, _ENTITY)),
        Table(
            "quantities",
            _parts(_claims, "quantities"),
            (
                owner("claim"),
                word("bound", of=1),
                Column("value", lambda some: [decimal_text(quantity.value) for quantity in some], of=1),
                Column("number", lambda some: [real(quantity.value) for quantity in some], Cell.REAL, of=1),
                part("unit"),
                # Not "of", which is a word of SQL.
                part("counted", "of"),
            ),
        ),
        Table(
            "relations",
            _parts(_claims, "relations"),
            # The other claim may lie outside of a subset, so it is no reference.
            (owner("claim"), word("kind", of=1), part("other", "claim"), part("note")),
        ),
        Table(
            "evidence",
            _parts(_claims, "evidence"),
            (
                owner("claim"),
                part("start", cell=Cell.WHOLE),
                part("stop", "end", cell=Cell.WHOLE),
                part("tag"),
                part("elsewhere", "article"),
            ),
        ),
    )
}
