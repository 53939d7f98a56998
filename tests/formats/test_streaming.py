"""
Writing and reading piece by piece: the same files, the same faults, and nothing left behind.
"""

from __future__ import annotations

import io
import itertools

import pytest
from hypothesis import given
from strategies import corpora

import dateline
from dateline.corpus import Corpus
from dateline.errors import DigestMismatch, InvalidDocument, InvalidRecord, InvalidValue, NotWritten
from dateline.files import Draft
from dateline.formats import FORMATS, csv_, dump, dumps, jsonl, read
from dateline.testing import make_article, make_claim, tiny_corpus


STREAMED = ["jsonl", "csv-articles", "csv-claims"]

SURROGATE = make_claim(id="b/c01", statement="\ud83d")

each_format = pytest.mark.parametrize("name", STREAMED)


def test_these_formats_are_written_piece_by_piece():
    """
    JSON Lines and both tables of CSV are; Parquet is, file by file.
    """
    assert sorted(STREAMED) == sorted(name for name, format_ in FORMATS.items() if format_.save)
    assert FORMATS["parquet"].save_folder


@pytest.mark.properties
@pytest.mark.parametrize("chunk", [1, 2**18])
@given(corpus=corpora())
def test_pieces_make_the_whole(corpus, chunk):
    """
    However large the pieces, the file is the one that is made at once, the digest in its first line.
    """
    out = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl, "_CHUNK", chunk)
        jsonl.save(corpus, Draft(out, "x"))

    assert dumps(corpus, "jsonl").encode() == out.getvalue()
    assert corpus.digest.encode() in out.getvalue().partition(b"\n")[0]


@each_format
@pytest.mark.parametrize("rows", [1, 500])
def test_articles_may_come_one_by_one(name, rows, tmp_path, monkeypatch):
    """
    A file of articles that come one by one is the file of the same articles.
    """
    monkeypatch.setattr(csv_, "_ROWS", rows)
    articles = tuple(tiny_corpus().values())
    dump(iter(articles), tmp_path / "one", name)
    dump(articles, tmp_path / "all", name)

    assert (tmp_path / "all").read_bytes() == (tmp_path / "one").read_bytes()
    assert dumps(articles, name).encode() == (tmp_path / "one").read_bytes()


def test_articles_that_came_one_by_one_are_read(tmp_path):
    """
    What was written of an iterator is read as the corpus of its articles.
    """
    articles = (make_article(id=f"a-{number}", claims=()) for number in range(50))
    dump(articles, tmp_path / "a.jsonl")

    assert 50 == len(read(tmp_path / "a.jsonl"))


@each_format
@pytest.mark.parametrize(
    ("last", "error"),
    [
        (make_article(id="a", claims=()), InvalidRecord),
        (make_article(id="b", claims=(make_claim(id="a/c01"),)), InvalidRecord),
        (make_article(id="b", claims=(make_claim(id="b/c01"), make_claim(id="b/c01"))), InvalidRecord),
        (make_article(id="b", claims=(SURROGATE,), headline="\ud83d"), InvalidValue),
        ("no article", InvalidValue),
        (None, ZeroDivisionError),
    ],
    ids=["twice", "another's claim", "claim twice", "surrogate", "no article", "broken iterator"],
)  # fmt: skip
def test_a_fault_on_the_way_leaves_the_old_file(name, last, error, tmp_path):
    """
    Whatever is wrong with an article that comes later, the old file stands, with nothing beside it.
    """
    (tmp_path / "x").write_bytes(b"old")

    def coming():
        yield make_article(id="a", claims=())
        yield make_article(id="c", claims=()) if last is not None else 1 / 0
        yield last

    with pytest.raises(error):
        dump(coming(), tmp_path / "x", name)

    assert b"old" == (tmp_path / "x").read_bytes()
    assert ["x"] == [path.name for path in tmp_path.iterdir()]


def test_safe_cells_come_in_pieces_too(tmp_path):
    """
    A table for spreadsheet programs is the same, written at once or piece by piece.
    """
    article = make_article(headline="=1+1")
    dump(iter([article]), tmp_path / "a.csv", spreadsheet_safe=True)

    assert dumps(article, "csv", spreadsheet_safe=True).encode() == (tmp_path / "a.csv").read_bytes()
    assert b",'=1+1," in (tmp_path / "a.csv").read_bytes()


@pytest.mark.properties
@given(corpus=corpora())
def test_records_come_one_by_one(corpus):
    """
    The records of a file come in its order, entities first.
    """
    lines = io.BytesIO(dumps(corpus, "jsonl").encode())

    assert [*corpus.entities.values(), *corpus.values()] == list(jsonl.records(lines, "x"))


