"""
Dates: what is one, what it may mean, and what it matches.
"""

from __future__ import annotations

import copy
import datetime
import pickle

import pytest
import strategies as make
from hypothesis import given
from hypothesis import strategies as st

from dateline.dates import PartialDate, as_date, parse_bound
from dateline.errors import InvalidValue


#: Printed, first day, last day, qualifier.
VALID = [
    ("2022", "2022-01-01", "2022-12-31", ""),
    ("0001", "0001-01-01", "0001-12-31", ""),
    ("9999", "9999-01-01", "9999-12-31", ""),
    ("2022-02", "2022-02-01", "2022-02-28", ""),
    ("2024-02", "2024-02-01", "2024-02-29", ""),
    ("1900-02", "1900-02-01", "1900-02-28", ""),
    ("2000-02-29", "2000-02-29", "2000-02-29", ""),
    ("2022-03-02~", "2022-03-02", "2022-03-02", "~"),
    ("2022-03?", "2022-03-01", "2022-03-31", "?"),
    ("2022%", "2022-01-01", "2022-12-31", "%"),
    ("2022-02-24/2022-03-02", "2022-02-24", "2022-03-02", ""),
    ("2022-02-24/2022-02-24", "2022-02-24", "2022-02-24", ""),
    ("2022-02/2022-03-02", "2022-02-01", "2022-03-02", ""),
    ("2021/2022", "2021-01-01", "2022-12-31", ""),
    ("2022-02-24~/2022-03-02", "2022-02-24", "2022-03-02", "~"),
    ("2022-02-24/2022-03-02?", "2022-02-24", "2022-03-02", "?"),
    ("[2022-03-02,2022-03-03]", "2022-03-02", "2022-03-03", ""),
    ("[2021,2022-03,2022-03-03]", "2021-01-01", "2022-03-31", ""),
    ("[2022-03-02,2022-03-03~]", "2022-03-02", "2022-03-03", "~"),
]

INVALID = [
    *("", " ", "2022 ", " 2022", "2022\n", "22", "02022", "20220302", "2022-3", "2022-03-2"),
    *("0000", "2022-00", "2022-13", "2022-00-01", "2022-03-00", "2022-03-32", "2022-02-29"),
    *("1900-02-29", "2022-04-31", "-0001", "Y17E7", "2022-21", "2022-XX", "202X", "2022-03-02T10:00"),
    *("2022~?", "~2022", "2022-03~-02", "2022!", "2022/", "/2022", "2022/..", "../2022", "/"),
    *("2022/2021", "2022-03-02/2022-03-01", "2021/2022/2023", "2022/2022-03", "2022-02-30/2022-03"),
    *("[]", "[2022]", "[2022,]", "[2022,2022]", "[2022,2021]", "[2022,2023", "2022,2023", "{2021,2022}"),
    *("[2021..2022]", "[2021, 2022]", "[2021,2022]~", "[2021/2022,2023]", "[2022-02-30,2022-03-01]"),
    *("٢٠٢٢", "２０２２", "2022—03", "today", "2022\x00", "\ufeff2022"),
]  # fmt: skip

DAY = datetime.timedelta(days=1)
NEAR = st.dates(datetime.date(2020, 11, 1), datetime.date(2024, 2, 28))
SIDES = st.none() | NEAR


def days(date):
    """
    For each reading of a date its days, counted one by one, near the years that tests ask about.
    """
    readings = []
    for first, last in date.readings:
        start, end = max(first, NEAR_FIRST), min(last, NEAR_LAST)
        count = (end - start).days + 1
        readings.append([start + number * DAY for number in range(count)] or [first, last])

    return readings


NEAR_FIRST, NEAR_LAST = datetime.date(2020, 1, 1), datetime.date(2024, 12, 31)


@pytest.mark.parametrize(("text", "earliest", "latest", "qualifier"), VALID)
def test_a_date_means_its_days(text, earliest, latest, qualifier):
    """
    A date knows its first day, its last day and its qualifier.
    """
    date = PartialDate(text)

    assert (earliest, latest, qualifier) == (
        date.earliest.isoformat(),
        date.latest.isoformat(),
        date.qualifier,
    )


