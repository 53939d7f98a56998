from __future__ import annotations

import json

import pytest

import dateline
from dateline.digests import canonical_json, plain
from dateline.manifests import ARTICLES
from dateline.testing import make_article, tiny_corpus


@pytest.mark.parametrize(
    "name", [[], ["ukraine-2022"], ["ukraine-2022@2.0.0"]], ids=["default", "name", "pin"]
)
def test_verify_prints_the_pin(run, name):
    """
    Verify prints the pin of an installed release.
    """
    assert run("verify", *name).stdout == f"{dateline.verify('ukraine-2022')}\n"


def test_verify_takes_a_folder(run, tiny):
    """
    Verify holds a release folder against its manifest.
    """
    assert run("verify", tiny).stdout == f"{tiny_corpus().pin}\n"


def test_verify_tells_programs(run, tiny):
    """
    ``verify --json`` says that all is well, and the pin.
    """
    assert json.loads(run("verify", "--json", tiny).stdout) == {
        "verified": True,
        "pin": str(tiny_corpus().pin),
        "problem": None,
    }


def test_an_altered_release_is_found(run, tiny, edit):
    """
    One altered byte ends with 1 and names the file.
    """
    edit(tiny / ARTICLES, "engine", "motors")
    result = run("verify", tiny)

    assert (result.exit_code, result.stdout, ARTICLES in result.stderr) == (1, "", True)


def test_programs_are_told_what_is_amiss(run, tiny):
    """
    ``verify --json`` says that something is amiss, and what.
    """
    (tiny / ARTICLES).unlink()
    result = run("verify", "--json", tiny)
    told = json.loads(result.stdout)

    assert (result.exit_code, told["verified"], told["pin"], ARTICLES in told["problem"]) == (
        1,
        False,
        None,
        True,
    )


def test_what_is_not_installed_cannot_be_verified(run):
    """
    A dataset that is not there ends with 3: nothing is amiss with it.
    """
    assert run("verify", "ukraine-2023").exit_code == 3


def test_check_passes_what_is_right(run, tiny):
    """
    A release without errors ends with 0.
    """
    result = run("check", tiny)

    assert (result.exit_code, result.stdout.split("\n")[-2].startswith("0 errors, ")) == (0, True)


def test_check_takes_a_source(run, curated):
    """
    A curated source is checked before it is released.
    """
    assert run("check", curated).stdout == "0 errors, 0 warnings\n"


def test_check_finds_a_missing_section(run, curated, edit):
    """
    A reference to a section that SOURCES.md does not have is an error.
    """
    edit(
        curated / "ferry-sails.toml",
        'absent.language = "invented"',
        'looked_up.language = "SOURCES.md#none"\nlanguage = "en"',
    )
    result = run("check", curated)

    assert (result.exit_code, "E404" in result.stdout) == (1, True)


def test_check_finds_a_broken_rule(run, curated, edit):
    """
    A record that breaks a rule is printed with the code of the rule, and ends with 1.
    """
    edit(curated / "ferry-sails.toml", 'absent.url = "invented"\n', "")
    result = run("check", curated)

    assert result.exit_code == 1
    assert result.stdout == "ferry-sails: E101 Every field has a source (url)\n1 error, 0 warnings\n"


def test_check_finds_what_is_no_record(run, curated, edit):
    """
    Every fault of what does not make a record is a finding.
    """
    edit(curated / "ferry-sails.toml", "revision = 1", "revision = -1")
    edit(curated / "ferry-sails.toml", 'stance = "asserts"', 'stance = "shouts"')
    result = run("check", curated)

    assert (result.exit_code, result.stdout.split("\n")[-2]) == (1, "2 errors, 0 warnings")


def test_check_finds_what_is_no_document(run, curated):
    """
    A file that is not TOML is a finding.
    """
    (curated / "entities.toml").write_text("[[")
    result = run("check", curated)

    assert (result.exit_code, result.stdout.startswith("entities.toml: E002 ")) == (1, True)


def test_check_takes_json_lines(run, tmp_path):
    """
    A file of records is checked; what dump has saved is right.
    """
    file = tmp_path / "tiny.jsonl"
    dateline.dump(tiny_corpus(), file)

    assert run("check", file).exit_code == 0


def test_check_names_the_line(run, tmp_path):
    """
    A line that is no record is a finding that names the line.
    """
    file = tmp_path / "bad.jsonl"
    file.write_bytes(canonical_json({"article": plain(make_article())}) + b"\n{}\n")
    result = run("check", file)

    assert (result.exit_code, "bad.jsonl:2: E001" in result.stdout) == (1, True)


def test_check_tells_programs(run, curated, edit):
    """
    ``check --json`` is a list of findings with code, place, rule and detail.
    """
    edit(curated / "ferry-sails.toml", 'absent.url = "invented"\n', "")
    result = run("check", "--json", curated)

    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "code": "E101",
            "error": True,
            "where": "ferry-sails",
            "rule": "Every field has a source",
            "detail": "url",
        }
    ]


def test_warnings_are_no_errors(run, curated):
    """
    Warnings are printed, but end with 0.
    """
    with (curated / "entities.toml").open("a") as file:
        file.write('[[entities]]\nid = "place/nowhere"\nname = "Nowhere"\ncurated.name = "invented"\n')
    result = run("check", curated)

    assert (result.exit_code, result.stdout.split("\n")[-2]) == (0, "0 errors, 1 warning")


def test_check_wants_records(run, tmp_path):
    """
    A folder without records is not understood: 2.
    """
    result = run("check", tmp_path)

    assert (result.exit_code, "dataset.toml or manifest.json" in result.stderr) == (2, True)


def test_coverage_is_measured(run, curated, texts):
    """
    Coverage prints a row for each kind of thing; if nothing is missing, it ends with 0.
    """
    result = run("coverage", curated, "--texts", texts)
    rows = [line.split() for line in result.stdout.split("\n")]

    assert (result.exit_code, rows[2], rows[5]) == (
        0,
        ["ferry-sails", "words", "13", "2", "0"],
        ["missing:", "nothing"],
    )


def test_what_is_missing_is_placed(run, curated, texts, edit):
    """
    What is not covered is printed with its position, and ends with 1.
    """
    edit(curated / "ferry-sails.toml", 'value = "300"', 'value = "30"')
    result = run("coverage", curated, "--texts", texts)

    assert (result.exit_code, "missing: 1 numbers\n" in result.stdout) == (1, True)
    assert "ferry-sails  numbers    1      0        1        22-25\n" in result.stdout


def test_coverage_wants_texts(run, curated):
    """
    Without the texts there is nothing to measure: 2.
    """
    assert run("coverage", curated).exit_code == 2
