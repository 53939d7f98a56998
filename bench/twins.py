"""
For each of the record classes a msgspec Struct with the same fields, types, defaults and rules.

Nothing that has our rules decodes faster, so this is the limit to measure against.
"""

from __future__ import annotations

import functools
import operator
import types
import typing
from collections.abc import Callable
from typing import Any

import attrs
import msgspec

from dateline.dates import PartialDate


#: Makes the ``__post_init__`` that runs the rules of a class.
Rules = Callable[[type], Callable[[Any], None]]


@functools.cache
def twin(kind: type, rules: Rules | None) -> type[msgspec.Struct]:
    """
    The Struct of an attrs class that runs its rules as *rules* makes it; None runs none.
    """
    hints = typing.get_type_hints(kind)
    fields = [
        (attribute.name, translated(hints[attribute.name], rules), *_default(attribute))
        for attribute in attrs.fields(kind)
    ]
    namespace = {"__post_init__": rules(kind)} if rules and _has_rules(kind) else {}

    return msgspec.defstruct(kind.__name__, fields, namespace=namespace, frozen=True, kw_only=True)


def translated(hint: Any, rules: Rules | None) -> Any:
    """
    A type with every attrs class in it replaced by its twin.
    """
    if attrs.has(hint):
        return twin(hint, rules)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    inner = tuple(translated(argument, rules) for argument in arguments)
    if origin in {typing.Union, types.UnionType}:
        return functools.reduce(operator.or_, inner)

    return hint if origin is None else origin[inner]


def decode_date(kind: type, value: Any) -> Any:
    """
    The same dates as the records have.
    """
    if kind is PartialDate:
        return PartialDate(value)
    raise NotImplementedError(kind)


def _default(attribute: Any) -> tuple[Any, ...]:
    return () if attribute.default is attrs.NOTHING else (attribute.default,)


def _has_rules(kind: type) -> bool:
    return hasattr(kind, "__attrs_post_init__") or any(
        attribute.validator is not None for attribute in attrs.fields(kind)
    )


def from_table(kind: type) -> Callable[[Any], None]:
    """
    A ``__post_init__`` that goes through the table of the class's rules, as attrs and msgspec do.
    """
    table = [
        (attribute.validator, attribute, attribute.name)
        for attribute in attrs.fields(kind)
        if attribute.validator is not None
    ]
    own = getattr(kind, "__attrs_post_init__", None)

    def run(self: Any) -> None:
        for rule, attribute, name in table:
            rule(self, attribute, getattr(self, name))
        if own is not None:
            own(self)

    return run


def unrolled(kind: type) -> Callable[[Any], None]:
    """
    A ``__post_init__`` as somebody would write it by hand: one call after the other, without a table.
    """
    names: dict[str, Any] = {}
    lines = ["def __post_init__(self):"]
    for attribute in attrs.fields(kind):
        if attribute.validator is not None:
            names[f"rule_{attribute.name}"] = attribute.validator
            names[f"field_{attribute.name}"] = attribute
            lines.append(f"    rule_{attribute.name}(self, field_{attribute.name}, self.{attribute.name})")
    own = getattr(kind, "__attrs_post_init__", None)
    if own is not None:
        names["own"] = own
        lines.append("    own(self)")
    exec("\n".join(lines), names)  # noqa: S102 - made of the names of our own fields

    return names["__post_init__"]  # type: ignore[no-any-return]
