"""
From a dataset's name and version to its verified corpus.

The digests of the shipped manifests stand here, in code: whoever alters a release must alter the package too.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from attrs import frozen

from dateline.codec import decode_articles, decode_entities, decode_manifest
from dateline.corpus import Corpus
from dateline.digests import corpus_digest
from dateline.errors import (
    DamagedRelease,
    DigestMismatch,
    InvalidValue,
    NoSuchDataset,
    NoSuchVersion,
    NotRead,
)
from dateline.fingerprints import sha256
from dateline.ids import DatasetName, Digest, Pin, Version, parse_dataset_name, parse_digest, parse_version
from dateline.manifests import ARTICLES, ENTITIES, MANIFEST, Manifest, present, verified
from dateline.schema import check_reader
from dateline.strict_json import lines_of
from dateline.suggesting import nearest


#: A path, or what stands for one where the package is zipped.
Folder: TypeAlias = Any

#: For each dataset its versions, oldest first, each with the digest of its manifest.
MANIFESTS: Final[Mapping[str, Mapping[str, str]]] = {
    "ukraine-2022": {
        "1.0.0": "sha256:82a7f5f0985bbb379d296cc3bc61b4e87bcdba74ade81f021a9d85845b75a9c5",
        "1.0.1": "sha256:971d3a3877081b052e4226ec2b186ad1a93397dc0f196802e8f7e23ff31f77e2",
        "2.0.0": "sha256:d209bbf557e41888c42a2f166c7a2890166e4cb8995072f7191ebfd6c4f401dc",
    },
}

#: The version that a bare name means; fixed when the package is released.
DEFAULTS: Final = {"ukraine-2022": "2.0.0"}


@frozen(kw_only=True)
class Dataset:
    """
    An installed dataset, with the versions that can be loaded.
    """

    name: DatasetName

    #: Oldest first.
    versions: tuple[Version, ...]

    #: The one that the bare name means.
    default: Version

    def __str__(self) -> str:
        return f"{self.name} ({', '.join(self.versions)})"


def datasets() -> tuple[Dataset, ...]:
    """
    The installed datasets with their versions, sorted by name.

    >>> [str(dataset) for dataset in datasets()]
    ['ukraine-2022 (1.0.0, 1.0.1, 2.0.0)']
    """
    return tuple(
        Dataset(
            name=DatasetName(name),
            versions=tuple(map(Version, MANIFESTS[name])),
            default=Version(DEFAULTS[name]),
        )
        for name in sorted(MANIFESTS)
    )


def load(dataset: str | Pin, *, version: str | None = None, digest: str | None = None) -> Corpus:
    """
    The corpus of an installed dataset, verified.

    *dataset* is a name, a printed pin such as ``ukraine-2022@1.0.0#sha256:…``, or a pin;
    *version* and *digest* say the same in parts.
    A bare name means the version that this package was released with.
    For a release folder of your own, see :func:`dateline.read`.

    Raises:
        NoSuchDataset: If it is not installed; what is there is named.
        NoSuchVersion: If it is not installed in that version.
        InvalidValue: If the pin is malformed, or contradicts *version* or *digest*.
        DigestMismatch: If the content is not the one named, or not the one that was published.
        DamagedRelease: If a file is missing or has a wrong size.
        NewerSchema: If the release needs a later package.

    >>> load("ukraine-2022", version="1.0.0")
    <Corpus ukraine-2022 1.0.0 (3 articles, 147 claims)>
    """
    pin = _asked(dataset, version, digest)
    folder = _folder(pin)
    manifest = _manifest(folder, pin)
    contents = verified(manifest, lambda name: _read(folder, name))
    corpus = _corpus(manifest, contents)
    if pin.digest not in (None, manifest.digest):
        raise DigestMismatch(f"corpus {manifest.release}", str(pin.digest), manifest.digest)

    return corpus


def verify(dataset: str | Pin, *, version: str | None = None, digest: str | None = None) -> Pin:
    """
    The pin of an installed release, of which every byte was checked and whose folder holds nothing else.

    :func:`load` checks the bytes too, but lets stray files in the folder be.

    Raises:
        DamagedRelease: If a file is missing, one too many, or of a wrong size.
        DigestMismatch: If a file, the manifest or the corpus has another digest.
        And whatever :func:`load` raises.

    >>> verify("ukraine-2022").dataset
    'ukraine-2022'
    """
    asked = _asked(dataset, version, digest)
    load(asked)
    folder = _folder(asked)
    manifest = _manifest(folder, asked)
    known = {MANIFEST, *(file.name for file in manifest.files)}
    for name in sorted(entry.name for entry in folder.iterdir()):
        if name not in known:
            raise DamagedRelease(manifest.release, name, "does not belong to it")

    return manifest.pin


def _asked(dataset: str | Pin, version: str | None, digest: str | None) -> Pin:
    if isinstance(dataset, str) and "@" in dataset:
        dataset = Pin.parse(dataset)
    name = dataset.dataset if isinstance(dataset, Pin) else parse_dataset_name(dataset)
    if name not in MANIFESTS:
        raise NoSuchDataset(name, nearest(name, MANIFESTS), tuple(sorted(MANIFESTS)))
    pin = dataset if isinstance(dataset, Pin) else None
    pinned = (None, None) if pin is None else (pin.version, pin.digest)
    wanted = (
        _agreed("version", pinned[0], None if version is None else parse_version(version)) or DEFAULTS[name]
    )
    content = _agreed("digest", pinned[1], None if digest is None else parse_digest(digest))
    if wanted not in MANIFESTS[name]:
        known = tuple(MANIFESTS[name])
        raise NoSuchVersion(f"{name} {wanted}", nearest(wanted, known), known)

    return Pin(name, wanted, Digest(content) if content else None)


def _agreed(noun: str, first: str | None, second: str | None) -> str | None:
    if first and second and first != second:
        raise InvalidValue(f"{noun} beside the pin", f"be the pin's own, {first}", second)

    return first or second


def _manifest(folder: Folder, pin: Pin) -> Manifest:
    release = f"{pin.dataset} {pin.version}"
    data = _read(folder, MANIFEST)
    if data is None:
        raise DamagedRelease(release, MANIFEST, "is missing")
    expected = MANIFESTS[pin.dataset][pin.version]
    if sha256(data) != expected:
        raise DigestMismatch(f"{release}: {MANIFEST}", expected, sha256(data))
    manifest = decode_manifest(data)
    check_reader(release, manifest.min_reader)

    return manifest


def _corpus(manifest: Manifest, contents: Mapping[str, bytes]) -> Corpus:
    article_lines = lines_of(present(manifest, contents, ARTICLES))
    entity_lines = lines_of(present(manifest, contents, ENTITIES))
    articles = decode_articles(article_lines, ARTICLES)
    entities = decode_entities(entity_lines, ENTITIES)
    # A verified line is canonical, so its digest is the record's.
    digest = corpus_digest(
        [
            *(
                ("article", record.id, sha256(line))
                for record, line in zip(articles, article_lines, strict=True)
            ),
            *(
                ("entity", record.id, sha256(line))
                for record, line in zip(entities, entity_lines, strict=True)
            ),
        ]
    )
    if digest != manifest.digest:
        raise DigestMismatch(f"corpus {manifest.release}", manifest.digest, digest)

    return Corpus(articles, entities, manifest.pin, description=manifest.description)


def _folder(pin: Pin) -> Folder:
    home: Folder = Path(__file__).parent
    if not home.is_dir():
        # Only a zipped package needs it: what it brings along is a fifth of the cost of a first load.
        import importlib_resources  # noqa: PLC0415

        home = importlib_resources.files("dateline")

    return home / "releases" / pin.dataset / pin.version


def _read(folder: Folder, name: str) -> bytes | None:
    file = folder / name
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError as error:
        raise NotRead(name, error.strerror or str(error)) from error
