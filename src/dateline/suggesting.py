"""
What somebody probably meant: the nearest of the names that exist.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(wanted: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """
    The *known* strings that look most like *wanted*, best first; none if nothing is close.

    >>> nearest("kherson-sized", ["konotop-ultimatum", "kherson-seized"])
    ('kherson-seized',)
    """
    by_folded = {name.casefold(): name for name in sorted(known)}
    close = difflib.get_close_matches(wanted.casefold(), by_folded, n=count, cutoff=0.6)

    return tuple(by_folded[name] for name in close)
