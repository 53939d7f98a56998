from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest
from texts.anchoring import LONG, LOST, MENTION, MISPLACED, REFUSED, RIGHT, SHORT, WRONG, Score, judged, score
from texts.changes import KINDS
from texts.drafts import copy, draft, new

from dateline.spans import Span
from dateline.texts.alignment import align


BY_NAME = {kind.name: kind for kind in KINDS}

#: Copies of a kind that varies; `nox -s anchoring` makes more.
SEEDS = range(2)


def engine(place, *, alike=True):
    """
    An engine that finds every span at *place* of it.
    """
    return lambda article, entities, text: SimpleNamespace(
        alike=alike, place=lambda span: SimpleNamespace(span=place(span))
    )


#: An engine that never looks, one that never finds, and one that nobody is shown.
BLIND = {
    "trusting": engine(lambda span: Span(span.start, span.end)),
    "refusing": engine(lambda span: None),
    "unalike": engine(lambda span: Span(span.start, span.end), alike=False),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_invented_texts_meet_the_targets(kind, invented):
    """
    Spans of the invented reports are found again, or refused, as often as is demanded.
    """
    assert [] == score(invented, kind, SEEDS, align).missed()


@pytest.mark.slow
@pytest.mark.texts
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_real_texts_meet_the_targets(kind, real):
    """
    Spans of the dataset's articles are found again, or refused, as often as is demanded.
    """
    assert [] == score(real, kind, SEEDS, align).missed()


@pytest.mark.parametrize(
    ("name", "blind"),
    [
        ("furniture added", "trusting"),
        ("paragraph moved", "trusting"),
        ("5 % of words replaced", "trusting"),
        ("15 % of words replaced", "trusting"),
        ("truncated to 25 %", "trusting"),
        ("neighbour", "trusting"),
        ("identical", "refusing"),
        ("1 % of words replaced", "refusing"),
        ("identical", "unalike"),
    ],
)
def test_the_targets_bite(name, blind, invented):
    """
    An engine that trusts or refuses everything misses the targets.
    """
    assert score(invented, BY_NAME[name], SEEDS, BLIND[blind]).missed()


def test_a_copy_that_is_not_alike_shows_nothing(invented):
    """
    Every span of a copy that does not count as alike is counted as refused.
    """
    total = score(invented, BY_NAME["identical"], SEEDS, BLIND["unalike"])

    assert total.count(REFUSED) == total.total() == sum(len(subject.spans) for subject in invented)


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        (Span(2, 5), RIGHT),
        (Span(1, 6), RIGHT),
        (Span(2, 9), MISPLACED),
        (Span(6, 9), MISPLACED),
        (None, REFUSED),
    ],
)
def test_a_span_that_is_there(found, outcome):
    """
    It is right where it stands, white space around it aside, wrong elsewhere, and else refused.
    """
    made = copy("one two", [*new("x "), *draft("one two")])

    assert outcome == judged(made, Span(0, 3), made.truth(Span(0, 3)), found)


@pytest.mark.parametrize(("found", "outcome"), [(Span(0, 3), WRONG), (None, LOST)])
def test_a_span_that_is_gone(found, outcome):
    """
    It is wrong wherever it is found.
    """
    made = copy("one two", draft("one two")[4:])

    assert outcome == judged(made, Span(0, 3), made.truth(Span(0, 3)), found)


def test_shares():
    """
    Found is a share of what is there to be found, wrong counts what is gone as well.
    """
    counts = {(LONG, RIGHT): 6, (LONG, REFUSED): 1, (LONG, MISPLACED): 1, (LONG, WRONG): 1, (LONG, LOST): 9}
    total = Score(kind=KINDS[0], counts=Counter(counts))

    assert total.found(LONG) == 0.75
    assert total.wrong(LONG) == 2
    assert total.total() == 18
    assert total.found(SHORT, MENTION) == 1.0
