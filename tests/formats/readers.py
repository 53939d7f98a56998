"""
Programs that others wrote, reading references: each gives CSL-JSON, or the test is skipped with a reason.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest


ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("readers.js")

#: What pandoc calls the formats.
PANDOC = {
    "bibtex": "bibtex",
    "biblatex": "biblatex",
    "csl-json": "csljson",
    "endnote-xml": "endnotexml",
    "ris": "ris",
}


def pandoc(text, name):
    """
    References in the format of that *name* as pandoc reads them.
    """
    pypandoc = pytest.importorskip("pypandoc", reason="pypandoc is not installed")
    read = pypandoc.convert_text(text, "csljson", format=PANDOC[name], extra_args=["--sandbox"])

    return json.loads(read)


def plain(text):
    """
    The letters and digits of a text, in lower case and without what pandoc marks capitals with.
    """
    bare = re.sub(r"</?span[^>]*>", "", text)

    return "".join(sign for sign in unicodedata.normalize("NFKC", bare) if sign.isalnum()).casefold()


def citation_js(text, name):
    """
    References as Citation.js reads them, where Node and the modules are; see ``readers.js``.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    run = subprocess.run(
        [node, str(SCRIPT)],
        input=json.dumps([{"name": name, "text": text}]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    if "Cannot find module '@citation-js" in run.stderr:
        pytest.skip("@citation-js/core, plugin-bibtex or plugin-ris is not in node_modules, nor in NODE_PATH")
    assert run.returncode == 0, run.stderr

    return json.loads(run.stdout)[0]


READERS = {"pandoc": pandoc, "citation-js": citation_js}
