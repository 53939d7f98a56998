"""
Ranges of pages, shortened as the style wants (CSL 1.0.2, "Appendix V - Page Range Formats").
"""

from __future__ import annotations

import re
from typing import Final


PAGE_RANGE: Final = re.compile(
    r"(?<![\w–-])((?:\d*[^\W\d_]+)?)(\d+)\s*(--?|–)\s*((?:\d*[^\W\d_]+)?)(\d+)(?![\w–-])"
)


ROMAN_RANGE: Final = re.compile(r"\b([ivxlcdm]+)\s*--?\s*([ivxlcdm]+)\b")


def format_pages(value: str, how: str, delimiter: str) -> str:
    """
    *value* with each range written the way *how* says.

    >>> format_pages("321-328", "chicago", "–")
    '321–28'
    >>> format_pages("321-28", "expanded", "–")
    '321–328'
    """

    def rewritten(found: re.Match[str]) -> str:
        prefix, first, dash, prefix_again, last = found.groups()
        # A dash that was typed as such stays.
        between = dash if dash == "–" else delimiter
        if prefix_again != prefix:
            return f"{prefix}{first}-{prefix_again}{last}"
        full = expand(first, last)
        # What does not rise is no range. Digits of one length compare like numbers.
        if (len(full), full) <= (len(first), first):
            return f"{prefix}{first}{between}{prefix_again}{last}"
        short = shorten(first, full, how)
        repeat = prefix if how == "expanded" else ""
        return f"{prefix}{first}{between}{repeat}{short}"

    if not how:
        return re.sub(r"(?<=[\w\)])\s*--?\s*(?=[\w\(])", delimiter, value)

    letters = ROMAN_RANGE.sub(lambda ends: f"{ends[1]}{delimiter}{ends[2]}", value)

    return PAGE_RANGE.sub(rewritten, re.sub(r" - ", "-", letters))


def expand(first: str, last: str) -> str:
    """
    The last page with the digits that it shares with the first.
    """
    if len(last) >= len(first):
        return last

    return first[: len(first) - len(last)] + last


def shorten(first: str, last: str, how: str) -> str:
    """
    The last page without the digits that the format leaves out.
    """
    if len(first) != len(last) or how == "expanded":
        return last
    if how == "minimal":
        return tail(first, last, 1)
    if how == "minimal-two":
        return tail(first, last, 2)
    if how in {"chicago", "chicago-15", "chicago-16"}:
        return chicago(first, last, how)

    return last


def tail(first: str, last: str, keep: int) -> str:
    """
    *last* without leading digits it shares with *first*, *keep* at the least.
    """
    shared = 0
    while shared < len(last) - keep and first[shared] == last[shared]:
        shared += 1

    return last[shared:]


def chicago(first: str, last: str, how: str) -> str:
    """
    The rules of the Chicago manual, 15th or 16th edition.
    """
    if len(first) <= len("99") or first.endswith("00"):
        return last
    if first[-2] == "0":
        return tail(first, last, 1)
    short = tail(first, last, 2)
    # The 15th edition repeats all four digits once three of them change.
    if how != "chicago-16" and (len(first), len(short)) == (4, 3):
        return last

    return short
