"""
Every engine keeps the articles and claims that a filter in memory keeps.
"""

from __future__ import annotations

import pytest
import strategies as make
from attrs import evolve
from hypothesis import HealthCheck, given, settings

import dateline
from dateline import where
from dateline.corpus import Corpus
from dateline.testing import make_article, make_claim, make_entity, tiny_corpus


UKRAINE = dateline.load("ukraine-2022")

#: At least one predicate of each word, with what is hard about it.
PREDICATES = [
    where.id("kherson-seized"),
    where.id("kherson-seized/c01", "konotop-ultimatum"),
    where.id("kherson-seized/c999"),
    where.published(),
    where.published(since="2022-03", until="2022-03"),
    where.published(until="2022-03-02", certainly=True),
    where.said(since="2022-03-02"),
    where.said(certainly=True),
    where.happened(since="2022-02-25", until="2022-03-01"),
    where.happened(since="2022-02-25", until="2022-03-01", certainly=True),
    where.place("kherson"),
    where.place("Kyiv", "place/kharkiv"),
    where.mentions("place/kyiv"),
    where.about("Ukraine"),
    where.claimant("Volodymyr Zelenskyy", "Vladimir Putin"),
    where.publisher("YNETNEWS"),
    where.language("EN"),
    where.language("de", "uk"),
    where.topic("medtop:20000053", "WAR"),
    where.kind("control", "casualties"),
    where.stance("denies"),
    where.quantity(),
    where.quantity(unit="PEOPLE", at_least=10),
    where.quantity(at_least="1.5", at_most=3),
    where.quantity(at_most=-1),
    where.contains("RUSSIA"),
    where.contains("%", "corridor"),
    where.basis("inferred"),
    where.basis("unknown", "inferred", field="said"),
    where.basis("stated", field="headline.stated:url"),
    where.any_claim(where.place("Kharkiv") & where.stance("denies")),
    where.any_claim(where.published(since="2022-11") | where.kind("aid"), where.stance("asserts")),
    where.any_claim(where.any_claim(where.kind("aid"))),
    where.place("Kherson") & where.published(since="2022-11") & ~where.kind("threat"),
    where.place("Kherson") | where.published(since="2022-11") | where.kind("threat"),
    ~(where.contains("the") & where.mentions("Kyiv")) | ~~where.stance("denies"),
    ~where.published(since="2022-11") & (where.kind("aid") | where.language("en")),
]


@pytest.fixture(scope="module")
def ukraine(scanned):
    """
    The shipped dataset on an engine.
    """
    return scanned(UKRAINE)


@pytest.mark.parametrize("predicate", PREDICATES, ids=repr)
def test_every_predicate_keeps_the_same_records(ukraine, predicate):
    """
    Of articles and of claims, an engine keeps those that memory keeps.
    """
    assert sorted(UKRAINE.filter(predicate)) == list(ukraine.filter(predicate).ids())
    assert sorted(UKRAINE.claims.filter(predicate)) == list(ukraine.claims.filter(predicate).ids())


