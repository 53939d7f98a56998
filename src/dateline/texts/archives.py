"""
The pages in a web archive, WARC (ISO 28500) or WACZ; alone knows fastwarc.

fastwarc parses records. Unpacking is done here, since what is unpacked has to be counted.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final

from dateline.display import printable
from dateline.errors import MissingExtra
from dateline.texts.codings import undone
from dateline.texts.decoding import opens_page, page_text
from dateline.texts.findings import Finding, Limits, TextCopy, Unread, Unreadable
from dateline.texts.pages import text_of_page
from dateline.texts.streams import Allowance, measured, unzipped


#: What a response or resource must be to be taken for a page.
MEDIA_TYPES: Final = ("text/html", "application/xhtml+xml")

_GZIP = b"\x1f\x8b"

_CHARSET = re.compile(r"""\bcharset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)

# How members of a zip file are packed of which no more is unpacked at a time than was asked for.
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# A bit of a member's flags, and the one status of HTTP that says that a page is what was asked for.
_ENCRYPTED = 0x1
_OK = 200


class _Feed:
    """
    Bytes for fastwarc, which wants to know where it is even in a stream that cannot be sought.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._given = 0

    def read(self, size: int = -1, /) -> bytes:
        # Not read(): where the file breaks off, it would lose the records that came before.
        data = self._stream.read1(size)
        self._given += len(data)

        return data

    def tell(self) -> int:
        return self._given


def from_warc(
    stream: io.BufferedReader, origin: str, limits: Limits, allowance: Allowance
) -> Iterator[Finding]:
    """
    One copy for each HTML page among the responses and resources in an unpacked WARC, in its order.

    What declares no media type is a page if it begins as one.
    Other records, other media types and answers other than 200 are no pages, and passed over.

    Raises:
        MissingExtra: If fastwarc or trafilatura is not installed.
        Unreadable: If it breaks off, or holds no page at all.
    """
    fastwarc = _fastwarc(origin)
    is_empty = True
    for number, record in enumerate(_records(fastwarc, _Feed(stream)), 1):
        url = _url(record)
        where = f"{origin}: {printable(url) if url else f'record {number}'}"
        try:
            page = _page(fastwarc, record, limits, allowance)
            if page is None:
                continue
            yield TextCopy(origin=where, data=text_of_page(page, where), url=url)
        except Unreadable as error:
            yield Unread(where, str(error))
        is_empty = False
    if is_empty:
        raise Unreadable("must hold HTML pages, but there is none among its responses")


def from_wacz(file: BinaryIO, origin: str, limits: Limits, allowance: Allowance) -> Iterator[Finding]:
    """
    One copy for each HTML page in the WARC files of a WACZ, those in the order of their names.

    Nothing is unpacked to the disk, wherever the names of its members point.

    Raises:
        MissingExtra: If fastwarc or trafilatura is not installed.
        Unreadable: If it is no zip file, or holds no WARC files.
    """
    try:
        # A zip file ends in a list of its members, which is read at once and may claim to be of any length.
        archive = zipfile.ZipFile(_Sparing(file, limits))
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
        raise Unreadable(f"must be a zip file: {str(error).lower()}") from error
    with archive:
        members = sorted(filter(_is_warc, archive.infolist()), key=lambda member: member.filename)
        if not members:
            raise Unreadable("must hold WARC files, as a WACZ does; unpack other zip files first")
        for member in members:
            where = f"{origin}: {printable(member.filename)}"
            try:
                yield from _from_member(archive, member, where, limits, allowance)
            except Unreadable as error:
                yield Unread(where, str(error))


class _Sparing:
    """
    A file that is not read in larger pieces than a text may have.
    """

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self.seek, self.seekable, self.tell = file.seek, file.seekable, file.tell

    def read(self, size: int = -1, /) -> bytes:
        if size > self._limits.text:
            raise zipfile.BadZipFile(f"its list of members has more than {self._limits.text:,} bytes")

        return self._file.read(size)


def _fastwarc(origin: str) -> Any:
    try:
        from fastwarc import stream_io, warc  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtra("html", f"{origin}, a web archive,") from error

    return _Fastwarc(warc, stream_io)


class _Fastwarc:
    """
    The two modules of fastwarc that are in use.
    """

    def __init__(self, warc: Any, stream_io: Any) -> None:
        self._warc = warc
        self.streams = stream_io

    def records(self, feed: _Feed) -> Iterator[Any]:
        """
        The records, the HTTP headers of responses parsed.
        """
        return iter(self._warc.ArchiveIterator(feed, parse_http=True, stream_detect=False))


def _records(fastwarc: _Fastwarc, feed: _Feed) -> Iterator[Any]:
    try:
        yield from fastwarc.records(feed)
    except (OSError, ValueError) as error:
        raise Unreadable(f"must be WARC records: {str(error).lower()} after {feed.tell():,} bytes") from error


def _page(fastwarc: _Fastwarc, record: Any, limits: Limits, allowance: Allowance) -> str | None:
    """
    The markup of the page in a record; None if it holds none.
    """
    if not _is_answer(record):
        return None
    media, charset = _media(record)
    if media and media not in MEDIA_TYPES:
        return None
    data = _payload(fastwarc, record, limits, allowance)

    return page_text(data, charset) if media or opens_page(data) else None


def _is_answer(record: Any) -> bool:
    # Each record must have it, but not each that breaks off.
    if record.headers.get("Content-Length") is None:
        raise Unreadable("must be a whole record, but its header is damaged or cut short")
    kind = (record.headers.get("WARC-Type") or "").lower()
    http = record.http_headers
    if kind not in ("response", "resource") or http is None:
        return kind == "resource"
    # Where its lines do not end in CRLF, all of it is taken for the first.
    if http.status_code is None or "\n" in http.status_line:
        raise Unreadable("must begin with a status and headers of HTTP, but it is damaged")

    return bool(http.status_code == _OK)


def _media(record: Any) -> tuple[str, str | None]:
    """
    The media type that a server or an archivist told, in lower case, and the character set.
    """
    if record.http_headers is not None:
        return (record.http_content_type or "").strip().lower(), record.http_charset
    media, _, rest = (record.headers.get("Content-Type") or "").partition(";")
    charset = _CHARSET.search(rest)

    return media.strip().lower(), charset and charset[1]


def _url(record: Any) -> str | None:
    return record.headers.get("WARC-Target-URI") or None


def _payload(fastwarc: _Fastwarc, record: Any, limits: Limits, allowance: Allowance) -> bytes:
    wanted = record.content_length
    if wanted > limits.text:
        raise Unreadable(f"must have at most {limits.text:,} bytes as a page, got {wanted:,}")
    data: bytes = record.reader.read(wanted)
    if len(data) < wanted:
        raise Unreadable(f"must have {wanted:,} bytes as its record says, but breaks off after {len(data):,}")
    if record.http_headers is None:
        return data
    # What was done last is undone first.
    for coding in reversed([*_codings(record, "Content-Encoding"), *_codings(record, "Transfer-Encoding")]):
        data = undone(data, coding, fastwarc.streams, limits, allowance)

    return data


def _codings(record: Any, header: str) -> list[str]:
    return [coding.strip().lower() for coding in (record.http_headers.get(header) or "").split(",")]


def _is_warc(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".warc", ".warc.gz"))


def _from_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str, limits: Limits, allowance: Allowance
) -> Iterator[Finding]:
    if _leads_out(member.filename):
        raise Unreadable("must have a name inside the archive, but it leads out of it")
    if member.compress_type not in _PACKINGS or member.flag_bits & _ENCRYPTED:
        raise Unreadable("must be stored or deflated, but it is encrypted or packed in another way")
    with contextlib.ExitStack() as stack:
        try:
            opened = stack.enter_context(archive.open(member))
        except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
            raise Unreadable(f"must be a whole member of a zip file: {str(error).lower()}") from error
        stream = measured(opened.read, allowance)
        if stream.peek(len(_GZIP)).startswith(_GZIP):
            stream = unzipped(stream, allowance)
        yield from from_warc(stream, where, limits, allowance)


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))

    return path.is_absolute() or ".." in path.parts
