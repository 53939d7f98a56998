"""
Write the parts of the documentation that follow from code and data; with ``--check``, name what is stale.

They stand between ``<!-- begin-generated: NAME -->`` and ``<!-- end-generated -->``.
What takes a minute to find out stands after ``begin-measured`` and is only written anew with ``--measure``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from docpages import anchoring, card, forms, gallery, processor, program, schema


ROOT: Final = Path(__file__).resolve().parents[1]

#: What mends a stale page.
COMMAND: Final = "python scripts/generate_docs.py"

#: What each name stands for.
PARTS: Final[dict[str, Callable[[], str]]] = {
    "agreement": processor.agreement,
    "articles": card.articles,
    "bits": card.bits,
    "bits-table": card.bits_table,
    "commands": program.commands,
    "counts": card.counts,
    "cover": card.cover,
    "error-tree": program.error_tree,
    "errors": program.errors_table,
    "facts": card.facts,
    "fates": forms.fates_table,
    "formats": forms.formats_table,
    "gallery": gallery.gallery,
    "gaps": card.gaps,
    "held": anchoring.held,
    "languages": gallery.languages_table,
    "limits": processor.limits_table,
    "lists": schema.lists,
    "losses": forms.losses_table,
    "own-agreement": processor.own_agreement,
    "predicates": program.predicates_table,
    "records": schema.records,
    "review": card.review,
    "rules": program.rules_table,
    "schema-version": schema.version,
    "styles": gallery.styles_table,
    "suite": processor.suite_line,
    "tables": forms.tables_of_records,
    "unknown": card.unknown,
    **forms.OF_FORMATS,
}

#: What is measured; None where that cannot be done.
MEASURED: Final[dict[str, Callable[[], str | None]]] = {"found-again": anchoring.found_again}

_PART = re.compile(
    r"(?P<open><!-- begin-(?P<kind>generated|measured): (?P<name>[a-z-]+) -->\n)"
    r"(?P<body>(?s:.*?))(?P<close><!-- end-(?P=kind) -->)"
)


def pages(*, measure: bool = False) -> Iterator[tuple[Path, str]]:
    """
    Every page with generated parts, and what it should hold.
    """
    for path in sorted((ROOT / "docs").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if "<!-- begin-generated:" in text:
            yield path, filled(text, measure=measure)


def filled(text: str, *, measure: bool = False) -> str:
    """
    A page with its generated parts made anew, and its measured ones if that is asked for and can be done.
    """

    def part(match: re.Match[str]) -> str:
        if match["kind"] == "generated":
            made: str | None = PARTS[match["name"]]()
        else:
            made = MEASURED[match["name"]]() if measure else None

        return match[0] if made is None else f"{match['open']}\n{made}\n{match['close']}"

    return _PART.sub(part, text)


def main() -> None:
    """
    Write or check all pages.
    """
    made = pages(measure="--measure" in sys.argv[1:])
    stale = [(path, text) for path, text in made if path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path, _ in stale:
            print(f"{path.relative_to(ROOT)} is stale; mend it with: {COMMAND}")
        sys.exit(bool(stale))
    for path, text in stale:
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
