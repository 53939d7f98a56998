from __future__ import annotations

import json
import sys

import pytest

from dateline.formats import FORMATS, form


@pytest.fixture
def announced(tmp_path, monkeypatch):
    """
    An installed package that announces a format, and one of ours.
    """
    about = tmp_path / "counting-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: counting\nVersion: 1\n", encoding="utf-8")
    points = "[dateline.formats]\ncount = counting:COUNT\n.count = counting:COUNT\n.csv = counting:COUNT\n"
    (about / "entry_points.txt").write_text(points, encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])


def rows(run):
    """
    The rows of the table by the first two of their cells, header and all.
    """
    lines = run("formats").stdout.split("\n")

    return {tuple(line.split()[:2]): line for line in lines}


def test_formats_are_listed(run):
    """
    Every format has a row with its suffixes, its media type and how much of it is read.
    """
    found = rows(run)

    assert len(FORMATS) + 2 == len(found)
    assert ["ris", ".ris", "application/x-research-info-systems", "no"] == found["ris", ".ris"].split()
    assert ["json", ".json", "application/json", "all"] == found["json", ".json"].split()
    assert found["csl-json", ".csl.json"].endswith("drafts")


@pytest.mark.parametrize(("spec", "needed"), [(object(), "frames"), (None, "frames (absent)")])
def test_what_is_absent_is_said(run, monkeypatch, spec, needed):
    """
    A format names the extra that it needs, and says so if that is not installed.
    """
    monkeypatch.setattr(form, "find_spec", lambda module: spec)

    assert rows(run)["parquet", ".parquet"].endswith(f"  {needed}")


def test_announced_formats_follow(run, announced):
    """
    What other packages announce is listed with the package, except names of ours, and not imported.
    """
    lines = run("formats").stdout.rstrip("\n").split("\n")

    assert [[".count", "package", "counting"], ["count", "package", "counting"]] == [
        line.split() for line in lines[-2:]
    ]
    assert "counting" not in sys.modules


def test_formats_as_json(run, announced):
    """
    Programs get the same as JSON, with every suffix and alias.
    """
    found = json.loads(run("formats", "--json").stdout)
    csv = next(row for row in found if row["name"] == "csv-articles")

    assert [*FORMATS, None, "count"] == [row["name"] for row in found]
    assert (["csv"], [".csv"], False, False) == (
        csv["aliases"],
        csv["suffixes"],
        csv["is_read"],
        csv["is_lossless"],
    )
    assert [[".count"], []] == [row["suffixes"] for row in found[-2:]]
    assert "counting" == found[-1]["package"]
