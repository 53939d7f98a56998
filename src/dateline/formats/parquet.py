"""
Parquet: a folder with a file for each table, whose metadata say which corpus it is.

Lossless. DuckDB, Polars, pandas, Spark and every other engine of tables read the files as they are.
The same corpus gives the same bytes, as far as the same version of pyarrow writes them.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final, TypeAlias

from dateline.codec import collector_paused
from dateline.corpus import Corpus
from dateline.errors import InvalidDocument, MissingExtra, shortened
from dateline.formats.arrow import HEADING, batches, metadata, schema
from dateline.formats.flat_reading import Source, corpus_in
from dateline.formats.flat_tables import ROWS, TABLES, Row, Table
from dateline.formats.foreign_json import Number
from dateline.formats.losses import LOSSLESS


LOSSES: Final = LOSSLESS

SUFFIX: Final = ".parquet"

#: Writes a file that is open.
Writer: TypeAlias = Callable[[BinaryIO], None]

#: The most characters that the records may have: a small file can unfold into endless ones.
MAX_CHARACTERS: Final = 2**30

#: Rows that are unfolded at a time.
_ROWS: Final = 256


def write_folder(corpus: Corpus) -> dict[str, bytes]:
    """
    A corpus as Parquet files, by their names.

    Raises:
        MissingExtra: If pyarrow is not installed.
        InvalidValue: If a text holds a lone surrogate, or a whole number is beyond 2^53 - 1.

    >>> from dateline.testing import tiny_corpus
    >>> sorted(write_folder(tiny_corpus()))[:3]
    ['articles.parquet', 'claim_entities.parquet', 'claims.parquet']
    """
    return {name: _bytes_of(write) for name, write in save_folder(corpus).items()}


def save_folder(corpus: Corpus) -> dict[str, Writer]:
    """
    As :func:`write_folder`, but for each table there is what writes it into a file, some rows at a time.
    """
    heading = metadata(corpus)
    _parquet()

    return {f"{name}{SUFFIX}": _writer(table, corpus, heading) for name, table in TABLES.items()}


def read_folder(files: Mapping[str, bytes], name: str) -> Corpus:
    """
    The corpus that Parquet files hold; *name* is the folder's, for messages.

    Files of other names are left alone.

    Raises:
        MissingExtra: If pyarrow is not installed.
        InvalidDocument: If a file is no Parquet, is damaged, or lacks a column, or one of records is missing.
        InvalidRecord: If a record breaks a rule, an id stands twice, or a column disagrees with its record.
        DigestMismatch: If the records are not those that the metadata name.
        NewerSchema: If they need a later package.

    >>> from dateline.testing import tiny_corpus
    >>> read_folder(write_folder(tiny_corpus()), "tiny") == tiny_corpus()
    True
    """
    opened = {
        table: _opened(files[f"{table}{SUFFIX}"], f"{name}/{table}{SUFFIX}")
        for table in TABLES
        if f"{table}{SUFFIX}" in files
    }
    articles = opened.get("articles")
    source = Source(
        file=name,
        heading=None if articles is None else _heading(articles),
        columns=lambda table: tuple(opened[table.name].schema_arrow.names) if table.name in opened else None,
        rows=lambda table, names: _rows(opened[table.name], table, names, name),
        agrees=lambda table, corpus: _agrees(opened[table.name], table, corpus),
        stored=lambda value: value,
        limit=MAX_CHARACTERS,
    )

    return corpus_in(source)


def rows_in(data: bytes, file: str, choose: Callable[[list[str]], Iterable[str]]) -> Iterator[dict[str, Any]]:
    """
    The rows of anybody's Parquet file; *choose* gets the names of its columns, and says which to read.

    What Python has no value for, such as a day in the year 10,000, is a number without meaning.

    Raises:
        MissingExtra: If pyarrow is not installed.
        InvalidDocument: If the file is no Parquet, is damaged, or has a column twice.
    """
    opened = _opened(data, file)
    names = list(opened.schema_arrow.names)
    for name in (name for name, count in Counter(names).items() if count > 1):
        raise InvalidDocument(file, None, f"must have each column once, has {name!r:.80} again")
    columns = list(choose(names))
    try:
        for batch in opened.iter_batches(_ROWS, columns=columns, use_threads=False):
            values = (_values(batch.column(column)) for column in columns)
            yield from (dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True))
    except Exception as error:  # noqa: BLE001 - whatever pyarrow makes of a stranger's bytes
        raise _unsound(file, error) from None


def _values(column: Any) -> list[Any]:
    from pyarrow import timestamp  # noqa: PLC0415 - as in _parquet()

    # Python's instants have no nanoseconds, and those of pandas need not be there.
    if getattr(column.type, "unit", None) == "ns" and hasattr(column.type, "tz"):
        column = column.cast(timestamp("us", column.type.tz), safe=False)
    try:
        found: list[Any] = column.to_pylist()
    except (ArithmeticError, ValueError, LookupError, ImportError):
        # One of them has none: which, is told by the field that it is for.
        return list(map(_value, column))

    return found


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except (ArithmeticError, ValueError, LookupError, ImportError):
        return Number(f"{scalar.type} {getattr(scalar, 'value', None)}")


def _writer(table: Table, corpus: Corpus, heading: dict[bytes, bytes]) -> Writer:
    def write(out: BinaryIO) -> None:
        fields = schema(table, heading)
        with _parquet().ParquetWriter(out, fields, compression="zstd") as file, collector_paused():
            for batch in batches(table, corpus, fields):
                file.write_batch(batch)

    return write


def _bytes_of(write: Writer) -> bytes:
    out = io.BytesIO()
    write(out)

    return out.getvalue()


def _opened(data: bytes, file: str) -> Any:
    parquet = _parquet()
    try:
        opened = parquet.ParquetFile(io.BytesIO(data))
        # Made now, since a bad schema shows only here.
        opened.schema_arrow  # noqa: B018
    except Exception as error:  # noqa: BLE001 - whatever pyarrow makes of a stranger's bytes
        raise _unsound(file, error) from None

    return opened


def _heading(opened: Any) -> str | None:
    found = (opened.schema_arrow.metadata or {}).get(HEADING)

    # What is no UTF-8 is no JSON either, and is said to be none.
    return None if found is None else found.decode("utf-8", "replace")


def _rows(opened: Any, table: Table, names: tuple[str, ...], name: str) -> Iterator[Row]:
    try:
        for batch in opened.iter_batches(_ROWS, columns=list(names), use_threads=False):
            batch.validate(full=True)
            # By name, since they come in the file's order.
            yield from zip(*(batch.column(column).to_pylist() for column in names), strict=True)
    except Exception as error:  # noqa: BLE001 - whatever pyarrow makes of a stranger's bytes
        raise _unsound(f"{name}/{table.name}{SUFFIX}", error) from None


def _agrees(opened: Any, table: Table, corpus: Corpus) -> bool:
    """
    Whether columns are what we would write, of the same types, compared without Python objects.
    """
    names, fields = table.names, schema(table, {})
    try:
        actual = opened.iter_batches(ROWS, columns=list(names), use_threads=False)
        for expected in batches(table, corpus, fields):
            found = next(actual, None)
            if found is None or not all(found.column(name).equals(expected.column(name)) for name in names):
                return False
        return next(actual, None) is None
    # Told with its reason when the rows are compared.
    except Exception:  # noqa: BLE001 - whatever pyarrow makes of a stranger's bytes
        return False


def _unsound(file: str, error: Exception) -> InvalidDocument:
    return InvalidDocument(file, None, f"must be a sound Parquet file: {shortened(str(error))}")


def _parquet() -> Any:
    try:
        from pyarrow import parquet  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise MissingExtra("frames", "Parquet") from error

    return parquet
