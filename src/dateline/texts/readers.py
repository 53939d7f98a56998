"""
One open file to the copies in it: the reader is chosen by how the file begins, and by its name after that.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from dateline.texts import archives, lines
from dateline.texts.decoding import HEAD, UTF_16_MARKS, opens_page, page_text, plain_text
from dateline.texts.findings import Finding, Limits, TextCopy, Unread, Unreadable
from dateline.texts.pages import text_of_page
from dateline.texts.streams import Allowance, unzipped, whole


_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_WARC = b"WARC/"

_LINES = re.compile(r'\s*\{[ \t]*"')
_DOCUMENT = re.compile(r'\s*(?:\[\s*)?\{\s*"')

#: By the ending of a file's name, where its beginning tells nothing.
SUFFIXES: Final = {
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "document",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".warc": "warc",
    ".wacz": "zip",
}


@frozen
class Opened:
    """
    A file that is open for reading.
    """

    #: As in :class:`~dateline.texts.findings.TextCopy`.
    origin: str

    stream: io.BufferedReader

    #: Bytes, as the file system has it.
    size: int


def read(file: Opened, limits: Limits, encoding: str | None = None) -> Iterator[Finding]:
    """
    Every copy in *file*, and whatever in it could not be read, each with its place.

    Raises:
        MissingExtra: If it is a page or a web archive, and the extra that reads them is not installed.
    """
    try:
        yield from _read(file, limits, encoding)
    except (OSError, Unreadable) as error:
        yield Unread(file.origin, _problem(error))


def _read(file: Opened, limits: Limits, encoding: str | None) -> Iterator[Finding]:
    head = file.stream.peek(HEAD)[:HEAD]
    if not head:
        raise Unreadable("must hold a text, but it is empty")
    kind = _kind(head, file.origin)
    most = limits.text if kind in ("text", "page") else limits.archive
    if file.size > most:
        raise Unreadable(f"must have at most {most:,} bytes, got {file.size:,}")
    allowance = Allowance(file.size, limits)
    if kind == "zip":
        yield from archives.from_wacz(file.stream, file.origin, limits, allowance)
    elif kind == "gzip":
        yield from _unzipped(file, limits, encoding, allowance)
    else:
        yield from _plain(kind, file, limits, encoding, allowance)


def _unzipped(file: Opened, limits: Limits, encoding: str | None, allowance: Allowance) -> Iterator[Finding]:
    stream = unzipped(file.stream, allowance)
    head = stream.peek(HEAD)[:HEAD]
    if not head:
        raise Unreadable("must hold a text, but it is empty once unpacked")
    kind = _kind(head, file.origin.removesuffix(".gz"))
    if kind in ("gzip", "zip"):
        raise Unreadable(f"must be packed once, but there is a {kind} file inside the gzip file")
    yield from _plain(kind, Opened(file.origin, stream, 0), limits, encoding, allowance)


def _plain(
    kind: str, file: Opened, limits: Limits, encoding: str | None, allowance: Allowance
) -> Iterator[Finding]:
    if kind == "warc":
        yield from archives.from_warc(file.stream, file.origin, limits, allowance)
    elif kind == "lines":
        yield from lines.from_lines(file.stream, file.origin, limits)
    elif kind == "document":
        yield from lines.from_document(file.stream, file.origin, limits)
    elif kind == "page":
        page = page_text(whole(file.stream, limits))
        yield TextCopy(origin=file.origin, data=text_of_page(page, file.origin))
    else:
        yield TextCopy(origin=file.origin, data=plain_text(whole(file.stream, limits), encoding))


def _kind(head: bytes, name: str) -> str:
    for kind, magic in (("gzip", _GZIP), ("zip", _ZIP), ("warc", _WARC)):
        if head.startswith(magic):
            return kind
    if b"\0" in head and not head.startswith(UTF_16_MARKS):
        return "text"
    if opens_page(head):
        return "page"
    shown = page_text(head)
    for kind, beginning in (("lines", _LINES), ("document", _DOCUMENT)):
        if beginning.match(shown):
            return kind

    return next((kind for suffix, kind in SUFFIXES.items() if name.lower().endswith(suffix)), "text")


def _problem(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"must be a file that can be read: {error.strerror or error}"

    return str(error)
