"""
One record as a page for people: its fields, the reasons to doubt some of them, and what it stands beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from dateline.cli.shared import wrapped
from dateline.corpus import Corpus
from dateline.digests import plain
from dateline.errors import NoSuchEntity
from dateline.records import Article, Claim, Credit, Entity, Quantity
from dateline.suggesting import nearest
from dateline.vocabulary import Basis, RelationKind


Record = Article | Claim | Entity

#: A field's value is doubted if it stands on one of these.
DOUBTFUL: Final = (Basis.INFERRED, Basis.UNKNOWN)

#: How a relation reads from its other end.
_FROM_THE_OTHER_END: Final = {
    RelationKind.SUPPORTS: "is supported by",
    RelationKind.CONTRADICTS: "is contradicted by",
    RelationKind.UPDATES: "is updated by",
    RelationKind.SAME_AS: "is told again in",
}
_FROM_HERE: Final = {
    RelationKind.SUPPORTS: "supports",
    RelationKind.CONTRADICTS: "contradicts",
    RelationKind.UPDATES: "updates",
    RelationKind.SAME_AS: "tells again",
}

_LABEL: Final = 14


def find(corpus: Corpus, identifier: str) -> Record:
    """
    The article, claim or entity with that id, or the entity of that name.

    Raises:
        NotFound: If there is none; the nearest names are given.
        AmbiguousName: If several entities have the name.
    """
    for view in (corpus.articles, corpus.claims):
        if identifier in view:
            return view[identifier]
    others: Mapping[str, Record] = corpus.claims if "/" in identifier else corpus.articles
    try:
        return corpus.entity(identifier)
    except NoSuchEntity as error:
        # Of all that could be meant, what is nearest says what was.
        best = nearest(identifier, (*error.nearest, *others))[:1]
        if best and best[0] in error.nearest:
            raise

    return others[identifier]


def page(record: Record, corpus: Corpus) -> Iterator[str]:
    """
    The lines of a record's page.
    """
    if isinstance(record, Article):
        yield from _article(record, corpus)
    elif isinstance(record, Claim):
        yield from _claim(record, corpus)
    else:
        yield from _entity(record, corpus)


def plain_page(record: Record, corpus: Corpus) -> dict[str, Any]:
    """
    A record as plain data under the name of its kind; a claim with its relations both ways.
    """
    if not isinstance(record, Claim):
        return {type(record).__name__.lower(): plain(record)}
    related = [
        {"kind": kind.value, "direction": "from" if inward else "to", "claim": other, "note": note}
        for kind, inward, other, note in _relations(record, corpus)
    ]

    return {"claim": plain(record), "related": related}


def named(identifier: str, corpus: Corpus) -> str:
    """
    The name of an entity; its id if the corpus does not have it.
    """
    return corpus.entities[identifier].name if identifier in corpus.entities else identifier


def article_line(article: Article) -> tuple[object, ...]:
    """
    An article as a row: id, outlet, date, number of claims, headline.
    """
    outlet = "outlet unknown" if article.publisher is None else article.publisher.name
    published = article.published or "date unknown"

    return article.id, outlet, published, len(article.claims), article.headline or "headline unknown"


def _article(article: Article, corpus: Corpus) -> Iterator[str]:
    yield f"Article {article.id}, revision {article.revision}, {article.status}"
    yield from _fields(
        ("headline", article.headline or "headline unknown"),
        ("publisher", _credits([article.publisher] if article.publisher else [])),
        ("bylines", _credits(article.bylines)),
        ("agencies", _credits(article.agencies)),
        ("published", article.published or "date unknown"),
        ("dateline", _dateline(article)),
        ("url", article.url),
        ("language", article.language),
        ("rights", article.rights and " ".join(filter(None, (article.rights.uri, article.rights.holder)))),
        ("abstract", article.abstract),
        ("topics", "; ".join(topic.label for topic in article.topics)),
        (
            "copies",
            "; ".join(f"{copy.publisher.name} {copy.url} ({copy.relation})" for copy in article.copies),
        ),
        ("mentions", "; ".join(named(mention.entity, corpus) for mention in article.mentions)),
    )
    yield from _doubts(article)
    yield from _section(
        f"Claims ({len(article.claims)})",
        (f"{claim.id.partition('/')[2]} {claim.kind}: {claim.statement}" for claim in article.claims),
    )


def _dateline(article: Article) -> str | None:
    if article.dateline is None:
        return None

    return ", ".join(str(part) for part in (article.dateline.place, article.dateline.date) if part)


def _credits(found: Iterable[Credit]) -> str:
    return "; ".join(f"{one.name} ({one.entity})" if one.entity else one.name for one in found)


def _claim(claim: Claim, corpus: Corpus) -> Iterator[str]:
    _, outlet, published, _, _ = article_line(corpus.claims.article(claim))
    yield wrapped(f"Claim {claim.id}, in {outlet}, {published}")
    yield from _fields(
        ("statement", claim.statement),
        ("kind", claim.kind),
        ("claimant", _entities([claim.claimant], corpus)),
        ("stance", claim.stance),
        ("channel", claim.channel),
        ("via", _entities(claim.via, corpus)),
        ("said", claim.said or "day unknown"),
        ("happened", claim.happened or "day unknown"),
        ("places", _entities(claim.places, corpus)),
        ("about", _entities(claim.about, corpus)),
        ("quantities", "; ".join(map(_quantity, claim.quantities))),
        ("evidence", ", ".join(map(str, claim.evidence))),
    )
    yield from _doubts(claim)
    relations = list(_relations(claim, corpus))
    yield from _section(
        f"Relations ({len(relations)})",
        (
            f"{(_FROM_THE_OTHER_END if inward else _FROM_HERE)[kind]} {_stated(other, corpus)}"
            + (f" [{note}]" if note else "")
            for kind, inward, other, note in relations
        ),
    )


def _entities(identifiers: Iterable[str], corpus: Corpus) -> str:
    return "; ".join(f"{named(identifier, corpus)} ({identifier})" for identifier in identifiers)


def _quantity(quantity: Quantity) -> str:
    of = f" of {quantity.of}" if quantity.of else ""
    return f"{quantity.bound.replace('_', ' ')} {quantity.value} {quantity.unit}{of}"


def _stated(claim: str, corpus: Corpus) -> str:
    return (
        f"{claim}: {corpus.claims[claim].statement}"
        if claim in corpus.claims
        else f"{claim} (not in this corpus)"
    )


def _relations(claim: Claim, corpus: Corpus) -> Iterator[tuple[RelationKind, bool, str, str | None]]:
    # Those of the claim itself, also where they lead out of the corpus; then those of others to it.
    for relation in claim.relations:
        yield relation.kind, False, relation.claim, relation.note
    for relation, other in corpus.related(claim):
        if relation.claim == claim.id:
            yield relation.kind, True, other.id, relation.note


def _entity(entity: Entity, corpus: Corpus) -> Iterator[str]:
    yield f"Entity {entity.id}"
    yield from _fields(
        ("name", entity.name),
        ("kind", entity.kind),
        ("variants", "; ".join(entity.variants)),
        ("description", entity.description),
        ("wikidata", entity.wikidata),
        ("geonames", entity.geonames),
        ("iso3166", entity.iso3166),
        ("gnd", entity.gnd),
        ("latitude", entity.latitude),
        ("longitude", entity.longitude),
    )
    yield from _doubts(entity)
    claims = corpus.claims.values()
    says = [claim.id for claim in claims if claim.claimant == entity.id]
    concerns = [claim.id for claim in claims if entity.id in (*claim.places, *claim.about, *claim.via)]
    mentions = [
        article.id
        for article in corpus.values()
        if any(mention.entity == entity.id for mention in article.mentions)
    ]
    for title, ids in (
        ("Claims it makes", says),
        ("Claims about or at it", concerns),
        ("Mentioned in", mentions),
    ):
        yield from _section(f"{title} ({len(ids)})", [", ".join(ids)] if ids else [])


def _fields(*fields: tuple[str, object]) -> Iterator[str]:
    for name, value in fields:
        if value not in (None, ""):
            yield wrapped(str(value), f"  {name:<{_LABEL}}", " " * (_LABEL + 2))


def _doubts(record: Record) -> Iterator[str]:
    doubts = [source for source in record.sources if source.basis in DOUBTFUL]
    yield from _section(
        "To be doubted",
        (
            f"{', '.join(source.fields)}: {source.basis}" + (f", {source.note}" if source.note else "")
            for source in doubts
        ),
    )


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield title
        yield from (wrapped(line, "  ", "      ") for line in found)
