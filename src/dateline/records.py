"""
The records: an article described without its text, its claims, and the entities that they name.
"""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import Any, Final

import attrs
from attrs import field, frozen

from dateline.bases import Base
from dateline.dates import PartialDate, as_date
from dateline.display import html_table
from dateline.errors import InvalidValue
from dateline.fingerprints import TextFingerprint
from dateline.ids import ArticleId, ClaimId, EntityId, parse_article_id, parse_claim_id, parse_entity_id
from dateline.provenance import Capture, FieldSource, Sourced, source_of
from dateline.spans import Span
from dateline.validators import (
    LANGUAGE,
    as_tuple,
    checked,
    each,
    is_decimal,
    is_positive,
    matches,
    optional,
    text_up_to,
)
from dateline.vocabulary import Bound, CopyRelation, EntityKind, Kind, RelationKind, Stance, Status


#: Metadata of a field that holds the record together and so has no basis of its own.
BOOKKEEPING: Final = {"bookkeeping": True}

_is_url = matches(r"https?://[^\s\x00-\x1f\x7f<>\"]+", "https://example.org/article")
_is_entity = checked(parse_entity_id)


@frozen(kw_only=True, repr=False)
class Credit(Base):
    """
    A name as printed, of whoever published, wrote or supplied an article.
    """

    name: str = field(validator=text_up_to(500))

    #: The same as an entity of the corpus.
    entity: EntityId | None = field(default=None, validator=optional(_is_entity))

    #: The family name; None unless it is certain.
    family: str | None = field(default=None, validator=optional(text_up_to(500)))

    #: The given name; None unless it is certain.
    given: str | None = field(default=None, validator=optional(text_up_to(500)))


@frozen(kw_only=True, repr=False)
class Dateline(Base):
    """
    The line in front of a report that says where, and sometimes when, it was filed.
    """

    #: As printed.
    place: str | None = field(default=None, validator=optional(text_up_to(500)))

    #: The same as an entity of the corpus.
    entity: EntityId | None = field(default=None, validator=optional(_is_entity))

    #: None unless it is printed.
    date: PartialDate | None = field(default=None, converter=as_date)


@frozen(kw_only=True, repr=False)
class Rights(Base):
    """
    The rights in the article itself; the records have a licence of their own.
    """

    #: A statement of RightsStatements.org, such as ``http://rightsstatements.org/vocab/InC/1.0/``.
    uri: str = field(validator=_is_url)

    holder: str | None = field(default=None, validator=optional(text_up_to(500)))

    note: str | None = field(default=None, validator=optional(text_up_to(2000)))


@frozen(kw_only=True, repr=False)
class Topic(Base):
    """
    A subject from the IPTC Media Topics.
    """

    #: Such as ``medtop:16000000``.
    code: str = field(validator=matches(r"medtop:[0-9]{8}", "medtop:16000000"))

    #: In English, as the vocabulary has it.
    label: str = field(validator=text_up_to(200))


@frozen(kw_only=True, repr=False)
class Copy(Base):
    """
    The same text, or one derived from it, elsewhere.
    """

    url: str = field(validator=_is_url)

    publisher: Credit

    relation: CopyRelation = field(converter=CopyRelation)

    #: What was seen, in the curators' words.
    note: str | None = field(default=None, validator=optional(text_up_to(2000)))


@frozen(kw_only=True, repr=False)
class Mention(Base):
    """
    Where a text names an entity.
    """

    entity: EntityId = field(validator=_is_entity)

    #: In order; they carry no tags.
    spans: tuple[Span, ...] = field(converter=as_tuple)


@frozen(kw_only=True, repr=False)
class Quantity(Base):
    """
    A number as a text has it, with what it counts.
    """

    value: Decimal = field(validator=is_decimal)

    #: As worded.
    bound: Bound = field(converter=Bound)

    #: What one is, such as ``people`` or ``day``; ``rank`` for an ordinal.
    unit: str = field(validator=text_up_to(100))

    #: What is counted or ordered.
    of: str | None = field(default=None, validator=optional(text_up_to(300)))


