"""
``manifest-sha256.txt``: one line a file, as ``sha256sum`` takes it.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess

import pytest
from descriptors.releases import files_of, saved

from dateline.descriptors.sha256_manifest import NAME, write
from dateline.testing import tiny_corpus


def check(folder):
    """
    What ``sha256sum`` says of the files in *folder*.
    """
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("sha256sum is not installed")

    return subprocess.run(
        [program, "--check", "--strict", NAME], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def folder(tmp_path):
    """
    A folder with the files of a release, their digests among them.
    """
    return saved(files_of(tiny_corpus()), tmp_path / "release")


def test_lines_are_sorted_and_those_of_bagit():
    """
    Digest, two spaces, name: a line each, sorted by name, without itself and the manifest that names it.
    """
    files = {"b.csv": b"b", "a.csv": b"a", "manifest.json": b"{}", NAME: b""}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}

    assert f"{digests['a.csv']}  a.csv\n{digests['b.csv']}  b.csv\n".encode() == write(tiny_corpus(), files)


@pytest.mark.interop
def test_sha256sum_finds_every_file(folder):
    """
    The real program confirms each file, and needs no other.
    """
    result = check(folder)

    assert (0, "") == (result.returncode, result.stderr)
    assert sorted(f"{name}: OK" for name in files_of(tiny_corpus()) if name != NAME) == sorted(
        result.stdout.split("\n")[:-1]
    )


@pytest.mark.interop
def test_sha256sum_finds_a_changed_file(folder):
    """
    A file of which one byte is another is named, and so is one that is missing.
    """
    data = (folder / "claims.csv").read_bytes()
    (folder / "claims.csv").write_bytes(data.replace(b"ferry", b"fErry", 1))
    (folder / "sources.csv").unlink()
    result = check(folder)

    assert result.returncode != 0
    assert "claims.csv: FAILED\n" in result.stdout
    assert "sources.csv: FAILED open or read\n" in result.stdout
