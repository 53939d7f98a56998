"""
Files of raw articles in stretches that can be read each for itself: Parquet, JSON Lines and CSV.

Whatever a row is, it comes out: one that cannot be read with the reason instead of its values.
"""

from __future__ import annotations

import contextlib
import csv
import itertools
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from attrs import evolve, frozen

from dateline.building import engine
from dateline.building.batches import READ_FAULT, READ_FILE, READ_ROW
from dateline.building.columns import Columns
from dateline.errors import InvalidDocument, NoSuchFormat, NotRead, shortened
from dateline.formats.rows import lift_cell_limit


#: Rows of a stretch, about, and of a batch.
STRETCH: Final = 20_000
BATCH: Final = 500

#: What a row of a file gives: its values by column, or the reason why there are none.
_Cells = dict[str, Any] | str


@frozen(kw_only=True)
class Stretch:
    """
    Some rows of a file, one after the other.
    """

    file: str

    #: Row groups of Parquet, or bytes of another file: from the first, to before the last.
    start: int

    end: int

    #: Of its first row: in Parquet the row, in other files the line, counted from 1.
    number: int

    rows: int

    #: Rows of the first row group that belong to the stretches before.
    skip: int = 0


def stretches(path: str | os.PathLike[str], size: int = STRETCH) -> Iterator[Stretch]:
    """
    The stretches of a file, of about *size* rows; the suffix tells what it is.

    Raises:
        NoSuchFormat: If the suffix is none of ``.parquet``, ``.jsonl``, ``.ndjson`` and ``.csv``.
        NotRead: If the file is missing or may not be read.
        InvalidDocument: If it is no Parquet, or no CSV with a heading.
    """
    _, divide = _kind(path)
    with _opened(path) as file:
        yield from divide(file, os.fspath(path), size)


def raw_batches(stretch: Stretch, columns: Columns) -> Iterator[Any]:
    """
    The rows of a stretch as Arrow batches, with where each stands.

    Raises:
        NotRead: If the file is gone.
    """
    read, _ = _kind(stretch.file)
    with _opened(stretch.file) as file:
        yield from read(file, stretch, columns)


def read_files(
    paths: Iterable[str | os.PathLike[str]],
    columns: Columns = Columns(),  # noqa: B008 - frozen
) -> Iterator[Any]:
    """
    All rows of some files as Arrow batches; errors as of :func:`stretches`.
    """
    for path in paths:
        for stretch in stretches(path):
            yield from raw_batches(stretch, columns)


def _kind(
    path: str | os.PathLike[str],
) -> tuple[Callable[..., Iterator[Any]], Callable[..., Iterator[Stretch]]]:
    suffix = Path(path).suffix.lower()
    if suffix not in _KINDS:
        raise NoSuchFormat(suffix or os.fspath(path), known=tuple(_KINDS))

    return _KINDS[suffix]


