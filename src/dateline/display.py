"""
Records and tables for people: escaped for HTML pages and for terminals.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable


def html_table(title: str, rows: Iterable[tuple[str, object]]) -> str:
    """
    A small HTML table of names and values; every value is escaped, None shows as a dash.

    >>> html_table("Claim", [("id", "<b>")])
    '<table><caption>Claim</caption><tr><th scope="row">id</th><td>&lt;b&gt;</td></tr></table>'
    """
    cells = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td>{_cell(value)}</td></tr>' for name, value in rows
    )

    return f"<table><caption>{html.escape(title)}</caption>{cells}</table>"


def _cell(value: object) -> str:
    return "–" if value is None else html.escape(printable(str(value)))


def printable(text: str) -> str:
    r"""
    A text with its control and direction characters, which could drive a terminal, written as escapes.

    >>> print(printable("a\x1b[2Jb"))
    a\x1b[2Jb
    """
    return "".join(
        character.encode("unicode_escape").decode()
        if unicodedata.category(character)[0] == "C"
        else character
        for character in text
    )
