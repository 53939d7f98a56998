"""
Hostile texts in every field, as parsers that others wrote find them: the same records, the same fields.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from formats import hostile
from formats.readers import pandoc

from dateline import where
from dateline.formats import FORMATS, dumps
from dateline.references import cited, corpus_items


pytestmark = pytest.mark.interop

#: As many records, in which nothing is hostile.
HARMLESS = (hostile.HARMLESS,) * len(hostile.TEXTS)


def items(*texts):
    """
    The references to a hostile dataset, a subset of it, and a claim in each of its articles; and raw items.
    """
    raw = [
        {
            "id": f"raw-{number}",
            "type": "article-newspaper",
            "title": text,
            "container-title": text,
            "genre": text,
            "annote": text,
            "author": [{"literal": text}, {"family": text, "given": text}],
        }
        for number, text in enumerate(texts)
    ]
    corpus = hostile.corpus(*texts)
    subset = corpus.filter(where.contains(texts[0]) | where.id("hostile-00"))
    claims = cited(corpus.claims.values(), corpus)

    return [*corpus_items(corpus), *cited([subset]), *claims, *raw]


def shape(records):
    """
    The names of the fields of each record.
    """
    return [sorted(record) for record in records]


def same(read, name):
    """
    Whether hostile texts give as many records as harmless ones do, with the same fields.
    """
    write = FORMATS[name].write_items

    assert shape(read(write(items(*HARMLESS)))) == shape(read(write(items(*hostile.TEXTS))))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["biblatex", "bibtex", "ris"])
def test_pandoc_finds_the_same(name):
    """
    No text ends a field or a record, or begins one.
    """

    def read(text):
        # Its own reading of a colon in a title.
        return [set(record) - {"title-short"} for record in pandoc(text, name)]

    same(read, name)


def test_rispy_finds_the_same():
    """
    No text of a record begins a line of RIS, which none of its lines is unknown to.
    """
    rispy = pytest.importorskip("rispy", reason="rispy is not installed")
    found = rispy.loads(dumps(hostile.corpus(*hostile.TEXTS), "ris"))

    same(rispy.loads, "ris")
    assert not any("unknown_tag" in record for record in found)


def test_xml_holds_the_same():
    """
    No text becomes an element, an entity or a declaration of EndNote XML.
    """

    def read(text):
        records = ET.fromstring(text).iter("record")  # noqa: S314 - we wrote it
        return [[element.tag for element in record.iter()] for record in records]

    same(read, "endnote-xml")


def test_yaml_holds_the_same():
    """
    No text becomes a key, a list, a number, a date or an object of a citation file.
    """
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

    def keys(value):
        if isinstance(value, dict):
            return [path for name, inner in value.items() for path in [name, *keys(inner)]]
        if isinstance(value, list):
            return [path for inner in value for path in keys(inner)]
        return [type(value).__name__]

    same(lambda text: [keys(yaml.safe_load(text))], "cff")
