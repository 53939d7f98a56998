from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

import dateline
from dateline.cli import main
from dateline.fingerprints import fingerprint
from dateline.provenance import FieldSource
from dateline.records import Copy, Credit, Quantity, Relation, Rights
from dateline.testing import TEXTS, make_article, make_claim, make_entity, tiny_corpus
from dateline.texts import attach
from dateline.texts.overlap import overlaps


TEXT = (
    "Seven grey geese flew over the harbour at Larkhaven, the Larkhaven County Board for Geese said.\n"
    "Nobody’s dog barked as the geese came down on the old quay.\n"
)

#: Words of the text, more than six of them.
COPIED = "grey geese flew over the harbour at"

#: Where they stand there.
SPAN = dateline.Span(6, 41)


def corpus_of(claim=None, entities=(), description=None, **article):
    """
    One article about the text, without any wording of its own but what is given.
    """
    made = make_article(
        **{"abstract": None, "headline": None, "topics": (), "mentions": (), "rights": None}
        | {"sources": (), "claims": (make_claim(statement="None.", quantities=(), sources=()),)}
        | (
            {"claims": (make_claim(**{"statement": "None.", "quantities": (), "sources": ()} | claim),)}
            if claim
            else {}
        )
        | {"text": fingerprint(TEXT.encode(), "ferry-returns")}
        | article
    )

    return dateline.Corpus.of([made], entities, description=description)


def found(corpus, **options):
    """
    What the corpus shares with the text.
    """
    return overlaps(attach(corpus, {"ferry-returns": TEXT}), **options)


def quiet(corpus):
    """
    Whether the corpus shares nothing at all with the text, neither the longest run nor any of two words.
    """
    return found(corpus, beyond=1) == ()


NOTED = FieldSource(fields=("said",), basis="unknown", note=COPIED)


