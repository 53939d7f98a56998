"""
The coded rules: each a function whose docstring is its message, told once.

Codes beginning with E are errors, which a release may not have; those with W are warnings.
E0 and E4 concern documents and releases, E1 the sources of fields, E2 spans,
E3 what records say of one another.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from attrs import frozen

from dateline.corpus import Corpus
from dateline.provenance import FieldSource
from dateline.records import Article, Claim, Entity, sourced_fields
from dateline.spans import Span
from dateline.vocabulary import EMPTY_BASES, Basis


#: Words in a claim's statement and in an abstract, at most.
STATEMENT_WORDS: Final = 40
ABSTRACT_WORDS: Final = 60

#: Degrees.
POLE: Final = 90
ANTIMERIDIAN: Final = 180


@frozen
class Finding:
    """
    One place where a rule is broken.
    """

    #: Of the rule, such as ``E101``.
    code: str

    #: The id of the record, or the file and line.
    where: str

    #: What is wrong there.
    detail: str

    @property
    def message(self) -> str:
        """
        What the rule says.
        """
        return MESSAGES[self.code]

    @property
    def is_error(self) -> bool:
        """
        Whether it keeps a release from being made.
        """
        return self.code.startswith("E")

    def __str__(self) -> str:
        return f"{self.where}: {self.code} {self.message} ({self.detail})"


#: What each code says.
MESSAGES: Final[dict[str, str]] = {
    "E001": "A record keeps the rules of its own fields",
    "E002": "A document is well-formed JSON that all readers take alike",
    "E201": "A span ends after it starts",
    "E302": "A quantity has a unit",
    "E305": "An id stands once",
    "E401": "An id that was released stays",
    "E402": "The lines of a release are canonical bytes, sorted by id",
    "E403": "A release has the digests of its manifest",
    "E405": "An article that has changed has a higher revision",
    "E404": "A section of SOURCES.md that is referred to exists",
    "E406": "The records of a file are those that its heading names",
}

#: What the strict door refuses, by the subject of the refusal, under the code of the rule.
DOOR_CODES: Final = {"span": "E201", "unit": "E302", "duplicate id": "E305"}

Record = Article | Claim | Entity
RecordRule = Callable[[Any], Iterator[str]]
CorpusRule = Callable[[Corpus], Iterator[tuple[str, str]]]

RECORD_RULES: Final[dict[str, RecordRule]] = {}
CORPUS_RULES: Final[dict[str, CorpusRule]] = {}


def _record_rule(code: str) -> Callable[[RecordRule], RecordRule]:
    def register(rule: RecordRule) -> RecordRule:
        MESSAGES[code] = _message(rule)
        RECORD_RULES[code] = rule
        return rule

    return register


def _corpus_rule(code: str) -> Callable[[CorpusRule], CorpusRule]:
    def register(rule: CorpusRule) -> CorpusRule:
        MESSAGES[code] = _message(rule)
        CORPUS_RULES[code] = rule
        return rule

    return register


def _message(rule: Callable[..., Any]) -> str:
    return " ".join((rule.__doc__ or "").split()).removesuffix(".")


@_record_rule("E101")
def uncovered(record: Record) -> Iterator[str]:
    """
    Every field has a source.
    """
    covered = {name for source in record.sources for name in source.fields}
    yield from (name for name in sourced_fields(type(record)) if name not in covered)


@_record_rule("E102")
def no_such_field(record: Record) -> Iterator[str]:
    """
    A source names fields that the record has and that need one.
    """
    yield from (name for name in _named(record) if not _is_field(record, name))


@_record_rule("E103")
def covered_twice(record: Record) -> Iterator[str]:
    """
    No field has two sources.
    """
    names = _named(record)
    yield from sorted({name for name in names if names.count(name) > 1})


@_record_rule("E104")
def empty_with_basis(record: Record) -> Iterator[str]:
    """
    An empty field is absent or unknown.
    """
    for name, value, source in _sourced(record):
        if value in (None, ()) and source.basis not in EMPTY_BASES and name not in _MAY_BE_EMPTY:
            yield f"{name} is {source.basis}"


@_record_rule("E105")
def value_without_basis(record: Record) -> Iterator[str]:
    """
    A field with a value is neither absent nor unknown.
    """
    for name, value, source in _sourced(record):
        if value not in (None, ()) and source.basis in EMPTY_BASES:
            yield f"{name} is {source.basis}"


@_record_rule("E106")
def stated_without_evidence(record: Record) -> Iterator[str]:
    """
    What is stated has evidence.
    """
    yield from _lacking(record, Basis.STATED, "evidence")


@_record_rule("E107")
def looked_up_without_reference(record: Record) -> Iterator[str]:
    """
    What is looked up has a reference.
    """
    yield from _lacking(record, Basis.LOOKED_UP, "reference")


@_record_rule("E108")
def inferred_without_note(record: Record) -> Iterator[str]:
    """
    What is inferred has a note with the reason.
    """
    yield from _lacking(record, Basis.INFERRED, "note")


@_record_rule("E202")
def beyond_text(record: Record) -> Iterator[str]:
    """
    A span lies within the text.
    """
    if isinstance(record, Article) and record.text is not None:
        for what, spans in _span_groups(record):
            yield from (f"{what}: {span}" for span in spans if span.end > record.text.length)


@_record_rule("E203")
def overlapping(record: Record) -> Iterator[str]:
    """
    Spans that belong together do not overlap and are in order.
    """
    if isinstance(record, Article):
        for what, spans in _span_groups(record):
            for before, after in itertools.pairwise(spans):
                if after.start < before.end:
                    yield f"{what}: {before} and {after}"


@_record_rule("E204")
def without_evidence(record: Record) -> Iterator[str]:
    """
    A claim has evidence.
    """
    if isinstance(record, Claim) and not record.evidence:
        yield "evidence is empty"


@_record_rule("E301")
def related_to_itself(record: Record) -> Iterator[str]:
    """
    A claim is not related to itself.
    """
    if isinstance(record, Claim):
        yield from (relation.kind for relation in record.relations if relation.claim == record.id)


@_record_rule("E303")
def said_after_publication(record: Record) -> Iterator[str]:
    """
    Nothing is certainly said after it was published.
    """
    if isinstance(record, Article) and record.published is not None:
        for claim in record.claims:
            said = claim.said
            if said is not None and not said.qualifier and said.earliest > record.published.latest:
                yield f"{claim.id}: {said} is after {record.published}"


@_record_rule("E306")
def kind_of_entity(record: Record) -> Iterator[str]:
    """
    An entity's id begins with its kind.
    """
    if isinstance(record, Entity) and record.id.partition("/")[0] != record.kind:
        yield record.kind


@_record_rule("E307")
def coordinates(record: Record) -> Iterator[str]:
    """
    Coordinates come in pairs and lie on the globe; only places have them, or codes of places.
    """
    if not isinstance(record, Entity):
        return
    latitude, longitude = record.latitude, record.longitude
    if record.kind != "place":
        names = ("latitude", "longitude", "geonames", "iso3166")
        yield from (name for name in names if getattr(record, name) is not None)
    elif (latitude is None) != (longitude is None):
        yield "only one of a pair"
    elif abs(latitude or Decimal(0)) > POLE or abs(longitude or Decimal(0)) > ANTIMERIDIAN:
        yield f"{latitude}, {longitude}"


@_record_rule("W301")
def long_statement(record: Record) -> Iterator[str]:
    """
    A statement has at most 40 words.
    """
    if isinstance(record, Claim) and len(record.statement.split()) > STATEMENT_WORDS:
        yield f"{len(record.statement.split())} words"


@_record_rule("W302")
def long_abstract(record: Record) -> Iterator[str]:
    """
    An abstract has at most 60 words.
    """
    if isinstance(record, Article) and len((record.abstract or "").split()) > ABSTRACT_WORDS:
        yield f"{len((record.abstract or '').split())} words"


@_corpus_rule("E304")
def dangling(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """
    Every id that is referred to exists.
    """
    for article in corpus.values():
        for owner, identifier in _references(article):
            if identifier not in corpus.entities and identifier not in corpus.claims:
                yield owner, identifier
    for entity in corpus.entities.values():
        for source in entity.sources:
            for span in source.evidence:
                if span.article is not None and span.article not in corpus:
                    yield entity.id, span.article


@_corpus_rule("E308")
def evidence_elsewhere(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """
    The evidence for an entity says which text it counts in, and lies within it.
    """
    for entity in corpus.entities.values():
        for span in (span for source in entity.sources for span in source.evidence):
            text = corpus[span.article].text if span.article and span.article in corpus else None
            if span.article is None or (text is not None and span.end > text.length):
                yield entity.id, str(span)


@_corpus_rule("W303")
def unused(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """
    Every entity is referred to.
    """
    used = {identifier for article in corpus.values() for _, identifier in _references(article)}
    yield from (
        (identifier, "no article refers to it") for identifier in corpus.entities if identifier not in used
    )


@_corpus_rule("W304")
def same_statement(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """
    No two claims of an article have the same statement.
    """
    for article in corpus.values():
        seen: dict[str, str] = {}
        for claim in article.claims:
            if claim.statement in seen:
                yield claim.id, f"as {seen[claim.statement]}"
            seen.setdefault(claim.statement, claim.id)


# A claim without relations is a judgement too: that there are none.
_MAY_BE_EMPTY: Final = frozenset({"relations"})


def _is_field(record: Record, name: str) -> bool:
    field_name, _, part = name.partition(".")
    if field_name not in sourced_fields(type(record)):
        return False

    return not part or part in getattr(type(getattr(record, field_name)), "__slots__", ())


def _named(record: Record) -> list[str]:
    return [name for source in record.sources for name in source.fields]


def _sourced(record: Record) -> Iterator[tuple[str, Any, FieldSource]]:
    for source in record.sources:
        # A field that is none has no value to judge.
        for name in (name for name in source.fields if _is_field(record, name)):
            value: Any = record
            for part in name.split("."):
                value = getattr(value, part)
            yield name, value, source


def _lacking(record: Record, basis: Basis, needed: str) -> Iterator[str]:
    for source in record.sources:
        if source.basis is basis and not _says(getattr(source, needed)):
            yield ", ".join(source.fields)


def _says(value: str | tuple[Span, ...] | None) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _span_groups(article: Article) -> Iterator[tuple[str, tuple[Span, ...]]]:
    if article.text is not None:
        yield "furniture", article.text.furniture
    for mention in article.mentions:
        yield f"mentions of {mention.entity}", mention.spans
    records: tuple[Article | Claim, ...] = (article, *article.claims)
    for record in records:
        if isinstance(record, Claim):
            yield f"evidence of {record.id}", record.evidence
        for source in record.sources:
            yield f"source of {', '.join(source.fields)} in {record.id}", source.evidence


def _references(article: Article) -> Iterator[tuple[str, str]]:
    credits_ = (
        article.publisher,
        *article.bylines,
        *article.agencies,
        *(copy.publisher for copy in article.copies),
    )
    held = (*credits_, article.dateline)
    yield from (
        (article.id, thing.entity) for thing in held if thing is not None and thing.entity is not None
    )
    yield from ((article.id, mention.entity) for mention in article.mentions)
    for claim in article.claims:
        relations: Iterable[str] = (relation.claim for relation in claim.relations)
        for identifier in (claim.claimant, *claim.via, *claim.places, *claim.about, *relations):
            yield claim.id, identifier
