"""
Formats: a table of them, one small module for each, and the verbs.
"""

from __future__ import annotations

from dateline.formats.form import GROUP, Format
from dateline.formats.table import FORMATS
from dateline.formats.verbs import dump, dumps, read, read_drafts, reads


__all__ = ["FORMATS", "GROUP", "Format", "dump", "dumps", "read", "read_drafts", "reads"]
