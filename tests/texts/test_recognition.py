"""
Recognition: which copy is taken for which article's text, and what each article is told.
"""

from __future__ import annotations

import pytest
from attrs import evolve
from texts.invented import TEXTS as REPORTS
from texts.invented import invented_articles, invented_entities

import dateline
from dateline.corpus import Corpus
from dateline.errors import TextsNotProved
from dateline.fingerprints import Anchor, anchor_tagger, fingerprint
from dateline.spans import locate, loose
from dateline.testing import TEXTS, make_article, tiny_corpus
from dateline.texts import Match, attach, recognition
from dateline.texts.likeness import MAX_SEARCHED


CORPUS = tiny_corpus()
RETURNS, HALTS = TEXTS["ferry-returns"], TEXTS["ferry-halts"]

#: With other words in one place.
CHANGED = RETURNS.replace("the county had paid", "nobody at all had paid")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """
    A function that saves texts as files, and gives the folder as one would call it.
    """
    monkeypatch.chdir(tmp_path)

    def save(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_bytes(text.encode())

        return "."

    return save


def outcomes(source, corpus=CORPUS, **options):
    """
    The outcomes for texts from a source, as they print.
    """
    return [str(outcome) for outcome in attach(corpus, source, **options).outcomes.values()]


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0f73\u0301", "\u0323"])
def test_a_text_that_takes_hours_to_normalise_is_told(folder, marks):
    """
    A text in which more combining marks follow one another than any script has is told, and the rest is read.
    """
    run = (marks * 10_000)[:10_000]
    seen = []
    reading = attach(CORPUS, folder(a=RETURNS, b=f"{HALTS}a{run}{HALTS}"), watch=seen.append)

    assert ["./b.txt must have at most 256 combining marks in a row, got 10000"] == [
        *map(str, reading.unread)
    ]
    assert ["ferry-returns: exact", "ferry-halts: missing"] == [*map(str, reading.outcomes.values())]
    assert ["./a.txt", "./b.txt"] == seen


def test_texts_are_recognised_by_what_they_say(folder):
    """
    A text is taken for the article that it is, whatever its file is called.
    """
    reading = attach(CORPUS, folder(halts=RETURNS, returns=HALTS))

    assert {"ferry-returns": ("./halts.txt",), "ferry-halts": ("./returns.txt",)} == {
        article: outcome.origins for article, outcome in reading.outcomes.items()
    }
    assert all(outcome.match is Match.EXACT for outcome in reading.outcomes.values())


def test_outcomes_come_in_the_order_of_the_corpus():
    """
    There is an outcome for each article, in the order of the corpus.
    """
    assert list(CORPUS) == list(attach(CORPUS, dict(reversed(TEXTS.items()))).outcomes)
    assert ["ferry-returns: missing", "ferry-halts: missing"] == outcomes({})


@pytest.mark.parametrize(
    ("change", "form"),
    [
        (lambda text: text.replace("\n", "\r\n"), "nfc-lf-1"),
        (str.upper, "loose-1"),
    ],
    ids=["line ends", "capitals"],
)
def test_an_equal_text_has_every_span(change, form):
    """
    In a text that is equal under a named form every span of the article is found.
    """
    outcome = attach(CORPUS, {"ferry-returns": change(RETURNS)}).outcomes["ferry-returns"]

    assert (Match.EQUAL, form, 1.0) == (outcome.match, outcome.form, outcome.share)


def test_a_near_text_tells_its_share_and_where_it_differs():
    """
    A text with other words in one place is near, with the share of spans found and what is not confirmed.
    """
    outcome = attach(CORPUS, {"ferry-returns": CHANGED}).outcomes["ferry-returns"]
    (changed,) = locate(RETURNS, "the county had paid for the new engine")

    assert (Match.NEAR, 8 / 9) == (outcome.match, outcome.share)
    assert [(changed.start, changed.end)] == [(each.start, each.end) for each in outcome.changed]


def test_a_text_handed_over_for_another_article_is_different():
    """
    A text under an article's id is held against that article alone, even if it is the text of another.
    """
    reading = attach(CORPUS, {"ferry-returns": HALTS})

    assert ["ferry-returns: different", "ferry-halts: missing"] == [*map(str, reading.outcomes.values())]
    assert ("ferry-returns",) == reading.outcomes["ferry-returns"].origins == reading.unclaimed


def test_a_text_under_an_unknown_id_is_unclaimed():
    """
    A text under an id that no article has is no article's text.
    """
    reading = attach(CORPUS, {"ferry-sinks": RETURNS})

    assert ("ferry-sinks",) == reading.unclaimed
    assert "ferry-returns: missing" == str(reading.outcomes["ferry-returns"])


def test_what_belongs_to_nothing_is_unclaimed_and_what_cannot_be_read_is_told(folder):
    """
    Copies of nothing are named, and so is what gave no text, with the reason.
    """
    reading = attach(CORPUS, folder(a=RETURNS, b="High water is at noon.", c=""))

    assert ("./b.txt",) == reading.unclaimed
    assert ["./c.txt must hold a text, but it is empty"] == [*map(str, reading.unread)]


def test_the_best_of_several_copies_counts_and_all_are_named(folder):
    """
    Of several copies of a text the strictest counts, the first of those as good; the outcome names all.
    """
    outcome = attach(CORPUS, folder(a=RETURNS.upper(), b=RETURNS, c=RETURNS)).outcomes["ferry-returns"]

    assert (Match.EXACT, "3 copies") == (outcome.match, outcome.note)
    assert ("./b.txt", "./c.txt", "./a.txt") == outcome.origins


def test_a_copy_handed_over_for_one_article_counts_for_no_other():
    """
    A text under an article's id is given to no other, even if it is the text of both.
    """
    twin = make_article(id="twin", claims=(), mentions=(), text=fingerprint(RETURNS.encode(), "twin"))
    corpus = Corpus.of([*CORPUS.values(), twin], CORPUS.entities.values())
    told = attach(corpus, {"ferry-returns": RETURNS}).outcomes

    assert ((), Match.MISSING) == (told["ferry-returns"].also, told["twin"].match)


def test_a_copy_from_a_folder_is_given_to_every_article_that_it_is_the_text_of(folder):
    """
    A copy that nobody claims for one article counts for all that it is equal to, and each names the others.
    """
    shouted = RETURNS.upper()
    twin = make_article(id="twin", claims=(), mentions=(), text=fingerprint(shouted.encode(), "twin"))
    told = attach(Corpus.of([CORPUS["ferry-returns"], twin]), folder(a=RETURNS)).outcomes

    assert (Match.EXACT, ("twin",)) == (told["ferry-returns"].match, told["ferry-returns"].also)
    assert ("loose-1", ("ferry-returns",)) == (told["twin"].form, told["twin"].also)


def test_near_copies_that_say_the_same_are_one(folder):
    """
    Several near copies that do not differ from each other count as one, and are counted.
    """
    outcome = attach(CORPUS, folder(a=CHANGED, b=CHANGED.upper())).outcomes["ferry-returns"]

    assert (Match.NEAR, "2 copies", ("./a.txt", "./b.txt")) == (outcome.match, outcome.note, outcome.origins)


def test_near_copies_that_differ_are_not_chosen_from(folder):
    """
    Of near copies that differ none is taken, and no words can be read.
    """
    other = RETURNS.replace("300 passengers", "400 passengers")
    reading = attach(CORPUS, folder(a=CHANGED, b=other))

    expected = "ferry-returns: ambiguous (several copies differ from each other)"
    assert expected == str(reading.outcomes["ferry-returns"])
    assert ("./a.txt", "./b.txt") == reading.outcomes["ferry-returns"].origins
    with pytest.raises(dateline.TextNotAttached, match="several copies differ"):
        reading.text("ferry-returns")


@pytest.mark.parametrize("times", [2, 3, 9, 50])
def test_a_text_that_holds_the_article_several_times_is_ambiguous(times):
    """
    Where the article stands several times in one text, nobody can say which words are meant.
    """
    told = outcomes({"ferry-returns": RETURNS * times})

    assert "ferry-returns: ambiguous (the copy holds the text more than once)" == told[0]


@pytest.fixture
def twins():
    """
    Two articles whose texts differ in their last words only.
    """
    texts = {"ferry-returns": RETURNS, "twin": f"{RETURNS}So it was.\n"}

    return Corpus.of(
        evolve(
            CORPUS["ferry-returns"],
            id=name,
            claims=(),
            text=evolve(fingerprint(text.encode(), name), anchors=_dense(text, name)),
        )
        for name, text in texts.items()
    )


def test_a_near_copy_of_two_articles_alike_is_ambiguous(folder, twins):
    """
    A near copy that is as much like one article as like another is taken for neither, and each is told.
    """
    told = attach(twins, folder(a=f"{RETURNS}So it is.\n")).outcomes

    assert "ferry-returns: ambiguous (a copy is as much like another article)" == str(told["ferry-returns"])
    assert [("twin",), ("ferry-returns",)] == [each.also for each in told.values()]


def test_an_article_that_is_proved_is_no_rival(folder, twins, monkeypatch):
    """
    A near copy of two articles goes to the one without a proof, even if the proof came later.
    """
    monkeypatch.setattr(recognition, "MAX_WAITING", 1)
    told = attach(twins, folder(a=f"{RETURNS}So it is.\n", b=RETURNS)).outcomes

    assert [Match.EXACT, Match.NEAR] == [each.match for each in told.values()]


def test_a_copy_goes_to_the_article_that_it_is_clearly_likest(folder):
    """
    Reports that share a paragraph are told apart in changed copies.
    """
    corpus = Corpus.of(invented_articles().values(), invented_entities().values())
    changed = {name.replace("-", "_"): text.replace(" the ", " that ", 1) for name, text in REPORTS.items()}
    reading = attach(corpus, folder(**changed))

    assert {name: (f"./{name.replace('-', '_')}.txt",) for name in REPORTS} == {
        name: outcome.origins for name, outcome in reading.outcomes.items()
    }
    assert {Match.NEAR} == {outcome.match for outcome in reading.outcomes.values()}


def test_a_copy_that_is_like_a_proved_article_is_unclaimed(folder):
    """
    Changed copies are not held against an article whose text is proved, whichever comes first.
    """
    reading = attach(CORPUS, folder(a=CHANGED, b=RETURNS))

    assert "ferry-returns: exact" == str(reading.outcomes["ferry-returns"])
    assert ("./a.txt",) == reading.unclaimed


def test_waiting_copies_are_compared_when_they_become_too_many(folder, monkeypatch):
    """
    Changed copies wait for proofs; when they hold too much they are compared at once, and a later proof wins.
    """
    monkeypatch.setattr(recognition, "MAX_WAITING", 1)
    seen = []
    reading = attach(
        CORPUS, folder(a=CHANGED, b=RETURNS, c=HALTS.replace("Friday", "Sunday")), watch=seen.append
    )

    assert ["ferry-returns: exact", "ferry-halts: near, 100.0% of the spans found"] == [
        *map(str, reading.outcomes.values())
    ]
    assert ["./a.txt", "./b.txt", "./c.txt"] == seen


def test_each_thing_found_is_told_once(folder):
    """
    Whoever watches hears of each copy, and of what could not be read, once.
    """
    seen = []
    attach(CORPUS, folder(a=RETURNS, b=CHANGED, c="", d="High water is at noon."), watch=seen.append)

    assert ["./a.txt", "./b.txt", "./c.txt", "./d.txt"] == sorted(seen)


def test_a_record_without_fingerprint_can_have_no_text():
    """
    Without a fingerprint no text is proved, whatever is handed over, and the outcome says so.
    """
    corpus = Corpus.of([make_article(text=None)])

    expected = "ferry-returns: missing (the record has no fingerprint to prove a text by)"
    assert [expected] == outcomes({"ferry-returns": RETURNS}, corpus)


def test_texts_as_long_as_books_are_not_searched():
    """
    A changed text beyond what is searched is different, and the outcome says why.
    """
    (outcome, _) = attach(CORPUS, {"ferry-returns": CHANGED + "x" * MAX_SEARCHED}).outcomes.values()

    assert "ferry-returns: different (more than 500,000 characters are not searched)" == str(outcome)


@pytest.mark.parametrize("source", [TEXTS, TEXTS | {"ferry-halts": HALTS.upper()}], ids=["exact", "equal"])
def test_strict_takes_proved_texts(source):
    """
    A strict call gives a reading if every text is exact or equal.
    """
    assert all(outcome.is_proved for outcome in attach(CORPUS, source, strict=True).outcomes.values())


@pytest.mark.parametrize("source", [{}, {"ferry-returns": RETURNS}, TEXTS | {"ferry-halts": RETURNS}])
def test_strict_refuses_all_else(source):
    """
    A strict call names every article whose text is not proved.
    """
    with pytest.raises(TextsNotProved, match=r"ferry-halts: (missing|different)"):
        attach(CORPUS, source, strict=True)


@pytest.mark.texts
def test_the_real_texts_are_exact(texts):
    """
    The dataset's three texts are recognised by their bytes, and every span is found.
    """
    reading = attach(dateline.load("ukraine-2022"), texts, strict=True)

    assert {Match.EXACT} == {outcome.match for outcome in reading.outcomes.values()}
    assert "3 exact; 284 of 284 spans of the attached texts found" in reading.summary


def _dense(text, article):
    """
    Anchors at every twentieth character, as a longer text would have more of.
    """
    folded, tag = loose(text), anchor_tagger(article)

    return tuple(
        Anchor(start=folded.origins[place], tag=tag(folded.text[place : place + 40]))
        for place in range(0, len(folded.text) - 40, 40)
    )
