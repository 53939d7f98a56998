"""
What other processors make of invented records; nothing of it is part of the project.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest


#: Records, styles, locales and results of other processors, beside the project.
CITING = Path(__file__).parents[3] / "shared" / "citing"

needs_citing = pytest.mark.skipif(
    not CITING.is_dir(), reason=f"the results of other processors are not at {CITING}"
)


@functools.cache
def records() -> dict[str, dict[str, Any]]:
    """
    The records by id.
    """
    items = json.loads((CITING / "items.json").read_text(encoding="utf-8"))
    return {item["id"]: item for item in items}


@functools.cache
def oracle(name: str) -> Any:
    """
    What the reference processor makes of the records in a style.
    """
    return json.loads((CITING / "oracle" / f"{name}.json").read_text(encoding="utf-8"))


@functools.cache
def pandoc(name: str) -> Any:
    """
    What pandoc's processor makes of them, in the same layout.
    """
    return json.loads((CITING / "oracle-pandoc" / f"{name}.json").read_text(encoding="utf-8"))


@functools.cache
def official_style(name: str) -> str:
    """
    An official style as text.
    """
    return (CITING / "styles" / f"{name}.csl").read_text(encoding="utf-8")


@functools.cache
def official_locale(language: str) -> str | None:
    """
    An official locale as text, or None.
    """
    path = CITING / "locales" / f"locales-{language}.xml"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def even(text: str | None) -> str:
    """
    *text* with each run of white space as one space.
    """
    return " ".join((text or "").split())
