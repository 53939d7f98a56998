"""
The JSON Schema: what it accepts is what the strict door accepts, whichever of the two is asked.
"""

from __future__ import annotations

import calendar
import copy
import functools
import json
import math
import re
import shutil
import subprocess
import sys
import typing
from decimal import Decimal

import attrs
import pytest
import strategies as make
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import dateline
from dateline import dates, json_schemas
from dateline.converter import structure
from dateline.dates import PartialDate
from dateline.digests import decimal_text, plain
from dateline.errors import InvalidRecord, InvalidValue
from dateline.formats.heading import Heading
from dateline.formats.records_json import Document
from dateline.json_schemas import SCHEMAS, UNSAID, comments, json_schema
from dateline.records import Article, Claim, Entity
from dateline.spans import Span
from dateline.strict_json import parse_json
from dateline.validators import MAX_DIGITS, WHITE_SPACE, decimal_pattern, writable
from dateline.vocabulary import DefinedEnum


KINDS = {"article": Article, "claim": Claim, "entity": Entity, "corpus": Document}

#: One document in which every field of every class stands; $NAME is what is defined under that name.
PARTS = {
    "SHA": '"sha256:0000000000000000000000000000000000000000000000000000000000000000"',
    "CREDIT": '{"name": "N", "entity": "group/a", "family": "F", "given": "G"}',
    "SPAN": '{"start": 0, "end": 40, "tag": "0f3a9c", "article": "b"}',
    "SOURCE": """{
        "fields": ["kind"], "basis": "stated", "evidence": [$SPAN], "reference": "R", "by": "B", "note": "N"
    }""",
    "CLAIM": """{
        "id": "a/c01", "statement": "S", "kind": "event", "claimant": "group/a", "stance": "asserts",
        "evidence": [$SPAN], "channel": "radio", "via": ["group/a"], "said": "2022-03-02~",
        "happened": "2022-02-24/2022-03-02", "places": ["place/a"], "about": ["person/a"],
        "quantities": [{"value": "-1.5", "bound": "about", "unit": "day", "of": "rain"}],
        "relations": [{"kind": "supports", "claim": "b/c01", "note": "N"}], "sources": [$SOURCE]
    }""",
    "ARTICLE": """{
        "id": "a", "revision": 1, "status": "published", "headline": "007", "publisher": $CREDIT,
        "bylines": [$CREDIT], "agencies": [$CREDIT], "published": "[2022-03-02,2022-03-03]",
        "dateline": {"place": "P", "entity": "place/a", "date": "2022-03"},
        "url": "https://example.org/", "language": "en-GB",
        "rights": {"uri": "https://example.org/", "holder": "H", "note": "N"},
        "abstract": "A", "topics": [{"code": "medtop:16000000", "label": "war"}],
        "copies": [
            {"url": "https://example.org/", "publisher": $CREDIT, "relation": "later", "note": "N"}
        ],
        "mentions": [{"entity": "place/a", "spans": [$SPAN]}], "claims": [$CLAIM],
        "text": {
            "length": 1, "exact": $SHA, "nfc_lf": $SHA, "loose": $SHA, "loose_body": $SHA,
            "furniture": [$SPAN], "anchors": [{"start": 0, "tag": "0f3a9"}]
        },
        "capture": {"file": "a.txt", "size": 1, "digest": $SHA, "date": "2022"}, "sources": [$SOURCE]
    }""",
    "ENTITY": """{
        "id": "place/a", "kind": "place", "name": "N", "variants": ["V"], "description": "D",
        "wikidata": "Q1", "geonames": "1", "iso3166": "UA-65", "gnd": "4055554-3",
        "latitude": "46.635", "longitude": "-32.61", "sources": [$SOURCE]
    }""",
    "EVERYTHING": """{
        "corpus": {
            "schema": "1.0", "min_reader": "0.1.0", "digest": $SHA, "pin": "a@1.0.0",
            "selection": "where.kind('event')",
            "description": {
                "name": "a", "title": "T", "description": "D", "licence": "CC-BY-4.0", "creators": ["C"],
                "language": "en", "keywords": ["K"], "released": "2022", "url": "U"
            }
        },
        "entities": [$ENTITY],
        "articles": [$ARTICLE]
    }""",
}


def assembled(name):
    """
    A part of the document with everything, as data.
    """
    text = f"${name}"
    while "$" in text:
        text = re.sub(r"\$([A-Z]+)", lambda found: PARTS[found[1]], text)

    return json.loads(text)


