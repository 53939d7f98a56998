"""
The rules of the specification, one by one, on layouts of a line or two.
"""

from __future__ import annotations

import pytest

from dateline.csl import Cite, Style
from dateline.csl.bibliography import stripped
from dateline.csl.repeated import outer, replaced
from dateline.csl.runs import Mark, Run


SMITH = {"family": "Smith", "given": "Jane Mary"}
DAM = {"family": "van Dam", "given": "Jan-Piet"}
ROE = {"family": "Roe", "given": "R."}
BUREAU = {"literal": "The Bureau"}
DAY = {"date-parts": [[2024, 5, 17]]}
RANGE = {"date-parts": [[2024, 5, 17], [2024, 6, 2]]}

DATE = '<date variable="issued" {}/>'
PARTS = (
    '<date variable="issued"><date-part name="day" suffix=" "/>'
    '<date-part name="month" suffix=" "/><date-part name="year"/></date>'
)
NAMES = '<names variable="author"><name {}/>{}</names>'
GROUP = '<group delimiter=", ">{}</group>'
PUBLISHER = '<text variable="publisher"/>'
EDITION = (
    '<group delimiter=" "><number variable="edition" form="ordinal"/>'
    '<label variable="edition" form="short"/></group>'
)
TITLE = '<text variable="title" {}/>'

