"""
The ladder of digests: what counts as the same text, and in which form.
"""

from __future__ import annotations

import random
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.fingerprints import fingerprint, without
from dateline.spans import Span, loose, nfc_lf
from dateline.testing import TEXTS, make_article
from dateline.texts import ladder
from dateline.texts.ladder import FORMS, Ladder


#: Short, so that thousands can be tried; the first line of each, its headline, is taken for furniture.
ARTICLES = {
    name: make_article(
        id=name,
        claims=(),
        mentions=(),
        text=fingerprint(text.encode(), name, [Span(0, text.index("\n"))]),
    )
    for name, text in TEXTS.items()
}
LADDER = Ladder(ARTICLES.values())
BODIES = {name: without(text, ARTICLES[name].text.furniture) for name, text in TEXTS.items()}
LOOSE = {name: (loose(text).text, loose(BODIES[name]).text) for name, text in TEXTS.items()}

#: What an edit may put into a text: letters, and whatever one of the forms may drop, fold or compose.
INSERTED = "aeiouxyzXYZ09 \n\r\t\u00a0\u200b\ufeff.,;-–—'’\"“”\u0301\u0308éßﬁ…🏳&<>"


def article(name, text, furniture=()):
    """
    An article of that text.
    """
    return make_article(id=name, claims=(), mentions=(), text=fingerprint(text.encode(), name, furniture))


def edited(name, chance):
    """
    A text with one character changed, inserted or removed anywhere.
    """
    text = TEXTS[name]
    place = chance.randrange(len(text))
    dropped = chance.randrange(2)
    added = chance.choice(INSERTED) if not dropped or chance.randrange(2) else ""

    return text[:place] + added + text[place + dropped :]


def form_of(name, copy):
    """
    The strictest form in which a copy is the text of an article, made from both texts and not from digests.
    """
    plain = nfc_lf(copy)
    forms = (copy, plain, *[loose(plain).text] * 2)
    text = TEXTS[name]

    return next(
        (
            rung
            for rung, pair in enumerate(zip(forms, (text, text, *LOOSE[name]), strict=True))
            if len(set(pair)) == 1
        ),
        None,
    )


