"""
The files of a folder that a format is read from, inside of it only: no links, no devices, no end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dateline import files
from dateline.errors import NotRead


#: How many files a folder may have, and bytes in all of them.
MAX_FILES: Final = 1000
MAX_SIZE: Final = 2**32


def contents(folder: str | os.PathLike[str]) -> dict[str, bytes]:
    """
    The bytes of the files in a folder and those below it by their names, slashes included.

    Hidden files and folders are left out.

    Raises:
        NotRead: If it is no folder, something in it is a link or a device, or may not be read, or there are
            too many files or too large ones.
    """
    root = Path(folder)
    if not files.asked(root, Path.is_dir):
        raise NotRead(os.fspath(folder), "is no folder")
    found: dict[str, bytes] = {}
    left = MAX_SIZE
    for path in _files(root):
        if len(found) == MAX_FILES:
            raise NotRead(os.fspath(folder), f"has more than {MAX_FILES} files")
        data = files.read(path, limit=left)
        found[path.relative_to(root).as_posix()] = data
        left -= len(data)

    return found


def _files(root: Path) -> Iterator[Path]:
    for place, below, names in os.walk(root, onerror=_refuse):
        below[:] = [name for name in sorted(below) if not name.startswith(".")]
        paths = [Path(place, name) for name in sorted(names) if not name.startswith(".")]
        for path in (*(Path(place, name) for name in below), *paths):
            # A device or a pipe might never end, and a link leads out; nor is anything passed over.
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise NotRead(os.fspath(path), "is no ordinary file")
        yield from paths


def _refuse(error: OSError) -> None:
    raise NotRead(os.fspath(error.filename), error.strerror or str(error))
