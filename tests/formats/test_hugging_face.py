"""
Hugging Face: a folder that ``datasets`` reads offline, whose card is YAML and Markdown whatever stands in it.
"""

from __future__ import annotations

import pytest
import yaml
from attrs import evolve
from formats import hostile
from hypothesis import given
from strategies import texts

import dateline
from dateline.corpus import Corpus
from dateline.formats.flat_tables import TABLES
from dateline.formats.hugging_face import write_folder
from dateline.testing import make_article, tiny_corpus


def card(corpus):
    """
    The head of the card as YAML, and its body.
    """
    text = write_folder(corpus)["README.md"].decode()
    start, head, body = text.split("---\n", 2)
    assert "" == start

    return yaml.safe_load(head), body


def test_the_card_tells_of_each_table():
    """
    Each table that has rows is a configuration with its file; the articles come first and are the default.
    """
    files = write_folder(tiny_corpus())
    head, _ = card(tiny_corpus())
    configs = {config["config_name"]: config["data_files"] for config in head["configs"]}

    assert {"articles", "claims", "entities", "sources"} < set(configs) <= set(TABLES)
    assert set(configs.values()) < set(files)
    assert {"config_name": "articles", "data_files": "articles.parquet", "default": True} == head["configs"][
        0
    ]


def test_a_table_without_rows_is_no_configuration():
    """
    What ``datasets`` could not read is not announced; of a corpus of nothing, nothing is.
    """
    head, _ = card(Corpus.of([make_article(claims=())]))

    assert {"claims", "entities"}.isdisjoint(config["config_name"] for config in head["configs"])
    assert (None, "\n# News articles as records") == (
        card(Corpus.of([]))[0],
        card(Corpus.of([]))[1].split("\n\n")[0],
    )


def test_the_card_describes_the_dataset():
    """
    Title, licence, language and keywords stand in the head, pin and digest in the body.
    """
    ukraine = dateline.load("ukraine-2022")
    head, body = card(ukraine)

    assert ukraine.description.title == head["pretty_name"]
    assert ("cc-by-4.0", ["en"]) == (head["license"], head["language"])
    assert list(ukraine.description.keywords) == head["tags"]
    assert str(ukraine.pin) in body
    assert ukraine.digest in body


@pytest.mark.parametrize(
    ("licence", "named"),
    [("CC0-1.0", "cc0-1.0"), ("CC-BY-NC-SA-4.0", "cc-by-nc-sa-4.0"), ("LicenseRef-own", "other")],
)
def test_a_licence_that_the_hub_does_not_know_is_another(licence, named):
    """
    The head names a licence that the hub knows, else none; the body names it as it is.
    """
    tiny = tiny_corpus()
    head, body = card(evolve(tiny, description=evolve(tiny.description, licence=licence, keywords=())))

    assert named == head["license"]
    assert f"Licence: {licence}." in body


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_text_stays_text_in_the_card(text):
    """
    Whatever stands in a title or a keyword, the YAML says the same, and the card has the same lines.
    """
    head, body = card(hostile.corpus(text))
    _, harmless = card(hostile.corpus(hostile.HARMLESS))

    assert text == head["pretty_name"]
    assert [text] == head["tags"]
    assert harmless.count("\n") == body.count("\n")
    assert "<script>" not in body.replace("\\<", "")


@pytest.mark.properties
@given(text=texts())
def test_any_text_stays_text_in_the_card(text):
    """
    No character ends a text of the card's head, or becomes another.
    """
    tiny = tiny_corpus()
    described = evolve(tiny, description=evolve(tiny.description, title=text))

    assert text == card(described)[0]["pretty_name"]
