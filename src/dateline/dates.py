"""
Dates that may be partial, uncertain, a range or a choice: a subset of EDTF.

The Extended Date/Time Format is the Library of Congress specification of 2019, now part of ISO 8601-2:2019.
Of it this module has: years, months and days; the qualifiers ``~ ? %`` at the end (level 1);
an extent ``a/b`` with both ends known (level 0); and a choice ``[a,b]`` (level 2, without ranges inside).
"""

from __future__ import annotations

import datetime
import re
from typing import Final, NoReturn

from dateline.errors import InvalidValue


_POINT: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_EXPECTED: Final = (
    "be EDTF such as '2022', '2022-03', '2022-03-02', '2022-03-02~', "
    "'2022-02-24/2022-03-02' or '[2022-03-02,2022-03-03]'"
)

# A multiple of four in two digits, 00 aside; and the years that have a February 29.
_FOURTH: Final = "(?:0[48]|[2468][048]|[13579][26])"
_LEAP: Final = f"(?:[0-9]{{2}}{_FOURTH}|{_FOURTH}00)"
_YEAR: Final = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_MONTH: Final = "(?:0[1-9]|1[0-2])"
_DAY: Final = rf"{_MONTH}-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
_EXISTING: Final = f"(?:{_YEAR}(?:-(?:{_MONTH}|{_DAY}))?|{_LEAP}-02-29)[~?%]?"

#: All that a date may look like, its days existing ones.
#: It can't say that an extent must not end before it starts, nor that choices differ and stand in order.
PATTERN: Final = rf"{_EXISTING}(?:/{_EXISTING})?|\[{_EXISTING}(?:,{_EXISTING})+\]"

#: A first and a last day, both included.
Days = tuple[datetime.date, datetime.date]


class PartialDate:
    """
    A date as exactly as it is known, and no more exactly.

    Equal when printed alike. It has no order of its own: sort by ``earliest`` and ``latest``.

    Raises:
        InvalidValue: If *text* is not in the subset of EDTF above.

    >>> date = PartialDate("2022-03")
    >>> date.earliest, date.latest
    (datetime.date(2022, 3, 1), datetime.date(2022, 3, 31))
    >>> PartialDate("2022-02-30")
    Traceback (most recent call last):
        ...
    dateline.errors.InvalidValue: date must have a day in 1..28, got '2022-02-30'
    """

    __slots__ = ("_text", "qualifier", "readings")

    #: What the date may mean: one (first day, last day) for each reading. Only a choice has several.
    readings: tuple[Days, ...]

    #: ``~`` approximate, ``?`` uncertain, ``%`` both, or empty.
    qualifier: str

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise InvalidValue("date", _EXPECTED, text)
        if text.startswith("[") and text.endswith("]"):
            readings, qualifier = _choice(text)
        elif "/" in text:
            readings, qualifier = _extent(text)
        else:
            days, qualifier = _point(text, text)
            readings = (days,)
        object.__setattr__(self, "_text", text)
        object.__setattr__(self, "readings", readings)
        object.__setattr__(self, "qualifier", qualifier)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """
        Read a date from its printed form.

        Raises:
            InvalidValue: If *text* is not in the subset of EDTF that this module has.

        >>> PartialDate.parse("[2022-03-02,2022-03-03]").latest
        datetime.date(2022, 3, 3)
        """
        return cls(text)

    @property
    def earliest(self) -> datetime.date:
        """
        The first day it may mean; qualifiers do not widen it.
        """
        # Of a choice, too: its readings stand in order.
        return self.readings[0][0]

    @property
    def latest(self) -> datetime.date:
        """
        The last day it may mean; qualifiers do not widen it.
        """
        return max([last for _, last in self.readings])

    def possibly_within(self, since: datetime.date | None, until: datetime.date | None) -> bool:
        """
        Whether the date could overlap the days from *since* to *until*.

        Both are included; None leaves that side open.

        >>> PartialDate("2022-03").possibly_within(datetime.date(2022, 3, 31), None)
        True
        """
        return any(
            (since is None or last >= since) and (until is None or first <= until)
            for first, last in self.readings
        )

    def certainly_within(self, since: datetime.date | None, until: datetime.date | None) -> bool:
        """
        Whether the date is unqualified and every reading of it lies in the days from *since* to *until*.

        >>> PartialDate("2022-03").certainly_within(datetime.date(2022, 3, 31), None)
        False
        """
        return not self.qualifier and all(
            (since is None or first >= since) and (until is None or last <= until)
            for first, last in self.readings
        )

    def __str__(self) -> str:
        return self._text  # type: ignore[attr-defined, no-any-return]

    def __repr__(self) -> str:
        return f"PartialDate({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, PartialDate) else NotImplemented

    def __hash__(self) -> int:
        return hash((PartialDate, str(self)))

    def __reduce__(self) -> tuple[type[PartialDate], tuple[str]]:
        return PartialDate, (str(self),)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a PartialDate does not change: {name} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a PartialDate does not change: {name} cannot be deleted")


