"""
Items of all sorts: wrong kinds of values are named, odd ones are made sense of.
"""

from __future__ import annotations

import pytest

from dateline.csl import Cite, InvalidItem, Style


WRONG = {
    "an item that is a list": [],
    "an item that is a text": "title",
    "a title that is a list": {"title": ["a"]},
    "a title that is true": {"title": True},
    "a title that is a fraction": {"title": 1.5},
    "authors that are a text": {"author": "A. Smith"},
    "authors that are a mapping": {"author": {"family": "Smith"}},
    "an author that is a text": {"author": ["A. Smith"]},
    "a family name that is a number": {"author": [{"family": 3}]},
    "a date that is a list": {"issued": [2024]},
    "date-parts that are a number": {"issued": {"date-parts": 2024}},
    "date-parts of one level": {"issued": {"date-parts": [2024]}},
    "a year that is a word": {"issued": {"date-parts": [["last"]]}},
    "a year beyond reason": {"issued": {"date-parts": [[10**5000]]}},
    "a number beyond reason": {"title": 10**5000},
    "a title beyond reason": {"title": "a" * 100_000},
    "a year that is true": {"issued": {"date-parts": [[True]]}},
}


@pytest.mark.parametrize("item", WRONG.values(), ids=WRONG)
def test_wrong_kinds_of_values_are_named(item):
    """
    A value of the wrong kind ends in an error of its own kind, not in a crash.
    """
    with pytest.raises(InvalidItem):
        Style.bundled("apa").bibliography([item])


ODD = {
    "nothing": {},
    "no title": {"type": "webpage", "issued": "2024"},
    "nulls": {"title": None, "author": None, "issued": None, "URL": None},
    "empty lists": {"author": [], "issued": {"date-parts": []}},
    "an empty name": {"author": [{}, None], "title": "A title"},
    "an empty date": {"issued": {"date-parts": [[None]]}, "title": "A title"},
    "a month that is none": {"issued": {"date-parts": [[2024, 99, 99]]}, "title": "A title"},
    "a type nobody knows": {"type": "hologram", "title": "A title"},
    "numbers for texts": {"title": 1984.0, "id": 7, "issued": {"date-parts": [[2024.0]]}},
    "only brackets": {"title": "<<<>>></i></b>"},
    "only quotes": {"title": "\"'\"'“”‘’"},
    "a lone surrogate": {"title": "a\ud800b"},
}


@pytest.mark.parametrize("item", ODD.values(), ids=ODD)
def test_odd_items_are_rendered_somehow(item):
    """
    What is legal JSON and no mistake of kind never stops a bibliography.
    """
    style = Style.bundled("apa")

    for text in (style.cite([item]), *style.bibliography([item])):
        assert isinstance(str(text) + text.html() + text.markdown() + text.latex(), str)


def test_characters_that_are_no_text_are_dropped():
    """
    Control, private and bidirectional override characters never reach the print.
    """
    item = {"type": "webpage", "title": "Ri\u202evers\u0000 r\ue000ise", "issued": "2024"}
    (entry,) = Style.bundled("apa").bibliography([item])

    assert "Rivers rise. (2024)." == str(entry)


def test_what_is_cited_of_an_item_is_text():
    """
    Locator, label, prefix and suffix are texts, or refused by name.
    """
    with pytest.raises(InvalidItem, match="locator must be a text"):
        Cite({"id": "a"}, locator=12)


def test_thousands_of_names_are_no_trouble():
    """
    A list of names of any length is printed, if the style cuts none.
    """
    people = [{"family": f"Name{n}"} for n in range(5000)]
    style = Style.parse(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><citation><layout>'
        '<names variable="author"/></layout></citation></style>'
    )

    assert str(style.cite([{"author": people}])).endswith("Name4998, Name4999")


def test_an_item_is_left_as_it_was():
    """
    Rendering changes nothing in the item.
    """
    item = {"id": "a", "author": [{"family": "van Dam", "given": "Jan"}], "issued": "2024"}
    copy = {"id": "a", "author": [{"family": "van Dam", "given": "Jan"}], "issued": "2024"}
    Style.bundled("apa").bibliography([item])

    assert copy == item


def test_an_id_given_twice_counts_once():
    """
    The same work has one entry.
    """
    item = {"id": "a", "title": "A title"}

    assert 1 == len(Style.bundled("apa").bibliography([item, item]))
