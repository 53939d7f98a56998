"""
What recognising texts costs beside hashing the same bytes once, and how the cost of changed texts grows.

Every text is an invented one, made of the same few words in another order.
"""

from __future__ import annotations

import functools
import gc
import hashlib
import math
import random
import statistics
import sys
from collections.abc import Iterable, Iterator
from typing import Final

from ratios import Measured, Ratio, call, in_turn, main, ratio

from dateline.corpus import Corpus
from dateline.fingerprints import TextFingerprint, fingerprint, sha256, tagged
from dateline.ids import ArticleId
from dateline.records import Article
from dateline.spans import Span, loose
from dateline.testing import make_article, make_claim
from dateline.texts.findings import TextCopy
from dateline.texts.recognition import recognise


ARTICLES: Final = 100_000

#: Some 650 words, an article of usual length.
CHARACTERS: Final = 4_000

#: The median of the dataset's three.
SHORT: Final = 2_283

#: How large the changed texts are, or how many there are, from one measurement to the next.
STEPS: Final = (1, 2, 4)

#: So many texts of the dataset's length.
FEWER: Final = 20_000

EXACT = "attaching texts, exact"
EQUAL = "attaching texts, equal"
HASHING = "hashing their bytes once"
LINEAR = "1, as of linear cost"

#: Against so many articles a changed text is held that nobody names, and against more of them.
MANY: Final = 10

#: Changed texts take seconds each round.
GROWTH_ROUNDS: Final = 3

_WORDS: Final = (
    *("the ferry", "sailed again", "on monday", "after eleven weeks", "in dry dock", "and shopkeepers"),
    *("on the quay", "said that", "winter had been", "a loss", "for them", "while the harbour master"),
    *("and county", "paid for", "a new engine", "before noon", "nobody", "was late"),
)

#: Phrases in a line, a paragraph each: in the dataset's articles there are about 150 characters in one.
_PHRASES: Final = 12


