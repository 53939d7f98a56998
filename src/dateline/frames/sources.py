"""
What can be scanned: files, folders, stores and frames, each as the tables that it has.
"""

from __future__ import annotations

import functools
import glob
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field, frozen

from dateline import store
from dateline.errors import InvalidDocument, NotRead
from dateline.files import asked
from dateline.formats import flat_tables
from dateline.formats.heading import Heading
from dateline.frames import duck, headings, lazy
from dateline.frames.forms import Side
from dateline.frames.register import Register
from dateline.frames.spooling import Spool, spool
from dateline.frames.tables import Engine
from dateline.store.columns import schema_of
from dateline.store.layout import MANIFEST, PARTS_OF


#: The tables that a scan reads, and how their files are named.
TABLES: Final = ("articles", "claims", "entities")

_NAME: Final = re.compile(rf"({'|'.join(TABLES)})(?:-[^/]*)?\.parquet")
_JSON_LINES: Final = (".jsonl", ".ndjson")


@frozen(eq=False)
class Source:
    """
    Something that can be scanned.
    """

    #: For messages.
    name: str

    engine: Engine

    #: Which corpus it is, if the source says so.
    heading: Heading | None = None

    #: Whether the digests of its files were checked.
    verified: bool = False

    #: Whether it is a store.
    is_store: bool = False

    #: Files that last as long as the source does.
    spool: Spool | None = field(default=None, repr=False)

    def is_filled(self, side: Side, column: str) -> bool:
        """
        Whether each row of a side has a value in a *column* that, where it is known, no row is without.

        Rows of an earlier package have none in a column that was added later.
        """
        if column not in (self.engine.columns(side.value) or ()):
            return False

        # Of a store all files have the same columns: what an earlier package wrote with others is not shared.
        return self.is_store or self.register.is_filled(side, column)

    @functools.cached_property
    def register(self) -> Register:
        """
        Where names are looked up.
        """
        return Register(self.engine, self.name)


def source_of(thing: Any) -> Source:
    """
    Whatever can be scanned as a source.

    Raises:
        NotRead: If a file is not there, or cannot be read.
        InvalidDocument: If files are named otherwise than tables are, or are not what their name says.
        InvalidRecord: If a record in JSON Lines breaks a rule.
        DigestMismatch: If JSON Lines are not the records that their first line names.
        InvalidValue: If it is nothing that can be scanned.
        MissingExtra: If an engine is not installed.
    """
    if isinstance(thing, store.Store):
        return _of_store(thing, str(thing.folder))
    if isinstance(thing, (str, os.PathLike)):
        return _of_path(os.fspath(thing))
    frames = thing if isinstance(thing, Mapping) else {"articles": thing}

    return Source("frames", lazy.engine_of({name: frames[name] for name in TABLES if name in frames}))


def _of_store(opened: store.Store, name: str) -> Source:
    files = {table: opened.paths(table) for table in TABLES}
    # No articles, or none with claims, is an answer; without entities ids mean themselves.
    empty = {table: schema_of(table).empty_table() for table in PARTS_OF["article"] if not files[table]}
    engine = duck.over_files(files, in_parts=True, empty=empty)

    return Source(name, engine, headings.of_store(opened.manifest), opened.verified, is_store=True)


def _of_path(path: str) -> Source:
    if asked(Path(path) / MANIFEST, Path.is_file):
        return _of_store(store.open(path), path)
    files = _files(path)
    if not files:
        raise NotRead(path, "has no file to scan")
    if all(file.suffix in _JSON_LINES for file in files):
        return _of_json_lines(path, files)
    for file in files:
        # Our other tables lie beside these, and say nothing that a scan is asked.
        if not _table_of(file) and file.name.removesuffix(".parquet") not in flat_tables.TABLES:
            expected = "must be named like articles.parquet or articles-0.parquet, or all files be JSON Lines"
            raise InvalidDocument(str(file), None, expected)
    tables = {table: [file for file in files if _table_of(file) == table] for table in TABLES}
    if not tables["articles"]:
        raise InvalidDocument(
            path, None, "must have a file that is named like articles.parquet or articles-0.parquet"
        )
    engine = duck.over_files(tables)
    (first, *others) = tables["articles"]

    return Source(path, engine, None if others else headings.of_parquet(engine, first))


def _of_json_lines(path: str, files: Sequence[Path]) -> Source:
    spooled = spool(files)
    source = _of_store(spooled.store, path)
    heading = headings.of_json_lines(files[0]) if len(files) == 1 else None

    return evolve(source, heading=heading, spool=spooled)


def _files(path: str) -> list[Path]:
    """
    The files that a path leads to, or else a pattern; of folders, those of tables, or else JSON Lines.
    """
    # Path.glob() knows no pattern that begins at the root.
    found = [Path(path)] if asked(path, Path.exists) else map(Path, glob.iglob(path, recursive=True))  # noqa: PTH207

    return sorted(
        file for place in found for file in (_inside(place) if asked(place, Path.is_dir) else [place])
    )


def _inside(folder: Path) -> list[Path]:
    patterns = ("*.parquet", *(f"{table}/*.parquet" for table in TABLES))
    tables = [file for pattern in patterns for file in folder.glob(pattern) if _table_of(file)]
    lines = (file for suffix in _JSON_LINES for file in folder.glob(f"*{suffix}"))

    return list(map(_ordinary, tables or lines))


def _ordinary(file: Path) -> Path:
    # A pipe might never end, and a link leads out of the folder; without them it would be less than it seems.
    if file.is_symlink() or not file.is_file():
        raise NotRead(str(file), "is no ordinary file; name the files by a pattern to follow links")

    return file


def _table_of(file: Path) -> str | None:
    match = _NAME.fullmatch(file.name)
    if match:
        return match[1]

    # As Spark writes a table: a folder of that name, with files of any.
    return file.parent.name if file.parent.name in TABLES and file.suffix == ".parquet" else None
