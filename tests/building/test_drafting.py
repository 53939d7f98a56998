"""
What a draft says, and on what ground.
"""

from __future__ import annotations

import functools
import json
import sys

import pyarrow
import pytest
from building.raw import row
from hypothesis import given
from hypothesis import strategies as st

from dateline.building import (
    Columns,
    Copies,
    Datelines,
    Filled,
    Gazetteer,
    Group,
    PublicationLines,
    draft,
    map_batches,
    raw_articles,
    schema,
    spark_schema,
)
from dateline.building.columns import raw_article
from dateline.building.drafting import identity
from dateline.converter import structure
from dateline.digests import encode
from dateline.errors import Fault, InvalidRecord, InvalidValue, MissingExtra
from dateline.formats import arrow
from dateline.formats.flat_tables import TABLES
from dateline.records import Article, sourced_fields
from dateline.spans import Span
from dateline.validation import validate


NAMES = Gazetteer({"Tomas Berg": ["person/tomas-berg"], "LARKHAVEN": ["place/larkhaven"]})
RULES = (Datelines(NAMES), PublicationLines(), NAMES)


def drafted(found, *rules, columns=Columns()):  # noqa: B008 - frozen
    """
    The draft of a row.
    """
    return draft(raw_article(found, columns, "archive"), rules)


def faults_of(found, *rules, columns=Columns()):  # noqa: B008 - frozen
    """
    What is wrong with a row, as its batch tells.
    """
    [batch] = map_batches([pyarrow.RecordBatch.from_pylist([found])], rules, columns=columns)

    return batch.to_pylist()[0]["faults"]


ROWS = st.fixed_dictionaries(
    {"id": st.text(min_size=1), "text": st.text(min_size=1)},
    optional={
        "title": st.text(),
        "publisher": st.text(),
        "date": st.dates(),
        "author": st.lists(st.text()),
        "language": st.sampled_from(["en", "de-AT"]),
        "url": st.just("https://gazette.example/a"),
    },
)


@pytest.mark.properties
@given(ROWS, st.sampled_from(["", "LARKHAVEN, March 2 (AP) - ", "OSLO - ", "By A\n(Reuters) - "]))
def test_every_draft_is_a_record(found, opening):
    """
    A row becomes a record with a source for each field, which the strict door takes, or is told at fault.
    """
    found["text"] = opening + found["text"]
    # What is blank is no text, and white space is no name.
    if faults_of(found, *RULES):
        return

    article = drafted(found, *RULES)
    assert {name for source in article.sources for name in source.fields} >= set(sourced_fields(Article))
    validate(article)
    assert structure(json.loads(encode(article)), Article) == article


def test_what_the_row_gives_is_looked_up():
    """
    A given value has the row as its source, and names it.
    """
    source = drafted(row(1, reference="crawl-7")).sourced("headline").source

    assert (source.basis, source.reference) == ("looked_up", "crawl-7")
    assert source.note == "read from the row 'gazette/1'"


def test_what_no_rule_establishes_is_unknown():
    """
    A field that nobody fills is empty, and unknown.
    """
    article = drafted({"id": "a", "text": "x"}, *RULES)

    assert {article.sourced(name).source.basis for name in sourced_fields(Article)} == {"unknown"}
    assert all(getattr(article, name) in (None, ()) for name in sourced_fields(Article))


def test_the_row_goes_before_the_rules():
    """
    A rule does not overrule what the row gives, and an earlier rule goes before a later one.
    """

    def one(raw):
        yield Filled(field="headline", value="One", basis="curated")
        yield Filled(field="abstract", value="One", basis="curated")

    def other(raw):
        yield Filled(field="abstract", value="Other", basis="curated")

    article = drafted(row(1, title="Mine"), one, other)

    assert (article.headline, article.abstract) == ("Mine", "One")


def test_no_text_enters_a_record():
    """
    Of the text there are positions and digests, and what the rules took as printed.
    """
    hidden = "quicksilver narwhal parliament"
    line = encode(drafted(row(1, text=f"LARKHAVEN, March 2 - {hidden}."), *RULES)).decode()

    assert not any(word in line for word in hidden.split())
    assert "LARKHAVEN" in line


def test_a_rule_that_fails_is_told_with_the_row():
    """
    An error of a rule makes a fault of the one row, which names the rule.
    """

    def broken(raw):
        raise KeyError(raw.id)

    [fault] = faults_of(row(1), broken)

    assert "broken" in fault
    assert "KeyError" in fault


