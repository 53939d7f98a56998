"""
A store, opened: what it is, where its files are, and its records one by one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from attrs import field, frozen

from dateline.descriptions import Description
from dateline.fingerprints import sha256
from dateline.formats.flat_tables import RECORD
from dateline.ids import Digest, Pin
from dateline.records import Article, Entity
from dateline.sorting import CorpusDigest
from dateline.store import engine
from dateline.store.layout import PARTS_OF, StoreManifest
from dateline.store.manifests import check_digests, check_sizes, read_manifest
from dateline.store.records import ids_of, lines_of, records


T = TypeVar("T", Article, Entity)


@frozen(kw_only=True, repr=False)
class Store:
    """
    A store whose files are there, each of the size that the manifest says.
    """

    folder: Path

    manifest: StoreManifest

    #: Whether the digests of the files were checked.
    verified: bool = field(default=False)

    @property
    def pin(self) -> Pin:
        """
        Name, version and content, as the manifest has them.
        """
        return self.manifest.pin

    @property
    def description(self) -> Description | None:
        """
        What the dataset is.
        """
        return self.manifest.description

    def paths(self, table: str) -> tuple[Path, ...]:
        """
        The Parquet files of a table, such as ``articles`` or ``claims``, for an engine; in order.
        """
        return tuple(self.folder / file.name for file in self.manifest.files if file.table == table)

    def articles(self) -> Iterator[Article]:
        """
        Every article, of which few are in memory at a time: part by part, each by its date.

        Raises:
            InvalidDocument: If a file is damaged; file and row are named.
            InvalidRecord: If a record breaks a rule; file and row are named.
            MissingExtra: If pyarrow is not installed.
        """
        return self._records("article", Article)

    def entities(self) -> Iterator[Entity]:
        """
        Every entity, as :meth:`articles`.
        """
        return self._records("entity", Entity)

    def digest(self) -> Digest:
        """
        The digest of the corpus, computed from the bytes of all records, of which few are in memory.

        It need not be the manifest's; see :func:`dateline.store.verify`.

        Raises:
            InvalidDocument: If a file is damaged; file and row are named.
            InvalidRecord: If an id stands twice.
            MissingExtra: If pyarrow is not installed.
        """
        with CorpusDigest() as found:
            for part in self.manifest.parts:
                path = self.folder / part.files[0].name
                for first, rows in engine.batches(path, ["id", RECORD]):
                    lines = lines_of(rows, path.name, first)
                    for identifier, line in zip(ids_of(rows, path.name), lines, strict=True):
                        found.add(part.kind, identifier, sha256(line))

            return found.of(self.manifest.release)

    def _records(self, kind: str, of: type[T]) -> Iterator[T]:
        for path in self.paths(PARTS_OF[kind][0]):
            for first, rows in engine.batches(path, [RECORD]):
                yield from records(rows, of, verified=self.verified, file=path.name, first=first)

    def __repr__(self) -> str:
        manifest = self.manifest
        return (
            f"<Store {manifest.release} ({manifest.articles:,} articles, {manifest.claims:,} claims, "
            f"{manifest.entities:,} entities)>"
        )


def open(folder: str | os.PathLike[str], *, verify: bool = False) -> Store:  # noqa: A001 - read as store.open()
    """
    The store in *folder*, whose files have the sizes, and with *verify* the digests, that its manifest says.

    Raises:
        NotRead: If there is no manifest, or a file cannot be read.
        InvalidDocument: If the manifest is not JSON.
        InvalidRecord: If it is no manifest of a store.
        DamagedStore: If a file is missing, has another size, or is one too many; or if the manifest
            contradicts itself.
        DigestMismatch: If a file has another digest, with *verify*.
        NewerSchema: If the records need a later package.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    check_sizes(path, manifest)
    if verify:
        check_digests(path, manifest)

    return Store(folder=path, manifest=manifest, verified=verify)
