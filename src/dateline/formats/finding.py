"""
How a format is found: by a name or by a file's suffix, in the table or among those of other packages.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from dateline import files
from dateline.errors import NoSuchFormat, NotRead
from dateline.formats import installed
from dateline.formats.form import Format
from dateline.formats.table import FORMATS
from dateline.suggesting import nearest


_BY_NAME: Final = FORMATS | {alias: format_ for format_ in FORMATS.values() for alias in format_.aliases}
_BY_SUFFIX: Final = {suffix: format_ for format_ in FORMATS.values() for suffix in format_.suffixes}
_READ_BY_SUFFIX: Final = _BY_SUFFIX | {
    suffix: format_ for format_ in FORMATS.values() for suffix in format_.read_suffixes
}


def named(name: str) -> Format:
    """
    The format of that name: one of ours, else one that an installed package announces.

    Raises:
        NoSuchFormat: If nothing has that name.
        BrokenFormat: If the package that announces it does not give it.

    >>> named("csv").name
    'csv-articles'
    """
    found = _BY_NAME.get(name)
    if found is not None:
        return found
    others = installed.names()
    if name in others:
        return installed.load(name)
    known = {*_BY_NAME, *others}
    raise NoSuchFormat(str(name), nearest(str(name), known), tuple(sorted(known)))


def of_file(path: str | os.PathLike[str]) -> Format:
    """
    The format that the longest suffix of a file means: our own first, of those that are as long.

    Raises:
        NoSuchFormat: If none has that suffix.
        BrokenFormat: If the package that announces it does not give it.

    >>> of_file("articles.CSL.json").name
    'csl-json'
    """
    return _of_file(path, _BY_SUFFIX)


def of_file_to_read(path: str | os.PathLike[str]) -> Format:
    """
    As :func:`of_file`, but files of others that are read as a format, such as web pages, mean it too.

    Raises:
        NotRead: If none has that suffix, and there is no such file either.
        NoSuchFormat, BrokenFormat: As there.

    >>> of_file_to_read("ferry.html").name
    'schema.org'
    """
    try:
        return _of_file(path, _READ_BY_SUFFIX)
    except NoSuchFormat:
        if not files.asked(path, Path.exists):
            raise NotRead(os.fspath(path), "is missing") from None
        raise


def announced() -> dict[str, str]:
    """
    The names and suffixes that other packages announce, each with its package; ours are not replaced.
    """
    own = {*_BY_NAME, *_BY_SUFFIX}

    return {name: package for name, package in installed.packages().items() if name not in own}


def is_folder(path: str | os.PathLike[str]) -> bool:
    """
    Whether a path's suffix means a format of ours that is a folder.

    >>> is_folder("tiny.parquet"), is_folder("releases/1.0.0")
    (True, False)
    """
    suffix = _longest(Path(path).name.lower(), _BY_SUFFIX)

    return suffix != "" and _BY_SUFFIX[suffix].write_folder is not None


def readable() -> tuple[str, ...]:
    """
    The names of our formats that can be read, sorted.

    >>> "jsonl" in readable()
    True
    """
    return tuple(sorted(format_.name for format_ in FORMATS.values() if format_.read or format_.read_folder))


def draftable() -> tuple[str, ...]:
    """
    The names of our formats that tell drafts of articles, sorted.

    >>> "csl-json" in draftable()
    True
    """
    return tuple(
        sorted(format_.name for format_ in FORMATS.values() if format_.read_drafts or format_.row_drafts)
    )


def _of_file(path: str | os.PathLike[str], ours: Mapping[str, Format]) -> Format:
    name = Path(path).name.lower()
    own = _longest(name, ours)
    # No suffix is longer than all that follows the first dot; looking for others takes a while.
    if own and name.partition(".")[2] == own[1:]:
        return ours[own]
    others = installed.suffixes()
    suffix = _longest(name, (*ours, *others))
    if suffix in ours:
        return ours[suffix]
    if suffix:
        return installed.load(suffix)
    ending = Path(name).suffix
    known = {*ours, *others}
    raise NoSuchFormat(ending or name, nearest(ending, known), tuple(sorted(known)))


def _longest(name: str, suffixes: Iterable[str]) -> str:
    return max((suffix for suffix in suffixes if name.endswith(suffix)), key=len, default="")
