"""
References in a real document: what LaTeX, biber and BibTeX say of them, and what is printed.
"""

from __future__ import annotations

import re

import pytest
from formats import hostile
from formats.latex import with_biber, with_bibtex
from formats.samples import dataset_and_subset, dated, named

from dateline.formats import FORMATS
from dateline.references import corpus_items
from dateline.testing import tiny_corpus


pytestmark = [pytest.mark.interop, pytest.mark.latex, pytest.mark.slow]

#: What LaTeX prints two signs as: LuaTeX does so even if nothing but braces stands between them,
#: and biber writes a grave accent as it is, whatever command it was.
LIGATURES = {
    "---": "—",
    "--": "–",
    "''": '"',
    "``": '"',
    ",,": "„",
    "<<": "«",
    ">>": "»",
    "?`": "¿",
    "!`": "¡",
}
QUOTES = str.maketrans(dict.fromkeys("“”‘’'`", '"'))


@pytest.fixture(scope="module")
def items():
    """
    The dataset and a subset of it, dates and names of all kinds, and hostile texts.
    """
    return [
        *(*dataset_and_subset(), *dated(), *named(), *corpus_items(tiny_corpus())),
        *corpus_items(hostile.corpus(*hostile.TEXTS)),
    ]


def printed(text):
    """
    A text without white space, which may be anywhere in a line, and with straight quotes.
    """
    for signs, sign in LIGATURES.items():
        text = text.replace(signs, sign)

    return re.sub(r"\s|\u2060", "", text).translate(QUOTES)


def missing(items, paragraphs, variables):
    """
    Ids of the items for which no paragraph holds all of the *variables*.
    """
    lines = [printed(paragraph) for paragraph in paragraphs]
    wanted = {
        item["id"]: [printed(item[variable]) for variable in variables if variable in item] for item in items
    }

    return [
        id_ for id_, texts in wanted.items() if not any(all(text in line for text in texts) for line in lines)
    ]


def anonymous(items):
    """
    Ids of the articles without an author, which LaTeX wants articles to have.
    """
    return {item["id"] for item in items if "author" not in item and "container-title" in item}


def test_biblatex(items, tmp_path):
    """
    The document compiles, biber finds every field valid, and each entry is printed as it was meant.

    Of faults there are those that the records have: no author is known, or no date.
    """
    run = with_biber(tmp_path, FORMATS["biblatex"].write_items(items))
    faults = [
        re.fullmatch(r"Datamodel: Entry '(.*)' \(references.bib\): (.*)", text) for text in run.warnings
    ]

    assert () == run.errors
    assert len(items) == run.entries
    assert all(faults), run.warnings
    assert {"Missing mandatory field 'author'"} >= {fault[2] for fault in faults if "date" not in fault[2]}
    assert anonymous(items) == {fault[1] for fault in faults if "author" in fault[2]}
    assert {item["id"] for item in items if "issued" not in item} == {
        fault[1] for fault in faults if "date" in fault[2]
    }
    assert [] == missing(items, run.typeset, ("title", "container-title", "version", "URL"))


def test_initials_are_cut_from_no_command(tmp_path):
    """
    Whatever a name begins with, biber finds an initial that leaves the braces as they are.
    """
    texts = (
        "--Foo",
        "--A\\B",
        "A-&B",
        "-\\",
        "~",
        "{",
        "}",
        "-",
        "\u0301",
        "~\u0301",
        "-~\u0301",
        "$-$",
        "%",
    )
    names = [
        *({"family": text, "given": "G"} for text in texts),
        *({"family": "Foo", "given": text} for text in texts),
        *({name: text} for text in texts for name in ("family", "literal")),
    ]
    whole = {
        "type": "article-newspaper",
        "title": "T",
        "container-title": "X",
        "issued": {"date-parts": [[2022]]},
    }
    written = FORMATS["biblatex"].write_items(
        whole | {"id": f"a{number}", "author": [name]} for number, name in enumerate(names)
    )
    run = with_biber(tmp_path, written)

    assert ((), (), len(names)) == (run.errors, run.warnings, run.entries)


def test_bibtex(items, tmp_path):
    """
    The document compiles with a plain style, and each entry is printed as it was meant, capitals and all.

    BibTeX misses authors that are not known, and nothing else.
    """
    run = with_bibtex(tmp_path, FORMATS["bibtex"].write_items(items))
    warnings = {re.sub(r" in .*", "", text) for text in run.warnings}

    assert () == run.errors
    assert len(items) == run.entries
    assert {"Warning--to sort, need author or key", "Warning--empty author"} >= warnings
    assert [] == missing(items, run.typeset, ("title", "container-title", "version"))
