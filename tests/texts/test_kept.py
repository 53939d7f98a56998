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
        (OLD + OLD, "Tomas Berg"),
        (OLD.replace(", said Tomas Berg, the", ", one said, and Tomas Berg, a"), "Tomas Berg"),
    ],
    ids=["changed", "gone", "short and moved", "twice", "doubled", "among changes"],
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


def test_white_space_at_the_ends():
    """
    White space with which a stretch begins and ends belongs to it only if the new text has the same there.
    """
    assert Kept("One two three", "One two three").place(Span(3, 8)) == Span(3, 8)
    assert Kept("One two three", "One\ntwo\nthree").place(Span(3, 8)) == Span(4, 7)
    assert Kept(" One two", "One two").place(Span(0, 4)) == Span(0, 3)


@pytest.mark.parametrize(
    ("new", "wanted", "near"),
    [
        (OLD.replace("winter", "long autumn"), "the winter had", "the long autumn had"),
        (OLD.replace("the winter had", "autumns have"), "the winter had", "autumns have"),
        (OLD.replace("Nobody minded", "No one cared"), "Nobody", "No one cared"),
        (OLD.replace("Nobody", "Not many"), "Nobody minded that", "Not many minded that"),
        (OLD.replace("He added", "She said"), "He added that", "She said that"),
        (OLD.replace("The ferry", "A boat"), "The ferry", "A boat"),
        (OLD.replace("summer short.", "rest dry!"), "summer short.", "rest dry!"),
        (OLD.replace(f"{SECOND}\n", ""), SECOND, None),
    ],
)
def test_a_person_is_told_where_to_look(new, wanted, near):
    """
    In place of words that changed stands what is between the nearest that did not; nothing, if they are gone.
    """
    start = OLD.index(wanted)
    span = Kept(OLD, new).near(Span(start, start + len(wanted)))

    assert near == (span and new[span.start : span.end])


def test_a_changed_text_differs():
    """
    Words differ if their loose forms do.
    """
    kept = Kept("One — two", "ONE - TWO three")

    assert not kept.differ(Span(0, 9), Span(0, 9))
    assert kept.differ(Span(0, 9), Span(0, 15))
