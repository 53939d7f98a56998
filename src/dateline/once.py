"""
What is made once, by one thread at a time.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Hashable
from typing import TypeVar


T = TypeVar("T")

# One for all, since what one thread makes may rest on what another is making; and a thread may make several.
_MAKING = threading.RLock()


def made_once(make: Callable[..., T]) -> Callable[..., T]:
    """
    What *make* gives for some arguments, made at the first call and kept.

    ``functools.cache`` lets several threads make the same at once. msgspec, which keeps with a class what it
    learns of it, then reads what is half written, and the process ends.

    >>> thing = made_once(object)
    >>> thing() is thing()
    True
    """
    kept = functools.cache(make)

    # Asked without the lock; whoever finds nothing waits for whoever makes it, and does not make it again.
    @functools.cache
    def made(*arguments: Hashable) -> T:
        with _MAKING:
            return kept(*arguments)

    return made
