from __future__ import annotations

import importlib
import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dateline
from dateline.cli import COMMANDS, Commands, main
from dateline.cli import __doc__ as about
from dateline.errors import InvalidRecord
from dateline.testing import make_article


def test_help_names_every_command(run):
    """
    Help names every command, in the order of the table.
    """
    shown = [
        line.split()[0]
        for line in run("--help").stdout.partition("Commands:\n")[2].split("\n")[: len(COMMANDS)]
    ]

    assert shown == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_tells_what_a_command_tells(name):
    """
    The line about a command in the list is the first line of its own help.
    """
    command = main.get_command(None, name)

    assert (command.name, inspect.cleandoc(command.help).split("\n")[0]) == (name, COMMANDS[name][1])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run, name):
    """
    Each command answers --help.
    """
    result = run(name, "--help")

    assert (result.exit_code, result.stdout.startswith(f"Usage: dateline {name} ")) == (0, True)


@pytest.mark.parametrize("code", ["0, all is well", "2, the command was not understood", "3, it was refused"])
def test_exit_codes_are_documented(run, code):
    """
    The exit codes stand in the help and in the module.
    """
    told = " ".join(run("--help").stdout.split())

    assert code in told
    assert code in " ".join(about.split())


def test_help_is_light():
    """
    Help loads neither the records nor what decodes them.
    """
    code = (
        "import sys\n"
        "from dateline.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print([name for name in ('msgspec', 'cattrs', 'dateline.records') if name in sys.modules])\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout.rstrip().endswith("[]")


def test_the_module_is_the_command(start):
    """
    Python -m dateline is the command, and calls itself so.
    """
    assert start("--version").stdout == f"dateline, version {dateline.__version__}\n"


def test_importing_the_module_runs_nothing(capsys):
    """
    The module runs the command only as a program.
    """
    importlib.import_module("dateline.__main__")

    assert capsys.readouterr() == ("", "")


def test_an_unknown_command_is_misuse(run):
    """
    A command that does not exist ends with 2.
    """
    assert run("lst").exit_code == 2


def test_a_refusal_is_one_message(start):
    """
    What the library refuses ends with 3 and one line on standard error, without a traceback.
    """
    result = start("list", "ukrain-2022")

    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr == "dateline: no dataset 'ukrain-2022'; did you mean 'ukraine-2022'?\n"


def test_every_fault_has_a_line(run, monkeypatch):
    """
    The faults of a record are printed one a line, and escaped.
    """
    faults = (dateline.Fault("$.a", "is \x1b[2J"), dateline.Fault("$.b", "is not"))

    def refuse(self, ctx):
        raise InvalidRecord("Article", faults)

    monkeypatch.setattr("click.Group.invoke", refuse)

    assert run("list").stderr == "dateline: Article:\n  is \\x1b[2J @ $.a\n  is not @ $.b\n"


def test_a_failing_disk_is_refused(run, monkeypatch):
    """
    An error of the operating system ends with 3 and a message too.
    """

    def fail(self, ctx):
        raise PermissionError(13, "Permission denied", "somewhere")

    monkeypatch.setattr("click.Group.invoke", fail)
    result = run("list")

    assert (result.exit_code, result.stderr) == (3, "dateline: [Errno 13] Permission denied: 'somewhere'\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_no_success(start, unbuffered):
    """
    Output that cannot be written ends with 3, also where some of it is left when the process ends.
    """
    environment = {"PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("w") as full:
        result = start("verify", env=environment, stdout=full, stderr=subprocess.PIPE, capture_output=False)

    assert (result.returncode, "Traceback" in result.stderr) == (3, False)


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_may_leave(start, unbuffered):
    """
    If the reader of a pipe has seen enough, the command ends quietly.
    """
    read, write = os.pipe()
    os.close(read)
    try:
        environment = {"PYTHONUNBUFFERED": unbuffered}
        result = start("dump", env=environment, stdout=write, stderr=subprocess.PIPE, capture_output=False)
    finally:
        os.close(write)

    assert (result.returncode, result.stderr) == (0, "")


def test_a_poor_terminal_gets_escapes(start, tmp_path):
    """
    What a terminal's encoding lacks is escaped instead of failing.
    """
    target = tmp_path / "words.jsonl"
    dateline.dump(make_article(headline="Ærø"), target)
    result = start("list", target, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})

    assert (result.returncode, "\\xc6r\\xf8" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["show", "ferry-returns", "--from"],
        ["show", "ferry-returns/c01", "--from"],
        ["show", "person/tomas-berg", "--from"],
        ["filter", "--claims"],
        ["cite"],
        ["cite", "ferry-returns", "--style", "bibtex", "--from"],
        ["check"],
        ["list", "--json"],
        ["show", "--json", "ferry-returns", "--from"],
        ["filter", "--claims", "--json"],
    ],
    ids=" ".join,
)
def test_no_record_drives_the_terminal(run, hostile, arguments):
    """
    Whatever stands in a record, no control or direction character reaches the terminal.
    """
    shown = run(*arguments, hostile).output

    assert shown.strip()
    assert all(character.isprintable() or character == "\n" for character in shown)


def test_a_group_keeps_its_order():
    """
    Commands are listed as they are met, not sorted.
    """
    assert Commands().list_commands(None) == list(COMMANDS)
