"""
A store is opened if its files are those of its manifest, and otherwise refused by name.
"""

from __future__ import annotations

import json
import shutil

import pytest
from pyarrow import parquet

from dateline import store
from dateline.errors import (
    DamagedRelease,
    DamagedStore,
    DatelineError,
    DigestMismatch,
    InvalidDocument,
    InvalidRecord,
    NewerSchema,
    NotRead,
)
from dateline.formats import dump
from dateline.store.layout import MANIFEST
from dateline.testing import tiny_corpus


FIRST, SECOND = "articles-00000.parquet", "articles-00001.parquet"


def manifest_with(folder, **changes):
    """
    Change keys of a store's manifest.
    """
    value = json.loads((folder / MANIFEST).read_bytes())
    (folder / MANIFEST).write_text(json.dumps(value | changes), "utf-8")


def test_a_sound_store_is_opened(written):
    """
    A store that is as it was written is opened, and knows whether its digests were checked.
    """
    assert (False, True) == (store.open(written).verified, store.open(str(written), verify=True).verified)
    assert [written / FIRST, written / SECOND] == list(store.open(written).paths("articles")[:2])
    assert () == store.open(written).paths("sources")
    assert store.open(written).description is None


def test_a_store_knows_its_digest(written, corpus):
    """
    The digest of a store is computed from its records, whatever the manifest says.
    """
    manifest_with(written, digest="sha256:" + "0" * 64)

    assert corpus.digest == store.open(written).digest() != store.open(written).pin.digest


def test_stray_files_do_no_harm(written):
    """
    What is no table is not looked at.
    """
    (written / ".DS_Store").write_bytes(b"\0")

    assert store.open(written, verify=True).verified


def damaged(folder, name):
    """
    A page of the records overwritten in a file that keeps its size.
    """
    metadata = parquet.read_metadata(folder / name)
    page = metadata.row_group(0).column(metadata.num_columns - 1)
    data = bytearray((folder / name).read_bytes())
    data[page.data_page_offset + 20 : page.data_page_offset + 200] = b"\xff" * 180
    (folder / name).write_bytes(data)


def swap(folder):
    """
    Two files under each other's name.
    """
    (folder / FIRST).rename(folder / "x")
    (folder / SECOND).rename(folder / FIRST)
    (folder / "x").rename(folder / SECOND)


DAMAGE = {
    "cut": (lambda folder: (folder / FIRST).write_bytes((folder / FIRST).read_bytes()[:-1]), "bytes instead"),
    "longer": (lambda folder: (folder / FIRST).write_bytes(bytes(99_999)), "has 99999 bytes instead"),
    "empty": (lambda folder: (folder / FIRST).write_bytes(b""), "has 0 bytes instead"),
    "missing": (lambda folder: (folder / FIRST).unlink(), "is missing"),
    "linked": (lambda folder: relinked(folder / FIRST), "no ordinary file"),
    "a-folder": (lambda folder: (folder / FIRST).unlink() or (folder / FIRST).mkdir(), "no ordinary file"),
    "one-too-many": (
        lambda folder: shutil.copy(folder / FIRST, folder / "articles-00099.parquet"),
        "articles-00099.parquet is not in the manifest",
    ),
    "swapped": (swap, "bytes instead"),
}


def relinked(path):
    """
    Move a file elsewhere and put a link in its place.
    """
    target = path.parent.parent / "elsewhere"
    path.rename(target)
    path.symlink_to(target)


@pytest.mark.parametrize("damage", DAMAGE)
def test_every_size_is_checked(written, damage):
    """
    A file that is missing, cut, swapped or one too many is named when the store is opened, digests or not.
    """
    damage_it, problem = DAMAGE[damage]
    damage_it(written)

    with pytest.raises(DamagedStore, match=problem) as caught:
        store.open(written)
    assert "news 1.0.0" == caught.value.release
    assert caught.value.file.startswith("articles-")
    assert isinstance(caught.value, DamagedRelease)


def test_a_changed_file_of_the_same_size_is_found_by_its_digest(written):
    """
    Where only the bytes differ, opening with digests, and verifying, name the file.
    """
    damaged(written, FIRST)

    assert not store.open(written).verified
    for call in (lambda: store.open(written, verify=True), lambda: store.verify(written)):
        with pytest.raises(DigestMismatch, match=f"news 1.0.0: {FIRST}"):
            call()


def test_files_of_one_size_that_were_swapped_are_found(tmp_path, several):
    """
    Two files of the same size under each other's name differ in their digests.
    """
    store.write(several(8), tmp_path, name="news", version="1.0.0", part_size=4)
    folder = tmp_path / "news" / "1.0.0"
    size = max((folder / name).stat().st_size for name in (FIRST, SECOND))
    value = json.loads((folder / MANIFEST).read_bytes())
    for part in value["parts"][:2]:
        part["files"][0]["size"] = size
    for name in (FIRST, SECOND):
        (folder / name).write_bytes((folder / name).read_bytes().ljust(size, b"\0"))
    (folder / MANIFEST).write_text(json.dumps(value), "utf-8")
    swap(folder)

    with pytest.raises(DigestMismatch, match=FIRST):
        store.open(folder, verify=True)


