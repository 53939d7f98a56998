"""
From curated source to frozen release: fingerprints, checks, difference, version rule, descriptors, digests.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from attrs import frozen

from dateline import files
from dateline.building import map_batches
from dateline.checks import check, check_references, check_sequel
from dateline.corpus import Corpus
from dateline.curated import (
    FINGERPRINTS,
    SOURCES,
    as_table,
    drafts,
    evidence_of,
    furniture_of,
    read_source,
)
from dateline.descriptors.whole import described
from dateline.differences import Change, diff, plain_change, step_needed, step_taken
from dateline.digests import canonical_json, plain
from dateline.errors import DigestMismatch, Fault, InvalidRecord, InvalidValue, VersionRule
from dateline.fingerprints import fingerprint, sha256, tagged
from dateline.ids import parse_article_id, parse_version, version_key
from dateline.manifests import (
    ARTICLES,
    ENTITIES,
    MANIFEST,
    Manifest,
    manifest_bytes,
    manifest_of,
    record_lines,
)
from dateline.own_releases import read_release
from dateline.spans import loose, nfc_lf


# What turns raw articles into drafts to curate, by the million.
__all__ = ["CHANGES", "Release", "make_fingerprints", "map_batches", "release"]


CHANGES: Final = "changes.jsonl"


@frozen(kw_only=True)
class Release:
    """
    A release that was made: its manifest, where it is, and what changed since the one before.
    """

    manifest: Manifest

    folder: Path

    #: Of the manifest's bytes: what the catalogue vouches for.
    manifest_digest: str

    changes: tuple[Change, ...]


def release(folder: str | os.PathLike[str], into: str | os.PathLike[str]) -> Release:
    """
    Freeze the curated source in *folder* as a new release under *into*, in ``into/name/version``.

    The version before it is looked for under *into*.

    Raises:
        InvalidRecord: If the corpus breaks a coded rule; every error is named.
        VersionRule: If the version number promises less change than there is, or skips one.
        ReleaseExists: If the version is there already.
        NotWritten: If it cannot be saved; then nothing is left behind.
        And whatever :func:`dateline.curated.read_source` raises.
    """
    source = read_source(folder)
    corpus = source.corpus
    name = str(corpus.dataset)
    previous = _previous(Path(into), name, source.version)
    changes = diff(previous or Corpus.of([]), corpus)
    _refuse(corpus, previous, source.sources)
    if previous is not None:
        _keep_rule(str(previous.version), source.version, changes)
    data = {
        ARTICLES: record_lines(corpus.articles.values()),
        ENTITIES: record_lines(corpus.entities.values()),
        CHANGES: b"".join(canonical_json(plain_change(change)) + b"\n" for change in changes),
        SOURCES: source.sources,
    }
    contents = described(corpus, data)
    manifest = manifest_of(corpus, contents)
    saved = manifest_bytes(manifest)
    target = Path(into) / name / source.version
    files.publish(target, {**contents, MANIFEST: saved}, manifest.release)

    return Release(manifest=manifest, folder=target, manifest_digest=sha256(saved), changes=changes)


def make_fingerprints(folder: str | os.PathLike[str], texts: str | os.PathLike[str]) -> Path:
    """
    Write ``fingerprints.json`` for the curated source in *folder* from the *texts*; the path of the file.

    A text is taken only if it has the digest that the article's ``capture`` names.

    Raises:
        NotRead: If a text is missing.
        DigestMismatch: If it is another text.
        NotWritten: If the result cannot be saved.
    """
    found = {}
    for file, data in drafts(folder):
        identifier = parse_article_id(str(data.get("id")))
        capture = as_table(data.get("capture", {}), "capture", file)
        name = str(capture.get("file", file))
        text = files.read(Path(texts) / Path(name).name)
        if sha256(text) != capture.get("digest"):
            raise DigestMismatch(name, str(capture.get("digest")), sha256(text))
        furniture = furniture_of(data, file)
        printed = plain(fingerprint(text, identifier, furniture))
        printed.pop("furniture", None)
        folded = loose(nfc_lf(text))
        spans = [tagged(span, folded, identifier) for span in evidence_of(data, file)]
        found[identifier] = {
            "text": printed,
            "tags": {f"{span.start}-{span.end}": span.tag for span in spans},
        }
    target = Path(folder) / FINGERPRINTS
    files.write(target, json.dumps(found, indent=1, sort_keys=True).encode() + b"\n")

    return target


def _previous(root: Path, name: str, version: str) -> Corpus | None:
    folder = root / name
    entries = folder.iterdir() if folder.is_dir() else ()
    released = [entry.name for entry in entries if (entry / MANIFEST).is_file() and _is_version(entry.name)]
    earlier = [number for number in released if version_key(number) < version_key(version)]
    if not earlier:
        return None

    return read_release(folder / max(earlier, key=version_key))


def _is_version(name: str) -> bool:
    # A draft that a power cut left behind is none.
    try:
        return bool(parse_version(name))
    except InvalidValue:
        return False


def _refuse(corpus: Corpus, previous: Corpus | None, sources: bytes) -> None:
    sequel = () if previous is None else check_sequel(previous, corpus)
    findings = (*check(corpus), *sequel, *check_references(corpus, sources.decode()))
    faults = [Fault("$", str(finding), finding.code) for finding in findings if finding.is_error]
    if faults:
        raise InvalidRecord(f"corpus {corpus.dataset} {corpus.version}", tuple(faults))


def _keep_rule(previous: str, version: str, changes: tuple[Change, ...]) -> None:
    needed = step_needed(changes)
    if step_taken(previous, version) != needed:
        raise VersionRule(previous, version, needed)
