"""
Readings: the words that records point to, and all the ways in which they stay inside.
"""

from __future__ import annotations

import copy
import json
import pickle
import traceback

import pytest
from attrs import asdict, astuple, evolve
from texts.invented import FURNITURE, invented_articles, invented_entities
from texts.invented import TEXTS as REPORTS

import dateline
from dateline.corpus import Corpus
from dateline.errors import InvalidValue, MissingExtra, NotWritten, WordsWithheld
from dateline.formats import FORMATS, dump, dumps
from dateline.spans import Span, loose, nfc_lf
from dateline.testing import TEXTS, tiny_corpus
from dateline.texts import SpanStatus, attach
from dateline.texts.hits import evidence


CORPUS = tiny_corpus()
RETURNS = TEXTS["ferry-returns"]
CHANGED = RETURNS.replace("the county had paid", "nobody at all had paid")

#: A claim whose words the changed copy has, and one whose words it has not.
KEPT, LOST = "ferry-returns/c02", "ferry-returns/c03"


@pytest.fixture
def reading():
    """
    Both texts of the tiny corpus attached.
    """
    return attach(CORPUS, TEXTS)


@pytest.fixture
def reports():
    """
    The invented reports, with their texts attached.
    """
    return attach(Corpus.of(invented_articles().values(), invented_entities().values()), REPORTS)


def inside(reading):
    """
    What holds the texts of a reading.
    """
    return reading._attached.open().values()  # noqa: SLF001 - what is guarded


def saved(path):
    """
    The bytes under a path, be it a file or a folder of them.
    """
    files = [each for each in (path, *path.rglob("*")) if each.is_file()]

    return {str(each.relative_to(path)): each.read_bytes() for each in files}


def shown(reading):
    """
    Everything that a reading and what it holds print of themselves.
    """
    passages = [each for claim in reading.corpus.claims.values() for each in reading.passages(claim)]
    held = [reading, *passages, *reading.outcomes.values(), *inside(reading)]

    return "\n".join(f"{each!r} {each!s} {each:}" for each in held)


def test_every_evidence_span_yields_the_characters_at_its_offsets(reports):
    """
    In an exact text the words of a span are the characters between its offsets.
    """
    for article, text in REPORTS.items():
        for span in evidence(reports.corpus[article]):
            passage = reports.passage(article, span)

            assert (SpanStatus.SAME, text[span.start : span.end]) == (passage.status, passage.words)


@pytest.mark.texts
def test_every_evidence_span_of_the_dataset_yields_its_characters(texts):
    """
    The same holds for the dataset and its real texts.
    """
    ukraine = dateline.load("ukraine-2022")
    reading = attach(ukraine, texts)
    for article in ukraine.values():
        origin = reading.outcomes[article.id].origins[0]
        with open(origin, "rb") as file:  # noqa: PTH123 - as the origin is written
            text = nfc_lf(file.read())
        for span in evidence(article):
            assert text[span.start : span.end] == reading.passage(article, span).words


def test_the_words_of_a_claim_are_its_evidence(reading):
    """
    A claim's words are given by the claim or its id; what does not stand together is parted by a gap.
    """
    claim = CORPUS.claims[KEPT]
    parted = evolve(claim, evidence=(*claim.evidence, Span(0, 5)))
    article = evolve(CORPUS["ferry-returns"], claims=(parted,))
    parted_reading = attach(Corpus.of([article]), {"ferry-returns": RETURNS})

    assert "about 300 passengers crossed before noon" == reading.words(claim) == reading.words(KEPT)
    assert "about 300 passengers crossed before noon […] Ferry" == parted_reading.words(KEPT)


def test_words_come_from_where_they_moved_to():
    """
    In a copy with something in front, words are found where they stand, and the passage says so.
    """
    reading = attach(CORPUS, {"ferry-returns": f"Front page\n\n{RETURNS}"})
    (passage,) = reading.passages(KEPT)

    assert SpanStatus.MOVED is passage.status
    assert "about 300 passengers crossed before noon" == passage.words