#: What it is about: layout, item, what it prints as HTML.
RULES = {
    # Substitution (CSL 1.0.2, "Substitute")
    "nothing twice in one substitution": (
        NAMES.format("", f"<substitute>{GROUP.format(2 * PUBLISHER + EDITION)}</substitute>"),
        {"publisher": "Britannica", "edition": "11"},
        "Britannica, 11th ed.",
    ),
    # Text (CSL 1.0.2, "Text")
    "a value": ('<text value="in"/>', {}, "in"),
    "a plural term": ('<text term="page" plural="true"/>', {}, "pages"),
    "a short form": (TITLE.format('form="short"'), {"title": "A b", "shortTitle": "A"}, "A"),
    "a short form that is missing": (TITLE.format('form="short"'), {"title": "A b"}, "A b"),
    "an address is no markup": ('<text variable="URL"/>', {"URL": "a'b'"}, "a'b'"),
    "periods stripped": (TITLE.format('strip-periods="true"'), {"title": "a.b."}, "ab"),
    "affixes outside": (
        TITLE.format('font-style="italic" prefix="(" suffix=")"'),
        {"title": "a"},
        "(<i>a</i>)",
    ),
    "case": (TITLE.format('text-case="uppercase"'), {"title": "a ß"}, "A SS"),
    "title case": (
        TITLE.format('text-case="title"'),
        {"title": 'the end of <span class="nocase">iOS</span> and: a start'},
        "The End of iOS and: A Start",
    ),
    "a stop word behind a full stop": (
        TITLE.format('text-case="title"'),
        {"title": "U.S. and all vs. the rest. And why? the end"},
        "U.S. and All vs. the Rest. And Why? The End",
    ),
    "no title case in other languages": (
        TITLE.format('text-case="title"'),
        {"title": "el fin", "language": "es"},
        "el fin",
    ),
    "sentence case of capitals": (
        TITLE.format('text-case="sentence"'),
        {"title": "THE END"},
        "The end",
    ),
    "every word capitalised": (
        TITLE.format('text-case="capitalize-all"'),
        {"title": "the 2nd end"},
        "The 2nd End",
    ),
    # Groups (CSL 1.0.2, "Group")
    "an empty group": (GROUP.format('<text term="in"/>' + TITLE.format("")), {}, ""),
    "a group of terms": (GROUP.format('<text term="in"/><text term="by"/>'), {}, "in, by"),
    "a choose in a group": (
        GROUP.format(
            '<choose><if type="book"><text value="a"/><text value="b"/></if>'
            '<else-if variable="URL"/><else><text value="c"/></else></choose><text value="d"/>'
        ),
        {"type": "book"},
        "a, b, d",
    ),
    "any and none": (
        (
            '<choose><if variable="URL DOI" match="any"/>'
            '<else-if type="book" is-numeric="volume" match="none"><text value="a"/></else-if>'
            "</choose>"
        ),
        {"type": "report"},
        "a",
    ),
    "a condition without a test": ('<choose><if><text value="a"/></if></choose>', {}, ""),
    "a date is no number": (
        '<choose><if is-numeric="issued"/><else><text value="a"/></else></choose>',
        {"issued": DAY},
        "a",
    ),
    "an uncertain date": (
        '<choose><if is-uncertain-date="issued"><text value="ca."/></if></choose>',
        {"issued": {"date-parts": [[1916]], "circa": True}},
        "ca.",
    ),
    # Numbers and labels (CSL 1.0.2, "Number", "Label")
    "ordinals": ('<number variable="edition" form="ordinal"/>', {"edition": 22}, "22nd"),
    "eleven": ('<number variable="edition" form="ordinal"/>', {"edition": 111}, "111th"),
    "long ordinals": ('<number variable="edition" form="long-ordinal"/>', {"edition": 3}, "third"),
    "longer ordinals": (
        '<number variable="edition" form="long-ordinal"/>',
        {"edition": 23},
        "23rd",
    ),
    "roman": ('<number variable="volume" form="roman"/>', {"volume": "4-9"}, "iv–ix"),
    "too large for roman": ('<number variable="volume" form="roman"/>', {"volume": 4000}, "4000"),
    "no number": ('<number variable="volume"/>', {"volume": "<i>x</i>"}, "&#60;i&#62;x&#60;/i&#62;"),
    "a plural label": ('<label variable="page" form="short"/>', {"page": "1, 3"}, "pp."),
    "a singular label": ('<label variable="page" form="short"/>', {"page": "1"}, "p."),
    "a label of a count": (
        '<label variable="number-of-volumes"/>',
        {"number-of-volumes": 3},
        "volumes",
    ),
    "a label of nothing": ('<label variable="page"/>', {}, ""),
    "the first page": ('<text variable="page-first"/>', {"page": "12-15"}, "12"),
    # Dates (CSL 1.0.2, "Date")
    "a date in words": (DATE.format('form="text"'), {"issued": DAY}, "May 17, 2024"),
    "a date in numbers": (DATE.format('form="numeric"'), {"issued": DAY}, "05/17/2024"),
    "a part of a date": (
        DATE.format('form="text" date-parts="year-month"'),
        {"issued": DAY},
        "May 2024",
    ),
    "an overridden part": (
        '<date variable="issued" form="text"><date-part name="month" form="short"/></date>',
        {"issued": {"date-parts": [[2024, 9]]}},
        "Sept. 2024",
    ),
    "a range of days": (
        PARTS,
        {"issued": {"date-parts": [[2024, 5, 17], [2024, 5, 19]]}},
        "17–19 May 2024",
    ),
    "a range of months": (PARTS, {"issued": RANGE}, "17 May–2 June 2024"),
    "a range of years": (
        PARTS,
        {"issued": {"date-parts": [[2023, 12, 31], [2024, 1, 1]]}},
        "31 December 2023–1 January 2024",
    ),
    "a range of one day": (PARTS, {"issued": "2024-05-17/2024-05-17"}, "17 May 2024"),
    "a range without end": (PARTS, {"issued": {"date-parts": [[2024], [0]]}}, "2024–"),
    "a season": (PARTS, {"issued": {"date-parts": [[2024]], "season": 2}}, "Summer 2024"),
    "a season as a month": (PARTS, {"issued": {"date-parts": [[2024, 23]]}}, "Autumn 2024"),
    "years of our era": (PARTS, {"issued": {"date-parts": [[476]]}}, "476AD"),
    "years before": (PARTS, {"issued": {"date-parts": [[-44, 3, 15]]}}, "15 March 44BC"),
    "a date in English": (PARTS, {"issued": {"raw": "May 17, 2024"}}, "17 May 2024"),
    "a date that is none": (PARTS, {"issued": {"raw": "13 Foo, 2024"}}, "13 Foo, 2024"),
    "a date in words only": (PARTS, {"issued": {"literal": "<i>Lent</i>"}}, "<i>Lent</i>"),
    "an ordinal day, a short year": (
        (
            '<date variable="issued"><date-part name="day" form="ordinal"/>'
            '<date-part name="month" form="numeric" prefix="/"/>'
            '<date-part name="year" form="short" prefix="/"/></date>'
        ),
        {"issued": DAY},
        "17th/5/24",
    ),
    # Names (CSL 1.0.2, "Name")
    "two names": (NAMES.format('and="text"', ""), {"author": [SMITH, ROE]}, "Jane Mary Smith and R. Roe"),
    "three names": (
        NAMES.format('and="symbol" form="short"', ""),
        {"author": [SMITH, ROE, DAM]},
        "Smith, Roe, &#38; van Dam",
    ),
    "a comma never": (
        NAMES.format('and="text" form="short" delimiter-precedes-last="never"', ""),
        {"author": [SMITH, ROE, DAM]},
        "Smith, Roe and van Dam",
    ),
    "a comma after an inverted name": (
        NAMES.format(
            'and="text" name-as-sort-order="first" delimiter-precedes-last="after-inverted-name"',
            "",
        ),
        {"author": [ROE, SMITH]},
        "Roe, R., and Jane Mary Smith",
    ),
    "initials": (
        NAMES.format('initialize-with="."', ""),
        {"author": [SMITH, DAM]},
        "J.M. Smith, J.-P. van Dam",
    ),
    "initials without shortening": (
        NAMES.format('initialize-with=". " initialize="false"', ""),
        {"author": [{"family": "Roe", "given": "Jane M"}]},
        "Jane M. Roe",
    ),
    "a demoted particle": (
        NAMES.format('name-as-sort-order="all"', ""),
        {"author": [DAM]},
        "Dam, Jan-Piet van",
    ),
    "a suffix": (
        NAMES.format("", ""),
        {"author": [{"family": "King", "given": "M.", "suffix": "Jr.", "comma-suffix": True}]},
        "M. King, Jr.",
    ),
    "family name first": (
        NAMES.format("", ""),
        {"author": [{"family": "山田", "given": "太郎"}, {**ROE, "static-ordering": True}]},
        "山田太郎, Roe R.",
    ),
    "a quoted family name": (
        NAMES.format('name-as-sort-order="all"', ""),
        {"author": [{"family": '"van Dam"', "given": "Jan"}]},
        "van Dam, Jan",
    ),
    "et al.": (
        NAMES.format('et-al-min="2" et-al-use-first="1" form="short"', "<et-al font-style='italic'/>"),
        {"author": [SMITH, ROE]},
        "Smith <i>et al.</i>",
    ),
    "et al. with a comma": (
        NAMES.format('et-al-min="3" et-al-use-first="2" form="short"', ""),
        {"author": [SMITH, ROE, DAM]},
        "Smith, Roe, et al.",
    ),
    "the last name after dots": (
        NAMES.format('et-al-min="3" et-al-use-first="1" et-al-use-last="true" form="short"', ""),
        {"author": [SMITH, ROE, BUREAU]},
        "Smith, … The Bureau",
    ),
    "a count": (NAMES.format('form="count"', ""), {"author": [SMITH, ROE]}, "2"),
    "a label": (
        '<names variable="editor"><label suffix=" "/><name/></names>',
        {"editor": [ROE, ROE]},
        "editors R. Roe, R. Roe",
    ),
    "a joint role": (
        '<names variable="editor translator"><name/><label form="short" prefix=" "/></names>',
        {"editor": [ROE], "translator": [ROE]},
        "R. Roe ed. &#38; trans.",
    ),
    "formatted parts": (
        (
            '<names variable="author"><name name-as-sort-order="all">'
            '<name-part name="family" text-case="uppercase"/></name></names>'
        ),
        {"author": [ROE]},
        "ROE, R.",
    ),
    # Substitution (CSL 1.0.2, "Substitute")
    "a substitute is printed once": (
        NAMES.format("", f"<substitute>{TITLE.format('')}</substitute>") + TITLE.format(""),
        {"title": "a"},
        "a",
    ),
    "a substitute borrows": (
        NAMES.format('form="short"', '<substitute><names variable="editor"/></substitute>'),
        {"editor": [SMITH]},
        "Smith",
    ),
    "no substitute": (NAMES.format("", "<substitute><names variable='editor'/></substitute>"), {}, ""),
    # Odds and ends
    "a date as text": ('<text variable="issued"/>', {"issued": {"literal": "Lent"}}, "Lent"),
    "no date as text": ('<text variable="issued"/>', {}, ""),
    "no number at all": ('<number variable="volume"/>', {}, ""),
    "an unknown ordinal gender": (
        '<number variable="edition" form="ordinal"/>',
        {"edition": "2nd"},
        "2nd",
    ),
    "a label without digits": ('<label variable="page"/>', {"page": "cover-back"}, "page"),
    "capitals stay capitals": (TITLE.format('text-case="title"'), {"title": "THE END"}, "THE END"),
    "stop words are lowered": (
        TITLE.format('text-case="title"'),
        {"title": "life And death of β-carotene"},
        "Life and Death of β-Carotene",
    ),
    "sentence case of mixed letters": (
        TITLE.format('text-case="sentence"'),
        {"title": "ßa end"},
        "ßa end",
    ),
    "small letters": (TITLE.format('text-case="lowercase"'), {"title": "THE End"}, "the end"),
    "digits first": (TITLE.format('text-case="capitalize-first"'), {"title": "2nd a"}, "2nd a"),
    "nothing to capitalise": (TITLE.format('text-case="capitalize-first"'), {"title": "–"}, "–"),
    "a block": (
        TITLE.format('display="block"'),
        {"title": "a"},
        '<div class="csl-block">a</div>',
    ),
    "upright within italics": (
        TITLE.format('font-style="italic"'),
        {"title": 'a <span class="nodecor">b</span>'},
        '<i>a <span style="font-style:normal;">b</span></i>',
    ),
    "upright within upright": (
        TITLE.format('font-style="normal"'),
        {"title": 'a <span class="nodecor">b</span>'},
        "a b",
    ),
    "initials of all sorts": (
        NAMES.format('initialize-with="."', ""),
        {"author": [{"family": "Li", "given": "Ph. Min-jun de 3 X"}]},
        "Ph.M. de 3 X. Li",
    ),
    "initials without hyphen": (
        NAMES.format('initialize-with="" name-as-sort-order="all" sort-separator=" "', ""),
        {"author": [{"family": "Li", "given": "Jean-Paul"}]},
        "Li J-P",
    ),
    "a given name with its suffix": (
        NAMES.format("", ""),
        {"author": [{"family": "King", "given": "M., Jr."}]},
        "M. King Jr.",
    ),
    "a particle with an apostrophe": (
        NAMES.format('form="short"', ""),
        {"author": [{"family": "d’Aubignac", "given": "F."}]},
        "d’Aubignac",
    ),
    "a delimiter without a space": (
        NAMES.format('and="text" delimiter="/" delimiter-precedes-last="always"', ""),
        {"author": [ROE, ROE]},
        "R. Roe/ and R. Roe",
    ),
    "et al. always apart": (
        NAMES.format('et-al-min="2" et-al-use-first="1" delimiter-precedes-et-al="always" form="short"', ""),
        {"author": [ROE, ROE]},
        "Roe, et al.",
    ),
    "no words for et al.": (
        NAMES.format('et-al-min="2" et-al-use-first="1" form="short"', '<et-al term="none"/>'),
        {"author": [ROE, ROE]},
        "Roe",
    ),
    "two roles": (
        '<names variable="editor translator" delimiter="; "><name form="short"/></names>',
        {"editor": [ROE], "translator": [SMITH]},
        "Roe; Smith",
    ),
    "one joint word for one": ('<names variable="author editor"/>', {"editor": [ROE]}, "R. Roe"),
    "affixes of each name": (
        NAMES.format('form="short" and="text" suffix="*"', ""),
        {"author": [ROE, SMITH]},
        "Roe* and Smith*",
    ),
    "affixes of those not shown": (
        NAMES.format('form="short" suffix=" *" et-al-min="2" et-al-use-first="1"', ""),
        {"author": [ROE, SMITH]},
        "Roe * et al. *",
    ),
    "a suffix without periods": (
        NAMES.format('initialize-with=""', ""),
        {"author": [{**SMITH, "suffix": "Jr."}]},
        "JM Smith Jr",
    ),
    "a suffix with its period": (
        NAMES.format('name-as-sort-order="all" initialize-with="."', ""),
        {"author": [{**SMITH, "suffix": "Jr."}]},
        "Smith, J.M., Jr.",
    ),
    "a label in title case": (
        '<names variable="editor"><name form="short"/><label text-case="title" prefix=", "/></names>',
        {"editor": [ROE], "language": "fr"},
        "Roe, Editor",
    ),
    "a choice offers its children one by one": (
        NAMES.format(
            "",
            "<substitute><choose><if type='book'><text variable='URL'/><text variable='title'/>"
            "<text value='none'/></if></choose></substitute>",
        ),
        {"type": "book", "title": "A"},
        "A",
    ),
    "a choice without any": (
        NAMES.format(
            "",
            "<substitute><choose><if type='book'><text variable='URL'/></if></choose>"
            "<text variable='title'/></substitute>",
        ),
        {"type": "book", "title": "A"},
        "A",
    ),
    "a term for names is no variable": (
        GROUP.format(
            NAMES.format("", '<substitute><text term="anonymous"/></substitute>') + '<text value="x"/>'
        ),
        {},
        "",
    ),
    "one of several types": (
        '<choose><if type="book report" variable="title"><text variable="title"/></if></choose>',
        {"type": "report", "title": "A"},
        "A",
    ),
    "a number that falls is no range": (
        '<group><label variable="number" form="short"/><text variable="number" prefix=" "/></group>',
        {"number": "70-18"},
        "no. 70-18",
    ),
    "a range with digits left out": ('<text variable="number"/>', {"number": "101-3"}, "101–3"),
}


