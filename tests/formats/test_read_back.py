"""
References as other programs read them, field by field.

Pandoc comes with the test dependencies. Citation.js is asked (marker ``node``) where Node finds its
modules: @citation-js/core, plugin-bibtex and plugin-ris, in node_modules here or in a folder that
NODE_PATH names; else the test is skipped.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest
from formats import hostile
from formats.readers import READERS
from formats.reading import READINGS, compare
from formats.samples import claims, dataset_and_subset, dated, named

from dateline.formats import FORMATS
from dateline.references import corpus_items
from dateline.testing import tiny_corpus


pytestmark = [pytest.mark.interop, pytest.mark.slow]

#: What a program reads, those in Node marked.
PAIRS = [
    pytest.param(program, name, marks=[pytest.mark.node] if program == "citation-js" else [])
    for program, name in sorted(READINGS)
]

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "citing" / "items.json"

#: The parts that a name of ours can have.
NAME = {"family", "given", "literal"}


@functools.cache
def everything():
    """
    Items of the dataset, a subset and all claims, of all kinds of dates and names, and of hostile texts.
    """
    return [
        *(*dataset_and_subset(), *claims(), *dated(), *named(), *corpus_items(tiny_corpus())),
        *corpus_items(hostile.corpus(*hostile.TEXTS)),
    ]


#: What items of ours can hold, of all that CSL-JSON has.
VARIABLES = {
    *("id", "type", "title", "author", "container-title", "issued", "URL", "language", "keyword"),
    *("version", "genre", "annote"),
}


def vectors():
    """
    Invented references that were not made by this project, as far as ours hold what they do.
    """
    if not VECTORS.is_file():
        pytest.skip(f"no references in {VECTORS}")
    items = [
        {name: value for name, value in item.items() if name in VARIABLES}
        for item in json.loads(VECTORS.read_text("utf-8"))
        if item["type"] in {"article-newspaper", "dataset"}
    ]

    return [item for item in items if all(part.keys() <= NAME for part in item.get("author", ()))]


def differences(program, name, items):
    """
    The fields that a program reads in another way than is declared, and how many there are in all.
    """
    found = READERS[program](FORMATS[name].write_items(items), name)

    assert [item["id"] for item in items] == [item["id"] for item in found]

    fields = [
        (item["id"], *field)
        for item, read in zip(items, found, strict=True)
        for field in compare(item, read, READINGS[program, name])
    ]

    return [field for field in fields if field[2] != field[3]], len(fields)


@pytest.mark.parametrize(("program", "name"), PAIRS)
def test_fields_come_back(program, name):
    """
    Every field that a format and the program's reader of it can carry is read as it was meant.
    """
    differing, count = differences(program, name, everything())

    assert [] == differing
    assert count > 2_000


@pytest.mark.parametrize(("program", "name"), PAIRS)
def test_references_of_others_come_back(program, name):
    """
    So it is with references that were made elsewhere.
    """
    differing, count = differences(program, name, vectors())

    assert [] == differing
    assert count > 400
