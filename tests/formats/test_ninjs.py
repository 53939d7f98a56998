"""
ninjs: by the official schema, with GeoJSON's beside it.
"""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from formats import hostile
from formats.linked_data import HARMLESS, SCHEMAS, full_corpus, official, shape, texts_in, unsafe
from hypothesis import given
from strategies import corpora

import dateline
from dateline.corpus import Corpus
from dateline.formats.losses import FIELDS
from dateline.formats.ninjs import LOSSES, write
from dateline.records import Copy, Credit, Dateline, Mention, Rights
from dateline.spans import Span
from dateline.testing import make_article, make_entity, tiny_corpus


@pytest.fixture(scope="session")
def faults():
    """
    A function that gives what the official schema has against an object; formats count.
    """
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    referencing = pytest.importorskip("referencing")
    # They check whether a text is a URI or a time; without them, anything would be.
    pytest.importorskip("rfc3986_validator", reason="the extra format-nongpl of jsonschema is not installed")
    geojson = official("ninjs/GeoJSON.json")
    registry = referencing.Registry().with_resource(
        geojson["$id"], referencing.Resource.from_contents(geojson)
    )
    validator = jsonschema.Draft202012Validator(
        official("ninjs/ninjs-schema_3.1.json"),
        registry=registry,
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )

    return lambda item: [error.message for error in validator.iter_errors(item)]


def written(corpus):
    """
    The objects of a corpus.
    """
    return json.loads(write(corpus))


def only(**changes):
    """
    The object of an article with *changes*, in a corpus without entities.
    """
    (found,) = written(Corpus.of([make_article(**changes)]))

    return found


@pytest.mark.interop
def test_it_is_valid(faults):
    """
    The official schema has nothing against the release, invented articles, or official examples.
    """
    examples = [json.loads(file.read_text("utf-8")) for file in SCHEMAS.glob("ninjs/example_3*.json")]
    ukraine = written(dateline.load("ukraine-2022"))

    assert [3, 4] == [len(ukraine), len(examples)]
    assert [] == [fault for item in (*ukraine, *written(tiny_corpus()), *examples) for fault in faults(item)]
    assert [] == written(Corpus.of([]))


@pytest.mark.interop
@pytest.mark.properties
@given(corpus=corpora(least=1))
def test_everything_is_valid(faults, corpus):
    """
    Nor has it against any other article.
    """
    assert [] == [fault for item in written(corpus) for fault in faults(item)]


@pytest.mark.interop
@pytest.mark.parametrize(
    "change",
    [
        {"contentCreated": "2021-03-01"},
        {"claims": []},
        {"bodies": [{"role": "main"}]},
        {"uri": "ferry returns"},
        {"places": [{"geoJSON": {"type": "Point", "coordinates": ["54.5", "-3.25"]}}]},
        {"associations": [{"name": "no URI"}]},
    ],
)
def test_planted_errors_are_found(faults, change):
    """
    The schema that is asked does find faults: a day for a time, keys of our own, bad URIs and positions.
    """
    assert [] != faults(written(tiny_corpus())[0] | change)


def test_hostile_texts_are_texts():
    """
    No text becomes a key, an object or markup, and each is there as it was.
    """
    text = write(full_corpus(*hostile.TEXTS))

    assert set() == unsafe(text)
    assert shape(written(full_corpus(*HARMLESS))) == shape(json.loads(text))
    assert set(hostile.TEXTS) <= texts_in(json.loads(text))


def test_a_day_has_no_hour():
    """
    The day of publication is in the note, as it is known; there is no time.
    """
    found = only(published="2021-03-01~")

    assert "Published 2021-03-01~" == found["edNote"]
    assert not {"firstCreated", "versionCreated", "contentCreated"} & set(found)
    assert "edNote" not in only(published=None)


def test_there_is_no_body():
    """
    An article comes without its text, and says so; the digest of the text is among its identifiers.
    """
    article = make_article()
    found = only()

    assert "partial" == found["representationType"]
    assert "bodies" not in found
    assert [("canonical-url", article.url), ("text-digest", article.text.nfc_lf)] == [
        (other["role"], other["value"]) for other in found["altIds"]
    ]
    assert "altIds" not in only(url=None, text=None)


