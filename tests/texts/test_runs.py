from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.texts.runs import Runs


LETTERS = st.text("abc", max_size=12)


def stretches(text):
    """
    Every run in a text.
    """
    return {text[start:end] for start, end in itertools.combinations(range(len(text) + 1), 2)}


@pytest.mark.properties
@given(sequences=st.lists(LETTERS, max_size=4), items=LETTERS)
def test_the_longest_run_is_found(sequences, items):
    """
    At each item the length is that of the longest run ending there which stands in one of the sequences.
    """
    known = set().union(*map(stretches, sequences))
    expected = [
        max((end - start for start in range(end) if items[start:end] in known), default=0)
        for end in range(1, len(items) + 1)
    ]

    assert expected == [run.length for run in Runs(sequences).ends(items)]


@pytest.mark.properties
@given(sequences=st.lists(LETTERS, max_size=4), items=LETTERS, beyond=st.integers(0, 4))
def test_every_place_is_found(sequences, items, beyond):
    """
    The places of a run and of its longer endings are all the places where they stand, each told once.
    """
    runs = Runs(sequences)
    for end, run in enumerate(runs.ends(items), 1):
        longest = {}
        for length, place in runs.places(run, beyond):
            longest.setdefault(place, length)
            assert items[end - length : end] == sequences[place.sequence][place.end - length : place.end]

        wanted = {
            (number, stop)
            for number, sequence in enumerate(sequences)
            for stop in range(beyond + 1, len(sequence) + 1)
            if end > beyond and sequence[:stop].endswith(items[end - beyond - 1 : end])
        }
        assert wanted == {tuple(place) for place in longest}


def test_a_run_ends_with_its_sequence():
    """
    What stands at the end of one sequence and the beginning of the next is no run.
    """
    assert [1, 1] == [run.length for run in Runs(["ab", "cd"]).ends("bc")]
