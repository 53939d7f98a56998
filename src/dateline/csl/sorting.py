"""
``cs:sort``: keys out of variables and macros (CSL 1.0.2, "Sorting").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeAlias, TypeVar

from dateline.csl.collation import Collated, collate
from dateline.csl.compiler import Compiler
from dateline.csl.context import PLAIN, Context, Render
from dateline.csl.dates import sort_key
from dateline.csl.errors import InvalidStyle
from dateline.csl.names import compile_names
from dateline.csl.runs import plain
from dateline.csl.tree import Element
from dateline.csl.values import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES


Thing = TypeVar("Thing")

#: What is sorted, each behind the context that its keys are made in.
Pairs: TypeAlias = "list[tuple[Context, Thing]]"


class SortKey(NamedTuple):
    """
    One key: what it makes of an item, and which way it sorts.
    """

    make: Callable[[Context], str]
    descending: bool
    limits: Mapping[str, str]

    def __call__(self, context: Context) -> str:
        """
        The item's key as text; empty keys sort last either way.
        """
        sorting = replace(
            context,
            sorting=True,
            key_limits=self.limits,
            suppressed=set(),
            watching=[],
            shown=[],
            # What tells cites apart has no part in their order.
            disambiguation=PLAIN,
        )

        return self.make(sorting)


def compile_keys(element: Element, compiler: Compiler) -> tuple[SortKey, ...]:
    """
    The keys of a ``cs:sort``.
    """
    return tuple(compile_key(key, compiler) for key in element.named("key"))


def compile_key(element: Element, compiler: Compiler) -> SortKey:
    """
    One ``cs:key``.
    """
    names = ("names-min", "names-use-first", "names-use-last")
    limits = {name: value for name in names if (value := element.get(name))}
    descending = element.get("sort") == "descending"

    return SortKey(key_maker(element, compiler), descending, limits)


def key_maker(element: Element, compiler: Compiler) -> Callable[[Context], str]:
    """
    How the key of one item is made.
    """
    variable, macro = element.get("variable"), element.get("macro")
    if macro is not None:
        return printed(compiler.macro(macro))
    if variable is None:
        raise InvalidStyle("cs:key", "given a variable or macro", "neither")
    if variable in NAME_VARIABLES:
        # A name variable sorts as a list of inverted names.
        name = Element("name", {"form": "long", "name-as-sort-order": "all"})
        names = Element("names", {"variable": variable}, (name,))
        return printed(compile_names(names, compiler))
    if variable in DATE_VARIABLES:
        return lambda context: date_key(context, variable)
    if variable in NUMBER_VARIABLES:
        return lambda context: padded(context.value(variable))

    return lambda context: context.value(variable)


def printed(render: Render) -> Callable[[Context], str]:
    """
    A key out of what an element prints.
    """
    return lambda context: plain(render(context).runs)


def date_key(context: Context, variable: str) -> str:
    """
    A key out of a date.
    """
    when = context.item.date(variable)
    return sort_key(when) if when else ""


def padded(value: str) -> str:
    """
    A number with zeros in front, so that it sorts by size.
    """
    return value.zfill(8) if value.isdecimal() else value


def in_order(things: Iterable[Thing], contexts: Iterable[Context], keys: Iterable[SortKey]) -> list[Thing]:
    """
    *things* sorted by the keys of their *contexts*; equal ones keep their order.
    """
    groups = [list(zip(contexts, things, strict=True))]
    for key in keys:
        groups = [part for group in groups for part in parted(group, key)]

    return [thing for group in groups for _, thing in group]


def parted(group: Pairs[Thing], key: SortKey) -> list[Pairs[Thing]]:
    """
    The parts of a group that have the same key, in its order; those that have none come last.
    """
    # What has its place already needs no key.
    if len(group) == 1:
        return [group]
    parts: dict[Collated, Pairs[Thing]] = {}
    missing: Pairs[Thing] = []
    for context, thing in group:
        text = key(context)
        part = parts.setdefault(collate(text), []) if text else missing
        part.append((context, thing))
    ordered = [parts[value] for value in sorted(parts, reverse=key.descending)]

    return [*ordered, missing] if missing else ordered
