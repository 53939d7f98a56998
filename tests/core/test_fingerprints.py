"""
Fingerprints: enough to recognise a text, too little to rebuild it.
"""

from __future__ import annotations

import hashlib
import itertools
import pickle

import pytest
import strategies as make
from hypothesis import assume, given
from hypothesis import strategies as st

from dateline.errors import InvalidValue
from dateline.fingerprints import (
    ANCHOR_STEP,
    ANCHOR_WINDOW,
    Anchor,
    TextFingerprint,
    fingerprint,
    sha256,
    without,
)
from dateline.spans import Span, loose, nfc_lf


WORDS = "The river rose in the night and by morning the lower streets were under water. "

#: Texts long enough for a few anchors.
LONG = st.builds(
    lambda count, parts: WORDS * count + "".join(parts),
    st.integers(0, 20),
    st.lists(st.sampled_from([WORDS, "“Quoted” – ", "\n\n  ", "Café ", "1234 ", "ſßﬁ…"]), max_size=20),
).filter(str.strip)

GAP = 120


@st.composite
def furnished(draw):
    """
    A text, and stretches of it that are sorted and apart.
    """
    text = nfc_lf(draw(LONG))
    ends = draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True))
    pairs = _pairs(ends)

    return text, tuple(Span(*pair) for pair in pairs)


def _pairs(ends):
    """
    Sorted ends, two by two.
    """
    ends = sorted(ends)
    return zip(ends[::2], ends[1::2], strict=False)


def test_a_digest_is_sha_256():
    """
    A digest is that of the standard library, with the name of the algorithm.
    """
    assert f"sha256:{hashlib.sha256(b'abc').hexdigest()}" == sha256(b"abc")


@pytest.mark.properties
@given(LONG)
def test_digests_are_of_the_named_forms(text):
    """
    Each digest can be computed from the text by anyone.
    """
    form = nfc_lf(text)
    print_ = fingerprint(text.encode(), "a")

    assert len(form) == print_.length
    assert sha256(text.encode()) == print_.exact
    assert sha256(form.encode()) == print_.nfc_lf
    assert sha256(loose(form).text.encode()) == print_.loose == print_.loose_body


@pytest.mark.properties
@given(LONG.map(nfc_lf), st.data())
def test_one_character_changes_the_digests(text, data):
    """
    A letter put in, taken out or replaced anywhere changes every digest that covers it.
    """
    place = data.draw(st.integers(0, len(text)))
    skip = data.draw(st.integers(0, 1))
    edited = text[:place] + data.draw(st.sampled_from(["", "q", "#"])) + text[place + skip :]
    assume(loose(edited).text != loose(text).text)
    one, other = (fingerprint(version.encode(), "a") for version in (text, edited))

    assert one.exact != other.exact
    assert one.nfc_lf != other.nfc_lf
    assert one.loose != other.loose
    assert one.loose_body != other.loose_body


@pytest.mark.properties
@given(LONG.map(nfc_lf))
def test_each_form_forgives_what_it_says(text):
    """
    Line ends change the bytes' digest only, case that of the texts but not of the loose form.
    """
    one = fingerprint(text.encode(), "a")
    dos = fingerprint(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "a")
    upper = fingerprint(text.upper().encode(), "a")

    assert one.exact != dos.exact
    assert (one.length, one.nfc_lf, one.loose) == (dos.length, dos.nfc_lf, dos.loose)
    assert one.loose == upper.loose


@pytest.mark.properties
@given(LONG.map(nfc_lf))
def test_anchors_are_few(text):
    """
    Anchors stand in order, their windows at least 120 loose characters apart, with 20 bits each.
    """
    form = loose(text)
    anchors = fingerprint(text.encode(), "a").anchors
    places = [form.origins.index(anchor.start) for anchor in anchors]

    assert sorted(places) == places
    assert len(anchors) <= len(form.text) // ANCHOR_STEP + 1
    assert all(len(anchor.tag) == 5 for anchor in anchors)
    for place, following in itertools.pairwise(places):
        # A character that folds to several may have begun just before its window.
        assert following - (place + ANCHOR_WINDOW) >= GAP - 3


