"""
Alignment: where spans end up in a changed copy, and when they are refused.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from dateline.fingerprints import fingerprint
from dateline.records import Mention
from dateline.spans import Span, locate, nfc_lf
from dateline.testing import TEXTS, make_article, tiny_corpus
from dateline.texts.alignment import SpanStatus, align, stretches


CORPUS = tiny_corpus()
RETURNS = TEXTS["ferry-returns"]
ARTICLE = CORPUS["ferry-returns"]


def aligned(copy, article=ARTICLE):
    """
    An article of the tiny corpus in a copy.
    """
    return align(article, CORPUS.entities, nfc_lf(copy))


def mentioned(name, text=RETURNS, *, number=0):
    """
    A span where a name stands.
    """
    return locate(text, name)[number]


def test_in_the_text_itself_every_span_is_the_same():
    """
    In the annotated text every span is found at its offsets.
    """
    alignment = aligned(RETURNS)

    assert {SpanStatus.SAME} == {placed.status for placed in alignment.placed.values()}
    assert stretches(ARTICLE) == list(alignment.placed)
    assert (True, 1.0, ()) == (alignment.alike, alignment.share, alignment.changed)


def test_behind_something_added_every_span_has_moved():
    """
    Behind a line that was added, every span is found further on, by as much.
    """
    for (start, end), placed in aligned(f"Front page\n{RETURNS}").placed.items():
        assert (SpanStatus.MOVED, Span(start + 11, end + 11)) == (placed.status, placed.span)


def test_a_span_that_is_none_of_the_article_is_lost():
    """
    Of a span that the article has not, nothing is claimed.
    """
    assert SpanStatus.LOST is aligned(RETURNS).place(Span(1, 2)).status


def test_a_changed_stretch_is_lost_and_told():
    """
    Evidence with another word in it is lost, and told as changed; what stands around it is not.
    """
    alignment = aligned(RETURNS.replace("the county had paid", "nobody at all had paid"))
    evidence = ARTICLE.claims[2].evidence[0]

    assert SpanStatus.LOST is alignment.place(evidence).status
    assert (Span(evidence.start, evidence.end),) == alignment.changed
    assert alignment.share == 8 / 9


def test_what_is_proved_inside_a_lost_stretch_is_not_changed():
    """
    Of a lost stretch only what nothing inside it proves is told as changed.
    """
    first, last = ARTICLE.claims[0].evidence[0], ARTICLE.claims[3].evidence[0]
    wide = evolve(last, start=first.start, tag="000000")
    claim = evolve(ARTICLE.claims[0], id="ferry-returns/c05", evidence=(wide,))
    article = evolve(ARTICLE, claims=(*ARTICLE.claims, claim))
    changed = aligned(RETURNS, article).changed

    assert changed
    for one in changed:
        for other in ARTICLE.claims:
            span = other.evidence[0]
            assert one.end <= span.start or span.end <= one.start


def test_a_text_without_likeness_places_nothing():
    """
    In a text that is no copy of the article nothing is placed.
    """
    alignment = aligned(TEXTS["ferry-halts"])

    assert (False, {}) == (alignment.alike, dict(alignment.placed))
    assert (alignment.share, alignment.furniture) == (1.0, ())


def test_without_a_fingerprint_nothing_is_alike():
    """
    A record without a fingerprint is like no text.
    """
    alignment = aligned(RETURNS, make_article(text=None))

    assert (False, 0.0) == (alignment.alike, alignment.bits)


def test_a_short_text_with_lines_added_is_proved_by_its_digest():
    """
    An article too short for landmarks is recognised if what is left without added lines is all of it.
    """
    text = "Tomas Berg sailed."
    article = make_article(
        claims=(),
        sources=(),
        mentions=(Mention(entity="person/tomas-berg", spans=(Span(0, 10),)),),
        text=fingerprint(text.encode(), "ferry-returns"),
    )
    alignment = aligned(f"Front page\n{text}\nRead more", article)

    assert (True, Span(11, 21)) == (alignment.alike, alignment.place(Span(0, 10)).span)
    assert not aligned("Front page\nTomas Berg sank.", article).alike


def test_marks_that_the_loose_form_drops_stay_with_their_character():
    """
    A span whose last character has a mark on it in the copy ends after the mark.
    """
    marked = RETURNS.replace("noon", "noon\u0338\u0305")
    (evidence,) = ARTICLE.claims[1].evidence
    found = aligned(marked).place(evidence).span

    assert "about 300 passengers crossed before noon\u0338\u0305" == marked[found.start : found.end]


def test_a_name_stands_where_its_neighbours_are():
    """
    A name that stands at several places is found at the one between what stands around it.
    """
    copy = f"Old Quay news\n{RETURNS}More from Old Quay.\n".replace("Monday", "Friday")
    for number in range(3):
        span = mentioned("Old Quay", number=number)

        assert mentioned("Old Quay", copy, number=number + 1) == aligned(copy).place(span).span


def test_a_name_that_came_twice_is_ambiguous():
    """
    A name that stands twice, once behind what was before it and once before what was behind, is refused.
    """
    copy = RETURNS.replace("Tomas Berg", "Tomas Berg, and not another, Tomas Berg")
    status = aligned(copy).place(mentioned("Tomas Berg")).status

    assert SpanStatus.AMBIGUOUS is status


def test_a_name_that_is_gone_is_lost():
    """
    Where another name stands, a mention is lost; so is one of an entity that nobody knows.
    """
    span = mentioned("Tomas Berg")
    unknown = evolve(ARTICLE, mentions=(Mention(entity="person/nobody", spans=(span,)),))
    copy = RETURNS.replace("Tomas Berg", "Ilse Holm").replace("noon", "one")

    assert SpanStatus.LOST is aligned(copy).place(span).status
    assert SpanStatus.LOST is aligned(copy, unknown).place(span).status


def test_furniture_is_told_where_it_stands_in_the_copy():
    """
    Furniture that is found again is told by where it stands there, in order.
    """
    span = mentioned("By Ana Lind")
    article = evolve(ARTICLE, text=fingerprint(RETURNS.encode(), ARTICLE.id, [span]))

    assert (Span(span.start + 11, span.end + 11),) == aligned(f"Front page\n{RETURNS}", article).furniture


@pytest.mark.parametrize("times", [2, 30])
def test_a_copy_that_repeats_the_text_places_no_long_evidence(times):
    """
    Where the whole text stands several times, evidence is ambiguous and the alignment says so.
    """
    alignment = aligned(RETURNS * times)

    assert alignment.repeated
    assert {SpanStatus.AMBIGUOUS} == {alignment.place(c.evidence[0]).status for c in ARTICLE.claims}


@pytest.mark.parametrize("other", ["e mayor had", "e nobody had"])
def test_short_evidence_in_what_is_told_as_changed_is_lost(other):
    """
    Evidence without a tag is lost where tagged evidence that it overlaps is, as many letters or not.
    """
    tagged = ARTICLE.claims[2].evidence[0]
    short = Span(tagged.start - 5, tagged.start + 14)
    claim = evolve(ARTICLE.claims[0], id="ferry-returns/c05", evidence=(short,))
    article = evolve(ARTICLE, claims=(*ARTICLE.claims, claim))
    copy = f"{RETURNS[: tagged.start + 2]}{other}{RETURNS[tagged.start + 14 :]}"

    assert SpanStatus.SAME is aligned(RETURNS, article).place(short).status
    assert SpanStatus.LOST is aligned(copy, article).place(short).status
    assert any(span.start < short.end and short.start < span.end for span in aligned(copy, article).changed)


def test_evidence_with_an_added_line_in_it_is_lost():
    """
    Evidence in the midst of which a line stands that is not of the article is lost, and nothing else is.
    """
    (evidence,) = ARTICLE.claims[1].evidence
    cut = RETURNS.index(" ", evidence.start + 12)
    line = "ADVERT: the skipper denies every word of it"
    alignment = aligned(f"{RETURNS[:cut]}\n{line}\n{RETURNS[cut + 1 :]}")

    assert SpanStatus.LOST is alignment.place(evidence).status
    assert 8 / 9 == alignment.share


def test_evidence_that_is_broken_without_an_added_line_is_found():
    """
    Evidence in the midst of which a line ends is found, whether lines were added elsewhere or not.
    """
    (evidence,) = ARTICLE.claims[1].evidence
    cut = RETURNS.index(" ", evidence.start + 12)
    broken = f"{RETURNS[:cut]}\n{RETURNS[cut + 1 :]}"

    assert [1.0, 1.0] == [aligned(copy).share for copy in (broken, f"Front page\n{broken}Read more\n")]


def test_a_tag_counts_wherever_the_evidence_is_named():
    """
    Evidence that is named once with its tag and once without is proved by the tag or not at all.
    """
    tagged = ARTICLE.claims[1].evidence[0]
    claim = evolve(ARTICLE.claims[1], id="ferry-returns/c05", evidence=(evolve(tagged, tag=None),))
    article = evolve(ARTICLE, claims=(*ARTICLE.claims, claim))

    assert SpanStatus.SAME is aligned(RETURNS, article).place(tagged).status
    assert SpanStatus.LOST is aligned(RETURNS.replace("300", "500"), article).place(tagged).status
