"""
JSON Lines: a line that says which corpus this is, then a record on each, in canonical bytes.

Lossless. The first line is ``{"corpus": {…}}``; the others are ``{"entity": {…}}`` and
``{"article": {…}}``.
Lines end in a line feed; U+0085 and U+2028 may stand inside a text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from dateline.codec import collector_paused, if_canonical
from dateline.converter import structure
from dateline.corpus import Corpus, check_claims
from dateline.digests import canonical_json, corpus_digest, encode, plain
from dateline.errors import Fault, InvalidDocument, InvalidRecord, shortened
from dateline.files import Draft
from dateline.fingerprints import sha256
from dateline.formats.heading import (
    PENDING,
    Heading,
    check_digest,
    check_readable,
    corpus_under,
    heading_of,
)
from dateline.formats.losses import LOSSLESS
from dateline.ids import Digest
from dateline.records import Article, Entity
from dateline.sorting import CorpusDigest
from dateline.strict_json import parse_json


_KINDS: Final[dict[str, Any]] = {"article": Article, "entity": Entity}

#: What stands before a record and after it.
_OPENINGS: Final = {kind: f'{{"{kind}":'.encode() for kind in _KINDS}
_CLOSING: Final = b"}\n"

#: Bytes that are put together before they are written.
_CHUNK: Final = 2**18

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
    out = io.BytesIO()
    save(corpus, Draft(out, "text"))

    return out.getvalue().decode()


def save(corpus: Corpus | Iterable[Article], draft: Draft) -> None:
    """
    A corpus, or articles as they come, as JSON Lines in a file; what is held does not grow with them.

    The digest in the first line is known after the last: its place, whose width is fixed, is filled then.

    Raises:
        InvalidValue: As :func:`write`.
        InvalidRecord: If an id stands twice.
        NotWritten: If the file cannot be saved.
    """
    held = corpus if isinstance(corpus, Corpus) else Corpus(())
    articles = corpus.values() if isinstance(corpus, Corpus) else corpus
    draft.write(_opened(held, PENDING))
    with CorpusDigest() as digest:
        for chunk in _chunks(_lines(held.entities.values(), articles, digest)):
            draft.write(chunk)
        draft.rewrite(0, _opened(held, digest.of("corpus")))


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
    lines = enumerate(io.BytesIO(data), 1)
    heading = _heading(lines, file)
    records: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
    line_of: dict[str, int] = {}
    digests = []
    with collector_paused():
        for found in _found(lines, file):
            _check_new(found, file, line_of.get(found.record.id))
            line_of[found.record.id] = found.number
            records[found.kind].append(found.record)
            digests.append((found.kind, found.record.id, found.digest))

    return corpus_under(heading, records["article"], records["entity"], file, corpus_digest(digests))


def records(lines: Iterable[bytes], file: str) -> Iterator[Article | Entity]:
    """
    The records on some *lines*, such as an open file has, one by one, and without holding them.

    What was missed or changed shows only after the last: until then nothing vouches for the whole.

    Raises:
        InvalidDocument: As :func:`read`.
        InvalidRecord: As :func:`read`, but ids that stand twice are found at the end.
        DigestMismatch: As :func:`read`, at the end.
        NewerSchema: As :func:`read`.

    >>> from dateline.testing import tiny_corpus
    >>> lines = io.BytesIO(write(tiny_corpus()).encode())
    >>> [record.id for record in records(lines, "tiny.jsonl")][-2:]
    ['ferry-returns', 'ferry-halts']
    """
    numbered = enumerate(lines, 1)
    heading = _heading(numbered, file)
    with CorpusDigest() as digest:
        for found in _found(numbered, file):
            digest.add(found.kind, found.record.id, found.digest)
            yield found.record
        check_digest(heading, digest.of(file), file)


def _opened(corpus: Corpus, digest: Digest) -> bytes:
    return canonical_json({"corpus": plain(heading_of(corpus, digest))}) + b"\n"


def _lines(entities: Iterable[Entity], articles: Iterable[Article], digest: CorpusDigest) -> Iterator[bytes]:
    for entity in entities:
        yield _line("entity", entity, digest)
    for article in articles:
        yield _line("article", article, digest)


def _line(kind: str, record: Article | Entity, digest: CorpusDigest) -> bytes:
    data = encode(record)
    digest.add(kind, record.id, sha256(data))

    return b"%b%b%b" % (_OPENINGS[kind], data, _CLOSING)


def _chunks(lines: Iterable[bytes]) -> Iterator[bytes]:
    gathered: list[bytes] = []
    size = 0
    for line in lines:
        gathered.append(line)
        size += len(line)
        if size >= _CHUNK:
            yield b"".join(gathered)
            gathered, size = [], 0
    yield b"".join(gathered)


@frozen
class _Found:
    """
    A record in its line.
    """

    number: int
    kind: str
    record: Article | Entity
    digest: Digest


def _heading(lines: Iterator[tuple[int, bytes]], file: str) -> Heading:
    _, line = next(lines, (1, b"null"))
    value = parse_json(line.removesuffix(b"\n"), file, 1)
    if not isinstance(value, dict) or list(value) != ["corpus"]:
        raise InvalidDocument(file, 1, 'must begin with a line that holds {"corpus": {…}}')
    check_readable(value["corpus"], f"{file}:1")

    return structure(value["corpus"], Heading, f"{file}:1")


def _found(lines: Iterable[tuple[int, bytes]], file: str) -> Iterator[_Found]:
    for number, line in lines:
        found = _fast(number, line) or _strict(number, line, file)
        if isinstance(found.record, Article):
            check_claims(found.record, f"{file}:{number}")
        yield found


def _fast(number: int, line: bytes) -> _Found | None:
    for kind, opening in _OPENINGS.items():
        if line.startswith(opening) and line.endswith(_CLOSING):
            data = line[len(opening) : -len(_CLOSING)]
            record: Article | Entity | None = if_canonical(data, _KINDS[kind])
            return None if record is None else _Found(number, kind, record, sha256(data))

    return None


def _strict(number: int, line: bytes, file: str) -> _Found:
    value = parse_json(line.removesuffix(b"\n"), file, number)
    kind = _kind(value, file, number)
    record = structure(value[kind], _KINDS[kind], f"{file}:{number}")

    return _Found(number, kind, record, sha256(encode(record)))


def _kind(value: object, file: str, number: int) -> str:
    kinds = [str(key) for key in value] if isinstance(value, dict) else []
    if len(kinds) != 1 or kinds[0] not in _KINDS:
        raise InvalidDocument(file, number, f"must hold one article or entity, got {shortened(value)}")

    return kinds[0]


def _check_new(found: _Found, file: str, earlier: int | None) -> None:
    if earlier is not None:
        fault = Fault(f"$.{found.kind}.id", f"id {found.record.id!r} stands in line {earlier} already")
        raise InvalidRecord(f"{file}:{found.number}", (fault,))
