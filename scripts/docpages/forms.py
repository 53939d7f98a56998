"""
What formats say of themselves: the table of them, and what each loses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dateline.formats import FORMATS, Format
from dateline.formats.flat_tables import TABLES
from dateline.formats.losses import FIELDS, KINDS, Fate
from dateline.formats.reports import LossReport, losses
from docpages.markdown import code, table


def formats_table() -> str:
    """
    Each format: how it is asked for, what is in it, whether it comes back, and what it needs.
    """
    return table(
        ("format", "suffix", "media type", "holds", "read back", "needs"),
        map(_row, FORMATS.values()),
    )


def fates_table() -> str:
    """
    What can become of a field.
    """
    return table(("fate", "means"), [(fate.value, fate.definition) for fate in Fate])


def losses_table() -> str:
    """
    How many fields of records are kept, renamed, coarsened and dropped by each format.
    """
    rows = [
        (
            f"[{code(name)}](formats/{slug(name)}.md#what-is-lost)",
            *(len(losses(name).fields(fate)) or "" for fate in Fate),
        )
        for name in FORMATS
    ]

    return table((f"of {len(FIELDS)} fields", *Fate), rows, "lrrrr")


def line_of(name: str) -> str:
    """
    One format in a line: how it is asked for, whether it comes back, and what it needs.
    """
    form = FORMATS[name]
    asked = ", ".join(map(code, form.suffixes)) or f"none, so it is named: {code(form.name)}"

    return (
        f"Format {' or '.join(map(code, (form.name, *form.aliases)))} · suffix {asked} · "
        f"media type {code(form.media_type)} · read back: {_reading(form)} · needs {_needs(form)}\n"
    )


def tables_of_records() -> str:
    """
    The tables that some formats hold, each with its columns.
    """
    return table(
        ("table", "columns"),
        [
            (code(found.name), ", ".join(code(column.name) for column in found.columns))
            for found in TABLES.values()
        ],
    )


def losses_of(name: str) -> str:
    """
    What one format loses, field by field.
    """
    report = losses(name)
    if FORMATS[name].lossless:
        return "Nothing is lost: what is read is equal to what was written, with the same digest.\n"
    told = [
        (code(field), fate, note)
        for field, (fate, note) in report.items()
        if fate in {Fate.RENAMED, Fate.COARSENED} or (fate is Fate.KEPT and note)
    ]
    kept = [field for field in report.fields(Fate.KEPT) if not report[field][1]]
    parts = [
        f"Kept: {', '.join(map(code, kept))}.\n" if kept else "",
        table(("field", "is", "where, or how"), told) if told else "",
        f"Dropped: {_dropped(report)}.\n",
    ]

    return "\n".join(part for part in parts if part)


def slug(name: str) -> str:
    """
    A format's name as the name of a part has it.

    >>> slug("schema.org")
    'schema-org'
    """
    return name.replace(".", "-")


#: What each format's page says of it, by the name of the part.
OF_FORMATS: Final[dict[str, Callable[[], str]]] = {
    f"{part}-{slug(name)}": (lambda name=name, told=told: told(name))
    for name in FORMATS
    for part, told in (("form", line_of), ("losses", losses_of))
}


def _row(form: Format) -> tuple[str, ...]:
    names = (f"[{code(form.name)}](formats/{slug(form.name)}.md)", *map(code, form.aliases))
    suffixes = ", ".join(map(code, form.suffixes))

    return (", ".join(names), suffixes, code(form.media_type), form.holds, _reading(form), _needs(form))


def _reading(form: Format) -> str:
    if form.lossless:
        return "yes"
    if form.read:
        pages = f", from {', '.join(map(code, form.read_suffixes))} too" if form.read_suffixes else ""
        return f"as drafts{pages}"

    return "as drafts, with `columns=`" if form.row_drafts else "no"


def _needs(form: Format) -> str:
    return "nothing" if form.extra is None else f"the extra {code(form.extra)}"


def _dropped(report: LossReport) -> str:
    found = []
    for word in KINDS:
        of_kind = [field for field in report if field.startswith(f"{word}.")]
        lost = [field for field in report.fields(Fate.DROPPED) if field in of_kind]
        if lost == of_kind:
            found.append(f"every field of {'an' if word != 'claim' else 'a'} {word}")
        else:
            found += map(code, lost)

    return ", ".join(found)
