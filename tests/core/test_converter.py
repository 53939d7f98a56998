"""
The strict door: what is canonical comes in, and everything else is a fault with its path.
"""

from __future__ import annotations

import copy
import json
import re

import pytest
import strategies as make
from attrs import field, frozen
from hypothesis import assume, given
from hypothesis import strategies as st

from dateline.codec import decode_articles, decode_entities
from dateline.converter import structure
from dateline.dates import PartialDate
from dateline.digests import encode, plain
from dateline.errors import InvalidRecord
from dateline.provenance import FieldSource
from dateline.records import Article, Claim, Entity, Quantity
from dateline.spans import Span


#: A value of each type that JSON readers and Python programs hand over.
FOREIGN = [
    True,
    False,
    0,
    7,
    -1,
    1.0,
    float("nan"),
    "",
    "7",
    "text",
    b"text",
    [],
    ["x"],
    [[]],
    {},
    {"x": 1},
    (),
    {1},
]

MINIMAL = {"id": "a", "revision": 1, "status": "published"}


def places(value, path=()):
    """
    Every place in plain data, as the keys and indices that lead there.
    """
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, (*path, index))


def printed(path):
    """
    A place as faults print it.
    """
    return "$" + "".join(f".{step}" if isinstance(step, str) else f"[{step}]" for step in path)


def at(data, path):
    """
    What stands at a place.
    """
    for step in path:
        data = data[step]

    return data


def changed(data, path, value):
    """
    A copy of *data* with *value* at a place.
    """
    if not path:
        return value
    data = copy.deepcopy(data)
    at(data, path[:-1])[path[-1]] = value

    return data


def faults(data, kind):
    """
    The faults of some data, by path.
    """
    with pytest.raises(InvalidRecord) as caught:
        structure(data, kind)

    return {fault.path: fault.message for fault in caught.value.faults}


records = make.articles | make.claims | make.entities


@pytest.mark.properties
@given(make.articles)
def test_both_doors_give_the_same_article(article):
    """
    A canonical article comes through the strict and the fast door as it went out.
    """
    data = encode(article)

    assert article == structure(json.loads(data), Article)
    assert (article,) == decode_articles([data], "a.jsonl")
    assert data == encode(structure(json.loads(data), Article)) == encode(decode_articles([data], "a")[0])


@pytest.mark.properties
@given(make.entities)
def test_both_doors_give_the_same_entity(entity):
    """
    A canonical entity comes through the strict and the fast door as it went out.
    """
    data = encode(entity)

    assert entity == structure(json.loads(data), Entity)
    assert (entity,) == decode_entities([data], "e.jsonl")
    assert data == encode(structure(json.loads(data), Entity)) == encode(decode_entities([data], "e")[0])


@pytest.mark.properties
@given(records, st.data())
def test_a_wrong_type_anywhere_is_a_fault_with_its_path(record, data):
    """
    Nothing is coerced: any value of another type than the right one is refused where it stands.
    """
    right = plain(record)
    path = data.draw(st.sampled_from(list(places(right))))
    wrong = data.draw(
        st.sampled_from([value for value in FOREIGN if type(value) is not type(at(right, path))])
    )

    assert [printed(path)] == list(faults(changed(right, path, wrong), type(record)))


def test_a_wrong_type_in_every_field_is_a_fault():
    """
    One document with every field, each of them replaced in turn.
    """
    record = EVERYTHING
    for path in places(record):
        for wrong in FOREIGN:
            if type(wrong) is not type(at(record, path)):
                assert [printed(path)] == list(faults(changed(record, path, wrong), Article)), path


@pytest.mark.properties
@given(records, st.data())
def test_all_faults_are_told_at_once(record, data):
    """
    Several wrong values give one error, which names each of them.
    """
    right = plain(record)
    paths = data.draw(st.lists(st.sampled_from(list(places(right))), min_size=2, max_size=5, unique=True))
    apart = [
        path for path in paths if not any(path[: len(other)] == other for other in paths if other != path)
    ]
    wrong = right
    for path in apart:
        wrong = changed(wrong, path, 1.5)

    assert {printed(path) for path in apart} == set(faults(wrong, type(record)))


