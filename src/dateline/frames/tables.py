"""
Tables of a source, whatever engine has them, and rows of them that are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from dateline.errors import InvalidDocument
from dateline.frames.forms import Form, Side, asked_here, asked_there


class Rows(Protocol):
    """
    Some rows of a table, not read yet.
    """

    def count(self) -> int:
        """
        How many there are.
        """
        ...

    def batches(self, *columns: str) -> Iterator[Any]:
        """
        Some columns as tables or batches of ``pyarrow``, some rows at a time.
        """
        ...

    def distinct(self, column: str) -> Rows:
        """
        The different values of a column.
        """
        ...

    def sorted(self, limit: int | None = None) -> Rows:
        """
        The rows sorted by id; the first of them, if there is a *limit*.
        """
        ...

    def with_records(self) -> Rows:
        """
        The rows of claims, each with the id and the record of its article.
        """
        ...

    def native(self) -> Any:
        """
        A frame of the kind that was scanned.
        """
        ...


class Engine(Protocol):
    """
    Whoever answers what is asked of some tables.
    """

    @property
    def name(self) -> str:
        """
        Such as "duckdb".
        """
        ...

    def columns(self, table: str) -> frozenset[str] | None:
        """
        The names of a table's columns; None if there is no such table.
        """
        ...

    def rows(self, table: str, form: Form) -> Rows:
        """
        The rows of a table for which a form is true.
        """
        ...


def check(engine: Engine, table: str, form: Form, source: str) -> None:
    """
    Refuse to ask for what is not there; *source* is for messages.

    Raises:
        InvalidDocument: If a table or a column is missing.
    """
    need(engine, table, ("id", *(test.column for test in asked_here(form))), source)
    for question in asked_there(form):
        other = Side(table).other
        need(engine, "claims", ("article",), source)
        check(engine, other.value, question.form, source)


def need(engine: Engine, table: str, columns: Iterable[str], source: str) -> None:
    """
    Refuse tables that lack one, or *columns* in it; all as for :func:`check`.
    """
    known = engine.columns(table)
    if known is None:
        raise InvalidDocument(source, None, f"must have a table {table!r}")
    for column in columns:
        if column not in known:
            raise InvalidDocument(source, None, f"must have a column {column!r} in its table {table!r}")


def values(rows: Rows, column: str) -> Iterator[Any]:
    """
    The values of a column, one by one.
    """
    for batch in rows.batches(column):
        yield from batch.column(column).to_pylist()
