"""
How to cite the dataset, for code hosts and archives: ``CITATION.cff``, with the articles as its references.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from attrs import evolve

from dateline.corpus import Corpus
from dateline.descriptors.identity import identity
from dateline.formats import cff
from dateline.references import corpus_items, unmarked


NAME: Final = "CITATION.cff"

# Of the licences that the format lists, those that records may well have; it knows no others.
_LICENCES: Final = re.compile(
    r"CC0-1\.0|CC-BY(-NC)?(-SA|-ND)?-(1\.0|2\.0|2\.5|3\.0|4\.0)|ODbL-1\.0|PDDL-1\.0|Apache-2\.0|MIT"
)


def write(corpus: Corpus, files: Mapping[str, bytes]) -> bytes:
    """
    The citation file of a dataset at its version.

    There is no DOI in it: whoever deposits the release adds the one it gets.

    Raises:
        InvalidValue: If the corpus has no pin or no description.

    Source: https://github.com/citation-file-format/citation-file-format, version 1.2.0

    >>> from dateline.testing import tiny_corpus
    >>> print(write(tiny_corpus(), {}).decode().partition("authors")[0].rpartition("message")[2])
    : "If you use these records, please cite them as below, and the articles beside them."
    type: "dataset"
    title: "The Larkhaven Ferry in the News"
    <BLANKLINE>
    """
    pin, about = identity(corpus)
    further = {"abstract": unmarked(about.description)}
    if _LICENCES.fullmatch(about.licence):
        further["license"] = about.licence

    return cff.write_items(corpus_items(evolve(corpus, pin=pin)), further).encode()
