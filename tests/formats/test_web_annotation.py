"""
Web Annotation: by the tests of the W3C, and as RDF.
"""

from __future__ import annotations

import json

import pytest
from attrs import evolve
from formats import hostile
from formats.linked_data import HARMLESS, SCHEMAS, full_corpus, graph, official, shape, texts_in, unsafe
from hypothesis import given
from strategies import corpora

import dateline
from dateline import attach
from dateline.corpus import Corpus
from dateline.errors import InvalidValue
from dateline.formats.losses import FIELDS
from dateline.formats.web_annotation import LOSSES, write
from dateline.provenance import FieldSource
from dateline.records import Mention
from dateline.spans import Span
from dateline.testing import TEXTS, make_article, make_entity, tiny_corpus


CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OA = "http://www.w3.org/ns/oa#"
TESTS = "web-annotation/tests"


@pytest.fixture(scope="session")
def failed():
    """
    A function that gives which of what an annotation must be, says the W3C, it is not.
    """
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    referencing = pytest.importorskip("referencing")
    jsonschema_of_4 = pytest.importorskip("referencing.jsonschema")
    pytest.importorskip("rfc3986_validator", reason="the extra format-nongpl of jsonschema is not installed")
    musts = official(f"{TESTS}/annotations/annotationMusts.test")["assertions"]
    registry = referencing.Registry().with_resources(
        (file.name, jsonschema_of_4.DRAFT4.create_resource(json.loads(file.read_text("utf-8"))))
        for file in (SCHEMAS / TESTS / "definitions").glob("*.json")
    )
    checks = [
        (name, jsonschema.Draft4Validator(schema, registry=registry, format_checker=formats), expected)
        for name in musts
        for schema in [official(f"{TESTS}/{name}")]
        for expected in [schema["expectedResult"] == "valid"]
        for formats in [jsonschema.Draft4Validator.FORMAT_CHECKER]
    ]

    return lambda item: [name for name, check, expected in checks if check.is_valid(item) != expected]


def written(corpus):
    """
    The annotations of a corpus, each with the context that it has from the collection.
    """
    return annotations_in(write(corpus))


def annotations_in(text):
    """
    The annotations of a collection, each with the context that it has from it.
    """
    collection = json.loads(text)
    items = collection["first"]["items"]

    assert (collection["total"], "AnnotationCollection") == (len(items), collection["type"])
    return [{"@context": collection["@context"], **item} for item in items]


@pytest.mark.interop
def test_it_is_valid(failed):
    """
    The tests of the W3C pass for every kind of annotation of the release and of invented articles.
    """
    items = [*written(dateline.load("ukraine-2022")), *written(tiny_corpus())]
    # Of those that differ in values only, one.
    items = {json.dumps(shape(item)): item for item in items}.values()

    assert 54 == len(official(f"{TESTS}/annotations/annotationMusts.test")["assertions"])
    assert [] == [fault for item in items for fault in failed(item)]


@pytest.mark.interop
@pytest.mark.properties
@given(corpus=corpora())
def test_everything_is_valid(failed, corpus):
    """
    So they do for any other corpus.
    """
    assert [] == [fault for item in written(corpus)[:2] for fault in failed(item)]


@pytest.mark.interop
@pytest.mark.parametrize(
    "change",
    [
        {"@context": "https://schema.org/"},
        {"id": "evidence of nothing"},
        {"rights": "all reserved"},
        {"created": "2021-03-01"},
        {"target": [{"source": "urn:x", "selector": {"type": "SaltedSelector", "start": 1, "end": 2}}]},
        {
            "target": [
                {"source": "urn:x", "selector": {"type": "TextPositionSelector", "start": 1.5, "end": 2}}
            ]
        },
        {"bodyValue": "as well"},
    ],
)
def test_planted_errors_are_found(failed, change):
    """
    The tests that are asked do find faults, a selector of another type among them.
    """
    assert [] != failed(written(tiny_corpus())[0] | change)


