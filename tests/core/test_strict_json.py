"""
JSON from strangers: what two readers could take differently is refused, with file, line and path.
"""

from __future__ import annotations

import json

import pytest
import strategies as make
from hypothesis import given

from dateline.errors import Fault, InvalidDocument, InvalidRecord
from dateline.strict_json import MAX_DEPTH, MAX_INTEGER, lines_of, parse_json, parse_json_lines


#: A document, and what is wrong with it: path and message.
FAULTS = [
    (b'{"a": 1, "a": 2}', ["key 'a' stands twice @ $"]),
    (b'{"a": 1, "\\u0061": 1}', ["key 'a' stands twice @ $"]),
    (b'{"a": 1, "a": 1, "a": 1}', ["key 'a' stands twice @ $"]),
    (b'[{"b": {"": 0, "": 0}}]', ["key '' stands twice @ $[0].b"]),
    (
        b'{"a": {"x": NaN}, "a": 1, "b": 1.5, "b": 2}',
        [
            "key 'a' stands twice @ $",
            "key 'b' stands twice @ $",
            "NaN is no number of JSON @ $.a.x",
            "number 1.5 must be whole, or a string @ $.b",
        ],
    ),
    (b"NaN", ["NaN is no number of JSON @ $"]),
    (b'{"a": Infinity}', ["Infinity is no number of JSON @ $.a"]),
    (b'{"a": [0, -Infinity]}', ["-Infinity is no number of JSON @ $.a[1]"]),
    (b"[1.0]", ["number 1.0 must be whole, or a string @ $[0]"]),
    (b"[1e2]", ["number 1e2 must be whole, or a string @ $[0]"]),
    (b"[1E400]", ["number 1E400 must be whole, or a string @ $[0]"]),
    (b"[-0.0]", ["number -0.0 must be whole, or a string @ $[0]"]),
    (b"9007199254740992", ["number 9007199254740992 is beyond 2^53 - 1 @ $"]),
    (b"-9007199254740992", ["number -9007199254740992 is beyond 2^53 - 1 @ $"]),
    (b"[" + b"9" * 10_000 + b"]", [f"number {'9' * 40} is beyond 2^53 - 1 @ $[0]"]),
    (b'["\\ud800"]', ["string must not hold a lone surrogate @ $[0]"]),
    (b'["a\\udfffb"]', ["string must not hold a lone surrogate @ $[0]"]),
    (b'["\\udc00\\ud800"]', ["string must not hold a lone surrogate @ $[0]"]),
    (b'{"\\ud800": 1}', ["key must not hold a lone surrogate @ $"]),
    (
        b'{"\\ud800": "\\ud800"}',
        [
            "key must not hold a lone surrogate @ $",
            "string must not hold a lone surrogate @ $['\\ud800']",
        ],
    ),
    (b'{"a b": {"\\u001b[2J": 0.5}}', ["number 0.5 must be whole, or a string @ $['a b']['\\x1b[2J']"]),
    (
        b'[NaN, {"a": 0.1, "b": [1e5]}]',
        [
            "NaN is no number of JSON @ $[0]",
            "number 0.1 must be whole, or a string @ $[1].a",
            "number 1e5 must be whole, or a string @ $[1].b[0]",
        ],
    ),
]

#: A document, and the problem with it as a whole.
DOCUMENTS = [
    (b"", "must be JSON: Expecting value at column 1"),
    (b" ", "must be JSON: Expecting value at column 2"),
    (b"{", "must be JSON: Expecting property name enclosed in double quotes at column 2"),
    (b"[1,]", "must be JSON"),
    (b"{'a': 1}", "must be JSON"),
    (b"[1] [2]", "must be JSON: Extra data at column 5"),
    (b"[01]", "must be JSON"),
    (b"[+1]", "must be JSON"),
    (b"nul", "must be JSON"),
    (b"// no", "must be JSON"),
    (b'["\x00"]', "must be JSON: Invalid control character at at column 3"),
    (b'["\t"]', "must be JSON"),
    (b'["\\x41"]', "must be JSON"),
    (b'["\\ud8"]', "must be JSON"),
    (b"\xef\xbb\xbf{}", "must not open with a byte order mark"),
    (b'["\xff"]', "must be UTF-8, but byte 2 is not"),
    (b'["\xed\xa0\x80"]', "must be UTF-8, but byte 2 is not"),
    (b'["\xc0\xaf"]', "must be UTF-8, but byte 2 is not"),
    ('["é"]'.encode("utf-16"), "must be UTF-8"),
    (b"[" * 101 + b"]" * 101, "must not nest deeper than 100"),
    (b"[" * 101 + b"0" + b"]" * 101, "must not nest deeper than 100"),
    (b'{"a":' * 101 + b"0" + b"}" * 101, "must not nest deeper than 100"),
    (b'{"a":' * 100 + b'{"b":1,"b":2}' + b"}" * 100, "must not nest deeper than 100"),
    (b"[" * 100_000, "must not nest deeper than 100"),
    (b"[" * 100_000 + b"]" * 100_000, "must not nest deeper than 100"),
    (b'{"a":' * 100_000 + b"0" + b"}" * 100_000, "must not nest deeper than 100"),
]


