"""
The search for what no tag proves, between points that are settled.
"""

from __future__ import annotations

import pytest

from dateline.spans import Span, loose
from dateline.texts.hits import Hit
from dateline.texts.landmarks import Landmarks
from dateline.texts.search import Search


TEXT = "ann came, then the annex fell, and ann went."


def search(*hits, copy=TEXT, lost=(), absent=(), length=44):
    """
    A search in a copy in which some stretches are confirmed and some are lost.
    """
    wanted = frozenset((*(hit.stretch for hit in hits), *lost))

    return Search(
        copy,
        loose(copy),
        Landmarks(found=hits, ambiguous=frozenset(), wanted=wanted, bits=50.0),
        length,
        absent,
    )


def hit(start, end, place, *, exact=True):
    """
    A stretch that is confirmed at a place.
    """
    return Hit(start, end, place, place + end - start, 20.0, exact=exact)


def test_a_name_inside_a_word_is_no_place():
    """
    A name counts where it stands as words of its own.
    """
    found = search(hit(10, 29, 10))
    found.place_mentions({(0, 3): ("ann",), (35, 38): ("ann",)})

    assert {(0, 3): (0, 3), (35, 38): (35, 38)} == {key: found.found[key] for key in ((0, 3), (35, 38))}


def test_a_name_that_stands_before_and_behind_an_insertion_is_doubtful():
    """
    A name that stands on both sides of what was inserted is refused, and those behind it are found.
    """
    copy = f"ann. {'so ' * 30}ann came, then the annex fell, and ann went."
    found = search(hit(10, 29, 10 + 95, exact=False), copy=copy)
    found.place_mentions({(0, 3): ("ann",), (35, 38): ("ann",), (39, 43): ("went",)})

    assert {(35, 38): (130, 133), (39, 43): (134, 138)} == found.found
    assert {(0, 3)} == found.doubtful


def test_what_is_found_is_not_sought_again():
    """
    A stretch that a tag confirms stays where that is.
    """
    found = search(hit(10, 29, 10))
    found.place_rest([(10, 29)])

    assert {(10, 29): (10, 29)} == found.found


def test_a_stretch_stands_where_its_neighbours_say():
    """
    Words that nothing proves stand where they stood, if nothing around them changed.
    """
    found = search(hit(0, 8, 0), hit(31, 44, 31))
    found.place_rest([(10, 14)])

    assert (10, 14) == found.found[10, 14]


def test_a_stretch_beside_an_insertion_may_stand_on_either_side():
    """
    Where something was inserted between its neighbours, words of any kind may stand before it or behind it.
    """
    copy = "ann came, then soon the annex fell, and ann went."
    found = search(hit(0, 8, 0), hit(31, 44, 36), copy=copy)
    found.place_rest([(10, 14)])

    assert (10, 14) not in found.found
    assert {(10, 14)} == found.doubtful


def test_a_stretch_is_placed_on_the_side_where_words_begin_and_end():
    """
    Of two places those count at which words begin and end.
    """
    copy = "ann came, then, as I was told by several people, the annex fell, and ann went."
    found = search(hit(0, 8, 0), hit(31, 44, 65), copy=copy)
    found.place_rest([(10, 14)])

    assert (10, 14) == found.found.get((10, 14))


def test_a_stretch_of_absent_furniture_is_lost():
    """
    What lies in furniture that the copy has not is not sought; what follows is counted without it.
    """
    found = search(hit(31, 44, 21), copy=TEXT[10:], absent=(Span(0, 10),))
    found.place_rest([(4, 8), (10, 14)])

    assert {(31, 44): (21, 34), (10, 14): (0, 4)} == found.found


@pytest.mark.parametrize("copy", ["", "ann"])
def test_nothing_is_placed_without_points(copy):
    """
    Where nothing is confirmed, words that nothing proves are not placed.
    """
    found = search(copy=copy, lost=[(10, 29)])
    found.place_mentions({(5, 8): ("",)})
    found.place_rest([(10, 14)])

    assert {} == found.found


def test_a_stretch_in_the_midst_of_changes_is_lost():
    """
    Words between others that changed are not placed, even if the shift before and after them is the same.
    """
    copy = "ann came, soon the annex fell, and ann went."
    found = search(hit(0, 8, 0, exact=False), hit(31, 44, 31), copy=copy, lost=[(9, 30)])
    found.place_rest([(10, 14)])

    assert (10, 14) not in found.found


@pytest.mark.parametrize("lost", [(9, 30), (8, 12), (12, 24), (11, 13)])
def test_a_stretch_that_something_lost_overlaps_is_lost(lost):
    """
    Words are not placed where something that overlaps them was looked for and is not there.
    """
    found = search(hit(0, 8, 0), hit(31, 44, 31), lost=[lost])
    found.place_rest([(10, 14)])

    assert (10, 14) not in found.found


def test_a_stretch_beside_something_lost_is_found():
    """
    Words that nothing lost overlaps are placed between neighbours that stand as far apart as they did.
    """
    found = search(hit(0, 8, 0), hit(31, 44, 31), lost=[(15, 30)])
    found.place_rest([(10, 14)])

    assert (10, 14) == found.found[10, 14]


def test_white_space_before_a_text_is_part_of_no_stretch():
    """
    The first words of a text stand at the copy's beginning, if white space before them is gone.
    """
    found = search(hit(5, 9, 4), hit(32, 45, 31), lost=[(11, 30)], length=45)
    found.place_rest([(1, 4)])

    assert (0, 3) == found.found[1, 4]