SHA, CREDIT, SPAN = assembled("SHA"), assembled("CREDIT"), assembled("SPAN")
ENTITY, EVERYTHING = assembled("ENTITY"), assembled("EVERYTHING")

#: Lengths at which some field's text is too long, or just not.
LIMITS = (100, 200, 300, 500, 1000, 2000, 4000)

#: Texts that some rule of the records is about: right for one field, nearly right for another.
NEAR = (
    *("a", "A", "a-b", "a--b", "-a", "a-", "a_b", "a b", "ä", "a\n", "\na", "place", "persona", "x" * 201),
    *("a/c01", "a/c1", "a/c000001", "a/c0000001", "place/c01", "group/a", "group/", "groups/a", "a/b/c01"),
    *(f"{'x' * 195}/c001", f"{'x' * 196}/c001", f"place/{'x' * 194}", f"place/{'x' * 195}", "x" * 200),
    *(SHA, SHA.upper(), SHA[:-1], SHA + "0", SHA + "\n", "md5:" + "0" * 32, "sha256:" + "g" * 64),
    *("1.0.0", "1.0", "01.0.0", "1.0.0.0", "9999999999.0.0", "999999999.0.0", "1.0\n", "1.0", "a@1.0.0"),
    *("a@1.0.0#", f"a@1.0.0#{SHA}", "@1.0.0", "a@1", "a@@1.0.0", f"{'x' * 200}@1.0.0", f"{'x' * 201}@1.0.0"),
    *("2022", "0000", "0001", "9999", "22", "2022-00", "2022-13", "2022-12", "2022-1", "2022-03-00"),
    *("2022-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "0000-02-29", "2022-04-31", "2022-12-32"),
    *("2022~", "2022?", "2022%", "~2022", "2022~?", "2022-03-02T00:00:00Z", "2022/2023", "2023/2022"),
    *(
        "2022/",
        "/2022",
        "2022/2023/2024",
        "[2022,2023]",
        "[2023,2022]",
        "[2022,2022]",
        "[2022]",
        "[]",
        "[2022,]",
    ),
    *("[2022/2023,2024]", "2022-02-30/2022-03", "[2022~,2023?]", "2022\n", " 2022", "٢٠٢٢", "2022–23"),
    *(
        "0",
        "-0",
        "1",
        "01",
        "1.0",
        "1.5",
        ".5",
        "5.",
        "-0.5",
        "+1",
        "1e3",
        "1_0",
        "NaN",
        "0.0",
        "1.50",
        "1\n",
    ),
    *(
        "9" * 30,
        "9" * 31,
        "0." + "0" * 28 + "1",
        "0." + "0" * 29 + "1",
        "1." + "1" * 14,
        "1." + "1" * 15,
        "9" * 28 + ".1",
        "9" * 29 + ".1",
    ),
    *(
        "https://example.org/",
        "http://a",
        "https://",
        "ftp://a",
        "https://a b",
        "https://a\u0085b",
        "https://a<b",
    ),
    *('https://a"b', "https://a\ufeffb", "https://a\x1cb", "https://a\n", "HTTPS://a", "https://a\u2028b"),
    *(
        "en",
        "en-GB",
        "e",
        "en_GB",
        "en-",
        "english-toolonganswer",
        "abcdefghi",
        "medtop:16000000",
        "medtop:1",
    ),
    *(
        "Q1",
        "Q0",
        "Q01",
        "q1",
        "Q1\n",
        "706448",
        "UA",
        "ua",
        "UA-65",
        "UA-6543",
        "4055554-3",
        "11855042X",
        "-3",
    ),
    *(
        "0f3a9",
        "0f3a9c",
        "0F3A9",
        "0f3a9c0",
        "a.txt",
        "..",
        ".",
        "...",
        "a/b",
        "a\\b",
        "..\n",
        "a\x1f",
        "a\x7f",
    ),
    *(
        "published",
        "dateline.date",
        "dateline.date.x",
        "_a",
        "a.",
        "CC-BY-4.0",
        "CC BY",
        "where.kind('event')",
    ),
    *(
        "",
        " ",
        "\t",
        "\u0085",
        "\u2028",
        "\u3000",
        "\ufeff",
        "\u200b",
        "\x1c",
        "\x00",
        " a ",
        "\ud800",
        "None",
    ),
    *(
        "stated",
        "Stated",
        "person",
        "about",
        "exactly",
        "later",
        "asserts",
        "control",
        "withdrawn",
        "supports",
    ),
)

#: Values that are no text; the numbers stand at the bounds.
OTHERS = (
    *(None, True, False, 0, 1, -1, 2, 40, 41, 2**53 - 1, 2**53, -(2**53), 10**40, 0.0, 1.0, 1.5, math.nan),
    *([], {}, [[]], [None], [""], ["place/a"], ["published"], {"x": 1}, [{}], [SPAN], SPAN, CREDIT),
)


def classes_within(kind):
    """
    A class and the classes of records that its fields lead to, by name.
    """
    found = {kind.__name__: kind}
    for hint in typing.get_type_hints(kind).values():
        for part in (hint, *typing.get_args(hint)):
            if attrs.has(part):
                found |= classes_within(part)

    return found


CLASSES = classes_within(Document)

#: The closed lists of the records.
LISTS = [kind for kind in DefinedEnum.__subclasses__() if kind.__module__ == "dateline.vocabulary"]


@functools.cache
def validator(name, definition=None, field=None):
    """
    A validator of the schema of that *name*, of one of its definitions, or of a field alone of such objects.
    """
    schema = json_schema(name)
    if definition is not None:
        schema = {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}
    if field is not None:
        of_field = schema["$defs"][definition]["properties"][field]
        schema = {"properties": {field: of_field}, "$defs": schema["$defs"]}

    # No format checker: patterns alone decide.
    return Draft202012Validator(schema)


def faults(document, kind):
    """
    What the door has against a document, its text read as strictly as its values.
    """
    try:
        structure(parse_json(json.dumps(document).encode(), "x.json"), kind)
    except InvalidRecord as error:
        return error.faults

    return ()


def at(document, path):
    """
    What stands at a path as faults print it.
    """
    for key, index in re.findall(r"\.(\w+)|\[([0-9]+)\]", path):
        document = document[key or int(index)]

    return document


def unsaid(fault, document):
    """
    The rule among those that no schema says which a fault tells of; None if there is none.
    """
    if fault.message.startswith("number ") and at(document, fault.path) == int(at(document, fault.path)):
        return "json" if isinstance(at(document, fault.path), float) else None
    if fault.message.endswith("not hold a lone surrogate"):
        return "json"
    if fault.subject == "span":
        span = at(document, fault.path)
        return "span" if span["start"] >= span["end"] >= 1 else None
    if fault.subject == "date" and "not end before it starts" in fault.message:
        return "extent"
    if fault.subject == "date" and "different choices in order" in fault.message:
        return "choice" if "," in at(document, fault.path) else None

    return "selection" if fault.subject == "selection" else None


def assert_same_verdict(document, kind, validates):
    """
    Door and schema agree; or the schema lets pass what breaks nothing but rules that it can't say.
    """
    found = faults(document, kind)
    accepted = validates.is_valid(document)
    if found and accepted:
        assert all(unsaid(fault, document) in UNSAID for fault in found), (found, document)
    else:
        assert accepted == (not found), (document, found or next(validates.iter_errors(document)).message)


def places(value, path=()):
    """
    Every place in plain data, as the keys and indices that lead there.
    """
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    for step, item in items:
        yield from places(item, (*path, step))


def reached(value, path):
    """
    What stands at a place.
    """
    for step in path:
        value = value[step]

    return value


def changed(document, path, value):
    """
    A copy of a document with another value at a place.
    """
    if not path:
        return value
    document = copy.deepcopy(document)
    reached(document, path[:-1])[path[-1]] = value

    return document


@st.composite
def edited(draw, text):
    """
    A text with one character more or less, or another.
    """
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(start + 1, len(text))))

    return text[:start] + draw(st.sampled_from(["", "\n", "0", "9", "-", "/", "é", "A", " "])) + text[end:]


