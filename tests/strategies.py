"""
Hypothesis strategies for everything that is a record, and for predicates that suit a corpus.

Texts are hostile: what spreadsheets, terminals, markup and line readers trip over stands in them.
"""

from __future__ import annotations

import calendar
import functools
import re
from decimal import Decimal

from attrs import evolve
from hypothesis import strategies as st

from dateline import where
from dateline.corpus import Corpus
from dateline.dates import PartialDate
from dateline.descriptions import Description
from dateline.errors import AmbiguousName
from dateline.fingerprints import Anchor, TextFingerprint
from dateline.ids import ENTITY_KINDS, Pin
from dateline.provenance import Capture, FieldSource
from dateline.records import (
    Article,
    Claim,
    Copy,
    Credit,
    Dateline,
    Entity,
    Mention,
    Quantity,
    Relation,
    Rights,
    Topic,
    sourced_fields,
)
from dateline.spans import Span
from dateline.validators import MAX_DIGITS
from dateline.vocabulary import (
    Basis,
    Bound,
    CopyRelation,
    EntityKind,
    Kind,
    RelationKind,
    Stance,
    Status,
)


#: Texts that some reader takes for something else: each legal in every field that holds free text.
HOSTILE = (
    *("007", "1E2", "-0", "1.0", "0x1F", "NA", "NaN", "NULL", "null", "None", "true", "FALSE", "."),
    *("2022-03-02", "3/2", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", " padded ", "\r=1"),
    *('"', "'", '""', "a,b", "a;b", "a\tb", "a\nb", "a\r\nb", "a\\nb", "\\", "\\input{x}", "{}"),
    *("</script><script>", "<!-- -->", "]]>", "&amp;", "%00", "$x$", "#", "a#b@c", "TY  - JOUR"),
    *("a\u0085b", "a\u2028b", "a\u2029b", "a\u00a0b", "a\x00b", "a\x1b[2Jb", "a\x7fb", "\ufeffa"),
    *("\u202eabc\u202c", "\u2066abc\u2069", "a\u200bb", "a\u200db", "\u00ada", "\U000e0061a"),
    *("\u0301", "e\u0301", "\u00e9", "\u1e9e", "\ufb01", "\u0130", "\u2026", "\u00b4", "’tis"),
    *("\U0001f4f0", "\U00010348", "\U0010ffff", "Київ", "שלום", "ﷺ"),
)

#: Every character but the lone surrogates, which no record may hold.
CHARACTERS = st.characters(exclude_categories=["Cs"])

#: JSON without floating-point numbers, as records have it.
JSON_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.sampled_from(HOSTILE)
    | st.text(CHARACTERS, max_size=8)
)

EXPONENTS = st.integers(-MAX_DIGITS // 2, MAX_DIGITS // 2)
MANTISSAS = st.integers(0, 10**4) | st.integers(0, 10**MAX_DIGITS - 1)
SIGNS = st.integers(0, 1)
MONTHS = st.integers(1, 12)
FORMS = st.sampled_from(["{0:04}", "{0:04}-{1:02}", "{0:04}-{1:02}-{2:02}"])

#: The records of a corpus have these ids, so that they often name one another.
ARTICLES = ("1e2", "a-b", "na-007", "true")
ENTITIES = ("group/0-0", "organisation/true", "person/7", "place/1e2", "place/na")


@functools.cache
def texts(limit=100):
    """
    Texts that are not blank, of at most *limit* characters, hostile ones among them.
    """
    hostile = st.sampled_from([text for text in HOSTILE if len(text) <= limit])
    free = st.text(CHARACTERS, min_size=1, max_size=min(limit, 6)).filter(str.strip)

    return hostile | free


def tuples_of(items, least=0, most=2):
    """
    Short tuples.
    """
    return st.lists(items, min_size=least, max_size=most).map(tuple)


def hexadecimal(length):
    """
    Texts of *length* lower-case hexadecimal digits.
    """
    return st.integers(0, 16**length - 1).map(lambda number: f"{number:0{length}x}")


def json_values():
    """
    JSON without floating-point numbers.
    """
    return st.recursive(
        JSON_SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(CHARACTERS, max_size=4), inner),
        max_leaves=12,
    )


# Not from_regex(), which takes ten times as long.
slugs = st.lists(st.text("abz019", min_size=1, max_size=6), min_size=1, max_size=3).map("-".join)
article_ids = st.sampled_from(ARTICLES) | slugs.filter(lambda slug: slug not in ENTITY_KINDS)
claim_ids = st.builds("{}/c{:02}".format, article_ids, st.integers(0, 999_999))
entity_ids = st.sampled_from(ENTITIES)
digests = hexadecimal(64).map("sha256:{}".format)
versions = st.builds("{}.{}.{}".format, *[st.integers(0, 999_999_999)] * 3)
pins = st.builds(Pin, slugs, versions, st.none() | digests)