def style_of(layout: str, attributes: str = "", more: str = "") -> Style:
    """
    A style with that layout for citations.
    """
    return Style.parse(
        f'<style xmlns="http://purl.org/net/xbiblio/csl" {attributes}>'
        f"<citation><layout>{layout}</layout></citation>{more}</style>"
    )


@pytest.mark.parametrize(("layout", "item", "expected"), RULES.values(), ids=RULES)
def test_each_rule(layout, item, expected):
    """
    A layout prints for an item what the specification says.
    """
    assert expected == style_of(layout).cite([{"id": "a", **item}]).html()


@pytest.mark.parametrize(
    ("how", "pages", "expected"),
    [
        ("", "12-15", "12–15"),
        ("", "12--15, 20", "12–15, 20"),
        ("expanded", "321-8", "321–328"),
        ("minimal", "321-328", "321–8"),
        ("minimal-two", "321-328", "321–28"),
        ("chicago", "1496-1504", "1496–1504"),
        ("chicago-16", "1496-1504", "1496–504"),
        ("chicago", "107-108", "107–8"),
        ("chicago", "100-104", "100–104"),
        ("chicago", "xxv-xxviii", "xxv–xxviii"),
        ("expanded", "N110-N15", "N110–N115"),
        ("minimal", "A12-B15", "A12-B15"),
        ("minimal", "20-13", "20–13"),
        ("expanded", "99-9", "99–9"),
        ("unheard-of", "20-23", "20–23"),
    ],
)
def test_ranges_of_pages(how, pages, expected):
    """
    Pages are shortened or written out as the style wants.
    """
    style = style_of('<text variable="page"/>', f'page-range-format="{how}"')

    assert expected == str(style.cite([{"page": pages}]))


