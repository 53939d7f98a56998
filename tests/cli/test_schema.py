"""
The command ``schema``.
"""

from __future__ import annotations

import json

import pytest

from dateline.json_schemas import SCHEMAS, json_schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_printed(run, name):
    """
    The schema comes as JSON in ASCII, to be saved as it is.
    """
    result = run("schema", name)

    assert (0, json_schema(name)) == (result.exit_code, json.loads(result.stdout))
    assert result.stdout.isascii()


def test_without_a_name_they_are_listed(run):
    """
    Each schema is listed with what it is of.
    """
    lines = run("schema").stdout.rstrip("\n").split("\n")[1:]

    assert [(name, of) for name, of in SCHEMAS.items()] == [tuple(line.split(maxsplit=1)) for line in lines]


def test_an_unknown_name_is_not_understood(run):
    """
    Another name gives the names that there are, and the exit code for what was not understood.
    """
    result = run("schema", "issue")

    assert result.exit_code == 2
    assert all(f"'{name}'" in result.stderr for name in SCHEMAS)
