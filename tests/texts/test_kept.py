from __future__ import annotations

import pytest

from dateline.spans import Span
from dateline.texts.kept import Kept


OLD = (
    "The ferry to Old Quay sailed again on Monday, said Tomas Berg, the master of the harbour.\n"
    "He added that the county had paid for the engine.\n"
    "Nobody minded that the winter had been long and the summer short.\n"
)
FIRST, SECOND, THIRD, _ = OLD.split("\n")


def words(old, new, wanted):
    """
    What stands in the new text where some words of the old one are placed; None if they are not.
    """
    start = old.index(wanted)
    span = Kept(old, new).place(Span(start, start + len(wanted)))

    return span and new[span.start : span.end]


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        (OLD, "He"),
        (f"Larkhaven. {OLD}", "Tomas Berg"),
        (OLD.replace(" ", "  "), "county"),
        (OLD.replace("\n", "\r\n"), "Nobody minded"),
        (OLD.replace("Monday", "Tuesday"), "The ferry"),
        (OLD.replace("winter", "autumn"), "the summer short."),
        (f"{THIRD}\n{FIRST}\n{SECOND}\n", "Nobody minded that the winter had been long"),
        (OLD, "ounty had pa"),
    ],
    ids=["same", "shifted", "spaced", "lines", "opening", "close", "moved", "inside words"],
)
def test_unchanged_words_are_placed(new, wanted):
    """
    Words that stand in both texts, in order or long enough to be known again, are placed exactly.
    """
    assert "".join(wanted.split()) == "".join(words(OLD, new, wanted).split())


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        (OLD.replace("winter", "autumn"), "that the winter had"),
        (OLD.replace("sailed again on Monday", "went"), "sailed again"),
        (f"{THIRD}\n{FIRST}\n{SECOND}\n", "Nobody"),
        (f"{THIRD} {THIRD}\n{FIRST}\n{SECOND}\n", THIRD),
        (OLD.replace(", said Tomas Berg, the", ", one said, and Tomas Berg, a"), "Tomas Berg"),
    ],
    ids=["changed", "gone", "short and moved", "twice", "among changes"],
)
def test_the_rest_is_not_guessed(new, wanted):
    """
    Words that changed, are too few to be known again, or stand there twice are not placed.
    """
    assert words(OLD, new, wanted) is None


def test_white_space_has_no_place():
    """
    A stretch without any word or sign is not placed.
    """
    assert Kept("One two", "One two").place(Span(3, 4)) is None


def test_white_space_at_the_ends_is_left_out():
    """
    A stretch that begins and ends with white space is placed without it.
    """
    assert Kept("One two three", "One two three").place(Span(3, 8)) == Span(4, 7)
