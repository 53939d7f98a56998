"""
Passages: a span with its words, its sentence, its line, and as HTML.
"""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dateline
from dateline.records import Rights
from dateline.spans import Span
from dateline.texts.alignment import Placed, SpanStatus
from dateline.texts.passages import Passage, rights_notice


RIGHTS = Rights(uri="http://rightsstatements.org/vocab/InC/1.0/", holder="The Harbour Gazette")
TEXT = "It rained.\nThe ferry sailed at noon. Nobody was late.\n"


def passage(text, start, end, *, rights=RIGHTS):
    """
    A passage at these offsets of a text, ten characters further on than the records say.
    """
    placed = Placed(SpanStatus.MOVED, Span(start, end))

    return Passage("ferry-returns", Span(start + 10, end + 10), placed, rights, text)


class Markup(HTMLParser):
    """
    The tags of a page, and what is shown inside which of them.
    """

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.texts = []
        self.open = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """
        Count the attributes too: there are none.
        """
        self.tags.append((tag, *attrs))
        self.open.append(tag)

    def handle_endtag(self, tag):
        """
        Tags are closed in turn.
        """
        assert tag == self.open.pop()

    def handle_data(self, data):
        """
        What is shown.
        """
        self.texts.append((self.open[-1], data))

    def shown(self, *tags):
        """
        What is shown directly inside the tags.
        """
        return "".join(data for tag, data in self.texts if tag in tags)


def test_a_passage_tells_where_its_words_stand():
    """
    A passage has its words, the sentence around them, line and column, and says that they moved.
    """
    found = passage(TEXT, 15, 20)

    assert ("ferry", "The ferry sailed at noon.") == (found.words, found.sentence)
    assert (2, 5) == (found.line, found.column)
    assert (SpanStatus.MOVED, Span(15, 20)) == (found.status, found.span)


@pytest.mark.parametrize("name", ["span", "words", "sentence", "line", "column", "html"])
@pytest.mark.parametrize("status", [SpanStatus.LOST, SpanStatus.AMBIGUOUS])
def test_what_was_refused_has_no_words(name, status):
    """
    Of a span that was refused there are no words, and the error says why.
    """
    refused = Passage("ferry-returns", Span(3, 9), Placed(status), RIGHTS, TEXT)

    with pytest.raises(dateline.SpanNotFound, match=f"ferry-returns:3-9 are {status.value}"):
        getattr(refused, name) if name != "html" else refused.html()


def test_html_marks_the_words_in_their_sentence():
    """
    As HTML a passage is its sentence with the words marked, and the rights below.
    """
    expected = (
        "<blockquote><p>The <mark>ferry</mark> sailed at noon.</p>"
        "<footer>Words of the article: rights held by The Harbour Gazette; "
        "http://rightsstatements.org/vocab/InC/1.0/</footer></blockquote>"
    )

    assert expected == passage(TEXT, 15, 20).html()


@pytest.mark.properties
@given(
    st.text(st.sampled_from("ab .\"'<>&/=\u202e"), max_size=20),
    st.sampled_from(
        ["<script>alert(1)</script>", "<b onclick=x>", "</mark><img src=x>", "&lt;", "<!--", "]]>", "\"'>"]
    ),
    st.text(st.sampled_from("ab .\"'<>&/=\u202e"), max_size=20),
)
def test_html_shows_hostile_text_and_runs_none_of_it(before, words, after):
    """
    Whatever stands in the text or its rights is shown as it is, and no tag of it takes effect.
    """
    text = before + words + after
    found = passage(text, len(before), len(before) + len(words), rights=Rights(uri=RIGHTS.uri, holder=words))
    page = Markup(found.html())

    assert [("blockquote",), ("p",), ("mark",), ("footer",)] == page.tags
    assert [] == page.open
    # Bidirectional controls are shown, not obeyed, so only the words themselves are compared.
    assert words == page.shown("mark")
    assert words in page.shown("footer")


def test_html_has_no_character_that_drives_a_terminal():
    """
    Control and direction characters of the text and the rights are references, which show and do nothing.
    """
    text = "It \x1b[2J rained\u202e on\u2066 Monday."
    page = passage(text, 3, 9, rights=Rights(uri=RIGHTS.uri, holder="The\x07 Gazette")).html()

    assert page.isprintable()
    assert "It <mark>&#27;[2J r</mark>ained&#8238; on&#8294; Monday." in page
    assert "The&#7; Gazette" in page


@pytest.mark.parametrize(
    ("rights", "notice"),
    [
        (None, "Words of the article: rights not stated"),
        (Rights(uri="http://rightsstatements.org/vocab/CNE/1.0/"), "Words of the article: http://rights"),
        (RIGHTS, "Words of the article: rights held by The Harbour Gazette; http://rights"),
    ],
    ids=["none", "no holder", "all"],
)
def test_the_notice_says_what_is_known_of_the_rights(rights, notice):
    """
    The notice names the holder where there is one, and says so where nothing is stated.
    """
    assert rights_notice(rights).startswith(notice)


def test_a_passage_prints_no_words():
    """
    A passage prints its article, the span and what became of it.
    """
    assert "<Passage ferry-returns:25-30 moved>" == repr(passage(TEXT, 15, 20)) == str(passage(TEXT, 15, 20))
