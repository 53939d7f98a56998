"""
Only a corpus that says what it is can be described.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from dateline.corpus import Corpus
from dateline.descriptors import card, citation, croissant, data_package, datacite, ro_crate
from dateline.descriptors.identity import identity
from dateline.errors import InvalidValue
from dateline.testing import make_article, tiny_corpus


@pytest.mark.parametrize("missing", ["pin", "description"])
def test_a_corpus_that_does_not_say_what_it_is(missing):
    """
    One without a pin or a description is refused.
    """
    with pytest.raises(InvalidValue, match="corpus to describe must have a pin and a description"):
        identity(evolve(tiny_corpus(), **{missing: None}))


def test_the_pin_has_the_digest_of_the_records():
    """
    Before the release, when the pin has none, and after it.
    """
    tiny = tiny_corpus()

    assert tiny.pin == identity(tiny)[0] == identity(evolve(tiny, pin=evolve(tiny.pin, digest=None)))[0]


@pytest.mark.parametrize("descriptor", [card, citation, croissant, data_package, datacite, ro_crate])
def test_a_corpus_that_is_no_dataset_is_refused(descriptor):
    """
    Without name, version and title there is nothing to describe.
    """
    with pytest.raises(InvalidValue, match="have a pin and a description"):
        descriptor.write(Corpus.of([make_article()]), {})