@pytest.mark.interop
def test_it_is_rdf(monkeypatch):
    """
    As RDF, with the context served from a file, every claim's evidence stands at its positions.
    """
    ukraine = dateline.load("ukraine-2022")
    found = graph(write(ukraine), monkeypatch, {CONTEXT: official("web-annotation/anno.jsonld")})
    query = f"""PREFIX oa: <{OA}> SELECT ?it ?start ?end WHERE {{
        ?it oa:motivatedBy oa:describing ; oa:hasTarget ?target . ?target oa:hasSelector ?at .
        ?at a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end }}"""

    assert {
        (f"urn:dateline:ukraine-2022:{claim.id}#evidence", span.start, span.end)
        for claim in ukraine.claims.values()
        for span in claim.evidence
    } == {(str(row.it), int(row.start), int(row.end)) for row in found.query(query)}


@pytest.mark.interop
def test_hostile_texts_are_texts(monkeypatch):
    """
    No text becomes an annotation, a key or markup, and each is there as it was.
    """
    text, harmless = write(full_corpus(*hostile.TEXTS)), write(full_corpus(*HARMLESS))
    contexts = {CONTEXT: official("web-annotation/anno.jsonld")}

    assert set() == unsafe(text)
    assert shape(json.loads(harmless)) == shape(json.loads(text))
    assert set(hostile.TEXTS) <= texts_in(json.loads(text))
    assert len(graph(harmless, monkeypatch, contexts)) == len(graph(text, monkeypatch, contexts))


def test_nothing_is_quoted():
    """
    The words of the evidence are nowhere, nor is a selector that would quote them.
    """
    tiny = tiny_corpus()
    text = write(tiny)
    words = [
        TEXTS[tiny.claims.article(claim).id][span.start : span.end]
        for claim in tiny.claims.values()
        for span in claim.evidence
    ]

    assert len(tiny.claims) == len(words)
    assert [] == [stretch for stretch in words if stretch in text]
    assert "TextQuoteSelector" not in text


def quotes_in(text):
    """
    What each annotation of a collection quotes.
    """
    return {
        item["id"].removeprefix("urn:dateline:tiny:"): [
            selector["exact"]
            for target in item["target"]
            for selector in (target["selector"] if isinstance(target["selector"], list) else [])
            if selector["type"] == "TextQuoteSelector"
        ]
        for item in json.loads(text)["first"]["items"]
    }


def test_words_are_quoted_where_a_text_is_attached_and_they_are_asked_for(failed):
    """
    What was found stands beside its position, what was not is not quoted; the file says whose words they are.
    """
    reading = attach(tiny_corpus(), {"ferry-returns": TEXTS["ferry-returns"]})
    text = dateline.dumps(reading.corpus, "web-annotation", words=reading)
    quotes = quotes_in(text)

    assert ["about 300 passengers crossed before noon"] == quotes["ferry-returns/c02#evidence"]
    assert [] == quotes["ferry-halts/c02#evidence"]
    assert [] == [failure for item in annotations_in(text) for failure in failed(item)]
    notice, rights = json.loads(text)["notice"]
    assert "words of articles" in notice
    assert "ferry-returns: Words of the article: rights held by The Harbour Gazette" in rights


def test_words_are_saved_as_they_are_printed(tmp_path):
    """
    A file has what the text has.
    """
    reading = attach(tiny_corpus(), TEXTS)
    dateline.dump(reading.corpus, tmp_path / "tiny.anno.jsonld", words=reading)

    saved = (tmp_path / "tiny.anno.jsonld").read_text(encoding="utf-8")
    assert dateline.dumps(reading.corpus, "web-annotation", words=reading) == saved


def test_words_of_another_article_are_not_quoted():
    """
    Under the same id an article of other records means other words.
    """
    tiny = tiny_corpus()
    other = evolve(tiny["ferry-returns"], revision=2)
    text = dateline.dumps(other, "web-annotation", words=attach(tiny, TEXTS))

    assert not any(quotes_in(text).values())


@pytest.mark.parametrize(
    ("name", "options"),
    [("jsonl", {}), ("csv", {"spreadsheet_safe": True}), ("web-annotation", {"spreadsheet_safe": True})],
)
def test_words_go_only_with_what_quotes_them(name, options, tmp_path):
    """
    A format that has no place for words refuses them, and nothing is written.
    """
    reading = attach(tiny_corpus(), TEXTS)
    with pytest.raises(InvalidValue, match="words must go with a format"):
        dateline.dumps(reading.corpus, name, words=reading, **options)
    with pytest.raises(InvalidValue, match="words must go with a format"):
        dateline.dump(reading.corpus, tmp_path / "file", name, words=reading, **options)

    assert [] == list(tmp_path.iterdir())


