"""
Data Package 2.0, which catalogues of open data read: every file of a release, and what its tables hold.

``fieldsMatch`` is left out, since the specification and its profile say different things of it;
its default, the same columns in the same order, is what is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.descriptors.columns import Meaning, meanings
from dateline.descriptors.identity import identity
from dateline.descriptors.kinds import kind_of
from dateline.descriptors.tables import NAMES, file_of
from dateline.fingerprints import sha256
from dateline.formats.flat_columns import Cell
from dateline.formats.linked import LICENCES, filled, to_json
from dateline.references import web_address


NAME: Final = "datapackage.json"

_PROFILES: Final = "https://datapackage.org/profiles/2.0/"

_TYPES: Final = {
    Cell.TEXT: "string",
    Cell.WHOLE: "integer",
    Cell.REAL: "number",
    Cell.DAY: "date",
    Cell.TEXTS: "array",
}

# The default, said aloud: frictionless would guess.
_DIALECT: Final = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}

# Names that tell frictionless, which goes by suffixes, that these are files and no tables or Table Schemas.
_FORMATS: Final = {"application/jsonl": "json-lines", "application/schema+json": "json-schema"}

# One row of sources for each field of a record; two of the three are empty.
_SOURCE_KEY: Final = ("article", "claim", "entity", "field")

_Object = dict[str, Any]


def write(corpus: Corpus, files: Mapping[str, bytes]) -> bytes:
    """
    The descriptor of a package of these files.

    Raises:
        InvalidValue: If the corpus has no pin or no description.

    Source: the specification at https://datapackage.org/standard/data-package/

    >>> import json
    >>> from dateline.descriptors.tables import write_tables
    >>> from dateline.testing import tiny_corpus
    >>> package = json.loads(write(tiny_corpus(), write_tables(tiny_corpus())))
    >>> package["resources"][1]["schema"]["foreignKeys"][0]["reference"]
    {'resource': 'articles', 'fields': ['id']}
    """
    pin, about = identity(corpus)
    tables = {file_of(table): table for table in NAMES}

    return to_json(
        {
            "$schema": f"{_PROFILES}datapackage.json",
            "name": pin.dataset,
            "id": str(pin),
            "version": pin.version,
            **_described(about),
            "resources": [
                _table(tables[name], files[name]) if name in tables else _file(name, files[name])
                for name in sorted(files, key=lambda name: (name not in tables, name))
            ],
        }
    ).encode()


def _described(about: Description) -> _Object:
    licence = {"name": about.licence, "path": f"{LICENCES}{about.licence}"}

    return filled(
        {
            "title": about.title,
            "description": about.description,
            "homepage": about.url and web_address(about.url),
            "licenses": [licence],
            "contributors": [{"title": creator, "roles": ["creator"]} for creator in about.creators],
            "keywords": list(about.keywords),
        }
    )


def _file(name: str, data: bytes) -> _Object:
    kind = kind_of(name)

    return filled(
        {
            "name": name.lower(),
            "path": name,
            "description": kind.holds,
            "format": _FORMATS.get(kind.media_type),
            "mediatype": kind.media_type,
            "encoding": "utf-8",
            "bytes": len(data),
            "hash": sha256(data),
        }
    )


def _table(table: str, data: bytes) -> _Object:
    return _file(file_of(table), data) | {
        "name": table,
        "type": "table",
        "format": "csv",
        "dialect": _DIALECT,
        "schema": _schema(table),
    }


def _schema(table: str) -> _Object:
    columns = meanings(table)
    key: _Object = {"uniqueKeys": [list(_SOURCE_KEY)]} if table == "sources" else {"primaryKey": ["id"]}
    references = [
        {"fields": [found.column.name], "reference": {"resource": found.column.references, "fields": ["id"]}}
        for found in columns
        if found.column.references
    ]

    return {
        "fields": [_field(found) for found in columns],
        "missingValues": [""],
        **key,
        **filled({"foreignKeys": references}),
    }


def _field(found: Meaning) -> _Object:
    column = found.column

    return filled(
        {
            "name": column.name,
            "type": _TYPES[column.cell],
            "description": found.description,
            "constraints": filled({"required": found.required or None, **_rules(found)}) or None,
        }
    )


def _rules(found: Meaning) -> _Object:
    """
    What the JSON Schema of the values says that a Table Schema can say as well.
    """
    schema = found.schema
    if found.column.cell is Cell.WHOLE:
        return {"minimum": schema.get("minimum")}
    if found.column.cell is not Cell.TEXT:
        return {}

    return {
        "unique": found.column.name == "id" or None,
        "enum": [word["const"] for word in schema.get("oneOf", ())],
        "maxLength": schema.get("maxLength"),
        "pattern": _pattern(schema.get("pattern", "")),
    }


def _pattern(pattern: str) -> str | None:
    """
    A pattern of all of a text in the syntax of XML Schema, which has no anchors and only plain groups.

    None if it is of a part of the text, or names characters by numbers, which that syntax does not.

    >>> _pattern("^(?:Q(?:[0-9]+))$")
    '(Q([0-9]+))'
    """
    if not pattern.startswith("^(?:") or "\\x" in pattern:
        return None

    return pattern.removeprefix("^").removesuffix("$").replace("(?:", "(")
