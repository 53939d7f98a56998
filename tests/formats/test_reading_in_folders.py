"""
Parquet files and folders of tables read into drafts, web pages by their suffix, and drafts with their faults.
"""

from __future__ import annotations

import datetime
import json
from decimal import Decimal

import pyarrow
import pytest
from formats import hostile
from pyarrow import parquet

import dateline
from dateline.errors import InvalidDocument, InvalidRecord, InvalidValue, NoSuchFormat
from dateline.testing import tiny_corpus


COLUMNS = {"headline": "title", "published": "date", "bylines": "authors", "publisher": "source"}

ROWS = {
    "title": ["Ferry returns", "Fog stays"],
    "text": ["Our own words.", "In two rows."],
    "date": [datetime.date(2021, 4, 1), None],
    "authors": [["Ana Lind", "Tomas Berg"], []],
    "source": ["The Harbour Gazette", None],
    "label": [0.5, float("nan")],
}

PAGE = """<!DOCTYPE html><title>x</title><script type="application/ld+json">
{"@type": "NewsArticle", "headline": "Ferry returns", "datePublished": "2021-04-01"}</script>"""


def saved(path, **columns):
    """
    A Parquet file of the rows, in which some columns are others.
    """
    path.parent.mkdir(exist_ok=True)
    parquet.write_table(pyarrow.table(ROWS | columns), path)

    return path


@pytest.fixture
def folder(tmp_path):
    """
    A dataset of somebody else as it lies on a hub: a card, and a Parquet file for each split.
    """
    path = tmp_path / "ferry-news"
    path.mkdir()
    (path / "README.md").write_text("---\nlicense: mit\n---\n# Ferries\n", encoding="utf-8")
    saved(path / "data" / "test-00000-of-00001.parquet")
    saved(path / "data" / "train-00000-of-00001.parquet", title=["Rain", "Wind"])

    return path


@pytest.mark.parametrize(
    ("kind", "odd"),
    [
        (pyarrow.timestamp("ms"), 2**50),
        (pyarrow.timestamp("ms"), -(2**50)),
        (pyarrow.date32(), 2**30),
    ],
    ids=str,
)
def test_a_day_that_python_has_none_for_is_a_fault_of_its_row(kind, odd, tmp_path):
    """
    Such as the end of time in a database; the other rows are read.
    """
    number = pyarrow.int32() if kind == pyarrow.date32() else pyarrow.int64()
    path = saved(tmp_path / "news.parquet", date=pyarrow.array([odd, 0], number).cast(kind))
    found = dateline.read_drafts(path, columns={"headline": "title", "published": "date"})

    assert [("row 1.date", "published")] == [(fault.path, fault.subject) for fault in found.faults]
    assert [None, "1970-01-01"] == [one.published and str(one.published) for one in found.corpus.values()]


def test_nanoseconds_are_no_hindrance(tmp_path):
    """
    Python's instants have none, whether pandas is there or not.
    """
    days = pyarrow.array([86_400 * 10**9 + 1, 1], pyarrow.int64()).cast(pyarrow.timestamp("ns", "UTC"))
    path = saved(tmp_path / "news.parquet", date=days)
    found = dateline.read(path, columns={"headline": "title", "published": "date"})

    assert {"1970-01-01", "1970-01-02"} == {str(article.published) for article in found.values()}


def test_a_column_that_stands_twice_is_refused():
    """
    Which of them was meant nobody knows.
    """
    out = pyarrow.BufferOutputStream()
    table = pyarrow.Table.from_arrays([pyarrow.array(["A"]), pyarrow.array(["B"])], ["title", "title"])
    parquet.write_table(table, out)

    with pytest.raises(InvalidDocument, match="must have each column once, has 'title' again"):
        dateline.reads(out.getvalue().to_pybytes(), "parquet", columns={"headline": "title"})


@pytest.mark.parametrize("name", [None, "hugging-face", "parquet"])
def test_a_folder_of_others_is_read_with_columns(folder, name):
    """
    The rows of every table become drafts, each of which tells the file and the row.
    """
    corpus = dateline.read(folder, name, columns=COLUMNS)
    article = corpus["the-harbour-gazette-2021-04-01-ferry-returns"]

    assert ["Ferry returns", "Fog stays", "Rain", "Wind"] == [one.headline for one in corpus.values()]
    assert ["Ana Lind", "Tomas Berg"] == [credit.name for credit in article.bylines]
    assert "2021-04-01" == str(article.published)
    source = article.sourced("headline").source
    assert ("ferry-news", "read from data/test-00000-of-00001.parquet: row 1") == (
        source.reference,
        source.note,
    )
    assert None is corpus["fog-stays"].publisher


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (pyarrow.large_string(), ["2021-04-01", "2021-04"]),
        (pyarrow.timestamp("us"), [datetime.datetime(2021, 4, 1, 23, 30), None]),  # noqa: DTZ001 - as stored
        (pyarrow.timestamp("s", "Europe/Kyiv"), [1617231600, None]),
    ],
)
def test_a_parquet_file_is_read_with_columns(kind, values, tmp_path):
    """
    Days may be days, instants or texts, in whatever type a column has.
    """
    path = saved(tmp_path / "news.parquet", date=pyarrow.array(values, kind))
    found = dateline.read(path, columns={"headline": "title", "published": "date"})
    same = dateline.reads(path.read_bytes(), "parquet", columns={"headline": "title", "published": "date"})

    assert "2021-04-01" == str(found["2021-04-01-ferry-returns"].published)
    assert list(found) == list(same)


