"""
What holds of every format that keeps all: laws of writing and reading, whatever the bytes look like.
"""

from __future__ import annotations

import os
import subprocess
import sys

import dateline


def assert_all_comes_back(corpus, write, read):
    """
    What is read equals what was written, in content, digest, order and pin, and is written alike.
    """
    written = write(corpus)
    again = read(written)

    assert corpus == again
    assert corpus.digest == again.digest
    assert corpus.pin == again.pin
    assert [list(corpus), list(corpus.entities)] == [list(again), list(again.entities)]
    assert written == write(again)


def assert_a_selection_comes_back(pair, write, read):
    """
    A subset comes back as the same subset, with the predicate that selected it.
    """
    corpus, predicate = pair
    subset = corpus.filter(predicate)
    again = read(write(subset))

    assert subset == again
    assert subset.selection == again.selection


def assert_the_dataset_comes_back(write, read):
    """
    The released dataset comes back with its digest, pin and description.
    """
    ukraine = dateline.load("ukraine-2022")
    again = read(write(ukraine))

    assert (ukraine, ukraine.digest, ukraine.pin) == (again, again.digest, again.pin)
    assert ukraine.description == again.description


def assert_the_same_in_another_process(module, written):
    """
    Neither time nor chance nor a process's hashes stand in the bytes.

    *written* is the expression that gives them, of a ``corpus`` and the format's *module*.
    """
    code = (
        f"import hashlib; from dateline.formats import {module};"
        "from dateline.testing import tiny_corpus;"
        f"corpus = tiny_corpus(); print(hashlib.sha256({written}).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert 1 == len(runs)
