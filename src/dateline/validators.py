"""
Rules on single values, in the shape that attrs runs and :mod:`dateline.converter` runs again, field by field.

What JSON Schema can say of a rule, the rule says itself: :func:`says`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from dateline.errors import InvalidValue


#: A decimal has at most this many digits, zeros of its exponent included.
MAX_DIGITS: Final = 30

#: White space as :meth:`str.isspace` has it, for a class of characters; what ``\\s`` is differs by dialect.
WHITE_SPACE: Final = "\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

Validator = Callable[[object, Any, Any], None]


def says(validator: Validator | None) -> Mapping[str, Any]:
    """
    What a validator demands of a value, in keywords of JSON Schema and ``matches``; empty if it says nothing.

    >>> says(text_up_to(200))["maxLength"]
    200
    """
    return {} if validator is None else vars(validator).get("says", {})


def saying(keywords: Mapping[str, Any]) -> Callable[[Validator], Validator]:
    """
    A decorator: note on a validator what it demands, for :func:`says`.

    A pattern that all of a text matches stands under ``matches``, in Python's dialect.
    """

    # On the function, since calling an object would cost at every value that is decoded.
    def note(check: Validator) -> Validator:
        vars(check)["says"] = keywords
        return check

    return note


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

    @saying({"pattern": f"[^{WHITE_SPACE}]", "maxLength": limit})
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

    @saying(says(validator))
    def check(instance: object, attribute: Any, value: Any) -> None:
        if value is not None:
            validator(instance, attribute, value)

    return check


def each(validator: Validator) -> Validator:
    """
    A validator: a tuple of what *validator* accepts.
    """

    @saying(says(validator))
    def check(instance: object, attribute: Any, value: Any) -> None:
        for item in value:
            validator(instance, attribute, item)

    return check


@saying({"minimum": 1})
def is_positive(instance: object, attribute: Any, value: Any) -> None:
    """
    A validator: a whole number from 1.
    """
    check_whole(attribute.name, value, 1)


@saying({"minimum": 0})
def is_natural(instance: object, attribute: Any, value: Any) -> None:
    """
    A validator: a whole number from 0.
    """
    check_whole(attribute.name, value, 0)


def check_whole(subject: str, value: object, least: int) -> None:
    """
    Refuse what is no whole number from *least* on; *subject* is for messages.

    Raises:
        InvalidValue: If it is none.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise InvalidValue(subject, f"be a whole number from {least}", value)


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


def decimal_pattern() -> str:
    """
    The pattern of a :func:`writable` decimal in its normal form.

    Places after the point count twice, as digits and in the exponent, so that each number of places
    has its own greatest number of digits before it.

    >>> bool(re.fullmatch(decimal_pattern(), "-0.5")), bool(re.fullmatch(decimal_pattern(), "1.50"))
    (True, False)
    """
    whole = [f"[1-9][0-9]{{0,{MAX_DIGITS - 1}}}"]
    above_one = [
        rf"[1-9][0-9]{{0,{MAX_DIGITS - 2 * places - 1}}}\.[0-9]{{{places - 1}}}[1-9]"
        for places in range(1, (MAX_DIGITS + 1) // 2)
    ]
    below_one = [
        rf"0\.0{{0,{MAX_DIGITS - 2 * digits}}}"
        + ("[1-9]" if digits == 1 else f"[1-9][0-9]{{{digits - 2}}}[1-9]")
        for digits in range(1, MAX_DIGITS // 2 + 1)
    ]

    return f"0|-?(?:{'|'.join([*whole, *above_one, *below_one])})"


#: A language as records have it, in the letters of BCP 47.
LANGUAGE: Final = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"


def check_language(subject: str, value: object) -> None:
    """
    Refuse what is no language tag; *subject* is for messages.

    Raises:
        InvalidValue: If it is none.
    """
    if not isinstance(value, str) or not re.fullmatch(LANGUAGE, value):
        raise InvalidValue(subject, "look like 'en-GB'", value)


def matches(pattern: str, example: str) -> Validator:
    """
    A validator: a string that *pattern* matches from end to end, such as *example*.
    """
    compiled = re.compile(pattern)

    @saying({"matches": pattern, "examples": [example]})
    def check(instance: object, attribute: Any, value: Any) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise InvalidValue(attribute.name, f"look like {example!r}", value)

    return check
