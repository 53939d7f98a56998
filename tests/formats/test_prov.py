"""
PROV in both of its forms: by the official schema, as RDF, and as another library reads it.
"""

from __future__ import annotations

import json

import pytest
from formats import hostile
from formats.linked_data import HARMLESS, full_corpus, graph, official, shape, texts_in, unsafe
from hypothesis import given
from strategies import corpora

import dateline
from dateline.corpus import Corpus
from dateline.formats import prov_jsonld, prov_n
from dateline.formats.field_provenance import LOSSES, statements
from dateline.formats.losses import FIELDS
from dateline.provenance import FieldSource
from dateline.spans import Span
from dateline.testing import make_article, make_claim, make_entity, tiny_corpus


CONTEXT = "https://openprovenance.org/prov-jsonld/context.jsonld"
PROV = "http://www.w3.org/ns/prov#"


@pytest.fixture(scope="session")
def faults():
    """
    A function that gives what the official schema has against a document.

    Of statements that differ in values only, it sees one.
    """
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = official("prov/prov-jsonld-2024-08-25-schema.json")
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())

    def found(document):
        nodes = {json.dumps(shape(node)) + node["@type"]: node for node in document["@graph"]}
        return [error.message for error in validator.iter_errors(document | {"@graph": list(nodes.values())})]

    return found


@pytest.fixture(scope="session")
def read():
    """
    A function that reads PROV by the library prov, in a format that it knows.
    """
    model = pytest.importorskip("prov.model", reason="prov is not installed")

    return lambda text, name: model.ProvDocument.deserialize(content=text, format=name)


def sourced(*sources, **changes):
    """
    The statements about an article with these sources and no claims, in a corpus of it alone.
    """
    article = make_article(sources=sources, claims=(), **changes)

    return list(statements(Corpus.of([article])))


def only(found, kind):
    """
    The statements of a kind.
    """
    return [statement for statement in found if statement.kind == kind]


@pytest.mark.interop
def test_it_is_valid(faults):
    """
    The official schema has nothing against the release, invented articles or nothing at all.
    """
    for corpus in (dateline.load("ukraine-2022"), tiny_corpus(), Corpus.of([])):
        assert [] == faults(json.loads(prov_jsonld.write(corpus)))


@pytest.mark.interop
@pytest.mark.parametrize(
    "change",
    [
        {"@type": "Rumour"},
        {"value": "not a list"},
        {"basis": [{"@value": "stated"}]},
        {"term:basis": [{"@value": 7, "@type": "number"}]},
        {"type": "prov:Collection"},
    ],
)
def test_planted_errors_are_found(faults, change):
    """
    The schema that is asked does find faults.
    """
    document = json.loads(prov_jsonld.write(tiny_corpus()))
    document["@graph"][0] |= change

    assert [] != faults(document)


@pytest.mark.interop
@pytest.mark.slow
def test_another_library_reads_both(read):
    """
    The library prov finds the same in PROV-JSONLD and in PROV-N, and every statement is there.
    """
    ukraine = dateline.load("ukraine-2022")
    linked = read(prov_jsonld.write(ukraine), "jsonld")
    notation = read(prov_n.write(ukraine), "provn")

    assert linked == notation
    assert len(list(statements(ukraine))) == len(notation.records)


@pytest.mark.interop
@pytest.mark.properties
@pytest.mark.slow
@given(corpus=corpora())
def test_another_library_reads_everything(read, faults, corpus):
    """
    So it does of any other corpus, against which the schema has nothing either.
    """
    text = prov_jsonld.write(corpus)

    assert [] == faults(json.loads(text))
    assert read(text, "jsonld") == read(prov_n.write(corpus), "provn")


@pytest.mark.interop
def test_another_library_refuses_damage(read):
    """
    The library prov does not read PROV-N with a text that is not ended, nor JSON that is none.
    """
    text = prov_n.write(tiny_corpus())

    with pytest.raises(Exception, match=r"(?i)unexpected|expect|unterminated|illegal|lex|pars"):
        read(text.replace('"stated"', '"stated', 1), "provn")
    with pytest.raises(ValueError, match="Expecting"):
        read(prov_jsonld.write(tiny_corpus())[:-5], "jsonld")


@pytest.mark.interop
def test_it_is_rdf(monkeypatch):
    """
    As RDF, with the context served from a file, what is stated was derived by quotation.
    """
    tiny = tiny_corpus()
    context = official("prov/prov-jsonld-2024-08-25-context.jsonld")
    found = graph(prov_jsonld.write(tiny), monkeypatch, {CONTEXT: context})
    query = f"""PREFIX prov: <{PROV}> SELECT DISTINCT ?it WHERE {{
        ?it prov:qualifiedDerivation ?by . ?by a prov:Quotation }}"""
    stated = {
        f"urn:dateline:tiny:{record.id}#{field}"
        for record in (*tiny.values(), *tiny.claims.values(), *tiny.entities.values())
        for source in record.sources
        if source.basis == "stated"
        for field in source.fields
    }

    assert stated == {str(row.it) for row in found.query(query)}


