"""
The style that a name, an id, a file or a text stands for.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from dateline import files
from dateline.csl import Style, parent_style
from dateline.csl.bundled import bundled_locale, bundled_style
from dateline.csl.style import default_locale
from dateline.csl.tree import MAX_SIZE
from dateline.errors import NoSuchStyle
from dateline.style_packages import SUGGESTED, new_id, package_locale, package_style, package_styles
from dateline.styles import ALIASES, names
from dateline.suggesting import nearest


#: Styles are also known by an address that ends in their id (CSL 1.0.2, "Info", cs:id and cs:link).
_ADDRESS: Final = re.compile(r"https?://[^/\s]+/(?:[^\s]+/)?([^/\s]+?)(?:\.csl)?/?")


def find_style(name: str, locale: str | None, formats: tuple[str, ...] = ()) -> tuple[Style, str]:
    """
    The style that is meant by *name*, in the language *locale* or its own, and that language.

    Names and ids are ours first, then those of installed packages of styles. *formats* could be meant too.

    Raises:
        NoSuchStyle: If there is none, or the parent of a dependent style is missing.
        NotRead: If a file cannot be read.
        CslError: If it is no style.
    """
    if is_text(name):
        return _parse(name, None, locale)
    address = _ADDRESS.fullmatch(name)
    if address is None and name.endswith(".csl"):
        return _parse(files.read(name, limit=MAX_SIZE), Path(name).parent, locale)
    id = address[1] if address else name
    xml = _named(id)
    if xml is None:
        raise _missing(name, formats, id)

    return _parse(xml, None, locale)


def is_text(name: str) -> bool:
    """
    Whether this is a style itself, and not the name of one.
    """
    return name.lstrip("\ufeff \t\r\n").startswith("<")


def _parse(xml: str | bytes, folder: Path | None, locale: str | None) -> tuple[Style, str]:
    found = parent_style(xml)
    if found is None:
        return Style.parse(xml, locale, locales=_locale), locale or default_locale(xml)
    address, language = found
    # The last part of an address names no other folder.
    id = re.split(r"[/\\]", address.rstrip("/"))[-1].removesuffix(".csl")
    parent = _beside(folder, id) or _named(id)
    if parent is None:
        raise _missing(id)
    chosen = locale or language or default_locale(parent)

    return Style.parse(parent, chosen, locales=_locale), chosen


def _beside(folder: Path | None, id: str) -> bytes | None:
    # Collections of styles keep the dependent ones in a folder of their own.
    places = () if folder is None else (folder, folder / os.pardir)
    found = (place / f"{id}.csl" for place in places)

    return next((files.read(file, limit=MAX_SIZE) for file in found if _is_file(file)), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # A name too long, for instance.
        return False


def _named(id: str) -> str | bytes | None:
    found = _present(id)
    if found is not None:
        return found
    renamed = new_id(id)

    return None if renamed is None else _present(renamed)


def _present(id: str) -> str | bytes | None:
    known = ALIASES.get(id, id)

    return bundled_style(known) if known in names() else package_style(id)


def _locale(language: str) -> str | None:
    return bundled_locale(language) or package_locale(language)


def _missing(name: str, formats: tuple[str, ...] = (), id: str | None = None) -> NoSuchStyle:
    installed = package_styles()
    ours = (*names(), *formats)
    hint = "" if installed else f"more styles: {SUGGESTED}"

    return NoSuchStyle(name, nearest(id or name, (*ours, *ALIASES, *installed)), ours, hint)
