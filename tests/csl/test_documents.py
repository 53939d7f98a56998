"""
Several works together: positions, collapsing, letters, bibliographies.
"""

from __future__ import annotations

import pytest

from dateline.csl import Citation, Cite, Style


AUTHOR_YEAR = (
    '<group delimiter=" "><names variable="author"><name form="short" and="text" '
    'initialize-with=". "/></names><date variable="issued"><date-part name="year"/></date>'
    '<text variable="locator"/></group>'
)

IBID = (
    '<choose><if position="ibid-with-locator"><group delimiter=" "><text term="ibid"/>'
    '<text variable="locator"/></group></if><else-if position="ibid"><text term="ibid"/></else-if>'
    '<else-if position="near-note"><text value="near"/></else-if>'
    '<else-if position="subsequent"><text variable="first-reference-note-number" prefix="n. "/>'
    '</else-if><else><text variable="title"/></else></choose>'
)

NUMBER = '<text variable="citation-number" prefix="[" suffix="]"/>'


def style_of(layout: str, citation: str = "", bibliography: str = "", style: str = "") -> Style:
    """
    A style with that layout for citations, and perhaps a bibliography.
    """
    return Style.parse(
        f'<style xmlns="http://purl.org/net/xbiblio/csl" {style}>'
        f'<citation {citation}><layout delimiter="; ">{layout}</layout></citation>'
        f"{bibliography}</style>"
    )


def work(id_: str, year: int = 2000, family: str = "Doe", given: str = "John") -> dict[str, object]:
    """
    A work by one author.
    """
    return {
        "id": id_,
        "title": id_.upper(),
        "author": [{"family": family, "given": given}],
        "issued": {"date-parts": [[year]]},
    }


LETTERS = 'disambiguate-add-year-suffix="true"'


@pytest.mark.parametrize(
    ("options", "works", "expected"),
    [
        ("", [work("a"), work("b", 2001)], "Doe 2000; Doe 2001"),
        ('collapse="year"', [work("a"), work("b", 2001)], "Doe 2000, 2001"),
        (LETTERS, [work("a"), work("b")], "Doe 2000a; Doe 2000b"),
        (
            f'{LETTERS} collapse="year-suffix" year-suffix-delimiter=","',
            [work("a"), work("b"), work("c", 2001)],
            "Doe 2000a,b; 2001",
        ),
        (
            f'{LETTERS} collapse="year-suffix-ranged"',
            [work("a"), work("b"), work("c")],
            "Doe 2000a–c",
        ),
        (
            'cite-group-delimiter=", "',
            [work("a"), work("b", family="Roe"), work("c", 2001)],
            "Doe 2000, Doe 2001; Roe 2000",
        ),
        (
            'disambiguate-add-givenname="true"',
            [work("a"), work("b", given="Jane"), work("c", given="Jack")],
            "John Doe 2000; Jane Doe 2000; Jack Doe 2000",
        ),
        (
            'disambiguate-add-givenname="true" givenname-disambiguation-rule="all-names"',
            [work("a"), work("b", 2001, given="Rob")],
            "J. Doe 2000; R. Doe 2001",
        ),
    ],
)
def test_cites_of_the_same_author(options, works, expected):
    """
    Cites are drawn together and told apart as the style asks.
    """
    assert expected == str(style_of(AUTHOR_YEAR, options).cite(works))


def test_names_are_added_until_cites_differ():
    """
    Names that et al. hid come back where they tell two cites apart.
    """
    style = style_of(AUTHOR_YEAR, 'et-al-min="3" et-al-use-first="1" disambiguate-add-names="true"')
    people = [{"family": name} for name in ("Doe", "Roe", "Poe", "Moe")]
    one = {**work("a"), "author": [people[0], people[1], people[2]]}
    other = {**work("b"), "author": [people[0], people[3], people[2]]}

    assert "Doe, Roe, et al. 2000; Doe, Moe, et al. 2000" == str(style.cite([one, other]))


