"""
What a text prints of its own origin, and what it does not.
"""

from __future__ import annotations

import datetime

import pytest

from dateline.building import Columns, Datelines, Gazetteer, PublicationLines, draft
from dateline.building.columns import raw_article
from dateline.building.printed_dates import printed_date
from dateline.validation import validate


PLACES = Gazetteer(
    {
        "Larkhaven": ["place/larkhaven"],
        "Old Quay, Norland": ["place/old-quay"],
        "Berg": ["person/tomas-berg"],
        "Ferry Bay": ["place/ferry-bay", "place/ferry-bay-county"],
    }
)

#: After a dash, long enough for a report.
REPORT = "The ferry sailed again on Monday after eleven weeks in dry dock."


def drafted(text, *rules, **values):
    """
    The draft of a text, by the rules for datelines unless others are given.
    """
    raw = raw_article({"id": "ferry", "text": text, **values}, Columns(), "archive")
    article = draft(raw, rules or (Datelines(PLACES), PublicationLines()))
    validate(article)

    return article


def read(article, name):
    """
    The basis of a field, and the words that are the evidence.
    """
    return str(article.sourced(name).source.basis)


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("LARKHAVEN, March 1 (Reuters) - It", "LARKHAVEN", "Reuters"),
        ("LARKHAVEN, Norland (AP) — It", "LARKHAVEN, Norland", "AP"),
        ("Larkhaven (AFP) – It", "Larkhaven", "AFP"),
        ("LARKHAVEN, March 1 (Xinhua) -- It", "LARKHAVEN", "Xinhua"),
        ("LARKHAVEN, March 1. /TASS/. It", "LARKHAVEN", "TASS"),
        ("ST. OLAV, Nor., Sept. 3 (AP) — It", "ST. OLAV, Nor.", "AP"),
        ("L’ANSE, 3 Aug - It", "L’ANSE", None),
        ("Ny-Ålesund, Monday - It", "Ny-Ålesund", None),
        ("Larkhaven - It", "Larkhaven", None),
        ("Old Quay, Norland — It", "Old Quay, Norland", None),
    ],
)
def test_a_dateline_is_stated(line, place, agency):
    """
    A place beside a date or an agency, or that is known, is stated, as printed.
    """
    article = drafted(f"A title\nBy Ana Lind\n{line} sailed.")

    assert article.dateline.place == place
    assert read(article, "dateline") == "stated"
    assert [credit.name for credit in article.agencies] == ([agency] if agency else [])
    assert read(article, "agencies") == ("stated" if agency else "unknown")


def test_evidence_is_where_the_words_stand():
    """
    Positions of evidence give back what is stated.
    """
    text = "Title\nLARKHAVEN, March 1, 2021 (Reuters) - It sailed."
    article = drafted(text)
    [place] = article.sourced("dateline").source.evidence
    [agency] = article.sourced("agencies").source.evidence

    assert text[place.start : place.end] == "LARKHAVEN, March 1, 2021"
    assert text[agency.start : agency.end] == "Reuters"


@pytest.mark.parametrize(
    "line",
    [
        "Ferry halts again - harbour master says that it is not so, and will not be so",
        "FERRY HALTS AGAIN - HARBOUR MASTER SAYS THAT IT IS NOT SO AND WILL NOT BE SO",
        "FERRY HALTS - short",
        f"BREAKING - {REPORT}",
        f"LIVE UPDATES - {REPORT}",
        f"A, B, C, March 1 - {REPORT}",
        f"ONE TWO THREE FOUR FIVE SIX SEVEN, March 1 - {REPORT}",
        f"Berg - {REPORT}",
        f"Ferry Bay - {REPORT}",
        f"Larkhaven (Somebody) - {REPORT}",
        f"Larkhaven, Feb. 30 - {REPORT}",
        f"12 - {REPORT}",
        "The well-known ferry sailed.",
        "Both/and/or. It sailed.",
        "LARKHAVEN",
    ],
)
def test_what_is_no_dateline_is_left_alone(line):
    """
    Headlines, labels, people, unsure places and other lines with a dash are no datelines.
    """
    article = drafted(line)

    assert article.dateline is None
    assert article.agencies == ()
    assert read(article, "dateline") == "unknown"


def test_an_agency_may_stand_alone():
    """
    A report that opens with an agency has that, and no dateline.
    """
    article = drafted("(Reuters) - It sailed.")

    assert (article.dateline, article.agencies[0].name) == (None, "Reuters")


