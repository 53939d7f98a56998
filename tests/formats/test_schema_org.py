"""
schema.org: every type, property and value by the official tables, and as RDF.
"""

from __future__ import annotations

import csv
import datetime
import json
import re
from decimal import Decimal

import pytest
from formats import hostile
from formats.linked_data import HARMLESS, SCHEMAS, full_corpus, graph, shape, texts_in, unsafe
from hypothesis import given
from strategies import corpora

import dateline
from dateline import where
from dateline.corpus import Corpus
from dateline.formats.losses import FIELDS
from dateline.formats.schema_org import LOSSES, write
from dateline.records import Credit, Dateline, Relation
from dateline.testing import make_article, make_claim, make_entity, tiny_corpus


SDO = "https://schema.org/"

#: Text will do wherever a person or a body is expected, as the vocabulary's data model says.
TEXTUAL = {"Text", "Person", "Organization"}


@pytest.fixture(scope="session")
def tables():
    """
    The official tables: what each type is a kind of, and the domain and the range of each property.
    """
    folder = SCHEMAS / "schemaorg"
    if not folder.is_dir():
        pytest.skip(f"no official tables: {folder} is not there")

    def rows(name):
        with (folder / f"schemaorg-current-https-{name}.csv").open(encoding="utf-8", newline="") as file:
            return {row["label"]: row for row in csv.DictReader(file)}

    def words(cell):
        return {word.strip().removeprefix(SDO) for word in cell.split(",")} - {""}

    parents = {label: words(row["subTypeOf"]) for label, row in rows("types").items()}
    properties = {
        label: (words(row["domainIncludes"]), words(row["rangeIncludes"]))
        for label, row in rows("properties").items()
        if not row["supersededBy"]
    }

    return parents, properties


def kinds(types, parents):
    """
    The *types* of a node and all that they are a kind of.
    """
    found, ahead = set(), {types} if isinstance(types, str) else set(types)
    while ahead:
        found |= ahead
        ahead = {parent for type_ in ahead for parent in parents.get(type_, ())} - found

    return found


def faults(node, tables):
    """
    What the official tables have against a node and all in it.
    """
    parents, properties = tables
    own = kinds(node["@type"], parents)
    yield from (f"unknown type {type_}" for type_ in own if type_ not in parents)
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in properties:
            yield f"unknown property {name}"
            continue
        domain, range_ = properties[name]
        if not own & domain:
            yield f"{name} of {node['@type']}"
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                if not kinds(item["@type"], parents) & range_:
                    yield f"{name} is {item['@type']}"
                yield from faults(item, tables)
            elif not fits(item, range_):
                yield f"{name} is {item!r}"


def fits(item, range_):
    """
    Whether a text or a number is a literal of one of the types in *range_*.
    """
    if isinstance(item, int):
        return bool(range_ & {"Number", "Integer"})
    is_date = bool(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", item))

    return bool(
        range_ & TEXTUAL
        or ("URL" in range_ and re.fullmatch(r"(https?://|urn:)[^\s<>\"{}|\\^`]+", item))
        or (range_ & {"Date", "DateTime"} and is_date and datetime.date.fromisoformat(f"{item}-01-01"[:10]))
    )


def written(corpus):
    """
    The document of a corpus without its context.
    """
    document = json.loads(write(corpus))
    del document["@context"]

    return document


@pytest.mark.interop
def test_it_is_in_the_vocabulary(tables):
    """
    The official tables have nothing against the release, a subset, or a corpus made by hand.
    """
    ukraine = dateline.load("ukraine-2022")
    for corpus in (
        ukraine,
        ukraine.filter(where.place("Kherson")),
        Corpus.of([make_article()]),
        Corpus.of([]),
    ):
        assert [] == list(faults(written(corpus), tables))


@pytest.mark.interop
@pytest.mark.properties
@given(corpus=corpora())
def test_everything_is_in_the_vocabulary(tables, corpus):
    """
    Nor have they against any other corpus.
    """
    assert [] == list(faults(written(corpus), tables))


@pytest.mark.interop
@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("unknown type Rumour", {"@type": "Rumour"}),
        ("unknown property truth", {"truth": "none"}),
        ("geo of NewsArticle", {"geo": {"@type": "GeoCoordinates"}}),
        ("provider is Claim", {"provider": {"@type": "Claim"}}),
        ("datePublished is 'on Monday'", {"datePublished": "on Monday"}),
        ("usageInfo is 'in copyright'", {"usageInfo": "in copyright"}),
        ("author is 7", {"author": 7}),
    ],
)
def test_planted_errors_are_found(tables, fault, change):
    """
    The check finds each kind of error.
    """
    document = written(tiny_corpus())
    document["about"][0] |= change

    assert fault in list(faults(document, tables))


