"""
The derived values of Parquet by hand: texts to look for, days of dates, and numbers that sort.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final
from unicodedata import normalize


#: Digits before and after the point of a number that is made to sort as text.
DIGITS: Final = 30

_NINES: Final = str.maketrans("0123456789", "9876543210")
_DAY: Final = datetime.timedelta(days=1)


def folded(text: str) -> str:
    """
    A text in NFC, whatever its case.
    """
    return normalize("NFC", normalize("NFC", text).casefold())


def folded_once(texts: Iterable[str | None]) -> dict[str | None, str | None]:
    """
    Each of some texts as it is compared.
    """
    return {text: text and folded(text) for text in set(texts)}


def dates(name: str, several: list[Any]) -> dict[str, Any]:
    """
    The columns of a date: as printed, its first and last day, and the days between that it jumps over.
    """
    return {
        name: [None if date is None else str(date) for date in several],
        f"{name}_earliest": [None if date is None else date.readings[0][0] for date in several],
        f"{name}_latest": [None if date is None else _latest(date.readings) for date in several],
        f"{name}_gaps": [
            None if date is None or len(date.readings) == 1 else _gaps(date.readings) for date in several
        ],
    }


def _latest(readings: Any) -> datetime.date:
    return readings[0][1] if len(readings) == 1 else max(last for _, last in readings)


def _gaps(readings: Any) -> str | None:
    reached, found = readings[0][1], []
    for first, last in readings[1:]:
        if (first - reached).days > 1:
            found.append(f"{reached + _DAY}/{first - _DAY}")
        reached = max(reached, last)

    return " ".join(found) or None


def amounts(quantities: Any) -> str:
    """
    Numbers as texts that sort as they do, each with its unit.
    """
    found = [f"{_sortable(quantity.value)} {_in_entry(folded(quantity.unit))}" for quantity in quantities]

    return "\n" + "\n".join(found) + "\n"


def _sortable(number: Decimal) -> str:
    text = printed(number)
    whole, _, places = text.lstrip("-").partition(".")
    digits = f"{whole:0>{DIGITS}}{places:0<{DIGITS}}"

    return f"0{digits.translate(_NINES)}" if text.startswith("-") else f"1{digits}"


def _in_entry(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def printed(value: Decimal) -> str:
    """
    A decimal without exponent and needless zeros.
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")

    return "0" if text == "-0" else text


def bases(record: Any) -> str | None:
    """
    The basis of each field of a record.
    """
    found = [f"{source.basis}:{field}" for source in record.sources for field in source.fields]

    return f" {' '.join(found)} " if found else None
