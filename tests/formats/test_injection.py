"""
Hostile texts in every field, as parsers that others wrote find them: the same records, the same fields.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import sqlite3
import warnings
import xml.etree.ElementTree as ET
from contextlib import closing
from html.parser import HTMLParser

import pytest
from formats import hostile
from formats.linked_data import full_corpus, shape
from formats.readers import pandoc
from pyarrow import parquet as pyarrow_parquet

from dateline import where
from dateline.formats import FORMATS, dumps
from dateline.references import cited, corpus_items


pytestmark = pytest.mark.interop

#: Those that everything is tried with, and marks that stand on no letter, or on one that a format escapes.
TEXTS = (*hostile.TEXTS, "-->]]></p><p>", "\u0301", "{\u0301", "<\u0301>", '"\u0308"', "\\\u0301")

#: As many, in which nothing is hostile.
HARMLESS = tuple(f"Harmless {number}" for number in range(len(TEXTS)))


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


def written(name, *texts):
    """
    What a format makes of a corpus that has the *texts* in every field, and of references to it.
    """
    form, corpus = FORMATS[name], full_corpus(*texts)
    write = form.write or form.write_bytes or form.write_folder
    made = [write(corpus)]
    if form.write_items is not None:
        made.append(form.write_items(items(*texts)))
    if form.write_safe is not None:
        made.append(form.write_safe(corpus))

    return made


def of_lines(text):
    """
    The shape of each line of JSON.
    """
    return [shape(json.loads(line)) for line in text.removesuffix("\n").split("\n")]


def of_document(text):
    """
    The shape of a JSON document.
    """
    return shape(json.loads(text))


def of_page(text):
    """
    The shape of a JSON-LD document that stands in a web page, and the elements of the page.
    """
    return [of_document(text), elements(f'<p><script type="application/ld+json">{text}</script><p>End')]


def elements(page):
    """
    Every tag, comment and declaration of a web page, as the library's parser finds them.
    """
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, attributes))
    parser.handle_endtag = parser.handle_comment = parser.handle_decl = parser.handle_pi = found.append
    parser.feed(page)
    parser.close()

    return found


def of_cells(text):
    """
    How many cells each row of a table has.
    """
    return [len(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]


def of_database(data):
    """
    The schema of a database, how many rows each table has, and whether a text is found by its index.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        schema = database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [name for kind, name, _ in schema if kind == "table" and "_fts_" not in name]
        counts = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone() for name in tables}  # noqa: S608
        sound = database.execute("PRAGMA integrity_check").fetchall()

    return [schema, counts, sound]


def of_tables(files):
    """
    The columns of each Parquet file, their types, and how many rows there are.
    """
    tables = {
        name: pyarrow_parquet.read_table(io.BytesIO(data))
        for name, data in files.items()
        if name.endswith(".parquet")
    }

    return {name: (table.schema.remove_metadata(), table.num_rows) for name, table in tables.items()}


def of_folder(files):
    """
    The same, and the shape of the card: keys and types of its head, and the lines of its body.
    """
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    _, head, body = files["README.md"].decode().split("---\n", 2)

    return [of_tables(files), shape(yaml.safe_load(head)), body.count("\n"), elements(body)]


def of_statements(text):
    """
    The kind and the attributes of each statement of PROV-N, as the library prov reads them.
    """
    model = pytest.importorskip("prov.model", reason="prov is not installed")
    with warnings.catch_warnings():
        # Of times, which there are none of.
        warnings.simplefilter("ignore")
        document = model.ProvDocument.deserialize(content=text, format="provn")

    return [
        (record.get_type(), sorted(str(name) for name, _ in record.attributes))
        for record in document.get_records()
    ]


def of_references(text, name):
    """
    The fields of each reference, as pandoc reads it.
    """
    # Its own reading of a colon in a title.
    return [sorted(set(record) - {"title-short"}) for record in pandoc(text, name)]


def of_ris(text):
    """
    The fields of each reference, as rispy and pandoc read it.
    """
    rispy = pytest.importorskip("rispy", reason="rispy is not installed")

    return [[sorted(record) for record in rispy.loads(text)], of_references(text, "ris")]


def of_xml(text):
    """
    The elements of each record.
    """
    records = ET.fromstring(text).iter("record")  # noqa: S314 - we wrote it

    return [[element.tag for element in record.iter()] for record in records]


def of_yaml(text):
    """
    The keys and types of a YAML document.
    """
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

    return shape(yaml.safe_load(text))


#: What somebody else's parser finds in each format, but for the texts themselves.
SHAPES = {
    "jsonl": of_lines,
    "json": of_document,
    "sqlite": of_database,
    "parquet": of_tables,
    "hugging-face": of_folder,
    "csv-articles": of_cells,
    "csv-claims": of_cells,
    "schema.org": of_page,
    "ninjs": of_page,
    "web-annotation": of_page,
    "prov": of_page,
    "prov-n": of_statements,
    "geojson": of_page,
    "csl-json": of_document,
    "bibtex": functools.partial(of_references, name="bibtex"),
    "biblatex": functools.partial(of_references, name="biblatex"),
    "ris": of_ris,
    "endnote-xml": of_xml,
    "cff": of_yaml,
}


def test_every_format_is_parsed_by_somebody_else():
    """
    No format is left out.
    """
    assert set(FORMATS) == set(SHAPES)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_a_parser_finds_the_same(name):
    """
    Hostile texts give as many records, fields and elements as harmless ones do, whoever parses them.
    """
    found, expected = ([SHAPES[name](made) for made in written(name, *texts)] for texts in (TEXTS, HARMLESS))

    assert expected == found
    assert expected[0]


@pytest.mark.parametrize(
    ("find", "whole", "broken"),
    [
        (elements, "<p><script>x</script>", "<p><script></script><p></script>"),
        (of_cells, '"a,b",c\n', "a,b,c\n"),
        (of_document, '{"a": "b"}', '{"a": ["b"]}'),
        (of_ris, "TY  - NEWS\r\nTI  - x\r\nER  - \r\n", "TY  - NEWS\r\nTI  - x\r\nAU  - x\r\nER  - \r\n"),
        (of_xml, "<a><record>&lt;b/></record></a>", "<a><record><b/></record></a>"),
        (of_yaml, "a: 'b: c'", "a: {b: c}"),
    ],
)
def test_a_parser_would_find_more(find, whole, broken):
    """
    A text that does break out of its place is noticed.
    """
    assert find(whole) != find(broken)


def test_rispy_knows_every_tag():
    """
    No text of a record begins a line of RIS, which none of its lines is unknown to.
    """
    rispy = pytest.importorskip("rispy", reason="rispy is not installed")
    found = rispy.loads(dumps(hostile.corpus(*hostile.TEXTS), "ris"))

    assert not any("unknown_tag" in record for record in found)
