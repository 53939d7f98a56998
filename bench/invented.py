"""
Articles that never appeared, as items of CSL-JSON, with all that tells real ones apart.

Outlets and people are words of meaningless syllables, drawn from pools of a fixed size,
so that a longer list has more works of the same author and year.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any, Final


Item = dict[str, Any]

SYLLABLES: Final = ("ba", "do", "fel", "gri", "hu", "ka", "lim", "mur", "ne", "pol", "ra", "sun", "ti", "vo")

OUTLETS: Final = 40
PEOPLE: Final = 600

#: How many bylines: one in five articles has none.
BYLINES: Final = (0, 1, 1, 1, 2)

#: How much of a date is known: mostly all of it.
PARTS: Final = (1, 2, 3, 3, 3, 3)


def batches(count: int, seed: int = 0) -> Iterator[list[Item]]:
    """
    Lists of *count* articles without end, no two of them the same.
    """
    chance = random.Random(seed)  # noqa: S311 - the same articles each time, no secret
    outlets = [f"The {word(chance)} {word(chance)}" for _ in range(OUTLETS)]
    people = [{"family": word(chance), "given": given(chance)} for _ in range(PEOPLE)]
    for batch in itertools.count():
        yield [article(chance, f"{batch}-{number}", outlets, people) for number in range(count)]


def article(chance: random.Random, id_: str, outlets: list[str], people: list[dict[str, str]]) -> Item:
    """
    One article of some outlet, by some people or none.
    """
    date = [chance.randint(2000, 2025), chance.randint(1, 12), chance.randint(1, 28)]
    item = {
        "id": id_,
        "type": chance.choice(("article-newspaper", "article-newspaper", "webpage")),
        "title": " ".join(word(chance) for _ in range(chance.randint(4, 12))),
        "container-title": chance.choice(outlets),
        "issued": {"date-parts": [date[: chance.choice(PARTS)]]},
        "URL": f"https://news.example/{id_}",
    }
    authors = chance.sample(people, chance.choice(BYLINES))

    return item | ({"author": authors} if authors else {})


def word(chance: random.Random) -> str:
    """
    A few syllables with a capital.
    """
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title()


def given(chance: random.Random) -> str:
    """
    One given name, or two.
    """
    return " ".join(word(chance) for _ in range(chance.randint(1, 2)))
