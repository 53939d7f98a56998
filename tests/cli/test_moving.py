from __future__ import annotations

import json
import tomllib

import pytest
from cli.conftest import TEXT


#: A word is another one, and a sentence stands in front.
CORRECTED = "Larkhaven. " + TEXT.replace("Nobody", "Somebody")


@pytest.fixture
def corrected(tmp_path):
    """
    The file with the corrected text.
    """
    file = tmp_path / "corrected.txt"
    file.write_bytes(CORRECTED.encode())

    return file


@pytest.fixture
def old(texts):
    """
    The file with the text that was annotated.
    """
    return texts / "ferry.txt"


def placed(text, words):
    """
    Where some words stand in a text, as TOML has it.
    """
    start = text.index(words)

    return f"[{start}, {start + len(words)}]"


def test_move_prints_what_would_change(run, curated, corrected, old):
    """
    Without ``--write`` the new positions and what is left are printed, and it ends with 1.
    """
    before = {file.name: file.read_bytes() for file in curated.iterdir()}
    result = run("move", curated, "ferry-sails", corrected, "--from", old)

    expected = (
        "ferry-sails.toml\n"
        "  ferry-sails mentions.person/tomas-berg 47-57 -> 58-68\n"
        "  ferry-sails/c01 evidence 0-63 -> 11-74\n"
        "  ferry-sails uncovered.span 64-78 lost, look at 75-91\n"
        "0 spans stay, 2 moved, 1 left to you\n"
    )
    assert (result.exit_code, result.stdout) == (1, expected)
    assert before == {file.name: file.read_bytes() for file in curated.iterdir()}


def test_move_writes_on_demand(run, curated, corrected, old):
    """
    With ``--write`` numbers, file name, size and digest are replaced where they stand, and nothing else.
    """
    file = curated / "ferry-sails.toml"
    before = file.read_text("utf-8")
    run("move", curated, "ferry-sails", corrected, "--from", old, "--write")
    changed = [
        (old, new)
        for old, new in zip(before.split("\n"), file.read_text("utf-8").split("\n"), strict=True)
        if old != new
    ]

    assert [new.partition(" ")[0] for _, new in changed[:3]] == ["file", "size", "digest"]
    assert [new for _, new in changed[3:]] == [
        f'"person/tomas-berg" = [{placed(CORRECTED, "Tomas Berg")}]',
        f'span = [{TEXT.index("Nobody")}, {len(TEXT) - 1}, "lost"]',
        f"evidence = [{placed(CORRECTED, TEXT.partition(chr(10))[0])}]",
    ]
    assert tomllib.loads(file.read_text("utf-8"))["capture"]["file"] == "corrected.txt"


def test_what_is_left_cannot_be_released(run, curated, corrected, edit, old):
    """
    Check names the missing fingerprint, then what is left; once that is mended, all is well.
    """
    run("move", curated, "ferry-sails", corrected, "--from", old, "--write")

    assert "has no fingerprint" in run("check", curated).stdout
    assert run("fingerprint", curated, corrected.parent).exit_code == 0
    assert "[64, 78, 'lost']" in run("check", curated).stdout

    edit(curated / "ferry-sails.toml", '[64, 78, "lost"]', placed(CORRECTED, "Somebody minded."))

    assert run("check", curated).stdout == "0 errors, 0 warnings\n"
    assert run("release", curated, "--into", corrected.parent).exit_code == 0


def test_move_ends_well_if_nothing_is_left(run, curated, old, tmp_path):
    """
    If all is placed, move ends with 0.
    """
    (tmp_path / "later.txt").write_bytes(f"Larkhaven. {TEXT}".encode())

    result = run("move", curated, "ferry-sails", tmp_path / "later.txt", "--from", old)

    assert (result.exit_code, result.stdout[-37:]) == (0, "0 spans stay, 3 moved, 0 left to you\n")


def test_move_tells_programs(run, curated, corrected, old):
    """
    ``move --json`` gives every span with its record, field, status and offsets.
    """
    told = json.loads(run("move", "--json", curated, "ferry-sails", corrected, "--from", old).stdout)

    assert (told["file"], told["article"], len(told["spans"])) == ("ferry-sails.toml", "ferry-sails", 3)
    assert told["spans"][:2] == [
        {
            "record": "ferry-sails",
            "field": "uncovered.span",
            "old": {"start": 64, "end": 78},
            "status": "lost",
            "new": None,
            "near": {"start": 75, "end": 91},
        },
        {
            "record": "ferry-sails",
            "field": "mentions.person/tomas-berg",
            "old": {"start": 47, "end": 57},
            "status": "moved",
            "new": {"start": 58, "end": 68},
            "near": None,
        },
    ]


def test_move_refuses_another_old_text(run, curated, corrected):
    """
    An old text that is not the annotated one is refused with 3.
    """
    result = run("move", curated, "ferry-sails", corrected, "--from", corrected)

    assert (result.exit_code, "must have digest" in result.stderr) == (3, True)
