"""
The columns of flat tables: what each is called, what it holds, and how its values come out of records.

A column is asked for many values at a time: a call for each would be half of what writing a table takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import Any, TypeAlias

from attrs import frozen

from dateline.formats import searchable


class Cell(Enum):
    """
    What a column holds, besides None.
    """

    TEXT = "text"
    WHOLE = "whole number"
    REAL = "floating-point number, rounded from the record's exact decimal"
    DAY = "day of the calendar"
    TEXTS = "list of texts"


#: Gives, for what some rows are about, the value of a column in each.
Values: TypeAlias = Callable[[Sequence[Any]], Sequence[Any]]


@frozen
class Column:
    """
    A column of a table.
    """

    name: str

    #: Makes the values: from records or parts of records, or from the canonical bytes of records.
    values: Values

    cell: Cell = Cell.TEXT

    #: The table whose ``id`` is meant.
    references: str | None = None

    #: Which part of what a row is about is asked, where that has several, such as an id and a topic.
    of: int = 0

    #: Whether values are made from the canonical bytes of the record.
    of_bytes: bool = False


def itself(some: Sequence[Any]) -> Sequence[Any]:
    """
    What rows are about, where that is the value.
    """
    return some


def each(function: Callable[[Any], Any]) -> Values:
    """
    Values that a *function* makes one by one.
    """
    return lambda some: list(map(function, some))


def at(path: str) -> Values:
    """
    Values that stand under a dotted *path*, all of which is there.
    """
    return each(attrgetter(path))


def if_any(function: Callable[[Any], Any], values: Values) -> Values:
    """
    What a *function* makes of other values; None stays None.
    """
    return lambda some: [None if value is None else function(value) for value in values(some)]


def within(name: str, part: str) -> Values:
    """
    A *part* of what a field holds; None where it holds nothing.
    """
    return if_any(attrgetter(part), at(name))


def real(value: Decimal) -> float:
    """
    A decimal as the floating-point number that is nearest.
    """
    # Adding zero leaves no negative one, of which a record's decimal is not told apart.
    return float(value) + 0.0


def word(name: str, of: int = 0) -> Column:
    """
    A column for a field that holds a word of a closed list.
    """
    # Of an enumeration's member the text that it is made from, without asking Python for it.
    return Column(name, at(f"{name}._value_"), of=of)


def plain(*names: str) -> Iterator[Column]:
    """
    Columns of text for fields of those names.
    """
    return (Column(name, at(name)) for name in names)


def dated(name: str) -> Iterator[Column]:
    """
    Columns for a date: as printed, the first and the last day that it may mean, and what lies between.
    """
    yield Column(name, if_any(str, at(name)))
    yield Column(f"{name}_earliest", within(name, "earliest"), Cell.DAY)
    yield Column(f"{name}_latest", within(name, "latest"), Cell.DAY)
    yield Column(f"{name}_gaps", if_any(searchable.gaps, at(name)))


def listed(name: str, part: str = "") -> Column:
    """
    A column for a field that holds several: the texts, or a *part* of each.
    """
    items = attrgetter(name)
    if not part:
        return Column(name, lambda some: list(map(list, map(items, some))), Cell.TEXTS)
    value = attrgetter(part)

    return Column(name, lambda some: [list(map(value, several)) for several in map(items, some)], Cell.TEXTS)


def folded(name: str, values: Values) -> Column:
    """
    A column for texts in the form in which words are looked for in them.
    """
    return Column(f"{name}_folded", lambda some: searchable.folded_all(values(some)))


def degrees(name: str) -> Column:
    """
    A column for a decimal of an entity, rounded.
    """
    return Column(name, if_any(real, at(name)), Cell.REAL)


def part(name: str, path: str | None = None, references: str | None = None, cell: Cell = Cell.TEXT) -> Column:
    """
    A column for a field of the second of a pair, whose first is the id of the record that holds it.
    """
    return Column(name, at(path or name), cell, references, of=1)


def owner(name: str) -> Column:
    """
    A column for the id of the record that holds the others of a row, named after its kind.
    """
    return Column(name, itself, references=f"{name}s")
