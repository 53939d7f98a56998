"""
Agreement with the reference processor, record by record.
"""

from __future__ import annotations

import functools

import pytest
from csl.oracles import even, needs_citing, official_locale, official_style, oracle, records

from dateline.csl import Style


COMMA = "the oracle leaves out a comma before an organisation that the style asks for"
HYPHEN = "the oracle drops the hyphen of 'J.-P.', which initialize-with-hyphen keeps"
HALF = "the oracle prints half of 'Min-jun' as a word"
SPACE = "the oracle drops the space in 'Mar 2' of a range"

#: Where we differ on purpose, with the reason, by style.
DEVIATIONS = {
    "american-medical-association": {("np-doi-and-url", "bib"): HALF},
    "apa": {("software", "bib"): COMMA},
    "chicago-author-date": {("np-initials", "bib"): HYPHEN, ("software", "bib"): COMMA},
    "chicago-notes-bibliography": {
        ("np-initials", "bib"): HYPHEN,
        ("np-initials", "cite"): HYPHEN,
        ("software", "bib"): COMMA,
    },
    "harvard-cite-them-right": {},
    "harvard-cite-them-right@en-GB": {},
    "ieee": {},
    "modern-language-association": {("np-initials", "bib"): HYPHEN, ("software", "bib"): COMMA},
    "nlm-citation-sequence": {("np-date-range", "bib"): SPACE, ("np-doi-and-url", "bib"): HALF},
}
for name in ("chicago-author-date", "chicago-notes-bibliography"):
    DEVIATIONS[f"{name}-17th-edition"] = DEVIATIONS[name]

#: Types that our own style is written for.
OWN_TYPES = {"article-newspaper", "dataset", "report", "webpage"}

DATA_SET = "the manual's word is '[Data set]', and it stays with a title that moves"

OWN_DEVIATIONS = {
    ("dataset-doi-version", "bib"): DATA_SET,
    ("dataset-no-author", "bib"): DATA_SET,
    ("dataset-url-accessed", "bib"): DATA_SET,
}

pytestmark = [needs_citing, pytest.mark.interop]


@functools.cache
def parsed(name: str) -> Style:
    """
    An official style; its language may follow an at sign.
    """
    style, _, language = name.partition("@")
    return Style.parse(official_style(style), language or None, locales=official_locale)


def differences(style: Style, name: str, ids: list[str]) -> set[tuple[str, str]]:
    """
    The records of which *style* makes something else than the oracle, with the kind.
    """
    found = set()
    for id_ in ids:
        expected = oracle(name)["single"][id_]
        item = records()[id_]
        entry = " ".join(map(str, style.bibliography([item])))
        if even(entry) != even(expected["bib"]):
            found.add((id_, "bib"))
        if even(str(style.cite([item]))) != even(expected["cite"]):
            found.add((id_, "cite"))

    return found


@pytest.mark.parametrize("name", DEVIATIONS)
def test_official_styles_agree_but_for_known_mistakes(name):
    """
    Each record alone prints as the reference processor prints it.
    """
    actual = differences(parsed(name), name, list(oracle(name)["single"]))

    assert set(DEVIATIONS[name]) == actual


def test_our_own_style_agrees_with_the_official_one():
    """
    On the types that it is written for, our APA style prints what the official one does.
    """
    ids = [id_ for id_, item in records().items() if item["type"] in OWN_TYPES]

    assert set(OWN_DEVIATIONS) == differences(Style.bundled("apa"), "apa", ids)


def test_html_agrees_in_apa():
    """
    The formatting of entries is that of the reference processor, too.
    """
    style = parsed("apa")
    expected = {id_: even(each["bib_html"]) for id_, each in oracle("apa")["single"].items()}
    actual = {
        id_: f'<div class="csl-entry">{even(entry.html())}</div>'
        for id_ in expected
        for entry in style.bibliography([records()[id_]])
    }
    differing = {id_ for id_ in expected if expected[id_] != actual[id_]}

    assert {"np-initials", "software"} >= differing


@pytest.mark.parametrize("name", ["apa", "harvard-cite-them-right", "ieee"])
def test_a_whole_list_sorts_as_the_reference_does(name):
    """
    All records together come in the order of the reference processor.
    """
    entries = parsed(name).bibliography(records().values())

    assert oracle(name)["corpus"]["order"] == [entry.id for entry in entries]


def test_cites_of_a_whole_list_are_told_apart():
    """
    Year letters and given names are added where the reference processor adds them.
    """
    items = list(records().values())
    cites = parsed("apa").citations([[item] for item in items])
    actual = {item["id"]: str(cite) for item, cite in zip(items, cites, strict=True)}

    assert oracle("apa")["corpus"]["cite"] == actual


def test_years_in_a_whole_list_carry_their_letters():
    """
    Entries of the same author and year are marked a, b and so on in their order.
    """
    expected = oracle("apa")["corpus"]["bib"]
    entries = parsed("apa").bibliography(records().values())
    differing = {entry.id for entry in entries if even(str(entry)) != even(expected[entry.id])}

    assert {"software"} == differing