@pytest.mark.parametrize("text", INVALID)
def test_what_is_not_in_the_subset_is_refused(text):
    """
    A text that is no date of the subset is refused, and named in the message.
    """
    with pytest.raises(InvalidValue) as caught:
        PartialDate(text)

    assert ("date", text) == (caught.value.subject, caught.value.actual)


@pytest.mark.parametrize(
    "value", [None, 2022, 2022.0, b"2022", datetime.date(2022, 3, 2), ["2022"]], ids=repr
)
def test_only_text_is_parsed(value):
    """
    A date is made from text and nothing else.
    """
    with pytest.raises(InvalidValue, match="date must be EDTF such as"):
        PartialDate.parse(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0000", "have a year in 1..9999"),
        ("2022-13", "have a month in 1..12"),
        ("2022-02-29", "have a day in 1..28"),
        ("2024-02-30", "have a day in 1..29"),
        ("2022-03-02/2022-03-01", "not end before it starts"),
        ("[2022,2021]", "list two or more different choices in order"),
    ],
)
def test_a_refusal_says_which_part_is_wrong(text, expected):
    """
    The message about a date names the part that is out of range.
    """
    with pytest.raises(InvalidValue) as caught:
        PartialDate(text)

    assert expected == caught.value.expected


@pytest.mark.properties
@given(make.dates)
def test_a_date_survives_printing(date):
    """
    Parsing a printed date gives an equal date, of the same days.
    """
    again = PartialDate.parse(str(date))

    assert (date, date.readings, date.qualifier) == (again, again.readings, again.qualifier)
    assert date == eval(repr(date))  # noqa: S307 - a repr is the code that makes it


@pytest.mark.properties
@given(st.text(alphabet="0123456789-/[],~?%.X ", max_size=24))
def test_a_text_is_a_date_as_it_stands_or_not_at_all(text):
    """
    Nothing about a text is mended on its way to a date.
    """
    try:
        date = PartialDate(text)
    except InvalidValue:
        return

    assert text == str(date)


@pytest.mark.properties
@given(make.dates)
def test_readings_are_days_in_order(date):
    """
    No reading ends before it starts, none stands twice, and they span the whole.
    """
    assert all(first <= last for first, last in date.readings)
    assert sorted(set(date.readings)) == list(date.readings)
    assert date.readings[0][0] == date.earliest
    assert date.latest in {last for _, last in date.readings}


@pytest.mark.properties
@given(make.dates, SIDES, SIDES)
def test_possibly_within_is_overlap(date, since, until):
    """
    A date is possibly within a range if one day of one reading is.
    """
    overlapping = any(
        (since is None or day >= since) and (until is None or day <= until)
        for reading in days(date)
        for day in reading
    )

    assert (overlapping and not (since and until and since > until)) == (
        date.possibly_within(since, until) and not (since and until and since > until)
    )


@pytest.mark.properties
@given(make.dates, SIDES, SIDES)
def test_certainly_within_is_containment(date, since, until):
    """
    A date is certainly within a range if it is unqualified and every day of every reading is.
    """
    ends = [day for reading in date.readings for day in reading]
    contained = all(
        (since is None or day >= since) and (until is None or day <= until)
        for day in [*ends, *(day for reading in days(date) for day in reading)]
    )

    assert (contained and not date.qualifier) == date.certainly_within(since, until)


@pytest.mark.properties
@given(make.dates, SIDES, SIDES)
def test_what_is_certain_is_possible(date, since, until):
    """
    A date that is certainly within a range is possibly within it.
    """
    assert date.possibly_within(since, until) or not date.certainly_within(since, until)


@pytest.mark.properties
@given(make.dates, NEAR)
def test_a_day_parts_the_calendar(date, day):
    """
    A date is possibly before a day, or possibly from it on; certainly one at most.
    """
    before, after = (None, day - DAY), (day, None)

    assert date.possibly_within(*before) or date.possibly_within(*after)
    assert not (date.certainly_within(*before) and date.certainly_within(*after))
    if not date.qualifier:
        assert date.certainly_within(*before) != date.possibly_within(*after)


