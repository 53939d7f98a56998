"""
A dataset for the library ``datasets``: a folder with Parquet files, and a card that says what they are.

Lossless: ``load_dataset(folder, "articles")`` reads a table, without a network; the card is for people,
and its head tells ``datasets`` of each table.
"""

from __future__ import annotations

from typing import Final

from dateline.corpus import Corpus
from dateline.files import Content
from dateline.formats import parquet
from dateline.formats.cards import CARD, card
from dateline.formats.flat_tables import TABLES
from dateline.formats.losses import LOSSLESS


LOSSES: Final = LOSSLESS

#: The table that is read where none is named.
_FIRST: Final = "articles"


def write_folder(corpus: Corpus) -> dict[str, bytes]:
    r"""
    A corpus as Parquet files and a card, by their names.

    Raises:
        MissingExtra: If pyarrow is not installed.
        InvalidValue: If a text holds a lone surrogate, or a whole number is beyond 2^53 - 1.

    >>> from dateline.testing import tiny_corpus
    >>> write_folder(tiny_corpus())["README.md"].decode()[:50]
    '---\npretty_name: "The Larkhaven Ferry in the News"'
    """
    return {CARD: _card(corpus)} | parquet.write_folder(corpus)


def save_folder(corpus: Corpus) -> dict[str, Content]:
    """
    As :func:`write_folder`, but for a table there is what writes it into a file.
    """
    return {CARD: _card(corpus)} | parquet.save_folder(corpus)


def _card(corpus: Corpus) -> bytes:
    # A table without rows is a file all the same, but no configuration: "datasets" refuses to read one.
    filled = [name for name, table in TABLES.items() if any(True for _ in table.subjects(corpus))]
    configs = [
        {"config_name": name, "data_files": f"{name}{parquet.SUFFIX}"}
        | ({"default": True} if name == _FIRST else {})
        for name in sorted(filled, key=lambda name: name != _FIRST)
    ]
    note = (
        "Each table is a configuration; the column `record` of articles and entities holds all of a record."
    )

    return card(corpus, configs, [note])


#: The card is left alone, so this is the reading of the Parquet files.
read_folder = parquet.read_folder
