"""
Records: frozen values that know where each of their fields comes from.
"""

from __future__ import annotations

import copy
import html.parser
import pickle
import unicodedata
from decimal import Decimal

import attrs
import pytest
import strategies as make
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from dateline.dates import PartialDate
from dateline.errors import InvalidValue, MissingSource
from dateline.provenance import FieldSource, source_of
from dateline.records import (
    Article,
    Claim,
    Credit,
    Dateline,
    Entity,
    Quantity,
    Rights,
    Topic,
    sourced_fields,
)
from dateline.revising import revise
from dateline.spans import Span
from dateline.vocabulary import Kind, Stance, Status


CLAIM = {
    "id": "a/c01",
    "statement": "It rained.",
    "kind": "event",
    "claimant": "group/a",
    "stance": "asserts",
    "evidence": [Span(0, 9)],
}
ARTICLE = {"id": "a", "revision": 1, "status": "published"}
ENTITY = {"id": "place/a", "kind": "place", "name": "A"}

records = make.articles | make.claims | make.entities


def source(*fields):
    """
    A source of some fields.
    """
    return FieldSource(fields=fields, basis="curated")


class Tags(html.parser.HTMLParser):
    """
    The tags and the texts of some HTML.
    """

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """
        Keep a tag with its attributes.
        """
        self.tags.append((tag, *attrs))

    def handle_data(self, data):
        """
        Keep a text.
        """
        self.texts.append(data)


@pytest.mark.properties
@given(records)
def test_a_record_is_a_value(record):
    """
    A record can be pickled, copied and hashed; what comes back is equal, and keyword by keyword the same.
    """
    names = [attribute.name for attribute in attrs.fields(type(record))]
    again = type(record)(**{name: getattr(record, name) for name in names})
    for other in (pickle.loads(pickle.dumps(record)), copy.deepcopy(record), again):  # noqa: S301
        assert (record, hash(record), repr(record)) == (other, hash(other), repr(other))


@pytest.mark.properties
@given(records)
def test_a_record_is_frozen(record):
    """
    No field of a record can be set or deleted, and none added.
    """
    for attribute in attrs.fields(type(record)):
        with pytest.raises(FrozenInstanceError):
            setattr(record, attribute.name, None)
        with pytest.raises(FrozenInstanceError):
            delattr(record, attribute.name)
    with pytest.raises((FrozenInstanceError, AttributeError)):
        record.other = 1
    assert not hasattr(record, "__dict__")


@pytest.mark.parametrize("kind", [Article, Claim, Entity, Credit, Topic])
def test_records_take_keywords_only(kind):
    """
    The order of fields is nobody's business.
    """
    with pytest.raises(TypeError):
        kind("a")


def test_words_and_dates_are_made_from_text():
    """
    Words of closed lists, dates and lists of records may be given as they are written.
    """
    claim = Claim(**CLAIM, said="2022", places=["place/a"])
    article = Article(**ARTICLE, claims=[claim], published="2022-03~")

    assert (Kind.EVENT, Stance.ASSERTS, Status.PUBLISHED) == (claim.kind, claim.stance, article.status)
    assert (PartialDate("2022"), None) == (claim.said, claim.happened)
    assert (PartialDate("2022-03~"), (claim,)) == (article.published, article.claims)
    assert ("place/a",) == claim.places
    assert Claim(**CLAIM | {"kind": Kind.EVENT}) == Claim(**CLAIM)


