"""
Many works of people who have the same names, or are the same.
"""

from __future__ import annotations

import pytest

from dateline.csl import Style


LAYOUT = (
    '<group delimiter=" "><names variable="author"><name form="short" initialize-with=". "/></names>'
    '<date variable="issued"><date-part name="year"/></date></group>'
)

GIVEN = 'disambiguate-add-givenname="true"'
NAMES = 'disambiguate-add-names="true" et-al-min="2" et-al-use-first="1"'
LETTERS = 'disambiguate-add-year-suffix="true"'
EVERYWHERE = 'givenname-disambiguation-rule="all-names"'


def cited(options: str, *authors: str, years: tuple[int, ...] = ()) -> str:
    """
    One citation of works by the authors, whose names are parted by a plus sign.
    """
    works = [
        {
            "id": str(place),
            "author": [
                dict(zip(("given", "family"), name.split(" "), strict=True)) for name in people.split("+")
            ],
            "issued": {"date-parts": [[years[place] if years else 2000]]},
        }
        for place, people in enumerate(authors)
    ]
    style = Style.parse(
        f'<style xmlns="http://purl.org/net/xbiblio/csl"><citation {options}>'
        f'<layout delimiter="; ">{LAYOUT}</layout></citation></style>'
    )

    return str(style.cite(works))


@pytest.mark.parametrize(
    ("options", "authors", "expected"),
    [
        (GIVEN, ["Ann Doe", "Ann Doe", "Bea Doe"], "A. Doe 2000a; A. Doe 2000b; B. Doe 2000"),
        (GIVEN, ["Ann Doe", "Ann Doe"], "Doe 2000a; Doe 2000b"),
        (
            NAMES,
            ["Ann Doe+Bea Roe", "Ann Doe+Bea Roe", "Ann Doe+Cy Poe"],
            "Doe, Roe 2000a; Doe, Roe 2000b; Doe, Poe 2000",
        ),
        (
            f"{GIVEN} {NAMES}",
            ["Ann Doe+Bea Roe+Eve Low", "Ann Doe+Cy Roe+Eve Low", "Ann Doe+Cy Roe+Eve Low"],
            "Doe, B. Roe, et al. 2000; Doe, C. Roe, et al. 2000a; Doe, C. Roe, et al. 2000b",
        ),
    ],
)
def test_works_of_the_same_people_stay_together(options, authors, expected):
    """
    Names part those of other people; works of the same people get letters.
    """
    assert expected == cited(f"{options} {LETTERS}", *authors)


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["Jane Doe", "Jack Doe", "Rob Doe"], "Jane Doe 2000; Jack Doe 2001; R. Doe 2002"),
        (["Jane Doe", "Jane Doe", "Rob Roe"], "Doe 2000; Doe 2001; Roe 2002"),
    ],
)
def test_given_names_are_shown_as_far_as_they_help(authors, expected):
    """
    Of namesakes, each shows what tells it from most of the others, and no more.
    """
    assert expected == cited(f"{GIVEN} {EVERYWHERE}", *authors, years=(2000, 2001, 2002))


def test_hundreds_of_namesakes_are_told_apart():
    """
    However many share a family name, each shows a given name that is its own.
    """
    given = [f"{first}{second}" for first in "ABCDEFGHIJ" for second in "abcdefghijklmno"]
    names = [f"{name} Doe" for name in given]

    assert [f"{name} 2000" for name in names] == cited(f"{GIVEN} {EVERYWHERE}", *names).split("; ")


def test_cites_that_print_nothing_are_not_told_apart():
    """
    Works without names and dates leave the letters to those that print something.
    """
    style = Style.parse(
        f'<style xmlns="http://purl.org/net/xbiblio/csl"><citation {LETTERS}>'
        f'<layout delimiter="; ">{LAYOUT}</layout></citation></style>'
    )

    assert "" == str(style.cite([{"id": "a"}, {"id": "b"}]))