@pytest.mark.properties
@given(records, st.data())
def test_none_is_for_what_is_optional(record, data):
    """
    None in place of a value is the same as leaving it out, or a fault.
    """
    right = plain(record)
    path = data.draw(st.sampled_from([path for path in places(right) if path]))
    try:
        made = structure(changed(right, path, None), type(record))
    except InvalidRecord as error:
        assert [printed(path)] == [fault.path for fault in error.faults]  # noqa: PT017 - either outcome is right
        assert "got None" in str(error)  # noqa: PT017 - either outcome is right
        return
    left_out = copy.deepcopy(right)
    del at(left_out, path[:-1])[path[-1]]

    assert made == structure(left_out, type(record))


@pytest.mark.properties
@given(records, st.data())
def test_an_unknown_key_anywhere_is_a_fault(record, data):
    """
    A key that no field has is refused, in the object that it stands in.
    """
    right = plain(record)
    objects = [path for path in places(right) if isinstance(at(right, path), dict)]
    path = data.draw(st.sampled_from(objects))
    key = data.draw(st.sampled_from(["nope", "Id", "", "_id", "__class__", "id ", "\u202e", "x" * 200]))
    found = faults(changed(right, (*path, key), None), type(record))

    assert [printed(path)] == list(found)
    assert found[printed(path)].startswith("unknown key ")
    assert found[printed(path)].isprintable()


@pytest.mark.properties
@given(records, st.data())
def test_a_missing_key_is_a_fault_or_a_default(record, data):
    """
    A required key that is missing is named; without an optional one there is its default.
    """
    right = plain(record)
    inner = [path for path in places(right) if path and isinstance(path[-1], str)]
    path = data.draw(st.sampled_from(inner))
    without = copy.deepcopy(right)
    del at(without, path[:-1])[path[-1]]
    try:
        made = structure(without, type(record))
    except InvalidRecord as error:
        message = f"required key {path[-1]!r} is missing"
        assert [(printed(path[:-1]), message)] == [(fault.path, fault.message) for fault in error.faults]  # noqa: PT017 - either outcome is right
        return

    assert plain(made) == without


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("id", "A b", "article id must look like 'kherson-seized', got 'A b'"),
        ("revision", 0, "revision must be a whole number from 1, got 0"),
        ("status", "lost", "status must be one of published, corrected, withdrawn, got 'lost'"),
        ("status", "PUBLISHED", "status must be one of published, corrected, withdrawn, got 'PUBLISHED'"),
        ("headline", " ", "headline must be text that is not blank, of at most 2000 characters, got ' '"),
        ("headline", "\ud800", "text must not hold a lone surrogate, got '\\ud800'"),
        (
            "url",
            "javascript:alert(1)",
            "url must look like 'https://example.org/article', got 'javascript:alert(1)'",
        ),
        ("language", "english!", "language must look like 'en-GB', got 'english!'"),
        ("published", "2022-02-30", "date must have a day in 1..28, got '2022-02-30'"),
        ("claims", "abc", "expected a list, got 'abc'"),
        ("claims", ("a",), "expected a list, got ('a',)"),
        ("publisher", "News", "expected an object, got 'News'"),
        ("revision", True, "expected a whole number, got True"),
        ("revision", "1", "expected a whole number, got '1'"),
        ("headline", 1, "expected text, got 1"),
    ],
)
def test_the_message_says_what_is_wrong(key, value, message):
    """
    A fault carries the rule's own words.
    """
    assert {f"$.{key}": message} == faults(MINIMAL | {key: value}, Article)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1.0",
            "01",
            "+1",
            "1e3",
            "1E3",
            ".5",
            "5.",
            "-0",
            "0.10",
            "",
            " 1",
            "1_0",
            "NaN",
            "Infinity",
            "--1",
        ),
        *("1.2.3", "-", ".", "٣", "9" * 31, "9" * 81, "0." + "0" * 30 + "1"),
    ],
)
def test_decimals_come_in_normal_form_only(text):
    """
    A decimal has one written form, so that its bytes are canonical.
    """
    data = {"value": text, "bound": "exactly", "unit": "day"}

    assert ["$.value"] == list(faults(data, Quantity))


def test_rules_run_field_by_field():
    """
    A broken rule, a wrong type, a missing and an unknown key are told together, each in its place.
    """
    data = {
        "id": "Ä",
        "status": "published",
        "nope": 1,
        "claims": [{"id": 1}, {"evidence": [{"start": 2, "end": 1}]}],
    }
    found = faults(data, Article)

    assert {"$", "$.id", "$.claims[0].id", "$.claims[0]", "$.claims[1]", "$.claims[1].evidence[0]"} == set(
        found
    )
    assert (
        "span must start at 0 or later and end after it starts, got (2, 1)"
        == found["$.claims[1].evidence[0]"]
    )


