"""
Parquet files, and folders of tables as others keep them for Hugging Face, read into draft articles.

A mapping says which column holds which field, as for :mod:`dateline.formats.rows`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import evolve

from dateline.errors import Fault, InvalidDocument
from dateline.formats import parquet
from dateline.formats.drafts import Drafts, Item, drafts
from dateline.formats.foreign_json import Number
from dateline.formats.rows import Row, Taken, chosen_columns, csv_items, json_lines_items, row_item


def parquet_drafts(
    data: bytes, name: str, columns: Mapping[str, str] | None = None, *, separator: str | None = None
) -> Drafts:
    """
    The articles of a Parquet file as drafts, a row each; *name* is the file's.

    Only the columns that are asked for are read. A list holds several names.

    Raises:
        MissingExtra: If pyarrow is not installed.
        InvalidValue: If *columns* names no such field.
        InvalidDocument: If it is no Parquet, is damaged, or lacks a column.
    """
    items, faults = _parquet_items(data, name, columns, separator=separator)

    return drafts(items, name, faults)


def folder_drafts(
    files: Mapping[str, bytes],
    name: str,
    columns: Mapping[str, str] | None = None,
    *,
    separator: str | None = None,
) -> Drafts:
    r"""
    The articles of all tables in a folder as drafts: files of Parquet, CSV and JSON Lines.

    *files* are those of the folder by their names, *name* is the folder's. Other files are left alone.

    Raises:
        MissingExtra: If there is Parquet, and pyarrow is not installed.
        InvalidValue: If *columns* names no such field.
        InvalidDocument: If there is no table, or one is unsound or lacks a column.

    >>> files = {"README.md": b"#", "train.csv": b"title\nFerry returns\n"}
    >>> list(folder_drafts(files, "ferries", {"headline": "title"}).corpus)
    ['ferry-returns']
    """
    tables = {
        file: take for file in files for suffix, take in _TAKERS.items() if file.lower().endswith(suffix)
    }
    if not tables:
        raise InvalidDocument(name, None, f"must hold a table, a file that ends in {', '.join(_TAKERS)}")
    taken = [
        _below(file, take(files[file], f"{name}/{file}", columns, separator=separator))
        for file, take in tables.items()
    ]

    return drafts(
        [item for items, _ in taken for item in items],
        name,
        [fault for _, faults in taken for fault in faults],
    )


def _below(file: str, taken: Taken) -> Taken:
    """
    What was taken from a *file* of a folder, with paths that name it.
    """
    items, faults = taken
    moved = [Item(f"{file}: {item.path}", item.values, _moved(file, item.faults)) for item in items]

    return moved, _moved(file, faults)


def _moved(file: str, faults: list[Fault]) -> list[Fault]:
    return [evolve(fault, path=f"{file}: {fault.path}") for fault in faults]


def _parquet_items(
    data: bytes, name: str, columns: Mapping[str, str] | None, *, separator: str | None
) -> Taken:
    chosen: dict[str, str] = {}

    def choose(header: list[str]) -> Iterator[str]:
        chosen.update(chosen_columns(columns, header, name))
        return iter(set(chosen.values()))

    rows = enumerate(parquet.rows_in(data, name, choose), 1)

    return [row_item(_plain_row(row), f"row {number}", chosen, separator) for number, row in rows], []


_TAKERS: Final = {
    ".parquet": _parquet_items,
    ".csv": csv_items,
    ".jsonl": json_lines_items,
    ".ndjson": json_lines_items,
}


def _plain_row(row: Row) -> Row:
    return {column: _plain(value) for column, value in row.items()}


def _plain(value: Any) -> Any:
    """
    A value of Arrow as JSON would have it: days and instants as printed, other numbers as no field has them.
    """
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, (str, int, dict)):
        return value

    return Number(repr(value))
