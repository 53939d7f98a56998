"""
One JSON document: which corpus this is, its entities and its articles, indented for people.

Lossless. Fields stand in the order in which the records declare them.
"""

from __future__ import annotations

import json
from typing import Final

from attrs import frozen

from dateline.converter import structure
from dateline.corpus import Corpus
from dateline.digests import canonical_json, plain
from dateline.formats.heading import Heading, check_readable, corpus_under, heading_of
from dateline.formats.losses import LOSSLESS
from dateline.records import Article, Entity
from dateline.strict_json import parse_json


#: All comes back.
LOSSES: Final = LOSSLESS


@frozen(kw_only=True)
class Document:
    """
    The whole file.
    """

    corpus: Heading

    entities: tuple[Entity, ...]

    articles: tuple[Article, ...]


def write(corpus: Corpus) -> str:
    """
    A corpus as one JSON document.

    Raises:
        InvalidValue: If a text holds a lone surrogate, or a whole number is beyond 2^53 - 1.

    >>> from dateline.testing import tiny_corpus
    >>> print(write(tiny_corpus())[:38])
    {
      "corpus": {
        "schema": "1.0",
    """
    document = plain(
        Document(
            corpus=heading_of(corpus),
            entities=tuple(corpus.entities.values()),
            articles=tuple(corpus.values()),
        )
    )
    # For what it refuses: other readers must get what was written.
    canonical_json(document)

    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def read(data: bytes, file: str) -> Corpus:
    """
    The corpus that a JSON document holds; *file* is for messages.

    Raises:
        InvalidDocument: If it is not JSON.
        InvalidRecord: If anything in it breaks a rule; all of it is named, each with its path.
        DigestMismatch: If the records are not those that its heading names.
        NewerSchema: If they need a later package.

    >>> from dateline.testing import tiny_corpus
    >>> read(write(tiny_corpus()).encode(), "tiny.json") == tiny_corpus()
    True
    """
    value = parse_json(data, file)
    if isinstance(value, dict):
        check_readable(value.get("corpus"), file)
    document = structure(value, Document, file)

    return corpus_under(document.corpus, document.articles, document.entities, file)
