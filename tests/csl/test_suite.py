"""
The official CSL test suite, as a ratchet: what once passed keeps passing.
"""

from __future__ import annotations

import pytest
from csl.oracles import needs_citing
from csl.suite import results


#: How many fixtures pass; raise it when more do.
PASSING = 767


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