HYPHENS = '<locale><terms><term name="page-range-delimiter">-</term></terms></locale>'


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("page", "12-15", "12-5"),
        ("page", "12–15", "12–5"),
        ("page", "xii-xv, 121-128", "xii-xv, 121-8"),
        ("page", "121–128", "121–8"),
        ("issue", "1-2", "1-2"),
        ("issue", "1–2", "1–2"),
    ],
)
def test_a_language_has_its_own_range_delimiter(variable, value, expected):
    """
    Hyphens of ranges become the delimiter of the language; a dash that was typed stays.
    """
    style = style_of(f'<text variable="{variable}"/>', 'page-range-format="minimal"', HYPHENS)

    assert expected == str(style.cite([{variable: value}]))


@pytest.mark.parametrize(("label", "expected"), [("page", "121–8"), ("verse", "121–128")])
def test_only_pages_are_shortened(label, expected):
    """
    A range of verses or lines is printed in full.
    """
    style = style_of('<text variable="locator"/>', 'page-range-format="minimal"')

    assert expected == str(style.cite([Cite({"id": "a"}, locator="121-128", label=label)]))


@pytest.mark.parametrize(("locator", "expected"), [("xii", "number"), ("12", "number"), ("fol.", "words")])
def test_roman_pages_are_numbers(locator, expected):
    """
    Whether a locator is a number includes those in Roman digits.
    """
    style = style_of(
        '<choose><if is-numeric="locator"><text value="number"/></if>'
        '<else><text value="words"/></else></choose>'
    )

    assert expected == str(style.cite([Cite({"id": "a"}, locator=locator)]))


