"""
What is written out of code and data is what they say now.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
from csl.oracles import CITING, needs_citing, records
from texts.anchoring import invented_subjects, real_subjects
from texts.changes import KINDS

import dateline
from dateline import where
from dateline.formats import FORMATS
from dateline.styles import names


ROOT = Path(__file__).resolve().parents[2]


# As when the script is run: what stands beside it can be imported.
sys.path.insert(0, str(ROOT / "scripts"))
generate_docs = importlib.import_module("generate_docs")
anchoring = importlib.import_module("docpages.anchoring")
gallery = importlib.import_module("docpages.gallery")
processor = importlib.import_module("docpages.processor")
program = importlib.import_module("docpages.program")
schema = importlib.import_module("docpages.schema")

PAGES = dict(generate_docs.pages())

#: Kinds of change that are measured once more here, and what to do if something else comes of it.
MEASURED_AGAIN = ("5 % of words replaced", "truncated to 60 %")
MEASURE = f"mend it with: {generate_docs.COMMAND} --measure"

#: For each predicate a use of it that keeps something of ukraine-2022.
USES = {
    "id": where.id("kherson-seized/c02"),
    "published": where.published(since="2022-11"),
    "said": where.said(until="2022-10"),
    "happened": where.happened(since="2022-02-24"),
    "place": where.place("Konotop"),
    "mentions": where.mentions("TASS"),
    "about": where.about("Russian forces"),
    "claimant": where.claimant("Zelensky"),
    "publisher": where.publisher("Ynetnews"),
    "language": where.language("en"),
    "topic": where.topic("conflict, war and peace"),
    "kind": where.kind("threat"),
    "stance": where.stance("denies"),
    "quantity": where.quantity(unit="people"),
    "contains": where.contains("corridor", "Konotop"),
    "basis": where.basis("inferred", field="places"),
    "any_claim": where.any_claim(where.place("Kherson"), where.stance("denies")),
}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_generated_page_is_fresh(path):
    """
    A page that follows from code or data says what the script makes of them now.
    """
    assert PAGES[path] == path.read_text(encoding="utf-8"), f"mend it with: {generate_docs.COMMAND}"


def test_each_page_is_filled():
    """
    Every table that the script can make stands on some page.
    """
    pages = "".join(path.read_text(encoding="utf-8") for path in PAGES)

    assert [] == [name for name in generate_docs.PARTS if f"<!-- begin-generated: {name} -->" not in pages]


def test_the_table_has_every_predicate():
    """
    Each word of dateline.where, and no other, stands in the table.
    """
    assert set(USES) == {leaf.word for leaf in program.leaf_classes()}


@pytest.mark.parametrize("leaf", program.leaf_classes(), ids=lambda leaf: leaf.word)
def test_a_predicate_means_what_the_table_says(leaf):
    """
    On articles and on claims, a predicate keeps what its row in the table promises.
    """
    ukraine = dateline.load("ukraine-2022")
    articles = set(ukraine.filter(USES[leaf.word]))
    claims = set(ukraine.claims.filter(USES[leaf.word]))
    of_kept_claims = {claim.partition("/")[0] for claim in claims}
    all_of_kept_articles = {claim for claim in ukraine.claims if claim.partition("/")[0] in articles}

    assert claims
    if program.meaning_of(leaf) == program.OF_ARTICLES:
        assert all_of_kept_articles == claims
    elif program.meaning_of(leaf) == program.OF_CLAIMS:
        assert of_kept_claims == articles
    else:
        assert of_kept_claims <= articles


def test_no_bits_are_forgotten():
    """
    The data card counts every tag and anchor of the release.
    """
    card = PAGES[ROOT / "docs" / "data-card.md"]
    for article in dateline.load("ukraine-2022").values():
        tags = {(span.start, span.end) for claim in article.claims for span in claim.evidence if span.tag}
        tags |= {(span.start, span.end) for source in article.sources for span in source.evidence if span.tag}
        bits = 24 * len(tags) + 20 * len(article.text.anchors)

        row = (f"`{article.id}`", article.text.length, len(tags), len(article.text.anchors), bits)

        assert f"| {' | '.join(map(str, row))} |" in card


def test_no_stretch_is_forgotten():
    """
    The share of each text under tags, anchors and names is what its spans and anchors, set end to end, cover.
    """
    page = PAGES[ROOT / "docs" / "why-no-words.md"]
    for article in dateline.load("ukraine-2022").values():
        evidence = [span for claim in article.claims for span in claim.evidence]
        evidence += [
            span for record in (article, *article.claims) for each in record.sources for span in each.evidence
        ]
        tagged = {place for span in evidence if span.tag for place in range(span.start, span.end)}
        anchored = {anchor.start + step for anchor in article.text.anchors for step in range(40)}
        named = {
            place for each in article.mentions for span in each.spans for place in range(span.start, span.end)
        }
        shown = "".join("x" if place in tagged | anchored else " " for place in range(article.text.length))
        shares = [
            f"{100 * len(each) / article.text.length:.0f} %" for each in (tagged, anchored, tagged | anchored)
        ]
        gaps = shown.split("x")
        row = [f"`{article.id}`", *shares, sum(map(bool, gaps)), max(map(len, gaps))]
        row += [f"{100 * len(named) / article.text.length:.0f} %"]

        assert f"| {' | '.join(map(str, row))} |" in page


def test_every_kind_of_change_has_a_target_on_the_page():
    """
    What the tests demand of each kind of change stands in the table, and no kind is left out.
    """
    rows = generate_docs.PARTS["held"]()

    assert {kind.group for kind in KINDS} == set(anchoring.GROUPS)
    assert [] == [kind.name for kind in KINDS if kind.name not in rows]


def test_every_kind_of_change_was_measured():
    """
    Each kind of change that is not summed up with others has a row for the dataset and one for the reports.
    """
    shown = PAGES[ROOT / "docs" / "why-no-words.md"].partition("<!-- begin-measured")[2]
    apart = [kind.name for kind in KINDS if kind.group not in anchoring.SUMMED]

    assert [] == [name for name in apart if shown.count(f"\n| {name} | ") != 2], MEASURE


def measured_again(subjects, name):
    """
    A row of the page as it would be measured now.
    """
    [kind] = [kind for kind in KINDS if kind.name == name]

    return f"| {' | '.join(anchoring.row(subjects, name, [kind]))} |"


@pytest.mark.slow
@pytest.mark.parametrize("name", MEASURED_AGAIN)
def test_what_was_measured_is_so_still(name):
    """
    A row about the invented reports, measured again, is that of the page.
    """
    row = measured_again(invented_subjects(), name)

    assert row in PAGES[ROOT / "docs" / "why-no-words.md"], MEASURE


@pytest.mark.slow
@pytest.mark.texts
@pytest.mark.parametrize("name", MEASURED_AGAIN)
def test_what_was_measured_of_the_texts_is_so_still(name, texts):
    """
    A row about the dataset's texts, measured again, is that of the page.
    """
    row = measured_again(real_subjects(dateline.load("ukraine-2022"), texts), name)

    assert row in PAGES[ROOT / "docs" / "why-no-words.md"], MEASURE


def test_a_plain_meaning_is_needed():
    """
    What the script says of a field stands nowhere in the code: a comment there replaces it.
    """
    kinds = {kind.__name__: schema.comments_in_source(kind) for kind in (*schema.RECORDS, *schema.PARTS)}
    told = [name for name in schema.PLAIN if name.partition(".")[2] in kinds[name.partition(".")[0]]]

    assert [] == told


@pytest.mark.parametrize("style", names())
def test_the_gallery_shows_what_cite_prints(style):
    """
    But for italics, each entry of the gallery is what dateline.cite gives.
    """
    ukraine = dateline.load("ukraine-2022")
    for example in gallery.examples():
        shown = gallery.entry(example.thing, style)

        assert dateline.cite(example.thing, style, corpus=ukraine) == str(shown).replace("\u2060", "")
        assert f"\n: {gallery.markdown(shown)}\n" in PAGES[ROOT / "docs" / "gallery.md"]


@pytest.mark.parametrize("locale", gallery.locales())
def test_the_gallery_shows_what_cite_prints_in_each_language(locale):
    """
    Each language that ships has a row, with what dateline.cite gives in it.
    """
    ukraine = dateline.load("ukraine-2022")
    for article in (ukraine[gallery.TITLED], ukraine[gallery.UNTITLED]):
        shown = gallery.entry(article, gallery.TRANSLATED, locale)

        assert dateline.cite(article, gallery.TRANSLATED, locale=locale) == str(shown)
        assert gallery.markdown(shown) in PAGES[ROOT / "docs" / "gallery.md"]


def test_the_gallery_has_italics_and_no_list():
    """
    The gallery is typeset, and a number in front of an entry makes no list of it.
    """
    shown = PAGES[ROOT / "docs" / "gallery.md"]

    assert " *The News International*" in shown
    assert "\n: 1\\. " in shown
    assert "\n: 1. " not in shown
    assert "\u2060" not in shown


def test_each_format_of_references_is_explained():
    """
    Who takes a format of references stands in the how-to.
    """
    page = PAGES[ROOT / "docs" / "how-to" / "cite.md"]
    rows = [f"| `{name}` | `{form.suffixes[0]}` |" for name, form in FORMATS.items() if form.write_items]

    assert rows
    assert [] == [row for row in rows if row not in page]


@needs_citing
def test_agreement_is_counted_over_all_records():
    """
    The figures of agreement are shares of the records and fixtures that there are.
    """
    own = [item for item in records().values() if item["type"] in processor.deviations()["OWN_TYPES"]]
    fixtures = list((CITING / "csl-suite").glob("*.txt"))

    assert (processor.RECORDS, processor.OWN_RECORDS, processor.FIXTURES) == (
        len(records()),
        len(own),
        len(fixtures),
    )
