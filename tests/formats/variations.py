"""
A corpus in which every field has a value, and for each field the same corpus with other values in it.
"""

from __future__ import annotations

import json
from decimal import Decimal

from attrs import evolve

from dateline.converter import structure
from dateline.corpus import Corpus
from dateline.digests import plain
from dateline.formats.losses import FIELDS, KINDS
from dateline.ids import DatasetName, Pin, Version
from dateline.provenance import FieldSource
from dateline.records import Copy, Credit, Dateline, Mention, Quantity, Relation, Rights, Topic
from dateline.spans import Span
from dateline.testing import fitting_sources, make_article, make_claim, make_entity, tiny_corpus


BERG, LIND = "person/tomas-berg", "person/ana-lind"
GAZETTE, WIRE = "organisation/harbour-gazette", "organisation/tide-wire"
QUAY, TOWN = "place/old-quay", "place/larkhaven"

CREDIT = Credit(name="The Harbour Gazette", entity=GAZETTE)
BYLINE = Credit(name="Ana Lind", family="Lind", given="Ana", entity=LIND)
AGENCY = Credit(name="Tide Wire", entity=WIRE)
COPY = Copy(url="https://copies.example/ferry", publisher=CREDIT, relation="shorter", note="word for word")
RIGHTS = Rights(uri="http://rightsstatements.org/vocab/InC/1.0/", holder="The Gazette", note="as printed")
TOPICS = (Topic(code="medtop:20000337", label="transport"), Topic(code="medtop:20000412", label="ferry"))
QUANTITY = Quantity(value=Decimal(300), bound="about", unit="people", of="passengers")
RELATION = Relation(kind="updates", claim="ferry-returns/c02", note="the same morning")
EVIDENCE = (Span(170, 209, tag="a1b2c3"), Span(215, 260))
DATES = (
    "2021",
    "2021-03",
    "2021-03-02",
    "2021-03-01~",
    "2021-03-01?",
    "2021-03-01%",
    "2021-02-27/2021-03-01",
)
#: Texts that are not the same, though many a program takes them for it.
SPACED = ("Rain, again", "Rain,  again", "Rain,\nagain")
QUOTED = ('"Rain" again', "“Rain” again")
CHOICE = "[2021-03-01,2021-03-02]"

CLAIM = make_claim(
    evidence=EVIDENCE,
    channel="radio interview",
    via=(WIRE,),
    said="2021-03-01",
    places=(QUAY,),
    about=(GAZETTE,),
    quantities=(QUANTITY,),
    relations=(RELATION,),
)
LATER = make_claim(id="ferry-returns/c02", claimant=GAZETTE, statement="The Gazette reports calm seas.")
ARTICLE = make_article(
    publisher=CREDIT,
    bylines=(BYLINE,),
    agencies=(AGENCY,),
    language="en-GB",
    rights=RIGHTS,
    topics=TOPICS,
    copies=(COPY,),
    claims=(CLAIM, LATER),
)
#: An article of which hardly anything is known.
BARE = make_article(
    id="ferry-rests",
    headline=None,
    publisher=None,
    bylines=(),
    published=None,
    dateline=None,
    url=None,
    rights=None,
    abstract=None,
    topics=(),
    mentions=(),
    claims=(),
    text=None,
    capture=None,
)
PLACE = make_entity(
    variants=("OLD QUAY", "the Quay"),
    description="An invented island town.",
    wikidata="Q156732",
    geonames="706448",
    iso3166="UA-65",
    gnd="1289387435",
    latitude=Decimal("54.5"),
    longitude=Decimal("-3.25"),
)
ANGLERS = {"id": "group/anglers", "kind": "group", "name": "Anglers"}
OTHERS = (
    make_entity(id=BERG, kind="person", name="Tomas Berg"),
    make_entity(id=LIND, kind="person", name="Ana Lind", gnd="118529579"),
    make_entity(id=GAZETTE, kind="organisation", name="The Harbour Gazette"),
    make_entity(id=WIRE, kind="organisation", name="Tide Wire"),
    make_entity(id=TOWN, name="Larkhaven"),
    make_entity(**ANGLERS),
)


def made(article=ARTICLE, bare=BARE, entity=PLACE, others=OTHERS):
    """
    The corpus, with other records in it.

    Its pin has no digest, lest a change make a subset of it.
    """
    pin = Pin(DatasetName("tiny"), Version("1.0.0"))

    return Corpus.of((article, bare), (entity, *others), pin=pin, description=tiny_corpus().description)


def with_claim(**changes):
    """
    The corpus with changes in one claim.
    """
    return made(evolve(ARTICLE, claims=(evolve(CLAIM, **changes), LATER)))


