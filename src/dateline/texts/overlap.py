"""
How much of the articles' own words stands in the records: the runs of words that both share.

A word is a run of letters and digits, with apostrophes inside it; case and kind of apostrophe do not count.
Names, printed headlines and credits are facts: a run that is wholly part of one is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from attrs import frozen

from dateline.bases import Base
from dateline.corpus import Corpus
from dateline.digests import plain
from dateline.ids import ArticleId
from dateline.provenance import source_of
from dateline.records import Article, Claim, Entity
from dateline.spans import Span
from dateline.texts.reading import Reading
from dateline.texts.runs import Place, Run, Runs
from dateline.vocabulary import Basis


#: As many words in a row are nobody's; more are taken for the article's.
RUN: Final = 6

#: Fields that hold what is printed, or what something is called, and not the curators' wording.
FACTS: Final = frozenset({"family", "file", "given", "holder", "name", "place", "variants"})

#: Wording that is in no record, by record and field, or whatever takes their place.
More: TypeAlias = Mapping[tuple[str, str], str]

#: The path of a string, the name of its field, and itself.
_Leaf: TypeAlias = tuple[str, str, str]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@frozen(kw_only=True, repr=False)
class Overlap(Base):
    """
    A run of words that stands both in a record's field and in the text of an article; told by position.
    """

    #: The record's id; the dataset's name where its description is meant.
    record: str

    #: Such as ``statement`` or ``relations[0].note``.
    field: str

    #: Where in the field's value, in code points.
    wording: Span

    #: Whose text it is, which need not be the article of the record.
    article: ArticleId

    #: Where in the attached text, offsets in ``nfc-lf-1``.
    span: Span

    #: How many words it has.
    run: int

    def __str__(self) -> str:
        return (
            f"{self.record} {self.field} {self.wording}: "
            f"{self.run} {'word' if self.run == 1 else 'words'} of {self.article} {self.span}"
        )


def overlaps(reading: Reading, *, beyond: int = RUN, more: More | None = None) -> tuple[Overlap, ...]:
    """
    The longest run of words that each text shares with our wording, and all of more than *beyond* words.

    Wording is every text in the records that is not a fact, the dataset's description, and *more*.
    Of each field and text it is the longest run; the longest of all comes first.
    A run that is wholly part of a name, a printed headline or a credit is left out.
    Time grows with the length of wording and texts together, and with how many runs are found.

    >>> from dateline.testing import TEXTS, tiny_corpus
    >>> from dateline.texts import attach
    >>> for overlap in overlaps(attach(tiny_corpus(), TEXTS)):
    ...     print(overlap)
    ferry-returns abstract 0-21: 5 words of ferry-returns 80-101
    ferry-halts/c02 statement 31-54: 4 words of ferry-halts 265-288
    """
    corpus = reading.corpus
    wording = _Wording({**dict(_fields(corpus)), **(more or {})})
    facts = Runs(map(_keys, _facts(corpus)))
    found = [
        overlap
        for article in corpus.values()
        if reading.outcomes[article.id].has_text
        for overlap in wording.shared(article.id, reading.text(article.id), facts, beyond)
    ]

    return tuple(sorted(found, key=lambda overlap: -overlap.run))


class _Wording:
    """
    Everything that the curators wrote, made ready to be looked for in texts.
    """

    def __init__(self, texts: Mapping[tuple[str, str], str]) -> None:
        self.fields = list(texts)
        self.words = [_words(text) for text in texts.values()]
        self.runs = Runs(map(_keys, texts.values()))

    def shared(self, article: ArticleId, text: str, facts: Runs, beyond: int) -> Iterator[Overlap]:
        """
        The longest run that *text* shares with the wording, and every field's longest *beyond* so many words.
        """
        words, keys = _words(text), _keys(text)
        longest = _Hit(0, Place(0, 0), 0)
        best: dict[int, _Hit] = {}
        for stop, (run, fact) in enumerate(zip(self.runs.ends(keys), facts.ends(keys), strict=True), 1):
            # A run that is part of a fact is left out, and so is whatever shorter one ends here.
            if run.length > max(fact.length, longest.length):
                longest = _Hit(run.length, self._likeliest(run, article), stop)
            for length, place in self.runs.places(run, max(beyond, fact.length)):
                if place.sequence not in best or length > best[place.sequence].length:
                    best[place.sequence] = _Hit(length, place, stop)
        if longest.length:
            best.setdefault(longest.place.sequence, longest)
        for hit in best.values():
            record, field = self.fields[hit.place.sequence]
            wording = _stretch(self.words[hit.place.sequence], hit.place.end, hit.length)
            yield Overlap(
                record=record,
                field=field,
                wording=wording,
                article=article,
                span=_stretch(words, hit.stop, hit.length),
                run=hit.length,
            )

    def _likeliest(self, run: Run, article: ArticleId) -> Place:
        """
        A place of the run; in a record of the article itself, if there is one.
        """
        places = (place for _, place in self.runs.places(run, run.length - 1))

        return min(places, key=lambda place: (self._owner(place) != article, place))

    def _owner(self, place: Place) -> str:
        return self.fields[place.sequence][0].partition("/")[0]


class _Hit(NamedTuple):
    length: int

    #: In the wording.
    place: Place

    #: The number of the word of the text after its last.
    stop: int


def _words(text: str) -> list[re.Match[str]]:
    return list(_WORD.finditer(text))


def _key(word: re.Match[str]) -> str:
    return word[0].casefold().replace("’", "'")


def _keys(text: str) -> list[str]:
    return [_key(word) for word in _words(text)]


def _stretch(words: list[re.Match[str]], end: int, length: int) -> Span:
    return Span(words[end - length].start(), words[end - 1].end())


def _facts(corpus: Corpus) -> Iterator[str]:
    for record, leaves in _records(corpus):
        for path, name, text in leaves:
            if name in FACTS or (path == "headline" and _is_printed(corpus[record])):
                yield text


def _fields(corpus: Corpus) -> Iterator[tuple[tuple[str, str], str]]:
    for record, leaves in _records(corpus):
        for path, name, text in leaves:
            # Ids, addresses, codes and digests have no white space, and wording of one word needs no look.
            is_wording = name not in FACTS and len(text.split()) > 1
            if is_wording and not (path == "headline" and _is_printed(corpus[record])):
                yield (record, path), text
    description = corpus.description
    if description is not None:
        for path, _, text in _leaves(plain(description)):
            yield (description.name, path), text


def _records(corpus: Corpus) -> Iterator[tuple[str, Iterator[_Leaf]]]:
    for article in corpus.values():
        yield article.id, _leaves({**plain(article), "claims": []})
    others: tuple[Claim | Entity, ...] = (*corpus.claims.values(), *corpus.entities.values())
    for record in others:
        yield record.id, _leaves(plain(record))


def _leaves(value: Any, path: str = "", name: str = "") -> Iterator[_Leaf]:
    """
    Every string in plain data, with its path and the name of the field that it is the value of.
    """
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}" if path else key, key)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _leaves(item, f"{path}[{number}]", name)
    elif isinstance(value, str):
        yield path, name, value


def _is_printed(article: Article) -> bool:
    source = source_of(article.sources, "headline")

    return source is None or source.basis is not Basis.CURATED
