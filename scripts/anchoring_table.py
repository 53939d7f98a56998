"""
How well spans are found again in changed copies of the texts: a table, and exit code 1 if a target is missed.

Evidence with a tag is counted apart from short evidence and from the names of entities.
Found is the share of what is still there; lost is what the change itself took.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path


ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from texts.anchoring import (  # noqa: E402
    FULL,
    LONG,
    LOST,
    MENTION,
    QUICK,
    REFUSED,
    SHORT,
    Score,
    Subject,
    invented_subjects,
    real_subjects,
    score,
)
from texts.changes import KINDS  # noqa: E402

import dateline  # noqa: E402 - after the path
from dateline.texts.alignment import align  # noqa: E402


TEXTS = Path(os.environ.get("DATELINE_TEXTS") or ROOT.parent / "shared" / "seeds")

HEAD = (
    f"{'':26}{'long evidence':^30} {'short evidence':^30} {'names':^30}\n"
    f"{'kind of change':26}" + f"{'found':>8}{'wrong':>7}{'refused':>8}{'lost':>6} " * 3 + f"{'alike':>9}"
)


def line(score: Score, name: str) -> str:
    """
    One line of the table.
    """
    cells = "".join(
        f"{score.found(form):8.2%}{score.wrong(form):7}"
        f"{score.count(REFUSED, form):8}{score.count(LOST, form):6} "
        for form in (LONG, SHORT, MENTION)
    )

    return f"{name:26}{cells}{f'{score.alike}/{score.copies}':>9}"


def table(name: str, subjects: list[Subject], options: argparse.Namespace) -> list[str]:
    """
    Print the table of some *subjects*, and give the targets that they miss.
    """
    count = sum(len(subject.spans) for subject in subjects)
    print(f"\n{name}: {len(subjects)} articles with {count} spans, {options.seeds} copies if a kind varies")
    print(HEAD)
    missed = []
    for kind in KINDS:
        if options.kind and kind.name not in options.kind:
            continue
        each = [score([subject], kind, range(options.seeds), align) for subject in subjects]
        total = sum(each[1:], start=each[0])
        faults = total.missed()
        missed += [f"{name}: {fault}" for fault in faults]
        print(line(total, kind.name) + (" MISSED" if faults else ""), flush=True)
        if options.each:
            for subject, part in zip(subjects, each, strict=True):
                print(line(part, f"  {subject.article.id}"))
        for slip in sorted(total.slips, key=lambda slip: slip.outcome == REFUSED)[: options.slips]:
            place = f"{slip.span} is {slip.truth}, found at {slip.found}"
            print(f"  {slip.outcome}: {slip.article} seed {slip.seed}: {place}")

    return missed


def main() -> int:
    """
    Print what was asked for.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=QUICK, help=f"copies of each kind that varies ({QUICK})")
    parser.add_argument("--full", dest="seeds", action="store_const", const=FULL, help=f"{FULL} copies")
    parser.add_argument("--kind", action="append", help="this kind of change only; may be repeated")
    parser.add_argument("--only", choices=("real", "invented"), help="these texts only")
    parser.add_argument("--each", action="store_true", help="a line for each article too")
    parser.add_argument(
        "--slips", type=int, default=0, help="show so many faults of each kind, wrong ones first"
    )
    options = parser.parse_args()

    started = time.process_time()
    missed = []
    if options.only != "invented" and TEXTS.is_dir():
        missed += table("real texts", real_subjects(dateline.load("ukraine-2022"), TEXTS), options)
    elif options.only != "invented":
        print(f"real texts: left out, for there are no copies in {TEXTS}; set DATELINE_TEXTS")
    if options.only != "real":
        missed += table("invented texts", invented_subjects(), options)
    print(f"\n{time.process_time() - started:.0f} s of CPU; {len(missed)} targets missed")
    for fault in missed:
        print(f"  {fault}")

    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
