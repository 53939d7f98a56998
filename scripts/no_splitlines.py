"""
House rule: no splitlines() in src/, for it also splits inside JSON strings.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path


ROOT = Path(__file__).resolve().parents[1]

faults = [
    f"{path.relative_to(ROOT)}:{number}: iterate the open file, or split at '\\n'"
    for path in sorted((ROOT / "src").rglob("*.py"))
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    if re.search(r"\.splitlines\(", line.partition("#")[0])
]

for fault in faults:
    print(fault)
sys.exit(bool(faults))