def test_a_place_by_its_form_is_inferred():
    """
    Capitals before a dash, with nothing else to show it, make a place inferred, with the reason.
    """
    article = drafted(f"OSLO - {REPORT}", Datelines())

    assert article.dateline.place == "OSLO"
    assert read(article, "dateline") == "inferred"


def test_a_known_place_has_its_entity():
    """
    A place of the gazetteer is named by its id as well, inferred; of others the entity is unknown.
    """
    known, other = drafted(f"Larkhaven - {REPORT}"), drafted("OSLO, March 1 - It")

    assert (known.dateline.entity, read(known, "dateline.entity")) == ("place/larkhaven", "inferred")
    assert (other.dateline.entity, read(other, "dateline.entity")) == (None, "unknown")


@pytest.mark.parametrize(
    ("printed", "given", "date", "basis"),
    [
        ("March 1, 2021", {}, "2021-03-01", "stated"),
        ("Monday, 1 March 2021", {}, "2021-03-01", "stated"),
        ("2021-03-01", {}, "2021-03-01", "stated"),
        ("March 1", {"date": "2021-03-02"}, "2021-03-01", "inferred"),
        ("Dec. 31", {"date": "2021-01-01"}, "2020-12-31", "inferred"),
        ("Monday", {"date": "2021-03-02"}, "2021-03-01", "inferred"),
        ("Monday", {"captured": "2021-03-02"}, "2021-03-01?", "inferred"),
        ("March 1", {"date": "2021-03-02", "captured": "2026-01-01"}, "2021-03-01", "inferred"),
        # May be tomorrow's, elsewhere, as well as that of six days ago.
        ("Wednesday", {"date": "2021-03-02"}, None, "unknown"),
        ("March 3", {"date": "2021-03-02"}, None, "unknown"),
        ("June 3", {"date": "2021-03-02"}, None, "unknown"),
        ("March 1", {"date": "2021-03"}, None, "unknown"),
        ("March 1", {"date": "2021-03-02~"}, None, "unknown"),
        ("March 1", {}, None, "unknown"),
        ("Monday", {}, None, "unknown"),
    ],
)
def test_the_date_of_a_dateline(printed, given, date, basis):
    """
    A full date is stated; another is inferred from publication, or less surely from capture, or unknown.
    """
    article = drafted(f"OSLO, {printed} - It sailed.", **given)

    assert (article.dateline.date and str(article.dateline.date)) == date
    assert read(article, "dateline.date") == basis


def test_a_dateline_without_a_date_says_so():
    """
    Where no date is printed its absence is known.
    """
    assert read(drafted(f"Larkhaven - {REPORT}"), "dateline.date") == "absent"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published: March 1, 2021", "2021-03-01"),
        ("First published on Monday, 1st March 2021 10:20 GMT", "2021-03-01"),
        ("Posted 2021-03-01T10:00", None),
        ("Posted 2021-03-01", "2021-03-01"),
        ("Published 03/01/2021", None),
        ("Published: March 1", None),
        ("Published: 2021-02-30", None),
        ("Updated: March 1, 2021", None),
        ("March 1, 2021", None),
    ],
)
def test_the_day_of_publication(line, date):
    """
    Only a line that says "published" with a full date tells when.
    """
    article = drafted(f"A title\n{line}\nIt sailed.")

    assert (article.published and str(article.published)) == date


def test_only_the_beginning_of_a_text_is_looked_at():
    """
    What stands far below is of another report.
    """
    assert drafted("\n" * 20 + "LARKHAVEN, March 1 (AP) - It").dateline is None


@pytest.mark.parametrize("text", ["Marching", "March 32", "yesterday", "Mondays", "May"])
def test_what_is_no_date(text):
    """
    Words that begin like dates are none.
    """
    assert printed_date(text) is None


def test_a_day_before_the_first_is_none():
    """
    Only days that exist are meant.
    """
    assert printed_date("Feb. 29").last_before(datetime.date(2021, 3, 1)) is None


@pytest.mark.parametrize("line", ["NEW YORK, Feb. 30 (AP) - It", "LARKHAVEN 7 (AP) - It"])
def test_a_place_has_no_figures(line):
    """
    A day that does not exist is no part of a place.
    """
    assert drafted(f"{line} sailed.").dateline is None
