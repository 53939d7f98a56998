"""
Parquet as somebody would write it by hand with pyarrow: each column of each table one comprehension.

Records are whatever has the fields: Structs of msgspec are quickest to ask. Nothing of ours makes a value.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

import pyarrow
from by_hand_values import amounts, bases, dates, folded, folded_once, printed
from pyarrow import parquet


#: A table: its columns but the position, each a list of values, by their names.
Columns = dict[str, Any]

#: The columns that are made from a record's bytes.
OF_BYTES: Final = ("digest", "record")


def dump_tables(
    records: dict[str, list[Any]], encode: Callable[[Any], bytes], schemas: dict[str, Any], folder: Path
) -> None:
    """
    All tables in files of a folder, each record encoded once.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    encoded = {kind: list(map(encode, several)) for kind, several in records.items()}
    digests = {kind: list(map(_sha256, several)) for kind, several in encoded.items()}
    for name, columns in tables(records["article"], records["entity"]):
        kind = {"articles": "article", "entities": "entity"}.get(name)
        if kind is not None:
            columns |= {"digest": digests[kind], "record": encoded[kind]}
        schema = schemas[name]
        arrays = [pyarrow.array(values, schema.field(column).type) for column, values in columns.items()]
        arrays.insert(0, pyarrow.array(range(1, len(arrays[0]) + 1), "int64"))
        table = pyarrow.Table.from_arrays(arrays, schema=schema)
        parquet.write_table(table, folder / f"{name}.parquet", compression="zstd", row_group_size=2_000)


def read_tables(folder: Path, decoders: dict[str, Callable[[bytes], Any]]) -> dict[str, list[Any]]:
    """
    The records of the tables by their kind, once digests and all columns were compared with them.
    """
    records, lines = {}, []
    for name, kind in (("articles", "article"), ("entities", "entity")):
        table = _read(folder / f"{name}.parquet", OF_BYTES)
        encoded = table["record"].cast("binary").to_pylist()
        digests = list(map(_sha256, encoded))
        if digests != table["digest"].to_pylist():
            sys.exit("a digest is another")
        records[kind] = list(map(decoders[kind], encoded))
        lines += [
            f"{kind} {record.id} {digest}\n" for record, digest in zip(records[kind], digests, strict=True)
        ]
    _check_whole(folder, lines)
    for name, columns in tables(records["article"], records["entity"]):
        _compare(folder / f"{name}.parquet", columns)

    return records


def _check_whole(folder: Path, lines: list[str]) -> None:
    if len(set(lines)) < len(lines):
        sys.exit("a record stands twice")
    told = parquet.read_schema(folder / "articles.parquet").metadata[b"dateline.digest"].decode()
    if told != f"sha256:{digest_of(lines)}":
        sys.exit("the digest is another")


def digest_of(lines: list[str]) -> str:
    """
    The digest of a corpus by those of its records, a line each.
    """
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


def _read(path: Path, columns: Iterable[str]) -> Any:
    # Quicker than read_table(), which makes a dataset of the file first.
    with parquet.ParquetFile(path) as file:
        return file.read(columns=list(columns), use_threads=False)


def _compare(path: Path, columns: Columns) -> None:
    table = _read(path, ("position", *columns))
    columns["position"] = range(1, table.num_rows + 1)
    for name, values in columns.items():
        found = table[name]
        if not found.equals(pyarrow.chunked_array([pyarrow.array(values, found.type)])):
            sys.exit(f"{path}: {name} is another")


def same_tables(folder: Path, other: Path, names: Iterable[str]) -> bool:
    """
    Whether two folders hold the same tables, with the same metadata and as many rows to a group.
    """
    for name in names:
        one, two = (parquet.ParquetFile(place / f"{name}.parquet") for place in (folder, other))
        if _groups(one) != _groups(two) or not one.read().equals(two.read(), check_metadata=True):
            return False

    return True


def _groups(file: Any) -> list[int]:
    counts = (file.metadata.row_group(number).num_rows for number in range(file.num_row_groups))

    # A table without rows may have a group without rows.
    return [count for count in counts if count]


