"""
The digest of more records than fit into memory: their lines sorted on the disk, and hashed in that order.
"""

from __future__ import annotations

import contextlib
import hashlib
import heapq
import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import IO, Final, Self

from dateline.errors import Fault, InvalidRecord, NotWritten
from dateline.ids import Digest


#: Lines that are held at a time; a record's has some hundred bytes.
RUN: Final = 65_536

#: Bytes of each sorted run that are held while the runs are merged: of ten million lines, a megabyte and
#: a quarter.
WINDOW: Final = 8_192

_CONTAINERS: Final = {"article": "$.articles", "entity": "$.entities"}


class CorpusDigest:
    """
    The digest that :func:`dateline.digests.corpus_digest` gives, in an amount of memory that does not grow.

    Lines are sorted some ten thousand at a time and, if there are more, laid down in a scratch file without
    a name, which the system removes whatever happens; in the end all these runs are merged.

    >>> from dateline.digests import corpus_digest
    >>> lines = [("article", "rain", "sha256:1"), ("article", "hail", "sha256:2")]
    >>> with CorpusDigest() as digest:
    ...     for line in lines:
    ...         digest.add(*line)
    ...     digest.of("corpus") == corpus_digest(lines)
    True
    """

    def __init__(self, *, run: int = RUN) -> None:
        self._run = run
        self._lines: list[bytes] = []
        #: Where each sorted run starts and ends in the scratch file.
        self._runs: list[tuple[int, int]] = []
        self._scratch: IO[bytes] | None = None

    def add(self, kind: str, identifier: str, digest: str) -> None:
        """
        Count a record in, by its kind, its id and its digest.

        Raises:
            NotWritten: If there is no room for the scratch file.
        """
        self._lines.append(f"{kind} {identifier} {digest}\n".encode())
        if len(self._lines) == self._run:
            with _told():
                self._lay_down()

    def of(self, subject: str) -> Digest:
        """
        The digest of all that were counted in; *subject* is for messages.

        Raises:
            InvalidRecord: If two of one kind have the same id.
            NotWritten: If the scratch file fails.
        """
        hashed = hashlib.sha256()
        before = b""
        with _told():
            for line in self._merged():
                # An id has no spaces, and a space sorts before all that an id has: twins are neighbours.
                name = line[: line.rindex(b" ")]
                if name == before:
                    kind, _, identifier = name.decode().partition(" ")
                    fault = Fault(_CONTAINERS[kind], f"id {identifier!r} stands twice", "duplicate id")
                    raise InvalidRecord(subject, (fault,))
                before = name
                hashed.update(line)

        return Digest(f"sha256:{hashed.hexdigest()}")

    def _lay_down(self) -> None:
        if self._scratch is None:
            self._scratch = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the whole
        start = self._scratch.tell()
        self._scratch.writelines(sorted(self._lines))
        self._runs.append((start, self._scratch.tell()))
        self._lines = []

    def _merged(self) -> Iterable[bytes]:
        rest = sorted(self._lines)
        if self._scratch is None:
            return rest

        return heapq.merge(*(_lines_of(self._scratch, *run) for run in self._runs), rest)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._scratch is not None:
            # Nobody needs it any more, so it is no matter if its last bytes cannot be written.
            with contextlib.suppress(OSError):
                self._scratch.close()


def _lines_of(scratch: IO[bytes], start: int, stop: int) -> Iterator[bytes]:
    # By position, since every run is read a little at a time from the one file.
    rest = b""
    for position in range(start, stop, WINDOW):
        scratch.seek(position)
        *lines, rest = (rest + scratch.read(min(WINDOW, stop - position))).split(b"\n")
        for line in lines:
            yield line + b"\n"


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotWritten("a scratch file", error.strerror or str(error)) from error
