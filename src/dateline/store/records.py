"""
The way back: the column with the records, in Arrow, as typed records.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from attrs import evolve

from dateline.codec import collector_paused, decode_articles, decode_entities
from dateline.doors import record_in
from dateline.errors import InvalidDocument, shortened
from dateline.formats.flat_tables import RECORD
from dateline.records import Article, Entity


T = TypeVar("T", Article, Entity)

_FAST: Any = {Article: decode_articles, Entity: decode_entities}


def records(
    rows: Any, kind: type[T], *, verified: bool = False, file: str = "rows", first: int = 1
) -> tuple[T, ...]:
    """
    The records of some rows: a ``pyarrow`` table or batch that has a column ``record``, whatever else it has.

    Give *verified* for rows of files whose digests were checked, and only for those.
    *file* and the number of the *first* row are for messages.

    Raises:
        InvalidDocument: If a row has no record, or one that is no JSON.
        InvalidRecord: If a record breaks a rule; the row is named, and every fault.

    >>> from dateline.formats.arrow import to_arrow
    >>> from dateline.testing import tiny_corpus
    >>> rows = to_arrow(tiny_corpus(), "articles")
    >>> records(rows, Article) == tuple(tiny_corpus().values())
    True
    """
    if not verified:
        with collector_paused():
            return tuple(_checked(_column(rows, file), kind, file, first))
    lines = lines_of(rows, file, first)
    try:
        found: tuple[T, ...] = _FAST[kind](lines, file)
    except InvalidDocument as error:
        # It counts the lines that it was given.
        raise evolve(error, line=(error.line or 1) + first - 1) from None

    return found


def lines_of(rows: Any, file: str, first: int) -> list[bytes]:
    """
    The canonical bytes of the record in each row; arguments and errors as of :func:`records`.
    """
    lines = _column(rows, file)
    if None in lines:
        raise _missing(file, first + lines.index(None))

    return lines


def ids_of(rows: Any, file: str) -> list[str]:
    """
    The id in each row; arguments and errors as of :func:`records`.
    """
    if "id" not in rows.schema.names:
        raise InvalidDocument(file, None, f"must have a column 'id', got {shortened(rows.schema.names)}")
    ids: list[str] = rows.column("id").to_pylist()

    return ids


def _column(rows: Any, file: str) -> list[Any]:
    if RECORD not in rows.schema.names:
        raise InvalidDocument(
            file, None, f"must have a column {RECORD!r}, got {shortened(rows.schema.names)}"
        )
    try:
        lines: list[Any] = rows.column(RECORD).cast("binary").to_pylist()
    except Exception as error:  # noqa: BLE001 - whatever pyarrow makes of a stranger's column
        raise InvalidDocument(file, None, f"{RECORD} must be text: {shortened(str(error))}") from None

    return lines


def _checked(lines: list[Any], kind: type[T], file: str, first: int) -> Iterator[T]:
    """
    Each line's record through whichever door it may pass.
    """
    for number, line in enumerate(lines, first):
        if line is None:
            raise _missing(file, number)
        yield record_in(line, kind, file, number)[0]


def _missing(file: str, row: int) -> InvalidDocument:
    return InvalidDocument(file, row, f"{RECORD} must be text, got {shortened(None)}")
