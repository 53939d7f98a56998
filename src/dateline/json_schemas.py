"""
JSON Schema of the records, written out of their classes.

Draft 2020-12 (https://json-schema.org/draft/2020-12). Objects are closed, the words of closed lists carry
their definitions, and descriptions are what the classes say of themselves.
A schema accepts what the strict door does, :func:`dateline.converter.structure`, but for the rules in UNSAID.

Patterns keep to what section 6.4 of the Core specification recommends: every dialect reads them alike.
"""

from __future__ import annotations

import functools
import inspect
import re
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import attrs

from dateline import dates, ids
from dateline.dates import PartialDate
from dateline.digests import plain
from dateline.errors import InvalidValue
from dateline.formats.heading import Heading
from dateline.formats.records_json import Document
from dateline.records import Article, Claim, Entity
from dateline.schema import SCHEMA_VERSION
from dateline.spans import TAG_DIGITS, Span
from dateline.strict_json import MAX_INTEGER
from dateline.validators import WHITE_SPACE, decimal_pattern, says
from dateline.vocabulary import DefinedEnum


#: The dialect that the schemas are written in.
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

#: What each schema is of, by name.
SCHEMAS: Final[Mapping[str, str]] = {
    "article": "An article with its claims.",
    "claim": "A claim on its own.",
    "entity": "An entity.",
    "corpus": "A whole corpus: a file in the format json.",
    "corpus-line": "A line of a corpus: a file in the format jsonl.",
}

#: The rules that no JSON Schema says, all of them; each also stands as ``$comment`` where it belongs.
UNSAID: Final[Mapping[str, str]] = {
    "json": "A schema sees values and not their text: no key stands twice in an object, a whole number has "
    "neither point nor exponent, and no text holds a lone surrogate (RFC 7493).",
    "span": "The start comes before the end.",
    "extent": "An extent a/b does not end before it starts.",
    "choice": "The choices of [a,b] differ and stand in order.",
    "selection": "The selection is a printed predicate.",
}

_UNSAID_OF: Final = {Span: ("span",), PartialDate: ("extent", "choice"), Heading: ("selection",)}

_KINDS: Final = {"article": Article, "claim": Claim, "entity": Entity, "corpus": Document}

#: What a rule on a whole record says of a single field, and a parser that is no type's.
_OF_FIELDS: Final[Mapping[tuple[Any, str], Mapping[str, Any]]] = {
    (Span, "start"): {"minimum": 0},
    (Span, "end"): {"minimum": 1},
    (Span, "tag"): {"matches": f"[0-9a-f]{{{TAG_DIGITS}}}", "examples": ["0f3a9c"]},
    (Heading, "pin"): {"matches": ids.PIN_PATTERN, "examples": ["ukraine-2022@1.0.0"]},
}

_Schema = dict[str, Any]

# What must not follow from the start of a text, with one group inside at most.
_LOOKAHEAD: Final = re.compile(r"\(\?!((?:[^()]|\([^()]*\))*)\)")

# What Python writes otherwise than ECMA-262 in Unicode mode; white space stands in classes only.
_ESCAPES: Final = {r"\s": WHITE_SPACE, r"\Z": "$", r"\"": '"'}


def json_schema(name: str) -> dict[str, Any]:
    """
    The JSON Schema of a kind of record, or of a file of them, to be used and changed as you like.

    It is one of ``article``, ``claim``, ``entity``, ``corpus`` (a file in the format ``json``)
    and ``corpus-line`` (each line of a file in the format ``jsonl``).
    In Draft 2020-12, without references to elsewhere; ``format`` is not used, so that every validator
    checks everything.

    Raises:
        InvalidValue: If there is no schema of that name.

    >>> json_schema("article")["$defs"]["Relation"]["required"]
    ['kind', 'claim']
    >>> json_schema("")
    Traceback (most recent call last):
        ...
    dateline.errors.InvalidValue: schema must be one of article, claim, entity, corpus, corpus-line, got ''
    """
    if name not in SCHEMAS:
        raise InvalidValue("schema", f"be one of {', '.join(SCHEMAS)}", name)
    definitions: dict[str, _Schema] = {}
    top = _line(definitions) if name == "corpus-line" else _of_type(_KINDS[name], {}, definitions)

    return {
        "$schema": DRAFT,
        "title": f"dateline {name}",
        "description": SCHEMAS[name],
        "$comment": f"Schema version {SCHEMA_VERSION}. {UNSAID['json']}",
        **top,
        "$defs": dict(sorted(definitions.items())),
    }


@functools.cache
def comments(thing: Any) -> Mapping[str, str]:
    """
    What the ``#:`` comments say of the fields of a class, or of the names of a module, as plain text.

    Empty where the source code is not at hand.
    """
    return {name: _prose(text) for name, text in comments_in_source(thing).items()}


