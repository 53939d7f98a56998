"""
Tables read into drafts: CSV, and JSON Lines of flat rows, with the columns that somebody else chose.
"""

from __future__ import annotations

import json

import pytest

import dateline
from dateline.errors import InvalidDocument, InvalidRecord, InvalidValue
from dateline.formats import dumps, rows
from dateline.records import Credit


COLUMNS = {
    "headline": "title",
    "publisher": "source",
    "bylines": "authors",
    "published": "published date",
    "url": "link",
    "language": "lang",
}

ROW = {
    "": "0",
    "title": "Ferry returns, with fog",
    "text": "Our own words.\nIn two lines.",
    "source": "The Harbour Gazette",
    "authors": "Ana Lind; Tomas Berg",
    "published date": "2021-04-01 09:30:00",
    "link": "https://gazette.example/ferry",
    "lang": "en",
}


def table(*found, header=tuple(ROW)):
    """
    A CSV table with some rows.
    """
    lines = [header, *(tuple(row.values()) for row in found)]
    cells = (",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)

    return "\r\n".join(cells).encode()


def lines(*found):
    """
    The same as JSON Lines.
    """
    return b"".join(json.dumps(row).encode() + b"\n" for row in found)


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (rows.read_csv, table(ROW)),
        (rows.read_csv, b"\xef\xbb\xbf" + table(ROW) + b"\r\n\r\n"),
        (rows.read_json_lines, lines(ROW)),
        (rows.read_json_lines, lines(ROW | {"authors": ["Ana Lind", "Tomas Berg"], "score": 0.5})),
    ],
)
def test_a_row_becomes_a_draft(read, data):
    """
    Each field from the column that the mapping names; the other columns are not read.
    """
    (article,) = read(data, "news.csv", COLUMNS, separator=";").values()

    assert article.id == "the-harbour-gazette-2021-04-01-ferry-returns-with-fog"
    assert article.headline == "Ferry returns, with fog"
    assert article.publisher == Credit(name="The Harbour Gazette")
    assert article.bylines == (Credit(name="Ana Lind"), Credit(name="Tomas Berg"))
    assert (str(article.published), article.language) == ("2021-04-01", "en")
    assert article.url == "https://gazette.example/ferry"


def test_a_cell_is_one_name_unless_it_is_to_be_taken_apart():
    """
    Only the caller knows what stands between names.
    """
    (article,) = rows.read_csv(table(ROW), "news.csv", COLUMNS).values()

    assert article.bylines == (Credit(name="Ana Lind; Tomas Berg"),)


def test_columns_with_the_names_of_fields_need_no_mapping():
    """
    So our own table of articles is read as it is.
    """
    ukraine = dateline.load("ukraine-2022")
    again = rows.read_csv(dumps(ukraine, "csv").encode(), "ukraine.csv", separator="; ")

    for article, back in zip(ukraine.values(), again.values(), strict=True):
        for name in ("headline", "published", "url", "language"):
            assert getattr(back, name) == getattr(article, name)
        for name in ("bylines", "agencies"):
            assert [one.name for one in getattr(back, name)] == [one.name for one in getattr(article, name)]


def test_a_table_may_have_another_delimiter():
    """
    Such as the tabulator.
    """
    assert "fog" in rows.read_csv(b"headline\turl\nFog\t\n", "x.tsv", delimiter="\t")


def test_empty_cells_and_nulls_say_nothing():
    """
    What is not there is unknown, and no fault; what others take for nothing is text.
    """
    (article,) = rows.read_csv(b"headline,url,bylines\nNA, ,\n", "x.csv").values()
    (other,) = rows.read_json_lines(b'{"headline": "Fog", "url": null, "bylines": [null, ""]}', "x").values()

    assert (article.headline, article.url, article.bylines) == ("NA", None, ())
    assert (other.url, other.bylines) == (None, ())


def test_a_row_without_a_key_says_nothing_of_it():
    """
    In JSON Lines keys are left out.
    """
    corpus = rows.read_json_lines(lines({"headline": "Fog", "language": "en"}, {"headline": "Rain"}), "x")

    assert corpus["rain"].language is None


