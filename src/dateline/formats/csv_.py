"""
CSV for tables and spreadsheets: a row for each article, or for each claim.

RFC 4180: UTF-8 without a byte order mark, a header, CRLF between rows, quotes where needed.
Several values in one cell are joined by ``"; "``. What does not fit a flat table is left out:
sources, relations' notes, text fingerprints, credits' parts, and entities beyond their ids.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any, Final

from dateline.corpus import Claims, Corpus
from dateline.digests import decimal_text, record_digest
from dateline.formats.losses import Fate, Losses
from dateline.records import Article, Claim, Quantity


#: How a cell begins that some spreadsheet program runs as a formula, and the mark that stops it.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
APOSTROPHE: Final = "'"

Columns = dict[str, Callable[[Any], object]]

_ARTICLE: Final[Columns] = {
    "id": lambda article: article.id,
    "revision": lambda article: article.revision,
    "status": lambda article: article.status,
    "headline": lambda article: article.headline,
    "publisher": lambda article: _part(article.publisher, "name"),
    "publisher_entity": lambda article: _part(article.publisher, "entity"),
    "bylines": lambda article: [credit.name for credit in article.bylines],
    "agencies": lambda article: [credit.name for credit in article.agencies],
    "published": lambda article: article.published,
    "dateline_place": lambda article: _part(article.dateline, "place"),
    "dateline_date": lambda article: _part(article.dateline, "date"),
    "url": lambda article: article.url,
    "language": lambda article: article.language,
    "rights": lambda article: _part(article.rights, "uri"),
    "rights_holder": lambda article: _part(article.rights, "holder"),
    "abstract": lambda article: article.abstract,
    "topics": lambda article: [topic.code for topic in article.topics],
    "topic_labels": lambda article: [topic.label for topic in article.topics],
    "mentions": lambda article: [mention.entity for mention in article.mentions],
    "claims": lambda article: [claim.id for claim in article.claims],
    "copies": lambda article: [copy.url for copy in article.copies],
    "text_length": lambda article: _part(article.text, "length"),
    "digest": record_digest,
}

_CLAIM: Final[Columns] = {
    "id": lambda claim: claim.id,
    "article": lambda claim: claim.id.partition("/")[0],
    "statement": lambda claim: claim.statement,
    "kind": lambda claim: claim.kind,
    "claimant": lambda claim: claim.claimant,
    "stance": lambda claim: claim.stance,
    "channel": lambda claim: claim.channel,
    "via": lambda claim: claim.via,
    "said": lambda claim: claim.said,
    "happened": lambda claim: claim.happened,
    "places": lambda claim: claim.places,
    "about": lambda claim: claim.about,
    "quantities": lambda claim: [_quantity(quantity) for quantity in claim.quantities],
    "evidence": lambda claim: [f"{span.start}-{span.end}" for span in claim.evidence],
    "relations": lambda claim: [f"{relation.kind} {relation.claim}" for relation in claim.relations],
}


#: Of the table of articles.
ARTICLE_LOSSES: Final[Losses] = {
    "article.id": (Fate.KEPT, ""),
    "article.revision": (Fate.KEPT, ""),
    "article.status": (Fate.KEPT, ""),
    "article.headline": (Fate.KEPT, ""),
    "article.publisher": (Fate.COARSENED, "publisher, publisher_entity: without the parts of the name"),
    "article.bylines": (Fate.COARSENED, "the names as printed"),
    "article.agencies": (Fate.COARSENED, "the names as printed"),
    "article.published": (Fate.KEPT, ""),
    "article.dateline": (Fate.COARSENED, "dateline_place, dateline_date: without the entity"),
    "article.url": (Fate.KEPT, ""),
    "article.language": (Fate.KEPT, ""),
    "article.rights": (Fate.COARSENED, "rights, rights_holder: without the note"),
    "article.abstract": (Fate.KEPT, ""),
    "article.topics": (Fate.RENAMED, "topics and topic_labels, joined by semicolons"),
    "article.copies": (Fate.COARSENED, "the URLs"),
    "article.mentions": (Fate.COARSENED, "the entities, without the spans"),
    "article.claims": (Fate.KEPT, ""),
    "article.text": (Fate.COARSENED, "text_length; digest confirms it"),
    "claim.id": (Fate.RENAMED, "claims"),
    "entity.id": (Fate.COARSENED, "where an article refers to it"),
}

#: Of the table of claims.
CLAIM_LOSSES: Final[Losses] = {
    "article.id": (Fate.COARSENED, "article; of articles without claims, nothing"),
    "article.claims": (Fate.RENAMED, "a row each"),
    "claim.id": (Fate.KEPT, ""),
    "claim.statement": (Fate.KEPT, ""),
    "claim.kind": (Fate.KEPT, ""),
    "claim.claimant": (Fate.KEPT, ""),
    "claim.stance": (Fate.KEPT, ""),
    "claim.evidence": (Fate.COARSENED, "start and end, without the tags"),
    "claim.channel": (Fate.KEPT, ""),
    "claim.via": (Fate.KEPT, ""),
    "claim.said": (Fate.KEPT, ""),
    "claim.happened": (Fate.KEPT, ""),
    "claim.places": (Fate.KEPT, ""),
    "claim.about": (Fate.KEPT, ""),
    "claim.quantities": (Fate.RENAMED, "bound, value, unit and, in brackets, of what"),
    "claim.relations": (Fate.COARSENED, "kind and claim, without the note"),
    "entity.id": (Fate.COARSENED, "where a claim refers to it"),
}


def write_articles(corpus: Corpus, *, spreadsheet_safe: bool = False) -> str:
    r"""
    The articles of a corpus as CSV; for *spreadsheet_safe* see :func:`neutralised`.

    >>> from dateline.testing import tiny_corpus
    >>> write_articles(tiny_corpus()).split("\r\n")[1][:32]
    'ferry-returns,1,published,Ferry '
    """
    return _table(_ARTICLE, corpus.values(), safe=spreadsheet_safe)


def write_claims(corpus: Corpus | Claims, *, spreadsheet_safe: bool = False) -> str:
    r"""
    The claims of a corpus, or a choice of them, as CSV; see :func:`write_articles`.

    >>> from dateline.testing import tiny_corpus
    >>> write_claims(tiny_corpus()).split("\r\n")[2][:35]
    'ferry-returns/c02,ferry-returns,The'
    """
    claims = corpus if isinstance(corpus, Claims) else corpus.claims

    return _table(_CLAIM, claims.values(), safe=spreadsheet_safe)


def neutralised(cell: str) -> str:
    """
    A cell that no spreadsheet program takes for a formula: an apostrophe is put before it.

    It is also put before a cell that begins with an apostrophe, so :func:`restored` undoes it:
    whoever reads such a file takes one leading apostrophe off each cell that has one.

    >>> neutralised("=1+1"), neutralised("'tis"), neutralised("1+1")
    ("'=1+1", "''tis", '1+1')
    """
    return APOSTROPHE + cell if cell.startswith((*FORMULA_STARTS, APOSTROPHE)) else cell


def restored(cell: str) -> str:
    """
    What :func:`neutralised` was given.

    >>> restored("'=1+1")
    '=1+1'
    """
    return cell.removeprefix(APOSTROPHE)


def _table(columns: Columns, records: Iterable[Article] | Iterable[Claim], *, safe: bool) -> str:
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(columns)
    for record in records:
        cells = [_cell(value(record)) for value in columns.values()]
        rows.writerow(map(neutralised, cells) if safe else cells)

    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""

    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _part(record: object, name: str) -> object:
    return None if record is None else getattr(record, name)


def _quantity(quantity: Quantity) -> str:
    counted = f"{quantity.bound} {decimal_text(quantity.value)} {quantity.unit}"
    return counted if quantity.of is None else f"{counted} ({quantity.of})"