def test_a_condition_tells_cites_apart():
    """
    What a style keeps for ambiguous cites is printed for those only.
    """
    layout = (
        '<group delimiter=" "><names variable="author"/><choose><if disambiguate="true">'
        '<text variable="title"/></if></choose></group>'
    )
    style = style_of(layout)

    assert "John Doe A; John Doe B" == str(style.cite([work("a"), work("b")]))
    assert "John Doe" == str(style.cite([work("a")]))


def test_works_cited_elsewhere_count():
    """
    A cite alone is told apart from works cited elsewhere.
    """
    style = style_of(AUTHOR_YEAR, LETTERS)

    assert "Doe 2000b" == str(style.cite([work("b")], among=[work("a"), work("b")]))


def test_numbers_collapse_to_ranges():
    """
    Three consecutive numbers and more become a range, two do not.
    """
    style = style_of(NUMBER, 'collapse="citation-number"')
    works = [work(letter) for letter in "abcdef"]

    assert "[1]–[3]; [5]; [6]" == str(style.cite([works[n] for n in (0, 1, 2, 4, 5)], among=works))


def test_positions_in_notes():
    """
    First, ibid., ibid. with a locator, near and far repeats each are told.
    """
    style = style_of(IBID, style='class="note"')
    a, b = work("a"), work("b")
    notes = [
        [Cite(a)],
        [Cite(a)],
        [Cite(a, locator="3")],
        [Cite(a)],
        [Cite(b)],
        [Cite(a, prefix="see")],
        [Cite(b)],
        *[[Cite(work(f"c{n}"))] for n in range(6)],
        [Cite(a)],
    ]
    printed = style.citations([Citation(tuple(c), n) for n, c in enumerate(notes, 1)])

    expected = ["A", "Ibid.", "Ibid. 3", "near", "B", "see near", "near"]
    assert expected == [str(text) for text in printed[:7]]
    assert "n. 1" == str(printed[-1])


def test_what_the_author_adds():
    """
    Prefix, suffix and locator stand around a cite; names can be left out.
    """
    style = style_of(AUTHOR_YEAR)
    cite = Cite(work("a"), locator="7", prefix="see", suffix="on this")

    assert "see Doe 2000 7 on this" == str(style.cite([cite]))
    assert "2000" == str(style.cite([Cite(work("a"), suppress_author=True)]))
    assert "Doe 2000, and Doe 2001" == str(
        style.cite([Cite(work("a")), Cite(work("b", 2001), prefix=", and")])
    )
    assert "Doe 2000, Doe 2001" == str(style.cite([Cite(work("a"), suffix=","), Cite(work("b", 2001))]))


def test_a_cite_that_ends_in_a_comma_keeps_its_delimiter():
    """
    Only what the author of the text puts behind a cite replaces the delimiter.
    """
    style = style_of('<text variable="title" suffix=","/>')

    assert "A,; B," == str(style.cite([work("a"), work("b")]))


def test_what_tells_cites_apart_does_not_sort_them():
    """
    Cites whose sort keys are the same keep their order, whatever names are added.
    """
    roe, poe, moe = ({"family": name} for name in ("Roe", "Poe", "Moe"))
    style = style_of(
        '<names variable="author"/>',
        'et-al-min="2" et-al-use-first="1" disambiguate-add-names="true"',
    )
    sorting = Style.parse(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><citation et-al-min="2" et-al-use-first="1" '
        'disambiguate-add-names="true"><sort><key macro="names"/></sort><layout delimiter="; ">'
        '<text macro="names"/></layout></citation>'
        '<macro name="names"><names variable="author"/></macro></style>'
    )
    cites = [{"id": "a", "author": [roe, poe]}, {"id": "b", "author": [roe, moe]}]

    assert "Roe, Poe; Roe, Moe" == str(style.cite(cites)) == str(sorting.cite(cites))


def test_a_citation_of_nothing_is_empty():
    """
    No items, no text.
    """
    assert not style_of(AUTHOR_YEAR).cite([])


BIBLIOGRAPHY = (
    '<bibliography {}><sort><key variable="author"/><key variable="issued" sort="descending"/>'
    '<key variable="volume"/><key variable="title"/></sort><layout suffix="."><group delimiter=" ">'
    '<names variable="author"><name name-as-sort-order="all"/></names>'
    '<text variable="title"/></group></layout></bibliography>'
)


