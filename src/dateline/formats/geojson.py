"""
GeoJSON (RFC 7946), which maps read: every place with a position, every article and claim where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from dateline.corpus import Corpus
from dateline.formats.linked import base, corpus_uri, filled, links, point, to_json
from dateline.formats.losses import Fate, Losses
from dateline.records import Article, Claim, Entity


Object = dict[str, Any]

#: What becomes of each field.
LOSSES: Final[Losses] = {
    "article.id": (Fate.KEPT, ""),
    "article.revision": (Fate.KEPT, ""),
    "article.status": (Fate.KEPT, ""),
    "article.headline": (Fate.KEPT, ""),
    "article.publisher": (Fate.COARSENED, "the name"),
    "article.published": (Fate.KEPT, ""),
    "article.dateline": (Fate.COARSENED, "geometry: where the place is, if that is known"),
    "article.url": (Fate.KEPT, ""),
    "article.language": (Fate.KEPT, ""),
    "article.abstract": (Fate.KEPT, ""),
    "article.claims": (Fate.RENAMED, "features of their own"),
    "claim.id": (Fate.KEPT, ""),
    "claim.statement": (Fate.KEPT, ""),
    "claim.kind": (Fate.KEPT, ""),
    "claim.claimant": (Fate.KEPT, ""),
    "claim.stance": (Fate.KEPT, ""),
    "claim.channel": (Fate.KEPT, ""),
    "claim.via": (Fate.KEPT, ""),
    "claim.said": (Fate.KEPT, ""),
    "claim.happened": (Fate.KEPT, ""),
    "claim.places": (Fate.KEPT, ""),
    "claim.about": (Fate.KEPT, ""),
    "entity.id": (Fate.COARSENED, "of those with a position, or that a claim names"),
    "entity.kind": (Fate.COARSENED, "of those with a position"),
    "entity.name": (Fate.COARSENED, "of those with a position"),
    "entity.variants": (Fate.COARSENED, "of those with a position"),
    "entity.description": (Fate.COARSENED, "of those with a position"),
    "entity.wikidata": (Fate.COARSENED, "links, of those with a position"),
    "entity.geonames": (Fate.COARSENED, "links, of those with a position"),
    "entity.iso3166": (Fate.COARSENED, "of those with a position"),
    "entity.gnd": (Fate.COARSENED, "links, of those with a position"),
    "entity.latitude": (Fate.COARSENED, "geometry, where both are known"),
    "entity.longitude": (Fate.COARSENED, "geometry, where both are known"),
}


def write(corpus: Corpus) -> str:
    """
    A corpus as a feature collection: entities that have a position, then each article with its claims.

    A claim lies where its places do, an article where it was filed. What has no known position has
    no geometry, which the standard calls unlocated. Positions are WGS 84, longitude first.

    Source: https://www.rfc-editor.org/rfc/rfc7946, sections 3.1 to 3.3 and 4

    >>> import json
    >>> from dateline.testing import tiny_corpus
    >>> json.loads(write(tiny_corpus()))["features"][0]["geometry"]
    {'type': 'Point', 'coordinates': [-3.25, 54.5]}
    """
    about = corpus.description
    described = {
        "id": corpus_uri(corpus),
        "title": about and about.title,
        "licence": about and about.licence,
        "pin": corpus.pin and str(corpus.pin),
        "digest": corpus.digest,
    }

    # Foreign members, which section 6.1 allows, and most readers pass over.
    return to_json(
        filled({"type": "FeatureCollection", **described}) | {"features": list(_Writer.of(corpus).features())}
    )


@frozen(kw_only=True)
class _Writer:
    corpus: Corpus

    #: What every name of a record begins with.
    base: str

    #: The position of each entity that has one.
    positions: dict[str, Object]

    @classmethod
    def of(cls, corpus: Corpus) -> _Writer:
        positions = {entity.id: point(entity) for entity in corpus.entities.values()}

        return cls(corpus=corpus, base=base(corpus), positions={id: at for id, at in positions.items() if at})

    def features(self) -> Iterator[Object]:
        entities = self.corpus.entities
        yield from (self._entity(entities[id]) for id in self.positions)
        for article in self.corpus.values():
            yield self._article(article)
            yield from (self._claim(claim, article) for claim in article.claims)

    def _entity(self, entity: Entity) -> Object:
        properties = {
            "record": "entity",
            "id": entity.id,
            "kind": entity.kind.value,
            "name": entity.name,
            "variants": list(entity.variants),
            "description": entity.description,
            "iso3166": entity.iso3166,
            "links": links(entity),
        }

        return self._feature(entity.id, [entity.id], properties)

    def _article(self, article: Article) -> Object:
        filed = article.dateline and article.dateline.entity
        properties = {
            "record": "article",
            "id": article.id,
            "revision": article.revision,
            "status": article.status.value,
            "headline": article.headline,
            "publisher": article.publisher and article.publisher.name,
            "published": article.published and str(article.published),
            "url": article.url,
            "language": article.language,
            "abstract": article.abstract,
        }

        return self._feature(article.id, [filed] if filed else [], properties)

    def _claim(self, claim: Claim, article: Article) -> Object:
        properties = {
            "record": "claim",
            "id": claim.id,
            "article": article.id,
            "statement": claim.statement,
            "kind": claim.kind.value,
            "claimant": claim.claimant,
            "stance": claim.stance.value,
            "channel": claim.channel,
            "via": list(claim.via),
            "said": claim.said and str(claim.said),
            "happened": claim.happened and str(claim.happened),
            "places": list(claim.places),
            "about": list(claim.about),
        }

        return self._feature(claim.id, claim.places, properties)

    def _feature(self, id: str, places: Iterable[str], properties: Object) -> Object:
        known = [self.positions[place] for place in dict.fromkeys(places) if place in self.positions]

        return {
            "type": "Feature",
            "id": f"{self.base}{id}",
            "geometry": _together(known),
            "properties": filled(properties),
        }


def _together(points: list[Object]) -> Object | None:
    if len(points) < 2:  # noqa: PLR2004 - one point is no multitude
        return points[0] if points else None

    return {"type": "MultiPoint", "coordinates": [point["coordinates"] for point in points]}
