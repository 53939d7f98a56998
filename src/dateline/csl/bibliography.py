"""
The entries of a bibliography (CSL 1.0.2, "Bibliography").
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.csl.context import Context
from dateline.csl.layout import Layout
from dateline.csl.output import Entry, RichText
from dateline.csl.repeated import substitute_repeated
from dateline.csl.runs import Run, Runs, wrap
from dateline.csl.textcase import capitalize_term
from dateline.csl.works import Sheet, Works, bibliography_context


def make_entries(sheet: Sheet, works: Works) -> tuple[Entry, ...]:
    """
    One entry for each work that the style prints something for.
    """
    layout = sheet.bibliography
    if layout is None:
        return ()

    return tuple(entries(sheet, works, layout))


def entries(sheet: Sheet, works: Works, layout: Layout) -> Iterator[Entry]:
    """
    The entries in order.
    """
    quotes = sheet.locale.quote_marks()
    previous: Runs = ()
    for id_, item in works.items.items():
        context = bibliography_context(sheet, item, works.numbers[id_])
        context.disambiguation = works.disambiguation(id_)
        fields = opened(layout.fields(context))
        printed = tuple(run for field in fields for run in field)
        fields = substitute_repeated(fields, previous, layout.options)
        previous = printed
        runs, margin = set_out(context, layout, fields)
        if runs:
            yield Entry(runs, quotes, id_, RichText(margin, quotes) if margin else None)


def opened(fields: list[Runs]) -> list[Runs]:
    """
    The fields of an entry, which begins with a capital if it begins with a term.
    """
    for place, field in enumerate(fields):
        if field:
            return [*fields[:place], capitalize_term(field), *fields[place + 1 :]]

    return fields


def set_out(context: Context, layout: Layout, fields: list[Runs]) -> tuple[Runs, Runs]:
    """
    The entry, and its first field where the style sets that apart.

    CSL 1.0.2, "Whitespace", second-field-align.
    """
    if "second-field-align" not in layout.options or not any(fields[1:]) or not fields[0]:
        return layout.finish(context, context.join_all(fields)), ()
    decoration = layout.decoration
    first = context.join_all((wrap_text(decoration.prefix), stripped(fields[0])))
    rest = stripped_left(context.join_all(fields[1:]))
    rest = context.join_all((rest, wrap_text(decoration.suffix)))
    margin = wrap(decoration.inside(context, first), "display", "left-margin")
    body = wrap(decoration.inside(context, rest), "display", "right-inline")

    return margin + body, first


def wrap_text(value: str) -> Runs:
    """
    An affix as runs.
    """
    return (Run(value),) if value else ()


def stripped(runs: Runs) -> Runs:
    """
    *runs* without white space at either end: the columns part them now.
    """
    runs = stripped_left(runs)
    while runs and not runs[-1].text.rstrip():
        runs = runs[:-1]
    if not runs:
        return runs
    last = Run(runs[-1].text.rstrip(), runs[-1].marks)

    return (*runs[:-1], last)


def stripped_left(runs: Runs) -> Runs:
    """
    *runs* without white space in front.
    """
    while runs and not runs[0].text.lstrip():
        runs = runs[1:]
    if not runs:
        return runs

    return (Run(runs[0].text.lstrip(), runs[0].marks), *runs[1:])
