"""
News reporting as data: every article a typed record, every fact with its source, every version pinned.

The names below are resolved when they are first touched, so that ``import dateline`` costs next to nothing.
"""

from __future__ import annotations

import importlib as _importlib


__version__ = "0.1.0"

# A name and the module that it is defined in.
_HOMES = {
    "AmbiguousName": "errors",
    "AmbiguousTruth": "errors",
    "Article": "records",
    "Basis": "vocabulary",
    "Bound": "vocabulary",
    "BrokenFormat": "errors",
    "Capture": "provenance",
    "Change": "differences",
    "Claim": "records",
    "ClaimScan": "frames",
    "Copy": "records",
    "CopyRelation": "vocabulary",
    "Corpus": "corpus",
    "Credit": "records",
    "DamagedRelease": "errors",
    "DamagedStore": "errors",
    "Dataset": "catalog",
    "Dateline": "records",
    "DatelineError": "errors",
    "Description": "descriptions",
    "DigestMismatch": "errors",
    "Drafts": "formats.drafts",
    "Entity": "records",
    "EntityKind": "vocabulary",
    "Fault": "errors",
    "FieldSource": "provenance",
    "Finding": "rules",
    "FolderBusy": "errors",
    "InvalidDocument": "errors",
    "InvalidPredicate": "errors",
    "InvalidRecord": "errors",
    "InvalidValue": "errors",
    "Kind": "vocabulary",
    "Match": "texts",
    "Mention": "records",
    "MissingExtra": "errors",
    "MissingSource": "errors",
    "NewerSchema": "errors",
    "NoSuchArticle": "errors",
    "NoSuchClaim": "errors",
    "NoSuchDataset": "errors",
    "NoSuchEntity": "errors",
    "NoSuchFormat": "errors",
    "NoSuchStyle": "errors",
    "NoSuchVersion": "errors",
    "NotFound": "errors",
    "NotPushedDown": "errors",
    "NotRead": "errors",
    "NotWritten": "errors",
    "Outcome": "texts",
    "PartialDate": "dates",
    "Passage": "texts",
    "Pin": "ids",
    "Predicate": "predicates",
    "PredicateError": "errors",
    "ProcessLost": "errors",
    "Quantity": "records",
    "Reading": "texts",
    "Relation": "records",
    "RelationKind": "vocabulary",
    "ReleaseExists": "errors",
    "Rights": "records",
    "Scan": "frames",
    "Selection": "selections",
    "Span": "spans",
    "SpanNotFound": "errors",
    "SpanStatus": "texts",
    "Stance": "vocabulary",
    "Status": "vocabulary",
    "TextFingerprint": "fingerprints",
    "TextNotAttached": "errors",
    "TextsNotProved": "errors",
    "Topic": "records",
    "Uncitable": "errors",
    "UnprintablePredicate": "errors",
    "VersionRule": "errors",
    "WordsWithheld": "errors",
    "attach": "texts",
    "bibliography": "citing",
    "check": "checks",
    "cite": "citing",
    "datasets": "catalog",
    "diff": "differences",
    "dump": "formats",
    "dumps": "formats",
    "json_schema": "json_schemas",
    "load": "catalog",
    "losses": "formats.reports",
    "read": "formats",
    "read_drafts": "formats",
    "reads": "formats",
    "reproduce": "selections",
    "revise": "revising",
    "to_arrow": "formats.arrow",
    "to_pandas": "formats.arrow",
    "to_polars": "formats.arrow",
    "scan": "frames",
    "validate": "validation",
    "verify": "catalog",
}

# Modules that are used by name: dateline.where.place(…).
_MODULES = ("csl", "store", "testing", "texts", "where")

__all__ = ["__version__", *_HOMES, *_MODULES]  # noqa: PLE0604 - all are names


def __getattr__(name: str) -> object:
    if name in _HOMES:
        value = getattr(_importlib.import_module(f"dateline.{_HOMES[name]}"), name)
    elif name in _MODULES:
        value = _importlib.import_module(f"dateline.{name}")
    else:
        message = f"module 'dateline' has no attribute {name!r}"
        raise AttributeError(message)
    globals()[name] = value

    return value


def __dir__() -> list[str]:
    return sorted(__all__)
