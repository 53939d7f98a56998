"""
Changing a record together with the source of what is changed.
"""

from __future__ import annotations

from typing import Any, TypeVar

import attrs

from dateline.errors import InvalidValue, MissingSource
from dateline.provenance import FieldSource
from dateline.records import Article, Claim, Entity, sourced_fields


Record = TypeVar("Record", Article, Claim, Entity)


def revise(record: Record, *, source: FieldSource | None = None, **changes: Any) -> Record:
    """
    A copy of *record* with *changes*, their *source* in place of the old one, and the revision raised.

    Bookkeeping fields, such as an article's claims, have no source and need none.
    A claim and an entity have no revision; the article that holds the claim has.

    Raises:
        InvalidValue: If the record has no such field, or a new value is not of its kind.
        MissingSource: If a changed field needs a source and *source* does not name it.

    >>> from dateline.testing import make_article
    >>> source = FieldSource(fields=("language",), basis="curated")
    >>> revise(make_article(), language="en-GB", source=source).revision
    2
    """
    names = {attribute.name for attribute in attrs.fields(type(record))}
    for name in changes:
        if name not in names - {"id", "revision", "sources"}:
            raise InvalidValue("field to revise", f"be one of {type(record).__name__}'s own", name)
    needed = [name for name in changes if name in sourced_fields(type(record))]
    given = () if source is None else source.fields
    unsourced = tuple(name for name in needed if name not in given)
    if unsourced:
        raise MissingSource(unsourced)
    changes["sources"] = _resourced(record.sources, source)
    if isinstance(record, Article):
        changes["revision"] = record.revision + 1

    return attrs.evolve(record, **changes)


def _resourced(sources: tuple[FieldSource, ...], new: FieldSource | None) -> tuple[FieldSource, ...]:
    if new is None:
        return sources
    kept = []
    for source in sources:
        fields = tuple(name for name in source.fields if not {name, name.partition(".")[0]} & {*new.fields})
        if fields:
            kept.append(attrs.evolve(source, fields=fields))

    return (*kept, new)
