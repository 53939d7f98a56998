"""
``cs:choose`` and its conditions (CSL 1.0.2, "Choose").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from dateline.csl.compiling import Compiling
from dateline.csl.context import NOTHING, Context, Part, Render
from dateline.csl.elements import sequence
from dateline.csl.errors import InvalidStyle
from dateline.csl.numbers import is_numeric, is_roman
from dateline.csl.tree import Element
from dateline.csl.values import DATE_VARIABLES


Test: TypeAlias = Callable[[Context], bool]


def none(results: Iterable[bool]) -> bool:
    """
    Whether no result is true.
    """
    return not any(results)


#: How the single tests of a condition combine.
MATCHES: Final[dict[str, Callable[[Iterable[bool]], bool]]] = {
    "all": all,
    "any": any,
    "none": none,
}


#: How the children of a branch become one part.
Combine: TypeAlias = Callable[[Context, tuple[Render, ...], str], Part]


def compile_choose(element: Element, compiler: Compiling, combine: Combine = sequence) -> Render:
    """
    The first branch whose condition holds.
    """
    branches = tuple(
        (compile_condition(branch), compiler.children(branch))
        for branch in element.children
        if branch.tag in {"if", "else-if", "else"}
    )

    def render(context: Context) -> Part:
        context.step()
        for holds, children in branches:
            if holds(context):
                # The branch stands in its group as if it were written there.
                return combine(context, children, context.delimiter)
        return NOTHING

    return render


def compile_condition(element: Element) -> Test:
    """
    The condition of one branch; ``cs:else`` always holds.
    """
    if element.tag == "else":
        return lambda _: True
    match = element.get("match") or "all"
    combine = MATCHES.get(match)
    if combine is None:
        raise InvalidStyle("match", "all, any or none", match)
    tests = tuple(
        TESTS[name](value)
        for name, values in element.attributes.items()
        if name in TESTS
        for value in values.split()
    )
    if (types := element.get("type")) is not None:
        tests = (*tests, type_test(frozenset(types.split())))
    # An explicit condition without any test never holds.
    if not tests:
        return lambda _: False
    if len(tests) == 1:
        return negated(tests[0]) if match == "none" else tests[0]

    return lambda context: combine(test(context) for test in tests)


def negated(test: Test) -> Test:
    """
    The opposite of a test.
    """
    return lambda context: not test(context)


def type_test(values: frozenset[str]) -> Test:
    """
    The item is of one of the types: it never has two of them, whatever ``match`` says.
    """
    return lambda context: context.item.type in values


def variable_test(value: str) -> Test:
    """
    The variable holds something.
    """
    if value in {"locator", "citation-number", "year-suffix", "first-reference-note-number"}:
        return lambda context: bool(context.value(value))

    return lambda context: context.item.has(value)


def numeric_test(value: str) -> Test:
    """
    The variable is made of numbers.
    """
    if value in DATE_VARIABLES:
        return lambda _: False
    if value == "locator":
        # The pages of a preface are numbered, too.
        return lambda context: is_numeric(context.value(value)) or is_roman(context.value(value))

    return lambda context: is_numeric(context.value(value))


def uncertain_test(value: str) -> Test:
    """
    The date is approximate.
    """

    def holds(context: Context) -> bool:
        when = context.item.date(value)
        return when is not None and when.circa

    return holds


def locator_test(value: str) -> Test:
    """
    The cite has a locator of the kind.
    """

    def holds(context: Context) -> bool:
        label = context.cite.label
        return bool(context.cite.locator) and label.replace(" ", "-") == value

    return holds


def position_test(value: str) -> Test:
    """
    The cite stands in the position.
    """
    return lambda context: value in context.positions


def disambiguate_test(value: str) -> Test:
    """
    The cite would otherwise look like another one.
    """
    return lambda context: context.disambiguation.condition == (value == "true")


TESTS: Final[dict[str, Callable[[str], Test]]] = {
    "variable": variable_test,
    "is-numeric": numeric_test,
    "is-uncertain-date": uncertain_test,
    "locator": locator_test,
    "position": position_test,
    "disambiguate": disambiguate_test,
}
