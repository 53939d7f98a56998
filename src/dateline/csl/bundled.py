"""
The styles and locales that come with the package, read as text.
"""

from __future__ import annotations

import re
from importlib import resources

from dateline.csl.errors import CslError


def bundled_style(name: str) -> str:
    """
    The XML of a style that comes with the package.

    Raises:
        CslError: If there is none of that name.

    >>> bundled_style("apa").startswith("<?xml")
    True
    """
    found = bundled_text(name, "csl")
    if found is None:
        raise CslError("style", f"one of {', '.join(_names())}", name)

    return found


def bundled_locale(language: str) -> str | None:
    """
    The XML of a locale that comes with the package, or None.

    >>> bundled_locale("xx") is None
    True
    """
    return bundled_text(f"locales/{language}", "xml")


def _names() -> list[str]:
    places = resources.files("dateline").joinpath("styles").iterdir()

    return sorted(place.name.removesuffix(".csl") for place in places if place.name.endswith(".csl"))


def bundled_text(name: str, suffix: str) -> str | None:
    """
    A file beside the styles; names that could lead elsewhere find nothing.
    """
    if not re.fullmatch(r"(?:locales/)?[A-Za-z0-9-]+", name):
        return None
    file = resources.files("dateline").joinpath("styles", *f"{name}.{suffix}".split("/"))
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
