"""
What each predicate means on an article and on a claim, against an oracle that spells it out.
"""

from __future__ import annotations

import datetime
import functools
import unicodedata

import pytest
import strategies as make
from attrs import evolve
from hypothesis import given

from dateline import leaves, where
from dateline.corpus import Corpus
from dateline.errors import InvalidValue, NoSuchEntity
from dateline.predicates import And, Custom, Leaf, Not, Or, Predicate
from dateline.provenance import FieldSource
from dateline.records import Article, Claim, Credit, Entity, Mention, Quantity, Topic
from dateline.spans import Span


DAY = datetime.timedelta(days=1)


def same(one, other):
    """
    Whether two texts are the same but for case and composition.
    """
    plain = [
        unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()) for text in (one, other)
    ]
    return plain[0] == plain[1]


@functools.cache
def days(first, last):
    """
    All days from the first to the last, as text.
    """
    return [(first + number * DAY).isoformat() for number in range((last - first).days + 1)]


def dated(test, date):
    """
    Whether a date passes a test, told by comparing the texts of its days.
    """

    def inside(day):
        since, until = test.since or "", test.until or "9999"
        return day[: len(since)] >= since and day[: len(until)] <= until

    if date is None:
        return False
    readings = [days(first, last) for first, last in date.readings]
    if test.certainly:
        return not date.qualifier and all(inside(day) for reading in readings for day in reading)

    return any(inside(day) for reading in readings for day in reading)


def bears(corpus, name, id):
    """
    Whether *name* means the entity *id* in a corpus where it means just one.
    """
    return id is not None and corpus.entity(name).id == id


def on_claim(test, claim, corpus):  # noqa: C901, PLR0911, PLR0912 - one case a predicate
    """
    Whether a predicate holds for a claim.
    """
    match test:
        case And():
            return all(on_claim(part, claim, corpus) for part in test.parts)
        case Or():
            return any(on_claim(part, claim, corpus) for part in test.parts)
        case Not():
            return not on_claim(test.part, claim, corpus)
        case leaves.Id():
            return claim.id in test.ids or claim.id.split("/")[0] in test.ids
        case leaves.Said():
            return dated(test, claim.said)
        case leaves.Happened():
            return dated(test, claim.happened)
        case leaves.Place():
            return any(bears(corpus, name, place) for name in test.names for place in claim.places)
        case leaves.About():
            return any(bears(corpus, name, other) for name in test.names for other in claim.about)
        case leaves.Claimant():
            return any(bears(corpus, name, claim.claimant) for name in test.names)
        case leaves.Kind():
            return claim.kind.value in list(map(str, test.kinds))
        case leaves.Stance():
            return claim.stance.value in list(map(str, test.stances))
        case leaves.HasQuantity():
            return any(
                (test.unit is None or same(quantity.unit, test.unit))
                and not (test.at_least is not None and quantity.value < test.at_least)
                and not (test.at_most is not None and quantity.value > test.at_most)
                for quantity in claim.quantities
            )
        case leaves.Contains():
            return contains(test, claim.statement)
        case leaves.HasBasis():
            return based(test, claim.sources)
        case leaves.AnyClaim() | leaves.ArticleLeaf():
            [article] = [article for article in corpus.values() if claim in article.claims]
            return on_article(test, article, corpus)

    raise AssertionError(test)


def on_article(test, article, corpus):  # noqa: PLR0912, C901, PLR0911 - one case a predicate
    """
    Whether a predicate holds for an article.
    """
    match test:
        case And():
            return all(on_article(part, article, corpus) for part in test.parts)
        case Or():
            return any(on_article(part, article, corpus) for part in test.parts)
        case Not():
            return not on_article(test.part, article, corpus)
        case leaves.Id():
            return article.id in test.ids or any(claim.id in test.ids for claim in article.claims)
        case leaves.Published():
            return dated(test, article.published)
        case leaves.Mentions():
            return any(bears(corpus, name, found.entity) for name in test.names for found in article.mentions)
        case leaves.Publisher():
            return article.publisher is not None and any(
                published(name, article.publisher, corpus) for name in test.names
            )
        case leaves.Language():
            return article.language is not None and any(
                article.language.lower().split("-")[: len(tag.split("-"))] == tag.lower().split("-")
                for tag in test.tags
            )
        case leaves.Topic():
            return any(
                same(name, text)
                for name in test.topics
                for topic in article.topics
                for text in (topic.code, topic.label)
            )
        case leaves.Contains():
            return any(contains(test, text) for text in (article.headline, article.abstract)) or any(
                contains(test, claim.statement) for claim in article.claims
            )
        case leaves.HasBasis():
            return based(test, article.sources) or any(based(test, claim.sources) for claim in article.claims)
        case leaves.AnyClaim():
            return any(all(on_claim(part, claim, corpus) for part in test.parts) for claim in article.claims)
        case leaves.ClaimLeaf():
            return any(on_claim(test, claim, corpus) for claim in article.claims)

    raise AssertionError(test)


