"""
The fast door: verified lines become records, and a damaged one is named all the same.
"""

from __future__ import annotations

import gc
import json

import attrs
import msgspec
import pytest
import strategies as make
from hypothesis import given
from hypothesis import strategies as st

from dateline import codec, stand_ins
from dateline.bases import Base
from dateline.codec import decode_articles, decode_entities, decode_manifest, if_canonical
from dateline.converter import structure
from dateline.digests import canonical_json, encode
from dateline.errors import DatelineError, InvalidDocument
from dateline.manifests import Manifest
from dateline.records import Article, Claim, Entity
from dateline.stand_ins import Repeated, stand_in
from dateline.strict_json import parse_json
from dateline.testing import make_article, make_entity


GOOD = b'{"id":"a","revision":1,"status":"published"}'


@pytest.mark.properties
@given(st.lists(make.articles, max_size=3))
def test_lines_come_back_in_order(articles):
    """
    As many articles come out as lines go in, in their order.
    """
    assert tuple(articles) == decode_articles(map(encode, articles), "a.jsonl")


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"{", b"[]", b"null", b"1", b"{}", b'{"id":"\xff"}', b'{"id":"\\ud800"}', GOOD[:-1]),
        *(GOOD + GOOD, GOOD.replace(b"1", b"0"), GOOD.replace(b"1", b'"1"'), GOOD.replace(b"1", b"1.5")),
        *(GOOD.replace(b'"a"', b'"A b"'), GOOD.replace(b"published", b"lost"), b'{"x":' + b"[" * 100_000),
        *(GOOD[:-1] + b',"published":"2022-02-30"}', GOOD[:-1] + b',"published":7}'),
        *(GOOD[:-1] + b',"claims":[{"id":"a/c01"}]}', GOOD[:-1] + b',"headline":" "}'),
    ],
    ids=lambda line: repr(line[:60]),
)
def test_a_damaged_line_is_named(line):
    """
    A line that is no article after all gives its file and number, not an error of the decoder's.
    """
    with pytest.raises(InvalidDocument) as caught:
        decode_articles([GOOD, line], "a.jsonl")

    assert ("a.jsonl", 2) == (caught.value.file, caught.value.line)
    assert caught.value.problem


SHARED = GOOD[:-1] + b',"rights":{"uri":"https://rights.example/"},"bylines":[{"name":"A. Reporter"}]}'


@pytest.mark.parametrize(
    "line",
    [
        *(b"{", b"{}", GOOD.replace(b'"a"', b'"A b"'), GOOD.replace(b"1", b"0"), SHARED[:-2] + b"}"),
        *(SHARED.replace(b"A. Reporter", b" "), SHARED.replace(b'"uri"', b'"url"')),
    ],
)
def test_of_many_lines_a_damaged_one_is_named_as_of_few(monkeypatch, line):
    """
    Many lines, which another decoder takes, become the same records, and break the same rules.
    """
    few = (decode_articles([GOOD, SHARED], ""), _problem(line))
    monkeypatch.setattr(codec, "_MANY", 0)

    assert few == (decode_articles([GOOD, SHARED], ""), _problem(line))


def _problem(line):
    """
    What is said of a line that stands behind a good one.
    """
    with pytest.raises(InvalidDocument) as caught:
        decode_articles([GOOD, line], "a.jsonl")

    return str(caught.value)


def test_a_damaged_entity_is_named():
    """
    Entities are named as articles are.
    """
    with pytest.raises(InvalidDocument, match=r"^e\.jsonl:1: "):
        decode_entities([GOOD], "e.jsonl")


def test_dates_are_dates():
    """
    A date is decoded to a PartialDate, an empty one to None.
    """
    line = GOOD[:-1] + b',"published":"2022-03~"}'

    assert (Article(id="a", revision=1, status="published", published="2022-03~"),) == decode_articles(
        [line], ""
    )
    assert decode_articles([GOOD], "")[0].published is None