@st.composite
def mutated(draw, document):
    """
    A document with one thing changed: a key dropped or added, or a value that is likely to be wrong.
    """
    path = draw(st.sampled_from(list(places(document))))
    value = reached(document, path)
    options = [
        st.sampled_from(OTHERS),
        st.sampled_from(NEAR),
        st.builds(lambda length, text: text * length, st.sampled_from(LIMITS), st.sampled_from("x😀")),
        st.builds(lambda length: "x" * (length + 1), st.sampled_from(LIMITS)),
    ]
    if isinstance(value, str):
        options += [edited(value), st.just(value + "\n")] * 2
    if isinstance(value, int):
        options += [st.integers(value - 2, value + 2), st.integers()]
    if isinstance(value, list):
        options += [st.just(value * 2), st.just(value[::-1]), st.just([*value, None])]
    if isinstance(value, dict):
        keys = st.sampled_from(["nope", "Id", "", "id", "tag", "sources", "$schema", "__class__"])
        options += [keys.map(lambda key: value | {key: None})] * 2
        options += [st.just({other: item for other, item in value.items() if other != key}) for key in value]

    return changed(document, path, draw(st.one_of(options)))


RECORDS = {
    "article": make.articles.map(plain),
    "claim": make.claims.map(plain),
    "entity": make.entities.map(plain),
    "corpus": make.corpora(most=1).map(lambda corpus: json.loads(dateline.dumps(corpus, "json"))),
}
DOCUMENTS = st.sampled_from(sorted(RECORDS)).flatmap(lambda name: st.tuples(st.just(name), RECORDS[name]))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid(name):
    """
    Each schema is one by the meta-schema of Draft 2020-12, names it, and stands on its own.
    """
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    text = json.dumps(schema)
    led_to = set(re.findall(r'"\$ref": "#/\$defs/(\w+)"', text))

    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert led_to == set(schema["$defs"])
    assert text.count('"$ref"') == text.count('"$ref": "#/$defs/')


