"""
Given names cut to initials (CSL 1.0.2, "Name", initialize).
"""

from __future__ import annotations

import re
from typing import Final


#: A word, with the hyphen that ties it to the one before.
PIECE: Final = re.compile(r"([-‐]?)\s*([^\s\-‐]+)")


def initialize(given: str, ending: str, *, hyphen: bool, shorten: bool) -> str:
    """
    *given* with each name cut to a letter and *ending*.

    With ``shorten`` off, only letters that stood alone get the ending.

    >>> initialize("Jean-Paul K.", ". ", hyphen=True, shorten=True)
    'J.-P. K.'
    >>> initialize("Ivan S", ". ", hyphen=True, shorten=False)
    'Ivan S.'
    """
    written = ""
    # "J.R." are two initials.
    spaced = re.sub(r"\.(?=[^\s\-‐.])", ". ", given)
    for tie, word in PIECE.findall(spaced):
        initial = first_letters(word, shorten=shorten)
        if tie and shorten and word[0].islower():
            # The second half of "Min-jun" is no name of its own.
            continue
        if initial is None:
            written = f"{written.rstrip()}{tie or ' '}{word} "
            continue
        if tie and hyphen:
            written = written.rstrip() + "-"
        elif tie:
            written = written.rstrip() if not ending.endswith(" ") else written
        written += initial + ending

    return re.sub(r"\s+", " ", written).strip()


def first_letters(word: str, *, shorten: bool) -> str | None:
    """
    The initial of a word; None for one that is kept whole.
    """
    bare = word.rstrip(".")
    if not bare or not bare[0].isalpha():
        return None
    # A word in lower case inside a given name is a particle.
    if bare[0].islower():
        return None
    # What ends in a period is an abbreviation already ("Ph.").
    if len(bare) == 1 or word.endswith("."):
        return bare
    if shorten:
        return bare[0]

    return None
