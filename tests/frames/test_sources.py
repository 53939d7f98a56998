"""
What can be scanned: Parquet in folders and under patterns, JSON Lines, stores, each with what it says it is.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil

import pytest

import dateline
from dateline import store, where
from dateline.corpus import Corpus
from dateline.errors import DigestMismatch, InvalidDocument, InvalidRecord, NotRead
from dateline.testing import tiny_corpus


TINY = tiny_corpus()
DENIED = where.stance("denies")


@pytest.fixture
def parquet(tmp_path):
    """
    The tiny corpus as a folder of Parquet files.
    """
    dateline.dump(TINY, tmp_path / "tiny", "parquet")

    return tmp_path / "tiny"


@pytest.fixture
def json_lines(tmp_path):
    """
    The tiny corpus as JSON Lines.
    """
    dateline.dump(TINY, tmp_path / "tiny.jsonl")

    return tmp_path / "tiny.jsonl"


@pytest.fixture
def stored(tmp_path):
    """
    The tiny corpus as a store.
    """
    entities = TINY.entities.values()
    store.write(
        TINY.values(), tmp_path, name="tiny", version="1.0.0", entities=entities, description=TINY.description
    )

    return tmp_path / "tiny" / "1.0.0"


@pytest.mark.parametrize("kind", ["parquet", "json_lines", "stored"])
def test_a_whole_corpus_comes_back(kind, request):
    """
    With its pin and its description; and of a subset one knows what it is a subset of.
    """
    scan = dateline.scan(request.getfixturevalue(kind))
    corpus, part = scan.corpus(), scan.filter(DENIED).corpus()

    assert TINY == corpus
    assert TINY.pin == scan.pin == corpus.pin == part.pin
    assert TINY.description == corpus.description == part.description
    assert DENIED == part.selection
    assert TINY.filter(DENIED) == part


@pytest.mark.parametrize("kind", ["parquet", "json_lines"])
def test_a_subset_of_a_subset_remembers_both(kind, tmp_path):
    """
    The selection of the file comes first.
    """
    path = tmp_path / ("part" if kind == "parquet" else "part.jsonl")
    dateline.dump(TINY.filter(where.language("en")), path, "parquet" if kind == "parquet" else None)

    assert where.language("en") & DENIED == dateline.scan(path).filter(DENIED).corpus().selection
    assert where.language("en") == dateline.scan(path).corpus().selection


def test_an_open_store_is_scanned(stored):
    """
    What was verified need not be checked again.
    """
    opened = store.open(stored, verify=True)

    assert TINY == dateline.scan(opened).corpus()


@pytest.mark.parametrize("pattern", ["tiny/*.parquet", "tiny/[acet]*.parquet", "t*/"])
def test_a_pattern_finds_the_tables(parquet, pattern):
    """
    Files of other tables are left alone.
    """
    assert (
        2 == dateline.scan(str(parquet.parent / pattern).rstrip("/")).filter(where.place("Old Quay")).count()
    )


def test_tables_may_be_folders_of_parts(parquet, tmp_path):
    """
    So Spark writes them; what stands before an equals sign in a name is no column.
    """
    for table in ("articles", "claims", "entities"):
        (tmp_path / "spark" / table).mkdir(parents=True)
        shutil.copy(parquet / f"{table}.parquet", tmp_path / "spark" / table / "part-0=0[1].parquet")

    assert 1 == dateline.scan(tmp_path / "spark").filter(where.claimant("Shopkeepers"), DENIED).count()


def test_several_files_are_one_source(tmp_path):
    """
    Of several files nobody says which corpus they are.
    """
    for number, article in enumerate(TINY.values()):
        part = Corpus.of([article], TINY.entities.values(), pin=TINY.pin)
        dateline.dump(part, tmp_path / f"{number}.jsonl")
        dateline.dump(part, tmp_path / f"{number}", "parquet")
    for pattern in ("*.jsonl", "?/articles.parquet"):
        scan = dateline.scan(str(tmp_path / pattern))

        assert ["ferry-halts", "ferry-returns"] == list(scan.ids())
        assert scan.pin is None
    for pattern in ("*.jsonl", "?"):
        assert TINY == dateline.scan(str(tmp_path / pattern)).corpus()


def test_a_folder_of_json_lines_is_one_source(json_lines, parquet, tmp_path):
    """
    Where no tables lie beside them, which say the same.
    """
    folder = tmp_path / "lines"
    folder.mkdir()
    shutil.copy(json_lines, folder / "a.ndjson")

    assert TINY == dateline.scan(folder).corpus()
    (folder / "b.jsonl").write_text("no record\n")
    with pytest.raises(InvalidDocument, match=r"b\.jsonl"):
        dateline.scan(folder)
    for table in ("articles", "claims", "entities"):
        shutil.copy(parquet / f"{table}.parquet", folder)
    assert TINY == dateline.scan(folder).corpus()


@pytest.mark.parametrize("make", [os.symlink, lambda _, target: os.mkfifo(target)], ids=["link", "pipe"])
@pytest.mark.parametrize("name", ["articles-1.parquet", "more.jsonl"])
def test_what_is_no_ordinary_file_in_a_folder_is_named(json_lines, tmp_path, make, name):
    """
    A link could lead out of the folder, and a pipe need not end; neither is passed over.
    """
    folder = tmp_path / "odd"
    folder.mkdir()
    shutil.copy(json_lines, folder / "a.jsonl")
    make(json_lines, folder / name)

    with pytest.raises(NotRead, match=f"{name} was not read: is no ordinary file"):
        dateline.scan(folder)


def test_links_are_followed_where_a_pattern_names_them(json_lines, tmp_path):
    """
    Whoever names the files says what is meant.
    """
    (tmp_path / "link.ndjson").symlink_to(json_lines)

    assert TINY == dateline.scan(str(tmp_path / "*.ndjson")).corpus()


def test_a_path_that_cannot_be_looked_up_is_named():
    """
    Such as one with a name that is too long for the system.
    """
    for read in (dateline.scan, dateline.read, dateline.read_drafts, store.open):
        with pytest.raises(NotRead, match="was not read: File name too long"):
            read("x" * 300 + "/y")


def test_a_file_alone_is_a_table_of_articles(parquet):
    """
    Its claims are in another file, which a pattern would name.
    """
    scan = dateline.scan(parquet / "articles.parquet")

    assert 2 == scan.count()
    assert TINY.pin == scan.pin


def test_a_foreign_file_has_no_heading(parquet, tmp_path):
    """
    Whatever wrote the tables, they are scanned, and are of no dataset.
    """
    from pyarrow import parquet as files  # noqa: PLC0415 - an extra

    table = files.read_table(parquet / "articles.parquet")
    files.write_table(table.replace_schema_metadata(None), tmp_path / "articles-0.parquet")
    scan = dateline.scan(tmp_path / "articles-0.parquet")

    assert scan.pin is None
    assert sorted(TINY) == list(scan.corpus())


def test_articles_stay_readable_while_others_are_asked_for(json_lines):
    """
    An iterator goes on when something else is asked meanwhile, and when the scan itself is gone.
    """
    articles = dateline.scan(json_lines).articles()
    first = next(articles)

    scan = dateline.scan(json_lines)
    ids = scan.ids()
    assert next(ids) == scan.head(1)[0].id
    assert {"ferry-halts", "ferry-returns"} == {first.id, *(article.id for article in articles)}
    assert ["ferry-returns"] == list(ids)


@pytest.mark.parametrize("name", ["missing.parquet", "no-*.jsonl", "."])
def test_a_missing_source_is_named(tmp_path, name):
    """
    A pattern that finds nothing is not an empty corpus.
    """
    with pytest.raises(NotRead, match="has no file to scan"):
        dateline.scan(tmp_path / name)


def test_files_of_other_names_are_refused(parquet):
    """
    The name of a file says which table it holds.
    """
    with pytest.raises(InvalidDocument, match=r"must have a file that is named like articles\.parquet"):
        dateline.scan(parquet / "sources.parquet")


def test_what_is_no_parquet_is_refused(tmp_path):
    """
    The message is the engine's.
    """
    (tmp_path / "articles.parquet").write_bytes(b"PAR1, or not")
    with pytest.raises(InvalidDocument, match="must be sound tables"):
        dateline.scan(tmp_path)


def test_a_damaged_column_is_found_when_it_is_read(parquet):
    """
    Whatever was damaged, nothing is skipped.
    """
    path = parquet / "articles.parquet"
    data = bytearray(path.read_bytes())
    columns = parquet_file(path).row_group(0)
    column = columns.column(columns.num_columns - 1)
    start = column.dictionary_page_offset or column.data_page_offset
    data[start : start + column.total_compressed_size] = bytes(column.total_compressed_size)
    path.write_bytes(data)
    scan = dateline.scan(parquet)

    assert 2 == scan.count()
    with pytest.raises(InvalidDocument, match="must be sound tables"):
        list(scan.articles())


def parquet_file(path):
    """
    What a Parquet file says of its columns.
    """
    from pyarrow import parquet as files  # noqa: PLC0415 - an extra

    return files.read_metadata(path)


def test_json_lines_that_are_not_what_they_say_are_refused(json_lines):
    """
    A line that is missing or no record is found before anything is scanned.
    """
    lines = json_lines.read_bytes().split(b"\n")
    json_lines.write_bytes(b"\n".join(lines[:-2]) + b"\n")
    with pytest.raises(DigestMismatch):
        dateline.scan(json_lines)
    json_lines.write_bytes(b"\n".join([*lines[:-1], b'{"article": {}}', b""]))
    with pytest.raises(InvalidRecord):
        dateline.scan(json_lines)


def test_json_lines_that_cannot_be_read_are_named(json_lines, monkeypatch):
    """
    The error is ours.
    """

    def broken(lines, file):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("dateline.formats.jsonl.records", broken)
    with pytest.raises(NotRead, match="Input/output error"):
        dateline.scan(json_lines)


def test_nothing_is_an_answer(tmp_path):
    """
    A store without articles, and JSON Lines without any, are scanned like others.
    """
    store.write([], tmp_path, name="none", version="1.0.0")
    dateline.dump(TINY.filter(where.published(since="2030")), tmp_path / "none.jsonl")

    for path in (tmp_path / "none" / "1.0.0", tmp_path / "none.jsonl"):
        scan = dateline.scan(path)
        assert (0, 0, []) == (scan.count(), scan.claims.count(), list(scan.articles()))
        assert 0 == scan.filter(where.kind("aid") | where.contains("ferry")).count()


@pytest.mark.parametrize("pattern", ["*.parquet", "*.*"])
def test_a_pattern_leaves_out_nothing_that_it_names(parquet, tmp_path, pattern):
    """
    A file that cannot be scanned, or not with the others, is named.
    """
    shutil.copy(parquet / "articles.parquet", tmp_path / "articles-2021.parquet")
    shutil.copy(parquet / "articles.parquet", tmp_path / "2022.parquet")

    with pytest.raises(InvalidDocument, match=r"2022\.parquet: must be named like articles\.parquet"):
        dateline.scan(str(tmp_path / pattern))


def test_a_scan_stays_in_its_process(parquet):
    """
    The copy of a process is told to scan anew, where it would wait for ever.
    """
    scan = dateline.scan(parquet)
    scan.count()
    process = multiprocessing.get_context("fork").Process(target=count_elsewhere, args=(scan,))
    process.start()
    process.join(60)

    assert 7 == process.exitcode


def test_a_scan_knows_its_process(parquet, monkeypatch):
    """
    So it refuses whatever it is asked in another.
    """
    scan = dateline.scan(parquet)
    scan.count()
    monkeypatch.setattr(os, "getpid", lambda: 0)

    for ask in (scan.count, lambda: list(scan.articles()), lambda: scan.native):
        with pytest.raises(NotRead, match="was opened in another process"):
            ask()


def count_elsewhere(scan):
    """
    End with a number if the scan refuses.
    """
    for ask in (scan.count, lambda: list(scan.ids())):
        with pytest.raises(NotRead, match="was opened in another process"):
            ask()
    os._exit(7)


def test_a_scan_of_a_relative_path_stays_where_it_was(parquet, tmp_path, monkeypatch):
    """
    It is asked for the same files wherever one goes meanwhile, and a tilde in their names is none.
    """
    shutil.copytree(parquet, tmp_path / "~" / "tiny")
    monkeypatch.chdir(tmp_path)
    scan = dateline.scan("~/tiny")
    monkeypatch.chdir("/")

    assert (2, 6) == (scan.count(), scan.claims.count())
