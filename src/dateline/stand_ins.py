"""
Classes that a decoder fills in place of those of the records, asking fewer rules and none of them twice.
"""

from __future__ import annotations

import functools
import operator
import types
import typing
from collections.abc import Callable
from typing import Any, Final

import attrs


#: So many values of a field are remembered to keep its rule, such as ids of entities, which stand again and
#: again. Texts, and tuples of texts: of these, equal ones are the same to every rule.
_KNOWN: Final = 1024
_REMEMBERED: Final[dict[type, int]] = {str: 64, tuple: 8}


@functools.cache
def stand_in(kind: type) -> Any:
    """
    What a decoder fills in place of a record class: of the same layout, and made one of it if the rules hold.

    Left to itself, a decoder asks the rule of every field. A default needs none, and most optional fields
    are at theirs: asking only the others, and not twice of one value, saves much of what decoding costs.
    """
    fields = attrs.fields(kind)
    hints = typing.get_type_hints(kind)
    filled = {field.name: _with_stand_ins(hints[field.name]) for field in fields}
    if filled == hints and not any(field.validator for field in fields):
        return kind
    namespace = {
        "__slots__": (),
        "__annotations__": filled,
        "__attrs_attrs__": tuple(field.evolve(validator=None) for field in fields),
        "__attrs_post_init__": _finisher(kind),
    }

    return type(kind.__name__, (kind,), namespace)


def _with_stand_ins(hint: Any) -> Any:
    if attrs.has(hint):
        return stand_in(hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return functools.reduce(operator.or_, map(_with_stand_ins, arguments))

    return hint if origin is not tuple else tuple[_with_stand_ins(arguments[0]), ...]  # type: ignore[misc]


def _finisher(kind: type) -> Callable[[Any], None]:
    rules: list[tuple[str, Any, Any, Any, set[Any]]] = [
        (field.name, field.validator, field, field.default, set())
        for field in attrs.fields(kind)
        if field.validator is not None
    ]
    own = getattr(kind, "__attrs_post_init__", None)
    # The record's own refuses any change.
    set_attribute = object.__setattr__

    def finish(record: Any) -> None:
        for name, rule, field, default, known in rules:
            value = getattr(record, name)
            if value is not default and value not in known:
                rule(record, field, value)
                if (
                    len(known) < _KNOWN
                    and type(value) in _REMEMBERED
                    and len(value) <= _REMEMBERED[type(value)]
                ):
                    known.add(value)
        if own is not None:
            own(record)
        set_attribute(record, "__class__", kind)

    return finish
