"""
The table of formats, and how one is found in it.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest

from dateline import where
from dateline.corpus import Corpus
from dateline.errors import InvalidRecord, InvalidValue, NoSuchFormat, NotRead, NotWritten
from dateline.formats import FORMATS, dump, dumps, folders, read, reads
from dateline.formats.finding import readable
from dateline.testing import make_article, make_claim, tiny_corpus


ROOT = Path(__file__).resolve().parents[2]


def test_suffixes_are_unambiguous():
    """
    No two formats share a suffix.
    """
    suffixes = [suffix for format_ in FORMATS.values() for suffix in format_.suffixes]

    assert len(set(suffixes)) == len(suffixes)


def test_there_is_one_way_to_write():
    """
    A format is written as text, as a file of bytes or as a folder, and a folder is read as one.
    """
    for format_ in FORMATS.values():
        ways = (format_.write, format_.write_bytes, format_.write_folder)

        assert 1 == sum(way is not None for way in ways)
        assert format_.read_folder is None or format_.write_folder


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_explained(name):
    """
    Each format has a page: how to make it, how to read it elsewhere, and what it loses; a list leads to it.
    """
    slug = name.replace(".", "-")
    page = (ROOT / "docs" / "formats" / f"{slug}.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.*)\n", page, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))

    assert "\n>>> dateline.dump(" in sections["Make it"]
    assert "\n```" in sections["Read it elsewhere"]
    assert f"<!-- begin-generated: losses-{slug} -->" in sections["What is lost"]
    assert f"\nformats/{slug}\n" in (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


def test_formats_of_ours_need_an_extra_of_ours():
    """
    Whatever a format needs comes with an extra that the package has.
    """
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = set(pyproject["project"]["optional-dependencies"])

    assert all((format_.extra is None) == (not format_.needs) for format_ in FORMATS.values())
    assert {format_.extra for format_ in FORMATS.values()} - {None} <= extras


@pytest.mark.parametrize("name", FORMATS)
def test_every_way_leads_somewhere(name):
    """
    The functions that the table names are there.
    """
    format_ = FORMATS[name]
    for needed in format_.needs:
        pytest.importorskip(needed, reason=f"{needed} is not installed")
    content = (format_.write or format_.write_bytes or format_.write_folder)(tiny_corpus())
    if format_.write_safe:
        assert format_.write_safe(tiny_corpus())
    if format_.write_items:
        assert format_.write_items([{"id": "x", "type": "dataset", "title": "X"}])
    if format_.read:
        assert len(format_.read(content.encode() if isinstance(content, str) else content, "x"))
    if format_.read_folder:
        assert tiny_corpus() == format_.read_folder(content, "x")


@pytest.mark.parametrize(
    ("file", "name"),
    [(f"x{suffix}", format_.name) for format_ in FORMATS.values() for suffix in format_.suffixes]
    + [("X.Y.BIB", "bibtex"), ("a.json.csv", "csv-articles"), ("a.claims.csv", "csv-claims")],
)
def test_a_suffix_means_a_format(file, name, tmp_path):
    """
    The longest suffix decides, in whatever case.
    """
    format_ = FORMATS[name]
    for needed in format_.needs:
        pytest.importorskip(needed, reason=f"{needed} is not installed")
    dump(tiny_corpus(), tmp_path / file)
    content = (format_.write or format_.write_bytes or format_.write_folder)(tiny_corpus())
    if format_.write_folder:
        found = {path.name: path.read_bytes() for path in (tmp_path / file).iterdir()}
    else:
        found = (tmp_path / file).read_bytes()

    assert (content.encode() if isinstance(content, str) else content) == found


def test_a_name_outweighs_the_suffix(tmp_path):
    """
    A format that is named is taken whatever the file is called.
    """
    dump(tiny_corpus(), tmp_path / "x.csv", format="ris")

    assert (tmp_path / "x.csv").read_bytes().startswith(b"TY  - NEWS\r\n")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: dumps(tiny_corpus(), "bibtx"), "no format 'bibtx'; did you mean 'bibtex', 'biblatex'?"),
        (lambda: dumps(tiny_corpus(), "wordstar"), "no format 'wordstar'; there is 'biblatex', 'bibtex'"),
        (lambda: reads("", "jsonline"), "no format 'jsonline'; did you mean 'jsonl', 'json'"),
        (lambda: dump(tiny_corpus(), "x.jsnol"), "no format '.jsnol'; did you mean '.jsonl'"),
        (
            lambda: dump(tiny_corpus(), "folder.d/README"),
            "no format 'readme'; there is '.anno.jsonld', '.bib'",
        ),
        (lambda: read(__file__), "no format '.py'"),
    ],
)
def test_unknown_formats(call, message):
    """
    An unknown name or suffix is answered with the nearest, or with all there are.
    """
    with pytest.raises(NoSuchFormat) as caught:
        call()

    assert str(caught.value).startswith(message)


def test_a_missing_file_is_told_before_its_suffix(tmp_path):
    """
    What is not there is of no format, such as a release folder with a mistyped name.
    """
    for name in ("x.txt", "releases/1.0.0"):
        with pytest.raises(NotRead, match=f"{name} was not read: is missing"):
            read(tmp_path / name)


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in readable()])
def test_what_is_only_written_is_not_read(name):
    """
    A format that is only written is not read, and the error says which are.
    """
    with pytest.raises(InvalidValue, match=r"format to read must be one of csl-json, .*json, jsonl, "):
        reads("", name)


@pytest.mark.parametrize("name", [name for name, format_ in FORMATS.items() if format_.read_folder])
def test_a_folder_is_no_text(name):
    """
    A format that is a folder is not read from a text.
    """
    with pytest.raises(InvalidValue, match=r"format of a text must be no folder, which read\(\) takes"):
        reads(b"", name)


def test_a_table_needs_to_know_its_columns():
    """
    A table of others is read if it is said which column holds what, and the error says how.
    """
    text = "title,names\nRain,Ana Lind; Tomas Berg\n"
    columns = {"headline": "title", "bylines": "names"}
    found = reads(text, "csv", columns=columns, separator=";")
    with pytest.raises(InvalidValue, match=r"; or pass columns=…, got 'csv-articles'"):
        reads(text, "csv")

    assert ["Rain"] == [article.headline for article in found.values()]
    assert ["Ana Lind", "Tomas Berg"] == [name.name for name in found.articles[next(iter(found))].bylines]


def test_columns_go_with_tables(tmp_path):
    """
    Columns are refused where there are none, and taken for the rows of a file.
    """
    (tmp_path / "a.jsonl").write_text('{"title": "Rain"}\n')
    with pytest.raises(InvalidValue, match="format to read with columns must be a table, got 'json'"):
        reads("[]", "json", columns={"headline": "title"})

    assert ["Rain"] == [
        article.headline for article in read(tmp_path / "a.jsonl", columns={"headline": "title"}).values()
    ]


def test_a_folder_comes_back(tmp_path):
    """
    A format that is a folder is read by its suffix or its name; other folders are releases.
    """
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    dump(tiny_corpus(), tmp_path / "tiny.parquet")
    (tmp_path / "tiny.parquet").rename(tmp_path / "tables")

    assert tiny_corpus() == read(tmp_path / "tables", "parquet")
    with pytest.raises(NotRead, match="manifest"):
        read(tmp_path / "tables")
    (tmp_path / "tables").rename(tmp_path / "tiny.parquet")

    assert tiny_corpus() == read(tmp_path / "tiny.parquet")


def test_a_folder_is_not_replaced(tmp_path):
    """
    What stands under the name of a folder is left alone, a file and an empty folder too.
    """
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    (tmp_path / "a.parquet").mkdir()
    (tmp_path / "b.parquet").write_text("mine")
    for name in ("a.parquet", "b.parquet"):
        with pytest.raises(NotWritten, match="is there already, and a folder is not replaced"):
            dump(tiny_corpus(), tmp_path / name)

    assert ["a.parquet", "b.parquet"] == sorted(path.name for path in tmp_path.iterdir())
    assert "mine" == (tmp_path / "b.parquet").read_text()


@pytest.mark.parametrize("name", ["parquet", "sqlite"])
def test_what_is_no_text_is_saved(name):
    """
    A format of bytes or of a folder is not given as text, and the error says what to do.
    """
    with pytest.raises(InvalidValue, match=r"be one, which others are saved in with dump\(\), got"):
        dumps(tiny_corpus(), name)


def test_what_is_in_a_folder(tmp_path):
    """
    Of a folder the files in it and below are read, but for what is hidden.
    """
    (tmp_path / "data" / ".git").mkdir(parents=True)
    for name in ("b.txt", "data/a.txt", ".hidden", "data/.git/x"):
        (tmp_path / name).write_text(name)

    assert {"b.txt": b"b.txt", "data/a.txt": b"data/a.txt"} == folders.contents(tmp_path)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: path.symlink_to(__file__), id="link"),
        pytest.param(lambda path: path.symlink_to("/etc"), id="link-to-a-folder"),
        pytest.param(os.mkfifo, id="pipe"),
    ],
)
def test_what_is_no_ordinary_file_in_a_folder_is_named(tmp_path, make):
    """
    Links and devices are not read, and not passed over either.
    """
    (tmp_path / "a.txt").write_text("a")
    make(tmp_path / "odd")

    with pytest.raises(NotRead, match="odd was not read: is no ordinary file"):
        folders.contents(tmp_path)


def test_a_folder_that_cannot_be_looked_into_is_named(tmp_path, monkeypatch):
    """
    What lies in it is not passed over.
    """
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def refusing(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(NotRead, match="closed was not read: Permission denied"):
        folders.contents(tmp_path)


def test_a_folder_has_limits(tmp_path, monkeypatch):
    """
    Too many files, too much in them, and a file instead of a folder are refused.
    """
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("abc")
    monkeypatch.setattr(folders, "MAX_SIZE", 8)
    with pytest.raises(NotRead, match="has more than 2 bytes"):
        folders.contents(tmp_path)
    monkeypatch.setattr(folders, "MAX_FILES", 2)
    monkeypatch.setattr(folders, "MAX_SIZE", 100)
    with pytest.raises(NotRead, match="has more than 2 files"):
        folders.contents(tmp_path)
    with pytest.raises(NotRead, match="is no folder"):
        folders.contents(tmp_path / "0.txt")


def test_articles_can_be_dumped():
    """
    One article, several, and the articles of a corpus are taken for a corpus of them.
    """
    article = make_article()
    expected = Corpus.of([article])

    assert expected == reads(dumps(article, "json"), "json")
    assert expected == reads(dumps(iter([article]), "json"), "json")
    assert expected == reads(dumps(expected.articles, "json"), "json")


def test_an_article_stands_once():
    """
    Two articles with the same id are no corpus.
    """
    with pytest.raises(InvalidRecord, match="stands twice"):
        dumps([make_article(), make_article()], "csv")


@pytest.mark.parametrize(
    "thing", ["ferry-returns", 7, None, [7], tiny_corpus().entities, tiny_corpus().claims]
)
def test_other_things_are_refused(thing):
    """
    What is no article or corpus is refused, claims too where whole articles are needed.
    """
    with pytest.raises(InvalidValue, match="what to write as jsonl must be a corpus or articles, got"):
        dumps(thing, "jsonl")


def test_claims_have_a_format():
    """
    A choice of claims can be written as CSV.
    """
    claims = tiny_corpus().claims.filter(where.stance("denies"))
    text = dumps(claims, "csv-claims", spreadsheet_safe=True)

    assert ["id", "ferry-returns/c04", ""] == [line.split(",")[0] for line in text.split("\r\n")]


def test_only_cells_can_be_neutralised():
    """
    An option that a format has no use for is refused.
    """
    with pytest.raises(InvalidValue, match="spreadsheet_safe must go with a format that has cells"):
        dumps(tiny_corpus(), "bibtex", spreadsheet_safe=True)


@pytest.mark.parametrize("name", FORMATS)
def test_lone_surrogates_are_never_written(name, tmp_path):
    """
    Half of a surrogate pair, of which no bytes can be made, is refused in every format.
    """
    claim = make_claim(statement="Rain\ud83d again.")
    for needed in FORMATS[name].needs:
        pytest.importorskip(needed, reason=f"{needed} is not installed")
    with pytest.raises(InvalidValue, match="lone surrogate"):
        dump(make_article(claims=(claim,)), tmp_path / "x", name)


@pytest.mark.parametrize("name", FORMATS)
def test_empty_corpora(name, tmp_path):
    """
    A corpus without records can be written.
    """
    for needed in FORMATS[name].needs:
        pytest.importorskip(needed, reason=f"{needed} is not installed")
    dump([], tmp_path / "x", name)

    assert (tmp_path / "x").exists()
