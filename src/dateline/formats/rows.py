"""
Tables read into draft articles: CSV, and JSON Lines of flat rows, as collections of news come in.

A mapping says which column holds which field; without one, the columns with the names of fields are read.
The other columns, such as the text of the article, are not read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from dateline.corpus import Corpus
from dateline.errors import Fault, InvalidDocument, InvalidValue, shortened
from dateline.formats import values_in
from dateline.formats.drafts import Drafts, Item, drafts
from dateline.formats.foreign_json import decoded, parse_foreign, step
from dateline.strict_json import lines_of


#: The fields that a column can hold, and what takes a value for each.
FIELDS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "headline": values_in.headline,
    "publisher": values_in.credit,
    "bylines": values_in.credit,
    "agencies": values_in.credit,
    "published": values_in.date,
    "url": values_in.url,
    "language": values_in.language,
}

_SEVERAL: Final = ("bylines", "agencies")

Row = Mapping[str, Any]

#: The articles of a table, and the faults of the table itself.
Taken = tuple[list[Item], list[Fault]]


def read_csv(
    data: bytes,
    name: str,
    columns: Mapping[str, str] | None = None,
    *,
    separator: str | None = None,
    delimiter: str = ",",
) -> Corpus:
    r"""
    The articles of a CSV table as drafts: a row each, under a header; *name* is the file's.

    *columns* maps fields to names of columns. Several names in one cell are taken apart at *separator*;
    without one, a cell is one name as it is printed.

    Raises:
        InvalidValue: If *columns* names no such field, or the *delimiter* is not one character.
        InvalidDocument: If it is not CSV in UTF-8, or a column is missing or stands twice.
        InvalidRecord: If a value could not be taken, or a row has more or fewer cells than the header;
            all are named, each with its row and column.

    >>> data = b"title,day\nFerry returns,2021-04-01\n"
    >>> corpus = read_csv(data, "ferries.csv", {"headline": "title", "published": "day"})
    >>> corpus["2021-04-01-ferry-returns"].headline
    'Ferry returns'
    """
    return csv_drafts(data, name, columns, separator=separator, delimiter=delimiter).complete()


def csv_drafts(
    data: bytes,
    name: str,
    columns: Mapping[str, str] | None = None,
    *,
    separator: str | None = None,
    delimiter: str = ",",
) -> Drafts:
    """
    As :func:`read_csv`, but what could not be taken is reported, not raised.

    Raises:
        InvalidValue: As for :func:`read_csv`.
        InvalidDocument: As for :func:`read_csv`.
    """
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise InvalidValue("delimiter", "be one character, and no quote or end of a line", delimiter)
    items, faults = csv_items(data, name, columns, separator=separator, delimiter=delimiter)

    return drafts(items, name, faults)


def csv_items(
    data: bytes,
    name: str,
    columns: Mapping[str, str] | None,
    *,
    separator: str | None,
    delimiter: str = ",",
) -> Taken:
    """
    The articles of a CSV table before they are drafts.

    Raises:
        InvalidValue: As for :func:`read_csv`.
        InvalidDocument: As for :func:`read_csv`.
    """
    table = _cells(decoded(data, name), name, delimiter)
    _, header = next(table, (1, []))
    if len(set(header)) < len(header):
        raise InvalidDocument(name, 1, "must not have two columns of one name")
    chosen = chosen_columns(columns, header, name)
    items: list[Item] = []
    faults: list[Fault] = []
    for number, cells in table:
        path = f"row {number}"
        if len(cells) == len(header):
            items.append(row_item(dict(zip(header, cells, strict=True)), path, chosen, separator))
        else:
            faults.append(Fault(path, f"must have {len(header)} cells, got {len(cells)}"))

    return items, faults


def read_json_lines(
    data: bytes,
    name: str,
    columns: Mapping[str, str] | None = None,
    *,
    separator: str | None = None,
) -> Corpus:
    r"""
    The articles of JSON Lines as drafts, an object each, whose keys are the columns: see :func:`read_csv`.

    A list holds several names.

    Raises:
        InvalidValue: If *columns* names no such field.
        InvalidDocument: If no line has a column that is asked for.
        InvalidRecord: If a line is no object, or a value could not be taken; all are named, each with its
            line and column.

    >>> data = b'{"title": "Ferry returns", "authors": ["Ana Lind", "Tomas Berg"]}\n'
    >>> corpus = read_json_lines(data, "ferries.jsonl", {"headline": "title", "bylines": "authors"})
    >>> [credit.name for credit in corpus["ferry-returns"].bylines]
    ['Ana Lind', 'Tomas Berg']
    """
    return json_lines_drafts(data, name, columns, separator=separator).complete()


def json_lines_drafts(
    data: bytes,
    name: str,
    columns: Mapping[str, str] | None = None,
    *,
    separator: str | None = None,
) -> Drafts:
    """
    As :func:`read_json_lines`, but what could not be taken is reported, not raised.

    Raises:
        InvalidValue: As for :func:`read_json_lines`.
        InvalidDocument: As for :func:`read_json_lines`.
    """
    items, faults = json_lines_items(data, name, columns, separator=separator)

    return drafts(items, name, faults)


def json_lines_items(
    data: bytes,
    name: str,
    columns: Mapping[str, str] | None,
    *,
    separator: str | None,
) -> Taken:
    """
    The articles of JSON Lines before they are drafts.

    Raises:
        InvalidValue: As for :func:`read_json_lines`.
        InvalidDocument: As for :func:`read_json_lines`.
    """
    faults: list[Fault] = []
    rows: list[tuple[str, Row]] = []
    for number, line in enumerate(lines_of(data), 1):
        path = f"line {number}"
        try:
            value, problems = parse_foreign(decoded(line, name), name, root=path)
        except InvalidDocument as error:
            value, problems = None, (Fault(path, error.problem),)
        faults += problems
        if isinstance(value, dict):
            rows.append((path, value))
        elif not problems:
            faults.append(Fault(path, "must be an object"))
    # Keys whose value is null are often left out.
    header = dict.fromkeys(key for _, row in rows for key in row)
    chosen = chosen_columns(columns, header, name)

    return [row_item(row, path, chosen, separator) for path, row in rows], faults


def chosen_columns(columns: Mapping[str, str] | None, header: Iterable[str], file: str) -> Mapping[str, str]:
    """
    The column of each field: those of *columns*, else those that are called like fields.

    Raises:
        InvalidValue: If *columns* names no such field.
        InvalidDocument: If a column is missing, or none is called like a field.

    >>> chosen_columns({"headline": "title"}, ["title", "text"], "news.csv")
    {'headline': 'title'}
    """
    known = list(header)
    chosen = {field: field for field in FIELDS if field in known} if columns is None else columns
    for field in chosen:
        if field not in FIELDS:
            raise InvalidValue("field of a column", f"be one of {', '.join(FIELDS)}", field)
    if known and not chosen:
        raise InvalidDocument(
            file, 1, f"must have a column {', '.join(FIELDS)}, or be read with columns={{…}}"
        )
    missing = [column for column in chosen.values() if column not in known]
    # A table without rows may be without columns, too.
    if known and missing:
        raise InvalidDocument(file, 1, f"must have the column {missing[0]!r:.80}, has {shortened(known)}")

    return chosen


def row_item(row: Row, path: str, columns: Mapping[str, str], separator: str | None) -> Item:
    """
    One row, which stands at *path*, read by the column of each field.
    """
    item = Item(path)
    for field, column in columns.items():
        value, parse = row.get(column), FIELDS[field]
        if field in _SEVERAL:
            item.take_each(field, _parts(value, step(column), separator), parse)
        else:
            item.take(field, value, step(column), parse)

    return item


def _cells(text: str, file: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """
    The rows that are not blank, each with its number; the header is row 1.
    """
    lift_cell_limit()
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        yield from ((number, cells) for number, cells in enumerate(lines, 1) if cells)
    except csv.Error as error:
        raise InvalidDocument(file, None, f"must be CSV: {error}") from None


def lift_cell_limit() -> None:
    """
    Let the csv module take cells of any length: a text may be longer than it does unless it is told.

    The limit is one for the whole process, so it is only ever raised.
    """
    csv.field_size_limit(max(csv.field_size_limit(), 2**31 - 1))


def _parts(value: Any, place: str, separator: str | None) -> Iterable[tuple[str, Any]]:
    if isinstance(value, str) and separator:
        value = [part.strip() for part in value.split(separator)]
    if not isinstance(value, list):
        return [(place, value)]

    return [(f"{place}[{index}]", part) for index, part in enumerate(value)]
