"""
GeoJSON: by its schema, and what lies where.
"""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from formats import hostile
from formats.linked_data import HARMLESS, full_corpus, official, shape, texts_in, unsafe
from hypothesis import given
from strategies import corpora

import dateline
from dateline.corpus import Corpus
from dateline.formats.geojson import LOSSES, write
from dateline.formats.losses import FIELDS
from dateline.records import Dateline
from dateline.testing import make_article, make_claim, make_entity, tiny_corpus


@pytest.fixture(scope="session")
def is_valid():
    """
    A function that says whether the schema of GeoJSON accepts an object.
    """
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")

    return jsonschema.Draft7Validator(official("ninjs/GeoJSON.json")).is_valid


def placed(latitude, longitude, **changes):
    """
    A place at a position.
    """
    return make_entity(latitude=Decimal(latitude), longitude=Decimal(longitude), **changes)


def features(corpus):
    """
    The features of a corpus by the id of their record.
    """
    return {feature["properties"]["id"]: feature for feature in json.loads(write(corpus))["features"]}


@pytest.mark.interop
def test_it_is_valid(is_valid):
    """
    The schema accepts the release, invented articles and nothing at all.
    """
    for corpus in (dateline.load("ukraine-2022"), tiny_corpus(), Corpus.of([])):
        assert is_valid(json.loads(write(corpus)))


@pytest.mark.interop
@pytest.mark.properties
@given(corpus=corpora())
def test_everything_is_valid(is_valid, corpus):
    """
    So it does any other corpus, wherever its places are said to be.
    """
    assert is_valid(json.loads(write(corpus)))


@pytest.mark.interop
@pytest.mark.parametrize(
    "change",
    [
        {"geometry": {"type": "Point", "coordinates": [54.5]}},
        {"geometry": {"type": "Point", "coordinates": ["-3.25", "54.5"]}},
        {"geometry": {"type": "Place", "coordinates": [-3.25, 54.5]}},
        {"properties": "none"},
    ],
)
def test_planted_errors_are_found(is_valid, change):
    """
    The schema that is asked does find faults.
    """
    collection = json.loads(write(tiny_corpus()))
    collection["features"][0] |= change

    assert not is_valid(collection)


def test_hostile_texts_are_texts():
    """
    No text becomes a feature, a key or markup, and each is there as it was.
    """
    text = write(full_corpus(*hostile.TEXTS))

    assert set() == unsafe(text)
    assert shape(json.loads(write(full_corpus(*HARMLESS)))) == shape(json.loads(text))
    assert set(hostile.TEXTS) <= texts_in(json.loads(text))


def test_claims_lie_where_their_places_do():
    """
    A claim of one place is a point, of several a set of points, of none that is known unlocated.
    """
    claims = tuple(
        make_claim(id=f"ferry-returns/c{number:02}", places=places)
        for number, places in enumerate(
            [
                ("place/old-quay",),
                ("place/old-quay", "place/larkhaven", "place/old-quay", "place/nowhere"),
                ("place/nowhere",),
            ]
        )
    )
    entities = (
        placed("54.5", "-3.25"),
        placed("54", "-3", id="place/larkhaven", name="Larkhaven"),
        make_entity(id="place/nowhere", name="Nowhere"),
    )
    found = features(Corpus.of([make_article(claims=claims)], entities))

    assert [
        {"type": "Point", "coordinates": [-3.25, 54.5]},
        {"type": "MultiPoint", "coordinates": [[-3.25, 54.5], [-3.0, 54.0]]},
        None,
    ] == [found[claim.id]["geometry"] for claim in claims]
    assert "place/nowhere" not in found


def test_articles_lie_where_they_were_filed():
    """
    An article lies at the place of its dateline, or is unlocated.
    """
    articles = (
        make_article(dateline=Dateline(entity="place/old-quay")),
        make_article(id="b", dateline=Dateline(place="LARKHAVEN")),
        make_article(id="c", dateline=None),
    )
    found = features(Corpus.of(articles, [placed("54.5", "-3.25")]))

    assert [{"type": "Point", "coordinates": [-3.25, 54.5]}, None, None] == [
        found[article.id]["geometry"] for article in articles
    ]


def test_positions_are_on_earth():
    """
    What is no position on Earth, or half of one, is none.
    """
    entities = (
        placed("90", "180", id="place/pole"),
        placed("90.5", "0", id="place/a"),
        placed("0", "-181", id="place/b"),
        make_entity(id="place/c", latitude=Decimal(1)),
        make_entity(id="place/d", longitude=Decimal(1)),
    )

    assert ["place/pole"] == list(features(Corpus.of([], entities)))


def test_whose_collection_it_is():
    """
    Dataset, version and digest stand on the collection.
    """
    tiny = tiny_corpus()
    found = json.loads(write(tiny))

    assert (str(tiny.pin), tiny.digest, "CC-BY-4.0") == (found["pin"], found["digest"], found["licence"])
    assert {"type", "id", "digest", "features"} == set(json.loads(write(Corpus.of([]))))


def test_the_losses_name_fields():
    """
    What is declared is declared of fields that there are.
    """
    assert set() == set(LOSSES) - set(FIELDS)
