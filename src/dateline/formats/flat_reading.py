"""
A corpus out of flat tables that a stranger may have written: each record read, each column compared with it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

from attrs import frozen

from dateline.codec import collector_paused
from dateline.converter import structure
from dateline.corpus import Corpus
from dateline.digests import corpus_digest, record_digest
from dateline.doors import record_in
from dateline.errors import Fault, InvalidDocument, InvalidRecord, shortened
from dateline.fingerprints import sha256
from dateline.formats.flat_tables import DIGEST, POSITION, RECORD, TABLES, Row, Table
from dateline.formats.heading import Heading, check_readable, corpus_under
from dateline.ids import Digest
from dateline.records import Article, Entity
from dateline.strict_json import parse_json


T = TypeVar("T", Article, Entity)


def _never(table: Table, corpus: Corpus) -> bool:
    return False


@frozen(kw_only=True)
class Source:
    """
    Tables as an engine gives them.
    """

    #: For messages.
    file: str

    #: Which corpus it is, in canonical JSON.
    heading: object

    #: The names of the columns that are there of a table; None if there is no such table.
    columns: Callable[[Table], tuple[str, ...] | None]

    #: The rows of a table with the columns of those names.
    rows: Callable[[Table, tuple[str, ...]], Iterable[Row]]

    #: Whether the columns of a table are what the corpus has; if not, the rows are compared one by one.
    agrees: Callable[[Table, Corpus], bool] = _never

    #: Makes a value what the engine gives back for it.
    stored: Callable[[Any], Any]

    #: The most characters that all records together may have: a small file can be made to hold endless ones.
    limit: int


_REQUIRED: Final = {"articles", "entities"}


def corpus_in(source: Source) -> Corpus:
    """
    The corpus that tables hold.

    The records are read; every other column that is there must say what they say.

    Raises:
        InvalidDocument: If a table or column is missing or unknown, rows are not counted from 1,
            or there is more than the limit.
        InvalidRecord: If a record breaks a rule, an id stands twice, or a column disagrees with its record.
        DigestMismatch: If the records are not those that the heading names.
        NewerSchema: If they need a later package.
    """
    file = source.file
    heading = _heading(source.heading, file)
    found = {name: _known(table, source.columns(table), file) for name, table in TABLES.items()}
    digests: list[tuple[str, str, Digest]] = []
    with collector_paused():
        articles, found["articles"] = _records(source, "articles", found["articles"], Article, digests)
        entities, found["entities"] = _records(source, "entities", found["entities"], Entity, digests)
        corpus = corpus_under(heading, articles, entities, file, corpus_digest(digests))
        for name, names in found.items():
            table = TABLES[name].only(names)
            if names and not source.agrees(table, corpus):
                _check_rows(source, table, corpus)

    return corpus


def _heading(text: object, file: str) -> Heading:
    if not isinstance(text, str):
        raise InvalidDocument(file, None, f"must say which corpus it holds, got {shortened(text)}")
    value = parse_json(text.encode(), file)
    check_readable(value, file)

    return structure(value, Heading, file)


def _known(table: Table, found: tuple[str, ...] | None, file: str) -> tuple[str, ...]:
    """
    The columns that are there, each of which the table must have.
    """
    needed = {POSITION, RECORD} if table.name in _REQUIRED else set()
    if found is None:
        if needed:
            raise InvalidDocument(file, None, f"must have a table {table.name}")
        return ()
    known = table.names
    for name in sorted((needed | {POSITION}) - set(found)):
        raise InvalidDocument(file, None, f"table {table.name} must have a column {name}")
    for name in found:
        if name not in known or found.count(name) > 1:
            raise InvalidDocument(
                file, None, f"table {table.name} must have no column {shortened(name)}, or only one"
            )

    return tuple(name for name in known if name in found)


def _records(
    source: Source, name: str, names: tuple[str, ...], kind: type[T], digests: list[tuple[str, str, Digest]]
) -> tuple[list[T], tuple[str, ...]]:
    """
    The records of a table with columns of those *names*, and the names of those that are yet to be compared.
    """
    file, table = source.file, TABLES[name]
    found: dict[str, T] = {}
    agree = True
    for number, text, told in _texts(source, table, [column for column in names if column == DIGEST]):
        data = text.encode()
        record, is_canonical = record_in(data, kind, f"{file}:{name}", number)
        digest = sha256(data) if is_canonical else record_digest(record)
        if record.id in found:
            fault = Fault("$.id", f"id {record.id!r} stands twice", "duplicate id")
            raise InvalidRecord(f"{file}:{name}:{number}", (fault,))
        found[record.id] = record
        digests.append((kind.__name__.lower(), record.id, digest))
        agree = agree and is_canonical and (not told or told[0] == digest)
    # To encode all records once more would be for nothing. If one does not agree, it is told with its row.
    settled = {RECORD, DIGEST} if agree else set()

    return list(found.values()), tuple(column for column in names if column not in settled)


def _texts(source: Source, table: Table, others: list[str]) -> Iterator[tuple[int, str, list[Any]]]:
    """
    The records of a table as text, each with its number and the values of *others* of the columns.
    """
    file = source.file
    characters = 0
    for number, (position, text, *told) in enumerate(source.rows(table, (POSITION, RECORD, *others)), 1):
        # Asked first, so that pages or runs that are used again and again end here.
        if position != number:
            raise _refused(file, table, number, f"position must be {number}, got {shortened(position)}")
        if not isinstance(text, str):
            raise _refused(file, table, number, f"record must be text, got {shortened(text)}")
        characters += len(text)
        if characters > source.limit:
            raise _refused(file, table, number, f"records must have at most {source.limit} characters")
        yield number, text, told


def _check_rows(source: Source, table: Table, corpus: Corpus) -> None:
    names = table.names
    expected = (list(map(source.stored, row)) for row in table.rows(corpus))
    actual = (list(row) for row in source.rows(table, names))
    for number, (right, wrong) in enumerate(itertools.zip_longest(expected, actual), 1):
        if right is None or wrong is None:
            problem = "is missing" if wrong is None else "is one too many"
            raise _refused(source.file, table, number, f"row {number} {problem}")
        if right != wrong:
            faults = tuple(_faults(names, right, wrong))
            raise InvalidRecord(f"{source.file}:{table.name}:{number}", faults)


def _faults(names: tuple[str, ...], expected: list[Any], actual: list[Any]) -> Iterator[Fault]:
    for name, right, wrong in zip(names, expected, actual, strict=True):
        if right != wrong:
            yield Fault(f"$.{name}", f"must be {shortened(right)}, as in the record, got {shortened(wrong)}")


def _refused(file: str, table: Table, row: int, problem: str) -> InvalidDocument:
    return InvalidDocument(f"{file}:{table.name}", row, problem)
