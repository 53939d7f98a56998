"""
Canonical bytes and digests: RFC 8785 without floats, one form a value, defaults left out.
"""

from __future__ import annotations

import json
import random
from decimal import Decimal

import attrs
import pytest
import strategies as make
from hypothesis import given
from hypothesis import strategies as st

from dateline.corpus import Corpus
from dateline.dates import PartialDate
from dateline.digests import canonical_json, corpus_digest, decimal_text, encode, plain, record_digest
from dateline.errors import InvalidValue
from dateline.fingerprints import sha256
from dateline.provenance import FieldSource
from dateline.records import Article, Claim, Credit, Entity, Quantity
from dateline.spans import Span
from dateline.testing import make_article
from dateline.validators import writable


@pytest.mark.interop
@pytest.mark.properties
@given(make.json_values())
def test_canonical_json_is_rfc_8785(value):
    """
    The bytes are those of the package rfc8785.
    """
    rfc8785 = pytest.importorskip("rfc8785")

    assert rfc8785.dumps(value) == canonical_json(value)


@pytest.mark.properties
@given(make.json_values())
def test_canonical_json_survives_reading(value):
    """
    Any reader of JSON finds the same value, whose canonical bytes are the same.
    """
    data = canonical_json(value)

    assert value == json.loads(data)
    assert data == canonical_json(json.loads(data))
    assert b"\n" not in data


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": {"d": [], "c": {}}}, '{"a":{"c":{},"d":[]},"b":1}'),
        ({"\ufb33": 1, "\U0001f600": 2, "é": 3, "": 4}, '{"":4,"é":3,"\U0001f600":2,"\ufb33":1}'),
        ('\b\t\n\f\r\x00\x1f\x7f"\\/', '"\\b\\t\\n\\f\\r\\u0000\\u001f\x7f\\"\\\\/"'),
        ("\u2028\u0085</script>", '"\u2028\u0085</script>"'),
        ((1, (True, None)), "[1,[true,null]]"),
        (-0, "0"),
        (2**53 - 1, "9007199254740991"),
    ],
    ids=repr,
)
def test_canonical_forms(value, text):
    """
    Keys are sorted by UTF-16 code units, only what must be escaped is, and no space is spent.
    """
    assert text == canonical_json(value).decode()


@pytest.mark.parametrize(
    ("value", "subject"),
    [
        *((1.5, "value"), (float("nan"), "value"), ([Decimal(1)], "value"), ({"a": b"x"}, "value")),
        *((2**53, "whole number"), (-(2**53), "whole number"), ({1: 2}, "key"), ({None: 2}, "key")),
        *(("\ud800", "text"), ({"\udfff": 1}, "text"), ({"a": ["\ud800"]}, "text"), ({1, 2}, "value")),
    ],
    ids=repr,
)
def test_what_json_cannot_hold_is_refused(value, subject):
    """
    A float, a huge number, a lone surrogate and a foreign type have no canonical form.
    """
    with pytest.raises(InvalidValue) as caught:
        canonical_json(value)

    assert subject == caught.value.subject


@pytest.mark.parametrize(
    ("number", "text"),
    [
        *(("0", "0"), ("-0", "0"), ("-0.00", "0"), ("0E+3", "0"), ("0E-3", "0"), ("-0E+3", "0")),
        *(("1", "1"), ("1.0", "1"), ("1.50", "1.5"), ("100", "100"), ("1E+3", "1000"), ("1E-3", "0.001")),
        *(("-1.10", "-1.1"), ("00.10", "0.1"), ("123456789012345678901234567890", "123456789012345678901234567890")),  # noqa: E501 - a row of a table
    ],
)  # fmt: skip
def test_decimals_have_one_form(number, text):
    """
    No exponent, no trailing zeros, no negative zero.
    """
    assert text == decimal_text(Decimal(number))


@pytest.mark.properties
@given(make.decimals(), make.decimals())
def test_equal_decimals_are_written_alike(one, other):
    """
    Two decimals have the same text if and only if they are equal; the text keeps the value.
    """
    assert (one == other) == (decimal_text(one) == decimal_text(other))
    assert one == Decimal(decimal_text(one))
    assert decimal_text(one) == decimal_text(one * Decimal("1.00"))
    assert set(decimal_text(one)) <= set("-.0123456789")


@pytest.mark.properties
@given(make.decimals())
def test_generated_decimals_can_be_written(number):
    """
    The strategies make decimals that records take.
    """
    assert writable(number)


@pytest.mark.properties
@given(make.articles | make.entities | make.claims)
def test_the_fast_way_writes_what_the_careful_one_does(record):
    """
    The bytes are the canonical JSON of the plain record.
    """
    assert canonical_json(plain(record)) == encode(record)


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        ({"headline": "a\ud83d"}, "text"),
        ({"revision": 2**53}, "whole number"),
        ({"sources": (FieldSource(fields=["url"], basis="curated", note="\udfff"),)}, "text"),
        ({"sources": (FieldSource(fields=["url"], basis="curated", note=1.5),)}, "value"),
    ],
)
def test_what_cannot_be_written_is_refused_as_ever(change, subject):
    """
    A lone surrogate, a huge number and a float in a record have no canonical form.
    """
    with pytest.raises(InvalidValue) as caught:
        encode(make_article(**change))

    assert subject == caught.value.subject


