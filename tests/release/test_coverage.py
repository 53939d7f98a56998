"""
Whether the records account for every word, sentence, number and name of the texts; a hole is seen.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from dateline.coverage import gaps_of, measure, number_value
from dateline.curated import read_source
from dateline.curation import make_fingerprints
from dateline.errors import DigestMismatch, NotRead
from dateline.spans import nfc_lf


KINDS = ("sentences", "words", "numbers", "names")


def missing_in(small):
    """
    What the records of a source leave out, as words, by kind.
    """
    rows = measure(small.folder, small.texts)

    return {row.what: [small.text[span.start : span.end] for span in row.missing] for row in rows}


NOTHING = {kind: [] for kind in KINDS}


def test_a_complete_source_lacks_nothing(small):
    """
    A source that accounts for everything has no hole; what is excused is counted apart.
    """
    rows = {row.what: row for row in measure(small.folder, small.texts)}

    assert NOTHING == missing_in(small)
    assert KINDS == tuple(rows)
    assert {"ferry-sails"} == {row.article for row in rows.values()}
    assert (3, 1) == (rows["sentences"].total, rows["sentences"].excused)
    assert (21, 2) == (rows["words"].total, rows["words"].excused)
    assert (2, 0) == (rows["numbers"].total, rows["numbers"].excused)
    assert (2, 0) == (rows["names"].total, rows["names"].excused)


def drop(small, start, end):
    """
    Take a part of the article's file away, from one marker up to another.
    """
    path = small.folder / "ferry-sails.toml"
    text = path.read_text("utf-8")
    first = text.index(start)
    path.write_text(text[:first] + text[text.index(end, first + 1) :], "utf-8")


def test_a_claim_less_is_seen(small):
    """
    Without a claim its sentence, words and numbers are missing.
    """
    path = small.folder / "ferry-sails.toml"
    path.write_text(path.read_text("utf-8").partition('[[claims]]\nid = "c02"')[0], "utf-8")

    assert {
        "sentences": ["Six of them paid twice."],
        "words": ["Six", "of", "them", "paid", "twice"],
        "numbers": ["Six"],
        "names": [],
    } == missing_in(small)


def test_half_a_word_is_not_covered(small):
    """
    Evidence must cover the whole of a word.
    """
    whole = small.span("Six of them paid twice.")
    small.edit(
        "ferry-sails.toml", f"evidence = [{whole}]", f"evidence = [{small.span('Six of them paid tw')}]"
    )
    make_fingerprints(small.folder, small.texts)

    assert NOTHING | {"words": ["twice"]} == missing_in(small)


def test_an_excuse_less_is_seen(small):
    """
    Without its excuse a sentence that no claim covers is missing.
    """
    drop(small, "[[uncovered]]", "[[claims]]")

    assert NOTHING | {"sentences": ["Nobody minded."], "words": ["Nobody", "minded"]} == missing_in(small)


def test_a_number_less_is_seen(small):
    """
    A number in the evidence that the claim does not count is missing.
    """
    small.edit("ferry-sails.toml", 'value = "300"', 'value = "301"')

    assert NOTHING | {"numbers": ["300"]} == missing_in(small)


def test_a_date_counts_as_a_number(small):
    """
    A number that stands in the claim's dates is accounted for.
    """
    small.edit("ferry-sails.toml", '{ value = "300", bound = "exactly", unit = "person" }', "")
    small.edit("ferry-sails.toml", "inferred.places", 'happened = "0300"\ninferred.places')

    assert NOTHING == missing_in(small)


def test_a_mention_less_is_seen(small):
    """
    A printed name that no mention covers is missing.
    """
    drop(small, '"person/tomas-berg" = ', "\n")

    assert NOTHING | {"names": ["Tomas Berg"]} == missing_in(small)


def test_half_a_name_is_not_covered(small):
    """
    A mention must cover the whole of the printed form.
    """
    [whole] = re.findall(
        r'"person/tomas-berg" = \[(.*)\]', (small.folder / "ferry-sails.toml").read_text("utf-8")
    )
    small.edit(
        "ferry-sails.toml",
        f'"person/tomas-berg" = [{whole}]',
        f'"person/tomas-berg" = [{small.span("Berg")}]',
    )

    assert NOTHING | {"names": ["Tomas Berg"]} == missing_in(small)


def test_furniture_is_left_out(small):
    """
    What is not of the article needs no claim; without the mark it does.
    """
    small.edit("ferry-sails.toml", "furniture = [[0, 15]]", "furniture = []")
    make_fingerprints(small.folder, small.texts)

    assert NOTHING | {"sentences": ["Photo: Ana Lind"], "words": ["Photo", "Ana", "Lind"]} == missing_in(
        small
    )


def test_another_text_is_refused(small):
    """
    Coverage is measured over the annotated text only.
    """
    (small.texts / "ferry.txt").write_text(small.text + " ", "utf-8")
    with pytest.raises(DigestMismatch, match=r"ferry\.txt must have digest"):
        measure(small.folder, small.texts)
    (small.texts / "ferry.txt").unlink()
    with pytest.raises(NotRead, match=r"ferry\.txt"):
        measure(small.folder, small.texts)


def test_an_article_without_a_capture_is_refused(small):
    """
    Where no text was captured there is nothing to measure against.
    """
    drop(small, "[capture]", "[mentions]")

    with pytest.raises(DigestMismatch, match="ferry-sails"):
        measure(small.folder, small.texts)


def test_gaps_are_told_with_their_reasons(small):
    """
    What is left out on purpose can be listed.
    """
    [(article, gap)] = gaps_of(small.folder)

    assert ("ferry-sails", "nothing is claimed") == (article, gap.reason)
    assert "Nobody minded." == small.text[gap.span.start : gap.span.end]


VALUES = {
    "0": "0",
    "15": "15",
    "15,000": "15000",
    "1,234,567": "1234567",
    "2.5": "2.5",
    "2.5 million": "2500000",
    "three hundred": "300",
    "two thousand": "2000",
    "half million": "500000",
    "zero": "0",
    "Six": "6",
    "TWELVE": "12",
    "thirteen": "13",
    "nineteen": "19",
    "twenty": "20",
    "ninety": "90",
    "first": "1",
    "Tenth": "10",
    "half": "0.5",
    "quarter": "0.25",
    "dozen": "12",
}


@pytest.mark.parametrize("text", VALUES)
def test_the_value_of_a_number(text):
    """
    Numerals, number words and shares, perhaps with a scale, have their value.
    """
    assert Decimal(VALUES[text]) == number_value(text)


@pytest.mark.parametrize("text", ["", "many", "sixes", "1,5", "1.", "two two", "12a", "million"])
def test_what_is_no_number(text):
    """
    Anything else has no value.
    """
    with pytest.raises(ValueError, match="^" + re.escape(text) + "$"):
        number_value(text)


# ---- over the real texts


@pytest.mark.texts
def test_nothing_is_missing(curated, texts):
    """
    The records that ship account for every word, sentence, number and name of the three texts.
    """
    rows = measure(curated, texts)
    missing = [(row.article, row.what, [str(span) for span in row.missing]) for row in rows if row.missing]

    assert [] == missing, f"see: python -m dateline coverage data/ukraine-2022 --texts {texts}"
    assert 12 == len(rows)
    assert all(row.total for row in rows)


@pytest.mark.texts
def test_every_excuse_is_needed_and_has_a_reason(curated, texts):
    """
    A gap lies within its text, gives a reason, and excuses a small part: under a tenth of the words.
    """
    lengths = {row.article: row for row in measure(curated, texts) if row.what == "words"}

    assert all(gap.reason.strip() for _, gap in gaps_of(curated))
    assert all(row.excused * 10 < row.total for row in lengths.values())


@pytest.mark.texts
@pytest.mark.parametrize("name", ["kherson-seized", "konotop-ultimatum", "kherson-retaken"])
def test_any_claim_that_is_lost_is_seen_in_the_whole(source, texts, name):
    """
    Without all its claims an article's every sentence and word is missing, but for the excused ones.
    """
    path = source / f"{name}.toml"
    head, _, _ = path.read_text("utf-8").partition("\n[[claims]]")
    path.write_text(head, "utf-8")
    for other in source.glob("*.toml"):
        text = other.read_text("utf-8")
        other.write_text(re.sub(r"(?ms)^\[\[claims\.relations\]\].*?(?=^\[|\Z)", "", text), "utf-8")
    rows = {row.what: row for row in measure(source, texts) if row.article == name}

    assert rows["words"].total == len(rows["words"].missing) + rows["words"].excused
    assert rows["sentences"].total == len(rows["sentences"].missing) + rows["sentences"].excused


@pytest.mark.texts
def test_a_claim_that_alone_covers_words_is_missed(source, texts):
    """
    Taking away a claim leaves exactly those words missing that no other claim covers.
    """
    path = source / "kherson-seized.toml"
    head, *claims = path.read_text("utf-8").split("\n[[claims]]\n")
    article = read_source(source).corpus["kherson-seized"]
    text = nfc_lf((texts / article.capture.file).read_bytes())
    for number in range(0, len(claims), 8):
        path.write_text("\n[[claims]]\n".join([head, *claims[:number], *claims[number + 1 :]]), "utf-8")
        others = [
            span for claim in article.claims for span in claim.evidence if claim != article.claims[number]
        ]
        alone = [
            word.start()
            for span in article.claims[number].evidence
            for word in re.compile(r"\w+(?:['’´-]\w+)*").finditer(text, span.start, span.end)
            if not any(other.start <= word.start() and word.end() <= other.end for other in others)
        ]
        [words] = [row for row in measure(source, texts) if (row.article, row.what) == (article.id, "words")]
        assert alone == [span.start for span in words.missing]
