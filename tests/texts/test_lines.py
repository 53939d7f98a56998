"""
JSON Lines and JSON of other tools: the text and its address, line by line, whatever the lines between are.
"""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts.containers import HALTS, RETURNS

from dateline.texts import lines
from dateline.texts.findings import Limits, TextCopy, Unread
from dateline.texts.sources import copies


# The keys that each tool writes, in its own order, with invented values.
FUNDUS = {
    "title": "Ferry",
    "authors": ["Ana Lind"],
    "publishing_date": "2021-03-01 12:00:00",
    "free_access": True,
}
FUNDUS_BODY = {
    "summary": ["Summary."],
    "sections": [
        {"headline": [], "paragraphs": ["One.", "Two."]},
        {"headline": ["Head"], "paragraphs": ["Three."]},
    ],
}
TRAFILATURA = {
    "title": "Ferry", "hostname": "gazette.example", "date": None, "fingerprint": "0", "raw_text": "One.",
    "source": "https://gazette.example/t", "text": RETURNS, "comments": "",
}  # fmt: skip
NEWS_PLEASE = {
    "authors": [], "date_publish": "2021-03-01 12:00:00", "filename": "f.json", "maintext": RETURNS,
    "source_domain": "gazette.example", "text": None, "title": "Ferry", "url": "https://gazette.example/n",
}  # fmt: skip


@pytest.fixture
def here(tmp_path, monkeypatch):
    """
    A folder to stand in, so that origins are short.
    """
    monkeypatch.chdir(tmp_path)

    return tmp_path


def found_in(data, name="export.jsonl", **options):
    """
    What a file with these bytes gives.
    """
    with open(name, "wb") as file:  # noqa: PTH123 - in the folder that the test stands in
        file.write(data)

    return list(copies(name, **options))


def jsonl(*values):
    """
    JSON Lines.
    """
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values).encode()


@pytest.mark.parametrize(
    ("value", "text", "url"),
    [
        (FUNDUS | {"plaintext": RETURNS, "body": FUNDUS_BODY}, RETURNS, None),
        (FUNDUS | {"body": FUNDUS_BODY}, "Summary.\n\nOne.\n\nTwo.\n\nHead\n\nThree.", None),
        (
            FUNDUS | {"plaintext": None, "body": {"summary": [], "sections": [{"paragraphs": ["P."]}]}},
            "P.",
            None,
        ),
        (
            FUNDUS | {"plaintext": "P.", "html": {"requested_url": "https://gazette.example/f"}},
            "P.",
            "https://gazette.example/f",
        ),
        (TRAFILATURA, RETURNS, "https://gazette.example/t"),
        (NEWS_PLEASE, RETURNS, "https://gazette.example/n"),
        ({"text": "T", "url": 3, "source": "s"}, "T", "s"),
        ({"text": "T", "url": "\ud800"}, "T", None),
        ({"body": "B"}, "B", None),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_each_tool_has_its_keys(here, value, text, url, pack):
    """
    Text and address are found under the keys of fundus, trafilatura and news-please, packed or not.
    """
    data = json.dumps(value).encode() + b"\n"

    assert [TextCopy(origin="export:1", data=text, url=url)] == found_in(pack(data), "export")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"text": ', "must be JSON: Expecting value at column 9"),
        (b"plain words", "must be JSON: Expecting value at column 1"),
        (b'{"text": "\xff"}', "must be UTF-8, but byte 10 is not"),
        (b'["a"]', "must be a JSON object, got a list of length 1"),
        (b"null", "must be a JSON object, got null"),
        (b"true", "must be a JSON object, got a boolean"),
        (
            b"{}",
            f"must hold a text under one of the keys {', '.join(lines.TEXT_KEYS)}, but it has none",
        ),
        (b'{"text": 17}', "must hold a string under 'text', got a number"),
        (b'{"maintext": ["a"]}', "must hold a string under 'maintext', got a list of length 1"),
        (b'{"text": {"a": 1}}', "must hold a string under 'text', got an object of length 1"),
        (b'{"text": " "}', "must hold a text under 'text', but it is blank"),
        (b'{"text": "\\ud800"}', "must hold a text under 'text', but there is a lone surrogate in it"),
        (b'{"body": {"summary": "s"}}', "must hold lists in the body, got a string of length 1"),
        (b'{"body": {"summary": [1]}}', "must hold strings in the body, got a number"),
        (b'{"body": {"sections": [1]}}', "must hold sections in the body, got a number"),
        (b'{"body": {"summary": []}}', "must hold a text under 'body', but it is blank"),
        (b'{"a": ' + b"[" * 100_000, "must be JSON that nests less deeply"),
        (b'{"a": ' + b"1" * 10_000 + b"}", "must be JSON that has shorter numbers"),
        (
            b'{"text": "' + b"a" * 200_000 + b'"}',
            "must have at most 150,000 bytes as a line or an object, got more",
        ),
    ],
)
def test_a_broken_line_is_told_and_the_rest_is_read(here, line, problem):
    """
    A line that gives no text is told with its number, and the lines around it are read.
    """
    data = jsonl({"text": "one"}) + line + b"\n\n" + jsonl({"text": "four"}).rstrip()

    assert [
        TextCopy(origin="export.jsonl:1", data="one"),
        Unread("export.jsonl:2", problem),
        TextCopy(origin="export.jsonl:4", data="four"),
    ] == found_in(data, limits=Limits(text=150_000))


