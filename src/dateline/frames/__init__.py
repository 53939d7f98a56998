"""
Records past memory: the same predicates, asked of Parquet, JSON Lines and any frame.
"""

from __future__ import annotations

from dateline.frames.claim_scans import ClaimScan
from dateline.frames.scans import Scan, scan


__all__ = ["ClaimScan", "Scan", "scan"]
