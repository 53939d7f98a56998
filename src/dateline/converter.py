"""
The strict door: data from strangers become records, or every fault is named with its path.

Nothing is coerced: a number is no text, text is no list, an unknown key is a fault.
Rules on single values run field by field, so that one fault does not hide the next.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

import attrs
from cattrs import Converter, override
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.gen import make_dict_structure_fn

from dateline.dates import PartialDate
from dateline.digests import decimal_text
from dateline.errors import Fault, InvalidRecord, InvalidValue, shortened
from dateline.vocabulary import DefinedEnum


T = TypeVar("T")

Hook = Callable[[Any, Any], Any]


def structure(data: Any, kind: type[T], subject: str | None = None) -> T:
    """
    A record of *kind* made from plain data: dicts, lists, strings, whole numbers and None.

    *subject* is for messages, such as a file and line; it defaults to the name of the kind.

    Raises:
        InvalidRecord: If anything is missing, unknown, of the wrong type or against a rule; all is named.

    >>> from dateline.spans import Span
    >>> structure({"start": 3, "end": 7}, Span)
    Span(start=3, end=7, tag=None, article=None)
    >>> structure({"start": "3", "end": 7}, Span)
    Traceback (most recent call last):
        ...
    dateline.errors.InvalidRecord: Span: expected a whole number, got '3' @ $.start
    """
    try:
        return _CONVERTER.structure(data, kind)
    except Exception as error:  # noqa: BLE001 - sorted below; what is not a refusal is raised again
        raise InvalidRecord(subject or kind.__name__, tuple(_faults(error, "$"))) from None


def _expect(kind: type, noun: str) -> Hook:
    def hook(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise InvalidValue("", f"expected {noun}", value)
        return value

    return hook


def _text(value: Any, _: Any) -> str:
    if type(value) is not str:
        raise InvalidValue("", "expected text", value)
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidValue("text", "not hold a lone surrogate", value)

    return value


def _decimal(value: Any, _: Any) -> Decimal:
    expected = "be a decimal in text, without exponent or needless zeros"
    text = _text(value, _)
    # The pattern of the normal form, checked by writing it again: one place says what is normal.
    if len(text) > 80 or not set(text) <= set("-.0123456789"):  # noqa: PLR2004 - far beyond any valid one
        raise InvalidValue("decimal", expected, value)
    try:
        number = Decimal(text)
    except ArithmeticError:
        raise InvalidValue("decimal", expected, value) from None
    if decimal_text(number) != text:
        raise InvalidValue("decimal", expected, value)

    return number


def _date(value: Any, _: Any) -> PartialDate:
    return PartialDate(_text(value, _))


def _word(value: Any, kind: Any) -> Any:
    return kind(_text(value, kind))


def _is_tuple(kind: Any) -> bool:
    return typing.get_origin(kind) is tuple


def _tuples(kind: Any, converter: Converter) -> Hook:
    items: Any = list.__class_getitem__(typing.get_args(kind)[0])
    inner = converter.get_structure_hook(items)

    def hook(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise InvalidValue("", "expected a list", value)
        return tuple(inner(value, items))

    return hook


def _classes(kind: Any, converter: Converter) -> Hook:
    attrs.resolve_types(kind)
    overrides: dict[str, Any] = {
        attribute.name: override(struct_hook=_ruled(attribute, converter.get_structure_hook(attribute.type)))
        for attribute in attrs.fields(kind)
    }
    inner = make_dict_structure_fn(
        kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True, **overrides
    )

    def hook(value: Any, _: Any) -> Any:
        if type(value) is not dict:
            raise InvalidValue("", "expected an object", value)
        return inner(value, kind)

    return hook


def _ruled(attribute: Any, inner: Hook) -> Hook:
    """
    The hook for one field: its type first, then its own rule, which needs no instance.
    """

    def hook(value: Any, kind: Any) -> Any:
        structured = inner(value, kind)
        if attribute.validator is not None:
            attribute.validator(None, attribute, structured)
        return structured

    return hook


def _faults(error: BaseException, path: str) -> Iterator[Fault]:
    if isinstance(error, (ClassValidationError, IterableValidationError)):
        noted, others = error.group_exceptions()
        for inner, note in noted:
            step = f".{note.name}" if isinstance(note, AttributeValidationNote) else f"[{note.index}]"
            yield from _faults(inner, path if isinstance(inner, KeyError) else path + step)
        for other in others:
            yield from _faults(other, path)
    elif isinstance(error, ForbiddenExtraKeysError):
        for key in sorted(map(str, error.extra_fields)):
            yield Fault(path, f"unknown key {shortened(key)}")
    elif isinstance(error, KeyError):
        yield Fault(path, f"required key {error.args[0]!r} is missing")
    elif isinstance(error, InvalidValue) and not error.subject:
        yield Fault(path, f"{error.expected}, got {shortened(error.actual)}")
    elif isinstance(error, InvalidValue):
        yield Fault(path, str(error), error.subject)
    else:
        raise error


def _made() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _expect(int, "a whole number"))
    converter.register_structure_hook(Decimal, _decimal)
    converter.register_structure_hook(PartialDate, _date)
    # By class, since the members are text too, and the hook for text would be found first.
    converter.register_structure_hook(DefinedEnum, _word)
    converter.register_structure_hook_factory(_is_tuple, lambda kind: _tuples(kind, converter))
    converter.register_structure_hook_factory(attrs.has, lambda kind: _classes(kind, converter))

    return converter


_CONVERTER = _made()
