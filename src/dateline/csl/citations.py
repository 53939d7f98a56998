"""
Cites to citations: sorted, grouped, collapsed, joined (CSL 1.0.2, "Citation").
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.csl.collapsing import Piece, collapse
from dateline.csl.context import Cite, Context
from dateline.csl.markup import parse_markup
from dateline.csl.namestyle import number
from dateline.csl.output import RichText
from dateline.csl.positions import Citation, Position, positions
from dateline.csl.runs import EMPTY, Runs, plain, text
from dateline.csl.sorting import in_order
from dateline.csl.textcase import capitalize_term
from dateline.csl.values import Item, without_controls
from dateline.csl.works import Sheet, Works


def make_citation(sheet: Sheet, works: Works, cites: Sequence[Cite]) -> RichText:
    """
    One citation by itself.
    """
    row = [Position() for _ in cites]
    return cluster(sheet, works, Citation(tuple(cites)), row)


def make_citations(sheet: Sheet, works: Works, citations: Sequence[Citation]) -> tuple[RichText, ...]:
    """
    All citations of a document.
    """
    near = number(sheet.citation.options.get("near-note-distance"), 5)
    rows = positions(citations, near)

    return tuple(cluster(sheet, works, citation, row) for citation, row in zip(citations, rows, strict=True))


def cluster(sheet: Sheet, works: Works, citation: Citation, row: Sequence[Position]) -> RichText:
    """
    The cites of one citation, in order, between the layout's affixes.
    """
    layout = sheet.citation
    contexts = [
        cite_context(sheet, works, cite, position) for cite, position in zip(citation.cites, row, strict=True)
    ]
    if layout.keys:
        contexts = in_order(contexts, contexts, layout.keys)
    pieces = [Piece(context, layout.content(context), layout.content) for context in contexts]
    joined: Runs = EMPTY
    # What the author of the text put behind the cite before.
    before = ""
    for runs, context, delimiter in collapse(pieces, layout):
        own = with_affixes(context, runs, opens=sheet.note_style and not joined)
        if joined and own and before.endswith((",", ";")):
            joined = context.join(joined, text(" "))
        elif joined and own and not leads_with_punctuation(context):
            joined = context.join(joined, text(delimiter))
        joined = context.join(joined, own)
        before = context.cite.suffix.rstrip()
    if not contexts:
        return RichText()

    return RichText(layout.finish(contexts[0], joined), sheet.locale.quote_marks())


def leads_with_punctuation(context: Context) -> bool:
    """
    Whether the author's own prefix begins with what parts it from the cite before.
    """
    return context.cite.prefix.lstrip()[:1] in {",", ";", "."} and bool(context.cite.prefix.strip())


def cite_context(sheet: Sheet, works: Works, cite: Cite, position: Position) -> Context:
    """
    A context for one cite.
    """
    id_ = Item(cite.item).id
    context = sheet.context(works.items[id_], cite, works.numbers[id_])
    context.disambiguation = works.disambiguation(id_)
    context.omit_names = cite.suppress_author
    context.positions = position.names
    context.note_number = position.first_note

    return context


def with_affixes(context: Context, runs: Runs, *, opens: bool) -> Runs:
    """
    One cite with what the author put around it; *opens* if it begins a note.
    """
    cite = context.cite
    before = parse_markup(without_controls(cite.prefix))
    after = parse_markup(without_controls(cite.suffix))
    sentence = not before or plain(before).rstrip(' ”"').endswith((".", "?", "!"))
    if opens and sentence:
        # "ibid." in the locale is "Ibid." at the start of a note.
        runs = capitalize_term(runs)
    if before and not plain(before)[-1].isspace():
        before += text(" ")
    if after and plain(after)[0].isalnum():
        after = text(" ") + after

    return context.join(context.join(before, runs), after)
