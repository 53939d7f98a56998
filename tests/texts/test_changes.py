from __future__ import annotations

import html
import random
import re

import pytest
from texts.changes import KINDS
from texts.drafts import copy, draft, new

from dateline.spans import Span, loose, nfc_lf


SEEDS = range(2)
BY_NAME = {kind.name: kind for kind in KINDS}
WORDY = re.compile(r"\w+")


def made(kind, subject, seed):
    """
    One copy of a subject's text.
    """
    return kind.make(subject.original, random.Random(seed))  # noqa: S311 - the same copies each time


def words_kept(original, text):
    """
    The share of the words of *original* that stand in *text* at all, however often.
    """
    words = WORDY.findall(original)
    kept = set(WORDY.findall(text))

    return sum(word in kept for word in words) / len(words)


def read(text):
    """
    A text with its character references read, those too that an escaped ampersand hides.
    """
    return html.unescape(html.unescape(text))


def prove(subject, kind, seed):
    """
    Compare the words at each place that the truth gives with those of the original.
    """
    result = made(kind, subject, seed)
    assert result.text == nfc_lf(result.data)
    for span, _ in subject.spans:
        truth = result.truth(span)
        if truth is None:
            continue
        before = result.original[span.start : span.end]
        after = result.text[truth.start : truth.end]
        if result.is_respelt(span):
            before, after = read(before), read(after)
        assert loose(before).text == loose(after).text, (kind.name, span)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_truth_about_invented_texts_holds(kind, invented):
    """
    Where the truth says that a span stands, its words stand in the copy.
    """
    for subject in invented:
        for seed in SEEDS:
            prove(subject, kind, seed)


@pytest.mark.texts
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_truth_about_real_texts_holds(kind, real):
    """
    Where the truth says that a span stands, its words stand in the copy.
    """
    for subject in real:
        for seed in SEEDS:
            prove(subject, kind, seed)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_change_is_a_function_of_its_seed(kind, invented):
    """
    The same seed gives the same copy.
    """
    for subject in invented:
        assert made(kind, subject, 5) == made(kind, subject, 5)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.varies], ids=lambda kind: kind.name)
def test_another_seed_gives_another_copy(kind, invented):
    """
    A kind that varies does so with its seed.
    """
    for subject in invented:
        assert len({made(kind, subject, seed).text for seed in range(4)}) > 1


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.group == "form"], ids=lambda kind: kind.name)
def test_a_change_of_form_loses_nothing(kind, invented):
    """
    Typography, white space and encodings leave every span where it can be found.
    """
    for subject in invented:
        result = made(kind, subject, 0)
        assert all(result.truth(span) is not None for span, _ in subject.spans)


def test_letters_that_have_no_place_are_lost(invented):
    """
    What Windows-1252 cannot hold is gone, and nothing else.
    """
    for subject in invented:
        result = made(BY_NAME["letters lost"], subject, 0)
        gone = {subject.original.text[s.start : s.end] for s, _ in subject.spans if result.truth(s) is None}
        assert all(words.encode("cp1252", "ignore").decode("cp1252") != words for words in gone)


@pytest.mark.parametrize(
    "name", ["identical", "CRLF", "byte order mark", "NFD"], ids=lambda name: name.replace(" ", "-")
)
def test_what_nfc_lf_sees_through(name, invented):
    """
    Some copies differ in their bytes alone.
    """
    for subject in invented:
        result = made(BY_NAME[name], subject, 0)
        assert result.text == subject.original.text
        assert all(result.truth(span) == Span(span.start, span.end) for span, _ in subject.spans)


@pytest.mark.parametrize("share", [1, 5, 15])
def test_so_many_words_are_replaced(share, invented):
    """
    The share of words that change is the one that the kind is named for.
    """
    for subject in invented:
        result = made(BY_NAME[f"{share} % of words replaced"], subject, 0)
        letters = [place for place, character in enumerate(result.original) if character.isalnum()]
        gone = sum(result.places[place] is None for place in letters) / len(letters)
        assert gone == pytest.approx(share / 100, rel=0.8)
        assert words_kept(result.original, result.text) >= 1 - 2 * share / 100


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for kind in KINDS
        if kind.name not in {"identical", "CRLF", "byte order mark", "NFD", "Windows-1252"}
    ],
    ids=lambda kind: kind.name,
)
def test_a_change_changes(kind, invented):
    """
    Every kind changes at least one of the texts.
    """
    assert any(made(kind, subject, 0).text != subject.original.text for subject in invented)


def test_there_are_kinds_enough():
    """
    More than fifteen kinds, each of its own name.
    """
    assert len(KINDS) == len(BY_NAME) > 15


@pytest.mark.parametrize(
    ("text", "glyphs", "truth"),
    [
        ("one two", lambda glyphs: glyphs, Span(0, 7)),
        ("one two", lambda glyphs: glyphs[:3] + new("\n") + glyphs[4:], Span(0, 7)),
        ("one two", lambda glyphs: glyphs[:3] + glyphs[4:], None),
        ("one two", lambda glyphs: glyphs[:2] + new(" ") + glyphs[2:], None),
        ("one two", lambda glyphs: glyphs[:4] + new("and ") + glyphs[4:], None),
        ("one two", lambda glyphs: glyphs[4:] + new(" ") + glyphs[:3], None),
        ("one two", lambda glyphs: glyphs[:-1], None),
        ("one two", lambda glyphs: new("x ") + glyphs, Span(2, 9)),
    ],
    ids=["unchanged", "other-space", "run-together", "broken", "straddled", "turned", "cut", "pushed"],
)
def test_what_survives(text, glyphs, truth):
    """
    A span survives if its words do, unbroken, together and in order.
    """
    assert truth == copy(text, glyphs(draft(text))).truth(Span(0, 7))
