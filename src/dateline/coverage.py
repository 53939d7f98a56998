"""
Is the annotation complete? Every word, sentence, number and name of the texts is held against the records.

This needs the texts, which do not ship.
What is left out on purpose stands in the curated source, with its reason.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

from attrs import frozen

from dateline import files
from dateline.curated import Gap, Source, read_source
from dateline.dates import PartialDate
from dateline.errors import DigestMismatch
from dateline.fingerprints import sha256
from dateline.records import Article, Claim, Entity
from dateline.spans import Span, nfc_lf
from dateline.texts.sentences import sentences


_WORD = re.compile(r"[^\W_]+(?:['’´-][^\W_]+)*")


def _counted(words: str, first: int) -> dict[str, Decimal]:
    return {word: Decimal(value) for value, word in enumerate(words.split(), first)}


_CARDINALS: Final = _counted(
    "zero one two three four five six seven eight nine ten eleven twelve"
    " thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    0,
)
_ORDINALS: Final = _counted("first second third fourth fifth sixth seventh eighth ninth tenth", 1)
_TENS: Final = {
    word: 10 * value
    for word, value in _counted("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()
}
_SHARES: Final = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "dozen": Decimal(12)}
_SCALES: Final = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
}
_SINGLE: Final = _CARDINALS | _ORDINALS | _TENS | _SHARES
_NUMBER = re.compile(
    rf"(?<![\w])(?:(?P<digits>[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?)|(?P<word>{'|'.join(_SINGLE)}))"
    rf"(?:[ -](?P<scale>{'|'.join(_SCALES)}))?(?!\w)",
    re.IGNORECASE,
)


@frozen(kw_only=True)
class Row:
    """
    How much of one kind of thing in one article the records cover.
    """

    article: str

    #: ``sentences``, ``words``, ``numbers`` or ``names``.
    what: str

    total: int

    #: Left out on purpose, each with its reason in the curated source.
    excused: int

    #: Neither covered nor excused.
    missing: tuple[Span, ...]


def measure(folder: str | os.PathLike[str], texts: str | os.PathLike[str]) -> tuple[Row, ...]:
    """
    The coverage of the curated source in *folder* over the texts in the folder *texts*, four rows an article.

    Raises:
        NotRead: If a text is missing.
        DigestMismatch: If it is another text than the one annotated.
        And whatever :func:`dateline.curated.read_source` raises.
    """
    source = read_source(folder)

    return tuple(row for article in source.corpus.values() for row in _rows(article, source, Path(texts)))


def _rows(article: Article, source: Source, texts: Path) -> Iterator[Row]:
    text = _text_of(article, texts)
    gaps = source.gaps.get(article.id, ())
    furniture = article.text.furniture if article.text else ()
    evidence = [span for claim in article.claims for span in claim.evidence]
    names = [span for mention in article.mentions for span in mention.spans]
    entities = source.corpus.entities.values()
    kinds: tuple[tuple[str, Iterable[Span], Callable[[Span], bool]], ...] = (
        ("sentences", _sentences(text), lambda span: any(_overlap(span, other) for other in evidence)),
        ("words", _words(text), lambda span: _inside(span, evidence)),
        ("numbers", _numbers(text), lambda span: _is_counted(text, span, article.claims)),
        ("names", _printed(text, entities), lambda span: _inside(span, names)),
    )
    for what, spans, is_covered in kinds:
        body = [span for span in spans if not any(_overlap(span, other) for other in furniture)]
        open_ = [span for span in body if not is_covered(span)]
        missing = tuple(span for span in open_ if not _inside(span, [gap.span for gap in gaps]))
        yield Row(
            article=article.id, what=what, total=len(body), excused=len(open_) - len(missing), missing=missing
        )


def _text_of(article: Article, texts: Path) -> str:
    if article.capture is None or article.text is None:
        raise DigestMismatch(article.id, "of a captured text", "no capture")
    data = files.read(texts / article.capture.file)
    if sha256(data) != article.capture.digest:
        raise DigestMismatch(article.capture.file, article.capture.digest, sha256(data))

    return nfc_lf(data)


def _sentences(text: str) -> Iterator[Span]:
    return (span for span in sentences(text) if _WORD.search(text[span.start : span.end]))


def _words(text: str) -> Iterator[Span]:
    return (Span(match.start(), match.end()) for match in _WORD.finditer(text))


def _numbers(text: str) -> Iterator[Span]:
    return (Span(match.start(), match.end()) for match in _NUMBER.finditer(text))


def number_value(text: str) -> Decimal:
    """
    The value of a numeral or of a number word, perhaps with a scale after it.

    >>> [str(number_value(text)) for text in ("15,000", "six", "Second", "quarter million")]
    ['15000', '6', '2', '250000.00']
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise ValueError(text)
    value = Decimal(match["digits"].replace(",", "")) if match["digits"] else _SINGLE[match["word"].lower()]

    return value * _SCALES[match["scale"].lower()] if match["scale"] else value


def _is_counted(text: str, span: Span, claims: Iterable[Claim]) -> bool:
    value = number_value(text[span.start : span.end])
    holding = (claim for claim in claims if _inside(span, claim.evidence))

    return any(
        any(quantity.value == value for quantity in claim.quantities)
        or value in {*_numbers_of(claim.said), *_numbers_of(claim.happened)}
        for claim in holding
    )


def _numbers_of(date: PartialDate | None) -> Iterator[int]:
    if date is not None:
        yield from map(int, re.findall(r"[0-9]+", str(date)))


def _printed(text: str, entities: Iterable[Entity]) -> Iterator[Span]:
    for variant in sorted({variant for entity in entities for variant in entity.variants}):
        for match in re.finditer(rf"(?<!\w){re.escape(variant)}(?!\w)", text):
            yield Span(match.start(), match.end())


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)


def _overlap(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end


def gaps_of(folder: str | os.PathLike[str]) -> tuple[tuple[str, Gap], ...]:
    """
    What the curated source in *folder* leaves uncovered on purpose: article id, span and reason.
    """
    return tuple((article, gap) for article, gaps in read_source(folder).gaps.items() for gap in gaps)
