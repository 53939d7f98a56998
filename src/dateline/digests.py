"""
Records as canonical bytes, and the digests of records and of a whole corpus.

Canonical means RFC 8785 (JSON Canonicalization Scheme) on a subset of JSON without floating-point numbers:
decimals are strings in one normal form, and an optional field at its default is left out,
so that a field added later leaves old digests as they are.
"""

from __future__ import annotations

import functools
import json
import operator
import types
import typing
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Annotated, Any, TypeAlias

import attrs
import msgspec

from dateline.dates import PartialDate
from dateline.errors import InvalidValue
from dateline.fingerprints import sha256
from dateline.ids import Digest
from dateline.once import made_once
from dateline.records import Article, Entity
from dateline.strict_json import MAX_INTEGER
from dateline.vocabulary import DefinedEnum


#: Gives for the type of a field what msgspec takes its value as, or None if it is as it says.
Leaf: TypeAlias = Callable[[Any], Any]


def plain(value: Any) -> Any:
    """
    A record as dicts, lists, strings, whole numbers and None, without the optional fields at their default.

    >>> from dateline.spans import Span
    >>> plain(Span(3, 7))
    {'start': 3, 'end': 7}
    """
    kind: type = type(value)
    return _writer(kind)(value)


@functools.cache
def _writer(kind: type) -> Callable[[Any], Any]:
    if attrs.has(kind):
        return functools.partial(_plain_record, _fields(kind))
    if kind is tuple:
        return lambda items: [plain(item) for item in items]
    if issubclass(kind, DefinedEnum):
        return lambda member: member.value
    if kind is Decimal:
        return decimal_text
    if kind is PartialDate:
        return str

    return lambda value: value


@functools.cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((attribute.name, attribute.default) for attribute in attrs.fields(kind))


def _plain_record(fields: tuple[tuple[str, Any], ...], record: Any) -> dict[str, Any]:
    found = {}
    for name, default in fields:
        value = getattr(record, name)
        if default is attrs.NOTHING or value != default:
            found[name] = plain(value)

    return found


