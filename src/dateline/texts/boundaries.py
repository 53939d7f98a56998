"""
Where a stretch may begin and end: not inside a word.
"""

from __future__ import annotations

import re
from typing import Final


_STARTS: Final = re.compile(r"(?<![^\W_])(?=\S)|(?=[^\w\s]|_)")
_ENDS: Final = re.compile(r"(?<=\S)(?![^\W_])|(?<=[^\w\s]|_)")


def starts(text: str) -> list[int]:
    """
    The places where a word begins, or a character that is part of no word; ascending.

    >>> starts("it's on")
    [0, 2, 3, 5]
    """
    return [match.start() for match in _STARTS.finditer(text)]


def ends(text: str) -> list[int]:
    """
    The places after a word, or after a character that is part of no word; ascending.

    >>> ends("it's on")
    [2, 3, 4, 7]
    """
    return [match.start() for match in _ENDS.finditer(text)]
