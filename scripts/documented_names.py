"""
House rule: every public name of the package stands in docs/api.md, as dateline.name.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import dateline


PAGE = Path(__file__).resolve().parents[1] / "docs" / "api.md"

written = set(re.findall(r"dateline\.(\w+)", PAGE.read_text(encoding="utf-8")))
missing = sorted(set(dateline.__all__) - {"__version__"} - written)

for name in missing:
    print(f"docs/api.md: dateline.{name} is missing")
sys.exit(bool(missing))
