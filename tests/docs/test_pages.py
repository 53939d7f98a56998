"""
The README and the pages keep their promises.
"""

from __future__ import annotations

import doctest
import inspect
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import dateline
from dateline import cli, corpus, csl, errors, texts
from dateline.testing import TEXTS, tiny_corpus
from dateline.texts.lines import TEXT_KEYS


ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")

#: The job of the package, with all the set-up, on a machine that has only Python and pip.
MAIN_JOB = "python -m venv .venv && .venv/bin/pip install . && .venv/bin/python -m dateline tour"

#: A fence, which may be indented.
BLOCK = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)

#: A line that is neither a heading nor of a table, and the end of a sentence inside a line.
PROSE = re.compile(r"[^|#]")
GOES_ON = re.compile(r"[a-z`)][.?!] (?=[A-Z])")

#: A file that a page asks to save: its name, then a fence with what it holds.
SAVED = re.compile(r"^`(?P<name>[\w./-]+)`\n\n```(?:text|toml)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)

FENCE = re.compile(r"^```(?P<kind>\w+)\n(?P<body>(?s:.*?))^```$", re.MULTILINE)


def page(name):
    """
    The text of a page of the documentation.
    """
    return (DOCS / name).read_text(encoding="utf-8")


def between(text, name):
    """
    What stands between the markers of that name, which stand once.
    """
    begin, end = f"<!-- begin-{name} -->", f"<!-- end-{name} -->"
    assert (1, 1) == (text.count(begin), text.count(end))

    return text.split(begin)[1].split(end)[0]


@pytest.mark.parametrize("name", ["example", "setup", "bench"])
def test_the_readme_has_its_markers(name):
    """
    What pages include and what the benchmark fills in stands between markers.
    """
    assert between(README, name)


@pytest.mark.parametrize(("name", "marker"), [("index.md", "example"), ("contributing.md", "setup")])
def test_a_page_includes_the_readme(name, marker):
    """
    The first page includes the README's example, and contributing its set-up, instead of repeating them.
    """
    text = page(name)

    assert "```{include} ../README.md\n" in text
    assert f":start-after: <!-- begin-{marker} -->\n:end-before: <!-- end-{marker} -->\n" in text


def test_the_first_import_comes_soon():
    """
    A newcomer reads fewer than 90 words before the first import, and an example of fewer than 20 lines.
    """
    example = between(README, "example").strip().split("\n")[1:-1]

    assert len(re.findall(r"[\w'-]+", README.partition(">>> import")[0].partition("<!--")[0])) < 90
    assert len(example) < 20


def test_every_step_of_the_example_answers():
    """
    Between two answers of the README's example there is at most one line that gives none, imports aside.
    """
    lines = [line for line in between(README, "example").strip().split("\n")[1:-1] if line]
    asked = "".join("q" if line.startswith(">>> ") else "a" for line in lines if "import" not in line)

    assert "qqq" not in asked


def test_the_readme_does_the_main_job():
    """
    One command of the README installs the package and does its main job.
    """
    assert f"```sh\n{MAIN_JOB}\n```" in README


def test_the_readme_runs_the_tests_as_ci_does():
    """
    The README's command for the tests is what .ci/run runs, in an environment made before.
    """
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = script.partition("# The README's commands, as they stand there.\n")[2].partition("\n\n")[0]
    expected = " && ".join(["python -m venv .venv", ". .venv/bin/activate", *commands.split("\n")])

    assert f"```sh\n{expected}\n```" in between(README, "setup")


def test_what_the_readme_points_to_exists():
    """
    Each file and folder that the README names is there.
    """
    named = set(re.findall(r"`((?:docs/|\.ci/|LICENSE)[\w./-]*)`", README)) - {"docs/_build/html"}

    assert [] == sorted(name for name in named if not (ROOT / name).exists())


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_is_documented(name):
    """
    Each command has a section of its own.
    """
    assert f"\n## {name}\n\n```text\ndateline {name}" in page("command-line.md")


def test_each_public_name_is_documented():
    """
    Each public name stands in the reference.
    """
    written = set(re.findall(r"\bdateline\.(\w+)", page("api.md")))

    assert set() == set(dateline.__all__) - {"__version__"} - written


def test_each_name_of_the_processor_is_documented():
    """
    Each public name of the style processor stands in the reference of its page.
    """
    written = re.findall(r"^\.\. auto\w+:: dateline\.csl\.(\w+)$", page("csl.md"), re.MULTILINE)

    assert sorted(csl.__all__) == sorted(written)


def test_each_name_of_the_texts_module_is_documented():
    """
    Each public name of dateline.texts stands in the reference, by itself or as a name of the package.
    """
    written = set(re.findall(r"^\.\. auto\w+:: dateline\.(?:texts\.)?(\w+)$", page("api.md"), re.MULTILINE))

    assert set() == set(texts.__all__) - written


def test_what_a_corpus_computes_once_is_documented():
    """
    Properties that are computed once, which autodoc cannot see, stand in the reference.
    """
    source = inspect.getsource(corpus.Corpus)
    names = re.findall(r"cached_property\n    def ([a-z]\w*)", source)

    assert names
    assert [] == [name for name in names if f".. py:property:: {name}\n" not in page("api.md")]


def test_each_error_is_documented():
    """
    Each error stands in the tree and in the table of the errors' page.
    """
    text = page("errors.md")
    kinds = [
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.DatelineError)
    ]

    assert [] == [name for name in kinds if f"| `{name}` |" not in text]
    assert [] == [name for name in kinds if name not in text.partition("## Catching")[0]]


