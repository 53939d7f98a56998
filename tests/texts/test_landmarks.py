"""
Landmarks: which hits are believed.
"""

from __future__ import annotations

import pytest
from texts.invented import TEXTS, invented_articles

from dateline.spans import loose
from dateline.texts import landmarks as module
from dateline.texts.hits import Hit
from dateline.texts.landmarks import landmarks


NAME = "sound-closed"
ARTICLE = invented_articles()[NAME]
TEXT = TEXTS[NAME]


@pytest.fixture
def chance(monkeypatch):
    """
    A function that adds hits by chance to those of a text.
    """

    def add(*several):
        real = module.hits
        monkeypatch.setattr(module, "hits", lambda article, copy: [*real(article, copy), *several])

    return add


def test_the_text_itself_confirms_every_stretch():
    """
    In the annotated text every stretch that is looked for is found at its place.
    """
    marks = landmarks(ARTICLE, loose(TEXT))

    assert marks.wanted == marks.stretches
    assert (frozenset(), False) == (marks.ambiguous, marks.repeated)


def test_a_hit_out_of_order_is_taken_for_chance(chance):
    """
    A single hit that is not in the article's order moves nothing, if chance explains it.
    """
    hit = landmarks(ARTICLE, loose(TEXT)).found[-1]
    chance(Hit(hit.start, hit.end, 3, 3 + hit.stop - hit.place, bits=4.0))
    found = {each.stretch: each.place for each in landmarks(ARTICLE, loose(TEXT)).found}

    assert hit.place == found[hit.stretch]


def test_a_lonely_hit_of_a_lost_stretch_is_refused(chance):
    """
    A stretch that the copy lost is not believed to stand where a few bits say so, out of order.
    """
    cut = TEXT[: len(TEXT) // 2]
    lost = max(landmarks(ARTICLE, loose(TEXT)).stretches)
    chance(Hit(*lost, 0, 40, bits=5.0))

    assert lost not in landmarks(ARTICLE, loose(cut)).stretches


def test_a_moved_paragraph_is_believed():
    """
    Where many hits in a row stand elsewhere, they are found there.
    """
    first, _, rest = TEXT.partition("\n\n")
    marks = landmarks(ARTICLE, loose(f"{rest}\n\n{first}"))

    assert len(marks.wanted) - 3 <= len(marks.found)


@pytest.mark.parametrize("times", [2, 8, 9, 20])
def test_what_stands_there_several_times_is_ambiguous(times):
    """
    A copy that holds the article several times confirms it, and not where it stands.
    """
    marks = landmarks(ARTICLE, loose(f"{TEXT}\n\n" * times))

    assert marks.repeated
    assert marks.bits > 36
    assert () == marks.found
