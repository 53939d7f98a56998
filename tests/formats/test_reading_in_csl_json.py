"""
CSL-JSON read into drafts: what reference managers export.
"""

from __future__ import annotations

import json

import pytest
from attrs import evolve

import dateline
from dateline.corpus import Corpus
from dateline.errors import InvalidDocument, InvalidRecord
from dateline.formats import csl_json_in, dumps
from dateline.records import Credit
from dateline.testing import make_article


ZOTERO = [
    {
        "id": "http://zotero.org/users/1/items/ABCD",
        "type": "article-newspaper",
        "title": "Ferry <i>Aurora</i> returns to the Old Quay",
        "container-title": "The Harbour Gazette",
        "URL": "https://gazette.example/ferry-returns",
        "language": "en-GB",
        "author": [{"family": "Lind", "given": "Ana"}, {"literal": "Coast Wire"}],
        "issued": {"date-parts": [["2021", 4, "1"]]},
        "accessed": {"date-parts": [[2021, 4, 2]]},
        "volume": 1.5,
    },
    {"id": "book", "type": "book", "title": "Ferries"},
    {"id": "post", "type": "post-weblog", "title": "Fog", "publisher": "Larkhaven Blog"},
]


def drafts(entry):
    """
    The drafts of one item, which is a news article.
    """
    return csl_json_in.read_drafts(json.dumps([{"type": "webpage"} | entry]).encode(), "x.csl.json")


def draft(entry):
    """
    The one draft of an item, all of which was taken.
    """
    return next(iter(csl_json_in.read(json.dumps([{"type": "webpage"} | entry]).encode(), "x").values()))


def test_an_export_of_a_reference_manager_becomes_drafts():
    """
    Title, outlet, names, address, language and date are taken as they stand.
    """
    article = csl_json_in.read(json.dumps(ZOTERO).encode(), "library.json")[
        "the-harbour-gazette-2021-04-01-ferry-aurora-returns-to-the-old-quay"
    ]

    assert article.headline == "Ferry Aurora returns to the Old Quay"
    assert article.publisher == Credit(name="The Harbour Gazette")
    assert article.bylines == (
        Credit(name="Ana Lind", family="Lind", given="Ana"),
        Credit(name="Coast Wire"),
    )
    assert (str(article.published), article.language) == ("2021-04-01", "en-GB")
    assert article.url == "https://gazette.example/ferry-returns"


def test_what_is_no_news_article_is_passed_over_and_told():
    """
    A book in the same file is no fault, but it is reported.
    """
    found = csl_json_in.read_drafts(json.dumps([*ZOTERO, 7]).encode(), "library.json")

    assert not found.faults
    assert [(fault.path, "book" in fault.message) for fault in found.passed_over] == [
        ("$[1]", True),
        ("$[3]", False),
    ]
    assert len(found.corpus) == 2


def test_a_file_without_a_news_article_is_refused():
    """
    Nobody gets an empty corpus for a file of books; an empty file is an empty corpus.
    """
    with pytest.raises(InvalidDocument, match="must hold a news article, but it is of the type 'book'"):
        csl_json_in.read(b'[{"type": "book"}]', "books.json")

    assert csl_json_in.read(b"[]", "none.json") == Corpus.of([])


def test_our_own_export_is_read_back():
    """
    Every article of the dataset comes back with the same headline, outlet, date, address and language.
    """
    ukraine = dateline.load("ukraine-2022")
    again = list(csl_json_in.read(dumps(ukraine, "csl-json").encode(), "ukraine.csl.json").values())

    for article, back in zip(ukraine.values(), again, strict=True):
        assert (back.headline, back.published, back.url, back.language) == (
            article.headline,
            article.published,
            article.url,
            article.language,
        )
        assert back.publisher.name == article.publisher.name
        assert [credit.name for credit in back.bylines] == [credit.name for credit in article.bylines]


@pytest.mark.parametrize(
    "date",
    [
        *("2022", "2022-03", "2022-03-02~", "2022-03%", "2022-02-24/2022-03", "2021~/2022"),
        *("[2022-03-02,2022-03-03]", "[2021-12-31,2022-01-01]"),
    ],
)
def test_a_date_that_csl_cannot_say_survives_our_own_export(date):
    """
    The exact date stands beside the one that other programs read.
    """
    exported = dumps(Corpus.of([make_article(published=date)]), "csl-json")
    back = next(iter(csl_json_in.read(exported.encode(), "x.csl.json").values()))

    assert str(back.published) == date


def test_a_headline_that_is_markup_survives_our_own_export():
    """
    What our export does so that nothing is taken for markup is undone.
    """
    article = make_article(headline="Ferry <i>Aurora</i> and x</sub>")
    back = next(iter(csl_json_in.read(dumps(article, "csl-json").encode(), "x").values()))

    assert back.headline == article.headline


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [[2021]]}, "2021"),
        ({"date-parts": [[2021, 4]], "circa": True}, "2021-04~"),
        ({"date-parts": [[2021, 4, 1], [2021, 4, 3]]}, "2021-04-01/2021-04-03"),
        ({"raw": "2021-04-01"}, "2021-04-01"),
        ({"literal": "2021-04-01T10:00:00+02:00", "raw": ""}, "2021-04-01"),
        ("2021-04", "2021-04"),
        ({"edtf": "2021-04~", "literal": "April"}, "2021-04~"),
        ({"raw": "", "season": None}, None),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        ({}, None),
    ],
)
def test_dates_are_taken_in_every_form_of_the_standard(issued, expected):
    """
    Parts, ranges, raw and literal dates: as exactly as they are given, and no more exactly.
    """
    article = draft({"title": "Fog", "issued": issued})

    assert (None if article.published is None else str(article.published)) == expected


