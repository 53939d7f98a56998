"""
Somebody who wants the words back of a text that does not ship, and is allowed a good deal.

They hold all that ships about an article, and every word that its text is made of, with its punctuation.
They are told how long each tagged stretch is, to the character, in the form that its tag was made of.
They try sequences of words that fit, those stretches first that fewest sequences fit,
and what they find helps them on where stretches overlap.

What the arithmetic says: a tag has 24 bits, so that of N sequences that fit a stretch N / 2**24 bear its tag
by chance. An article of 250 words has 2**40 sequences of five words, about the fewest in 32 characters:
even whoever tries them all is left with 2**16 answers, and nothing tells them apart but another tag over
the same words. A stretch is given away only if what is known of it leaves no more than some 2**24 sequences.
The names of entities, which ship with their places, do that for a few stretches that hold little else.
"""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen
from texts.anchoring import LONG, Subject, spans

from dateline.records import Article, Entity
from dateline.spans import Span, loose, nfc_lf, tagger


#: The words of a text, by their length.
Words = Mapping[int, tuple[str, ...]]

_PUNCTUATION: Final = "\"'.,:;!?()[]-"


@frozen
class Stretch:
    """
    A tagged stretch, as the attacker sees it.
    """

    span: Span

    #: In loose characters.
    length: int


class Sequences:
    """
    All sequences of *words* that fill a stretch and agree with the characters that are *known* of it.
    """

    def __init__(self, length: int, words: Words, known: Mapping[int, str]) -> None:
        counts = [0] * (length + 1) + [1]
        self.steps: list[list[tuple[int, list[str]]]] = [[] for _ in counts]
        self.weights: list[list[int]] = [[] for _ in counts]
        for place in range(length - 1, -1, -1):
            for stop in range(place + 1, length + 1):
                fitting = _fitting(words.get(stop - place, ()), place, stop, known)
                if fitting and counts[stop + 1] and (stop == length or known.get(stop, " ") == " "):
                    self.steps[place].append((stop + 1, fitting))
                    self.weights[place].append(len(fitting) * counts[stop + 1])
            counts[place] = sum(self.weights[place])
            self.weights[place] = list(itertools.accumulate(self.weights[place]))
        self.length = length
        self.count = counts[0]

    def __iter__(self) -> Iterator[str]:
        """
        Each of them once.
        """
        begun = [("", 0)]
        while begun:
            text, place = begun.pop()
            if place > self.length:
                yield text[:-1]
            for stop, fitting in self.steps[place]:
                begun += [(f"{text}{word} ", stop) for word in fitting]

    def draw(self, chance: random.Random) -> str:
        """
        One of them, each as likely as any.
        """
        text = ""
        place = 0
        while place <= self.length:
            [(place, fitting)] = chance.choices(self.steps[place], cum_weights=self.weights[place])
            text += f"{chance.choice(fitting)} "

        return text[:-1]


def _fitting(words: Iterable[str], place: int, stop: int, known: Mapping[int, str]) -> list[str]:
    """
    The *words* that agree with what is known from *place* to *stop*.
    """
    wanted = [(at - place, known[at]) for at in range(place, stop) if at in known] if known else []
    if not wanted:
        return list(words)

    return [word for word in words if all(word[at] == character for at, character in wanted)]


