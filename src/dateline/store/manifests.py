"""
The manifest of a store, read through the strict door, and the files held against it.
"""

from __future__ import annotations

import collections
import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline import files
from dateline.converter import structure
from dateline.errors import DamagedStore, DigestMismatch, InvalidValue, NotRead
from dateline.own_releases import file_within
from dateline.schema import check_reader
from dateline.store.layout import LAYOUT, MANIFEST, PARTS_OF, SUFFIX, Part, StoreManifest, row_count
from dateline.strict_json import parse_json


def read_manifest(folder: Path) -> StoreManifest:
    """
    The manifest in a store's folder, which agrees with itself.

    Raises:
        NotRead: If there is none, or it is a link.
        InvalidDocument: If it is not JSON.
        InvalidRecord: If it is no manifest of a store.
        DamagedStore: If it contradicts itself, or is of a later layout.
        NewerSchema: If the records need a later package.
    """
    value = _document(folder, MANIFEST)
    # Asked first: a later schema may well have keys that this package does not know.
    if isinstance(value, dict):
        # What is no version has its path in the message below.
        with contextlib.suppress(InvalidValue):
            check_reader(f"{folder.name}/{MANIFEST}", value.get("min_reader", ""))
    manifest = structure(value, StoreManifest, f"{folder.name}/{MANIFEST}")
    for problem in _contradictions(manifest):
        raise DamagedStore(manifest.release, MANIFEST, problem)

    return manifest


def read_part(folder: Path, name: str) -> Part:
    """
    The part that a note in a folder tells of.

    Raises:
        NotRead: If it is a link, or cannot be read.
        InvalidDocument: If it is not JSON.
        InvalidRecord: If it is none.
    """
    return structure(_document(folder, name), Part, name)


def check_sizes(folder: Path, manifest: StoreManifest) -> None:
    """
    Refuse a store of which a file is missing, of another size, or one too many.

    Files that are no tables are left alone: nothing reads them.

    Raises:
        DamagedStore: If it is so; the first file is named.
        NotRead: If the folder cannot be read.
    """
    for file in manifest.files:
        size = _size(folder / file.name)
        if size is None:
            raise DamagedStore(manifest.release, file.name, "is missing, or no ordinary file")
        if size != file.size:
            raise DamagedStore(manifest.release, file.name, f"has {size} bytes instead of {file.size}")
    strays = _tables_in(folder) - {file.name for file in manifest.files}
    for name in sorted(strays):
        raise DamagedStore(manifest.release, name, "is not in the manifest")


def check_digests(folder: Path, manifest: StoreManifest) -> None:
    """
    Refuse a store of which a file has another digest than the manifest says.

    Raises:
        DigestMismatch: If it is so; the first file is named.
        NotRead: If one cannot be read.
    """
    for file in manifest.files:
        digest = files.digest(folder / file.name, file.name)
        if digest != file.digest:
            raise DigestMismatch(f"{manifest.release}: {file.name}", file.digest, digest)


def _document(folder: Path, name: str) -> Any:
    subject = f"{folder.name}/{name}"
    data = file_within(folder, name)
    if data is None:
        raise NotRead(subject, "is missing")

    return parse_json(data, subject)


def _contradictions(manifest: StoreManifest) -> Iterator[str]:
    if manifest.layout != LAYOUT:
        yield f"has layout {manifest.layout}, and this package reads layout {LAYOUT}"
    names = collections.Counter(file.name for file in manifest.files)
    yield from (f"names {name} twice" for name, count in sorted(names.items()) if count > 1)
    for part in manifest.parts:
        tables = tuple(file.table for file in part.files)
        # A later package may write more tables.
        expected = PARTS_OF[part.kind]
        if tables[: len(expected)] != expected:
            yield f"has a part of {part.kind} records with the tables {', '.join(tables)}"
        elif len({file.name.partition("-")[2] for file in part.files}) > 1:
            # Of the same number, since engines are asked for articles beside their claims.
            yield f"has a part of the files {', '.join(file.name for file in part.files)}"
        elif part.files[0].rows != part.count:
            yield f"has {part.files[0].rows} rows for {part.count} records in {part.files[0].name}"
    for table in ("articles", "claims", "entities"):
        rows, said = row_count(table, manifest.parts), getattr(manifest, table)
        if rows != said:
            yield f"says {said} {table}, and its parts have {rows}"


def _size(path: Path) -> int | None:
    # Not followed: a link could lead out of the folder.
    try:
        found = path.lstat()
    except OSError:
        return None

    return found.st_size if stat.S_ISREG(found.st_mode) else None


def _tables_in(folder: Path) -> set[str]:
    try:
        return {name for name in os.listdir(folder) if name.endswith(SUFFIX)}  # noqa: PTH208 - names
    except OSError as error:
        raise NotRead(folder.name, error.strerror or str(error)) from error