def test_words_that_are_lost_are_refused_and_the_rest_can_be_read():
    """
    Of evidence that a changed copy does not confirm there are no words; other evidence is read all the same.
    """
    reading = attach(CORPUS, {"ferry-returns": CHANGED})

    assert "about 300 passengers crossed before noon" == reading.words(KEPT)
    with pytest.raises(dateline.SpanNotFound, match="are lost in the attached text"):
        reading.words(LOST)
    assert [SpanStatus.LOST] == [each.status for each in reading.passages(LOST)]


def test_an_entity_has_its_mentions_as_passages():
    """
    The passages of an entity are its mentions in the articles that have a text.
    """
    berg = CORPUS.entities["person/tomas-berg"]
    both, one = attach(CORPUS, TEXTS), attach(CORPUS, {"ferry-halts": TEXTS["ferry-halts"]})

    assert ["Tomas Berg"] * 2 == [each.words for each in both.passages(berg)]
    assert ["ferry-halts"] == [each.article for each in one.passages(berg)]


def test_text_is_in_the_form_that_offsets_count_in():
    """
    The text of an article comes in ``nfc-lf-1``, whatever line ends the copy has.
    """
    reading = attach(CORPUS, {"ferry-returns": RETURNS.replace("\n", "\r\n")})

    assert RETURNS == reading.text("ferry-returns") == reading.text(CORPUS["ferry-returns"])


def test_nothing_is_read_without_a_text(reading):
    """
    An article without a text has no words, and one that is not in the corpus is named with the nearest.
    """
    none = attach(CORPUS, {})

    with pytest.raises(dateline.TextNotAttached, match="'ferry-returns'; ferry-returns: missing"):
        none.words(KEPT)
    with pytest.raises(dateline.TextNotAttached):
        none.body("ferry-returns")
    with pytest.raises(dateline.NoSuchArticle, match="ferry-returns"):
        reading.text("ferry-return")
    with pytest.raises(dateline.NoSuchClaim):
        reading.words("ferry-returns/c99")


@pytest.mark.parametrize("name", REPORTS)
def test_a_body_has_no_furniture(name, reports):
    """
    The body is the text without photo credits and "read more" lines, and without white space at its ends.
    """
    body = reports.body(name)
    kept = " ".join(REPORTS[name].split())
    for line in FURNITURE[name]:
        # Each is the last of its kind in the text.
        before, _, after = kept.rpartition(" ".join(line.split()))
        kept = " ".join(f"{before} {after}".split())

    assert kept == " ".join(body.split())
    assert body == body.strip()


def test_the_body_of_a_changed_copy_lacks_the_furniture_that_is_found_again(reports):
    """
    In a copy that differs, furniture is left out where it is found, and what the copy has besides stays.
    """
    name = "sound-reopens"
    headed = attach(reports.corpus, {name: f"Front page\n\n{REPORTS[name]}"}).body(name)

    assert loose(f"Front page {reports.body(name)}").text == loose(headed).text


def test_a_text_without_fingerprint_has_a_body_too():
    """
    A body is refused where there is no text, also for a record without a fingerprint.
    """
    corpus = Corpus.of([evolve(CORPUS["ferry-returns"], text=None)])

    with pytest.raises(dateline.TextNotAttached, match="no fingerprint"):
        attach(corpus, {"ferry-returns": RETURNS}).body("ferry-returns")


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        (
            ("ukraine-2022", {}),
            {},
            "corpus must be a Corpus, such as dateline.load.. gives, got <class 'str'>",
        ),
        ((CORPUS, {}), {"limits": {}}, "limits must be Limits or None, got <class 'dict'>"),
        ((CORPUS, {}), {"watch": 5}, "watch must be a function that takes a name, got <class 'int'>"),
    ],
)
def test_attaching_says_what_it_expects(arguments, options, expected):
    """
    An argument of another kind is an error of the library that says what it must be.
    """
    with pytest.raises(InvalidValue, match=expected):
        attach(*arguments, **options)


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        ("text", "article must be an article or the id of one, got <class 'int'>"),
        ("body", "article must be an article or the id of one, got <class 'int'>"),
        ("words", "record must be a claim, an entity or the id of a claim, got <class 'int'>"),
        ("passages", "record must be a claim, an entity or the id of a claim, got <class 'int'>"),
    ],
)
def test_reading_says_what_it_expects(reading, ask, expected):
    """
    Asking for something by what is neither a record nor an id is an error of the library.
    """
    with pytest.raises(InvalidValue, match=expected):
        getattr(reading, ask)(5)


