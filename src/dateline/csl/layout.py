"""
``cs:citation`` and ``cs:bibliography``, compiled: layout, sort keys, options.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dateline.csl.compiler import Compiler
from dateline.csl.context import Context, Render
from dateline.csl.elements import sequence
from dateline.csl.errors import InvalidStyle
from dateline.csl.formatting import Decoration, read_decoration
from dateline.csl.runs import Runs, plain
from dateline.csl.sorting import SortKey, compile_keys
from dateline.csl.tree import Element


class Layout(NamedTuple):
    """
    One part of a style, ready to render.
    """

    children: tuple[Render, ...]
    decoration: Decoration
    delimiter: str
    keys: tuple[SortKey, ...]
    #: Whether a condition asks for disambiguation.
    conditional: bool
    explicit_year_suffix: bool
    options: Mapping[str, str]

    def content(self, context: Context) -> Runs:
        """
        One item without the layout's own affixes and formatting.
        """
        return sequence(context, self.children).runs

    def fields(self, context: Context) -> list[Runs]:
        """
        One item, child by child.
        """
        return [child(context).runs for child in self.children]

    def finish(self, context: Context, runs: Runs) -> Runs:
        """
        *runs* between the affixes, here inside the formatting (CSL 1.0.2, "Affixes").
        """
        affixed = self.decoration.affixed(context, runs)
        return self.decoration.inside(context, affixed) if affixed else affixed

    def key(self, context: Context) -> str:
        """
        What the cite looks like, to compare it with others.
        """
        return plain(self.content(context))


def compile_layout(element: Element, compiler: Compiler) -> Layout:
    """
    A ``cs:citation`` or ``cs:bibliography``.
    """
    layout = element.first("layout")
    if layout is None:
        raise InvalidStyle(f"cs:{element.tag}", "given a layout", "none")
    sort = element.first("sort")

    return Layout(
        compiler.children(layout),
        read_decoration(layout),
        layout.get("delimiter") or "",
        compile_keys(sort, compiler) if sort else (),
        compiler.conditional,
        compiler.explicit_year_suffix,
        element.attributes,
    )
