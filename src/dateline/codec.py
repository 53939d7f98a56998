"""
The fast door: canonical bytes that have been verified become records.

Only bytes whose digest was checked may pass here: unknown and duplicate keys go unnoticed.
Everything else goes through :mod:`dateline.converter`.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dateline.dates import PartialDate
from dateline.errors import InvalidDocument
from dateline.manifests import Manifest
from dateline.records import Article, Entity


def _decode_date(kind: type, value: Any) -> Any:
    if kind is PartialDate:
        return PartialDate(value)
    raise NotImplementedError(kind)


_ARTICLES = msgspec.json.Decoder(Article, dec_hook=_decode_date)
_ENTITIES = msgspec.json.Decoder(Entity, dec_hook=_decode_date)
_MANIFEST = msgspec.json.Decoder(Manifest, dec_hook=_decode_date)


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


def _decoded(decoder: msgspec.json.Decoder[Any], lines: Iterable[bytes], file: str) -> list[Any]:
    records = []
    with _collector_paused():
        for number, line in enumerate(lines, 1):
            try:
                records.append(decoder.decode(line))
            # A ValidationError carries what a record's own rule said.
            except (msgspec.DecodeError, ValueError, RecursionError) as error:
                raise InvalidDocument(file, number, str(error)) from error

    return records


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    # Many small objects that all stay alive: the collector would walk them again and again.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
