"""
Citation files as YAML and by their official schema, whatever stands in the texts.
"""

from __future__ import annotations

import datetime
import importlib.resources
import importlib.util
import json
from pathlib import Path

import pytest
from hypothesis import given
from strategies import corpora

from dateline import Corpus, where
from dateline.formats import dumps
from dateline.formats.cff import write_items
from dateline.records import Credit
from dateline.references import corpus_items, unmarked
from dateline.testing import make_article, tiny_corpus


HOSTILE = (
    "key: value # comment",
    "- item\n  nested: {a: [b, *c, &d, !!python/object:os.system x]}",
    "\"quoted\" 'so' \\n \\u0041 %TAG | > @ ` ~ null",
    "no",
    "2022-03-02",
    "1e3",
    "...\n---\ntitle: evil",
    "\U0001f4f0 Київ \ufffe \uffff \x85 \u2028 x",
)


@pytest.fixture(scope="session")
def parse():
    """
    A function that reads YAML.
    """
    yaml = pytest.importorskip("yaml", reason="PyYAML reads the file back")

    return yaml.safe_load


@pytest.fixture(scope="session")
def schema():
    """
    A validator of citation files against their official schema 1.2.0, which check-jsonschema brings along.
    """
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    vendor = "builtin_schemas/vendor/citation-file-format.json"
    if importlib.util.find_spec("check_jsonschema") is None:
        pytest.skip("no official schema: check-jsonschema is not installed")
    file = importlib.resources.files("check_jsonschema") / vendor

    return jsonschema.Draft7Validator(
        json.loads(file.read_text("utf-8")), format_checker=jsonschema.FormatChecker()
    )


@pytest.mark.interop
@pytest.mark.properties
@given(corpus=corpora())
def test_it_is_valid(parse, schema, corpus):
    """
    The official schema has nothing to say.
    """
    assert [] == [error.message for error in schema.iter_errors(parse(dumps(corpus, "cff")))]


@pytest.mark.interop
def test_an_address_in_another_script_is_a_uri(parse, schema):
    """
    An address may be printed in any script; the file has it as the URI that means the same.
    """
    article = make_article(url="https://gazette.example/Київ?q=%C3%A9")
    [reference] = parse(dumps(Corpus.of([article]), "cff"))["references"]

    assert "https://gazette.example/%D0%9A%D0%B8%D1%97%D0%B2?q=%C3%A9" == reference["url"]
    assert [] == list(schema.iter_errors(parse(dumps(Corpus.of([article]), "cff"))))


@pytest.mark.interop
def test_our_own_is_valid(parse, schema):
    """
    Nor has it about a dataset, a subset, a claim or nothing at all.
    """
    tiny = tiny_corpus()
    subset = tiny.filter(where.id("ferry-halts"))
    for text in (dumps(tiny, "cff"), dumps(subset, "cff"), dumps([], "cff")):
        assert [] == [error.message for error in schema.iter_errors(parse(text))]


@pytest.mark.interop
def test_it_is_not_valid_if_damaged(parse, schema):
    """
    The schema that is asked does find faults.
    """
    found = parse(dumps(tiny_corpus(), "cff"))
    found["references"][0]["type"] = "rumour"

    assert 1 == len(list(schema.iter_errors(found)))


@pytest.mark.interop
def test_the_project_s_is_valid(parse, schema):
    """
    Nor has it about the file by which this project is cited.
    """
    text = (Path(__file__).resolve().parents[2] / "CITATION.cff").read_text("utf-8")

    assert [] == [error.message for error in schema.iter_errors(parse(text))]


@pytest.mark.properties
@given(corpus=corpora())
def test_every_text_is_a_text(parse, corpus):
    """
    YAML has what was written: the dataset, and each article with its title as text.
    """
    found, items = parse(dumps(corpus, "cff")), corpus_items(corpus)
    titles = [unmarked(item["title"]) for item in items if item["type"] != "dataset"]

    assert titles == [reference["title"] for reference in found.get("references", [])]
    assert ("1.2.0", "dataset") == (found["cff-version"], found["type"])
    assert (None if corpus.pin is None else corpus.pin.version) == found.get("version")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts(parse, text):
    """
    Nothing in a text is YAML.
    """
    article = make_article(
        headline=text,
        publisher=Credit(name=text),
        bylines=(Credit(name=text), Credit(name=text), Credit(name="x", family=text, given=text)),
    )
    (found,) = parse(dumps(article, "cff"))["references"]
    expected = unmarked(text)

    assert (expected, expected) == (found["title"], found["journal"])
    assert [{"name": expected}, {"family-names": expected, "given-names": expected}] == found["authors"]


def test_dates(parse):
    """
    Only a whole and certain day is a date; what is known of others stands beside it.
    """

    def dated(published):
        (found,) = parse(dumps(make_article(published=published), "cff"))["references"]
        return [found.get(name) for name in ("date-published", "year", "month")]

    assert ["2021-03-01", 2021, 3] == dated("2021-03-01")
    assert [None, 2021, 3] == dated("2021-03-01~")
    assert [None, 2021, 3] == dated("2021-03")
    assert [None, 2021, None] == dated("2021")
    assert [None, 2021, None] == dated("2021-03-01/2021-03-02")
    assert [None, None, None] == dated(None)
    assert datetime.date(2021, 4, 1).isoformat() == parse(dumps(tiny_corpus(), "cff"))["date-released"]


def test_a_subset_says_what_it_is(parse):
    """
    Dataset, predicate and digest are identifiers of a subset, and its abstract is its selection.
    """
    subset = tiny_corpus().filter(where.id("ferry-halts"))
    found = parse(dumps(subset, "cff"))

    assert [str(subset.pin), 'where.id("ferry-halts")', subset.digest] == [
        identifier["value"] for identifier in found["identifiers"]
    ]
    assert 'subset of 1 article: tiny@1.0.0 | where.id("ferry-halts")' in found["abstract"]
    assert "abstract" not in parse(dumps(tiny_corpus(), "cff"))


def test_several_datasets(parse):
    """
    The file is about the last dataset; another one is a reference, and so is a claim.
    """
    datasets = [{"id": name, "type": "dataset", "title": name, "version": "1.0.0"} for name in ("a", "b")]
    claim = {"id": "c", "type": "article-newspaper", "title": "c", "genre": "Claim c", "annote": "Rain."}
    odd = {"URL": "gopher://example.org", "language": "english", "author": [{"family": "Lind"}]}
    found = parse(write_items([*datasets, claim | odd]))

    assert "b" == found["title"]
    assert ["data", "newspaper-article"] == [reference["type"] for reference in found["references"]]
    assert ("Claim c", "Rain.") == tuple(found["references"][1][name] for name in ("notes", "abstract"))
    assert not {"url", "languages"} & set(found["references"][1])
    assert [{"family-names": "Lind"}] == found["references"][1]["authors"]