@pytest.mark.interop
def test_it_is_rdf(monkeypatch):
    """
    As RDF there are all articles, claims and entities, each of its type; no context is fetched.
    """
    ukraine = dateline.load("ukraine-2022")
    found = graph(write(ukraine), monkeypatch)

    def named(type_):
        where = f"?it a <{SDO}{type_}> ; <{SDO}identifier> ?id FILTER isLiteral(?id)"
        return {str(row.id) for row in found.query(f"SELECT ?id WHERE {{ {where} }}")}

    assert set(ukraine) == named("NewsArticle")
    assert set(ukraine.claims) == named("Claim")
    assert set(ukraine.entities) == named("Person") | named("Organization") | named("Place")
    assert set() == named("ClaimReview")


@pytest.mark.interop
def test_hostile_texts_are_texts(monkeypatch):
    """
    No text becomes a node, a property or markup, and each is there as it was.
    """
    text = write(full_corpus(*hostile.TEXTS))
    harmless = write(full_corpus(*HARMLESS))

    assert set() == unsafe(text)
    assert shape(json.loads(harmless)) == shape(json.loads(text))
    assert set(hostile.TEXTS) <= texts_in(json.loads(text))
    assert len(graph(harmless, monkeypatch)) == len(graph(text, monkeypatch))


def test_a_claim_is_attributed():
    """
    A claim has its statement, speaker, article and times; a relation to the same claim is a link.
    """
    tiny = tiny_corpus()
    claim = make_claim(
        via=("organisation/harbour-gazette",),
        said="2021-03-01",
        happened="2021-02-28~",
        about=("place/larkhaven",),
        relations=(
            Relation(kind="same_as", claim="ferry-halts/c01"),
            Relation(kind="updates", claim="ferry-halts/c02"),
        ),
    )
    corpus = Corpus.of([make_article(claims=(claim,))], tiny.entities.values(), pin=tiny.pin)
    found = written(corpus)["about"][0]["mentions"][-1]
    quay = {"@type": "Place", "@id": "urn:dateline:tiny:place/old-quay", "name": "Old Quay"}
    berg = {"@type": "Person", "@id": "urn:dateline:tiny:person/tomas-berg", "name": "Tomas Berg"}

    assert ("Claim", claim.statement) == (found["@type"], found["text"])
    assert ([quay], berg) == (found["contentLocation"], found["author"])
    assert ("2021-03-01", "2021-02-28~") == (found["dateCreated"], found["temporalCoverage"])
    assert ["organisation/harbour-gazette"] == [one["@id"].split(":")[-1] for one in found["provider"]]
    assert ["urn:dateline:tiny:ferry-halts/c01"] == found["sameAs"]
    assert {"@type": "NewsArticle", "@id": "urn:dateline:tiny:ferry-returns"} == found["appearance"]
    assert ("event", "asserts") == (found["genre"]["name"], found["keywords"]["name"])
    assert {"@type": "QuantitativeValue", "name": "passengers", "value": "300"}.items() <= found["mentions"][
        0
    ].items()
    assert "claimInterpreter" not in found