#: Years that dates lie in: near one another, so that ranges meet, or at the ends of the calendar.
years = st.integers(2021, 2023) | st.sampled_from([1, 1900, 2000, 2024, 9999])


@st.composite
def points(draw):
    """
    Printed years, months and days, without qualifier.
    """
    year, month = draw(years), draw(MONTHS)
    length = calendar.monthrange(year, month)[1]
    day = draw(st.integers(1, length) | st.sampled_from([1, length]))

    return draw(FORMS).format(year, month, day)


#: As printed days, months or years may stand at both ends, the readings of equal length sort as texts do.
qualifiers = st.sampled_from(["", "", "", "~", "?", "%"])
single_dates = st.builds("{}{}".format, points(), qualifiers)


@st.composite
def joined_dates(draw):
    """
    Printed extents and choices of dates that are equally exact.
    """
    length = draw(st.sampled_from([4, 7, 10]))
    exact = points().map(lambda point: (point + "-01-01")[:length])
    extent = draw(st.booleans())
    least, most = (2, 2) if extent else (2, 4)
    parts = sorted(draw(st.lists(exact, min_size=least, max_size=most, unique=True)))
    marked = [part + draw(qualifiers) for part in parts]

    return "/".join(marked) if extent else f"[{','.join(marked)}]"


dates = (single_dates | joined_dates()).map(PartialDate)


@functools.cache
def spans(*, tags=False):
    """
    Stretches of some text, those of evidence with *tags* and perhaps another article.
    """
    starts, lengths = st.integers(0, 3000), st.integers(1, 300)
    if not tags:
        return st.builds(lambda start, length: Span(start, start + length), starts, lengths)

    return st.builds(
        lambda start, length, tag, article: Span(start, start + length, tag, article),
        *(starts, lengths, st.none() | hexadecimal(6), st.none() | article_ids),
    )


@st.composite
def decimals(draw, limit=None):
    """
    Finite decimals, in normal form or not, between *limit* and its negative if one is given.
    """
    if limit is not None:
        return Decimal(draw(st.integers(-limit * 10**6, limit * 10**6))).scaleb(-6)
    exponent = draw(EXPONENTS)
    digits = str(draw(MANTISSAS))[: MAX_DIGITS - abs(exponent)]

    return Decimal((draw(SIGNS), tuple(map(int, digits)), exponent))


urls = st.builds(
    "{}://{}/{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["example.org", "xn--e1afmkfd.example", "user@example.org:80", "[::1]"]),
    st.sampled_from(["", "a?b=c&d='e'#f", "%22%3C", "new&amp;s", "{x}\\y", "Київ", "\u202ea", "="]),
)

languages = st.sampled_from(["en", "en-GB", "EN-us", "eng", "uk", "sr-Latn-RS", "de-1996"])


credits = st.builds(  # noqa: A001 - what records of the class Credit are called
    Credit,
    name=texts(),
    entity=st.none() | entity_ids,
    family=st.none() | texts(),
    given=st.none() | texts(),
)

datelines = st.builds(
    Dateline, place=st.none() | texts(), entity=st.none() | entity_ids, date=st.none() | dates
)

rights = st.builds(
    Rights,
    uri=st.just("http://rightsstatements.org/vocab/InC/1.0/") | urls,
    holder=st.none() | texts(),
    note=st.none() | texts(),
)

topics = st.builds(Topic, code=st.integers(0, 10**8 - 1).map("medtop:{:08}".format), label=texts())

copies = st.builds(
    Copy,
    url=urls,
    publisher=credits,
    relation=st.sampled_from(CopyRelation),
    note=st.none() | texts(),
)

quantities = st.builds(
    Quantity,
    value=decimals() | st.integers(-5, 5).map(Decimal),
    bound=st.sampled_from(Bound),
    unit=st.sampled_from(["people", "PEOPLE", "day", "rank"]) | texts(),
    of=st.none() | texts(),
)

anchors = st.builds(Anchor, start=st.integers(0, 3000), tag=hexadecimal(5))

file_names = (
    texts(200)
    .map(lambda text: re.sub(r"[/\\\x00-\x1f]", "_", text))
    .filter(lambda name: name not in {".", ".."})
)

captures = st.builds(
    Capture,
    file=file_names,
    size=st.integers(1, 2**53 - 1),
    digest=digests,
    date=st.none() | dates,
)

