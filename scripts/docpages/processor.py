"""
What the citation processor agrees with, and where it stops: out of the tests and the code.

How far it agrees is measured by tests on records that are not part of the project. What they
found stands in ``tests/csl``, which fails as soon as it is not so any more.
"""

from __future__ import annotations

import re
import runpy
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from dateline.csl import context, style, tree, values
from docpages.markdown import code, table


TESTS: Final = Path(__file__).resolve().parents[2] / "tests" / "csl"

#: The records of the comparison, those of the types that our own styles are for, and the official fixtures.
RECORDS: Final = 76
OWN_RECORDS: Final = 63
FIXTURES: Final = 845

#: The styles of the comparison, and what is known to differ: (record, kind of text) to reason.
Deviations = Mapping[str, Mapping[tuple[str, str], str]]


def agreement() -> str:
    """
    The official styles: how often this processor and the reference processor print the same.
    """
    return _compared("DEVIATIONS", RECORDS)


def own_agreement() -> str:
    """
    Our own styles beside the official ones, on the types of things that ours are for.
    """
    return _compared("OWN_DEVIATIONS", OWN_RECORDS)


def suite_line() -> str:
    """
    The official test suite.
    """
    return f"At least {passing()} of its {FIXTURES} fixtures come out as they say, and none is refused.\n"


def limits_table() -> str:
    """
    Where the processor stops.
    """
    rows = (
        ("a style or locale", f"{tree.MAX_SIZE:,} bytes", code("UnsafeXml")),
        ("its elements", f"{tree.MAX_ELEMENTS:,}", code("UnsafeXml")),
        ("elements within elements", f"{tree.MAX_DEPTH}", code("UnsafeXml")),
        ("an attribute", f"{tree.MAX_LENGTH:,} characters", code("UnsafeXml")),
        ("elements rendered for one item", f"{context.MAX_STEPS:,}", code("RenderingTooLarge")),
        ("a value of an item", f"{values.MAX_LENGTH:,} characters", code("InvalidItem")),
        ("compiled styles that are kept", f"{style.KEPT}", "the one used least lately is forgotten"),
    )

    return table(("what", "at most", "beyond that"), rows)


def passing() -> int:
    """
    The fixtures that come out as they say.
    """
    found = re.search(
        r"^PASSING = (\d+)$", (TESTS / "test_suite.py").read_text(encoding="utf-8"), re.MULTILINE
    )
    if found is None:
        raise SystemExit("tests/csl/test_suite.py must have a line 'PASSING = …'")

    return int(found[1])


def deviations() -> dict[str, Any]:
    """
    What the tests know to differ, by the names they have for it.
    """
    return runpy.run_path(str(TESTS / "deviations.py"))


def _compared(name: str, records: int) -> str:
    known: Deviations = deviations()[name]
    rows = [(style, *_counts(records, known[style])) for style in sorted(known)]
    total = records * len(rows)
    lost = [sum(records - row[place] for row in rows) for place in (1, 2)]
    shown = [(code(style), *counts) for style, *counts in rows]
    shown.append((f"**all, of {total}**", *(f"**{total - one}**" for one in lost)))
    head = (f"the same, of {records}", "entries", "citations")

    return f"{table(head, shown, ' rr')}\n{_reasons(known)}\n"


def _counts(records: int, found: Mapping[tuple[str, str], str]) -> tuple[int, int]:
    entries, cites = (sum(kind == one for _, kind in found) for one in ("bib", "cite"))

    return records - entries, records - cites


def _reasons(known: Deviations) -> str:
    times = Counter(_told(reason) for found in known.values() for reason in found.values())

    return ";\n".join(f"- {count} ×: {reason}" for reason, count in times.most_common()) + "."


def _told(reason: str) -> str:
    return reason.replace("the oracle", "the reference processor")
