"""
A subset that was cited can be made again, and is the same or refused.
"""

from __future__ import annotations

import json
import textwrap
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import predicates, texts

import dateline
from dateline import where
from dateline.corpus import Corpus
from dateline.errors import (
    DigestMismatch,
    InvalidPredicate,
    InvalidValue,
    NoSuchDataset,
    NoSuchVersion,
    Uncitable,
    UnprintablePredicate,
)
from dateline.references import dataset_item
from dateline.selections import Selection, reproduce
from dateline.styles import names
from dateline.testing import make_article, tiny_corpus


UKRAINE = dateline.load("ukraine-2022")
KHERSON = UKRAINE.filter(where.place("Kherson") & where.published(until="2022-10"))

NIL = f"sha256:{'0' * 64}"

#: Words that typography, markup or a reader of citations could take for something else.
AWKWARD = (
    *("it's", '"so"', "“so”", "l’été", "a -- b", "a...b", "two  spaces", " edge ", "tab\there"),
    *("a@1.0.0 | b", f"x@1.0.0 | y | {NIL}", NIL, "<i>x</i>", "&amp;", "\\", "\\x41", "{x}", "%20"),
    *("Київ", "שלום", "हिन्दी", "e\u0301", "\ufb01", "\U0001f4f0", "a\u2028b", "\u202eabc", "\uffff"),
)


@pytest.mark.properties
@pytest.mark.parametrize("style", [*names(), "csl-json", "ris"])
@given(predicate=predicates(UKRAINE))
def test_a_citation_gives_the_subset_again(style, predicate):
    """
    In every style that ships, a reference makes the same subset, selected by the same predicate.
    """
    subset = UKRAINE.filter(predicate)
    again = reproduce(dateline.cite(subset, style))

    assert (subset, subset.selection, subset.digest) == (again, again.selection, again.digest)


@pytest.mark.parametrize("style", ["biblatex", "bibtex", "cff"])
def test_other_formats_are_not_read(style):
    """
    A format that writes a predicate with escapes of its own is refused rather than misread.
    """
    with pytest.raises((InvalidPredicate, InvalidValue)):
        reproduce(dateline.cite(UKRAINE.filter(~where.contains("it's")), style))


@pytest.mark.properties
@given(words=st.lists(texts() | st.sampled_from(AWKWARD), min_size=1, max_size=3))
def test_any_words_can_be_cited(words):
    """
    Quotes, line ends, markup and other scripts in a predicate come through a citation.
    """
    subset = UKRAINE.filter(where.contains(*words))

    assert subset.selection == reproduce(dateline.cite(subset)).selection


@pytest.mark.parametrize("words", AWKWARD)
def test_awkward_words_can_be_cited(words):
    """
    Each of the words that are known to be awkward comes through, also where the text was wrapped.
    """
    subset = UKRAINE.filter(where.contains(words) | ~where.contains(words, "x"))
    cited = dateline.cite(subset)

    assert subset.selection == reproduce(cited).selection
    assert subset.selection == reproduce("\n".join(textwrap.wrap(cited, break_long_words=False))).selection


@pytest.mark.properties
@given(predicate=predicates(UKRAINE))
def test_selections_read_back(predicate):
    """
    A selection equals the one that is read from its printed form, which is one line.
    """
    selection = Selection.of(UKRAINE.filter(predicate))

    assert Selection.parse(str(selection)) == selection
    assert [str(selection)] == str(selection).splitlines()
    assert reproduce(selection) == reproduce(str(selection)) == UKRAINE.filter(predicate)


def test_a_citation_says_what_the_subset_is():
    """
    Dataset, version, predicate and digest stand in the reference.
    """
    cited = dateline.cite(KHERSON)

    assert "ukraine-2022@2.0.0 | " in cited
    assert 'where.place("Kherson") & where.published(until="2022-10")' in cited
    assert str(KHERSON.digest) in cited


def test_curly_quotes_are_read():
    """
    A word processor's quotes are read as the straight ones that were printed.
    """
    curly = dateline.cite(KHERSON).replace('("', "(“").replace('")', "”)").replace('="', "=”")

    assert KHERSON == reproduce(curly)


def test_single_quotes_are_read():
    """
    A predicate as Python prints it is read as well, and printed as in every reference.
    """
    typed = f"ukraine-2022@2.0.0 | {KHERSON.selection} | {KHERSON.digest}"

    assert "'Kherson'" in typed
    assert KHERSON == reproduce(f"\n {typed} ")
    assert 'where.place("Kherson")' in Selection.parse(typed).predicate


def test_a_subset_of_a_subset():
    """
    Both predicates are cited.
    """
    subset = KHERSON.filter(where.kind("control")).filter(where.quantity(at_least=Decimal("-0.5")))

    assert subset == reproduce(dateline.cite(subset))


def test_csl_json_is_read_as_an_item_too():
    """
    An item with our custom fields is enough, alone or in a list with others.
    """
    item = dataset_item(KHERSON)
    several = dateline.bibliography([KHERSON, *KHERSON.values()], "csl-json", corpus=KHERSON)

    assert KHERSON == reproduce(item)
    assert KHERSON == reproduce(json.dumps(item))
    assert KHERSON == reproduce(several)


