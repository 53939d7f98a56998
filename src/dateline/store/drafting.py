"""
A store while it is written: a folder beside its place, which outlives its writer and has one at a time.

Each finished part has a note: the digest of its records, and the sizes and digests of its files.
A note is saved after the files that it tells of, so whoever comes after a kill knows what is finished;
the files are hashed again all the same before they are taken over.
"""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from dateline import files
from dateline.errors import DatelineError, NotWritten, ReleaseExists
from dateline.fingerprints import sha256
from dateline.ids import Digest
from dateline.manifests import manifest_bytes
from dateline.store import engine
from dateline.store.columns import GROUPS, PACKING, SORTED_BY, schema_of
from dateline.store.layout import MANIFEST, PARTS_OF, SUFFIX, Part, StoreFile, StoreManifest, file_name
from dateline.store.manifests import read_manifest, read_part


_NOTE: Final = ".json"

#: Where each part that is finished already is, the best place last, by its kind and its records' digest.
Finished = dict[tuple[str, Digest], list[tuple[Path, Part]]]


@frozen
class Draft:
    """
    The folder that becomes a store once all its parts are there.
    """

    folder: Path

    target: Path

    #: Name and version, for messages.
    release: str

    finished: Finished

    def expects(self, kind: str) -> bool:
        """
        Whether any part of a *kind* is finished.
        """
        return any(kind == other for other, _ in self.finished)

    def take_over(self, kind: str, number: int, records: Digest) -> Part | None:
        """
        A finished part that has the same *records*, under its new number; None if there is none.
        """
        places = self.finished.get((kind, records), [])
        taken = (self._taken(folder, part, number) for folder, part in reversed(places))

        return next(filter(None, taken), None)

    def _taken(self, folder: Path, part: Part, number: int) -> Part | None:
        if tuple(file.table for file in part.files) != PARTS_OF[part.kind]:
            return None
        found = []
        for file in part.files:
            name = file_name(file.table, number)
            if not _is_same(folder / file.name, self.folder / name, file):
                return None
            found.append(evolve(file, name=name))

        return self._noted(evolve(part, files=found))

    def save(self, kind: str, number: int, records: Digest, rows: dict[str, Any]) -> Part:
        """
        Save the *rows* of the *records* as a part.

        Raises:
            NotWritten: If it cannot be saved.
        """
        found = []
        for table in PARTS_OF[kind]:
            order = SORTED_BY[kind] if table == PARTS_OF[kind][0] else ()
            data = engine.encoded(rows[table], GROUPS[table], PACKING, order)
            name = file_name(table, number)
            files.write(self.folder / name, data)
            found.append(StoreFile(name=name, size=len(data), rows=rows[table].num_rows, digest=sha256(data)))

        return self._noted(Part(kind=kind, count=found[0].rows, records=records, files=found))

    def publish(self, manifest: StoreManifest) -> None:
        """
        Make a store of the draft, in one step.

        Raises:
            ReleaseExists: If somebody else was faster.
            NotWritten: If it cannot be saved; then the draft is kept.
        """
        files.write(self.folder / MANIFEST, manifest_bytes(manifest))
        named = {MANIFEST, *(file.name for file in manifest.files)}
        try:
            for path in self.folder.iterdir():
                if path.name not in named:
                    path.unlink()
        except OSError as error:
            raise NotWritten(os.fspath(self.folder), error.strerror or str(error)) from error
        files.settle(self.folder, self.target, self.release)

    def _noted(self, part: Part) -> Part:
        stem = part.files[0].name.removesuffix(SUFFIX)
        files.write(self.folder / f"{stem}{_NOTE}", manifest_bytes(part))

        return part


@contextlib.contextmanager
def drafting(target: Path, release: str) -> Iterator[Draft]:
    """
    The draft of a store that is to stand in *target*, new or as a killed writer left it.

    *release* is for messages.

    Raises:
        ReleaseExists: If there is something in its place already.
        FolderBusy: If somebody else is writing it.
        NotWritten: If the folder cannot be made.
    """
    folder = target.with_name(f".{target.name}.draft")
    _refuse_existing(target, release)
    with files.held(folder, f"store {release}"):
        # Whoever held it before may have published it.
        _refuse_existing(target, release)
        yield Draft(folder, target, release, _finished(folder, target))


def _refuse_existing(target: Path, release: str) -> None:
    if os.path.lexists(target):
        raise ReleaseExists(release, os.fspath(target))


def _finished(folder: Path, target: Path) -> Finished:
    """
    The parts that are finished: in the other versions, and in the draft, which is asked first.
    """
    found: Finished = defaultdict(list)
    for version in sorted(target.parent.iterdir()):
        # What has no sound manifest has nothing to take over; whoever opens it is told why.
        with contextlib.suppress(DatelineError):
            for part in read_manifest(version).parts:
                found[part.kind, part.records].append((version, part))
    for note in sorted(folder.glob(f"*-*{_NOTE}")):
        with contextlib.suppress(DatelineError):
            part = read_part(folder, note.name)
            found[part.kind, part.records].append((folder, part))

    return found


def _is_same(source: Path, target: Path, file: StoreFile) -> bool:
    """
    Whether *target* is, or could be made, the file that *source* was when it was finished.
    """
    if source != target and not _linked(source, target):
        return False
    try:
        return files.digest(target, target.name) == file.digest and engine.opened(target).schema_arrow.equals(
            schema_of(file.table), check_metadata=True
        )
    except DatelineError:
        return False


def _linked(source: Path, target: Path) -> bool:
    # A file of a store is replaced, never changed, so that two versions can have the one.
    try:
        target.unlink(missing_ok=True)
        target.hardlink_to(source)
    except OSError:
        return False

    return True