@pytest.mark.properties
@given(DOCUMENTS)
def test_what_was_dumped_is_valid(named):
    """
    The schema accepts every record, and every whole corpus, that is written.
    """
    name, document = named

    assert () == faults(document, KINDS[name])
    assert [] == list(validator(name).iter_errors(document))


@pytest.mark.properties
@given(make.corpora(most=1))
def test_each_line_that_was_dumped_is_valid(corpus):
    """
    The schema of lines accepts every line of JSON Lines, and no two in one.
    """
    lines = [json.loads(line) for line in dateline.dumps(corpus, "jsonl").split("\n") if line]

    assert all(validator("corpus-line").is_valid(line) for line in lines)
    assert not validator("corpus-line").is_valid(lines[0] | lines[-1])
    assert not validator("corpus-line").is_valid({})


@pytest.mark.properties
@given(DOCUMENTS, st.data())
def test_door_and_schema_agree_on_what_is_changed(named, data):
    """
    However a document is changed, the schema's answer is the door's.
    """
    name, document = named
    for _ in range(data.draw(st.integers(1, 2))):
        document = data.draw(mutated(document))

    assert_same_verdict(document, KINDS[name], validator(name))


@pytest.mark.properties
@given(st.sampled_from(["entity", "article"]), st.data())
def test_door_and_schema_agree_on_a_changed_line(kind, data):
    """
    A line of JSON Lines is accepted if its one record is.
    """
    line = {kind: data.draw(mutated(data.draw(RECORDS[kind])))}
    expected = validator(kind).is_valid(line[kind])

    assert validator("corpus-line").is_valid(line) == expected


@pytest.mark.properties
@given(make.json_values())
def test_door_and_schema_agree_on_any_json(value):
    """
    What has nothing to do with records is refused by both.
    """
    for name, kind in KINDS.items():
        assert_same_verdict(value, kind, validator(name))


def owners(document, kind):
    """
    Each object in a document with its class.
    """
    yield document, kind
    hints = typing.get_type_hints(kind)
    for name, value in document.items():
        inner = [part for part in (hints[name], *typing.get_args(hints[name])) if attrs.has(part)]
        for item in value if isinstance(value, list) else [value]:
            if inner and isinstance(item, dict):
                yield from owners(item, inner[0])


def test_the_document_with_everything_has_it():
    """
    Every class is met with every field set, and both sides accept the whole.
    """
    met = {kind.__name__: set(found) for found, kind in owners(EVERYTHING, Document)}

    assert met == {name: {field.name for field in attrs.fields(kind)} for name, kind in CLASSES.items()}
    assert () == faults(EVERYTHING, Document)
    assert validator("corpus").is_valid(EVERYTHING)


