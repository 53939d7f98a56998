"""
The command ``tour``.
"""

from __future__ import annotations

import tempfile
from typing import Final

import click

from dateline.cli.shared import say
from dateline.tour import tour as screen


@click.command
@click.argument("folder", required=False)
def tour(folder: str | None) -> None:
    """
    See the main job done, on one screen.

    Loads and verifies ukraine-2022, asks who said who controlled Kherson and when, cites an article,
    and writes files into FOLDER, or into a temporary one.
    """
    say(screen(folder or tempfile.mkdtemp(prefix="dateline-")))


COMMANDS: Final = {"tour": tour}
