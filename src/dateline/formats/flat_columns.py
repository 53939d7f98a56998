"""
The columns of flat tables: what each is called, what it holds, and how its value comes out of a record.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import Any

from attrs import frozen

from dateline.dates import PartialDate
from dateline.formats import searchable
from dateline.records import Entity


class Cell(Enum):
    """
    What a column holds, besides None.
    """

    TEXT = "text"
    WHOLE = "whole number"
    REAL = "floating-point number, rounded from the record's exact decimal"
    DAY = "day of the calendar"
    TEXTS = "list of texts"


@frozen
class Column:
    """
    A column of a table.
    """

    name: str

    #: From what the row is about: a record, or a record and a part of it; or from a record's canonical bytes.
    value: Callable[[Any], Any]

    cell: Cell = Cell.TEXT

    #: The table whose ``id`` is meant.
    references: str | None = None

    #: Whether a value is made from the canonical bytes of the record.
    of_bytes: bool = False


def real(value: Decimal) -> float:
    """
    A decimal as the floating-point number that is nearest.
    """
    # Adding zero leaves no negative one, of which a record's decimal is not told apart.
    return float(value) + 0.0


def text(path: str) -> Callable[[Any], str | None]:
    """
    What stands under a dotted *path* of a record, as text; None if there is nothing on the way.
    """
    value_of = at(path)

    def text(record: Any) -> str | None:
        value = value_of(record)
        return None if value is None else str(value)

    return text


def at(path: str) -> Callable[[Any], Any]:
    """
    What stands under a dotted *path* of a record; None if there is nothing on the way.
    """
    first, *rest = map(attrgetter, path.split("."))
    if not rest:
        return first

    def value(record: Any) -> Any:
        record = first(record)
        for part in rest:
            record = None if record is None else part(record)
        return record

    return value


def word(name: str) -> Column:
    """
    A column for a field that holds a word of a closed list.
    """
    # Of an enumeration's member the text that it is made from, without asking Python for it.
    return Column(name, attrgetter(f"{name}._value_"))


def plain(*names: str) -> Iterator[Column]:
    """
    Columns of text for fields of those names.
    """
    return (Column(name, attrgetter(name)) for name in names)


def dated(name: str) -> Iterator[Column]:
    """
    Columns for a date: as printed, the first and the last day that it may mean, and what lies between.
    """

    def earliest(record: Any) -> datetime.date | None:
        date: PartialDate | None = getattr(record, name)
        return None if date is None else date.earliest

    def latest(record: Any) -> datetime.date | None:
        date: PartialDate | None = getattr(record, name)
        return None if date is None else date.latest

    yield Column(name, text(name))
    yield Column(f"{name}_earliest", earliest, Cell.DAY)
    yield Column(f"{name}_latest", latest, Cell.DAY)
    yield Column(f"{name}_gaps", lambda record: searchable.gaps(getattr(record, name)))


def listed(name: str, part: str = "") -> Column:
    """
    A column for a field that holds several: the texts, or a *part* of each.
    """
    items = attrgetter(name)
    if not part:
        return Column(name, lambda record: list(items(record)), Cell.TEXTS)
    text = attrgetter(part)

    return Column(name, lambda record: list(map(text, items(record))), Cell.TEXTS)


def folded(name: str, path: str = "") -> Column:
    """
    A column for a text, or what stands under a *path*, in the form in which words are looked for in it.
    """
    value = text(path or name)

    return Column(f"{name}_folded", lambda record: searchable.folded_or_none(value(record)))


def degrees(name: str) -> Column:
    """
    A column for a decimal of an entity, rounded.
    """

    def number(entity: Entity) -> float | None:
        value = getattr(entity, name)
        return None if value is None else real(value)

    return Column(name, number, Cell.REAL)


def part(name: str, path: str | None = None, references: str | None = None) -> Column:
    """
    A column of text for a field of the second of a pair, whose first is the record that holds it.
    """
    value = at(path or name)

    return Column(name, lambda pair: value(pair[1]), references=references)


def owner(name: str) -> Column:
    """
    A column for the record that holds the others of a row, named after its kind.
    """
    return Column(name, lambda pair: pair[0].id, references=f"{name}s")


def offset(name: str, bound: str) -> Column:
    """
    A column for the start or the end of the span that is last in a row.
    """
    value = attrgetter(bound)

    # A mention may be without a span.
    return Column(name, lambda row: None if row[-1] is None else value(row[-1]), Cell.WHOLE)
