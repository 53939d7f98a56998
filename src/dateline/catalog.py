"""
From a dataset's name and version to its verified corpus.

The digests of the shipped manifests stand here, in code: whoever alters a release must alter the package too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import importlib_resources
from attrs import frozen
from importlib_resources.abc import Traversable

from dateline.corpus import Corpus
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
from dateline.release_files import (
    MANIFEST,
    Manifest,
    Reader,
    foreign_corpus,
    parse_manifest,
    trusted_corpus,
    verified,
)
from dateline.suggesting import nearest


#: For each dataset its versions, oldest first, each with the digest of its manifest.
MANIFESTS: Final[dict[str, dict[str, str]]] = {
    "ukraine-2022": {
        "1.0.0": "sha256:82a7f5f0985bbb379d296cc3bc61b4e87bcdba74ade81f021a9d85845b75a9c5",
    },
}

#: The version that a bare name means; fixed when the package is released.
DEFAULTS: Final = {"ukraine-2022": "1.0.0"}


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
    ['ukraine-2022 (1.0.0)']
    """
    return tuple(
        Dataset(
            name=DatasetName(name),
            versions=tuple(map(Version, MANIFESTS[name])),
            default=Version(DEFAULTS[name]),
        )
        for name in sorted(MANIFESTS)
    )


def load(
    dataset: str | Pin,
    *,
    version: str | None = None,
    digest: str | None = None,
    root: str | Path | None = None,
) -> Corpus:
    """
    The corpus of an installed dataset, verified.

    *dataset* is a name, a printed pin such as ``ukraine-2022@1.0.0#sha256:…``, or a pin;
    *version* and *digest* say the same in parts. A bare name means the version that this package was released with.
    With *root*, a folder of releases of your own is used instead, laid out as ``root/name/version``:
    nobody vouches for its manifests, so give a digest if it matters.

    Raises:
        NoSuchDataset: If it is not installed; what is there is named.
        NoSuchVersion: If it is not installed in that version.
        InvalidValue: If the pin is malformed, or contradicts *version* or *digest*.
        DigestMismatch: If the content is not the one named.
        DamagedRelease: If a file is missing or has a wrong size.
        NewerSchema: If the release needs a later package.

    >>> load("ukraine-2022", version="1.0.0")
    <Corpus ukraine-2022 1.0.0 (3 articles, 147 claims)>
    """
    name, wanted, content = _asked(dataset, version, digest)
    if root is None:
        shipped = _shipped(name, wanted)
        corpus = trusted_corpus(*shipped)
    else:
        corpus = foreign_corpus(*_own(Path(root), name, wanted))
    if content is not None and corpus.pin is not None and corpus.pin.digest != content:
        raise DigestMismatch(f"corpus {name} {corpus.version}", content, str(corpus.pin.digest))

    return corpus


def verify(dataset: str | Pin, *, version: str | None = None, root: str | Path | None = None) -> Pin:
    """
    Check every byte of a release and that the folder has no other files; the pin of what is there.

    Raises:
        DamagedRelease: If a file is missing, one too many, or of a wrong size.
        DigestMismatch: If a file, the manifest or the corpus has another digest.
        And whatever :func:`load` raises.

    >>> verify("ukraine-2022").dataset
    'ukraine-2022'
    """
    corpus = load(dataset, version=version, root=root)
    pin = corpus.pin
    if pin is None:  # pragma: no cover - a loaded corpus always has one
        raise InvalidValue("corpus", "have a pin", corpus)
    folder = _folder(pin.dataset, pin.version) if root is None else Path(root) / pin.dataset / pin.version
    manifest = parse_manifest((folder / MANIFEST).read_bytes(), f"{pin.dataset} {pin.version}: {MANIFEST}")
    known = {file.name for file in manifest.files} | {MANIFEST}
    for extra in sorted(entry.name for entry in folder.iterdir() if entry.name not in known):
        raise DamagedRelease(manifest.release, extra, "does not belong to it")

    return pin


def _asked(
    dataset: str | Pin, version: str | None, digest: str | None
) -> tuple[DatasetName, Version | None, Digest | None]:
    if isinstance(dataset, str) and "@" in dataset:
        dataset = Pin.parse(dataset)
    pin = dataset if isinstance(dataset, Pin) else None
    name = parse_dataset_name(dataset) if pin is None else pin.dataset  # type: ignore[arg-type]
    wanted = None if version is None else parse_version(version)
    content = None if digest is None else parse_digest(digest)
    if pin is None:
        return name, wanted, content
    if wanted not in (None, pin.version) or (content is not None and pin.digest not in (None, content)):
        raise InvalidValue("pin", "agree with the version and digest beside it", str(pin))

    return name, pin.version, pin.digest or content


def _shipped(name: DatasetName, wanted: Version | None) -> tuple[Manifest, dict[str, bytes]]:
    if name not in MANIFESTS:
        raise NoSuchDataset(name, nearest(name, MANIFESTS), tuple(sorted(MANIFESTS)))
    version = wanted or Version(DEFAULTS[name])
    if version not in MANIFESTS[name]:
        known = tuple(MANIFESTS[name])
        raise NoSuchVersion(f"{name} {version}", nearest(version, known), known)

    return _opened(name, version, _reader(_folder(name, version)), Digest(MANIFESTS[name][version]))


def _own(root: Path, name: DatasetName, wanted: Version | None) -> tuple[Manifest, dict[str, bytes]]:
    if wanted is None:
        raise InvalidValue("version", "be given for a folder of your own", None)
    folder = root / name / wanted
    if not folder.is_dir():
        known = tuple(sorted(entry.name for entry in root.glob("*/*") if (entry / MANIFEST).is_file()))
        raise NoSuchVersion(f"{name} {wanted}", nearest(wanted, known), known)

    return _opened(name, wanted, _reader(folder), None)


def _opened(
    name: DatasetName, version: Version, read: Reader, expected: Digest | None
) -> tuple[Manifest, dict[str, bytes]]:
    release = f"{name} {version}"
    data = read(MANIFEST)
    if data is None:
        raise DamagedRelease(release, MANIFEST, "is missing")
    if expected is not None and sha256(data) != expected:
        raise DigestMismatch(f"{release}: {MANIFEST}", expected, sha256(data))
    manifest = parse_manifest(data, f"{release}: {MANIFEST}")
    if (manifest.name, manifest.version) != (name, version):
        raise DamagedRelease(release, MANIFEST, f"is that of {manifest.release}")

    return manifest, verified(manifest, read)


def _folder(name: str, version: str) -> Traversable:
    return importlib_resources.files("dateline") / "releases" / name / version


def _reader(folder: Traversable) -> Reader:
    def read(name: str) -> bytes | None:
        file = folder / name
        # A link could lead out of the folder.
        if not file.is_file() or (isinstance(file, Path) and file.is_symlink()):
            return None
        try:
            return file.read_bytes()
        except OSError as error:
            raise NotRead(name, error.strerror or str(error)) from error

    return read
