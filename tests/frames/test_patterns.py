"""
Patterns of ranges, and the forms in which values are compared: they say what the comparison says.
"""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

import pytest
import strategies as make
from hypothesis import given
from hypothesis import strategies as st

from dateline.dates import PartialDate
from dateline.formats import searchable
from dateline.frames.patterns import at_least, at_most, between, in_any_case, literal
from dateline.provenance import FieldSource
from dateline.records import Quantity


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_a_pattern_of_a_range_is_the_range(one, other, asked):
    """
    A number of so many digits is found if and only if it lies between the two.
    """
    low, high = sorted((one, other))

    first, last, text = f"{low:04}", f"{high:04}", f"{asked:04}"

    assert bool(re.fullmatch(between(first, last), text)) == (low <= asked <= high)
    assert bool(re.fullmatch(at_least(first), text)) == (low <= asked)
    assert bool(re.fullmatch(at_most(last), text)) == (asked <= high)


@given(*[st.dates().map(str)] * 3)
def test_a_pattern_of_a_range_of_days_is_the_range(one, other, asked):
    """
    Hyphens stand where they stood.
    """
    low, high = sorted((one, other))

    assert bool(re.fullmatch(between(low, high), asked)) == (low <= asked <= high)
    assert bool(re.fullmatch(at_least(low), asked)) == (low <= asked)
    assert bool(re.fullmatch(at_most(high), asked)) == (asked <= high)


@given(make.texts())
def test_a_literal_means_only_itself(text):
    """
    What it says of each character is its code point.
    """
    said = re.sub(r"\\x\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), literal(text))

    assert text == said
    assert re.fullmatch(r"(?:[A-Za-z0-9]|\\x\{[0-9a-f]+\})*", literal(text))


def test_a_pattern_of_a_tag_takes_any_case():
    """
    Only letters have a case.
    """
    assert r"[sS][rR]\x{2d}1" == in_any_case("sr-1")


@given(make.decimals(), make.decimals())
def test_sortable_decimals_sort_as_numbers(one, other):
    """
    Equal ones are written alike, and all are equally long.
    """
    first, second = searchable.sortable(one), searchable.sortable(other)

    assert (one < other, one == other) == (first < second, first == second)
    assert len(first) == len(second)


@given(make.dates)
def test_gaps_are_the_days_that_no_reading_has(date):
    """
    Between the first and the last day, a day lies in a gap or in a reading.
    """
    gaps = searchable.gaps(date)
    edges = sorted({day for days in date.readings for day in days})
    for first, last in itertools.pairwise(edges):
        middle = first + (last - first) // 2
        in_gap = gaps is not None and searchable.has_gap(gaps, middle, middle)

        assert in_gap != date.possibly_within(middle, middle)


@pytest.mark.parametrize(
    ("date", "gaps"),
    [
        (None, None),
        ("2022-03", None),
        ("[2022-03-01,2022-03-02]", None),
        ("[2022-03,2022-03-05,2022-04-03]", "2022-04-01/2022-04-02"),
        ("[2022-01,2022-03,2022-05]", "2022-02-01/2022-02-28 2022-04-01/2022-04-30"),
    ],
)
def test_gaps_are_written_in_order(date, gaps):
    """
    Between ends, each with its first and its last day; none is None.
    """
    assert gaps == searchable.gaps(None if date is None else PartialDate(date))


@given(make.texts(), make.texts())
def test_entries_stay_apart(one, other):
    """
    Two texts are the same as entries if they are the same, and neither ends an entry.
    """
    first, second = searchable.in_entry(one), searchable.in_entry(other)

    assert (one == other) == (first == second)
    assert searchable.END not in first + second


def test_numbers_are_written_with_their_units():
    """
    A sign, the digits before and those after the point; then the unit, without its case.
    """
    quantities = (Quantity(value=Decimal("-2.5"), bound="about", unit="Day\n"),)

    assert searchable.amounts(()) is None
    assert f"\n0{'9' * 29}7{'4' + '9' * 29} day\\n\n" == searchable.amounts(quantities)


def test_bases_are_those_of_each_field():
    """
    A record without sources has none.
    """
    sources = (
        FieldSource(fields=["said"], basis="inferred"),
        FieldSource(fields=["via", "kind"], basis="absent"),
    )

    assert searchable.bases(()) is None
    assert " inferred:said absent:via absent:kind " == searchable.bases(sources)
