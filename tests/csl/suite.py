"""
Reads the fixtures of the official CSL test suite and renders them.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csl.oracles import CITING

from dateline.csl import Citation, Cite, CslError, Entry, Style


SECTION = re.compile(r"^>>=+ ([A-Z0-9-]+) =+(?:>>)?\s*?$(.*?)^<<=+ \1 =+(?:<<)?", re.DOTALL | re.MULTILINE)

OPENING_DIVISION = re.compile(r"\s*(</?div[^>]*>)\s*")


@dataclass(frozen=True)
class Fixture:
    """
    One case: a style, items, what is done with them, and what comes out.
    """

    name: str
    sections: dict[str, str]

    def data(self, section: str) -> Any:
        """
        The JSON of a section, or None.
        """
        text = self.sections.get(section, "")
        return json.loads(text) if text.strip() else None

    @property
    def expected(self) -> str:
        """
        The result, in a form to compare.
        """
        return comparable(self.sections["RESULT"])


def read_fixture(path: Path) -> Fixture:
    """
    A fixture from its file.
    """
    text = path.read_text(encoding="utf-8-sig")
    return Fixture(path.stem, {found[1]: found[2].strip("\n") for found in SECTION.finditer(text)})


def render(fixture: Fixture, locales: dict[str, str]) -> str:
    """
    What this processor makes of the fixture, in a form to compare.
    """
    style = Style.parse(fixture.sections["CSL"].strip(), locales=locales)
    items = [{"id": str(place), **item} for place, item in enumerate(fixture.data("INPUT"))]
    if fixture.sections["MODE"].strip().startswith("bibliography"):
        return comparable(bibliography(style, shown_items(fixture, items)))

    return comparable("\n".join(citations(style, fixture, items)))


def shown_items(fixture: Fixture, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    The items that the last update of the fixture leaves in the bibliography.
    """
    updates = fixture.data("BIBENTRIES")
    by_id = {str(item["id"]): item for item in items}
    if updates:
        return [by_id[str(id_)] for id_ in updates[-1]]
    clusters = fixture.data("CITATIONS")
    if clusters:
        ids = [str(one["id"]) for cluster, _ in final_document(clusters) for one in cluster["citationItems"]]
        return [by_id[id_] for id_ in dict.fromkeys(ids)]

    return items


def bibliography(style: Style, items: list[dict[str, Any]]) -> str:
    """
    The bibliography as HTML.
    """
    entries = "".join(map(division, style.bibliography(items)))
    return f'<div class="csl-bib-body">{entries}</div>'


def division(entry: Entry) -> str:
    """
    One entry as HTML.
    """
    return f'<div class="csl-entry">{entry.html()}</div>'


def citations(style: Style, fixture: Fixture, items: list[dict[str, Any]]) -> list[str]:
    """
    The citations of the fixture as HTML, one a line.
    """
    by_id = {str(item["id"]): item for item in items}
    among = shown_items(fixture, items)
    clusters = fixture.data("CITATIONS")
    if clusters:
        document = [
            Citation(tuple(cite(by_id, one) for one in cluster["citationItems"]), note)
            for cluster, note in final_document(clusters)
        ]
        printed = style.citations(document, among=among)
        return [f">>[{place}] {text.html()}" for place, text in enumerate(printed)]
    groups = fixture.data("CITATION-ITEMS") or [[{"id": item["id"]} for item in among]]

    return [style.cite([cite(by_id, one) for one in group], among=among).html() for group in groups]


def final_document(clusters: list[Any]) -> list[tuple[dict[str, Any], int]]:
    """
    The citations and their notes after the last update, in document order.
    """
    by_id: dict[str, dict[str, Any]] = {}
    notes: dict[str, int] = {}
    for place, (cluster, before, after) in enumerate(clusters):
        id_ = cluster.get("citationID") or f"citation {place}"
        by_id[id_] = cluster
        notes |= dict((*before, *after))
        notes[id_] = (cluster.get("properties") or {}).get("noteIndex", 0)
        order = [*(other for other, _ in before), id_, *(other for other, _ in after)]

    return [(by_id[id_], notes[id_]) for id_ in order if id_ in by_id]


def cite(by_id: dict[str, dict[str, Any]], one: dict[str, Any]) -> Cite:
    """
    A cite out of the fixture's way to write it.
    """
    return Cite(
        by_id[str(one["id"])],
        locator=str(one.get("locator") or ""),
        label=one.get("label") or "page",
        prefix=one.get("prefix") or "",
        suffix=one.get("suffix") or "",
        suppress_author=bool(one.get("suppress-author")),
    )


def comparable(result: str) -> str:
    """
    *result* without what differs between processors.

    That is white space around divisions, and the mark that says whether a citation
    changed in the last update.
    """
    even = OPENING_DIVISION.sub(r"\1", re.sub(r"[ \t]+", " ", result))
    lines = (line.strip() for line in even.replace("\n\n", "\n").strip().split("\n"))

    return "\n".join(re.sub(r"^(?:\.\.|>>)\[", ">>[", line) for line in lines)


@functools.cache
def results() -> dict[str, str]:
    """
    For each fixture "pass", "fail", or the name of the error.
    """
    locales = {
        path.stem.removeprefix("locales-"): path.read_text(encoding="utf-8")
        for path in sorted((CITING / "locales").glob("*.xml"))
    }
    found = {}
    for path in sorted((CITING / "csl-suite").glob("*.txt")):
        fixture = read_fixture(path)
        try:
            same = render(fixture, locales) == fixture.expected
        except CslError as error:
            found[fixture.name] = type(error).__name__
        else:
            found[fixture.name] = "pass" if same else "fail"

    return found
