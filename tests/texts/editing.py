"""
How a copy comes to hold more, less, or something else: furniture, paragraphs, words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from texts.drafts import (
    WORD,
    Draft,
    Edit,
    Original,
    new,
    paragraphs,
    reads,
    spellings,
    substitute,
    together,
)
from texts.wordings import FRONT, HEADLINES, LINES, PARAGRAPHS, filled, invented_word

from dateline.spans import loose


def furnished(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    A crawler's date in front, and lines of a site in three places and at the end.
    """
    parts, breaks = paragraphs(glyphs)
    for _ in range(3):
        parts, breaks = _put(parts, breaks, filled(LINES, chance), chance.randint(1, len(parts)))
    front = new(filled(FRONT, chance) + chance.choice((" ", "\n", "\n\n")))

    return front + together(parts, breaks)


def furnished_everywhere(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    A line of a site after every paragraph.
    """
    parts, _ = paragraphs(glyphs)

    return together([each for part in parts for each in (part, new(filled(LINES, chance)))], [])


def unfurnished(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    The article's furniture cut out.
    """
    gone = {offset for span in original.furniture for offset in range(span.start, span.end)}

    return [glyph for glyph in glyphs if gone.isdisjoint(glyph.origins)]


def headed(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    A headline in front: the article's own, if the text does not hold it.
    """
    own = original.headline if original.headline and original.headline not in original.text else None

    return [*new((own or filled(HEADLINES, chance)) + "\n\n"), *glyphs]


def paragraph_deleted(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    One paragraph is missing.
    """
    parts, breaks = paragraphs(glyphs)
    place = chance.randrange(len(parts))
    del parts[place]
    del breaks[max(0, place - 1)]

    return together(parts, breaks)


def paragraph_inserted(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    One paragraph more: of another article, or invented.
    """
    others = [part for text in original.others for part in re.split(r"\n\s*", text) if len(part) > 80]
    parts, breaks = paragraphs(glyphs)
    text = chance.choice(others) if others and chance.random() < 0.7 else filled(PARAGRAPHS, chance)
    parts, breaks = _put(parts, breaks, text, chance.randint(0, len(parts)))

    return together(parts, breaks)


def paragraph_moved(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    One paragraph stands elsewhere.
    """
    parts, breaks = paragraphs(glyphs)
    place, other = chance.sample(range(len(parts)), 2)
    parts.insert(other, parts.pop(place))

    return together(parts, breaks)


def paragraphs_swapped(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    Two paragraphs stand in each other's place.
    """
    parts, breaks = paragraphs(glyphs)
    place, other = chance.sample(range(len(parts)), 2)
    parts[place], parts[other] = parts[other], parts[place]

    return together(parts, breaks)


def _put(
    parts: Sequence[Draft], breaks: Sequence[Draft], text: str, place: int
) -> tuple[list[Draft], list[Draft]]:
    """
    One more paragraph, of which *place* are in front.
    """
    between = [*breaks[: max(0, place - 1)], new("\n\n"), *breaks[max(0, place - 1) :]]

    return [*parts[:place], new(text), *parts[place:]], between


def words_replaced(share: float) -> Edit:
    """
    A *share* of the words, names and numbers too, are others: of the same text, or invented.
    """

    def edit(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
        words = _words(glyphs)
        chosen = chance.sample(sorted(words), max(1, round(share * len(words))))
        known = sorted(set(words.values()))
        return substitute(glyphs, {stretch: new(_other(words[stretch], known, chance)) for stretch in chosen})

    return edit


def words_typo(share: float) -> Edit:
    """
    A *share* of the words have two letters swapped or lack one.
    """

    def edit(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
        words = {stretch: word for stretch, word in _words(glyphs).items() if len(word) > 3}
        chosen = chance.sample(sorted(words), max(1, round(share * len(words))))
        return substitute(glyphs, {stretch: new(_misspelt(words[stretch], chance)) for stretch in chosen})

    return edit


def words_come_and_go(share: float) -> Edit:
    """
    A *share* of the words are missing, and as many new ones stand elsewhere.
    """

    def edit(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
        words = _words(glyphs)
        count = max(1, round(share * len(words)))
        chosen = chance.sample(sorted(words), 2 * count)
        gone: dict[tuple[int, int], Draft] = {stretch: [] for stretch in chosen[:count]}
        more = {
            (start, end): [*glyphs[start:end], *new(" " + invented_word(chance))]
            for start, end in chosen[count:]
        }
        return substitute(glyphs, gone | more)

    return edit


def _words(glyphs: Draft) -> dict[tuple[int, int], str]:
    """
    The words, by where they stand.
    """
    return {(start, end): reads(glyphs[start:end]) for start, end in spellings(glyphs, WORD)}


def _other(word: str, known: Sequence[str], chance: random.Random) -> str:
    """
    Another word, of the text or invented.
    """
    while True:
        other = chance.choice(known) if chance.random() < 0.5 else invented_word(chance)
        if loose(other).text != loose(word).text:
            return other


def _misspelt(word: str, chance: random.Random) -> str:
    """
    A word with two letters swapped, or one gone.
    """
    while True:
        place = chance.randrange(len(word) - 1)
        swapped = chance.random() < 0.5
        middle = word[place + 1] + word[place] if swapped else word[place + 1]
        other = word[:place] + middle + word[place + 2 :]
        if loose(other).text != loose(word).text:
            return other


def truncated(share: float) -> Edit:
    """
    Only the first *share* of the characters, wherever that ends.
    """
    return lambda glyphs, original, chance: glyphs[: round(share * len(glyphs))]
