"""
Agreement with the reference processor, record by record.
"""

from __future__ import annotations

import pytest
from csl.agreement import differences, parsed
from csl.deviations import AGREEMENT, DEVIATIONS, OWN_DEVIATIONS, OWN_LANGUAGE, OWN_TYPES, SAME_TERMS
from csl.oracles import even, needs_citing, official_locale, official_style, oracle, records

from dateline.csl import Style
from dateline.csl.bundled import bundled_locale, bundled_style
from dateline.styles import names


pytestmark = [needs_citing, pytest.mark.interop]


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


BY_ROE = {
    "author": [{"family": "Roe", "given": "R."}],
    "publisher": "Harbour Office",
    "issued": {"date-parts": [[2021, 3, 2]]},
}
REPORT = BY_ROE | {"id": "r", "type": "report", "title": "Tides", "genre": "Working paper"}
PAGE = BY_ROE | {"id": "w", "type": "webpage", "title": "Tides", "URL": "https://x.example/"}


@pytest.mark.parametrize(
    "item",
    [
        REPORT | {"number": "7"},
        REPORT | {"number": "R-7b"},
        REPORT | {"number": "7", "genre": ""},
        PAGE | {"container-title": "Coast Online"},
        PAGE | {"container-title": "Coast Online", "author": []},
        PAGE,
    ],
)
@pytest.mark.parametrize("name", names())
def test_our_own_styles_agree_on_what_the_records_lack(name, item):
    """
    So they do on a report with a kind and a number, and on a web page with a publisher.
    """
    ours = Style.bundled(name)
    # As in OWN_LANGUAGE: without a language this one has dates in the American way.
    language = "en-GB" if name == "harvard-cite-them-right" else "en-US"
    theirs = Style.parse(official_style(name), language, locales=official_locale)

    assert printed(theirs, item) == printed(ours, item)


DATES = """
<style xmlns="http://purl.org/net/xbiblio/csl"><citation><layout>
  <group delimiter=" | ">
    <date variable="issued" form="text"/>
    <date variable="issued" form="numeric"/>
    <date variable="issued" form="text" date-parts="year-month"/>
  </group>
</layout></citation></style>
"""


# Not Ukrainian: the official locale has the year first, with a full stop.
@pytest.mark.parametrize("language", ["de-DE", "en-GB", "en-US", "es-ES", "fr-FR", "pl-PL"])
@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [[2020, 1, 2]]},
        {"date-parts": [[2020, 3]]},
        {"date-parts": [[2020, 1, 2], [2020, 1, 5]]},
        {"date-parts": [[2020, 1, 2], [2020, 3, 5]]},
        {"date-parts": [[2020, 1, 2], [2021, 3, 5]]},
        {"date-parts": [[2020, 1], [2020, 5]]},
        {"date-parts": [[2020], [2021]]},
        {"date-parts": [[2020]], "season": 2},
    ],
)
def test_our_own_locales_print_dates_as_the_official_ones(language, issued):
    """
    Days, months, ranges and seasons look the same by our locale as by the official one.
    """
    ours, theirs = Style.parse(DATES, language), Style.parse(DATES, language, locales=official_locale)
    item = {"id": "a", "issued": issued}

    assert str(theirs.cite([item])) == str(ours.cite([item]))


def printed(style, item):
    """
    An entry and a citation of it as plain text.
    """
    return [str(entry) for entry in style.bibliography([item])], str(style.cite([item]))


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
