"""
The coded rules run over a record, a corpus, a file of records, or a release.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from dateline.converter import structure
from dateline.corpus import Corpus
from dateline.digests import encode
from dateline.errors import (
    DamagedRelease,
    DatelineError,
    DigestMismatch,
    Fault,
    InvalidDocument,
    InvalidRecord,
)
from dateline.manifests import ARTICLES, ENTITIES, MANIFEST, verified
from dateline.own_releases import file_within, read_manifest
from dateline.records import Article, Entity
from dateline.rules import CORPUS_RULES, DOOR_CODES, MESSAGES, RECORD_RULES, Finding, Record
from dateline.strict_json import lines_of, parse_json


__all__ = [
    "MESSAGES",
    "Finding",
    "check",
    "check_lines",
    "check_references",
    "check_release",
    "check_sequel",
    "validate",
]


def validate(record: Record) -> None:
    """
    Check one record, an article with all its claims, against the rules that concern it alone.

    Raises:
        InvalidRecord: If it breaks any; all of them are named, each with its code. Warnings do not count.

    >>> from dateline.testing import make_article
    >>> validate(make_article())
    """
    findings = [finding for finding in _of_record(record) if finding.is_error]
    if findings:
        faults = (
            Fault("$", f"{found.code} {found.message} ({found.detail})", found.code) for found in findings
        )
        raise InvalidRecord(record.id, tuple(faults))


def check(corpus: Corpus) -> tuple[Finding, ...]:
    """
    Every place where a corpus breaks a coded rule; empty if there is none.

    >>> import dateline
    >>> [finding for finding in check(dateline.load("ukraine-2022")) if finding.is_error]
    []
    """
    return tuple(_of_corpus(corpus))


def check_sequel(old: Corpus, new: Corpus) -> tuple[Finding, ...]:
    """
    Every id of *old* that *new* lacks: what was released once may be withdrawn, but never vanishes.
    """
    views = ("articles", "claims", "entities")
    lost = (name for view in views for name in getattr(old, view) if name not in getattr(new, view))

    return tuple(Finding("E401", name, "is gone") for name in lost)


def check_references(corpus: Corpus, sheet: str) -> tuple[Finding, ...]:
    """
    Every reference to a section of ``SOURCES.md`` that the *sheet*, its text, does not have.
    """
    headings = set(re.findall(r"^#+ (\S+)$", sheet, re.MULTILINE))
    records: tuple[Record, ...] = (*corpus.values(), *corpus.claims.values(), *corpus.entities.values())
    references = ((record.id, source.reference or "") for record in records for source in record.sources)

    return tuple(
        Finding("E404", identifier, reference)
        for identifier, reference in references
        if reference.startswith("SOURCES.md#") and reference.partition("#")[2] not in headings
    )


def check_lines(data: bytes, file: str, *, canonical: bool = False) -> tuple[Finding, ...]:
    """
    Every place where a file of records breaks a coded rule.

    A line is ``{"article": …}`` or ``{"entity": …}``, or the record itself;
    with *canonical* it has to be in the one form that a release has.
    A line that is no record is reported and left out of the rules that look at the whole.
    """
    findings: list[Finding] = []
    articles: list[Article] = []
    entities: list[Entity] = []
    for number, line in enumerate(lines_of(data), 1):
        where = f"{file}:{number}"
        try:
            record = _record(line, file, number)
        except DatelineError as error:
            findings += _refusals(error, where)
            continue
        if canonical and encode(record) != line:
            findings.append(Finding("E402", where, record.id))
        (articles if isinstance(record, Article) else entities).append(record)  # type: ignore[arg-type]
    try:
        findings += _of_corpus(Corpus.of(articles, entities))
    except InvalidRecord as error:
        findings += _refusals(error, file)

    return tuple(findings)


def check_release(folder: str | os.PathLike[str]) -> tuple[Finding, ...]:
    """
    Every place where a folder with a release breaks a coded rule, its digests and canonical bytes included.

    Raises:
        NotRead: If it has no manifest.
        NewerSchema: If it needs a later package.
    """
    root = Path(folder)
    try:
        manifest = read_manifest(root)
    except (InvalidDocument, InvalidRecord) as error:
        return tuple(_refusals(error, MANIFEST))
    findings: list[Finding] = []
    try:
        verified(manifest, lambda name: file_within(root, name))
    except (DamagedRelease, DigestMismatch) as error:
        findings.append(Finding("E403", root.name, str(error)))
    lines = b"".join(file_within(root, name) or b"" for name in (ARTICLES, ENTITIES))
    findings += check_lines(lines, manifest.release, canonical=True)

    return tuple(findings)


def _record(line: bytes, file: str, number: int) -> Article | Entity:
    value = parse_json(line, file, number)
    where = f"{file}:{number}"
    if isinstance(value, dict) and len(value) == 1:
        ((_, value),) = value.items()
    if isinstance(value, dict) and "/" in str(value.get("id")):
        return structure(value, Entity, where)

    return structure(value, Article, where)


def _refusals(error: DatelineError, where: str) -> Iterator[Finding]:
    if isinstance(error, InvalidRecord) and not isinstance(error, InvalidDocument):
        for fault in error.faults:
            yield Finding(DOOR_CODES.get(fault.subject, "E001"), where, str(fault))
    else:
        yield Finding("E002", where, str(error))


def _of_corpus(corpus: Corpus) -> Iterator[Finding]:
    records: Iterable[Record] = (*corpus.values(), *corpus.entities.values())
    for record in records:
        yield from _of_record(record)
    for code, rule in CORPUS_RULES.items():
        yield from (Finding(code, where, detail) for where, detail in rule(corpus))


def _of_record(record: Record) -> Iterator[Finding]:
    for code, rule in RECORD_RULES.items():
        yield from (Finding(code, record.id, detail) for detail in rule(record))
    if isinstance(record, Article):
        for claim in record.claims:
            yield from _of_record(claim)
