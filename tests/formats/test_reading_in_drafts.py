"""
Drafts whatever their format: ids, sources, dates, languages and addresses.
"""

from __future__ import annotations

import json

import pytest

from dateline.checks import check
from dateline.errors import InvalidDocument, InvalidValue
from dateline.formats import csl_json_in, dumps, reads, values_in
from dateline.formats.draft_ids import identified, slug
from dateline.formats.drafts import Item, drafts, reference_to
from dateline.formats.foreign_json import parse_foreign
from dateline.records import Credit, sourced_fields
from dateline.validation import validate
from dateline.vocabulary import Basis


def test_every_field_of_a_draft_has_a_source():
    """
    What the file says is looked up in it; what it does not say is unknown.
    """
    item = Item("$[3]", {"headline": "Fog", "publisher": Credit(name="Gazette")})
    article = drafts([item], "archive/fog.json").corpus["gazette-fog"]
    known, unknown = article.sources

    assert (known.basis, known.fields) == (Basis.LOOKED_UP, ("headline", "publisher"))
    assert (known.reference, known.note) == ("fog.json", "read from $[3]")
    assert (unknown.basis, unknown.reference) == (Basis.UNKNOWN, "fog.json")
    assert {*known.fields, *unknown.fields} == set(sourced_fields(type(article)))


def test_a_draft_breaks_no_rule_and_survives_being_saved():
    """
    It is an article like any other, and lossless formats keep it.
    """
    corpus = drafts([Item("$", {"headline": "Fog"})], "fog.json").corpus
    validate(corpus["fog"])

    assert check(corpus) == ()
    assert reads(dumps(corpus, "jsonl"), "jsonl") == corpus


@pytest.mark.parametrize(
    ("file", "reference"),
    [
        ("https://example.org/a.json", "https://example.org/a.json"),
        ("/home/ana/archive/a.json", "a.json"),
        ("C:\\archive\\a.json", "a.json"),
        ("archive/", "archive"),
        ("\udcff.json", "?.json"),
        ("", "<unnamed>"),
    ],
)
def test_a_reference_is_a_file_name_or_an_address(file, reference):
    """
    No folder of anybody's machine gets into a record.
    """
    assert reference_to(file) == reference


def test_an_id_is_of_publisher_date_and_headline():
    """
    It can be read, and is within bounds however long they are.
    """
    draft = {
        "publisher": Credit(name="The Harbour Gazette"),
        "published": values_in.date("2021-04"),
        "headline": "Ferry returns; mayor’s joy",
    }

    assert identified([draft]) == ["the-harbour-gazette-2021-04-ferry-returns-mayors-joy"]
    assert len(identified([draft | {"headline": "very " * 300}])[0]) < 200


def test_ids_differ_and_do_not_depend_on_the_order():
    """
    Drafts that are named alike get a digest of what they say.
    """
    one, two = {"headline": "Fog"}, {"headline": "Fog!", "language": "en"}
    first, second = identified([one, two])

    assert first != second
    assert identified([two, one]) == [second, first]
    assert first.startswith("fog-")


@pytest.mark.parametrize(
    ("draft", "start"),
    [
        ({"headline": "Туман"}, ""),
        ({"headline": "Group"}, "article-group"),
        ({"language": "en"}, "article-"),
        ({"headline": "Туман", "publisher": Credit(name="Gazette")}, "gazette-"),
    ],
)
def test_an_id_is_made_of_what_there_is(draft, start):
    """
    Headlines in other scripts, reserved words and nothing at all give an id too.
    """
    (id_,) = identified([draft])

    assert id_.startswith(start)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łódź & Århus: œuvre", "lodz-arhus-oeuvre"),
        ("x" * 90, "x" * 20),
        ("Ferry returns to the quay", "ferry-returns-to-the"),
        ("北京", ""),
    ],
)
def test_a_slug_has_ascii_words_of_the_text(text, expected):
    """
    Marks are dropped, and it ends with a whole word where it can.
    """
    assert slug(text, 20) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-04-01T23:30:00+02:00", "2021-04-01"),
        ("2021-04-01T00:10:00-05:00", "2021-04-01"),
        ("2021-04-01T23:59:60.123Z", "2021-04-01"),
        ("2021-04-01 09:00", "2021-04-01"),
        ("2021-04-01 09:00:00 UTC", "2021-04-01"),
        ("2021-04-01T09+0100", "2021-04-01"),
        (" 2021-04 ", "2021-04"),
        ("2021", "2021"),
        ("2021-04-01/2021-04-03~", "2021-04-01/2021-04-03~"),
    ],
)
def test_a_date_is_the_day_as_printed(text, expected):
    """
    An instant is not shifted to another zone, and no day is made up.
    """
    assert str(values_in.date(text)) == expected


