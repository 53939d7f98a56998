"""
A build in a process of its own, slow enough to be killed in the middle.
"""

from __future__ import annotations

import sys
import time

from building.raw import WORDS

from dateline.building import Datelines, Filled, build


def slowly(raw):
    """
    A rule that takes its time, and says what never changes.
    """
    time.sleep(0.005)
    yield Filled(field="abstract", value=f"An article of {len(WORDS)} words or more.", basis="curated")


def main(path, folder, processes):
    """
    A build in parts of twenty rows.
    """
    build([path], folder, (Datelines(), slowly), processes=processes, stretch=20)


if __name__ == "__main__":
    # By its full name, under which the other processes know the rule.
    from building import building_script

    building_script.main(*sys.argv[1:], 2)
