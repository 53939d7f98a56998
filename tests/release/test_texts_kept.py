"""
What ships about the texts is right, and does not give them away.
"""

from __future__ import annotations

import itertools
import re
import subprocess

import attrs
import pytest

from dateline.converter import structure
from dateline.descriptors.kinds import FILES
from dateline.fingerprints import ANCHOR_STEP, ANCHOR_WINDOW, Anchor, fingerprint, tagged
from dateline.rules import STATEMENT_WORDS
from dateline.spans import MIN_TAGGED, TAG_DIGITS, Span, loose, nfc_lf, tagger


#: Bits that a tag and an anchor give away at most.
TAG_BITS, ANCHOR_BITS = 4 * TAG_DIGITS, 20

#: Bits that ship about a text, at most, for each of its characters; English itself has about one.
BITS_PER_CHARACTER = 0.75

FINGERPRINT = "python -m dateline fingerprint data/ukraine-2022 TEXTS"
NAMES = ["kherson-seized", "konotop-ultimatum", "kherson-retaken"]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

#: No run of so many words of a text stands in the project.
RUN = 7


def evidence_of(article):
    """
    All evidence of an article and of its claims.
    """
    for record in (article, *article.claims):
        yield from getattr(record, "evidence", ())
        for source in record.sources:
            yield from source.evidence


def bits(article):
    """
    How many bits ship about a text: those of its tags, each counted once, and of its anchors.
    """
    tags = {span for span in evidence_of(article) if span.tag is not None}

    return TAG_BITS * len(tags) + ANCHOR_BITS * len(article.text.anchors)


@pytest.mark.parametrize("name", NAMES)
def test_the_bits_that_ship_are_capped(ukraine, name):
    """
    Three bits, at most, ship about four characters of a text.
    """
    article = ukraine[name]

    assert bits(article) < BITS_PER_CHARACTER * article.text.length, (
        f"{bits(article)} bits: tag less of {name}"
    )


def test_the_bits_that_ship_about_each_text(ukraine):
    """
    The figures that the documentation states.
    """
    assert {"kherson-seized": 1504, "konotop-ultimatum": 1324, "kherson-retaken": 1208} == {
        name: bits(ukraine[name]) for name in NAMES
    }, "state the new figures in docs/ and here; see bits() in tests/release/test_texts_kept.py"


def test_only_long_evidence_is_tagged(ukraine):
    """
    Mentions, furniture and the evidence of entities carry no tag, nor does evidence of few characters.
    """
    for article in ukraine.values():
        assert all(span.tag is None for mention in article.mentions for span in mention.spans)
        assert all(span.tag is None for span in article.text.furniture)
        # A loose form is longer than its stretch only where one character becomes several.
        assert all(span.tag is None or len(span) >= MIN_TAGGED - 4 for span in evidence_of(article))
        assert all(span.tag is None or len(span.tag) == TAG_DIGITS for span in evidence_of(article))
    for entity in ukraine.entities.values():
        assert all(span.tag is None for source in entity.sources for span in source.evidence)


def test_one_stretch_has_one_tag(ukraine):
    """
    Evidence for several claims carries the same tag each time.
    """
    for article in ukraine.values():
        tags = {(span.start, span.end): span.tag for span in evidence_of(article)}
        assert all(tags[span.start, span.end] == span.tag for span in evidence_of(article))


