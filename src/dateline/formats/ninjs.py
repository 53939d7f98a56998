"""
IPTC ninjs 3.1, which newsrooms and agencies exchange: one array, an object for each article.

The standard is closed: claims and the sources of fields have no place in it, and articles are without
their bodies. Its times have an hour; a day is not made into one, but told in the editorial note.
"""

from __future__ import annotations

import re
from typing import Any, Final

from attrs import frozen

from dateline.corpus import Corpus
from dateline.formats.linked import base, filled, point, to_json
from dateline.formats.losses import Fate, Losses
from dateline.records import Article, Copy, Credit, Rights
from dateline.vocabulary import Status


Object = dict[str, Any]

_STANDARD: Final = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}

#: Where those that an article names go, by kind; people without a name of their own are subjects.
_PLACES: Final = {
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "group": "subjects",
}

# Plain addresses only: what the standard links to must be a URI of RFC 3986, without exception.
_URI: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~/-]*)?")

#: What becomes of each field.
LOSSES: Final[Losses] = {
    "article.id": (Fate.RENAMED, "uri and slugline"),
    "article.revision": (Fate.RENAMED, "version"),
    "article.status": (Fate.COARSENED, "pubStatus; a corrected record is usable, as any other"),
    "article.headline": (Fate.RENAMED, "headlines"),
    "article.publisher": (Fate.COARSENED, "infoSources, with name and entity"),
    "article.bylines": (Fate.COARSENED, "by, people and organisations, with name and entity"),
    "article.agencies": (Fate.COARSENED, "infoSources, with name and entity"),
    "article.published": (Fate.RENAMED, "edNote, since the times of ninjs have an hour"),
    "article.dateline": (Fate.COARSENED, "located: the place as printed"),
    "article.url": (Fate.RENAMED, "altIds"),
    "article.language": (Fate.KEPT, ""),
    "article.rights": (Fate.RENAMED, "rightsInfo, copyrightHolder and usageTerms"),
    "article.abstract": (Fate.RENAMED, "descriptions"),
    "article.topics": (Fate.RENAMED, "subjects"),
    "article.copies": (
        Fate.COARSENED,
        "associations, with the publisher's name and entity, not the parts of a name",
    ),
    "article.mentions": (Fate.COARSENED, "people and the like, without the places in the text"),
    "article.text": (Fate.COARSENED, "altIds: the digest of the text"),
    "entity.id": (Fate.COARSENED, "uri and literal, of those that an article names"),
    "entity.kind": (
        Fate.COARSENED,
        "people, organisations, places or subjects, of those that an article names",
    ),
    "entity.name": (Fate.COARSENED, "of those that an article names"),
    "entity.wikidata": (Fate.COARSENED, "uri, of those that an article names"),
    "entity.latitude": (Fate.COARSENED, "geoJSON, of places that an article names"),
    "entity.longitude": (Fate.COARSENED, "geoJSON, of places that an article names"),
}


def write(corpus: Corpus) -> str:
    """
    A corpus as a JSON array of ninjs objects, each a partial representation of its article.

    Source: https://iptc.org/std/ninjs/ninjs-schema_3.1.json

    >>> import json
    >>> from dateline.testing import tiny_corpus
    >>> json.loads(write(tiny_corpus()))[0]["headlines"]
    [{'role': 'main', 'value': 'Ferry to Old Quay returns after winter repairs'}]
    """
    writer = _Writer(corpus=corpus, base=base(corpus))

    return to_json([writer.article(article) for article in corpus.values()])


@frozen(kw_only=True)
class _Writer:
    corpus: Corpus

    #: What every name of a record begins with.
    base: str

    def article(self, article: Article) -> Object:
        is_withdrawn = article.status is Status.WITHDRAWN
        sources = [self._source(article.publisher, "publisher")] if article.publisher else []

        return filled(
            {
                "uri": f"{self.base}{article.id}",
                "type": "text",
                "representationType": "partial",
                "version": str(article.revision),
                "pubStatus": "canceled" if is_withdrawn else "usable",
                "language": article.language,
                "slugline": article.id,
                "headlines": article.headline and [{"role": "main", "value": article.headline}],
                "by": ", ".join(credit.name for credit in article.bylines),
                "located": article.dateline and article.dateline.place,
                "edNote": article.published and f"Published {article.published}",
                "descriptions": article.abstract and [{"role": "abstract", "value": article.abstract}],
                **self._named(article),
                "infoSources": [*sources, *(self._source(credit, "agency") for credit in article.agencies)],
                **_rights(article.rights),
                "associations": [self._copy(copy, article, at) for at, copy in enumerate(article.copies, 1)],
                "altIds": _other_ids(article),
                "standard": _STANDARD,
            }
        )

    def _named(self, article: Article) -> Object:
        found: dict[str, list[Object]] = {word: [] for word in _PLACES.values()}
        for topic in article.topics:
            code = topic.code.partition(":")[2]
            uri = f"http://cv.iptc.org/newscodes/mediatopic/{code}"
            found["subjects"].append({"name": topic.label, "rel": "about", "uri": uri, "literal": topic.code})
        for credit in article.bylines:
            if credit.entity:
                found[_place(credit.entity)].append(self._entity(credit.entity, "creator", credit.name))
            elif credit.family:
                found["people"].append({"name": credit.name, "rel": "creator"})
        for mention in article.mentions:
            found[_place(mention.entity)].append(self._entity(mention.entity, "mentions"))

        return found

    def _entity(self, id: str, relation: str, name: str | None = None) -> Object:
        entity = self.corpus.entities.get(id)
        position = point(entity) if entity and _place(id) == "places" else None

        return filled(
            {
                "name": name or (entity and entity.name),
                "rel": relation,
                "uri": self._uri(id),
                "literal": id,
                "geoJSON": position,
            }
        )

    def _uri(self, id: str) -> str:
        entity = self.corpus.entities.get(id)
        item = entity and entity.wikidata

        return f"http://www.wikidata.org/entity/{item}" if item else f"{self.base}{id}"

    def _source(self, credit: Credit, role: str) -> Object:
        uri = credit.entity and self._uri(credit.entity)

        return filled({"name": credit.name, "role": role, "uri": uri, "literal": credit.entity})

    def _copy(self, copy: Copy, article: Article, number: int) -> Object:
        return filled(
            {
                "name": copy.publisher.name,
                "rel": copy.relation.value,
                "uri": f"{self.base}{article.id}#copy-{number}",
                "edNote": copy.note,
                "infoSources": [self._source(copy.publisher, "publisher")],
                "altIds": [{"role": "canonical-url", "value": copy.url}],
            }
        )


def _place(id: str) -> str:
    return _PLACES[id.partition("/")[0]]


def _rights(rights: Rights | None) -> Object:
    if rights is None:
        return {}
    link = "linkedRights" if _URI.fullmatch(rights.uri) else "encodedRights"

    return {
        "copyrightHolder": rights.holder,
        "usageTerms": rights.note,
        "rightsInfo": {link: rights.uri},
    }


def _other_ids(article: Article) -> list[Object]:
    values = {
        "canonical-url": article.url,
        "text-digest": article.text and article.text.nfc_lf,
    }

    return [{"role": role, "value": value} for role, value in values.items() if value]