@pytest.mark.properties
@given(make.dates)
def test_an_open_range_holds_every_date(date):
    """
    Every date lies in a range without ends, certainly so if it is unqualified.
    """
    assert date.possibly_within(None, None)
    assert date.certainly_within(None, None) == (not date.qualifier)


@pytest.mark.parametrize(
    ("text", "since", "until", "possibly", "certainly"),
    [
        ("2022-03", "2022-03-31", None, True, False),
        ("2022-03", "2022-04-01", None, False, False),
        ("2022-03-02~", "2022-03-02", "2022-03-02", True, False),
        ("[2022-03-01,2022-03-05]", "2022-03-02", "2022-03-04", False, False),
        ("2022-03-01/2022-03-05", "2022-03-02", "2022-03-04", True, False),
        ("[2022-03-01,2022-03-05]", "2022-03-01", "2022-03-05", True, True),
    ],
)
def test_a_gap_between_choices_is_no_match(text, since, until, possibly, certainly):
    """
    Each reading is asked on its own: what lies between two choices is none of them.
    """
    bounds = [None if side is None else datetime.date.fromisoformat(side) for side in (since, until)]
    date = PartialDate(text)

    assert (possibly, certainly) == (date.possibly_within(*bounds), date.certainly_within(*bounds))


def test_dates_are_equal_if_printed_alike():
    """
    Two dates of the same days are different if one is printed otherwise, and none equals its text.
    """
    dates = {PartialDate("2022-03"), PartialDate("2022-03"), PartialDate("2022-03~")}

    assert len(dates) == 2
    assert PartialDate("2022-03") != PartialDate("2022-03-01/2022-03-31")
    assert PartialDate("2022-03") != "2022-03"


@pytest.mark.parametrize("name", ["_text", "readings", "qualifier", "earliest", "other"])
def test_a_date_does_not_change(name):
    """
    Nothing of a date can be set or deleted, and nothing added.
    """
    date = PartialDate("2022")
    with pytest.raises(AttributeError, match="does not change"):
        setattr(date, name, "2023")
    with pytest.raises(AttributeError, match="does not change"):
        delattr(date, name)

    assert date == PartialDate("2022")


def test_a_date_has_no_order():
    """
    Dates cannot be compared by size, since a partial one has no place in a row.
    """
    with pytest.raises(TypeError):
        assert PartialDate("2022") < PartialDate("2023")


@pytest.mark.properties
@given(make.dates)
def test_a_date_survives_pickling_and_copying(date):
    """
    A pickled or copied date comes back equal, with an equal hash.
    """
    for again in (pickle.loads(pickle.dumps(date)), copy.copy(date), copy.deepcopy(date)):  # noqa: S301
        assert (date, hash(date), date.readings) == (again, hash(again), again.readings)


def test_as_date_takes_what_is_a_date():
    """
    A date stays itself, a text becomes one, and None stays None.
    """
    date = PartialDate("2022")

    assert date is as_date(date)
    assert date == as_date("2022")
    assert as_date(None) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-11", "2022-11-01", "2022-11-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-11-05", "2022-11-05", "2022-11-05"),
    ],
)
def test_bounds_are_rounded_outwards(text, start, end):
    """
    A year or month as a bound holds all of its days.
    """
    assert (start, end) == (
        parse_bound(text, end=False).isoformat(),
        parse_bound(text, end=True).isoformat(),
    )


@pytest.mark.parametrize(
    "text", ["2022~", "2022-03-02?", "2022/2023", "[2022,2023]", "2022-02-30", "", 2022, None]
)
def test_a_bound_is_a_plain_point(text):
    """
    A range of dates does not begin or end with an uncertain date, a range or a choice.
    """
    with pytest.raises(InvalidValue):
        parse_bound(text, end=True)


@pytest.mark.interop
@pytest.mark.filterwarnings("ignore")
@given(make.dates)
def test_edtf_reads_our_dates_alike(date):
    """
    The package edtf, where it is installed, finds the same first and last day.
    """
    edtf = pytest.importorskip("edtf")
    parsed = edtf.parse_edtf(str(date))

    assert date.earliest.timetuple()[:3] == tuple(parsed.lower_strict()[:3])
    assert date.latest.timetuple()[:3] == tuple(parsed.upper_strict()[:3])