def comments_in_source(thing: Any) -> dict[str, str]:
    """
    The same as they stand in the source code, in reStructuredText.
    """
    try:
        source = inspect.getsource(thing)
    except OSError:
        return {}
    found: dict[str, str] = {}
    above: list[str] = []
    for line in source.split("\n"):
        comment = re.fullmatch(r"(?: {4})?#: ?(.*)", line)
        declared = re.match(r"(?: {4})?(\w+)(?::| =)", line)
        if declared and above:
            found[declared[1]] = " ".join(above)
        above = [*above, comment[1]] if comment else []

    return found


def _line(definitions: dict[str, _Schema]) -> _Schema:
    kinds = {"corpus": Heading, "entity": Entity, "article": Article}

    return {
        "type": "object",
        "properties": {key: _of_type(kind, {}, definitions) for key, kind in kinds.items()},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }


def _of_type(kind: Any, said: Mapping[str, Any], definitions: dict[str, _Schema]) -> _Schema:
    inner = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        of_items = {key: value for key, value in said.items() if key != "minItems"}
        of_list = {key: value for key, value in said.items() if key == "minItems"}
        return {"type": "array", "items": _of_type(inner[0], of_items, definitions), **of_list}
    if inner:
        # The only unions are with None, which comes last.
        return {"anyOf": [_of_type(inner[0], said, definitions), {"type": "null"}]}
    if kind is int:
        return {"type": "integer", "minimum": -MAX_INTEGER, "maximum": MAX_INTEGER, **said}
    if kind is str:
        return _text(said)
    name: str = kind.__name__
    if name not in definitions:
        definitions[name] = _definition(kind, definitions)

    return {"$ref": f"#/$defs/{name}"}


def _definition(kind: Any, definitions: dict[str, _Schema]) -> _Schema:
    unsaid = " ".join(UNSAID[name] for name in _UNSAID_OF.get(kind, ()))
    comment = {"$comment": unsaid} if unsaid else {}
    if kind in ids.PATTERNS:
        return {
            **_described(comments(ids).get(kind.__name__)),
            **_text({"matches": ids.PATTERNS[kind], "maxLength": ids.MAX_LENGTH}),
        }
    if kind is Decimal:
        return {
            "description": "A decimal number in text, without exponent or needless zeros.",
            **_text({"matches": decimal_pattern(), "examples": ["-0.5", "300"]}),
        }
    if kind is PartialDate:
        examples = ["2022", "2022-03", "2022-03-02~", "2022-02-24/2022-03-02", "[2022-03-02,2022-03-03]"]
        said = _text({"matches": dates.PATTERN, "examples": examples})
        return {**_described(_summary(kind)), **comment, **said}
    if issubclass(kind, DefinedEnum):
        words = [{"const": word.value, "description": word.definition} for word in kind]
        return {**_described(_summary(kind)), "oneOf": words}

    return {**_described(_summary(kind)), **comment, **_record(kind, definitions)}


def _record(kind: Any, definitions: dict[str, _Schema]) -> _Schema:
    hints, told = typing.get_type_hints(kind), comments(kind)
    fields = {field.name: field for field in attrs.fields(kind)}
    properties = {
        name: {
            **_described(told.get(name)),
            **_of_type(hints[name], _OF_FIELDS.get((kind, name), says(field.validator)), definitions),
            **({} if field.default is attrs.NOTHING else {"default": plain(field.default)}),
        }
        for name, field in fields.items()
    }

    return {
        "type": "object",
        "properties": properties,
        "required": [name for name, field in fields.items() if field.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _text(said: Mapping[str, Any]) -> _Schema:
    rest = {key: value for key, value in said.items() if key != "matches"}

    return {"type": "string", **rest, **(_all_of_it(said["matches"]) if "matches" in said else {})}


def _all_of_it(pattern: str) -> _Schema:
    # Many an engine lets $ match before a line feed at the end, too.
    never = ["\n"]
    ahead = _LOOKAHEAD.match(pattern)
    if ahead:
        never.append(f"^(?:{ahead[1]})")
        pattern = pattern[ahead.end() :]

    return {"pattern": _portable(f"^(?:{pattern})$"), "not": {"pattern": _portable("|".join(never))}}


def _portable(pattern: str) -> str:
    return re.sub(r"\\.", lambda escape: _ESCAPES.get(escape[0], escape[0]), pattern)


def _summary(kind: Any) -> str:
    paragraph = inspect.cleandoc(kind.__doc__ or "").partition("\n\n")[0]

    return _prose(" ".join(paragraph.split()))


def _described(text: str | None) -> _Schema:
    return {"description": text} if text else {}


def _prose(text: str) -> str:
    # Of reStructuredText only what reads as plain text; and null is JSON's word for None.
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text.replace("``", "`"))

    return re.sub(r"\bNone\b", "null", text)
