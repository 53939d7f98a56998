"""
Files of other formats that somebody made to do harm, and any that chance makes.
"""

from __future__ import annotations

import json

import pytest
from formats import hostile
from hypothesis import given
from hypothesis import strategies as st
from strategies import HOSTILE, json_values

from dateline.checks import check
from dateline.errors import DatelineError
from dateline.formats import csl_json_in, dumps, ninjs_in, reads, rows, schema_org_in


READERS = {
    "csl-json": csl_json_in.read_drafts,
    "ninjs": ninjs_in.read_drafts,
    "schema.org": schema_org_in.read_drafts,
    "json-lines": rows.json_lines_drafts,
    "csv": rows.csv_drafts,
}

#: For each format of JSON an article with a text in every property.
STORIES = {
    "csl-json": lambda text: [
        {
            "type": "webpage",
            "title": text,
            "container-title": text,
            "author": [{"literal": text}, {"family": text, "given": text}],
            "issued": {"raw": text},
            "URL": text,
            "language": text,
        }
    ],
    "ninjs": lambda text: [
        {
            "uri": text,
            "headlines": [{"role": "main", "value": text}],
            "infoSources": [{"role": "publisher", "name": text}],
            "by": text,
            "contentCreated": text,
            "altIds": [{"role": "canonical-url", "value": text}],
            "language": text,
            "subjects": [{"uri": "http://cv.iptc.org/newscodes/mediatopic/20000337", "name": text}],
            "rightsInfo": {"linkedRights": "http://rightsstatements.org/vocab/InC/1.0/"},
            "copyrightHolder": text,
        }
    ],
    "schema.org": lambda text: {
        "@graph": [
            {
                "@type": "NewsArticle",
                "headline": text,
                "publisher": {"name": text},
                "author": [text, {"name": text, "familyName": text}],
                "datePublished": text,
                "url": text,
                "inLanguage": text,
                "about": [{"termCode": "medtop:20000337", "name": text}],
                "usageInfo": "http://rightsstatements.org/vocab/InC/1.0/",
                "copyrightHolder": text,
            }
        ]
    },
    "json-lines": lambda text: {
        "headline": text,
        "publisher": text,
        "bylines": [text],
        "published": text,
        "url": text,
        "language": text,
    },
}

every_reader = pytest.mark.parametrize("name", READERS)
every_story = pytest.mark.parametrize("name", STORIES)

#: The names that some reader looks at, so that chance finds its way in.
KEYS = st.sampled_from(
    [
        *("type", "title", "container-title", "author", "issued", "date-parts", "literal", "family", "given"),
        *("custom", "URL", "language", "uri", "headlines", "value", "role", "infoSources", "name", "people"),
        *(
            "rel",
            "by",
            "contentCreated",
            "firstCreated",
            "altIds",
            "edNote",
            "@type",
            "@graph",
            "@id",
            "@value",
        ),
        *(
            "headline",
            "publisher",
            "datePublished",
            "url",
            "mainEntityOfPage",
            "inLanguage",
            "items",
            "about",
        ),
        *("bylines", "record"),
    ]
)

VALUES = st.recursive(
    json_values()
    | st.sampled_from(
        ["webpage", "NewsArticle", "text", "main", "publisher", "creator", "2021-04-01", "\ud800"]
    )
    | st.floats(allow_nan=True),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)


def taken(name, data):
    """
    The drafts in some data, which keep every rule and survive being saved; none, if these are refused.
    """
    try:
        found = READERS[name](data, "x")
    except DatelineError:
        return None
    assert not [finding for finding in check(found.corpus) if finding.is_error]
    assert reads(dumps(found.corpus, "jsonl"), "jsonl") == found.corpus

    return found


