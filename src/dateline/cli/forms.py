"""
The command ``formats``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import click

from dateline.cli.shared import json_option, say, say_json, table
from dateline.formats import FORMATS, Format
from dateline.formats.finding import announced


#: The package that our own formats are of.
OWN: Final = "dateline"


@click.command
@json_option
def formats(*, as_json: bool) -> None:
    """
    List the formats, and what they need.

    For each: the suffixes that mean it; whether a file of it is read, and gives back all
    or drafts of articles; and the extra that it needs, absent if that is not installed.
    The formats that other packages announce follow; nothing of theirs is run.
    """
    rows = [*map(_ours, FORMATS.values()), *_announced()]
    if as_json:
        say_json(rows)
    else:
        say(table(("format", "suffixes", "media type", "read", "needs"), map(_line, rows)))


def _ours(form: Format) -> dict[str, Any]:
    is_read = form.read is not None or form.read_folder is not None

    return {
        "name": form.name,
        "aliases": list(form.aliases),
        "suffixes": list(form.suffixes),
        "read_suffixes": list(form.read_suffixes),
        "media_type": form.media_type,
        "holds": form.holds,
        "is_read": is_read,
        "is_lossless": form.lossless,
        "takes_columns": form.row_drafts is not None or form.folder_drafts is not None,
        "extra": form.extra,
        "is_installed": form.is_installed,
        "package": OWN,
    }


def _announced() -> Iterator[dict[str, Any]]:
    for name, package in announced().items():
        is_suffix = name.startswith(".")
        yield {
            "name": None if is_suffix else name,
            "aliases": [],
            "suffixes": [name] if is_suffix else [],
            "read_suffixes": [],
            "media_type": None,
            "holds": None,
            "is_read": None,
            "is_lossless": None,
            "takes_columns": None,
            "extra": None,
            "is_installed": True,
            "package": package,
        }


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        row["name"] or "",
        ", ".join(row["suffixes"]),
        row["media_type"] or "",
        _reading(row),
        _needs(row),
    )


def _reading(row: dict[str, Any]) -> str:
    if row["is_read"]:
        pages = f", of {', '.join(row['read_suffixes'])} too" if row["read_suffixes"] else ""
        return "all" if row["is_lossless"] else f"drafts{pages}"

    if row["takes_columns"]:
        return "drafts, by columns"

    return "" if row["is_read"] is None else "no"


def _needs(row: dict[str, Any]) -> str:
    if row["package"] != OWN:
        return f"package {row['package']}"
    if row["extra"] is None:
        return ""

    return row["extra"] if row["is_installed"] else f"{row['extra']} (absent)"


COMMANDS: Final = {"formats": formats}
