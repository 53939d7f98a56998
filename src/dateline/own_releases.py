"""
A release folder of the user's own, which nobody vouches for: read through the strict door.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any, Final

from dateline import files
from dateline.converter import structure
from dateline.corpus import Corpus
from dateline.errors import DigestMismatch, InvalidValue, NotRead
from dateline.ids import Pin
from dateline.manifests import ARTICLES, ENTITIES, MANIFEST, Manifest, present, verified
from dateline.records import Article, Entity
from dateline.schema import check_reader
from dateline.strict_json import parse_json, parse_json_lines


#: No file of a release is read that is larger, in bytes.
MAX_SIZE: Final = 2**30


def read_release(folder: str | os.PathLike[str], pin: Pin | None = None) -> Corpus:
    """
    The corpus of the release in *folder*, held against its manifest, and against the *pin* if one is given.

    Raises:
        NotRead: If there is no manifest, or a file cannot be read.
        DamagedRelease: If a file is missing or has another size.
        DigestMismatch: If a file or the corpus has another digest than the manifest or the pin says.
        InvalidDocument: If a file is not JSON.
        InvalidRecord: If a record breaks a rule or an id stands twice.
        InvalidValue: If the pin is of another dataset or version.
        NewerSchema: If the release needs a later package.
    """
    manifest = read_manifest(folder)
    if pin is not None and (pin.dataset, pin.version) != (manifest.name, manifest.version):
        raise InvalidValue("pin", f"be of the release in the folder, {manifest.release}", str(pin))
    contents = verified(manifest, lambda name: file_within(Path(folder), name))
    articles = _structured(present(manifest, contents, ARTICLES), Article, ARTICLES)
    entities = _structured(present(manifest, contents, ENTITIES), Entity, ENTITIES)
    corpus = Corpus.of(articles, entities, pin=manifest.pin, description=manifest.description)
    for expected in (manifest.digest, None if pin is None else pin.digest):
        if expected is not None and corpus.digest != expected:
            raise DigestMismatch(f"corpus {manifest.release}", expected, corpus.digest)

    return corpus


def read_manifest(folder: str | os.PathLike[str]) -> Manifest:
    """
    The manifest in a release folder.

    Raises:
        NotRead: If there is none, or it is a link.
        InvalidDocument: If it is not JSON.
        InvalidRecord: If it is no manifest.
        NewerSchema: If it needs a later package.
    """
    subject = os.fspath(Path(folder) / MANIFEST)
    data = file_within(Path(folder), MANIFEST)
    if data is None:
        raise NotRead(subject, "is missing; of a folder that is no release, name the format")
    value = parse_json(data, subject)
    # Asked first: a later schema may well have keys that this package does not know.
    if isinstance(value, dict):
        # What is no version has its path in the message below.
        with contextlib.suppress(InvalidValue):
            check_reader(subject, value.get("min_reader", ""))

    return structure(value, Manifest, subject)


def file_within(folder: Path, name: str) -> bytes | None:
    """
    One file of a folder; None if it is not there.

    Raises:
        NotRead: If it is a link, which could lead out of the folder, is too large, or cannot be read.
    """
    path = folder / name
    if files.asked(path, Path.is_symlink):
        raise NotRead(os.fspath(path), "is a link")

    return files.read(path, limit=MAX_SIZE) if files.asked(path, Path.is_file) else None


def _structured(data: bytes, kind: Any, file: str) -> list[Any]:
    return [structure(value, kind, f"{file}:{number}") for number, value in parse_json_lines(data, file)]
