"""
What the formats of linked data share: names for records, links to authorities, JSON that is safe in a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from dateline.corpus import Corpus
from dateline.dates import PartialDate
from dateline.records import Article, Entity
from dateline.references import is_subset


#: Where an SPDX identifier of a licence is explained.
LICENCES: Final = "https://spdx.org/licenses/"

#: Where the numbers of the authorities are looked up, by the field of an entity.
_AUTHORITIES: Final = {
    "wikidata": "http://www.wikidata.org/entity/{}",
    "geonames": "https://sws.geonames.org/{}/",
    "gnd": "https://d-nb.info/gnd/{}",
}

_POLE: Final = 90
_ANTIMERIDIAN: Final = 180

# What ends a script element or begins a character reference, what ends a line of JavaScript, and what
# makes a line read as what it is not. None of it stands in JSON but inside a text.
_ESCAPED: Final = re.compile(
    "[<>&\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)


def base(corpus: Corpus) -> str:
    """
    What the names of a corpus's records begin with: a URN of its dataset, or of its digest if it has none.

    A record is named alike in every version, as its id is never reused. These are names, not addresses;
    their namespace is not registered with IANA.

    >>> from dateline.testing import tiny_corpus
    >>> base(tiny_corpus()) + "place/larkhaven"
    'urn:dateline:tiny:place/larkhaven'
    """
    return f"urn:dateline:{corpus.dataset or corpus.digest}:"


def corpus_uri(corpus: Corpus) -> str:
    """
    The name of a corpus: of its dataset and version, or for a subset and a corpus made by hand of its digest.

    >>> from dateline.testing import tiny_corpus
    >>> corpus_uri(tiny_corpus())
    'urn:dateline:tiny@1.0.0'
    """
    is_whole = corpus.pin is not None and not is_subset(corpus)

    return dataset_uri(corpus) if is_whole else f"urn:dateline:{corpus.digest}"


def dataset_uri(corpus: Corpus) -> str:
    """
    The name of the dataset, at its version, that a corpus is of; empty if it is of none.
    """
    return "" if corpus.pin is None else f"urn:dateline:{corpus.dataset}@{corpus.version}"


def links(entity: Entity) -> list[str]:
    """
    Where authorities tell who or what an entity is.

    >>> from dateline.testing import make_entity
    >>> links(make_entity(wikidata="Q156732"))
    ['http://www.wikidata.org/entity/Q156732']
    """
    numbers = ((getattr(entity, field), address) for field, address in _AUTHORITIES.items())

    return [address.format(number) for number, address in numbers if number]


def point(entity: Entity) -> dict[str, Any] | None:
    """
    The position of an entity as a geometry of GeoJSON (RFC 7946); None if it has none on Earth.

    >>> from decimal import Decimal
    >>> from dateline.testing import make_entity
    >>> point(make_entity(latitude=Decimal("54.5"), longitude=Decimal("-3.25")))
    {'type': 'Point', 'coordinates': [-3.25, 54.5]}
    """
    north, east = entity.latitude, entity.longitude
    if north is None or east is None or abs(north) > _POLE or abs(east) > _ANTIMERIDIAN:
        return None

    return {"type": "Point", "coordinates": [float(east), float(north)]}


def named_in(article: Article) -> Iterator[str]:
    """
    The id of every entity that an article or a claim in it refers to, some of them more than once.
    """
    yield from parties(article)
    if article.dateline and article.dateline.entity:
        yield article.dateline.entity
    yield from (mention.entity for mention in article.mentions)
    for claim in article.claims:
        yield from (claim.claimant, *claim.via, *claim.places, *claim.about)


def parties(article: Article) -> list[str]:
    """
    The ids of who published, wrote and supplied an article, as far as they are entities.
    """
    credited = (article.publisher, *article.bylines, *article.agencies)

    return [credit.entity for credit in credited if credit is not None and credit.entity]


def iso_date(date: PartialDate | None) -> str | None:
    """
    The day, month or year that surely holds a date, for formats without EDTF; None if there is none.

    >>> [iso_date(PartialDate(text)) for text in ("2022-03", "[2022-03-02,2022-03-03]", "2022-03-02~")]
    ['2022-03', '2022-03', None]
    """
    if date is None or date.qualifier:
        return None
    first, last = date.earliest, date.latest
    if first == last:
        return first.isoformat()
    if first.year != last.year:
        return None

    return f"{first.year:04}" if first.month != last.month else f"{first.year:04}-{first.month:02}"


def filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """
    The fields that have a value.
    """
    return {name: value for name, value in fields.items() if value not in (None, "", [], ())}


def to_json(value: Any) -> str:
    r"""
    A value as JSON, indented for people, that can stand inside a script element of a page.

    What could end that element, or makes a line read as what it is not, is written as an escape.

    >>> print(to_json(["</script>"]))
    [
      "\u003c/script\u003e"
    ]
    <BLANKLINE>
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)

    return f"{_ESCAPED.sub(_escape, text)}\n"


def _escape(sign: re.Match[str]) -> str:
    # Two escapes for a character beyond the first 65,536.
    units = sign[0].encode("utf-16-be").hex()

    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