def test_anchors_of_plain_text_are_120_characters_apart():
    """
    In a text in which every character folds to one, the gaps are counted in its own characters.
    """
    text = WORDS * 30
    starts = [anchor.start for anchor in fingerprint(text.encode(), "a").anchors]

    assert len(text) // ANCHOR_STEP <= len(starts)
    assert all(after - before - ANCHOR_WINDOW >= GAP for before, after in itertools.pairwise(starts))


@pytest.mark.properties
@given(furnished())
def test_no_anchor_touches_furniture(furnished):
    """
    What is not of the article anchors nothing.
    """
    text, furniture = furnished
    form = loose(text)
    print_ = fingerprint(text.encode(), "a", reversed(furniture))

    assert furniture == print_.furniture
    for anchor in print_.anchors:
        first = form.origins.index(anchor.start)
        window = range(anchor.start, form.origins[first + ANCHOR_WINDOW - 1] + 1)
        assert not any(place in window for span in furniture for place in range(span.start, span.end))


@pytest.mark.properties
@given(furnished())
def test_without_leaves_the_rest(furnished):
    """
    Furniture gives way to spaces, and everything else stays in order.
    """
    text, furniture = furnished
    covered = {place for span in furniture for place in range(span.start, span.end)}
    rest = "".join(character for place, character in enumerate(text) if place not in covered)

    assert rest.replace(" ", "") == without(text, furniture).replace(" ", "")
    assert len(rest) + len(furniture) == len(without(text, furniture))


@pytest.mark.properties
@given(furnished())
def test_furniture_does_not_count_in_the_body(furnished):
    """
    Whatever stands in the furniture, the digest of the body is the same.
    """
    text, furniture = furnished
    masked = list(text)
    for span in furniture:
        masked[span.start : span.end] = "q" * len(span)
    one, other = (fingerprint(version.encode(), "a", furniture) for version in (text, "".join(masked)))

    assert one.loose_body == other.loose_body


def test_anchors_are_salted():
    """
    The same text has other anchors under another article's id.
    """
    one, other = (fingerprint(WORDS.encode() * 9, article) for article in ("one", "other"))

    assert [anchor.start for anchor in one.anchors] == [anchor.start for anchor in other.anchors]
    assert {anchor.tag for anchor in one.anchors}.isdisjoint(anchor.tag for anchor in other.anchors)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff"])
def test_there_must_be_a_text(data):
    """
    Bytes without text, or that are none, have no fingerprint.
    """
    with pytest.raises(InvalidValue):
        fingerprint(data, "a")


@pytest.mark.parametrize("spans", [[(0, 5), (4, 8)], [(0, 5), (0, 5)], [(8, 12)]], ids=repr)
def test_furniture_lies_within_the_text_and_apart(spans):
    """
    Furniture that overlaps, or that lies beyond the text, is refused.
    """
    with pytest.raises(InvalidValue, match="furniture must lie within the text and apart"):
        fingerprint(b"ten letters"[:10], "a", [Span(*span) for span in spans])


@pytest.mark.parametrize("tag", ["", "1234", "123456", "ABCDE", "1234g", None, 12345], ids=repr)
def test_an_anchor_is_checked(tag):
    """
    An anchor's tag is five lower-case hexadecimal digits.
    """
    with pytest.raises(InvalidValue):
        Anchor(start=0, tag=tag)


@pytest.mark.properties
@given(make.fingerprints)
def test_a_fingerprint_is_a_value(print_):
    """
    A fingerprint can be hashed and pickled.
    """
    assert print_ == pickle.loads(pickle.dumps(print_))  # noqa: S301
    assert hash(print_) == hash(TextFingerprint(**{name: getattr(print_, name) for name in NAMES}))


NAMES = ("length", "exact", "nfc_lf", "loose", "loose_body", "furniture", "anchors")
