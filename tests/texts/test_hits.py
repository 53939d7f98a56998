"""
Hits: where the bits that ship are tried, and how often.
"""

from __future__ import annotations

import pytest
from attrs import evolve
from texts.invented import TEXTS, invented_articles

from dateline.fingerprints import fingerprint, tagged
from dateline.spans import Span, loose
from dateline.testing import TEXTS as TINY
from dateline.testing import make_article, tiny_corpus
from dateline.texts import hits as module
from dateline.texts.hits import evidence, hits, tagged_evidence


NAME = "sound-closed"
ARTICLE = invented_articles()[NAME]


@pytest.fixture
def digests(monkeypatch):
    """
    A list that grows with each digest that is made of a stretch of the copy.
    """
    made = []

    def counting(tagger):
        def counted(salt):
            tag = tagger(salt)

            return lambda words: made.append(len(words)) or tag(words)

        return counted

    monkeypatch.setattr(module, "tagger", counting(module.tagger))
    monkeypatch.setattr(module, "anchor_tagger", counting(module.anchor_tagger))

    return made


def found(article, text):
    """
    The stretches of an article that are hit where they stand in the text, by the shift of the first.
    """
    return {hit.stretch for hit in hits(article, loose(text))}


def test_every_stretch_is_hit_in_the_text_itself():
    """
    In the annotated text every anchor and all tagged evidence has its hit.
    """
    assert found(ARTICLE, TEXTS[NAME]) >= set(tagged_evidence(ARTICLE))


def test_evidence_counts_whoever_has_it():
    """
    The evidence of claims, of their fields and of the article's own fields is all there.
    """
    spans = list(evidence(ARTICLE))

    assert ARTICLE.claims[0].evidence[0] in spans
    assert ARTICLE.sources[0].evidence[0] in spans


def test_an_article_in_a_long_copy_is_found_around_its_anchors(digests):
    """
    In a copy many times the article's length, evidence is found all the same, and sought near anchors only.
    """
    page = ("High water is at noon; low water is at six. " * 1_000) + TEXTS[NAME]

    assert found(ARTICLE, page) >= set(tagged_evidence(ARTICLE))
    assert len(digests) < 4 * len(page)


@pytest.mark.parametrize(
    "page",
    ["a b " * 25_000, TINY["ferry-returns"] * 1_000, "— " * 50_000, "x" * 100_000],
    ids=["words of one letter", "pasted a thousand times", "dashes", "one word"],
)
def test_no_text_takes_more_than_a_few_digests_a_character(page, digests):
    """
    Whatever a hundred thousand characters hold, no more than a few digests are made for each.
    """
    hits(tiny_corpus()["ferry-returns"], loose(page[:100_000]))

    assert len(digests) < 4 * 100_000


def test_a_text_that_is_searched_everywhere_takes_at_most_a_hundred_digests_a_character(digests):
    """
    In a copy that is short enough to be searched everywhere, words of one letter are the worst there is.
    """
    hits(ARTICLE, loose("a b " * 500))

    assert 10 * 2_000 < len(digests) < 100 * 2_000


def test_only_lengths_that_evidence_can_have_are_tried(digests):
    """
    Between the lengths that short and long evidence can have, taking account of white space, none is tried.
    """
    folded = loose(TEXTS[NAME])
    spans = [tagged(Span(0, length), folded, NAME) for length in (40, 140)]
    claim = evolve(ARTICLE.claims[0], evidence=spans, sources=())
    article = evolve(ARTICLE, claims=(claim,), sources=(), text=evolve(ARTICLE.text, anchors=()))
    hits(article, folded)

    assert {True} == {32 <= length <= 46 or 128 <= length <= 146 for length in digests}


def test_a_tag_counts_only_at_the_length_of_its_evidence():
    """
    Where a tag stands for much longer evidence than the stretch that has it, that is chance.
    """
    folded = loose(TEXTS[NAME])
    short, long = (tagged(Span(0, length), folded, NAME) for length in (40, 140))
    claim = evolve(ARTICLE.claims[0], evidence=(short, evolve(long, tag=short.tag)), sources=())
    article = evolve(ARTICLE, claims=(claim,), sources=(), text=evolve(ARTICLE.text, anchors=()))

    assert {(0, 40)} == found(article, TEXTS[NAME])


def test_an_article_without_tags_has_no_hits():
    """
    A text too short for anchors, without long evidence, is hit nowhere; nor is a record without fingerprint.
    """
    short = make_article(claims=(), mentions=(), sources=(), text=fingerprint(b"It rained.", "ferry-returns"))

    assert [] == hits(short, loose("It rained." * 100))
    assert [] == hits(make_article(text=None, claims=(), sources=()), loose(TINY["ferry-returns"]))
    assert [] == hits(ARTICLE, loose(""))
