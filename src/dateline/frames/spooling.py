"""
JSON Lines laid down as a store: what holds records inside records becomes tables that can be asked.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

from dateline import store
from dateline.errors import NotRead
from dateline.formats import jsonl
from dateline.records import Article, Entity


@frozen(eq=False)
class Spool:
    """
    A store in a folder that goes when nobody needs it any more.
    """

    store: store.Store

    def __attrs_post_init__(self) -> None:
        weakref.finalize(self, shutil.rmtree, self.store.folder.parents[1], ignore_errors=True)


def spool(files: Iterable[Path]) -> Spool:
    """
    The records of some JSON Lines as a store, of which few are in memory at a time; the entities all.

    Raises:
        NotRead: If a file cannot be read.
        InvalidDocument: If a line is not JSON or no record.
        InvalidRecord: If a record breaks a rule, or an id stands twice.
        DigestMismatch: If the records of a file are not those that its first line names.
        NewerSchema: If they need a later package.
        MissingExtra: If pyarrow is not installed.
    """
    folder = tempfile.mkdtemp(prefix="dateline-")
    # Filled while the articles pass by, and asked for when all have.
    entities: dict[Entity, None] = {}
    articles = (record for file in files for record in _articles(file, entities))
    try:
        store.write(articles, folder, name="scanned", version="0.0.0", entities=entities)
        return Spool(store.open(Path(folder) / "scanned" / "0.0.0", verify=True))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _articles(file: Path, entities: dict[Entity, None]) -> Iterator[Article]:
    try:
        with file.open("rb") as lines:
            for record in jsonl.records(lines, str(file)):
                if isinstance(record, Article):
                    yield record
                else:
                    entities[record] = None
    except OSError as error:
        raise NotRead(str(file), error.strerror or str(error)) from error
