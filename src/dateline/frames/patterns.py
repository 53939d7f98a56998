"""
Patterns that ask of each entry in a text of several whether it lies in a range.

A pattern is the one question about entries that every engine can be asked.
Only what the regular expressions of RE2, Rust and Java have in common is used.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator


#: What is left of a number or a day; what comes next is neither.
_REST = "[-0-9]*"


def at_least(bound: str) -> str:
    """
    A pattern of texts that sort from *bound* on and have digits, and hyphens, where it has them.

    >>> import re
    >>> days = ("2022-02-27", "2022-02-28", "2022-03-01")
    >>> [day for day in days if re.fullmatch(at_least("2022-02-28"), day)]
    ['2022-02-28', '2022-03-01']
    """
    return _either(bound, _branches(bound, above=True))


def at_most(bound: str) -> str:
    """
    A pattern of texts that sort up to *bound*; as :func:`at_least`.
    """
    return _either(bound, _branches(bound, above=False))


def between(first: str, last: str) -> str:
    """
    A pattern of texts that sort from *first* to *last*; as :func:`at_least`.

    >>> between("130", "150")
    '1(?:3(?:0|[1-9][-0-9]*)|5(?:0)|4[-0-9]*)'
    """
    if first == last:
        return first
    split = next(place for place, pair in enumerate(zip(first, last, strict=True)) if pair[0] != pair[1])
    low, high = first[split], last[split]
    rests = first[split + 1 :], last[split + 1 :]
    inner = _digits(int(low) + 1, int(high) - 1)
    branches = [low + at_least(rests[0]), high + at_most(rests[1]), *(digits + _REST for digits in inner)]

    return f"{first[:split]}(?:{'|'.join(branches)})"


def literal(text: str) -> str:
    r"""
    A pattern of nothing but *text*.

    >>> print(literal("a b"))
    a\x{20}b
    """
    return "".join(
        character if character.isascii() and character.isalnum() else rf"\x{{{ord(character):x}}}"
        for character in text
    )


def in_any_case(text: str) -> str:
    """
    A pattern of *text* whose ASCII letters may be large or small.

    >>> in_any_case("en")
    '[eE][nN]'
    """
    return "".join(
        f"[{letter}{letter.upper()}]" if letter in string.ascii_lowercase else literal(letter)
        for letter in text
    )


def _either(bound: str, beginnings: Iterable[str]) -> str:
    return f"(?:{'|'.join([bound, *(beginning + _REST for beginning in beginnings)])})"


def _branches(bound: str, *, above: bool) -> Iterator[str]:
    """
    The beginnings of texts that sort above a bound, or else below it.
    """
    for place, character in enumerate(bound):
        if character != "-":
            digit = int(character)
            beyond = _digits(digit + 1, 9) if above else _digits(0, digit - 1)
            yield from (bound[:place] + digits for digits in beyond)


def _digits(low: int, high: int) -> list[str]:
    """
    The class of the digits from *low* to *high*, if there are any.
    """
    if low >= high:
        return [str(low)] if low == high else []

    return [f"[{low}-{high}]"]
