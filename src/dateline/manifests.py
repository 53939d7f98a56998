"""
A release as bytes: the files of one dataset version, and the manifest that promises their sizes and digests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from attrs import field, frozen

from dateline.bases import Base
from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.digests import canonical_json, encode, plain
from dateline.errors import DamagedRelease, DigestMismatch, InvalidValue
from dateline.fingerprints import sha256
from dateline.ids import (
    DatasetName,
    Digest,
    Pin,
    Version,
    parse_dataset_name,
    parse_digest,
    parse_version,
)
from dateline.records import Article, Entity
from dateline.schema import MIN_READER, SCHEMA_VERSION
from dateline.validators import as_tuple, checked, is_natural, matches


MANIFEST: Final = "manifest.json"
ARTICLES: Final = "articles.jsonl"
ENTITIES: Final = "entities.jsonl"

#: Reads one file of a release; None if there is no such file.
Reader = Callable[[str], bytes | None]


@frozen(kw_only=True, repr=False)
class ReleaseFile(Base):
    """
    One file of a release, as the manifest promises it.
    """

    #: Without folders: a release reads nothing outside its own.
    name: str = field(validator=matches(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", "articles.jsonl"))

    #: In bytes.
    size: int = field(validator=is_natural)

    digest: Digest = field(validator=checked(parse_digest))


class Pinned(Base):
    """
    What has a name, a version and the digest of a corpus.
    """

    __slots__ = ()

    name: DatasetName
    version: Version
    digest: Digest

    @property
    def pin(self) -> Pin:
        """
        Name, version and content.
        """
        return Pin(self.name, self.version, self.digest)

    @property
    def release(self) -> str:
        """
        Name and version, for messages.
        """
        return f"{self.name} {self.version}"


@frozen(kw_only=True, repr=False)
class Manifest(Pinned):
    """
    What a release is and which files it has.
    """

    name: DatasetName = field(validator=checked(parse_dataset_name))

    version: Version = field(validator=checked(parse_version))

    #: Version of the shape of the records.
    schema: str

    #: The oldest package that can read them.
    min_reader: Version = field(validator=checked(parse_version))

    #: Of the corpus.
    digest: Digest = field(validator=checked(parse_digest))

    description: Description

    #: Sorted by name; the manifest itself is not among them.
    files: tuple[ReleaseFile, ...] = field(converter=as_tuple)


def record_lines(records: Iterable[Article | Entity]) -> bytes:
    """
    Records as the lines of a release file: canonical bytes, sorted by id.
    """
    return b"".join(encode(record) + b"\n" for record in sorted(records, key=lambda record: record.id))


def manifest_of(corpus: Corpus, contents: Mapping[str, bytes]) -> Manifest:
    """
    The manifest of a release of a described and pinned corpus with these files.

    Raises:
        InvalidValue: If the corpus has no pin or no description.
    """
    if corpus.pin is None or corpus.description is None:
        raise InvalidValue("corpus to release", "have a pin and a description", corpus)
    files = [
        ReleaseFile(name=name, size=len(data), digest=sha256(data)) for name, data in sorted(contents.items())
    ]

    return Manifest(
        name=corpus.pin.dataset,
        version=corpus.pin.version,
        schema=SCHEMA_VERSION,
        min_reader=Version(MIN_READER),
        digest=corpus.digest,
        description=corpus.description,
        files=files,
    )


def manifest_bytes(manifest: Base) -> bytes:
    """
    A manifest, of a release or a store, or of one part, as the canonical JSON that is saved.
    """
    return canonical_json(plain(manifest)) + b"\n"


def verified(manifest: Manifest, read: Reader) -> dict[str, bytes]:
    """
    The files of a release, each of the size and digest that the *manifest* promises.

    Raises:
        DamagedRelease: If one is missing or has another size.
        DigestMismatch: If one has another digest.
    """
    contents = {}
    for file in manifest.files:
        data = read(file.name)
        if data is None:
            raise DamagedRelease(manifest.release, file.name, "is missing")
        # Length before digest: a wrong file is mostly of a wrong length.
        if len(data) != file.size:
            raise DamagedRelease(manifest.release, file.name, f"has {len(data)} bytes instead of {file.size}")
        digest = sha256(data)
        if digest != file.digest:
            raise DigestMismatch(f"{manifest.release}: {file.name}", file.digest, digest)
        contents[file.name] = data

    return contents


def present(manifest: Manifest, contents: Mapping[str, bytes], name: str) -> bytes:
    """
    One of the files of a release.

    Raises:
        DamagedRelease: If the manifest does not name it.
    """
    if name not in contents:
        raise DamagedRelease(manifest.release, MANIFEST, f"names no {name}")

    return contents[name]
