"""
Attributes that any rendering element may have: formatting, case, quotes, affixes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

from dateline.csl.context import Context, Part
from dateline.csl.runs import Run, Runs, wrap
from dateline.csl.textcase import change_case
from dateline.csl.tree import Element


#: Inner ones first (CSL 1.0.2, "Formatting").
KINDS: Final = (
    "font-style",
    "font-variant",
    "font-weight",
    "text-decoration",
    "vertical-align",
)

#: What is the same with and without, unless something around it differs.
NO_CHANGE: Final = frozenset({("text-decoration", "none"), ("vertical-align", "baseline")})


class Decoration(NamedTuple):
    """
    What an element's attributes do to its content.
    """

    prefix: str = ""
    suffix: str = ""
    marks: tuple[tuple[str, str], ...] = ()
    case: str = ""
    quotes: bool = False
    strip_periods: bool = False
    display: str = ""

    def __call__(self, context: Context, part: Part) -> Part:
        """
        *part*, decorated; empty content gets no affixes.
        """
        if not part.runs:
            return part
        runs = self.affixed(context, self.inside(context, part.runs))
        if self.display:
            runs = wrap(runs, "display", self.display)

        return Part(runs, part.called, part.found)

    def inside(self, context: Context, runs: Runs) -> Runs:
        """
        All but affixes, which formatting does not reach (CSL 1.0.2, "Affixes").
        """
        if self.strip_periods:
            runs = without_periods(runs)
        if self.case:
            runs = change_case(runs, self.case, english=context.english)
        for kind, value in self.marks:
            runs = wrap(runs, kind, value)
        if self.quotes:
            runs = wrap(runs, "quotes")

        return runs

    def affixed(self, context: Context, runs: Runs) -> Runs:
        """
        *runs* between the affixes.
        """
        return context.affix(runs, self.prefix, self.suffix)


PLAIN: Final = Decoration()

Decorate: TypeAlias = Callable[[Context, Part], Part]


def read_decoration(element: Element) -> Decoration:
    """
    The decoration that *element* asks for.
    """
    get = element.get
    marks = tuple((kind, value) for kind in KINDS if (value := get(kind)) is not None)

    return Decoration(
        get("prefix") or "",
        get("suffix") or "",
        tuple(mark for mark in marks if mark not in NO_CHANGE),
        get("text-case") or "",
        quotes=get("quotes") == "true",
        strip_periods=get("strip-periods") == "true",
        display=get("display") or "",
    )


def without_periods(runs: Runs) -> Runs:
    """
    *runs* with all full stops taken out (CSL 1.0.2, "Strip-periods").
    """
    stripped = (Run(run.text.replace(".", ""), run.marks) for run in runs)
    return tuple(run for run in stripped if run.text)
