"""
Identifiers and pins: three tables of what is equal, what is refused, and what differs.
"""

from __future__ import annotations

import copy
import pickle

import pytest
import strategies as make
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from dateline import ids
from dateline.errors import InvalidValue
from dateline.ids import Pin


DIGEST = "sha256:" + "0123456789abcdef" * 4

VALID = [
    *((ids.parse_article_id, text) for text in ("a", "7", "007", "1e2", "kherson-seized", "a-1-b", "places", "place-x")),  # noqa: E501 - a row of a table
    *((ids.parse_claim_id, text) for text in ("kherson-seized/c01", "a/c00", "a/c999999", "places/c01")),
    *((ids.parse_entity_id, text) for text in ("place/kherson", "person/a-b", "group/0", "organisation/place", "place/c01")),  # noqa: E501 - a row of a table
    (ids.parse_digest, DIGEST),
    *((ids.parse_dataset_name, text) for text in ("ukraine-2022", "place", "x")),
    *((ids.parse_version, text) for text in ("0.0.0", "1.0.0", "10.20.999999999")),
    *((ids.parse_article_id, text) for text in ("a" * 200,)),
]  # fmt: skip

INVALID = [
    *((ids.parse_article_id, text) for text in ("", " ", "A", "a b", "a--b", "-a", "a-", "a_b", "a.b", "a\n", "é", "а", "a/b", "..", "person", "organisation", "place", "group", "a" * 201, None, 1, b"a", ["a"])),  # noqa: E501 - a row of a table
    *((ids.parse_claim_id, text) for text in ("", "a", "a/", "a/c", "a/c1", "a/c1234567", "a/C01", "a/c01\n", "a/b/c01", "/c01", "a/c-1", "a/c٠١", "place/c01", "person/c01", None)),  # noqa: E501 - a row of a table
    *((ids.parse_entity_id, text) for text in ("", "place", "place/", "Place/a", "place/A", "city/a", "place/a/b", "place/a\n", "place/é", None)),  # noqa: E501 - a row of a table
    *((ids.parse_digest, text) for text in ("", "sha256:", DIGEST[:-1], DIGEST + "0", DIGEST.upper(), DIGEST[7:], "md5:" + "0" * 32, "sha1:" + "0" * 40, "sha512:" + "0" * 64, DIGEST + "\n", None)),  # noqa: E501 - a row of a table
    *((ids.parse_dataset_name, text) for text in ("", "Ukraine", "a@b", "a b", None)),
    *((ids.parse_version, text) for text in ("", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-rc1", "v1.0.0", "1.0.0\n", "1.0.-1", "1.0.1000000000", "١.0.0", None, 1.0)),  # noqa: E501 - a row of a table
]  # fmt: skip

#: Texts of pins that are read as the very same pin.
EQUAL = [("a@1.0.0", "a@1.0.0"), (f"a@1.0.0#{DIGEST}", f"a@1.0.0#{DIGEST}")]

#: Pins that are made in two ways and are equal.
EQUIVALENT = [
    ("a@1.0.0", Pin("a", "1.0.0")),
    ("a@1.0.0", Pin("a", "1.0.0", None)),
    (f"a@1.0.0#{DIGEST}", Pin(dataset="a", version="1.0.0", digest=DIGEST)),
]

DIFFERENT = [
    ("a@1.0.0", "b@1.0.0"),
    ("a@1.0.0", "a@1.0.1"),
    ("a@1.0.0", f"a@1.0.0#{DIGEST}"),
    (f"a@1.0.0#{DIGEST}", f"a@1.0.0#{DIGEST[:-1]}0"),
]

NO_PINS = [
    *("", "a", "a@", "@1.0.0", "a@1.0", "a@1.0.0#", "a@1.0.0#sha256:", "A@1.0.0", "a@latest"),
    *("a==1.0.0", "a@1.0.0 ", "a@1.0.0@1.0.0", f"a#{DIGEST}", f"a@1.0.0#{DIGEST}#", "a@1.0.0\n", None, 1, b"a@1.0.0"),  # noqa: E501 - a row of a table
]  # fmt: skip


@pytest.mark.parametrize(("parse", "text"), VALID)
def test_a_right_text_is_marked_and_kept(parse, text):
    """
    An identifier is the text itself.
    """
    assert text is parse(text)


@pytest.mark.parametrize(
    ("parse", "text"), INVALID, ids=lambda value: getattr(value, "__name__", repr(value))
)
def test_a_wrong_text_is_refused(parse, text):
    """
    What is no identifier of the kind is refused and shown.
    """
    with pytest.raises(InvalidValue) as caught:
        parse(text)

    assert text is caught.value.actual


@pytest.mark.properties
@given(st.sampled_from(make.ENTITIES) | make.claim_ids | make.article_ids)
def test_no_id_is_of_two_kinds(text):
    """
    An id says by its form what it is the id of.
    """
    kinds = 0
    for parse in (ids.parse_article_id, ids.parse_claim_id):
        try:
            parse(text)
        except InvalidValue:
            continue
        kinds += 1

    assert kinds == (not text.startswith(tuple(f"{kind}/" for kind in ids.ENTITY_KINDS)))


@pytest.mark.properties
@given(make.slugs, make.slugs)
def test_every_slug_makes_an_entity_id(slug, other):
    """
    Any lower-case words after a kind and a slash are an entity id, and no claim id.
    """
    assert f"group/{slug}" == ids.parse_entity_id(f"group/{slug}")
    with pytest.raises(InvalidValue):
        ids.parse_entity_id(f"group/{slug}/{other}")


@pytest.mark.properties
@given(st.text())
def test_any_text_is_an_id_or_refused(text):
    """
    No text whatever makes a parser fail otherwise than by its own error.
    """
    for parse in {parse for parse, _ in VALID}:
        try:
            assert text == parse(text)
        except InvalidValue as error:
            assert error.actual == text  # noqa: PT017 - either outcome is right


@pytest.mark.properties
@given(st.lists(st.tuples(*[st.integers(0, 999)] * 3)))
def test_versions_sort_by_their_numbers(versions):
    """
    1.10.0 comes after 1.9.0.
    """
    printed = ["{}.{}.{}".format(*version) for version in versions]

    assert sorted(versions) == [ids.version_key(text) for text in sorted(printed, key=ids.version_key)]


@pytest.mark.properties
@given(make.pins)
def test_a_pin_survives_printing(pin):
    """
    Parsing a printed pin gives an equal pin.
    """
    assert pin == Pin.parse(str(pin))
    assert hash(pin) == hash(Pin.parse(str(pin)))


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_equal_pins(one, other):
    """
    The same text is the same pin.
    """
    assert Pin.parse(one) == Pin.parse(other)


@pytest.mark.parametrize(("text", "pin"), EQUIVALENT)
def test_equivalent_pins(text, pin):
    """
    A pin made of its parts equals the parsed one, and prints as it.
    """
    assert (text, Pin.parse(text)) == (str(pin), pin)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_pins(one, other):
    """
    Pins differ in each of their parts, and a pin by content is none by version only.
    """
    assert Pin.parse(one) != Pin.parse(other)


@pytest.mark.parametrize("text", NO_PINS, ids=repr)
def test_no_pin(text):
    """
    A pin without dataset, version or a whole digest after the hash is refused.
    """
    with pytest.raises(InvalidValue):
        Pin.parse(text)


@pytest.mark.parametrize("parts", [("A", "1.0.0"), ("a", "1"), ("a", "1.0.0", ""), ("a", "1.0.0", "md5:00")])
def test_a_pin_checks_its_parts(parts):
    """
    A pin made by hand is checked as a parsed one is.
    """
    with pytest.raises(InvalidValue):
        Pin(*parts)


@pytest.mark.properties
@given(make.pins)
def test_a_pin_is_a_value(pin):
    """
    A pin can be pickled and copied, and does not change.
    """
    assert pin == pickle.loads(pickle.dumps(pin)) == copy.deepcopy(pin)  # noqa: S301
    with pytest.raises(FrozenInstanceError):
        pin.version = "2.0.0"
