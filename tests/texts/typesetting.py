"""
How a copy comes to look otherwise: quotes, dashes, white space, line ends, capitals, character references.
"""

from __future__ import annotations

import html
import random
import re
from typing import Final

from texts.drafts import (
    Draft,
    Glyph,
    Original,
    merged,
    new,
    paragraphs,
    reads,
    spellings,
    substitute,
    together,
)


# Two columns: as a typewriter has it, and as a typesetter does.
STRAIGHT: Final = dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’‚´", "'") | dict.fromkeys("–—−", "-")


def through_windows(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    To Windows-1252 and back, by a program that escapes the characters without a place there.
    """
    return [
        glyph._replace(text=glyph.text.encode("cp1252").decode("cp1252")) if _has_place(glyph) else glyph
        for glyph in glyphs
    ]


def through_windows_with_loss(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    To Windows-1252 and back: a character that has no place there is lost.
    """
    return [glyph if _has_place(glyph) else Glyph("?") for glyph in glyphs]


def _has_place(glyph: Glyph) -> bool:
    """
    Whether Windows-1252 can hold the character.
    """
    return glyph.text.encode("cp1252", "replace").decode("cp1252") == glyph.text


def unbreakable(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    Every space does not break.
    """
    return [glyph._replace(text="\u00a0") if glyph.text == " " else glyph for glyph in glyphs]


def sloppy(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    Double, thin and unbreakable spaces, tabs, and spaces at the ends of lines.
    """
    spaces = ("  ", "\u2009", "\u00a0", "\t", " ", " ", " ")
    parts = []
    for glyph in glyphs:
        if glyph.text == " ":
            parts.append(glyph._replace(text=chance.choice(spaces)))
        elif glyph.text == "\n" and chance.random() < 0.5:
            parts += [*new(" "), glyph]
        else:
            parts.append(glyph)

    return parts


def straight(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    Quotes, apostrophes, dashes and ellipses of a typewriter.
    """
    plain = STRAIGHT | {"…": "..."}

    return [glyph._replace(text=plain.get(glyph.text, glyph.text)) for glyph in glyphs]


def typographic(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    Quotes, apostrophes, dashes, ellipses and ligatures of a typesetter.
    """
    text = reads(glyphs)
    ligatures = {
        stretch: [merged(glyphs[slice(*stretch)], {"...": "…", "fi": "ﬁ", "fl": "ﬂ"}[text[slice(*stretch)]])]
        for stretch in spellings(glyphs, re.compile(r"\.\.\.|f[il]"))
    }
    curly = []
    for number, glyph in enumerate(glyphs):
        opens = number == 0 or glyphs[number - 1].text in " \n([\u2014"
        spaced = opens and glyphs[number + 1 : number + 2] and glyphs[number + 1].text == " "
        forms = {
            '"': "“" if opens else "”",
            "'": "‘" if opens else "’",
            "´": "’",
            "-": "–" if spaced else "-",
        }
        curly.append(glyph._replace(text=forms.get(glyph.text, glyph.text)))

    return substitute(curly, ligatures)


def decoded(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    What the original has as character references of HTML become characters.
    """
    text = reads(glyphs)

    return substitute(
        glyphs,
        {
            (start, end): [merged(glyphs[start:end], html.unescape(text[start:end]), respelt=True)]
            for start, end in spellings(glyphs, re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+);"))
        },
    )


def encoded(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    Quotes, ampersands and apostrophes become character references of HTML.
    """
    names = {'"': "&quot;", "&": "&amp;", "'": "&#39;", "’": "&rsquo;", "“": "&ldquo;", "”": "&rdquo;"}

    return [
        glyph._replace(text=names[glyph.text], respelt=True) if glyph.text in names else glyph
        for glyph in glyphs
    ]


def rewrapped(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    Paragraphs of lines of at most 72 characters, and an empty line between each two.
    """
    return together([_filled(paragraph, 72) for paragraph in paragraphs(glyphs)[0]], [])


def _filled(paragraph: Draft, width: int) -> Draft:
    """
    One paragraph with a line feed wherever a word would not fit.
    """
    spaces = spellings(paragraph, re.compile(r"\s+"))
    ends = [*(start for start, _ in spaces[1:]), len(paragraph)]
    breaks = {}
    line = spaces[0][0] if spaces else 0
    for (start, end), stop in zip(spaces, ends, strict=False):
        fits = line + 1 + stop - end <= width
        line = line + 1 + stop - end if fits else stop - end
        breaks[start, end] = [merged(paragraph[start:end], " " if fits else "\n")]

    return substitute(paragraph, breaks)


def joined(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    All on one line.
    """
    return [glyph._replace(text=" ") if glyph.text == "\n" else glyph for glyph in glyphs]


def double_spaced(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    Two empty lines between paragraphs.
    """
    parts, _ = paragraphs(glyphs)

    return together(parts, [new("\n\n\n")] * len(parts))


def sentences_apart(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    Each sentence is a paragraph.
    """
    sentence_ends = spellings(glyphs, re.compile(r"""(?<=[.!?]) (?=["“A-Z])|(?<=[.!?]["”]) (?=["“A-Z])"""))

    return substitute(glyphs, {stretch: new("\n\n") for stretch in sentence_ends})


def loud_first_line(glyphs: Draft, original: Original, chance: random.Random) -> Draft:
    """
    The first line, or at most 120 characters of it, in capitals.
    """
    parts, breaks = paragraphs(glyphs)
    parts[0] = [glyph._replace(text=glyph.text.upper()) for glyph in parts[0][:120]] + parts[0][120:]

    return together(parts, breaks)
