"""
Verifying a store: every byte, every record and every column against each other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from dateline.errors import DigestMismatch, Fault, InvalidDocument, InvalidRecord, InvalidValue, shortened
from dateline.ids import Pin
from dateline.records import Article, Entity
from dateline.sorting import CorpusDigest
from dateline.store import engine, opening
from dateline.store.columns import KEYS, counted, digests_of, rows_of
from dateline.store.layout import PARTS_OF, Part, StoreManifest
from dateline.store.records import records


_CLASSES: Final[dict[str, Any]] = {"article": Article, "entity": Entity}


def verify(folder: str | os.PathLike[str], pin: Pin | None = None) -> StoreManifest:
    """
    The manifest of the store in *folder*, all of which was found to be so, and as the *pin* says, if any.

    Every file has its digest, every record is sound, every column says what its record says, and the digest
    of the corpus, computed anew, is the manifest's and the pin's. Few records are in memory at a time.

    Raises:
        InvalidValue: If the pin is of another dataset or version.
        DigestMismatch: If a file or the corpus has another digest.
        InvalidDocument: If a file is no sound Parquet or has other columns; file and row are named.
        InvalidRecord: If a record breaks a rule, a column disagrees with it, or an id stands twice;
            file and row are named.
        And whatever :func:`dateline.store.open` raises.

    >>> import tempfile
    >>> from dateline.store import write
    >>> from dateline.testing import tiny_corpus
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     manifest = write(tiny_corpus().values(), folder, name="tiny", version="1.0.0")
    ...     verify(f"{folder}/tiny/1.0.0") == manifest
    True
    """
    store = opening.open(folder, verify=True)
    manifest = store.manifest
    if pin is not None and (pin.dataset, pin.version) != (manifest.name, manifest.version):
        raise InvalidValue("pin", f"be of the store in the folder, {manifest.release}", str(pin))
    with CorpusDigest() as digest:
        for part in manifest.parts:
            for line in _checked(store.folder, part):
                digest.add(*line)
        actual = digest.of(manifest.release)
    for expected in (manifest.digest, None if pin is None else pin.digest):
        if expected is not None and actual != expected:
            raise DigestMismatch(f"corpus {manifest.release}", expected, actual)

    return manifest


def _checked(folder: Path, part: Part) -> Iterator[tuple[str, str, str]]:
    """
    The kind, id and digest of each record of a part, whose every row was compared with its record.
    """
    own, *others = (file for file in part.files if file.table in PARTS_OF[part.kind])
    rest = {file.table: _Rows(folder / file.name) for file in others}
    for first, rows in engine.batches(folder / own.name):
        # Strictly: whoever altered a record may have altered the manifest as well.
        found = records(rows, _CLASSES[part.kind], file=own.name, first=first)
        expected = rows_of(part.kind, found)
        _compare(own.name, first, counted(expected[own.table], first), engine.arrow().table(rows))
        for table, taken in rest.items():
            taken.compare(expected[table])
        yield from digests_of(part.kind, expected)
    for taken in rest.values():
        taken.finish()


class _Rows:
    """
    The rows of a file, compared in the amounts in which another file gives their records.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._batches = (engine.arrow().table(rows) for _, rows in engine.batches(path))
        self._ahead: Any = None
        self._first = 1

    def compare(self, expected: Any) -> None:
        """
        Hold the next rows against those *expected*.
        """
        found = [] if self._ahead is None else [self._ahead]
        while sum(rows.num_rows for rows in found) < expected.num_rows:
            more = next(self._batches, None)
            if more is None:
                raise InvalidDocument(self._name, None, "must have a row for each part of each record")
            found.append(more)
        if not found:
            return
        rows = engine.arrow().concat_tables(found)
        _compare(
            self._name,
            self._first,
            counted(expected, self._first),
            rows.slice(0, expected.num_rows),
        )
        self._ahead = rows.slice(expected.num_rows)
        self._first += expected.num_rows

    def finish(self) -> None:
        """
        Refuse rows that no record accounts for.
        """
        if (self._ahead is not None and self._ahead.num_rows) or next(self._batches, None) is not None:
            raise InvalidDocument(self._name, self._first, "row must belong to a record of the part")


def _compare(name: str, first: int, expected: Any, actual: Any) -> None:
    columns = actual.schema.names
    if set(columns) - set(expected.schema.names) or len(set(columns)) < len(columns):
        raise InvalidDocument(name, None, f"must have known columns, each once, got {shortened(columns)}")
    # A file of an earlier package may have fewer, but not of those that rows and tables are joined by.
    lacking = [name for name in KEYS if name in expected.schema.names and name not in columns]
    if lacking:
        raise InvalidDocument(name, None, f"must have a column {lacking[0]!r}, got {shortened(columns)}")
    known = expected.select(columns)
    if known.equals(actual):
        return
    for row, (right, wrong) in enumerate(zip(known.to_pylist(), actual.to_pylist(), strict=True), first):
        faults = tuple(
            Fault(
                f"$.{column}",
                f"must be {shortened(right[column])}, as in the record, got {shortened(wrong[column])}",
            )
            for column in columns
            if right[column] != wrong[column]
        )
        if faults:
            raise InvalidRecord(f"{name}:{row}", faults)
    raise InvalidDocument(name, None, f"must have columns of the types {shortened(known.schema.types)}")
