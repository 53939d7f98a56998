"""
The coded rules run over a record, a corpus, a file of records, or a release.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from dateline.converter import structure
from dateline.corpus import Corpus, check_corpus
from dateline.digests import encode
from dateline.errors import (
    DamagedRelease,
    DigestMismatch,
    InvalidDocument,
    InvalidRecord,
)
from dateline.formats.heading import Heading, check_readable
from dateline.manifests import ARTICLES, ENTITIES, MANIFEST, verified
from dateline.own_releases import file_within, read_manifest
from dateline.records import Article, Entity
from dateline.rules import CORPUS_RULES, DOOR_CODES, MESSAGES, Finding, Record
from dateline.strict_json import lines_of, parse_json
from dateline.validation import findings_of


__all__ = [
    "MESSAGES",
    "Finding",
    "check",
    "check_lines",
    "check_references",
    "check_release",
    "check_sequel",
]


#: The sheet that references lead into.
_SHEET: Final = "SOURCES.md"


def check(corpus: Corpus) -> tuple[Finding, ...]:
    """
    Every place where a corpus breaks a coded rule; empty if there is none.

    Raises:
        InvalidValue: If it is no corpus.

    >>> import dateline
    >>> [finding for finding in check(dateline.load("ukraine-2022")) if finding.is_error]
    []
    """
    check_corpus("corpus", corpus)

    return tuple(_of_corpus(corpus))


def check_sequel(old: Corpus, new: Corpus) -> tuple[Finding, ...]:
    """
    Every place where *new* breaks a rule about what follows the release *old*.

    What was released may be withdrawn, but never vanishes, and a changed article has a higher revision.
    """
    views = ("articles", "claims", "entities")
    lost = (name for view in views for name in getattr(old, view) if name not in getattr(new, view))
    changed = (
        article
        for article in old.values()
        if article.id in new and new[article.id] != article and new[article.id].revision <= article.revision
    )

    return (
        *(Finding("E401", name, "is gone") for name in lost),
        *(Finding("E405", article.id, f"is still {article.revision}") for article in changed),
    )


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
        if reference.startswith(f"{_SHEET}#") and reference.partition("#")[2] not in headings
    )


def check_lines(data: bytes, file: str, *, canonical: bool = False) -> tuple[Finding, ...]:
    """
    Every place where a file of records breaks a coded rule.

    A line is ``{"article": …}`` or ``{"entity": …}``, or the record itself; with *canonical* it has to be
    in the one form that a release has, without the heading of a dump, ``{"corpus": …}``.
    A line that is no record is reported and left out of the rules that look at the whole.

    Raises:
        NewerSchema: If its heading needs a later package.
    """
    records, findings = _read_lines(data, file, canonical=canonical)
    # Of a part of the records the digest is another one anyhow.
    if not canonical and not findings:
        findings += _of_heading(data, file, records)

    return (*findings, *_of_records(records, file))


def check_release(folder: str | os.PathLike[str]) -> tuple[Finding, ...]:
    """
    Every place where a folder with a release breaks a coded rule, its digests and canonical bytes included.

    Raises:
        NotRead: If it has no manifest, or a file is a link or cannot be read.
        NewerSchema: If it needs a later package.
    """
    root = Path(folder)
    try:
        manifest = read_manifest(root)
    except InvalidDocument as error:
        return tuple(_malformed(error, MANIFEST))
    except InvalidRecord as error:
        return tuple(_refusals(error, MANIFEST))
    findings: list[Finding] = []
    try:
        verified(manifest, lambda name: file_within(root, name))
    except (DamagedRelease, DigestMismatch) as error:
        findings.append(Finding("E403", root.name, str(error)))
    records: list[Article | Entity] = []
    for name in (ARTICLES, ENTITIES):
        read, faults = _read_lines(file_within(root, name) or b"", name, canonical=True)
        records += read
        findings += faults
    corpus = Corpus(*_parted(records))
    # Of a part of the records the digest is another one anyhow.
    if not findings and corpus.digest != manifest.digest:
        findings.append(Finding("E403", root.name, f"the corpus has digest {corpus.digest}"))
    sheet = (file_within(root, _SHEET) or b"").decode("utf-8", "replace")

    return (*findings, *_of_records(records, manifest.release), *check_references(corpus, sheet))


def _read_lines(data: bytes, file: str, *, canonical: bool) -> tuple[list[Article | Entity], list[Finding]]:
    records: list[Article | Entity] = []
    findings: list[Finding] = []
    for number, line in enumerate(lines_of(data), 1):
        where = f"{file}:{number}"
        try:
            value = parse_json(line, file, number)
        except (InvalidDocument, InvalidRecord) as error:
            findings += _malformed(error, where)
            continue
        if number == 1 and not canonical and _is_heading(value):
            continue
        try:
            record = _record(value, where)
        except InvalidRecord as error:
            findings += _refusals(error, where)
            continue
        is_sorted = not records or records[-1].id <= record.id
        if canonical and not (is_sorted and encode(record) == line):
            findings.append(Finding("E402", where, record.id))
        records.append(record)
    if canonical and data and not data.endswith(b"\n"):
        findings.append(Finding("E402", file, "must end in a line feed"))

    return records, findings


def _of_heading(data: bytes, file: str, records: Iterable[Article | Entity]) -> Iterator[Finding]:
    value: Any = next((parse_json(line, file, 1) for line in lines_of(data)), None)
    if not _is_heading(value):
        return
    check_readable(value["corpus"], file)
    try:
        heading = structure(value["corpus"], Heading, f"{file}:1")
    except InvalidRecord as error:
        yield from _refusals(error, f"{file}:1")
        return
    digest = Corpus(*_parted(records)).digest
    if digest != heading.digest:
        yield Finding("E406", f"{file}:1", f"the corpus has digest {digest}")


def _is_heading(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"corpus"}


def _record(value: Any, where: str) -> Article | Entity:
    if isinstance(value, dict) and value.keys() == {"article"}:
        return structure(value["article"], Article, where)
    if isinstance(value, dict) and value.keys() == {"entity"}:
        return structure(value["entity"], Entity, where)
    if isinstance(value, dict) and "/" in str(value.get("id")):
        return structure(value, Entity, where)

    return structure(value, Article, where)


def _malformed(error: InvalidDocument | InvalidRecord, where: str) -> Iterator[Finding]:
    faults = error.faults if isinstance(error, InvalidRecord) else (f"{error.problem} @ {error.path}",)
    yield from (Finding("E002", where, str(fault)) for fault in faults)


def _refusals(error: InvalidRecord, where: str) -> Iterator[Finding]:
    for fault in error.faults:
        yield Finding(DOOR_CODES.get(fault.subject, "E001"), where, str(fault))


def _of_records(records: Iterable[Article | Entity], where: str) -> tuple[Finding, ...]:
    try:
        return check(Corpus.of(*_parted(records)))
    except InvalidRecord as error:
        return tuple(_refusals(error, where))


def _parted(records: Iterable[Article | Entity]) -> tuple[list[Article], list[Entity]]:
    articles: list[Article] = []
    entities: list[Entity] = []
    for record in records:
        (articles if isinstance(record, Article) else entities).append(record)  # type: ignore[arg-type]

    return articles, entities


def _of_corpus(corpus: Corpus) -> Iterator[Finding]:
    records: Iterable[Record] = (*corpus.values(), *corpus.entities.values())
    for record in records:
        yield from findings_of(record)
    for code, rule in CORPUS_RULES.items():
        yield from (Finding(code, where, detail) for where, detail in rule(corpus))
