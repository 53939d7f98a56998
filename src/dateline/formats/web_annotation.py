"""
W3C Web Annotation, which annotation tools and libraries read: evidence and mentions, marked on the texts.

The texts do not ship: a stretch is told by its position, in Unicode code points of the text form
``nfc-lf-1``, beside a name of the very bytes that were counted in, made of their digest.
Only where a text is attached and its words are asked for, they stand in a selector of their own.
There is no ``TimeState``: it wants a moment, and of a text no more than the day of its capture is known.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from dateline.corpus import Corpus
from dateline.formats.form import Words
from dateline.formats.linked import LICENCES, base, corpus_uri, filled, links, to_json
from dateline.formats.losses import Fate, Losses
from dateline.ids import Digest
from dateline.provenance import FieldSource
from dateline.records import Article, Claim, Mention
from dateline.references import web_address
from dateline.spans import Span


Node = dict[str, Any]

#: The standard's own context, by whose address an annotation is known, and what we put on a selector.
_CONTEXT: Final = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        # The bits that confirm the words; see Span.
        "tag": "urn:dateline:terms:tag",
        # The bytes whose code points are counted.
        "text": {"@id": "urn:dateline:terms:text", "@type": "@id"},
    },
]

#: What stands beside words that are quoted, in sentences.
_NOTICES: Final = {"notice": "urn:dateline:terms:notice"}

#: What becomes of each field.
LOSSES: Final[Losses] = {
    "article.id": (Fate.RENAMED, "source, and the annotations' ids"),
    "article.url": (Fate.COARSENED, "scope; what an address may not hold is percent-encoded"),
    "article.mentions": (Fate.COARSENED, "annotations that identify; none for a mention without spans"),
    "article.claims": (Fate.RENAMED, "annotations that describe"),
    "article.text": (Fate.COARSENED, "the digest of the bytes, beside each position in them"),
    "article.sources": (Fate.COARSENED, "annotations that link a stretch to fields; only stated ones"),
    "claim.id": (Fate.RENAMED, "the annotation's id"),
    "claim.statement": (Fate.RENAMED, "body"),
    "claim.kind": (Fate.RENAMED, "body, as a tag"),
    "claim.stance": (Fate.RENAMED, "body, as a tag"),
    "claim.evidence": (Fate.RENAMED, "target"),
    "claim.sources": (Fate.COARSENED, "annotations that link a stretch to fields; only stated ones"),
    "entity.id": (Fate.COARSENED, "body, of those that an article mentions"),
    "entity.kind": (Fate.COARSENED, "the first word of its id, of those that an article mentions"),
    "entity.name": (Fate.COARSENED, "body, as a tag, of those that an article mentions"),
    "entity.wikidata": (Fate.COARSENED, "body, as a link, of those that an article mentions"),
    "entity.geonames": (Fate.COARSENED, "body, as a link, of those that an article mentions"),
    "entity.gnd": (Fate.COARSENED, "body, as a link, of those that an article mentions"),
}


def write(corpus: Corpus, words: Words | None = None) -> str:
    """
    A corpus as an annotation collection of one page.

    With *words* each stretch that was found in an attached text is quoted beside its position,
    and the collection says whose the words are.

    For each claim there is an annotation that describes its evidence by the claim's statement; for each
    mention one that identifies the entity; and for each group of stated fields one that links to the record.

    Source: https://www.w3.org/TR/annotation-model/, sections 3.1, 4.2.5 and 5

    >>> import json
    >>> from dateline.testing import tiny_corpus
    >>> mention, *_ = json.loads(write(tiny_corpus()))["first"]["items"]
    >>> selector = mention["target"][0]["selector"]
    >>> selector["type"], selector["start"], selector["end"]
    ('TextPositionSelector', 172, 182)
    """
    about = corpus.description
    id = corpus_uri(corpus)
    items = list(_Writer.of(corpus, words).annotations())
    notices = _notices(corpus, words) if words else []

    return to_json(
        filled(
            {
                "@context": [*_CONTEXT, _NOTICES] if notices else _CONTEXT,
                "id": f"{id}#annotations",
                "type": "AnnotationCollection",
                "label": about and about.title,
                "creator": [{"name": name} for name in about.creators] if about else None,
                "notice": notices,
                "total": len(items),
                "first": {
                    "id": f"{id}#annotations-1",
                    "type": "AnnotationPage",
                    "partOf": f"{id}#annotations",
                    "startIndex": 0,
                    "items": items,
                },
            }
        )
    )


@frozen(kw_only=True)
class _Writer:
    corpus: Corpus

    #: What every name of a record begins with.
    base: str

    #: Of the records; None if it is not known.
    licence: str | None

    #: What is quoted; None if nothing is.
    words: Words | None

    @classmethod
    def of(cls, corpus: Corpus, words: Words | None) -> _Writer:
        about = corpus.description
        licence = f"{LICENCES}{about.licence}" if about else None

        return cls(corpus=corpus, base=base(corpus), licence=licence, words=words)

    def annotations(self) -> Iterator[Node]:
        for article in self.corpus.values():
            yield from (self._mention(mention, article) for mention in article.mentions if mention.spans)
            yield from self._stated(article.id, article.sources, article)
            for claim in article.claims:
                yield self._claim(claim, article)
                yield from self._stated(claim.id, claim.sources, article)
        for entity in self.corpus.entities.values():
            yield from self._stated(entity.id, entity.sources, None)

    def _claim(self, claim: Claim, article: Article) -> Node:
        body = [_text(claim.statement, "describing"), _tag(claim.kind.value), _tag(claim.stance.value)]

        return self._annotation(
            f"{claim.id}#evidence", "describing", body, self._targets(claim.evidence, article)
        )

    def _mention(self, mention: Mention, article: Article) -> Node:
        entity = self.corpus.entities.get(mention.entity)
        known = (links(entity), [_tag(entity.name)]) if entity else ([], [])
        named = (f"{self.base}{mention.entity}", *known[0])
        body = [*(_linked(uri, "identifying") for uri in named), *known[1]]
        id = f"{article.id}#{mention.entity}"

        return self._annotation(id, "identifying", body, self._targets(mention.spans, article))

    def _stated(self, id: str, sources: Iterable[FieldSource], article: Article | None) -> Iterator[Node]:
        for number, source in enumerate(sources, 1):
            targets = self._targets(source.evidence, article)
            body = [_linked(f"{self.base}{id}", "linking"), *map(_tag, source.fields)]
            if targets:
                yield self._annotation(f"{id}#source-{number}", "linking", body, targets)

    def _annotation(self, id: str, motivation: str, body: list[Node], targets: list[Node]) -> Node:
        return filled(
            {
                "id": f"{self.base}{id}",
                "type": "Annotation",
                "motivation": motivation,
                "rights": self.licence,
                "body": body,
                "target": targets,
            }
        )

    def _targets(self, spans: Iterable[Span], article: Article | None) -> list[Node]:
        # The records of entities are no part of an article, so their spans name one.
        found = ((span, span.article or (article and article.id)) for span in spans)

        return [self._target(span, id) for span, id in found if id]

    def _target(self, span: Span, id: str) -> Node:
        article = self.corpus.articles.get(id)
        text = article and article.text
        position = {
            "type": "TextPositionSelector",
            "start": span.start,
            "end": span.end,
            "tag": span.tag,
            "text": text and _named(text.exact),
        }
        quote = self.words.quoted(article, span) if self.words and article else None
        quoted = [] if quote is None else [{"type": "TextQuoteSelector", "exact": quote}]

        return filled(
            {
                "type": "SpecificResource",
                "source": f"{self.base}{id}",
                "selector": [filled(position), *quoted] if quoted else filled(position),
                "scope": article and article.url and web_address(article.url),
            }
        )


def _notices(corpus: Corpus, words: Words) -> list[str]:
    return [words.notice, *(f"{id}: {whose}" for id, whose in words.rights().items() if id in corpus)]


def _text(value: str, purpose: str) -> Node:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _tag(value: str) -> Node:
    return {"type": "TextualBody", "value": value, "purpose": "tagging"}


def _linked(uri: str, purpose: str) -> Node:
    return {"type": "SpecificResource", "source": uri, "purpose": purpose}


def _named(digest: Digest) -> str:
    # RFC 6920: whatever has this digest, wherever it is.
    value = bytes.fromhex(digest.partition(":")[2])

    return f"ni:///sha-256;{base64.urlsafe_b64encode(value).decode().rstrip('=')}"
