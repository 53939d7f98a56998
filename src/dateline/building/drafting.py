"""
One raw article to a draft of a record: rules fill fields, each with its source; the rest is unknown.

Of the text a draft keeps positions and digests only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from dateline.building.columns import RawArticle
from dateline.errors import Fault, InvalidRecord, shortened
from dateline.fingerprints import fingerprint
from dateline.provenance import FieldSource
from dateline.records import Article, sourced_fields
from dateline.spans import Span
from dateline.vocabulary import Basis, Status


#: Who established what a rule fills.
BY: Final = "dateline.building"


@frozen(kw_only=True)
class Filled:
    """
    A value that a rule establishes for a field of the article, and on what ground.
    """

    field: str

    value: Any

    #: None only for ``mentions``, which is its own evidence.
    basis: Basis | None = None

    evidence: tuple[Span, ...] = ()

    reference: str | None = None

    note: str | None = None

    by: str | None = BY

    #: Of parts of the value that stand on another ground.
    parts: tuple[FieldSource, ...] = ()


#: Looks at a raw article and yields what it establishes, which may be nothing. To run in other processes
#: it must be importable, and to be told from others it needs a repr that says all that it depends on.
Rule = Callable[[RawArticle], Iterable[Filled]]


def draft(raw: RawArticle, rules: Iterable[Rule] = ()) -> Article:
    """
    The draft of an article.

    What the row itself gave stands as looked up there. Of the *rules*, the first that fills a field counts.

    Raises:
        InvalidRecord: If a rule fails on this article; the rule is named.

    >>> from dateline.building.columns import Columns, raw_article
    >>> row = {"id": "rain", "text": "It rained.", "title": "Rain"}
    >>> article = draft(raw_article(row, Columns(), "archive-2021"))
    >>> article.sourced("headline").source.basis, article.sourced("dateline").source.basis
    (<Basis.LOOKED_UP: 'looked_up'>, <Basis.UNKNOWN: 'unknown'>)
    """
    found = {filled.field: filled for filled in _given(raw)}
    for rule in rules:
        for filled in _applied(rule, raw):
            found.setdefault(filled.field, filled)
    values = {name: filled.value for name, filled in found.items()}

    return Article(
        id=raw.id,
        revision=1,
        status=Status.PUBLISHED,
        text=fingerprint(raw.data, raw.id),
        capture=raw.capture,
        sources=tuple(_sources(found)),
        **values,
    )


def rule_name(rule: Rule) -> str:
    """
    What tells a rule from every other: its repr, or where a plain function is defined.

    >>> rule_name(rule_name)
    'dateline.building.drafting.rule_name'
    """
    name = getattr(rule, "__qualname__", None)

    return repr(rule) if name is None else f"{rule.__module__}.{name}"


def _given(raw: RawArticle) -> Iterator[Filled]:
    for name, value in raw.given.items():
        yield Filled(
            field=name,
            value=value,
            basis=Basis.LOOKED_UP,
            reference=raw.reference,
            note=f"read from the row {shortened(raw.row)}",
            by=None,
        )


def _applied(rule: Rule, raw: RawArticle) -> tuple[Filled, ...]:
    try:
        return tuple(rule(raw))
    except ImportError:
        # Not the article's fault.
        raise
    # One article must not end the work on millions.
    except Exception as error:
        problem = f"rule {shortened(rule_name(rule))} failed: {type(error).__name__}: {error}"
        raise InvalidRecord(f"row {raw.row!r}", (Fault("$", problem),)) from error


def _sources(found: dict[str, Filled]) -> Iterator[FieldSource]:
    names = sourced_fields(Article)
    alike: dict[tuple[Any, ...], list[str]] = {}
    for name in names:
        filled = found.get(name)
        if filled is None:
            alike.setdefault((Basis.UNKNOWN, (), None, BY, None), []).append(name)
        else:
            key = (filled.basis, filled.evidence, filled.reference, filled.by, filled.note)
            alike.setdefault(key, []).append(name)
    for (basis, evidence, reference, by, note), fields in alike.items():
        yield FieldSource(
            fields=fields, basis=basis, evidence=evidence, reference=reference, by=by, note=note
        )
    for filled in found.values():
        yield from filled.parts
