"""
The coded rules that concern a record alone, run over it.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.errors import Fault, InvalidRecord
from dateline.records import Article
from dateline.rules import RECORD_RULES, Finding, Record


def findings_of(record: Record) -> Iterator[Finding]:
    """
    Every place where a record, or a claim in it, breaks a rule that concerns it alone.
    """
    for code, rule in RECORD_RULES.items():
        yield from (Finding(code, record.id, detail) for detail in rule(record))
    if isinstance(record, Article):
        for claim in record.claims:
            yield from findings_of(claim)


def validate(record: Record) -> None:
    """
    Check one record, an article with all its claims, against the rules that concern it alone.

    Raises:
        InvalidRecord: If it breaks any; all of them are named, each with its code. Warnings do not count.

    >>> from dateline.testing import make_article
    >>> validate(make_article())
    """
    findings = [finding for finding in findings_of(record) if finding.is_error]
    if findings:
        faults = (
            Fault("$", f"{found.code} {found.message} ({found.detail})", found.code) for found in findings
        )
        raise InvalidRecord(record.id, tuple(faults))
