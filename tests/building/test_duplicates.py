"""
Near-duplicates: what belongs together, whatever the order.
"""

from __future__ import annotations

import random
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.building import duplicates, near_duplicates
from dateline.building.duplicates import shingles
from dateline.errors import InvalidValue, MissingExtra


WORDS = [f"word{number}" for number in range(2000)]


def invented(count, copies, edits, seed=0):
    """
    Texts of which some are copies of the first few with words changed, and the groups that they make.
    """
    chance = random.Random(seed)  # noqa: S311 - the same texts each time
    texts = {f"t{number}": chance.choices(WORDS, k=200) for number in range(count)}
    groups = {}
    for number in range(copies):
        words = list(texts[f"t{number}"])
        for _ in range(edits):
            words[chance.randrange(len(words))] = chance.choice(WORDS)
        texts[f"c{number}"] = words
        groups[f"c{number}"] = f"t{number}"

    return [(name, " ".join(words)) for name, words in texts.items()], groups


def test_copies_are_found_and_nothing_else():
    """
    Texts with a few words changed make pairs; unrelated ones do not.
    """
    texts, groups = invented(200, 40, 5)

    assert {group.ids for group in near_duplicates(texts)} == set(groups.items())


def test_heavily_changed_texts_are_no_copies():
    """
    Below the threshold texts stay apart.
    """
    texts, _ = invented(20, 20, 60)

    assert near_duplicates(texts) == ()


def test_the_order_of_texts_is_nothing():
    """
    The same texts in another order make the same groups.
    """
    texts, _ = invented(60, 30, 12)

    assert near_duplicates(texts) == near_duplicates(reversed(texts))


def test_a_chain_is_one_group():
    """
    Texts that hang together by others are one group, told by the weakest tie.
    """
    words = WORDS[:200]
    texts = [(name, " ".join(words[start:])) for name, start in (("a", 0), ("b", 20), ("c", 40))]
    [group] = near_duplicates(texts, threshold=0.8)

    assert group.ids == ("a", "b", "c")
    assert 80 <= group.resemblance <= 95


def test_texts_that_are_all_alike_are_one_group():
    """
    Several ties between the same texts make no second group.
    """
    words = WORDS[:200]
    texts = [(name, " ".join([name, *words])) for name in "abc"]

    assert [group.ids for group in near_duplicates(texts)] == [("a", "b", "c")]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([0.7, 0.8, 0.9, 1.0]))))
def test_few_pairs_at_a_time_make_the_same_groups(drawn):
    """
    However many pairs are weighed together, the same texts hang together by the same ties.
    """
    pairs = [(min(pair[:2]), max(pair[:2]), pair[2]) for pair in drawn if pair[0] != pair[1]]
    ids = [(f"text-{number}",) for number in range(10)]
    at_once = duplicates._groups(ids, pairs)  # noqa: SLF001 - what it holds is not to be seen from outside
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duplicates, "_PAIRS", 2)

        assert at_once == duplicates._groups(ids, pairs)  # noqa: SLF001 - as above
        assert len(duplicates._ties(pairs)) < len(ids)  # noqa: SLF001 - as above


def test_the_same_words_many_times_are_one_group():
    """
    Copies without any change are counted, not compared; they join others that are only near.
    """
    words = WORDS[:200]
    texts = [(f"t{number}", " ".join(words)) for number in range(3000)]
    [group] = near_duplicates([*texts, ("near", " ".join(["word", *words]))])

    assert (len(group.ids), group.ids[0]) == (3001, "near")
    assert near_duplicates(texts[:2])[0].resemblance == 100


def test_texts_without_words_are_no_copies():
    """
    Nothing is like nothing.
    """
    assert near_duplicates([("a", "!"), ("b", "?"), ("c", "")]) == ()


def test_case_punctuation_and_form_are_nothing():
    """
    The same words set otherwise are the same text.
    """
    one = "Ferry’s back, “again” — after 11 weeks. Café."
    other = "FERRY'S BACK again after 11\u00a0weeks Cafe\u0301"

    assert shingles(one) == shingles(other)


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("one", 1), ("one two", 2), ("one two three", 1), ("船在老码头停了", 5)]
)
def test_short_and_unspaced_texts_have_shingles(text, count):
    """
    A text of one or two words has these, and signs of scripts without spaces are words.
    """
    assert len(shingles(text)) == count


def test_an_id_stands_once():
    """
    Two texts under one id are refused, and the id is named.
    """
    with pytest.raises(InvalidValue, match="'b'"):
        near_duplicates([("b", "x"), ("a", "y"), ("b", "z")])


@pytest.mark.parametrize("pair", ["ab", ("a",), ("a", None), (1, "x"), None])
def test_what_is_no_pair_of_texts_is_refused(pair):
    """
    An article without a text has nothing to compare, and is named.
    """
    with pytest.raises(InvalidValue, match="texts must be pairs of an id and a text"):
        near_duplicates([("b", "x"), pair])


@pytest.mark.parametrize("threshold", [0.4, 1.1])
def test_a_threshold_that_cannot_be_kept_is_refused(threshold):
    """
    Below what the bands can find, or beyond one, nothing is promised.
    """
    with pytest.raises(InvalidValue):
        near_duplicates([], threshold=threshold)


def test_no_texts_make_no_groups():
    """
    Nothing in, nothing out.
    """
    assert near_duplicates([]) == ()


def test_without_the_package_the_call_says_what_to_install(monkeypatch):
    """
    The missing extra is named.
    """
    monkeypatch.setitem(sys.modules, "rensa", None)

    with pytest.raises(MissingExtra, match=r"dateline\[dedup\]"):
        near_duplicates([])
