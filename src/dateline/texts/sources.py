"""
Copies of texts out of whatever a user has: folders, files, archives, exports, or texts by id.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from attrs import evolve

from dateline.display import named, printable
from dateline.errors import InvalidValue, MissingExtra, NotRead
from dateline.texts.decoding import checked_encoding, encodable, plain_text
from dateline.texts.findings import Finding, Limits, TextCopy, Unread, Unreadable
from dateline.texts.folders import open_file, walk
from dateline.texts.readers import read


__all__ = ["Finding", "Limits", "Source", "TextCopy", "Unread", "copies"]

#: One file or folder.
Place: TypeAlias = str | os.PathLike[str]

#: What texts can be taken from; in a mapping, a string is a text and a path is a path.
Source: TypeAlias = Place | Iterable[Place] | Mapping[str, str | bytes | os.PathLike[str]]

_LIMITS: Final = Limits()


def copies(source: Source, *, limits: Limits = _LIMITS, encoding: str | None = None) -> Iterator[Finding]:
    """
    Every copy of a text in *source*, and everything in it that gave none, each with its place and the reason.

    *source* is one of

    - a folder, with the folders in it, by name; what is hidden, its name beginning with a full stop,
      is passed over, and symbolic links in it are told but not followed;
    - a file: plain text; an HTML page; JSON Lines, or a JSON list or object, as fundus, trafilatura and
      news-please write them; a web archive, WARC or WACZ; all but the last may be packed by gzip.
      How it begins decides which, and its name only where that tells nothing;
    - several files or folders;
    - texts by article id: strings and bytes are the texts themselves, paths lead to files.

    Plain text is UTF-8, or UTF-16 with its byte order mark. What is neither is read in *encoding*, if that is
    given, and never in a guessed one.
    Pages and web archives need the extra: ``pip install 'dateline[html]'``.

    Copies come one by one, always in the same order, and files are opened one after the other.

    Raises:
        InvalidValue: If *source* is none of these, *limits* are none, or *encoding* is unknown.
        NotRead: If the one file or folder is not there.
        MissingExtra: If a file that was named, and not just found in a folder, needs the extra.

    >>> for found in copies({"ferry-returns": "The ferry sailed.", "ferry-halts": ""}):
    ...     print(found)
    <TextCopy 'ferry-returns' (17 characters)>
    ferry-halts must hold a text, but it is blank
    """
    checked_encoding(encoding)
    if not isinstance(limits, Limits):
        raise InvalidValue("limits", "be Limits or None", type(limits))
    if isinstance(source, Mapping):
        return _by_id(source, limits, encoding)
    if isinstance(source, (str, os.PathLike)):
        _check_present(source)
        return _at(source, limits, encoding)

    return _in_turn(_several(source), limits, encoding)


def _by_id(
    source: Mapping[str, str | bytes | os.PathLike[str]], limits: Limits, encoding: str | None
) -> Iterator[Finding]:
    for identifier, value in source.items():
        if isinstance(value, os.PathLike):
            for found in _at(value, limits, encoding):
                yield evolve(found, article=identifier) if isinstance(found, TextCopy) else found
        else:
            yield _handed_over(identifier, value, limits, encoding)


def _handed_over(identifier: str, value: object, limits: Limits, encoding: str | None) -> Finding:
    origin = _under(identifier)
    try:
        return TextCopy(origin=origin, data=_checked(value, limits, encoding), article=identifier)
    except Unreadable as error:
        return Unread(origin, str(error))


def _under(identifier: object) -> str:
    # Somebody may have exchanged ids and texts.
    return printable(named(identifier)) if isinstance(identifier, str) else type(identifier).__name__


def _checked(value: object, limits: Limits, encoding: str | None) -> bytes | str:
    if not isinstance(value, (str, bytes)):
        raise Unreadable(f"must be a text, bytes or a path, got {type(value).__name__}")
    if len(value) > limits.text:
        raise Unreadable(f"must have at most {limits.text:,} bytes or characters, got {len(value):,}")
    if isinstance(value, bytes):
        return plain_text(value, encoding)
    if not value.strip():
        raise Unreadable("must hold a text, but it is blank")
    if not encodable(value):
        raise Unreadable("must be a text, but there is a lone surrogate in it")

    return value


def _several(source: object) -> Iterable[object]:
    if isinstance(source, (bytes, bytearray)) or not isinstance(source, Iterable):
        raise InvalidValue(
            "source of texts", "be a path, several, or a mapping of ids to texts", type(source)
        )

    return source


def _in_turn(places: Iterable[object], limits: Limits, encoding: str | None) -> Iterator[Finding]:
    for number, place in enumerate(places):
        if isinstance(place, (str, os.PathLike)):
            yield from _at(place, limits, encoding)
        else:
            # It may hold a text.
            yield Unread(f"source[{number}]", f"must be a path, got {type(place).__name__}")


def _check_present(place: Place) -> None:
    problem = _absence(place)
    # Not caused by the error of the system, which has the name in it: it may be a text.
    if problem is not None:
        raise NotRead(named(os.fsdecode(place)), problem)


def _absence(place: Place) -> str | None:
    try:
        os.stat(place)  # noqa: PTH116 - of nothing a Path makes the folder that we stand in
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)

    return None


def _at(place: Place, limits: Limits, encoding: str | None) -> Iterator[Finding]:
    path = os.fsdecode(place)
    if os.path.isdir(path):  # noqa: PTH112 - a Path raises where nobody may look
        yield from _in_folder(path, limits, encoding)
        return
    try:
        with open_file(path) as file:
            yield from read(file, limits, encoding)
    except Unreadable as error:
        yield Unread(printable(named(path)), str(error))


def _in_folder(root: str, limits: Limits, encoding: str | None) -> Iterator[Finding]:
    for file in walk(root, limits):
        if isinstance(file, Unread):
            yield file
            continue
        try:
            yield from read(file, limits, encoding)
        except MissingExtra as error:
            yield Unread(file.origin, str(error))
