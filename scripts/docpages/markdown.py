"""
Tables, and docstrings as Markdown.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence
from typing import Any


def table(head: Sequence[str], rows: Iterable[Sequence[object]], align: str = "") -> str:
    """
    A table; *align* has a character for each column, ``r`` where its cells stand right.
    """
    marks = ["--:" if mark == "r" else "---" for mark in align.ljust(len(head))]

    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in (head, marks, *rows)) + "\n"


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def code(text: object) -> str:
    """
    A word as code.
    """
    return f"`{text}`"


def markdown(text: str) -> str:
    """
    A comment or docstring: reStructuredText's literals and roles become code.
    """
    return re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text.replace("``", "`"))


def summary(thing: Any) -> str:
    """
    The first paragraph of a docstring, on one line.
    """
    paragraph = inspect.cleandoc(thing.__doc__ or "").partition("\n\n")[0]

    return markdown(" ".join(paragraph.split()))


def sentences(text: str) -> str:
    """
    A paragraph with one sentence a line.
    """
    return re.sub(r"(?<=[.!?]) (?=[A-Z])", "\n", " ".join(text.split()))


def as_sentence(text: str) -> str:
    """
    A note that begins with a capital letter and ends in a full stop.
    """
    return f"{text[0].upper()}{text[1:].rstrip('.')}."
