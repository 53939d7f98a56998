r"""
Text as TeX: what a title, an outlet or a note has to look like to be printed as it is.

Only commands that every LaTeX knows stand in it. Quotes are typographic and no straight double quote
is left: it would be printed as a closing one, and begins a command in German and other languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from dateline.references import unmarked


_ESCAPES: Final = {sign: f"\\{sign}" for sign in "&%$#_"} | {
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    "`": r"\textasciigrave{}",
    # Other signs in the fonts that TeX has by default.
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    '"': "”",
}

# BibTeX counts braces even behind a backslash: one without its fellow would leave the field open.
_LONE: Final = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}

# Two of them in a row are printed as one other sign (by LuaTeX even so).
_LIGATURES: Final = re.compile(r"([-,'])(?=\1)")

_OPENING: Final = r"(?<![^\s(\[{<«“‘—–/\"'-])(?:(?<!\")\"(?=[^\s\"])|(?<!')'(?=[^\s']))"
_CLOSING: Final = r"(?<=\S)\"|(?<=\S)'(?!\w)"
_QUOTES: Final = re.compile(f"(?P<opens>{_OPENING})|{_CLOSING}")

#: The end of a sentence, or of a title before its subtitle.
_ENDS: Final = re.compile(r"[.:?!][\"'”’)\]]*$")

_PAIRS: Final = {'"': ("“", "”"), "'": ("‘", "’")}


def escaped(value: str) -> str:
    r"""
    A text as TeX that prints it, whatever it holds.

    >>> print(escaped("50 % of \\input{x} {"))
    50 \% of \textbackslash{}input\{x\} \textbraceleft{}
    >>> print(escaped("Mayor's 'no' to \"rain\" -- again"))
    Mayor's ‘no’ to “rain” -{}- again
    """
    signs = list(_quoted(unmarked(value)))
    paired = set(_paired(signs))
    for place, sign in enumerate(signs):
        if sign in _LONE:
            signs[place] = f"\\{sign}" if place in paired else _LONE[sign]
        else:
            signs[place] = _ESCAPES.get(sign, sign)

    return "".join(_with_marks(_LIGATURES.sub(r"\1{}", "".join(signs))))


def _with_marks(written: str) -> Iterator[str]:
    # A mark after a brace, or first in what a brace may stand before, would stand on it:
    # biber, which cuts names into letters with their marks, would cut off the brace.
    before = "{"
    for sign in written:
        is_lone = before in "{}" and unicodedata.category(sign).startswith("M")
        yield f"\\symbol{{{ord(sign)}}}" if is_lone else sign
        before = "}" if is_lone else sign


def case_kept(title: str) -> str:
    """
    A title as TeX, with words in braces whose case a style or a program would change.

    Those are all with a capital but the very first, since many styles print titles in lower case,
    and those in lower case that begin a title or a part of it, which pandoc gives a capital.

    >>> case_kept("Mayor of McTown meets NATO: what now?")
    'Mayor of {McTown} meets {NATO:} {what} now?'
    """
    words = unmarked(title).split(" ")
    kept = map(_is_changed, words, ["", *words])

    # No escape holds a space.
    return " ".join(
        _protected(written) if keep else written
        for keep, written in zip(kept, escaped(title).split(" "), strict=True)
    )


def _is_changed(word: str, before: str) -> bool:
    if not before and word[:1].isupper():
        return _has_capital(word[1:])
    begins = not before or bool(_ENDS.search(before))

    return _has_capital(word) or (begins and any(sign.isalpha() for sign in word))


def _has_capital(word: str) -> bool:
    return any(sign.isupper() for sign in word)


def _quoted(value: str) -> str:
    # Quotes in pairs as typographic ones; an apostrophe is left alone, TeX prints it as one.
    signs, waiting = list(value), dict.fromkeys(_PAIRS, -1)
    for found in _QUOTES.finditer(value):
        quote, place = found[0], found.start()
        if found["opens"]:
            waiting[quote] = place
        elif waiting[quote] >= 0:
            signs[waiting[quote]], signs[place] = _PAIRS[quote]
            waiting[quote] = -1

    return "".join(signs)


def _paired(signs: Iterable[str]) -> Iterator[int]:
    waiting: list[int] = []
    for place, sign in enumerate(signs):
        if sign == "{":
            waiting.append(place)
        elif sign == "}" and waiting:
            yield from (waiting.pop(), place)


def _protected(written: str) -> str:
    # A brace before a backslash means an accent to BibTeX, which changes the case in it; two do not.
    return f"{{{{{written}}}}}" if written.startswith("\\") else f"{{{written}}}"
