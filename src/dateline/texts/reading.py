"""
A corpus with texts attached: which are proved, and the words that the records point to.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NoReturn

from attrs import frozen

from dateline import files
from dateline.bases import Base
from dateline.corpus import Corpus, check_corpus
from dateline.display import named
from dateline.errors import InvalidValue, NoSuchArticle, TextNotAttached, TextsNotProved, WordsWithheld
from dateline.fingerprints import without
from dateline.ids import ArticleId
from dateline.records import Article, Claim, Entity
from dateline.spans import Span, nfc_lf
from dateline.suggesting import nearest
from dateline.texts.alignment import Alignment, Placed, SpanStatus, stretches
from dateline.texts.findings import Limits, TextCopy, Unread
from dateline.texts.held import Held
from dateline.texts.outcomes import Outcome, counted
from dateline.texts.passages import Passage, rights_notice
from dateline.texts.recognition import recognise
from dateline.texts.sources import Source, copies


_NOTICE: Final = (
    "This file holds words of articles, which are not part of the dataset and may be in copyright."
)

#: What stands between two stretches of words that are not next to one another.
GAP: Final = " […] "


def attach(  # noqa: PLR0913 - one for each option
    corpus: Corpus,
    source: Source,
    *,
    strict: bool = False,
    limits: Limits | None = None,
    encoding: str | None = None,
    watch: Callable[[str], None] | None = None,
) -> Reading:
    """
    Recognise copies of the articles' texts in *source*, and give what can be read in them.

    A text counts only if it is proved: by a digest or, where it was changed, by enough of what ships
    about it. The name of a file proves nothing.

    Args:
        corpus: The records; they stay as they are.
        source: A folder, files, or texts by article id; see :func:`dateline.texts.sources.copies`.
        strict: Demand a proved text for every article.
        limits: How much may be read.
        encoding: What plain text is read in that is not UTF-8.
        watch: Called with the name of each copy when it has been looked at, for a display of progress.

    Raises:
        InvalidValue: If an argument is not of its kind.
        TextsNotProved: If *strict*, and an article's text is neither exact nor equal.
        NotRead: If *source* is not there.
        MissingExtra: If a web page or archive was named, and what reads it is not installed.

    >>> from dateline.testing import TEXTS, tiny_corpus
    >>> reading = attach(tiny_corpus(), {"ferry-returns": TEXTS["ferry-returns"]})
    >>> print(reading.outcomes["ferry-returns"])
    ferry-returns: exact
    >>> print(reading.summary)
    tiny 1.0.0: 2 articles, 1 exact, 1 missing; 9 of 9 spans of the attached texts found
    """
    check_corpus("corpus", corpus)
    if watch is not None and not callable(watch):
        raise InvalidValue("watch", "be a function that takes a name", type(watch))
    found = copies(source, limits=Limits() if limits is None else limits, encoding=encoding)
    result = recognise(corpus, found, watch or (lambda _: None))
    if strict:
        _check_proved(result.outcomes.values())

    return Reading(
        corpus,
        MappingProxyType(result.outcomes),
        result.unread,
        result.unclaimed,
        Held(result.attached),
        result.alignments,
    )


@frozen(eq=False, repr=False)
class Reading(Base):
    """
    Records and the texts that were recognised for them; made by :func:`attach`.

    The texts stay inside: the corpus does not hold them, no repr shows them, no field gives them away,
    and pickling is refused.
    """

    #: The records, unchanged; what is dumped from here holds no words.
    corpus: Corpus

    #: What became of each article, by id.
    outcomes: Mapping[str, Outcome]

    #: What in the source gave no text, and why.
    unread: tuple[Unread, ...]

    #: Copies that were taken for no article's text; among them changed ones of what another copy proves.
    unclaimed: tuple[str, ...]

    _attached: Held[Mapping[ArticleId, TextCopy]]

    #: Where the spans stand in copies in which they need not stand where the records say.
    _alignments: Mapping[ArticleId, Alignment]

    @property
    def summary(self) -> str:
        """
        The outcome in a sentence that a paper can quote.
        """
        pin = self.corpus.pin
        name = f"{pin.dataset} {pin.version}: " if pin else ""
        placed = [each for article in self._attached.open() for each in self._every(article)]
        found = sum(each.span is not None for each in placed)
        noun = "article" if len(self.corpus) == 1 else "articles"

        return (
            f"{name}{len(self.corpus)} {noun}, {counted(self.outcomes.values())}; "
            f"{found} of {len(placed)} spans of the attached texts found"
        )

    def text(self, article: Article | str) -> str:
        """
        The attached text of an article, in the form ``nfc-lf-1`` that offsets count in.

        Raises:
            NoSuchArticle: If the corpus has no such article.
            TextNotAttached: If no text was recognised for it.
        """
        return nfc_lf(self._copy(_id(article)).data)

    def body(self, article: Article | str) -> str:
        """
        The attached text without what is not of the article: photo credits, "read more" lines and the like.

        In a copy that differs only such stretches are left out that were found again.

        Raises:
            NoSuchArticle: If the corpus has no such article.
            TextNotAttached: If no text was recognised for it.
        """
        identifier = _id(article)
        text, alignment = self.text(identifier), self._alignments.get(identifier)
        fingerprint = self.corpus[identifier].text
        furniture = fingerprint.furniture if fingerprint else ()
        if alignment:
            furniture = alignment.furniture

        return without(text, furniture).strip()

    def passage(self, article: Article | str, span: Span) -> Passage:
        """
        A span of an article, with its words if it was found; beyond the end of the text nothing is.

        Raises:
            NoSuchArticle: If the corpus has no such article.
            TextNotAttached: If no text was recognised for it.
            InvalidValue: If *span* is none.
        """
        if not isinstance(span, Span):
            raise InvalidValue("span", "be a Span", type(span))
        identifier = _id(article)
        # Which says so if there is none.
        text = self.text(identifier)
        alignment = self._alignments.get(identifier)
        if alignment:
            placed = alignment.place(span)
        else:
            placed = Placed(SpanStatus.SAME, span) if span.end <= len(text) else Placed(SpanStatus.LOST)

        return Passage(identifier, span, placed, self.corpus[identifier].rights, text)

    def passages(self, record: Claim | Entity | str) -> tuple[Passage, ...]:
        """
        The evidence of a claim, given itself or by id, stretch by stretch; of an entity, its mentions.

        Raises:
            NoSuchClaim: If the corpus has no such claim.
            TextNotAttached: If no text was recognised for its article; an entity's are then left out.
        """
        if isinstance(record, Entity):
            return tuple(
                self.passage(article, span)
                for article in self.corpus.values()
                if article.id in self._attached.open()
                for mention in article.mentions
                if mention.entity == record.id
                for span in mention.spans
            )
        if not isinstance(record, (Claim, str)):
            raise InvalidValue("record", "be a claim, an entity or the id of a claim", type(record))
        claim = self.corpus.claims[named(record) if isinstance(record, str) else record.id]

        return tuple(self.passage(self.corpus.claims.article(claim), span) for span in claim.evidence)

    def words(self, claim: Claim | str) -> str:
        """
        The evidence of a claim in the article's own words.

        Raises:
            NoSuchClaim: If the corpus has no such claim.
            TextNotAttached: If no text was recognised for its article.
            SpanNotFound: If some of the evidence was refused; :meth:`passages` gives the rest.

        >>> from dateline.testing import TEXTS, tiny_corpus
        >>> attach(tiny_corpus(), TEXTS).words("ferry-returns/c02")
        'about 300 passengers crossed before noon'
        """
        return GAP.join(passage.words for passage in self.passages(claim))

    def dump_words(self, path: str | os.PathLike[str]) -> None:
        """
        Save the words of all evidence that was found, as JSON Lines; the first line says whose they are.

        This is one of the two ways in which words of the articles leave a reading in a file; the other is
        :func:`dateline.dump` with ``words=``, in a format that quotes.
        Whether you may pass the file on is for you to know.

        Raises:
            NotWritten: If it cannot be saved; an old file under that name is untouched.
        """
        files.write(path, "".join(f"{line}\n" for line in self._lines()).encode())

    def quoted(self, article: Article, span: Span) -> str | None:
        """
        The words of a span of an article; None if it was not found, or the article has no text here.

        >>> from dateline.testing import TEXTS, tiny_corpus
        >>> tiny = tiny_corpus()
        >>> attach(tiny, TEXTS).quoted(tiny["ferry-returns"], tiny.claims["ferry-returns/c02"].evidence[0])
        'about 300 passengers crossed before noon'
        """
        # Of another article under the same id, the spans mean other words.
        if article.id not in self._attached.open() or self.corpus[article.id] != article:
            return None
        passage = self.passage(article, span)

        return passage.words if passage.placed.span else None

    @property
    def notice(self) -> str:
        """
        What whoever holds a file with words of a reading should know.
        """
        return _NOTICE

    def rights(self) -> dict[ArticleId, str]:
        """
        For each article with a text, whose its words are.

        >>> from dateline.testing import TEXTS, tiny_corpus
        >>> attach(tiny_corpus(), TEXTS).rights()["ferry-returns"]
        'Words of the article: rights held by The Harbour Gazette; http://rightsstatements.org/vocab/InC/1.0/'
        """
        return {article: rights_notice(self.corpus[article].rights) for article in self._attached.open()}

    def _lines(self) -> Iterator[str]:
        attached = [self.corpus[article] for article in self._attached.open()]
        yield _json(
            record="notice",
            notice=self.notice,
            dataset=str(self.corpus.pin) if self.corpus.pin else None,
            rights=self.rights(),
        )
        for article in attached:
            for claim in article.claims:
                passages = self.passages(claim)
                yield _json(
                    record="words",
                    claim=claim.id,
                    text=self.outcomes[article.id].match.value,
                    evidence=[
                        {
                            "status": each.status.value,
                            "span": [each.evidence.start, each.evidence.end],
                            "words": each.words if each.placed.span else None,
                        }
                        for each in passages
                    ],
                )

    def _copy(self, article: ArticleId) -> TextCopy:
        if article not in self.corpus:
            raise NoSuchArticle(article, nearest(article, self.corpus))
        attached = self._attached.open().get(article)
        if attached is None:
            raise TextNotAttached(article, str(self.outcomes[article]))

        return attached

    def _every(self, article: ArticleId) -> list[Placed]:
        alignment = self._alignments.get(article)
        if alignment:
            return list(alignment.placed.values())
        record = self.corpus[article]

        return [Placed(SpanStatus.SAME, Span(*stretch)) for stretch in stretches(record)]

    def __repr__(self) -> str:
        return f"<Reading {self.summary}>"

    def __reduce__(self) -> NoReturn:
        raise WordsWithheld("a reading")


def _check_proved(outcomes: Iterable[Outcome]) -> None:
    unproved = tuple(str(outcome) for outcome in outcomes if not outcome.is_proved)
    if unproved:
        raise TextsNotProved(unproved)


def _id(article: Article | str) -> ArticleId:
    if not isinstance(article, (Article, str)):
        raise InvalidValue("article", "be an article or the id of one", type(article))

    return ArticleId(named(article)) if isinstance(article, str) else article.id


def _json(**values: Any) -> str:
    return json.dumps(values, ensure_ascii=False)