@pytest.mark.properties
@given(make.json_values())
def test_right_json_is_read_as_by_anybody(value):
    """
    A document in which nothing is doubtful is read as the standard library reads it.
    """
    for escaped in (True, False):
        data = json.dumps(value, ensure_ascii=escaped).encode()
        assert value == parse_json(data, "x.json")


@pytest.mark.parametrize(("data", "faults"), FAULTS, ids=[data[:40] for data, _ in FAULTS])
def test_every_doubtful_value_is_named(data, faults):
    """
    Each fault is given with its path, under the file's name.
    """
    with pytest.raises(InvalidRecord) as caught:
        parse_json(data, "x.json")

    assert ("x.json", faults) == (caught.value.subject, [str(fault) for fault in caught.value.faults])


@pytest.mark.parametrize(("data", "faults"), FAULTS, ids=[data[:40] for data, _ in FAULTS])
def test_faults_in_a_line_name_it(data, faults):
    """
    In JSON Lines each fault is given with its line too.
    """
    lines = parse_json_lines(b'{"good": 1}\n' + data + b"\n", "x.jsonl")

    assert (1, {"good": 1}) == next(lines)
    with pytest.raises(InvalidRecord) as caught:
        next(lines)
    assert "x.jsonl:2: " + "; ".join(faults) == str(caught.value)


@pytest.mark.parametrize(
    ("data", "problem"), DOCUMENTS, ids=[f"{data[:12]!r}{len(data)}" for data, _ in DOCUMENTS]
)
def test_what_is_no_document_is_refused(data, problem):
    """
    Bytes that are no JSON are refused with file, line and the reason.
    """
    with pytest.raises(InvalidDocument) as caught:
        parse_json(data, "x.json", 7)

    assert ("x.json", 7, "$") == (caught.value.file, caught.value.line, caught.value.path)
    assert caught.value.problem.startswith(problem)


def test_the_line_of_a_document_in_several_lines_is_found():
    """
    Without a line of its own, a document's fault names the line inside it.
    """
    with pytest.raises(InvalidDocument, match=r"x\.json:3: must be JSON: .* at column 6 @ \$"):
        parse_json(b'{\n"a": 1,\n"b": }', "x.json")


@pytest.mark.parametrize("number", [MAX_INTEGER, -MAX_INTEGER, 0])
def test_numbers_up_to_the_limit_are_kept(number):
    """
    2^53 - 1 is the last whole number on either side.
    """
    assert [number] == parse_json(b"[%d]" % number, "x.json")


@pytest.mark.parametrize("inner", [b"", b"0", b'"text"', b"null"], ids=repr)
def test_a_hundred_brackets_may_nest(inner):
    """
    Nesting to the limit is read, whatever stands innermost.
    """
    value = parse_json(b"[" * MAX_DEPTH + inner + b"]" * MAX_DEPTH, "x.json")
    depth = 0
    while isinstance(value, list):
        value = value[0] if value else None
        depth += 1

    assert MAX_DEPTH == depth


def test_only_a_line_feed_ends_a_line():
    """
    U+0085, U+2028 and form feeds may stand raw in a string, and a carriage return before the line feed.
    """
    text = "a\u0085b\u2028c\u2029d"
    lines = json.dumps({"a": text}, ensure_ascii=False).encode() + b"\r\n[\x7f]\n".replace(b"\x7f", b"1")

    assert [(1, {"a": text}), (2, [1])] == list(parse_json_lines(lines, "x.jsonl"))


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\n", 1),
        (b"1\n\n2\n", 2),
        (b"1\n\n", 2),
        (b"1\n \n", 2),
        (b"1\n\xef\xbb\xbf2\n", 2),
        (b"1\n\xff\n", 2),
    ],
    ids=repr,
)
def test_a_blank_or_damaged_line_is_refused(data, line):
    """
    No line is skipped: a blank one, too, stops the reading and is named.
    """
    with pytest.raises(InvalidDocument) as caught:
        list(parse_json_lines(data, "x.jsonl"))

    assert ("x.jsonl", line) == (caught.value.file, caught.value.line)


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", []),
        (b"a", [b"a"]),
        (b"a\n", [b"a"]),
        (b"a\nb", [b"a", b"b"]),
        (b"a\n\n", [b"a", b""]),
        (b"\n", [b""]),
        (b"a\r\x0c\xc2\x85b\n", [b"a\r\x0c\xc2\x85b"]),
    ],
    ids=repr,
)
def test_lines_end_in_line_feeds(data, lines):
    """
    A last line feed ends the last line and begins none.
    """
    assert lines == list(lines_of(data))


def test_lines_are_read_as_they_are_asked_for():
    """
    What stands before a damaged line can be had.
    """
    lines = parse_json_lines(b"1\n2\nx\n", "x.jsonl")

    assert [(1, 1), (2, 2)] == [next(lines), next(lines)]


def test_a_hostile_key_does_not_reach_the_terminal():
    """
    Whatever a stranger writes, the message can be printed, in one line.
    """
    with pytest.raises(InvalidRecord) as caught:
        parse_json(b'{"\\u001b\\n\\u202e\\ud800\\u2028": [NaN]}', "x.json")

    assert str(caught.value).encode().isascii()
    assert str(caught.value).isprintable()
    assert Fault("$", "key must not hold a lone surrogate") in caught.value.faults
