"""
The Data Package descriptor: valid by the official profile, and true of the files.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import re
import subprocess
import sys

import pytest
from attrs import evolve
from descriptors.releases import CORPORA, files_of, saved
from formats.linked_data import official, unsafe
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import validators
from strategies import texts

from dateline.descriptors.columns import meanings
from dateline.descriptors.data_package import NAME, write
from dateline.descriptors.tables import NAMES, rows_of
from dateline.fingerprints import sha256


def package(corpus):
    """
    The descriptor of a release of *corpus*, as JSON.
    """
    return json.loads(files_of(corpus)[NAME])


@functools.cache
def profile():
    """
    The official profile.
    """
    return official("datapackage/datapackage.json")


def faults(found):
    """
    What the official profile has against a descriptor.
    """
    validator = validators.validator_for(profile())(profile())

    return [error.message for error in validator.iter_errors(found)]


@pytest.fixture
def frictionless(tmp_path):
    """
    A function that gives the kinds of error that frictionless finds in a release, by resource.
    """
    if importlib.util.find_spec("frictionless") is None:
        pytest.skip("frictionless is not installed")

    def found(files):
        folder = saved(files, tmp_path / "release")
        command = [sys.executable, "-m", "frictionless", "validate", NAME, "--json"]
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        tasks = json.loads(result.stdout)["tasks"]
        assert len(tasks) == len(json.loads(files[NAME])["resources"])

        return {task["name"]: {error["type"] for error in task["errors"]} for task in tasks if task["errors"]}

    return found


@pytest.mark.interop
@pytest.mark.parametrize("name", CORPORA)
def test_it_is_valid(name):
    """
    The official profile has nothing to say of ours, an invented one, and one full of hostile texts.
    """
    assert [] == faults(package(CORPORA[name]()))


@pytest.mark.interop
@pytest.mark.properties
@given(text=texts(), licence=st.sampled_from(["CC0-1.0", "LicenseRef-own"]), several=st.integers(0, 2))
def test_any_is_valid(text, licence, several):
    """
    Whatever a dataset says of itself, neither the official profile nor a page or terminal minds.
    """
    tiny = CORPORA["tiny"]()
    words = {"title": text, "description": text, "creators": (text,) * several, "keywords": (text,) * several}
    corpus = evolve(tiny, description=evolve(tiny.description, licence=licence, **words))
    data = write(corpus, {"articles.csv": b"", "notes.txt": b""})

    assert [] == faults(json.loads(data))
    assert set() == unsafe(data.decode())


@pytest.mark.interop
def test_the_profile_sees_what_is_wrong():
    """
    A resource without a path is an error by the profile as it is asked here.
    """
    found = package(CORPORA["tiny"]())
    del found["resources"][0]["path"]

    assert faults(found)


@pytest.mark.parametrize("name", CORPORA)
def test_sizes_and_digests_are_the_files_own(name):
    """
    Each data file stands there once, with its size and digest, and no other does.
    """
    files = files_of(CORPORA[name]())
    resources = json.loads(files[NAME])["resources"]
    found = {resource["path"]: (resource["bytes"], resource["hash"]) for resource in resources}

    assert len(found) == len(resources)
    assert found == {path: (len(files[path]), sha256(files[path])) for path in found}
    assert set(found) >= {"articles.csv", "claims.csv", "entities.csv", "sources.csv", "articles.jsonl"}


@pytest.mark.parametrize("name", CORPORA)
@pytest.mark.parametrize("table", NAMES)
def test_the_cells_keep_the_rules(table, name):
    """
    Required cells are filled, unique ones differ, and texts are of the words, pattern and length said.
    """
    corpus = CORPORA[name]()
    [schema] = [found["schema"] for found in package(corpus)["resources"] if found["name"] == table]
    columns = list(zip(*rows_of(table, corpus), strict=True))

    assert len(columns) == len(schema["fields"])
    for field, cells in zip(schema["fields"], columns, strict=True):
        rules, filled = field.get("constraints", {}), list(filter(None, cells))
        assert len(filled) == len(cells) or not rules.get("required")
        assert len(set(filled)) == len(filled) or not rules.get("unique")
        assert set(filled) <= set(rules.get("enum", filled))
        assert all(len(cell) <= rules.get("maxLength", len(cell)) for cell in filled)
        assert all(re.fullmatch(rules.get("pattern", "(?s:.*)"), cell) for cell in filled)


def test_the_rules_are_those_of_the_records():
    """
    Words of closed lists, patterns and keys stand in the schema of a table as the records have them.
    """
    tables = {found["name"]: found.get("schema") for found in package(CORPORA["tiny"]())["resources"]}
    claims = {field["name"]: field for field in tables["claims"]["fields"]}

    assert claims["stance"]["constraints"]["enum"][:2] == ["asserts", "denies"]
    assert claims["about"]["type"] == "array"
    assert claims["article"]["constraints"]["pattern"] == "([a-z0-9]+(-[a-z0-9]+)*)"
    assert tables["claims"]["primaryKey"] == ["id"]
    assert tables["sources"]["uniqueKeys"] == [["article", "claim", "entity", "field"]]
    assert {"fields": ["claim"], "reference": {"resource": "claims", "fields": ["id"]}} in tables["sources"][
        "foreignKeys"
    ]


@pytest.mark.parametrize("table", NAMES)
def test_every_column_is_explained(table):
    """
    What a column means is said of each.
    """
    assert [] == [found.column.name for found in meanings(table) if not found.description]


@pytest.mark.heavy
@pytest.mark.interop
@pytest.mark.parametrize("name", ["ukraine", "tiny"])
def test_frictionless_finds_nothing(frictionless, name):
    """
    A release is valid for frictionless: digests, types, rules and references.
    """
    assert {} == frictionless(files_of(CORPORA[name]()))


@pytest.mark.heavy
@pytest.mark.interop
def test_frictionless_reads_hostile_texts(frictionless):
    """
    All that frictionless finds among hostile texts are the references that lead nowhere there.
    """
    assert {"articles": {"foreign-key"}} == frictionless(files_of(CORPORA["hostile"]()))


@pytest.mark.heavy
@pytest.mark.interop
def test_frictionless_sees_what_is_wrong(frictionless):
    """
    A byte more, a number that is none, a word of no list, an id twice and a lost reference are each found.
    """
    corpus = CORPORA["tiny"]()
    files = files_of(corpus)
    tables = {
        "articles.csv": files["articles.csv"].replace(b",1,published,", b",one,publicised,", 1),
        "claims.csv": files["claims.csv"].replace(b"ferry-halts/c02", b"ferry-halts/c01"),
        "entities.csv": files["entities.csv"].replace(b"54.5", b"north"),
    }
    data = {found["path"]: files[found["path"]] for found in json.loads(files[NAME])["resources"]}
    described = write(corpus, data | tables)
    changed = {"SOURCES.md": files["SOURCES.md"] + b"!"}

    assert {
        "articles": {"type-error", "constraint-error"},
        "claims": {"unique-error", "primary-key"},
        "entities": {"type-error"},
        "sources": {"foreign-key"},
        "sources.md": {"hash-count", "byte-count"},
    } == frictionless({**files, **tables, **changed, NAME: described})
