"""
The command ``schema``.
"""

from __future__ import annotations

from typing import Final

import click

from dateline.cli.shared import say, say_json, table
from dateline.json_schemas import SCHEMAS, json_schema


@click.command
@click.argument("name", required=False, type=click.Choice(list(SCHEMAS)), metavar="[NAME]")
def schema(name: str | None) -> None:
    """
    Print the JSON Schema of the records.

    NAME is article, claim, entity, corpus or corpus-line; without it, each is listed with what it is of.
    """
    if name is None:
        say(table(("name", "of"), SCHEMAS.items()))
    else:
        say_json(json_schema(name))


COMMANDS: Final = {"schema": schema}
