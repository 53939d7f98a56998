"""
Arrow: a table in memory, for whatever takes it from there; pandas and Polars frames through it.

The names of tables and columns are those of :mod:`dateline.formats.flat_tables`.
The schema's metadata say which corpus it is: ``dateline.heading`` is all of it in canonical JSON,
``dateline.pin``, ``dateline.digest`` and ``dateline.schema`` are parts of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dateline.corpus import Corpus, check_corpus
from dateline.digests import canonical_json, plain
from dateline.errors import InvalidValue, MissingExtra
from dateline.formats.flat_columns import Cell
from dateline.formats.flat_tables import POSITION, TABLES, Table
from dateline.formats.heading import heading_of


#: The key of the metadata under which all of the heading stands.
HEADING: Final = b"dateline.heading"

_PARTS: Final = ("schema", "digest", "pin")


def to_arrow(corpus: Corpus, table: str) -> Any:
    """
    A table of a corpus as a ``pyarrow.Table``, whose metadata say which corpus it is.

    The tables are those of the format ``parquet``: ``articles``, ``claims``, ``entities`` and the rest.

    Of some claims only, keep the rows whose ``id`` is among theirs.

    Raises:
        InvalidValue: If *corpus* is no corpus, there is no such table, a text holds a lone surrogate, or
            a whole number is beyond 2^53 - 1.
        MissingExtra: If pyarrow is not installed.

    >>> from dateline.testing import tiny_corpus
    >>> to_arrow(tiny_corpus(), "quantities").select(["bound", "number", "unit"]).to_pylist()[0]
    {'bound': 'exactly', 'number': 11.0, 'unit': 'week'}
    """
    check_corpus("corpus", corpus)
    if table not in TABLES:
        raise InvalidValue("table", f"be one of {', '.join(TABLES)}", table)
    fields = schema(TABLES[table], metadata(corpus))

    return _pyarrow().Table.from_batches(batches(TABLES[table], corpus, fields), fields)


def to_pandas(corpus: Corpus, table: str) -> Any:
    """
    A table of a corpus as a ``pandas.DataFrame``; all as for :func:`to_arrow`.

    Columns keep Arrow's types, so that whole numbers, days and missing values stay what they are.

    Raises:
        MissingExtra: If pandas or pyarrow is not installed.
    """
    try:
        import pandas  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise MissingExtra("pandas", "a pandas frame") from error

    return to_arrow(corpus, table).to_pandas(types_mapper=pandas.ArrowDtype)


def to_polars(corpus: Corpus, table: str) -> Any:
    """
    A table of a corpus as a ``polars.DataFrame``; all as for :func:`to_arrow`.

    Raises:
        MissingExtra: If Polars or pyarrow is not installed.
    """
    try:
        import polars  # noqa: PLC0415 - as above
    except ImportError as error:
        raise MissingExtra("polars", "a Polars frame") from error

    return polars.from_arrow(to_arrow(corpus, table))


def metadata(corpus: Corpus) -> dict[bytes, bytes]:
    """
    What every schema says about the corpus.
    """
    heading = plain(heading_of(corpus))
    parts = {f"dateline.{name}".encode(): heading[name].encode() for name in _PARTS if name in heading}

    return parts | {HEADING: canonical_json(heading)}


def schema(table: Table, heading: dict[bytes, bytes]) -> Any:
    """
    The ``pyarrow.Schema`` of a table, with metadata.

    Raises:
        MissingExtra: If pyarrow is not installed.
    """
    pyarrow = _pyarrow()
    types = {
        Cell.TEXT: pyarrow.string(),
        Cell.WHOLE: pyarrow.int64(),
        Cell.REAL: pyarrow.float64(),
        Cell.DAY: pyarrow.date32(),
        # Named as in Parquet, so that a file gives back the same schema.
        Cell.TEXTS: pyarrow.list_(pyarrow.field("element", pyarrow.string())),
    }
    columns = [(POSITION, pyarrow.int64()), *((column.name, types[column.cell]) for column in table.columns)]

    return pyarrow.schema(columns, metadata=heading)


def batches(table: Table, corpus: Corpus, fields: Any) -> Iterator[Any]:
    """
    The rows of a table some thousands at a time, each a ``pyarrow.RecordBatch`` with the schema *fields*.

    Raises:
        MissingExtra: If pyarrow is not installed.
        InvalidValue: As :func:`to_arrow`.
    """
    pyarrow = _pyarrow()
    for columns in table.chunks(corpus):
        arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, fields, strict=True)]
        yield pyarrow.RecordBatch.from_arrays(arrays, schema=fields)


def _pyarrow() -> Any:
    try:
        import pyarrow  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise MissingExtra("frames", "Arrow") from error

    return pyarrow
