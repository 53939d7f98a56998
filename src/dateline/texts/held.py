"""
What nothing looks into by itself: no pickle, no copy, no repr, and nothing that goes through attrs' fields.
"""

from __future__ import annotations

from typing import Generic, NoReturn, TypeVar

from dateline.errors import WordsWithheld


Content = TypeVar("Content")


class Held(Generic[Content]):
    """
    Something that comes out by :meth:`open` alone.

    >>> Held("the words")
    <Held>
    >>> Held("the words").open()
    'the words'
    """

    __slots__ = ("_content",)

    def __init__(self, content: Content) -> None:
        self._content = content

    def open(self) -> Content:
        """
        What is held.
        """
        return self._content

    def __repr__(self) -> str:
        return "<Held>"

    def __getstate__(self) -> NoReturn:
        raise WordsWithheld("what is held")

    def __reduce__(self) -> NoReturn:
        raise WordsWithheld("what is held")