@pytest.mark.parametrize(
    "citation",
    [
        "",
        "ukraine-2022@1.0.0",
        f"ukraine-2022@1.0.0 | {NIL}",
        dateline.cite(UKRAINE),
        dateline.cite(UKRAINE, "csl-json"),
        dateline.cite(UKRAINE.filter(lambda article: True)),
        f"{dateline.cite(KHERSON)}\n{dateline.cite(UKRAINE.filter(where.kind('aid')))}",
        "[not JSON] \ud800",
        "[7]",
        "{}",
        '{"custom": 7}',
        {},
        7,
        None,
    ],
)
def test_texts_without_a_selection_are_refused(citation):
    """
    What holds no selection, or several, is refused.
    """
    with pytest.raises(InvalidValue, match="citation must hold one selection"):
        reproduce(citation)


def test_a_title_in_brackets_is_no_json():
    """
    A reference that begins with a bracket is read as a text.
    """
    assert KHERSON == reproduce(f"[Untitled] {Selection.of(KHERSON)}.")


@pytest.mark.parametrize(
    ("old", "new", "error", "message"),
    [
        ("ukraine-2022@2.0.0", "ukraine-2023@2.0.0", NoSuchDataset, "no dataset 'ukraine-2023'"),
        ("@2.0.0", "@2.0.7", NoSuchVersion, "no dataset version 'ukraine-2022 2.0.7'"),
        ("@2.0.0", "@2.0", InvalidValue, "version must look like"),
        ("where.place", "where.plaice", InvalidPredicate, "there is no 'plaice'"),
        ("where.place", "__import__", InvalidPredicate, "there is no '__import__'"),
        (str(UKRAINE.digest), NIL, DigestMismatch, "corpus ukraine-2022 2.0.0 must have digest sha256:000"),
        (str(KHERSON.digest), NIL, DigestMismatch, "subset of corpus ukraine-2022 2.0.0 by where.place"),
        ('"2022-10"', '"2022-11"', DigestMismatch, "subset of corpus ukraine-2022 2.0.0 by where.place"),
    ],
)
def test_what_differs_is_named(old, new, error, message):
    """
    An error says which of dataset, version, predicate and digests is not as cited.
    """
    printed = str(Selection.of(KHERSON))
    assert old in printed

    with pytest.raises(error) as caught:
        reproduce(f"See {printed.replace(old, new)}.")

    assert message in str(caught.value)


def test_a_dataset_of_ones_own():
    """
    A dataset that is not installed is given; its records must be those that were cited.
    """
    tiny = tiny_corpus()
    subset = tiny.filter(where.id("ferry-halts"))
    cited, selection = dateline.cite(subset), Selection.of(subset)

    assert subset == reproduce(cited, dataset=tiny) == reproduce(selection, dataset=tiny)

    with pytest.raises(NoSuchDataset):
        reproduce(cited)
    changed = evolve(tiny, articles=(make_article(), tiny["ferry-halts"]))
    with pytest.raises(DigestMismatch, match=r"^corpus tiny 1\.0\.0 must have digest"):
        reproduce(selection, dataset=changed)


@pytest.mark.parametrize(
    ("dataset", "message"),
    [
        (UKRAINE, r"dataset must be tiny 1\.0\.0, as cited"),
        (Corpus.of([]), r"dataset must be tiny 1\.0\.0, as cited"),
        (tiny_corpus().filter(where.id("ferry-halts")), "dataset must be whole"),
    ],
)
def test_another_dataset_is_refused(dataset, message):
    """
    Neither another dataset nor a part of it stands for the one that was cited.
    """
    cited = dateline.cite(tiny_corpus().filter(where.id("ferry-halts")))

    with pytest.raises(InvalidValue, match=message):
        reproduce(cited, dataset=dataset)


@pytest.mark.parametrize(
    ("subset", "error", "message"),
    [
        (UKRAINE, Uncitable, "no predicate selected it"),
        (Corpus.of([]), Uncitable, "it is of no dataset"),
        (UKRAINE.filter(lambda article: True), UnprintablePredicate, "holds a callable"),
        (UKRAINE.filter(where.contains("x" * 10_001)), InvalidPredicate, "at most 10000 characters"),
        (UKRAINE.filter(where.contains("'" * 4_000)), InvalidPredicate, "at most 10000 characters"),
    ],
)
def test_what_cannot_be_read_back_is_no_selection(subset, error, message):
    """
    A selection is refused at once where nobody could make the subset again.
    """
    with pytest.raises(error, match=message):
        Selection.of(subset)


@pytest.mark.parametrize(
    "subset",
    [UKRAINE.filter(lambda article: False), UKRAINE.filter(where.contains("'" * 4_000))],
)
def test_citations_without_a_selection(subset):
    """
    A subset that nobody could make again is cited as one, without a predicate, but with its digest.
    """
    assert dateline.cite(subset).endswith(f"[Data set; subset of 0 articles: {subset.digest}].")