def test_words_are_those_of_a_reading():
    """
    The texts themselves prove nothing, and are refused.
    """
    with pytest.raises(InvalidValue, match="be a reading"):
        dateline.dumps(tiny_corpus(), "web-annotation", words=TEXTS)


def test_a_claim_describes_its_evidence():
    """
    The body is the statement, with kind and stance as tags; the target is the position, tag and text.
    """
    tiny = tiny_corpus()
    claim = tiny.claims["ferry-halts/c02"]
    (found,) = [item for item in written(tiny) if item["id"] == f"urn:dateline:tiny:{claim.id}#evidence"]
    (target,) = found["target"]

    assert [claim.statement, "assessment", "asserts"] == [body["value"] for body in found["body"]]
    assert "urn:dateline:tiny:ferry-halts" == target["source"]
    assert (claim.evidence[0].start, claim.evidence[0].end, claim.evidence[0].tag) == tuple(
        target["selector"][name] for name in ("start", "end", "tag")
    )
    assert target["selector"]["text"].startswith("ni:///sha-256;")
    assert "https://gazette.example/ferry-halts" == target["scope"]


def test_a_mention_identifies_an_entity():
    """
    The bodies are the entity's name and its links, or just its id if there is no record of it.
    """
    mentions = tuple(Mention(entity=id, spans=(Span(3, 9),)) for id in ("person/nobody", "place/old-quay"))
    article = make_article(mentions=(*mentions, Mention(entity="place/nowhere", spans=())))
    corpus = Corpus.of([article], [make_entity(wikidata="Q1", gnd="118529579")])
    nobody, quay = [item for item in written(corpus) if item["motivation"] == "identifying"]
    base = f"urn:dateline:{corpus.digest}:"

    assert [f"{base}person/nobody"] == [body["source"] for body in nobody["body"]]
    assert [
        f"{base}place/old-quay",
        "http://www.wikidata.org/entity/Q1",
        "https://d-nb.info/gnd/118529579",
    ] == [body["source"] for body in quay["body"][:-1]]
    assert {"type": "TextualBody", "value": "Old Quay", "purpose": "tagging"} == quay["body"][-1]
    assert "rights" not in quay


def test_stated_fields_are_linked():
    """
    What a field is stated by is linked to its record, of an entity too; what has no evidence is not there.
    """
    stated = FieldSource(
        fields=("name", "kind"), basis="stated", evidence=(Span(1, 9, None, "rain"), Span(2, 3))
    )
    curated = FieldSource(fields=("description",), basis="curated")
    corpus = Corpus.of(
        [make_article(claims=(), mentions=(), sources=())], [make_entity(sources=(curated, stated))]
    )
    (found,) = written(corpus)
    base = f"urn:dateline:{corpus.digest}:"

    assert (f"{base}place/old-quay#source-2", "linking") == (found["id"], found["motivation"])
    assert [f"{base}place/old-quay", "name", "kind"] == [
        body.get("value") or body["source"] for body in found["body"]
    ]
    assert [{"type": "SpecificResource", "source": f"{base}rain", "selector": {
        "type": "TextPositionSelector", "start": 1, "end": 9
    }}] == found["target"]  # fmt: skip


def test_the_collection_is_described():
    """
    Title and makers stand on the collection, the licence on each annotation; an empty corpus has none.
    """
    collection = json.loads(write(tiny_corpus()))
    empty = json.loads(write(Corpus.of([])))

    assert "The Larkhaven Ferry in the News" == collection["label"]
    assert [{"name": "The dateline developers"}] == collection["creator"]
    assert {"https://spdx.org/licenses/CC-BY-4.0"} == {item["rights"] for item in written(tiny_corpus())}
    assert (0, CONTEXT) == (empty["total"], empty["@context"][0])
    assert "items" not in empty["first"] or [] == empty["first"]["items"]


def test_the_losses_name_fields():
    """
    What is declared is declared of fields that there are.
    """
    assert set() == set(LOSSES) - set(FIELDS)