@pytest.mark.interop
@pytest.mark.slow
def test_hostile_texts_are_texts(read, monkeypatch):
    """
    No text becomes a statement, an attribute or markup, and each is there as it was, in both forms.
    """
    corpus, harmless = full_corpus(*hostile.TEXTS), full_corpus(*HARMLESS)
    text = prov_jsonld.write(corpus)
    contexts = {CONTEXT: official("prov/prov-jsonld-2024-08-25-context.jsonld")}
    notation = read(prov_n.write(corpus), "provn")

    assert set() == unsafe(text)
    assert shape(json.loads(prov_jsonld.write(harmless))) == shape(json.loads(text))
    assert set(hostile.TEXTS) <= texts_in(json.loads(text))
    assert len(graph(prov_jsonld.write(harmless), monkeypatch, contexts)) == len(
        graph(text, monkeypatch, contexts)
    )
    assert len(read(prov_n.write(harmless), "provn").records) == len(notation.records)
    assert set(hostile.TEXTS) <= {str(value) for record in notation.records for _, value in record.attributes}


def test_what_is_stated_is_quoted():
    """
    A stated field is derived from the text at each stretch of evidence, in its own article or another.
    """
    source = FieldSource(
        fields=("headline",), basis="stated", evidence=(Span(0, 9), Span(12, 14, None, "rain")), note="As is."
    )
    found = sourced(source, headline="Rain")
    value = "record:ferry-returns#headline"

    assert [
        ({"generatedEntity": value, "usedEntity": "record:ferry-returns#text"}, {"term:span": "0-9"}),
        ({"generatedEntity": value, "usedEntity": "record:rain#text"}, {"term:span": "12-14"}),
    ] == [(one.roles, one.attributes) for one in only(found, "Derivation")]
    assert {"value": "Rain", "term:basis": "stated", "term:note": "As is."} in [
        one.attributes for one in found if one.roles.get("id") == value
    ]
    assert not only(found, "Generation")


def test_what_is_looked_up_has_a_primary_source():
    """
    A field that was looked up is derived from its reference, and attributed to who looked.
    """
    source = FieldSource(fields=("url",), basis="looked_up", reference="SOURCES.md#urls", by="A. Lind")
    found = sourced(source)
    (derivation,) = only(found, "Derivation")
    name = "record:ferry-returns#source-1"

    assert ("prov:PrimarySource",) == derivation.types
    assert {"id": f"{name}-reference"} in [one.roles for one in found if one.attributes.get("label")]
    assert {"entity": "record:ferry-returns#url", "agent": f"{name}-agent"} in [
        one.roles for one in only(found, "Attribution")
    ]


def test_what_is_inferred_was_generated():
    """
    An inference generates its fields, by somebody, from evidence and a reference if there are any.
    """
    source = FieldSource(
        fields=("published", "dateline.date"),
        basis="inferred",
        evidence=(Span(0, 9),),
        reference="https://example.org/calendar",
    )
    found = sourced(source, published="2021-03")
    name = "record:ferry-returns#source-1"

    assert [{"activity": name, "agent": "record:#curators"}] == [
        one.roles for one in only(found, "Association")
    ]
    assert ["record:ferry-returns#text", f"{name}-reference"] == [
        one.roles["entity"] for one in only(found, "Usage")
    ]
    assert ["published", "dateline.date"] == [
        one.roles["entity"].split("#")[1] for one in only(found, "Generation")
    ]
    assert [] == only(sourced(FieldSource(fields=("url",), basis="inferred")), "Usage")


def test_what_is_absent_is_not_there():
    """
    Nothing is said of what is absent or unknown, and what is curated is the curators'.
    """
    empty = [FieldSource(fields=("url",), basis=basis) for basis in ("absent", "unknown")]
    found = sourced(*empty, url=None)
    curated = sourced(FieldSource(fields=("abstract",), basis="curated"))

    assert [] == [one for one in found if "#url" in str(one.roles)]
    assert {"entity": "record:ferry-returns#abstract", "agent": "record:#curators"} in [
        one.roles for one in curated
    ]


def test_values_are_as_in_json():
    """
    A value is its text; what is no text is JSON; a field that the record has not has none.
    """
    fields = ("happened", "quantities", "dateline.date")
    claim = make_claim(sources=(FieldSource(fields=fields, basis="curated"),))
    found = statements(Corpus.of([make_article(claims=(claim,))], [make_entity()]))
    values = {
        one.roles["id"].split("#")[1]: one.attributes.get("value")
        for one in found
        if one.kind == "Entity" and one.roles["id"].startswith("record:ferry-returns/c01#")
    }

    assert "2021-03-01" == values["happened"]
    assert [{"value": "300", "bound": "about", "unit": "people", "of": "passengers"}] == json.loads(
        values["quantities"]
    )
    assert None is values["dateline.date"]


def test_a_text_stays_in_its_quotes():
    """
    What would end a text of PROV-N, or its line, is written as an escape.
    """
    source = FieldSource(fields=("headline",), basis="curated", note='"a\\b"\r\n\tc')
    text = prov_n.write(Corpus.of([make_article(sources=(source,))]))

    assert r'term:note="\"a\\b\"\r\n\tc"' in text


def test_an_entity_s_span_names_its_text():
    """
    The evidence of an entity counts where it names an article; nobody knows the text of another span.
    """
    source = FieldSource(fields=("name",), basis="stated", evidence=(Span(0, 4), Span(1, 9, None, "rain")))
    found = list(statements(Corpus.of([make_article(text=None)], [make_entity(sources=(source,))])))

    assert ["record:rain#text"] == [
        one.roles["usedEntity"]
        for one in only(found, "Derivation")
        if one.roles["generatedEntity"] == "record:place/old-quay#name"
    ]
    assert [{}] == [one.attributes for one in found if "term:Text" in one.types]


def test_the_losses_name_fields():
    """
    What is declared is declared of fields that there are.
    """
    assert set() == set(LOSSES) - set(FIELDS)
    assert LOSSES == prov_jsonld.LOSSES == prov_n.LOSSES
