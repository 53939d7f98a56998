from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import dateline
from dateline import tour


@pytest.fixture
def screen(run, tmp_path):
    """
    What the tour shows, as lines.
    """
    return run("tour", tmp_path / "mine").stdout.rstrip("\n").split("\n")


def test_the_tour_is_one_screen(screen):
    """
    The tour has at most 45 lines of at most 100 characters.
    """
    assert len(screen) <= tour.LINES
    assert max(map(len, screen[:-1])) <= tour.WIDTH


def test_the_tour_shows_the_articles(screen):
    """
    Each article is there with its number of claims.
    """
    shown = "\n".join(screen)

    assert all(
        f"{article.id:<17} {len(article.claims):>3} claims" in shown
        for article in dateline.load("ukraine-2022").values()
    )


def test_the_tour_answers_from_the_claims(screen):
    """
    The table holds the denial and the assertion that it denies, each with its id.
    """
    ids = [line.split()[0] for line in screen if "/c" in line.split(" ")[0] and not line.startswith("/")]
    ukraine = dateline.load("ukraine-2022")
    stances = {ukraine.claims[identifier].stance for identifier in ids}

    assert ids == [claim.id for claim in tour.telling(ukraine)]
    assert {"asserts", "denies"} <= stances


def test_the_tour_makes_up_no_day(screen):
    """
    A claim of which no date is known has no day.
    """
    undated = sum(claim.said is None for claim in tour.telling(dateline.load("ukraine-2022")))

    assert sum(line.startswith("day unknown ") for line in screen) == undated


def test_the_tour_leaves_out_what_is_no_answer():
    """
    Neither an outlet's own voice nor a claim told again is in the table.
    """
    ukraine = dateline.load("ukraine-2022")
    outlets = {article.publisher.entity for article in ukraine.values()}

    assert outlets.isdisjoint(claim.claimant for claim in tour.telling(ukraine))
    assert all(relation.kind != "same_as" for claim in tour.telling(ukraine) for relation in claim.relations)


def test_the_tour_cites(screen):
    """
    The article of the first answer is cited in APA and as BibTeX.
    """
    ukraine = dateline.load("ukraine-2022")
    article = ukraine.claims.article(tour.telling(ukraine)[0])
    shown = " ".join(screen)

    assert dateline.cite(article) in shown
    assert dateline.cite(article, "bibtex").replace("\n", " ") in shown


def test_the_tour_ends_in_a_pin(screen):
    """
    The pin to keep is there, whole.
    """
    assert str(dateline.verify("ukraine-2022")) in screen


def test_the_tour_writes_what_reads_back(screen, tmp_path):
    """
    The folder that was named holds JSON Lines that give the same corpus, BibTeX and CSV.
    """
    ukraine = dateline.load("ukraine-2022")
    folder = tmp_path / "mine"

    assert dateline.read(folder / "ukraine-2022.jsonl") == ukraine
    assert (folder / "ukraine-2022.bib").read_text("utf-8") == dateline.dumps(ukraine, "bibtex")
    assert (folder / "ukraine-2022.claims.csv").read_bytes() == dateline.dumps(ukraine, "csv-claims").encode()


def test_the_tour_finds_a_folder(run, tmp_path, monkeypatch):
    """
    Without a folder, a temporary one is made and printed.
    """
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shown = run("tour").stdout.replace("\n", "")
    [folder] = tmp_path.iterdir()

    assert f"{folder}:" in shown
    assert len([*folder.iterdir()]) == 3


def test_the_tour_needs_a_folder_that_can_be_written(run, tmp_path):
    """
    A folder that cannot be made ends with 3 and a message.
    """
    (tmp_path / "file").write_text("")
    result = run("tour", tmp_path / "file")

    assert (result.exit_code, "was not written" in result.stderr) == (3, True)


def test_the_tour_bears_gaps(tmp_path, monkeypatch):
    """
    An article without outlet and date is shown as such, and comes last.
    """
    ukraine = dateline.load("ukraine-2022")
    first, *others = ukraine.values()
    bare = attrs.evolve(first, publisher=None, published=None)
    monkeypatch.setattr(tour, "load", lambda pin: attrs.evolve(ukraine, articles=(bare, *others)))
    lines = tour.tour(Path(tmp_path)).split("\n")
    [row] = [line for line in lines if line.startswith(f"{first.id} ") and "claims" in line]

    assert "date unknown" in row
    assert "outlet unknown; headline unknown" in row
