"""
Words, lines and paragraphs that copies of articles pick up on their way; all invented.
"""

from __future__ import annotations

import random
from typing import Final


SYLLABLES: Final = ("ba", "do", "fel", "gri", "hu", "ka", "lim", "mel", "ne", "pol", "ra", "sun", "ti", "vo")

#: What crawlers put in front.
FRONT: Final = (
    " date 2019-04-{day:02} Larkhaven:",
    "Published on 2019-04-{day:02} at 08:{day:02}",
    "The Harbour Gazette | Coast | {day} April 2019",
)

#: What sites put between paragraphs, and after the last one.
LINES: Final = (
    "Read more",
    "READ MORE",
    "Read more: Tide tables for the month of {word}",
    "Also read | {word} and {other} settle their quarrel over moorings",
    "Photo: {word} {other} / Harbour Pictures",
    "{word} {other}, in a picture of {day} April (file photo)",
    "Advertisement",
    "Story continues below",
    "Sign up for our morning letter, {day} minutes of news from the coast",
    "Share this article with a friend",
    "[VIDEO]",
    "{day} comments",
    "Follow us for more from {word} and the islands.",
)

HEADLINES: Final = (
    "What we know so far about the quarrel in {word}",
    "{word} and {other}: {day} questions, and as many answers",
)

PARAGRAPHS: Final = (
    (
        "The lighthouse of {word} was built in 18{day:02} by two brothers who had never seen the sea."
        " It has been painted every {day} years since, most often by people who were paid in herring."
    ),
    (
        "“We were promised dry feet and got wet ones,” said {word} {other}, who keeps {day} goats there."
        " Officials did not answer letters that were sent to them on Tuesday."
    ),
    (
        "In an unrelated case, a court in {word} fined a baker {day},500 crowns on Wednesday"
        " for selling bread by the cubit. He said he would appeal."
    ),
)


def invented_word(chance: random.Random) -> str:
    """
    A word, or now and then a number, of any length.
    """
    if chance.random() < 0.1:
        return str(chance.randint(1, 99_999))
    word = "".join(chance.choices(SYLLABLES, k=chance.randint(1, 5)))

    return word.capitalize() if chance.random() < 0.25 else word


def filled(patterns: tuple[str, ...], chance: random.Random) -> str:
    """
    One of the *patterns*, with invented words in it.
    """
    word, other = ("".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))).capitalize() for _ in range(2))

    return chance.choice(patterns).format(word=word, other=other, day=chance.randint(1, 28))