@pytest.mark.parametrize("name", CLASSES)
def test_door_and_schema_agree_on_every_field(name):
    """
    Each field of each class takes the same of all values that are right, or nearly right, somewhere.
    """
    kind = CLASSES[name]
    whole = next(found for found, owner in owners(EVERYTHING, Document) if owner is kind)
    words = [word.value for words in LISTS for word in words]
    for field in attrs.fields(kind):
        rest = {key: value for key, value in needed(whole, kind).items() if key != field.name}
        assert_same_verdict(rest, kind, validator("corpus", name))
        for value in (*OTHERS, *NEAR, *words, *lengths()):
            placed = [value] if isinstance(whole[field.name], list) else value
            assert_same_verdict(rest | {field.name: placed}, kind, validator("corpus", name, field.name))
        for value in OTHERS:
            assert_same_verdict(rest | {field.name: value}, kind, validator("corpus", name, field.name))


def needed(document, kind):
    """
    Of an object what its class can't do without, and no long lists.
    """
    names = [field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING]

    return {name: [] if name in {"entities", "articles", "evidence"} else document[name] for name in names}


def lengths():
    """
    Texts as long as some field may be, and one longer; short ones in characters beyond the first 65,536, too.
    """
    plain_ones = ["x" * length for limit in LIMITS for length in (limit, limit + 1)]

    return [*plain_ones, *(text.replace("x", "😀") for text in plain_ones if len(text) < 600)]


def texts_of(schema):
    """
    Every definition of a text in a schema, by where it stands.
    """
    found = {}
    for name, definition in schema["$defs"].items():
        if definition.get("type") == "string":
            found[name] = definition
        for field, value in definition.get("properties", {}).items():
            for inner in (value, value.get("items", {}), *value.get("anyOf", ())):
                if inner.get("type") == "string":
                    found[f"{name}.{field}"] = inner

    return found


TEXTS = texts_of(json_schema("corpus"))
PATTERNED = {place: text for place, text in TEXTS.items() if "not" in text}

#: For each patterned text an object that has it, and where.
HOLDERS = {
    "ArticleId": ("Span.article", Span),
    "ClaimId": ("Relation.claim", dateline.Relation),
    "EntityId": ("Mention.entity", dateline.Mention),
    "Digest": ("Capture.digest", dateline.Capture),
    "DatasetName": ("Description.name", dateline.Description),
    "Version": ("Heading.min_reader", Heading),
    "Decimal": ("Quantity.value", dateline.Quantity),
    "PartialDate": ("Capture.date", dateline.Capture),
}


@pytest.mark.properties
@pytest.mark.parametrize("place", PATTERNED)
@given(data=st.data())
def test_the_door_takes_what_the_schema_describes(place, data):
    """
    Texts made from a schema's pattern are accepted by the door.
    """
    pattern = PATTERNED[place]["pattern"]
    accepts = Draft202012Validator(PATTERNED[place])
    text = data.draw(st.from_regex(pattern, fullmatch=True).filter(accepts.is_valid))
    home, kind = HOLDERS.get(place, (place, CLASSES[place.partition(".")[0]] if "." in place else None))
    document = next(found for found, owner in owners(EVERYTHING, Document) if owner is kind)
    field = home.partition(".")[2]
    value = [text] if isinstance(document[field], list) else text

    assert_same_verdict(document | {field: value}, kind, validator("corpus", kind.__name__))


#: For each rule that no schema says, values that break it and nothing else.
BREAKING = {
    "json": [{"revision": 1.0}, {"headline": "\ud800"}],
    "span": [{"start": 7, "end": 7}, {"start": 8, "end": 7}],
    "extent": [{"published": text} for text in ("2023/2022", "2022-03/2022-02-28", "2022-02/2022-02-10")],
    "choice": [{"published": text} for text in ("[2023,2022]", "[2022,2022]", "[2022,2023,2022]")],
    "selection": [{"selection": text} for text in ("", "import os", "where.nothing()")],
}
BROKEN = [(rule, values) for rule, cases in BREAKING.items() for values in cases]
HOLDS = {"span": Span, "selection": Heading}


@pytest.mark.parametrize(("rule", "values"), BROKEN)
def test_the_schema_says_which_rules_it_lacks(rule, values):
    """
    Each rule that no schema says is in fact not said, and is known to the door.
    """
    kind = HOLDS.get(rule, Article)
    document = next(found for found, owner in owners(EVERYTHING, Document) if owner is kind) | values

    assert validator("corpus", kind.__name__).is_valid(document)
    assert [rule] == [unsaid(fault, document) for fault in faults(document, kind)]


