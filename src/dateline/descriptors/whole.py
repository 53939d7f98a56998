"""
A release whole: to its data files the tables, the schema of the records, and what describes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Final

from dateline.corpus import Corpus
from dateline.descriptors import (
    card,
    citation,
    croissant,
    data_package,
    datacite,
    record_schema,
    ro_crate,
    sha256_manifest,
)
from dateline.descriptors.tables import write_tables


_Writer = Callable[[Corpus, Mapping[str, bytes]], bytes]

# What describes the data files, and then, one after the other, what lists all that is there; by file name.
_OF_DATA: Final[Mapping[str, _Writer]] = {
    croissant.NAME: croissant.write,
    data_package.NAME: data_package.write,
    card.NAME: card.write,
    citation.NAME: citation.write,
    datacite.NAME: datacite.write,
}
_OF_ALL: Final[Mapping[str, _Writer]] = {
    ro_crate.NAME: ro_crate.write,
    sha256_manifest.NAME: sha256_manifest.write,
}


def described(corpus: Corpus, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """
    The files of a release by their names, ``manifest.json`` aside: its data, *contents*, and what is added.

    The same bytes whatever the order of the records, and whether the pin has its digest yet: for the corpus
    that is to be released and for the one that is loaded from the release.

    Raises:
        InvalidValue: If the corpus has no pin or no description, or a text holds a lone surrogate.

    >>> from dateline.testing import tiny_corpus
    >>> list(described(tiny_corpus(), {}))[-1]
    'manifest-sha256.txt'
    """
    corpus = _sorted(corpus)
    added = {**write_tables(corpus), record_schema.NAME: record_schema.write(corpus, contents)}
    data = dict(sorted({**contents, **added}.items()))
    whole = data | {name: write(corpus, data) for name, write in _OF_DATA.items()}
    for name, write in _OF_ALL.items():
        whole[name] = write(corpus, whole)

    return whole


def _sorted(corpus: Corpus) -> Corpus:
    articles, entities = (
        sorted(records, key=attrgetter("id")) for records in (corpus.values(), corpus.entities.values())
    )

    return Corpus(articles, entities, corpus.pin, description=corpus.description)
