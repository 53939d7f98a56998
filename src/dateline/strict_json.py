"""
JSON from strangers: whatever two readers could take differently is refused.

RFC 8259 leaves duplicate keys, huge numbers and lone surrogates to the reader;
RFC 7493 (I-JSON) names them as the things to avoid. Here they are faults, each with its path.
"""

from __future__ import annotations

import collections
import json
from collections.abc import Iterator
from typing import Any, Final

from dateline.errors import Fault, InvalidDocument, InvalidRecord


#: The largest whole number that every JSON reader keeps exactly (RFC 7493, section 2.2).
MAX_INTEGER: Final = 2**53 - 1

#: Brackets inside brackets; deeper documents are refused.
MAX_DEPTH: Final = 100


class _Refused:
    """
    Stands in the parsed value where something must be refused, until its path is known.
    """

    def __init__(self, problem: str) -> None:
        self.problem = problem


class _Repeating:
    """
    An object in which a key stands twice, with all that it holds, until its path is known.
    """

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        self.pairs = pairs

    def items(self) -> list[tuple[str, Any]]:
        """
        Its keys and values, as a dict has them.
        """
        return self.pairs


def parse_json(data: bytes, file: str, line: int | None = None) -> Any:
    """
    The value of a JSON document: dicts, lists, strings, whole numbers, booleans and None.

    *file* and *line* are for messages.

    Raises:
        InvalidDocument: If they are not UTF-8 or JSON, open with a byte order mark, or nest deeper than 100.
        InvalidRecord: If there are duplicate keys, NaN or infinities, lone surrogates, or numbers that are
            not whole or beyond 2^53 - 1; every one of them is named.

    >>> parse_json(b'{"a": [1, null]}', "x.json")
    {'a': [1, None]}
    >>> parse_json(b'{"a": 1, "a": 2}', "x.json")
    Traceback (most recent call last):
        ...
    dateline.errors.InvalidRecord: x.json: key 'a' stands twice @ $
    """
    if data.startswith(b"\xef\xbb\xbf"):
        raise InvalidDocument(file, line, "must not open with a byte order mark")
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=lambda text: _Refused(f"{text} is no number of JSON"),
            parse_float=lambda text: _Refused(f"number {text:.40} must be whole, or a string"),
            parse_int=_whole,
        )
    except UnicodeDecodeError as error:
        raise InvalidDocument(file, line, f"must be UTF-8, but byte {error.start} is not") from None
    except json.JSONDecodeError as error:
        where = f"{error.msg} at column {error.colno}"
        raise InvalidDocument(file, line or error.lineno, f"must be JSON: {where}") from None
    except RecursionError:
        raise InvalidDocument(file, line, f"must not nest deeper than {MAX_DEPTH}") from None
    faults = tuple(_faults(value, "$", file, line))
    if faults:
        raise InvalidRecord(file if line is None else f"{file}:{line}", faults)

    return value


def parse_json_lines(data: bytes, file: str) -> Iterator[tuple[int, Any]]:
    r"""
    Each line's number, counted from 1, and its value.

    Only a line feed ends a line: U+0085 and U+2028 may stand inside a string. A blank line is refused.

    Raises:
        InvalidDocument: As :func:`parse_json`, with the line.
        InvalidRecord: As :func:`parse_json`, with the line.

    >>> list(parse_json_lines(b'{"a": 1}\n{"a": 2}\n', "x.jsonl"))
    [(1, {'a': 1}), (2, {'a': 2})]
    """
    for number, line in enumerate(lines_of(data), 1):
        yield number, parse_json(line, file, number)


def lines_of(data: bytes) -> tuple[bytes, ...]:
    """
    The lines of some bytes without their line feeds; a last line need not end in one.
    """
    return tuple(data.removesuffix(b"\n").split(b"\n")) if data else ()


def _unique(pairs: list[tuple[str, Any]]) -> Any:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Repeating(pairs)


def _whole(text: str) -> Any:
    # Not int() first: its cost grows with the square of the digits.
    if len(text) > len(str(MAX_INTEGER)) + 1 or abs(int(text)) > MAX_INTEGER:
        return _Refused(f"number {text:.40} is beyond 2^53 - 1")

    return int(text)


def _faults(value: Any, path: str, file: str, line: int | None, depth: int = 1) -> Iterator[Fault]:
    if depth > MAX_DEPTH and isinstance(value, (dict, list, _Repeating)):
        raise InvalidDocument(file, line, f"must not nest deeper than {MAX_DEPTH}")
    if isinstance(value, _Refused):
        yield Fault(path, value.problem)
    elif isinstance(value, str) and not _encodable(value):
        yield Fault(path, "string must not hold a lone surrogate")
    elif isinstance(value, (dict, _Repeating)):
        if isinstance(value, _Repeating):
            counts = collections.Counter(key for key, _ in value.pairs)
            yield from (
                Fault(path, f"key {key!r:.80} stands twice") for key, count in counts.items() if count > 1
            )
        for key, item in value.items():
            if not _encodable(key):
                yield Fault(path, "key must not hold a lone surrogate")
            yield from _faults(item, path + _step(key), file, line, depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _faults(item, f"{path}[{index}]", file, line, depth + 1)


def _step(key: str) -> str:
    # A stranger's key may hold what a terminal should not see.
    return f".{key}" if key.isidentifier() else f"[{key!r:.80}]"


def _encodable(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