def test_a_missing_package_is_no_fault_of_a_row():
    """
    A rule that lacks its package ends the work.
    """

    def lacking(raw):
        raise MissingExtra("language", "this")

    with pytest.raises(MissingExtra):
        faults_of(row(1), lacking)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": ""}, "text must not be blank"),
        ({"text": None}, "text must not be blank"),
        ({"text": " \n"}, "text must not be blank"),
        ({"text": b"caf\xe9"}, "must be UTF-8, but byte 3 is not"),
        ({"text": 7}, "must be text or bytes"),
        ({"id": None}, "id must not be blank"),
        ({"id": b"\xe9"}, "must be UTF-8"),
        ({"id": 1.5}, "must be text"),
        ({"date": "yesterday"}, "date must be EDTF"),
        ({"date": "2021-02-30"}, "have a day in 1..28"),
        ({"url": "gazette.example"}, "url must"),
        ({"language": "English"}, "language must"),
        ({"captured": "now"}, "@ captured"),
        ({"file": "a/b"}, "@ file"),
    ],
    ids=repr,
)
def test_a_bad_value_is_told_with_its_column(changes, words):
    """
    A row with a value that is none of its kind is no record, and the fault says which value.
    """
    assert any(words in fault for fault in faults_of(row(1, **changes)))


def test_every_fault_of_a_row_is_told():
    """
    One fault does not hide the next.
    """
    assert len(faults_of({"id": None, "text": "", "date": "x", "url": "y"})) == 4


@pytest.mark.parametrize("name", ["id", "text"])
def test_a_missing_column_is_told(name):
    """
    A column that must be there and is not is named, once a row.
    """
    found = row(1)
    del found[name]

    assert faults_of(found) == [f"column is missing @ {name}"]


def test_a_column_that_is_named_must_be_there():
    """
    A column that the caller names otherwise than by default must be there, others need not.
    """
    assert faults_of(row(1), columns=Columns(headline="heading")) == ["column is missing @ heading"]
    assert faults_of({"id": "a", "text": "b"}) == []


def test_a_batch_without_any_column_of_interest_loses_no_row():
    """
    As many rows come out as go in, whatever they hold.
    """
    [batch] = map_batches([pyarrow.RecordBatch.from_pylist([{"a": 1}, {"a": 2}])])

    assert batch["faults"].to_pylist() == [["column is missing @ id", "column is missing @ text"]] * 2


@pytest.mark.parametrize(
    "name", ["ferry-returns", "Ferry Returns", "gazette/1", "person", "Ünï", "船", "x" * 300, 17]
)
def test_an_id_becomes_one_of_ours(name):
    """
    What is an article id stays; anything else becomes one, the same each time, and no other's.
    """
    first, second = drafted(row(1, id=name)).id, drafted(row(2, id=name)).id

    assert first == second
    assert (first == name) == (name == "ferry-returns")
    assert drafted(row(1, id=f"{name}.")).id != first


def test_an_id_is_made_where_none_comes():
    """
    Without a column of ids, headline and text make one.
    """
    columns = Columns(id=None)

    assert drafted(row(1), columns=columns).id.startswith("ferry-part-1-")
    assert drafted({"text": "a"}, columns=columns).id != drafted({"text": "b"}, columns=columns).id


def test_a_capture_is_recorded_where_the_file_is_known():
    """
    The file that a text was in is its capture, with size, digest and day.
    """
    capture = drafted(row(1, file="a.txt", captured="2021-03-04")).capture

    assert (capture.file, str(capture.date)) == ("a.txt", "2021-03-04")
    assert capture.size == len(row(1)["text"])


@pytest.mark.parametrize("author", ["Ana Lind", ["Ana Lind"], ["", "Ana Lind", None]])
def test_bylines_are_one_name_or_several(author):
    """
    A name stands for one byline, a list for several; what is blank is none.
    """
    assert [credit.name for credit in drafted(row(1, author=author)).bylines] == ["Ana Lind"]


def test_blank_bylines_are_none():
    """
    A list of nothing fills nothing.
    """
    assert drafted(row(1, author=[""])).sourced("bylines").source.basis == "unknown"


def test_the_columns_are_those_of_the_flat_table():
    """
    A record's row is that which the flat table of articles has, with where it stood.
    """
    [batch] = map_batches([pyarrow.RecordBatch.from_pylist([row(1)])], RULES)
    [found] = batch.to_pylist()
    names = [column.name for column in TABLES["articles"].columns]
    [expected] = zip(
        *TABLES["articles"].values([structure(json.loads(found["record"]), Article)]), strict=True
    )

    assert batch.schema == schema()
    assert tuple(found[name] for name in names) == expected
    assert arrow.schema(TABLES["articles"], {}).names[1:] == batch.schema.names[4:]


