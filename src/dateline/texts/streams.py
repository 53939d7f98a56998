"""
Streams of bytes that end, with a reason, before they have given more than they may.

A packed file tells little about what comes out of it: 42 kB can be petabytes.
So nothing is unpacked at once, and all that one file gives, at whatever depth, is paid from one allowance.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, Final

from dateline.texts.findings import Limits, Unreadable


#: What a packed stream raises when it is damaged.
_DAMAGE: Final = (EOFError, OSError, ValueError, zlib.error, zipfile.BadZipFile)


class Allowance:
    """
    How many bytes may still come out of one file, all that is packed inside it included.
    """

    def __init__(self, size: int, limits: Limits) -> None:
        self.most = min(limits.archive, max(limits.text, limits.ratio * size))
        self._spent = 0

    def spend(self, count: int) -> None:
        """
        Take note of *count* bytes that came out.

        Raises:
            Unreadable: If that is more than may come.
        """
        self._spent += count
        if self._spent > self.most:
            raise Unreadable(f"must unpack to at most {self.most:,} bytes in all, got more")


class _Measured(io.RawIOBase):
    """
    A stream whose bytes are paid for, and whose damage is told in plain words.
    """

    def __init__(self, read: Callable[[int], bytes], allowance: Allowance) -> None:
        super().__init__()
        self._read = read
        self._allowance = allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._read(len(buffer))
        except _DAMAGE as error:
            raise Unreadable(f"must be a whole file, but it is damaged or cut short: {error}") from error
        self._allowance.spend(len(data))
        buffer[: len(data)] = data

        return len(data)


def measured(read: Callable[[int], bytes], allowance: Allowance) -> io.BufferedReader:
    """
    The bytes that *read* gives, at most so many at a time as it is asked for, paid from *allowance*.
    """
    return io.BufferedReader(_Measured(read, allowance))


def unzipped(source: BinaryIO, allowance: Allowance) -> io.BufferedReader:
    """
    What gzip packed (RFC 1952), of however many members, paid from *allowance*.
    """
    # Not read(): where the file breaks off, it would lose what it has unpacked so far.
    return measured(gzip.GzipFile(fileobj=source, mode="rb").read1, allowance)


def whole(source: io.BufferedReader, limits: Limits) -> bytes:
    """
    All that is left in *source*.

    Raises:
        Unreadable: If that is more than a text may have.
    """
    data = source.read(limits.text + 1)
    if len(data) > limits.text:
        raise Unreadable(f"must have at most {limits.text:,} bytes as a text, got more")

    return data
