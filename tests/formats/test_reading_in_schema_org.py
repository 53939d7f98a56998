"""
schema.org articles read into drafts: JSON-LD, and pages as content management systems write them.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import dateline
from dateline.corpus import Corpus
from dateline.errors import InvalidDocument, InvalidRecord
from dateline.formats import schema_org, schema_org_in
from dateline.formats.html_scripts import page_text, scripts
from dateline.formats.linked import iso_date
from dateline.records import Credit, Topic
from dateline.testing import make_article


TYPES = Path(__file__).parents[3] / "shared" / "schemas" / "schemaorg" / "schemaorg-current-https-types.csv"

#: As Yoast has it: one graph, whose nodes refer to one another.
GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": ["Article", "NewsArticle"],
            "@id": "https://gazette.example/ferry/#article",
            "isPartOf": {"@id": "https://gazette.example/ferry/"},
            "author": {"name": "Ana Lind", "@id": "https://gazette.example/#/schema/person/1"},
            "headline": "Ferry returns to the Old Quay",
            "datePublished": "2021-04-01T23:10:00+02:00",
            "dateModified": "2021-04-02T08:00:00+02:00",
            "mainEntityOfPage": {"@id": "https://gazette.example/ferry/#webpage"},
            "wordCount": 412.5,
            "publisher": {"@id": "https://gazette.example/#organization"},
            "inLanguage": "en-GB",
            "citation": {"@type": "NewsArticle", "headline": "Ferry halts"},
        },
        {
            "@type": "WebPage",
            "@id": "https://gazette.example/ferry/#webpage",
            "url": "https://gazette.example/ferry/",
            "about": {"@id": "https://gazette.example/#organization"},
        },
        {
            "@type": "Organization",
            "@id": "https://gazette.example/#organization",
            "name": "The Harbour Gazette",
        },
        {"@type": "Person", "@id": "https://gazette.example/#/schema/person/1", "name": "Ana Lind"},
    ],
}

PLAIN = {
    "@context": "http://schema.org",
    "@type": "NewsArticle",
    "headline": "Fog",
    "url": "https://g.example/fog",
}

IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"


def page(*texts, kind="application/ld+json"):
    """
    An HTML page with some scripts.
    """
    found = "\n".join(f"<script type='{kind}'>{text}</script>" for text in texts)

    return f"<!DOCTYPE html>\n<html><title>x</title>\n{found}\n<body><p>x</p></body></html>".encode()


def drafts(node):
    """
    The drafts in one article with the given properties.
    """
    return schema_org_in.read_drafts(json.dumps({"@type": "NewsArticle"} | node).encode(), "x.jsonld")


def draft(node):
    """
    The one draft of an article, all of which was taken.
    """
    found = drafts(node)
    (article,) = found.complete().values()

    return article


@pytest.mark.parametrize(
    "data", [json.dumps(GRAPH).encode(), page(json.dumps(GRAPH)), b"\xef\xbb\xbf" + page(json.dumps(GRAPH))]
)
def test_a_graph_is_read_with_its_references(data):
    """
    Publisher, author and page stand in nodes of their own; what the article cites is none of its own.
    """
    (article,) = schema_org_in.read(data, "ferry.html").values()

    assert article.id == "the-harbour-gazette-2021-04-01-ferry-returns-to-the-old-quay"
    assert article.headline == "Ferry returns to the Old Quay"
    assert article.publisher == Credit(name="The Harbour Gazette")
    assert article.bylines == (Credit(name="Ana Lind"),)
    assert (str(article.published), article.language) == ("2021-04-01", "en-GB")
    assert article.url == "https://gazette.example/ferry/"
    assert article.sourced("headline").source.reference == "ferry.html"


def test_our_own_export_is_read_back():
    """
    Every article of the dataset comes back with the same headline, outlet, names, address and language.

    The date is the one that is written, which says less where it is a choice.
    """
    ukraine = dateline.load("ukraine-2022")
    again = list(schema_org_in.read(schema_org.write(ukraine).encode(), "ukraine.jsonld").values())

    for article, back in zip(ukraine.values(), again, strict=True):
        for name in ("headline", "url", "language", "topics"):
            assert getattr(back, name) == getattr(article, name)
        assert str(back.published) == iso_date(article.published)
        assert back.publisher.name == article.publisher.name
        assert [credit.family for credit in back.bylines] == [credit.family for credit in article.bylines]


@pytest.mark.parametrize(
    "value",
    [
        [PLAIN, {"@type": "BreadcrumbList"}],
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": PLAIN}]},
        {"@type": "WebPage", "mainEntity": [PLAIN]},
        {"@type": "CollectionPage", "hasPart": PLAIN},
        {
            "@type": "https://schema.org/NewsArticle",
            "https://schema.org/headline": "Fog",
            "schema:url": PLAIN["url"],
        },
        {"@graph": [PLAIN, PLAIN]},
    ],
)
def test_articles_are_found_where_they_stand(value):
    """
    In arrays, lists and pages, with or without the prefix of the vocabulary, and each once.
    """
    (article,) = schema_org_in.read(json.dumps(value).encode(), "x.json").values()

    assert (article.headline, article.url) == ("Fog", "https://g.example/fog")


def test_scripts_of_one_page_are_read_together():
    """
    A node of one may refer to one of another, and what is said of one node in two places is one article.
    """
    first = {"@type": "NewsArticle", "@id": "#a", "headline": "Fog", "publisher": {"@id": "#p"}}
    second = [
        {"@id": "#p", "name": "The Harbour Gazette"},
        {"@type": "Article", "@id": "#a", "inLanguage": "en"},
    ]
    data = page(json.dumps(first), json.dumps({"@type": "WebSite"}), json.dumps(second))
    found = schema_org_in.read_drafts(data, "fog.html")
    (article,) = found.complete().values()

    assert (article.id, article.language) == ("the-harbour-gazette-fog", "en")
    assert [fault.path for fault in found.passed_over] == ["script[1]"]


@pytest.mark.parametrize(
    ("value", "path", "told"),
    [
        (
            [PLAIN, {"@type": "SatiricalArticle", "name": "Mist"}],
            "$[1]",
            "is of the type 'SatiricalArticle', not",
        ),
        (
            [PLAIN, {"@type": "WebPage", "subjectOf": PLAIN | {"headline": "Mist"}}],
            "$[1].subjectOf",
            "only refers",
        ),
        (PLAIN | {"hasPart": [{"@type": "Report", "name": "Mist"}]}, "$.hasPart[0]", "only refers to it"),
        (
            PLAIN | {"liveBlogUpdate": {"@type": "BlogPosting", "headline": "A"}},
            "$.liveBlogUpdate",
            "inside of",
        ),
    ],
)
def test_articles_that_are_not_read_are_told(value, path, told):
    """
    Those of other kinds, and those that something else only refers to.
    """
    found = schema_org_in.read_drafts(json.dumps(value).encode(), "x.json")

    assert ["Fog"] == [article.headline for article in found.complete().values()]
    assert path in [fault.path for fault in found.passed_over]
    assert told in next(fault.message for fault in found.passed_over if fault.path == path)


@pytest.mark.parametrize(
    "value",
    [
        [PLAIN | {"@id": "#a"}, {"@type": "WebPage", "mainEntity": {"@id": "#a"}}],
        PLAIN | {"isBasedOn": {"@type": "NewsArticle", "@id": "#b"}},
        PLAIN | {"@id": "#a", "mainEntityOfPage": {"@type": "WebPage", "mainEntity": PLAIN | {"@id": "#a"}}},
    ],
)
def test_mere_references_are_no_articles(value):
    """
    Nor is the article itself, where it stands once more under its name.
    """
    found = schema_org_in.read_drafts(json.dumps(value).encode(), "x.json")

    assert (1, (), ()) == (len(found.corpus), found.faults, found.passed_over)


@pytest.mark.parametrize("container", ["blogPost", "dataFeedElement"])
def test_posts_of_blogs_and_feeds_are_read(container):
    """
    As elements of lists are.
    """
    value = {"@type": "Thing", container: [PLAIN, {"@type": "BlogPosting", "headline": "Mist"}]}
    found = schema_org_in.read(json.dumps(value).encode(), "x.json")

    assert ["Fog", "Mist"] == [article.headline for article in found.values()]


@pytest.mark.parametrize(
    ("key", "other", "field"),
    [
        ("headline", "Mist", "headline"),
        ("datePublished", "2022-02-02", "published"),
        ("url", "https://g.example/mist", "url"),
        ("inLanguage", "uk", "language"),
    ],
)
def test_what_is_said_of_one_node_must_agree(key, other, field):
    """
    Which of two is right nobody knows; a list of one is no difference.
    """
    first = PLAIN | {"@id": "#a", "datePublished": "2021-01-01", "inLanguage": "en"}
    same = {"@type": "NewsArticle", "@id": "#a", key: [first[key]]}
    differing = same | {key: other}

    assert () == schema_org_in.read_drafts(json.dumps([first, same]).encode(), "x.json").faults
    (fault,) = schema_org_in.read_drafts(json.dumps([first, differing]).encode(), "x.json").faults
    assert (f"$[1].{key}", field) == (fault.path, fault.subject)


def test_a_broken_script_is_reported_and_the_others_are_read():
    """
    The fault names the script and the line of the page; by default it is raised.
    """
    data = page('{"@type": "NewsArticle",\n "headline": oops}', json.dumps(PLAIN), '{"a": NaN}')
    found = schema_org_in.read_drafts(data, "fog.html")

    assert [fault.path for fault in found.faults] == ["script[0]", "script[2].a"]
    assert found.faults[0].message == "must be JSON: Expecting value at column 14, in line 4"
    assert list(found.corpus) == ["fog"]
    with pytest.raises(InvalidRecord, match=r"fog\.html: must be JSON"):
        schema_org_in.read(data, "fog.html")


@pytest.mark.parametrize(
    "data", [b"<p>x</p>", page("{}", kind="text/javascript"), page("{}"), b"{}", b"7", b"", b"\xff"]
)
def test_a_file_without_an_article_is_refused(data):
    """
    The file is named.
    """
    with pytest.raises(InvalidDocument, match=r"x\.html"):
        schema_org_in.read(data, "x.html")


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ana Lind", [Credit(name="Ana Lind")]),
        (
            ["Ana Lind", {"@type": "Organization", "name": "Coast Wire"}],
            [Credit(name="Ana Lind"), Credit(name="Coast Wire")],
        ),
        ({"givenName": "Ana", "familyName": "Lind"}, [Credit(name="Ana Lind", family="Lind", given="Ana")]),
        ({"familyName": "Lind"}, [Credit(name="Lind", family="Lind")]),
        ({"name": ["Ana Lind"]}, [Credit(name="Ana Lind")]),
        ({"name": {"@value": "Ana Lind", "@language": "en"}}, [Credit(name="Ana Lind")]),
        ([], []),
        (None, []),
    ],
)
def test_authors_are_taken_as_they_are_printed(author, expected):
    """
    Texts, people and bodies; family and given name only where they are kept apart.
    """
    assert list(draft({"headline": "Fog", "author": author}).bylines) == expected


def test_a_creator_is_an_author():
    """
    Where there is no author.
    """
    assert draft({"headline": "Fog", "creator": "Ana Lind"}).bylines == (Credit(name="Ana Lind"),)


@pytest.mark.parametrize(
    ("wrong", "path", "field"),
    [
        ({"author": ["Ana Lind", 7]}, "$.author[1]", "bylines"),
        ({"author": "https://social.example/gazette"}, "$.author", "bylines"),
        ({"author": {"@id": "#nobody"}}, "$.author", "bylines"),
        ({"headline": ["Fog", "Mist"]}, "$.headline", "headline"),
        ({"datePublished": "01/04/2021"}, "$.datePublished", "published"),
        ({"datePublished": 1617235200}, "$.datePublished", "published"),
        ({"url": "/fog"}, "$.url", "url"),
        ({"url": 7}, "$.url", "url"),
        ({"inLanguage": "en_US"}, "$.inLanguage", "language"),
        ({"inLanguage": ["en", "uk"]}, "$.inLanguage", "language"),
        ({"inLanguage": {"@type": "Language"}}, "$.inLanguage", "language"),
        ({"publisher": {"name": 7}}, "$.publisher", "publisher"),
        ({"@id": ["#a"], "publisher": {"name": "x" * 501}}, "$.publisher", "publisher"),
    ],
)
def test_a_value_that_cannot_be_taken_is_reported(wrong, path, field):
    """
    The fault names the path and the field.
    """
    assert [(fault.path, fault.subject) for fault in drafts(wrong).faults] == [(path, field)]


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"name": "Fog"}, "Fog"),
        ({"headline": "", "name": "Fog"}, "Fog"),
        ({"headline": "Rain &amp; </script> fog", "name": "x"}, "Rain &amp; </script> fog"),
        ({"inLanguage": "en"}, None),
    ],
)
def test_a_headline_is_taken_as_it_stands(node, expected):
    """
    Text is text; a name is a headline where there is no other.
    """
    assert draft(node).headline == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"url": ["https://g.example/a"]}, "https://g.example/a"),
        ({"url": {"@id": "https://g.example/a"}}, "https://g.example/a"),
        ({"mainEntityOfPage": "https://g.example/a"}, "https://g.example/a"),
        ({"mainEntityOfPage": {"@type": "WebPage", "url": "https://g.example/a"}}, "https://g.example/a"),
        ({"mainEntityOfPage": True}, None),
        ({"mainEntityOfPage": {"@id": "#page"}}, None),
        ({"@id": "https://g.example/a#article"}, None),
    ],
)
def test_an_address_is_that_of_the_article_or_its_page(node, expected):
    """
    The name of a node is no address.
    """
    assert draft({"headline": "Fog"} | node).url == expected


def test_a_language_may_be_an_object():
    """
    Then its other name is the tag.
    """
    language = {"@type": "Language", "name": "English", "alternateName": "en"}

    assert draft({"headline": "Fog", "inLanguage": language}).language == "en"


@pytest.mark.parametrize("holder", ["Harbour Media", {"@id": "#h", "name": "Harbour Media"}])
@pytest.mark.parametrize("usage", [IN_COPYRIGHT, {"@id": IN_COPYRIGHT}, [IN_COPYRIGHT]])
def test_media_topics_and_statements_of_rights_are_read(holder, usage):
    """
    Of subjects and rights only what a record has a place for; labels only if they are English.
    """
    node = {
        "headline": "Fog",
        "about": [
            "ferries",
            {"name": "x"},
            {"@type": "DefinedTerm", "termCode": "medtop:20000337", "name": "transport"},
        ],
        "usageInfo": usage,
        "copyrightHolder": holder,
    }

    assert draft(node).topics == (Topic(code="medtop:20000337", label="transport"),)
    assert draft(node).rights.holder == "Harbour Media"
    assert draft(node | {"inLanguage": "nb"}).topics == ()
    assert draft(node | {"usageInfo": "https://gazette.example/terms"}).rights is None


@pytest.mark.skipif(not TYPES.is_file(), reason="the official table of types is not here")
def test_the_types_are_those_of_the_vocabulary():
    """
    Every type of news article is read, and every type that is read exists.
    """
    with TYPES.open(encoding="utf-8", newline="") as file:
        rows = {row["label"]: row["subTypeOf"] for row in csv.DictReader(file)}
    news = {label for label, above in rows.items() if "https://schema.org/NewsArticle" in above}

    assert news <= schema_org_in.ARTICLES <= rows.keys()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<script type="application/ld+json">1</script>', ["1"]),
        ("<SCRIPT id=x defer type=application/LD+JSON >1</Script\n>", ["1"]),
        ('<script type="application/ld+json; charset=utf-8">1</script>', ["1"]),
        ("<script data-x='>' type='application/ld+json'>1</script>", ["1"]),
        ('<script type="application/ld+json" type="text/x">1</script >', ["1"]),
        ('<script type="application/ld+json">"<!--" </scripts> </script x>', ['"<!--" </scripts> ']),
        ('<!-- <script type="application/ld+json">1</script> -->', []),
        ('<!--><script type="application/ld+json">1</script>', ["1"]),
        ('<!-- <script type="application/ld+json">1</script>', []),
        ('<script>"<script type=application/ld+json>"</script>', []),
        ("<script type>1</script>", []),
        ('<script type="application/ld+json">1', ["1"]),
        ('<style type="application/ld+json">1</style>', []),
        *(
            (f'{before}<script type="application/ld+json">1</script><!-- " -->', ["1"])
            for before in (
                '<meta content="why <!-- is bad">',
                "<title>The <!-- bug</title>",
                "<title>The bug",
                "<style><!-- a{} </style>",
                "<!-- x --!>",
                "<div data-x=\"<script type='text/x'>\">",
                "<p title=it's class='a''>",
                '<a href = "x>y" "">',
            )
        ),
        ('<script type="application/ld+json', []),
        (f"<script {'x' * 3000} type='application/ld+json'>1</script>", []),
        ('<scripted type="application/ld+json">1</scripted>', []),
    ],
)
def test_scripts_are_found_as_a_browser_finds_them(html, expected):
    """
    Whatever the case, the order and the quotes; not in comments, and not inside other scripts.
    """
    assert [text for _, text in scripts(html, "application/ld+json")] == expected


def test_a_script_is_told_with_its_line():
    """
    Counted from 1.
    """
    html = (
        "\n<script type='application/ld+json'>1</script>\n\n<script type='application/ld+json'>\n2</script>"
    )

    assert list(scripts(html, "application/ld+json")) == [(2, "1"), (4, "\n2")]


@pytest.mark.parametrize(
    ("declared", "text"),
    [("windows-1251", "Туман"), ("ISO-8859-1", "“é”"), ("utf-8", "Туман"), ("shift_jis", "霧")],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(declared, text):
    """
    As browsers do: Latin-1 is Windows-1252.
    """
    codec = "windows-1252" if declared == "ISO-8859-1" else declared
    data = f'<html><meta charset="{declared}">{text}'.encode(codec)

    assert page_text(data, "x.html").endswith(text)


def test_a_page_that_is_not_in_its_encoding_is_refused():
    """
    The byte is named.
    """
    with pytest.raises(InvalidDocument, match="must be utf-8, but byte 6 is not"):
        schema_org_in.read(b"<html>\xff", "x.html")


@pytest.mark.parametrize("declared", ["rot13", "unicode_escape", "utf-7", "x-unknown"])
def test_a_page_in_an_unknown_encoding_is_refused(declared):
    """
    Codecs that are no encodings of the web are not run.
    """
    with pytest.raises(InvalidDocument, match="known encoding"):
        page_text(f'<meta charset="{declared}">'.encode(), "x.html")


@pytest.mark.parametrize(
    "unit", ["<!--", "<script ", "<script>", "<script type='", "<a ", "</script ", '<script x="']
)
def test_a_hostile_page_takes_no_longer_than_it_is_long(unit):
    """
    Ten times the page, about ten times the steps: nothing is gone through again.
    """
    data = (unit * (2_000_000 // len(unit))).encode()
    with pytest.raises(InvalidDocument, match="must have a script"):
        schema_org_in.read(b"<html>" + data, "x.html")


def page_of(*nodes):
    """
    A page with a script for each node.
    """
    return "<!doctype html>" + "".join(
        f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes
    )


def test_blank_nodes_of_two_scripts_are_two():
    """
    The label of a node without a name means nothing outside of its own script.
    """
    nodes = [{"@type": "NewsArticle", "@id": "_:b0", "headline": headline} for headline in ("Fog", "Hail")]

    assert ["Fog", "Hail"] == [
        article.headline for article in dateline.reads(page_of(*nodes), "schema.org").values()
    ]


def test_one_article_with_two_headlines_is_a_fault():
    """
    Nodes of the same name are one article, whose headline must not be told in two ways.
    """
    nodes = [
        {"@type": "NewsArticle", "@id": "https://a.example/1", "headline": headline}
        for headline in ("Fog", "Fog", "Hail")
    ]
    found = schema_org_in.read_drafts(page_of(*nodes).encode(), "x.html")

    assert ["Fog"] == [article.headline for article in found.corpus.values()]
    assert [("script[2].headline", "headline")] == [(fault.path, fault.subject) for fault in found.faults]


def test_an_export_without_its_entities_is_read_back():
    """
    A publisher that is named by an id alone has the name that is printed.
    """
    lone = Corpus.of((make_article(),))
    (article,) = dateline.reads(dateline.dumps(lone, "schema.org"), "schema.org").values()

    assert make_article().publisher.name == article.publisher.name
