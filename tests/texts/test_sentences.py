"""
Where a stretch stands for a reader, and for other tools.
"""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.spans import Span
from dateline.texts.sentences import line_and_column, sentence_around, sentences, to_utf8, to_utf16


#: Characters that differ in how many units they take, and those that end sentences and lines.
TEXTS = st.text(st.sampled_from("ab .!?\"”'\nšé…—🏳𝄞"), min_size=1, max_size=60)


@st.composite
def texts_with_spans(draw):
    """
    A text and a span in it.
    """
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))

    return text, Span(start, draw(st.integers(start + 1, len(text))))


@pytest.mark.properties
@given(texts_with_spans())
def test_utf16_units_are_those_of_each_character(case):
    """
    Offsets in UTF-16 count two for each character beyond the basic plane before them, and one for each other.
    """
    text, span = case
    units = [2 if ord(character) > 0xFFFF else 1 for character in text]

    assert (sum(units[: span.start]), sum(units[: span.end])) == to_utf16(text, span)


@pytest.mark.properties
@given(texts_with_spans())
def test_utf8_offsets_cut_the_same_words(case):
    """
    The bytes between offsets in UTF-8 are the words of the span.
    """
    text, span = case
    start, end = to_utf8(text, span)

    assert text[span.start : span.end] == text.encode()[start:end].decode()


@pytest.mark.properties
@given(texts_with_spans())
def test_line_and_column_lead_to_the_offset(case):
    """
    The line and column of an offset lead back to its character.
    """
    text, span = case
    line, column = line_and_column(text, span.start)

    assert text[span.start] == [f"{each}\n" for each in text.split("\n")][line - 1][column - 1]


@pytest.mark.properties
@given(TEXTS)
def test_sentences_hold_every_character_once(text):
    """
    The sentences come in order, apart, without white space at their ends, and leave out nothing but that.
    """
    found = list(sentences(text))
    words = [text[each.start : each.end] for each in found]

    assert "".join(text.split()) == "".join("".join(words).split())
    assert words == [each.strip() for each in words]
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@pytest.mark.properties
@given(texts_with_spans())
def test_the_sentence_around_a_span_is_made_of_sentences(case):
    """
    The sentence around a span reaches from the first sentence that it touches to the last.
    """
    text, span = case
    touched = [each for each in sentences(text) if each.start < span.end and span.start < each.end]
    starts, ends = [each.start for each in touched], [each.end for each in touched]

    assert Span(min([span.start, *starts]), max([span.end, *ends])) == sentence_around(text, span)


def test_a_run_of_stops_takes_no_longer_than_its_length():
    """
    A million stops inside a word are no end of a sentence, and are passed over at once.
    """
    text = f"It rained{'.' * 1_000_000}here. Then not."

    assert [len(text) - len(" Then not."), len("Then not.")] == [len(each) for each in sentences(text)]


def test_a_closing_quotation_mark_belongs_to_its_sentence():
    """
    A sentence that ends in a quotation ends after its closing mark.
    """
    text = "“It rains.” He left."

    assert Span(0, 11) == sentence_around(text, Span(1, 3))