def text_of(number: int, characters: int = CHARACTERS) -> str:
    """
    One of the texts: lines of a few words, in lower case, so that its loose form is known without folding.
    """
    chance = random.Random(number)  # noqa: S311 - no secret

    return "\n".join(chance.choices(_lines(), k=characters // 100))[:characters].rstrip()


@functools.cache
def _lines() -> tuple[str, ...]:
    chance = random.Random(0)  # noqa: S311 - the same lines each time

    return tuple(" ".join(chance.choices(_WORDS, k=_PHRASES)) for _ in range(5_000))


def corpus_of(several: Iterable[Article]) -> Corpus:
    """
    A corpus of nothing but articles.
    """
    return Corpus.of(several)


def slight(number: int, data: bytes) -> Article:
    """
    A record of one text with no more than recognising an unchanged copy needs.
    """
    plain = sha256(data)
    folded = sha256(b" ".join(data.split()))
    text = TextFingerprint(length=len(data), exact=plain, nfc_lf=plain, loose=folded, loose_body=folded)

    return make_article(id=f"report-{number}", claims=(), mentions=(), text=text)


def full(number: int, text: str) -> Article:
    """
    A record of one text with evidence in every third line and all anchors.
    """
    name = ArticleId(f"report-{number}")
    folded = loose(text)
    claims = []
    start = 0
    for line in text.split("\n"):
        if len(claims) * 3 <= text.count("\n", 0, start):
            span = tagged(Span(start, start + len(line)), folded, name)
            claims.append(make_claim(id=f"{name}/c{len(claims) + 1:02}", evidence=(span,)))
        start += len(line) + 1

    return make_article(id=name, claims=claims, mentions=(), text=fingerprint(text.encode(), name))


def changed(text: str) -> str:
    """
    A text with a word exchanged in every line but the third.
    """
    lines = text.split("\n")

    return "\n".join(f"perhaps {line}" if number % 3 else line for number, line in enumerate(lines))


def unchanged(several: list[bytes]) -> Iterator[TextCopy]:
    """
    The copies, as a folder would give them.
    """
    return (TextCopy(origin=str(number), data=data) for number, data in enumerate(several))


def exponent(seconds: list[float]) -> float:
    """
    The power of the size with which the cost grows, by the slope of the logarithms; 1 is linear.
    """
    sizes = [math.log(size) for size in STEPS]

    return statistics.linear_regression(sizes, [math.log(each) for each in seconds]).slope


def near_seconds(copies: list[str], records: list[Article], *, named: bool) -> float:
    """
    What recognising changed copies takes, each held against all records, or the one that it is named for.
    """
    corpus = corpus_of(records)
    found = [
        TextCopy(origin=str(number), data=copy, article=records[number].id if named else None)
        for number, copy in enumerate(copies)
    ]

    return call(lambda: recognise(corpus, found, lambda _: None))()


def growths() -> dict[str, float]:
    """
    The exponents for longer texts, for more texts, for more articles, and for longer pages around a text.
    """
    # In shorter ones there are fewer ways of leaving lines out than are tried at most.
    longer = [text_of(1, 2 * CHARACTERS * step) for step in STEPS]
    several = [text_of(number) for number in range(STEPS[-1] * MANY)]
    records = [full(number, text) for number, text in enumerate(several)]
    page = [changed(several[0]) + text_of(99, CHARACTERS * 8 * step) for step in STEPS]

    return {
        "longer texts": exponent(
            [near_seconds([changed(each)], [full(1, each)], named=True) for each in longer]
        ),
        "more texts": exponent(
            [
                near_seconds([changed(each) for each in several[: 2 * step]], records, named=True)
                for step in STEPS
            ]
        ),
        "more articles": exponent(
            [near_seconds([changed(several[0])], records[: MANY * step], named=False) for step in STEPS]
        ),
        "longer pages": exponent([near_seconds([each], records[:1], named=True) for each in page]),
    }


def proved(characters: int, articles: int, rounds: int, goal: float | None) -> tuple[Ratio, Ratio]:
    """
    Unchanged texts of so many characters, and those with other line ends, in turn with hashing them.
    """
    data = [text_of(number, characters).encode() for number in range(articles)]
    corpus = corpus_of(slight(number, each) for number, each in enumerate(data))
    other = [each.replace(b"\n", b"\r\n") for each in data]
    gc.freeze()
    check(corpus, data, other)
    size = f", {articles:,} of {characters:,} bytes"
    runs = {
        EXACT + size: call(lambda: recognise(corpus, unchanged(data), lambda _: None)),
        EQUAL + size: call(lambda: recognise(corpus, unchanged(other), lambda _: None)),
        HASHING: call(lambda: [hashlib.sha256(each).digest() for each in data]),
    }
    seconds = in_turn(runs, rounds)

    return ratio(seconds, EXACT + size, HASHING, goal), ratio(seconds, EQUAL + size, HASHING, goal)


def measure(rounds: int | None = None) -> Measured:
    """
    Unchanged texts in turn with hashing them; changed ones as exponents.
    """
    ratios = (
        *proved(CHARACTERS, ARTICLES, rounds or 5, goal=3),
        *proved(SHORT, FEWER, rounds or 5, goal=None),
    )
    exponents = [growths() for _ in range(GROWTH_ROUNDS)]

    return Measured(
        ratios=(
            *ratios,
            *(
                Ratio(f"changed texts: {what}", LINEAR, tuple(each[what] for each in exponents), goal=1.1)
                for what in exponents[0]
            ),
        ),
        note=(
            f"Texts that are attached are ASCII in memory: {CHARACTERS:,} bytes are some 650 words;"
            f" {SHORT:,} are the median of this dataset, whose articles are short."
            " Equal ones end their lines in CRLF. Of changed texts the exponent is given with which the cost"
            f" grows from {STEPS[0]} to {STEPS[-1]} times the size or the number; one that nobody names is"
            " held against each article that has no text yet, since what ships is salted for each."
        ),
    )


def check(corpus: Corpus, data: list[bytes], other: list[bytes]) -> None:
    """
    Make sure that what is measured is what is said.
    """
    for copies, match in ((data, "exact"), (other, "equal")):
        outcomes = recognise(corpus, unchanged(copies), lambda _: None).outcomes
        if {outcome.match.value for outcome in outcomes.values()} != {match}:
            sys.exit(f"not every text is {match}")


if __name__ == "__main__":
    sys.exit(main(measure))
