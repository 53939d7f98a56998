"""
Arrow batches of raw articles to batches of records: for each row in one row out, a record or its faults.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from dateline.building import engine
from dateline.building.columns import Columns, RawArticle, Row, given_id, raw_article
from dateline.building.drafting import Rule, draft
from dateline.errors import Fault, InvalidRecord, InvalidValue, shortened
from dateline.formats import arrow
from dateline.formats.flat_tables import POSITION, TABLES
from dateline.records import Article


#: Columns that a reader of files adds to its batches: where a row stands, and why it could not be read.
#: No table of anybody's has such names.
READ_FILE: Final = "dateline:file"
READ_ROW: Final = "dateline:row"
READ_FAULT: Final = "dateline:fault"

#: Columns of the result besides those of the flat table of articles.
FILE: Final = "row_file"
ROW: Final = "row_number"
GIVEN_ID: Final = "given_id"
FAULTS: Final = "faults"

#: Where values were looked up if nobody says.
REFERENCE: Final = "raw articles"

#: Rows that are held as records at a time.
_ROWS: Final = 1000

_ARTICLES: Final = TABLES["articles"]


def map_batches(
    batches: Iterable[Any],
    rules: Sequence[Rule] = (),
    *,
    columns: Columns = Columns(),  # noqa: B008 - frozen
    reference: str = REFERENCE,
) -> Iterator[Any]:
    """
    Each ``pyarrow.RecordBatch`` of raw articles as one of records, row by row, as :func:`schema` has it.

    A row that is no article comes out with its *faults* and without a record, so that none is lost:
    as many rows come out as go in. What a row gave stands as looked up in *reference*, unless the row
    itself names another; what neither it nor any of the *rules* establishes is unknown.

    With its arguments bound by :func:`functools.partial` it is what Spark's ``mapInArrow`` takes.
    It sees one batch at a time, so that an id that stands in two is not noticed here.

    Raises:
        InvalidValue: If a batch has two columns of the same name.
        MissingExtra: If pyarrow is not installed.

    >>> import pyarrow
    >>> raw = pyarrow.RecordBatch.from_pylist([
    ...     {"id": "rain", "text": "It rained.", "date": "2021-03-01"},
    ...     {"id": "snow", "text": "It snowed.", "date": "1 Mar"},
    ... ])
    >>> [batch] = map_batches([raw])
    >>> batch.select(["id", "published_earliest"]).to_pylist()[0]
    {'id': 'rain', 'published_earliest': datetime.date(2021, 3, 1)}
    >>> batch.select(["id", "given_id"]).to_pylist()[1]
    {'id': None, 'given_id': 'snow'}
    """
    fields = schema()
    for batch in batches:
        for start in range(0, batch.num_rows, _ROWS):
            rows = raw_rows(batch.slice(start, _ROWS), columns)
            yield _mapped(rows, rules, columns, reference, fields)


def schema() -> Any:
    """
    The ``pyarrow.Schema`` of the result.

    ``row_file`` and ``row_number`` tell where a row stands, where that is known, ``given_id`` its id as it
    came, ``faults`` what is wrong with it.
    The rest is the flat table of articles, all None where there are faults.

    Raises:
        MissingExtra: If pyarrow is not installed.
    """
    pyarrow = engine.arrow()
    texts = pyarrow.list_(pyarrow.field("element", pyarrow.string()))
    articles = (field for field in arrow.schema(_ARTICLES, {}) if field.name != POSITION)

    return pyarrow.schema(
        [
            (FILE, pyarrow.string()),
            (ROW, pyarrow.int64()),
            (GIVEN_ID, pyarrow.string()),
            (FAULTS, texts),
            *articles,
        ]
    )


def spark_schema() -> str:
    """
    The same schema in the words of Spark SQL, as ``mapInArrow`` takes it.

    >>> spark_schema()[:64]
    'row_file string, row_number bigint, given_id string, faults arra'
    """
    names = {"int64": "bigint", "double": "double", "date32[day]": "date"}

    def name_of(kind: Any) -> str:
        text = str(kind)
        return "array<string>" if text.startswith("list<") else names.get(text, text)

    return ", ".join(f"{field.name} {name_of(field.type)}" for field in schema())


def raw_articles(
    batches: Iterable[Any],
    *,
    columns: Columns = Columns(),  # noqa: B008 - frozen
    reference: str = REFERENCE,
) -> Iterator[RawArticle]:
    """
    The raw articles of batches, for whoever looks at all of them before drafting begins.

    A row that is none is passed over: it is told where the records are made.
    """
    for batch in batches:
        for row in raw_rows(batch, columns):
            raw, _ = _read(row, columns, reference)
            if raw is not None:
                yield raw


def raw_rows(batch: Any, columns: Columns) -> Iterator[Row]:
    """
    The rows of a batch: a value for each column that is there and of interest; text as bytes.
    """
    wanted = (*columns.names(), READ_FILE, READ_ROW, READ_FAULT)
    names = [name for name in dict.fromkeys(wanted) if name in batch.schema.names]
    for name in names:
        if batch.schema.names.count(name) > 1:
            raise InvalidValue("columns of a batch", "each have a name of their own", name)
    values = (_values(batch.column(name)) for name in names)
    # Without any column of interest there are rows all the same.
    cells = zip(*values, strict=True) if names else itertools.repeat((), batch.num_rows)

    return (dict(zip(names, some, strict=True)) for some in cells)


def _values(column: Any) -> list[Any]:
    as_bytes = _as_bytes(column.type)
    try:
        # Nobody promises that text in a file is UTF-8.
        found: list[Any] = (column if as_bytes is None else column.cast(as_bytes)).to_pylist()
    except Exception:  # noqa: BLE001 - whatever pyarrow makes of a stranger's values
        found = [_value(cell) for cell in column]

    return found


def _value(cell: Any) -> Any:
    try:
        return cell.as_py()
    except Exception as error:  # noqa: BLE001 - as above; the row that has it is told
        return f"a {cell.type} that cannot be read: {shortened(str(error))}".encode()


def _as_bytes(kind: Any) -> Any:
    """
    The kind of column that holds the bytes of texts, or of lists of them; None for those of other things.
    """
    pyarrow = engine.arrow()
    types = pyarrow.types
    if types.is_list(kind) or types.is_large_list(kind):
        inner = _as_bytes(kind.value_type)
        return None if inner is None else pyarrow.large_list(inner)
    value = kind.value_type if types.is_dictionary(kind) else kind
    is_text = types.is_string(value) or types.is_large_string(value) or types.is_string_view(value)

    return pyarrow.large_binary() if is_text else None


def _read(row: Row, columns: Columns, reference: str) -> tuple[RawArticle | None, tuple[Fault, ...]]:
    unread = row.get(READ_FAULT)
    if unread is not None:
        return None, (Fault("$", unread.decode("utf-8", "replace")),)
    try:
        return raw_article(row, columns, reference), ()
    except InvalidRecord as error:
        return None, error.faults


def _mapped(rows: Iterable[Row], rules: Sequence[Rule], columns: Columns, reference: str, fields: Any) -> Any:
    origins: list[tuple[str | None, int | None, str | None, list[str]]] = []
    places: list[int | None] = []
    articles: list[Article] = []
    for row in rows:
        article, faults = _drafted(row, rules, columns, reference)
        places.append(None if article is None else len(articles))
        if article is not None:
            articles.append(article)
        file = row.get(READ_FILE)
        name = None if file is None else file.decode("utf-8", "replace")
        told = [str(fault).encode("utf-8", "backslashreplace").decode() for fault in faults]
        origins.append((name, row.get(READ_ROW), given_id(row, columns), told))
    found = [list(column) for column in zip(*origins, strict=True)]
    # A row of None where there is no record.
    columns_of_articles = _ARTICLES.values(articles)
    found += [[None if at is None else column[at] for at in places] for column in columns_of_articles]
    pyarrow = engine.arrow()
    arrays = [pyarrow.array(column, field.type) for column, field in zip(found, fields, strict=True)]

    return pyarrow.RecordBatch.from_arrays(arrays, schema=fields)


def _drafted(
    row: Row, rules: Sequence[Rule], columns: Columns, reference: str
) -> tuple[Article | None, tuple[Fault, ...]]:
    raw, faults = _read(row, columns, reference)
    if raw is None:
        return None, faults
    try:
        return draft(raw, rules), ()
    except InvalidRecord as error:
        return None, error.faults
