"""
Rules on single values, in the shape that attrs runs and :mod:`dateline.converter` runs again, field by field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from dateline.errors import InvalidValue


#: A decimal has at most this many digits, zeros of its exponent included.
MAX_DIGITS: Final = 30

Validator = Callable[[object, Any, Any], None]


def as_tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    """
    A converter: any sequence as a tuple, so that a record can be hashed and does not change.

    Raises:
        InvalidValue: If it is one text, whose characters nobody means.
    """
    if isinstance(items, (str, bytes)):
        raise InvalidValue("value", "be several in a list or tuple, not one text", items)

    return tuple(items)


def text_up_to(limit: int) -> Validator:
    """
    A validator: a string that is not blank and has at most *limit* characters.
    """

    def check(instance: object, attribute: Any, value: Any) -> None:
        if not isinstance(value, str) or not value.strip() or len(value) > limit:
            expected = f"be text that is not blank, of at most {limit} characters"
            raise InvalidValue(attribute.name, expected, value)

    return check


def checked(parse: Callable[[str], object]) -> Validator:
    """
    A validator: a string that *parse* accepts.
    """

    def check(instance: object, attribute: Any, value: Any) -> None:
        parse(value)

    return check


def optional(validator: Validator) -> Validator:
    """
    A validator: None, or what *validator* accepts.
    """

    def check(instance: object, attribute: Any, value: Any) -> None:
        if value is not None:
            validator(instance, attribute, value)

    return check


def each(validator: Validator) -> Validator:
    """
    A validator: a tuple of what *validator* accepts.
    """

    def check(instance: object, attribute: Any, value: Any) -> None:
        for item in value:
            validator(instance, attribute, item)

    return check


def is_positive(instance: object, attribute: Any, value: Any) -> None:
    """
    A validator: a whole number from 1.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise InvalidValue(attribute.name, "be a whole number from 1", value)


def is_natural(instance: object, attribute: Any, value: Any) -> None:
    """
    A validator: a whole number from 0.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidValue(attribute.name, "be a whole number from 0", value)


def is_decimal(instance: object, attribute: Any, value: Any) -> None:
    """
    A validator: a finite decimal of a size that can be written without an exponent.
    """
    if not isinstance(value, Decimal) or not value.is_finite():
        raise InvalidValue(attribute.name, "be a finite decimal number", value)
    if not writable(value):
        raise InvalidValue(attribute.name, f"have at most {MAX_DIGITS} digits", value)


def writable(number: Decimal) -> bool:
    """
    Whether *number* is finite, and of a size that can be written without an exponent.
    """
    _, digits, exponent = number.as_tuple()

    return isinstance(exponent, int) and len(digits) + abs(exponent) <= MAX_DIGITS


def matches(pattern: str, example: str) -> Validator:
    """
    A validator: a string that *pattern* matches from end to end, such as *example*.
    """
    compiled = re.compile(pattern)

    def check(instance: object, attribute: Any, value: Any) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise InvalidValue(attribute.name, f"look like {example!r}", value)

    return check
