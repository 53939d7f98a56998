"""
The peer of the record column: the same articles as Parquet files whose columns nest as the records do.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow
from cattrs import Converter
from pyarrow import parquet

from dateline.converter import structure
from dateline.dates import PartialDate
from dateline.digests import plain as as_dicts
from dateline.records import Article
from dateline.vocabulary import DefinedEnum


#: Articles of which the types of the columns are found out.
_SAMPLE: Final = 5_000


def write(articles: Iterable[Article], path: Path) -> None:
    """
    Save articles with their fields as columns, and the first day of publication to filter by.
    """
    dicts = (as_dicts(article) | {"published_earliest": _day(article)} for article in articles)
    schema = None
    writer = None
    while some := list(itertools.islice(dicts, _SAMPLE)):
        rows = pyarrow.Table.from_pylist(some, schema)
        schema = rows.schema
        writer = writer or parquet.ParquetWriter(path, schema, compression="zstd")
        writer.write_table(rows, 4_096)
    if writer is not None:
        writer.close()


def rows(relation: Any) -> Iterator[Any]:
    """
    The rows of a relation as nested dicts, without what a record leaves out.
    """
    return map(_slim, relation.to_arrow_table().to_pylist())


def _slim(value: Any) -> Any:
    if type(value) is dict:
        return {key: _slim(item) for key, item in value.items() if item is not None}
    if type(value) is list:
        return [_slim(item) for item in value]

    return value


def _day(article: Article) -> Any:
    return None if article.published is None else article.published.earliest


def strict(row: Any) -> Article:
    """
    A record through our strict door.
    """
    return structure(row, Article)


def usual(row: Any) -> Article:
    """
    A record through cattrs as it comes; nothing is checked but what the classes check.
    """
    return _USUAL.structure(row, Article)


def quick(row: Any) -> Article:
    """
    A record through cattrs as fast as it goes: of an error it would not say where it is.
    """
    return _QUICK.structure(row, Article)


def _with_hooks(converter: Converter) -> Converter:
    converter.register_structure_hook(PartialDate, lambda value, _: PartialDate(value))
    converter.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    converter.register_structure_hook(DefinedEnum, lambda value, kind: kind(value))

    return converter


_USUAL: Final = _with_hooks(Converter())
_QUICK: Final = _with_hooks(Converter(detailed_validation=False))
