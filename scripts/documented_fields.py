"""
House rule: every field of the three records stands in docs/fields.md, in its record's section.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import attrs

from dateline.records import Article, Claim, Entity


PAGE = Path(__file__).resolve().parents[1] / "docs" / "fields.md"

# A section runs from its "## Article" to the next heading of that rank.
sections = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
missing = [
    f"docs/fields.md: `{field.name}` is missing under '## {record.__name__}'"
    for record in (Article, Claim, Entity)
    for field in attrs.fields(record)
    if not any(section.startswith(record.__name__) and f"`{field.name}`" in section for section in sections)
]

for fault in missing:
    print(fault)
sys.exit(bool(missing))
