from __future__ import annotations

import json

import pytest

import dateline
from dateline.fingerprints import fingerprint
from dateline.testing import TEXTS, make_article, make_claim, tiny_corpus


NOTICE = (
    "Words of the article: rights held by The Harbour Gazette; http://rightsstatements.org/vocab/InC/1.0/"
)

#: A paragraph is gone, and the end is another one.
CHANGED = TEXTS["ferry-returns"].replace("Harbour master Tomas Berg said about 300", "He said about 200")


@pytest.fixture
def copies(tmp_path):
    """
    A folder with the texts of both articles, under names that tell nothing.
    """
    folder = tmp_path / "copies"
    folder.mkdir()
    for number, text in enumerate(TEXTS.values()):
        (folder / f"{number}.txt").write_bytes(text.encode())

    return folder


@pytest.fixture
def one(copies):
    """
    The file with the text of the first article.
    """
    return copies / "0.txt"


@pytest.fixture
def several(copies):
    """
    A folder with one changed copy, one text twice, one of no article, and one file that holds none.
    """
    (copies / "0.txt").write_bytes(CHANGED.encode())
    (copies / "2.txt").write_bytes(TEXTS["ferry-halts"].encode())
    (copies / "3.txt").write_bytes(b"Something else.")
    (copies / "4.txt").write_bytes(b"")

    return copies


@pytest.fixture
def measured(run, curated, texts):
    """
    Measure what the small source shares with its text.
    """
    return lambda: run("overlap", curated, "--texts", texts, "--run", 4)


def without_folder(text, folder):
    """
    What was printed, without the folder that is another in each run.
    """
    return text.replace(str(folder), "FOLDER")


def test_attach_tells_what_is_proved(run, tiny, copies):
    """
    Attach prints what became of each article, with the copies, and the summary.
    """
    result = run("attach", tiny, copies)

    expected = (
        "ferry-halts: exact\n"
        "    FOLDER/1.txt\n"
        "ferry-returns: exact\n"
        "    FOLDER/0.txt\n"
        "tiny 1.0.0: 2 articles, 2 exact; 14 of 14 spans of the attached texts found\n"
    )
    assert (result.exit_code, without_folder(result.stdout, copies)) == (0, expected)


def test_attach_lists_the_rest(run, tiny, several, golden):
    """
    Attach prints where a changed copy differs, several copies, what was not read, and texts of no article.
    """
    result = run("attach", tiny, several)

    assert result.exit_code == 0
    golden("attached.txt", without_folder(result.stdout, several))


def test_attach_tells_programs(run, tiny, several, golden):
    """
    ``attach --json`` is the same for programs.
    """
    result = run("attach", "--json", tiny, several)

    assert result.exit_code == 0
    golden("attached.json", without_folder(result.stdout, several))


def test_attach_tells_what_else_a_copy_is_like(run, tiny, tmp_path):
    """
    A copy that is two articles' text is told with both.
    """
    twin = make_article(id="ferry-returns-again", claims=())
    corpus = dateline.Corpus.of([*tiny_corpus().values(), twin], tiny_corpus().entities.values())
    dateline.dump(corpus, tmp_path / "three.jsonl")
    (tmp_path / "text.txt").write_bytes(TEXTS["ferry-returns"].encode())

    assert (
        "    also like ferry-returns-again\n"
        in run("attach", tmp_path / "three.jsonl", tmp_path / "text.txt").stdout
    )


def test_attach_is_strict_on_demand(run, tiny, one, copies):
    """
    With ``--strict`` it ends with 1 unless all texts are proved.
    """
    codes = [run("attach", tiny, *arguments).exit_code for arguments in ([one], ["--strict", one])]

    assert (codes, run("attach", "--strict", tiny, copies).exit_code) == ([0, 1], 0)


def test_nothing_attached(run, tiny, tmp_path):
    """
    If no text was recognised, attach ends with 1.
    """
    (tmp_path / "other.txt").write_text("Something else.")

    assert run("attach", tiny, tmp_path / "other.txt").exit_code == 1


