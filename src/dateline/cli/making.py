"""
Commands for curators: ``fingerprint``, ``move`` and ``release``.
"""

from __future__ import annotations

from typing import Final

import click

from dateline import curation, relocation
from dateline.cli.shared import FOUND, counted, json_option, say, say_json
from dateline.display import printable
from dateline.relocation import Relocation


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
@click.argument("article")
@click.argument("text", metavar="NEWTEXT")
@click.option("--from", "old", metavar="OLDTEXT", help="The text that was annotated, if it is at hand.")
@click.option(
    "--write", "is_meant", is_flag=True, help="Write the new positions; else they are only printed."
)
@json_option
@click.pass_context
def move(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    source: str,
    article: str,
    text: str,
    old: str | None,
    *,
    is_meant: bool,
    as_json: bool,
) -> None:
    """
    Move the positions of a curated source to a corrected text.

    SOURCE is a folder with dataset.toml, ARTICLE an id in it.
    With the old text, words are compared exactly; without it, and where they differ, positions are found
    as in any changed copy, or left for a person.
    What is left is written with the old offsets and the reason, [12, 34, "lost"], which no check lets pass,
    and the article's fingerprint is dropped: mend it, then run "dateline fingerprint".
    The exit code is 1 if anything is left.
    """
    found = relocation.relocate(source, article, text, old=old)
    if is_meant:
        relocation.write(found)
    if as_json:
        say_json(_plain_move(found))
    else:
        say(printable(found.file))
        for moved in (*found.changed, *found.left):
            say(printable(f"  {moved}"))
        same = len(found.spans) - len(found.changed) - len(found.left)
        say(f"{counted(same, 'span')} stay, {len(found.changed)} moved, {len(found.left)} left to you")
    ctx.exit(FOUND if found.left else 0)


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


def _plain_move(found: Relocation) -> dict[str, object]:
    return {
        "file": found.file,
        "article": found.article,
        "spans": [
            {
                "record": moved.record,
                "field": moved.field,
                "old": {"start": moved.old.start, "end": moved.old.end},
                "status": moved.placed.status.value,
                "new": moved.placed.span and {"start": moved.placed.span.start, "end": moved.placed.span.end},
                "near": moved.near and {"start": moved.near.start, "end": moved.near.end},
            }
            for moved in found.spans
        ],
    }


COMMANDS: Final = {command.name: command for command in (fingerprint, move, release)}