@frozen(kw_only=True, repr=False)
class Relation(Base):
    """
    How the claim that holds it stands to an earlier one.
    """

    kind: RelationKind = field(converter=RelationKind)

    #: The earlier claim, in this article or another.
    claim: ClaimId = field(validator=checked(parse_claim_id))

    #: Why, in the curators' words.
    note: str | None = field(default=None, validator=optional(text_up_to(2000)))


class _HasSources(Base):
    __slots__ = ()

    sources: tuple[FieldSource, ...]

    def sourced(self, name: str) -> Sourced:
        """
        The value of the field *name* and its source; ``field.part`` for a part of a sub-record.

        Raises:
            InvalidValue: If the record has no such field, or none that has a source.
        """
        source = source_of(self.sources, name)
        if source is None or not _has_field(self, name):
            known = ", ".join(sourced_fields(type(self)))
            raise InvalidValue("field", f"be one that has a source: {known}", name)
        value: Any = self
        for part in name.split("."):
            value = getattr(value, part)

        return Sourced(value, source)


@frozen(kw_only=True, repr=False)
class Claim(_HasSources):
    """
    One statement about the world that an article carries, restated, with who made it and when.
    """

    #: Its article's id and a number; never reused.
    id: ClaimId = field(validator=checked(parse_claim_id), metadata=BOOKKEEPING)

    #: One neutral sentence in our own words that names the speaker.
    statement: str = field(validator=text_up_to(1000))

    kind: Kind = field(converter=Kind)

    #: Who says it in the text; the outlet's own voice is the publisher's entity.
    claimant: EntityId = field(validator=_is_entity)

    stance: Stance = field(converter=Stance)

    #: At least one stretch of the text that says it.
    evidence: tuple[Span, ...] = field(converter=as_tuple, metadata=BOOKKEEPING)

    #: In what the claimant said it, such as "radio interview"; None if the text names none.
    channel: str | None = field(default=None, validator=optional(text_up_to(200)))

    #: Who relayed it to the outlet: an agency, another outlet.
    via: tuple[EntityId, ...] = field(default=(), converter=as_tuple, validator=each(_is_entity))

    #: When the claimant said it, in the calendar of the place; None if that is not established.
    said: PartialDate | None = field(default=None, converter=as_date)

    #: When what is claimed happened, or is to happen; None if that is not established.
    happened: PartialDate | None = field(default=None, converter=as_date)

    #: Where it happened or holds; never a city named for its government.
    places: tuple[EntityId, ...] = field(default=(), converter=as_tuple, validator=each(_is_entity))

    #: Whom else it concerns: actors, addressees, objects.
    about: tuple[EntityId, ...] = field(default=(), converter=as_tuple, validator=each(_is_entity))

    #: Every number in it.
    quantities: tuple[Quantity, ...] = field(default=(), converter=as_tuple)

    #: To earlier claims; stored once, on the later claim.
    relations: tuple[Relation, ...] = field(default=(), converter=as_tuple)

    sources: tuple[FieldSource, ...] = field(default=(), converter=as_tuple, metadata=BOOKKEEPING)

    def _repr_html_(self) -> str:
        return html_table(
            "Claim", (("id", self.id), ("claimant", self.claimant), ("statement", self.statement))
        )


