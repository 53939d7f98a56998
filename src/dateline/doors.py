"""
A record out of a stranger's bytes, by whichever door it may pass.
"""

from __future__ import annotations

from typing import TypeVar

from dateline.codec import if_canonical
from dateline.converter import structure
from dateline.records import Article, Entity
from dateline.strict_json import parse_json


T = TypeVar("T", Article, Entity)


def record_in(data: bytes, kind: type[T], file: str, row: int | None = None) -> tuple[T, bool]:
    """
    The record that bytes are, and whether they are its canonical ones; *file* and *row* are for messages.

    Raises:
        InvalidDocument: If they are not JSON.
        InvalidRecord: If the record breaks a rule.

    >>> record_in(b'{"id":"a", "revision":1,"status":"published"}', Article, "x.jsonl")[1]
    False
    """
    record = if_canonical(data, kind)
    if record is not None:
        return record, True

    # Whatever is wrong is found and named at the strict door.
    return structure(parse_json(data, file, row), kind, file if row is None else f"{file}:{row}"), False
