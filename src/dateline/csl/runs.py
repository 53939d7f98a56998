"""
Rich text while it is being made: runs of characters, and the seams between them.

A run is some text under a path of marks, outermost first.
A mark is compared by identity: two neighbouring italic titles stay two.
Formatting is put around finished content by adding a mark in front of each path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, TypeAlias


class Mark:
    """
    One stretch of formatting; *kind* is a CSL attribute or one of our own names.
    """

    __slots__ = ("kind", "value")

    def __init__(self, kind: str, value: str = "") -> None:
        self.kind = kind
        self.value = value

    def __repr__(self) -> str:
        return f"Mark({self.kind!r}, {self.value!r})"


class Run(NamedTuple):
    """
    Text, and the marks it stands under, outermost first.
    """

    text: str
    marks: tuple[Mark, ...] = ()


Runs: TypeAlias = tuple[Run, ...]

EMPTY: Final[Runs] = ()

#: What two punctuation marks become where they meet; other pairs stay as they are.
#: The pairs are those of the processors' common test "punctuation_FullMonty".
MEETING: Final = {
    "::": ":", ";:": ";", "!:": "!", "?:": "?",
    ":.": ":", "..": ".", ";.": ";", "!.": "!", "?.": "?",
    ";;": ";", ",,": ",",
    ":!": "!", ";!": "!", "!!": "!",
    ":?": "?", ";?": "?", "??": "?",
    "  ": " ",
}  # fmt: skip

#: What moves inside closing quotes where the locale wants it
#: (CSL 1.0.2, "Style Options", punctuation-in-quote).
MOVING: Final = frozenset(".,!?")


def text(value: str) -> Runs:
    """
    *value* as a single run, or none if it is empty.
    """
    return (Run(value),) if value else EMPTY


def plain(runs: Runs) -> str:
    """
    The characters without their formatting.
    """
    return "".join(run.text for run in runs)


def wrap(runs: Runs, kind: str, value: str = "") -> Runs:
    """
    *runs* under one more mark, outside those that they have.
    """
    mark = Mark(kind, value)
    return tuple(Run(run.text, (mark, *run.marks)) for run in runs)


def join(left: Runs, right: Runs, *, punctuation_in_quote: bool) -> Runs:
    """
    *left* and *right* side by side, punctuation at the seam put in order.

    >>> plain(join(text("Who pays?"), text(". Daily"), punctuation_in_quote=True))
    'Who pays? Daily'
    """
    while left and right:
        last, first = left[-1], right[0]
        before, after = last.text[-1], first.text[0]
        if punctuation_in_quote and after in MOVING and is_quoted(last):
            left = (*left[:-1], Run(met(last.text, after), last.marks))
        elif (meeting := MEETING.get(before + after)) is not None:
            left = (*left[:-1], Run(last.text[:-1] + meeting, last.marks))
        else:
            break
        right = behead(right)

    return left + right


def is_quoted(run: Run) -> bool:
    """
    Whether the run stands in quotation marks.
    """
    return any(mark.kind == "quotes" for mark in run.marks)


def met(before: str, after: str) -> str:
    """
    *before* with one more character, which may merge with the last.
    """
    return before[:-1] + MEETING.get(before[-1] + after, before[-1] + after)


def behead(runs: Runs) -> Runs:
    """
    *runs* without their first character.
    """
    rest = runs[0].text[1:]
    return (Run(rest, runs[0].marks), *runs[1:]) if rest else runs[1:]


def join_all(parts: Iterable[Runs], delimiter: Runs = EMPTY, *, punctuation_in_quote: bool) -> Runs:
    """
    The parts that are not empty, with the delimiter between them.

    >>> parts = [text("One."), text(""), text("Two")]
    >>> plain(join_all(parts, text(". "), punctuation_in_quote=False))
    'One. Two'
    """
    joined: list[Run] = []
    for part in filter(None, parts):
        for piece in (delimiter, part) if joined else (part,):
            # Only the last run has a seam: joining stays linear in thousands of names.
            last = (joined.pop(),) if joined else EMPTY
            joined.extend(join(last, piece, punctuation_in_quote=punctuation_in_quote))

    return tuple(joined)


#: Formatting under which case stays as it is: kind and, if it matters, value.
UNCASED: Final = {"nocase": "", "font-variant": "small-caps", "vertical-align": ""}


def rewrite(runs: Runs, change: Callable[[str], list[str]]) -> Runs:
    """
    *runs* with each character replaced by what *change* puts in its place.

    *change* sees the whole text at once, so that words may cross formatting;
    what is marked ``nocase`` stays as it is.
    """
    letters = change(plain(runs))
    changed = []
    end = 0
    for run in runs:
        start, end = end, end + len(run.text)
        new = "".join(letters[start:end])
        kept = any(UNCASED.get(mark.kind) in {"", mark.value} for mark in run.marks)
        changed.append(run if kept else Run(new, run.marks))

    return tuple(run for run in changed if run.text)
