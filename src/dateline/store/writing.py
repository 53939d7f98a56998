"""
Writing a store: articles from wherever they come, a part at a time.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from dateline.descriptions import Description
from dateline.digests import encode
from dateline.errors import InvalidValue
from dateline.ids import Version, parse_dataset_name, parse_version
from dateline.records import Article, Entity
from dateline.schema import MIN_READER, SCHEMA_VERSION
from dateline.sorting import CorpusDigest
from dateline.store.drafting import Draft, drafting
from dateline.store.gathering import CHUNK, Encoded, Gathered
from dateline.store.layout import LAYOUT, PART_SIZE, Part, StoreManifest, row_count
from dateline.validators import check_whole


#: Bytes that the records of a chunk, and of a part, have at most, give or take one record.
_CHUNK_BYTES: Final = 2**23
_PART_BYTES: Final = 2**27

T = TypeVar("T", Article, Entity)


def write(  # noqa: PLR0913 - what a store is, and a choice
    articles: Iterable[Article],
    folder: str | os.PathLike[str],
    *,
    name: str,
    version: str,
    entities: Iterable[Entity] = (),
    description: Description | None = None,
    part_size: int = PART_SIZE,
) -> StoreManifest:
    """
    Write articles and entities as a new store, ``folder/name/version``.

    They are taken one at a time and never held all together, so there may be more than memory has room for.
    The store appears whole, in one step, or not at all. Where a writer was killed or the disk was full,
    its finished parts stay in ``folder/name/.version.draft``; the same call, with the same records in
    the same order, takes them over. Parts that another version under *folder* has already are shared with it.

    A part has at most *part_size* articles. Each is sorted by the first day of publication, then by id.

    Raises:
        ReleaseExists: If the version is there already, or somebody else was faster.
        FolderBusy: If somebody else is writing it.
        InvalidRecord: If an id stands twice, or a claim's id is not its article's.
        InvalidValue: If name, version or part size are none, something is no article or no entity,
            a text holds a lone surrogate, or a whole number is beyond 2^53 - 1.
        NotWritten: If something cannot be saved, for want of space, say.
        MissingExtra: If pyarrow is not installed.

    >>> import tempfile
    >>> from dateline.testing import tiny_corpus
    >>> tiny = tiny_corpus()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     manifest = write(
    ...         tiny.values(), folder, name="tiny", version="1.0.0", entities=tiny.entities.values()
    ...     )
    >>> manifest.pin == tiny.pin
    True
    """
    check_whole("part size", part_size, 1)
    target = Path(folder) / parse_dataset_name(name) / parse_version(version)
    with drafting(target, f"{name} {version}") as draft, CorpusDigest() as digest:
        parts: list[Part] = []
        for kind, records in (("article", _only(articles, Article)), ("entity", _only(entities, Entity))):
            parts += _saved(draft, digest, kind, _chunks(records, part_size))
        done = tuple(parts)
        manifest = StoreManifest(
            name=parse_dataset_name(name),
            version=parse_version(version),
            schema=SCHEMA_VERSION,
            min_reader=Version(MIN_READER),
            layout=LAYOUT,
            digest=digest.of(draft.release),
            articles=row_count("articles", done),
            claims=row_count("claims", done),
            entities=row_count("entities", done),
            parts=done,
            description=description,
        )
        draft.publish(manifest)

    return manifest


def _saved(
    draft: Draft, digest: CorpusDigest, kind: str, chunks: Iterator[tuple[list[Encoded], bool]]
) -> Iterator[Part]:
    """
    The parts of all records of a *kind*, one by one as they are saved or taken over.
    """
    number, gathered = 0, Gathered(kind, lazily=draft.expects(kind))
    for chunk, is_last in chunks:
        gathered.add(chunk)
        if is_last:
            for line in gathered.lines:
                digest.add(*line)
            taken = draft.take_over(kind, number, gathered.records)
            yield taken or draft.save(kind, number, gathered.records, gathered.rows())
            # After one that is new, others are likely to be.
            number, gathered = number + 1, Gathered(kind, lazily=taken is not None)


def _only(records: Iterable[T], of: type[T]) -> Iterator[T]:
    if not isinstance(records, Iterable):
        raise InvalidValue(of.__name__, "come from an iterable", records)
    for record in records:
        if type(record) is not of:
            raise InvalidValue(of.__name__, f"be a record of the class {of.__name__}", record)
        yield record


def _chunks(records: Iterator[Article] | Iterator[Entity], size: int) -> Iterator[tuple[list[Encoded], bool]]:
    """
    Records some at a time with their bytes, and whether a part ends there.
    """
    chunk: list[Encoded] = []
    count = weight = held = 0
    for record in records:
        data = encode(record)
        chunk.append((record, data))
        count, weight, held = count + 1, weight + len(data), held + len(data)
        is_last = count == size or weight >= _PART_BYTES or (count >= size // 2 and _ends(record.id, size))
        if is_last or len(chunk) == CHUNK or held >= _CHUNK_BYTES:
            yield chunk, is_last
            chunk, held = [], 0
        if is_last:
            count = weight = 0
    if count:
        yield chunk, True


def _ends(identifier: str, size: int) -> bool:
    # One id in an eighth of the size ends a part that is half full. So where a version has a record more
    # or less than the one before, the parts after it soon begin at the same records again, and are shared.
    return zlib.crc32(identifier.encode()) % max(1, size // 8) == 0