@pytest.mark.parametrize(
    "value", [RETURNS, [RETURNS], {"text": [RETURNS]}, {"body": {"sections": [RETURNS]}}]
)
def test_what_is_no_text_is_told_by_its_kind(here, value):
    """
    A text that stands where it is not looked for is no part of the message, in lines and in lists.
    """
    found = found_in(jsonl(value)) + found_in(json.dumps([value]).encode(), "a.json")

    assert 2 == len(found)
    assert "Ferry" not in " ".join(map(str, found))


def test_a_last_line_that_is_too_long_is_told(here):
    """
    A line without an end is read no further than a text may go.
    """
    [found] = found_in(b'{"text": "' + b"a" * 500, limits=Limits(text=100))

    assert Unread("export.jsonl:1", "must have at most 100 bytes as a line or an object, got more") == found


def test_only_a_line_feed_ends_a_line(here):
    """
    A text with U+2028 or U+0085 in it stands on one line.
    """
    assert [TextCopy(origin="export.jsonl:1", data="a\u2028b\u0085c")] == found_in(
        jsonl({"text": "a\u2028b\u0085c"})
    )


def test_other_values_may_be_as_they_are(here):
    """
    Floats, NaN and keys that stand twice elsewhere are nothing to us; the text that comes last counts.
    """
    assert [TextCopy(origin="export.jsonl:1", data="b")] == found_in(
        b'\xef\xbb\xbf{"a": 1.5, "a": NaN, "text": "a", "text": "b"}'
    )


def test_blank_lines_are_no_records(here):
    """
    A file of JSON Lines without a record is told.
    """
    assert [Unread("export.jsonl", "must hold a JSON object on each line, but it is blank")] == found_in(
        b"\n\n"
    )


@pytest.mark.parametrize("indent", [None, 4])
def test_a_list_is_read_element_by_element(here, indent):
    """
    A JSON list gives a copy for each object, with its place in the list; so fundus writes its crawls.
    """
    data = json.dumps([FUNDUS | {"plaintext": text} for text in (RETURNS, HALTS)], indent=indent).encode()

    assert [
        TextCopy(origin="export[0]", data=RETURNS),
        TextCopy(origin="export[1]", data=HALTS),
    ] == found_in(data, "export")


def test_a_single_object_may_take_several_lines(here):
    """
    A JSON object over several lines is one copy; so news-please may write its files.
    """
    data = json.dumps(NEWS_PLEASE, indent=2, sort_keys=True).encode()

    assert [TextCopy(origin="export", data=RETURNS, url="https://gazette.example/n")] == found_in(
        data, "export"
    )


