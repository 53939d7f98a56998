"""
No byte of the release can change unseen.

The whole way in is tried with every byte of the manifest and one in each 256 of the rest (some seconds);
the comparison with the manifest is tried with every byte there is (`slow`: a minute).
"""

from __future__ import annotations

import itertools

import attrs
import pytest

from dateline import catalog
from dateline.codec import decode_manifest
from dateline.errors import DamagedRelease, DatelineError, DigestMismatch
from dateline.manifests import MANIFEST, verified


#: One byte of each block is flipped on the whole way in.
BLOCK = 256
FILES = (
    *("CITATION.cff", "README.md", "SOURCES.md", "articles.csv", "articles.jsonl", "changes.jsonl"),
    *("claims.csv", "croissant.json", "datacite.json", "datapackage.json", "entities.csv", "entities.jsonl"),
    *("manifest-sha256.txt", "ro-crate-metadata.json", "schema.json", "sources.csv"),
)


def flipped(data, offset, mask=1):
    """
    The bytes with one of them changed.
    """
    return b"".join([data[:offset], bytes([data[offset] ^ mask]), data[offset + 1 :]])


def unseen(served, name, offsets, masks=(1,)):
    """
    Those offsets at which a changed byte is loaded as if nothing were.
    """
    data = served[name]
    found = []
    for offset, mask in zip(offsets, itertools.cycle(masks), strict=False):
        served[name] = flipped(data, offset, mask)
        try:
            catalog.load("ukraine-2022")
        except DigestMismatch:
            continue
        found.append(offset)

    return found


def test_the_files_that_are_flipped_are_those_that_ship(contents):
    """
    These tests know every file of the release.
    """
    assert {*contents} == {MANIFEST, *FILES}


def test_a_flip_in_the_manifest_is_found(served):
    """
    No byte of the manifest can be changed.
    """
    assert [] == unseen(served, MANIFEST, range(len(served[MANIFEST])))


@pytest.mark.parametrize("name", FILES)
def test_a_flip_in_each_block_is_found(served, name):
    """
    On the whole way in no block of a file can be changed; the place in the block and the bit go round.
    """
    size = len(served[name])
    blocks = range(0, size, BLOCK)
    offsets = [min(start + (7 * number) % BLOCK, size - 1) for number, start in enumerate(blocks)]

    assert [] == unseen(served, name, offsets, [1 << bit for bit in range(8)])
    assert len(offsets) == -(-size // BLOCK)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_every_flip_is_found(contents, name):
    """
    The comparison with the manifest finds a change of any one byte.
    """
    manifest = decode_manifest(contents[MANIFEST])
    alone = attrs.evolve(manifest, files=[file for file in manifest.files if file.name == name])
    data = bytearray(contents[name])
    found = 0
    for offset in range(len(data)):
        data[offset] ^= 1
        try:
            verified(alone, lambda _: data)
        except DigestMismatch:
            found += 1
        data[offset] ^= 1

    assert len(data) == found
    assert {name: data} == verified(alone, lambda _: data)


@pytest.mark.parametrize("name", [MANIFEST, *FILES])
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[:-1], id="last-byte-lost"),
        pytest.param(lambda data: data[: len(data) // 2], id="half"),
        pytest.param(lambda data: data + b"\n", id="one-byte-more"),
        pytest.param(lambda data: data + b"\0" * 4096, id="zeros-appended"),
        pytest.param(lambda data: b"\0" * len(data), id="zeroed"),
        pytest.param(lambda data: data[1:] + data[:1], id="rotated"),
        pytest.param(lambda data: data.replace(b"\n", b"\r\n"), id="windows-line-ends"),
        pytest.param(lambda data: b"\xef\xbb\xbf" + data, id="byte-order-mark"),
    ],
)
def test_other_damage_is_found(served, name, damage):
    """
    A file cut, lengthened, zeroed, turned or converted is refused, and named.
    """
    served[name] = damage(served[name])

    with pytest.raises(DatelineError, match=f"(?s)ukraine-2022 2.0.0.*{name}") as caught:
        catalog.load("ukraine-2022")
    assert isinstance(caught.value, DamagedRelease | DigestMismatch)
