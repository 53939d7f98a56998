"""
Numbers in items: whether a value is one, whether it is several, and how it prints.
"""

from __future__ import annotations

import re
from typing import Final

from dateline.csl.locale import Locale, Term, TermKey


#: One number, perhaps with letters around it: "2nd", "D2", "L2d"
#: (CSL 1.0.2, "Choose", is-numeric).
SINGLE: Final = r"[^\W\d_]*\d+[^\W\d_]*"

NUMERIC: Final = re.compile(rf"\s*{SINGLE}(?:\s*[-–—,&]\s*{SINGLE})*\s*", re.IGNORECASE)

ROMAN: Final = re.compile(r"[ivxlcdmIVXLCDM]+\b")

SEVERAL: Final = re.compile(r"(?<=[^\s\\])\s*(?:[-–—,&]|\band\b|\bet\b)\s*(?=\S)")

RANGE: Final = re.compile(r"(?<=[^\W_])\s*([-–])\s*(?=[^\W_])")

#: "70-18": a hyphen between numbers that fall ties a number together.
FALLING: Final = re.compile(r"\s*([0-9]{1,9})-([0-9]{1,9})\s*")

ONE_DIGIT: Final = range(10)

#: Numbers whose ordinals are words.
SPELLED_OUT: Final = range(1, 11)

ROMAN_NUMBERS: Final = range(1, 4000)

ROMAN_DIGITS: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def is_numeric(value: str) -> bool:
    """
    Whether a value is made of numbers only.

    >>> is_numeric("2nd"), is_numeric("2, 3 & 4"), is_numeric("second")
    (True, True, False)
    """
    return NUMERIC.fullmatch(value) is not None


def is_roman(value: str) -> bool:
    """
    Whether a value is made of Roman digits only.

    >>> is_roman("xii"), is_roman("chapter")
    (True, False)
    """
    return ROMAN.fullmatch(value) is not None


def is_plural(variable: str, value: str) -> bool:
    """
    Whether a label for the value is plural (CSL 1.0.2, "Label", contextual).

    >>> is_plural("page", "12-15"), is_plural("number-of-pages", "1")
    (True, False)
    """
    if variable.startswith("number-of-"):
        return not re.fullmatch(r"\s*[01]\s*", value)
    # Pages may be shortened: "321-28".
    if variable not in {"page", "locator"} and is_falling(value):
        return False
    if not re.search(r"\d", value) and not ROMAN.match(value):
        return False

    return SEVERAL.search(value.replace("\\-", "")) is not None


def is_falling(value: str) -> bool:
    """
    Whether a value is two numbers with a hyphen that can be no range.
    """
    ends = FALLING.fullmatch(value)
    # "101-3" may be a range with digits left out.
    return ends is not None and len(ends[2]) >= len(ends[1]) and int(ends[2]) < int(ends[1])


def tidy(value: str, delimiter: str = "–") -> str:
    """
    A number as it prints: hyphens of ranges become the *delimiter*, spaces are even.

    >>> tidy("12-15, 20 -22")
    '12–15, 20–22'
    """
    if is_falling(value):
        return value
    dashed = RANGE.sub(lambda dash: "–" if dash[1] == "–" else delimiter, value.replace("\\-", "\0"))
    even = re.sub(r"(?<!\s)\s*,\s*(?=\S)", ", ", re.sub(r"(?<!\s)\s*&\s*", " & ", dashed))

    return even.replace("\0", "-")


def roman(number: int) -> str:
    """
    A number below 4000 in Roman digits; larger ones stay as they are.

    >>> roman(1994)
    'mcmxciv'
    """
    if number not in ROMAN_NUMBERS:
        return str(number)
    written = []
    for value, digits in ROMAN_DIGITS:
        count, number = divmod(number, value)
        written.append(digits * count)

    return "".join(written)


def ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """
    A number with its suffix (CSL 1.0.2, "Ordinal Suffixes").
    """
    return f"{number}{ordinal_suffix(number, locale, gender)}"


def ordinal_suffix(number: int, locale: Locale, gender: str) -> str:
    """
    The suffix whose term fits the number best.
    """
    # Terms for two digits go before those for one.
    for limit in dict.fromkeys((number % 100, number % 10)):
        found = gendered(f"ordinal-{limit:02d}", locale, gender)
        if found and fits(found, limit, number):
            return found.single
    found = gendered("ordinal", locale, gender)

    return found.single if found else ""


def gendered(name: str, locale: Locale, gender: str) -> Term | None:
    """
    The term for the gender, or else the neutral one.
    """
    found = locale.terms.get(TermKey(name, "long", gender)) if gender else None
    return found or locale.terms.get(TermKey(name))


def fits(term: Term, limit: int, number: int) -> bool:
    """
    Whether the ordinal term for *limit* may be used for *number*, by its ``match``.
    """
    match = term.match or ("last-digit" if limit in ONE_DIGIT else "last-two-digits")
    if match == "whole-number":
        return number == limit
    if match == "last-two-digits":
        return number % 100 == limit

    return number % 10 == limit % 10


def long_ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """
    "first" to "tenth", and the short ordinal beyond.
    """
    if number in SPELLED_OUT:
        found = gendered(f"long-ordinal-{number:02d}", locale, gender)
        if found:
            return found.single

    return ordinal(number, locale, gender)
