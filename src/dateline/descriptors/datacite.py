"""
What a depositor tells DataCite to get a DOI: the attributes of its REST API, in the Metadata Schema 4.

No DOI is made up, nor a prefix: the repository gives one. The publisher is the repository too,
so the word that the schema has for what is to be announced stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from dateline.corpus import Corpus
from dateline.descriptors.identity import identity
from dateline.descriptors.kinds import kind_of
from dateline.formats.linked import LICENCES, filled, iso_date, to_json
from dateline.references import unmarked, web_address


NAME: Final = "datacite.json"

# Standard values for unknown information (appendix 3 of the schema's documentation).
_LATER: Final = ":tba"
_UNKNOWN: Final = ":unav"

_YEAR: Final = len("2022")

Node = dict[str, str]


def write(corpus: Corpus, files: Mapping[str, bytes]) -> bytes:
    """
    The attributes of a deposit, as JSON.

    Without a date of release that is sure, there is no ``publicationYear``, which the depositor then adds.

    Raises:
        InvalidValue: If the corpus has no pin or no description.

    Source: the DataCite Metadata Schema at https://schema.datacite.org/meta/kernel-4/

    >>> import json
    >>> from dateline.testing import tiny_corpus
    >>> attributes = json.loads(write(tiny_corpus(), {}))
    >>> attributes["titles"], attributes["publicationYear"], "doi" in attributes
    ([{'title': 'The Larkhaven Ferry in the News'}], '2021', False)
    """
    pin, about = identity(corpus)
    issued = iso_date(about.released)
    attributes = {
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Records of news articles"},
        "creators": [{"name": name} for name in _texts(about.creators) or (_UNKNOWN,)],
        "titles": [{"title": title} for title in _texts([about.title]) or (pin.dataset,)],
        "publisher": {"name": _LATER},
        "publicationYear": issued and issued[:_YEAR],
        "dates": [{"date": issued, "dateType": "Issued"}] if issued else [],
        "subjects": [{"subject": keyword} for keyword in _texts(about.keywords)],
        "language": about.language,
        "alternateIdentifiers": [
            {"alternateIdentifier": str(pin), "alternateIdentifierType": "name, version and digest"}
        ],
        "relatedIdentifiers": list(_articles(corpus)),
        "sizes": [f"{name}: {len(getattr(corpus, name))}" for name in ("articles", "claims", "entities")],
        "formats": sorted({kind_of(name).media_type for name in files}),
        "version": pin.version,
        "rightsList": [_rights(about.licence)],
        "descriptions": [
            {"description": text, "descriptionType": "Abstract"} for text in _texts([about.description])
        ],
        "url": about.url and web_address(about.url),
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }

    return to_json(filled(attributes)).encode()


def _texts(values: Iterable[str]) -> list[str]:
    # DataCite keeps XML, which takes neither control characters nor these two (XML 1.0, section 2.2).
    shown = (re.sub("[\ufffe\uffff]", "", unmarked(value)) for value in values)

    return list(filter(None, dict.fromkeys(shown)))


def _articles(corpus: Corpus) -> Iterator[Node]:
    addresses = dict.fromkeys(web_address(article.url) for article in corpus.values() if article.url)
    for address in addresses:
        yield {"relatedIdentifier": address, "relatedIdentifierType": "URL", "relationType": "References"}


def _rights(licence: str) -> Node:
    return {
        "rights": licence,
        "rightsUri": f"{LICENCES}{licence}",
        "rightsIdentifier": licence,
        "rightsIdentifierScheme": "SPDX",
        "schemeUri": LICENCES,
    }
