"""
Articles that never appeared, as many as are asked for, with the skew of a press archive.

Outlets, places and speakers are drawn by Zipf's law, dates crowd towards the end, most articles make few
claims and some make many, and many a field is empty. The same number always gives the same article.
They are made as canonical JSON: a generator slower than what it feeds would measure itself.
"""

from __future__ import annotations

import datetime
import itertools
import random
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from dateline.codec import decode_articles
from dateline.records import Article, Entity
from dateline.testing import make_entity


SYLLABLES: Final = ("ba", "do", "fel", "gri", "hu", "ka", "lim", "mur", "ne", "pol", "ra", "sun", "ti", "vo")

OUTLETS: Final = 200
PLACES: Final = 2_000
PEOPLE: Final = 5_000
TOPICS: Final = 400
WORDS: Final = 4_000

FIRST_DAY: Final = datetime.date(2000, 1, 1)
DAYS: Final = 9_131

#: How many claims an article makes: the weights of 0, 1, 2, …
CLAIMS: Final = (20, 24, 18, 12, 8, 6, 4, 3, 2, 1, 1, 1)

KINDS: Final = ("statement", "event", "attack", "control", "casualties", "aid", "negotiation", "threat")
STANCES: Final = ("asserts", "asserts", "asserts", "reports", "reports", "denies", "expects", "asks")
UNITS: Final = ("people", "vehicle", "day", "dollar", "kilometre")

#: Articles that are made at a time.
CHUNK: Final = 1_000

Drawn = dict[str, Any]

_PRINTED: Final = [{"basis": "curated", "fields": ["headline", "publisher", "published", "url", "language"]}]
_RIGHTS: Final = {"uri": "http://rightsstatements.org/vocab/InC/1.0/"}


