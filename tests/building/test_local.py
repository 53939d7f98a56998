"""
A build on one machine: whole, resumed, refused.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pyarrow
import pytest
from attrs import evolve
from building.building_script import main, slowly
from building.raw import row, rows, write_csv, write_jsonl, write_parquet

from dateline import files
from dateline.building import Columns, Datelines, Filled, Progress, build, local, map_batches, read_files
from dateline.building.parts import Part
from dateline.building.progress import bar
from dateline.corpus import Corpus
from dateline.errors import FolderBusy, InvalidDocument, InvalidValue, NotRead, NotWritten, ProcessLost
from dateline.validation import validate


TESTS = Path(__file__).resolve().parents[1]


def quiet(progress):
    """
    Tell nobody.
    """


def made(paths, folder, *rules, **options):
    """
    A build in this process, in stretches of ten rows.
    """
    settings = {"processes": 1, "stretch": 10, "tell": quiet} | options

    return build(paths, folder, rules, **settings)


def contents(folder):
    """
    The bytes of all files of a build.
    """
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def bad(tmp_path):
    """
    Three files with 32 rows of which some are bad.
    """
    found = rows(30)
    found[3]["text"] = ""
    found[4]["date"] = "yesterday"
    found[25]["id"] = found[1]["id"]
    found[26]["id"] = found[25]["id"]
    lines = write_jsonl(tmp_path / "a.jsonl", found[:15])
    lines.write_bytes(lines.read_bytes() + b'{"id": "x", "text": "\xff"}\n')
    short = [{"id": "y", "url": "https://gazette.example/y"}]

    return [
        lines,
        write_parquet(tmp_path / "b.parquet", found[15:]),
        write_jsonl(tmp_path / "c.jsonl", short),
    ]


def test_rows_are_records_or_faults(tmp_path, bad):
    """
    Every bad row is named with file, row and id; the others are records, in the order of the input.
    """
    done = made(bad, tmp_path / "made", Datelines())
    told = [(Path(faults.file).name, faults.row, faults.id) for faults in done.row_faults()]
    ids = [article.headline for article in done.articles()]

    assert (done.rows, done.records, done.faults) == (32, 26, 6)
    assert told == [
        ("a.jsonl", 4, "gazette/3"),
        ("a.jsonl", 5, "gazette/4"),
        ("a.jsonl", 16, None),
        ("b.parquet", 11, "gazette/1"),
        ("b.parquet", 12, "gazette/1"),
        ("c.jsonl", 1, "y"),
    ]
    assert ids == [f"Ferry, part {n}" for n in range(30) if n not in {3, 4, 25, 26}]
    assert f"{bad[0]}:2" in next(str(faults) for faults in done.row_faults() if faults.row == 11)


def test_the_reports_lie_beside_the_parts(tmp_path, bad):
    """
    Counts and faults are saved as files, and hold no text of an article.
    """
    done = made(bad, tmp_path / "made")
    lines = (done.folder / "faults.jsonl").read_text(encoding="utf-8")

    assert json.loads((done.folder / "report.json").read_bytes()) == {"faults": 6, "records": 26, "rows": 32}
    assert [json.loads(line)["row"] for line in lines.strip().split("\n")] == [4, 5, 16, 11, 12, 1]
    assert "sailed" not in lines


def test_the_drafts_make_a_corpus(tmp_path):
    """
    What is built is records as any other.
    """
    articles = list(
        made([write_csv(tmp_path / "a.csv", rows(12))], tmp_path / "made", Datelines()).articles()
    )

    assert len(Corpus.of(articles)) == 12
    assert all(validate(article) is None for article in articles)


def test_a_build_is_what_the_batches_give(tmp_path):
    """
    Processes, stretches and files make no difference to the records.
    """
    path = write_jsonl(tmp_path / "a.jsonl", rows(45))
    plain = map_batches(read_files([path]), (slowly,), reference="archive")
    expected = [line for batch in plain for line in batch["record"].to_pylist()]
    several = made([path], tmp_path / "several", slowly, processes=2, reference="archive")
    one = made([path], tmp_path / "one", slowly, stretch=7, reference="archive")

    for done in (several, one):
        batches = (batch for n in range(done.parts) for batch in Part(done.folder, n).batches("record"))
        assert [line for batch in batches for line in batch["record"].to_pylist()] == expected


def test_a_killed_build_goes_on_where_it_was(tmp_path):
    """
    Killed in the middle and called again, a build keeps what was done and comes to the same bytes.
    """
    path = write_jsonl(tmp_path / "a.jsonl", [*rows(200), row(1), row(9, text="")])
    command = [sys.executable, "-m", "building.building_script", path, tmp_path / "killed"]
    running = subprocess.Popen(command, cwd=TESTS, env=os.environ | {"PYTHONPATH": str(TESTS)})
    parts = tmp_path / "killed" / "parts"
    while len(list(parts.glob("part-*.json"))) < 2:
        assert running.poll() is None
        time.sleep(0.01)
    running.kill()
    running.wait()
    kept = {one: one.stat().st_mtime_ns for one in parts.glob("part-*.parquet")}

    assert 2 <= len(kept) < 11
    assert not (tmp_path / "killed" / "report.json").exists()
    main(path, tmp_path / "undisturbed", 1)
    main(path, tmp_path / "killed", 1)

    assert contents(tmp_path / "killed") == contents(tmp_path / "undisturbed")
    assert sum(one.stat().st_mtime_ns != before for one, before in kept.items()) <= 3


@pytest.mark.parametrize("harm", ["cut", "swap", "drop receipt", "drop part", "spoil receipt"])
def test_a_part_that_is_not_whole_is_made_again(tmp_path, harm):
    """
    A part is kept only if it is as its receipt says.
    """
    path = write_jsonl(tmp_path / "a.jsonl", rows(30))
    folder = made([path], tmp_path / "made").folder
    before = contents(folder)
    parts = [folder / "parts" / f"part-0000{number}" for number in range(3)]
    one, other = parts[0].with_suffix(".parquet"), parts[1].with_suffix(".parquet")
    if harm == "cut":
        one.write_bytes(one.read_bytes()[:-1])
    elif harm == "swap":
        one.write_bytes(other.read_bytes())
    elif harm == "drop part":
        one.unlink()
    else:
        receipt = parts[0].with_suffix(".json")
        receipt.unlink() if harm == "drop receipt" else receipt.write_bytes(b"{}")
    with pytest.raises(InvalidDocument, match="part-00000"):
        list(Part(folder, 0).articles())
    made([path], folder)

    assert contents(folder) == before


def test_a_full_disk_ends_the_build_and_loses_nothing(tmp_path, monkeypatch):
    """
    When a part cannot be saved the build ends; called again it comes to the same as an undisturbed one.
    """
    path = write_jsonl(tmp_path / "a.jsonl", rows(30))
    expected = contents(made([path], tmp_path / "undisturbed").folder)
    write = files.write

    def full(target, data):
        if "part-00001.parquet" in str(target):
            raise NotWritten(str(target), "No space left on device")
        write(target, data)

    monkeypatch.setattr(files, "write", full)
    with pytest.raises(NotWritten, match="part-00001"):
        made([path], tmp_path / "made")
    monkeypatch.undo()
    assert set(contents(tmp_path / "made")) == {
        "plan.json",
        "parts/part-00000.json",
        "parts/part-00000.parquet",
    }
    made([path], tmp_path / "made")

    assert contents(tmp_path / "made") == expected


def test_a_finished_build_is_not_made_again(tmp_path, bad):
    """
    Called once more, a build that is done does nothing and says the same.
    """
    told = []
    first = made(bad, tmp_path / "made")

    assert made(bad, tmp_path / "made", tell=told.append) == first
    assert told == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"columns": Columns(headline="text")}, "columns"),
        ({"reference": "elsewhere"}, "reference"),
        ({"stretch": 11}, "stretch"),
    ],
)
def test_a_folder_of_another_build_is_refused(tmp_path, change, word):
    """
    A build is gone on with by what it was begun with only.
    """
    path = write_jsonl(tmp_path / "a.jsonl", rows(3))
    made([path], tmp_path / "made")

    with pytest.raises(InvalidDocument, match=word):
        made([path], tmp_path / "made", **change)


def test_other_rules_or_inputs_are_refused(tmp_path):
    """
    Other rules, and other bytes of the same file, make another build.
    """
    path = write_jsonl(tmp_path / "a.jsonl", rows(3))
    made([path], tmp_path / "made", Datelines())
    with pytest.raises(InvalidDocument, match="rules"):
        made([path], tmp_path / "made", Datelines(agencies=("AP",)))
    write_jsonl(path, rows(4))

    with pytest.raises(InvalidDocument, match="inputs"):
        made([path], tmp_path / "made", Datelines())


def test_a_missing_input_is_named(tmp_path):
    """
    A build of a file that is not there does not begin.
    """
    with pytest.raises(NotRead, match=r"no\.jsonl"):
        made([tmp_path / "no.jsonl"], tmp_path / "made")
    assert not (tmp_path / "made").exists()


class Locked:
    """
    A rule that says what it is, and holds what no other process can have.
    """

    def __init__(self):
        self._lock = threading.Lock()

    def __call__(self, raw):
        """
        Nothing is established.
        """
        return ()

    def __repr__(self):
        """
        Without an address, so that it can be told from other words.
        """
        return "Locked()"


def test_a_rule_that_cannot_travel_is_named(tmp_path):
    """
    What holds a lock works in one process, and is refused where others must be sent it.
    """
    path = write_jsonl(tmp_path / "a.jsonl", rows(60))

    with pytest.raises(InvalidValue, match=r"rule must be one .* set processes=1, got Locked\(\)"):
        made([path], tmp_path / "made", Locked(), processes=2)
    assert 60 == made([path], tmp_path / "made", Locked(), processes=1).records


def ends(raw):
    """
    A rule that ends its process, as a lack of memory does.
    """
    if raw.row == "gazette/25":
        os.kill(os.getpid(), signal.SIGKILL)
    yield Filled(field="abstract", value="It sailed.", basis="curated")


def test_a_killed_worker_ends_the_build(tmp_path):
    """
    When a process of the pool is killed the build ends, and what was done is kept.
    """
    path = write_jsonl(tmp_path / "a.jsonl", rows(60))

    with pytest.raises(ProcessLost, match=r"a\.jsonl:21"):
        made([path], tmp_path / "made", ends, processes=2)
    assert not (tmp_path / "made" / "report.json").exists()


@pytest.mark.parametrize("parents", [0, 1])
def test_a_worker_ends_with_its_parent(monkeypatch, parents):
    """
    A process of a pool waits for its parent's end, and then ends at once; one without a parent goes on.
    """
    waited, ended = [], []
    parent = SimpleNamespace(join=lambda: waited.append(True))
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: parent if parents else None)
    monkeypatch.setattr(os, "_exit", ended.append)
    local.end_with_parent()

    assert (len(waited), ended) == (parents, [1] * parents)


def test_what_killed_processes_left_is_removed(tmp_path):
    """
    A finished build has no drafts of parts in it.
    """
    path = write_jsonl(tmp_path / "a.jsonl", rows(3))
    folder = made([path], tmp_path / "made").folder
    before = contents(folder)
    (folder / "parts" / ".part-00000.parquet.1234").write_bytes(b"x")
    made([path], folder)

    assert contents(folder) == before


def test_progress_is_told_after_each_part(tmp_path):
    """
    Who asks is told the rows that are done, those of an earlier run among them.
    """
    path = write_jsonl(tmp_path / "a.jsonl", [*rows(29), row(1, text="")])
    told = []
    folder = made([path], tmp_path / "made", tell=told.append).folder
    (folder / "parts" / "part-00000.json").unlink()
    made([path], folder, tell=told.append)

    assert [progress.rows for progress in told] == [10, 20, 30, 30]
    assert told[-1] == Progress(rows=30, records=29, total=30)


def test_a_bar_is_drawn_on_a_terminal(monkeypatch, capsys):
    """
    A terminal sees how far it is, in one line; what is no terminal sees nothing.
    """
    half = Progress(rows=500, records=499, total=1000)
    bar(half)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bar(half)
    bar(evolve(half, rows=1000, records=999))

    first, second = capsys.readouterr().err.strip("\r").split("\r")
    assert first == f"[{'#' * 15}{' ' * 15}] 500 of 1,000 rows, 1 faults"
    assert second == f"[{'#' * 30}] 1,000 of 1,000 rows, 1 faults\n"


def test_ids_that_only_begin_alike_are_no_duplicates(tmp_path, monkeypatch):
    """
    Ids are compared whole where their short digests agree.
    """
    monkeypatch.setattr("dateline.building.repeated._short", lambda identifier: 1)
    path = write_jsonl(tmp_path / "a.jsonl", [*rows(25), row(3)])
    done = made([path], tmp_path / "made")

    assert [faults.row for faults in done.row_faults()] == [26]


def test_an_empty_input_makes_an_empty_build(tmp_path):
    """
    Nothing in, nothing out.
    """
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"")
    done = made([path], tmp_path / "made")

    assert (done.rows, list(done.articles()), list(done.row_faults())) == (0, [], [])


def test_a_table_without_the_column_of_texts_is_told_row_by_row(tmp_path):
    """
    A missing column makes a fault of each row, with file and row.
    """
    path = write_parquet(tmp_path / "a.parquet", [{"id": "a"}, {"id": "b"}])
    done = made([path], tmp_path / "made")

    assert [(faults.row, faults.faults) for faults in done.row_faults()] == [
        (number, ("column is missing @ text",)) for number in (1, 2)
    ]
    assert pyarrow.parquet.read_table(Part(done.folder, 0).path).num_rows == 2


def test_two_builds_at_once_are_told_apart(tmp_path):
    """
    While one builds in a folder another is refused, and the first comes to its end as if alone.
    """
    path = write_jsonl(tmp_path / "a.jsonl", rows(25))
    refused = []

    def meanwhile(progress):
        with pytest.raises(FolderBusy, match="build is being written by another process") as caught:
            made([path], tmp_path / "made")
        refused.append(caught.value.folder)

    done = made([path], tmp_path / "made", tell=meanwhile)

    assert [str(tmp_path / "made")] * 3 == refused
    assert (25, 25, 0) == (done.rows, done.records, done.faults)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"processes": 0}, "processes must be a whole number from 1, got 0"),
        ({"processes": "2"}, "processes must be a whole number from 1, got '2'"),
        ({"stretch": 2.5}, "stretch must be a whole number from 1, got 2.5"),
        ({"stretch": -1}, "stretch must be a whole number from 1, got -1"),
        ({"paths": "a.jsonl"}, "paths must be a list of files, got 'a.jsonl'"),
        ({"rules": [lambda raw: ()]}, "rule must be a function of a module"),
    ],
)
def test_what_cannot_be_built_is_refused_before_it_begins(tmp_path, change, problem):
    """
    A number below 1, one path for a list, and a rule without a name are named, and nothing is written.
    """
    paths, rules = change.get("paths", []), change.get("rules", [])
    numbers = {name: value for name, value in change.items() if name not in ("paths", "rules")}

    with pytest.raises(InvalidValue, match=problem):
        made(paths, tmp_path / "made", *rules, **numbers)
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("damage", ["{", "[]", "{}", '{"stretches": [{"rows": 1}]}'])
def test_a_plan_that_is_none_is_refused(tmp_path, damage):
    """
    A damaged plan is named, and what to do about it.
    """
    path = write_jsonl(tmp_path / "a.jsonl", rows(5))
    made([path], tmp_path / "made")
    (tmp_path / "made" / "plan.json").write_text(damage)

    with pytest.raises(InvalidDocument, match="must be the plan of a build"):
        made([path], tmp_path / "made")


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    """
    Where a file is no build can be.
    """
    path = write_jsonl(tmp_path / "a.jsonl", rows(5))

    with pytest.raises(NotWritten, match=r"a\.jsonl"):
        made([path], path)
