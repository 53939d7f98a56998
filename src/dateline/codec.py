"""
The fast door: canonical bytes that have been verified become records.

Only canonical bytes may pass here: unknown and duplicate keys go unnoticed.
They are known to be canonical because their digest was checked, or because what they say
is the same bytes again when it is written. Everything else goes through :mod:`dateline.converter`.
"""

from __future__ import annotations

import contextlib
import functools
import gc
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from dateline.dates import PartialDate
from dateline.digests import rewriter
from dateline.errors import InvalidDocument, InvalidValue
from dateline.manifests import Manifest
from dateline.once import made_once
from dateline.provenance import FieldSource
from dateline.records import Article, Credit, Entity, Rights, Topic


if TYPE_CHECKING:
    from dateline.stand_ins import Repeated


T = TypeVar("T", Article, Entity)


#: Dates, which do not change, and of which an archive has few beside its articles.
_date = functools.lru_cache(maxsize=4096)(PartialDate)


def _decode_date(kind: type, value: Any) -> Any:
    if kind is PartialDate:
        return _date(value) if isinstance(value, str) else PartialDate(value)
    raise NotImplementedError(kind)


#: How a decoder refuses: its ValidationError carries what a record's own rule said.
_REFUSALS: Final = (msgspec.DecodeError, ValueError, RecursionError)

#: From so many lines on, a decoder for many is worth what making it takes.
_MANY: Final = 500


def _decoder(hint: Any) -> Callable[[bytes], Any]:
    return msgspec.json.Decoder(hint, dec_hook=_decode_date).decode


_of_few = made_once(_decoder)


@made_once
def _of_many(kind: type) -> Callable[[bytes], Any]:
    # Stand-ins take longer to make than to decode what the package ships, which needs not even the module.
    from dateline.stand_ins import stand_in  # noqa: PLC0415 - as said

    return _decoder(stand_in(kind, _repeated()))


@made_once
def _repeated() -> Repeated:
    """
    What many records of an archive say alike: their bytes are refused unless they are canonical.
    """
    from dateline.stand_ins import Repeated  # noqa: PLC0415 - as in _of_many()

    return Repeated(frozenset({Credit, FieldSource, Rights, Topic}), msgspec.Raw, _decoder_of_part)


def _decoder_of_part(hint: Any) -> Callable[[bytes], Any]:
    decode, rewrite = _decoder(hint), rewriter(hint, lambda _: None)

    def decoded(data: bytes) -> Any:
        value = decode(data)
        # None and the empty tuple are defaults, which canonical bytes leave out.
        if not value or rewrite(data) != data:
            raise InvalidValue("part of a record", "be in canonical form", data)

        return value

    return decoded


@made_once
def _rewriter(kind: Any) -> Callable[[bytes], bytes]:
    # Of the repeated parts each is proved when it is first decoded.
    left = _repeated()

    return rewriter(kind, lambda hint: left.raw if left.holds(hint) else None)


def decode_articles(lines: Iterable[bytes], file: str) -> tuple[Article, ...]:
    """
    The articles that verified lines hold; *file* is for messages.

    Raises:
        InvalidDocument: If a line is no article all the same.
    """
    return tuple(_decoded(Article, lines, file))


def decode_entities(lines: Iterable[bytes], file: str) -> tuple[Entity, ...]:
    """
    The entities that verified lines hold; *file* is for messages.

    Raises:
        InvalidDocument: If a line is no entity all the same.
    """
    return tuple(_decoded(Entity, lines, file))


def decode_manifest(data: bytes) -> Manifest:
    """
    The manifest that verified bytes hold.

    Raises:
        InvalidDocument: If they are no manifest all the same.
    """
    return next(iter(_decoded(Manifest, [data], "manifest")))  # type: ignore[no-any-return]


def if_canonical(data: bytes, kind: type[T]) -> T | None:
    """
    The record whose canonical bytes a stranger's *data* are; None if they are not those of any.

    They are written again as they were read, and what nobody vouches for does not survive that: neither
    unknown nor duplicate keys, another order, needless spaces or zeros, nor a number for a text. So what
    comes out here is what the strict door would have made of it, and what does not, that refuses or reads.

    >>> if_canonical(b'{"id":"a","revision":1,"status":"published"}', Article).id
    'a'
    >>> if_canonical(b'{"id":"a","revision":1,"status":"published","id":"a"}', Article) is None
    True
    """
    # Classes can be hashed, whatever their instances can.
    hashed: Any = kind
    try:
        record: T = _of_many(hashed)(data)
        return record if _rewriter(hashed)(data) == data else None
    except _REFUSALS:
        return None


def _decoded(kind: type, lines: Iterable[bytes], file: str) -> list[Any]:
    records = []
    with collector_paused():
        several = list(lines)
        decode = (_of_few if len(several) < _MANY else _of_many)(kind)
        for number, line in enumerate(several, 1):
            try:
                record = decode(line)
            except _REFUSALS:
                record = _told(kind, line, file, number)
            records.append(record)

    return records


def _told(kind: type, line: bytes, file: str, number: int) -> Any:
    # Whichever decoder refused, what is wrong is told by the one that knows where it stands.
    try:
        return _of_few(kind)(line)
    except _REFUSALS as error:
        raise InvalidDocument(file, number, str(error)) from error


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
