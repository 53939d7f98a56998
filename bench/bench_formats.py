"""
What dumping and reading 100,000 articles costs beside the fastest plain library that does the same.

The articles are generated and held as records, and the peers dump the same records, or are given even less
to do: Structs of msgspec in their place, or the very values that stand in tables. Everything is written to
a file and read from one, and where we compute or compare a digest, the peers do.
"""

from __future__ import annotations

import csv
import functools
import gc
import hashlib
import itertools
import operator
import shutil
import subprocess
import sys
import tempfile
import types
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import attrs
import by_hand
import memory
import msgspec
import pyarrow
from pyarrow import parquet
from ratios import Measured, call, in_turn, main, ratio
from scale.generated import Archive
from twins import decode_date, from_table, twin

import dateline
from dateline.corpus import Corpus
from dateline.formats import jsonl
from dateline.formats.arrow import metadata, schema
from dateline.formats.flat_tables import TABLES
from dateline.records import Article, Entity


ARTICLES: Final = 100_000
ENTITIES: Final = 2_000
ROUNDS: Final = 5

DUMP_JSONL: Final = "dumping JSON Lines"
SAME_RECORDS: Final = "the same records by msgspec"
STRUCTS: Final = "Structs in their place (msgspec)"
READ_JSONL: Final = "reading JSON Lines"
RULED: Final = "into Structs, same rules (msgspec)"
DUMP_CSV: Final = "dumping CSV"
BY_HAND: Final = "rows by hand (csv)"
DUMP_PARQUET: Final = "dumping Parquet"
COLUMNS_BY_HAND: Final = "columns by hand, of Structs (pyarrow)"
COLUMNS: Final = "columns that are there (pyarrow)"
READ_PARQUET: Final = "reading Parquet"
COMPARED_BY_HAND: Final = "into Structs, same rules, columns compared by hand (pyarrow)"
VALUES: Final = "into Python values (pyarrow)"

#: Records by their kind, and the kind of each line in JSON Lines.
KINDS: Final = {"entity": Entity, "article": Article}

#: How msgspec writes Structs whose fields stand in order, and records as they are.
LEAN: Final = msgspec.json.Encoder(enc_hook=str).encode
SORTED: Final = msgspec.json.Encoder(enc_hook=str, order="sorted").encode

HEADER: Final = (
    "id,revision,status,headline,publisher,publisher_entity,bylines,agencies,published,dateline_place,"
    "dateline_date,url,language,rights,rights_holder,abstract,topics,topic_labels,mentions,claims,copies,"
    "text_length,digest"
)


@functools.cache
def lean(kind: type) -> type[msgspec.Struct]:
    """
    The Struct that msgspec writes fastest in canonical form: its fields in order of name, defaults left out.
    """
    hints = typing.get_type_hints(kind)
    fields = [
        (
            field.name,
            _leaned(hints[field.name]),
            *(() if field.default is attrs.NOTHING else (field.default,)),
        )
        for field in sorted(attrs.fields(kind), key=operator.attrgetter("name"))
    ]

    return msgspec.defstruct(kind.__name__, fields, omit_defaults=True, kw_only=True, gc=False)


def _leaned(hint: Any) -> Any:
    if attrs.has(hint):
        return lean(hint)
    origin, inner = typing.get_origin(hint), tuple(map(_leaned, typing.get_args(hint)))
    if origin in {typing.Union, types.UnionType}:
        return functools.reduce(operator.or_, inner)

    return hint if origin is None else origin[inner]


def structs(lines: list[bytes]) -> dict[str, list[Any]]:
    """
    The records of JSON Lines as Structs, by their kind.
    """
    return {
        kind: [
            msgspec.json.decode(line[len(opening) : -1], type=lean(record), dec_hook=decode_date)
            for line in lines
            if line.startswith(opening)
        ]
        for kind, record in KINDS.items()
        for opening in [_opening(kind)]
    }


def dump_lines(
    records: dict[str, list[Any]], encode: Callable[[Any], bytes], heading: bytes, path: Path
) -> str:
    """
    JSON Lines by msgspec, each line's digest counted; gives the digest of the whole.
    """
    digests = []
    with path.open("wb") as file:
        file.write(heading)
        for kind, several in records.items():
            opening = _opening(kind)
            for record in several:
                data = encode(record)
                digests.append(f"{kind} {record.id} sha256:{hashlib.sha256(data).hexdigest()}\n")
                file.write(b"%b%b}\n" % (opening, data))

    return by_hand.digest_of(digests)


