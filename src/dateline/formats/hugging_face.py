"""
A dataset for the library ``datasets``: a folder with Parquet files, and a card that says what they are.

Lossless: ``load_dataset(folder, "articles")`` reads a table, without a network; the card is for people,
and its head, in YAML, tells ``datasets`` of each table
(https://huggingface.co/docs/hub/datasets-manual-configuration).
Every text in that is a JSON string, which is YAML as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.formats import parquet
from dateline.formats.flat_tables import TABLES
from dateline.formats.losses import LOSSLESS


LOSSES: Final = LOSSLESS

CARD: Final = "README.md"

#: The table that is read where none is named.
_FIRST: Final = "articles"

# The licences of which the hub knows the name, of those that records may have.
_LICENCES: Final = re.compile(
    r"cc0-1\.0|cc-by(-nc)?(-sa|-nd)?-(2\.0|2\.5|3\.0|4\.0)|odbl|pddl|apache-2\.0|mit"
)

# What YAML calls a line break or not printable (YAML 1.1, section 4.1), and JSON leaves as it is.
_BREAKS: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

# What Markdown and HTML take for something else.
_MARKS: Final = re.compile(r"[\\`*_\[\]<>&#|~$]")


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
    files = parquet.write_folder(corpus)
    card = "".join(f"{line}\n" for line in ("---", *_head(corpus), "---", "", *_body(corpus)))

    return {CARD: card.encode()} | files


#: The card is left alone, so this is the reading of the Parquet files.
read_folder = parquet.read_folder


def _head(corpus: Corpus) -> Iterator[str]:
    if corpus.description is not None:
        yield from _described(corpus.description)
    # A table without rows is a file all the same, but no configuration: "datasets" refuses to read one.
    filled = [name for name, table in TABLES.items() if next(table.rows(corpus), None) is not None]
    if filled:
        yield "configs:"
    for name in sorted(filled, key=lambda name: name != _FIRST):
        yield f"- config_name: {name}\n  data_files: {name}{parquet.SUFFIX}"
        if name == _FIRST:
            yield "  default: true"


def _described(description: Description) -> Iterator[str]:
    licence = description.licence.lower()
    yield f"pretty_name: {_quoted(description.title)}"
    yield f"license: {_quoted(licence)}" if _LICENCES.fullmatch(licence) else "license: other"
    yield f"language:\n- {_quoted(description.language.partition('-')[0].lower())}"
    if description.keywords:
        yield "tags:"
        yield from (f"- {_quoted(keyword)}" for keyword in description.keywords)


def _body(corpus: Corpus) -> Iterator[str]:
    description = corpus.description
    yield "# News articles as records" if description is None else f"# {_shown(description.title)}"
    yield ""
    if description is not None:
        yield f"{_shown(description.description)}\n"
        yield f"By {_shown(', '.join(description.creators))}. Licence: {description.licence}.\n"
    if corpus.pin is not None:
        yield f"Dataset: `{corpus.pin}`\n"
    yield f"Digest of these records: `{corpus.digest}`\n"
    yield "Each table is a configuration; the column `record` of articles and entities holds all of a record."


def _quoted(text: str) -> str:
    return _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _shown(text: str) -> str:
    """
    A text in one line of Markdown, where it stays text.
    """
    return _MARKS.sub(r"\\\g<0>", " ".join(text.split()))
