"""
Elements to functions, once for a style; macros are compiled when first called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from dateline.csl.compiling import Compiling
from dateline.csl.conditions import compile_choose
from dateline.csl.context import MISSING, Context, Part, Render
from dateline.csl.dates import compile_date
from dateline.csl.elements import (
    compile_group,
    compile_label,
    compile_number,
    compile_text,
    sequence,
)
from dateline.csl.errors import InvalidStyle
from dateline.csl.locale import Locale
from dateline.csl.names import compile_names
from dateline.csl.tree import Element


COMPILERS: Final[dict[str, Callable[[Element, Compiling], Render]]] = {
    "choose": compile_choose,
    "date": compile_date,
    "group": compile_group,
    "label": compile_label,
    "names": compile_names,
    "number": compile_number,
    "text": compile_text,
}


class Compiler:
    """
    Compiles one part of a style (citation or bibliography) in one language.
    """

    __slots__ = (
        "_compiled",
        "_macros",
        "_open",
        "conditional",
        "explicit_year_suffix",
        "lender",
        "locale",
        "options",
    )

    def __init__(
        self,
        macros: Mapping[str, Element],
        locale: Locale,
        options: Mapping[str, str],
        *,
        explicit_year_suffix: bool,
        conditional: bool,
    ) -> None:
        self._macros = macros
        self._compiled: dict[str, tuple[Render, ...]] = {}
        #: Macros being compiled, outermost first: a second time is a loop.
        self._open: list[str] = []
        self.lender: Element | None = None
        self.locale = locale
        self.options = options
        self.explicit_year_suffix = explicit_year_suffix
        #: Whether a condition asks for disambiguation.
        self.conditional = conditional

    def element(self, element: Element) -> Render:
        """
        A function that renders the element.

        Raises:
            InvalidStyle: If it is no rendering element.
        """
        compile_ = COMPILERS.get(element.tag)
        if compile_ is None:
            expected = "one of " + ", ".join(sorted(COMPILERS))
            raise InvalidStyle("rendering element", expected, element.tag)

        return compile_(element, self)

    def children(self, element: Element) -> tuple[Render, ...]:
        """
        A function for each child.
        """
        return tuple(self.element(child) for child in element.children)

    def macro(self, name: str) -> Render:
        """
        A function that renders the macro.

        Raises:
            InvalidStyle: If there is none, or it calls itself.
        """
        children = self._macro_children(name)

        def render(context: Context) -> Part:
            context.step()
            part = sequence(context, children)
            # A macro is suppressed like a group, its terms with it.
            if part.called and not part.found:
                return MISSING
            # One that printed counts as a variable that is not empty (CSL 1.0.2, "Group").
            return part if part.found or not part.runs else part._replace(found=True)

        return render

    def _macro_children(self, name: str) -> tuple[Render, ...]:
        if name in self._compiled:
            return self._compiled[name]
        if name not in self._macros:
            raise InvalidStyle("macro", "one that the style defines", name)
        if name in self._open:
            raise InvalidStyle(f"macro {name!r}", "free of loops", [*self._open, name])
        self._open.append(name)
        # A macro is compiled once, so it borrows nothing from where it is called.
        lender, self.lender = self.lender, None
        children = self.children(self._macros[name])
        self.lender = lender
        self._open.pop()
        self._compiled[name] = children

        return children
