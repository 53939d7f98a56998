"""
The main job on one screen: load, look, ask who said what and when, cite, and take the records along.
"""

from __future__ import annotations

import datetime
import itertools
import os
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dateline import where
from dateline.catalog import load, verify
from dateline.citing import cite
from dateline.corpus import Corpus
from dateline.display import printable
from dateline.errors import NotWritten
from dateline.formats import dump
from dateline.records import Article, Claim
from dateline.vocabulary import RelationKind


DATASET: Final = "ukraine-2022"

#: The screen, in lines and in characters.
LINES: Final = 45
WIDTH: Final = 100

#: Columns of the table of claims, in characters; the claim takes what is left.
_SAID: Final = 23
_WHO: Final = 19
_STANCE: Final = 8
_WIDTHS: Final = (_SAID, _WHO, _STANCE, WIDTH - _SAID - _WHO - _STANCE)

#: The files that are written, one a format.
_FILES: Final = (f"{DATASET}.jsonl", f"{DATASET}.bib", f"{DATASET}.claims.csv")


def tour(folder: str | os.PathLike[str]) -> str:
    """
    The screen, after the files have been written into *folder*, which is made if it is not there.

    Raises:
        NotWritten: If a file cannot be saved.
        And whatever :func:`dateline.load` raises.
    """
    pin = verify(DATASET)
    corpus = load(pin)
    target = Path(folder)
    _save(corpus, target)
    lines = (
        f"{pin.dataset} {pin.version}, every byte verified.",
        *(*_articles(corpus), ""),
        "Who said who controlled Kherson, and when? (Claims of control or withdrawal, without rankings,",
        "retellings and the outlets' own voices. A date with ? is uncertain, one with [,] is one of two.)",
        *(*_answer(corpus), ""),
        *(*_citations(corpus), ""),
        "The pin to keep, and the files that were written:",
        str(pin),
        printable(f"{target}: {', '.join(_FILES)}"),
    )

    return "\n".join(lines)


def telling(corpus: Corpus) -> tuple[Claim, ...]:
    """
    What was said about who held Kherson or left it; no rankings, retellings, or outlets' own voices.

    In the order in which the articles may have been published.
    """
    outlets = {
        article.publisher.entity
        for article in corpus.values()
        if article.publisher and article.publisher.entity
    }
    asked = where.place("Kherson") & where.kind("control", "withdrawal")
    found = corpus.claims.filter(
        asked,
        ~where.quantity(unit="rank"),
        ~where.claimant(*sorted(outlets)),
        lambda claim: not _tells_again(claim),
    )
    order = [article.id for article in _in_order(corpus)]

    return tuple(sorted(found.values(), key=lambda claim: order.index(found.article(claim).id)))


def _tells_again(claim: Claim) -> bool:
    return any(relation.kind is RelationKind.SAME_AS for relation in claim.relations)


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """
    A text, escaped for terminals, in lines of at most *width* characters.
    """
    return textwrap.wrap(printable(text), width, break_on_hyphens=False) or [""]


def _articles(corpus: Corpus) -> Iterator[str]:
    for article in _in_order(corpus):
        outlet = "outlet unknown" if article.publisher is None else article.publisher.name
        published = str(article.published or "date unknown")
        row = f"{article.id:<17} {len(article.claims):>3} claims {published:<23} {outlet}"
        if article.headline is None:
            yield _shortened(f"{row}; headline unknown")
        else:
            yield _shortened(row)
            yield _shortened(f"    {article.headline}")


def _shortened(line: str) -> str:
    shown = printable(line)
    return shown if len(shown) <= WIDTH else f"{shown[: WIDTH - 3]}..."


def _answer(corpus: Corpus) -> Iterator[str]:
    yield from _row(["said, id"], "who", "stance", "claim")
    for claim in telling(corpus):
        said = "day unknown" if claim.said is None else str(claim.said)
        yield from _row([said, claim.id], corpus.entities[claim.claimant].name, claim.stance, claim.statement)


def _row(first: list[str], *others: str) -> Iterator[str]:
    columns = [
        [line for text in texts for line in wrapped(text, width - 1)]
        for texts, width in zip((first, *([other] for other in others)), _WIDTHS, strict=True)
    ]
    for parts in itertools.zip_longest(*columns, fillvalue=""):
        yield "".join(part.ljust(width) for part, width in zip(parts, _WIDTHS, strict=True)).rstrip()


def _citations(corpus: Corpus) -> Iterator[str]:
    article = corpus.claims.article(telling(corpus)[0])
    yield from wrapped(cite(article))
    yield from (printable(line) for line in cite(article, "bibtex").split("\n"))


def _in_order(corpus: Corpus) -> list[Article]:
    # As they may have been published; what has no date comes last.
    return sorted(
        corpus.values(),
        key=lambda article: article.published.earliest if article.published else datetime.date.max,
    )


def _save(corpus: Corpus, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritten(str(folder), error.strerror or str(error)) from error
    for name in _FILES:
        dump(corpus, folder / name)
