"""
The loss report: what becomes of every field of a record in a format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from dateline.display import escaped, printable
from dateline.formats.finding import named
from dateline.formats.losses import FIELDS, Fate


_DROPPED: Final = (Fate.DROPPED, "")


@frozen(kw_only=True, eq=False, repr=False)
class LossReport(Mapping[str, tuple[Fate, str]]):
    """
    For every field, such as ``article.headline``, what becomes of it, and where it goes or what is lost.
    """

    #: The format's name.
    format: str

    #: A field, what becomes of it, and a note; in the order of the records' declaration.
    rows: tuple[tuple[str, Fate, str], ...]

    def __getitem__(self, field: str) -> tuple[Fate, str]:
        """
        What becomes of one field, and the note on it.
        """
        for name, fate, note in self.rows:
            if name == field:
                return fate, note
        raise KeyError(field)

    def __iter__(self) -> Iterator[str]:
        return iter(name for name, _, _ in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def fields(self, fate: Fate) -> tuple[str, ...]:
        """
        The fields that this becomes of.
        """
        return tuple(name for name, found, _ in self.rows if found is fate)

    @property
    def summary(self) -> str:
        """
        How many fields are kept, renamed, coarsened and dropped, in one line.
        """
        counts = ((len(self.fields(fate)), fate) for fate in Fate)

        return ", ".join(f"{count} {fate}" for count, fate in counts if count)

    def __repr__(self) -> str:
        told = [row for row in self.rows if row[1] is not Fate.DROPPED and row[1:] != (Fate.KEPT, "")]
        width = max((len(name) for name, _, _ in told), default=0)
        lines = (f"{name:{width}}  {fate:9}  {printable(note)}".rstrip() for name, fate, note in told)
        dropped = self.fields(Fate.DROPPED)
        last = [f"dropped: {', '.join(dropped)}"] if dropped else []

        return "\n".join([f"<Losses of {self.format}: {self.summary}>", *lines, *last])

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th scope="row">{name}</th><td>{fate}</td><td>{escaped(printable(note))}</td></tr>'
            for name, fate, note in self.rows
        )
        title = escaped(f"Losses of {self.format}: {self.summary}")

        return f"<table><caption>{title}</caption>{rows}</table>"


def losses(format: str) -> LossReport:  # noqa: A002 - the word that users look for
    """
    What becomes of every field of the records in a format.

    Nothing is read or written: it is what the format declares, and tests hold it against real output.

    Raises:
        NoSuchFormat: If nothing has that name.
        BrokenFormat: If the package that announces it does not give it.

    >>> report = losses("ris")
    >>> report["article.url"]
    (<Fate.COARSENED: 'coarsened'>, 'UR; what an address may not hold is percent-encoded')
    >>> report["claim.statement"]
    (<Fate.DROPPED: 'dropped'>, '')
    >>> losses("jsonl")
    <Losses of jsonl: 47 kept>
    """
    found = named(format)
    fates = found.losses()

    return LossReport(format=found.name, rows=tuple((field, *fates.get(field, _DROPPED)) for field in FIELDS))