@pytest.mark.parametrize(
    ("macro", "expected"),
    [
        ('<choose><if variable="title"><text term="online"/></if></choose>', "online"),
        ('<text variable="DOI"/>', ""),
        ('<group><text variable="DOI"/><text term="online"/></group>', ""),
    ],
)
def test_a_macro_that_prints_counts_as_a_variable(macro, expected):
    """
    A group whose variables are empty prints if a macro in it does.
    """
    style = style_of(
        '<group delimiter=" "><text variable="URL"/><text macro="inner"/></group>',
        more=f'<macro name="inner">{macro}</macro>',
    )

    assert expected == str(style.cite([{"title": "A"}]))


@pytest.mark.parametrize(
    ("language", "expected"), [("en-US", "a “b” ‘c’"), ("de-DE", "a „b“ ‘c’"), ("fr-FR", "a « b » ‘c’")]
)
def test_straight_quotes_become_those_of_the_language(language, expected):
    """
    Straight quotes have the form of the language; curly ones of other languages stay.
    """
    style = Style.parse(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><citation><layout>'
        '<text variable="title"/></layout></citation></style>',
        language,
    )
    curly = str(style.cite([{"title": "a “b” ‘c’"}]))

    assert expected == str(style.cite([{"title": 'a "b" ‘c’'}])).replace("\u00a0", " ").replace("\u202f", " ")
    assert curly == "a “b” ‘c’"


