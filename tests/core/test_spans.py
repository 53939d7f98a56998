"""
Spans and text forms: what is kept of a text, what is folded, and what is found.
"""

from __future__ import annotations

import pickle
import unicodedata

import pytest
import strategies as make
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InvalidValue
from dateline.fingerprints import tagged
from dateline.spans import MIN_TAGGED, TAG_DIGITS, LooseText, Span, locate, loose, nfc_lf, tagger


#: Texts in which folding has work to do.
FOLDABLE = st.text(
    st.sampled_from("aAeéEİßſﬁ…ﷺΣςΐᾳ \t\n\u0085\u2028\u00a0\u200b\u0301\u0345\u00b4’‘“”«»–—−-'\"`´½²"),
    max_size=30,
) | st.text(make.CHARACTERS, max_size=30)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"plain", "plain"),
        (b"\xef\xbb\xbfmarked", "marked"),
        ("\ufeffmarked", "marked"),
        (b"\xef\xbb\xbf\xef\xbb\xbftwice", "\ufefftwice"),
        (b"a\r\nb\rc\nd", "a\nb\nc\nd"),
        (b"a\r\r\n\n\rb", "a\n\n\n\nb"),
        ("e\u0301", "é"),
        ("\u2126", "Ω"),
        ("ﬁ ½ ’ – \u00a0", "ﬁ ½ ’ – \u00a0"),
        ("a\u0085b\u2028c\x0bd", "a\u0085b\u2028c\x0bd"),
        ("  two  \n\n", "  two  \n\n"),
        ("\U0001f4f0", "\U0001f4f0"),
    ],
)
def test_nfc_lf_changes_line_ends_marks_and_nothing_else(data, text):
    """
    The form drops one byte order mark, makes line ends alike and composes; all else stays.
    """
    assert text == nfc_lf(data)


@pytest.mark.parametrize(
    ("data", "place"), [(b"\xff", 0), (b"ab\x80", 2), (b"\xed\xa0\x80", 0), ("\u00e9".encode("latin-1"), 0)]
)
def test_bytes_must_be_utf_8(data, place):
    """
    Bytes that are no UTF-8 are refused with the place of the first wrong one.
    """
    with pytest.raises(InvalidValue, match=f"text must be UTF-8, but byte {place} is not"):
        nfc_lf(data)


@pytest.mark.parametrize("before", ["", "x", "é" * 63 + "x", "\u05d1\u05bc" * 90 + "x"])
@pytest.mark.parametrize(
    ("most", "many"),
    [
        ("\u0301\u0323" * 128, "\u0301\u0323" * 128 + "\u0301"),
        ("\u0344" * 128, "\u0344" * 129),
        ("\u0f73" * 128, "\u0f73" * 129),
        ("u" + "\u0323" * 256, "\u01d6" + "\u0323" * 256),
        ("a\u0301" * 1_000, "\u0301" * 100_000),
    ],
    ids=["pairs", "of two", "late", "in a letter", "many"],
)
def test_so_many_marks_in_a_row_are_no_text(before, most, many):
    """
    More than 256 combining marks in a row are refused, wherever they begin; so many are put in order.
    """
    form = nfc_lf(f"{before}{most} end")

    assert form == nfc_lf(form)
    with pytest.raises(InvalidValue, match="text must have at most 256 combining marks in a row, got "):
        nfc_lf(f"{before}{many} end")


@pytest.mark.properties
@given(FOLDABLE)
def test_nfc_lf_is_a_form(text):
    """
    Bytes and text give the same, in NFC, without carriage returns, and the form of the form is itself.
    """
    form = nfc_lf(text)

    assert form == nfc_lf(text.encode())
    assert unicodedata.is_normalized("NFC", form)
    assert "\r" not in form
    assert form == nfc_lf("\ufeff" + form)


