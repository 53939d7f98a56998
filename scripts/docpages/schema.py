"""
The schema reference: every class with its fields, and every closed list, out of the classes.
"""

from __future__ import annotations

import inspect
import re
from typing import Any, Final

import attrs

from dateline import vocabulary
from dateline.fingerprints import Anchor, TextFingerprint
from dateline.json_schemas import comments_in_source
from dateline.provenance import Capture, FieldSource
from dateline.records import (
    Article,
    Claim,
    Copy,
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
from dateline.schema import MIN_READER, SCHEMA_VERSION
from dateline.spans import Span
from docpages.markdown import code, markdown, summary, table


#: The records, then what they are made of.
RECORDS: Final = (Article, Claim, Entity)
PARTS: Final = (
    *(Credit, Dateline, Rights, Topic, Copy, Mention, Quantity, Relation),
    *(Span, FieldSource, Capture, TextFingerprint, Anchor),
)
LISTS: Final = (
    *(vocabulary.Status, vocabulary.Kind, vocabulary.Stance, vocabulary.Bound),
    *(vocabulary.RelationKind, vocabulary.CopyRelation, vocabulary.EntityKind, vocabulary.Basis),
)

#: What to say of fields that the classes leave without a comment, their names saying enough to programmers.
PLAIN: Final = {
    "Article.url": "The article's address.",
    "Credit.name": "As printed.",
    "Rights.holder": "Who holds them.",
    "Rights.note": "What else is known of them, in the curators' words.",
    "Copy.url": "The copy's address.",
    "Mention.entity": "Who or what is named.",
    "Quantity.value": "The number.",
}

_TYPES: Final = {
    "str": "text",
    "int": "whole number",
    "Decimal": "[decimal](#units-and-frames)",
    "PartialDate": "[date](#units-and-frames)",
    "Digest": "[digest](#units-and-frames)",
    "ArticleId": "article id",
    "ClaimId": "claim id",
    "EntityId": "entity id",
}


def version() -> str:
    """
    Which shape this is, and who reads it.
    """
    return f"Schema version {SCHEMA_VERSION}; packages from {MIN_READER} on read it.\n"


def records() -> str:
    """
    A section for each kind of record, and for each thing that records are made of.
    """
    return "\n".join(map(_section, (*RECORDS, *PARTS)))


def lists() -> str:
    """
    A section for each closed list.
    """
    return "\n".join(map(_list_section, LISTS))


def _section(kind: type) -> str:
    rows = [
        (
            code(attribute.name),
            _type(_annotation(kind, attribute.name)),
            _meaning(kind, attribute.name),
            _default(attribute),
        )
        for attribute in attrs.fields(kind)
    ]
    fields = table(("field", "type", "meaning", "if left out"), rows)

    return f"## {kind.__name__}\n\n{summary(kind)}\n\n{fields}{_sources(kind)}"


def _sources(kind: type) -> str:
    if kind not in RECORDS:
        return ""
    needed = sourced_fields(kind)
    free = ", ".join(code(field.name) for field in attrs.fields(kind) if field.name not in needed)

    return f"\nEvery field needs a source in `sources`, except {free}.\n"


def _annotation(kind: type, name: str) -> str:
    # As written: attrs' own may have been resolved by then.
    return str(inspect.get_annotations(kind)[name])


def _type(annotation: str) -> str:
    annotation = annotation.removesuffix(" | None")
    several = re.fullmatch(r"tuple\[(\w+), \.\.\.\]", annotation)
    if several:
        return f"list of {_type(several[1])}"

    return _TYPES.get(annotation) or f"[{annotation}](#{annotation.lower()})"


def _default(attribute: Any) -> str:
    if attribute.default is attrs.NOTHING:
        return "required"

    return "empty" if attribute.default == () else "none"


def _meaning(kind: type, name: str) -> str:
    comment = comments_in_source(kind).get(name)
    if comment:
        return markdown(comment)
    plain = PLAIN.get(f"{kind.__name__}.{name}")
    if plain:
        return plain
    named = re.sub(r"tuple\[|, \.\.\.\]| \| None", "", _annotation(kind, name))

    return summary(getattr(inspect.getmodule(kind), named))


def _list_section(kind: Any) -> str:
    rows = [(code(word.value), word.definition) for word in kind]

    return f"### {kind.__name__}\n\n{summary(kind)}\n\n{table(('word', 'meaning'), rows)}"
