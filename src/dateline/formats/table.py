"""
The table of formats.

The module of a format is imported when it is used.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final

from dateline.formats.form import Format, declared, later


_HERE: Final = "dateline.formats"


def _later(module: str, name: str) -> Callable[..., Any]:
    return later(f"{_HERE}.{module}", name)


def _of_records(name: str, module: str, suffixes: tuple[str, ...], media_type: str, **others: Any) -> Format:
    usual: dict[str, Any] = {
        "holds": "all records",
        "write": _later(module, "write"),
        "read": _later(module, "read"),
    }

    return Format(
        name=name,
        suffixes=suffixes,
        media_type=media_type,
        losses=declared(f"{_HERE}.{module}"),
        **usual | others,
    )


def _of_cells(name: str, suffix: str, kind: str, **others: Any) -> Format:
    write = _later("csv_", f"write_{kind}s")
    return Format(
        name=name,
        suffixes=(suffix,),
        media_type="text/csv",
        holds=f"a row for each {kind}",
        losses=declared(f"{_HERE}.csv_", f"{kind.upper()}_LOSSES"),
        write=write,
        save=_later("csv_", f"save_{kind}s"),
        write_safe=functools.partial(write, spreadsheet_safe=True),
        **others,
    )


def _of_references(name: str, module: str, suffix: str, media_type: str, **others: Any) -> Format:
    write_items = _later(module, "write_items")
    return Format(
        name=name,
        suffixes=(suffix,),
        media_type=media_type,
        holds="references to the articles and the dataset",
        losses=declared(f"{_HERE}.{module}"),
        write=_writer_of_corpora(write_items),
        write_items=write_items,
        **others,
    )


def _writer_of_corpora(write_items: Callable[..., str]) -> Callable[[Any], str]:
    items_of = later("dateline.references", "corpus_items")

    return lambda corpus: write_items(items_of(corpus))


_FORMATS: Final = (
    _of_records(
        "jsonl",
        "jsonl",
        (".jsonl", ".ndjson"),
        "application/jsonl",
        save=_later("jsonl", "save"),
        row_drafts=_later("rows", "json_lines_drafts"),
    ),
    _of_records("json", "records_json", (".json",), "application/json"),
    _of_records(
        "sqlite",
        "sqlite",
        (".sqlite", ".sqlite3", ".db"),
        "application/vnd.sqlite3",
        write=None,
        write_bytes=_later("sqlite", "write_bytes"),
    ),
    _of_records(
        "parquet",
        "parquet",
        (".parquet",),
        "application/vnd.apache.parquet",
        holds="all records, a folder with a file for each table",
        write=None,
        read=None,
        write_folder=_later("parquet", "write_folder"),
        save_folder=_later("parquet", "save_folder"),
        read_folder=_later("parquet", "read_folder"),
        row_drafts=_later("tables_in", "parquet_drafts"),
        folder_drafts=_later("tables_in", "folder_drafts"),
        extra="frames",
        needs=("pyarrow",),
    ),
    _of_records(
        "hugging-face",
        "hugging_face",
        (),
        "application/vnd.apache.parquet",
        holds="all records, a folder with a file for each table and a card",
        write=None,
        read=None,
        write_folder=_later("hugging_face", "write_folder"),
        save_folder=_later("hugging_face", "save_folder"),
        read_folder=_later("parquet", "read_folder"),
        folder_drafts=_later("tables_in", "folder_drafts"),
        extra="frames",
        needs=("pyarrow",),
    ),
    _of_cells("csv-articles", ".csv", "article", aliases=("csv",), row_drafts=_later("rows", "csv_drafts")),
    _of_cells("csv-claims", ".claims.csv", "claim", takes_claims=True),
    _of_records(
        "schema.org",
        "schema_org",
        (".jsonld",),
        "application/ld+json",
        holds="the dataset with articles, claims and entities, as linked data",
        read=_later("schema_org_in", "read"),
        read_drafts=_later("schema_org_in", "read_drafts"),
        read_suffixes=(".html", ".htm"),
    ),
    _of_records(
        "ninjs",
        "ninjs",
        (".ninjs.json",),
        "application/json",
        holds="the articles, as news systems exchange them",
        read=_later("ninjs_in", "read"),
        read_drafts=_later("ninjs_in", "read_drafts"),
    ),
    _of_records(
        "web-annotation",
        "web_annotation",
        (".anno.jsonld",),
        "application/ld+json",
        holds="evidence and mentions, as annotations of the texts",
        write_words=_later("web_annotation", "write"),
        read=None,
    ),
    _of_records(
        "prov",
        "prov_jsonld",
        (".prov.jsonld",),
        "application/ld+json",
        holds="where the value of each field comes from, as linked data",
        read=None,
    ),
    _of_records(
        "prov-n",
        "prov_n",
        (".provn",),
        "text/provenance-notation",
        holds="where the value of each field comes from, in the notation for people",
        read=None,
    ),
    _of_records(
        "geojson",
        "geojson",
        (".geojson",),
        "application/geo+json",
        holds="places, articles and claims, as features of a map",
        read=None,
    ),
    _of_references(
        "csl-json",
        "csl_json",
        ".csl.json",
        "application/vnd.citationstyles.csl+json",
        read=_later("csl_json_in", "read"),
        read_drafts=_later("csl_json_in", "read_drafts"),
    ),
    _of_references("bibtex", "bibtex", ".bib", "application/x-bibtex"),
    _of_references("biblatex", "biblatex", ".biblatex.bib", "application/x-bibtex"),
    _of_references("ris", "ris", ".ris", "application/x-research-info-systems"),
    _of_references("endnote-xml", "endnote_xml", ".endnote.xml", "application/xml"),
    _of_references("cff", "cff", ".cff", "application/yaml"),
)

#: Every format of ours by its name.
FORMATS: Final = {format_.name: format_ for format_ in _FORMATS}