def test_a_passage_is_asked_for_by_a_span(reading):
    """
    A number is no place in a text.
    """
    with pytest.raises(InvalidValue, match="span must be a Span, got <class 'int'>"):
        reading.passage("ferry-returns", 5)


def test_beyond_the_text_nothing_is_found(reading):
    """
    A span that ends after an exact text does is lost; one that ends with it is not.
    """
    length = len(RETURNS)

    assert SpanStatus.SAME is reading.passage("ferry-returns", Span(length - 3, length)).status
    for span in (Span(length - 3, length + 1), Span(99_999, 999_999)):
        assert SpanStatus.LOST is reading.passage("ferry-returns", span).status


def test_the_summary_is_a_sentence_to_quote():
    """
    The summary names the dataset and its version, counts the outcomes, and the spans that were found.
    """
    whole = attach(CORPUS, {"ferry-returns": CHANGED})
    part = attach(Corpus.of([CORPUS["ferry-returns"]]), {"ferry-returns": RETURNS})

    assert (
        "tiny 1.0.0: 2 articles, 1 near, 1 missing; 8 of 9 spans of the attached texts found" == whole.summary
    )
    assert "1 article, 1 exact; 9 of 9 spans of the attached texts found" == part.summary


def test_nothing_prints_a_word_of_the_texts(reading):
    """
    No repr and no string of a reading, or of anything that it gives, holds three words of a text in a row.
    """
    printed = " ".join(shown(reading).split())
    assert "<Reading tiny 1.0.0: 2 articles, 2 exact" in printed
    for text in TEXTS.values():
        words = text.split()
        for start in range(len(words) - 2):
            assert " ".join(words[start : start + 3]) not in printed


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_texts_are_never_pickled_nor_copied(reading, protocol):
    """
    Pickling or copying a reading or a passage is refused, and the error says what to do.
    """
    (passage,) = reading.passages(KEPT)
    for holder in (reading, passage):
        for way_out in (copy.copy, copy.deepcopy, lambda each: pickle.dumps(each, protocol)):
            with pytest.raises(WordsWithheld, match="dump_words"):
                way_out(holder)
    with pytest.raises(WordsWithheld):
        pickle.dumps([{"one": reading}], protocol)


def ways_to_look_inside(reading):
    """
    What somebody gets who looks through the fields of a reading and a passage.
    """
    (passage,) = reading.passages(KEPT)
    for holder in (reading, passage, evolve(passage)):
        for look in (asdict, astuple, lambda each: each.__getstate__()):
            yield look(holder)


def test_no_field_gives_a_text_away(reading):
    """
    No way through the fields of a reading or a passage leads to the lines of a text.
    """
    for fields in ways_to_look_inside(reading):
        printed = " ".join(repr(fields).replace("\\n", " ").split())
        assert "ferry-returns" in printed
        # The headline stands in the record.
        for line in RETURNS.strip().split("\n")[2:]:
            assert " ".join(line.split()[:5]) not in printed


def test_what_is_held_is_neither_pickled_nor_copied(reading):
    """
    Whoever takes apart what holds a text finds nothing that can be pickled or copied.
    """
    (passage,) = reading.passages(KEPT)
    for way_out in (pickle.dumps, copy.deepcopy, lambda each: [value.__getstate__() for value in each]):
        with pytest.raises(WordsWithheld):
            way_out(astuple(passage))