def test_the_subject_is_named():
    """
    The message begins with the file and line given, or else with the kind of record.
    """
    with pytest.raises(InvalidRecord, match=r"^a\.jsonl:3: expected an object, got \[\] @ \$$"):
        structure([], Article, "a.jsonl:3")
    with pytest.raises(InvalidRecord, match=r"^Claim: expected an object, got None @ \$$") as caught:
        structure(None, Claim)

    assert caught.value.__cause__ is None


@pytest.mark.parametrize("kind", [Span, FieldSource, Quantity])
def test_any_class_of_record_can_be_asked_for(kind):
    """
    The door is open to parts of records too.
    """
    assert re.match(r"required key '\w+' is missing", faults({}, kind)["$"])


def test_a_rule_keeps_its_subject():
    """
    A fault of a rule says what the rule is about, one of a type does not.
    """
    with pytest.raises(InvalidRecord) as caught:
        structure({"start": 3, "end": 1}, Span)
    assert ["span"] == [fault.subject for fault in caught.value.faults]
    with pytest.raises(InvalidRecord) as caught:
        structure({"start": "3", "end": 1}, Span)
    assert [""] == [fault.subject for fault in caught.value.faults]


def _divide(instance, attribute, value):
    """
    A rule that fails of itself.
    """
    return value / 0


@frozen
class Trap:
    """
    A record with a mistake in its rule.
    """

    number: int = field(validator=_divide)


def test_what_is_no_fault_of_the_data_is_not_hidden():
    """
    An error that no data can cause is raised as it is.
    """
    with pytest.raises(ZeroDivisionError):
        structure({"number": 1}, Trap)


@pytest.mark.properties
@given(make.json_values())
def test_any_json_is_a_record_or_refused(value):
    """
    Whatever JSON comes, the only error is that it is no record.
    """
    assume(not isinstance(value, dict) or not MINIMAL.keys() <= value.keys())
    for kind in (Article, Entity, Claim, Span):
        with pytest.raises(InvalidRecord):
            structure(value, kind)


EVERYTHING = plain(
    Article(
        **MINIMAL,
        headline="007",
        publisher=make.Credit(name="N", entity="group/a", family="F", given="G"),
        bylines=[make.Credit(name="N")],
        agencies=[make.Credit(name="N")],
        published="2022",
        dateline=make.Dateline(place="P", entity="place/a", date="2022"),
        url="https://example.org/",
        language="en",
        rights=make.Rights(uri="https://example.org/", holder="H", note="N"),
        abstract="A",
        topics=[make.Topic(code="medtop:16000000", label="war")],
        copies=[
            make.Copy(url="https://example.org/", publisher=make.Credit(name="N"), relation="later", note="N")
        ],
        mentions=[make.Mention(entity="place/a", spans=[Span(0, 1)])],
        claims=[
            Claim(
                id="a/c01",
                statement="S",
                kind="event",
                claimant="group/a",
                stance="asserts",
                evidence=[Span(0, 9, "012345", "b")],
                channel="radio",
                via=["group/a"],
                said=PartialDate("2022"),
                happened="2022",
                places=["place/a"],
                about=["person/a"],
                quantities=[Quantity(value=make.Decimal(1), bound="about", unit="day", of="rain")],
                relations=[make.Relation(kind="supports", claim="b/c01", note="N")],
                sources=[
                    FieldSource(
                        fields=["kind"],
                        basis="stated",
                        evidence=[Span(0, 1)],
                        reference="R",
                        by="B",
                        note="N",
                    )
                ],
            )
        ],
        text=make.TextFingerprint(
            length=1,
            **dict.fromkeys(("exact", "nfc_lf", "loose", "loose_body"), "sha256:" + "0" * 64),
            furniture=[Span(0, 1)],
            anchors=[make.Anchor(start=0, tag="01234")],
        ),
        capture=make.Capture(file="f", size=1, digest="sha256:" + "0" * 64, date="2022"),
        sources=[FieldSource(fields=["headline"], basis="stated")],
    )
)
