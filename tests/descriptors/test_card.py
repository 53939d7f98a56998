"""
The dataset card: YAML and Markdown whatever stands in it, by which ``datasets`` reads the tables offline.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from attrs import evolve
from descriptors.releases import CORPORA, described_corpora, files_of, saved
from formats import hostile
from formats.linked_data import full_corpus
from hypothesis import given

from dateline.descriptors.card import NAME, write
from dateline.descriptors.tables import NAMES, columns_of, file_of
from dateline.formats.flat_columns import Cell
from dateline.testing import make_article, make_entity, tiny_corpus


LOADER = Path(__file__).with_name("load_tables.py")


def card(corpus):
    """
    The head of the card as YAML, and its body.
    """
    start, head, body = files_of(corpus)[NAME].decode().split("---\n", 2)
    assert "" == start

    return yaml.safe_load(head), body


@pytest.fixture
def load(tmp_path):
    """
    A function that gives the rows of each table that ``datasets`` reads by the card of a release.

    It is asked in a process of its own, with a hub that must not be reached.
    """
    pytest.importorskip("datasets", reason="datasets is not installed")

    def loaded(files):
        folder = saved(files, tmp_path / "release")
        result = subprocess.run(
            [sys.executable, LOADER, folder, tmp_path / "home"], capture_output=True, text=True, check=True
        )

        return json.loads(result.stdout)

    return loaded


def expected(table, files):
    """
    The rows of a table's file as the card's types have them.
    """
    kinds = [column.cell for column in columns_of(table)]
    header, *rows = csv.reader(io.StringIO(files[file_of(table)].decode(), newline=""))

    return [dict(zip(header, map(_value, row, kinds), strict=True)) for row in rows]


def _value(cell, kind):
    """
    What a cell holds: nothing, a number or text.
    """
    if not cell:
        return None

    return float(cell) if kind in (Cell.WHOLE, Cell.REAL) else cell


@pytest.mark.heavy
@pytest.mark.interop
@pytest.mark.parametrize("name", CORPORA)
def test_datasets_reads_each_table(load, name):
    """
    Each table is a configuration with the same rows, in which text is text.
    """
    files = files_of(CORPORA[name]())
    found = load(files)

    assert set(NAMES) == set(found)
    for table in NAMES:
        assert expected(table, files) == found[table]


@pytest.mark.heavy
@pytest.mark.interop
def test_text_stays_text(load):
    """
    No text is taken for a number, a truth value, a day or a missing value, alone in its column or not.
    """
    texts = (
        "007",
        "NA",
        "null",
        "NaN",
        "1E2",
        "true",
        "2022-03-02",
        "-",
        "''",
        '"',
        " x ",
        "=1",
        "\u2028a\u0085",
    )
    tiny = full_corpus(*texts)

    assert list(texts) == [row["headline"] for row in load(files_of(tiny))["articles"]]


@pytest.mark.heavy
@pytest.mark.interop
@pytest.mark.parametrize("text", ["007", "NA"])
def test_one_text_alone_stays_text(load, text):
    """
    Nor is a text that is the only one of its column.
    """
    [row] = load(files_of(full_corpus(text)))["articles"]

    assert (text, text) == (row["headline"], row["publisher"])


@pytest.mark.heavy
@pytest.mark.interop
def test_a_fault_is_found(load):
    """
    A table that lacks a column of the card is not read.
    """
    files = files_of(tiny_corpus())
    files["claims.csv"] = files["claims.csv"].replace(b"statement", b"sentence", 1)

    with pytest.raises(subprocess.CalledProcessError) as caught:
        load(files)
    assert "statement" in caught.value.stderr


def test_the_tables_are_configurations():
    """
    The articles come first and are the default; each file is there, and each column has a type, in order.
    """
    files = files_of(tiny_corpus())
    configs = card(tiny_corpus())[0]["configs"]

    assert list(NAMES) == [config["config_name"] for config in configs]
    assert [True, None, None, None] == [config.get("default") for config in configs]
    for config in configs:
        header, *_ = csv.reader(io.StringIO(files[config["data_files"]].decode(), newline=""))
        assert header == [feature["name"] for feature in config["features"]]
        assert (False, [""]) == (config["keep_default_na"], config["na_values"])


def test_columns_have_sensible_types():
    """
    Texts, days and lists are strings; whole numbers are whole where no row is without one, else numbers.
    """
    types = {
        (config["config_name"], feature["name"]): feature["dtype"]
        for config in card(tiny_corpus())[0]["configs"]
        for feature in config["features"]
    }

    assert ("int64", "float64", "string") == (
        types["articles", "revision"],
        types["articles", "text_length"],
        types["articles", "id"],
    )
    assert ("string", "string", "float64") == (
        types["claims", "said_earliest"],
        types["claims", "places"],
        types["entities", "latitude"],
    )


def test_a_table_without_rows_is_no_configuration():
    """
    What ``datasets`` could not read is not announced.
    """
    tiny = tiny_corpus()
    silent = type(tiny).of(
        [make_article(claims=())], [make_entity()], pin=tiny.pin, description=tiny.description
    )

    assert ["articles", "entities", "sources"] == [
        config["config_name"] for config in card(silent)[0]["configs"]
    ]


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_hostile_texts_stay_text(text):
    """
    Whatever stands in a title or a keyword, the YAML says the same, and the body has the same lines.
    """
    head, body = card(hostile.corpus(text))
    _, harmless = card(hostile.corpus(hostile.HARMLESS))

    assert (text, [text]) == (head["pretty_name"], head["tags"])
    assert harmless.count("\n") == body.count("\n")
    assert "<script>" not in body.replace("\\<", "")
    assert "\u202e" not in body


@pytest.mark.properties
@given(corpus=described_corpora())
def test_any_text_stays_text(corpus):
    """
    No character ends a text of the card's head, or becomes another.
    """
    head = yaml.safe_load(write(corpus, {}).decode().split("---\n", 2)[1])

    assert corpus.description.title == head["pretty_name"]
    assert list(corpus.description.keywords) == head.get("tags", [])


def test_the_body_says_who_made_it_if_anybody_is_named():
    """
    Without a name there is only the licence.
    """
    tiny = tiny_corpus()
    nobody = evolve(tiny, description=evolve(tiny.description, creators=()))

    assert "\nBy The dateline developers. Licence: CC-BY-4.0.\n" in card(tiny)[1]
    assert "\nLicence: CC-BY-4.0.\n" in card(nobody)[1]


def test_the_body_names_the_files():
    """
    Each file of a release stands in the card with what it holds, and the pin with its digest.
    """
    tiny = tiny_corpus()
    _, body = card(evolve(tiny, pin=evolve(tiny.pin, digest=None)))

    assert all(f"\n| `{name}` | " in body for name in files_of(tiny))

    assert "| `claims.csv` | the claims as a flat table |" in body
    assert f"Dataset: `{tiny.pin}`" in body
    assert "texts of the articles are not part" in body
