"""
What the tests of stores share: some dozens of invented articles, and stores to be damaged.
"""

from __future__ import annotations

import datetime
import functools
import shutil
from pathlib import Path

import attrs
import pytest

from dateline import store
from dateline.corpus import Corpus
from dateline.fingerprints import sha256
from dateline.manifests import manifest_bytes
from dateline.store.layout import MANIFEST
from dateline.store.manifests import read_manifest
from dateline.testing import make_article, make_claim, tiny_corpus


pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """
    Don't wait for the disk: what a power cut does to files is asked in the tests of the files.
    """
    monkeypatch.setattr("os.fsync", lambda handle: None)


@pytest.fixture(scope="session")
def several():
    """
    Some articles in no order, with none to two claims each and, now and then, no date.
    """
    article, claim = make_article(claims=()), make_claim()

    @functools.cache
    def report(number):
        # 17 shares no factor with what is counted to, so days come in another order than ids.
        day = datetime.date(2021, 1, 1) + datetime.timedelta(number * 17 % 60)
        name = f"report-{number:03}"
        claims = [attrs.evolve(claim, id=f"{name}/c{n:02}") for n in range(1, number % 3 + 1)]

        return attrs.evolve(article, id=name, published=str(day) if number % 10 else None, claims=claims)

    return lambda count: (report(number) for number in range(count))


@pytest.fixture(scope="session")
def entities():
    """
    A few entities.
    """
    return tuple(tiny_corpus().entities.values())


@pytest.fixture(scope="session")
def pristine(tmp_path_factory, several, entities):
    """
    The folder of a store of 40 articles in parts of at most eight.
    """
    root = tmp_path_factory.mktemp("stores")
    store.write(several(40), root, name="news", version="1.0.0", entities=entities, part_size=8)

    return root / "news" / "1.0.0"


@pytest.fixture
def written(tmp_path, pristine):
    """
    A copy of that store, to be changed at will.
    """
    return Path(shutil.copytree(pristine, tmp_path / "news" / "1.0.0"))


@pytest.fixture(scope="session")
def corpus(several, entities):
    """
    What that store holds, in memory.
    """
    return Corpus.of(several(40), entities)


@pytest.fixture(scope="session")
def rewritten():
    """
    Put other rows into a file of a store and make the manifest agree, as a forger would.
    """

    def rewrite(folder, name, rows, **changes):
        with parquet.ParquetWriter(folder / name, rows.schema) as file:
            file.write_table(rows, row_group_size=4)
        data = (folder / name).read_bytes()
        size, digest = len(data), sha256(data)
        resigned(folder, name, size=size, digest=digest, rows=rows.num_rows, **changes)

    return rewrite


def resigned(folder, name, **changes):
    """
    Change what a manifest says of a file.
    """
    manifest = read_manifest(folder)
    parts = [
        attrs.evolve(
            part,
            files=[attrs.evolve(file, **changes) if file.name == name else file for file in part.files],
        )
        for part in manifest.parts
    ]
    sums = {
        table: sum(file.rows for part in parts for file in part.files if file.table == table)
        for table in ("articles", "claims", "entities")
    }
    (folder / MANIFEST).write_bytes(manifest_bytes(attrs.evolve(manifest, parts=parts, **sums)))


@pytest.fixture(scope="session")
def column_set():
    """
    A table with one value of a column replaced.
    """

    def change(rows, column, row, value):
        values = rows[column].to_pylist()
        values[row] = value
        place = rows.schema.get_field_index(column)

        return rows.set_column(
            place, rows.schema.field(place), pyarrow.array(values, rows.schema.field(place).type)
        )

    return change


@pytest.fixture(scope="session")
def inodes():
    """
    Which files lie under the names in a folder.
    """
    return lambda folder: {path.name: path.stat().st_ino for path in folder.glob("*.parquet")}