@pytest.mark.parametrize("quote", "‘’‚‛′´`ʼʹ‹›")
def test_single_quotes_are_folded(quote):
    """
    Every typographic single quote, the acute accent U+00B4 too, is an apostrophe.
    """
    assert "it's" == loose(f"it{quote}s").text


@pytest.mark.parametrize("quote", "“”„‟″«»＂")
def test_double_quotes_are_folded(quote):
    """
    Every typographic double quote is a straight one.
    """
    assert 'a"b' == loose(f"a{quote}b").text


@pytest.mark.parametrize("dash", "‐‑‒–—―−﹘﹣－")
def test_dashes_are_folded(dash):
    """
    Every hyphen, dash and minus is a hyphen.
    """
    assert "a-b" == loose(f"a{dash}b").text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("\u0301", ""),
        ("Ab  C\n\nd ", "ab c d"),
        ("a\u0085b\u2028c\u00a0d\u3000e", "a b c d e"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("STRASSE straße", "strasse strasse"),
        ("ﬁve ½…", "five 1⁄2..."),
        ("İstanbul", "istanbul"),
        ("Київ", "киів"),
        ("ŉ", "'n"),
        ("a\u200bb", "a\u200bb"),
        ("\U0001d400\U0001f4f0", "a\U0001f4f0"),
        (" \u0301 a", "a"),
    ],
)
def test_loose_folds(text, form):
    """
    Case, marks, compatibility forms and white space do not count.
    """
    assert form == loose(text).text


@pytest.mark.properties
@given(FOLDABLE)
def test_loose_is_idempotent(text):
    """
    The loose form of the loose form is itself.
    """
    form = loose(text).text

    assert form == loose(form).text


def test_loose_is_idempotent_for_every_character():
    """
    No character of the basic plane is folded to what would be folded again.
    """
    characters = [chr(code) for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF]
    form = loose("x".join(characters)).text

    assert form == loose(form).text


@pytest.mark.properties
@given(FOLDABLE)
def test_case_and_marks_do_not_count(text):
    """
    A text and its decomposed form have the same loose form.
    """
    assert loose(text).text == loose(unicodedata.normalize("NFD", text)).text


@pytest.mark.properties
@given(FOLDABLE)
def test_origins_run_upwards_within_the_text(text):
    """
    Each loose character comes from a place in the text, in order.
    """
    form = loose(text)

    assert len(form.text) == len(form.origins)
    assert sorted(form.origins) == list(form.origins)
    assert all(0 <= origin < len(text) for origin in form.origins)


@pytest.mark.properties
@given(FOLDABLE)
def test_each_loose_character_is_made_from_its_origin(text):
    """
    The character at an origin, alone, folds to what stands there; or it is white space.
    """
    form = loose(text)
    for character, origin in zip(form.text, form.origins, strict=True):
        assert character in loose(text[origin]).text or character == " "


@pytest.mark.properties
@given(FOLDABLE, st.integers(0, 30), st.integers(0, 30))
def test_between_is_the_loose_form_of_a_stretch(text, start, end):
    """
    What stands between two offsets is the loose form of the text between them.
    """
    expected = loose(text[start:end]).text

    assert expected == loose(text).between(start, max(start, end))


def test_a_loose_text_is_a_value():
    """
    A loose form equals and hashes as its text and origins do.
    """
    assert LooseText("a b", (0, 1, 3)) == loose("a  B")
    assert hash(loose("a b")) == hash(loose("A b"))


@pytest.mark.properties
@given(make.spans(tags=True))
def test_a_span_is_a_value(span):
    """
    A span's length is its end less its start; it can be pickled, and prints its place.
    """
    place = f"{span.start}-{span.end}"

    assert span.end - span.start == len(span)
    assert span == pickle.loads(pickle.dumps(span))  # noqa: S301
    assert str(span) == (place if span.article is None else f"{span.article}:{place}")