@pytest.mark.parametrize(
    ("locator", "label", "expected"),
    [("3", "page", "p. 3"), ("3-4", "chapter", "chaps. 3–4"), ("", "page", "")],
)
def test_locators(locator, label, expected):
    """
    A locator prints with the label of its kind, which a style can ask for.
    """
    style = style_of(
        '<choose><if locator="page chapter" match="any"><group delimiter=" ">'
        '<label variable="locator" form="short"/><text variable="locator"/></group></if></choose>'
    )

    assert expected == str(style.cite([Cite({"id": "a"}, locator=locator, label=label)]))


def test_later_cites_show_fewer_names():
    """
    From the second cite on, et-al-subsequent-min and its sister count.
    """
    names = 'et-al-min="3" et-al-use-first="2" et-al-subsequent-min="2" et-al-subsequent-use-first="1"'
    style = style_of(NAMES.format(f'form="short" {names}', ""))
    item = {"id": "a", "author": [SMITH, ROE]}

    assert ["Smith, Roe", "Smith et al."] == [str(c) for c in style.citations([[item], [item]])]


def test_sort_keys_have_limits_of_their_own():
    """
    A key may count fewer names than are printed.
    """
    style = Style.parse(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><macro name="names">'
        '<names variable="author"><name form="short" and="text"/><label/></names></macro>'
        '<macro name="when"><date variable="issued"><date-part name="year"/></date></macro><citation>'
        '<sort><key macro="names" names-min="2" names-use-first="1" names-use-last="false"/>'
        '<key macro="when"/><key variable="volume"/></sort>'
        '<layout delimiter="; "><text macro="names"/></layout></citation></style>'
    )
    first = {"id": "a", "author": [SMITH, BUREAU], "issued": {"literal": "2001"}}
    second = {"id": "b", "author": [SMITH, ROE], "issued": "2000/2001", "volume": "2"}
    third = {"id": "c", "author": [SMITH, ROE], "issued": "2000/2001", "volume": "10"}

    assert "Smith and Roe; Smith and Roe; Smith and The Bureau" == str(style.cite([first, third, second]))


