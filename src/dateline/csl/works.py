"""
The works that are cited together: their order, their numbers, what tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from dateline.csl.context import PLAIN, Cite, Context, Disambiguation
from dateline.csl.layout import Layout
from dateline.csl.locale import Locale
from dateline.csl.sorting import in_order
from dateline.csl.values import Item, several


class Sheet(NamedTuple):
    """
    A style compiled for one language: what every rendering shares.
    """

    locale: Locale
    default_language: str
    title: str
    citation: Layout
    bibliography: Layout | None
    note_style: bool

    def context(self, item: Item, cite: Cite, number: int = 0) -> Context:
        """
        A fresh context.
        """
        context = Context(item, self.locale, self.default_language, cite, number)
        context.explicit_year_suffix = self.citation.explicit_year_suffix

        return context


class Works(NamedTuple):
    """
    Items by id, in the order of the bibliography.
    """

    items: Mapping[str, Item]
    numbers: Mapping[str, int]
    told_apart: Mapping[str, Disambiguation]

    def disambiguation(self, id_: str) -> Disambiguation:
        """
        What is added to cites of the item.
        """
        return self.told_apart.get(id_, PLAIN)


def read_items(sources: Iterable[Mapping[str, Any]]) -> dict[str, Item]:
    """
    Items by id, each id once; the first one counts.
    """
    items: dict[str, Item] = {}
    for source in several(sources, "items"):
        item = Item(source)
        items.setdefault(item.id, item)

    return items


def sorted_works(sheet: Sheet, items: Mapping[str, Item]) -> Works:
    """
    The items in the order of the bibliography, numbered.
    """
    numbers = {id_: place for place, id_ in enumerate(items, 1)}
    layout = sheet.bibliography
    if layout is None or not layout.keys or len(items) == 1:
        return Works(items, numbers, {})
    contexts = [bibliography_context(sheet, item, numbers[item.id]) for item in items.values()]
    ordered = in_order(items.values(), contexts, layout.keys)

    return Works(
        {item.id: item for item in ordered},
        {item.id: place for place, item in enumerate(ordered, 1)},
        {},
    )


def bibliography_context(sheet: Sheet, item: Item, number: int) -> Context:
    """
    A context for an entry of the bibliography.
    """
    context = sheet.context(item, Cite({}), number)
    # Numbers and order are needed even where nothing of it is printed.
    layout = sheet.bibliography or sheet.citation
    context.explicit_year_suffix = layout.explicit_year_suffix

    return context


def with_told_apart(works: Works, told_apart: Mapping[str, Disambiguation]) -> Works:
    """
    *works* with what tells their cites apart.
    """
    return works._replace(told_apart=told_apart)