@frozen(kw_only=True)
class Attacker:
    """
    Somebody who wants the words of one article.
    """

    #: The tags' salt, which is the article's id.
    salt: str

    stretches: tuple[Stretch, ...]

    words: Words

    #: Characters of the text that are known, by offset.
    known: Mapping[int, str]

    #: Sequences tried at most.
    tries: int

    def attack(self) -> dict[tuple[int, int], str]:
        """
        The stretches for which exactly one of the sequences tried bears the tag, with that sequence.
        """
        answers: dict[tuple[int, int], str] = {}
        known = dict(self.known)
        left = self.tries
        tried: set[tuple[tuple[int, int], int]] = set()
        # Again from the start after each answer, since it may leave fewer sequences elsewhere.
        while True:
            ranked = self._ranked(answers, known)
            cheap = [each for each in ranked if each[0] <= left and (_place(each[1]), each[0]) not in tried]
            if not cheap:
                return answers | self._by_luck(ranked, left)
            count, stretch, sequences = cheap[0]
            left -= count
            tried.add((_place(stretch), count))
            hits = self._hits(stretch, sequences)
            if len(hits) == 1:
                [answers[_place(stretch)]] = hits
                known.update(_characters(stretch, *hits))

    def _ranked(
        self, answers: Mapping[tuple[int, int], str], known: Mapping[int, str]
    ) -> list[tuple[int, Stretch, Sequences]]:
        """
        The stretches without an answer, those first that fewest sequences fit, and how many.
        """
        ranked = []
        for stretch in self.stretches:
            if _place(stretch) not in answers:
                start = stretch.span.start
                inside = {at - start: character for at, character in known.items()}
                sequences = Sequences(stretch.length, self.words, inside)
                ranked.append((sequences.count, stretch, sequences))

        return sorted((each for each in ranked if each[0]), key=lambda each: each[0])

    def _hits(self, stretch: Stretch, guesses: Iterable[str]) -> set[str]:
        """
        The guesses that bear the tag.
        """
        tag = tagger(self.salt)

        return {guess for guess in guesses if tag(guess) == stretch.span.tag}

    def _by_luck(
        self, ranked: Iterable[tuple[int, Stretch, Sequences]], tries: int
    ) -> dict[tuple[int, int], str]:
        """
        What guessing gives, as often for each stretch, where there are too many sequences to try them all.
        """
        chance = random.Random(self.salt)  # noqa: S311 - the same guesses each time, no secret
        many = [(stretch, sequences) for count, stretch, sequences in ranked if count > tries]
        answers = {}
        for stretch, sequences in many:
            hits = self._hits(stretch, (sequences.draw(chance) for _ in range(tries // len(many))))
            if len(hits) == 1:
                [answers[_place(stretch)]] = hits

        return answers


def _place(stretch: Stretch) -> tuple[int, int]:
    """
    Where a stretch stands in the text.
    """
    return stretch.span.start, stretch.span.end


def _characters(stretch: Stretch, words: str) -> dict[int, str]:
    """
    What an answer tells about the text, by offset.
    """
    # Where the loose form has another length, it is not known which character stands where.
    return dict(enumerate(words, stretch.span.start)) if len(words) == len(stretch.span) else {}


def attacker(subject: Subject, *, tries: int, entities: Mapping[str, Entity] | None = None) -> Attacker:
    """
    Somebody who knows the words of an article; with *entities* also the names in it and where they stand.
    """
    text = loose(subject.original.text)

    return Attacker(
        salt=subject.article.id,
        stretches=tuple(
            Stretch(span, len(text.between(span.start, span.end)))
            for span, form in spans(subject.article)
            if form == LONG
        ),
        words=vocabulary(text.text),
        known=_names(subject.article, entities) if entities else {},
        tries=tries,
    )


def vocabulary(text: str) -> Words:
    """
    The words of a text in loose form by their length, each with and without the punctuation around it.
    """
    tokens = set(text.split())
    words = defaultdict(list)
    for word in sorted(tokens | {token.strip(_PUNCTUATION) for token in tokens} - {""}):
        words[len(word)].append(word)

    return {length: tuple(each) for length, each in words.items()}


def _names(article: Article, entities: Mapping[str, Entity]) -> dict[int, str]:
    """
    The characters of every mention for which its length leaves one name.
    """
    known: dict[int, str] = {}
    for mention in article.mentions:
        entity = entities[mention.entity]
        printed = {loose(nfc_lf(name)).text for name in (entity.name, *entity.variants)}
        for span in mention.spans:
            names = [name for name in printed if len(name) == len(span)]
            if len(names) == 1:
                known.update(enumerate(names[0], span.start))

    return known