def ruled() -> dict[str, Callable[[bytes], Any]]:
    """
    What decodes records into Structs with the rules that they have, by their kind.
    """
    return {
        kind: msgspec.json.Decoder(twin(record, from_table), dec_hook=decode_date).decode
        for kind, record in KINDS.items()
    }


def read_lines(path: Path) -> dict[str, Any]:
    """
    JSON Lines by msgspec, into Structs with the rules that the records have, each line's digest counted.
    """
    decoders = {_opening(kind): (kind, decode) for kind, decode in ruled().items()}
    found, digests = {}, []
    with path.open("rb") as lines:
        heading = next(lines)
        for line in lines:
            opening = line[: line.index(b":") + 1]
            kind, decode = decoders[opening]
            data = line[len(opening) : -2]
            record = decode(data)
            if record.id in found:
                sys.exit(f"{record.id} stands twice")
            found[record.id] = record
            digests.append(f"{kind} {record.id} sha256:{hashlib.sha256(data).hexdigest()}\n")
    if by_hand.digest_of(digests).encode() not in heading:
        sys.exit("the digest is another")

    return found


def _opening(kind: str) -> bytes:
    return f'{{"{kind}":'.encode()


def dump_rows(articles: list[Any], encode: Callable[[Any], bytes], path: Path) -> None:
    """
    The table of articles by the module csv, each row as somebody would write it by hand.

    The digest is of the articles as *encode* has them: of Structs the same as ours.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.split(","))
        writer.writerows(_row(article, encode) for article in articles)


def _row(article: Any, encode: Any) -> list[Any]:
    publisher, dateline_, rights = article.publisher, article.dateline, article.rights

    return [
        article.id,
        article.revision,
        article.status,
        article.headline,
        publisher and publisher.name,
        publisher and publisher.entity,
        "; ".join([credit.name for credit in article.bylines]),
        "; ".join([credit.name for credit in article.agencies]),
        article.published,
        dateline_ and dateline_.place,
        dateline_ and dateline_.date,
        article.url,
        article.language,
        rights and rights.uri,
        rights and rights.holder,
        article.abstract,
        "; ".join([topic.code for topic in article.topics]),
        "; ".join([topic.label for topic in article.topics]),
        "; ".join([mention.entity for mention in article.mentions]),
        "; ".join([claim.id for claim in article.claims]),
        "; ".join([copy.url for copy in article.copies]),
        article.text and article.text.length,
        f"sha256:{hashlib.sha256(encode(article)).hexdigest()}",
    ]


def dump_columns(columns: dict[str, list[list[list[Any]]]], folder: Path) -> None:
    """
    The same tables by pyarrow, of values that are there already.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, chunks in columns.items():
        fields = schema(TABLES[name], {})
        with parquet.ParquetWriter(folder / f"{name}.parquet", fields, compression="zstd") as file:
            for chunk in chunks:
                arrays = [
                    pyarrow.array(values, field.type) for values, field in zip(chunk, fields, strict=True)
                ]
                file.write_batch(pyarrow.RecordBatch.from_arrays(arrays, schema=fields))


def read_values(folder: Path) -> dict[str, dict[str, list[Any]]]:
    """
    All tables by pyarrow, as Python values, column by column.
    """
    return {
        name: {
            column: file.column(column).to_pylist()
            for file in [parquet.read_table(folder / f"{name}.parquet", use_threads=False)]
            for column in file.column_names
        }
        for name in TABLES
    }


def peaks(count: int) -> str:
    """
    What is held at most, beyond the corpus, while one of so many articles is dumped, and read one by one.
    """
    command = [sys.executable, __file__, "--peaks", str(count)]

    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def show_peaks(count: int) -> None:
    """
    Print the peaks of this process, which makes and dumps a corpus of so many articles.
    """
    corpus = corpus_of(count)
    tiny = Corpus.of(itertools.islice(corpus.values(), 10))
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        for suffix in (".jsonl", ".csv", ".parquet"):
            # So that code and libraries are there before.
            dateline.dump(tiny, Path(scratch) / f"tiny{suffix}")
            held = _peak(functools.partial(dateline.dump, corpus, Path(scratch) / f"all{suffix}"))
            found.append(f"{suffix[1:]} {held} MB")
        del corpus
        gc.collect()
        held = _peak(functools.partial(_read_through, Path(scratch) / "all.jsonl"))
    print(f"{count:,} articles: {', '.join(found)}, jsonl read record by record {held} MB")


def _read_through(path: Path) -> None:
    with path.open("rb") as lines:
        for _ in jsonl.records(lines, path.name):
            pass


def _peak(function: Callable[[], Any]) -> int:
    memory.forget_peak()
    before = memory.resident()
    function()

    return (memory.peak() - before) // 1024