@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [[2021, 13]]},
        {"date-parts": [[2021, 4, 1, 5]]},
        {"date-parts": [[2021], [2022], [2023]]},
        {"date-parts": [2021]},
        {"date-parts": [[2021.5]]},
        {"date-parts": [[True]]},
        {"date-parts": 2021},
        {"date-parts": [[2021]], "season": 1},
        {"literal": "1 April 2021"},
        {"raw": 5},
        {"edtf": "April"},
        {"season": "1"},
        {"year": 2021},
        {"circa": True},
        2021,
    ],
)
def test_a_date_that_cannot_be_taken_is_reported(issued):
    """
    The rest of the article is a draft, and the fault names the path and the field.
    """
    found = drafts({"title": "Fog", "issued": issued})

    assert [(fault.path, fault.subject) for fault in found.faults] == [("$[0].issued", "published")]
    assert found.corpus["fog"].published is None


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ({"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}, "Jan van den Berg"),
        ({"family": "Lima", "given": "Rui", "dropping-particle": "de"}, "Rui de Lima"),
        ({"family": "Emil", "given": "Frans", "non-dropping-particle": "d'"}, "Frans d'Emil"),
        ({"family": "Lind", "given": "Ana", "suffix": "Jr"}, "Ana Lind Jr"),
        ({"family": "Szabo", "given": "Eva", "static-ordering": True}, "Szabo Eva"),
        ({"family": "山田", "given": "太郎"}, "山田太郎"),
        ({"given": "Ana"}, "Ana"),
        ({"given": "Ana", "suffix": "Jr."}, "Ana Jr."),
        ({"family": "Lind"}, "Lind"),
    ],
)
def test_a_name_in_parts_is_put_together_as_it_is_printed(author, expected):
    """
    Particles, suffixes and the order of the parts are those of the name.
    """
    assert [credit.name for credit in draft({"title": "Fog", "author": [author]}).bylines] == [expected]


def test_a_particle_stays_with_the_name_that_it_belongs_to():
    """
    Family and given name are kept apart as the source keeps them apart.
    """
    author = {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}
    (credit,) = draft({"title": "Fog", "author": [author]}).bylines

    assert (credit.family, credit.given) == ("van den Berg", "Jan")


@pytest.mark.parametrize(
    ("author", "path"),
    [
        (["Ana Lind"], "$[0].author[0]"),
        ([{"family": ["Lind"]}], "$[0].author[0]"),
        ([{"name": "Ana Lind"}], "$[0].author[0]"),
        ([{"dropping-particle": "de"}], "$[0].author[0]"),
        ([{"literal": "Ana", "family": "Lind"}], "$[0].author[0]"),
        ("Ana Lind", "$[0].author"),
    ],
)
def test_a_name_of_the_wrong_type_is_reported(author, path):
    """
    Nothing is made of what is no name of CSL-JSON.
    """
    found = drafts({"title": "Fog", "author": author})

    assert [(fault.path, fault.subject) for fault in found.faults] == [(path, "bylines")]


def test_an_empty_name_is_none():
    """
    A name without letters says nothing, and is no fault.
    """
    assert draft({"title": "Fog", "author": [{}, {"literal": " "}, {"given": " "}]}).bylines == ()


def test_all_faults_of_a_file_are_raised_at_once():
    """
    Each is named with its path.
    """
    entries = [{"type": "webpage", "title": 7}, {"type": "webpage", "title": "Fog", "URL": "gazette"}]
    with pytest.raises(InvalidRecord) as caught:
        csl_json_in.read(json.dumps(entries).encode(), "x.json")

    assert [fault.path for fault in caught.value.faults] == ["$[0].title", "$[1].URL"]


@pytest.mark.parametrize("wrapped", [{"items": ZOTERO}, {"items": ZOTERO[0]}, ZOTERO[0]])
def test_items_may_stand_in_an_object_or_alone(wrapped):
    """
    As some programs give them.
    """
    assert "Aurora" in next(iter(csl_json_in.read(json.dumps(wrapped).encode(), "x").values())).headline


@pytest.mark.parametrize("data", [b'"x"', b"{}", b'{"items": 7}', b"", b"[", b"\xff"])
def test_what_is_no_list_of_items_is_refused(data):
    """
    The file is named.
    """
    with pytest.raises(InvalidDocument, match=r"x\.csl\.json"):
        csl_json_in.read(data, "x.csl.json")


def test_an_article_that_is_cited_twice_is_one_draft():
    """
    The same said again is passed over.
    """
    found = csl_json_in.read_drafts(json.dumps([ZOTERO[0], ZOTERO[0] | {"id": "again"}]).encode(), "x")

    assert len(found.corpus) == 1
    assert "says the same as $[0]" in str(found.passed_over[0])


def test_a_draft_can_be_cited():
    """
    What was read is as good as any other article.
    """
    article = draft({**ZOTERO[0], "type": "article-newspaper"})

    assert dateline.cite(evolve(article)).startswith("Lind, A.")
