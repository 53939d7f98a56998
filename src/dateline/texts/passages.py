"""
A span with its words: what a reader of the article sees.

Words are shown where they are asked for by name, and nowhere else: no repr, pickle or field holds them.
"""

from __future__ import annotations

from typing import NoReturn

from attrs import field, frozen

from dateline.bases import Base
from dateline.display import harmless
from dateline.errors import SpanNotFound, WordsWithheld
from dateline.ids import ArticleId
from dateline.records import Rights
from dateline.spans import Span
from dateline.texts.alignment import Placed, SpanStatus
from dateline.texts.held import Held
from dateline.texts.sentences import line_and_column, sentence_around


def _held(text: str | Held[str]) -> Held[str]:
    # Already held where attrs.evolve() hands on what a passage had.
    return text if isinstance(text, Held) else Held(text)


@frozen(eq=False, repr=False)
class Passage(Base):
    """
    A stretch of an article, found in an attached text or refused.
    """

    article: ArticleId

    #: Where the records say that it stands.
    evidence: Span

    #: Where it stands in the attached text, if it was found.
    placed: Placed

    #: Who holds the rights in the words, as the record states it.
    rights: Rights | None

    _text: Held[str] = field(converter=_held)

    @property
    def status(self) -> SpanStatus:
        """
        Whether the words stand where the records say, elsewhere, or nowhere provably.
        """
        return self.placed.status

    @property
    def span(self) -> Span:
        """
        Where the words stand in the attached text.

        Raises:
            SpanNotFound: If the span was refused.
        """
        if self.placed.span is None:
            raise SpanNotFound(f"{self.article}:{self.evidence.start}-{self.evidence.end}", self.status.value)

        return self.placed.span

    @property
    def words(self) -> str:
        """
        The article's own words.

        Raises:
            SpanNotFound: If the span was refused.
        """
        return self._text.open()[self.span.start : self.span.end]

    @property
    def sentence(self) -> str:
        """
        The sentence that the words stand in; several, if they reach over more.

        Raises:
            SpanNotFound: If the span was refused.
        """
        text = self._text.open()
        around = sentence_around(text, self.span)

        return text[around.start : around.end]

    @property
    def line(self) -> int:
        """
        The line of the attached text where the words begin, counted from 1.
        """
        return line_and_column(self._text.open(), self.span.start)[0]

    @property
    def column(self) -> int:
        """
        The character of that line with which the words begin, counted from 1.
        """
        return line_and_column(self._text.open(), self.span.start)[1]

    def html(self) -> str:
        """
        The sentence as HTML, the words marked and the rights stated; whatever the text holds is shown only.

        Raises:
            SpanNotFound: If the span was refused.
        """
        text = self._text.open()
        around = sentence_around(text, self.span)
        before, words, after = (
            harmless(text[start:end])
            for start, end in (
                (around.start, self.span.start),
                (self.span.start, self.span.end),
                (self.span.end, around.end),
            )
        )
        notice = f"<footer>{harmless(rights_notice(self.rights))}</footer>"

        return f"<blockquote><p>{before}<mark>{words}</mark>{after}</p>{notice}</blockquote>"

    def __repr__(self) -> str:
        return f"<Passage {self.article}:{self.evidence.start}-{self.evidence.end} {self.status.value}>"

    def __reduce__(self) -> NoReturn:
        raise WordsWithheld("a passage")


def rights_notice(rights: Rights | None) -> str:
    """
    Whose the words are, in a sentence for whatever holds them.

    >>> rights_notice(Rights(uri="http://rightsstatements.org/vocab/InC/1.0/", holder="The Gazette"))
    'Words of the article: rights held by The Gazette; http://rightsstatements.org/vocab/InC/1.0/'
    """
    if rights is None:
        return "Words of the article: rights not stated"
    holder = f"rights held by {rights.holder}; " if rights.holder else ""

    return f"Words of the article: {holder}{rights.uri}"