def test_only_dates_are_decoded_by_hand():
    """
    A type that the decoder does not know is a mistake of ours, not of the data.
    """
    with pytest.raises(NotImplementedError):
        msgspec.json.decode(b"1", type=complex, dec_hook=codec._decode_date)  # noqa: SLF001


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("lines", [[GOOD], [b"{"]])
def test_the_collector_is_left_as_it_was(enabled, lines):
    """
    The garbage collector rests while lines are decoded, and is then as before, after an error too.
    """
    seen = []

    def watched():
        for line in lines:
            seen.append(gc.isenabled())
            yield line

    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        decode_articles(watched(), "a.jsonl")
    except InvalidDocument:
        assert lines != [GOOD]
    finally:
        after = gc.isenabled()
        (gc.enable if before else gc.disable)()

    assert ([False], enabled) == (seen, after)


def test_the_collector_is_restored_if_the_lines_fail():
    """
    An error of whoever gives the lines does not leave the collector off.
    """

    def broken():
        yield GOOD
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - the very one raised above
        decode_articles(broken(), "a.jsonl")

    assert gc.isenabled()


def test_a_damaged_manifest_is_named():
    """
    A manifest that is none gives the same error as a line that is none.
    """
    with pytest.raises(InvalidDocument, match=r"^manifest:1: "):
        decode_manifest(b"{}")


@pytest.mark.properties
@given(make.articles | make.entities)
def test_canonical_bytes_become_what_the_strict_door_makes_of_them(record):
    """
    The canonical bytes of a record give the record, equal in both doors and of the very same classes.
    """
    data = encode(record)
    found = if_canonical(data, type(record))

    assert record == found == structure(parse_json(data, "x"), type(record))
    assert classes_in(record) == classes_in(found)


def classes_in(value):
    """
    The classes of a record and of all that it holds.
    """
    if isinstance(value, tuple):
        return [classes_in(item) for item in value]
    if not attrs.has(type(value)):
        return type(value)

    return [type(value), *(classes_in(getattr(value, field.name)) for field in attrs.fields(type(value)))]


VALUES = (
    None,
    True,
    1,
    1.5,
    "",
    " ",
    "1",
    "\u0301",
    [],
    {},
    [{}],
    "a/c01",
    "2022",
    "[2022]",
    2**53,
    "1E2",
    "0.10",
)


def variants(record, chance):
    """
    Documents near that of a record: a value changed, a key new, gone or twice, spaces, another order.
    """
    data = encode(record)
    yield data
    value = json.loads(data)
    places = [(holder, key) for holder in dicts_in(value) for key in holder]
    for holder, key in chance.sample(places, min(3, len(places))):
        kept = holder[key]
        for other in chance.sample(VALUES, 3):
            holder[key] = other
            yield canonical_json(value) if not isinstance(other, float) and other != 2**53 else dumped(value)
        del holder[key]
        yield canonical_json(value)
        yield canonical_json(holder | {"nope": kept})
        holder[key] = kept
        yield data.replace(f'"{key}":'.encode(), f'"{key}":1,"{key}":'.encode(), 1)
    yield json.dumps(value).encode()
    yield data.replace(b",", b", ", 1)
    yield data + b" "
    yield data + b"\n"