def check_near_misses(seed, count):
    """
    Hold so many near misses against the ladder; nothing may be exact or equal in a form in which it is not.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    unseen = 0
    for _ in range(count):
        name = chance.choice(list(TEXTS))
        copy = edited(name, chance)
        expected = form_of(name, copy)
        unseen += expected is not None
        reached = LADDER.reached(copy)

        assert expected == reached.get(name)
        assert {name} >= set(reached)
    # White space and marks that no form sees are few among the edits, and there are some.
    assert 0 < unseen < count / 2


@pytest.mark.slow
@pytest.mark.properties
@given(st.integers(0))
def test_no_near_miss_is_exact_or_equal(seed):
    """
    Of ten thousand texts with one character changed none is exact, nor equal in a form in which it is not.
    """
    check_near_misses(seed, 400)


@pytest.mark.parametrize(
    ("change", "form"),
    [
        (lambda text: text, None),
        (lambda text: text.encode(), None),
        (lambda text: "\ufeff" + text, "nfc-lf-1"),
        (lambda text: text.replace("\n", "\r\n").encode(), "nfc-lf-1"),
        (lambda text: text.replace("é", "e\u0301").replace("ć", "c\u0301"), "nfc-lf-1"),
        (lambda text: text.upper(), "loose-1"),
        (lambda text: text.replace("\n", " ").replace(" ", "\u00a0 "), "loose-1"),
    ],
    ids=["text", "bytes", "byte order mark", "line ends", "composition", "capitals", "white space"],
)
def test_each_form_is_told(change, form):
    """
    A copy reaches the rung of the strictest form in which it is the same.
    """
    # A mark that NFC composes must be there for the case of composition.
    text = f"Łucja Dragoć met René.\n{TEXTS['ferry-halts']}"
    reached = Ladder([article("met", text)]).reached(change(text))

    assert {"met": FORMS.index(form)} == reached


def test_a_text_without_its_furniture_is_told_apart():
    """
    A copy without photo credits and the like is equal in the form that leaves them out.
    """
    expected = {"ferry-halts": FORMS.index("loose-1 without furniture")}

    assert expected == LADDER.reached(BODIES["ferry-halts"])


def test_the_annotated_bytes_cost_one_digest(monkeypatch):
    """
    For the annotated bytes one digest is made, and no other form of the text.
    """
    made = []
    monkeypatch.setattr(ladder, "nfc_lf", None)
    monkeypatch.setattr(ladder, "loose", None)
    monkeypatch.setattr(ladder, "sha256", lambda data: made.append(data) or sha256(data))
    for name, text in TEXTS.items():
        assert {name: 0} == LADDER.reached(text.encode())

    assert len(TEXTS) == len(made)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_other_line_ends_cost_one_digest(monkeypatch, mark):
    """
    A copy that differs in line ends and byte order mark is proved by one digest, and nothing is decoded.
    """
    made = []
    monkeypatch.setattr(ladder, "nfc_lf", None)
    monkeypatch.setattr(ladder, "sha256", lambda data: made.append(data) or sha256(data))
    for name, text in TEXTS.items():
        assert {name: 1} == LADDER.reached((mark + text.replace("\n", "\r\n")).encode())

    assert [text.encode() for text in TEXTS.values()] == made


def test_bytes_that_are_not_in_the_form_are_exact_by_one_digest(monkeypatch):
    """
    The bytes of an article that came with other line ends are its exact text, and cost one digest.
    """
    windows = TEXTS["ferry-halts"].replace("\n", "\r\n")
    one = Ladder([article("ferry-halts", windows)])
    made = []
    monkeypatch.setattr(ladder, "sha256", lambda data: made.append(data) or sha256(data))

    assert {"ferry-halts": 0} == one.reached(windows)
    assert [windows.encode()] == made
    assert {"ferry-halts": 1} == one.reached(TEXTS["ferry-halts"])
    assert {"ferry-halts": 1} == one.reached("\ufeff" + windows)


@pytest.mark.parametrize(
    "copy",
    [
        "The ferry\r sailed.\r\nIt rained.\r\n",
        "The ferry sailed.\r\r\nIt rained.\r\n",
        "The ferry sailed.\n\rIt rained.\n\r",
        "\ufeff\ufeffThe ferry sailed.\r\nIt rained.\r\n",
    ],
    ids=["inside a line", "doubled", "reversed", "two marks"],
)
def test_a_carriage_return_is_never_just_dropped(copy):
    """
    A carriage return that is no half of a line end is one itself, and no more than one mark is dropped.
    """
    text = "The ferry sailed.\nIt rained.\n"

    assert nfc_lf(copy) != text
    assert 1 not in Ladder([article("report", text)]).reached(copy).values()


@pytest.mark.parametrize(
    "copy",
    [
        "The ferry sailed.\r\nIt rained.\n",
        "The ferry sailed.\nIt rained.\r\n",
        "The ferry sailed.\rIt rained.\r",
    ],
    ids=["the first line", "the last line", "as once on the Macintosh"],
)
def test_line_ends_may_be_mixed(copy):
    """
    A copy is equal whichever of its lines end otherwise.
    """
    assert {"report": 1} == Ladder([article("report", "The ferry sailed.\nIt rained.\n")]).reached(copy)


def test_text_in_normal_form_is_hashed_once_for_both_forms(monkeypatch):
    """
    Bytes that are their own normal form are not hashed a second time, whatever else is tried.
    """
    made = []
    monkeypatch.setattr(ladder, "sha256", lambda data: made.append(data) or sha256(data))

    assert {} == LADDER.reached("Nobody wrote this.")
    assert [b"Nobody wrote this.", b"nobody wrote this."] == made


def test_a_text_of_several_articles_reaches_each_in_its_own_form():
    """
    Where articles share a text in some form, a copy reaches each of them, in the form that holds for it.
    """
    text = "The ferry sailed.\nIt rained."
    several = Ladder(
        [
            article("same", text),
            article("shouted", text.upper()),
            article("windows", text.replace("\n", "\r\n")),
            article("other", "Nothing of the kind."),
        ]
    )

    assert {"same": 0, "windows": 1, "shouted": 2} == several.reached(text)
    assert {"other": 0} == several.reached("Nothing of the kind.")


def test_a_form_is_no_proof_of_a_stricter_one():
    """
    A copy whose loose form has the digest of another article's bytes is not that article's exact text.
    """
    ladder_ = Ladder([article("plain", "the ferry sailed.")])

    assert {"plain": 2} == ladder_.reached("The Ferry sailed.")


def test_an_article_without_fingerprint_is_never_reached():
    """
    A record without a fingerprint is equal to no text.
    """
    assert {} == Ladder([make_article(text=None)]).reached("The ferry sailed.")


def test_texts_that_share_no_form_need_one_table():
    """
    Where each copy is an annotated text, but for line ends, the other forms are never gone through.
    """
    several = Ladder(ARTICLES.values())
    for text in TEXTS.values():
        several.reached(text)
        several.reached(text.replace("\n", "\r\n"))

    assert "_entries" not in vars(several)
