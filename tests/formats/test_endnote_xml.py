"""
EndNote XML as parsers and pandoc read it, whatever stands in the texts.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from strategies import corpora

from dateline import where
from dateline.formats import dumps
from dateline.formats.endnote_xml import write_items
from dateline.records import Credit
from dateline.references import corpus_items, unmarked
from dateline.testing import make_article, tiny_corpus


HOSTILE = (
    "</title></titles><url>x</url> & &amp; <!-- ]]> <![CDATA[x]]> \"quoted\" 'so'",
    "<!DOCTYPE x [<!ENTITY y 'z'>]> &y; \x00 \ufffe \uffff \x1b \u202e",
    "Two\r\nlines\u2028and\u0085more",
)


def records_of(text):
    """
    The records, as a parser of XML has them.
    """
    return ET.fromstring(text).findall("records/record")  # noqa: S314 - we wrote it


@pytest.fixture(scope="session")
def pandoc():
    """
    A function that has pandoc read references and gives them as CSL-JSON.
    """
    pypandoc = pytest.importorskip("pypandoc", reason="pandoc reads the references back")

    def convert(text):
        return json.loads(
            pypandoc.convert_text(text, "csljson", format="endnotexml", extra_args=["--sandbox"])
        )

    return convert


@pytest.mark.properties
@given(corpus=corpora())
def test_a_record_for_each_item(corpus):
    """
    It is well-formed, and every item is a record with its title, outlet and URL as text.
    """
    records, items = records_of(dumps(corpus, "endnote-xml")), corpus_items(corpus)

    assert [item["id"] for item in items] == [record.findtext("label") for record in records]
    for record, item in zip(records, items, strict=True):
        title = "".join(sign for sign in unmarked(item["title"]) if sign not in "\ufffe\uffff")
        assert title == record.findtext("titles/title")
        assert item.get("URL") == record.findtext("urls/related-urls/url")
        assert item.get("version") == record.findtext("edition")


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_stay_texts(text):
    """
    No text of a record becomes an element, an entity or a declaration.
    """
    (record,) = records_of(dumps(make_article(headline=text, publisher=Credit(name=text)), "endnote-xml"))
    known = {element.tag for element in records_of(dumps(make_article(), "endnote-xml"))[0].iter()}

    assert known == {element.tag for element in record.iter()}


@pytest.mark.interop
@pytest.mark.slow
@pytest.mark.parametrize("text", [*HOSTILE, "Plain words"])
def test_pandoc_reads_the_same(pandoc, text):
    """
    Pandoc reads key, type, title, outlet, name and year as they were meant.
    """
    (item,) = pandoc(dumps(make_article(headline=text), "endnote-xml"))
    expected = "".join(sign for sign in unmarked(text) if sign not in "\ufffe\uffff")

    assert expected.split() == item["title"].split()
    assert ("ferry-returns", "article-newspaper") == (item["id"], item["type"])
    assert "The Harbour Gazette" == item["container-title"]
    assert [{"family": "Lind", "given": "Ana"}] == item["author"]
    assert [[2021]] == item["issued"]["date-parts"]


@pytest.mark.interop
@pytest.mark.slow
def test_pandoc_reads_the_dataset(pandoc):
    """
    A dataset is one, by an organisation that stays one name.
    """
    item = pandoc(dumps(tiny_corpus(), "endnote-xml"))[-1]

    assert "dataset" == item["type"]
    assert [{"family": "The dateline developers"}] == item["author"]


def test_what_a_subset_is():
    """
    A subset says what it is as its type of work.
    """
    subset = tiny_corpus().filter(where.id("ferry-halts"))
    record = records_of(dumps(subset, "endnote-xml"))[-1]

    assert 'subset of 1 article: tiny@1.0.0 | where.id("ferry-halts")' in record.findtext("work-type")


def test_what_has_no_element_stands_in_notes():
    """
    A claim, the date as recorded, and what to verify it by.
    """
    item = {"id": "x", "type": "article-newspaper", "title": "x", "genre": "Claim x", "annote": "Rain."}
    dated = {"issued": {"date-parts": [[2022]]}, "custom": {"issued": "2022~", "record": "x"}}
    (record,) = records_of(write_items([item | dated]))

    assert "Claim x" == record.findtext("work-type")
    assert "Date as recorded (EDTF): 2022~; dateline record: x" == record.findtext("notes")
    assert "Rain." == record.findtext("abstract")
    assert ("2022", None) == (record.findtext("dates/year"), record.findtext("dates/pub-dates/date"))
