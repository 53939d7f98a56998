"""
What becomes of every field of a record in a format: kept, renamed, coarsened or dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from dateline.records import Article, Claim, Entity
from dateline.vocabulary import DefinedEnum


class Fate(DefinedEnum):
    """
    What becomes of a field.
    """

    KEPT = "kept", "All of it is there under the same name: what reads differently is written differently."
    RENAMED = "renamed", "All of it is there, under another name or in another form."
    COARSENED = "coarsened", "Some of it is there: some values that differ are written alike."
    DROPPED = "dropped", "Nothing of it is there: whatever it is, the output is the same."


#: What a module of a format declares: ``article.headline`` and the like, each with what becomes of it
#: and where it goes or what is lost. Nested records stand whole; a field that is not listed is dropped.
Losses = Mapping[str, tuple[Fate, str]]

#: The kinds of record by the word that their fields begin with.
KINDS: Final = MappingProxyType({"article": Article, "claim": Claim, "entity": Entity})

#: Every field of every kind of record, in the order of their declaration.
FIELDS: Final = tuple(
    f"{word}.{attribute.name}" for word, kind in KINDS.items() for attribute in attrs.fields(kind)
)

#: What a lossless format declares.
LOSSLESS: Final[Losses] = MappingProxyType(dict.fromkeys(FIELDS, (Fate.KEPT, "")))
