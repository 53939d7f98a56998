from __future__ import annotations

import math
import os
import random

import pytest
from texts.anchoring import LONG, spans
from texts.attack import Attacker, Sequences, Stretch, attacker, vocabulary

from dateline.fingerprints import tagged
from dateline.ids import ArticleId
from dateline.spans import Span, loose


#: Sequences that an attacker tries on an article; two million take a minute or so.
TRIES = int(os.environ.get("DATELINE_ATTACK_TRIES") or 5_000)


def recovered(subject, **allowed):
    """
    The tagged stretches that an attacker gets right, and is sure of.
    """
    text = loose(subject.original.text)
    answers = attacker(subject, tries=TRIES, **allowed).attack()

    return {stretch for stretch, words in answers.items() if words == text.between(*stretch)}


def beyond_names(subject, stretches):
    """
    How many characters *stretches* give away that the names in the text do not.
    """
    named = {(span.start, span.end) for each in subject.article.mentions for span in each.spans}

    return len(offsets(stretches) - offsets(named))


def offsets(stretches):
    """
    All characters in some *stretches*.
    """
    return {offset for start, end in stretches for offset in range(start, end)}


def fewest(subject):
    """
    How many sequences of the text's words fit the tagged stretch that fewest fit, as a binary logarithm.
    """
    knowing = attacker(subject, tries=0)

    return math.log2(min(Sequences(each.length, knowing.words, {}).count for each in knowing.stretches))


@pytest.mark.slow
def test_words_alone_give_no_invented_text_away(invented):
    """
    Whoever knows every word of a report, and how long each stretch is, recovers none that is tagged.
    """
    for subject in invented:
        assert set() == recovered(subject)


@pytest.mark.slow
@pytest.mark.texts
def test_words_alone_give_no_real_text_away(real):
    """
    Whoever knows every word of an article, and how long each stretch is, recovers none that is tagged.
    """
    for subject in real:
        assert set() == recovered(subject)


def test_too_many_sequences_fit_an_invented_text(invented):
    """
    Were all sequences of a report's words tried, several would bear even two tags of the same stretch.
    """
    assert all(fewest(subject) > 2 * 24 for subject in invented)


@pytest.mark.texts
def test_too_many_sequences_fit_a_real_text(real):
    """
    Were all sequences of an article's words tried, several would bear even two tags of the same stretch.
    """
    assert all(fewest(subject) > 2 * 24 for subject in real)


@pytest.mark.slow
@pytest.mark.texts
def test_names_give_little_away(real):
    """
    Whoever fills in the names too gets few stretches, which add next to nothing to the names.
    """
    for subject in real:
        stretches = recovered(subject, entities=subject.entities)
        tagged_ones = sum(form == LONG for _, form in spans(subject.article))
        assert len(stretches) <= tagged_ones / 8
        assert beyond_names(subject, stretches) <= 0.03 * len(subject.original.text)


def toy(lacking=""):
    """
    What an attacker recovers of a text of four words, or of three if one is *lacking*.
    """
    text = "no no yes perhaps no yes maybe no"
    span = tagged(Span(0, len(text)), loose(text), ArticleId("toy"))
    words = vocabulary("no yes perhaps maybe".replace(lacking, ""))
    stretches = (Stretch(span, len(text)),)

    return Attacker(salt="toy", stretches=stretches, words=words, known={}, tries=30_000).attack()


def test_an_attacker_can_win():
    """
    Where few words make up a text, so that few sequences fit, its stretches are recovered.
    """
    assert {(0, 33): "no no yes perhaps no yes maybe no"} == toy()


def test_an_attacker_needs_the_words():
    """
    Where a word is lacking nothing is recovered.
    """
    assert {} == toy(lacking="maybe")


def test_sequences_fill_a_stretch():
    """
    They have its length, are made of the words, agree with what is known, and are as many as is said.
    """
    sequences = Sequences(7, vocabulary("a bb ccc"), {0: "a", 1: " "})
    drawn = {sequences.draw(random.Random(seed)) for seed in range(99)}  # noqa: S311 - no secret

    assert drawn == set(sequences) == {"a a a a", "a a ccc", "a bb bb", "a ccc a"}
    assert sequences.count == 4
