"""
RO-Crate 1.3, which research archives read: the folder of a release as a crate.

Who made it stands as it is to be cited: whether that is a person or an organization nobody has said.
Nor is there a publisher, which is whoever deposits the crate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dateline.corpus import Corpus
from dateline.descriptors.identity import identity
from dateline.descriptors.kinds import kind_of
from dateline.fingerprints import sha256
from dateline.formats.linked import LICENCES, filled, iso_date, to_json
from dateline.ids import Pin
from dateline.references import web_address


NAME: Final = "ro-crate-metadata.json"

_PROFILE: Final = "https://w3id.org/ro/crate/1.3"
_ROOT: Final = "./"
_PIN: Final = "#pin"

Node = dict[str, Any]


def write(corpus: Corpus, files: Mapping[str, bytes]) -> bytes:
    """
    The metadata file of a crate with these files.

    Without a date of release that is sure, a depositor adds ``datePublished``, which is required.

    Raises:
        InvalidValue: If the corpus has no pin or no description.

    Source: the specification at https://w3id.org/ro/crate/1.3

    >>> import json
    >>> from dateline.testing import tiny_corpus
    >>> crate = json.loads(write(tiny_corpus(), {"claims.csv": b"id"}))
    >>> [node["@id"] for node in crate["@graph"][:3]]
    ['ro-crate-metadata.json', './', 'claims.csv']
    """
    pin, about = identity(corpus)
    parts = sorted(name for name in files if name != NAME)
    licence = f"{LICENCES}{about.licence}"
    root = _ref(_ROOT) | {
        "@type": "Dataset",
        "name": about.title,
        "description": about.description,
        "datePublished": iso_date(about.released),
        "license": _ref(licence),
        "creator": _compact(about.creators),
        "identifier": _ref(_PIN),
        "version": pin.version,
        "keywords": _compact(about.keywords),
        "inLanguage": about.language,
        "url": about.url and web_address(about.url),
        "hasPart": _compact([_ref(name) for name in parts]),
    }
    graph = [
        _ref(NAME) | {"@type": "CreativeWork", "about": _ref(_ROOT), "conformsTo": _ref(_PROFILE)},
        filled(root),
        *(_file(name, files[name]) for name in parts),
        _licence(licence, about.licence),
        _identifier(pin),
    ]

    return to_json({"@context": f"{_PROFILE}/context", "@graph": graph}).encode()


def _file(name: str, data: bytes) -> Node:
    kind = kind_of(name)
    described = {"description": kind.holds} if kind.holds else {}

    return _ref(name) | {
        "@type": "File",
        "name": name,
        **described,
        "contentSize": str(len(data)),
        "encodingFormat": kind.media_type,
        "sha256": sha256(data).removeprefix("sha256:"),
    }


def _licence(address: str, name: str) -> Node:
    told = "The licence of the records; the articles that they are about have rights of their own."

    return _ref(address) | {"@type": "CreativeWork", "name": name, "description": told}


def _identifier(pin: Pin) -> Node:
    told = "name, version and digest of the records"

    return _ref(_PIN) | {"@type": "PropertyValue", "name": told, "value": str(pin)}


def _compact(values: list[Any] | tuple[Any, ...]) -> Any:
    # Section "JSON-LD": a single value stands without brackets.
    return values[0] if len(values) == 1 else list(values)


def _ref(identifier: str) -> Node:
    return {"@id": identifier}
