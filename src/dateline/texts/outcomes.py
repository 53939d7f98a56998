"""
What became of each article when texts were attached.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from dateline.ids import ArticleId
from dateline.spans import Span


class Match(enum.Enum):
    """
    How well a copy agrees with the text that was annotated, the best first.
    """

    #: The same bytes.
    EXACT = "exact"

    #: The same text in a named form; every span is where the records say, or proved to be elsewhere.
    EQUAL = "equal"

    #: Recognised, but with other words in places; some spans may be lost.
    NEAR = "near"

    #: Handed over for this article, and not its text.
    DIFFERENT = "different"

    #: No text was found for it.
    MISSING = "missing"

    #: Several texts could be it, or one holds it more than once; none is taken.
    AMBIGUOUS = "ambiguous"


# A tuple: there is one for each text, and this is the cheapest of what cannot be changed.
class Outcome(NamedTuple):
    """
    What became of one article.
    """

    article: ArticleId

    match: Match

    #: The form in which the texts are equal: ``nfc-lf-1``, ``loose-1``,
    #: or ``loose-1 without furniture``; None unless the match is equal.
    form: str | None = None

    #: The copies that it rests on, as the source names them.
    origins: tuple[str, ...] = ()

    #: The share of the article's spans that were found, from 0 to 1; None if no text is attached.
    share: float | None = None

    #: Where a near copy differs: stretches of the article that it does not confirm.
    changed: tuple[Span, ...] = ()

    #: Other articles that the same copy was taken for.
    also: tuple[ArticleId, ...] = ()

    #: What a person should know besides; empty if there is nothing.
    note: str = ""

    @property
    def is_proved(self) -> bool:
        """
        Whether the text is exactly the annotated one, or equal to it in a named form.
        """
        return self.match in (Match.EXACT, Match.EQUAL)

    @property
    def has_text(self) -> bool:
        """
        Whether there are words to read.
        """
        return self.is_proved or self.match is Match.NEAR

    def __str__(self) -> str:
        form = f" under {self.form}" if self.form else ""
        share = f", {self.share or 0:.1%} of the spans found" if self.match is Match.NEAR else ""
        note = f" ({self.note})" if self.note else ""

        return f"{self.article}: {self.match.value}{form}{share}{note}"


def counted(outcomes: Iterable[Outcome]) -> str:
    """
    How many articles came out how, in words.

    >>> counted([Outcome(article="a", match=Match.EXACT), Outcome(article="b", match=Match.MISSING)])
    '1 exact, 1 missing'
    """
    numbers = Counter((outcome.match, outcome.form) for outcome in outcomes)

    return ", ".join(
        f"{numbers[match, form]} {match.value}" + (f" under {form}" if form else "")
        for match in Match
        for form in sorted({form for _, form in numbers}, key=str)
        if numbers[match, form]
    )
