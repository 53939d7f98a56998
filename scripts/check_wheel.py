"""
Load every dataset from the dateline that is imported, which must lie under the path given.
"""

from __future__ import annotations

import sys

import dateline


[place] = sys.argv[1:]

if not dateline.__file__.startswith(place):
    sys.exit(f"dateline must be imported from {place}, got {dateline.__file__}")

for dataset in dateline.datasets():
    print(f"{place}: {dateline.load(dataset.name)!r}")

if not dateline.load("ukraine-2022"):
    sys.exit("ukraine-2022 must have articles")