def renamed(old, new):
    """
    The corpus in which all that goes by an id goes by another.
    """

    def again(record, kind):
        text = json.dumps(plain(record)).replace(f'"{old}', f'"{new}')
        return structure(json.loads(text), kind)

    corpus = made()
    articles = [again(article, KINDS["article"]) for article in corpus.values()]
    entities = [again(entity, KINDS["entity"]) for entity in corpus.entities.values()]

    return Corpus.of(articles, entities, pin=corpus.pin, description=corpus.description)


def credits_like(credit):
    """
    A credit with each of its parts changed.
    """
    return (
        evolve(credit, name="Rain"),
        evolve(credit, entity="group/anglers"),
        evolve(credit, family="Snow"),
        evolve(credit, family="Snow", given="Hail"),
    )


def sources_like(sources):
    """
    Sources with each of their parts changed.
    """
    first, *rest = sources
    changes = (
        {"note": "seen"},
        {"by": "A. Lind"},
        {"reference": "https://example.org/x"},
        {"basis": "inferred"},
    )

    return [(evolve(first, **change), *rest) for change in changes]


def unknown(sources):
    """
    Sources by which all that is absent is unknown.
    """
    return tuple(
        evolve(source, basis="unknown") if source.basis == "absent" else source for source in sources
    )


def _sources_of_an_absent_headline(basis):
    """
    Sources of an article without a headline, which say of it that it is absent or unknown.
    """
    sources = fitting_sources(KINDS["article"], {"headline": None}, ())
    kept = [
        evolve(source, fields=tuple(name for name in source.fields if name != "headline"))
        for source in sources
    ]

    return (*kept, FieldSource(fields=("headline",), basis=basis))


ARTICLES = {
    "revision": (2, 3),
    "status": ("corrected", "withdrawn"),
    "headline": ("Rain", *SPACED, *QUOTED, None),
    "publisher": (*credits_like(CREDIT), None),
    "bylines": (*((credit,) for credit in credits_like(BYLINE)), (BYLINE, CREDIT), (CREDIT, BYLINE), ()),
    "agencies": (*((credit,) for credit in credits_like(AGENCY)), (AGENCY, CREDIT), ()),
    "published": (*DATES, CHOICE, None),
    "dateline": (
        Dateline(place="OLD QUAY", entity=TOWN, date="2021-03-01"),
        Dateline(place="LARKHAVEN", entity=QUAY, date="2021-03-01"),
        Dateline(place="LARKHAVEN", entity=TOWN, date="2021-03-02"),
        Dateline(place="LARKHAVEN", entity=TOWN),
        Dateline(place="LARKHAVEN, 2021-03-01", entity=TOWN),
        None,
    ),
    "url": (
        *("https://gazette.example/a", "https://gazette.example/b?c=d"),
        *("https://gazette.example/é", "https://gazette.example/%C3%A9", None),
        *("https://gazette.example/a{b", "https://gazette.example/a%7Bb"),
    ),
    "language": ("en", "en-US", "uk", None),
    "rights": (
        evolve(RIGHTS, uri="http://rightsstatements.org/vocab/CNE/1.0/"),
        evolve(RIGHTS, holder="Ana Lind"),
        evolve(RIGHTS, note="guessed"),
        None,
    ),
    "abstract": ("The ferry is back.", *SPACED, *QUOTED, None),
    "topics": (
        (evolve(TOPICS[0], code="medtop:20000999"), TOPICS[1]),
        (evolve(TOPICS[0], label="boats"), TOPICS[1]),
        TOPICS[:1],
        (evolve(TOPICS[0], label="a; b"), evolve(TOPICS[1], label="c")),
        (evolve(TOPICS[0], label="a"), evolve(TOPICS[1], label="b; c")),
        (),
    ),
    "copies": (
        (evolve(COPY, url="https://copies.example/other"),),
        (evolve(COPY, publisher=AGENCY),),
        (evolve(COPY, publisher=evolve(CREDIT, family="Gazette", given="Harbour")),),
        (evolve(COPY, relation="later"),),
        (evolve(COPY, note="shortened"),),
        (),
    ),
    "mentions": (
        (Mention(entity=BERG, spans=(Span(3, 7),)), *ARTICLE.mentions[1:]),
        ARTICLE.mentions[:1],
        (*ARTICLE.mentions, Mention(entity="place/nowhere", spans=())),
        (),
    ),
    "claims": ((CLAIM,), (LATER,), (LATER, CLAIM)),
    "text": (
        evolve(ARTICLE.text, length=1000),
        evolve(ARTICLE.text, furniture=(Span(0, 4),)),
        evolve(ARTICLE.text, anchors=ARTICLE.text.anchors[:0]),
        None,
    ),
    "capture": (
        evolve(ARTICLE.capture, file="other.txt"),
        evolve(ARTICLE.capture, size=7),
        evolve(ARTICLE.capture, date="2021-04"),
        None,
    ),
    "sources": (*sources_like(ARTICLE.sources), ()),
}

