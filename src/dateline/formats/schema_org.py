"""
schema.org 30.0 as JSON-LD, which search engines read: a Dataset about articles, with claims and entities.

Claims are of the type ``Claim``, attributed to who makes them. There is never a ``ClaimReview``:
that is a verdict with a rating, and nobody here has rated a claim.
The context is inlined, so that no reader fetches one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import frozen

from dateline.corpus import Corpus
from dateline.digests import decimal_text
from dateline.formats.linked import (
    LICENCES,
    base,
    corpus_uri,
    dataset_uri,
    filled,
    iso_date,
    links,
    named_in,
    parties,
    to_json,
)
from dateline.formats.losses import Fate, Losses
from dateline.records import Article, Claim, Credit, Dateline, Entity, Quantity, Topic
from dateline.references import is_subset, web_address
from dateline.vocabulary import DefinedEnum


Node = dict[str, Any]

_MEDIA_TOPICS: Final = "http://cv.iptc.org/newscodes/mediatopic/"

#: The properties whose text is a link.
_LINKS: Final = ("inDefinedTermSet", "license", "sameAs", "sdLicense", "url", "usageInfo")

_CONTEXT: Final = {"@vocab": "https://schema.org/"} | {name: {"@type": "@id"} for name in _LINKS}

_TYPES: Final = {
    "person": "Person",
    "organisation": "Organization",
    "place": "Place",
    # People without a name of their own; the vocabulary has nothing closer.
    "group": "Organization",
}

#: What becomes of each field.
LOSSES: Final[Losses] = {
    "article.id": (Fate.RENAMED, "@id and identifier"),
    "article.revision": (Fate.RENAMED, "version"),
    "article.headline": (Fate.KEPT, ""),
    "article.publisher": (Fate.KEPT, ""),
    "article.bylines": (Fate.RENAMED, "author"),
    "article.agencies": (Fate.RENAMED, "provider"),
    "article.published": (Fate.COARSENED, "datePublished: the day, month or year that surely holds it"),
    "article.dateline": (Fate.COARSENED, "dateline as one text, and locationCreated"),
    "article.url": (Fate.COARSENED, "what an address may not hold is percent-encoded"),
    "article.language": (Fate.RENAMED, "inLanguage"),
    "article.rights": (Fate.COARSENED, "usageInfo and copyrightHolder; without the note"),
    "article.abstract": (Fate.KEPT, ""),
    "article.topics": (Fate.RENAMED, "about"),
    "article.mentions": (Fate.COARSENED, "the entities, without the places in the text"),
    "article.claims": (Fate.RENAMED, "mentions; see the fields of a claim"),
    "claim.id": (Fate.RENAMED, "@id and identifier"),
    "claim.statement": (Fate.RENAMED, "text"),
    "claim.kind": (Fate.RENAMED, "genre"),
    "claim.claimant": (Fate.RENAMED, "author"),
    "claim.stance": (Fate.RENAMED, "keywords"),
    "claim.via": (Fate.RENAMED, "provider"),
    "claim.said": (Fate.COARSENED, "dateCreated: the day, month or year that surely holds it"),
    "claim.happened": (Fate.RENAMED, "temporalCoverage"),
    "claim.places": (Fate.RENAMED, "contentLocation"),
    "claim.about": (Fate.KEPT, ""),
    "claim.quantities": (Fate.RENAMED, "mentions, as QuantitativeValue"),
    "claim.relations": (Fate.COARSENED, "sameAs; only those to the same claim, without the note"),
    "entity.id": (Fate.RENAMED, "@id and identifier"),
    "entity.kind": (Fate.COARSENED, "its type; a group is an Organization"),
    "entity.name": (Fate.KEPT, ""),
    "entity.variants": (Fate.RENAMED, "alternateName"),
    "entity.description": (Fate.KEPT, ""),
    "entity.wikidata": (Fate.RENAMED, "sameAs"),
    "entity.geonames": (Fate.RENAMED, "sameAs"),
    "entity.iso3166": (Fate.RENAMED, "identifier"),
    "entity.gnd": (Fate.RENAMED, "sameAs"),
    "entity.latitude": (Fate.RENAMED, "geo"),
    "entity.longitude": (Fate.RENAMED, "geo"),
}


def write(corpus: Corpus) -> str:
    """
    A corpus as one JSON-LD document, a Dataset: it is *about* articles and *mentions* entities.

    A place that speaks, such as a state, is an Organization as well, since only those and persons author.
    The licence of the records is the ``sdLicense`` of an article, whose own rights are its ``usageInfo``.

    Source: the vocabulary at https://schema.org/version/30.0

    >>> import json
    >>> from dateline.testing import tiny_corpus
    >>> dataset = json.loads(write(tiny_corpus()))
    >>> dataset["about"][0]["author"][0]["familyName"]
    'Lind'
    """
    return to_json({"@context": _CONTEXT} | _Graph.of(corpus).dataset())


@frozen(kw_only=True)
class _Graph:
    corpus: Corpus

    #: What every name of a record begins with.
    base: str

    #: The ids of those who have made, relayed or published something.
    parties: frozenset[str]

    #: The ids of what something is said to be at.
    locations: frozenset[str]

    @classmethod
    def of(cls, corpus: Corpus) -> _Graph:
        claims = corpus.claims.values()
        credited = (party for article in corpus.values() for party in parties(article))
        speaking = (party for claim in claims for party in (claim.claimant, *claim.via))
        filed = (article.dateline.entity for article in corpus.values() if article.dateline)
        located = (entity.id for entity in corpus.entities.values() if _position(entity))
        happened = (place for claim in claims for place in claim.places)

        return cls(
            corpus=corpus,
            base=base(corpus),
            parties=frozenset((*credited, *speaking)),
            locations=frozenset(filter(None, (*filed, *located, *happened))),
        )

    def dataset(self) -> Node:
        corpus, about = self.corpus, self.corpus.description
        described: Node = {}
        if about is not None:
            described = {
                "name": about.title,
                "description": about.description,
                "license": f"{LICENCES}{about.licence}",
                "creator": list(about.creators),
                "datePublished": iso_date(about.released),
                "inLanguage": about.language,
                "keywords": list(about.keywords),
                "url": about.url and web_address(about.url),
            }

        return filled(
            {
                "@type": "Dataset",
                "@id": corpus_uri(corpus),
                "name": corpus.dataset,
                "version": corpus.version,
                "identifier": [str(identifier) for identifier in (corpus.pin, corpus.digest) if identifier],
                "isBasedOn": dataset_uri(corpus) if is_subset(corpus) else None,
                **described,
                "about": [self._article(article) for article in corpus.values()],
                "mentions": self._entities(),
            }
        )

    def _article(self, article: Article) -> Node:
        return self._record("NewsArticle", article.id) | filled(
            {
                "version": article.revision,
                "headline": article.headline,
                "publisher": article.publisher and self._organisation(article.publisher),
                "author": [self._author(credit) for credit in article.bylines],
                "provider": [self._organisation(credit) for credit in article.agencies],
                "datePublished": iso_date(article.published),
                **self._filed(article.dateline),
                "url": article.url and web_address(article.url),
                "inLanguage": article.language,
                "usageInfo": article.rights and web_address(article.rights.uri),
                "copyrightHolder": article.rights and article.rights.holder,
                "abstract": article.abstract,
                "about": [_topic(topic) for topic in article.topics],
                "mentions": [
                    *(self._named(mention.entity) for mention in article.mentions),
                    *(self._claim(claim, article) for claim in article.claims),
                ],
                **self._described_by(),
            }
        )

    def _claim(self, claim: Claim, article: Article) -> Node:
        about = self.corpus.description

        return self._record("Claim", claim.id) | filled(
            {
                "text": claim.statement,
                "author": self._named(claim.claimant),
                "appearance": {"@type": "NewsArticle", "@id": f"{self.base}{article.id}"},
                "claimInterpreter": list(about.creators) if about else None,
                "genre": _term(claim.kind),
                "keywords": _term(claim.stance),
                "provider": self._all_named(claim.via),
                "dateCreated": iso_date(claim.said),
                "temporalCoverage": claim.happened and str(claim.happened),
                "contentLocation": self._all_named(claim.places),
                "about": self._all_named(claim.about),
                "mentions": [_quantity(quantity) for quantity in claim.quantities],
                "sameAs": [
                    f"{self.base}{relation.claim}"
                    for relation in claim.relations
                    if relation.kind == "same_as"
                ],
            }
        )

    def _entities(self) -> list[Node]:
        ids = {str(id): None for article in self.corpus.values() for id in named_in(article)}
        known = self.corpus.entities

        return [
            *map(self._entity, known.values()),
            *(self._record(self._types(id), id) for id in ids if id not in known),
        ]

    def _entity(self, entity: Entity) -> Node:
        code = {"@type": "PropertyValue", "propertyID": "ISO 3166", "value": entity.iso3166}
        position = _position(entity)

        return self._record(self._types(entity.id), entity.id) | filled(
            {
                "identifier": [entity.id, code] if entity.iso3166 else entity.id,
                "name": entity.name,
                "alternateName": list(entity.variants),
                "description": entity.description,
                "sameAs": links(entity),
                "geo": {"@type": "GeoCoordinates", **position} if position else None,
            }
        )

    def _record(self, type_: str | list[str], id: str) -> Node:
        return {"@type": type_, "@id": f"{self.base}{id}", "identifier": id}

    def _named(self, id: str, *more: str) -> Node:
        known = self.corpus.entities
        name = {"name": known[id].name} if id in known else {}

        return {"@type": self._types(id, *more), "@id": f"{self.base}{id}", **name}

    def _all_named(self, ids: Iterable[str]) -> list[Node]:
        return [self._named(id) for id in ids]

    def _types(self, id: str, *more: str) -> str | list[str]:
        known = self.corpus.entities
        own = _TYPES[known[id].kind if id in known else id.partition("/")[0]]
        speaks = id in self.parties and own == "Place"
        types = [
            own,
            *(["Organization"] if speaks else ()),
            *(["Place"] if id in self.locations else ()),
            *more,
        ]
        several = list(dict.fromkeys(types))

        return several if len(several) > 1 else own

    def _author(self, credit: Credit) -> Node | str:
        # As text, where it is not certain whether that is a person or a body.
        return self._credit(credit) if credit.entity or _names(credit) else credit.name

    def _organisation(self, credit: Credit) -> Node:
        is_certain = credit.entity or _names(credit)

        return self._credit(credit) if is_certain else {"@type": "Organization", "name": credit.name}

    def _credit(self, credit: Credit) -> Node:
        person = _names(credit)
        if not credit.entity:
            return {"@type": "Person", "name": credit.name, **person}
        # Of an entity that the corpus does not have, no other name is known than the one as printed.
        named = {"name": credit.name, **self._named(credit.entity, *(["Person"] if person else []))}
        as_printed = {} if named["name"] == credit.name else {"alternateName": credit.name}

        return {**named, **as_printed, **person}

    def _filed(self, dateline: Dateline | None) -> Node:
        if dateline is None:
            return {}
        parts = (dateline.place, dateline.date)

        return {
            "dateline": ", ".join(str(part) for part in parts if part),
            "locationCreated": dateline.entity and self._named(dateline.entity),
        }

    def _described_by(self) -> Mapping[str, Any]:
        about = self.corpus.description
        if about is None:
            return {}

        return {
            "sdLicense": f"{LICENCES}{about.licence}",
            "sdPublisher": list(about.creators),
            "sdDatePublished": iso_date(about.released),
        }


def _names(credit: Credit) -> Node:
    return filled({"familyName": credit.family, "givenName": credit.given})


def _position(entity: Entity) -> Node:
    degrees = {"latitude": entity.latitude, "longitude": entity.longitude}

    return {name: decimal_text(value) for name, value in degrees.items() if value is not None}


def _topic(topic: Topic) -> Node:
    return {
        "@type": "DefinedTerm",
        "@id": f"{_MEDIA_TOPICS}{topic.code.partition(':')[2]}",
        "name": topic.label,
        "termCode": topic.code,
        "inDefinedTermSet": _MEDIA_TOPICS,
    }


def _term(member: DefinedEnum) -> Node:
    return {"@type": "DefinedTerm", "name": member.value, "description": member.definition}


def _quantity(quantity: Quantity) -> Node:
    return filled(
        {
            "@type": "QuantitativeValue",
            "name": quantity.of,
            "value": decimal_text(quantity.value),
            "unitText": quantity.unit,
            "description": quantity.bound.value,
        }
    )
