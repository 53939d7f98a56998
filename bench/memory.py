"""
How much memory this process holds, and held at most, as Linux counts it.
"""

from __future__ import annotations

from pathlib import Path


def resident() -> int:
    """
    KiB that are held now.
    """
    return _status("VmRSS")


def peak() -> int:
    """
    KiB that were held at most. Not what getrusage() says, which counts the process that this was forked from.
    """
    return _status("VmHWM")


def forget_peak() -> None:
    """
    Set the peak to what is held now.
    """
    # Linux: 5 does so.
    Path("/proc/self/clear_refs").write_text("5")


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").split("\n")

    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
