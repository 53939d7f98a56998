"""
A release with all that describes it.
"""

from __future__ import annotations

import pytest
from descriptors.releases import CORPORA, files_of

from dateline.corpus import Corpus
from dateline.descriptors.kinds import FILES
from dateline.descriptors.whole import described
from dateline.ids import Pin
from dateline.manifests import MANIFEST


def test_every_file_is_there_and_known():
    """
    Of each file that a release has it is known what it holds, and the digests of all come last.
    """
    files = described(CORPORA["tiny"](), dict.fromkeys(["changes.jsonl", "articles.jsonl"], b""))

    assert list(files)[-1] == "manifest-sha256.txt"
    assert set(FILES) - set(files) == {MANIFEST, "SOURCES.md", "entities.jsonl"}
    assert set(files) <= set(FILES)


@pytest.mark.parametrize("name", CORPORA)
def test_the_order_of_the_data_does_not_matter(name):
    """
    The same files from data in another order, in the same order.
    """
    corpus = CORPORA[name]()
    files = files_of(corpus)
    data = {name: files[name] for name in ("SOURCES.md", "entities.jsonl", "articles.jsonl")}

    assert list(files.items()) == list(described(corpus, data).items())


def test_a_release_and_what_is_loaded_from_it_are_described_alike():
    """
    The order of the records, and that the pin has no digest before the release, make no difference.
    """
    loaded = CORPORA["tiny"]()
    made = Corpus.of(
        reversed(list(loaded.values())),
        reversed(list(loaded.entities.values())),
        pin=Pin(loaded.pin.dataset, loaded.pin.version),
        description=loaded.description,
    )

    assert files_of(loaded) == files_of(made)
