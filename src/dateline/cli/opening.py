"""
How the commands open what the user names: a dataset, a release folder, a file, a predicate.
"""

from __future__ import annotations

from collections.abc import Iterable

import dateline


def opened(dataset: str) -> dateline.Corpus:
    """
    The corpus that *dataset* names: an installed one by name or pin, or that in a release folder or a file.
    """
    return dateline.read(dataset) if is_path(dataset) else dateline.load(dataset)


def is_path(name: str) -> bool:
    """
    Whether *name* is the path of a folder or a file: it has a slash, or a dot and is no pin.

    >>> [is_path(name) for name in ("ukraine-2022", "ukraine-2022@1.0.0", "ukraine.jsonl", "me@home/mine")]
    [False, False, True, True]
    """
    return "/" in name or "\\" in name or ("." in name and "@" not in name)


def is_dataset(name: str) -> bool:
    """
    Whether *name* means a dataset, not a record: a pin, a path with a dot, or the name of an installed one.

    >>> [is_dataset(name) for name in ("ukraine-2022", "./mine", "kherson-seized", "place/kherson")]
    [True, True, False, False]
    """
    return "@" in name or "." in name or name in {found.name for found in dateline.datasets()}


def parsed(predicates: Iterable[str]) -> list[dateline.Predicate]:
    """
    The predicates that these texts print.
    """
    return [dateline.where.parse(predicate) for predicate in predicates]