@contextlib.contextmanager
def _opened(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(Path(path).open("rb"))
        except (OSError, ValueError) as error:
            raise NotRead(os.fspath(path), getattr(error, "strerror", None) or str(error)) from error
        yield file


def _row_groups(file: BinaryIO, name: str, size: int) -> Iterator[Stretch]:
    parquet = engine.parquet()
    try:
        metadata = parquet.ParquetFile(file).metadata
    except Exception as error:  # noqa: BLE001 - whatever pyarrow makes of a stranger's bytes
        raise InvalidDocument(name, None, f"must be a sound Parquet file: {shortened(str(error))}") from None
    start, rows, number = 0, 0, 1
    for group in range(metadata.num_row_groups):
        count = metadata.row_group(group).num_rows
        if rows and rows + count > size:
            yield Stretch(file=name, start=start, end=group, number=number, rows=rows)
            start, rows, number = group, 0, number + rows
        rows += count
        if rows >= size:
            whole = Stretch(file=name, start=start, end=group + 1, number=number, rows=rows)
            yield from _pieces(whole, size)
            start, rows, number = group + 1, 0, number + rows
    if rows:
        yield Stretch(file=name, start=start, end=metadata.num_row_groups, number=number, rows=rows)


def _pieces(whole: Stretch, size: int) -> Iterator[Stretch]:
    """
    A stretch in even ones of about *size* rows: many tools write a million rows, or all, as one group.
    """
    step = -(-whole.rows // max(1, round(whole.rows / size)))
    for skip in range(0, whole.rows, step):
        yield evolve(whole, number=whole.number + skip, rows=min(step, whole.rows - skip), skip=skip)


def _lines(file: BinaryIO, name: str, size: int) -> Iterator[Stretch]:
    start, end, number, rows = 0, 0, 1, 0
    line_number = 0
    for line_number, line in enumerate(file, 1):
        end += len(line)
        rows += bool(line.strip())
        if rows == size:
            yield Stretch(file=name, start=start, end=end, number=number, rows=rows)
            start, number, rows = end, line_number + 1, 0
    if rows:
        yield Stretch(file=name, start=start, end=end, number=number, rows=rows)


def _records(file: BinaryIO, name: str, size: int) -> Iterator[Stretch]:
    lines = _Counted(file)
    lift_cell_limit()
    reader = csv.reader(lines)
    if not next(_sound(reader, name), None):
        raise InvalidDocument(name, 1, "must begin with the names of the columns")
    start, number, rows = lines.end, reader.line_num + 1, 0
    for cells in _sound(reader, name):
        rows += bool(cells)
        if rows == size:
            yield Stretch(file=name, start=start, end=lines.end, number=number, rows=rows)
            start, number, rows = lines.end, reader.line_num + 1, 0
    if rows:
        yield Stretch(file=name, start=start, end=lines.end, number=number, rows=rows)


def _sound(reader: Any, name: str) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise InvalidDocument(name, reader.line_num, f"must be CSV: {error}") from None


def _read_parquet(file: BinaryIO, stretch: Stretch, columns: Columns) -> Iterator[Any]:
    parquet = engine.parquet()
    number = stretch.number
    last = stretch.number + stretch.rows
    skip = stretch.skip
    try:
        opened = parquet.ParquetFile(file)
        names = [name for name in opened.schema_arrow.names if name in columns.names()]
        groups = range(stretch.start, stretch.end)
        batches = opened.iter_batches(BATCH, row_groups=groups, columns=names, use_threads=False)
        while number < last:
            batch = next(batches)
            own = batch.slice(skip, last - number)
            skip = max(0, skip - batch.num_rows)
            if own.num_rows:
                yield _placed(own, stretch.file, range(number, number + own.num_rows))
                number += own.num_rows
    except Exception as error:  # noqa: BLE001 - as above; rows that are damaged are told, not lost
        problem = f"must be in a sound row group: {shortened(str(error))}"
        while number < last:
            some = range(number, min(number + BATCH, last))
            yield _batch(((place, problem) for place in some), stretch.file, columns)
            number = some.stop


def _read_lines(file: BinaryIO, stretch: Stretch, columns: Columns) -> Iterator[Any]:
    file.seek(stretch.start)
    lines = enumerate(file.read(stretch.end - stretch.start).split(b"\n"), stretch.number)
    cells = ((number, _object(line, columns)) for number, line in lines if line.strip())
    yield from _batched(cells, stretch.file, columns)


def _read_records(file: BinaryIO, stretch: Stretch, columns: Columns) -> Iterator[Any]:
    lift_cell_limit()
    heading = [name.removeprefix("\ufeff") for name in next(csv.reader(_Counted(file)))]
    file.seek(stretch.start)
    # Strictly: a quote that is never closed would swallow the rows behind it.
    reader = csv.reader(_Counted(file, stretch.start, stretch.end), strict=True)
    cells = _numbered(reader, stretch.number, heading, columns)
    yield from _batched(cells, stretch.file, columns)


def _numbered(reader: Any, first: int, heading: list[str], columns: Columns) -> Iterator[tuple[int, _Cells]]:
    number = first
    for cells in _rows(reader):
        if isinstance(cells, str):
            yield number, f"{cells}, in a row that goes on to line {first + reader.line_num - 1}"
        elif len(cells) == len(heading):
            found = dict(zip(heading, cells, strict=True))
            # What was no UTF-8 is the bytes it was again, to be refused by name.
            encoded = {name: found[name].encode("utf-8", "surrogateescape") for name in found}
            yield number, {name: encoded[name] for name in columns.names() if name in encoded}
        elif cells:
            yield number, f"must have {len(heading)} cells like the heading, got {len(cells)}"
        number = first + reader.line_num


def _rows(reader: Any) -> Iterator[list[str] | str]:
    """
    The cells of each row, or what is wrong with it; the reader goes on in the line after.
    """
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"must be CSV: {error}"


def _object(line: bytes, columns: Columns) -> _Cells:
    # Tools write floats and numbers of any length, which are nothing to us.
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return f"must be UTF-8, but byte {error.start} is not"
    except json.JSONDecodeError as error:
        return f"must be JSON: {error.msg} at column {error.colno}"
    except (RecursionError, ValueError) as error:
        return f"must be JSON that can be read: {shortened(str(error))}"
    if not isinstance(value, dict):
        return f"must be a JSON object, got {shortened(value)}"
    cells = {name: value[name] for name in columns.names() if name in value}
    wrong = [
        name for name, cell in cells.items() if not _is_text(cell, may_be_several=name == columns.bylines)
    ]
    if wrong:
        return f"{wrong[0]} must be text, got {shortened(cells[wrong[0]])}"

    return {name: _cell(cell) for name, cell in cells.items()}


def _is_text(cell: Any, *, may_be_several: bool) -> bool:
    if may_be_several and isinstance(cell, list):
        return all(isinstance(item, str) for item in cell)

    return cell is None or (isinstance(cell, (str, int)) and not isinstance(cell, bool))


def _cell(cell: Any) -> Any:
    if isinstance(cell, list):
        return [_cell(item) for item in cell]

    # A lone surrogate becomes bytes that are no UTF-8, to be refused by name.
    return None if cell is None else str(cell).encode("utf-8", "surrogatepass")


def _batched(cells: Iterator[tuple[int, _Cells]], file: str, columns: Columns) -> Iterator[Any]:
    while some := list(itertools.islice(cells, BATCH)):
        yield _batch(some, file, columns)


def _batch(rows: Iterable[tuple[int, _Cells]], file: str, columns: Columns) -> Any:
    pyarrow = engine.arrow()
    found = list(rows)
    read = [cells if isinstance(cells, dict) else {} for _, cells in found]
    names = [name for name in columns.names() if any(name in cells for cells in read)]
    arrays = {
        name: pyarrow.array([_listed(cells.get(name), name, columns) for cells in read]) for name in names
    }
    faults = [None if isinstance(cells, dict) else cells.encode() for _, cells in found]
    batch = pyarrow.RecordBatch.from_pydict({**arrays, READ_FAULT: pyarrow.array(faults, pyarrow.binary())})

    return _placed(batch, file, [number for number, _ in found])


def _listed(cell: Any, name: str, columns: Columns) -> Any:
    # An Arrow column is of one kind: names of people are always several.
    return [cell] if name == columns.bylines and isinstance(cell, bytes) else cell


def _placed(batch: Any, file: str, numbers: Iterable[int]) -> Any:
    pyarrow = engine.arrow()
    places = pyarrow.array(list(numbers), pyarrow.int64())
    # As far as it can be told: a name of the system's need not be text.
    name = pyarrow.array([file.encode("utf-8", "replace").decode()], pyarrow.string())
    files = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * len(places), pyarrow.int32()), name)

    return batch.append_column(READ_FILE, files).append_column(READ_ROW, places)


class _Counted:
    """
    The lines of a stretch of a file as text, and the offset at which the last of them ended.
    """

    def __init__(self, file: BinaryIO, start: int = 0, end: int = sys.maxsize) -> None:
        self._file = file
        self._limit = end
        self.end = start

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline() if self.end < self._limit else b""
        if not line:
            raise StopIteration
        self.end += len(line)

        return line.decode("utf-8", "surrogateescape")


_KINDS: Final = {
    ".parquet": (_read_parquet, _row_groups),
    ".jsonl": (_read_lines, _lines),
    ".ndjson": (_read_lines, _lines),
    ".csv": (_read_records, _records),
}
