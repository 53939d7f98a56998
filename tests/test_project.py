"""
The project's own files agree with one another.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dateline


ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

#: A fence, its opening line's words and what stands in it.
FENCE = re.compile(r"^(?P<marks>`{3,})(?P<words>.*)\n(?P<body>(?s:.*?))^(?P=marks)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_example_is_run(page):
    """
    A prompt stands only in the two kinds of fence that are run as tests.
    """
    text = page.read_text(encoding="utf-8")
    run = [
        fence["body"] for fence in FENCE.finditer(text) if fence["words"].strip() in {"python", "{doctest}"}
    ]

    assert text.count(">>> ") == sum(body.count(">>> ") for body in run)


def test_the_citation_file_names_this_version():
    """
    CITATION.cff and the package tell the same version.
    """
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")

    assert f"\nversion: {dateline.__version__}\n" in citation