def test_withdrawn_records_are_cancelled():
    """
    A withdrawn record is not to be used; any other is.
    """
    assert ["usable", "usable", "canceled"] == [
        only(status=status)["pubStatus"] for status in ("published", "corrected", "withdrawn")
    ]


def test_who_is_where():
    """
    Those named are people, organisations, places or, if they have no name of their own, subjects.
    """
    mentions = ("group/crowd", "organisation/tide", "person/tomas-berg", "place/old-quay", "place/pole")
    article = make_article(
        mentions=tuple(Mention(entity=entity, spans=(Span(0, 4),)) for entity in mentions),
        bylines=(
            Credit(name="A. Lind", entity="person/ana-lind"),
            Credit(name="Bo Berg", family="Berg"),
            Credit(name="Staff"),
        ),
        agencies=(Credit(name="TW", entity="organisation/tide"), Credit(name="Wire")),
    )
    entities = (
        make_entity(latitude=Decimal("54.5"), longitude=Decimal("-3.25"), wikidata="Q1"),
        make_entity(id="place/pole", name="Pole", latitude=Decimal(91), longitude=Decimal(0)),
        make_entity(id="organisation/tide", kind="organisation", name="Tide Wire", latitude=Decimal(1)),
    )
    (found,) = written(Corpus.of([article], entities))
    base = f"urn:dateline:{Corpus.of([article], entities).digest}:"
    quay = {
        "name": "Old Quay",
        "rel": "mentions",
        "uri": "http://www.wikidata.org/entity/Q1",
        "literal": "place/old-quay",
        "geoJSON": {"type": "Point", "coordinates": [-3.25, 54.5]},
    }
    pole = {"name": "Pole", "rel": "mentions", "uri": f"{base}place/pole", "literal": "place/pole"}

    assert [quay, pole] == found["places"]
    assert ["A. Lind", "Bo Berg", None] == [person.get("name") for person in found["people"]]
    assert ["creator", "creator", "mentions"] == [person["rel"] for person in found["people"]]
    assert ["Tide Wire"] == [body["name"] for body in found["organisations"]]
    assert ["medtop:20000337", "group/crowd"] == [subject["literal"] for subject in found["subjects"]]
    assert "A. Lind, Bo Berg, Staff" == found["by"]
    assert [("publisher", "The Harbour Gazette"), ("agency", "TW"), ("agency", "Wire")] == [
        (source["role"], source["name"]) for source in found["infoSources"]
    ]


def test_rights_are_a_link_where_they_can_be():
    """
    A plain address of rights is linked; another is an expression, and no rights are none.
    """
    odd = Rights(uri="https://example.org/{odd}", note="Ask first.")

    assert {"linkedRights": "http://rightsstatements.org/vocab/InC/1.0/"} == only()["rightsInfo"]
    assert {"encodedRights": odd.uri} == only(rights=odd)["rightsInfo"]
    assert "Ask first." == only(rights=odd)["usageTerms"]
    assert "rightsInfo" not in only(rights=None)


def test_copies_are_associated():
    """
    A copy is an associated object with its outlet, relation and address.
    """
    copy = Copy(
        url="https://copies.example/ferry",
        publisher=Credit(name="The Copy"),
        relation="later",
        note="Longer.",
    )
    (found,) = only(copies=(copy,))["associations"]

    assert ("The Copy", "later", "Longer.") == (found["name"], found["rel"], found["edNote"])
    assert [{"role": "canonical-url", "value": copy.url}] == found["altIds"]
    assert found["uri"].endswith(":ferry-returns#copy-1")


def test_what_is_unknown_is_not_there():
    """
    No key is there without a value.
    """
    names = (
        "publisher",
        "headline",
        "dateline",
        "language",
        "abstract",
        "published",
        "url",
        "text",
        "rights",
    )
    empty = only(**dict.fromkeys(names), bylines=(), topics=(), mentions=(), claims=())

    assert {"uri", "type", "representationType", "version", "pubStatus", "slugline", "standard"} == set(empty)
    assert "located" not in only(dateline=Dateline(date="2021"))


def test_the_losses_name_fields():
    """
    What is declared is declared of fields that there are.
    """
    assert set() == set(LOSSES) - set(FIELDS)
