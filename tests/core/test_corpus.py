"""
The corpus: a mapping of articles that knows its entities, its pin and what it was selected by.
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Mapping

import pytest
import strategies as make
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from dateline import check, diff, where
from dateline.corpus import Corpus
from dateline.errors import (
    AmbiguousName,
    InvalidRecord,
    InvalidValue,
    NoSuchArticle,
    NoSuchClaim,
    NoSuchEntity,
)
from dateline.ids import Pin
from dateline.records import Article, Claim, Entity, Relation
from dateline.spans import Span


def claim(id, *relations, **fields):
    """
    A claim that is related to others.
    """
    given = {"statement": "S", "kind": "event", "claimant": "place/a", "stance": "asserts"}
    related = [Relation(kind="updates", claim=other) for other in relations]

    return Claim(id=id, evidence=[Span(0, 1)], relations=related, **given | fields)


def article(id, *claims, **fields):
    """
    An article with claims.
    """
    return Article(id=id, revision=1, status="published", claims=claims, **fields)


PLACE = Entity(id="place/a", kind="place", name="Aleph", variants=["A"])
OTHER = Entity(id="place/b", kind="place", name="Beth", variants=["A"])
FIRST = article("first", claim("first/c01"), claim("first/c02", "first/c01"))
SECOND = article("second", claim("second/c01", "first/c01", "lost/c01"), headline="<b>\x1b")
PIN = Pin("news", "1.2.3")
CORPUS = Corpus.of([FIRST, SECOND], [PLACE, OTHER], pin=PIN)


@pytest.mark.properties
@given(make.corpora())
def test_a_corpus_is_a_mapping(corpus):
    """
    Ids, articles and pairs agree, in the order of the articles.
    """
    assert isinstance(corpus, Mapping)
    assert list(corpus) == list(corpus.keys()) == [found.id for found in corpus.values()]
    assert len(corpus) == len(list(corpus)) == len(corpus.articles)
    assert bool(corpus) == (len(corpus) > 0)
    for id, found in corpus.items():
        assert found is corpus[id] is corpus.articles[id] is corpus.get(id)  # noqa: PLR1733 - the very thing tested
        assert id in corpus


@pytest.mark.properties
@given(make.corpora())
def test_views_are_mappings(corpus):
    """
    Articles, claims and entities can be had by id, and each claim knows its article here.
    """
    for view in (corpus.articles, corpus.claims, corpus.entities):
        assert isinstance(view, Mapping)
        assert dict(view) == dict(zip(view.keys(), view.values(), strict=True)) == view
        assert all(view[id] is view.get(id) and id == view[id].id for id in view)
        assert f"<{type(view).__name__} ({len(view)})>" == repr(view)
        assert hash(view) == hash(pickle.loads(pickle.dumps(view)))  # noqa: S301
    for id, found in corpus.claims.items():
        assert found in corpus.claims.article(id).claims
        assert corpus.claims.article(found) is corpus.claims.article(id)


@pytest.mark.parametrize(
    "key", ["firts", "", "first/c1", "place/c", None, 1, ("first",), ["first"], {}], ids=repr
)
def test_what_is_not_there_is_said_so(key):
    """
    A key that nothing stands under is not in the corpus or its views, and gives their own error.
    """
    views = [(CORPUS, NoSuchArticle), (CORPUS.claims, NoSuchClaim), (CORPUS.entities, NoSuchEntity)]
    for view, error in views:
        assert key not in view
        assert view.get(key, "default") == "default"
        with pytest.raises(error) as caught:
            view[key]
        assert isinstance(caught.value, KeyError)


def test_near_ids_are_suggested():
    """
    A slip of the pen is answered with what was probably meant.
    """
    with pytest.raises(NoSuchArticle, match=r"no article 'frist'; did you mean 'first'?"):
        CORPUS["frist"]
    with pytest.raises(NoSuchClaim, match="did you mean 'second/c01'"):
        CORPUS.claims["secnd/c01"]
    with pytest.raises(NoSuchClaim):
        CORPUS.claims.article("lost/c01")


def test_asking_whether_an_id_is_there_looks_for_no_near_ones(monkeypatch):
    """
    To see that an id is not there, or to take something else for it, they are not needed.
    """
    monkeypatch.setattr("dateline.corpus.nearest", None)

    assert "frist" not in CORPUS
    assert None is CORPUS.get("frist") is CORPUS.articles.get("frist") is CORPUS.claims.get("frist/c01")
    assert (3, 3) == (CORPUS.get("frist", 3), CORPUS.entities.get(["place/a"], 3))
    assert CORPUS["first"] == CORPUS.get("first")


def test_of_refuses_what_does_not_fit_together():
    """
    Ids that stand twice, and claims under another article's id, are all named at once.
    """
    foreign = article("third", claim("first/c01"), claim("third/c01"), claim("third/c01"))
    with pytest.raises(InvalidRecord) as caught:
        Corpus.of([FIRST, SECOND, SECOND, foreign], [PLACE, PLACE])

    assert [
        ("$.articles", "id 'second' stands twice"),
        ("$.claims", "id 'second/c01' stands twice"),
        ("$.claims", "id 'first/c01' stands twice"),
        ("$.claims", "id 'third/c01' stands twice"),
        ("$.entities", "id 'place/a' stands twice"),
        ("$.articles['third']", "claim id 'first/c01' must begin with its article's id"),
    ] == [(fault.path, fault.message) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "records", [(CORPUS,), (CORPUS.claims.values(),), ([], CORPUS.values()), (["first"],)]
)
def test_only_records_are_taken(records):
    """
    A corpus itself gives its ids, and claims are no articles.
    """
    with pytest.raises(InvalidValue, match=r"record of a corpus must be of the class (Article|Entity), got "):
        Corpus.of(*records)


def test_what_is_no_corpus_is_refused():
    """
    What asks for a corpus says so, and so does what asks for a name.
    """
    for call in (check, functools.partial(diff, CORPUS), functools.partial(diff, new=CORPUS)):
        with pytest.raises(InvalidValue, match="must be a Corpus, such as"):
            call("first")
    with pytest.raises(InvalidValue, match="name of an entity must be text, got None"):
        CORPUS.entity(None)


def test_a_longer_article_id_is_another():
    """
    A claim of ``first-again`` is none of ``first``.
    """
    with pytest.raises(InvalidRecord, match="must begin with its article's id"):
        Corpus.of([article("first", claim("first-again/c01"))])


@pytest.mark.properties
@given(make.corpora(), st.randoms(use_true_random=False))
def test_equal_corpora_have_equal_records(corpus, order):
    """
    Order and pin do not count, entities do.
    """
    articles, entities = list(corpus.values()), list(corpus.entities.values())
    order.shuffle(articles)
    order.shuffle(entities)
    other = Corpus.of(iter(articles), iter(entities))

    assert corpus == other
    assert hash(corpus) == hash(other)
    assert corpus.digest == other.digest
    for view in ("articles", "claims", "entities"):
        assert getattr(corpus, view) == getattr(other, view)
        assert hash(getattr(corpus, view)) == hash(getattr(other, view))
    assert corpus != Corpus.of(articles, entities[1:])
    assert corpus != Corpus.of([*articles, article("one-more")], entities)


def test_a_corpus_equals_no_other_thing():
    """
    A dict of the same articles is no corpus.
    """
    assert CORPUS != dict(CORPUS)
    assert (CORPUS == 1) is False
    assert CORPUS != Corpus.of([FIRST, evolve(SECOND, revision=2)], [PLACE, OTHER])


@pytest.mark.properties
@given(make.corpora_with_predicates())
def test_a_corpus_survives_pickling(corpus_and_predicate):
    """
    Records, pin, selection and the names known come back, and what was computed can be again.
    """
    corpus, predicate = corpus_and_predicate
    subset = corpus.filter(predicate)
    again = pickle.loads(pickle.dumps(subset))  # noqa: S301

    assert (subset, hash(subset), subset.digest) == (again, hash(again), again.digest)
    assert (subset.pin, subset.selection, list(subset)) == (again.pin, again.selection, list(again))
    assert again.filter(predicate) == subset


@pytest.mark.properties
@given(make.corpora_with_predicates())
def test_a_subset_keeps_pin_and_entities(corpus_and_predicate):
    """
    A subset has the dataset's pin and all its entities, remembers its predicate, and knows the same names.
    """
    corpus, predicate = corpus_and_predicate
    subset = corpus.filter(predicate)

    assert (corpus.pin, corpus.dataset, corpus.version) == (subset.pin, subset.dataset, subset.version)
    assert corpus.entities == subset.entities
    assert (None, predicate) == (corpus.selection, subset.selection)
    assert make.names_in(corpus) == make.names_in(subset)
    assert set(subset.items()) <= set(corpus.items())


def test_selections_add_up():
    """
    A subset of a subset remembers both predicates, as one filter with both would.
    """
    one, other = where.kind("event"), where.id("first")

    assert CORPUS.filter(one).filter(other).selection == CORPUS.filter(one & other).selection == one & other
    assert CORPUS.filter(one, other).selection == one & other
    assert CORPUS.filter() is CORPUS
    assert CORPUS.claims.filter() is CORPUS.claims


def test_a_printed_publisher_stays_known_in_a_subset():
    """
    A name does not become unknown when its last article is filtered out.
    """
    corpus = Corpus.of([article("a", publisher=make.Credit(name="Daily Paper")), article("b")])
    subset = corpus.filter(where.id("b"))

    assert [] == list(subset.filter(where.publisher("Daily Paper")))
    with pytest.raises(NoSuchEntity):
        subset.filter(where.publisher("Weekly"))


def test_names_are_resolved():
    """
    Entities are found by id, name and variant; names of several are refused.
    """
    assert PLACE is CORPUS.entity("place/a") is CORPUS.entity("ALEPH")
    with pytest.raises(AmbiguousName, match="name 'A' could be 'place/a', 'place/b'; use the id"):
        CORPUS.entity("a".upper())
    with pytest.raises(NoSuchEntity, match="did you mean 'Aleph'"):
        CORPUS.entity("Alef")


def test_an_unknown_name_in_a_filter_is_an_error():
    """
    A predicate with a name that nothing bears is refused, not taken to keep nothing.
    """
    for records in (CORPUS, CORPUS.claims, CORPUS.filter(where.id("first")), Corpus.of([])):
        with pytest.raises(NoSuchEntity):
            records.filter(where.place("Gimel"))


@pytest.mark.parametrize("value", ["first", None, 1, where], ids=str)
def test_only_predicates_filter(value):
    """
    What is neither a predicate nor callable filters nothing.
    """
    for records in (CORPUS, CORPUS.claims):
        with pytest.raises(InvalidValue, match=r"predicate must come from dateline\.where or be callable"):
            records.filter(value)


def test_relations_are_read_both_ways():
    """
    A relation is found from either end, and one that leads out is left out.
    """
    [first, later], [second] = FIRST.claims, SECOND.claims

    assert ((second.relations[0], first),) == CORPUS.related(second)
    assert ((later.relations[0], later), (second.relations[0], second)) == CORPUS.related("first/c01")
    assert ((later.relations[0], first),) == CORPUS.related(later.id)
    subset = CORPUS.filter(where.id("second"))
    assert () == subset.related(second)
    with pytest.raises(NoSuchClaim):
        subset.related(first)


@pytest.mark.properties
@given(make.corpora())
def test_relations_are_symmetric(corpus):
    """
    If one claim is related to another, that one is to it, by the same relation.
    """
    for claim_ in corpus.claims.values():
        for relation, other in corpus.related(claim_):
            assert (relation, claim_) in corpus.related(other)


def test_a_corpus_does_not_change():
    """
    Neither its fields nor its views can be set, and nothing put in.
    """
    with pytest.raises(FrozenInstanceError):
        CORPUS.pin = None
    with pytest.raises((FrozenInstanceError, AttributeError)):
        CORPUS.other = 1
    with pytest.raises(TypeError):
        CORPUS["first"] = SECOND


def test_a_corpus_made_by_hand_has_no_pin():
    """
    Dataset and version are those of the pin, or None.
    """
    assert ("news", "1.2.3") == (CORPUS.dataset, CORPUS.version)
    assert (None, None) == (Corpus.of([]).dataset, Corpus.of([]).version)


@pytest.mark.parametrize(
    ("corpus", "text"),
    [
        (CORPUS, "<Corpus news 1.2.3 (2 articles, 3 claims)>"),
        (CORPUS.filter(where.id("second")), "<Corpus news 1.2.3 subset (1 article, 1 claim)>"),
        (Corpus.of([]), "<Corpus (0 articles, 0 claims)>"),
    ],
)
def test_a_corpus_prints_in_a_line(corpus, text):
    """
    The repr names dataset and version and counts.
    """
    assert text == repr(corpus)


def test_a_corpus_shows_as_safe_html():
    """
    The table names the first twenty articles, escaped.
    """
    table = CORPUS._repr_html_()
    many = Corpus.of(article(f"a{number}") for number in range(30))

    assert "&lt;b&gt;\\x1b" in table
    assert "&lt;Corpus news 1.2.3" in table
    assert "headline unknown" in table
    assert 20 == many._repr_html_().count("<tr>")