@pytest.mark.parametrize(
    ("kind", "given", "wrong"),
    [
        *((Article, ARTICLE, {"id": wrong}) for wrong in ("A", "place", None)),
        *((Article, ARTICLE, {"revision": wrong}) for wrong in (0, -1, True, "1", 1.0)),
        *((Article, ARTICLE, {"status": wrong}) for wrong in ("lost", None, 1)),
        *((Article, ARTICLE, {"headline": wrong}) for wrong in ("", " ", "\u2028", "x" * 2001, 1)),
        *((Article, ARTICLE, {"published": wrong}) for wrong in ("", "yesterday", 2022)),
        *((Article, ARTICLE, {"url": wrong}) for wrong in ("", "ftp://a", "https://", "https://a b", 'https://a"', "https://a\n", "javascript:1")),  # noqa: E501 - a row of a table
        *((Article, ARTICLE, {"language": wrong}) for wrong in ("", "e", "en_GB", "en-", "english_language")),
        *((Claim, CLAIM, {"id": wrong}) for wrong in ("a", "a/1", "place/c01")),
        *((Claim, CLAIM, {"kind": "lie"} ), (Claim, CLAIM, {"stance": "lies"})),
        *((Claim, CLAIM, {"statement": wrong}) for wrong in ("", "x" * 1001, None)),
        *((Claim, CLAIM, {name: ["a"]}) for name in ("via", "places", "about")),
        *((Claim, CLAIM, {"claimant": wrong}) for wrong in ("a", "", None)),
        *((Entity, ENTITY, {"wikidata": wrong}) for wrong in ("156732", "Q0", "Q", "q1", "Q1\n")),
        *((Entity, ENTITY, {"geonames": wrong}) for wrong in ("0", "-1", 706448, "٣")),
        *((Entity, ENTITY, {"iso3166": wrong}) for wrong in ("ua", "UA-", "UKR", "UA-1234")),
        *((Entity, ENTITY, {"gnd": wrong}) for wrong in ("x", "12345678901Y", "")),
        *((Entity, ENTITY, {"latitude": wrong}) for wrong in (1.5, 1, "1", Decimal("NaN"), Decimal("Infinity"), Decimal("1E+31"))),  # noqa: E501 - a row of a table
        *((Entity, ENTITY, {"variants": wrong}) for wrong in ([""], [1], "Kyiv", b"Kyiv")),
        (FieldSource, {"fields": ["a"], "basis": "curated"}, {"fields": "published"}),
        (Topic, {"code": "medtop:16000000", "label": "war"}, {"code": "16000000"}),
        (Credit, {"name": "N"}, {"entity": "N"}),
        (Credit, {"name": "N"}, {"family": ""}),
        (Dateline, {}, {"entity": "A"}),
        (Rights, {"uri": "https://a.b/"}, {"uri": "InC"}),
        (Quantity, {"value": Decimal(1), "bound": "about", "unit": "day"}, {"unit": ""}),
        (Quantity, {"value": Decimal(1), "bound": "about", "unit": "day"}, {"value": 1}),
        (FieldSource, {"fields": ["a"], "basis": "curated"}, {"fields": []}),
        *((FieldSource, {"fields": ["a"], "basis": "curated"}, {"fields": [wrong]}) for wrong in ("", "A", "a.b.c", "a.", ".a", "_a", 1)),  # noqa: E501 - a row of a table
        (FieldSource, {"fields": ["a"], "basis": "curated"}, {"basis": "guessed"}),
    ],
    ids=repr,
)  # fmt: skip
def test_values_are_checked(kind, given, wrong):
    """
    A record takes what its fields are for and refuses the rest.
    """
    assert kind(**given)
    with pytest.raises(InvalidValue):
        kind(**given | wrong)


@pytest.mark.properties
@given(records, st.data())
def test_sourced_gives_value_and_source_together(record, data):
    """
    What has a source is given with it, what has none is refused by name.
    """
    name = data.draw(st.sampled_from(sourced_fields(type(record))))
    covering = [source for source in record.sources if name in source.fields]
    if not covering:
        with pytest.raises(InvalidValue, match="field must be one that has a source: "):
            record.sourced(name)
        return

    found = record.sourced(name)
    assert (getattr(record, name), covering[-1]) == (found.value, found.source)


def test_a_part_has_its_own_source_or_that_of_the_whole():
    """
    A part of a sub-record is covered by its own source, else by the field's.
    """
    whole, part = source("dateline", "publisher"), source("dateline.date")
    article = Article(
        **ARTICLE,
        dateline=Dateline(place="P", date="2022"),
        publisher=Credit(name="N"),
        sources=[part, whole],
    )

    assert (article.dateline, whole) == attrs.astuple(article.sourced("dateline"), recurse=False)
    assert (PartialDate("2022"), part) == attrs.astuple(article.sourced("dateline.date"), recurse=False)
    assert ("P", whole) == attrs.astuple(article.sourced("dateline.place"), recurse=False)
    assert ("N", whole) == attrs.astuple(article.sourced("publisher.name"), recurse=False)
    assert part is source_of(article.sources, "dateline.date")
    assert source_of(article.sources, "headline.x") is None


@pytest.mark.parametrize(
    "name",
    [
        *("headline", "nope", "id", "claims", "", ".", "dateline.", "dateline.nope", "dateline.date.x"),
        *("url.", "url.x", "publisher.name", "sources", "__class__", "dateline.__class__", "sourced"),
    ],
)
def test_what_has_no_source_is_refused(name):
    """
    Bookkeeping, unknown fields and parts that are not there have no source.
    """
    sources = [source("dateline", "url", "publisher", "nope", "id", "sources")]
    article = Article(**ARTICLE, dateline=Dateline(), url="https://a.b/", sources=sources)
    with pytest.raises(InvalidValue):
        article.sourced(name)