def decimal_text(value: Decimal) -> str:
    """
    A decimal in its one normal form: no exponent, no trailing zeros, no negative zero.

    >>> [decimal_text(Decimal(text)) for text in ("1.50", "1E+3", "-0.0")]
    ['1.5', '1000', '0']
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")

    return "0" if text == "-0" else text


def canonical_json(value: Any) -> bytes:
    """
    The RFC 8785 form of a value without floating-point numbers, as UTF-8.

    Raises:
        InvalidValue: If there is a float, a whole number beyond 2^53 - 1, a lone surrogate, or no JSON type.

    >>> canonical_json({"b": [True, None], "a": "é"}).decode()
    '{"a":"é","b":[true,null]}'
    """
    text = json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidValue("text", "not hold a lone surrogate", text[error.start]) from None


def _ordered(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise InvalidValue("whole number", "lie within 2^53 - 1 of zero", value)
        return value
    if isinstance(value, dict):
        # RFC 8785, section 3.2.3: keys are ordered by their UTF-16 code units.
        by_units = sorted(value.items(), key=_units)
        return {key: _ordered(item) for key, item in by_units}
    if isinstance(value, (list, tuple)):
        return [_ordered(item) for item in value]
    raise InvalidValue("value", "be text, a whole number, a boolean, None, a list or a dict", value)


def _units(item: tuple[Any, Any]) -> bytes:
    if not isinstance(item[0], str):
        raise InvalidValue("key", "be text", item[0])

    return item[0].encode("utf-16-be", "surrogatepass")


def encode(record: Article | Entity) -> bytes:
    """
    The canonical bytes of a record: what its digest is of, and a line of a release.

    Raises:
        InvalidValue: If a text holds a lone surrogate, or a whole number is beyond 2^53 - 1.

    >>> from dateline.testing import make_entity
    >>> encode(make_entity(sources=())).decode()
    '{"id":"place/old-quay","kind":"place","name":"Old Quay"}'
    """
    kind: Any = type(record)
    try:
        shaped = msgspec.convert(record, _shape(kind, _taken), dec_hook=_held, from_attributes=True)
        return _WRITER.encode(shaped)
    # Whatever is not as the fields' types have it is written, or refused, the careful way.
    except (msgspec.ValidationError, TypeError, UnicodeEncodeError):
        return canonical_json(plain(record))


def rewriter(hint: Any, kept: Leaf) -> Callable[[bytes], bytes]:
    """
    What reads JSON that became a value of a type, and writes it as :func:`encode` writes that value.

    So if the same bytes come out, they are canonical. *kept* says which parts are kept as they stand:
    it gives what holds their bytes, and None for all others.

    >>> from dateline.records import Rights
    >>> rewriter(Rights, lambda hint: None)(b'{"note":null, "uri":"https://rights.example/"}')
    b'{"uri":"https://rights.example/"}'
    """
    shaped = _shaped(hint, lambda inner: kept(inner) or _read(inner))
    decode = msgspec.json.Decoder(shaped, dec_hook=_number).decode

    return lambda data: _WRITER.encode(decode(data))


def _number(_: type, text: Any) -> _Number:
    return _Number(Decimal(text))


@made_once
def _shape(kind: type, leaf: Leaf) -> type[msgspec.Struct]:
    """
    What msgspec writes as the canonical bytes of a record of some *kind*.

    The keys of records are ASCII, so the order of their names is that of RFC 8785; no floats are in them,
    and msgspec escapes what it says. Defaults are None and the empty tuple, of which there is one each.
    """
    hints = typing.get_type_hints(kind)
    fields = [
        (
            field.name,
            _shaped(hints[field.name], leaf),
            *(() if field.default is attrs.NOTHING else (field.default,)),
        )
        for field in sorted(attrs.fields(kind), key=operator.attrgetter("name"))
    ]

    # Nothing in it can lead back to it, so the collector need not know it.
    shape = msgspec.defstruct(
        kind.__name__, fields, forbid_unknown_fields=True, gc=False, kw_only=True, omit_defaults=True
    )
    # Now, and not at the first use, which may be that of several threads.
    msgspec.json.Decoder(shape)

    return shape


def _shaped(hint: Any, leaf: Leaf) -> Any:
    found = leaf(hint)
    if found is not None:
        return found
    if hint is int:
        return Annotated[int, msgspec.Meta(ge=-MAX_INTEGER, le=MAX_INTEGER)]
    if hint is Decimal:
        return _Number
    if attrs.has(hint):
        return _shape(hint, leaf)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return functools.reduce(operator.or_, (_shaped(each, leaf) for each in arguments))

    return tuple[_shaped(arguments[0], leaf), ...] if origin is tuple else hint  # type: ignore[misc]


def _taken(hint: Any) -> Any:
    """
    What takes the values of a record: words, and tuples of texts, each of which its own rule has seen.
    """
    texts = typing.get_origin(hint) is tuple and not attrs.has(typing.get_args(hint)[0])

    return Any if texts or _is_word(hint) else None


def _read(hint: Any) -> Any:
    """
    What takes the values of JSON that became a record: of dates and words their text.
    """
    return str if hint is PartialDate or _is_word(hint) else None


def _is_word(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, DefinedEnum)


class _Number:
    """
    A decimal that is written in its normal form.
    """

    __slots__ = ("_value",)

    def __init__(self, value: Decimal) -> None:
        self._value = value

    def __str__(self) -> str:
        return decimal_text(self._value)


def _held(kind: type, value: Any) -> Any:
    return _Number(value) if kind is _Number and isinstance(value, Decimal) else value


#: Of dates and numbers their text.
_WRITER = msgspec.json.Encoder(enc_hook=str)


def record_digest(record: Any) -> Digest:
    """
    The SHA-256 of a record's canonical bytes.

    >>> from dateline.testing import make_article
    >>> record_digest(make_article()) == record_digest(make_article())
    True
    """
    return sha256(encode(record))


def corpus_digest(digests: Iterable[tuple[str, str, str]]) -> Digest:
    """
    The digest of a corpus from the (kind, id, digest) of each of its records, in any order.

    It is the SHA-256 of the lines ``kind id digest`` sorted by their UTF-8 bytes, each with a line feed,
    so the same records have the same digest in a file, in a table or in memory.

    >>> corpus_digest([]) == sha256(b"")
    True
    """
    lines = sorted(f"{kind} {identifier} {digest}\n".encode() for kind, identifier, digest in digests)

    return sha256(b"".join(lines))
