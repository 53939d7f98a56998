"""
Classes that a decoder fills in place of those of the records, asking fewer rules and none of them twice.
"""

from __future__ import annotations

import functools
import operator
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs


#: So many values of a field are remembered to keep its rule, such as ids of entities, which stand again and
#: again. Texts, and tuples of texts: of these, equal ones are the same to every rule.
_KNOWN: Final = 1024
_REMEMBERED: Final[dict[type, int]] = {str: 64, tuple: 8}

#: So many parts of records are remembered by their bytes, if they are not longer.
_PARTS: Final = 4096
_PART_BYTES: Final = 512


@attrs.frozen
class Repeated:
    """
    What is said again and again, and how it is decoded once.
    """

    #: Fields that hold these classes, one or several, are left as bytes first.
    kinds: frozenset[type]

    #: The class of what was left so.
    raw: type

    #: Makes the decoder of a type.
    decoder_of: Callable[[Any], Callable[[bytes], Any]]

    def holds(self, hint: Any) -> bool:
        """
        Whether a field of that type is left as bytes.
        """
        return not self.kinds.isdisjoint((hint, *typing.get_args(hint)))


@functools.cache
def stand_in(kind: type, repeated: Repeated) -> Any:
    """
    What a decoder fills in place of a record class: of the same layout, and made one of it if the rules hold.

    Left to itself, a decoder asks the rule of every field. A default needs none, and most optional fields
    are at theirs: asking only the others, and not twice of one value, saves much of what decoding costs.
    So does decoding once what is *repeated*, such as who holds the rights: the same bytes become one value.
    """
    fields = attrs.fields(kind)
    hints = typing.get_type_hints(kind)
    filled = {field.name: _with_stand_ins(hints[field.name], repeated) for field in fields}
    parts = _parts(filled, hints, repeated)
    if filled == hints and not parts and not any(field.validator for field in fields):
        return kind
    namespace = {
        "__slots__": (),
        "__annotations__": filled | dict.fromkeys(parts, repeated.raw),
        "__attrs_attrs__": tuple(field.evolve(validator=None) for field in fields),
        "__attrs_post_init__": _finisher(kind, parts),
    }

    return type(kind.__name__, (kind,), namespace)


def _with_stand_ins(hint: Any, repeated: Repeated) -> Any:
    if attrs.has(hint):
        return stand_in(hint, repeated)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return functools.reduce(operator.or_, (_with_stand_ins(each, repeated) for each in arguments))

    return hint if origin is not tuple else tuple[_with_stand_ins(arguments[0], repeated), ...]  # type: ignore[misc]


def _parts(
    filled: Mapping[str, Any], hints: Mapping[str, Any], repeated: Repeated
) -> dict[str, Callable[[bytes], Any]]:
    """
    For each field that holds what is repeated, its decoder.
    """
    return {
        name: _remembering(repeated.decoder_of(filled[name]))
        for name, hint in hints.items()
        if repeated.holds(hint)
    }


def _remembering(decode: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
    """
    A decoder that gives the same value for the same few bytes.
    """
    known: dict[bytes, Any] = {}

    def decoded(data: bytes) -> Any:
        value = known.get(data)
        if value is None:
            value = decode(data)
            if len(known) < _PARTS and len(data) <= _PART_BYTES:
                known[data] = value

        return value

    return decoded


def _finisher(kind: type, parts: Mapping[str, Callable[[bytes], Any]]) -> Callable[[Any], None]:
    rules: list[tuple[str, Any, Any, Any, set[Any]]] = [
        (field.name, field.validator, field, field.default, set())
        for field in attrs.fields(kind)
        if field.validator is not None
    ]
    own = getattr(kind, "__attrs_post_init__", None)
    # The record's own refuses any change.
    set_attribute = object.__setattr__
    fields = attrs.fields_dict(kind)
    decoders = [(name, decode, fields[name].default) for name, decode in parts.items()]

    def finish(record: Any) -> None:
        for name, decode, default in decoders:
            value = getattr(record, name)
            if value is not default:
                set_attribute(record, name, decode(bytes(value)))
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
