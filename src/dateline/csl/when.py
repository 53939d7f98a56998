"""
A date as an item gives it: partial, uncertain, a range, or words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from dateline.csl.errors import InvalidItem


#: A season stands in the month's place; CSL-JSON counts from 1, EDTF from 21,
#: older data from 13 (CSL 1.0.2, "Appendix IV", date variables).
SEASON_OFFSETS: Final = (20, 12, 0)

RAW_DATE: Final = re.compile(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?[?~%]?$")

#: Larger years are mistakes.
LARGEST: Final = 10**6

#: Digits of a year in words and digits.
LONGEST_YEAR: Final = 4

EXISTING_MONTHS: Final = range(1, 13)

EXISTING_DAYS: Final = range(1, 32)

SEASONS: Final = range(1, 5)

MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


class Day(NamedTuple):
    """
    A day, month, season or year; 0 stands for a part that is not known.
    """

    year: int
    month: int = 0
    day: int = 0
    season: int = 0

    def get(self, part: str) -> int:
        """
        The part of that name.
        """
        if part == "year":
            return self.year
        if part == "month":
            return self.month or self.season

        return self.day


class When(NamedTuple):
    """
    One day or a range, or words where there is no date to be read.
    """

    start: Day | None
    end: Day | None = None
    #: The range has begun and not ended.
    open_end: bool = False
    literal: str = ""
    circa: bool = False


def read_when(subject: str, value: object, clean: Callable[[str], str]) -> When | None:
    """
    A CSL-JSON date, or None if it is empty.

    Raises:
        InvalidItem: If it is not a mapping, or its parts are no numbers.

    >>> read_when("issued", {"date-parts": [["2024", 5]]}, str).start
    Day(year=2024, month=5, day=0, season=0)
    >>> read_when("issued", {"date-parts": [[None]]}, str)
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return read_raw(clean(value)) if clean(value) else None
    if not isinstance(value, Mapping):
        raise InvalidItem(subject, "a mapping with date-parts", value)
    circa = bool(value.get("circa"))
    days = read_parts(subject, value.get("date-parts"), value.get("season"))
    if days:
        end = days[1] if len(days) > 1 else None
        open_end = end is not None and not end.year
        return When(days[0], None if open_end else end, open_end, circa=circa)
    for key in ("literal", "raw"):
        words = value.get(key)
        if isinstance(words, str) and clean(words):
            found = read_raw(clean(words)) if key == "raw" else None
            when = found or When(None, literal=clean(words))
            return When(when.start, when.end, when.open_end, when.literal, circa)

    return None


def read_parts(subject: str, value: object, season: object) -> list[Day]:
    """
    The days of ``date-parts``; none if the first has no year.
    """
    if value is None:
        return []
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        raise InvalidItem(f"date-parts in {subject}", "a list of lists", value)
    days = [read_day(subject, parts) for parts in islice(value, 2)]
    if not days or not days[0].year:
        return []
    number = season_number(season)
    if number and not days[0].month:
        days[0] = Day(days[0].year, season=number)

    return days


def read_day(subject: str, value: object) -> Day:
    """
    Year, month and day out of a list of numbers or digits.
    """
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        raise InvalidItem(f"date-parts in {subject}", "a list of lists", value)
    numbers = [whole(subject, part) for part in islice(value, 3)]
    year, month, day = (*numbers, 0, 0, 0)[:3]
    for offset in SEASON_OFFSETS[:2]:
        if offset < month <= offset + 4:
            return Day(year, season=month - offset)
    # A month or day that does not exist is not known.
    if month not in EXISTING_MONTHS:
        return Day(year)

    return Day(year, month, day if day in EXISTING_DAYS else 0)


def whole(subject: str, value: object) -> int:
    """
    A whole number, given as such or in digits; 0 for nothing.
    """
    if value is None or value == "":
        return 0
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST:
        return value
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,6}\s*", value):
        return int(value)

    raise InvalidItem(f"date-parts in {subject}", "made of whole numbers", value)


def season_number(value: object) -> int:
    """
    1 to 4 for a season, 0 for none.
    """
    if isinstance(value, str):
        value = {"1": 1, "2": 2, "3": 3, "4": 4}.get(value.strip())

    return value if isinstance(value, int) and not isinstance(value, bool) and value in SEASONS else 0


def read_raw(value: str) -> When | None:
    """
    A date written as ``2024-05-17`` or ``2024-05/2024-06``, or else its words.

    >>> read_raw("2024-05-17").start
    Day(year=2024, month=5, day=17, season=0)
    >>> read_raw("last spring").literal
    'last spring'
    """
    ends = [read_raw_day(part) for part in value.split("/")]
    if len(ends) in {1, 2} and all(ends):
        circa = value.rstrip()[-1] in "?~%"
        return When(ends[0], ends[1] if len(ends) > 1 else None, circa=circa)

    return When(None, literal=value)


def read_raw_day(value: str) -> Day | None:
    """
    One end of a date in digits, or with an English month.
    """
    found = RAW_DATE.match(value.strip())
    if found:
        year, month, day = (int(part or 0) for part in found.groups())
        exists = month <= max(EXISTING_MONTHS) and day <= max(EXISTING_DAYS)
        return Day(year, month, day) if exists else None

    return read_english(value)


def read_english(value: str) -> Day | None:
    """
    A date as English prints it: "May 17, 2024", "17 May 2024", "May 2024".
    """
    words = re.findall(r"[A-Za-z]+|\d+", value)
    digits = [word for word in words if word.isdigit()]
    names = [word[:3].lower() for word in words if word.isalpha()]
    if len(names) != 1 or names[0] not in MONTHS or len(digits) not in {1, 2}:
        return None
    if len(max(digits, key=len)) > LONGEST_YEAR:
        return None
    numbers = [int(word) for word in digits]
    month = MONTHS.index(names[0]) + 1
    year, day = max(numbers), min(numbers) if len(numbers) > 1 else 0

    return Day(year, month, day) if day <= max(EXISTING_DAYS) else None
