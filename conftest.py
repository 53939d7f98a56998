"""
Run the examples of README.md and docs/ as tests.

A fence is run if it is ```python, with or without prompts, or ```{doctest}.
Others, ```pycon among them, are not; tests/test_project.py refuses prompts there.
"""

from __future__ import annotations

import os
import tempfile
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path
from typing import Any

from sybil import Sybil
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser, SkipParser


OPTIONS = ELLIPSIS | NORMALIZE_WHITESPACE

# The documentation's settings hold no examples, and what is built of it holds copies.
collect_ignore = ["docs/conf.py", "docs/_build"]


def enter_scratch_folder(namespace: dict[str, Any]) -> None:
    """
    Let a document's examples write files where they harm nobody.
    """
    scratch = tempfile.TemporaryDirectory(prefix="dateline-examples-")
    namespace["_leave"] = (scratch.cleanup, Path.cwd())
    os.chdir(scratch.name)


def leave_scratch_folder(namespace: dict[str, Any]) -> None:
    """
    Go back to where the tests run, and remove what the examples wrote.
    """
    cleanup, home = namespace["_leave"]
    os.chdir(home)
    cleanup()


pytest_collect_file = Sybil(
    parsers=[
        DocTestDirectiveParser(optionflags=OPTIONS),
        PythonCodeBlockParser(doctest_optionflags=OPTIONS),
        SkipParser(),
    ],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    setup=enter_scratch_folder,
    teardown=leave_scratch_folder,
).pytest()
