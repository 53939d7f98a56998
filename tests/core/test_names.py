"""
Names: which entity is meant, and what is said if it is none or several.
"""

from __future__ import annotations

import pytest
import strategies as make
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import AmbiguousName, NoSuchEntity
from dateline.names import ONLY_IDS, Names, folded
from dateline.records import Article, Credit, Entity


def entity(id, name, *variants):
    """
    An entity with names.
    """
    return Entity(id=id, kind=id.partition("/")[0], name=name, variants=variants)


KYIV = entity("place/kyiv", "Kyiv", "Kiev", "the capital")
STATE = entity("place/ukraine", "Ukraine", "Kyiv", "Kiev")
MOSCOW = entity("place/moscow", "Moscow")
KREMLIN = entity("organisation/kremlin", "Kremlin", "Moscow", "the capital")
NEWS = entity("organisation/news", "The News")
ODD = entity("group/odd", "place/kyiv", "Caf\u00e9", "STRASSE")

ARTICLE = {"revision": 1, "status": "published"}
ARTICLES = (
    Article(id="a", **ARTICLE, publisher=Credit(name="Daily Paper")),
    Article(id="b", **ARTICLE, publisher=Credit(name="The News", entity="organisation/news")),
    Article(id="c", **ARTICLE),
)

NAMES = Names.of([KYIV, STATE, MOSCOW, KREMLIN, NEWS, ODD], ARTICLES)


@pytest.mark.parametrize(
    ("name", "kind", "id"),
    [
        ("place/kyiv", None, "place/kyiv"),
        ("PLACE/Kyiv", None, "place/kyiv"),
        ("Kyiv", None, "place/kyiv"),
        ("KYIV", None, "place/kyiv"),
        ("Moscow", None, "place/moscow"),
        ("Moscow", "place", "place/moscow"),
        ("Moscow", "organisation", "organisation/kremlin"),
        ("the capital", "place", "place/kyiv"),
        ("the capital", "organisation", "organisation/kremlin"),
        ("cafe\u0301", None, "group/odd"),
        ("CAFÉ", None, "group/odd"),
        ("straße", None, "group/odd"),
        ("place/kyiv", "group", "group/odd"),
    ],
)
def test_the_first_rung_with_the_name_decides(name, kind, id):
    """
    An id goes before a standard name, that before a variant, each among the entities of the kind.
    """
    assert id == NAMES.resolve(name, kind)


@pytest.mark.parametrize(
    ("name", "kind", "candidates"),
    [
        ("Kiev", None, ("place/kyiv", "place/ukraine")),
        ("KIEV", "place", ("place/kyiv", "place/ukraine")),
        ("the capital", None, ("organisation/kremlin", "place/kyiv")),
    ],
)
def test_a_name_of_several_is_ambiguous(name, kind, candidates):
    """
    Several entities with the name on one rung are all named, sorted.
    """
    with pytest.raises(AmbiguousName) as caught:
        NAMES.resolve(name, kind)

    assert (name, candidates) == (caught.value.name, caught.value.candidates)


@pytest.mark.parametrize(
    ("name", "kind", "near"),
    [("Kyjiv", None, "Kyiv"), ("kremlim", None, "Kremlin"), ("place/mosco", None, "place/moscow"), ("Moscov", "organisation", "Moscow")],  # noqa: E501 - a row of a table
)  # fmt: skip
def test_an_unknown_name_has_near_ones(name, kind, near):
    """
    The nearest names of the kind are given, as they are spelt.
    """
    with pytest.raises(NoSuchEntity) as caught:
        NAMES.resolve(name, kind)

    assert near == caught.value.nearest[0]


@pytest.mark.parametrize(
    ("name", "kind"), [("Kremlin", "place"), ("zzz", None), ("", None), ("place/", None)]
)
def test_a_name_of_another_kind_is_unknown(name, kind):
    """
    Only entities of the kind are meant, and nothing is guessed.
    """
    with pytest.raises(NoSuchEntity):
        NAMES.resolve(name, kind)


def test_publishers_may_be_names_as_printed():
    """
    A publisher is an entity, or a name that some article prints; a near miss is told.
    """
    assert "organisation/news" == NAMES.publisher("the news")
    assert NAMES.publisher("DAILY PAPER") is None
    with pytest.raises(NoSuchEntity, match="did you mean 'daily paper'"):
        NAMES.publisher("Dayly Paper")
    with pytest.raises(NoSuchEntity, match="did you mean 'Kremlin'"):
        NAMES.publisher("Kremlyn")
    with pytest.raises(AmbiguousName):
        NAMES.publisher("Kiev")


def test_without_a_corpus_an_id_means_itself():
    """
    Where nothing is known, an id is taken for what it says, and a name refused.
    """
    assert "place/anywhere" == ONLY_IDS.resolve("place/anywhere")
    for name in ("Kyiv", "PLACE/kyiv", ""):
        with pytest.raises(NoSuchEntity):
            ONLY_IDS.resolve(name)
    with pytest.raises(NoSuchEntity):
        Names.of([]).resolve("place/anywhere")


@pytest.mark.properties
@given(st.text(make.CHARACTERS))
def test_case_and_composition_do_not_count(text):
    """
    A name and its decomposed form are the same name.
    """
    import unicodedata  # noqa: PLC0415 - for this law only

    assert folded(text) == folded(unicodedata.normalize("NFD", text))
    assert folded(text) == folded(unicodedata.normalize("NFC", text))


@pytest.mark.properties
@given(make.corpora())
def test_every_id_means_its_entity(corpus):
    """
    Whatever the names, an id is never ambiguous; and each name means an entity that bears it.
    """
    for id, known in corpus.entities.items():
        assert known is corpus.entity(id)
    for name in make.names_in(corpus):
        found = corpus.entity(name)
        assert folded(name) in map(folded, (found.id, found.name, *found.variants))
