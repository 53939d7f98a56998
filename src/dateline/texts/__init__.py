"""
Texts of one's own: attach them to the records, prove them, find the spans again, read the words.
"""

from __future__ import annotations

from dateline.texts.alignment import Placed, SpanStatus
from dateline.texts.findings import Limits, TextCopy, Unread
from dateline.texts.outcomes import Match, Outcome
from dateline.texts.passages import Passage
from dateline.texts.reading import Reading, attach
from dateline.texts.sentences import line_and_column, sentence_around, sentences, to_utf8, to_utf16


__all__ = [
    "Limits",
    "Match",
    "Outcome",
    "Passage",
    "Placed",
    "Reading",
    "SpanStatus",
    "TextCopy",
    "Unread",
    "attach",
    "line_and_column",
    "sentence_around",
    "sentences",
    "to_utf8",
    "to_utf16",
]