fingerprints = st.builds(
    TextFingerprint,
    length=st.integers(1, 2**53 - 1),
    exact=digests,
    nfc_lf=digests,
    loose=digests,
    loose_body=digests,
    furniture=tuples_of(spans()),
    anchors=tuples_of(anchors),
)


mentions = st.builds(Mention, entity=entity_ids, spans=tuples_of(spans()))

relations = st.builds(
    Relation,
    kind=st.sampled_from(RelationKind),
    claim=st.builds("{}/c{:02}".format, st.sampled_from(ARTICLES), st.integers(0, 2)) | claim_ids,
    note=st.none() | texts(),
)


def sources_of(kind):
    """
    Sources of fields of a *kind* of record.
    """
    names = [*sourced_fields(kind), "dateline.date"]

    return st.builds(
        FieldSource,
        fields=tuples_of(st.sampled_from(names), least=1),
        basis=st.sampled_from(Basis),
        evidence=tuples_of(spans(tags=True), most=1),
        reference=st.none() | texts(),
        by=st.none() | texts(),
        note=st.none() | texts(),
    )


claims = st.builds(
    Claim,
    id=claim_ids,
    statement=texts(),
    kind=st.sampled_from(Kind),
    claimant=entity_ids,
    stance=st.sampled_from(Stance),
    evidence=tuples_of(spans(tags=True), least=1),
    channel=st.none() | texts(),
    via=tuples_of(entity_ids),
    said=st.none() | dates,
    happened=st.none() | dates,
    places=tuples_of(entity_ids),
    about=tuples_of(entity_ids),
    quantities=tuples_of(quantities),
    relations=tuples_of(relations),
    sources=tuples_of(sources_of(Claim), most=1),
)


def with_id(article, id):
    """
    The *article* and its claims under another id.
    """
    own = (evolve(claim, id=f"{id}/c{number:02}") for number, claim in enumerate(article.claims))

    return evolve(article, id=id, claims=tuple(own))


articles = st.builds(
    with_id,
    st.builds(
        Article,
        id=st.just("a"),
        revision=st.integers(1, 2**53 - 1),
        status=st.sampled_from(Status),
        headline=st.none() | texts(),
        publisher=st.none() | credits,
        bylines=tuples_of(credits, most=1),
        agencies=tuples_of(credits, most=1),
        published=st.none() | dates,
        dateline=st.none() | datelines,
        url=st.none() | urls,
        language=st.none() | languages,
        rights=st.none() | rights,
        abstract=st.none() | texts(),
        topics=tuples_of(topics, most=1),
        copies=tuples_of(copies, most=1),
        mentions=tuples_of(mentions),
        claims=tuples_of(claims),
        text=st.none() | fingerprints,
        capture=st.none() | captures,
        sources=tuples_of(sources_of(Article), most=1),
    ),
    article_ids,
)


def with_entity_id(entity, id):
    """
    The *entity* under another id, and of its kind.
    """
    return evolve(entity, id=id, kind=EntityKind(id.partition("/")[0]))


entities = st.builds(
    with_entity_id,
    st.builds(
        Entity,
        id=st.just("place/a"),
        kind=st.just(EntityKind.PLACE),
        name=texts(),
        variants=tuples_of(texts()),
        description=st.none() | texts(),
        wikidata=st.none() | st.integers(1, 10**12 - 1).map("Q{}".format),
        geonames=st.none() | st.integers(1, 10**12 - 1).map(str),
        iso3166=st.none() | st.sampled_from(["UA", "UA-65", "GB-ENG", "NA"]),
        gnd=st.none() | st.sampled_from(["1289387435", "4055554-3", "11855042X"]),
        latitude=st.none() | decimals(90),
        longitude=st.none() | decimals(180),
        sources=tuples_of(sources_of(Entity), most=1),
    ),
    entity_ids,
)


descriptions = st.builds(
    Description,
    name=slugs,
    title=texts(),
    description=texts(),
    licence=st.sampled_from(["CC-BY-4.0", "CC0-1.0", "LicenseRef-own"]),
    creators=tuples_of(texts()),
    language=languages,
    keywords=tuples_of(texts()),
    released=st.none() | dates,
    url=st.none() | urls,
)


def _corpus(found, known, pin, description):
    """
    A corpus of records under ids of its own.
    """
    articles, entities = map(with_id, found, ARTICLES), map(with_entity_id, known, ENTITIES)

    return Corpus.of(articles, entities, pin=pin, description=description)


@functools.cache
def corpora(least=0, most=3, *, described=False):
    """
    Corpora that hold every entity that is named, and claims related within and out of the corpus.

    Those that may be *described* are sometimes datasets with a title and makers.
    """
    count = len(ENTITIES)

    return st.builds(
        _corpus,
        st.lists(articles, min_size=least, max_size=most),
        st.lists(entities, min_size=count, max_size=count),
        st.none() | pins,
        st.none() | descriptions if described else st.none(),
    )