@pytest.mark.parametrize(
    "value",
    ["1 April 2021", "20210401", "2021-04-01T25:00", "2021-02-30T10:00Z", "2021-04-01T", "٢٠٢١", 1617235200],
)
def test_what_is_no_date_is_refused(value):
    """
    Nothing is guessed from words, digits or seconds.
    """
    with pytest.raises(InvalidValue, match="date must"):
        values_in.date(value)


@pytest.mark.parametrize("value", ["en", "en-GB", "uk", "zh-Hant-TW", "sl-rozaj-biske-1994", "de-x-news"])
def test_a_language_is_taken_as_it_stands(value):
    """
    Every well-formed tag whose language ISO 639 could have.
    """
    assert values_in.language(value) == value


@pytest.mark.parametrize("value", ["English", "en_GB", "en-", "e", "", "en GB", 7])
def test_what_is_no_language_tag_is_refused(value):
    """
    Names of languages and tags of operating systems are not made into something else.
    """
    with pytest.raises(InvalidValue, match="BCP 47"):
        values_in.language(value)


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "//example.org/a",
        "example.org",
        "https://",
        "https://[::1",
        "http:///a",
        "ftp://a",
        1,
    ],
)
def test_what_is_no_web_address_is_refused(value):
    """
    A relative address, another scheme or one without a host is none.
    """
    with pytest.raises(InvalidValue, match="url must"):
        values_in.url(value)


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ('{"a": 1, "a": 2, "b": 3}', {"b": 3}, "key 'a' stands twice @ $"),
        ('{"a": [NaN, 1]}', {"a": [None, 1]}, "NaN is no number of JSON @ $.a[0]"),
        ('{"a": -Infinity}', {"a": None}, "-Infinity is no number of JSON @ $.a"),
        ('["\\ud800"]', [None], "string must not hold a lone surrogate @ $[0]"),
        ('{"\\ud800": 1}', {}, "key must not hold a lone surrogate @ $"),
        ('{"@x": {"a b": NaN}}', {"@x": {"a b": None}}, "NaN is no number of JSON @ $.@x['a b']"),
    ],
)
def test_what_two_readers_could_take_differently_is_left_out(text, value, problem):
    """
    It is reported, and the rest is read.
    """
    found, faults = parse_foreign(text, "x.json")

    assert found == value
    assert [str(fault) for fault in faults] == [problem]


def test_numbers_that_no_field_has_do_no_harm():
    """
    Fractions and numbers of any length may stand in a file, but are no value of a field.
    """
    found = csl_json_in.read_drafts(
        b'[{"type": "webpage", "title": 1.5, "URL": %s, "volume": 1e999}]' % (b"9" * 100_000), "x.json"
    )

    assert [fault.subject for fault in found.faults] == ["headline", "url"]
    assert "got 1.5" in found.faults[0].message
    assert len(str(found.faults[1])) < 200


@pytest.mark.parametrize("depth", [101, 100_000])
def test_a_document_that_nests_too_deeply_is_refused(depth):
    """
    However deep it is.
    """
    with pytest.raises(InvalidDocument, match=r"x\.json:3: must not nest deeper than 100"):
        parse_foreign("[" * depth + "]" * depth, "x.json", line=3)


def test_an_item_that_says_nothing_is_no_draft():
    """
    It is passed over, and reported.
    """
    found = csl_json_in.read_drafts(json.dumps([{"type": "webpage", "title": " "}]).encode(), "x.json")

    assert not found.corpus
    assert "says nothing" in found.passed_over[0].message
