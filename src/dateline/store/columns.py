"""
Records as the rows of a part's tables, sorted so that engines can leave out what a filter cannot match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from dateline.corpus import Corpus
from dateline.formats.arrow import batches, schema
from dateline.formats.flat_tables import POSITION, RECORD, TABLES
from dateline.schema import MIN_READER, SCHEMA_VERSION
from dateline.store import engine
from dateline.store.layout import PARTS_OF


DIGEST: Final = "digest"

#: By what the records of a part are sorted; what has no value comes last.
SORTED_BY: Final = {"article": ("published_earliest", "id"), "entity": ("id",)}

#: Rows that an engine can leave out together: their smallest and largest values stand in the file.
#: An article has several claims, so that theirs lie in about as many groups.
GROUPS: Final = {"articles": 4_096, "claims": 16_384, "entities": 4_096}

#: The columns by which rows are told apart, and joined with those of another table.
KEYS: Final = ("id", "article")

PACKING: Final = engine.Packing(
    small=(
        "headline",
        "headline_folded",
        "abstract",
        "abstract_folded",
        "url",
        "statement",
        DIGEST,
        RECORD,
    ),
    bare=("words_folded",),
    unlike=(POSITION, "id", "words_folded", "statement_folded"),
)

#: Of every file: nothing that differs from one store to the next, so that stores can share files.
_METADATA: Final = {
    b"dateline.schema": SCHEMA_VERSION.encode(),
    b"dateline.min_reader": MIN_READER.encode(),
}


def schema_of(table: str) -> Any:
    """
    The ``pyarrow.Schema`` of a table's files.

    Raises:
        MissingExtra: If pyarrow is not installed.
    """
    return schema(TABLES[table], _METADATA)


def rows_of(kind: str, records: Sequence[Any]) -> dict[str, Any]:
    """
    The rows of some records of a *kind* in each table, as ``pyarrow.Table``, in the order of the records.

    Raises:
        InvalidRecord: If an id stands twice, or a claim's id is not its article's.
        MissingExtra: If pyarrow is not installed.
    """
    corpus = Corpus.of(records) if kind == "article" else Corpus.of((), records)
    found = {}
    for table in PARTS_OF[kind]:
        fields = schema_of(table)
        found[table] = engine.arrow().Table.from_batches(batches(TABLES[table], corpus, fields), fields)

    return found


def joined(several: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """
    The rows of many records out of those of some at a time.
    """
    gathered: dict[str, list[Any]] = {}
    for rows in several:
        for table, found in rows.items():
            gathered.setdefault(table, []).append(found)

    return {table: engine.arrow().concat_tables(found) for table, found in gathered.items()}


def in_order(kind: str, rows: dict[str, Any]) -> dict[str, Any]:
    """
    The rows of a part, sorted: records by :data:`SORTED_BY`, other rows as the records that they belong to.

    The unsorted ones are taken out of *rows* a table at a time, so that never all are there twice.
    """
    own, *others = PARTS_OF[kind]
    # Values that are missing come last.
    keys = [(name, "ascending") for name in SORTED_BY[kind]]
    unsorted = rows.pop(own)
    found = {own: counted(unsorted.take(engine.compute().sort_indices(unsorted, keys)), 1)}
    for table in others:
        unsorted = rows.pop(table)
        found[table] = counted(unsorted.take(_order(table, unsorted, found)), 1)

    return found


def _order(table: str, rows: Any, above: dict[str, Any]) -> Any:
    """
    The order of rows by those that they belong to, which their first reference names.
    """
    compute = engine.compute()
    owner, owners = next(
        (column.name, above[column.references])
        for column in TABLES[table].columns
        if column.references in above
    )
    # Stable: what belongs to one record stays in its order.
    return compute.sort_indices(compute.index_in(rows[owner], owners["id"].combine_chunks()))


def counted(rows: Any, first: int) -> Any:
    """
    Rows whose position is counted from *first*.
    """
    positions = engine.arrow().array(range(first, first + rows.num_rows), "int64")

    return rows.set_column(0, rows.schema.field(POSITION), positions)


def digests_of(kind: str, rows: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """
    Kind, id and digest of each record among some rows.
    """
    own = rows[PARTS_OF[kind][0]]
    ids, digests = (own[name].to_pylist() for name in ("id", DIGEST))

    return ((kind, identifier, digest) for identifier, digest in zip(ids, digests, strict=True))
