"""
``CITATION.cff`` of a dataset, by the official schema.
"""

from __future__ import annotations

import importlib.resources
import importlib.util
import json

import pytest
from attrs import evolve
from descriptors.releases import CORPORA, described_corpora
from hypothesis import given

from dateline.descriptors.citation import write
from dateline.references import unmarked
from dateline.testing import tiny_corpus


yaml = pytest.importorskip("yaml", reason="PyYAML reads the file back")


def read(corpus):
    """
    The citation file of *corpus*, as YAML has it.
    """
    return yaml.safe_load(write(corpus, {}))


@pytest.fixture(scope="session")
def faults():
    """
    A function that says what the official schema 1.2.0, which check-jsonschema brings along, finds.
    """
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    if importlib.util.find_spec("check_jsonschema") is None:
        pytest.skip("no official schema: check-jsonschema is not installed")
    file = importlib.resources.files("check_jsonschema") / "builtin_schemas/vendor/citation-file-format.json"
    validator = jsonschema.Draft7Validator(
        json.loads(file.read_text("utf-8")), format_checker=jsonschema.FormatChecker()
    )

    return lambda found: [error.message for error in validator.iter_errors(found)]


@pytest.mark.interop
@pytest.mark.parametrize("name", CORPORA)
def test_it_is_valid(faults, name):
    """
    The official schema has nothing to say of ours, an invented one, and one full of hostile texts.
    """
    assert [] == faults(read(CORPORA[name]()))


@pytest.mark.interop
@pytest.mark.properties
@given(corpus=described_corpora())
def test_any_is_valid(faults, corpus):
    """
    Nor of any dataset, with a licence that the format knows or without.
    """
    assert [] == faults(read(corpus))


@pytest.mark.interop
@pytest.mark.parametrize(
    "licence", ["CC0-1.0", "CC-BY-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-3.0", "ODbL-1.0", "PDDL-1.0", "MIT"]
)
def test_a_licence_that_the_format_knows_is_named(faults, licence):
    """
    It is one that the schema lists.
    """
    tiny = tiny_corpus()
    found = read(evolve(tiny, description=evolve(tiny.description, licence=licence)))

    assert licence == found["license"]
    assert [] == faults(found)


def test_a_licence_that_the_format_does_not_know_is_left_out():
    """
    The schema would refuse it.
    """
    tiny = tiny_corpus()
    own = evolve(tiny.description, licence="LicenseRef-own")

    assert "license" not in read(evolve(tiny, description=own))


@pytest.mark.interop
def test_a_title_that_nobody_sees_is_the_name(faults):
    """
    Of a title without visible characters the dataset's name remains, and of such a description nothing.
    """
    tiny = tiny_corpus()
    found = read(evolve(tiny, description=evolve(tiny.description, title="\u200e", description="\u200e")))

    assert ("tiny", None) == (found["title"], found.get("abstract"))
    assert [] == faults(found)


@pytest.mark.interop
def test_a_fault_is_found(faults):
    """
    The schema that is asked does find faults.
    """
    found = read(tiny_corpus()) | {"license": "CC-BY-5.0", "doi": "x"}

    assert 2 == len(faults(found))


def test_it_tells_what_the_dataset_is():
    """
    Type, title, version, day, makers and abstract are the dataset's; the pin and the digest are identifiers.
    """
    tiny = tiny_corpus()
    found = read(evolve(tiny, pin=evolve(tiny.pin, digest=None)))

    assert ("dataset", "1.0.0", "2021-04-01") == (found["type"], found["version"], found["date-released"])
    assert (tiny.description.title, tiny.description.description) == (found["title"], found["abstract"])
    assert [{"name": "The dateline developers"}] == found["authors"]
    assert [str(tiny.pin), tiny.digest] == [identifier["value"] for identifier in found["identifiers"]]
    assert [unmarked(article.headline) for article in tiny.values()] == [
        reference["title"] for reference in found["references"]
    ]
    assert "doi" not in found