@pytest.mark.properties
@given(st.text(min_size=1), st.data())
def test_a_span_yields_its_length(text, data):
    """
    A span within a text yields as many characters as it is long.
    """
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    assert len(Span(start, end)) == len(text[start:end])


@pytest.mark.parametrize(
    "arguments",
    [
        *((0, 0), (3, 2), (-1, 2), (0, -1), (0.0, 1), (0, 1.0), ("0", 1), (None, 1), (False, True)),
        *((0, 1, ""), (0, 1, "12345"), (0, 1, "1234567"), (0, 1, "ABCDEF"), (0, 1, "12345g")),
        *((0, 1, 123456), (0, 1, "12345\n"), (0, 1, None, "A b"), (0, 1, None, "place")),
    ],
    ids=repr,
)
def test_a_span_is_checked(arguments):
    """
    A span ends after it starts, in whole numbers; its tag is 24 bits and its article an id.
    """
    with pytest.raises(InvalidValue):
        Span(*arguments)


@pytest.mark.properties
@given(FOLDABLE.map(nfc_lf), st.data())
def test_locate_finds_what_stands_there(text, data):
    """
    Words taken out of a text are found where they were taken, and each place found holds them.
    """
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 6)))
    words = text[start:end]
    found = locate(text, words)

    if words and nfc_lf(words) == words:
        assert Span(start, end) in found
        assert {words} == {text[span.start : span.end] for span in found}


@pytest.mark.properties
@given(FOLDABLE.map(nfc_lf), st.data())
def test_locate_finds_loosely(text, data):
    """
    Words in other case are found too; what is found folds to the words or holds them.
    """
    start = data.draw(st.integers(0, len(text)))
    words = loose(text).between(start, start + 6)
    found = locate(text, words)

    assert len(set(found)) == len(found)
    assert sorted(found, key=lambda span: span.start) == list(found)
    if words:
        assert found
    for span in found:
        assert words in text[span.start : span.end] or words in loose(text[span.start : span.end]).text


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("aaa", "aa", [(0, 2), (1, 3)]),
        ("Aa aA", "aa", [(0, 2), (3, 5)]),
        ("Aa aa", "aa", [(3, 5)]),
        ("it´s", "it's", [(0, 4)]),
        ("«So»  –\nthere", '"so" - there', [(0, 13)]),
        ("one\u00a0 two", "ONE TWO", [(0, 8)]),
        ("…and", "..", [(0, 1)]),
        ("Straße", "strasse", [(0, 6)]),
        ("Cafe\u0301".replace("e\u0301", "é"), "cafe", [(0, 4)]),
        ("é", "e\u0301", [(0, 1)]),
        ("text", "", []),
        ("text", "\u0301", []),
        ("text", "other", []),
        ("", "a", []),
    ],
)
def test_locate_examples(text, words, places):
    """
    Exact places go before loose ones; overlapping places are all found, and none twice.
    """
    assert places == [(span.start, span.end) for span in locate(text, words)]


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_only_long_evidence_is_tagged(extra):
    """
    Evidence carries a tag from 32 loose characters on, wherever white space runs in it.
    """
    text = "So  " + "x" * (MIN_TAGGED + extra - 3) + " "
    span = tagged(Span(0, len(text), None, "other"), loose(text), "some-article")

    assert (0, len(text), "other") == (span.start, span.end, span.article)
    assert (span.tag is not None) == (extra >= 0)


@pytest.mark.properties
@given(st.text(make.CHARACTERS), make.article_ids, make.article_ids)
def test_tags_are_salted(words, one, other):
    """
    Equal words have equal tags under one salt, of 24 bits.
    """
    assert len(tagger(one)(words)) == TAG_DIGITS
    assert (tagger(one)(words) == tagger(other)(words)) >= (one == other)


def test_tags_of_two_salts_differ():
    """
    The same words in two articles have two tags.
    """
    assert tagger("one")("the same words") != tagger("other")("the same words")
