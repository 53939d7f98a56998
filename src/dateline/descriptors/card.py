"""
The dataset card: for people, and for ``load_dataset(folder, "claims")``, which reads the tables by it.

Each column has its type there, so that a text of digits stays text; only an empty cell is no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import evolve

from dateline.corpus import Corpus
from dateline.descriptors.columns import Meaning, meanings
from dateline.descriptors.identity import identity
from dateline.descriptors.kinds import FILES, kind_of
from dateline.descriptors.tables import NAMES, file_of, rows_of
from dateline.formats.cards import CARD, card
from dateline.formats.flat_columns import Cell


NAME: Final = CARD

# How a table is read: no text is a missing value, such as "NA" or "null", only an empty cell is one.
_READING: Final = {"keep_default_na": False, "na_values": [""]}


def write(corpus: Corpus, files: Mapping[str, bytes]) -> bytes:
    """
    The card of a release with these files.

    Raises:
        InvalidValue: If the corpus has no pin or no description.

    Source: https://huggingface.co/docs/hub/datasets-manual-configuration

    >>> from dateline.testing import tiny_corpus
    >>> card = write(tiny_corpus(), {}).decode()
    >>> print(card[card.index("configs:") : card.index("    features:")])
    configs:
      - config_name: "articles"
        data_files: "articles.csv"
        default: true
        keep_default_na: false
        na_values:
          - ""
    <BLANKLINE>
    """
    pin, _ = identity(corpus)
    # A table without rows is a file all the same, but no configuration: "datasets" refuses to read one.
    configs = [_config(name) for name in NAMES if next(rows_of(name, corpus), None) is not None]

    return card(evolve(corpus, pin=pin), configs, _notes(files))


def _config(table: str) -> dict[str, Any]:
    first = {"default": True} if table == NAMES[0] else {}
    features = [{"name": found.column.name, "dtype": _type(found)} for found in meanings(table)]

    return {"config_name": table, "data_files": file_of(table), **first, **_READING, "features": features}


def _type(found: Meaning) -> str:
    cell = found.column.cell
    if cell is Cell.WHOLE and found.required:
        return "int64"

    # pandas, which reads the tables, knows no whole numbers and no days among empty cells.
    return "float64" if cell in (Cell.WHOLE, Cell.REAL) else "string"


def _notes(files: Mapping[str, bytes]) -> Iterator[str]:
    yield "The texts of the articles are not part of it; they have rights of their own.\n"
    yield "Each table is a configuration; a list is a JSON array in its cell, an empty cell is no value.\n"
    # Those that describe all others, this one among them, are not made yet.
    yield "| file | what it holds |"
    yield "| --- | --- |"
    yield from (f"| `{name}` | {kind_of(name).holds} |" for name in sorted({*FILES, *files}))
