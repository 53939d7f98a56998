"""
Frames of other engines, asked through narwhals: Polars, Spark, and whatever else it knows that is lazy.

It alone knows narwhals.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import operator
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import evolve, frozen

from dateline.errors import InvalidValue, MissingExtra
from dateline.frames import duck
from dateline.frames.forms import (
    Compared,
    Contains,
    Every,
    Form,
    Lists,
    Matches,
    OneOf,
    Opposite,
    Side,
    Some,
    Test,
    There,
    asked_there,
    every,
)
from dateline.frames.tables import Engine


_OPERATORS: Final = {">=": operator.ge, "<=": operator.le}
_FOUR_DIGITS: Final = 1000


def engine_of(frames: Mapping[str, Any]) -> Engine:
    """
    The engine of somebody's frames, by the names of their tables.

    Frames in memory, of pyarrow or pandas say, are read by DuckDB where they lie, lazy ones by their own.

    Raises:
        InvalidValue: If one is no frame, or they are of different kinds.
        MissingExtra: If an engine is not installed.
    """
    known = {name: _narwhals().from_native(frame, pass_through=True) for name, frame in frames.items()}
    for name, frame in known.items():
        if not isinstance(frame, (_narwhals().LazyFrame, _narwhals().DataFrame)):
            raise InvalidValue(f"table {name!r}", "be a frame that narwhals knows", frame)
    kinds = {(frame.implementation.value, _is_eager(frame)) for frame in known.values()}
    if len(kinds) != 1:
        names = sorted(kind + (" in memory" if is_eager else "") for kind, is_eager in kinds)
        raise InvalidValue("tables", "be one or more frames of one kind", names)
    ((kind, is_eager),) = kinds
    if not is_eager:
        return Frames(known, str(kind))

    held = {name: frame.to_arrow() for name, frame in known.items()}
    return duck.over_tables(held, {name: _with_ids(frame) for name, frame in known.items()})


@frozen(eq=False)
class Frames:
    """
    Tables that an engine has as lazy frames.
    """

    lazy: Mapping[str, Any]

    name: str

    @functools.cached_property
    def _columns(self) -> dict[str, frozenset[str]]:
        with duck.sound():
            return {name: frozenset(frame.collect_schema()) for name, frame in self.lazy.items()}

    def columns(self, table: str) -> frozenset[str] | None:
        return self._columns.get(table)

    def rows(self, table: str, form: Form) -> FrameRows:
        return self.part(self.kept(table, form))

    def part(self, lazy: Any) -> FrameRows:
        """
        Rows of one of the tables.
        """
        return FrameRows(self, lazy)

    def kept(self, table: str, form: Form) -> Any:
        """
        The rows of a table for which a form is true: tests of the row first, then semi-joins, then marks.
        """
        lazy = self.lazy[table]
        parts = every(form)
        plain = [part for part in parts if not any(asked_there(part))]
        mixed = [part for part in parts if any(asked_there(part)) and _question(part) is None]
        if plain:
            lazy = lazy.filter(_all(_condition(part, {}) for part in plain))
        for part in parts:
            question = _question(part)
            if question is not None:
                how = "anti" if isinstance(part, Opposite) else "semi"
                lazy = self._joined(lazy, Side(table), question, how)

        return self._marked(lazy, Side(table), mixed) if mixed else lazy

    def _joined(self, lazy: Any, side: Side, question: There, how: str) -> Any:
        there = self.kept(side.other.value, question.form).select(side.other.key)

        return lazy.join(there, left_on=side.key, right_on=side.other.key, how=how)

    def _marked(self, lazy: Any, side: Side, parts: list[Form]) -> Any:
        """
        The rows for which parts are true that mix tests of the row with questions to the other side.
        """
        columns = list(lazy.collect_schema())
        asked = dict.fromkeys(question for part in parts for question in asked_there(part))
        marks = {question: f"_mark_{number}" for number, question in enumerate(asked)}
        for question, mark in marks.items():
            there = self.kept(side.other.value, question.form).select(side.other.key).unique()
            there = there.with_columns(_narwhals().lit(True).alias(mark))  # noqa: FBT003 - its own signature
            lazy = lazy.join(there, left_on=side.key, right_on=side.other.key, how="left")

        return lazy.filter(_all(_condition(part, marks) for part in parts)).select(columns)


@frozen(eq=False)
class FrameRows:
    """
    Rows of a lazy frame; the methods are those of :class:`dateline.frames.tables.Rows`.
    """

    _frames: Frames

    _lazy: Any

    def count(self) -> int:
        with duck.sound():
            return int(self._lazy.select(_narwhals().len()).collect("pyarrow").item())

    def batches(self, *columns: str) -> Iterator[Any]:
        with duck.sound():
            chosen = self._lazy.select(*columns)
            if chosen.implementation.is_pyspark():
                yield from _gathered(chosen.to_native().toLocalIterator(), columns)
            else:
                yield from chosen.collect("pyarrow").to_native().to_batches(duck.ROWS)

    def distinct(self, column: str) -> FrameRows:
        return self._of(self._lazy.select(column).unique())

    def sorted(self, limit: int | None = None) -> FrameRows:
        ordered = self._lazy.sort("id")

        return self._of(ordered if limit is None else ordered.head(limit))

    def with_records(self) -> FrameRows:
        articles = self._frames.lazy["articles"].select("record", article="id")

        return self._of(self._lazy.select("id", "article").join(articles, on="article", how="inner"))

    def native(self) -> Any:
        return self._lazy.to_native()

    def _of(self, lazy: Any) -> FrameRows:
        return evolve(self, lazy=lazy)


def _condition(form: Form, marks: Mapping[There, str]) -> Any:
    if isinstance(form, (Every, Some)):
        joint = _all if isinstance(form, Every) else _any
        # No row is without an id.
        empty = _col("id").is_null()
        return joint(_condition(part, marks) for part in form.parts) if form.parts else empty
    if isinstance(form, Opposite):
        return ~_condition(form.part, marks).fill_null(False)  # noqa: FBT003 - its own signature
    if isinstance(form, There):
        return ~_col(marks[form]).is_null()

    return _test(form, _col(form.column))


def _test(test: Test, column: Any) -> Any:
    match test:
        case Compared():
            return _OPERATORS[test.operator](column, _day(test.day))
        case OneOf():
            return column.is_in(test.values)
        case Lists():
            return _any(column.list.contains(value) for value in test.values)
        case Contains():
            return column.str.contains(test.text, literal=True)
        case Matches():
            return column.str.contains(test.pattern)

    return ~column.is_null()


def _day(day: datetime.date) -> Any:
    # PySpark hands Java a day without the zeros that its year begins with, which Java refuses.
    # Only where there are some is it a text: engines leave out parts of files by days, not by computed ones.
    return day if day.year >= _FOUR_DIGITS else _narwhals().lit(str(day)).str.to_date("%Y-%m-%d")


def _question(form: Form) -> There | None:
    """
    The question to the other side that a form is, or is the opposite of.
    """
    asked = form.part if isinstance(form, Opposite) else form

    return asked if isinstance(asked, There) else None


_all = functools.partial(functools.reduce, operator.and_)
_any = functools.partial(functools.reduce, operator.or_)


def _col(name: str) -> Any:
    return _narwhals().col(name)


def _gathered(rows: Iterator[Any], columns: tuple[str, ...]) -> Iterator[Any]:
    while some := list(itertools.islice(rows, duck.ROWS)):
        values = dict(zip(columns, map(list, zip(*some, strict=True)), strict=True))
        yield _narwhals().from_dict(values, backend="pyarrow").to_native()


def _with_ids(frame: Any) -> duck.Back:
    # Arrow does not know of what kind the values in an empty list are.
    return lambda ids: (frame.filter(_col("id").is_in(ids)) if ids else frame.head(0)).to_native()


def _is_eager(frame: Any) -> bool:
    return isinstance(frame, _narwhals().DataFrame)


def _narwhals() -> Any:
    try:
        import narwhals  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise MissingExtra("frames", "a scan") from error

    return narwhals
