from __future__ import annotations

import tomllib

import pytest

from dateline.errors import InvalidDocument
from dateline.inplace import with_pairs, with_value


DOCUMENT = """\
# Positions such as [1, 2] and [3, 4].
title = "[1, 2]"
other = [1, 2]
spans = [
    [1, 2],  # the first: [1, 2]
    [ 1_0 ,2_0, ],
]
size = 12  # size = 12
more = { size = 12, name = 'a', quoted = "a" }

[[claims]]
"[3, 4]" = [[3, 4]]
"""


def test_pairs_are_replaced_where_they_stand():
    """
    Only the pairs that are meant change; comments, strings and other pairs stay.
    """
    changed = with_pairs(DOCUMENT, {("spans", 0): (5, 6), ("spans", 1): (7, 8)}, "x.toml")

    assert changed == DOCUMENT.replace("    [1, 2],", "    [5, 6],").replace("1_0 ,2_0, ]", "7 ,8, ]")


def test_a_pair_may_become_more():
    """
    A pair can be given a reason, which stands in the array.
    """
    changed = with_pairs(DOCUMENT, {("spans", 0): (1, 2, "lost"), ("spans", 1): (1, 2, "lost")}, "x.toml")

    assert tomllib.loads(changed)["spans"] == [[1, 2, "lost"], [1, 2, "lost"]]
    assert '    [1, 2, "lost"],  # the first: [1, 2]\n' in changed


@pytest.mark.parametrize("written", ["[0x1, 2]", "[1, # one\n 2]"])
def test_what_is_written_otherwise_is_refused(written):
    """
    A pair that is not two decimal numbers in brackets cannot be replaced; file and path are named.
    """
    with pytest.raises(InvalidDocument, match=r"x\.toml: .*two decimal numbers.* @ \$\.spans\[0\]"):
        with_pairs(f"spans = [{written}]", {("spans", 0): (5, 6)}, "x.toml")


@pytest.mark.parametrize(
    ("steps", "value", "old", "new"),
    [
        (("size",), 13, "size = 12  #", "size = 13  #"),
        (("more", "size"), 13, "{ size = 12", "{ size = 13"),
        (("more", "name"), "b\\c", "'a'", '"b\\\\c"'),
        (("more", "quoted"), "é", '"a"', '"é"'),
        (("size",), 12, "", ""),
    ],
)
def test_a_value_is_replaced_where_it_stands(steps, value, old, new):
    """
    Only the value that is meant changes, though others are written alike.
    """
    assert with_value(DOCUMENT, steps, value, "x.toml") == DOCUMENT.replace(old, new, 1)


def test_a_trial_that_cannot_be_read_is_passed_over():
    """
    Where a replacement would make the document unreadable, the next place is tried.
    """
    assert with_value('"a" = 1\nb = "a"\n', ("b",), "b", "x.toml") == '"a" = 1\nb = "b"\n'


def test_a_value_that_is_written_otherwise_is_refused():
    """
    A value that is not written plainly cannot be replaced.
    """
    with pytest.raises(InvalidDocument, match=r"a plain value to be replaced, got 255 @ \$\.size"):
        with_value("size = 0xff", ("size",), 256, "x.toml")
