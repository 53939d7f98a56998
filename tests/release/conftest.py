"""
What the tests of releases share: the shipped one in memory, copies of its source, small invented ones.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import attrs
import pytest

from dateline import catalog
from dateline.curation import make_fingerprints
from dateline.fingerprints import sha256
from dateline.manifests import (
    ARTICLES,
    ENTITIES,
    MANIFEST,
    ReleaseFile,
    manifest_bytes,
    manifest_of,
    record_lines,
)
from dateline.own_releases import read_manifest
from dateline.spans import locate
from dateline.testing import tiny_corpus


ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root():
    """
    The checkout.
    """
    return ROOT


@pytest.fixture(scope="session")
def curated():
    """
    The curated source of the dataset that ships.
    """
    return ROOT / "data" / "ukraine-2022"


@pytest.fixture(scope="session")
def shipped():
    """
    The folder of the release that ships.
    """
    return Path(catalog.__file__).parent / "releases" / "ukraine-2022" / catalog.DEFAULTS["ukraine-2022"]


@pytest.fixture(scope="session")
def contents(shipped):
    """
    The files of the release that ships, manifest included, by name.
    """
    return {file.name: file.read_bytes() for file in sorted(shipped.iterdir())}


@pytest.fixture(scope="session")
def ukraine():
    """
    The corpus that ships.
    """
    return catalog.load("ukraine-2022")


@pytest.fixture
def served(monkeypatch, contents):
    """
    What the catalogue reads instead of the shipped files; a dict to be changed at will.
    """
    copies = dict(contents)
    monkeypatch.setattr(catalog, "_read", lambda folder, name: copies.get(name))

    return copies


@pytest.fixture
def source(curated, tmp_path):
    """
    A copy of the curated source, to be changed at will.
    """
    return Path(shutil.copytree(curated, tmp_path / "source" / curated.name))


@pytest.fixture
def own(tmp_path):
    """
    A folder with a valid release of the user's own, to be changed at will.
    """
    corpus = tiny_corpus()
    files = {
        ARTICLES: record_lines(corpus.articles.values()),
        ENTITIES: record_lines(corpus.entities.values()),
    }
    folder = tmp_path / "tiny" / "1.0.0"
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / MANIFEST).write_bytes(manifest_bytes(manifest_of(corpus, files)))

    return folder


@pytest.fixture(scope="session")
def signed():
    """
    Put other bytes under a name in a release folder, and make its manifest agree, as an attacker would.
    """

    def sign(folder, name, data, **changes):
        (folder / name).write_bytes(data)
        manifest = read_manifest(folder)
        mended = [
            ReleaseFile(name=name, size=len(data), digest=sha256(data)) if file.name == name else file
            for file in manifest.files
        ]
        changed = attrs.evolve(manifest, files=mended, **changes)
        (folder / MANIFEST).write_bytes(manifest_bytes(changed))

    return sign


@attrs.frozen
class Small:
    """
    A curated source of one invented article, with its text.
    """

    folder: Path
    texts: Path
    text: str

    def span(self, words):
        """
        The position of some words, as TOML has it.
        """
        [found] = locate(self.text, words)

        return f"[{found.start}, {found.end}]"

    def edit(self, file, old, new):
        """
        Replace words that stand once in a file of the source.
        """
        path = self.folder / file
        before = path.read_text("utf-8")
        assert before.count(old) == 1, f"{old!r} must stand once in {file}"
        path.write_text(before.replace(old, new), "utf-8")


TEXT = (
    "Photo: Ana Lind\n"
    "LARKHAVEN - The ferry sailed again on Monday with 300 passengers aboard, Tomas Berg said. "
    "Six of them paid twice.\n"
    "Nobody minded.\n"
    "* * *\n"
)

DATASET = """
name = "small"
version = "1.0.0"
title = "One invented article"
description = "For tests."
licence = "CC-BY-4.0"
creators = ["The dateline developers"]
"""

ENTITIES_TOML = """
[[entities]]
id = "person/tomas-berg"
name = "Tomas Berg"
variants = ["Tomas Berg"]
curated.name = "as printed"

[[entities]]
id = "place/larkhaven"
name = "Larkhaven"
variants = ["LARKHAVEN"]
wikidata = "Q1"
"""

ARTICLE = """
id = "ferry-sails"
revision = 1
status = "published"
language = "en"
abstract = "A ferry is back."
furniture = [{furniture}]
curated.language = "read"
unknown.headline = "none is printed"
absent.publisher = "invented"
absent.bylines = "invented"
absent.agencies = "invented"
unknown.published = "no date is printed"
stated.dateline = [{dateline}]
absent."dateline.date" = "none is printed"
absent.url = "invented"
absent.rights = "invented"
absent.topics = "invented"
absent.copies = "invented"

[dateline]
place = "LARKHAVEN"
entity = "place/larkhaven"

[capture]
file = "ferry.txt"
size = {size}
digest = "{digest}"

[mentions]
"place/larkhaven" = [{town}]
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
places = ["place/larkhaven"]
quantities = [{{ value = "300", bound = "exactly", unit = "person" }}]
inferred.places = "the line of place says so"

[[claims]]
id = "c02"
statement = "Tomas Berg says that some of them paid again."
kind = "event"
claimant = "person/tomas-berg"
stance = "asserts"
evidence = [{twice}]
relations = [{{ kind = "updates", claim = "c01" }}]
quantities = [{{ value = "6", bound = "exactly", unit = "person" }}]
"""


@pytest.fixture
def small(tmp_path):
    """
    A valid curated source of one invented article, fingerprints included, to be changed at will.
    """
    folder, texts = tmp_path / "small", tmp_path / "texts"
    folder.mkdir()
    texts.mkdir()
    made = Small(folder, texts, TEXT)
    (texts / "ferry.txt").write_text(TEXT, "utf-8")
    (folder / "dataset.toml").write_text(DATASET, "utf-8")
    (folder / "entities.toml").write_text(ENTITIES_TOML, "utf-8")
    (folder / "SOURCES.md").write_text("# Sources\n\n## place-larkhaven\n\nInvented.\n", "utf-8")
    article = ARTICLE.format(
        furniture=made.span("Photo: Ana Lind"),
        dateline=made.span("LARKHAVEN"),
        size=len(TEXT.encode()),
        digest=sha256(TEXT.encode()),
        town=made.span("LARKHAVEN"),
        berg=made.span("Tomas Berg"),
        gap=made.span("Nobody minded."),
        sentence=made.span(
            "LARKHAVEN - The ferry sailed again on Monday with 300 passengers aboard, Tomas Berg said."
        ),
        twice=made.span("Six of them paid twice."),
    )
    (folder / "ferry-sails.toml").write_text(article, "utf-8")
    make_fingerprints(folder, texts)

    return made
