"""
Outcomes: what they say of themselves, and how they are counted.
"""

from __future__ import annotations

import pytest

from dateline.texts.outcomes import Match, Outcome, counted


def outcome(match, **values):
    """
    An outcome for one article.
    """
    return Outcome(article="ferry-returns", match=match, **values)


@pytest.mark.parametrize(
    ("match", "proved", "readable"),
    [
        (Match.EXACT, True, True),
        (Match.EQUAL, True, True),
        (Match.NEAR, False, True),
        (Match.DIFFERENT, False, False),
        (Match.MISSING, False, False),
        (Match.AMBIGUOUS, False, False),
    ],
)
def test_only_equal_texts_are_proved_and_near_ones_can_be_read(match, proved, readable):
    """
    An exact or equal text is proved; one that is near can be read; of any other there are no words.
    """
    assert (proved, readable) == (outcome(match).is_proved, outcome(match).has_text)


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (outcome(Match.EXACT), "ferry-returns: exact"),
        (outcome(Match.EQUAL, form="loose-1", share=1.0), "ferry-returns: equal under loose-1"),
        (outcome(Match.NEAR, share=0.875), "ferry-returns: near, 87.5% of the spans found"),
        (outcome(Match.MISSING, note="no fingerprint"), "ferry-returns: missing (no fingerprint)"),
    ],
)
def test_an_outcome_says_what_matters(one, told):
    """
    An outcome prints its match, the form, the share of a near text, and what a person should know.
    """
    assert told == str(one)


def test_outcomes_are_counted_best_first_and_by_form():
    """
    Outcomes are counted in the order of the matches, and equal texts by the form in which they are.
    """
    several = [
        outcome(Match.MISSING),
        outcome(Match.EQUAL, form="nfc-lf-1"),
        outcome(Match.EQUAL, form="loose-1"),
        outcome(Match.EXACT),
        outcome(Match.EXACT),
    ]

    assert "2 exact, 1 equal under loose-1, 1 equal under nfc-lf-1, 1 missing" == counted(several)
    assert counted([]) == ""