@pytest.mark.parametrize(
    ("changes", "record", "field"),
    [
        ({"claim": {"statement": COPIED}}, "ferry-returns/c01", "statement"),
        ({"claim": {"channel": COPIED}}, "ferry-returns/c01", "channel"),
        ({"claim": {"sources": (NOTED,)}}, "ferry-returns/c01", "sources[0].note"),
        (
            {"claim": {"relations": (Relation(kind="updates", claim="other/c01", note=COPIED),)}},
            "ferry-returns/c01",
            "relations[0].note",
        ),
        (
            {
                "claim": {
                    "quantities": (Quantity(value=Decimal(7), bound="exactly", unit="goose", of=COPIED),)
                }
            },
            "ferry-returns/c01",
            "quantities[0].of",
        ),
        ({"abstract": COPIED}, "ferry-returns", "abstract"),
        (
            {"rights": Rights(uri="https://example.org/", note=COPIED)},
            "ferry-returns",
            "rights.note",
        ),
        (
            {
                "copies": (
                    Copy(
                        url="https://example.org/",
                        publisher=Credit(name="X"),
                        relation="shared_wording",
                        note=COPIED,
                    ),
                )
            },
            "ferry-returns",
            "copies[0].note",
        ),
        (
            {"headline": COPIED, "sources": (FieldSource(fields=("headline",), basis="curated"),)},
            "ferry-returns",
            "headline",
        ),
        ({"entities": (make_entity(description=COPIED),)}, "place/old-quay", "description"),
        (
            {"description": attrs.evolve(tiny_corpus().description, description=COPIED)},
            "tiny",
            "description",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wording_is_found_wherever_it_stands(changes, record, field):
    """
    Words of the text are found in every field that holds wording, with their place in both.
    """
    [overlap] = found(corpus_of(**changes))

    assert (overlap.record, overlap.field, overlap.run) == (record, field, 7)
    assert (overlap.article, overlap.span, overlap.wording) == ("ferry-returns", SPAN, dateline.Span(0, 35))


@pytest.mark.parametrize(
    "changes",
    [
        {"headline": COPIED},
        {"headline": COPIED, "sources": (FieldSource(fields=("headline",), basis="looked_up"),)},
        {"publisher": Credit(name=COPIED)},
        {"bylines": (Credit(name="X", family=COPIED, given=COPIED),)},
        {"rights": Rights(uri="https://example.org/", holder=COPIED)},
        {"entities": (make_entity(name=COPIED, variants=(COPIED,)),)},
    ],
    ids=", ".join,
)
def test_facts_are_no_wording(changes):
    """
    A printed headline, names, credits and holders of rights share nothing.
    """
    assert quiet(corpus_of(**changes))


def test_a_fact_may_be_repeated():
    """
    A run that is wholly part of a name is left out, wherever it stands.
    """
    named = make_entity(name="Larkhaven County Board for Geese")

    assert quiet(corpus_of(claim={"statement": "Larkhaven County Board for Geese!"}, entities=(named,)))
    assert quiet(corpus_of(claim={"statement": "A County Board."}, entities=(named,)))


def test_more_than_a_fact_counts_whole():
    """
    A run that a name is part of has all its words.
    """
    named = make_entity(name="Larkhaven County Board for Geese")
    corpus = corpus_of(claim={"statement": "The Larkhaven County Board for Geese spoke."}, entities=(named,))
    [overlap] = found(corpus)

    assert str(overlap) == "ferry-returns/c01 statement 0-36: 6 words of ferry-returns 53-89"


def test_case_and_apostrophes_do_not_count():
    """
    Words are the same whatever their case, their apostrophe, and what stands between them.
    """
    [overlap] = found(corpus_of(claim={"statement": "It is told: NOBODY'S -- dog,\nbarked!"}))

    assert (overlap.run, overlap.wording) == (3, dateline.Span(12, 35))


def test_one_word_has_a_singular():
    """
    A run of one word is told as such.
    """
    [overlap] = found(corpus_of(claim={"statement": "No dogs, geese."}))

    assert str(overlap).endswith(": 1 word of ferry-returns 11-16")


def test_all_that_is_beyond_is_found():
    """
    Every field with a run that is too long is told with its longest one, the longest first.
    """
    corpus = corpus_of(
        claim={"statement": "Grey geese flew over it, and the geese came down on the old quay."},
        abstract="Geese flew over the harbour, it seems.",
    )

    assert [(overlap.field, overlap.run) for overlap in found(corpus, beyond=3)] == [
        ("statement", 8),
        ("abstract", 5),
    ]
    assert [overlap.field for overlap in found(corpus, beyond=5)] == ["statement"]
    assert [overlap.field for overlap in found(corpus)] == ["statement"]


def test_a_shorter_run_does_not_hide_behind_a_longer():
    """
    Words that stand in two fields, in one of them with more words around, are found in both.
    """
    corpus = corpus_of(
        claim={"statement": "Seven grey geese flew over the harbour."}, abstract="Big geese flew over a quay."
    )

    assert [(overlap.field, overlap.run) for overlap in found(corpus, beyond=2)] == [
        ("statement", 7),
        ("abstract", 3),
    ]


def test_words_of_another_article_count():
    """
    Each text is held against all wording; of equal runs the one in a record of its own article is told.
    """
    reading = attach(tiny_corpus(), TEXTS)

    assert {overlap.record for overlap in overlaps(reading, beyond=4)} == {
        "ferry-returns",
        "ferry-halts",
        "ferry-halts/c02",
    }
    assert [overlap.record for overlap in overlaps(reading)] == ["ferry-returns", "ferry-halts/c02"]


def test_other_wording_can_be_given():
    """
    Wording that is in no record is compared under whatever name it is given.
    """
    [overlap] = found(corpus_of(), more={("SOURCES.md", "text"): COPIED})

    assert (overlap.record, overlap.field, overlap.run) == ("SOURCES.md", "text", 7)


def test_what_has_no_text_is_passed_over():
    """
    An article without a text has no overlaps.
    """
    assert overlaps(attach(tiny_corpus(), {})) == ()


def test_no_words_in_a_repr():
    """
    What is told of an overlap holds positions, never the words.
    """
    [overlap] = found(corpus_of(abstract=COPIED))

    assert "geese" not in f"{overlap!r} {overlap}"


@pytest.mark.texts
def test_the_wording_of_the_dataset_is_ours(texts):
    """
    No record of the dataset shares more than six words in a row with any of the articles.
    """
    reading = attach(dateline.load("ukraine-2022"), texts, strict=True)

    assert [str(overlap) for overlap in overlaps(reading) if overlap.run > 6] == []
    assert len({overlap.article for overlap in overlaps(reading)}) == 3


@pytest.mark.texts
def test_the_wording_of_the_source_is_ours(texts):
    """
    Neither do its curated source, its comments, its reasons and its sheets.
    """
    source = Path(__file__).resolve().parents[2] / "data" / "ukraine-2022"
    result = CliRunner().invoke(main, ["overlap", str(source), "--texts", str(texts)])

    assert (result.exit_code, result.stderr) == (0, "")
