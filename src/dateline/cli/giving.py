"""
Commands that give records away: ``cite`` and ``dump``.
"""

from __future__ import annotations

from typing import Final

import click

import dateline
from dateline.cli import pages
from dateline.cli.opening import is_dataset, opened, parsed
from dateline.cli.shared import (
    DEFAULT,
    dataset_argument,
    from_option,
    say,
    where_option,
)
from dateline.display import printable


@click.command
@click.argument("thing", metavar="[ID|DATASET]", default=DEFAULT)
@click.option(
    "--style",
    default="apa",
    show_default=True,
    help="A style, a .csl file, or a format such as bibtex.",
)
@from_option
@where_option
def cite(thing: str, style: str, dataset: str, predicates: tuple[str, ...]) -> None:
    """
    Cite a dataset, an article or a claim.

    With --where, the subset of the dataset is cited.
    """
    if is_dataset(thing):
        text = dateline.cite(opened(thing).filter(*parsed(predicates)), style)
    elif predicates:
        raise click.UsageError("--where selects from a DATASET, not from a record")
    else:
        corpus = opened(dataset)
        record = pages.find(corpus, thing)
        if isinstance(record, dateline.Entity):
            raise click.UsageError(f"{record.id} is an entity; cited are articles, claims and datasets")
        text = dateline.cite(record, style, corpus=corpus)
    say("\n".join(printable(line) for line in text.split("\n")))


@click.command
@dataset_argument
@click.option("-o", "--output", metavar="FILE", help="Save it there, instead of printing it.")
@click.option(
    "--format", "format_", metavar="FORMAT", help="If not given: what FILE's suffix means, else jsonl."
)
@where_option
@click.option("--claims", "wants_claims", is_flag=True, help="Claims alone; only for csv-claims.")
@click.option(
    "--spreadsheet-safe", is_flag=True, help="For CSV: no cell is a formula to a spreadsheet program."
)
def dump(  # noqa: PLR0913 - one for each option
    dataset: str,
    output: str | None,
    format_: str | None,
    predicates: tuple[str, ...],
    *,
    wants_claims: bool,
    spreadsheet_safe: bool,
) -> None:
    """
    Write a dataset in another format.

    FORMAT is one that "dateline formats" lists; what is no text has to be saved.
    What is printed is exact, so nothing in it is escaped for terminals.
    """
    corpus = opened(dataset)
    chosen = parsed(predicates)
    thing = corpus.claims.filter(*chosen) if wants_claims else corpus.filter(*chosen)
    if output is None:
        text = dateline.dumps(thing, format_ or "jsonl", spreadsheet_safe=spreadsheet_safe)
        click.echo(text.encode(), nl=False)
    else:
        dateline.dump(thing, output, format_, spreadsheet_safe=spreadsheet_safe)


COMMANDS: Final = {command.name: command for command in (cite, dump)}