TEXT = pyarrow.string()

#: Kinds of columns in which texts, and lists of names, come.
KINDS = {
    "text": [
        pyarrow.large_string(),
        pyarrow.string_view(),
        pyarrow.binary(),
        pyarrow.dictionary(pyarrow.int32(), TEXT),
    ],
    "author": [
        pyarrow.large_list(TEXT),
        pyarrow.list_(pyarrow.large_string()),
        pyarrow.list_(pyarrow.int8()),
    ],
}


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, kinds in KINDS.items() for kind in kinds])
def test_texts_may_be_of_any_kind_that_arrow_has(name, kind):
    """
    A text comes out the same from each kind of column.
    """
    author = [] if kind == pyarrow.list_(pyarrow.int8()) else ["Ana Lind"]
    plain = pyarrow.RecordBatch.from_pylist([row(1, author=author)])
    other = pyarrow.array([row(1, author=author)[name]]).cast(kind)
    arrays = [other if column == name else plain[column] for column in plain.schema.names]
    batch = pyarrow.RecordBatch.from_arrays(arrays, plain.schema.names)

    assert list(map_batches([batch])) == list(map_batches([plain]))


def test_text_of_arrow_that_is_no_utf_8_is_told():
    """
    Arrow may hold text that is none; the row is named, and its neighbours are records.
    """
    bad = pyarrow.array([b"fine", b"caf\xe9"]).view(pyarrow.string())
    batch = pyarrow.RecordBatch.from_arrays([pyarrow.array(["a", "b"]), bad], ["id", "text"])
    [made] = map_batches([batch])

    assert made["id"].to_pylist() == ["a", None]
    assert "UTF-8" in made["faults"][1].as_py()[0]


def test_names_of_arrow_that_are_no_utf_8_are_told():
    """
    Lists may hold such text as well.
    """
    bad = pyarrow.ListArray.from_arrays([0, 1], pyarrow.array([b"\xe9"]).view(pyarrow.string()))
    columns = [pyarrow.array(["a"]), pyarrow.array(["b"]), bad]
    [made] = map_batches([pyarrow.RecordBatch.from_arrays(columns, ["id", "text", "author"])])

    assert "UTF-8" in made["faults"][0].as_py()[0]


def test_without_pyarrow_the_call_says_what_to_install(monkeypatch):
    """
    The missing extra is named.
    """
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingExtra, match=r"dateline\[frames\]"):
        list(map_batches([]))


def test_dates_of_arrow_are_days():
    """
    A day or an instant of Arrow is the day that it prints.
    """
    days = pyarrow.array(["2021-03-01"]).cast(pyarrow.date32())
    batch = pyarrow.RecordBatch.from_arrays(
        [pyarrow.array(["a"]), pyarrow.array(["b"]), days], ["id", "text", "date"]
    )
    [made] = map_batches([batch])

    assert made["published"].to_pylist() == ["2021-03-01"]


def test_the_schema_of_spark_has_the_same_columns():
    """
    The words for Spark name the columns of the Arrow schema, in order.
    """
    assert [part.split()[0] for part in spark_schema().split(", ")] == schema().names


def test_raw_articles_pass_over_what_is_none():
    """
    Whoever looks at all raw articles gets the sound ones.
    """
    batch = pyarrow.RecordBatch.from_pylist([row(1), row(2, text=""), row(3)])

    assert [raw.row for raw in raw_articles([batch])] == ["gazette/1", "gazette/3"]


def test_copies_name_the_others_of_a_group():
    """
    Each of a group has the others that are known by address and publisher, inferred with the estimate.
    """
    found = [row(number) for number in range(3)] + [row(3, url=None), row(4)]
    batch = pyarrow.RecordBatch.from_pylist(found)
    group = Group(tuple(f"gazette/{number}" for number in range(4)), 84)
    rule = Copies.of([group], raw_articles([batch]))

    first, last, alone = (drafted(found[number], rule) for number in (0, 3, 4))

    assert [copy.url for copy in first.copies] == [found[1]["url"], found[2]["url"]]
    assert len(last.copies) == 3
    assert "84 %" in first.sourced("copies").source.note
    assert alone.copies == ()
    validate(first)
    assert repr(rule) == repr(Copies.of([group], raw_articles([batch])))
    assert 1 == repr(rule).count("gazette/3")


