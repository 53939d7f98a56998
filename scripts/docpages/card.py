"""
What the data card counts, out of the release and its curated source.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import dateline
from dateline import vocabulary
from dateline.curated import read_source
from dateline.fingerprints import ANCHOR_STEP, ANCHOR_WINDOW
from dateline.records import Article
from dateline.spans import MIN_TAGGED, TAG_DIGITS, Span
from dateline.texts.hits import evidence
from docpages.markdown import as_sentence, code, sentences, table


DATASET: Final = "ukraine-2022"
SOURCE: Final = Path(__file__).resolve().parents[2] / "data" / DATASET

#: A tag is so many hexadecimal digits of four bits each; an anchor has five.
TAG_BITS: Final = 4 * TAG_DIGITS
ANCHOR_BITS: Final = 4 * 5

_KINDS: Final = ("articles", "claims", "entities")


def facts() -> str:
    """
    What the release says of itself.
    """
    corpus, described = _loaded()
    rows = (
        ("version", corpus.version),
        ("released", described.released),
        ("licence of the records", described.licence),
        ("made by", ", ".join(described.creators)),
        ("language of the records", code(described.language)),
        *((kind, len(getattr(corpus, kind))) for kind in _KINDS),
        ("relations between claims", sum(len(claim.relations) for claim in corpus.claims.values())),
    )
    told = f"**{described.title}.**\n\n{sentences(described.description)}"

    return f"{told}\n\n```text\n{corpus.pin}\n```\n\n{table(('fact', 'value'), rows)}"


def articles() -> str:
    """
    The articles, in the order in which they may have been published.
    """
    head = ("article", "publisher", "published", "claims", "length")

    return table(head, map(_article, _by_date()), "   rr")


def review() -> str:
    """
    What came of the second reading, out of its protocol.
    """
    text = (SOURCE / "REVIEW.md").read_text(encoding="utf-8")
    match = re.search(r"^\| all \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    if match is None:
        raise SystemExit("REVIEW.md must have a row '| all | … |' of four numbers")
    drafted, doubted, added, final = match.groups()

    return (
        f"Of the {drafted} claims of the first draft {doubted} were doubted in at least one field, "
        f"and {added} that were missing were added; {final} remain.\n"
    )


def counts() -> str:
    """
    Claims, relations and entities by kind, claims by stance, and fields by basis.
    """
    corpus, _ = _loaded()
    claims = corpus.claims.values()
    relations = [relation.kind for claim in claims for relation in claim.relations]
    entities = [entity.kind for entity in corpus.entities.values()]
    parts = (
        ("Claims by kind:", _tally(vocabulary.Kind, [claim.kind for claim in claims], "claims")),
        ("Claims by stance:", _tally(vocabulary.Stance, [claim.stance for claim in claims], "claims")),
        ("Relations by kind:", _tally(vocabulary.RelationKind, relations, "relations")),
        ("Entities by kind:", _tally(vocabulary.EntityKind, entities, "entities")),
        ("Fields by basis, over all records of each kind:", _by_basis(corpus)),
    )

    return "\n".join(f"{title}\n\n{rows}" for title, rows in parts)


def unknown() -> str:
    """
    For each field how often it is unknown.
    """
    corpus, _ = _loaded()
    rows = [
        (kind, code(name), count, len(getattr(corpus, kind)))
        for kind in _KINDS
        for name, count in sorted(_unknown_fields(getattr(corpus, kind).values()).items())
    ]

    return table(("records", "field", "unknown in", "of"), rows, "  rr")


def gaps() -> str:
    """
    What the claims leave out on purpose.
    """
    rows = [
        (code(article), f"{gap.span.start}–{gap.span.end}", as_sentence(gap.reason))
        for article, found in sorted(read_source(SOURCE).gaps.items())
        for gap in sorted(found, key=lambda gap: gap.span.start)
    ]

    return table(("article", "position", "reason"), rows)


def bits() -> str:
    """
    What ships about each text, in bits.
    """
    kept = (
        "- four digests of 256 bits, each of the whole text in one form: they confirm a whole copy;\n"
        f"- a tag of {TAG_BITS} bits for each distinct stretch of evidence "
        f"of at least {MIN_TAGGED} characters;\n"
        f"- an anchor of {ANCHOR_BITS} bits for one window of {ANCHOR_WINDOW} characters "
        f"in each {ANCHOR_STEP}, to recognise a changed copy.\n"
    )

    return f"{kept}\n{bits_table()}"


def bits_table() -> str:
    """
    How many bits of tags and anchors ship about each text.
    """
    head = (
        "article",
        "length",
        "tagged stretches",
        "anchors",
        "bits in tags and anchors",
        "bits a character",
    )

    return table(head, map(_bits_of, _by_date()), " rrrrr")


def cover() -> str:
    """
    How much of each text tags and anchors lie on, and what names tell of it.
    """
    head = ("article", "under tags", "under anchors", "under either", "gaps", "longest gap", "under names")

    return table(head, map(_cover_of, _by_date()), " rrrrrr")


def _loaded() -> tuple[dateline.Corpus, dateline.Description]:
    corpus = dateline.load(DATASET)
    if corpus.description is None:
        raise SystemExit("a shipped dataset must have a description")

    return corpus, corpus.description


def _by_date() -> list[Article]:
    def day(article: Article) -> tuple[datetime.date, str]:
        return (article.published.earliest if article.published else datetime.date.max), article.id

    return sorted(_loaded()[0].values(), key=day)


def _article(article: Article) -> tuple[object, ...]:
    name = article.publisher.name if article.publisher else "unknown"
    shown = f"[{name}]({article.url})" if article.url else name
    length = article.text.length if article.text else "unknown"

    return code(article.id), shown, code(article.published), len(article.claims), length


def _tally(kind: Any, values: Iterable[Any], noun: str) -> str:
    found = Counter(values)
    rows = [(code(word.value), word.definition, found[word]) for word in kind]

    return table(("word", "meaning", noun), rows, "  r")


def _by_basis(corpus: dateline.Corpus) -> str:
    found = [
        Counter(
            source.basis
            for record in getattr(corpus, kind).values()
            for source in record.sources
            for _ in source.fields
        )
        for kind in _KINDS
    ]
    rows = [
        (code(basis.value), basis.definition, *(count[basis] for count in found))
        for basis in vocabulary.Basis
    ]

    return table(("basis", "meaning", *_KINDS), rows, "  rrr")


def _unknown_fields(records: Iterable[Any]) -> Counter[str]:
    return Counter(
        name
        for record in records
        for source in record.sources
        if source.basis is vocabulary.Basis.UNKNOWN
        for name in source.fields
    )


def _bits_of(article: Article) -> tuple[object, ...]:
    if article.text is None:
        return code(article.id), *("unknown",) * 5
    tagged = len({(span.start, span.end) for span in evidence(article) if span.tag is not None})
    anchors = len(article.text.anchors)
    total = tagged * TAG_BITS + anchors * ANCHOR_BITS

    return code(article.id), article.text.length, tagged, anchors, total, f"{total / article.text.length:.2f}"


def _cover_of(article: Article) -> tuple[object, ...]:
    if article.text is None:
        return code(article.id), *("unknown",) * 6
    length = article.text.length
    tags = _offsets(span for span in evidence(article) if span.tag is not None)
    anchors = _offsets(Span(anchor.start, anchor.start + ANCHOR_WINDOW) for anchor in article.text.anchors)
    names = _offsets(span for mention in article.mentions for span in mention.spans)
    edges = sorted(tags | anchors | {-1, length})
    gaps = [after - before - 1 for before, after in itertools.pairwise(edges) if after - before > 1]
    shares = [f"{100 * len(each) / length:.0f} %" for each in (tags, anchors, tags | anchors, names)]

    return code(article.id), *shares[:3], len(gaps), max(gaps, default=0), shares[3]


def _offsets(spans: Iterable[Span]) -> set[int]:
    return {offset for span in spans for offset in range(span.start, span.end)}