def published(name, credit, corpus):
    """
    Whether a credit is of the entity that a name means, or prints the name.
    """
    try:
        return same(name, credit.name) or bears(corpus, name, credit.entity)
    except NoSuchEntity:
        return False


def contains(test, text):
    """
    Whether a text holds one of the words, whatever their case.
    """
    fold = [
        unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())
        for word in (*test.words, text or "")
    ]
    return text is not None and any(word in fold[-1] for word in fold[:-1])


def based(test, sources):
    """
    Whether one of the sources is on one of the grounds, for the field if one is named.
    """
    return any(
        str(source.basis) in map(str, test.bases) and test.field in (None, *source.fields)
        for source in sources
    )


def holds(corpus, predicate):
    """
    The ids of the articles and of the claims that a predicate keeps, by the corpus and by the oracle.
    """
    return (
        (list(corpus.filter(predicate)), list(corpus.claims.filter(predicate))),
        (
            [id for id, article in corpus.items() if on_article(predicate, article, corpus)],
            [id for id, claim in corpus.claims.items() if on_claim(predicate, claim, corpus)],
        ),
    )


@pytest.mark.properties
@given(make.corpora_with_predicates(count=4))
def test_each_predicate_keeps_what_it_says(corpus_and_predicates):
    """
    A predicate, alone or combined, keeps those articles and claims that the oracle keeps.
    """
    corpus, *predicates = corpus_and_predicates
    for predicate in predicates:
        kept, expected = holds(corpus, predicate)
        assert expected == kept, predicate


PLACE = Entity(id="place/kherson", kind="place", name="Kherson", variants=["Cherson"])
SPEAKER = Entity(id="person/a-b", kind="person", name="A. B.", variants=["Kherson"])
PAPER = Entity(id="organisation/paper", kind="organisation", name="The Paper")


def claim(id, **fields):
    """
    A claim with some fields.
    """
    given = {"statement": "S", "kind": "event", "claimant": "person/a-b", "stance": "asserts"}

    return Claim(id=id, evidence=[Span(0, 1)], **given | fields)


RICH = Article(
    id="rich",
    revision=1,
    status="published",
    headline="Café opens",
    abstract="About an ABSTRACT.",
    publisher=Credit(name="PAPER, The", entity="organisation/paper"),
    published="2022-03",
    language="en-GB",
    topics=[Topic(code="medtop:16000000", label="conflict, war and peace")],
    mentions=[Mention(entity="place/kherson", spans=[Span(0, 1)])],
    sources=[FieldSource(fields=["headline", "dateline.date"], basis="inferred", note="N")],
    claims=[
        claim(
            "rich/c01",
            statement="It rained ﬁrmly.",
            kind="control",
            said="2022-03-02~",
            happened="[2022-03-01,2022-03-05]",
            places=["place/kherson"],
            quantities=[Quantity(value=make.Decimal("12.5"), bound="about", unit="Kilometres")],
            sources=[FieldSource(fields=["said"], basis="unknown")],
        ),
        claim("rich/c02", stance="denies", about=["organisation/paper"]),
    ],
)
BARE = Article(
    id="bare", revision=1, status="published", claims=[claim("bare/c01", claimant="place/kherson")]
)
CORPUS = Corpus.of([RICH, BARE], [PLACE, SPEAKER, PAPER])
BOTH, ONE, TWO = ["rich/c01", "rich/c02"], ["rich/c01"], ["rich/c02"]

#: A predicate, and the claims it keeps; the article is kept if one is.
MEANINGS = [
    (where.id("rich"), BOTH),
    (where.id("rich/c02"), TWO),
    (where.id("rich/c03", "ric"), []),
    (where.published(), BOTH),
    (where.published(since="2022-03-31"), BOTH),
    (where.published(since="2022-04"), []),
    (where.published(until="2022-03-01"), BOTH),
    (where.published(until="2022-02"), []),
    (where.published(since="2022-03-02", certainly=True), []),
    (where.published(since="2022", until="2022", certainly=True), BOTH),
    (where.published(since=datetime.date(2022, 3, 30)), BOTH),
    (where.said(since="2022-03-02", until="2022-03-02"), ONE),
    (where.said(since="2022", certainly=True), []),
    (where.happened(since="2022-03-02", until="2022-03-04"), []),
    (where.happened(until="2022-03-01"), ONE),
    (where.happened(since="2022-03-01", until="2022-03-05", certainly=True), ONE),
    (where.place("Kherson"), ONE),
    (where.place("cherson", "place/kherson"), ONE),
    (where.about("the paper"), TWO),
    (where.about("Kherson"), []),
    (where.claimant("person/a-b"), BOTH),
    (where.mentions("Kherson"), BOTH),
    (where.publisher("The Paper"), BOTH),
    (where.publisher("paper, the"), BOTH),
    (where.publisher("organisation/paper"), BOTH),
    (where.language("en"), BOTH),
    (where.language("EN-gb"), BOTH),
    (where.language("e"), []),
    (where.language("en-GB-oxendict"), []),
    (where.topic("medtop:16000000"), BOTH),
    (where.topic("CONFLICT, war and peace"), BOTH),
    (where.topic("war"), []),
    (where.kind("control"), ONE),
    (where.kind("control", "event") & where.stance("denies"), TWO),
    (where.quantity(), ONE),
    (where.quantity(unit="kilometres", at_least="12.50", at_most=13), ONE),
    (where.quantity(at_least=13), []),
    (where.quantity(at_most="12.4"), []),
    (where.quantity(unit="kilometre"), []),
    (where.contains("rained"), ONE),
    (where.basis("unknown"), ONE),
    (where.basis("unknown", field="said"), ONE),
    (where.basis("unknown", field="happened"), []),
    (where.any_claim(where.kind("control")), BOTH),
    (where.any_claim(where.kind("control"), where.stance("denies")), []),
    (where.any_claim(where.published(since="2022")), BOTH),
    (where.kind("control") & where.stance("denies"), []),
]


