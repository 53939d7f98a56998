"""
Commands for curators: ``fingerprint`` and ``release``.
"""

from __future__ import annotations

from typing import Final

import click

from dateline import curation
from dateline.cli.shared import counted, say
from dateline.display import printable


@click.command
@click.argument("source")
@click.argument("texts")
def fingerprint(source: str, texts: str) -> None:
    """
    Make the fingerprints of a curated source.

    SOURCE is a folder with dataset.toml, TEXTS the folder with the articles' texts.
    The path of the file that was written is printed.
    """
    say(printable(str(curation.make_fingerprints(source, texts))))


@click.command
@click.argument("source")
@click.option(
    "--into", metavar="FOLDER", default="releases", show_default=True, help="Where releases are kept."
)
def release(source: str, into: str) -> None:
    """
    Freeze a curated source as a release.

    It is written to FOLDER/name/version, whole or not at all, and never again.
    Other commands take that folder as DATASET.
    """
    made = curation.release(source, into)
    say(str(made.manifest.pin))
    say(printable(f"folder    {made.folder}"))
    say(f"manifest  {made.manifest_digest}")
    say(f"changes   {counted(len(made.changes), 'record')}")


COMMANDS: Final = {command.name: command for command in (fingerprint, release)}
