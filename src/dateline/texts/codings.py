"""
What a server did to a page before sending it, undone: the codings of HTTP.

They stand in RFC 9110, section 8.4, and RFC 9112, section 7.
Some archivers undo one and leave the header that tells of it, so data that are evidently not coded are left.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import Any, Final

from dateline.texts.decoding import opens_page
from dateline.texts.findings import Limits, Unreadable
from dateline.texts.streams import Allowance, measured, unzipped, whole


# The beginning of a chunk; extensions of it are passed over.
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")

# RFC 9110 has no such codings, except that the second may stand in a request; servers tell them all the same.
_NO_CODINGS: Final = ("", "identity", "none", "utf-8")

_GZIP: Final = b"\x1f\x8b"


def undone(data: bytes, coding: str, streams: Any, limits: Limits, allowance: Allowance) -> bytes:
    """
    *data* without one *coding*; *streams* are fastwarc's, for Brotli and Zstandard.

    Raises:
        Unreadable: If the coding is unknown, or the data are damaged, cut short, or too many.
    """
    if coding in _NO_CODINGS:
        return data
    if coding in ("gzip", "x-gzip"):
        return whole(unzipped(io.BytesIO(data), allowance), limits) if data.startswith(_GZIP) else data
    if coding == "chunked":
        return _dechunked(data) if _CHUNK.match(data) else data
    # Nothing tells of these what they are, or not surely, but a page can be told.
    if opens_page(data):
        return data
    if coding == "deflate":
        return _inflated(data, limits, allowance)
    if coding in ("br", "zstd"):
        reader = streams.BrotliReader if coding == "br" else streams.ZstdReader
        return whole(measured(reader(io.BytesIO(data)).read, allowance), limits)

    raise Unreadable(f"must be coded in a way that is known, got {coding!r}")


def _dechunked(data: bytes) -> bytes:
    parts: list[bytes] = []
    place = 0
    while beginning := _CHUNK.match(data, place):
        start, size = beginning.end(), int(beginning[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(data[start : start + size])
        place = start + size + len(b"\r\n")

    raise Unreadable("must end in a chunk of no bytes, but it is damaged or cut short")


def _inflated(data: bytes, limits: Limits, allowance: Allowance) -> bytes:
    # The header of zlib (RFC 1950), which some servers leave out.
    has_header = (
        len(data) > 1 and data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
    )
    inflating = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
    try:
        inflated = inflating.decompress(data, limits.text + 1)
    except zlib.error as error:
        raise Unreadable(f"must be deflated, but it is damaged: {error}") from None
    allowance.spend(len(inflated))
    if len(inflated) > limits.text:
        raise Unreadable(f"must have at most {limits.text:,} bytes as a text, got more")
    if not inflating.eof:
        raise Unreadable("must be deflated, but it is cut short")

    return inflated
