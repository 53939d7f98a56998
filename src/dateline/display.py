"""
Records and tables for people: escaped for HTML pages and for terminals.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final


#: What is longer is no name: file systems allow one no more, and ids are shorter.
LONGEST_NAME: Final = 255

# As html.escape() has it, whose module brings two thousand named characters along to every load.
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def html_table(title: str, rows: Iterable[tuple[str, object]]) -> str:
    """
    A small HTML table of names and values; every value is escaped, None shows as a dash.

    >>> html_table("Claim", [("id", "<b>")])
    '<table><caption>Claim</caption><tr><th scope="row">id</th><td>&lt;b&gt;</td></tr></table>'
    """
    cells = "".join(
        f'<tr><th scope="row">{name.translate(_ESCAPES)}</th><td>{_cell(value)}</td></tr>'
        for name, value in rows
    )

    return f"<table><caption>{title.translate(_ESCAPES)}</caption>{cells}</table>"


def _cell(value: object) -> str:
    return "–" if value is None else printable(str(value)).translate(_ESCAPES)


def escaped(text: str) -> str:
    """
    A text as HTML that shows it.

    >>> escaped("a < b")
    'a &lt; b'
    """
    return text.translate(_ESCAPES)


def named(name: str) -> str:
    r"""
    A name for a message; if it is empty, or a text by its length or number of lines, its length.

    >>> named("ferry-returns")
    'ferry-returns'
    >>> named("The ferry sailed.\nNobody was late.")
    'a name of 34 characters'
    """
    is_none = not 0 < len(name) <= LONGEST_NAME or "\n" in name or "\r" in name

    return f"a name of {len(name):,} characters" if is_none else name


def harmless(text: str) -> str:
    r"""
    A text as HTML that shows it, its control and direction characters as references, which no terminal obeys.

    >>> harmless("a < b\x1b[2J")
    'a &lt; b&#27;[2J'
    """
    return "".join(
        character if character == "\n" or character.isprintable() else f"&#{ord(character)};"
        for character in escaped(text)
    )


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
