"""
IPTC ninjs read into drafts: versions 2 and 3, the official examples among them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dateline
from dateline.errors import InvalidDocument
from dateline.formats import ninjs, ninjs_in
from dateline.records import Credit, Topic


EXAMPLES = Path(__file__).parents[3] / "shared" / "schemas" / "ninjs"

STORY = {
    "uri": "https://gazette.example/items/1",
    "type": "text",
    "standard": {"name": "ninjs", "version": "3.1"},
    "versionCreated": "2021-04-02T10:00:00Z",
    "firstCreated": "2021-04-01T23:10:00+02:00",
    "language": "en-GB",
    "headlines": [
        {"role": "short", "value": "Ferry"},
        {"role": "main", "contentType": "text/html", "value": "<b>Ferry</b>"},
        {"role": "main", "value": "Ferry returns to the Old Quay"},
    ],
    "by": "By Ana Lind and Coast Wire",
    "people": [{"name": "Ana Lind", "rel": "creator"}, {"name": "Ida Holm", "rel": "about"}],
    "organisations": [{"name": "Coast Wire", "rel": "creator"}],
    "infoSources": [
        {"name": "The Harbour Gazette", "role": "publisher"},
        {"name": "Other", "role": "publisher"},
        {"name": "Coast Wire", "role": "agency"},
    ],
    "altIds": [
        {"role": "slug", "value": "x"},
        {"role": "canonical-url", "value": "https://gazette.example/a"},
    ],
    "places": [{"name": "Larkhaven", "geoJSON": {"type": "Point", "coordinates": [10.25, 59.5]}}],
}


def lowered(value):
    """
    The same with the names of version 2.
    """
    if isinstance(value, dict):
        return {key.lower(): lowered(item) for key, item in value.items()}

    return [lowered(item) for item in value] if isinstance(value, list) else value


def drafts(story):
    """
    The drafts of a story.
    """
    return ninjs_in.read_drafts(json.dumps(story).encode(), "x.ninjs.json")


@pytest.mark.parametrize("story", [STORY, [STORY], lowered(STORY)])
def test_a_story_becomes_a_draft_in_either_version(story):
    """
    An object or an array, with the names of version 3 or 2.
    """
    (article,) = ninjs_in.read(json.dumps(story).encode(), "x.ninjs.json").values()

    assert article.id == "the-harbour-gazette-2021-04-01-ferry-returns-to-the-old-quay"
    assert article.headline == "Ferry returns to the Old Quay"
    assert article.publisher == Credit(name="The Harbour Gazette")
    assert article.bylines == (Credit(name="Ana Lind"), Credit(name="Coast Wire"))
    assert article.agencies == (Credit(name="Coast Wire"),)
    assert (str(article.published), article.language) == ("2021-04-01", "en-GB")
    assert article.url == "https://gazette.example/a"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ana Lind, Tomas Berg and Coast Wire", ["Ana Lind, Tomas Berg and Coast Wire"]),
        ("Ana Lind & Coast Wire", ["Ana Lind", "Coast Wire"]),
        ("Ana Lind & Coast Wire" + " & " * 2000, []),
        ("", ["Ana Lind", "Coast Wire"]),
    ],
)
def test_a_line_of_authors_is_not_taken_apart(line, expected):
    """
    People and bodies are given apart only where these are all whom the line names.
    """
    (article,) = drafts(STORY | {"by": line}).corpus.values()

    assert [credit.name for credit in article.bylines] == expected


def test_a_line_of_authors_may_stand_alone():
    """
    Then it is one name, as printed.
    """
    (article,) = drafts({"uri": "x", "by": "Ana Lind and Tomas Berg"}).corpus.values()

    assert article.bylines == (Credit(name="Ana Lind and Tomas Berg"),)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Published 2021-04~", "2021-04~"),
        ("Published [2021-04-01,2021-04-02]", "[2021-04-01,2021-04-02]"),
        ("Published in April", None),
        (["2021"], None),
    ],
)
def test_a_note_may_tell_the_date(note, expected):
    """
    As our own export has it: the whole note, and nothing else.
    """
    (article,) = drafts({"uri": "x", "by": "Ana Lind", "edNote": note}).corpus.values()

    assert (article.published and str(article.published)) == expected


def test_our_own_export_is_read_back():
    """
    Every article of the dataset comes back with the same headline, outlet, names, date, address and language.
    """
    ukraine = dateline.load("ukraine-2022")
    again = list(ninjs_in.read(ninjs.write(ukraine).encode(), "ukraine.ninjs.json").values())

    for article, back in zip(ukraine.values(), again, strict=True):
        for name in ("headline", "published", "url", "language", "topics"):
            assert getattr(back, name) == getattr(article, name)
        assert back.publisher.name == article.publisher.name
        assert ", ".join(credit.name for credit in back.bylines) == ", ".join(
            credit.name for credit in article.bylines
        )


def test_the_content_counts_not_the_object():
    """
    When the content was created goes before when the object was; of its versions nothing follows.
    """
    (dated,) = drafts(STORY | {"contentCreated": "2021-03"}).corpus.values()
    (undated,) = drafts({"uri": "x", "title": "x", "by": "A", "versionCreated": "2021"}).corpus.values()

    assert str(dated.published) == "2021-03"
    assert undated.published is None


@pytest.mark.parametrize(
    ("headlines", "expected"),
    [
        ([{"value": "Fog"}], "Fog"),
        ([{"role": "alt", "value": "Mist"}, {"value": "Fog"}], "Fog"),
        ([{"value": "Mist"}, {"role": "main", "value": "Fog"}], "Fog"),
        ([{"role": "main", "value": ""}, {"value": "Fog"}], "Fog"),
        ([{"role": "main", "value": "Fog"}, {"role": "main", "value": "Fog"}], "Fog"),
        ([{"role": "main", "value": " "}], None),
        ([{"role": "alt", "value": "Mist"}], None),
        ([], None),
    ],
)
def test_the_headline_is_the_main_one(headlines, expected):
    """
    That which is called so, else that which is not called anything.
    """
    (article,) = drafts({"uri": "x", "by": "Ana Lind", "headlines": headlines}).corpus.values()

    assert article.headline == expected


@pytest.mark.parametrize(
    ("wrong", "path", "field"),
    [
        ({"headlines": [{"value": 7}]}, "$.headlines[0].value", "headline"),
        ({"headlines": [{"value": "Fog"}, {"value": "Mist"}]}, "$.headlines[1].value", "headline"),
        ({"headlines": "Fog"}, "$.headlines", "headline"),
        (
            {"altIds": [{"role": "canonical-url", "value": f"https://x.example/{name}"} for name in "ab"]},
            "$.altIds[1].value",
            "url",
        ),
        ({"headlines": ["Fog"]}, "$.headlines", "headline"),
        ({"infosources": {"role": "publisher"}}, "$.infosources", "publisher"),
        ({"contentCreated": "yesterday"}, "$.contentCreated", "published"),
        ({"altids": [{"role": "canonical-url", "value": "x"}]}, "$.altids[0].value", "url"),
        ({"language": "english"}, "$.language", "language"),
        ({"people": [{"rel": "creator", "name": ["A"]}]}, "$.people[0].name", "bylines"),
    ],
)
def test_a_value_that_cannot_be_taken_is_reported(wrong, path, field):
    """
    The fault names the path, in the spelling of the file, and the field.
    """
    found = drafts({"uri": "x"} | wrong)

    assert [(fault.path, fault.subject) for fault in found.faults] == [(path, field)]


def test_media_topics_and_statements_of_rights_are_read():
    """
    Of subjects and rights only what a record has a place for; labels only if they are English.
    """
    uri = "http://cv.iptc.org/newscodes/mediatopic/20000337"
    story = {
        "uri": "x",
        "language": "en",
        "subjects": [{"name": "transport", "uri": uri}, {"name": "Ferries", "uri": "urn:x:ferries"}],
        "rightsinfo": {"linkedrights": "http://rightsstatements.org/vocab/InC/1.0/"},
        "copyrightholder": "Harbour Media",
    }
    (article,) = drafts(story).corpus.values()
    (other,) = drafts(story | {"language": "nb", "rightsinfo": "x"}).corpus.values()

    assert article.topics == (Topic(code="medtop:20000337", label="transport"),)
    assert article.rights.holder == "Harbour Media"
    assert (other.topics, other.rights) == ((), None)
    assert drafts(story | {"subjects": [{"uri": uri}]}).faults[0].path == "$.subjects[0]"


@pytest.mark.parametrize("other", [{"uri": "x", "type": "picture"}, {"uri": "x", "type": ["text"]}, {}, 7])
def test_other_objects_are_passed_over(other):
    """
    Pictures, events and what is no ninjs are reported, and the stories are read.
    """
    found = drafts([other, STORY])

    assert [fault.path for fault in found.passed_over] == ["$[0]"]
    assert len(found.corpus) == 1


@pytest.mark.parametrize("data", [b"{}", b"7", b"x"])
def test_what_is_no_ninjs_is_refused(data):
    """
    The file is named.
    """
    with pytest.raises(InvalidDocument, match=r"x\.json"):
        ninjs_in.read(data, "x.json")


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the official examples are not here")
def test_the_official_examples_are_read():
    """
    Texts become drafts without a fault, and the event is passed over.
    """
    read = {
        path.name: ninjs_in.read_drafts(path.read_bytes(), path.name)
        for path in EXAMPLES.glob("example_*.json")
    }

    assert not any(found.faults for found in read.values())
    assert {name for name, found in read.items() if not found.corpus} == {"example_3.1_008_event.json"}
    (article,) = read["example_3.0_ntb_text.json"].corpus.values()
    assert (article.language, str(article.published)) == ("nb-NO", "2019-08-09")
    assert [credit.name for credit in article.bylines] == ["NTB"]


@pytest.mark.parametrize(
    ("line", "creator", "expected"),
    [
        ("By Ana Lind and Li Wu", "Ana Lind", "By Ana Lind and Li Wu"),
        ("Ana Lind, Jo Ek", "Ana Lind", "Ana Lind, Jo Ek"),
        ("李明、王伟", "李明", "李明、王伟"),
        ("By Margareta Lindqvist", "", "By Margareta Lindqvist"),
        ("Von Ana Lind", "Ana Lind", "Ana Lind"),
    ],
)
def test_no_author_of_the_printed_line_is_lost(line, creator, expected):
    """
    Whoever else may be named in the line keeps it whole, however short the name is.
    """
    story = {"uri": "urn:x:1", "headlines": [{"value": "Fog"}], "by": line}
    story["people"] = [{"rel": "creator", "name": creator}]

    (article,) = dateline.reads(json.dumps(story), "ninjs").values()
    assert [expected] == [credit.name for credit in article.bylines]


@pytest.mark.parametrize(
    "headline", [{"role": "short", "value": "Fog"}, {"contentType": "text/html", "value": "<i>Fog</i>"}]
)
def test_a_headline_that_is_not_taken_is_reported(headline):
    """
    One of another kind is no main headline, and it is said that it was left.
    """
    found = ninjs_in.read_drafts(json.dumps({"uri": "urn:x:1", "headlines": [headline]}).encode(), "x.json")

    assert [("$.headlines[0]", "headline")] == [(fault.path, fault.subject) for fault in found.faults]


def test_the_first_version_is_passed_over():
    """
    Its names are others, so that hardly anything would be read of it.
    """
    first = {"uri": "urn:x:1", "headline": "Fog", "byline": "Ana Lind"}
    found = ninjs_in.read_drafts(json.dumps([first, STORY]).encode(), "x.json")

    assert ["$[0]"] == [fault.path for fault in found.passed_over]
    assert 1 == len(found.corpus)
