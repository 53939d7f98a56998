"""
Text as it sorts: letters before accents before case, whatever the machine's locale.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, TypeAlias


#: Sorts like the text it was made of.
Collated: TypeAlias = tuple[str, str, str]

IGNORED: Final = re.compile(r"[\"'“”‘’«»„‚\[\](){},;:.!?]")

#: Letters that no decomposition reaches, as the root collation files them.
SPELLED: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ı": "i"}
)


def collate(value: str) -> Collated:
    """
    A key that sorts *value* as dictionaries do.

    >>> sorted(["Zoe", "Émile", "emil", "Emil"], key=collate)
    ['emil', 'Emil', 'Émile', 'Zoe']
    """
    bare = IGNORED.sub("", value)
    decomposed = unicodedata.normalize("NFKD", bare.casefold().translate(SPELLED))
    if decomposed.isascii():
        return decomposed.translate(PRIMARY), decomposed, bare.swapcase()
    letters = "".join(map(primary, decomposed))

    return letters, decomposed, bare.swapcase()


def primary(letter: str) -> str:
    """
    A letter without accent; spaces and punctuation before all else.
    """
    category = unicodedata.category(letter)[0]
    if category == "M":
        return ""
    if category == "Z" or letter in "\t\n":
        return "\x01"
    if category in "PSC":
        return "\x02" + letter

    return letter


PRIMARY: Final = str.maketrans({chr(code): primary(chr(code)) for code in range(128)})
