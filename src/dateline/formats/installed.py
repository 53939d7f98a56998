"""
Formats that other installed packages bring, by entry points of the group ``dateline.formats``.

The name of an entry point is a format's name, or a suffix with its dot; it leads to a ``Format``.
A package's code is run when its format is asked for, and not before.
"""

from __future__ import annotations

from typing import Any, Final

from dateline.errors import BrokenFormat
from dateline.formats.form import GROUP, Format


#: The ways to write, of which a format has one.
_WAYS: Final = ("write", "write_bytes", "write_folder")


def names() -> tuple[str, ...]:
    """
    The names of formats that packages announce, sorted.
    """
    return tuple(sorted({point.name for point in _points() if not _is_suffix(point.name)}))


def suffixes() -> tuple[str, ...]:
    """
    The suffixes that packages announce, sorted; a file's name is asked for them in lower case.
    """
    return tuple(sorted({point.name for point in _points() if _is_suffix(point.name)}))


def packages() -> dict[str, str]:
    """
    For each announced name and suffix the package that announces it; of several, all of them.
    """
    found: dict[str, list[str]] = {}
    for point in _points():
        found.setdefault(point.name, []).append(_package(point))

    return {name: ", ".join(sorted(packages)) for name, packages in sorted(found.items())}


def load(key: str) -> Format:
    """
    The format that a package announces under a name or suffix.

    Raises:
        BrokenFormat: If the package cannot be imported or gives something else, or several announce it.
    """
    points = [point for point in _points() if point.name == key]
    package = packages()[key]
    if len(points) > 1:
        raise BrokenFormat(key, package, "several packages announce it")
    try:
        found = points[0].load()
    except Exception as error:  # whatever the code of a stranger raises
        raise BrokenFormat(key, package, f"{type(error).__name__}: {error}") from error
    problem = _problem(found, key)
    if problem:
        raise BrokenFormat(key, package, problem)
    format_: Format = found

    return format_


def _problem(found: object, key: str) -> str:
    if not isinstance(found, Format):
        return f"{type(found).__name__} is no dateline.formats.Format"
    if key not in (found.name, *found.aliases, *found.suffixes):
        return f"it is the format {found.name!r}, which does not go by that name"
    if sum(getattr(found, way) is not None for way in _WAYS) != 1:
        return f"it must have one of {', '.join(_WAYS)}"

    return ""


def _points() -> list[Any]:
    # It is slow to import, and most formats are ours.
    from importlib import metadata  # noqa: PLC0415

    return list(metadata.entry_points(group=GROUP))


def _package(point: Any) -> str:
    return "?" if point.dist is None else str(point.dist.name)


def _is_suffix(name: str) -> bool:
    return name.startswith(".")