def test_anchors_are_sparse(ukraine):
    """
    Anchors lie at least 120 characters apart, none covering another, with 20 bits each.
    """
    for article in ukraine.values():
        starts = [anchor.start for anchor in article.text.anchors]
        assert all(len(anchor.tag) * 4 == ANCHOR_BITS for anchor in article.text.anchors)
        assert all(after - before >= 120 + ANCHOR_WINDOW for before, after in itertools.pairwise(starts))
        assert len(starts) <= -(-article.text.length // ANCHOR_STEP)


def test_nothing_else_is_shipped_about_a_text(ukraine):
    """
    A fingerprint has a length, four digests, furniture and anchors; a span its ends and a tag.
    """
    assert ["length", "exact", "nfc_lf", "loose", "loose_body", "furniture", "anchors"] == [
        field.name for field in attrs.fields(type(ukraine["kherson-seized"].text))
    ]
    assert ["start", "end", "tag", "article"] == [field.name for field in attrs.fields(Span)]
    assert ["start", "tag"] == [field.name for field in attrs.fields(Anchor)]


def test_statements_are_short(ukraine):
    """
    A statement is one sentence of our own, of at most 40 words.
    """
    long = [claim.id for claim in ukraine.claims.values() if len(claim.statement.split()) > STATEMENT_WORDS]

    assert STATEMENT_WORDS == 40
    assert [] == long, "shorten these statements, then: python -m dateline check data/ukraine-2022"


# ---- with the real texts


@pytest.mark.texts
@pytest.mark.parametrize("name", NAMES)
def test_the_fingerprint_is_of_the_text(ukraine, texts, name):
    """
    Computed anew from the text, every digest, length and anchor is the one that ships.
    """
    article = ukraine[name]
    data = (texts / article.capture.file).read_bytes()
    made = fingerprint(data, article.id, article.text.furniture)

    assert article.text == made, f"run: {FINGERPRINT}"
    assert article.capture.size == len(data)
    assert article.capture.digest == article.text.exact


@pytest.mark.texts
@pytest.mark.parametrize("name", NAMES)
def test_every_tag_is_of_its_words(ukraine, texts, name):
    """
    Evidence of at least 32 loose characters carries the tag of its words, shorter evidence none.
    """
    article = ukraine[name]
    text = loose(nfc_lf((texts / article.capture.file).read_bytes()))
    counted = 0
    for span in evidence_of(article):
        words = text.between(span.start, span.end)
        expected = tagger(article.id)(words) if len(words) >= MIN_TAGGED else None
        assert expected == span.tag == tagged(Span(span.start, span.end), text, article.id).tag, (
            f"run: {FINGERPRINT}"
        )
        counted += expected is not None

    assert counted > 40


@pytest.mark.texts
def test_mentions_stand_where_the_text_has_them(ukraine, texts):
    """
    The words at every mention are a variant of the entity.
    """
    for article in ukraine.values():
        text = nfc_lf((texts / article.capture.file).read_bytes())
        for mention in article.mentions:
            variants = ukraine.entities[mention.entity].variants
            assert {text[span.start : span.end] for span in mention.spans} <= {*variants}, mention.entity


def runs_in(words):
    """
    Every run of seven words.
    """
    return [tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]


def words_of(text):
    """
    The words of a text, folded.
    """
    return [match.group().casefold().replace("’", "'") for match in WORD.finditer(text)]


@pytest.fixture(scope="module")
def forbidden(texts, ukraine):
    """
    Every run of words of the texts, but for those of printed headlines and of names.
    """
    printed = [article.headline or "" for article in ukraine.values()]
    printed += [
        variant for entity in ukraine.entities.values() for variant in (entity.name, *entity.variants)
    ]
    facts = {run for text in printed for run in runs_in(words_of(text))}
    found = {
        run
        for article in ukraine.values()
        for run in runs_in(words_of((texts / article.capture.file).read_text("utf-8")))
    }

    return found - facts


@pytest.mark.texts
def test_no_words_of_the_texts_stand_in_the_project(root, forbidden):
    """
    No file of the project, kept or about to be, shares a run of seven words with a text.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - found by its name
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a checkout, so what is kept is not known")
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        if not (root / name).is_file():
            continue
        words = words_of((root / name).read_bytes().decode("utf-8", "ignore"))
        found += [f"{name}: {' '.join(run)}" for run in runs_in(words) if run in forbidden]

    assert [] == found, "restate this in our own words, then run: ../shared/tools/verbatim.py --run 7"


@pytest.mark.texts
def test_a_run_of_words_would_be_found(ukraine, texts, forbidden):
    """
    Seven words out of the middle of each text are among those looked for, in any case and spacing.
    """
    for article in ukraine.values():
        words = (texts / article.capture.file).read_text("utf-8").split()
        middle = "  ".join(words[len(words) // 2 : len(words) // 2 + 12]).upper()
        assert any(run in forbidden for run in runs_in(words_of(middle)))


def test_what_is_kept_about_texts_is_of_the_shipped_release(contents):
    """
    The texts themselves, their file names' folders included, are not among the files.
    """
    assert {*FILES} == {*contents}
    with pytest.raises(ValueError, match="unknown key 'words'"):
        structure({"start": 0, "end": 4, "words": "rain"}, Span)