def test_attach_takes_several_sources(run, tiny, copies):
    """
    Several files can be named; one that is not there is told, and the others are read.
    """
    result = run("attach", tiny, copies / "0.txt", copies / "1.txt", copies / "9.txt")

    assert (result.exit_code, "2 exact" in result.stdout) == (0, True)
    assert f"not read: {copies / '9.txt'} must be " in result.stdout


def test_a_missing_source_is_refused(run, tiny, tmp_path):
    """
    If the one source is not there, attach ends with 3 and a message.
    """
    result = run("attach", tiny, tmp_path / "nowhere")

    assert (result.exit_code, "was not read" in result.stderr) == (3, True)


def test_attach_wants_a_source(run, tiny):
    """
    Without a source there is nothing to attach: 2.
    """
    assert run("attach", tiny).exit_code == 2


def test_attach_reads_another_encoding(run, tiny, one):
    """
    A text that is not UTF-8 is read in the encoding that is named.
    """
    one.write_bytes(TEXTS["ferry-returns"].replace("said", "said\N{NO-BREAK SPACE}").encode("cp1252"))

    assert "ferry-returns: missing" in run("attach", tiny, one).stdout
    assert "ferry-returns: equal under loose-1" in run("attach", "--encoding", "cp1252", tiny, one).stdout


def test_attach_saves_words_by_name(run, tiny, copies, tmp_path):
    """
    With ``--words`` the words of the evidence are saved, and whose they are is printed.
    """
    file = tmp_path / "words.jsonl"
    result = run("attach", "--words", file, tiny, copies)
    notice, *lines = [json.loads(line) for line in file.read_text("utf-8").rstrip("\n").split("\n")]

    assert (result.stderr, notice["record"], len(lines)) == (f"{NOTICE}\n", "notice", 6)


@pytest.mark.parametrize("folder", [True, False], ids=["in a folder", "itself"])
def test_words_do_not_overwrite_a_text(run, tiny, one, folder):
    """
    A file of words that is one of the sources, or in one, is refused with 2, and the text is as it was.
    """
    before = one.read_bytes()
    result = run("attach", "--words", one, tiny, one.parent if folder else one)

    assert (result.exit_code, before) == (2, one.read_bytes())
    assert "is one of the sources; name another file" in result.stderr


def test_words_may_be_saved_beside_texts(run, tiny, copies):
    """
    A new file of words may stand in the folder of the texts.
    """
    assert run("attach", "--words", copies / "words.jsonl", tiny, copies).exit_code == 0


def test_read_prints_the_words(run, tiny, copies):
    """
    Read prints the words of a claim's evidence with status, position, line and column, and whose they are.
    """
    result = run("read", "ferry-returns/c02", "--texts", copies, "--from", tiny)

    expected = (
        "ferry-returns 188-228: same, line 4, column 32\n"
        "    about 300 passengers crossed before noon\n"
        f"{NOTICE}\n"
    )
    assert (result.exit_code, result.stdout) == (0, expected)


def test_read_prints_the_sentence(run, tiny, copies):
    """
    With ``--context`` the whole sentence is printed.
    """
    result = run("read", "ferry-returns/c02", "--context", "--texts", copies, "--from", tiny)

    assert "    Harbour master Tomas Berg said about 300 passengers crossed before noon.\n" in result.stdout


def test_read_prints_html(run, tiny, copies):
    """
    With ``--html`` the sentence is HTML with the words marked and the rights stated.
    """
    result = run("read", "ferry-returns/c02", "--html", "--texts", copies, "--from", tiny)

    assert result.stdout.startswith("<blockquote><p>Harbour master Tomas Berg said <mark>about 300")
    assert f"<footer>{NOTICE}</footer>" in result.stdout


def test_read_tells_programs(run, tiny, copies):
    """
    ``read --json`` gives status, offsets, words and rights of each stretch.
    """
    [passage] = json.loads(
        run("read", "ferry-returns/c02", "--json", "--texts", copies, "--from", tiny).stdout
    )

    assert passage == {
        "article": "ferry-returns",
        "evidence": {"start": 188, "end": 228},
        "status": "same",
        "span": {"start": 188, "end": 228},
        "line": 4,
        "column": 32,
        "words": "about 300 passengers crossed before noon",
        "sentence": "Harbour master Tomas Berg said about 300 passengers crossed before noon.",
        "rights": NOTICE,
    }


