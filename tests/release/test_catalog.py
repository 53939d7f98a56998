"""
Asking for a shipped dataset: what is found, and what is refused.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dateline import catalog
from dateline.catalog import load, verify
from dateline.differences import diff
from dateline.errors import (
    DamagedRelease,
    DatelineError,
    DigestMismatch,
    InvalidDocument,
    InvalidValue,
    NewerSchema,
    NoSuchDataset,
    NoSuchVersion,
    NotRead,
)
from dateline.fingerprints import sha256
from dateline.ids import Pin
from dateline.manifests import ARTICLES, ENTITIES, MANIFEST
from dateline.own_releases import read_manifest, read_release


OTHER = "sha256:" + "0" * 64


@pytest.fixture(scope="module")
def pin(ukraine):
    """
    The printed pin of what ships.
    """
    return str(ukraine.pin)


def test_all_ways_to_ask_give_the_same(ukraine, pin):
    """
    A name, its parts, a printed pin and a pin mean one corpus.
    """
    digest = ukraine.pin.digest
    asked = [
        load("ukraine-2022", version="2.0.0"),
        load("ukraine-2022", digest=digest),
        load("ukraine-2022", version="2.0.0", digest=digest),
        load("ukraine-2022@2.0.0"),
        load("ukraine-2022@2.0.0", digest=digest),
        load(pin),
        load(pin, version="2.0.0", digest=digest),
        load(Pin.parse(pin)),
    ]

    assert [ukraine] * 8 == asked
    assert {pin} == {str(corpus.pin) for corpus in asked}


def test_repackaged_records_are_the_same():
    """
    The versions that differ in their files only have the same records, and each has a pin of its own.
    """
    first, second = (load("ukraine-2022", version=version) for version in ("1.0.0", "1.0.1"))

    assert (first.digest, ()) == (second.digest, diff(first, second))
    assert ("1.0.0", "1.0.1") == (first.pin.version, second.pin.version)


@pytest.mark.parametrize("version", catalog.MANIFESTS["ukraine-2022"])
def test_every_version_that_ships_is_whole(version):
    """
    A version that was released once is there with every byte.
    """
    assert version == verify("ukraine-2022", version=version).version


def test_the_pin_of_a_verified_release(ukraine, pin):
    """
    Verifying answers with the pin of what is there, digest included.
    """
    assert ukraine.pin == verify("ukraine-2022") == verify(pin)


REFUSED = {
    "unknown": (
        ("ukraine-2023", {}),
        NoSuchDataset,
        "no dataset 'ukraine-2023'; did you mean 'ukraine-2022'?",
    ),
    "far-off": (("titanic", {}), NoSuchDataset, "no dataset 'titanic'; there is 'ukraine-2022'"),
    "unknown-pin": (("titanic@2.0.0", {}), NoSuchDataset, "no dataset 'titanic'; there is 'ukraine-2022'"),
    "version": (
        ("ukraine-2022", {"version": "1.0.2"}),
        NoSuchVersion,
        "no dataset version 'ukraine-2022 1.0.2'; did you mean '1.0.1', '1.0.0', '2.0.0'?",
    ),
    "far-version": (
        ("ukraine-2022@23.45.67", {}),
        NoSuchVersion,
        "no dataset version 'ukraine-2022 23.45.67'; there is '1.0.0', '1.0.1', '2.0.0'",
    ),
    "two-versions": (
        ("ukraine-2022@2.0.0", {"version": "1.0.2"}),
        InvalidValue,
        "version beside the pin must be the pin's own, 2.0.0, got '1.0.2'",
    ),
    "two-digests": (
        (f"ukraine-2022@2.0.0#{OTHER}", {"digest": OTHER.replace("0", "1")}),
        InvalidValue,
        f"digest beside the pin must be the pin's own, {OTHER}, got '{OTHER.replace('0', '1')}'",
    ),
    "content": (
        ("ukraine-2022", {"digest": OTHER}),
        DigestMismatch,
        f"corpus ukraine-2022 2.0.0 must have digest {OTHER}",
    ),
    "content-of-pin": (
        (f"ukraine-2022@2.0.0#{OTHER}", {}),
        DigestMismatch,
        "corpus ukraine-2022 2.0.0 must have digest",
    ),
    "case": (
        ("Ukraine-2022", {}),
        InvalidValue,
        "dataset name must look like 'ukraine-2022', got 'Ukraine-2022'",
    ),
    "empty": (("", {}), InvalidValue, "dataset name must look like"),
    "no-text": ((None, {}), InvalidValue, "dataset name must look like 'ukraine-2022', got None"),
    "folder": (("../ukraine-2022", {}), InvalidValue, "dataset name must look like"),
    "folder-version": (
        ("ukraine-2022@../2.0.0", {}),
        InvalidValue,
        "version must look like '1.0.0', got '../2.0.0'",
    ),
    "short-version": (("ukraine-2022@1.0", {}), InvalidValue, "version must look like '1.0.0', got '1.0'"),
    "latest": (("ukraine-2022@latest", {}), InvalidValue, "version must look like '1.0.0', got 'latest'"),
    "number": (("ukraine-2022", {"version": 1.0}), InvalidValue, "version must look like '1.0.0', got 1.0"),
    "no-version": (("ukraine-2022", {"version": ""}), InvalidValue, "version must look like '1.0.0', got ''"),
    "no-digest": (("ukraine-2022", {"digest": ""}), InvalidValue, "digest must be 'sha256:' and 64"),
    "no-digest-in-pin": (("ukraine-2022@2.0.0#", {}), InvalidValue, "digest must be 'sha256:' and 64"),
    "weak": (("ukraine-2022@2.0.0#md5:0", {}), InvalidValue, "digest must be 'sha256:' and 64"),
    "upper-case": (
        (f"ukraine-2022@2.0.0#sha256:{'A' * 64}", {}),
        InvalidValue,
        "digest must be 'sha256:' and 64",
    ),
    "two-ats": (("ukraine-2022@2.0.0@2.0.0", {}), InvalidValue, "version must look like '1.0.0'"),
    "padded": ((" ukraine-2022", {}), InvalidValue, "dataset name must look like"),
    "line-feed": (("ukraine-2022\n", {}), InvalidValue, "dataset name must look like"),
}


@pytest.mark.parametrize("asked", [load, verify])
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(asked, case):
    """
    What is not there, malformed or contradictory is refused, with what would have been right.
    """
    (name, parts), error, message = REFUSED[case]

    with pytest.raises(error) as caught:
        asked(name, **parts)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", [MANIFEST, ARTICLES, ENTITIES, "SOURCES.md", "changes.jsonl"])
def test_a_missing_file_is_named(served, name):
    """
    A release without one of its files is refused, and the file is named.
    """
    del served[name]

    with pytest.raises(DamagedRelease) as caught:
        load("ukraine-2022")
    assert f"release ukraine-2022 2.0.0 is damaged: {name} is missing; install or copy it again" == str(
        caught.value
    )


def test_swapped_files_are_refused(served):
    """
    Two files under each other's name are refused.
    """
    served[ARTICLES], served[ENTITIES] = served[ENTITIES], served[ARTICLES]

    with pytest.raises(DamagedRelease, match=r"articles\.jsonl has 36512 bytes instead of 159294"):
        load("ukraine-2022")


def test_a_manifest_made_to_agree_is_refused(shipped, served, tmp_path, signed):
    """
    Who alters the records and the manifest to match still meets the digest in the code.
    """
    forged = shutil.copytree(shipped, tmp_path / "forged")
    signed(forged, ENTITIES, served[ENTITIES].replace(b'"Kherson"', b'"Cherson"'))
    served.update({file.name: file.read_bytes() for file in forged.iterdir()})

    with pytest.raises(DigestMismatch) as caught:
        load("ukraine-2022")
    assert caught.value.subject == "ukraine-2022 2.0.0: manifest.json"
    assert caught.value.expected == catalog.MANIFESTS["ukraine-2022"]["2.0.0"]
    assert caught.value.actual == sha256(served[MANIFEST])


@pytest.fixture
def vouched(monkeypatch, served):
    """
    Let the catalogue vouch for whatever manifest is served, as if it had been released so.
    """

    def vouch():
        digests = {"ukraine-2022": {"2.0.0": sha256(served[MANIFEST])}}
        monkeypatch.setattr(catalog, "MANIFESTS", digests)

    return vouch


def test_a_digest_of_the_corpus_that_is_wrong_is_refused(shipped, served, vouched, tmp_path, signed):
    """
    The digest of the corpus is recomputed from the records, never believed from the manifest.
    """
    forged = shutil.copytree(shipped, tmp_path / "forged")
    signed(forged, ARTICLES, served[ARTICLES], digest=OTHER)
    served[MANIFEST] = (forged / MANIFEST).read_bytes()
    vouched()

    with pytest.raises(DigestMismatch) as caught:
        load("ukraine-2022")
    assert ("corpus ukraine-2022 2.0.0", OTHER) == (caught.value.subject, caught.value.expected)


def test_a_release_for_a_later_package_is_refused(shipped, served, vouched, tmp_path, signed):
    """
    A release that needs a later package says which.
    """
    later = shutil.copytree(shipped, tmp_path / "later")
    signed(later, ARTICLES, served[ARTICLES], min_reader="99.0.0")
    served[MANIFEST] = (later / MANIFEST).read_bytes().replace(b'"schema"', b'"rooms":[1],"schema"')
    vouched()

    with pytest.raises(NewerSchema, match=r"ukraine-2022 2\.0\.0 needs dateline 99\.0\.0 or later, this is "):
        load("ukraine-2022")


def test_a_manifest_that_forgets_the_articles_is_refused(served, vouched, shipped):
    """
    A manifest must name the files that the records are in.
    """
    served[MANIFEST] = served[MANIFEST].replace(b'"articles.jsonl"', b'"articles.other"')
    served["articles.other"] = served[ARTICLES]
    vouched()

    with pytest.raises(DamagedRelease, match=r"manifest\.json names no articles\.jsonl"):
        load("ukraine-2022")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param(MANIFEST, b"{", id="no-json"),
        pytest.param(MANIFEST, b"[]", id="no-manifest"),
        pytest.param(MANIFEST, b"\xff\xfe", id="no-utf-8"),
        pytest.param(MANIFEST, b"[" * 100_000, id="deep"),
    ],
)
def test_a_vouched_manifest_that_is_none_is_refused(served, vouched, name, data):
    """
    Even what the code vouches for is refused by name if it is no manifest.
    """
    served[name] = data
    vouched()

    with pytest.raises(InvalidDocument, match="manifest:1: "):
        load("ukraine-2022")


def test_a_file_that_cannot_be_read_is_named(monkeypatch):
    """
    A file that the system does not give is an error of ours, with its reason.
    """

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)

    with pytest.raises(NotRead, match=r"manifest\.json was not read: Permission denied"):
        load("ukraine-2022")


def test_where_the_package_is_no_folder(monkeypatch, ukraine):
    """
    Where the package's own path leads to no folder, as in a zip file, its resources are asked for.
    """
    monkeypatch.setattr(catalog, "__file__", "/nowhere/dateline.zip/dateline/catalog.py")

    assert ukraine == load("ukraine-2022")


@pytest.fixture
def installed(monkeypatch, shipped, tmp_path):
    """
    A copy of the shipped folder that the catalogue takes for the package's.
    """
    folder = shutil.copytree(shipped, tmp_path / "installed")
    monkeypatch.setattr(catalog, "_folder", lambda pin: folder)

    return folder


@pytest.mark.parametrize("name", [".DS_Store", "articles.jsonl.bak", "Thumbs.db", "__pycache__"])
def test_a_stray_file_does_no_harm(installed, ukraine, name):
    """
    A file that some desktop left in the folder keeps nobody from loading, but verifying names it.
    """
    if name == "__pycache__":
        (installed / name).mkdir()
    else:
        (installed / name).write_bytes(b"\0\0\0\1Bud1")

    assert ukraine == load("ukraine-2022")
    with pytest.raises(DamagedRelease) as caught:
        verify("ukraine-2022")
    assert (name, "does not belong to it") == (caught.value.file, caught.value.problem)


def test_a_folder_without_a_release_is_refused(installed):
    """
    Where the whole folder is gone, the manifest is what is missing.
    """
    shutil.rmtree(installed)

    with pytest.raises(DamagedRelease, match=r"manifest\.json is missing"):
        verify("ukraine-2022")


def test_a_folder_in_place_of_a_file_is_refused(installed):
    """
    A folder under a file's name counts as a missing file.
    """
    (installed / ARTICLES).unlink()
    (installed / ARTICLES).mkdir()

    with pytest.raises(DamagedRelease, match=r"articles\.jsonl is missing"):
        load("ukraine-2022")


def test_every_refusal_is_ours():
    """
    One class catches all of it.
    """
    assert all(issubclass(error, DatelineError) for _, error, _ in REFUSED.values())


def test_the_manifest_is_the_one_that_the_strict_door_reads(shipped, ukraine):
    """
    Both doors read one manifest.
    """
    manifest = read_manifest(shipped)

    assert (ukraine.pin, ukraine.description) == (manifest.pin, manifest.description)
    assert "ukraine-2022 2.0.0" == manifest.release
    assert ukraine == read_release(shipped)
