"""
TOML in which values are replaced where they stand: whatever else is written there, comments too, stays.

No reader tells where a value stands. So a trial is made, read, and taken only if it says what is wanted.
"""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from dateline.errors import InvalidDocument, shortened


#: The way to a value: keys of tables and places in arrays.
Steps: TypeAlias = tuple[str | int, ...]

# What a comment or a string holds may look like that as well; reading a trial tells them apart.
_PAIR: Final = re.compile(r"\[(\s*)[0-9_]+(\s*,\s*)[0-9_]+(\s*,?\s*)\]")

#: Larger than any number that stands in the document.
_MARK: Final = 10**18


def with_pairs(text: str, pairs: Mapping[Steps, tuple[object, ...]], file: str) -> str:
    """
    The document with pairs of numbers replaced, each by two values or more; *file* is for messages.

    Raises:
        InvalidDocument: If one is not written as two decimal numbers in brackets.

    >>> with_pairs("a = [[1,  2], [3, 4]]  # [1, 2]", {("a", 0): (5, 6)}, "x.toml")
    'a = [[5,  6], [3, 4]]  # [1, 2]'
    """
    matches = list(_PAIR.finditer(text))
    marks = [(_MARK + number, _MARK + number) for number in range(len(matches))]
    trial = tomllib.loads(_replaced(text, matches, dict(enumerate(marks))))
    wanted = {}
    for steps, values in pairs.items():
        number = _at(trial, steps)[0] - _MARK
        if number < 0:
            raise _not_replaceable(file, steps, "two decimal numbers in brackets", _at(trial, steps))
        wanted[number] = values

    return _replaced(text, matches, wanted)


def with_value(text: str, steps: Steps, value: str | int, file: str) -> str:
    """
    The document with one value replaced; *file* is for messages.

    Raises:
        InvalidDocument: If the old value is not written plainly: in decimal, or in quotes without escapes.

    >>> with_value("size = 12  # not 12", ("size",), 13, "x.toml")
    'size = 13  # not 12'
    """
    data = tomllib.loads(text)
    old = _at(data, steps)
    wanted = copy.deepcopy(data)
    _at(wanted, steps[:-1])[steps[-1]] = value
    for match in _written(old).finditer(text):
        trial = f"{text[: match.start()]}{json.dumps(value, ensure_ascii=False)}{text[match.end() :]}"
        if _says(trial, wanted):
            return trial

    raise _not_replaceable(file, steps, "a plain value", old)


def _replaced(text: str, matches: list[re.Match[str]], pairs: Mapping[int, tuple[object, ...]]) -> str:
    return "".join(_pieces(text, matches, pairs))


def _pieces(
    text: str, matches: list[re.Match[str]], pairs: Mapping[int, tuple[object, ...]]
) -> Iterator[str]:
    position = 0
    for number, match in enumerate(matches):
        yield text[position : match.start()]
        position = match.end()
        if number in pairs:
            before, between, after = match.groups()
            first, *others = map(json.dumps, pairs[number])
            yield f"[{before}{first}{between}{', '.join(others)}{after}]"
        else:
            yield match[0]
    yield text[position:]


def _written(value: str | int) -> re.Pattern[str]:
    if isinstance(value, int):
        return re.compile(rf"(?<![\w.+-]){value}(?![\w.])")

    return re.compile(rf"""(["']){re.escape(value)}\1""")


def _says(text: str, data: Any) -> bool:
    try:
        return bool(tomllib.loads(text) == data)
    except tomllib.TOMLDecodeError:
        return False


def _at(data: Any, steps: Steps) -> Any:
    for step in steps:
        data = data[step]

    return data


def _not_replaceable(file: str, steps: Steps, expected: str, actual: object) -> InvalidDocument:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)

    return InvalidDocument(
        file, None, f"must be written as {expected} to be replaced, got {shortened(actual)}", f"${path}"
    )