def test_read_refuses_what_is_lost(run, tiny, several):
    """
    Words that a changed copy does not hold are told to be lost, the others are printed, and it ends with 1.
    """
    result = run("read", "ferry-returns", "--texts", several, "--from", tiny)

    assert (result.exit_code, result.stderr) == (1, "dateline: 3 of 4 spans found\n")
    assert "ferry-returns 188-228: lost, not found with certainty in the attached text\n" in result.stdout
    assert "moved, line" in result.stdout


def test_programs_are_told_what_is_lost(run, tiny, several):
    """
    ``read --json`` has null where there are no words.
    """
    result = run("read", "ferry-returns/c02", "--json", "--texts", several, "--from", tiny)
    [passage] = json.loads(result.stdout)

    assert (result.exit_code, passage["status"], passage["words"], passage["line"]) == (1, "lost", None, None)


def test_read_takes_an_entity(run, tiny, copies):
    """
    Of an entity the mentions are printed, in all texts.
    """
    result = run("read", "Old Quay", "--texts", copies, "--from", tiny)

    assert (result.exit_code, result.stdout.count("    Old Quay\n")) == (0, 4)


def test_read_of_what_is_nowhere_mentioned(run, tiny, copies):
    """
    An entity that no text mentions has no words: 1.
    """
    result = run("read", "Larkhaven", "--texts", copies, "--from", tiny)

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "dateline: 0 of 0 spans found\n")


@pytest.mark.parametrize("identifier", ["ferry-halts", "ferry-halts/c01"])
def test_read_needs_the_text(run, tiny, one, identifier):
    """
    Without the text there are no words: 1, with what became of it.
    """
    result = run("read", identifier, "--texts", one, "--from", tiny)

    assert (result.exit_code, result.stdout, "ferry-halts: missing" in result.stderr) == (1, "", True)


def test_read_prints_the_body(run, curated, texts, edit, tmp_path):
    """
    With ``--body`` the text of an article is printed without its furniture, and whose it is.
    """
    edit(curated / "ferry-sails.toml", "[capture]", "furniture = [[64, 78]]\n\n[capture]")
    edit(curated / "ferry-sails.toml", "[[uncovered]]", "[[other]]")
    edit(curated / "ferry-sails.toml", '[[other]]\nspan = [64, 78]\nreason = "nothing is claimed"\n', "")
    run("fingerprint", curated, texts)
    run("release", curated, "--into", tmp_path)
    result = run("read", "ferry-sails", "--body", "--texts", texts, "--from", tmp_path / "small" / "1.0.0")

    expected = (
        "The ferry sailed with 300 passengers on board, Tomas Berg said.\n"
        "Words of the article: rights not stated\n"
    )
    assert (result.exit_code, result.stdout) == (0, expected)


def test_only_articles_have_a_body(run, tiny, copies):
    """
    ``--body`` of a claim is not understood: 2.
    """
    result = run("read", "ferry-returns/c02", "--body", "--texts", copies, "--from", tiny)

    assert (result.exit_code, "ferry-returns/c02 is none" in result.stderr) == (2, True)


def test_one_form_at_a_time(run, tiny, copies):
    """
    Of ``--body``, ``--html`` and ``--json`` only one is understood.
    """
    result = run("read", "ferry-returns", "--body", "--json", "--texts", copies, "--from", tiny)

    assert (result.exit_code, "exclude one another" in result.stderr) == (2, True)


