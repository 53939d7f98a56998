"""
Official schemas, RDF without a network, and corpora that have a given text in every field that takes one.
"""

from __future__ import annotations

import json
import re
import warnings
from decimal import Decimal
from pathlib import Path

import pytest
from formats import hostile

from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.ids import DatasetName, Pin, Version
from dateline.provenance import FieldSource
from dateline.records import Copy, Credit, Dateline, Mention, Quantity, Relation, Rights, Topic
from dateline.spans import Span
from dateline.testing import make_article, make_claim, make_entity


#: The folder of official schemas, which is not part of the project.
SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "schemas"

#: As many texts as are hostile, each another, in which nothing is.
HARMLESS = tuple(f"Harmless {number}" for number in range(len(hostile.TEXTS)))

# What ends a script element, and what makes a line read as what it is not.
_UNSAFE = re.compile("[<>&\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def official(path):
    """
    A file of the official schemas as JSON; the test is skipped where they are not.
    """
    file = SCHEMAS / path
    if not file.is_file():
        pytest.skip(f"no official schema: {file} is not there")

    return json.loads(file.read_text("utf-8"))


def graph(text, monkeypatch, contexts=None):
    """
    The RDF of a JSON-LD document by rdflib, which gets the *contexts* by their address and nothing else.
    """
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    context = pytest.importorskip("rdflib.plugins.shared.jsonld.context")

    def served(source, *_args, **_options):
        return (contexts or {})[str(source)], None

    monkeypatch.setattr(context, "source_to_json", served)

    with warnings.catch_warnings():
        # Of a class that it uses itself.
        warnings.simplefilter("ignore", DeprecationWarning)

        return rdflib.Graph().parse(data=text, format="json-ld")


def full_corpus(*texts):
    """
    A dataset with an article for each of the *texts*, which stands in every field that takes one.
    """
    articles = tuple(_article(number, text) for number, text in enumerate(texts))
    entities = tuple(_entity(number, text) for number, text in enumerate(texts))
    pin = Pin(DatasetName("full"), Version("1.0.0"), Corpus.of(articles, entities).digest)
    description = Description(
        name=DatasetName("full"),
        title=texts[0],
        description=texts[0],
        licence="CC-BY-4.0",
        creators=(texts[0],),
        released="2021-04-01",
        keywords=texts[:1],
        url="https://example.org/full",
    )

    return Corpus.of(articles, entities, pin=pin, description=description)


def shape(value):
    """
    What remains of a JSON value if every text in it is taken for another: the keys and the types.
    """
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]

    return type(value).__name__


def texts_in(value):
    """
    Every text in a JSON value.
    """
    if isinstance(value, dict):
        return {text for inner in value.values() for text in texts_in(inner)}
    if isinstance(value, list):
        return {text for inner in value for text in texts_in(inner)}

    return {value} if isinstance(value, str) else set()


def unsafe(text):
    """
    The characters of a document that do not belong into a page, nor on a terminal.
    """
    return set(_UNSAFE.findall(text))


def _sources(field, text):
    """
    Sources of three bases, with *text* in each that takes one.
    """
    evidence = (Span(0, 40),)

    return (
        FieldSource(fields=(field,), basis="stated", evidence=evidence, note=text, by=text),
        FieldSource(fields=("about",), basis="looked_up", reference=text, note=text),
        FieldSource(fields=("kind",), basis="inferred", note=text, by=text),
    )


def _article(number, text):
    """
    An article with a claim that have *text* wherever text can stand.
    """
    id = f"full-{number:02}"
    credit = Credit(name=text, entity=f"organisation/e{number:02}")
    claim = make_claim(
        id=f"{id}/c01",
        statement=text,
        channel=text,
        claimant=f"organisation/e{number:02}",
        via=(f"organisation/e{number:02}",),
        places=("place/old-quay",),
        about=("person/nobody",),
        quantities=(Quantity(value=Decimal(number), bound="about", unit=text[:100], of=text),),
        relations=(Relation(kind="same_as", claim="full-00/c01", note=text),),
        sources=_sources("claimant", text),
    )

    return make_article(
        id=id,
        headline=text,
        publisher=credit,
        bylines=(Credit(name=text), Credit(name="x", family=text, given=text), credit),
        agencies=(Credit(name=text), credit),
        dateline=Dateline(place=text, entity="place/old-quay", date="2021-03"),
        url=hostile.URL,
        rights=Rights(uri=hostile.URL, holder=text, note=text),
        abstract=text,
        topics=(Topic(code=f"medtop:{number:08}", label=text),),
        copies=(Copy(url=hostile.URL, publisher=Credit(name=text), relation="later", note=text),),
        mentions=(Mention(entity=f"organisation/e{number:02}", spans=(Span(3, 9),)),),
        claims=(claim,),
        sources=_sources("headline", text),
    )


def _entity(number, text):
    """
    An organisation that has *text* wherever text can stand.
    """
    return make_entity(
        id=f"organisation/e{number:02}",
        kind="organisation",
        name=text,
        variants=(text,),
        description=text,
        wikidata=f"Q{number + 1}",
        sources=_sources("name", text),
    )
