"""
What each column of a release's tables means and can hold, as the JSON Schema of the records says.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from dateline.descriptors.tables import columns_of
from dateline.formats.flat_columns import Cell, Column
from dateline.json_schemas import json_schema


_Schema = Mapping[str, Any]

# What the rows of a table are about, by its name in the JSON Schema.
_KINDS: Final = {"articles": "Article", "claims": "Claim", "entities": "Entity", "sources": "FieldSource"}

# Where in the record the value of a column stands, if not in the field of the same name.
_PATHS: Final = {
    "articles": {
        "publisher": "publisher.name",
        "publisher_entity": "publisher.entity",
        "bylines": "bylines.name",
        "agencies": "agencies.name",
        "dateline_place": "dateline.place",
        "dateline_entity": "dateline.entity",
        "dateline_date": "dateline.date",
        "rights": "rights.uri",
        "rights_holder": "rights.holder",
        "topics": "topics.code",
        "mentions": "mentions.entity",
        "text_length": "text.length",
    },
    "sources": {"field": "fields", "established_by": "by"},
}

# Where the schema, which speaks of the whole record, would say less, or too much.
_WORDS: Final = {
    ("articles", "publisher_entity"): "The publisher, as an entity.",
    ("articles", "dateline_entity"): "The place where the report was filed, as an entity.",
    ("articles", "dateline_place"): "Where the report was filed, as printed.",
    ("articles", "dateline_date"): "When the report was filed, if that is printed.",
    ("articles", "url"): "Where the article is on the web.",
    ("articles", "rights_holder"): "Who holds the rights in the article.",
    ("articles", "topics"): "Codes of the IPTC Media Topics, such as `medtop:16000000`.",
    ("articles", "mentions"): "The entities that the text names.",
    ("articles", "text_length"): "The length of the text, in code points of its form `nfc-lf-1`.",
    ("sources", "field"): "The field of the record whose value has this source.",
    ("sources", "evidence"): "Where the text says it: start-end, in code points.",
}

# What is no field of the record: its type in the JSON Schema, whether every row has it, and its words.
_BESIDE: Final[Mapping[str, Mapping[str, tuple[str, bool, str]]]] = {
    "claims": {"article": ("ArticleId", True, "The article that makes the claim.")},
    "sources": {
        "article": ("ArticleId", False, "The article whose field it is, if it is an article's."),
        "claim": ("ClaimId", False, "The claim whose field it is, if it is a claim's."),
        "entity": ("EntityId", False, "The entity whose field it is, if it is an entity's."),
        "source": (
            "",
            True,
            "The number of the source in its record; one may be the source of several fields.",
        ),
    },
}

_DIGEST: Final = ("Digest", True, "The SHA-256 of the record's canonical JSON (RFC 8785).")

_BOUNDS: Final = {"_earliest": "The first day that {} may mean.", "_latest": "The last day that {} may mean."}


@frozen(kw_only=True)
class Meaning:
    """
    What a column means, and what its cells can hold.
    """

    column: Column

    #: Empty if the column's name says it all.
    description: str

    #: Whether no row is without a value; an empty list is one.
    required: bool

    #: The JSON Schema of a value, or of each in a list, without references; empty if there are no rules.
    schema: _Schema


@functools.cache
def meanings(table: str) -> tuple[Meaning, ...]:
    """
    What each column of a table means, in their order.

    >>> next(found.description for found in meanings("articles") if found.column.name == "status")
    'What has become of a record.'
    """
    return tuple(_meaning(table, column) for column in columns_of(table))


def _meaning(table: str, column: Column) -> Meaning:
    name, beside = column.name, {"digest": _DIGEST, **_BESIDE.get(table, {})}
    if name in beside:
        kind, required, words = beside[name]
        return Meaning(
            column=column, description=words, required=required, schema=_definitions().get(kind, {})
        )
    for suffix, words in _BOUNDS.items():
        if name.endswith(suffix):
            bounded = name.removesuffix(suffix)
            return Meaning(column=column, description=words.format(bounded), required=False, schema={})
    steps = list(_steps(_KINDS[table], _PATHS.get(table, {}).get(name, name)))

    return Meaning(
        column=column,
        description=_WORDS.get((table, name)) or " ".join(words for words, _, _ in steps if words),
        required=column.cell is Cell.TEXTS or all(required for _, required, _ in steps),
        schema=steps[-1][-1],
    )


def _steps(kind: str, path: str) -> Iterator[tuple[str, bool, _Schema]]:
    """
    For each field on a path: what is said of it, whether it is there in any record, and what its values are.
    """
    schema: _Schema = _definitions()[kind]
    for name in path.split("."):
        required = name in schema["required"]
        schema, words = _value(schema["properties"][name])
        yield words, required, schema


def _value(schema: _Schema) -> tuple[_Schema, str]:
    """
    What a field holds in the end, be it empty, a list or a type of its own, and what is said of it first.
    """
    inner = _inner(schema)
    if inner is None:
        return schema, schema.get("description", "")
    held, words = _value(inner)

    return held, schema.get("description") or words


def _inner(schema: _Schema) -> _Schema | None:
    if "$ref" in schema:
        return _definitions()[schema["$ref"].rpartition("/")[2]]
    # The only unions are with null, which comes last.
    inner: _Schema | None = schema["anyOf"][0] if "anyOf" in schema else schema.get("items")

    return inner


@functools.cache
def _definitions() -> Mapping[str, _Schema]:
    return {**json_schema("article")["$defs"], **json_schema("entity")["$defs"]}