def test_a_passage_changed_in_a_field_keeps_its_text(reading):
    """
    A passage with another field has the same words.
    """
    (passage,) = reading.passages(KEPT)

    assert passage.words == evolve(passage, rights=None).words


@pytest.mark.parametrize("ask", ["text", "body", "words", "passages"])
def test_a_text_in_the_place_of_an_id_is_not_repeated(reading, ask):
    """
    Somebody who asks for a text or words by a text instead of an id is told its length and no word of it.
    """
    with pytest.raises(dateline.errors.NotFound) as caught:
        getattr(reading, ask)(RETURNS)

    message = "".join(traceback.format_exception(caught.value, limit=0)) + repr(caught.value)
    assert f"'a name of {len(RETURNS)} characters'" in message
    assert "Old Quay" not in message


def test_nothing_holds_attributes_of_its_own(reading):
    """
    A reading and a passage have no dictionary that something could print or save.
    """
    (passage,) = reading.passages(KEPT)
    for holder in (reading, passage, *inside(reading), *reading.outcomes.values()):
        with pytest.raises(TypeError):
            vars(holder)


@pytest.mark.parametrize("name", FORMATS)
def test_a_dump_is_the_same_with_texts_attached(name, reading, tmp_path):
    """
    In every format the corpus of a reading is written as if no text had ever been seen.
    """
    if FORMATS[name].write is not None:
        assert dumps(CORPUS, name) == dumps(reading.corpus, name)
    try:
        dump(reading.corpus, tmp_path / "with", format=name)
    except MissingExtra as error:
        pytest.skip(str(error))
    dump(CORPUS, tmp_path / "without", format=name)

    assert saved(tmp_path / "without") == saved(tmp_path / "with")


def test_attaching_leaves_the_corpus_as_it_is(reading):
    """
    The corpus of a reading is the one that was given, with its digest.
    """
    assert reading.corpus is CORPUS
    assert CORPUS.pin.digest == reading.corpus.digest
    assert Corpus.of(reading.corpus.values(), reading.corpus.entities.values()).digest == CORPUS.digest


def test_outcomes_can_be_passed_on(reading):
    """
    Outcomes hold no words, and are pickled like any record.
    """
    outcomes = dict(reading.outcomes)

    assert outcomes == pickle.loads(pickle.dumps(outcomes))  # noqa: S301 - our own


def test_saved_words_say_whose_they_are(tmp_path):
    """
    Words are saved by name only: the first line says what the file holds, and whose words they are.
    """
    file = tmp_path / "words.jsonl"
    attach(CORPUS, {"ferry-returns": CHANGED}).dump_words(file)
    notice, *lines = map(json.loads, file.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    assert "notice" == notice["record"]
    assert "words of articles" in notice["notice"]
    assert str(CORPUS.pin) == notice["dataset"]
    assert {
        "ferry-returns": "Words of the article: rights held by The Harbour Gazette; "
        "http://rightsstatements.org/vocab/InC/1.0/"
    } == notice["rights"]
    assert [claim.id for claim in CORPUS["ferry-returns"].claims] == [line["claim"] for line in lines]
    assert {"near"} == {line["text"] for line in lines}
    assert [("same", "about 300 passengers crossed before noon"), ("lost", None)] == [
        (each["status"], each["words"]) for line in lines[1:3] for each in line["evidence"]
    ]


def test_saved_words_of_a_corpus_made_by_hand_name_no_dataset(tmp_path):
    """
    Without a dataset the notice names none.
    """
    attach(Corpus.of([CORPUS["ferry-returns"]]), {"ferry-returns": RETURNS}).dump_words(tmp_path / "words")

    assert json.loads((tmp_path / "words").read_text().split("\n")[0])["dataset"] is None


def test_words_that_cannot_be_saved_are_an_error(reading, tmp_path):
    """
    Where words cannot be saved, that is said.
    """
    with pytest.raises(NotWritten):
        reading.dump_words(tmp_path / "no" / "folder")
