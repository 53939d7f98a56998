"""
A release as bytes: the files of one dataset version, their manifest, and how they become a corpus again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from attrs import field, frozen

from dateline import codec
from dateline.converter import structure
from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.digests import canonical_json, corpus_digest, encode, plain
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
from dateline.schema import MIN_READER, SCHEMA_VERSION, check_reader
from dateline.strict_json import lines_of, parse_json, parse_json_lines
from dateline.validators import checked, is_positive, matches


MANIFEST: Final = "manifest.json"
ARTICLES: Final = "articles.jsonl"
ENTITIES: Final = "entities.jsonl"

#: Reads one file of a release; None if there is no such file.
Reader = Callable[[str], bytes | None]


@frozen(kw_only=True)
class ReleaseFile:
    """
    One file of a release, as the manifest promises it.
    """

    #: Without folders: a release reads nothing outside its own.
    name: str = field(validator=matches(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", "articles.jsonl"))

    #: In bytes.
    size: int = field(validator=is_positive)

    digest: Digest = field(validator=checked(parse_digest))


@frozen(kw_only=True)
class Manifest:
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
    files: tuple[ReleaseFile, ...] = field(converter=tuple)

    @property
    def pin(self) -> Pin:
        """
        The release's name, version and content.
        """
        return Pin(self.name, self.version, self.digest)

    @property
    def release(self) -> str:
        """
        Name and version, for messages.
        """
        return f"{self.name} {self.version}"


def record_lines(records: Iterable[Article] | Iterable[Entity]) -> bytes:
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
    files = [ReleaseFile(name=name, size=len(data), digest=sha256(data)) for name, data in sorted(contents.items())]

    return Manifest(
        name=corpus.pin.dataset,
        version=corpus.pin.version,
        schema=SCHEMA_VERSION,
        min_reader=Version(MIN_READER),
        digest=corpus.digest,
        description=corpus.description,
        files=files,
    )


def manifest_bytes(manifest: Manifest) -> bytes:
    """
    A manifest as the canonical JSON that is saved.
    """
    return canonical_json(plain(manifest)) + b"\n"


def parse_manifest(data: bytes, subject: str) -> Manifest:
    """
    Read a manifest; *subject* is for messages.

    Raises:
        InvalidDocument: If it is not JSON.
        InvalidRecord: If it is no manifest.
        NewerSchema: If it needs a later package.
    """
    value = parse_json(data, subject)
    # Asked first: a later schema may well have keys that this package does not know.
    if isinstance(value, dict) and isinstance(value.get("min_reader"), str):
        check_reader(subject, value["min_reader"])

    return structure(value, Manifest, subject)


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
        if sha256(data) != file.digest:
            raise DigestMismatch(f"{manifest.release}: {file.name}", file.digest, sha256(data))
        contents[file.name] = data

    return contents


def trusted_corpus(manifest: Manifest, contents: Mapping[str, bytes]) -> Corpus:
    """
    The corpus of a release whose manifest is vouched for, through the fast door.

    Raises:
        DigestMismatch: If the records do not have the digest of the manifest.
    """
    article_lines = list(lines_of(_present(manifest, contents, ARTICLES)))
    entity_lines = list(lines_of(_present(manifest, contents, ENTITIES)))
    articles = codec.decode_articles(article_lines, ARTICLES)
    entities = codec.decode_entities(entity_lines, ENTITIES)
    # A verified line is canonical, so its digest is the record's.
    digest = corpus_digest(
        [
            *(("article", record.id, sha256(line)) for record, line in zip(articles, article_lines, strict=True)),
            *(("entity", record.id, sha256(line)) for record, line in zip(entities, entity_lines, strict=True)),
        ]
    )
    if digest != manifest.digest:
        raise DigestMismatch(f"corpus {manifest.release}", manifest.digest, digest)

    return Corpus(articles, entities, manifest.pin, description=manifest.description)


def foreign_corpus(manifest: Manifest, contents: Mapping[str, bytes]) -> Corpus:
    """
    The corpus of a release that nobody vouches for, through the strict door.

    Raises:
        InvalidDocument: If a line is not JSON.
        InvalidRecord: If a record breaks a rule or an id stands twice.
        DigestMismatch: If the records do not have the digest of the manifest.
    """
    articles = _structured(_present(manifest, contents, ARTICLES), Article, ARTICLES)
    entities = _structured(_present(manifest, contents, ENTITIES), Entity, ENTITIES)
    corpus = Corpus.of(articles, entities, pin=manifest.pin, description=manifest.description)
    if corpus.digest != manifest.digest:
        raise DigestMismatch(f"corpus {manifest.release}", manifest.digest, corpus.digest)

    return corpus


def _structured(data: bytes, kind: Any, file: str) -> list[Any]:
    return [structure(value, kind, f"{file}:{number}") for number, value in parse_json_lines(data, file)]


def _present(manifest: Manifest, contents: Mapping[str, bytes], name: str) -> bytes:
    if name not in contents:
        raise DamagedRelease(manifest.release, MANIFEST, f"names no {name}")

    return contents[name]
