"""
Commands about copies of the articles' texts: ``attach``, ``read``, ``overlap``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import click

from dateline import curated, files
from dateline.cli import pages
from dateline.cli.opening import opened
from dateline.cli.progress import Progress
from dateline.cli.shared import (
    FOUND,
    counted,
    encoding_option,
    explain,
    from_option,
    json_option,
    quit_with_nothing,
    say,
    say_json,
    table,
    texts_option,
    wrapped,
)
from dateline.corpus import Corpus
from dateline.digests import plain
from dateline.display import printable
from dateline.errors import TextNotAttached
from dateline.records import Article
from dateline.spans import Span
from dateline.texts import Outcome, Passage, Reading, line_and_column
from dateline.texts import attach as attached
from dateline.texts.overlap import RUN, Overlap, overlaps
from dateline.texts.passages import rights_notice


# A comment and those in the lines below it. What a string holds after such a sign is wording as well.
_COMMENT = re.compile(r"#[^\n]*(?:\n[ \t]*#[^\n]*)*")

#: Why some words are not shown.
_REFUSED: Final = "not found with certainty in the attached text"


@click.command
@click.argument("dataset")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="The exit code is 1 unless every text is exact or equal.")
@encoding_option
@click.option(
    "--words", metavar="FILE", help="Save the words of all evidence there; they may be in copyright."
)
@json_option
@click.pass_context
def attach(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    dataset: str,
    sources: tuple[str, ...],
    encoding: str | None,
    words: str | None,
    *,
    strict: bool,
    as_json: bool,
) -> None:
    """
    Recognise copies of the articles' texts.

    SOURCE is a folder, plain text, an HTML page, JSON Lines or a web archive; copies are known by content.
    A text is exact (the same bytes), equal (in a named form), near (changed, with the share of positions that
    were found again), different, missing or ambiguous.
    What gave no text, and copies that were taken for no article's, are listed as well.
    The exit code is 1 if nothing was recognised.
    """
    if words is not None and _is_among(words, sources):
        raise click.UsageError(f"--words: {printable(words)} is one of the sources; name another file")
    reading = _reading(opened(dataset), sources, encoding)
    if as_json:
        say_json(_plain_reading(reading))
    else:
        say("\n".join(map(printable, _lines(reading))))
    if words is not None:
        reading.dump_words(words)
        _say_rights((reading.corpus[article] for article in _with_text(reading)), error=True)
    is_wanting = strict and not all(outcome.is_proved for outcome in reading.outcomes.values())
    ctx.exit(FOUND if is_wanting or not _with_text(reading) else 0)


@click.command
@click.argument("identifier", metavar="ID")
@texts_option
@from_option
@encoding_option
@click.option("--context", is_flag=True, help="The whole sentences.")
@click.option("--body", is_flag=True, help="An article's text, without photo credits and the like.")
@click.option("--html", is_flag=True, help="The sentences as HTML, the words marked.")
@json_option
@click.pass_context
def read(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    identifier: str,
    sources: tuple[str, ...],
    dataset: str,
    encoding: str | None,
    *,
    context: bool,
    body: bool,
    html: bool,
    as_json: bool,
) -> None:
    """
    Print the words that a record points to.

    ID is a claim's (its evidence), an article's (that of all its claims) or an entity's (its mentions).
    Each stretch has its position, line and column in the attached text, and tells whether it stands where the
    record says (same), elsewhere (moved), at several places (ambiguous) or nowhere provably (lost).
    SOURCE is a folder, plain text, an HTML page, JSON Lines or a web archive; copies are known by content.
    The words may be in copyright; whose they are is printed, too.
    The exit code is 1 if there is no text, or words are not found.
    """
    if body + html + as_json > 1:
        raise click.UsageError("--body, --html and --json exclude one another")
    corpus = opened(dataset)
    record = pages.find(corpus, identifier)
    if body and not isinstance(record, Article):
        raise click.UsageError(f"--body is for an article, {record.id} is none")
    reading = _reading(corpus, sources, encoding)
    try:
        if body:
            _say_text(reading.body(record.id))
            _say_rights([corpus[record.id]])
            return
        passages = list(_passages(reading, record))
    except TextNotAttached as error:
        explain(error)
        ctx.exit(FOUND)
    found = [passage for passage in passages if passage.placed.span]
    if as_json:
        say_json([_plain_passage(passage) for passage in passages])
    elif html:
        say("\n".join(passage.html() for passage in found))
    else:
        for passage in passages:
            _say_passage(passage, context=context)
        _say_rights({passage.article: corpus[passage.article] for passage in found}.values())
    if not passages or len(found) < len(passages):
        quit_with_nothing(f"{len(found)} of {counted(len(passages), 'span')} found")


@click.command
@click.argument("dataset")
@texts_option
@encoding_option
@click.option(
    "--run",
    type=click.IntRange(min=0),
    metavar="N",
    default=RUN,
    show_default=True,
    help="So many words in a row are allowed.",
)
@click.option("--words", is_flag=True, help="Print the words, and whose they are; they may be in copyright.")
@json_option
@click.pass_context
def overlap(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    dataset: str,
    sources: tuple[str, ...],
    encoding: str | None,
    run: int,
    *,
    words: bool,
    as_json: bool,
) -> None:
    """
    Measure how many words in a row records share with texts.

    DATASET may be a curated source; its comments, its reasons for gaps and its Markdown then count as well.
    SOURCE is a folder, plain text, an HTML page, JSON Lines or a web archive; copies are known by content.
    For each text the longest run is printed, and every one that is longer than allowed, with its field.
    Names, printed headlines and credits are facts and left out.
    The exit code is 1 if a run is longer than allowed, or there is no text.
    """
    corpus, more = _wording(dataset)
    reading = _reading(corpus, sources, encoding)
    found = overlaps(reading, beyond=run, more=more)
    if as_json:
        say_json([_plain_overlap(each, reading, words=words) for each in found])
    elif found:
        say(_overlap_table(found, reading, words=words))
        if words:
            _say_rights(corpus[article] for article in dict.fromkeys(each.article for each in found))
    for outcome in reading.outcomes.values():
        if not outcome.has_text:
            say(printable(f"dateline: not compared: {outcome}"), error=True)
    ctx.exit(FOUND if not _with_text(reading) or any(each.run > run for each in found) else 0)


def _reading(corpus: Corpus, sources: tuple[str, ...], encoding: str | None) -> Reading:
    # A single one that is not there is an error; among several it is told like what cannot be read.
    source = sources[0] if len(sources) == 1 else sources
    with Progress("attaching") as progress:
        return attached(corpus, source, encoding=encoding, watch=progress.step)


def _is_among(file: str, sources: Iterable[str]) -> bool:
    """
    Whether *file* is there, and one of the *sources* or in a folder that is.
    """
    path = Path(file).resolve()

    return path.exists() and any(path.is_relative_to(Path(source).resolve()) for source in sources)


def _with_text(reading: Reading) -> list[str]:
    return [article for article, outcome in reading.outcomes.items() if outcome.has_text]


def _lines(reading: Reading) -> Iterator[str]:
    for outcome in reading.outcomes.values():
        yield str(outcome)
        yield from (f"    {origin}" for origin in outcome.origins)
        if outcome.changed:
            yield "    differs at " + ", ".join(map(str, outcome.changed))
        if outcome.also:
            yield "    also like " + ", ".join(outcome.also)
    yield from (f"not read: {unread}" for unread in reading.unread)
    yield from (f"taken for no article: {origin}" for origin in reading.unclaimed)
    yield reading.summary


def _plain_reading(reading: Reading) -> dict[str, Any]:
    return {
        "summary": reading.summary,
        "outcomes": [_plain_outcome(outcome) for outcome in reading.outcomes.values()],
        "unread": [{"origin": unread.origin, "problem": unread.problem} for unread in reading.unread],
        "unclaimed": list(reading.unclaimed),
    }


def _plain_outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "article": outcome.article,
        "match": outcome.match.value,
        "proved": outcome.is_proved,
        "form": outcome.form,
        "origins": list(outcome.origins),
        "share": outcome.share,
        "changed": plain(outcome.changed),
        "also": list(outcome.also),
        "note": outcome.note,
    }


def _passages(reading: Reading, record: pages.Record) -> Iterator[Passage]:
    if isinstance(record, Article):
        # For the error, where no claim would raise it.
        reading.text(record)
        for claim in record.claims:
            yield from reading.passages(claim)
    else:
        yield from reading.passages(record)


def _say_passage(passage: Passage, *, context: bool) -> None:
    if not passage.placed.span:
        say(f"{passage.article} {passage.evidence}: {passage.status.value}, {_REFUSED}")
        return
    place = f"line {passage.line}, column {passage.column}"
    say(f"{passage.article} {passage.span}: {passage.status.value}, {place}")
    # Whatever is between two lines of the text is one space here.
    say(wrapped(" ".join((passage.sentence if context else passage.words).split()), "    ", "    "))


def _say_text(text: str) -> None:
    say("\n".join(map(printable, text.split("\n"))))


def _say_rights(articles: Iterable[Article], *, error: bool = False) -> None:
    for notice in dict.fromkeys(rights_notice(article.rights) for article in articles):
        say(printable(notice), error=error)


def _plain_passage(passage: Passage) -> dict[str, Any]:
    span = passage.placed.span

    return {
        "article": passage.article,
        "evidence": _plain_span(passage.evidence),
        "status": passage.status.value,
        "span": span and _plain_span(span),
        "line": span and passage.line,
        "column": span and passage.column,
        "words": span and passage.words,
        "sentence": span and passage.sentence,
        "rights": rights_notice(passage.rights),
    }


def _plain_span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _wording(dataset: str) -> tuple[Corpus, dict[tuple[str, str], str]]:
    """
    What *dataset* names; and of a curated source the reasons for gaps, the Markdown and the comments.
    """
    folder = Path(dataset)
    if not (folder / curated.DATASET).is_file():
        return opened(dataset), {}
    source = curated.read_source(folder)
    more = {(path.name, "text"): _read(path) for path in sorted(folder.glob("*.md"))}
    for article, gaps in source.gaps.items():
        more |= {(article, f"uncovered[{number}].reason"): gap.reason for number, gap in enumerate(gaps)}
    for path in sorted(folder.glob("*.toml")):
        text = _read(path)
        for match in _COMMENT.finditer(text):
            more[path.name, f"comment in line {line_and_column(text, match.start())[0]}"] = match[0]

    return source.corpus, more


def _read(path: Path) -> str:
    return files.read(path).decode("utf-8", "replace")


def _plain_overlap(overlap: Overlap, reading: Reading, *, words: bool) -> dict[str, Any]:
    rights = rights_notice(reading.corpus[overlap.article].rights)
    shown = {"words": _words(overlap, reading), "rights": rights} if words else {}

    return {
        "article": overlap.article,
        "run": overlap.run,
        "span": _plain_span(overlap.span),
        "record": overlap.record,
        "field": overlap.field,
        "wording": _plain_span(overlap.wording),
        **shown,
    }


def _overlap_table(found: Iterable[Overlap], reading: Reading, *, words: bool) -> str:
    header = ("words", "text", "at", "record", "field", "at", *(["words"] if words else []))
    rows = (
        (
            overlap.run,
            overlap.article,
            overlap.span,
            overlap.record,
            overlap.field,
            overlap.wording,
            *([_words(overlap, reading)] if words else []),
        )
        for overlap in found
    )

    return table(header, rows)


def _words(overlap: Overlap, reading: Reading) -> str:
    return reading.text(overlap.article)[overlap.span.start : overlap.span.end]


COMMANDS: Final = {command.name: command for command in (attach, read, overlap)}
