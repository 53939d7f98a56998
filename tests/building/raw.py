"""
Raw articles for tests of building: invented, and with everything that goes wrong.
"""

from __future__ import annotations

import csv
import json

import pyarrow
from pyarrow import parquet


WORDS = "the ferry to old quay sailed again on monday after eleven weeks in dry dock".split()  # noqa: SIM905

COLUMNS = ("id", "text", "url", "publisher", "date", "title", "author")


def row(number, **changes):
    """
    A sound raw article, no two of them the same.
    """
    day = f"2021-03-{number % 28 + 1:02}"
    turned = WORDS[number % len(WORDS) :] + WORDS[: number % len(WORDS)]
    text = (
        f"LARKHAVEN, March {number % 28 + 1} (AP) - {' '.join(turned)} number {number}.\nTomas Berg said so."
    )

    return {
        "id": f"gazette/{number}",
        "text": text,
        "url": f"https://gazette.example/{number}",
        "publisher": "The Harbour Gazette",
        "date": day,
        "title": f"Ferry, part {number}",
        "author": "Ana Lind",
    } | changes


def rows(count):
    """
    Some sound raw articles.
    """
    return [row(number) for number in range(count)]


def write_jsonl(path, found):
    """
    Save raw articles as JSON Lines.
    """
    path.write_text("".join(f"{json.dumps(one)}\n" for one in found), encoding="utf-8")

    return path


def write_csv(path, found):
    """
    Save raw articles as CSV.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(found)

    return path


def write_parquet(path, found, group=10):
    """
    Save raw articles as Parquet with small row groups.
    """
    parquet.write_table(pyarrow.Table.from_pylist(found), path, row_group_size=group)

    return path


WRITERS = {".jsonl": write_jsonl, ".csv": write_csv, ".parquet": write_parquet}