@pytest.mark.parametrize(("language", "expected"), [("en-GB", "‘a “b”’"), ("en-US", "“a ‘b’”")])
def test_single_quotes_in_values(language, expected):
    """
    Single quotes in a value get their level where the language quotes with them.
    """
    british = (
        '<locale xmlns="http://purl.org/net/xbiblio/csl"><terms><term name="open-quote">‘</term>'
        '<term name="close-quote">’</term><term name="open-inner-quote">“</term>'
        '<term name="close-inner-quote">”</term></terms></locale>'
    )
    american = '<locale xmlns="http://purl.org/net/xbiblio/csl"/>'
    style = Style.parse(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><citation><layout>'
        '<text variable="title" quotes="true"/></layout></citation></style>',
        language,
        locales={"en-GB": british, "en-US": american},
    )

    assert expected == str(style.cite([{"title": "a ‘b’"}]))


def test_ordinals_have_gender():
    """
    A style's ordinals can follow the gender of what is counted.
    """
    terms = (
        '<locale><terms><term name="edition" gender="feminine">édition</term>'
        '<term name="ordinal">e</term>'
        '<term name="ordinal-01" gender-form="feminine" match="whole-number">re</term>'
        '<term name="ordinal-12" match="last-two-digits">x</term></terms></locale>'
    )
    layout = '<number variable="edition" form="ordinal"/>'
    style = Style.parse(
        f'<style xmlns="http://purl.org/net/xbiblio/csl">{terms}<citation><layout>{layout}'
        "</layout></citation></style>"
    )

    assert ["1re", "2e", "21e", "112x"] == [str(style.cite([{"edition": n}])) for n in (1, 2, 21, 112)]


def test_an_ordinal_without_a_word_of_its_own_is_short():
    """
    Where the locale has no word such as "third", the long ordinal is the short one.
    """
    bare = (
        '<locale xmlns="http://purl.org/net/xbiblio/csl" xml:lang="en-US">'
        '<terms><term name="ordinal">th</term></terms></locale>'
    )
    style = Style.parse(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><citation><layout>'
        '<number variable="edition" form="long-ordinal"/></layout></citation></style>',
        locales={"en-US": bare},
    )

    assert "3th" == str(style.cite([{"edition": 3}]))


@pytest.mark.parametrize(
    ("points", "expected"), [([[2020], [2021, 3]], "–March"), ([[2020, 3], [2021]], "March–")]
)
def test_a_range_may_lack_parts_at_one_end(points, expected):
    """
    A part that only one end of a range has is printed for that end.
    """
    style = style_of('<date variable="issued"><date-part name="month"/></date>')

    assert expected == str(style.cite([{"issued": {"date-parts": points}}]))


def test_a_column_of_white_space_is_empty():
    """
    Nothing is left of a column that only had white space.
    """
    assert () == stripped((Run(" "), Run("\t")))
    assert (Run("a"),) == stripped((Run(" "), Run("a "), Run(" ")))


def test_a_dash_keeps_the_marks_around_all_names():
    """
    What stands for several names stands under the marks that they share.
    """
    italic, one, other = Mark("font-style", "italic"), Mark("display", "block"), Mark("display", "inline")

    assert (italic,) == outer((Run("Ada", (italic, one)), Run("Bo", (italic, other))))


def test_what_stands_for_the_names_is_replaced_whole():
    """
    A title in place of names that is repeated becomes one dash, whatever the rule.
    """
    title = (Run("Anonymous"),)

    assert (Run("—"),) == replaced(title, title, title, "—", "partial-each")


def test_rich_text_is_no_string():
    """
    A citation is not equal to its plain text: that has lost the formatting.
    """
    cited = style_of('<text variable="title"/>').cite([{"title": "Rain"}])

    assert cited != "Rain"


def test_names_are_replaced_as_far_as_they_are_the_same():
    """
    From the first name that differs on, the names are printed.
    """
    names = (Run("Ada", (Mark("name"),)), Run("Bo", (Mark("name"),)))
    before = (Run("Ada", (Mark("name"),)), Run("Cy", (Mark("name"),)))
    found = replaced(names, names, before, "—", "partial-each")

    assert ["—", "Bo"] == [run.text for run in found]
