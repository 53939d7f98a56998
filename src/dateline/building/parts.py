"""
What a build has done so far, as files: a part for each stretch of the input, and a receipt that it is whole.

A part holds a row for each row of its stretch, a record or its faults.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import asdict, frozen

from dateline import files
from dateline.building import engine
from dateline.building.batches import FAULTS, FILE, GIVEN_ID, ROW, schema
from dateline.codec import decode_articles
from dateline.errors import InvalidDocument, NotRead
from dateline.fingerprints import sha256
from dateline.formats.flat_tables import RECORD
from dateline.records import Article


#: The folder with the parts, inside that of the build.
PARTS: Final = "parts"

#: Columns that say why a row became no record.
_TOLD: Final = (FILE, ROW, GIVEN_ID, FAULTS)


@frozen(kw_only=True)
class Receipt:
    """
    That a part is whole, and what is in it.
    """

    rows: int

    records: int

    #: Of the part's bytes.
    digest: str


@frozen(kw_only=True)
class RowFaults:
    """
    A row that became no record, and why.
    """

    #: As the build was told it.
    file: str

    #: In Parquet the row, in other files the line that it begins on, counted from 1.
    row: int

    #: As it came; None if there was none.
    id: str | None

    faults: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}:{self.row}: {'; '.join(self.faults)}"


@frozen
class Part:
    """
    One part of a build.
    """

    folder: Path

    number: int

    @property
    def path(self) -> Path:
        """
        Where its rows are.
        """
        return self.folder / PARTS / f"part-{self.number:05}.parquet"

    def receipt(self) -> Receipt | None:
        """
        Its receipt; None if it is not there yet, or the part is not as it says.
        """
        whole = self._whole()

        return None if whole is None else whole[0]

    def write(self, batches: Iterable[Any]) -> Receipt:
        """
        Save its rows, then the receipt, each whole or not at all.

        Raises:
            NotWritten: If they cannot be saved.
        """
        out = io.BytesIO()
        rows = records = 0
        with engine.parquet().ParquetWriter(out, schema(), compression="zstd") as writer:
            for batch in batches:
                rows += batch.num_rows
                records += batch.num_rows - batch.column(RECORD).null_count
                writer.write_batch(batch)
        data = out.getvalue()
        receipt = Receipt(rows=rows, records=records, digest=sha256(data))
        files.write(self.path, data)
        # Last: where there is a receipt, there is the part.
        files.write(self._receipt, json.dumps(asdict(receipt)).encode())

        return receipt

    def batches(self, *names: str) -> Iterator[Any]:
        """
        Columns of its rows, of all columns if none is named.

        Raises:
            InvalidDocument: If it is not whole.
        """
        whole = self._whole()
        if whole is None:
            raise InvalidDocument(str(self.path), None, "must be whole and as its receipt says; build again")
        opened = engine.parquet().ParquetFile(io.BytesIO(whole[1]))
        yield from opened.iter_batches(columns=list(names) or None, use_threads=False)

    def ids(self) -> Iterator[str | None]:
        """
        The id of each row's record, None where there is none.
        """
        for batch in self.batches("id"):
            yield from batch.column(0).to_pylist()

    def articles(self) -> Iterator[Article]:
        """
        Its records.
        """
        for batch in self.batches(RECORD):
            lines = (line.encode() for line in batch.column(0).drop_null().to_pylist())
            yield from decode_articles(lines, str(self.path))

    def faults(self) -> Iterator[RowFaults]:
        """
        Its rows that became no records.
        """
        for batch in self.batches(*_TOLD):
            some = batch.filter(engine.compute().list_value_length(batch.column(FAULTS)).cast("bool"))
            for row in some.to_pylist():
                yield RowFaults(file=row[FILE], row=row[ROW], id=row[GIVEN_ID], faults=tuple(row[FAULTS]))

    def places(self, rows: Sequence[int]) -> list[str]:
        """
        Where some of its rows, counted from 0, stand in the input.
        """
        told = [row for batch in self.batches(FILE, ROW) for row in batch.to_pylist()]

        return [f"{told[row][FILE]}:{told[row][ROW]}" for row in rows]

    def refuse(self, faults: Mapping[int, str]) -> None:
        """
        Turn records into faults: for rows, counted from 0, what is wrong with them.
        """
        rows = [row for batch in self.batches() for row in batch.to_pylist()]
        for number, fault in faults.items():
            told = {name: rows[number][name] for name in _TOLD}
            rows[number] = {**dict.fromkeys(rows[number]), **told, FAULTS: [fault]}
        self.write([engine.arrow().RecordBatch.from_pylist(rows, schema=schema())])

    @property
    def _receipt(self) -> Path:
        return self.path.with_suffix(".json")

    def _whole(self) -> tuple[Receipt, bytes] | None:
        try:
            receipt = Receipt(**json.loads(files.read(self._receipt)))
            data = files.read(self.path)
        except (NotRead, ValueError, TypeError):
            return None

        return (receipt, data) if sha256(data) == receipt.digest else None
