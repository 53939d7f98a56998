"""
What a source gives: a copy of a text, or the reason why there is none; and how much of it may be read.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import define, frozen

from dateline.bases import Base
from dateline.errors import InvalidValue


# Neither frozen nor a Base: there is one for each text, and either would double what making it costs.
@define(kw_only=True, repr=False)
class TextCopy:
    """
    A copy of a text, as it came.
    """

    #: Where it stood, such as "my-copies/a.txt", "export.jsonl:17" or "crawl.warc.gz: https://…".
    origin: str

    #: UTF-8 bytes as they stood in a file; a string where they had to be decoded or taken out of something.
    data: bytes | str

    #: The id under which the caller handed it over, which is a claim; None where the caller named none.
    article: str | None = None

    #: The address that the container tells. It is reported and never decides what the text is a copy of.
    url: str | None = None

    def __repr__(self) -> str:
        # Never the text: it may be in copyright, and a repr ends in logs.
        unit = "bytes" if isinstance(self.data, bytes) else "characters"

        return f"<TextCopy {self.origin!r} ({len(self.data)} {unit})>"


@frozen(repr=False)
class Unread(Base):
    """
    Something that gave no text, and why.
    """

    #: As in :class:`TextCopy`.
    origin: str

    #: What was expected and what came, in words that follow the origin.
    problem: str

    def __str__(self) -> str:
        return f"{self.origin} {self.problem}"


#: What a source gives, one for each thing in it.
Finding: TypeAlias = TextCopy | Unread


@frozen(kw_only=True, repr=False)
class Limits(Base):
    """
    How much may be read of what somebody hands over; each of them is at least 1.

    >>> Limits(text=1_000_000).text
    1000000
    """

    #: Bytes in one text, one page, or one line of JSON Lines.
    text: int = 20_000_000

    #: Bytes that one archive or JSON Lines file may hold, unpacked.
    archive: int = 20_000_000_000

    #: How many times its size a packed file may unpack to, if that is more than one text may have.
    ratio: int = 200

    #: Files in one folder, those of its folders included.
    files: int = 1_000_000

    #: Folders inside folders; 1 is the one that was named.
    depth: int = 32

    def __attrs_post_init__(self) -> None:
        for name in ("text", "archive", "ratio", "files", "depth"):
            value = getattr(self, name)
            if type(value) is not int or value < 1:
                raise InvalidValue(f"limit {name}", "be a whole number of at least 1", value)


class Unreadable(Exception):
    """
    Ends the reading of one thing; whoever reads it makes an :class:`Unread` of it and goes on.

    Its message is the problem. No user ever sees it raised.
    """