def corpus_of(count: int) -> Corpus:
    """
    A generated corpus of so many articles.
    """
    archive = Archive()

    return Corpus.of(archive.articles(count), itertools.islice(archive.entities(), ENTITIES))


def measure(rounds: int | None = None, count: int = ARTICLES) -> Measured:
    """
    All in this process, with files in a folder for scratch, on whatever disk that is.
    """
    corpus = corpus_of(count)
    with tempfile.TemporaryDirectory() as scratch:
        return _measured(corpus, Path(scratch), rounds or ROUNDS)


def _measured(corpus: Corpus, folder: Path, rounds: int) -> Measured:
    ours, theirs = folder / "ours.jsonl", folder / "theirs.jsonl"
    dateline.dump(corpus, ours)
    heading, *lines = ours.read_bytes().removesuffix(b"\n").split(b"\n")
    held = structs(lines)
    records = {"entity": list(corpus.entities.values()), "article": list(corpus.values())}
    columns = {name: list(table.chunks(corpus)) for name, table in TABLES.items()}
    tables, values, hand = folder / "ours.parquet", folder / "values", folder / "hand"
    schemas = {name: schema(table, metadata(corpus)) for name, table in TABLES.items()}
    decoders = ruled()
    dateline.dump(corpus, tables)
    cells, rows = folder / "ours.csv", folder / "theirs.csv"

    def dump_tables() -> None:
        shutil.rmtree(tables)
        dateline.dump(corpus, tables)

    dump_lines(held, LEAN, heading + b"\n", theirs)
    dateline.dump(corpus, cells)
    dump_rows(held["article"], LEAN, rows)
    by_hand.dump_tables(held, LEAN, schemas, hand)
    if not by_hand.same_tables(tables, hand, TABLES):
        sys.exit("the tables by hand are others")
    if theirs.read_bytes() != ours.read_bytes() or cells.read_bytes() != rows.read_bytes():
        sys.exit("the peers write something else")

    seconds = in_turn(
        {
            DUMP_JSONL: call(lambda: dateline.dump(corpus, ours)),
            SAME_RECORDS: call(lambda: dump_lines(records, SORTED, heading, theirs)),
            STRUCTS: call(lambda: dump_lines(held, LEAN, heading, theirs)),
            READ_JSONL: call(lambda: dateline.read(ours)),
            RULED: call(lambda: read_lines(ours)),
            DUMP_CSV: call(lambda: dateline.dump(corpus, cells)),
            BY_HAND: call(lambda: dump_rows(records["article"], SORTED, rows)),
            DUMP_PARQUET: call(dump_tables),
            COLUMNS_BY_HAND: call(lambda: by_hand.dump_tables(held, LEAN, schemas, hand)),
            COLUMNS: call(lambda: dump_columns(columns, values)),
            READ_PARQUET: call(lambda: dateline.read(tables)),
            COMPARED_BY_HAND: call(lambda: by_hand.read_tables(tables, decoders)),
            VALUES: call(lambda: read_values(tables)),
        },
        rounds,
    )

    held_at_most = "; ".join(peaks(count) for count in (len(corpus) // 10, len(corpus)))
    note = (
        f"Dumping and reading are of {len(corpus):,} generated articles, with files in a scratch folder."
        " msgspec dumps the same records with sorted keys and with what is at its default; Structs give our"
        " bytes. Reading into Structs runs the same rules, but takes a key that stands twice. By hand,"
        " pyarrow writes equal tables of Structs in place of the records, each column one comprehension,"
        " and reads them into Structs, from which every column is made again and compared; the digest of the"
        " whole is known before either writes, and we prove besides that each record is in canonical form."
        " Without a goal, since less is done: pyarrow writes columns that are there before, and reads values"
        f" that become no records. Held at most, beyond the corpus: {held_at_most}."
    )

    return Measured(
        ratios=(
            ratio(seconds, DUMP_JSONL, SAME_RECORDS, goal=1.3),
            ratio(seconds, DUMP_JSONL, STRUCTS),
            ratio(seconds, READ_JSONL, RULED, goal=1.3),
            ratio(seconds, DUMP_CSV, BY_HAND, goal=1.3),
            ratio(seconds, DUMP_PARQUET, COLUMNS_BY_HAND, goal=1.3),
            ratio(seconds, DUMP_PARQUET, COLUMNS),
            ratio(seconds, READ_PARQUET, COMPARED_BY_HAND, goal=1.3),
            ratio(seconds, READ_PARQUET, VALUES),
        ),
        note=note,
    )


if __name__ == "__main__":
    if "--peaks" in sys.argv:
        show_peaks(int(sys.argv[-1]))
    else:
        sys.exit(main(measure))