def entries(options: str, works: list[dict[str, object]]) -> list[str]:
    """
    The entries of a bibliography as text.
    """
    style = style_of(AUTHOR_YEAR, bibliography=BIBLIOGRAPHY.format(options))
    return [str(entry) for entry in style.bibliography(works)]


def test_a_bibliography_is_sorted():
    """
    Keys go in order, empty ones last, either way round.
    """
    works = [work("a"), work("b", 2001), {"id": "c", "title": "C"}, work("d", family="Abe")]

    assert ["Abe, John D.", "Doe, John B.", "Doe, John A.", "C."] == entries("", works)


@pytest.mark.parametrize("rule", ["complete-all", "complete-each", "partial-each", "partial-first"])
def test_repeated_authors_become_a_dash(rule):
    """
    The same names in the next entry are replaced.
    """
    options = f'subsequent-author-substitute="—" subsequent-author-substitute-rule="{rule}"'

    assert ["Doe, John B.", "— A."] == entries(options, [work("a"), work("b", 2001)])


def test_the_first_field_stands_apart():
    """
    With second-field-align, the number is the entry's margin as well.
    """
    bibliography = (
        '<bibliography second-field-align="flush"><layout suffix=".">'
        '<text variable="citation-number" suffix=". "/><text variable="title"/></layout>'
        "</bibliography>"
    )
    (entry,) = style_of(NUMBER, bibliography=bibliography).bibliography([work("a")])

    assert "1. A." == str(entry)
    assert "1." == str(entry.margin)


def test_an_entry_that_begins_with_a_term_begins_with_a_capital():
    """
    Words of the locale have a capital at the start of an entry, those of an item stay.
    """
    bibliography = (
        '<bibliography><layout suffix="."><text variable="DOI"/>'
        '<names variable="author"><substitute><text term="anonymous"/></substitute></names>'
        '<text variable="title" prefix=", "/></layout></bibliography>'
    )
    style = style_of(NUMBER, bibliography=bibliography)
    entries = style.bibliography([{"id": "a", "title": "A"}, {"id": "b", "DOI": "doi"}, {"id": "c"}])

    assert ["Anonymous, A.", "doianonymous.", "Anonymous."] == [str(entry) for entry in entries]


def test_a_bracket_before_a_term_is_no_word():
    """
    A term in brackets begins an entry all the same.
    """
    bibliography = '<bibliography><layout><text term="anonymous" prefix="("/></layout></bibliography>'
    (entry,) = style_of(NUMBER, bibliography=bibliography).bibliography([work("a")])

    assert "(Anonymous" == str(entry)


def test_an_entry_of_nothing_is_left_out():
    """
    An item of which the style prints nothing has no entry.
    """
    bibliography = '<bibliography><layout><text variable="DOI"/></layout></bibliography>'

    assert () == style_of(NUMBER, bibliography=bibliography).bibliography([work("a")])


def test_dashes_replace_names_and_no_terms():
    """
    Two works without author are not by the same one.
    """
    bibliography = (
        '<bibliography subsequent-author-substitute="—"><layout>'
        '<names variable="author"><substitute><text term="anonymous"/></substitute></names>'
        '<text variable="title" prefix=", "/></layout></bibliography>'
    )
    style = style_of(NUMBER, bibliography=bibliography)
    entries = style.bibliography([{"id": "a", "title": "A"}, {"id": "b", "title": "B"}])

    assert ["Anonymous, A", "Anonymous, B"] == [str(entry) for entry in entries]


def test_a_style_without_bibliography():
    """
    Some styles have none, and give no entries.
    """
    assert () == style_of(NUMBER).bibliography([work("a")])


def test_labels_of_letters():
    """
    Styles that print labels get them from names and year.
    """
    style = style_of('<text variable="citation-label"/>')

    assert "Doe00" == str(style.cite([work("a")]))
    assert "A" == str(style.cite([{"id": "a", "title": "A"}]))