def names_in(corpus, kind=""):
    """
    The names by which entities of a *kind* can be asked for in *corpus*: ids, names and variants.
    """
    names = {
        name for entity in corpus.entities.values() for name in (entity.id, entity.name, *entity.variants)
    }

    return sorted(name for name in names if _means_one(corpus, name, kind))


def _means_one(corpus, name, kind):
    """
    Whether *name* means one entity, of a *kind*.
    """
    try:
        return corpus.entity(name).id.startswith(kind)
    except AmbiguousName:
        return False


@st.composite
def bounds(draw):
    """
    Arguments of the predicates about dates, whose ranges are open at an end or not empty.
    """
    since, until = draw(st.none() | points()), draw(st.none() | points())
    if since and until and since[:4] >= until[:4]:
        until = f"{since[:4]}-12-31"

    return {"since": since, "until": until, "certainly": draw(st.booleans())}


def some(values):
    """
    One or two of the *values*, as arguments.
    """
    return st.lists(st.sampled_from(values), min_size=1, max_size=2)


def _quantity(unit, at_least, at_most):
    """
    A predicate about numbers, without the upper limit if that is below the lower.
    """
    is_range = None in (at_least, at_most) or Decimal(at_least) <= Decimal(at_most)

    return where.quantity(unit=unit, at_least=at_least, at_most=at_most if is_range else None)


def leaves(corpus):
    """
    Predicates of one test each, that resolve in *corpus* and often hold for some of it.
    """
    names, places = names_in(corpus), names_in(corpus, "place/")
    printed = [article.publisher.name for article in corpus.values() if article.publisher]
    publishers = names_in(corpus) + [name for name in printed if _publishes(corpus, name)]
    ids = [*corpus, *corpus.claims, "somewhere-else", "somewhere-else/c01"]
    codes = [topic for article in corpus.values() for topic in article.topics]
    words = [claim.statement[:2] for claim in corpus.claims.values()]
    options = [
        some(ids).map(lambda values: where.id(*values)),
        bounds().map(lambda values: where.published(**values)),
        bounds().map(lambda values: where.said(**values)),
        bounds().map(lambda values: where.happened(**values)),
        some(names).map(lambda values: where.mentions(*values)),
        some(names).map(lambda values: where.about(*values)),
        some(names).map(lambda values: where.claimant(*values)),
        some(publishers).map(lambda values: where.publisher(*values)),
        some(["en", "en-gb", "EN-US", "uk", "sr-Latn"]).map(lambda values: where.language(*values)),
        some(list(Kind)).map(lambda values: where.kind(*values)),
        some([str(stance) for stance in Stance]).map(lambda values: where.stance(*values)),
        st.builds(
            _quantity,
            st.none() | st.sampled_from(["people", "Day", "007"]),
            st.none() | decimals() | st.integers(-3, 3),
            st.none() | st.integers(-3, 3).map(str),
        ),
        st.builds(
            lambda values, field: where.basis(*values, field=field),
            some(list(Basis)),
            st.none() | st.sampled_from(["headline", "said", "dateline.date"]),
        ),
        some([*HOSTILE, *filter(str.strip, words)]).map(lambda values: where.contains(*values)),
        some(["medtop:16000000", "NA", *(topic.code for topic in codes), *(topic.label for topic in codes)])
        .map(lambda values: where.topic(*values)),
    ]  # fmt: skip
    if places:
        options.append(some(places).map(lambda values: where.place(*values)))

    return st.one_of(options)


def _publishes(corpus, name):
    """
    Whether the printed *name* is none that several entities bear.
    """
    try:
        corpus.filter(where.publisher(name))
    except AmbiguousName:
        return False

    return True


def predicates(corpus):
    """
    Predicates that resolve in *corpus*, alone, joined by ``&``, ``|`` and ``~``, and in ``any_claim``.
    """
    return st.recursive(
        leaves(corpus),
        lambda inner: (
            st.builds(lambda one, other: one & other, inner, inner)
            | st.builds(lambda one, other: one | other, inner, inner)
            | inner.map(lambda one: ~one)
            | st.lists(inner, min_size=1, max_size=2).map(lambda parts: where.any_claim(*parts))
        ),
        max_leaves=5,
    )


@st.composite
def corpora_with_predicates(draw, count=1, least=1):
    """
    A corpus and *count* predicates that resolve in it.
    """
    corpus = draw(corpora(least))
    fitting = predicates(corpus)

    return (corpus, *(draw(fitting) for _ in range(count)))