def as_date(value: PartialDate | str | None) -> PartialDate | None:
    """
    The date that *value* is or prints; None stays None.

    >>> as_date("2022")
    PartialDate('2022')
    """
    return value if value is None or isinstance(value, PartialDate) else PartialDate(value)


def parse_bound(text: str, *, end: bool) -> datetime.date:
    """
    The first day of a year, month or day, or with *end* its last day: bounds of ranges are rounded outwards.

    Raises:
        InvalidValue: If *text* is not a plain year, month or day.

    >>> parse_bound("2022-11", end=True)
    datetime.date(2022, 11, 30)
    """
    if not isinstance(text, str):
        raise InvalidValue("bound of a range of dates", "look like '2022', '2022-11' or '2022-11-30'", text)
    days, qualifier = _point(text, text)
    if qualifier:
        raise InvalidValue("bound of a range of dates", "have no qualifier", text)

    return days[1] if end else days[0]


def _point(text: str, whole: str) -> tuple[Days, str]:
    match = _POINT.fullmatch(text)
    if match is None:
        raise InvalidValue("date", _EXPECTED, whole)
    year, month, day = (None if part is None else int(part) for part in match.group(1, 2, 3))
    _in_range("year", year, 9999, whole)
    _in_range("month", month, 12, whole)
    # The pattern always has a year.
    first = datetime.date(year or 1, month or 1, 1)
    length = _days_in(first.year, first.month)
    _in_range("day", day, length, whole)
    if month is None:
        return (first, first.replace(month=12, day=31)), match[4]
    if day is None:
        return (first, first.replace(day=length)), match[4]

    return (first.replace(day=day), first.replace(day=day)), match[4]


def _days_in(year: int, month: int) -> int:
    # As calendar.monthrange() has it, whose module brings locales along.
    if month == 2:  # noqa: PLR2004 - February
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28

    return 30 if month in {4, 6, 9, 11} else 31


def _in_range(noun: str, value: int | None, highest: int, whole: str) -> None:
    if value is not None and not 1 <= value <= highest:
        raise InvalidValue("date", f"have a {noun} in 1..{highest}", whole)


def _extent(text: str) -> tuple[tuple[Days, ...], str]:
    points = [_point(part, text) for part in text.split("/")]
    if len(points) != 2:  # noqa: PLR2004 - an extent has two ends
        raise InvalidValue("date", _EXPECTED, text)
    (start, start_qualifier), (end, end_qualifier) = points
    if start[0] > end[0] or start[1] > end[1]:
        raise InvalidValue("date", "not end before it starts", text)

    return ((start[0], end[1]),), _qualifier(start_qualifier, end_qualifier)


def _choice(text: str) -> tuple[tuple[Days, ...], str]:
    points = [_point(part, text) for part in text[1:-1].split(",")]
    readings = tuple(days for days, _ in points)
    if len(readings) < 2 or list(readings) != sorted(set(readings)):  # noqa: PLR2004
        raise InvalidValue("date", "list two or more different choices in order", text)

    return readings, _qualifier(*(qualifier for _, qualifier in points))


def _qualifier(*qualifiers: str) -> str:
    # % says what ~ and ? say together.
    found = set("".join(qualifiers))

    return "%" if len(found) > 1 else "".join(found)
