"""
Cites of the same names or consecutive numbers, drawn together.

CSL 1.0.2, "Cite Grouping" and "Cite Collapsing".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from dateline.csl.context import Context
from dateline.csl.layout import Layout
from dateline.csl.runs import Runs, join, plain, text


#: What is printed of a cite, whose cite it is, and what stands before it.
Printed: TypeAlias = tuple[Runs, Context, str]


class Piece(NamedTuple):
    """
    A cite as it stands alone.
    """

    context: Context
    runs: Runs
    render: Callable[[Context], Runs]

    @property
    def names(self) -> str:
        """
        The names it begins with, as printed.
        """
        return plain(first_marked(self.runs, "names"))

    @property
    def letter(self) -> str:
        """
        The letter behind its year.
        """
        return plain(first_marked(self.runs, "year-suffix"))

    @property
    def bare(self) -> bool:
        """
        Whether the author added nothing to it.
        """
        cite = self.context.cite
        return not (cite.locator or cite.prefix or cite.suffix)

    def without_names(self) -> Runs:
        """
        The cite rendered once more, its names left out.
        """
        return self.render(
            replace(
                self.context,
                omit_names=True,
                suppressed=set(),
                watching=[],
                shown=[],
                suffix_printed=False,
            )
        )

    def without_letter(self) -> str:
        """
        What it prints but for the letter.
        """
        return "".join(
            run.text for run in self.runs if not any(mark.kind == "year-suffix" for mark in run.marks)
        )


def first_marked(runs: Runs, kind: str) -> Runs:
    """
    The runs under the first mark of a kind.
    """
    for run in runs:
        for mark in run.marks:
            if mark.kind == kind:
                return tuple(other for other in runs if mark in other.marks)

    return ()


def collapse(pieces: Sequence[Piece], layout: Layout) -> Iterator[Printed]:
    """
    What is printed of each cite, in order, with the delimiter before it.
    """
    options = layout.options
    how = options.get("collapse") or ""
    if how == "citation-number":
        yield from numbered(pieces, layout)
        return
    grouped = "cite-group-delimiter" in options or how.startswith("year")
    if not grouped:
        for piece in pieces:
            yield piece.runs, piece.context, layout.delimiter
        return
    after = options.get("after-collapse-delimiter", layout.delimiter)
    for group in groups(pieces):
        first, *rest = grouped_cites(group, layout, how)
        yield first[0], first[1], after
        yield from rest


def groups(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """
    Cites with the same names brought together, in order of the first.
    """
    found: dict[str, list[Piece]] = {}
    for place, piece in enumerate(pieces):
        found.setdefault(piece.names or f"\0{place}", []).append(piece)

    return list(found.values())


def grouped_cites(group: Sequence[Piece], layout: Layout, how: str) -> Iterator[Printed]:
    """
    The cites of one group; names, and years where wanted, only once.
    """
    usual = ", " if how == "year" else layout.delimiter
    between = layout.options.get("cite-group-delimiter", usual)
    after = layout.options.get("after-collapse-delimiter", between)
    place = 0
    while place < len(group):
        piece = group[place]
        # A prefix would part the year from its names.
        short = bool(how) and place > 0 and not piece.context.cite.prefix
        runs = piece.without_names() if short else piece.runs
        # Behind a locator, the next year would read as another locator.
        apart = place > 0 and group[place - 1].context.cite.locator
        yield runs, piece.context, after if apart else between
        place += 1
        if how.startswith("year-suffix"):
            count = letters_after(group, place - 1)
            yield from suffixes(group[place - 1 : place + count], layout, how)
            place += count


def letters_after(group: Sequence[Piece], place: int) -> int:
    """
    How many cites after the one at *place* differ from it only in the letter.
    """
    first = group[place]
    count = 0
    for piece in group[place + 1 :]:
        same = piece.without_letter() == first.without_letter()
        if not (first.letter and piece.letter and same and piece.bare and first.bare):
            break
        count += 1

    return count


def suffixes(group: Sequence[Piece], layout: Layout, how: str) -> Iterator[Printed]:
    """
    The letters that follow the first year, ranges of three and more shortened.
    """
    usual = layout.options.get("cite-group-delimiter", layout.delimiter)
    delimiter = layout.options.get("year-suffix-delimiter", usual)
    place = 1
    while place < len(group):
        end = place - 1
        while (
            how.endswith("ranged")
            and end + 1 < len(group)
            and follows(group[end].letter, group[end + 1].letter)
        ):
            end += 1
        if end > place:
            yield text(group[end].letter), group[end].context, "–"
            place = end + 1
            continue
        yield text(group[place].letter), group[place].context, delimiter
        place += 1


def follows(one: str, other: str) -> bool:
    """
    Whether two single letters are neighbours.
    """
    return len(one) == len(other) == 1 and ord(other) - ord(one) == 1


def numbered(pieces: Sequence[Piece], layout: Layout) -> Iterator[Printed]:
    """
    Ranges of three and more consecutive numbers as first and last.
    """
    after = layout.options.get("after-collapse-delimiter", layout.delimiter)
    delimiter = layout.delimiter
    place = 0
    while place < len(pieces):
        end = place
        while end + 1 < len(pieces) and consecutive(pieces[end], pieces[end + 1]):
            end += 1
        yield pieces[place].runs, pieces[place].context, delimiter
        delimiter = layout.delimiter
        if end > place + 1:
            last = pieces[end]
            yield dashed(pieces[place], last), last.context, ""
            delimiter = after
            place = end
        place += 1


def dashed(first: Piece, last: Piece) -> Runs:
    """
    The last cite of a range, behind its dash.
    """
    quoted = first.context.locale.punctuation_in_quote
    return join(text("–"), last.runs, punctuation_in_quote=quoted)


def consecutive(one: Piece, other: Piece) -> bool:
    """
    Whether two bare cites have neighbouring numbers.
    """
    step = other.context.number - one.context.number
    return step == 1 and one.bare and other.bare