def test_records_come_before_the_end_is_read():
    """
    Only the lines that were asked for are read.
    """
    lines = iter(dumps(tiny_corpus(), "jsonl").encode().split(b"\n"))
    first = next(jsonl.records(lines, "x"))

    assert next(iter(tiny_corpus().entities.values())) == first
    assert 7 == len(list(lines))


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (lambda lines: [*lines, lines[1]], InvalidRecord, "x: id 'group/shopkeepers-of-old-quay'"),
        (lambda lines: lines[:-1], DigestMismatch, "x: corpus must have digest"),
        (lambda lines: lines[1:], InvalidDocument, "x:1: must begin with a line"),
        (lambda lines: [*lines[:3], b"{", *lines[3:]], InvalidDocument, "x:4: must be JSON"),
        (lambda lines: [*lines[:3], b"", *lines[3:]], InvalidDocument, "x:4: must be JSON"),
        (lambda lines: [], InvalidDocument, "x:1: must begin with a line"),
    ],
    ids=["twice", "lost", "no heading", "no JSON", "blank", "empty"],
)  # fmt: skip
def test_faults_are_found_on_the_way_or_at_the_end(change, error, message):
    """
    A bad line is named when it comes; what is missing or stands twice, after the last.
    """
    lines = dumps(tiny_corpus(), "jsonl").encode().removesuffix(b"\n").split(b"\n")
    with pytest.raises(error) as caught:
        for _ in jsonl.records(change(lines), "x"):
            pass

    assert message in str(caught.value)


def test_what_is_not_canonical_is_read_all_the_same():
    """
    Spaces and another order of keys do no harm, but the digest is of the canonical bytes.
    """
    text = (
        dumps(tiny_corpus(), "jsonl")
        .replace('{"entity":{', '{ "entity": { ')
        .replace('"article":', '"article" :')
    )

    assert tiny_corpus() == dateline.formats.reads(text, "jsonl")
    assert 7 == len(list(jsonl.records(text.encode().split(b"\n")[:-1], "x")))


def test_parquet_files_are_written_piece_by_piece(tmp_path):
    """
    The files of a folder are the same, written one by one or made in memory.
    """
    pytest.importorskip("pyarrow")
    dump(tiny_corpus(), tmp_path / "tiny.parquet")
    made = FORMATS["parquet"].write_folder(tiny_corpus())

    assert made == {path.name: path.read_bytes() for path in (tmp_path / "tiny.parquet").iterdir()}


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path):
    """
    A text that no file can hold leaves no folder, nor a part of one.
    """
    pytest.importorskip("pyarrow")
    bad = Corpus.of([make_article(claims=(make_claim(id="ferry-returns/c01", channel="x\ud83d"),))])
    with pytest.raises(InvalidValue):
        dump(bad, tmp_path / "x.parquet")

    assert [] == list(tmp_path.iterdir())


def test_a_full_disk_is_told_by_name(tmp_path, monkeypatch):
    """
    A write that fails in the middle is said to have failed, and the draft is removed.
    """

    class Full(io.BytesIO):
        """
        A file on a disk that takes nothing.
        """

        def write(self, data):
            """
            Fail, as the system does then.
            """
            raise OSError(28, "No space left on device")

    with pytest.raises(NotWritten, match="x was not written: No space left"):
        Draft(Full(), "x").write(b"a")
    with pytest.raises(NotWritten, match="x was not written: No space left"):
        Draft(Full(), "x").rewrite(0, b"a")


def test_rewriting_keeps_what_follows():
    """
    Bytes are replaced where they stand, and writing goes on at the end.
    """
    out = io.BytesIO()
    draft = Draft(out, "x")
    for piece in itertools.repeat(b"abc", 3):
        draft.write(piece)
    draft.rewrite(0, b"XY")
    draft.write(b"!")

    assert b"XYcabcabc!" == out.getvalue()


def emptied(name):
    """
    The Parquet files of the tiny corpus, one of which has no rows.
    """
    parquet = pytest.importorskip("pyarrow.parquet")
    files = FORMATS["parquet"].write_folder(tiny_corpus())
    out = io.BytesIO()
    parquet.write_table(parquet.read_table(io.BytesIO(files[f"{name}.parquet"])).slice(0, 0), out)

    return files | {f"{name}.parquet": out.getvalue()}


def test_a_table_without_the_rows_of_its_records_is_refused():
    """
    Where all rows of a table are missing, the first of them is named.
    """
    with pytest.raises(InvalidDocument, match="x:claims:1: row 1 is missing"):
        FORMATS["parquet"].read_folder(emptied("claims"), "x")


def test_rows_of_no_record_are_refused():
    """
    Where a table must be without rows, the first that is there is named.
    """
    rows = FORMATS["parquet"].write_folder(tiny_corpus())["claims.parquet"]
    files = FORMATS["parquet"].write_folder(Corpus.of([make_article(claims=())])) | {"claims.parquet": rows}
    with pytest.raises(InvalidDocument, match="x:claims:1: row 1 is one too many"):
        FORMATS["parquet"].read_folder(files, "x")


def test_columns_that_cannot_be_compared_at_once_are_compared_row_by_row(monkeypatch):
    """
    Whatever goes wrong with comparing whole columns, the rows are what is asked.
    """

    def failing(*_):
        raise ValueError

    files = FORMATS["parquet"].write_folder(tiny_corpus())
    monkeypatch.setattr("dateline.formats.parquet.batches", failing)

    assert tiny_corpus() == FORMATS["parquet"].read_folder(files, "x")
