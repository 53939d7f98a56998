"""
Small valid records for tests, of users and ours: an invented ferry in an invented town.

Nothing here was ever printed. The texts are here too, so that they can be attached.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.fingerprints import fingerprint, sha256, tagged
from dateline.ids import ArticleId, ClaimId, DatasetName, EntityId, Pin, Version
from dateline.provenance import Capture, FieldSource
from dateline.records import (
    Article,
    Claim,
    Credit,
    Dateline,
    Entity,
    Mention,
    Quantity,
    Relation,
    Rights,
    Topic,
    sourced_fields,
)
from dateline.spans import Span, locate, loose


#: The texts that the articles of :func:`tiny_corpus` are about, by id.
TEXTS: Final[Mapping[str, str]] = {
    "ferry-returns": (
        "Ferry to Old Quay returns after winter repairs\n"
        "By Ana Lind\n"
        "LARKHAVEN, March 1 - The ferry to Old Quay sailed again on Monday"
        " after eleven weeks in dry dock.\n"
        "Harbour master Tomas Berg said about 300 passengers crossed before noon.\n"
        "He added that the county had paid for the new engine.\n"
        "Shopkeepers on Old Quay denied that the winter had been a loss for them.\n"
    ),
    "ferry-halts": (
        "Ferry halts again, harbour master says\n"
        "LARKHAVEN - A fault in the new engine stopped the ferry on Tuesday, Tomas Berg said.\n"
        "At least two buses an hour will replace it until Friday, the harbour master said.\n"
        "Shopkeepers on Old Quay said that the winter had cost them half of their customers.\n"
    ),
}

#: Fields whose value is the curators' own wording or judgement.
_CURATED: Final = frozenset({"statement", "kind", "stance", "abstract", "topics", "relations"})

_GAZETTE: Final = EntityId("organisation/harbour-gazette")
_BERG: Final = EntityId("person/tomas-berg")
_SHOPKEEPERS: Final = EntityId("group/shopkeepers-of-old-quay")
_TOWN: Final = EntityId("place/larkhaven")
_QUAY: Final = EntityId("place/old-quay")


def make_article(**changes: Any) -> Article:
    """
    A valid article with one claim, with *changes*.

    Its sources are made to fit, unless they are among the changes.

    >>> make_article(headline="Rain", id="rain").claims[0].id
    'rain/c01'
    """
    identifier = changes.get("id", "ferry-returns")
    text = TEXTS["ferry-returns"]
    data = text.encode()
    values: dict[str, Any] = {
        "id": identifier,
        "revision": 1,
        "status": "published",
        "headline": "Ferry to Old Quay returns after winter repairs",
        "publisher": Credit(name="The Harbour Gazette", entity=_GAZETTE),
        "bylines": (Credit(name="Ana Lind", family="Lind", given="Ana"),),
        "published": "2021-03-01",
        "dateline": Dateline(place="LARKHAVEN", entity=_TOWN, date="2021-03-01"),
        "url": "https://gazette.example/ferry-returns",
        "language": "en",
        "rights": Rights(uri="http://rightsstatements.org/vocab/InC/1.0/", holder="The Harbour Gazette"),
        "abstract": "The ferry to Old Quay is in service again.",
        "topics": (Topic(code="medtop:20000337", label="transport"),),
        "mentions": _mentions(text, {_BERG: "Tomas Berg", _QUAY: "Old Quay"}),
        "claims": (make_claim(id=f"{identifier}/c01"),),
        "text": fingerprint(data, ArticleId(identifier)),
        "capture": Capture(file="ferry-returns.txt", size=len(data), digest=sha256(data)),
    } | changes
    values.setdefault("sources", fitting_sources(Article, values, (Span(0, 58),)))

    return Article(**values)


def make_claim(**changes: Any) -> Claim:
    """
    A valid claim of ``ferry-returns``, with *changes*; its sources as for :func:`make_article`.

    >>> make_claim(stance="denies").stance
    <Stance.DENIES: 'denies'>
    """
    values: dict[str, Any] = {
        "id": "ferry-returns/c01",
        "statement": "The harbour master says that about 300 passengers had crossed by midday.",
        "kind": "event",
        "claimant": _BERG,
        "stance": "asserts",
        "evidence": (_evidence("ferry-returns", "about 300 passengers crossed before noon"),),
        "happened": "2021-03-01",
        "places": (_QUAY,),
        "quantities": (Quantity(value=Decimal(300), bound="about", unit="people", of="passengers"),),
    } | changes
    values.setdefault("sources", fitting_sources(Claim, values, tuple(values["evidence"])))

    return Claim(**values)


def make_entity(**changes: Any) -> Entity:
    """
    A valid entity, a place, with *changes*; its sources as for :func:`make_article`.

    >>> make_entity(id="person/ana-lind", kind="person", name="Ana Lind").name
    'Ana Lind'
    """
    values: dict[str, Any] = {"id": _QUAY, "kind": "place", "name": "Old Quay"} | changes
    values.setdefault("sources", fitting_sources(Entity, values, ()))

    return Entity(**values)


def tiny_corpus() -> Corpus:
    """
    Two articles with six claims and the five entities that they name, pinned as ``tiny@1.0.0``.

    >>> tiny_corpus()
    <Corpus tiny 1.0.0 (2 articles, 6 claims)>
    """
    records = ((_returns(), _halts()), _entities())
    pin = Pin(DatasetName("tiny"), Version("1.0.0"), Corpus.of(*records).digest)
    description = Description(
        name=DatasetName("tiny"),
        title="The Larkhaven Ferry in the News",
        description="Two invented articles, for tests.",
        licence="CC-BY-4.0",
        creators=("The dateline developers",),
        released="2021-04-01",
    )

    return Corpus.of(*records, pin=pin, description=description)


def fitting_sources(
    kind: type, values: Mapping[str, Any], evidence: tuple[Span, ...]
) -> tuple[FieldSource, ...]:
    """
    Sources for every sourced field of a record with these values.

    Judgements are curated, other values stated by *evidence*, or curated if there is none;
    what is empty is absent.
    """
    by_basis: dict[str, list[str]] = {}
    for name in sourced_fields(kind):
        is_empty = values.get(name) in (None, ())
        basis = "curated" if name in _CURATED or not evidence else "stated"
        by_basis.setdefault("absent" if is_empty and name != "relations" else basis, []).append(name)

    return tuple(
        FieldSource(fields=names, basis=basis, evidence=evidence if basis == "stated" else ())
        for basis, names in sorted(by_basis.items())
    )


def _returns() -> Article:
    def claim(number: int, words: str, **values: Any) -> Claim:
        return _claim("ferry-returns", number, words, **values)

    return make_article(
        claims=(
            claim(
                1,
                "sailed again on Monday after eleven weeks in dry dock",
                statement="The Harbour Gazette reports that the ferry is back after eleven weeks.",
                claimant=_GAZETTE,
                stance="reports",
                quantities=(Quantity(value=Decimal(11), bound="exactly", unit="week"),),
            ),
            make_claim(id="ferry-returns/c02"),
            claim(
                3,
                "the county had paid for the new engine",
                statement="The harbour master says that the county paid for the engine.",
                kind="background",
                claimant=_BERG,
                happened=None,
            ),
            claim(
                4,
                "denied that the winter had been a loss for them",
                statement="Shopkeepers deny that they lost money in winter.",
                kind="assessment",
                claimant=_SHOPKEEPERS,
                stance="denies",
                happened="2020-12/2021-02",
            ),
        )
    )


def _halts() -> Article:
    text = TEXTS["ferry-halts"]
    values: dict[str, Any] = {
        "fault": {
            "statement": "The harbour master says that an engine fault stopped the ferry.",
            "claimant": _BERG,
            "happened": "2021-03-09",
            "relations": (Relation(kind="updates", claim=ClaimId("ferry-returns/c01")),),
        },
        "loss": {
            "statement": "Shopkeepers say that they lost half of their customers in winter.",
            "kind": "assessment",
            "claimant": _SHOPKEEPERS,
            "happened": "2020-12/2021-02",
            "relations": (
                Relation(
                    kind="contradicts",
                    claim=ClaimId("ferry-returns/c04"),
                    note="of the same winter",
                ),
            ),
        },
    }

    return make_article(
        id="ferry-halts",
        headline="Ferry halts again, harbour master says",
        bylines=(),
        published="[2021-03-09,2021-03-10]",
        dateline=Dateline(place="LARKHAVEN", entity=_TOWN),
        url="https://gazette.example/ferry-halts",
        abstract="The ferry to Old Quay has stopped again.",
        mentions=_mentions(text, {_BERG: "Tomas Berg", _QUAY: "Old Quay"}),
        claims=(
            _claim(
                "ferry-halts",
                1,
                "A fault in the new engine stopped the ferry on Tuesday",
                **values["fault"],
            ),
            _claim(
                "ferry-halts",
                2,
                "the winter had cost them half of their customers",
                **values["loss"],
            ),
        ),
        text=fingerprint(text.encode(), ArticleId("ferry-halts")),
        capture=Capture(file="ferry-halts.txt", size=len(text.encode()), digest=sha256(text.encode())),
    )


def _entities() -> tuple[Entity, ...]:
    return (
        make_entity(id=_SHOPKEEPERS, kind="group", name="Shopkeepers of Old Quay", variants=("Shopkeepers",)),
        make_entity(id=_GAZETTE, kind="organisation", name="The Harbour Gazette"),
        make_entity(id=_BERG, kind="person", name="Tomas Berg", variants=("Harbour master Tomas Berg",)),
        make_entity(id=_TOWN, name="Larkhaven", variants=("LARKHAVEN",)),
        make_entity(latitude=Decimal("54.5"), longitude=Decimal("-3.25")),
    )


def _claim(article: str, number: int, words: str, **values: Any) -> Claim:
    plain = {"evidence": (_evidence(article, words),), "quantities": ()}
    return make_claim(id=f"{article}/c{number:02}", **plain | values)


def _evidence(article: str, words: str) -> Span:
    (span,) = locate(TEXTS[article], words)
    return tagged(span, loose(TEXTS[article]), ArticleId(article))


def _mentions(text: str, names: Mapping[EntityId, str]) -> tuple[Mention, ...]:
    return tuple(Mention(entity=entity, spans=locate(text, name)) for entity, name in sorted(names.items()))
