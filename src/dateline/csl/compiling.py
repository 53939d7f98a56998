"""
What the compilers of the single elements ask of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from dateline.csl.context import Render
from dateline.csl.locale import Locale
from dateline.csl.tree import Element


class Compiling(Protocol):
    """
    Turns elements into functions, for one part of a style in one language.
    """

    #: The ``cs:names`` in whose ``cs:substitute`` elements are being compiled:
    #: it lends its children to names that have none (CSL 1.0.2, "Substitute").
    lender: Element | None

    @property
    def locale(self) -> Locale:
        """
        The language.
        """

    @property
    def options(self) -> Mapping[str, str]:
        """
        Inheritable options of the style, overlaid by those of the part.

        CSL 1.0.2, "Inheritable Name Options".
        """

    @property
    def explicit_year_suffix(self) -> bool:
        """
        Whether the style says itself where the year suffix goes.
        """

    def element(self, element: Element) -> Render:
        """
        A function that renders the element.
        """

    def children(self, element: Element) -> tuple[Render, ...]:
        """
        A function for each child.
        """

    def macro(self, name: str) -> Render:
        """
        A function that renders the macro of that name.
        """
