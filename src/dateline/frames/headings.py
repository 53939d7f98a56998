"""
Which corpus a source says that it is.
"""

from __future__ import annotations

from pathlib import Path

from dateline.converter import structure
from dateline.formats.arrow import HEADING
from dateline.formats.heading import Heading, check_readable
from dateline.frames import duck
from dateline.store import StoreManifest
from dateline.strict_json import parse_json


def of_store(manifest: StoreManifest) -> Heading:
    """
    The heading that a store's manifest is.
    """
    return Heading(
        schema=manifest.schema,
        min_reader=manifest.min_reader,
        digest=manifest.digest,
        pin=str(manifest.pin),
        description=manifest.description,
    )


def of_parquet(engine: duck.DuckDB, file: Path) -> Heading | None:
    """
    The heading in the metadata of a Parquet file; None if there is none.

    Raises:
        InvalidDocument: If it is not JSON.
        InvalidRecord: If it is no heading.
        NewerSchema: If the records need a later package.
    """
    found = duck.metadata(engine, file).get(HEADING)

    return None if found is None else _heading(parse_json(found, str(file)), str(file))


def of_json_lines(file: Path) -> Heading:
    """
    The heading in the first line of JSON Lines that were read before.
    """
    with file.open("rb") as lines:
        return _heading(parse_json(lines.readline(), str(file), 1)["corpus"], str(file))


def _heading(value: object, name: str) -> Heading:
    check_readable(value, name)

    return structure(value, Heading, name)
