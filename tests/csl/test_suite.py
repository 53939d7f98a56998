"""
The official CSL test suite, as a ratchet: what once passed keeps passing.
"""

from __future__ import annotations

import functools

import pytest
from csl.oracles import CITING, needs_citing
from csl.suite import read_fixture, render

from dateline.csl import CslError


#: How many fixtures pass; raise it when more do.
PASSING = 763


@functools.cache
def results() -> dict[str, str]:
    """
    For each fixture "pass", "fail", or the name of the error.
    """
    locales = {
        path.stem.removeprefix("locales-"): path.read_text(encoding="utf-8")
        for path in sorted((CITING / "locales").glob("*.xml"))
    }
    found = {}
    for path in sorted((CITING / "csl-suite").glob("*.txt")):
        fixture = read_fixture(path)
        try:
            same = render(fixture, locales) == fixture.expected
        except CslError as error:
            found[fixture.name] = type(error).__name__
        else:
            found[fixture.name] = "pass" if same else "fail"

    return found


@needs_citing
@pytest.mark.interop
def test_no_fixture_is_refused():
    """
    Every style and item of the suite is rendered, right or wrong.
    """
    refused = {name: result for name, result in results().items() if result[0].isupper()}

    assert {} == refused


@needs_citing
@pytest.mark.interop
def test_as_many_fixtures_pass_as_ever():
    """
    No fixture that the processor once rendered right is lost to a later change.
    """
    passing = sum(result == "pass" for result in results().values())

    assert PASSING <= passing
