"""
The table of agreement counts right, and finds what somebody put there to be found.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from csl import agreement
from csl.agreement import Agreement, Comparison, Row


SAME = {("a", "bib"): "A.", ("a", "cite"): "(A)", ("b", "bib"): "B.", ("b", "cite"): "(B)"}

#: The reference is mistaken about one entry, and pandoc says so too.
MISTAKEN = SAME | {("b", "bib"): "B"}


def compared(ours=SAME, reference=MISTAKEN, pandoc=SAME):
    """
    A comparison in which one deviation is kept.
    """
    return Comparison(ours, reference, pandoc)


SOUND = Row("tiny", compared(), compared(), in_order=True, kept={("b", "bib"): "a mistake"})


@pytest.fixture
def table(monkeypatch):
    """
    Make a table of rows, with floors that fit it.
    """
    monkeypatch.setattr(agreement, "ENTRIES_FLOOR", 1)
    monkeypatch.setattr(agreement, "SUITE_FLOOR", 1)

    return lambda row=SOUND, **suite: Agreement((row,), suite or {"one": "pass", "two": "fail"})


def test_a_sound_table_has_no_faults(table):
    """
    A deviation that is kept and explained is none.
    """
    lines = list(table().lines())

    assert [] == list(table().faults())
    assert "| tiny | 1 | 2 | yes | 1 | 2 | 2 | 2 | 0 |" in lines
    assert "- tiny: entry of b: a mistake" in lines
    assert "\nEntries: 1 of 2 (50.00%)" in lines
    assert "Entries, with those explained: 2 of 2 (100.00%)" in lines
    assert "Citations: 2 of 2 (100.00%)" in lines
    assert "Official suite: 1 of 2 (50.00%), 0 refused" in lines


def test_a_planted_difference_is_found(table):
    """
    What differs without being listed is named, and missed in the sums.
    """
    ours = SAME | {("a", "cite"): "(planted)"}
    row = replace(SOUND, alone=compared(ours))

    assert "| tiny | 1 | 1 | yes | 1 | 2 | 2 | 1 | 1 |" in list(table(row).lines())
    assert [
        "tiny: citation of a differs alone, and is not kept on purpose",
        "tiny: citation of a differs alone from what both others agree on",
        "99.5% of the citations must be equal, not 1",
    ] == list(table(row).faults())


def test_an_entry_that_is_missing_in_the_list_is_found(table):
    """
    The whole list is held against the list, and its order against the order.
    """
    ours = {key: text for key, text in SAME.items() if key != ("a", "bib")}
    row = replace(SOUND, listed=compared(ours), in_order=False)

    assert [
        "tiny: entry of a differs in the list, and is not kept on purpose",
        "tiny: entry of a differs in the list from what both others agree on",
        "tiny: the list has another order",
    ] == list(table(row).faults())


def test_a_deviation_that_is_gone_is_found(table):
    """
    The list of what is kept on purpose holds nothing else.
    """
    row = replace(SOUND, alone=compared(MISTAKEN), listed=compared(MISTAKEN))

    assert [
        "tiny: entry of b is kept on purpose, and does not differ alone",
        "tiny: entry of b is kept on purpose, and does not differ in the list",
    ] == list(table(row).faults())


def test_a_deviation_explains_nothing_where_pandoc_follows_the_reference(table):
    """
    Two against one is no known mistake, listed or not.
    """
    both = compared(pandoc=MISTAKEN)
    row = replace(SOUND, alone=both, listed=both)

    assert "Entries, with those explained: 1 of 2 (50.00%)" in list(table(row).lines())
    assert [
        "tiny: entry of b differs alone from what both others agree on",
        "tiny: entry of b differs in the list from what both others agree on",
        "all entries must be equal or explained, not 1",
    ] == list(table(row).faults())


def test_the_suite_counts(table):
    """
    Too few fixtures that pass, and each that is refused, are faults.
    """
    assert [
        "one of the suite is refused: InvalidStyle",
        "at least 1 fixtures of the suite must pass, not 0",
    ] == list(table(one="InvalidStyle", two="fail").faults())


def test_the_floor_of_entries_is_the_real_one():
    """
    However well the rest is explained, no fewer entries are equal than the floor says.
    """
    suite = dict.fromkeys(map(str, range(agreement.SUITE_FLOOR)), "pass")

    assert ["at least 822 entries must be equal, not 1"] == list(Agreement((SOUND,), suite).faults())
