"""
Compare a rendering with the file of that name in this folder.

To write the files anew, set DATELINE_RECORD=1, and review the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


FOLDER = Path(__file__).parent


@pytest.fixture
def golden():
    """
    A function that takes a file's name and what should stand in it.
    """

    def compare(name, text):
        file = FOLDER / name
        if os.environ.get("DATELINE_RECORD"):
            file.write_bytes(text.encode())

        assert file.read_bytes().decode() == text, "if that is right: DATELINE_RECORD=1 pytest"

    return compare