ODD = [
    ({"field": "language", "value": "e n"}, "language must look like"),
    ({"field": "lang", "value": "en"}, "unexpected keyword argument 'lang'"),
    ({"field": "dateline", "value": "Old Quay"}, "expected an object, got 'Old Quay' @ $.dateline"),
    ({"field": "copies", "value": ("x",)}, "expected an object, got 'x' @ $.copies[0]"),
    ({"field": "abstract", "value": {1, 2}}, "abstract must be text"),
    ({"field": "abstract", "value": "It rained.", "note": None}, "E108"),
    ({"field": "abstract", "value": None}, "E104"),
    ({"field": "abstract", "value": "It rained.", "basis": "stated"}, "E106"),
    ({"field": "abstract", "value": "It rained.", "evidence": (Span(10**6, 10**6 + 1),)}, "E202"),
]


@pytest.mark.parametrize(("filled", "problem"), ODD)
def test_what_no_record_may_have_is_a_fault_of_the_row(filled, problem):
    """
    Whatever a rule fills in, what comes out is a sound record or a fault, and never an error for all.
    """

    def rule(raw):
        yield Filled(**({"basis": "inferred", "note": "as it seems"} | filled))

    [batch] = map_batches([pyarrow.RecordBatch.from_pylist([row(1), row(2)])], [rule])

    assert all(problem in fault for faults in batch["faults"].to_pylist() for fault in faults[:1])
    assert [1, 1] == [len(faults) for faults in batch["faults"].to_pylist()]


def test_a_rule_that_refuses_a_record_is_named():
    """
    Also where it fails as records do, the fault says which rule it was.
    """

    def refusing(raw):
        raise InvalidRecord("a part", (Fault("$.x", "must be y"),))

    [batch] = map_batches([pyarrow.RecordBatch.from_pylist([row(1)])], [refusing])

    assert "refusing' failed: InvalidRecord: a part" in batch["faults"][0].as_py()[0]


def test_a_fault_may_have_any_words():
    """
    The words of an error need be no text that can be stored.
    """

    def rule(raw):
        raise ValueError("\ud800")

    [batch] = map_batches([pyarrow.RecordBatch.from_pylist([row(1)])], [rule])

    assert "\\ud800" in batch["faults"][0].as_py()[0]


def test_days_beyond_reason_are_faults_of_their_rows():
    """
    A value that Python has nothing for is told with its column, and the other rows are read.
    """
    days = pyarrow.array([0, 10**12], pyarrow.timestamp("s"))
    texts = pyarrow.array(["It rained.", "It snowed."])
    batch = pyarrow.RecordBatch.from_arrays([pyarrow.array(["a", "b"]), texts, days], ["id", "text", "date"])
    [made] = map_batches([batch])

    assert ["a", None] == made["id"].to_pylist()
    assert "that cannot be read" in made["faults"][1].as_py()[0]
    assert made["faults"][1].as_py()[0].endswith("@ date")


@pytest.mark.parametrize("name", ["row_file", "row_number", "row_fault"])
@pytest.mark.parametrize("value", ["no", 17])
def test_columns_of_a_stranger_do_no_harm(name, value):
    """
    A table may have columns of any name.
    """
    batch = pyarrow.RecordBatch.from_pylist([row(1) | {name: value}])
    [made] = map_batches([batch])

    assert (made["faults"].to_pylist(), made["row_number"].to_pylist()) == ([[]], [None])


def test_two_columns_of_a_name_are_refused():
    """
    Nobody could say which of them holds the texts.
    """
    texts = pyarrow.array(["It rained."])
    batch = pyarrow.RecordBatch.from_arrays([pyarrow.array(["a"]), texts, texts], ["id", "text", "text"])

    with pytest.raises(InvalidValue, match="a name of their own"):
        list(map_batches([batch]))


class Tagging:
    """
    Has a rule for a method, and a repr that says nothing of it.
    """

    def fill(self, raw):
        """
        Nothing is established.
        """
        return ()


@pytest.mark.parametrize(
    "rule",
    [lambda raw: (), Tagging().fill, Tagging(), functools.partial(lambda raw: ())],
    ids=["a lambda", "a method", "an instance", "a lambda with arguments"],
)
def test_a_rule_that_cannot_be_told_from_others_has_no_identity(rule):
    """
    Lambdas, and what has a repr of its address, are refused where their name must last.
    """
    with pytest.raises(InvalidValue, match="rule must be a function of a module"):
        identity(rule)


def test_a_rule_with_arguments_has_an_identity():
    """
    Arguments that are bound tell rules apart.
    """
    one, other = (identity(functools.partial(identity, rule=value)) for value in "ab")

    assert one != other