@pytest.mark.parametrize(
    ("data", "findings"),
    [
        (b"[]", [("a.json", "must hold JSON objects with a text each, but there is none")]),
        (b"[", [("a.json", "must hold JSON objects with a text each, but there is none")]),
        (b"words", [("a.json", "must be JSON: Expecting value")]),
        (b'"words"', [("a.json", "must be a JSON object, got a string of length 5")]),
        (
            b'[null, {"text": "a"}, ["b"], 2, "c", true {"text": "d"}',
            [
                ("a.json[0]", "must be a JSON object, got null"),
                ("a.json[1]", "a"),
                ("a.json[2]", "must be a JSON object, got a list of length 1"),
                ("a.json[3]", "must be a JSON object, got a number"),
                ("a.json[4]", "must be a JSON object, got a string of length 1"),
                ("a.json[5]", "must be a JSON object, got a boolean"),
                ("a.json[6]", "d"),
            ],
        ),
        (
            b'[{"text": "a"}, words, {"text": "b"}]',
            [("a.json[0]", "a"), ("a.json[1]", "must be JSON: Expecting value; what follows is not read")],
        ),
        (
            b'[{"text": 1}, {"text": "b"}]',
            [("a.json[0]", "must hold a string under 'text', got a number"), ("a.json[1]", "b")],
        ),
        (
            b'[{"text": "a"}, 2]',
            [("a.json[0]", "a"), ("a.json[1]", "must be a JSON object, got a number")],
        ),
        (
            b'[{"text": "a"}, {"text": ',
            [("a.json[0]", "a"), ("a.json[1]", "must be JSON: Expecting value; what follows is not read")],
        ),
        (b'[{"text": "a"}, {"\xff', [("a.json", "must be UTF-8, but there is invalid start byte")]),
        (
            b'[{"a": ' + b"[" * 100_000,
            [("a.json[0]", "must be JSON that nests less deeply; what follows is not read")],
        ),
        (
            b'[{"a": ' + b"1" * 5_000 + b"}",
            [("a.json[0]", "must be JSON that has shorter numbers; what follows is not read")],
        ),
        (
            b'{\n"text": "' + b"a" * 300_000,
            [("a.json", "must have at most 150,000 bytes as a line or an object, got more")],
        ),
    ],
)
def test_a_broken_document_is_told(here, data, findings):
    """
    A document that breaks off gives what stands before, and where and why it breaks off.
    """
    found = found_in(data, "a.json", limits=Limits(text=150_000))

    assert findings == [(each.origin, getattr(each, "data", None) or each.problem) for each in found]


def test_a_number_is_one_element_wherever_the_reading_pauses(here):
    """
    A number that is longer than what is read at once is one element, and what follows has its own place.
    """
    data = b"[" + b" " * 65_530 + b"1" * 4_000 + b', {"text": "a"}]'

    assert [("a.json[0]", "must be a JSON object, got a number"), ("a.json[1]", "a")] == [
        (each.origin, getattr(each, "data", None) or each.problem) for each in found_in(data, "a.json")
    ]


def test_a_document_longer_than_a_text_is_read(here):
    """
    A list may be longer than a text may be, and the white space in it longer than what is read at once.
    """
    texts = [str(number) * 1_000 for number in range(300)]
    data = (",\n" + " " * 70_000).join(json.dumps({"text": text}) for text in texts).join("[]").encode()
    found = found_in(data, "long", limits=Limits(text=10_000))

    assert texts == [each.data for each in found]


def test_a_text_that_opens_with_a_bracket_is_a_text(here):
    """
    Plain text that opens with a bracket or a brace is no JSON.
    """
    for data in (b"[Photo: a ferry]\nThe ferry sailed.", b"{The ferry sailed.}"):
        assert [TextCopy(origin="a.txt", data=data)] == found_in(data, "a.txt")


@pytest.mark.properties
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), min_size=1),
    st.integers(1, 40),
)
def test_every_text_comes_back(tmp_path_factory, texts, chunk):
    """
    Whatever texts are written as JSON, in lines or as a list, come back in their order.
    """
    folder = tmp_path_factory.mktemp("json")
    values = [{"text": text} for text in texts]
    (folder / "a.jsonl").write_bytes(jsonl(*values))
    (folder / "b.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_CHUNK", chunk)
        assert texts * 2 == [found.data for found in copies(folder)]