def test_the_rules_that_no_schema_says_are_a_closed_list():
    """
    They are five, each shown by an example above, and each stands as a comment in the schema.
    """
    notes = " ".join(re.findall(r'"\$comment": "([^"]*)"', json.dumps(json_schema("corpus"))))

    assert BREAKING.keys() == UNSAID.keys()
    assert all(rule in notes for rule in UNSAID.values())
    assert UNSAID["selection"] not in json.dumps(json_schema("article"))


def test_the_pattern_of_dates_knows_the_calendar():
    """
    Of all months, and all days of years of every kind, the pattern takes those that exist.
    """
    whole = re.compile(dates.PATTERN)
    years = [f"{year:04}" for year in range(10_000)]
    days = [f"-{month:02}-{day:02}" for month in range(14) for day in range(33)]
    chosen = ["0000", "0001", "0004", "0100", "0400", "1900", "2000", "2022", "2024", "2100", "9996", "9999"]
    texts = [
        *(f"{year}{rest}" for year in years for rest in ("", "-02-28", "-02-29", "-02-30")),
        *(f"{year}-{month:02}" for year in chosen for month in range(14)),
        *(year + day for year in chosen for day in days),
    ]

    assert [text for text in texts if exists(text)] == [text for text in texts if whole.fullmatch(text)]


def exists(text):
    """
    Whether a year, month or day is one, as Python's calendar has it.
    """
    year, month, day = map(int, [*text.split("-"), "1", "1"][:3])

    return year > 0 and 0 < month < 13 and 0 < day <= calendar.monthrange(year, month)[1]


@pytest.mark.properties
@given(st.from_regex(dates.PATTERN, fullmatch=True))
def test_the_pattern_of_dates_lacks_two_rules_only(text):
    """
    What matches it is a date, unless an extent or a choice is out of order.
    """
    try:
        assert text == str(PartialDate(text))
    except InvalidValue as error:
        assert re.search("not end before it starts|different choices in order", error.expected)  # noqa: PT017 - either outcome is right


@pytest.mark.properties
@given(make.decimals() | st.decimals(allow_nan=False, allow_infinity=False))
@example(Decimal(10) ** (MAX_DIGITS - 1))
@example(Decimal(10) ** MAX_DIGITS)
@example(Decimal("-0"))
def test_the_pattern_of_decimals_is_that_of_those_that_can_be_written(number):
    """
    A decimal in normal form matches if it is of a size that a record may hold.
    """
    text = decimal_text(number)

    assert writable(Decimal(text)) == bool(re.fullmatch(decimal_pattern(), text))


def test_the_pattern_of_decimals_ends_where_decimals_end():
    """
    With any number of places, the greatest number of digits before them matches, and one more does not.
    """
    for before in range(MAX_DIGITS + 2):
        for places in range(MAX_DIGITS + 2):
            for text in (
                f"{'9' * before or '0'}.{'0' * places}1",
                f"{'9' * before or '0'}.{'1' * (places + 1)}",
            ):
                assert writable(Decimal(text)) == bool(re.fullmatch(decimal_pattern(), text)), text


def test_white_space_is_what_python_takes_for_it():
    """
    The class of characters that stands for white space has all that a blank text may consist of, and no more.
    """
    characters = "".join(map(chr, range(sys.maxunicode + 1)))
    found = re.findall(f"[{WHITE_SPACE}]", characters)

    assert [each for each in characters if each.isspace()] == found
    assert re.findall(r"\s", characters) == found


def patterns():
    """
    Every pattern in the schema of a corpus.
    """
    return sorted(
        {text[key]["pattern"] for text in TEXTS.values() for key in text if key == "not"}
        | {text["pattern"] for text in TEXTS.values() if "pattern" in text}
    )


def test_patterns_are_read_alike_everywhere():
    """
    Patterns have no lookaround, and no escape but of a character that must be, or a control character's.
    """
    for pattern in patterns():
        assert not re.search(r"\(\?(?!:)", pattern), pattern
        assert set(re.findall(r"\\(?:x[0-9a-f]{2}|.)", pattern)) <= {
            *(r"\.", r"\[", r"\]", r"\\", r"\x00", r"\x1f", r"\x7f"),
        }, pattern


#: Texts to be matched in Node: a list of patterns and one of texts come in, which matches which goes out.
NODE = """
const {patterns, texts} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const found = patterns.map(p => { const r = new RegExp(p, "u"); return texts.map(t => r.test(t)); });
process.stdout.write(JSON.stringify(found));
"""