@pytest.mark.parametrize(
    "word",
    [
        *("load", "read", "dump", "parse", "validate", "verify", "check", "cite", "attach", "release"),
        *("outcome", "near", "reading", "passage", "tag", "anchor", "loose form", "text form"),
        *("claim", "claimant", "stance", "basis", "evidence", "span", "furniture", "pin", "corpus", "subset"),
    ],
)
def test_the_glossary_has_the_word(word):
    """
    The words that everybody needs are defined.
    """
    assert f"\n{word}\n: " in page("glossary.md")


def test_prose_has_one_sentence_a_line():
    """
    Outside of fences and tables no line goes on after the end of a sentence.
    """
    found = [
        f"{path.relative_to(ROOT)}: {line}"
        for path in (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))
        for line in BLOCK.sub("", path.read_text(encoding="utf-8")).split("\n")
        if PROSE.match(line) and GOES_ON.search(line)
    ]

    assert [] == found


def test_the_keys_that_hold_a_text_are_named():
    """
    The page on attaching names the keys under which a text is looked for in JSON, best first.
    """
    named = re.findall(
        r"`(\w+)`", page("how-to/attach.md").partition("the text is taken from ")[2].partition(" |")[0]
    )

    assert list(TEXT_KEYS) == named


def test_each_outcome_and_status_is_explained():
    """
    The page on attaching has a row for each outcome of an article and each status of a span.
    """
    rows = re.findall(r"^\| `(\w+)` \|", page("how-to/attach.md"), re.MULTILINE)

    assert sorted(
        [*(each.value for each in texts.Match), *(each.value for each in texts.SpanStatus)]
    ) == sorted(rows)


def test_the_commands_on_attaching_work(tmp_path, monkeypatch):
    """
    Each command of that page about the files that its examples save succeeds, and prints what it shows.
    """
    monkeypatch.chdir(tmp_path)
    dateline.dump(tiny_corpus(), "harbour.jsonl")
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "clipping-17.txt").write_text(TEXTS["ferry-returns"])
    fences = list(FENCE.finditer(page("how-to/attach.md").partition("## On the command line")[2]))
    commands = [
        line for fence in fences if fence["kind"] == "sh" for line in fence["body"].strip().split("\n")
    ]
    [shown] = [fence["body"] for fence in fences if fence["kind"] == "text"]
    printed = []
    for command in commands:
        words = [sys.executable, *shlex.split(command)[1:]]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        printed.append(done.stdout)

        assert 0 == done.returncode, f"{command}\n{done.stdout}{done.stderr}"

    assert ["attach", "read", "overlap"] == [command.split()[3] for command in commands]
    assert shown in printed


def test_the_page_on_making_a_dataset_works(tmp_path, monkeypatch):
    """
    Whoever saves the files of that page and runs its commands has a release, and it reads as the page says.
    """
    monkeypatch.chdir(tmp_path)
    text = page("how-to/own-dataset.md")
    for file in SAVED.finditer(text):
        path = tmp_path / file["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file["body"], encoding="utf-8")
    shells = [fence["body"] for fence in FENCE.finditer(text) if fence["kind"] == "sh"]
    commands = "".join(shells).split("\n")
    for command in filter(None, commands):
        words = [sys.executable, *shlex.split(command)[1:]]
        done = subprocess.run(words, capture_output=True, text=True, check=False)

        assert 0 == done.returncode, f"{command}\n{done.stdout}{done.stderr}"

    use = text.split("<!-- skip: start -->")[1].split("<!-- skip: end -->")[0]
    test = doctest.DocTestParser().get_doctest(FENCE.search(use)["body"], {}, "own-dataset", None, 0)

    assert doctest.TestResults(0, 4) == doctest.DocTestRunner(verbose=False).run(test)
