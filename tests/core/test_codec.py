"""
The fast door: verified lines become records, and a damaged one is named all the same.
"""

from __future__ import annotations

import gc

import msgspec
import pytest
import strategies as make
from hypothesis import given
from hypothesis import strategies as st

from dateline import codec
from dateline.codec import decode_articles, decode_entities, decode_manifest
from dateline.digests import encode
from dateline.errors import InvalidDocument
from dateline.records import Article


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
