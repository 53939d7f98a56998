"""
pyarrow, imported when it is first needed; the files of a store as it writes and reads them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from dateline.errors import InvalidDocument, MissingExtra, shortened


#: Rows that are unfolded at a time.
ROWS: Final = 1_024


def arrow() -> Any:
    """
    The package ``pyarrow``.

    Raises:
        MissingExtra: If it is not installed.
    """
    try:
        import pyarrow  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise MissingExtra("frames", "a store") from error

    return pyarrow


def compute() -> Any:
    """
    The functions of ``pyarrow``; all as for :func:`arrow`.
    """
    arrow()
    from pyarrow import compute as functions  # noqa: PLC0415 - as above

    return functions


def parquet() -> Any:
    """
    The Parquet files of ``pyarrow``; all as for :func:`arrow`.
    """
    arrow()
    from pyarrow import parquet as files  # noqa: PLC0415 - as above

    return files


@frozen
class Packing:
    """
    How columns lie in a file, by their names: fast to read, if it does not say otherwise.
    """

    #: Those that no predicate looks into, or hardly ever; they are made small.
    small: tuple[str, ...]

    #: Those of which all is read wherever something is looked for: to unpack them would take most of that.
    bare: tuple[str, ...]

    #: Those in which hardly two values are alike, whole numbers or texts: a dictionary of them all
    #: would be one step more to read.
    unlike: tuple[str, ...]

    def codec(self, column: str) -> str:
        """
        How a *column* is compressed.
        """
        return "none" if column in self.bare else "zstd" if column in self.small else "snappy"


def encoded(rows: Any, group: int, packing: Packing, sorted_by: tuple[str, ...]) -> bytes:
    """
    A table as a Parquet file, *group* rows together: the same rows give the same bytes from one pyarrow.
    """
    out = io.BytesIO()
    columns = [
        f"{field.name}.list.element" if arrow().types.is_list(field.type) else field.name
        for field in rows.schema
    ]
    searched = [name for name in columns if name not in packing.small]
    unlike = [name for name in packing.unlike if name in columns]
    order = [(name, "ascending") for name in sorted_by]
    sorting = parquet().SortingColumn.from_ordering(rows.schema, order, null_placement="at_end")
    with parquet().ParquetWriter(
        out,
        rows.schema,
        compression={name: packing.codec(name) for name in columns},
        use_dictionary=[name for name in searched if name not in unlike],
        column_encoding={name: _encoding(rows.schema.field(name)) for name in unlike},
        write_statistics=[name for name in searched if name not in packing.bare],
        sorting_columns=sorting,
    ) as file:
        file.write_table(rows, group)

    data = out.getvalue()
    # As below.
    arrow().default_memory_pool().release_unused()

    return data


def _encoding(field: Any) -> str:
    # Numbers as steps, texts after all their lengths: both are read faster than one by one.
    return "DELTA_BINARY_PACKED" if arrow().types.is_integer(field.type) else "DELTA_LENGTH_BYTE_ARRAY"


def opened(path: Path) -> Any:
    """
    A Parquet file as a ``pyarrow.parquet.ParquetFile``.

    Raises:
        InvalidDocument: If it is none, or is damaged.
        MissingExtra: If pyarrow is not installed.
    """
    try:
        # Ahead of what is asked for, more and more would be held.
        file = parquet().ParquetFile(path, pre_buffer=False)
        # Made now, since a bad schema shows only here.
        file.schema_arrow  # noqa: B018
    except MissingExtra:
        raise
    except Exception as error:  # noqa: BLE001 - whatever pyarrow makes of a stranger's bytes
        raise _unsound(path, None, error) from None

    return file


def batches(path: Path, columns: list[str] | None = None) -> Iterator[tuple[int, Any]]:
    """
    The rows of a Parquet file some at a time, each as the number of the first and a ``RecordBatch``.

    Raises:
        InvalidDocument: If it is no Parquet file, or is damaged; the row is named from which on.
        MissingExtra: If pyarrow is not installed.
    """
    row = 1
    with opened(path) as file:
        try:
            for batch in file.iter_batches(ROWS, columns=columns, use_threads=False):
                batch.validate(full=True)
                yield row, batch
                row += batch.num_rows
        except Exception as error:  # noqa: BLE001 - as above
            raise _unsound(path, row, error) from None
    # Or else what Arrow keeps to use again would grow with the number of files.
    arrow().default_memory_pool().release_unused()


def _unsound(path: Path, row: int | None, error: Exception) -> InvalidDocument:
    return InvalidDocument(path.name, row, f"must be a sound Parquet file: {shortened(str(error))}")
