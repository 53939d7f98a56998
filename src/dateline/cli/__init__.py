"""
The command line: each command asks the library and prints what it answers.

Exit codes: 0, all is well; 1, something wrong was found, or nothing was; 2, the command was not understood;
3, it was refused, or a file could not be read or written.
Answers go to standard output, messages to standard error.

A command's module is imported when the command is run, so that ``dateline --help`` costs next to nothing.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, Final

import click

from dateline import __version__
from dateline.cli.shared import REFUSED, explain
from dateline.errors import DatelineError


#: For each command its module, and the first line of its help.
COMMANDS: Final = {
    "tour": ("touring", "See the main job done, on one screen."),
    "list": ("reading", "List the installed datasets, or the articles of one."),
    "show": ("reading", "Show an article, a claim or an entity."),
    "filter": ("reading", "List the articles or claims that a predicate holds for."),
    "cite": ("giving", "Cite a dataset, an article or a claim."),
    "dump": ("giving", "Write a dataset in another format."),
    "formats": ("forms", "List the formats, and what they need."),
    "verify": ("checking", "Verify every byte of a release, and print its pin."),
    "locate": ("reading", "Find words in a text, and print their positions."),
    "attach": ("attaching", "Recognise copies of the articles' texts."),
    "read": ("attaching", "Print the words that a record points to."),
    "overlap": ("attaching", "Measure how many words in a row records share with texts."),
    "check": ("checking", "Check records against the coded rules."),
    "schema": ("describing", "Print the JSON Schema of the records."),
    "coverage": ("checking", "Measure how much of the texts the records account for."),
    "fingerprint": ("making", "Make the fingerprints of a curated source."),
    "move": ("making", "Move the positions of a curated source to a corrected text."),
    "release": ("making", "Freeze a curated source as a release."),
}


class Commands(click.Group):
    """
    A group whose commands are imported when they are run, and whose errors are one message and an exit code.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """
        The names of the commands, in the order in which they are met.
        """
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """
        The command of that name; None if there is none.
        """
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"dateline.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.COMMANDS[cmd_name]

        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """
        Write the commands into the help, without importing them.
        """
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """
        Run a command; an error becomes a message and an exit code.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # The reader has seen enough, as `head` has.
            _leave_output()
            ctx.exit(0)
        except (DatelineError, OSError) as error:
            explain(error)
            _leave_output()
            ctx.exit(REFUSED)


def _leave_output() -> None:
    """
    Let go of what cannot be written to standard output, so that the flush at exit does not complain.
    """
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=Commands,
    name="dateline",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0, all is well; 1, something wrong was found, or nothing was; "
    "2, the command was not understood; 3, it was refused, or a file could not be read or written.",
)
@click.version_option(__version__, prog_name="dateline")
def main() -> None:
    """
    News reporting as data: every article a typed record, every fact with its source, every version pinned.

    DATASET is the name of an installed dataset, a pin such as ukraine-2022@1.0.0, a release folder,
    or a file that "dump" has written.
    PREDICATE is written as in Python: "where.place('Kherson') & where.published(since='2022-11')".
    """
