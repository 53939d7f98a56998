"""
All benchmarks as one table for the README; ``python bench`` exits with 1 if a goal was missed.
"""

from __future__ import annotations

import sys

import bench_attach
import bench_citing
import bench_decode
import bench_formats
import bench_import
import bench_load
from ratios import main


if __name__ == "__main__":
    sys.exit(
        main(
            bench_import.measure,
            bench_load.measure,
            bench_decode.measure,
            bench_formats.measure,
            bench_citing.measure,
            bench_attach.measure,
        )
    )