@pytest.mark.properties
def test_generated_predicates_keep_the_same_records(engine):
    """
    So it is for records of any shape, with nulls and empty lists, and any combination; as many everywhere.
    """
    asked, wanted = [], settings.default.max_examples * 3 // 5

    @settings(max_examples=-(-wanted // engine.together), suppress_health_check=[HealthCheck.too_slow])
    @given(make.corpora_with_predicates(count=engine.together))
    def keep_the_same(case):
        corpus, *predicates = case
        asked.extend(predicates)
        assert_same(engine, corpus, predicates)

    keep_the_same()

    assert wanted <= len(asked)


def assert_same(engine, corpus, predicates):
    """
    An engine keeps what the corpus keeps for each of some predicates, and for the first two joined.
    """
    scan, (one, other, *_) = engine.scan(corpus), predicates
    kept = [(corpus.filter(one, other), scan.filter(one).filter(other))]
    kept.append((corpus.filter(one).claims.filter(other), scan.filter(one).claims.filter(other)))
    for predicate in predicates:
        kept.append((corpus.filter(predicate), scan.filter(predicate)))
        kept.append((corpus.claims.filter(predicate), scan.claims.filter(predicate)))

    expected, scans = zip(*kept, strict=True)
    for ids, asked, found in zip(map(sorted, expected), scans, engine.ids(scans), strict=True):
        assert ids == found, asked


def article(id, **changes):
    """
    An article that differs from others in what is asked about.
    """
    return make_article(id=id, claims=(make_claim(id=f"{id}/c01", **changes.pop("claim", {})),), **changes)


#: Dates with all that makes a range hard: gaps, qualifiers, readings that overlap, the ends of the calendar.
DATES = (
    "2022-03-02",
    "2022-03",
    "2022",
    "2022-03-02~",
    "2022-03-01/2022-03-10?",
    "[2022-03-01,2022-03-10]",
    "[2022-03-01,2022-03-02,2022-03-09]",
    "[2022-03-01%,2022-05]",
    "[2021,2021-03,2023]",
    "0001",
    "9999-12-31",
    "[0001-01-01,9999-12-31]",
)
BOUNDS = (
    (None, "0001"),
    ("2022-03-02", None),
    ("2022-03-03", "2022-03-08"),
    ("2021-12", "2022-03"),
    ("9999", "9999"),
)


def test_dates_are_compared_as_exactly_as_in_memory(engine):
    """
    A range that lies in a gap of a choice of dates is not met, whatever engine looks.
    """
    articles = [article(f"a-{number}", published=date) for number, date in enumerate((*DATES, None))]
    corpus = Corpus.of(articles)
    asked = [
        where.published(since=since, until=until, certainly=certainly)
        for since, until in BOUNDS
        for certainly in (False, True)
    ]
    assert_same_articles(engine, corpus, engine.scan(corpus), *asked)


def assert_same_articles(engine, corpus, scan, *predicates):
    """
    An engine keeps the articles that the corpus keeps for each of some predicates.
    """
    found = engine.ids([scan.filter(predicate) for predicate in predicates])
    for predicate, ids in zip(predicates, found, strict=True):
        assert sorted(corpus.filter(predicate)) == ids, predicate


WORDS = (
    "Straße",
    "STRASSE",
    "ΣΊΣΥΦΟΣ",
    "\u212b",
    "A\u030a",
    "İ",
    "ı",
    "\ufb01n",
    "100%",
    "a_b",
    "a\\b",
    "a'b",
    "\0",
    "x\n",
)


@pytest.mark.parametrize("words", [*WORDS, "ss", "fi", "i", "Å", "%", "_", "\\", "'", "\ud800"])
def test_letters_are_compared_as_in_memory(words, engine, scanned_words):
    """
    Case is folded and Unicode normalised alike everywhere; nothing in a text is a pattern or a query.
    """
    corpus, scan = scanned_words
    asked = (where.contains(words), where.topic(words), where.quantity(unit=words), where.language(words))

    assert_same_articles(engine, corpus, scan, *asked)


@pytest.fixture(scope="module")
def scanned_words(scanned):
    """
    Articles with hard words in each place that can be asked for one.
    """
    topic = make_article().topics[0]
    quantity = make_claim().quantities[0]
    articles = [
        article(
            f"a-{number}",
            headline=None if number % 2 else f"On {words} today",
            abstract=f"({words})",
            topics=(evolve(topic, label=f"{words}."[:-1]),) if words.strip() else (),
            claim={"quantities": (evolve(quantity, unit=f"{words}"),) if words.strip() else ()},
        )
        for number, words in enumerate(WORDS)
    ]
    corpus = Corpus.of(articles)

    return corpus, scanned(corpus)


def test_a_name_means_the_same_entity(engine):
    """
    Ids come before names, names before variants, and case does not matter.
    """
    entities = (
        make_entity(id="place/a", name="B"),
        make_entity(id="place/b", name="A", variants=("place/a", "C")),
        make_entity(id="person/c", kind="person", name="Straße"),
    )
    articles = [
        article("one", claim={"places": ("place/a",), "claimant": "person/c"}),
        article("two", claim={"places": ("place/b",), "claimant": "person/c"}),
    ]
    corpus = Corpus.of(articles, entities)
    asked = [where.place(name) for name in ("place/a", "PLACE/B", "a", "b", "c")]

    assert_same_articles(engine, corpus, engine.scan(corpus), *asked, where.claimant("STRASSE"))


def test_a_printed_publisher_is_known(engine):
    """
    A publisher that is no entity is found by its printed name.
    """
    corpus = Corpus.of(
        [
            article("one", publisher=dateline.Credit(name="Straße")),
            article("two", publisher=None),
            article("three", publisher=dateline.Credit(name="x", entity="place/old-quay")),
        ],
        [make_entity()],
    )
    asked = [where.publisher(*names) for names in (["STRASSE"], ["Old Quay"], ["x"], ["strasse", "old quay"])]

    assert_same_articles(engine, corpus, engine.scan(corpus), *asked)


@pytest.mark.parametrize(
    "predicate",
    [where.place("Larkhafen"), where.publisher("The Harbour Gazete"), where.mentions("Larkhavn", "\ud800")],
    ids=repr,
)
def test_an_unknown_name_is_refused_as_in_memory(scanned, predicate):
    """
    The error is the same, nearest names and all.
    """
    with pytest.raises(dateline.NoSuchEntity) as expected:
        tiny_corpus().filter(predicate)
    with pytest.raises(dateline.NoSuchEntity) as actual:
        scanned(tiny_corpus()).filter(predicate).count()

    assert str(expected.value) == str(actual.value)


def test_a_name_that_several_bear_is_refused_as_in_memory(scanned):
    """
    The error names the same entities.
    """
    twins = Corpus.of([make_article()], [make_entity(id="place/a"), make_entity(id="place/b")])
    with pytest.raises(dateline.AmbiguousName) as expected:
        twins.filter(where.place("Old Quay"))
    with pytest.raises(dateline.AmbiguousName) as actual:
        scanned(twins).filter(where.place("old quay")).count()

    assert expected.value.candidates == actual.value.candidates
