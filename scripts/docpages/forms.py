"""
What formats say of themselves: the table of them, and what each loses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dateline.formats import FORMATS, Format
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
            f"[{code(name)}](#{name.replace('.', '')})",
            *(len(losses(name).fields(fate)) or "" for fate in Fate),
        )
        for name in FORMATS
    ]

    return table((f"of {len(FIELDS)} fields", *Fate), rows, "lrrrr")


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


#: What each format loses, by the name of the part.
LOSSES: Final[dict[str, Callable[[], str]]] = {
    f"losses-{slug(name)}": (lambda name=name: losses_of(name)) for name in FORMATS
}


def _row(form: Format) -> tuple[str, ...]:
    return (
        ", ".join(map(code, (form.name, *form.aliases))),
        ", ".join(map(code, form.suffixes)),
        code(form.media_type),
        form.holds,
        _reading(form),
        "nothing" if form.extra is None else f"the extra {code(form.extra)}",
    )


def _reading(form: Format) -> str:
    if form.lossless:
        return "yes"
    if form.read:
        return "as drafts"

    return "with `columns=`" if form.read_rows else "no"


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