def test_whose_licence_is_whose():
    """
    The records' licence is that of the structured data; the article's rights are its own.
    """
    document = written(tiny_corpus())
    article = document["about"][0]
    licence = "https://spdx.org/licenses/CC-BY-4.0"

    assert (licence, licence) == (document["license"], article["sdLicense"])
    assert "license" not in article
    assert "http://rightsstatements.org/vocab/InC/1.0/" == article["usageInfo"]
    assert ["The dateline developers"] == article["mentions"][-1]["claimInterpreter"]


def test_a_subset_is_another_dataset():
    """
    A subset is named by its digest, and based on its dataset.
    """
    subset = tiny_corpus().filter(where.id("ferry-halts"))
    found, whole = written(subset), written(tiny_corpus())

    assert (f"urn:dateline:{subset.digest}", "urn:dateline:tiny@1.0.0") == (found["@id"], found["isBasedOn"])
    assert "urn:dateline:tiny@1.0.0" == whole["@id"]
    assert "isBasedOn" not in whole


def test_what_speaks_or_is_a_place_has_both_types():
    """
    A place that speaks is an organisation too, and what something happened at is a place too.
    """
    claim = make_claim(claimant="place/old-quay", places=("group/crowd", "place/larkhaven"))
    article = make_article(
        claims=(claim,),
        publisher=Credit(name="Berg", entity="person/tomas-berg", family="Berg", given="Tomas"),
        dateline=Dateline(entity="organisation/harbour"),
    )
    ship = make_entity(
        id="organisation/ship", kind="organisation", name="Ship", latitude=Decimal("54.5"), iso3166="UA"
    )
    found = written(Corpus.of([article], [make_entity(variants=("Quay",)), ship]))
    types = {
        entity["identifier"]: entity["@type"] for entity in found["mentions"][:1] + found["mentions"][2:]
    }
    located = found["mentions"][1]

    assert {
        "place/old-quay": ["Place", "Organization"],
        "group/crowd": ["Organization", "Place"],
        "person/tomas-berg": "Person",
        "organisation/harbour": ["Organization", "Place"],
        "place/larkhaven": "Place",
    } == types
    assert {"@type": "GeoCoordinates", "latitude": "54.5"} == located["geo"]
    assert (["Organization", "Place"], "UA") == (located["@type"], located["identifier"][1]["value"])
    assert ("Berg", "Tomas") == tuple(
        found["about"][0]["publisher"][name] for name in ("familyName", "givenName")
    )


def test_names_are_as_certain_as_they_are():
    """
    A byline that may be a person or a body is text; one with a family name is a person.
    """
    article = make_article(
        publisher=Credit(name="Gazette"),
        bylines=(
            Credit(name="Our staff"),
            Credit(name="Ana Lind", family="Lind"),
            Credit(name="Bo", given="Bo", entity="group/staff"),
        ),
        dateline=None,
        published="2021-03-01/2021-04-02",
        rights=None,
        url=None,
    )
    found = written(Corpus.of([article]))["about"][0]

    assert {"@type": "Organization", "name": "Gazette"} == found["publisher"]
    assert ["Our staff", {"@type": "Person", "name": "Ana Lind", "familyName": "Lind"}] == found["author"][:2]
    assert (["Organization", "Person"], "Bo") == tuple(
        found["author"][2][name] for name in ("@type", "givenName")
    )
    assert "2021" == found["datePublished"]
    assert not {"url", "dateline", "usageInfo", "copyrightHolder"} & set(found)


def test_dates_are_never_made_up():
    """
    A date is the day, month or year that surely holds it, or it is not there.
    """

    def dated(published):
        return written(Corpus.of([make_article(published=published)]))["about"][0].get("datePublished")

    assert "2021-03-01" == dated("2021-03-01")
    assert "2021-03" == dated("[2021-03-01,2021-03-02]")
    assert "2021" == dated("2021")
    assert None is dated("2021/2022")
    assert None is dated("2021-03-01?")
    assert None is dated(None)


def test_the_losses_name_fields():
    """
    What is declared is declared of fields that there are.
    """
    assert set() == set(LOSSES) - set(FIELDS)
