"""
The fast door: canonical bytes that have been verified become records.

Only canonical bytes may pass here: unknown and duplicate keys go unnoticed.
They are known to be canonical because their digest was checked, or because the record that they became
gives the same bytes again. Everything else goes through :mod:`dateline.converter`.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import operator
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

import attrs
import msgspec

from dateline.dates import PartialDate
from dateline.digests import encode
from dateline.errors import InvalidDocument
from dateline.manifests import Manifest
from dateline.records import Article, Entity


T = TypeVar("T", Article, Entity)


#: Dates, which do not change, and of which an archive has few beside its articles.
_date = functools.lru_cache(maxsize=4096)(PartialDate)

#: So many values of a field are remembered to keep its rule, such as ids of entities, which stand again and
#: again. Texts, and tuples of texts: of these, equal ones are the same to every rule.
_KNOWN: Final = 1024
_REMEMBERED: Final[dict[type, int]] = {str: 64, tuple: 8}


def _decode_date(kind: type, value: Any) -> Any:
    if kind is PartialDate:
        return _date(value) if isinstance(value, str) else PartialDate(value)
    raise NotImplementedError(kind)


@functools.cache
def _stand_in(kind: type) -> Any:
    """
    What msgspec fills in place of a record class: of the same layout, and made one of it when the rules hold.

    Left to itself, msgspec asks the rule of every field. A default needs none, and most optional fields
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
        return _stand_in(hint)
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


_ARTICLES = msgspec.json.Decoder(_stand_in(Article), dec_hook=_decode_date)
_ENTITIES = msgspec.json.Decoder(_stand_in(Entity), dec_hook=_decode_date)
_MANIFEST = msgspec.json.Decoder(_stand_in(Manifest), dec_hook=_decode_date)

_DECODERS: Final[dict[type, msgspec.json.Decoder[Any]]] = {Article: _ARTICLES, Entity: _ENTITIES}


def decode_articles(lines: Iterable[bytes], file: str) -> tuple[Article, ...]:
    """
    The articles that verified lines hold; *file* is for messages.

    Raises:
        InvalidDocument: If a line is no article all the same.
    """
    return tuple(_decoded(_ARTICLES, lines, file))


def decode_entities(lines: Iterable[bytes], file: str) -> tuple[Entity, ...]:
    """
    The entities that verified lines hold; *file* is for messages.

    Raises:
        InvalidDocument: If a line is no entity all the same.
    """
    return tuple(_decoded(_ENTITIES, lines, file))


def decode_manifest(data: bytes) -> Manifest:
    """
    The manifest that verified bytes hold.

    Raises:
        InvalidDocument: If they are no manifest all the same.
    """
    return next(iter(_decoded(_MANIFEST, [data], "manifest")))  # type: ignore[no-any-return]


def if_canonical(data: bytes, kind: type[T]) -> T | None:
    """
    The record whose canonical bytes a stranger's *data* are; None if they are not those of any.

    The record is encoded again, and what nobody vouches for does not survive that: neither unknown nor
    duplicate keys, another order, needless spaces or zeros, nor a number for a text. So what comes out here
    is what the strict door would have made of it, and what does not, the strict door refuses or reads.

    >>> if_canonical(b'{"id":"a","revision":1,"status":"published"}', Article).id
    'a'
    >>> if_canonical(b'{"id":"a","revision":1,"status":"published","id":"a"}', Article) is None
    True
    """
    try:
        record: T = _DECODERS[kind].decode(data)
        return record if encode(record) == data else None
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def _decoded(decoder: msgspec.json.Decoder[Any], lines: Iterable[bytes], file: str) -> list[Any]:
    records = []
    with collector_paused():
        for number, line in enumerate(lines, 1):
            try:
                records.append(decoder.decode(line))
            # A ValidationError carries what a record's own rule said.
            except (msgspec.DecodeError, ValueError, RecursionError) as error:
                raise InvalidDocument(file, number, str(error)) from error

    return records


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """
    A block without garbage collection, for making many records.
    """
    # Many small objects that all stay alive: the collector would walk them again and again.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