@pytest.mark.parametrize(("predicate", "claims"), MEANINGS, ids=lambda value: repr(value))  # noqa: PLW0108
def test_meanings(predicate, claims):
    """
    Each predicate keeps the claims listed, and the oracle agrees.
    """
    kept, expected = holds(CORPUS, predicate)

    assert claims == kept[1]
    assert expected == kept
    assert isinstance(predicate, Predicate)


def test_an_article_is_kept_for_any_of_its_claims():
    """
    Two predicates about claims may hold for two claims of an article; ``any_claim`` asks for one.
    """
    both = where.kind("control") & where.stance("denies")

    assert ["rich"] == list(CORPUS.filter(both))
    assert [] == list(CORPUS.filter(where.any_claim(both)))
    assert ["bare"] == list(CORPUS.filter(~where.kind("control")))
    assert ["rich/c02", "bare/c01"] == list(CORPUS.claims.filter(~where.kind("control")))


@pytest.mark.parametrize(
    ("words", "articles"),
    [
        ("CAFE\u0301", ["rich"]),
        ("abstract", ["rich"]),
        ("RAINED", ["rich"]),
        ("s", ["rich", "bare"]),
        ("rich", []),
    ],
)
def test_words_are_sought_in_all_texts_of_an_article(words, articles):
    """
    Headline, abstract and statements count, whatever the case.
    """
    assert articles == list(CORPUS.filter(where.contains(words)))


@pytest.mark.parametrize(
    ("predicate", "articles"),
    [
        (where.basis("inferred"), ["rich"]),
        (where.basis("inferred", field="dateline.date"), ["rich"]),
        (where.basis("inferred", field="dateline"), []),
        (where.basis("unknown", field="said"), ["rich"]),
        (where.basis("stated"), []),
    ],
    ids=repr,
)
def test_a_basis_counts_in_article_and_claims(predicate, articles):
    """
    An article is kept for its own sources and for those of its claims.
    """
    assert articles == list(CORPUS.filter(predicate))


def test_a_place_is_meant_as_one():
    """
    A name of a place and of a person is the place where places are asked for.
    """
    people = Corpus.of([RICH, BARE], [PLACE, evolve(SPEAKER, name="Kherson"), PAPER])

    assert ["rich"] == list(people.filter(where.place("Kherson")))


@pytest.mark.parametrize("predicate", [predicate for predicate, _ in MEANINGS], ids=repr)
def test_a_predicate_can_be_called(predicate):
    """
    With ids only a predicate can be asked of one article; of a lone claim, unless it needs the article.
    """
    by_id = isinstance(predicate, Leaf) and not hasattr(predicate, "names")
    if by_id or getattr(predicate, "names", ("",))[0].startswith(("place/", "person/", "organisation/")):
        assert (RICH.id in CORPUS.filter(predicate)) == predicate(RICH)
    if by_id and isinstance(predicate, (leaves.ArticleLeaf, leaves.AnyClaim)):
        with pytest.raises(InvalidValue, match="record must be an article, or a claim in a corpus"):
            predicate(RICH.claims[0])
    elif by_id:
        assert ("rich/c01" in CORPUS.claims.filter(predicate)) == predicate(RICH.claims[0])


def test_a_name_needs_a_corpus():
    """
    Called on a record alone, a predicate does not know what a name means.
    """
    for predicate in (where.place("Kherson"), where.publisher("The Paper")):
        with pytest.raises(NoSuchEntity):
            predicate(RICH)


def test_custom_callables_get_what_is_filtered():
    """
    A callable is given the article, or the claim where claims are filtered.
    """
    assert ["rich"] == list(CORPUS.filter(lambda article: article.headline))
    assert TWO == list(CORPUS.claims.filter(lambda claim: claim.stance == "denies"))
    assert isinstance(CORPUS.filter(bool).selection, Custom)