def dumped(value):
    """
    A value as some other program writes it.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def dicts_in(value):
    """
    Each object in a document.
    """
    if isinstance(value, list):
        for item in value:
            yield from dicts_in(item)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from dicts_in(item)


@pytest.mark.properties
@given(make.articles | make.entities, st.randoms(use_true_random=False))
def test_the_doors_agree_on_whatever_is_near_a_record(record, chance):
    """
    What the fast door takes of foreign bytes, the strict one takes as the same record, whose bytes they are.
    """
    for data in variants(record, chance):
        fast = if_canonical(data, type(record))
        try:
            strict = structure(parse_json(data, "x"), type(record))
        except DatelineError:
            strict = None
        assert fast is None or fast == strict
        assert (fast is not None) == (strict is not None and encode(strict) == data)


@pytest.mark.parametrize(
    "part",
    [
        *('"rights":null', '"bylines":[]', '"sources":[]', '"publisher":null'),
        *('"rights":{"uri": "https://r.example/"}', '"rights":{"uri":"https://r.example/","note":null}'),
        *('"bylines":[{"name":"A","family":"B"}]', '"bylines":[{"name":"A","name":"A"}]'),
        *('"bylines":[{"name":"\\u0041"}]', '"bylines":[{"name":"A"} ]', '"bylines":[{"name":"A","x":1}]'),
        '"sources":[{"basis":"stated","evidence":[{"end":9007199254740992,"start":1}],"fields":["url"]}]',
        '"sources":[{"basis":"stated","evidence":[],"fields":["url"]}]',
        '"sources":[{"basis":"stated","fields":["url"]}],"sources":[{"basis":"stated","fields":["url"]}]',
    ],
)
def test_a_part_that_stands_again_and_again_must_be_canonical_too(part):
    """
    What the strict door reads or refuses because of one part, which is decoded once, is not taken.
    """
    fields = sorted(['"id":"a"', '"revision":1', '"status":"published"', part])
    line = "{" + ",".join(fields) + "}"
    for _ in range(2):
        assert if_canonical(line.encode(), Article) is None


@pytest.mark.parametrize("kind", [Article, Claim, Entity, Manifest])
def test_a_default_keeps_its_rule(kind):
    """
    The fast door asks no rule of a default, and none would refuse it.
    """
    for field in attrs.fields(kind):
        if field.validator is not None and field.default is not attrs.NOTHING:
            field.validator(None, field, field.default)


def test_a_rule_that_was_kept_by_one_value_is_asked_of_the_next():
    """
    What is remembered of a field is no pass for other values, however many were good.
    """
    good = [make_entity(id=f"place/a-{number}") for number in range(3)]
    bad = encode(good[0]).replace(b"place/a-0", b"place/A-0")

    assert good == [if_canonical(encode(record), Entity) for record in good]
    assert if_canonical(bad, Entity) is None
    assert if_canonical(bad, Entity) is None


def test_what_is_said_again_is_one_value():
    """
    Parts of records that have the same bytes are decoded once, others for themselves.
    """
    lines = [SHARED.replace(b'"a"', b'"b-%d"' % number) for number in range(2)]
    other = SHARED.replace(b"rights.example", b"another.example").replace(b"A. Reporter", b"B. Reporter")
    one, same, different = (
        if_canonical(encode(decode_articles([line], "")[0]), Article) for line in [*lines, other]
    )

    assert (one.rights, one.bylines) == (same.rights, same.bylines)
    assert one.rights is same.rights
    assert one.bylines is same.bylines
    assert ("https://another.example/", "B. Reporter") == (different.rights.uri, different.bylines[0].name)


def test_what_is_remembered_is_bounded(monkeypatch):
    """
    Neither many values nor long ones fill the memory.
    """
    monkeypatch.setattr(stand_ins, "_KNOWN", 0)
    monkeypatch.setattr(stand_ins, "_PARTS", 0)
    article = make_article(headline="x" * 500)

    assert article == if_canonical(encode(article), Article)


@attrs.frozen(kw_only=True)
class Ruled(Base):
    """
    A class with a rule for a field, and one for the whole.
    """

    first: int = attrs.field(validator=attrs.validators.gt(0))

    last: int = 9

    def __attrs_post_init__(self):
        """
        Refuse what is the wrong way round.
        """
        if self.first > self.last:
            raise ValueError("wrong way round")


@pytest.mark.parametrize("line", [b'{"first":0}', b'{"first":5,"last":4}'])
def test_the_rule_for_the_whole_is_asked_too(line):
    """
    A record is refused by the rule of a field as by its own.
    """
    kind = stand_in(Ruled, Repeated(frozenset(), bytes, codec._decoder))  # noqa: SLF001

    assert Ruled(first=3) == msgspec.json.decode(b'{"first":3}', type=kind)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(line, type=kind)
