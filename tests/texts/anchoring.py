"""
How well spans are found again in changed copies: what is judged, how it is counted, and what is demanded.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen
from texts.changes import Kind, Original
from texts.drafts import Copy
from texts.invented import TEXTS, invented_articles, invented_entities

from dateline.corpus import Corpus
from dateline.records import Article, Entity
from dateline.spans import Span, nfc_lf


#: The engine under test: an article, the entities by id, a copy in ``nfc-lf-1``.
Align = Callable[[Article, Mapping[str, Entity], str], Any]

#: What is judged apart: evidence with a tag, evidence without, and names.
LONG, SHORT, MENTION = "long", "short", "mention"

#: Found where it is; found though it is gone; found elsewhere; there but refused; gone and refused.
RIGHT, WRONG, MISPLACED, REFUSED, LOST = "right", "wrong", "misplaced", "refused", "lost"

#: Wordings of a kind that varies, in the quick form and at length.
QUICK, FULL = 4, 40


@frozen(kw_only=True)
class Subject:
    """
    An article with its text, and all that judging it needs.
    """

    article: Article

    entities: Mapping[str, Entity]

    original: Original

    #: Each span once, with its class.
    spans: tuple[tuple[Span, str], ...]


@frozen
class Target:
    """
    What a kind of change is held to; a share is of what is there to be found, or of all spans if it is wrong.
    """

    long: float = 0.0

    #: For short evidence and mentions taken together.
    short: float = 0.0

    wrong: float = 1.0

    #: Whether every copy must count as alike, or none; None if either will do.
    alike: bool | None = None


TARGETS: Final[Mapping[str, Target]] = {
    "form": Target(1.0, 1.0, 0.0, alike=True),
    "furniture": Target(1.0, 1.0, 0.0, alike=True),
    "build": Target(0.98, 0.9, 0.002, alike=True),
    "few": Target(0.98, 0.9, 0.002, alike=True),
    "some": Target(0.98, 0.9, 0.002, alike=True),
    "many": Target(wrong=0.005),
    "cut": Target(wrong=0.002),
    "neighbour": Target(wrong=0.0, alike=False),
}


@frozen
class Slip:
    """
    A span that was reported where it is not, or refused where it is.
    """

    article: str
    seed: int
    outcome: str
    span: Span
    truth: Span | None
    found: Span | None


@frozen(kw_only=True)
class Score:
    """
    What became of the spans of some articles under one kind of change.
    """

    kind: Kind

    #: By class and outcome.
    counts: Counter[tuple[str, str]] = field(factory=Counter)

    #: How many copies counted as alike, and how many there were.
    alike: int = 0
    copies: int = 0

    slips: tuple[Slip, ...] = ()

    def __add__(self, other: Score) -> Score:
        """
        Both scores taken together.
        """
        return Score(
            kind=self.kind,
            counts=self.counts + other.counts,
            alike=self.alike + other.alike,
            copies=self.copies + other.copies,
            slips=self.slips + other.slips,
        )

    def count(self, outcome: str, *classes: str) -> int:
        """
        How many spans of these classes, or of all, had an *outcome*.
        """
        return sum(self.counts[each, outcome] for each in classes or (LONG, SHORT, MENTION))

    def found(self, *classes: str) -> float:
        """
        The share that was found of what was there to be found; 1 if there was nothing.
        """
        right = self.count(RIGHT, *classes)
        there = right + self.count(REFUSED, *classes) + self.count(MISPLACED, *classes)

        return right / there if there else 1.0

    def wrong(self, *classes: str) -> int:
        """
        How many spans were found where they are not, whether they are elsewhere or gone.
        """
        return self.count(WRONG, *classes) + self.count(MISPLACED, *classes)

    def total(self, *classes: str) -> int:
        """
        How many spans of these classes, or of all, were judged.
        """
        return sum(number for (each, _), number in self.counts.items() if not classes or each in classes)

    def missed(self) -> list[str]:
        """
        The targets that are not met; empty if all are.
        """
        target = TARGETS[self.kind.group]
        faults = []
        if self.found(LONG) < target.long:
            faults.append(f"long evidence found {self.found(LONG):.2%} < {target.long:.0%}")
        if self.found(SHORT, MENTION) < target.short:
            faults.append(
                f"short evidence and names found {self.found(SHORT, MENTION):.2%} < {target.short:.0%}"
            )
        if self.total() and self.wrong() / self.total() > target.wrong:
            faults.append(f"{self.wrong()} of {self.total()} wrong > {target.wrong:.1%}")
        if target.alike is not None and self.alike != self.copies * target.alike:
            faults.append(f"{self.alike} of {self.copies} copies alike")

        return [f"{self.kind.name}: {fault}" for fault in faults]


def judge(subject: Subject, kind: Kind, seed: int, align: Align) -> Score:
    """
    What *align* makes of one copy of an article.

    Nothing is found in a copy that does not count as alike, since nobody is shown it.
    """
    chance = random.Random(f"{subject.article.id}/{kind.name}/{seed}")  # noqa: S311 - the same copies each time
    made = kind.make(subject.original, chance)
    alignment = align(subject.article, subject.entities, made.text)
    counts: Counter[tuple[str, str]] = Counter()
    slips = []
    for span, form in subject.spans:
        found = alignment.place(span).span if alignment.alike else None
        truth = made.truth(span)
        outcome = judged(made, span, truth, found)
        counts[form, outcome] += 1
        if outcome not in (RIGHT, LOST):
            slips.append(Slip(subject.article.id, seed, outcome, span, truth, found))

    return Score(kind=kind, counts=counts, alike=alignment.alike, copies=1, slips=tuple(slips))


def judged(made: Copy, span: Span, truth: Span | None, found: Span | None) -> str:
    """
    The outcome for one span; where it is spelt another way, refusing it is right too.
    """
    if found is None:
        return LOST if truth is None or made.is_respelt(span) else REFUSED
    if truth is None:
        return WRONG
    start, end = _trimmed(made.text, found)
    if made.is_respelt(span):
        # Where an entity breaks the span off, either spelling of its end will do.
        return RIGHT if start == truth.start else MISPLACED

    return RIGHT if (start, end) == (truth.start, truth.end) else MISPLACED


def _trimmed(text: str, span: Span) -> tuple[int, int]:
    """
    The ends of *span* without the white space at them.
    """
    words = text[span.start : span.end]

    return span.end - len(words.lstrip()), span.start + len(words.rstrip())


def score(subjects: Sequence[Subject], kind: Kind, seeds: Iterable[int], align: Align) -> Score:
    """
    What *align* makes of copies of all *subjects*: one for each seed if the kind varies, otherwise one.
    """
    total = Score(kind=kind)
    for subject in subjects:
        for seed in seeds if kind.varies else (0,):
            total += judge(subject, kind, seed, align)

    return total


def invented_subjects() -> list[Subject]:
    """
    The invented reports.
    """
    return _subjects(invented_articles(), invented_entities(), TEXTS)


def real_subjects(corpus: Corpus, folder: Path) -> list[Subject]:
    """
    The articles of *corpus* whose texts lie in *folder* under the names that they had.
    """
    texts = {name: nfc_lf((folder / article.capture.file).read_bytes()) for name, article in corpus.items()}

    return _subjects(corpus, corpus.entities, texts)


def _subjects(
    articles: Mapping[str, Article], entities: Mapping[str, Entity], texts: Mapping[str, str]
) -> list[Subject]:
    """
    What to judge of some articles, each a neighbour of the others.
    """
    return [
        Subject(
            article=article,
            entities=entities,
            original=Original(
                text=texts[name],
                furniture=article.text.furniture,
                headline=article.headline,
                others=tuple(text for other, text in texts.items() if other != name),
            ),
            spans=tuple(spans(article)),
        )
        for name, article in articles.items()
    ]


def spans(article: Article) -> Iterator[tuple[Span, str]]:
    """
    The spans of all evidence and mentions of an article, each once, with its class.
    """
    known = {(span.start, span.end): (span, MENTION) for each in article.mentions for span in each.spans}
    for record in (article, *article.claims):
        for span in (
            *getattr(record, "evidence", ()),
            *(each for source in record.sources for each in source.evidence),
        ):
            known[span.start, span.end] = (span, SHORT if span.tag is None else LONG)

    return iter(known[place] for place in sorted(known))