@frozen(kw_only=True, repr=False)
class Article(_HasSources):
    """
    One published article, described without its text.
    """

    #: Stable across versions of the dataset; never reused.
    id: ArticleId = field(validator=checked(parse_article_id), metadata=BOOKKEEPING)

    #: Raised by one whenever anything else in the record changes.
    revision: int = field(validator=is_positive, metadata=BOOKKEEPING)

    status: Status = field(converter=Status, metadata=BOOKKEEPING)

    #: As printed; None if it is not known.
    headline: str | None = field(default=None, validator=optional(text_up_to(2000)))

    publisher: Credit | None = None

    #: Who wrote it, as printed.
    bylines: tuple[Credit, ...] = field(default=(), converter=as_tuple)

    #: The wire services that it was drawn from.
    agencies: tuple[Credit, ...] = field(default=(), converter=as_tuple)

    #: The outlet's calendar date.
    published: PartialDate | None = field(default=None, converter=as_date)

    dateline: Dateline | None = None

    url: str | None = field(default=None, validator=optional(_is_url))

    #: BCP 47.
    language: str | None = field(default=None, validator=optional(matches(LANGUAGE, "en-GB")))

    #: In the article; not the licence of this record.
    rights: Rights | None = None

    #: Ours, of at most 60 words.
    abstract: str | None = field(default=None, validator=optional(text_up_to(2000)))

    topics: tuple[Topic, ...] = field(default=(), converter=as_tuple)

    #: The same or derived text elsewhere.
    copies: tuple[Copy, ...] = field(default=(), converter=as_tuple)

    #: One for each entity that the text names, sorted by entity.
    mentions: tuple[Mention, ...] = field(default=(), converter=as_tuple, metadata=BOOKKEEPING)

    #: In the order of the text.
    claims: tuple[Claim, ...] = field(default=(), converter=as_tuple, metadata=BOOKKEEPING)

    #: What ships about the text.
    text: TextFingerprint | None = field(default=None, metadata=BOOKKEEPING)

    #: How the text reached us.
    capture: Capture | None = field(default=None, metadata=BOOKKEEPING)

    sources: tuple[FieldSource, ...] = field(default=(), converter=as_tuple, metadata=BOOKKEEPING)

    def _repr_html_(self) -> str:
        rows = (
            ("id", self.id),
            ("headline", self.headline),
            ("publisher", self.publisher and self.publisher.name),
            ("published", self.published),
            ("claims", len(self.claims)),
        )
        return html_table("Article", rows)


@frozen(kw_only=True, repr=False)
class Entity(_HasSources):
    """
    A person, organisation, place or group that claims and mentions refer to.
    """

    #: Its kind and a name; never reused.
    id: EntityId = field(validator=_is_entity, metadata=BOOKKEEPING)

    #: The word that the id begins with.
    kind: EntityKind = field(converter=EntityKind)

    #: The standard English name.
    name: str = field(validator=text_up_to(500))

    #: The forms under which the articles print it.
    variants: tuple[str, ...] = field(default=(), converter=as_tuple, validator=each(text_up_to(500)))

    #: One sentence, ours; None if nothing need be said.
    description: str | None = field(default=None, validator=optional(text_up_to(1000)))

    #: An item of Wikidata, such as ``Q156732``.
    wikidata: str | None = field(default=None, validator=optional(matches(r"Q[1-9][0-9]{0,11}", "Q156732")))

    #: A number of GeoNames, such as ``706448``; places only.
    geonames: str | None = field(default=None, validator=optional(matches(r"[1-9][0-9]{0,11}", "706448")))

    #: A country or subdivision code of ISO 3166, such as ``UA-65``; places only.
    iso3166: str | None = field(
        default=None, validator=optional(matches(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", "UA-65"))
    )

    #: A number of the Integrated Authority File of the German National Library.
    gnd: str | None = field(default=None, validator=optional(matches(r"[0-9]{1,10}-?[0-9X]", "1289387435")))

    #: Degrees north, WGS 84; places only.
    latitude: Decimal | None = field(default=None, validator=optional(is_decimal))

    #: Degrees east, WGS 84; places only.
    longitude: Decimal | None = field(default=None, validator=optional(is_decimal))

    sources: tuple[FieldSource, ...] = field(default=(), converter=as_tuple, metadata=BOOKKEEPING)


def sourced_fields(kind: type) -> tuple[str, ...]:
    """
    The fields of a kind of record that need a source: all but the bookkeeping.

    >>> sourced_fields(Entity)[:3]
    ('kind', 'name', 'variants')
    """
    return _sourced(kind)


# Asked many times of each record by the rules. Classes can be hashed, whatever their instances can.
@functools.cache
def _sourced(kind: Any) -> tuple[str, ...]:
    return tuple(
        attribute.name for attribute in attrs.fields(kind) if not attribute.metadata.get("bookkeeping")
    )


def _has_field(record: object, name: str) -> bool:
    field_name, dot, part = name.partition(".")
    value = getattr(record, field_name, None)

    return field_name in sourced_fields(type(record)) and (not dot or part in getattr(value, "__slots__", ()))
