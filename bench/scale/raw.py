"""
Raw articles that never appeared: texts of meaningless words by Zipf's law, some of them copies with changes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final


#: Words that there are, and in a text.
VOCABULARY: Final = 20_000
LENGTHS: Final = (150, 700)

#: One in so many texts is a copy of an earlier one, with up to so many words changed.
COPIES: Final = 5
CHANGES: Final = 25

#: Earlier texts that are remembered to be copied.
REMEMBERED: Final = 2_000

SYLLABLES: Final = ("ba", "do", "fel", "gri", "hu", "ka", "lim", "mur", "ne", "pol", "ra", "sun", "ti", "vo")


def articles(count: int, seed: int = 0) -> Iterator[dict[str, Any]]:
    """
    So many raw articles, always the same.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(VOCABULARY)]
    weights = [1 / rank for rank in range(1, VOCABULARY + 1)]
    remembered: list[list[str]] = []
    for number in range(count):
        if remembered and number % COPIES == 0:
            body = list(chance.choice(remembered))
            for _ in range(chance.randint(0, CHANGES)):
                body[chance.randrange(len(body))] = chance.choice(words)
        else:
            body = chance.choices(words, weights, k=chance.randint(*LENGTHS))
            if len(remembered) < REMEMBERED:
                remembered.append(body)
        yield _article(number, body, chance)


def _article(number: int, body: list[str], chance: random.Random) -> dict[str, Any]:
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    paragraphs = [" ".join(body[start : start + 60]) for start in range(0, len(body), 60)]
    place = body[0].upper()

    return {
        "id": f"archive-{number:08}",
        "text": f"{place}, 2024-{month:02}-{day:02} (AP) — " + ".\n".join(paragraphs),
        "url": f"https://outlet-{number % 50}.example/{number}",
        "publisher": f"Outlet {number % 50}",
        "date": f"2024-{month:02}-{day:02}",
        "title": " ".join(body[:8]),
    }


def write(count: int, path: Path, group: int = 1_000) -> None:
    """
    Save raw articles as Parquet, in row groups.
    """
    import pyarrow  # noqa: PLC0415 - workers that only read need none of this
    from pyarrow import parquet  # noqa: PLC0415

    found = articles(count)
    first = next(found)
    schema = pyarrow.Table.from_pylist([first]).schema
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        rows = [first]
        for row in found:
            rows.append(row)
            if len(rows) == group:
                writer.write_table(pyarrow.Table.from_pylist(rows, schema), row_group_size=group)
                rows = []
        if rows:
            writer.write_table(pyarrow.Table.from_pylist(rows, schema), row_group_size=group)
