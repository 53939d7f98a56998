"""
The digest of each file of a release, in the lines that ``sha256sum --check`` and BagIt take.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dateline.corpus import Corpus
from dateline.fingerprints import sha256
from dateline.manifests import MANIFEST


NAME: Final = "manifest-sha256.txt"

#: The release's manifest names this file, and so cannot be named by it.
_LEFT_OUT: Final = (NAME, MANIFEST)


def write(corpus: Corpus, files: Mapping[str, bytes]) -> bytes:
    """
    A line for each file but this one and ``manifest.json``, sorted by name: digest, two spaces, name.

    Source: BagIt, RFC 8493, section 2.1.3. No name of a release's file holds what would be encoded there.

    >>> from dateline.testing import tiny_corpus
    >>> print(write(tiny_corpus(), {"b.csv": b"", "a.csv": b"id"}).decode())
    a56145270ce6b3bebd1dd012b73948677dd618d496488bc608a3cb43ce3547dd  a.csv
    e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b.csv
    <BLANKLINE>
    """
    lines = (
        f"{sha256(data).removeprefix('sha256:')}  {name}\n"
        for name, data in sorted(files.items())
        if name not in _LEFT_OUT
    )

    return "".join(lines).encode()
