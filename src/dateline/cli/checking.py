"""
Commands that look for faults: ``verify``, ``check``, ``coverage``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

import dateline
from dateline import checks, coverage, curated, files
from dateline.cli.opening import is_path
from dateline.cli.shared import FOUND, counted, dataset_argument, explain, json_option, say, say_json, table
from dateline.display import printable
from dateline.errors import DamagedRelease, DigestMismatch, InvalidDocument, InvalidRecord
from dateline.manifests import MANIFEST
from dateline.own_releases import read_release
from dateline.rules import DOOR_CODES, Finding


#: Positions of uncovered stretches that are printed, at most, for each row.
_SHOWN: Final = 8


@click.command
@dataset_argument
@json_option
@click.pass_context
def verify(ctx: click.Context, dataset: str, *, as_json: bool) -> None:
    """
    Verify every byte of a release, and print its pin.

    DATASET may be a release folder of your own; it is held against its own manifest.
    Keep the pin: whoever loads by it gets these records, or an error.
    The exit code is 1 if anything is amiss.
    """
    try:
        pin = read_release(dataset).pin if is_path(dataset) else dateline.verify(dataset)
    except (DamagedRelease, DigestMismatch, InvalidDocument, InvalidRecord) as error:
        explain(error)
        if as_json:
            say_json({"verified": False, "pin": None, "problem": str(error)})
        ctx.exit(FOUND)
    if as_json:
        say_json({"verified": True, "pin": str(pin), "problem": None})
    else:
        say(str(pin))


@click.command
@click.argument("path")
@json_option
@click.pass_context
def check(ctx: click.Context, path: str, *, as_json: bool) -> None:
    """
    Check records against the coded rules.

    PATH is a curated source (a folder with dataset.toml), a release (a folder with manifest.json),
    or a .jsonl file.
    The exit code is 1 if there are errors; warnings, whose codes begin with W, do not count.
    """
    findings = _findings(Path(path))
    errors = sum(finding.is_error for finding in findings)
    if as_json:
        say_json([_row(finding) for finding in findings])
    else:
        for finding in findings:
            say(printable(str(finding)))
        warnings = len(findings) - errors
        say(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}")
    ctx.exit(FOUND if errors else 0)


@click.command("coverage")
@click.argument("source")
@click.option("--texts", metavar="FOLDER", required=True, help="The folder with the articles' texts.")
@click.pass_context
def coverage_(ctx: click.Context, source: str, texts: str) -> None:
    """
    Measure how much of the texts the records account for.

    SOURCE is a curated source. What it leaves out on purpose, with a reason, counts as excused.
    The exit code is 1 if anything is missing.
    """
    rows = coverage.measure(source, texts)
    header = ("article", "what", "total", "excused", "missing", "where")
    say(table(header, (_coverage_row(row) for row in rows)))
    missing = Counter(row.what for row in rows for _ in row.missing)
    say("missing: " + (", ".join(f"{count} {what}" for what, count in missing.items()) or "nothing"))
    ctx.exit(FOUND if missing else 0)


def _findings(path: Path) -> tuple[Finding, ...]:
    kinds: tuple[tuple[bool, Callable[[], tuple[Finding, ...]]], ...] = (
        ((path / curated.DATASET).is_file(), lambda: _of_source(path)),
        ((path / MANIFEST).is_file(), lambda: checks.check_release(path)),
        (path.suffix == ".jsonl", lambda: checks.check_lines(files.read(path), path.name)),
    )
    for is_meant, check_it in kinds:
        if is_meant:
            return check_it()
    raise click.UsageError(
        f"PATH must be a folder with {curated.DATASET} or {MANIFEST}, or a .jsonl file, got {str(path)!r}"
    )


def _of_source(folder: Path) -> tuple[Finding, ...]:
    try:
        source = curated.read_source(folder)
    except InvalidDocument as error:
        return (Finding("E002", error.file, str(error)),)
    except InvalidRecord as error:
        return tuple(
            Finding(DOOR_CODES.get(fault.subject, "E001"), error.subject, str(fault))
            for fault in error.faults
        )

    return (*checks.check(source.corpus), *checks.check_references(source.corpus, source.sources.decode()))


def _row(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "error": finding.is_error,
        "where": finding.where,
        "rule": finding.message,
        "detail": finding.detail,
    }


def _coverage_row(row: coverage.Row) -> tuple[object, ...]:
    places = " ".join(map(str, row.missing[:_SHOWN])) + (" ..." if len(row.missing) > _SHOWN else "")
    return row.article, row.what, row.total, row.excused, len(row.missing), places


COMMANDS: Final = {command.name: command for command in (verify, check, coverage_)}