def test_bookkeeping_has_no_basis():
    """
    The fields that need a source are those that tell something.
    """
    assert {"id", "revision", "status", "mentions", "claims", "text", "capture", "sources"}.isdisjoint(
        sourced_fields(Article)
    )
    assert {"id", "evidence", "sources"}.isdisjoint(sourced_fields(Claim))
    assert ("kind", "name") == sourced_fields(Entity)[:2]


def test_revise_demands_a_source():
    """
    A field that needs a source does not change without one that names it.
    """
    article = Article(**ARTICLE, headline="Old", language="en")
    for given_source in (None, source("headline"), source("dateline.date")):
        with pytest.raises(MissingSource) as caught:
            revise(article, headline="New", language="uk", source=given_source)
        named = () if given_source is None else given_source.fields
        assert tuple(name for name in ("headline", "language") if name not in named) == caught.value.fields


def test_revise_raises_the_revision():
    """
    An article's revision goes up by one with every revision, and the source is at hand.
    """
    article = Article(**ARTICLE, headline="Old", sources=[source("headline", "url"), source("language")])
    new = revise(article, headline="New", source=source("headline"))

    assert ("New", 2, "a") == (new.headline, new.revision, new.id)
    assert [("url",), ("language",), ("headline",)] == [covered.fields for covered in new.sources]
    assert Article(**ARTICLE, headline="Old", sources=article.sources) == article


def test_revise_of_bookkeeping_needs_no_source():
    """
    Claims, status and the like change without a source; the sources stay.
    """
    article = Article(**ARTICLE, sources=[source("headline")])
    new = revise(article, claims=[Claim(**CLAIM)], status="corrected")

    assert (2, article.sources, Status.CORRECTED) == (new.revision, new.sources, new.status)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        (("dateline", "url"), ("dateline",), [("url",), ("dateline",)]),
        (("dateline.date", "url"), ("dateline",), [("url",), ("dateline",)]),
        (("dateline.date",), ("dateline.date",), [("dateline.date",)]),
        (("dateline",), ("dateline.date",), [("dateline",), ("dateline.date",)]),
        (("dateline",), ("dateline", "dateline.date"), [("dateline", "dateline.date")]),
        (("url",), ("url",), [("url",)]),
    ],
)
def test_no_field_has_two_sources_after_a_revision(old, new, kept):
    """
    A new source takes the place of the old one, for a field and for its parts.
    """
    revised = revise(Article(**ARTICLE, sources=[source(*old)]), source=source(*new))

    assert kept == [covered.fields for covered in revised.sources]


def test_claims_and_entities_are_revised_without_revision():
    """
    Only articles count their revisions.
    """
    claim = revise(Claim(**CLAIM), stance="denies", source=source("stance"))
    entity = revise(Entity(**ENTITY), name="B", source=source("name"))

    assert (Stance.DENIES, (source("stance"),)) == (claim.stance, claim.sources)
    assert ("B", (source("name"),)) == (entity.name, entity.sources)


@pytest.mark.parametrize("name", ["id", "revision", "sources", "nope", "_id", ""])
def test_what_cannot_be_revised_is_refused(name):
    """
    Id, revision and sources are not set by hand, and unknown fields not at all.
    """
    with pytest.raises(InvalidValue, match="field to revise must be one of Article's own"):
        revise(Article(**ARTICLE), **{name: "b"}, source=source("url"))


def test_a_revised_value_is_checked():
    """
    A revision takes no value that the record would not take.
    """
    with pytest.raises(InvalidValue):
        revise(Article(**ARTICLE), language="no language", source=source("language"))


@pytest.mark.properties
@given(make.articles | make.claims)
def test_a_record_shows_as_safe_html(record):
    """
    Whatever a record holds, its table has no tag and no control character but our own.
    """
    shown = Tags(record._repr_html_())

    assert {("table",), ("caption",), ("tr",), ("th", ("scope", "row")), ("td",)} == set(shown.tags)
    assert not any(unicodedata.category(sign).startswith("C") for sign in "".join(shown.texts))
    assert record.id in shown.texts


def test_what_an_article_lacks_shows_as_a_dash():
    """
    The table of an article without headline has a dash there, and counts the claims.
    """
    assert ["Article", "id", "a", "headline", "–", "publisher", "–", "published", "–", "claims", "0"] == (
        Tags(Article(**ARTICLE)._repr_html_()).texts
    )