@pytest.mark.parametrize("value", [0.5, Decimal("1.5"), b"Ferry", {"text": "Ferry"}, True, 7])
def test_what_is_no_text_is_no_headline(value, tmp_path):
    """
    A value of another type is reported with its row and column, and never made into text.
    """
    path = saved(tmp_path / "news.parquet", title=[value, None])
    found = dateline.read_drafts(path, columns={"headline": "title", "published": "date"})

    assert ["row 1.title"] == [fault.path for fault in found.faults]
    assert ["2021-04-01"] == [str(article.published) for article in found.corpus.values()]


@pytest.mark.parametrize("text", [text for text in hostile.TEXTS if text.strip()])
def test_a_text_stays_what_it_is(text, tmp_path):
    """
    Whatever a headline looks like, it is read as it stands.
    """
    path = saved(tmp_path / "news.parquet", title=[text, text])
    headlines = {one.headline for one in dateline.read(path, columns={"headline": "title"}).values()}

    assert {text} == headlines


def test_a_folder_may_have_tables_of_several_kinds(tmp_path):
    """
    CSV and JSON Lines are read as Parquet is, other files are left alone, and faults name their file.
    """
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.csv").write_text("title,date\nFog,2021-04-03\nRain\n", encoding="utf-8")
    (folder / "b.JSONL").write_text('{"title": "Wind", "date": "soon"}\n7\n', encoding="utf-8")
    (folder / "notes.txt").write_text("title", encoding="utf-8")
    found = dateline.read_drafts(folder, columns={"headline": "title", "published": "date"})

    assert ["2021-04-03-fog", "wind"] == list(found.corpus)
    assert ["a.csv: row 3", "b.JSONL: line 2", "b.JSONL: line 1.date"] == [
        fault.path for fault in found.faults
    ]


def test_columns_that_are_called_like_fields_need_no_mapping(tmp_path):
    """
    So our own tables are read as drafts, as if they were somebody else's.
    """
    folder = tmp_path / "tiny"
    folder.mkdir()
    dateline.dump(tiny_corpus(), folder / "articles.csv")
    found = dateline.read_drafts(folder)

    assert [one.headline for one in tiny_corpus().values()] == [one.headline for one in found.corpus.values()]
    assert len(tiny_corpus()) == len(dateline.read_drafts(folder / "articles.csv").corpus)


def test_what_is_no_table_is_refused(folder, tmp_path):
    """
    A folder without a table, a damaged file and a column that is not there are named.
    """
    (tmp_path / "empty").mkdir()
    saved(folder / "data" / "test-00000-of-00001.parquet", name=["a", "b"])
    with pytest.raises(InvalidDocument, match=r"empty: must hold a table, a file that ends in \.parquet"):
        dateline.read(tmp_path / "empty", columns=COLUMNS)
    with pytest.raises(
        InvalidDocument, match=r"train-00000-of-00001\.parquet:1: must have the column 'name'"
    ):
        dateline.read(folder, columns={"headline": "name"})
    path = folder / "data" / "train-00000-of-00001.parquet"
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:4] + bytes(60) + whole[64:]):
        path.write_bytes(damaged)
        with pytest.raises(InvalidDocument, match="must be a sound Parquet file"):
            dateline.read(folder, columns=COLUMNS)


@pytest.mark.parametrize("name", ["ferry.html", "ferry.HTM", "ferry.jsonld"])
def test_a_page_is_read_by_its_suffix(name, tmp_path):
    """
    A web page is read for its JSON-LD.
    """
    (tmp_path / name).write_text(PAGE, encoding="utf-8")

    assert ["2021-04-01-ferry-returns"] == list(dateline.read(tmp_path / name))
    assert ["2021-04-01-ferry-returns"] == list(dateline.read_drafts(tmp_path / name).corpus)


def test_a_page_is_never_written(tmp_path):
    """
    A suffix that is only read means no format to write.
    """
    with pytest.raises(NoSuchFormat, match=r"\.html"):
        dateline.dump(tiny_corpus(), tmp_path / "tiny.html")


def test_drafts_come_with_what_could_not_be_taken(tmp_path):
    """
    What ``read()`` refuses, ``read_drafts()`` reads but for the values that are at fault.
    """
    path = tmp_path / "library.csl.json"
    entries = [{"type": "webpage", "title": "Fog", "language": "English"}, {"type": "book", "title": "Fog"}]
    path.write_text(json.dumps(entries), encoding="utf-8")
    with pytest.raises(InvalidRecord, match="language must look like"):
        dateline.read(path)
    found = dateline.read_drafts(path)

    assert ["fog"] == list(found.corpus)
    assert [("$[0].language", "language")] == [(fault.path, fault.subject) for fault in found.faults]
    assert ["$[1]"] == [fault.path for fault in found.passed_over]


@pytest.mark.parametrize("name", ["json", "bibtex", "csv-claims", "geojson"])
def test_a_format_that_tells_no_drafts_is_refused(name, tmp_path):
    """
    A format of whole records, or one that is only written, is named with those that tell drafts.
    """
    (tmp_path / "x").write_text("{}", encoding="utf-8")
    with pytest.raises(
        InvalidValue, match="format to read drafts from must be one of csl-json, csv-articles"
    ):
        dateline.read_drafts(tmp_path / "x", name)
    with pytest.raises(InvalidValue, match="format to read with columns must be a table"):
        dateline.read_drafts(tmp_path / "x", name, columns=COLUMNS)
