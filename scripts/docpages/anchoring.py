"""
How well spans are found again: what the tests hold, and what was measured when somebody asked for it.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import dateline
from dateline.texts.alignment import align
from docpages.card import DATASET
from docpages.markdown import table


ROOT: Final = Path(__file__).resolve().parents[2]

#: The folder with copies of the articles' texts, which are not part of the project.
TEXTS: Final = Path(os.environ.get("DATELINE_TEXTS") or ROOT.parent / "shared" / "seeds")

# The kinds of change, and the judge, are the tests' own.
sys.path.append(str(ROOT / "tests"))

from texts import anchoring as judging  # noqa: E402 - after the path
from texts.changes import KINDS, Kind  # noqa: E402


#: What the groups of kinds are called in which targets are set.
GROUPS: Final = {
    "form": "typography, white space, encoding",
    "furniture": "lines added, furniture left out",
    "build": "paragraphs and headline",
    "few": "few characters or words",
    "some": "5 % of words",
    "many": "15 % of words",
    "cut": "truncated",
    "neighbour": "another article",
}

#: Groups whose kinds are summed up in one row.
SUMMED: Final = ("form", "furniture", "build")

_CLASSES: Final = (judging.LONG, judging.SHORT, judging.MENTION)


def held() -> str:
    """
    The targets of each group of changes, and the kinds in each.
    """
    head = ("change", "long evidence", "short evidence, names", "wrong", "recognised")
    rows = [
        (
            told,
            _least(judging.TARGETS[group].long),
            _least(judging.TARGETS[group].short),
            _most(judging.TARGETS[group].wrong),
            {True: "always", False: "never", None: "–"}[judging.TARGETS[group].alike],
        )
        for group, told in GROUPS.items()
    ]

    kinds = [f"- *{told}*: {'; '.join(_kinds(group))}." for group, told in GROUPS.items()]

    listed = "\n".join(kinds)

    return f"{table(head, rows, ' rrr')}\n{listed}\n"


def found_again() -> str | None:
    """
    What was found of the dataset's texts and of invented ones; None where the dataset's texts are not.
    """
    if not TEXTS.is_dir():
        return None
    real = judging.real_subjects(dateline.load(DATASET), TEXTS)

    return (
        f"{_measured('the dataset', real)}\n{_measured('the invented reports', judging.invented_subjects())}"
    )


def row(subjects: Sequence[Any], told: str, kinds: Sequence[Kind]) -> tuple[str, ...]:
    """
    One row: what was found of *subjects* under some *kinds* of change taken together.
    """
    scores = [judging.score(subjects, kind, range(judging.QUICK), align) for kind in kinds]
    total = sum(scores[1:], start=scores[0])

    return (
        told,
        f"{total.alike} of {total.copies}",
        *(_share(total, form) for form in _CLASSES),
        f"{total.wrong()} of {total.total()}",
    )


def _kinds(group: str) -> list[str]:
    return [kind.name for kind in KINDS if kind.group == group]


def _measured(name: str, subjects: Sequence[Any]) -> str:
    head = ("change", "recognised", "long evidence", "short evidence", "names", "wrong")
    groups = [(told, [kind for kind in KINDS if kind.group == group]) for group, told in GROUPS.items()]
    rows = []
    for (group, _), (told, kinds) in zip(GROUPS.items(), groups, strict=True):
        apart = [(told, kinds)] if group in SUMMED else [(kind.name, [kind]) for kind in kinds]
        rows += [row(subjects, *each) for each in apart]
    spans = sum(len(subject.spans) for subject in subjects)

    return f"Of {name}, {len(subjects)} articles with {spans} spans:\n\n{table(head, rows, ' rrrrr')}"


def _share(total: Any, form: str) -> str:
    there = total.total(form) - total.count(judging.LOST, form) - total.count(judging.WRONG, form)
    if not there or not total.alike:
        return "–"

    # Rounded down, so that only what was always found is 100 %.
    return f"{math.floor(1000 * total.found(form)) / 10:.1f} %"


def _least(share: float) -> str:
    if share == 1:
        return "all"

    return f"≥ {100 * share:.0f} %" if share else "–"


def _most(share: float) -> str:
    return "none" if share == 0 else f"≤ {100 * share:.1f} %"