class Archive:
    """
    The names that all articles share, and the articles.
    """

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        chance = random.Random(seed)  # noqa: S311 - the same articles each time, no secret
        self._words = [word(chance) for _ in range(WORDS)]
        self._outlets = [f"The {word(chance).title()} {word(chance).title()}" for _ in range(OUTLETS)]
        self._people = [f"{word(chance).title()} {word(chance).title()}" for _ in range(PEOPLE)]
        self._places = [f"{word(chance).title()} {number}" for number in range(PLACES)]
        self._weights = {count: zipf(count) for count in (WORDS, OUTLETS, PEOPLE, PLACES, TOPICS)}
        self._claims = list(itertools.accumulate(CLAIMS))

    def entities(self) -> Iterator[Entity]:
        """
        Every outlet, speaker and place.
        """
        for kind, stem, names in (
            ("organisation", "outlet", self._outlets),
            ("person", "speaker", self._people),
            ("place", "town", self._places),
        ):
            for number, name in enumerate(names):
                yield make_entity(id=f"{kind}/{stem}-{number}", kind=kind, name=f"{name} {stem}")

    def articles(self, count: int) -> Iterator[Article]:
        """
        As many articles, in no order of time.
        """
        lines = self.lines(count)
        while some := list(itertools.islice(lines, CHUNK)):
            yield from decode_articles(some, "generated")

    def lines(self, count: int) -> Iterator[bytes]:
        """
        As many articles as canonical JSON.
        """
        encode = msgspec.json.Encoder(order="sorted").encode
        for chunk in range(-(-count // CHUNK)):
            chance = random.Random(f"{self._seed}-{chunk}")  # noqa: S311 - as above
            start = chunk * CHUNK
            for number in range(start, min(count, start + CHUNK)):
                yield encode(self._article(chance, number))

    def _article(self, chance: random.Random, number: int) -> Drawn:
        id_ = f"report-{number:08}"
        outlet = self._drawn(chance, OUTLETS)
        places = self._several(chance, PLACES, 3)
        day = FIRST_DAY + datetime.timedelta(int(DAYS * chance.random() ** 0.4))
        roll = chance.random()
        found = {
            "id": id_,
            "revision": 1,
            "status": "published" if roll < 0.97 else "corrected",  # noqa: PLR2004 - a share
            "headline": self._sentence(chance, 8),
            "publisher": {"name": self._outlets[outlet], "entity": f"organisation/outlet-{outlet}"},
            "url": f"https://outlet-{outlet}.example/{id_}",
            "language": "en",
            "rights": _RIGHTS,
            "mentions": [
                {"entity": f"place/town-{place}", "spans": [{"start": 40 * n, "end": 40 * n + 9}]}
                for n, place in enumerate(sorted(places))
            ],
            "text": _fingerprint(chance),
            "sources": _PRINTED,
        }
        if roll < 0.98:  # noqa: PLR2004 - a share
            found["published"] = _printed(chance, day)
        if roll < 0.6:  # noqa: PLR2004 - a share
            found["bylines"] = [{"name": self._people[self._drawn(chance, PEOPLE)]}]
        if roll < 0.4:  # noqa: PLR2004 - a share
            topic = self._drawn(chance, TOPICS)
            found["topics"] = [{"code": f"medtop:{20_000_000 + topic}", "label": f"topic {topic}"}]
        if roll < 0.3:  # noqa: PLR2004 - a share
            found["abstract"] = self._sentence(chance, 25)
        claims = chance.choices(range(len(CLAIMS)), cum_weights=self._claims)[0]
        if claims:
            found["claims"] = [
                self._claim(chance, f"{id_}/c{n:02}", day, places) for n in range(1, claims + 1)
            ]

        return found

    def _claim(self, chance: random.Random, id_: str, day: datetime.date, places: set[int]) -> Drawn:
        start = chance.randrange(4_000)
        found: Drawn = {
            "id": id_,
            "statement": self._sentence(chance, 14),
            "kind": chance.choice(KINDS),
            "claimant": f"person/speaker-{self._drawn(chance, PEOPLE)}",
            "stance": chance.choice(STANCES),
            "evidence": [{"start": start, "end": start + 90, "tag": f"{chance.getrandbits(24):06x}"}],
            "sources": _PRINTED,
        }
        roll = chance.random()
        if roll < 0.7:  # noqa: PLR2004 - a share
            found["places"] = [f"place/town-{place}" for place in sorted(places)[:2]]
        if roll < 0.5:  # noqa: PLR2004 - a share
            found["happened"] = _printed(chance, day - datetime.timedelta(int(roll * 10)))
        if roll < 0.3:  # noqa: PLR2004 - a share
            found["said"] = day.isoformat()
        if roll < 0.25:  # noqa: PLR2004 - a share
            found["about"] = [f"person/speaker-{self._drawn(chance, PEOPLE)}"]
        if roll > 0.7:  # noqa: PLR2004 - a share
            value = str(chance.randrange(1, 5_000))
            found["quantities"] = [{"value": value, "bound": "about", "unit": chance.choice(UNITS)}]

        return found

    def _drawn(self, chance: random.Random, count: int) -> int:
        return chance.choices(range(count), cum_weights=self._weights[count])[0]

    def _several(self, chance: random.Random, count: int, most: int) -> set[int]:
        return set(chance.choices(range(count), cum_weights=self._weights[count], k=chance.randint(1, most)))

    def _sentence(self, chance: random.Random, words: int) -> str:
        return " ".join(chance.choices(self._words, cum_weights=self._weights[WORDS], k=words))


def made(count: int) -> Iterator[Article]:
    """
    As many articles, whose lines another process makes, so that they are no part of what this one takes.
    """
    command = [sys.executable, __file__, str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as maker:
        assert maker.stdout is not None  # noqa: S101 - a pipe was asked for
        while some := list(itertools.islice(maker.stdout, CHUNK)):
            yield from decode_articles(some, "generated")
    if maker.returncode:
        raise ChildProcessError("articles were not made")


def word(chance: random.Random) -> str:
    """
    A few syllables.
    """
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))


def zipf(count: int) -> list[float]:
    """
    Cumulated weights by which the n-th of *count* is drawn a n-th as often as the first.
    """
    return list(itertools.accumulate(1 / rank for rank in range(1, count + 1)))


def _printed(chance: random.Random, day: datetime.date) -> str:
    """
    A date as some reports have it: mostly exact.
    """
    roll = chance.random()
    if roll < 0.9:  # noqa: PLR2004 - a share
        return day.isoformat()
    if roll < 0.95:  # noqa: PLR2004 - a share
        return f"{day:%Y-%m}"

    return f"{day}~" if roll < 0.98 else f"[{day},{day + datetime.timedelta(1)}]"  # noqa: PLR2004 - a share


def _fingerprint(chance: random.Random) -> Drawn:
    names = ("exact", "nfc_lf", "loose", "loose_body")
    digests = {name: f"sha256:{chance.getrandbits(256):064x}" for name in names}

    return {"length": chance.randint(500, 9_000), **digests}


if __name__ == "__main__":
    for line in Archive().lines(int(sys.argv[1])):
        sys.stdout.buffer.write(line + b"\n")
