"""
A corpus as every kind of source that can be scanned.
"""

from __future__ import annotations

import itertools

import pytest

from dateline import dump, scan
from dateline.formats.arrow import to_arrow


TABLES = ("articles", "claims", "entities")


def arrow_tables(corpus):
    """
    The tables that a scan reads, as Arrow has them.
    """
    return {name: to_arrow(corpus, name) for name in TABLES}


def in_memory(kind):
    """
    What makes frames of a kind in memory out of Arrow tables; skips where the package is absent.
    """
    if kind == "pyarrow":
        return lambda table: table
    if kind == "duckdb":
        connection = pytest.importorskip("duckdb").connect()
        return connection.from_arrow
    if kind == "pandas":
        pandas = pytest.importorskip("pandas")
        return lambda table: table.to_pandas(types_mapper=pandas.ArrowDtype)
    polars = pytest.importorskip("polars")
    if kind == "polars":
        return polars.from_arrow

    return lambda table: polars.from_arrow(table).lazy()


@pytest.fixture(
    scope="session",
    params=[
        "files",
        "pyarrow",
        "duckdb",
        pytest.param("polars", marks=pytest.mark.heavy),
        pytest.param("polars, lazy", marks=pytest.mark.heavy),
        pytest.param("pandas", marks=pytest.mark.heavy),
    ],
)
def scanned(request, tmp_path_factory):
    """
    What makes a scan of a corpus, on one engine after the other.
    """
    if request.param == "files":
        folder, numbers = tmp_path_factory.mktemp("scanned"), itertools.count()

        def from_files(corpus):
            path = folder / str(next(numbers))
            dump(corpus, path, "parquet")
            return scan(path)

        return from_files

    frame = in_memory(request.param)

    return lambda corpus: scan({name: frame(table) for name, table in arrow_tables(corpus).items()})