CLAIMS = {
    "statement": ("Nobody crossed.", "Everybody crossed.", *SPACED, *QUOTED),
    "kind": ("movement", "background"),
    "claimant": (GAZETTE, LIND),
    "stance": ("denies", "reports"),
    "evidence": (
        (Span(170, 209, tag="a1b2c4"), EVIDENCE[1]),
        (Span(170, 208, tag="a1b2c3"), EVIDENCE[1]),
        (Span(171, 209, tag="a1b2c3"), EVIDENCE[1]),
        EVIDENCE[:1],
    ),
    "channel": ("letter", "speech", None),
    "via": ((GAZETTE,), (WIRE, GAZETTE), (GAZETTE, WIRE), ()),
    "said": (*DATES, CHOICE, None),
    "happened": (*DATES, CHOICE, None),
    "places": ((TOWN,), (QUAY, TOWN), (TOWN, QUAY), ()),
    "about": ((BERG,), (GAZETTE, BERG), (BERG, GAZETTE), ()),
    "quantities": (
        (evolve(QUANTITY, value=Decimal("300.5")),),
        (evolve(QUANTITY, bound="nearly"),),
        (evolve(QUANTITY, unit="boats"),),
        (evolve(QUANTITY, of="tourists"),),
        (evolve(QUANTITY, of=None),),
        (evolve(QUANTITY, unit="people (passengers)", of=None),),
        (QUANTITY, QUANTITY),
        (),
    ),
    "relations": (
        (evolve(RELATION, kind="contradicts"),),
        (evolve(RELATION, kind="same_as"),),
        (evolve(RELATION, claim="ferry-halts/c01"),),
        (evolve(RELATION, note="another morning"),),
        (),
    ),
    "sources": (*sources_like(CLAIM.sources), ()),
}

ENTITIES = {
    "name": ("New Quay", "The Quay"),
    "variants": (("OLD QUAY",), ("the Quay", "OLD QUAY"), ()),
    "description": ("An island.", "A town.", None),
    "wikidata": ("Q1", "Q2", None),
    "geonames": ("1", "2", None),
    "iso3166": ("UA", "GB-ENG", None),
    "gnd": ("118529579", None),
    "latitude": (Decimal("54.25"), Decimal(-54)),
    "longitude": (Decimal("3.25"), Decimal(0)),
    "sources": (*sources_like(PLACE.sources), ()),
}

#: For each field, the corpus with other values in it.
VARIATIONS = {
    "article.id": (renamed("ferry-returns", "ferry-comes"), renamed("ferry-rests", "ferry-sleeps")),
    "claim.id": (
        renamed("ferry-returns/c01", "ferry-returns/c07"),
        renamed("ferry-returns/c02", "ferry-returns/c08"),
    ),
    "entity.id": (renamed(QUAY, "place/new-quay"), renamed("group/anglers", "group/divers")),
}
VARIATIONS |= {
    f"article.{name}": tuple(made(evolve(ARTICLE, **{name: value})) for value in values)
    for name, values in ARTICLES.items()
}
VARIATIONS |= {
    f"claim.{name}": tuple(with_claim(**{name: value}) for value in values) for name, values in CLAIMS.items()
}
VARIATIONS |= {
    f"entity.{name}": tuple(made(entity=evolve(PLACE, **{name: value})) for value in values)
    for name, values in ENTITIES.items()
}
# Nothing refers to the last of the others.
VARIATIONS |= {
    f"entity.{name}": (
        *VARIATIONS[f"entity.{name}"],
        *(made(others=(*OTHERS[:-1], make_entity(**ANGLERS | {name: value}))) for value in values if value),
    )
    for name, values in ENTITIES.items()
    if name != "sources"
}
VARIATIONS["article.sources"] += (
    *(
        made(bare=evolve(BARE, sources=_sources_of_an_absent_headline(basis)))
        for basis in ("absent", "unknown")
    ),
    made(bare=evolve(BARE, sources=unknown(BARE.sources))),
)
VARIATIONS["claim.sources"] += (
    made(evolve(ARTICLE, claims=(CLAIM, evolve(LATER, sources=unknown(LATER.sources))))),
)
VARIATIONS["entity.sources"] += (
    made(others=(evolve(OTHERS[0], sources=unknown(OTHERS[0].sources)), *OTHERS[1:])),
)

#: An entity's kind is the word that its id begins with, so it never changes alone.
ALONE = tuple(field for field in FIELDS if field != "entity.kind")
