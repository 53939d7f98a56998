"""
The one place that imports pyarrow for building, where it is first needed.
"""

from __future__ import annotations

from typing import Any

from dateline.errors import MissingExtra


_NEEDED_FOR = "building from batches"


def arrow() -> Any:
    """
    The module ``pyarrow``.

    Raises:
        MissingExtra: If it is not installed.
    """
    try:
        import pyarrow  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise MissingExtra("frames", _NEEDED_FOR) from error

    return pyarrow


def compute() -> Any:
    """
    The module ``pyarrow.compute``; errors as of :func:`arrow`.
    """
    arrow()
    import pyarrow.compute  # noqa: PLC0415 - as above

    return pyarrow.compute


def parquet() -> Any:
    """
    The module ``pyarrow.parquet``; errors as of :func:`arrow`.
    """
    arrow()
    import pyarrow.parquet  # noqa: PLC0415 - as above

    return pyarrow.parquet
