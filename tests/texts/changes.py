"""
What happens to an article's text between the outlet and whoever keeps a copy, and the truth about it.

Each kind of change is a pure function of an original and of chance; see :data:`KINDS`.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from typing import Final

from attrs import frozen
from texts import editing, typesetting
from texts.drafts import Copy, Edit, Original, copy, draft, new


@frozen
class Kind:
    """
    A kind of change.
    """

    name: str

    #: By which targets are set: form, furniture, build, few, some or many words, cut, neighbour.
    group: str

    make: Callable[[Original, random.Random], Copy]

    #: Whether it comes out another way each time.
    varies: bool = True


def edited(*edits: Edit) -> Callable[[Original, random.Random], Copy]:
    """
    The change that makes some *edits* one after the other.
    """

    def make(original: Original, chance: random.Random) -> Copy:
        glyphs = draft(original.text)
        for edit in edits:
            glyphs = edit(glyphs, original, chance)
        return copy(original.text, glyphs)

    return make


def stored(encode: Callable[[str], bytes | str]) -> Callable[[Original, random.Random], Copy]:
    """
    The change that leaves the text as it is and has other bytes.
    """
    return lambda original, chance: copy(original.text, draft(original.text), encode(original.text))


def as_crlf(text: str) -> bytes:
    """
    The lines as Windows ends them.
    """
    return text.replace("\n", "\r\n").encode()


def as_bom(text: str) -> bytes:
    """
    With a byte order mark.
    """
    return text.encode("utf-8-sig")


def as_nfd(text: str) -> bytes:
    """
    Decomposed, as file systems of old Macs have it.
    """
    return unicodedata.normalize("NFD", text).encode()


def neighbour(original: Original, chance: random.Random) -> Copy:
    """
    Another article altogether.
    """
    return copy(original.text, new(chance.choice(original.others)))


KINDS: Final = (
    Kind("identical", "form", edited(), varies=False),
    Kind("CRLF", "form", stored(as_crlf), varies=False),
    Kind("byte order mark", "form", stored(as_bom), varies=False),
    Kind("NFD", "form", stored(as_nfd), varies=False),
    Kind("no-break spaces", "form", edited(typesetting.unbreakable), varies=False),
    Kind("sloppy white space", "form", edited(typesetting.sloppy)),
    Kind("straight quotes", "form", edited(typesetting.straight), varies=False),
    Kind("typographic quotes", "form", edited(typesetting.typographic), varies=False),
    Kind("wrapped at 72", "form", edited(typesetting.rewrapped), varies=False),
    Kind("lines joined", "form", edited(typesetting.joined), varies=False),
    Kind("double blank lines", "form", edited(typesetting.double_spaced), varies=False),
    Kind("sentences apart", "form", edited(typesetting.sentences_apart), varies=False),
    Kind("first line in capitals", "form", edited(typesetting.loud_first_line), varies=False),
    Kind("Windows-1252", "form", edited(typesetting.through_windows), varies=False),
    Kind("entities decoded", "form", edited(typesetting.decoded), varies=False),
    Kind("furniture added", "furniture", edited(editing.furnished)),
    Kind("furniture everywhere", "furniture", edited(editing.furnished_everywhere)),
    Kind("furniture removed", "furniture", edited(editing.unfurnished), varies=False),
    Kind("furniture exchanged", "furniture", edited(editing.unfurnished, editing.furnished)),
    Kind("headline in front", "build", edited(editing.headed)),
    Kind("paragraph deleted", "build", edited(editing.paragraph_deleted)),
    Kind("paragraph inserted", "build", edited(editing.paragraph_inserted)),
    Kind("paragraph moved", "build", edited(editing.paragraph_moved)),
    Kind("paragraphs swapped", "build", edited(editing.paragraphs_swapped)),
    Kind("letters lost", "few", edited(typesetting.through_windows_with_loss), varies=False),
    Kind("entities encoded", "few", edited(typesetting.encoded), varies=False),
    Kind("1 % of words replaced", "few", edited(editing.words_replaced(0.01))),
    Kind("1 % of words misspelt", "few", edited(editing.words_typo(0.01))),
    Kind(
        "wrapped, furnished, 1 %",
        "few",
        edited(editing.words_replaced(0.01), editing.furnished, typesetting.rewrapped),
    ),
    Kind("2 % dropped, 2 % added", "some", edited(editing.words_come_and_go(0.02))),
    Kind("5 % of words replaced", "some", edited(editing.words_replaced(0.05))),
    Kind("15 % of words replaced", "many", edited(editing.words_replaced(0.15))),
    Kind("truncated to 60 %", "cut", edited(editing.truncated(0.6)), varies=False),
    Kind("truncated to 25 %", "cut", edited(editing.truncated(0.25)), varies=False),
    Kind("neighbour", "neighbour", neighbour),
)