def test_a_damaged_page_is_found_in_reading(written):
    """
    Who did not ask for digests is told file and row by the first page that cannot be read.
    """
    damaged(written, FIRST)

    with pytest.raises(InvalidDocument, match=f"{FIRST}:1: must be a sound Parquet file"):
        list(store.open(written).articles())


def test_what_is_no_parquet_is_refused(written):
    """
    A file of the right size that is no Parquet at all is named.
    """
    (written / FIRST).write_bytes(bytes((written / FIRST).stat().st_size))

    with pytest.raises(InvalidDocument, match=f"{FIRST}: must be a sound Parquet file"):
        list(store.open(written).articles())


MANIFESTS = {
    "missing": (lambda folder: (folder / MANIFEST).unlink(), NotRead, "is missing"),
    "linked": (lambda folder: relinked(folder / MANIFEST), NotRead, "is a link"),
    "torn": (lambda folder: (folder / MANIFEST).write_bytes(b'{"name":'), InvalidDocument, "must be JSON"),
    "no-object": (lambda folder: (folder / MANIFEST).write_bytes(b"[]"), InvalidRecord, "expected an object"),
    "unknown-key": (
        lambda folder: manifest_with(folder, colour="red"),
        InvalidRecord,
        "unknown key 'colour'",
    ),
    "no-digest": (lambda folder: manifest_with(folder, digest="md5:0"), InvalidRecord, "digest must be"),
    "later": (lambda folder: manifest_with(folder, min_reader="99.0.0"), NewerSchema, "99.0.0 or later"),
    "no-reader": (lambda folder: manifest_with(folder, min_reader="soon"), InvalidRecord, "min_reader"),
    "layout": (lambda folder: manifest_with(folder, layout=2), DamagedStore, "has layout 2"),
    "articles": (lambda folder: manifest_with(folder, articles=41), DamagedStore, "says 41 articles"),
    "claims": (lambda folder: manifest_with(folder, claims=1), DamagedStore, "says 1 claims"),
    "entities": (lambda folder: manifest_with(folder, entities=0), DamagedStore, "says 0 entities"),
    "outside": (
        lambda folder: part_with(folder, name="../articles-00000.parquet"),
        InvalidRecord,
        "articles-00000.parquet",
    ),
    "negative": (lambda folder: part_with(folder, size=-1), InvalidRecord, "size"),
    "rows": (lambda folder: part_with(folder, rows=3), DamagedStore, "has 3 rows for"),
    "twice": (lambda folder: part_with(folder, name=SECOND), DamagedStore, f"names {SECOND} twice"),
    "tables": (
        lambda folder: part_with(folder, name="claims-00077.parquet"),
        DamagedStore,
        "with the tables claims, claims",
    ),
}


def part_with(folder, **changes):
    """
    Change what a store's manifest says of the first file of its first part.
    """
    value = json.loads((folder / MANIFEST).read_bytes())
    value["parts"][0]["files"][0] |= changes
    (folder / MANIFEST).write_text(json.dumps(value), "utf-8")


@pytest.mark.parametrize("wrong", MANIFESTS)
def test_a_wrong_manifest_is_refused(written, wrong):
    """
    A manifest that is none, contradicts itself or asks for a later package is refused, with what is wrong.
    """
    change, error, problem = MANIFESTS[wrong]
    change(written)

    with pytest.raises(error, match=problem):
        store.open(written)


def test_another_stores_manifest_is_refused(written, tmp_path, several):
    """
    A manifest that belongs to other files does not fit.
    """
    store.write(several(12), tmp_path, name="other", version="1.0.0", part_size=8)
    shutil.copy(tmp_path / "other" / "1.0.0" / MANIFEST, written / MANIFEST)

    with pytest.raises(DamagedStore, match=r"store other 1\.0\.0 is damaged"):
        store.open(written)


def test_other_folders_are_no_stores(tmp_path):
    """
    A folder of the format Parquet, or none at all, is refused as one without a manifest.
    """
    dump(tiny_corpus(), tmp_path / "tiny", "parquet")
    for folder in (tmp_path / "tiny", tmp_path / "nowhere"):
        with pytest.raises(NotRead, match=r"manifest\.json was not read: is missing"):
            store.open(folder)


def test_a_folder_that_cannot_be_listed_is_named(written, monkeypatch):
    """
    What the system refuses is told with the folder's name.
    """

    def refused(folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.listdir", refused)
    with pytest.raises(NotRead, match="Permission denied"):
        store.open(written)


def test_a_file_that_cannot_be_read_is_named(written, monkeypatch):
    """
    A file that vanishes between its size and its digest is named.
    """
    manifest = store.open(written).manifest
    (written / FIRST).unlink()

    monkeypatch.setattr("dateline.store.opening.check_sizes", lambda *_: None)
    with pytest.raises(NotRead, match=f"{manifest.files[0].name} was not read: No such file"):
        store.open(written, verify=True)


def test_every_refusal_is_ours(written):
    """
    Whoever catches DatelineError catches every refusal of these tests.
    """
    assert all(issubclass(error, DatelineError) for _, error, _ in MANIFESTS.values())
