"""
One raw article to a draft of a record: rules fill fields, each with its source; the rest is unknown.

Of the text a draft keeps positions and digests only.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from dateline.building.columns import RawArticle
from dateline.digests import encode
from dateline.doors import record_in
from dateline.errors import Fault, InvalidRecord, InvalidValue, shortened
from dateline.fingerprints import fingerprint
from dateline.provenance import FieldSource
from dateline.records import Article, sourced_fields
from dateline.spans import Span
from dateline.validation import validate
from dateline.vocabulary import Basis, Status


#: Who established what a rule fills.
BY: Final = "dateline.building"

#: What stands in the name of something that another process could not find, or would call otherwise.
_FLEETING: Final = re.compile(r"<lambda>|<locals>|\bat 0x[0-9a-fA-F]+")


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
        InvalidRecord: If a rule fails on this article, which is then named, or fills in what no record
            may have.

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
    try:
        article = Article(
            id=raw.id,
            revision=1,
            status=Status.PUBLISHED,
            text=fingerprint(raw.data, raw.id),
            capture=raw.capture,
            sources=tuple(_sources(found)),
            **values,
        )
        _prove(article, raw)
    except InvalidRecord:
        raise
    # One article must not end the work on millions.
    except Exception as error:
        raise _fault(raw, "what rules fill in must be sound", error) from error

    return article


def rule_name(rule: Rule) -> str:
    """
    What tells a rule from every other: its repr, or where a plain function is defined.

    >>> rule_name(rule_name)
    'dateline.building.drafting.rule_name'
    """
    name = None if inspect.ismethod(rule) else getattr(rule, "__qualname__", None)

    return repr(rule) if name is None else f"{rule.__module__}.{name}"


def identity(rule: Rule) -> str:
    """
    What tells a rule from every other, today and in another process.

    Raises:
        InvalidValue: If nothing does.

    >>> identity(functools.partial(identity, rule=int))
    "partial(dateline.building.drafting.identity, (), {'rule': <class 'int'>})"
    >>> identity(lambda raw: ())
    Traceback (most recent call last):
        ...
    dateline.errors.InvalidValue: rule must be a function of a module, or have a repr that says all that \
it depends on, got 'dateline.building.drafting.<lambda>'
    """
    if isinstance(rule, functools.partial):
        return f"partial({identity(rule.func)}, {rule.args!r}, {rule.keywords!r})"
    name = rule_name(rule)
    if _FLEETING.search(name):
        expected = "be a function of a module, or have a repr that says all that it depends on"
        raise InvalidValue("rule", expected, name)

    return name


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
    except Exception as error:
        raise _fault(raw, f"rule {shortened(rule_name(rule))} failed", error) from error


def _prove(article: Article, raw: RawArticle) -> None:
    """
    Refuse what a record may not have: rules may be anybody's.
    """
    record_in(encode(article), Article, f"row {raw.row!r}")
    validate(article)


def _fault(raw: RawArticle, problem: str, error: Exception) -> InvalidRecord:
    return InvalidRecord(f"row {raw.row!r}", (Fault("$", f"{problem}: {type(error).__name__}: {error}"),))


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
