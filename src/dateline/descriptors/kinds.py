"""
What each file of a release holds, in a few words, and its media type.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from attrs import frozen


@frozen
class FileKind:
    """
    The media type of a file, and what stands in it; an empty text if that is not known.
    """

    media_type: str

    holds: str = ""


#: The files of a release by their names.
FILES: Final = {
    "CITATION.cff": FileKind(
        "application/yaml", "how to cite the dataset, in the Citation File Format 1.2.0"
    ),
    "README.md": FileKind("text/markdown", "the dataset card, which the library datasets reads"),
    "SOURCES.md": FileKind("text/markdown", "what was looked up about the articles, and where"),
    "articles.csv": FileKind("text/csv", "the articles as a flat table"),
    "articles.jsonl": FileKind("application/jsonl", "the articles and their claims, a record a line"),
    "changes.jsonl": FileKind("application/jsonl", "what changed since the version before"),
    "claims.csv": FileKind("text/csv", "the claims as a flat table"),
    "croissant.json": FileKind(
        "application/ld+json", "the dataset's tables and their provenance, in Croissant"
    ),
    "datacite.json": FileKind("application/json", "the metadata for a DOI deposit, in DataCite's schema"),
    "datapackage.json": FileKind("application/json", "the dataset as a Data Package"),
    "entities.csv": FileKind("text/csv", "the entities as a flat table"),
    "entities.jsonl": FileKind("application/jsonl", "the entities, a record a line"),
    "manifest-sha256.txt": FileKind("text/plain", "the SHA-256 digest of each file, as sha256sum checks it"),
    "manifest.json": FileKind("application/json", "the release's name, version, digests and sizes"),
    "ro-crate-metadata.json": FileKind("application/ld+json", "the dataset as an RO-Crate"),
    "schema.json": FileKind("application/schema+json", "the JSON Schema of the records"),
    "sources.csv": FileKind("text/csv", "the source of each field as a flat table"),
}

_BY_SUFFIX: Final = {
    ".csv": FileKind("text/csv"),
    ".json": FileKind("application/json"),
    ".jsonl": FileKind("application/jsonl"),
    ".md": FileKind("text/markdown"),
    ".txt": FileKind("text/plain"),
}


def kind_of(name: str) -> FileKind:
    """
    What a file of a release is, by its name, or else by its suffix.

    >>> kind_of("claims.csv")
    FileKind(media_type='text/csv', holds='the claims as a flat table')
    >>> kind_of("notes.bin").media_type
    'application/octet-stream'
    """
    return FILES.get(name) or _BY_SUFFIX.get(PurePath(name).suffix, FileKind("application/octet-stream"))
