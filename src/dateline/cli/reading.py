"""
Commands that read: ``list``, ``show``, ``filter``, ``locate``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import click

import dateline
from dateline import files
from dateline.cli import pages
from dateline.cli.opening import opened, parsed
from dateline.cli.shared import (
    dataset_argument,
    from_option,
    json_option,
    quit_with_nothing,
    say,
    say_json,
    table,
    where_option,
    wrapped,
)
from dateline.digests import plain
from dateline.records import Article, Claim
from dateline.spans import locate as places_of
from dateline.spans import nfc_lf


@click.command("list")
@click.argument("dataset", required=False)
@json_option
def list_(dataset: str | None, *, as_json: bool) -> None:
    """
    List the installed datasets, or the articles of one.

    Without DATASET: each installed dataset with its versions, and the one that its bare name means.
    """
    if dataset is not None:
        _list_articles(opened(dataset).values(), as_json=as_json)
    elif as_json:
        say_json([plain(found) for found in dateline.datasets()])
    else:
        rows = [(found.name, found.default, ", ".join(found.versions)) for found in dateline.datasets()]
        say(table(("dataset", "default", "versions"), rows))


@click.command
@click.argument("identifier", metavar="ID")
@from_option
@json_option
def show(identifier: str, dataset: str, *, as_json: bool) -> None:
    """
    Show an article, a claim or an entity.

    ID is an article's (kherson-seized), a claim's (kherson-seized/c02) or an entity's (place/kherson);
    an entity's name will do (Kherson).
    Fields to doubt are given with the reason, relations are given both ways.
    """
    corpus = opened(dataset)
    record = pages.find(corpus, identifier)
    if as_json:
        say_json(pages.plain_page(record, corpus))
    else:
        say("\n".join(pages.page(record, corpus)))


@click.command("filter")
@dataset_argument
@where_option
@click.option("--claims", "wants_claims", is_flag=True, help="List claims instead of articles.")
@json_option
def filter_(dataset: str, predicates: tuple[str, ...], *, wants_claims: bool, as_json: bool) -> None:
    """
    List the articles or claims that a predicate holds for.

    Of several predicates all must hold.
    A predicate about claims keeps an article if it holds for any of its claims.
    The exit code is 1 if nothing is found.
    """
    corpus = opened(dataset)
    if wants_claims:
        claims = corpus.claims.filter(*parsed(predicates))
        _list_claims(claims.values(), corpus, as_json=as_json)
        found = len(claims)
    else:
        kept = corpus.filter(*parsed(predicates))
        _list_articles(kept.values(), as_json=as_json)
        found = len(kept)
    if not found:
        quit_with_nothing("nothing was found")


@click.command
@click.argument("file", metavar="TEXTFILE")
@click.argument("words")
@json_option
def locate(file: str, words: str, *, as_json: bool) -> None:
    """
    Find words in a text, and print their positions.

    A position is start-end: code points counted from 0, in the form nfc-lf-1, as curated sources have it.
    If the WORDS do not stand there exactly, case, accents, kinds of quotes and white space are disregarded.
    The exit code is 1 if they do not occur.
    """
    spans = places_of(nfc_lf(files.read(file)), words)
    if as_json:
        say_json([{"start": span.start, "end": span.end} for span in spans])
    elif spans:
        say("\n".join(map(str, spans)))
    if not spans:
        quit_with_nothing("the words do not occur in the text")


def _list_articles(articles: Iterable[Article], *, as_json: bool) -> None:
    listed = list(articles)
    if as_json:
        say_json([_article_row(article) for article in listed])
    elif listed:
        header = ("id", "outlet", "published", "claims", "headline")
        say(table(header, (pages.article_line(article) for article in listed)))


def _article_row(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "outlet": None if article.publisher is None else article.publisher.name,
        "published": None if article.published is None else str(article.published),
        "claims": len(article.claims),
        "headline": article.headline,
    }


def _list_claims(claims: Iterable[Claim], corpus: dateline.Corpus, *, as_json: bool) -> None:
    if as_json:
        say_json([_claim_row(claim) for claim in claims])
        return
    for claim in claims:
        said = "day unknown" if claim.said is None else f"said {claim.said}"
        say(
            wrapped(f"{claim.id}  {pages.named(claim.claimant, corpus)} {claim.stance}, {claim.kind}, {said}")
        )
        say(wrapped(claim.statement, "    ", "    "))


def _claim_row(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "kind": claim.kind.value,
        "claimant": claim.claimant,
        "stance": claim.stance.value,
        "said": None if claim.said is None else str(claim.said),
        "happened": None if claim.happened is None else str(claim.happened),
        "places": list(claim.places),
        "statement": claim.statement,
    }


COMMANDS: Final = {command.name: command for command in (list_, show, filter_, locate)}