def tables(articles: list[Any], entities: list[Any]) -> Iterator[tuple[str, Columns]]:
    """
    Every table with its columns, one after the other, without what is made from a record's bytes.
    """
    claims = [claim for article in articles for claim in article.claims]
    yield "entities", _entities(entities)
    yield "articles", _articles(articles)
    yield "claims", _claims(claims)
    yield "sources", _sources(articles, claims, entities)
    yield (
        "variants",
        {
            "entity": [entity.id for entity in entities for _ in entity.variants],
            "name": [variant for entity in entities for variant in entity.variants],
        },
    )
    yield "credits", _credits(articles)
    yield "topics", _items("article", articles, "topics", code="code", label="label")
    yield "copies", _copies(articles)
    yield "mentions", _mentions(articles)
    yield "claim_entities", _named(claims)
    yield "quantities", _quantities(claims)
    yield "relations", _items("claim", claims, "relations", kind="kind", other="claim", note="note")
    yield (
        "evidence",
        _items("claim", claims, "evidence", start="start", stop="end", tag="tag", elsewhere="article"),
    )


def _items(owner: str, records: list[Any], field: str, **columns: str) -> Columns:
    """
    The items of a field of some records, after the id of their owner: of each item the fields that are told.
    """
    several = list(map(attrgetter(field), records))
    items = [item for some in several for item in some]

    return {
        owner: [record.id for record, some in zip(records, several, strict=True) for _ in some],
        **{name: list(map(attrgetter(column), items)) for name, column in columns.items()},
    }


def _entities(entities: list[Any]) -> Columns:
    plain = ("description", "wikidata", "geonames", "iso3166", "gnd")

    return {
        "id": [entity.id for entity in entities],
        "kind": [entity.kind for entity in entities],
        "name": [entity.name for entity in entities],
        "variants": [entity.variants for entity in entities],
        **{name: [getattr(entity, name) for entity in entities] for name in plain},
        **{
            name: [None if number is None else float(number) + 0.0 for number in numbers]
            for name in ("latitude", "longitude")
            for numbers in [[getattr(entity, name) for entity in entities]]
        },
        "names_folded": [
            [folded(name) for name in (entity.id, entity.name, *entity.variants)] for entity in entities
        ],
    }


def _articles(articles: list[Any]) -> Columns:
    publishers = [article.publisher and article.publisher.name for article in articles]
    headlines = [article.headline for article in articles]
    abstracts = [article.abstract for article in articles]
    lines = [article.dateline for article in articles]
    rights = [article.rights for article in articles]

    return {
        "id": [article.id for article in articles],
        "revision": [article.revision for article in articles],
        "status": [article.status for article in articles],
        "headline": headlines,
        "publisher": publishers,
        "publisher_entity": [article.publisher and article.publisher.entity for article in articles],
        "bylines": [[credit.name for credit in article.bylines] for article in articles],
        "agencies": [[credit.name for credit in article.agencies] for article in articles],
        **dates("published", [article.published for article in articles]),
        "dateline_place": [line and line.place for line in lines],
        "dateline_entity": [line and line.entity for line in lines],
        "dateline_date": [line and line.date and str(line.date) for line in lines],
        "url": [article.url for article in articles],
        "language": [article.language for article in articles],
        "rights": [right and right.uri for right in rights],
        "rights_holder": [right and right.holder for right in rights],
        "abstract": abstracts,
        "topics": [[topic.code for topic in article.topics] for article in articles],
        "mentions": [[mention.entity for mention in article.mentions] for article in articles],
        "text_length": [article.text and article.text.length for article in articles],
        "headline_folded": [text and folded(text) for text in headlines],
        "publisher_folded": list(map(folded_once(publishers).__getitem__, publishers)),
        "abstract_folded": [text and folded(text) for text in abstracts],
        "words_folded": list(map(_words, articles)),
        "topics_folded": [
            [folded(word) for topic in article.topics for word in (topic.code, topic.label)]
            for article in articles
        ],
        "bases": list(map(bases, articles)),
    }


def _words(article: Any) -> str:
    texts = [article.headline, article.abstract, *[claim.statement for claim in article.claims]]

    # Quicker than to fold each: what is composed of two texts has a line's end between them.
    return folded("\n".join([text for text in texts if text is not None]))


