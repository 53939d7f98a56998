"""
What the commands share: exit codes, options, and how they print.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

import click

from dateline.display import printable
from dateline.errors import InvalidRecord


#: Exit code: something wrong was found, or nothing was.
FOUND: Final = 1

#: Exit code: the library refused, or a file could not be read or written.
REFUSED: Final = 3

#: The dataset that is meant where none is named.
DEFAULT: Final = "ukraine-2022"

#: Lines for people are not longer, in characters.
WIDTH: Final = 100

_Command = TypeVar("_Command", bound=Callable[..., Any])


def dataset_argument(command: _Command) -> _Command:
    """
    Give a command the argument DATASET.
    """
    return click.argument("dataset", default=DEFAULT)(command)


def from_option(command: _Command) -> _Command:
    """
    Give a command that is about one record the option ``--from``.
    """
    return click.option(
        "--from",
        "dataset",
        metavar="DATASET",
        default=DEFAULT,
        show_default=True,
        help="The dataset that it is in.",
    )(command)


def where_option(command: _Command) -> _Command:
    """
    Give a command the option ``--where``.
    """
    return click.option(
        "--where",
        "predicates",
        metavar="PREDICATE",
        multiple=True,
        help="Keep what it holds for; may be repeated.",
    )(command)


def texts_option(command: _Command) -> _Command:
    """
    Give a command that needs texts the option ``--texts``.
    """
    return click.option(
        "--texts",
        "sources",
        metavar="SOURCE",
        multiple=True,
        required=True,
        help="Where copies of the texts are; may be repeated.",
    )(command)


def encoding_option(command: _Command) -> _Command:
    """
    Give a command that reads texts the option ``--encoding``.
    """
    return click.option("--encoding", metavar="NAME", help="What plain text is read in that is not UTF-8.")(
        command
    )


def json_option(command: _Command) -> _Command:
    """
    Give a command the option ``--json``.
    """
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


def say(text: str = "", *, error: bool = False) -> None:
    """
    Print a text for people; what the terminal's encoding lacks is escaped.
    """
    stream = sys.stderr if error else sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), err=error)


def say_json(value: object) -> None:
    """
    Print a value as JSON in ASCII, which no terminal obeys and every encoding has.
    """
    click.echo(json.dumps(value, indent=2).encode("ascii"))


def explain(error: Exception) -> None:
    """
    Print an error as one message; the faults of a record each on a line of its own.
    """
    lines = [str(error)]
    if isinstance(error, InvalidRecord):
        lines = [f"{error.subject}:", *(f"  {fault}" for fault in error.faults)]
    say("\n".join(printable(line) for line in (f"dateline: {lines[0]}", *lines[1:])), error=True)


def quit_with_nothing(what: str) -> None:
    """
    Say that nothing was found, and end with the exit code for that.
    """
    say(f"dateline: {what}", error=True)
    click.get_current_context().exit(FOUND)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """
    Rows under a header, in columns as wide as they need; texts are escaped for terminals.
    """
    cells = [tuple(header), *(tuple(printable(str(value)) for value in row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)

    return "\n".join(line.rstrip() for line in lines)


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """
    A text, escaped for terminals, in lines: the first begins with *first*, the others with *rest*.

    They have at most 100 characters, unless a word has more; a broken URL is no URL.
    """
    return textwrap.fill(
        printable(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def counted(count: int, noun: str) -> str:
    """
    A number with its noun.

    >>> counted(1, "error"), counted(2, "error")
    ('1 error', '2 errors')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
