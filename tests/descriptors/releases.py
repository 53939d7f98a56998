"""
Corpora to describe, and the files of their releases.
"""

from __future__ import annotations

from attrs import evolve
from formats import hostile
from formats.linked_data import full_corpus
from hypothesis import strategies as st
from strategies import corpora, texts, versions

import dateline
from dateline.descriptions import Description
from dateline.descriptors.whole import described
from dateline.ids import DatasetName, Pin, Version
from dateline.manifests import ARTICLES, ENTITIES, record_lines
from dateline.testing import tiny_corpus


#: By name: ours, an invented one, and one with a hostile text in every field that takes one.
CORPORA = {
    "ukraine": lambda: dateline.load("ukraine-2022"),
    "tiny": tiny_corpus,
    "hostile": lambda: full_corpus(*hostile.TEXTS),
}

_DATES = ("2021-04-01", "2021-04", "2021", "2021~", "2021-04-01/2021-05-01", "[2021-12-31,2022-01-01]", None)


def files_of(corpus):
    """
    The files of a release of *corpus*, descriptors included.
    """
    data = {
        ARTICLES: record_lines(corpus.articles.values()),
        ENTITIES: record_lines(corpus.entities.values()),
        "SOURCES.md": b"# Sources\n",
    }

    return described(corpus, data)


def saved(files, folder):
    """
    The *folder*, made and with the *files* in it.
    """
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)

    return folder


@st.composite
def described_corpora(draw):
    """
    Corpora with a pin and a description, of hostile texts among others.
    """
    description = Description(
        name=DatasetName("drawn"),
        title=draw(texts()),
        description=draw(texts()),
        licence=draw(st.sampled_from(["CC-BY-4.0", "CC0-1.0", "LicenseRef-own"])),
        creators=draw(st.lists(texts(), max_size=3)),
        language=draw(st.sampled_from(["en", "en-GB", "uk-Cyrl"])),
        keywords=draw(st.lists(texts(), max_size=3)),
        released=draw(st.sampled_from(_DATES)),
        url=draw(st.sampled_from([None, "https://example.org/", hostile.URL])),
    )
    pin = Pin(DatasetName("drawn"), Version(draw(versions)))

    return evolve(draw(corpora()), pin=pin, description=description, selection=None)
