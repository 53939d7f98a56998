"""
A store: a corpus of any size as a folder of Parquet files, with a manifest that names and digests them all.

::

    news/1.0.0/
    ├── manifest.json            name, version, digest of the corpus; size, rows and digest of every file
    ├── articles-00000.parquet   a part of the articles, sorted by the first day of publication, then by id
    ├── claims-00000.parquet     the claims of those articles, in the same order
    ├── articles-00001.parquet   …
    └── entities-00000.parquet   entities, sorted by id

The columns are those of the format ``parquet``; articles and entities have their record in the last one.
"""

from __future__ import annotations

from dateline.store.layout import Part, StoreFile, StoreManifest
from dateline.store.opening import Store, open  # noqa: A004 - read as store.open()
from dateline.store.records import records
from dateline.store.verifying import verify
from dateline.store.writing import write


__all__ = [
    "Part",
    "Store",
    "StoreFile",
    "StoreManifest",
    "open",
    "records",
    "verify",
    "write",
]
