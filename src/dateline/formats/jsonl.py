"""
JSON Lines: a line that says which corpus this is, then a record on each, in canonical bytes.

Lossless. The first line is ``{"corpus": {…}}``; the others are ``{"entity": {…}}`` and
``{"article": {…}}``.
Lines end in a line feed; U+0085 and U+2028 may stand inside a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dateline.converter import structure
from dateline.corpus import Corpus
from dateline.digests import canonical_json, plain
from dateline.errors import Fault, InvalidDocument, InvalidRecord, shortened
from dateline.formats.heading import Heading, check_readable, corpus_under, heading_of
from dateline.formats.losses import LOSSLESS
from dateline.records import Article, Entity
from dateline.strict_json import parse_json_lines


_KINDS: Final[dict[str, type[Article | Entity]]] = {"article": Article, "entity": Entity}

#: All comes back.
LOSSES: Final = LOSSLESS


def write(corpus: Corpus) -> str:
    r"""
    A corpus as JSON Lines.

    Raises:
        InvalidValue: If a text holds a lone surrogate, or a whole number is beyond 2^53 - 1.

    >>> from dateline.testing import tiny_corpus
    >>> [line[:9] for line in write(tiny_corpus()).split("\n")][:2]
    ['{"corpus"', '{"entity"']
    """
    return "".join(canonical_json(line).decode() + "\n" for line in _lines(corpus))


def read(data: bytes, file: str) -> Corpus:
    """
    The corpus that JSON Lines hold; *file* is for messages.

    Raises:
        InvalidDocument: If a line is not JSON or no record, or the first is not about the corpus.
        InvalidRecord: If a record breaks a rule, or an id stands twice; the line is named.
        DigestMismatch: If the records are not those that the first line names.
        NewerSchema: If they need a later package.

    >>> from dateline.testing import tiny_corpus
    >>> read(write(tiny_corpus()).encode(), "tiny.jsonl") == tiny_corpus()
    True
    """
    lines = parse_json_lines(data, file)
    heading = _heading(lines, file)
    records: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
    line_of: dict[str, int] = {}
    for number, value in lines:
        kind = _kind(value, file, number)
        record = structure(value[kind], _KINDS[kind], f"{file}:{number}")
        _check_alone(record, kind, f"{file}:{number}", line_of.get(record.id))
        line_of[record.id] = number
        records[kind].append(record)

    return corpus_under(heading, records["article"], records["entity"], file)


def _lines(corpus: Corpus) -> Iterator[dict[str, Any]]:
    yield {"corpus": plain(heading_of(corpus))}
    for entity in corpus.entities.values():
        yield {"entity": plain(entity)}
    for article in corpus.values():
        yield {"article": plain(article)}


def _heading(lines: Iterator[tuple[int, Any]], file: str) -> Heading:
    _, value = next(lines, (1, None))
    if not isinstance(value, dict) or list(value) != ["corpus"]:
        raise InvalidDocument(file, 1, 'must begin with a line that holds {"corpus": {…}}')
    check_readable(value["corpus"], f"{file}:1")

    return structure(value["corpus"], Heading, f"{file}:1")


def _kind(value: object, file: str, number: int) -> str:
    kinds = [str(key) for key in value] if isinstance(value, dict) else []
    if len(kinds) != 1 or kinds[0] not in _KINDS:
        raise InvalidDocument(file, number, f"must hold one article or entity, got {shortened(value)}")

    return kinds[0]


def _check_alone(record: Article | Entity, kind: str, where: str, earlier: int | None) -> None:
    if earlier is not None:
        fault = Fault(f"$.{kind}.id", f"id {record.id!r} stands in line {earlier} already")
        raise InvalidRecord(where, (fault,))
    if isinstance(record, Article):
        try:
            Corpus.of([record])
        except InvalidRecord as error:
            raise InvalidRecord(where, error.faults) from None
