"""
What the tests of the command line share: how to run it, and small data of an invented town to run it on.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from golden.snapshots import golden

import dateline
from dateline.cli import main
from dateline.fingerprints import sha256
from dateline.manifests import ARTICLES, ENTITIES, MANIFEST, manifest_bytes, manifest_of, record_lines
from dateline.spans import locate
from dateline.testing import make_article, make_claim, make_entity, tiny_corpus


__all__ = ["golden"]

#: Clears the screen, turns the writing around, rings, and begins a new line.
HOSTILE = "Berg\x1b[2J\u202eabc\x07\nowned \x9b31m"

TEXT = "The ferry sailed with 300 passengers on board, Tomas Berg said.\nNobody minded.\n"

SOURCE = {
    "dataset.toml": """
name = "small"
version = "1.0.0"
title = "One invented article"
description = "For tests."
licence = "CC-BY-4.0"
creators = ["The dateline developers"]
""",
    "entities.toml": """
[[entities]]
id = "person/tomas-berg"
name = "Tomas Berg"
variants = ["Tomas Berg"]
curated.name = "as printed"
""",
    "SOURCES.md": "# Sources\n",
    "ferry-sails.toml": """
id = "ferry-sails"
revision = 1
status = "published"
abstract = "A ferry is back."
unknown.headline = "none is printed"
absent.publisher = "invented"
absent.bylines = "invented"
absent.agencies = "invented"
unknown.published = "no date is printed"
absent.dateline = "none is printed"
absent.url = "invented"
absent.language = "invented"
absent.rights = "invented"
absent.topics = "invented"
absent.copies = "invented"

[capture]
file = "ferry.txt"
size = {size}
digest = "{digest}"

[mentions]
"person/tomas-berg" = [{berg}]

[[uncovered]]
span = {gap}
reason = "nothing is claimed"

[[claims]]
id = "c01"
statement = "Tomas Berg says that the ferry carried 300 people."
kind = "event"
claimant = "person/tomas-berg"
stance = "asserts"
evidence = [{sentence}]
quantities = [{{ value = "300", bound = "exactly", unit = "people" }}]
""",
}


@pytest.fixture
def run():
    """
    Run a command in this process, and give its result.
    """

    def invoke(*arguments):
        return CliRunner().invoke(main, list(map(str, arguments)))

    return invoke


@pytest.fixture
def start():
    """
    Run a command in a process of its own, and give its result.
    """

    def started(*arguments, **options):
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | options.pop("env", {})
        return subprocess.run(
            [sys.executable, "-m", "dateline", *map(str, arguments)],
            env=environment,
            check=False,
            **{"capture_output": True, "text": True, "encoding": "utf-8"} | options,
        )

    return started


@pytest.fixture
def tiny(tmp_path):
    """
    A release folder of a small corpus, to be changed at will.
    """
    return _released(tiny_corpus(), tmp_path / "tiny" / "1.0.0")


@pytest.fixture
def hostile(tmp_path):
    """
    A file with a corpus whose every text tries to drive the terminal.
    """
    claim = make_claim(
        statement=HOSTILE, channel=HOSTILE, claimant="person/tomas-berg", places=("place/old-quay",)
    )
    article = make_article(
        headline=HOSTILE,
        abstract=HOSTILE,
        publisher=dateline.Credit(name=HOSTILE),
        bylines=(dateline.Credit(name=HOSTILE),),
        mentions=(),
        dateline=None,
        claims=(claim,),
    )
    entities = (
        make_entity(
            id="person/tomas-berg", kind="person", name=HOSTILE, variants=(HOSTILE,), description=HOSTILE
        ),
        make_entity(name=HOSTILE),
    )
    target = tmp_path / "hostile.jsonl"
    dateline.dump(dateline.Corpus.of([article], entities, pin=dateline.Pin("hostile", "1.0.0")), target)

    return target


@pytest.fixture
def texts(tmp_path):
    """
    The folder with the text of the small source.
    """
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "ferry.txt").write_text(TEXT, "utf-8")

    return folder


@pytest.fixture
def source(tmp_path):
    """
    A curated source of one invented article, without fingerprints, to be changed at will.
    """
    words = {"berg": "Tomas Berg", "gap": "Nobody minded.", "sentence": TEXT.partition("\n")[0]}
    places = {name: _position(of) for name, of in words.items()}
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in SOURCE.items():
        is_article = name.startswith("ferry")
        data = {"size": len(TEXT.encode()), "digest": sha256(TEXT.encode())} | places
        (folder / name).write_text(text.format(**data) if is_article else text, "utf-8")

    return folder


@pytest.fixture
def curated(run, source, texts):
    """
    A valid curated source of one invented article, fingerprints included.
    """
    assert run("fingerprint", source, texts).exit_code == 0

    return source


@pytest.fixture(scope="session")
def edit():
    """
    Replace words that stand in a file.
    """

    def replaced(path: Path, old: str, new: str) -> None:
        before = path.read_text("utf-8")
        assert old in before
        path.write_text(before.replace(old, new), "utf-8")

    return replaced


def _position(words: str) -> str:
    """
    The position of some words in a text.
    """
    [found] = locate(TEXT, words)

    return f"[{found.start}, {found.end}]"


def _released(corpus: dateline.Corpus, folder: Path) -> Path:
    """
    A folder with a release of a corpus, made by hand.
    """
    files = {
        ARTICLES: record_lines(corpus.articles.values()),
        ENTITIES: record_lines(corpus.entities.values()),
    }
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / MANIFEST).write_bytes(manifest_bytes(manifest_of(corpus, files)))

    return folder
