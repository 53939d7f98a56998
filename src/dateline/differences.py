"""
What changed between two corpora: records and fields, and the version step that it demands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs
from attrs import frozen

from dateline.corpus import Corpus, check_corpus
from dateline.ids import version_key
from dateline.vocabulary import DefinedEnum


class ChangeKind(DefinedEnum):
    """
    What happened to a record.
    """

    ADDED = "added", "The record is new."
    REMOVED = "removed", "The record is gone."
    CHANGED = "changed", "The record has other values."


@frozen(kw_only=True)
class FieldChange:
    """
    One field with its value before and after.
    """

    name: str

    old: Any

    new: Any


@frozen(kw_only=True)
class Change:
    """
    One record that differs between two corpora.
    """

    kind: ChangeKind

    #: ``article``, ``claim`` or ``entity``.
    record: str

    id: str

    #: The fields that differ, in the order of the class; empty unless the kind is ``changed``.
    fields: tuple[FieldChange, ...] = ()

    def __str__(self) -> str:
        names = ": " + ", ".join(change.name for change in self.fields) if self.fields else ""
        return f"{self.kind} {self.record} {self.id}{names}"


#: The steps of a version number, from the least.
STEPS: Final = ("patch", "minor", "major")


def diff(old: Corpus, new: Corpus) -> tuple[Change, ...]:
    """
    Every record that differs from *old* to *new*: articles, then claims, then entities, each by id.

    An article's claims are compared one by one; of its own field only their order, told by their ids.
    Empty if nothing differs.

    Raises:
        InvalidValue: If one of them is no corpus.

    >>> import dateline
    >>> ukraine = dateline.load("ukraine-2022")
    >>> diff(ukraine, ukraine)
    ()
    """
    check_corpus("old", old)
    check_corpus("new", new)

    return (
        *_changes("article", old.articles, new.articles, leaving=("claims",)),
        *_changes("claim", old.claims, new.claims),
        *_changes("entity", old.entities, new.entities),
    )


def step_needed(changes: tuple[Change, ...]) -> str:
    """
    The least version step that some changes demand.

    It is ``major`` if a record is changed or gone, ``minor`` if one is new, and else ``patch``.
    A record that only got additions inside, such as an article with one more claim, has changed.
    """
    if any(change.kind is not ChangeKind.ADDED for change in changes):
        return "major"

    return "minor" if changes else "patch"


def step_taken(previous: str, version: str) -> str | None:
    """
    The step from one version to the next; None if it is not exactly one step.

    >>> step_taken("1.2.3", "1.3.0"), step_taken("1.2.3", "1.4.0")
    ('minor', None)
    """
    major, minor, patch = version_key(previous)
    following = {
        (major + 1, 0, 0): "major",
        (major, minor + 1, 0): "minor",
        (major, minor, patch + 1): "patch",
    }

    return following.get(version_key(version))


def _changes(
    record: str, old: Mapping[str, Any], new: Mapping[str, Any], leaving: tuple[str, ...] = ()
) -> Iterator[Change]:
    for identifier in sorted({*old, *new}):
        if identifier not in old:
            yield Change(kind=ChangeKind.ADDED, record=record, id=identifier)
        elif identifier not in new:
            yield Change(kind=ChangeKind.REMOVED, record=record, id=identifier)
        else:
            fields = tuple(_field_changes(old[identifier], new[identifier], leaving))
            if fields:
                yield Change(kind=ChangeKind.CHANGED, record=record, id=identifier, fields=fields)


def _field_changes(old: Any, new: Any, leaving: tuple[str, ...]) -> Iterator[FieldChange]:
    for attribute in attrs.fields(type(old)):
        before, after = getattr(old, attribute.name), getattr(new, attribute.name)
        if attribute.name in leaving:
            before, after = _common_ids(before, after), _common_ids(after, before)
        if before != after:
            yield FieldChange(name=attribute.name, old=before, new=after)


def _common_ids(records: tuple[Any, ...], others: tuple[Any, ...]) -> tuple[str, ...]:
    known = {other.id for other in others}

    return tuple(record.id for record in records if record.id in known)


def plain_change(change: Change) -> dict[str, Any]:
    """
    A change as a line of ``changes.jsonl``: which record, what happened to it, and the names of the fields.
    """
    line = {"id": change.id, "kind": change.kind.value, "record": change.record}
    names = [difference.name for difference in change.fields]

    return {**line, "fields": names} if names else line
