"""
What all tests share: how hard Hypothesis looks, and where copies of the texts lie.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings


# Calls to be type-checked, never run.
collect_ignore = ["typing"]

ROOT = Path(__file__).resolve().parents[1]

# The folder with copies of the articles' texts, which are not part of the project.
TEXTS = Path(os.environ.get("DATELINE_TEXTS") or ROOT.parent / "shared" / "seeds")

# The same examples each time, so that `tests` gives the same answer twice.
settings.register_profile("fast", max_examples=25, deadline=None, derandomize=True)

# Other examples each time: `pytest --hypothesis-profile=long -m properties`.
settings.register_profile(
    "long",
    max_examples=1_000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def pytest_configure(config):
    """
    Take the fast profile unless another is asked for.
    """
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("fast")


def pytest_collection_modifyitems(items):
    """
    Skip what needs the texts where they are not.
    """
    if TEXTS.is_dir():
        return

    absent = pytest.mark.skip(reason=f"no copies of the texts in {TEXTS}; set DATELINE_TEXTS")
    for item in items:
        if item.get_closest_marker("texts"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def texts():
    """
    The folder with copies of the articles' texts; asking for it needs no marker.
    """
    if not TEXTS.is_dir():
        pytest.skip(f"no copies of the texts in {TEXTS}; set DATELINE_TEXTS")

    return TEXTS