def _claims(claims: list[Any]) -> Columns:
    return {
        "id": [claim.id for claim in claims],
        "article": [claim.id.partition("/")[0] for claim in claims],
        "statement": [claim.statement for claim in claims],
        "kind": [claim.kind for claim in claims],
        "claimant": [claim.claimant for claim in claims],
        "stance": [claim.stance for claim in claims],
        "channel": [claim.channel for claim in claims],
        "via": [claim.via for claim in claims],
        **dates("said", [claim.said for claim in claims]),
        **dates("happened", [claim.happened for claim in claims]),
        "places": [claim.places for claim in claims],
        "about": [claim.about for claim in claims],
        "statement_folded": [folded(claim.statement) for claim in claims],
        "amounts": [amounts(claim.quantities) if claim.quantities else None for claim in claims],
        "bases": list(map(bases, claims)),
    }


def _sources(*groups: list[Any]) -> Columns:
    """
    Of the three groups of records each fills the column of its own kind.
    """
    told = [
        [(record.id, number, source) for record in group for number, source in enumerate(record.sources, 1)]
        for group in groups
    ]
    owners = [[owner for owner, _, source in some for _ in source.fields] for some in told]
    rows = [row for some in told for row in some]
    empty = [[None] * len(some) for some in owners]

    return {
        "article": owners[0] + empty[1] + empty[2],
        "claim": empty[0] + owners[1] + empty[2],
        "entity": empty[0] + empty[1] + owners[2],
        "field": [field for _, _, source in rows for field in source.fields],
        "source": [number for _, number, source in rows for _ in source.fields],
        "basis": [source.basis for _, _, source in rows for _ in source.fields],
        "evidence": [
            evidence
            for _, _, source in rows
            for evidence in [list(map(_place, source.evidence)) if source.evidence else ()]
            for _ in source.fields
        ],
        "reference": [source.reference for _, _, source in rows for _ in source.fields],
        "established_by": [source.by for _, _, source in rows for _ in source.fields],
        "note": [source.note for _, _, source in rows for _ in source.fields],
    }


def _place(span: Any) -> str:
    place = f"{span.start}-{span.end}"

    return place if span.article is None else f"{span.article}:{place}"


def _credits(articles: list[Any]) -> Columns:
    rows = [
        (article.id, credit, role)
        for article in articles
        for role, found in (
            ("publisher", (article.publisher,) if article.publisher else ()),
            ("byline", article.bylines),
            ("agency", article.agencies),
        )
        for credit in found
    ]

    return {
        "article": [owner for owner, _, _ in rows],
        "role": [role for _, _, role in rows],
        "name": [credit.name for _, credit, _ in rows],
        "entity": [credit.entity for _, credit, _ in rows],
        "family": [credit.family for _, credit, _ in rows],
        "given": [credit.given for _, credit, _ in rows],
    }


def _copies(articles: list[Any]) -> Columns:
    copies = [copy for article in articles for copy in article.copies]

    return {
        "article": [article.id for article in articles for _ in article.copies],
        "url": [copy.url for copy in copies],
        "publisher": [copy.publisher and copy.publisher.name for copy in copies],
        "publisher_entity": [copy.publisher and copy.publisher.entity for copy in copies],
        "relation": [copy.relation for copy in copies],
        "note": [copy.note for copy in copies],
    }


def _mentions(articles: list[Any]) -> Columns:
    rows = [
        (article.id, mention.entity, span)
        for article in articles
        for mention in article.mentions
        for span in mention.spans or (None,)
    ]

    return {
        "article": [owner for owner, _, _ in rows],
        "entity": [entity for _, entity, _ in rows],
        "start": [None if span is None else span.start for _, _, span in rows],
        "stop": [None if span is None else span.end for _, _, span in rows],
    }


def _named(claims: list[Any]) -> Columns:
    rows = [
        (claim.id, role, entity)
        for claim in claims
        for role, entities in (("via", claim.via), ("place", claim.places), ("about", claim.about))
        for entity in entities
    ]

    return {
        "claim": [owner for owner, _, _ in rows],
        "role": [role for _, role, _ in rows],
        "entity": [entity for _, _, entity in rows],
    }


def _quantities(claims: list[Any]) -> Columns:
    quantities = [quantity for claim in claims for quantity in claim.quantities]

    return {
        "claim": [claim.id for claim in claims for _ in claim.quantities],
        "bound": [quantity.bound for quantity in quantities],
        "value": [printed(quantity.value) for quantity in quantities],
        "number": [float(quantity.value) + 0.0 for quantity in quantities],
        "unit": [quantity.unit for quantity in quantities],
        "counted": [quantity.of for quantity in quantities],
    }


def _sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