@pytest.mark.parametrize("options", [[], ["--context"], ["--html"], ["--body"], ["--json"]])
def test_texts_drive_no_terminal(run, tmp_path, options):
    """
    Control characters in a text never reach the terminal.
    """
    text = "One \x1b[2J two \u202e three.\nAnother line.\n"
    words = dateline.Span(0, 23)
    claim = make_claim(id="ferry-returns/c01", evidence=(words,))
    article = make_article(
        claims=(claim,),
        mentions=(),
        text=fingerprint(text.encode(), "ferry-returns"),
    )
    dateline.dump(dateline.Corpus.of([article], tiny_corpus().entities.values()), tmp_path / "one.jsonl")
    (tmp_path / "text.txt").write_bytes(text.encode())
    identifier = "ferry-returns" if options == ["--body"] else "ferry-returns/c01"
    result = run(
        "read", identifier, *options, "--texts", tmp_path / "text.txt", "--from", tmp_path / "one.jsonl"
    )

    assert result.exit_code == 0
    assert {"\x1b", "\u202e"}.isdisjoint(result.stdout)
    assert "two" in result.stdout


def test_overlap_prints_positions(run, tiny, copies):
    """
    Overlap prints the longest run of each text with record and field, in positions, and ends with 0.
    """
    result = run("overlap", tiny, "--texts", copies)

    expected = (
        "words  text           at       record           field      at\n"
        "5      ferry-returns  80-101   ferry-returns    abstract   0-21\n"
        "4      ferry-halts    265-288  ferry-halts/c02  statement  31-54\n"
    )
    assert (result.exit_code, result.stdout) == (0, expected)


def test_overlap_prints_words_on_demand(run, tiny, copies):
    """
    With ``--words`` the words are printed, too, and whose they are.
    """
    result = run("overlap", tiny, "--texts", copies, "--words")
    lines = result.stdout.splitlines()

    assert lines[1].endswith("  0-21   The ferry to Old Quay")
    assert lines[3:] == [NOTICE]


def test_a_long_run_is_found(run, tiny, copies):
    """
    If more words in a row are shared than allowed, overlap ends with 1.
    """
    assert run("overlap", tiny, "--texts", copies, "--run", 4).exit_code == 1


def test_a_run_is_not_negative(run, tiny, copies):
    """
    Fewer than no words in a row are not understood: 2.
    """
    assert run("overlap", tiny, "--texts", copies, "--run", -1).exit_code == 2


def test_overlap_tells_programs(run, tiny, one):
    """
    ``overlap --json`` gives run, records and offsets; words, and whose they are, only if they are asked for.
    """
    row = {
        "article": "ferry-returns",
        "run": 5,
        "span": {"start": 80, "end": 101},
        "record": "ferry-returns",
        "field": "abstract",
        "wording": {"start": 0, "end": 21},
    }

    assert json.loads(run("overlap", tiny, "--texts", one, "--json").stdout) == [row]
    assert json.loads(run("overlap", tiny, "--texts", one, "--json", "--words").stdout) == [
        row | {"words": "The ferry to Old Quay", "rights": NOTICE}
    ]


def test_overlap_tells_what_it_did_not_compare(run, tiny, one):
    """
    An article without a text is named on standard error.
    """
    assert run("overlap", tiny, "--texts", one).stderr == "dateline: not compared: ferry-halts: missing\n"


def test_overlap_needs_a_text(run, tiny, tmp_path):
    """
    Without any text, overlap ends with 1: nothing was compared.
    """
    (tmp_path / "other.txt").write_text("Something else.")
    result = run("overlap", tiny, "--texts", tmp_path / "other.txt")

    assert (result.exit_code, result.stdout) == (1, "")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("SOURCES.md", "# Sources\n", "# Sources\n\nPassengers on board: Tomas Berg said so.\n"), "text"),
        (
            (
                "ferry-sails.toml",
                'reason = "nothing is claimed"',
                'reason = "passengers on board, Tomas Berg said"',
            ),
            "uncovered[0].reason",
        ),
        (
            (
                "ferry-sails.toml",
                "[[claims]]\n",
                "# Passengers\n# on board, Tomas Berg said.\n[[claims]]\n",
            ),
            "ferry-sails.toml  comment in line 30",
        ),
    ],
    ids=["sheet", "gap", "comment"],
)
def test_overlap_looks_at_a_source(measured, curated, edit, change, place):
    """
    In a curated source, what is not released is wording as well.
    """
    assert measured().exit_code == 0

    edit(curated / change[0], *change[1:])
    result = measured()

    assert (result.exit_code, place in result.stdout) == (1, True)
