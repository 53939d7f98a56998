"""
Write the parts of the documentation that follow from code and data; with ``--check``, name what is stale.

They stand between ``<!-- begin-generated: NAME -->`` and ``<!-- end-generated -->``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from docpages import card, gallery, processor, program, schema


ROOT: Final = Path(__file__).resolve().parents[1]

#: What mends a stale page.
COMMAND: Final = "python scripts/generate_docs.py"

#: What each name stands for.
PARTS: Final[dict[str, Callable[[], str]]] = {
    "agreement": processor.agreement,
    "articles": card.articles,
    "bits": card.bits,
    "commands": program.commands,
    "counts": card.counts,
    "error-tree": program.error_tree,
    "errors": program.errors_table,
    "facts": card.facts,
    "formats": program.formats_table,
    "gallery": gallery.gallery,
    "gaps": card.gaps,
    "languages": gallery.languages_table,
    "limits": processor.limits_table,
    "lists": schema.lists,
    "own-agreement": processor.own_agreement,
    "predicates": program.predicates_table,
    "records": schema.records,
    "review": card.review,
    "rules": program.rules_table,
    "schema-version": schema.version,
    "styles": gallery.styles_table,
    "suite": processor.suite_line,
    "unknown": card.unknown,
}

_PART = re.compile(
    r"(?P<open><!-- begin-generated: (?P<name>[a-z-]+) -->\n)(?s:.*?)(?P<close><!-- end-generated -->)"
)


def pages() -> Iterator[tuple[Path, str]]:
    """
    Every page with generated parts, and what it should hold.
    """
    for path in sorted((ROOT / "docs").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if "<!-- begin-generated:" in text:
            yield path, filled(text)


def filled(text: str) -> str:
    """
    A page with its generated parts made anew.
    """
    return _PART.sub(lambda match: f"{match['open']}\n{PARTS[match['name']]()}\n{match['close']}", text)


def main() -> None:
    """
    Write or check all pages.
    """
    stale = [(path, text) for path, text in pages() if path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path, _ in stale:
            print(f"{path.relative_to(ROOT)} is stale; mend it with: {COMMAND}")
        sys.exit(bool(stale))
    for path, text in stale:
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
