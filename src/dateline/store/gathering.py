"""
The records of a part, as they come in: flattened at once, or kept as bytes where that may not be needed.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from dateline.codec import decode_articles, decode_entities
from dateline.digests import corpus_digest
from dateline.fingerprints import sha256
from dateline.ids import Digest
from dateline.records import Article, Entity
from dateline.store.columns import in_order, joined, rows_of


#: A record and its canonical bytes.
Encoded: TypeAlias = tuple[Article | Entity, bytes]

#: Records that are flattened at a time.
CHUNK: Final = 1_024

_DECODERS: Final[dict[str, Any]] = {"article": decode_articles, "entity": decode_entities}


class Gathered:
    """
    The records of a part.

    Flattening takes most of the time of writing. A part that is likely to be finished already is gathered
    *lazily*, as bytes, and made into records once more only if it is not.
    """

    def __init__(self, kind: str, *, lazily: bool) -> None:
        self._kind = kind
        self._lazily = lazily
        self._encoded: list[bytes] = []
        self._rows: list[dict[str, Any]] = []

        #: Kind, id and digest of each.
        self.lines: list[tuple[str, str, str]] = []

    def add(self, chunk: list[Encoded]) -> None:
        """
        Gather some more.

        Raises:
            InvalidRecord: If an id stands twice, or a claim's id is not its article's.
            MissingExtra: If pyarrow is not installed.
        """
        self.lines += [(self._kind, record.id, sha256(data)) for record, data in chunk]
        if self._lazily:
            self._encoded += [data for _, data in chunk]
        else:
            self._rows.append(rows_of(self._kind, [record for record, _ in chunk]))

    @property
    def records(self) -> Digest:
        """
        Of the records, made as that of a corpus.
        """
        return corpus_digest(self.lines)

    def rows(self) -> dict[str, Any]:
        """
        The rows of each table, sorted; to be asked for once.

        Raises:
            InvalidRecord: If an id stands twice, or a claim's id is not its article's.
        """
        for start in range(0, len(self._encoded), CHUNK):
            lines = self._encoded[start : start + CHUNK]
            # Our own bytes of a moment ago.
            self._rows.append(rows_of(self._kind, _DECODERS[self._kind](lines, "part")))
        rows = joined(self._rows)
        # Before the sorted ones are there, too.
        self._rows.clear()

        return in_order(self._kind, rows)
