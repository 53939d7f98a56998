"""
CSV for tables and spreadsheets: a row for each article, or for each claim.

RFC 4180: UTF-8 without a byte order mark, a header, CRLF between rows, quotes where needed.
Several values in one cell are joined by ``"; "``. What does not fit a flat table is left out:
sources, relations' notes, text fingerprints, credits' parts, and entities beyond their ids.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, Final

from dateline.corpus import Claims, Corpus
from dateline.digests import decimal_text, record_digest
from dateline.files import Draft
from dateline.formats.flat_columns import Values, at, each, within
from dateline.formats.losses import Fate, Losses
from dateline.records import Article, Claim, Quantity


#: How a cell begins that some spreadsheet program runs as a formula, and the mark that stops it.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
APOSTROPHE: Final = "'"

#: What gives the values of each column for some records.
Columns = dict[str, Values]

#: Rows that are put together before they are written.
_ROWS: Final = 500


def _joined(name: str, text: Callable[[Any], str]) -> Values:
    """
    The values of a field that holds several, by the *text* of each.
    """
    several = at(name)

    # Most hold none.
    return lambda some: ["; ".join(map(text, items)) if items else "" for items in several(some)]


def _quantity(quantity: Quantity) -> str:
    counted = f"{quantity.bound} {decimal_text(quantity.value)} {quantity.unit}"
    return counted if quantity.of is None else f"{counted} ({quantity.of})"


_ARTICLE: Final[Columns] = {
    "id": at("id"),
    "revision": at("revision"),
    "status": at("status"),
    "headline": at("headline"),
    "publisher": within("publisher", "name"),
    "publisher_entity": within("publisher", "entity"),
    "bylines": _joined("bylines", attrgetter("name")),
    "agencies": _joined("agencies", attrgetter("name")),
    "published": at("published"),
    "dateline_place": within("dateline", "place"),
    "dateline_date": within("dateline", "date"),
    "url": at("url"),
    "language": at("language"),
    "rights": within("rights", "uri"),
    "rights_holder": within("rights", "holder"),
    "abstract": at("abstract"),
    "topics": _joined("topics", attrgetter("code")),
    "topic_labels": _joined("topics", attrgetter("label")),
    "mentions": _joined("mentions", attrgetter("entity")),
    "claims": _joined("claims", attrgetter("id")),
    "copies": _joined("copies", attrgetter("url")),
    "text_length": within("text", "length"),
    "digest": each(record_digest),
}

_CLAIM: Final[Columns] = {
    "id": at("id"),
    "article": lambda claims: [claim.id.partition("/")[0] for claim in claims],
    "statement": at("statement"),
    "kind": at("kind"),
    "claimant": at("claimant"),
    "stance": at("stance"),
    "channel": at("channel"),
    "via": _joined("via", str),
    "said": at("said"),
    "happened": at("happened"),
    "places": _joined("places", str),
    "about": _joined("about", str),
    "quantities": _joined("quantities", _quantity),
    "evidence": _joined("evidence", lambda span: f"{span.start}-{span.end}"),
    "relations": _joined("relations", lambda relation: f"{relation.kind} {relation.claim}"),
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
    "article.topics": (Fate.COARSENED, "topics and topic_labels, joined by semicolons"),
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
    "claim.quantities": (Fate.COARSENED, "bound, value, unit and, in brackets, of what, as one text"),
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
    return _text(_ARTICLE, corpus.values(), safe=spreadsheet_safe)


def write_claims(corpus: Corpus | Claims, *, spreadsheet_safe: bool = False) -> str:
    r"""
    The claims of a corpus, or a choice of them, as CSV; see :func:`write_articles`.

    >>> from dateline.testing import tiny_corpus
    >>> write_claims(tiny_corpus()).split("\r\n")[2][:35]
    'ferry-returns/c02,ferry-returns,The'
    """
    return _text(_CLAIM, _claims(corpus), safe=spreadsheet_safe)


def save_articles(
    articles: Corpus | Iterable[Article], draft: Draft, *, spreadsheet_safe: bool = False
) -> None:
    """
    As :func:`write_articles`, but into a file, and of articles as they come: only some rows are held.

    Raises:
        UnicodeEncodeError: If a text holds a lone surrogate.
        NotWritten: If the file cannot be saved.
    """
    records = articles.values() if isinstance(articles, Corpus) else articles
    for text in _tables(_ARTICLE, records, safe=spreadsheet_safe):
        draft.write(text.encode())


def save_claims(
    claims: Corpus | Claims | Iterable[Article], draft: Draft, *, spreadsheet_safe: bool = False
) -> None:
    """
    As :func:`write_claims`, but into a file; see :func:`save_articles`.
    """
    for text in _tables(_CLAIM, _claims(claims), safe=spreadsheet_safe):
        draft.write(text.encode())


def _claims(thing: Corpus | Claims | Iterable[Article]) -> Iterable[Claim]:
    if isinstance(thing, Claims):
        return thing.values()
    articles = thing.values() if isinstance(thing, Corpus) else thing

    return (claim for article in articles for claim in article.claims)


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


def _text(columns: Columns, records: Iterable[Any], *, safe: bool) -> str:
    return "".join(_tables(columns, records, safe=safe))


def _tables(columns: Columns, records: Iterable[Any], *, safe: bool) -> Iterator[str]:
    """
    A table in pieces of some rows.
    """
    yield _lines([columns])
    rest = iter(records)
    while some := list(itertools.islice(rest, _ROWS)):
        rows: Iterable[Iterable[Any]] = zip(*(values(some) for values in columns.values()), strict=True)
        if safe:
            rows = (map(neutralised, map(_cell, row)) for row in rows)
        yield _lines(rows)


def _lines(rows: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)

    return out.getvalue()


def _cell(value: object) -> str:
    return "" if value is None else str(value)
