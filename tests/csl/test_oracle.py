"""
Agreement with the reference processor, record by record.
"""

from __future__ import annotations

import functools

import pytest
from csl.oracles import even, needs_citing, official_locale, official_style, oracle, records

from dateline.csl import Style
from dateline.csl.bundled import bundled_locale, bundled_style
from dateline.styles import names


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

#: Types that our own styles are written for; there are 63 such records.
OWN_TYPES = {"article-newspaper", "dataset", "report", "webpage"}

DATA_SET = "the manual's word is '[Data set]', and it stays with a title that moves"
VERSION = "the official style drops a dataset's version, or its kind"
DOUBT = "the official style drops the doubt about a date, or capitalizes 'circa' after a comma"
DAY = "the official style drops the day of a newspaper that has an issue number, and its dash"

VERSIONED = ("dataset-doi-version", "dataset-org", "dataset-url-accessed", "dataset-commit")

#: Where our own styles differ on purpose from the official ones, with the reason.
OWN_DEVIATIONS = {
    "american-medical-association": {
        ("np-circa", "bib"): DOUBT,
        ("np-doi-and-url", "bib"): HALF,
        ("np-print-range", "bib"): DAY,
    }
    | {(id_, "bib"): VERSION for id_ in VERSIONED},
    "apa": {
        ("dataset-doi-version", "bib"): DATA_SET,
        ("dataset-no-author", "bib"): DATA_SET,
        ("dataset-url-accessed", "bib"): DATA_SET,
    },
    "chicago-author-date": {("np-initials", "bib"): HYPHEN},
    "chicago-author-date-17th-edition": {("np-initials", "bib"): HYPHEN},
    "chicago-notes-bibliography": {("np-initials", "bib"): HYPHEN, ("np-initials", "cite"): HYPHEN},
    "chicago-notes-bibliography-17th-edition": {
        ("np-initials", "bib"): HYPHEN,
        ("np-initials", "cite"): HYPHEN,
    },
    "harvard-cite-them-right": {("np-circa", "bib"): DOUBT, ("np-circa", "cite"): DOUBT}
    | {(id_, "bib"): VERSION for id_ in VERSIONED},
    "ieee": {("np-circa", "bib"): DOUBT} | {(id_, "bib"): VERSION for id_ in VERSIONED},
    "modern-language-association": {("np-circa", "bib"): DOUBT, ("np-initials", "bib"): HYPHEN},
    "nlm-citation-sequence": {
        ("np-circa", "bib"): DOUBT,
        ("np-date-range", "bib"): SPACE,
        ("np-doi-and-url", "bib"): HALF,
    }
    | {(id_, "bib"): VERSION for id_ in VERSIONED},
}

#: How many of the 63 entries, and of the 63 cites, are equal.
AGREEMENT = {
    "american-medical-association": (56, 63),
    "apa": (60, 63),
    "chicago-author-date": (62, 63),
    "chicago-author-date-17th-edition": (62, 63),
    "chicago-notes-bibliography": (62, 62),
    "chicago-notes-bibliography-17th-edition": (62, 62),
    "harvard-cite-them-right": (58, 62),
    "ieee": (58, 63),
    "modern-language-association": (61, 63),
    "nlm-citation-sequence": (56, 63),
}

#: Our Harvard is British, as its book is.
OWN_LANGUAGE = {"harvard-cite-them-right": "harvard-cite-them-right@en-GB"}

#: How many of the 630 entries in our ten styles are the same with our terms as with the official ones.
#: French: "consulté le" has its article. Spanish: "n.º" for a report's number.
#: Polish: "i in." for "et al.".
#: Ukrainian: the official dates run "2024. 17 трав.", ours "17 травня 2024", and
#: "доступно за адресою" agrees with no noun.
SAME_TERMS = {"en-GB": 630, "de-DE": 630, "fr-FR": 627, "es-ES": 629, "pl-PL": 612, "uk-UA": 87}

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


def own_ids() -> list[str]:
    """
    The records of the types that our own styles are written for.
    """
    return [id_ for id_, item in records().items() if item["type"] in OWN_TYPES]


@pytest.mark.parametrize("name", names())
def test_our_own_styles_agree_with_the_official_ones(name):
    """
    On the types that they are written for, our styles print what the official ones do.
    """
    ids = own_ids()
    actual = differences(Style.bundled(name), OWN_LANGUAGE.get(name, name), ids)
    equal = tuple(len(ids) - sum(kind == one for _, kind in actual) for one in ("bib", "cite"))

    assert set(OWN_DEVIATIONS[name]) == actual
    assert AGREEMENT[name] == equal


@pytest.mark.parametrize("language", SAME_TERMS)
def test_our_terms_agree_with_the_official_ones(language):
    """
    In our styles, our locales give what the official ones do.
    """
    items = [records()[id_] for id_ in own_ids()]
    same = 0
    for name in names():
        ours, theirs = (
            Style.parse(bundled_style(name), language, locales=locales)
            for locales in (bundled_locale, official_locale)
        )
        same += sum(
            even(str(ours.bibliography([item])[0])) == even(str(theirs.bibliography([item])[0]))
            for item in items
        )

    assert SAME_TERMS[language] == same


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