def test_what_is_not_of_its_type_is_written_the_careful_way():
    """
    A field that no rule looks at may hold something else, which is not lost.
    """
    odd = make_article(
        sources=(FieldSource(fields=["url"], basis="curated", by=7),), publisher={"label": "x"}
    )

    assert canonical_json(plain(odd)) == encode(odd)
    assert b'"publisher":{"label":"x"}' in encode(odd)


def test_every_tuple_of_texts_has_a_rule():
    """
    Fields that hold several texts are not looked at again when they are written: their rule has done so.
    """
    for kind in (Article, Claim, Entity, FieldSource):
        for field in attrs.fields(kind):
            if field.type in ("tuple[str, ...]", "tuple[EntityId, ...]"):
                assert field.validator is not None, (kind, field.name)


def test_defaults_are_left_out():
    """
    Of an article that tells nothing only the required fields are written.
    """
    article = Article(id="a", revision=1, status="published")

    assert b'{"id":"a","revision":1,"status":"published"}' == encode(article)
    assert {"name": "N"} == plain(Credit(name="N"))
    assert {"start": 0, "end": 1} == plain(Span(0, 1))


def test_required_fields_are_written_even_if_empty():
    """
    A required field has no default that could be left out.
    """
    claim = Claim(id="a/c01", statement="s", kind="event", claimant="group/a", stance="asserts", evidence=())

    assert [] == plain(claim)["evidence"]


def test_plain_writes_words_decimals_and_dates():
    """
    Words, decimals and dates become text.
    """
    quantity = Quantity(value=Decimal("1.50"), bound="about", unit="day")

    assert {"value": "1.5", "bound": "about", "unit": "day"} == plain(quantity)
    assert "2022-03~" == plain(PartialDate("2022-03~"))
    assert [1, None, True, "a"] == plain((1, None, True, "a"))


@pytest.mark.properties
@given(make.articles | make.entities)
def test_a_record_is_one_canonical_line(record):
    """
    A dumped record is one line, which the canonical form leaves as it is.
    """
    data = encode(record)

    assert b"\n" not in data
    assert data == canonical_json(json.loads(data))


@pytest.mark.properties
@given(make.articles | make.claims | make.entities)
def test_equal_records_have_equal_digests(record):
    """
    A copy of a record has its digest.
    """
    assert sha256(encode(record)) == record_digest(record) == record_digest(attrs.evolve(record))


@pytest.mark.properties
@given(make.articles, make.articles)
def test_the_digest_covers_every_field_of_an_article(one, other):
    """
    Two articles that differ in a field differ in the digest.
    """
    for attribute in attrs.fields(Article):
        name = attribute.name
        changed = attrs.evolve(one, **{name: getattr(other, name)})
        assert (changed == one) == (record_digest(changed) == record_digest(one)), name


@pytest.mark.properties
@given(make.claims, make.claims)
def test_the_digest_covers_every_field_of_a_claim(one, other):
    """
    Two claims that differ in a field differ in the digest.
    """
    for attribute in attrs.fields(Claim):
        changed = attrs.evolve(one, **{attribute.name: getattr(other, attribute.name)})
        assert (changed == one) == (record_digest(changed) == record_digest(one)), attribute.name


@pytest.mark.properties
@given(make.corpora(), st.randoms(use_true_random=False))
def test_the_digest_of_a_corpus_is_free_of_order(corpus, order):
    """
    The same records in another order have the same digest; one record less, another.
    """
    articles, entities = list(corpus.articles.values()), list(corpus.entities.values())
    order.shuffle(articles)
    order.shuffle(entities)

    assert corpus.digest == Corpus.of(articles, entities).digest
    assert corpus.digest != Corpus.of(articles, entities[1:]).digest


def test_the_digest_of_a_corpus_can_be_computed_by_hand():
    """
    It is the SHA-256 of sorted lines of kind, id and digest.
    """
    triples = [("entity", "place/b", "sha256:1"), ("article", "é", "sha256:3"), ("article", "b", "sha256:2")]
    lines = "article b sha256:2\narticle é sha256:3\nentity place/b sha256:1\n"

    assert sha256(lines.encode()) == corpus_digest(triples) == corpus_digest(reversed(triples))


def test_records_of_a_corpus_count_by_kind():
    """
    The digest of a corpus is that of its articles' and entities' digests.
    """
    article = Article(id="a", revision=1, status="published")

    assert corpus_digest([("article", "a", record_digest(article))]) == Corpus.of([article]).digest


def test_digests_do_not_hang_on_the_order_of_keys():
    """
    A dict in any order has the same bytes.
    """
    pairs = [(f"k{number}", number) for number in range(50)]
    shuffled = random.Random(7).sample(pairs, len(pairs))  # noqa: S311 - no secret

    assert canonical_json(dict(pairs)) == canonical_json(dict(shuffled))
