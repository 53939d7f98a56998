"""
Added lines: a copy is proved whole by leaving some out.
"""

from __future__ import annotations

import pytest

from dateline.fingerprints import fingerprint, without
from dateline.spans import Span, loose
from dateline.testing import TEXTS, tiny_corpus
from dateline.texts import pruning
from dateline.texts.landmarks import landmarks
from dateline.texts.pruning import MAX_HASHED, MAX_TRIES, whole


RETURNS = TEXTS["ferry-returns"]
ARTICLE = tiny_corpus()["ferry-returns"]
HEADLINE = Span(0, RETURNS.index("\n"))


def pruned(copy, text=ARTICLE.text, **options):
    """
    What of a copy is the whole text.
    """
    folded = loose(copy)

    return whole(text, copy, folded, landmarks(ARTICLE, folded).found, **options)


def lines(*, before="", between="", after=""):
    """
    The text with lines added.
    """
    first, _, rest = RETURNS.partition("\n")

    return f"{before}{first}\n{between}{rest}{after}"


@pytest.mark.parametrize(
    "copy",
    [
        lines(before="Front page\n\n"),
        lines(between="Photo: us\n"),
        lines(after="Read more\nAlso read\n"),
        lines(before="Front page\n", between="Photo: us\n", after="Read more"),
        f"Front page {RETURNS}",
        f"{RETURNS.rstrip()} Read more",
    ],
    ids=["before", "between", "after", "everywhere", "same line before", "same line after"],
)
def test_added_lines_are_left_out(copy):
    """
    What is left without the added lines is the text, and its characters know where they stand in the copy.
    """
    found = pruned(copy)

    assert (loose(RETURNS).text, False, True) == (found.text.text, found.body_only, found.pruned)
    assert all(
        character in (loose(copy[origin]).text or " ")
        for character, origin in zip(found.text.text, found.text.origins, strict=True)
    )


def test_a_text_without_furniture_is_known_as_such():
    """
    A copy without the text's furniture, and with other lines, is proved to be the rest.
    """
    text = fingerprint(RETURNS.encode(), ARTICLE.id, [HEADLINE])
    body = without(RETURNS, [HEADLINE])
    found = pruned(f"Another headline\n{body}", text)

    assert (loose(body).text, True, True) == (found.text.text, found.body_only, found.pruned)
    assert pruned(RETURNS, text).body_only is False


def test_the_text_with_its_furniture_is_sought_first():
    """
    Where both can be made of a copy, furniture that the copy has is kept.
    """
    text = fingerprint(RETURNS.encode(), ARTICLE.id, [HEADLINE])

    assert pruned(f"Front page\n{RETURNS}", text).body_only is False


@pytest.mark.parametrize(
    "copy",
    [RETURNS.replace("noon", "one"), RETURNS[:200], "", "Read more", TEXTS["ferry-halts"]],
    ids=["changed", "truncated", "empty", "furniture", "another"],
)
def test_what_differs_in_words_is_never_whole(copy):
    """
    A copy that has other words, or lacks some, is not whole whatever is left out.
    """
    assert pruned(copy) is None


def test_long_copies_are_tried_less_often():
    """
    The more characters each try has to hash, the fewer are made, so that the work has an end.
    """
    tides = "High water at noon.\n" * 2_000
    copy = f"{RETURNS}{tides}"

    assert MAX_HASHED // len(copy) < MAX_TRIES // 4
    assert loose(RETURNS).text == pruned(copy).text.text
    assert pruned(lines(between="Photo: us\n", after="Read more\n" * 3), tries=1) is None


def test_the_characters_that_are_hashed_are_bounded(monkeypatch):
    """
    Where all tries would hash more characters than is allowed, fewer are made.
    """
    monkeypatch.setattr(pruning, "MAX_HASHED", 1_000)

    assert pruned(lines(before="Front page\n")) is None
