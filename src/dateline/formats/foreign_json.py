"""
JSON that others wrote for other purposes: what cannot be taken is reported, and the rest is read.

Unlike :mod:`dateline.strict_json`, it allows fractions and a byte order mark, which such files have
in places that concern no record.
What two readers could take differently is left out, with a fault: keys that stand twice, ``NaN``,
lone surrogates.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

from attrs import define, field, frozen

from dateline.errors import Fault, InvalidDocument
from dateline.strict_json import MAX_DEPTH


#: Longer whole numbers are no part of a date, which is all that numbers are read for.
_MAX_DIGITS: Final = 15


@frozen
class Number:
    """
    A number that no record has a field for: a fraction, or a long one.
    """

    text: str

    def __repr__(self) -> str:
        return self.text


@frozen
class _Refused:
    problem: str


@frozen
class _Repeating:
    pairs: list[tuple[str, Any]]


def decoded(data: bytes, file: str) -> str:
    r"""
    The text in *data*, which is UTF-8, perhaps behind a byte order mark; *file* is for messages.

    Raises:
        InvalidDocument: If it is not UTF-8.

    >>> decoded(b"\xef\xbb\xbf[]", "x.json")
    '[]'
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidDocument(file, None, f"must be UTF-8, but byte {error.start} is not") from None


def parse_foreign(
    text: str, file: str, *, line: int | None = None, root: str = "$"
) -> tuple[Any, tuple[Fault, ...]]:
    """
    The value of a JSON document without what cannot be taken, and a fault for each thing that was left out.

    *file* and *line* are for messages; *root* is what the paths of faults begin with.

    Raises:
        InvalidDocument: If it is not JSON, or nests deeper than 100.

    >>> parse_foreign('{"a": 1, "b": NaN}', "x.json")
    ({'a': 1, 'b': None}, (Fault(path='$.b', message='NaN is no number of JSON', subject=''),))
    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=lambda name: _Refused(f"{name} is no number of JSON"),
            parse_float=Number,
            parse_int=_whole,
        )
    except json.JSONDecodeError as error:
        where = f"{error.msg} at column {error.colno}"
        raise InvalidDocument(file, line or error.lineno, f"must be JSON: {where}") from None
    except RecursionError:
        raise _too_deep(file, line) from None
    cleaning = _Cleaning(file, line)
    cleaned = cleaning.cleaned(value, root)

    return cleaned, tuple(cleaning.faults)


def step(key: str) -> str:
    """
    A key as a step of a path.

    >>> step("headline"), step("dc:title")
    ('.headline', "['dc:title']")
    """
    # A stranger's key may hold what a terminal should not see.
    return f".{key}" if key.removeprefix("@").isidentifier() else f"[{key!r:.80}]"


def _unique(pairs: list[tuple[str, Any]]) -> Any:
    found = dict(pairs)

    return found if len(found) == len(pairs) else _Repeating(pairs)


def _whole(text: str) -> Any:
    # Not int() first: its cost grows with the square of the digits.
    return int(text) if len(text) <= _MAX_DIGITS else Number(text)


def _too_deep(file: str, line: int | None) -> InvalidDocument:
    return InvalidDocument(file, line, f"must not nest deeper than {MAX_DEPTH}")


@define
class _Cleaning:
    file: str

    line: int | None

    faults: list[Fault] = field(factory=list)

    def cleaned(self, value: Any, path: str, depth: int = 1) -> Any:
        if isinstance(value, str):
            return self._text(value, path)
        if isinstance(value, _Refused):
            self._refuse(path, value.problem)
            return None
        if depth > MAX_DEPTH and isinstance(value, (dict, list, _Repeating)):
            raise _too_deep(self.file, self.line)
        if isinstance(value, _Repeating):
            value = self._without_repeated(value.pairs, path)
        if isinstance(value, dict):
            kept = {key: item for key, item in value.items() if self._is_key(key, path)}
            return {key: self.cleaned(item, path + step(key), depth + 1) for key, item in kept.items()}
        if isinstance(value, list):
            return [self.cleaned(item, f"{path}[{index}]", depth + 1) for index, item in enumerate(value)]

        return value

    def _text(self, value: str, path: str) -> str | None:
        if _encodable(value):
            return value
        self._refuse(path, "string must not hold a lone surrogate")

        return None

    def _is_key(self, key: str, path: str) -> bool:
        if not _encodable(key):
            self._refuse(path, "key must not hold a lone surrogate")

        return _encodable(key)

    def _without_repeated(self, pairs: list[tuple[str, Any]], path: str) -> dict[str, Any]:
        counts = Counter(key for key, _ in pairs)
        for key, count in counts.items():
            if count > 1:
                self._refuse(path, f"key {key!r:.80} stands twice")

        return {key: item for key, item in pairs if counts[key] == 1}

    def _refuse(self, path: str, problem: str) -> None:
        self.faults.append(Fault(path, problem))


def _encodable(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
