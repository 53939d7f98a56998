"""
Every error of the processor, all of them :class:`ValueError`.

.. code-block:: text

    CslError
    ├── InvalidStyle      the style or locale cannot be understood
    │   └── UnsafeXml     it could be, and is refused: DTD, entities, size, depth
    ├── InvalidItem       the thing to cite has a value of the wrong kind
    ├── NoSuchLocale      no locale of that language was handed over
    └── RenderingTooLarge the style asks for more work than any real one does
"""

from __future__ import annotations


class CslError(ValueError):
    """
    Something about a style, a locale or an item is not as the processor needs it.

    >>> print(InvalidItem("title", "a text", 3.5))
    title must be a text, got 3.5
    """

    def __init__(self, subject: str, expected: str, found: object) -> None:
        # All arguments go on to ValueError, so that the error can be pickled.
        super().__init__(subject, expected, found)
        self.subject = subject
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        return f"{self.subject} must be {self.expected}, got {shortened(self.found)}"


class InvalidStyle(CslError):
    """
    The style or locale cannot be understood.
    """


class UnsafeXml(InvalidStyle):
    """
    The XML has what no style needs and an attacker likes: a DTD, an entity, excess.
    """


class InvalidItem(CslError):
    """
    A value of the item is of the wrong kind.
    """


class NoSuchLocale(CslError):
    """
    The locale asked for, and all it falls back on, are missing.
    """


class RenderingTooLarge(CslError):
    """
    Macros that call macros asked for more steps than any real style takes.
    """


def shortened(value: object, limit: int = 80) -> str:
    """
    The representation of *value*, cut so that a message stays a line.

    >>> shortened("a" * 100, limit=10)
    "'aaaaaaaa…"
    """
    try:
        text = repr(value)
    except (RecursionError, ValueError):
        # Lists in lists without end, or a number of more digits than Python prints.
        text = f"a {type(value).__name__} that is too large to show"
    if len(text) <= limit:
        return text

    return text[: limit - 1] + "…"