@pytest.mark.properties
@every_reader
@given(data=st.binary(max_size=40) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_reading_raises_no_other_error(name, data):
    """
    Whatever the bytes are, there are drafts or an error of ours.
    """
    taken(name, data)


@pytest.mark.properties
@every_story
@given(value=VALUES, data=st.data())
def test_a_value_in_place_of_another_does_no_harm(name, value, data):
    """
    Every property may be of every type: the article is read, and the fault reported.
    """
    story = STORIES[name]("2021")
    entry = story[0] if isinstance(story, list) else story.get("@graph", [story])[0]
    entry[data.draw(st.sampled_from(sorted(set(entry) - {"type", "@type", "uri"})))] = value

    assert taken(name, json.dumps(story).encode()) is not None


@pytest.mark.properties
@given(header=st.lists(KEYS, max_size=4), cells=st.lists(st.lists(st.sampled_from(HOSTILE), max_size=4)))
def test_any_table_is_read_or_refused(header, cells):
    """
    Whatever its cells are.
    """
    taken("csv", "\n".join(",".join(row) for row in [header, *cells]).encode())


@pytest.mark.parametrize("text", hostile.TEXTS)
@every_story
def test_text_stays_text(name, text):
    """
    A headline that is markup, code or a record of another format is taken letter by letter.
    """
    found = taken(name, json.dumps(STORIES[name](text)).encode())
    (article,) = found.corpus.values()
    expected = text.replace("<i>tag</i>", "tag") if name == "csl-json" else text

    assert article.headline == expected
    assert article.publisher.name == expected


def test_the_end_of_a_script_is_text_in_json():
    """
    As an escape inside a script of a page, or as it is in a file of its own.
    """
    story = STORIES["schema.org"]("</script><script>")
    escaped = json.dumps(story).replace("<", "\\u003c")
    page = f'<script type="application/ld+json">{escaped}</script>'.encode()
    (article,) = schema_org_in.read_drafts(page, "x.html").corpus.values()

    assert article.headline == "</script><script>"


@every_story
def test_a_text_of_ten_megabytes_is_reported_in_a_line(name):
    """
    It is no headline, and the message does not hold it.
    """
    found = taken(name, json.dumps(STORIES[name]("x" * 10_000_000)).encode())

    assert "headline" in {fault.subject for fault in found.faults}
    assert all(len(str(fault)) < 300 for fault in found.faults)


@every_story
def test_ten_megabytes_of_articles_are_read(name):
    """
    All of them, and each has an id of its own.
    """
    story = STORIES[name]("Fog")
    entry = story[0] if isinstance(story, list) else story.get("@graph", [story])[0]
    padding = "x" * 5_000
    entries = [
        entry | {"padding": padding, "headline": f"Fog {n}", "title": f"Fog {n}"} for n in range(2_000)
    ]
    for number, one in enumerate(entries):
        one["headlines"] = [{"value": f"Fog {number}"}]
    if name == "json-lines":
        data = b"\n".join(json.dumps(one).encode() for one in entries)
    else:
        data = json.dumps(entries).encode()

    assert len(data) > 10_000_000
    assert len(READERS[name](data, "x").corpus) == 2_000


@pytest.mark.parametrize("shared", ["x" * 1_000_000, ["x"] * 300_000])
def test_what_many_articles_refer_to_is_told_in_a_line_for_each(shared):
    """
    However large it is, a message shows the ends of it.
    """
    articles = [
        {"@type": "Article", "headline": f"Fog {n}", "publisher": {"@id": "#p"}} for n in range(3_000)
    ]
    nodes = [{"@id": "#p", f"key-{n}": 1} for n in range(3_000)]
    found = taken("schema.org", json.dumps([{"@id": "#p", "name": shared}, *nodes, *articles]).encode())

    assert len(found.faults) == len(found.corpus) == 3_000
    assert all(len(str(fault)) < 300 for fault in found.faults)


@every_reader
@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'[{"type": "webpage", "title": ' + b"[" * 99 + b"]" * 99 + b"}]",
        b'{"a": ' + b"9" * 1_000_000 + b"}",
        b"\x00" * 1_000,
        b"\xff\xfe[\x00]\x00",
        b'"' * 100_001,
    ],
)
def test_a_document_made_to_exhaust_is_read_or_refused(name, data):
    """
    Nothing else happens.
    """
    taken(name, data)
