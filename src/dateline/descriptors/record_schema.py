"""
The JSON Schema of the records, as a file of a release: what each line of its JSON Lines is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dateline.corpus import Corpus
from dateline.formats.linked import to_json
from dateline.json_schemas import json_schema


NAME: Final = "schema.json"


def write(corpus: Corpus, files: Mapping[str, bytes]) -> bytes:
    """
    One schema for both kinds of line, an article's and an entity's; for one of them, take it from ``$defs``.

    It says nothing that differs from corpus to corpus; see :func:`dateline.json_schema`.

    >>> import json
    >>> from dateline.testing import tiny_corpus
    >>> json.loads(write(tiny_corpus(), {}))["anyOf"]
    [{'$ref': '#/$defs/Article'}, {'$ref': '#/$defs/Entity'}]
    """
    article, entity = json_schema("article"), json_schema("entity")
    definitions = article["$defs"] | entity["$defs"]

    return to_json(
        {
            "$schema": article["$schema"],
            "title": "dateline records",
            "description": "A line of articles.jsonl, or one of entities.jsonl.",
            "$comment": article["$comment"],
            "anyOf": [{"$ref": article["$ref"]}, {"$ref": entity["$ref"]}],
            "$defs": dict(sorted(definitions.items())),
        }
    ).encode()
