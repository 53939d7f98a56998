"""
The digest of more records than are held: the same as of few, however many runs were laid down.
"""

from __future__ import annotations

import errno
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.digests import corpus_digest
from dateline.errors import InvalidRecord, NotWritten
from dateline.sorting import CorpusDigest


KINDS = st.sampled_from(["article", "entity"])
IDS = st.text("ab-/0", min_size=1, max_size=6)


@pytest.mark.properties
@given(st.dictionaries(st.tuples(KINDS, IDS), st.integers(0, 9), max_size=20), st.integers(1, 5))
def test_runs_do_not_change_the_digest(records, run):
    """
    However few lines are held at a time, the digest is that of all of them.
    """
    lines = [(kind, identifier, f"sha256:{number}") for (kind, identifier), number in records.items()]
    with CorpusDigest(run=run) as digest:
        for line in lines:
            digest.add(*line)

        assert corpus_digest(lines) == digest.of("corpus")


@pytest.mark.parametrize("run", [1, 2, 100])
def test_an_id_that_stands_twice_is_named(run):
    """
    Twins are found, whether they lie in one run or in two; an article and an entity are none.
    """
    with CorpusDigest(run=run) as digest:
        for kind, identifier in (("article", "b"), ("entity", "a"), ("article", "a"), ("article", "b")):
            digest.add(kind, identifier, "sha256:1")
        with pytest.raises(InvalidRecord, match=r"^x: id 'b' stands twice @ \$\.articles$"):
            digest.of("x")


def test_a_window_may_end_anywhere(monkeypatch):
    """
    Lines are whole again, wherever the pieces end in which a run is read.
    """
    monkeypatch.setattr("dateline.sorting.WINDOW", 7)
    lines = [("article", f"a-{number}", "sha256:1") for number in range(30)]
    with CorpusDigest(run=8) as digest:
        for line in lines:
            digest.add(*line)

        assert corpus_digest(lines) == digest.of("corpus")


@pytest.mark.parametrize("call", ["tempfile.TemporaryFile", "heapq.merge"])
def test_a_scratch_file_that_fails_is_an_error_of_ours(call, monkeypatch):
    """
    Where the scratch file cannot be made or read, the save fails with the reason.
    """

    def failing(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(call, failing)
    with CorpusDigest(run=1) as digest, pytest.raises(NotWritten, match="a scratch file was not written: No"):
        counted(digest, "a")


def counted(digest, *identifiers):
    """
    The digest of articles of those ids, counted in.
    """
    for identifier in identifiers:
        digest.add("article", identifier, "sha256:1")

    return digest.of("corpus")
