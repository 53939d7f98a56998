"""
The table of formats, and how one is found in it.
"""

from __future__ import annotations

import pytest

from dateline import where
from dateline.corpus import Corpus
from dateline.errors import InvalidRecord, InvalidValue, NoSuchFormat
from dateline.formats import FORMATS, dump, dumps, read, reads
from dateline.testing import make_article, make_claim, tiny_corpus


def test_suffixes_are_unambiguous():
    """
    No two formats share a suffix.
    """
    suffixes = [suffix for format_ in FORMATS.values() for suffix in format_.suffixes]

    assert len(set(suffixes)) == len(suffixes)


def test_lossy_formats_say_what_they_drop():
    """
    A format either can be read back or says what it leaves out.
    """
    assert all(format_.lossless == (format_.read is not None) for format_ in FORMATS.values())


@pytest.mark.parametrize(
    ("file", "name"),
    [(f"x{suffix}", format_.name) for format_ in FORMATS.values() for suffix in format_.suffixes]
    + [("X.Y.BIB", "bibtex"), ("a.json.csv", "csv-articles"), ("a.claims.csv", "csv-claims")],
)
def test_a_suffix_means_a_format(file, name, tmp_path):
    """
    The longest suffix decides, in whatever case.
    """
    dump(tiny_corpus(), tmp_path / file)

    assert dumps(tiny_corpus(), name) == (tmp_path / file).read_bytes().decode()


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
        (lambda: dumps(tiny_corpus(), "parquet"), "no format 'parquet'; there is 'biblatex', 'bibtex'"),
        (lambda: reads("", "jsonline"), "no format 'jsonline'; did you mean 'jsonl', 'json'"),
        (lambda: dump(tiny_corpus(), "x.jsnol"), "no format '.jsnol'; did you mean '.jsonl'"),
        (lambda: dump(tiny_corpus(), "folder.d/README"), "no format 'readme'; there is '.bib'"),
        (lambda: read("x.txt"), "no format '.txt'"),
    ],
)
def test_unknown_formats(call, message):
    """
    An unknown name or suffix is answered with the nearest, or with all there are.
    """
    with pytest.raises(NoSuchFormat) as caught:
        call()

    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", [name for name, format_ in FORMATS.items() if not format_.lossless])
def test_lossy_formats_are_not_read(name):
    """
    A format that leaves something out is not read.
    """
    with pytest.raises(InvalidValue, match=r"format to read must be lossless \(json, jsonl\)"):
        reads("", name)


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
def test_lone_surrogates_are_never_written(name):
    """
    Half of a surrogate pair, of which no bytes can be made, is refused in every format.
    """
    claim = make_claim(statement="Rain\ud83d again.")
    with pytest.raises(InvalidValue, match="lone surrogate"):
        dumps(make_article(claims=(claim,)), name)


@pytest.mark.parametrize("name", FORMATS)
def test_empty_corpora(name):
    """
    A corpus without records can be written.
    """
    assert dumps(Corpus.of([]), name) == dumps([], name)
