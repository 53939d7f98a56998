"""
Reads the little markup that values may hold: ``<i>``, ``<sub>``, quotes, and so on.

What is not complete markup is text, and is printed as such.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from dateline.csl.runs import Mark, Run, Runs, text


#: Tags of rich-text fields (citeproc-js manual, "HTML-like formatting tags").
OPENING: Final = {
    "<i>": ("i", "font-style", "italic"),
    "<b>": ("b", "font-weight", "bold"),
    "<sub>": ("sub", "vertical-align", "sub"),
    "<sup>": ("sup", "vertical-align", "sup"),
    "<sc>": ("sc", "font-variant", "small-caps"),
    '<span style="font-variant:small-caps;">': ("span", "font-variant", "small-caps"),
    '<span style="font-variant: small-caps;">': ("span", "font-variant", "small-caps"),
    '<span class="nocase">': ("span", "nocase", ""),
    '<span class="nodecor">': ("span", "nodecor", ""),
}

TOKEN: Final = re.compile("|".join(map(re.escape, OPENING)) + r"|</(?:i|b|sub|sup|sc|span)>|[\"'“”‘’]")

APOSTROPHE: Final = "’"

CLOSING: Final = {"”": "“", "’": "‘"}

BEFORE_QUOTE: Final = frozenset(" \t\n\u00a0([{<“‘«—–/\"'-")


class Token(NamedTuple):
    """
    A tag or quote, with its place in the value.
    """

    text: str
    start: int
    end: int


def parse_markup(value: str) -> Runs:
    """
    The runs of *value*.

    >>> parse_markup("CO<sub>2</sub>")[1].marks
    (Mark('vertical-align', 'sub'),)
    >>> parse_markup("jobs < 5,000")
    (Run(text='jobs < 5,000', marks=()),)
    """
    tokens = [Token(found[0], found.start(), found.end()) for found in TOKEN.finditer(value)]
    if not tokens:
        return text(value)

    return assemble(value, tokens, pairs(value, tokens))


def pairs(value: str, tokens: list[Token]) -> dict[int, int]:
    """
    Which token closes which: the index of each opening one to its closing one.
    """
    found: dict[int, int] = {}
    waiting: list[tuple[str, int]] = []
    for index, token in enumerate(tokens):
        if token.text in OPENING:
            waiting.append((OPENING[token.text][0], index))
        elif token.text.startswith("</"):
            close(waiting, found, token.text[2:-1], index)
        else:
            quote(value, tokens, index, waiting, found)

    return found


def close(waiting: list[tuple[str, int]], found: dict[int, int], name: str, index: int) -> bool:
    """
    Pair the token at *index* with the nearest one waiting under *name*.
    """
    for place in range(len(waiting) - 1, -1, -1):
        if waiting[place][0] == name:
            found[waiting[place][1]] = index
            # What was opened in between was never closed: it is text.
            del waiting[place:]
            return True

    return False


def quote(
    value: str,
    tokens: list[Token],
    index: int,
    waiting: list[tuple[str, int]],
    found: dict[int, int],
) -> None:
    """
    Pair a quotation mark, or let it wait for its other half.
    """
    token = tokens[index]
    before = value[token.start - 1 : token.start]
    after = value[token.end : token.end + 1]
    if token.text in "“‘":
        waiting.append((token.text, index))
        return
    if token.text in CLOSING:
        # Inside a word it is an apostrophe.
        if token.text != APOSTROPHE or not after.isalnum():
            close(waiting, found, CLOSING[token.text], index)
        return
    opens = opening(tokens, index, before)
    if opens and after.strip():
        waiting.append((token.text, index))
        return
    # A straight single quote inside a word is an apostrophe.
    inside = token.text == "'" and after.isalnum()
    if not inside and not before.isspace():
        close(waiting, found, token.text, index)


def opening(tokens: list[Token], index: int, before: str) -> bool:
    """
    Whether a straight quote can open: at the start, after a space or a bracket.
    """
    token = tokens[index]
    if not before or before in BEFORE_QUOTE:
        return True
    previous = tokens[index - 1] if index else None

    return bool(previous and previous.end == token.start and previous.text in OPENING)


def assemble(value: str, tokens: list[Token], closed: dict[int, int]) -> Runs:
    """
    The runs between the tokens, under the marks that are open there.
    """
    ends = set(closed.values())
    runs: list[Run] = []
    marks: tuple[Mark, ...] = ()
    place = 0
    for index, token in enumerate(tokens):
        add(runs, value[place : token.start], marks)
        place = token.end
        if index in closed:
            marks = (*marks, mark_of(token.text))
        elif index in ends:
            marks = marks[:-1]
        else:
            literal = APOSTROPHE if token.text == "'" else token.text
            add(runs, literal, marks)
    add(runs, value[place:], marks)

    return tuple(runs)


def mark_of(tag: str) -> Mark:
    """
    The mark that a paired opening token stands for.
    """
    if tag == "‘":
        return Mark("single-quotes")
    if tag not in OPENING:
        # A curly mark is remembered: in another language it is no quotation mark.
        return Mark("quotes", tag if tag == "“" else "")
    _, kind, value = OPENING[tag]

    return Mark(kind, value)


def add(runs: list[Run], piece: str, marks: tuple[Mark, ...]) -> None:
    """
    Append *piece*, merged with the run before it if the marks are the same.
    """
    if not piece:
        return
    if runs and runs[-1].marks == marks:
        runs[-1] = Run(runs[-1].text + piece, marks)
    else:
        runs.append(Run(piece, marks))
