"""
Where a stretch stands for a reader: its sentence, its line and its column; and offsets for other tools.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dateline.spans import Span


# A sentence ends at a stop and perhaps a closing quotation mark before white space, or at the end of a line.
# A run of stops is tried from its first only: from each of them, it would take quadratic time.
_SENTENCE: Final = re.compile(r"[^\n]+?(?:(?<![.!?])[.!?]++[\"”'’]?(?=\s|$)|(?=\n|$))")


def sentences(text: str) -> Iterator[Span]:
    r"""
    The sentences of *text*, and the lines that are none, without white space around them.

    >>> [str(span) for span in sentences("It rained. A lot.\n\nThen not.")]
    ['0-10', '11-17', '19-28']
    """
    for match in _SENTENCE.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words)
            yield Span(start, start + len(words))


def sentence_around(text: str, span: Span) -> Span:
    """
    The sentence that holds *span*, or the first to the last if it reaches over several.
    """
    # No sentence goes on in another line.
    first = text.rfind("\n", 0, span.start) + 1
    lines = text[first : (text.find("\n", span.end) + 1 or len(text) + 1) - 1]
    start, end = span.start, span.end
    for each in sentences(lines):
        if first + each.start < span.end and span.start < first + each.end:
            start, end = min(start, first + each.start), max(end, first + each.end)

    return Span(start, end)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    r"""
    Line and column of an offset, both counted from 1.

    >>> line_and_column("ab\ncd", 4)
    (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def to_utf16(text: str, span: Span) -> tuple[int, int]:
    """
    Start and end of *span* in UTF-16 code units, as JavaScript, Java and browsers count.

    >>> to_utf16("🏳 sail", Span(2, 6))
    (3, 7)
    """
    start = _units(text[: span.start])

    return start, start + _units(text[span.start : span.end])


def to_utf8(text: str, span: Span) -> tuple[int, int]:
    """
    Start and end of *span* in bytes of UTF-8, as Arrow, Rust and files count.

    >>> to_utf8("🏳 sail", Span(2, 6))
    (5, 9)
    """
    start = len(text[: span.start].encode())

    return start, start + len(text[span.start : span.end].encode())


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
