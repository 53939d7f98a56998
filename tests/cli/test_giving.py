from __future__ import annotations

import pytest

import dateline
from dateline import where
from dateline.own_releases import read_release
from dateline.testing import tiny_corpus


PREDICATE = "where.kind('event')"


def test_cite_takes_a_dataset(run):
    """
    Cite cites the default dataset, in APA, if nothing is asked for.
    """
    assert run("cite").stdout == dateline.cite(dateline.load("ukraine-2022")) + "\n"


@pytest.mark.parametrize("style", ["apa", "bibtex"])
def test_cite_takes_an_article(run, tiny, style):
    """
    Cite cites an article in the style that is asked for.
    """
    corpus = tiny_corpus()
    expected = dateline.cite(corpus["ferry-halts"], style, corpus=corpus)

    assert run("cite", "ferry-halts", "--style", style, "--from", tiny).stdout == expected + "\n"


def test_cite_takes_a_claim(run, tiny):
    """
    Cite cites a claim in its article.
    """
    corpus = tiny_corpus()
    claim = corpus.claims["ferry-halts/c01"]

    assert run("cite", claim.id, "--from", tiny).stdout == dateline.cite(claim, corpus=corpus) + "\n"


def test_cite_takes_a_subset(run, tiny):
    """
    ``cite --where`` cites the subset, and tells the predicate.
    """
    expected = dateline.cite(tiny_corpus().filter(where.id("ferry-halts")))

    assert run("cite", tiny, "--where", "where.id('ferry-halts')").stdout == expected + "\n"


@pytest.mark.parametrize(
    "arguments",
    [["place/old-quay"], ["ferry-halts", "--where", PREDICATE]],
    ids=["entity", "part of a record"],
)
def test_what_cannot_be_cited_is_misuse(run, tiny, arguments):
    """
    An entity, or a selection from a record, is not understood: 2.
    """
    assert run("cite", *arguments, "--from", tiny).exit_code == 2


def test_an_unknown_style_is_refused(run):
    """
    A style that does not exist ends with 3 and the nearest.
    """
    result = run("cite", "--style", "appa")

    assert (result.exit_code, "did you mean 'apa'" in result.stderr) == (3, True)


@pytest.mark.parametrize(
    "format_", ["jsonl", "json", "csv-articles", "csv-claims", "bibtex", "csl-json", "ris"]
)
def test_dump_prints_exactly(start, tiny, format_):
    """
    Without a file, the very bytes are printed that would be saved.
    """
    result = start("dump", tiny, "--format", format_, text=False, encoding=None)

    assert result.stdout == dateline.dumps(read_release(tiny), format_).encode()


def test_dump_prints_json_lines(run):
    """
    Without a format, JSON Lines are printed.
    """
    assert run("dump").stdout_bytes == dateline.dumps(dateline.load("ukraine-2022"), "jsonl").encode()


def test_dump_saves(run, tiny, tmp_path):
    """
    With -o a file is saved, in the format that its suffix means, and nothing is printed.
    """
    target = tmp_path / "copy.jsonl"
    result = run("dump", tiny, "-o", target)

    assert (result.exit_code, result.output) == (0, "")
    assert dateline.read(target) == tiny_corpus()


def test_what_dump_saved_is_a_dataset(run, tiny, tmp_path):
    """
    A file that dump has saved can be named wherever a dataset can.
    """
    target = tmp_path / "copy.json"
    run("dump", tiny, "-o", target)

    assert sorted(run("list", target).stdout) == sorted(run("list", tiny).stdout)


def test_dump_takes_a_format(run, tiny, tmp_path):
    """
    A format that is named counts for more than the suffix.
    """
    target = tmp_path / "copy.txt"
    run("dump", tiny, "-o", target, "--format", "ris")

    assert target.read_bytes() == dateline.dumps(read_release(tiny), "ris").encode()


def test_dump_takes_a_subset(run, tiny):
    """
    ``dump --where`` writes the articles that the predicate holds for.
    """
    shown = run("dump", tiny, "--where", "where.id('ferry-halts')").stdout

    assert [*dateline.reads(shown, "jsonl")] == ["ferry-halts"]


def test_dump_takes_claims(run, tiny):
    """
    ``dump --claims`` writes the claims that the predicate holds for, and no others.
    """
    shown = run(
        "dump", tiny, "--claims", "--format", "csv-claims", "--where", "where.stance('denies')"
    ).stdout

    assert [line.split(",")[0] for line in shown.split("\n")[1:] if line] == ["ferry-returns/c04"]


def test_dump_keeps_formulas_from_spreadsheets(run, hostile):
    """
    --spreadsheet-safe is handed on.
    """
    expected = dateline.dumps(dateline.read(hostile), "csv", spreadsheet_safe=True)

    assert run("dump", hostile, "--format", "csv", "--spreadsheet-safe").stdout_bytes == expected.encode()


@pytest.mark.parametrize("name", ["no-such-folder/copy.jsonl", "", "copy.xyz"])
def test_an_unwritable_target_is_refused(run, tiny, tmp_path, name):
    """
    A file that cannot be saved ends with 3 and a message.
    """
    result = run("dump", tiny, "-o", tmp_path / name)

    assert (result.exit_code, result.stderr.startswith("dateline: ")) == (3, True)


def test_a_failed_save_leaves_the_old_file(run, tiny, tmp_path, monkeypatch):
    """
    If saving fails, the old file is as it was.
    """
    target = tmp_path / "copy.jsonl"
    target.write_text("old")

    def fail(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    result = run("dump", tiny, "-o", target)

    assert (result.exit_code, target.read_text()) == (3, "old")
