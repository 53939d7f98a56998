"""
Names that repeat those of the entry before, replaced by a dash.

CSL 1.0.2, "Reference Grouping", subsequent-author-substitute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.csl.collapsing import first_marked
from dateline.csl.runs import Mark, Run, Runs, plain


def substitute_repeated(fields: list[Runs], previous: Runs, options: Mapping[str, str]) -> list[Runs]:
    """
    The fields of an entry, its names replaced as far as the style wants it.
    """
    dash = options.get("subsequent-author-substitute")
    if dash is None:
        return fields
    rule = options.get("subsequent-author-substitute-rule") or "complete-all"
    before = first_marked(previous, "names")
    for place, field in enumerate(fields):
        names = first_marked(field, "names")
        if names:
            changed = replaced(field, names, before, dash, rule)
            return [*fields[:place], changed, *fields[place + 1 :]]

    return fields


def replaced(field: Runs, names: Runs, before: Runs, dash: str, rule: str) -> Runs:
    """
    One field with its names replaced by the rule.
    """
    own, old = single_names(names), single_names(before)
    same = plain(names) == plain(before)
    if rule == "complete-all":
        return whole(field, names, dash) if same else field
    if rule == "complete-each":
        return each(field, list(own), dash) if same and own else field
    shared = []
    for (mark, name), other in zip(own.items(), old.values(), strict=False):
        if name != other:
            break
        shared.append(mark)
    if same and not own:
        return whole(field, names, dash)

    return each(field, shared[:1] if rule == "partial-first" else shared, dash)


def single_names(names: Runs) -> dict[Mark, str]:
    """
    Each name's mark with its text, in order.
    """
    found: dict[Mark, str] = {}
    for run in names:
        for mark in run.marks:
            if mark.kind == "name":
                found[mark] = found.get(mark, "") + run.text

    return found


def whole(field: Runs, names: Runs, dash: str) -> Runs:
    """
    All names replaced by one dash.
    """
    return put(field, names, dash)


def each(field: Runs, marks: Sequence[Mark], dash: str) -> Runs:
    """
    Each of the marked names replaced by a dash.
    """
    for mark in marks:
        field = put(field, tuple(run for run in field if mark in run.marks), dash)

    return field


def put(field: Runs, old: Runs, new: str) -> Runs:
    """
    *field* with the run of texts *old* replaced by *new*.
    """
    start = next(place for place, run in enumerate(field) if run is old[0])
    dash = (Run(new, outer(old)),) if new else ()

    return (*field[:start], *dash, *field[start + len(old) :])


def outer(runs: Runs) -> tuple[Mark, ...]:
    """
    The marks that all runs share, so that the dash keeps what is around it.
    """
    shared = runs[0].marks
    for run in runs[1:]:
        count = 0
        for one, other in zip(shared, run.marks, strict=False):
            if one is not other:
                break
            count += 1
        shared = shared[:count]

    return tuple(mark for mark in shared if mark.kind not in {"name", "font-variant"})