@pytest.mark.parametrize("read", [rows.read_csv, rows.read_json_lines])
def test_an_empty_table_is_an_empty_corpus(read):
    """
    Whatever columns are asked for.
    """
    assert len(read(b"", "x", COLUMNS)) == 0
    assert len(rows.read_csv(b"headline\n", "x.csv")) == 0


def test_every_value_that_cannot_be_taken_is_named():
    """
    With row and column, and all at once.
    """
    bad = ROW | {"published date": "last week", "link": "gazette"}
    found = rows.csv_drafts(table(ROW, bad), "news.csv", COLUMNS)

    assert [(fault.path, fault.subject) for fault in found.faults] == [
        ("row 3['published date']", "published"),
        ("row 3.link", "url"),
    ]
    assert len(found.corpus) == 2
    with pytest.raises(InvalidRecord, match=r"news\.csv: date must"):
        rows.read_csv(table(ROW, bad), "news.csv", COLUMNS)


def test_a_row_with_more_or_fewer_cells_is_reported():
    """
    Nobody can tell which cell is which.
    """
    found = rows.csv_drafts(b"headline,url\nFog\nRain,\nWind,,\n", "x.csv")

    assert [str(fault) for fault in found.faults] == [
        "must have 2 cells, got 1 @ row 2",
        "must have 2 cells, got 3 @ row 4",
    ]
    assert list(found.corpus) == ["rain"]


def test_cells_may_be_as_long_as_texts_are():
    """
    Also those in columns that nobody asked for.
    """
    article = dateline.reads(table(ROW | {"text": "z" * 200_000}), "csv", columns=COLUMNS)

    assert ["Ferry returns, with fog"] == [one.headline for one in article.values()]


def test_a_line_that_is_no_object_is_reported():
    """
    The others are read.
    """
    data = (
        b'{"headline": "Fog", "headline": "Mist", "url": null}\n{"headline"\n7\n\xff\n{"headline": "Rain"}\n'
    )
    found = rows.json_lines_drafts(data, "x.jsonl")

    assert [fault.path for fault in found.faults] == ["line 1", "line 2", "line 3", "line 4"]
    assert list(found.corpus) == ["rain"]


@pytest.mark.parametrize("value", [7, True, {"name": "Ana"}, [["Ana"]]])
def test_a_value_of_the_wrong_type_is_reported(value):
    """
    Nothing is made into text.
    """
    found = rows.json_lines_drafts(lines({"headline": "Fog", "bylines": value}), "x.jsonl")

    assert [fault.subject for fault in found.faults] == ["bylines"]


@pytest.mark.parametrize(
    ("data", "columns", "problem"),
    [
        (b"title,day\nFog,2021\n", None, "must have a column headline"),
        (b"title,day\nFog,2021\n", {}, "must have a column headline"),
        (b"title,day\nFog,2021\n", {"headline": "heading"}, "must have the column 'heading'"),
        (b"title,title\nFog,Mist\n", {"headline": "title"}, "two columns of one name"),
        (b'title\n"Fog\n', {"headline": "title"}, "must be CSV"),
        (b'title\n"Fog"x\n', {"headline": "title"}, "must be CSV"),
        (b"title\nF\xffg\n", {"headline": "title"}, "must be UTF-8"),
    ],
)
def test_a_table_that_cannot_be_understood_is_refused(data, columns, problem):
    """
    The file and the reason are named.
    """
    with pytest.raises(InvalidDocument, match=problem):
        rows.read_csv(data, "x.csv", columns)


def test_a_field_that_no_column_can_hold_is_refused():
    """
    Claims do not come out of tables.
    """
    with pytest.raises(InvalidValue, match="field of a column must be one of headline"):
        rows.read_json_lines(lines(ROW), "x", {"claims": "text"})


@pytest.mark.parametrize("delimiter", ["", ";;", '"', "\n"])
def test_a_delimiter_is_one_character(delimiter):
    """
    And no quote or end of a line.
    """
    with pytest.raises(InvalidValue, match="delimiter must"):
        rows.read_csv(table(ROW), "x.csv", delimiter=delimiter)
