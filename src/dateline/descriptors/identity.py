"""
What a corpus must say of itself to be released.
"""

from __future__ import annotations

from attrs import evolve

from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.errors import InvalidValue
from dateline.ids import Pin


def identity(corpus: Corpus) -> tuple[Pin, Description]:
    """
    The pin of a corpus, with the digest of its records, and its description.

    A corpus that is about to be released has a pin without a digest, and one that was loaded has one with it.

    Raises:
        InvalidValue: If it has no pin or no description.

    >>> from dateline.testing import tiny_corpus
    >>> pin, about = identity(tiny_corpus())
    >>> pin.digest == tiny_corpus().digest, about.title
    (True, 'The Larkhaven Ferry in the News')
    """
    if corpus.pin is None or corpus.description is None:
        raise InvalidValue("corpus to describe", "have a pin and a description", corpus)

    return evolve(corpus.pin, digest=corpus.digest), corpus.description
