"""
Dates as English news prints them: a full one is a day, a month and day or a weekday need another date.
"""

from __future__ import annotations

import datetime
import re
from typing import Final

from attrs import frozen

from dateline.dates import PartialDate
from dateline.errors import InvalidValue


_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

#: As printed: whole, or cut to three letters (four for September) with or without a point.
_MONTH: Final = "|".join(rf"{name}|{name[:3]}\.?" for name in _MONTHS) + r"|sept\.?"
_WEEKDAY: Final = "|".join(_WEEKDAYS)
_DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|[nr]d|th)?"
_YEAR: Final = r"(?:19|20)[0-9]{2}"

_MONTH_DAY: Final = rf"(?:(?P<month>{_MONTH})\s+(?P<day>{_DAY})|(?P<day2>{_DAY})\s+(?P<month2>{_MONTH}))"
_DATE: Final = re.compile(
    rf"(?:(?P<iso>{_YEAR}-[01][0-9]-[0-3][0-9])|"
    rf"(?:(?:{_WEEKDAY}),?\s+)?{_MONTH_DAY}(?:,?\s+(?P<year>{_YEAR}))?|(?P<weekday>{_WEEKDAY}))(?![^\W_])",
    re.IGNORECASE,
)

#: Days that a report may be older than its publication, for a year that is not printed to be sure.
_FRESH: Final = 31

#: Days whose weekday is none of tomorrow's.
_PAST_WEEK: Final = 6


@frozen
class PrintedDate:
    """
    A date as a text has it, and where.
    """

    start: int

    end: int

    #: None unless the year is printed.
    date: PartialDate | None = None

    #: Month and day, where the year is missing.
    day_of_year: tuple[int, int] | None = None

    #: Counted from Monday, which is 0, where there is nothing else.
    weekday: int | None = None

    def last_before(self, day: datetime.date) -> datetime.date | None:
        """
        The one day that is meant if the text is of *day*; None if that is not sure.

        A weekday may be that of tomorrow, elsewhere on the globe, as well as of six days ago.

        >>> printed_date("Wednesday").last_before(datetime.date(2022, 3, 3))
        datetime.date(2022, 3, 2)
        >>> printed_date("Dec. 31").last_before(datetime.date(2022, 1, 1))
        datetime.date(2021, 12, 31)
        """
        days = [day - datetime.timedelta(days=back) for back in range(_FRESH)]
        if self.day_of_year is not None:
            return next((one for one in days if (one.month, one.day) == self.day_of_year), None)

        return next((one for one in days[:_PAST_WEEK] if one.weekday() == self.weekday), None)


def printed_date(text: str, position: int = 0) -> PrintedDate | None:
    """
    The date that stands in *text* at *position*; None if there is none, or none that exists.

    Dates of figures alone are taken in ISO order only: of others nobody knows which figure is the month.

    >>> printed_date("March 2, 2022, in Kyiv").date
    PartialDate('2022-03-02')
    >>> printed_date("2 Sept.").day_of_year
    (9, 2)
    """
    match = _DATE.match(text, position)
    if match is None:
        return None
    start, end = match.span()
    if match["weekday"]:
        return PrintedDate(start, end, weekday=_WEEKDAYS.index(match["weekday"].lower()))
    if match["iso"]:
        return _existing(start, end, match["iso"])
    month = _month(match["month"] or match["month2"])
    day = int(re.sub(r"\D", "", match["day"] or match["day2"]))
    if match["year"]:
        return _existing(start, end, f"{match['year']}-{month:02}-{day:02}")
    # A leap year, so that every day of any year exists in it.
    known = _existing(start, end, f"2000-{month:02}-{day:02}")

    return None if known is None else PrintedDate(start, end, day_of_year=(month, day))


def _existing(start: int, end: int, text: str) -> PrintedDate | None:
    try:
        return PrintedDate(start, end, PartialDate(text))
    except InvalidValue:
        return None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))
