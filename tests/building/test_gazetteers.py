"""
Names that are found in texts, and where.
"""

from __future__ import annotations

import itertools
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.building import Gazetteer
from dateline.errors import InvalidValue
from dateline.spans import nfc_lf
from dateline.testing import tiny_corpus


def found(text, *names):
    """
    The words that a gazetteer of those names finds.
    """
    gazetteer = Gazetteer({name: [f"place/p{number}"] for number, name in enumerate(names)})
    text = nfc_lf(text)
    spans = [span for mention in gazetteer.mentions(text) for span in mention.spans]

    return [text[span.start : span.end] for span in sorted(spans, key=lambda span: span.start)]


@pytest.mark.parametrize(
    ("text", "names", "words"),
    [
        ("To York, from York.", ["York"], ["York", "York"]),
        ("From New York to York", ["York", "New York"], ["New York", "York"]),
        ("New York City", ["New York", "New York City Council"], ["New York"]),
        ("New  \nYork", ["New York"], ["New  \nYork"]),
        ("NewYork New-York", ["New York"], []),
        ("Yorkshire, NYork, York_1, York2", ["York"], []),
        ("York's, York-based, (York)", ["York"], ["York", "York", "York"]),
        ("york YORK", ["York"], []),
        ("the U.S. and U. S.", ["U.S."], ["U.S."]),
        ("Al-Arabiya, Al - Arabiya", ["Al-Arabiya"], ["Al-Arabiya"]),
        ("O’Brien, O'Brien", ["O’Brien"], ["O’Brien"]),
        ("Cafe\u0301 Café", ["Café", "Caf"], ["Café", "Café"]),
        ("x\u0323\u0302 x", ["x"], ["x"]),
        ("राम रामा", ["राम"], ["राम"]),
        ("ดี ด", ["ด"], ["ด"]),
        ("राम म", ["म"], ["म"]),
        ("他在北京市和上海", ["北京", "上海"], ["北京", "上海"]),
        ("東京都", ["東京", "京都"], ["東京"]),
        ("in 北京 now", ["北京"], ["北京"]),
        ("Київ, у Києві", ["Київ"], ["Київ"]),
        ("", ["York"], []),
        ("York", ["", " "], []),
    ],
)
def test_names_are_found_as_whole_words(text, names, words):
    """
    The longest name at each place, whole words only, in any script.
    """
    assert found(text, *names) == words


def test_an_ambiguous_name_is_no_mention():
    """
    What several bear is told, and takes its words away from shorter names.
    """
    gazetteer = Gazetteer({"New York": ["place/state", "place/city"], "York": ["place/york"]})

    assert gazetteer.ambiguous == ("New York",)
    assert gazetteer.entity("New York") is None
    assert gazetteer.mentions("New York") == ()


def test_a_gazetteer_of_entities_knows_their_variants():
    """
    Standard names and printed variants are names alike, and mentions are sorted by entity.
    """
    gazetteer = Gazetteer.of(tiny_corpus().entities.values())
    mentions = gazetteer.mentions("Shopkeepers of LARKHAVEN, and Tomas Berg of Larkhaven")

    assert [(mention.entity.partition("/")[2], len(mention.spans)) for mention in mentions] == [
        ("shopkeepers-of-old-quay", 1),
        ("tomas-berg", 1),
        ("larkhaven", 2),
    ]


def test_a_gazetteer_travels():
    """
    It comes out of another process as it went in, and prints all that it knows.
    """
    gazetteer = Gazetteer({"b": ["place/b"], "a": ["place/a"]})
    copy = pickle.loads(pickle.dumps(gazetteer))  # noqa: S301 - our own bytes

    assert copy == gazetteer
    assert copy.mentions("a b") == gazetteer.mentions("a b")
    assert repr(gazetteer) == repr(Gazetteer({"a": ["place/a"], "b": ["place/b"]}))


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ({"York": ["York"]}, "'York'"),
        ({"York": "place/york"}, "ids of 'York' must be a list of ids, got 'place/york'"),
        ({"York": None}, "ids of 'York' must be a list of ids, got None"),
        ({7: ["place/york"]}, "name must be text, got 7"),
        (["York"], r"names must be a mapping of names to ids, got \['York'\]"),
    ],
)
def test_what_is_no_entity_is_refused(names, problem):
    """
    A name must mean ids of entities.
    """
    with pytest.raises(InvalidValue, match=problem):
        Gazetteer(names)


@pytest.mark.properties
@given(st.text(), st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_mentions_are_names_apart_and_in_order(text, names):
    """
    What is found is one of the names but for its white space, and no two places overlap.
    """
    text = nfc_lf(text + " ".join(names))
    gazetteer = Gazetteer({name: [f"place/p{number}"] for number, name in enumerate(names)})
    known = {" ".join(nfc_lf(name).split()) for name in names}
    spans = sorted((span.start, span.end) for mention in gazetteer.mentions(text) for span in mention.spans)

    assert all(" ".join(text[start:end].split()) in known for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
