"""
What all records share besides their fields.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import attrs


class Base:
    """
    How a record prints, and how it is made ready to be decoded into.
    """

    __slots__ = ()

    def __attrs_pre_init__(self) -> None:
        # msgspec asks a new record for each field that its line left out, and catches the AttributeError
        # of an empty slot: a fifth of the time that decoding takes. So the defaults are there first.
        kind: Any = type(self)
        for set_field, default in _defaults(kind):
            set_field(self, default)

    def __repr__(self) -> str:
        # As attrs has it. Compiling a function for each class would be a tenth of what a first load costs.
        kind: Any = type(self)
        values = (f"{field.name}={getattr(self, field.name)!r}" for field in attrs.fields(kind))

        return f"{kind.__name__}({', '.join(values)})"


@functools.cache
def _defaults(kind: Any) -> tuple[tuple[Callable[[Any, Any], None], Any], ...]:
    return tuple(
        (getattr(kind, field.name).__set__, field.default)
        for field in attrs.fields(kind)
        if field.default is not attrs.NOTHING
    )