@pytest.mark.node
@pytest.mark.interop
def test_patterns_match_in_ecmascript_what_they_match_here():
    """
    ECMAScript, in Unicode mode, compiles each pattern, and takes each text alike but for the last line feed.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    texts = [text for text in NEAR if "\ud800" not in text and not text.endswith("\n")]
    told = json.dumps({"patterns": patterns(), "texts": texts})
    run = subprocess.run([node, "-e", NODE], input=told, capture_output=True, text=True, check=True)

    expected = [[bool(re.search(pattern, text)) for text in texts] for pattern in patterns()]
    assert expected == json.loads(run.stdout)


@pytest.mark.parametrize("name", SCHEMAS)
def test_objects_are_closed(name):
    """
    No object of a schema takes a key that it does not name.
    """
    schema = json_schema(name)
    objects = [part for part in (schema, *schema["$defs"].values()) if part.get("type") == "object"]

    assert objects
    assert all(part["additionalProperties"] is False for part in objects)


def test_words_carry_their_definitions():
    """
    Each closed list of the records stands in the schema, every word with its definition.
    """
    definitions = json_schema("corpus")["$defs"]
    for kind in LISTS:
        expected = [{"const": word.value, "description": word.definition} for word in kind]

        assert expected == definitions[kind.__name__]["oneOf"]


def test_descriptions_are_what_the_classes_say():
    """
    Each commented field, and each class, is described in its own words, null being JSON's word for None.
    """
    definitions = json_schema("corpus")["$defs"]
    for name, kind in CLASSES.items():
        assert definitions[name]["description"]
        told = {
            field: value["description"]
            for field, value in definitions[name]["properties"].items()
            if "description" in value
        }
        assert told == comments(kind)

    assert (
        "As printed; null if it is not known."
        == definitions["Article"]["properties"]["headline"]["description"]
    )
    assert definitions["ArticleId"]["description"].startswith("Lower-case words joined by hyphens, such as `")


def test_defaults_are_those_of_the_classes():
    """
    A field has a default in the schema, or is required.
    """
    for name, kind in CLASSES.items():
        definition = json_schema("corpus")["$defs"][name]
        with_default = {
            field: value["default"] for field, value in definition["properties"].items() if "default" in value
        }
        expected = {
            field.name: plain(field.default)
            for field in attrs.fields(kind)
            if field.default is not attrs.NOTHING
        }

        assert expected == with_default
        assert [field.name for field in attrs.fields(kind) if field.name not in expected] == definition[
            "required"
        ]


def test_without_source_code_descriptions_are_missing_only(monkeypatch):
    """
    Where only compiled code is installed, the schema still accepts and refuses the same.
    """

    def absent(thing):
        raise OSError

    expected = json_schema("entity")
    monkeypatch.setattr(json_schemas.inspect, "getsource", absent)
    comments.cache_clear()
    try:
        bare = json_schema("entity")
    finally:
        comments.cache_clear()
    del expected["$defs"]["Entity"]["properties"]["id"]["description"]

    assert {"$ref": "#/$defs/EntityId"} == bare["$defs"]["Entity"]["properties"]["id"]
    assert expected["$defs"]["Entity"]["properties"]["id"] == bare["$defs"]["Entity"]["properties"]["id"]
    assert Draft202012Validator(bare).is_valid(ENTITY)


def test_only_known_schemas_are_given():
    """
    Another name is refused, with those that there are.
    """
    with pytest.raises(
        InvalidValue, match="schema must be one of article, claim, entity, corpus, corpus-line"
    ):
        json_schema("issue")


def test_a_schema_can_be_changed_at_will():
    """
    What is done to a schema does not show in the next one.
    """
    json_schema("claim")["$defs"].clear()
    json_schema("claim")["$defs"]["Claim"]["required"].clear()

    assert json_schema("claim")["$defs"]["Claim"]["required"]


def test_the_shipped_dataset_is_valid():
    """
    Every line, and the whole, of what ships validates.
    """
    ukraine = dateline.load("ukraine-2022")

    assert validator("corpus").is_valid(json.loads(dateline.dumps(ukraine, "json")))
    assert all(
        validator("corpus-line").is_valid(json.loads(line))
        for line in dateline.dumps(ukraine, "jsonl").split("\n")
        if line
    )
