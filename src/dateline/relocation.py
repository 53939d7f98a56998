"""
Moving the positions of a curated source to a corrected text, and telling which of them need a person.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import frozen

from dateline import curated, files
from dateline.corpus import Corpus
from dateline.errors import DigestMismatch, InvalidDocument, NoSuchArticle
from dateline.fingerprints import sha256
from dateline.inplace import Steps, with_pairs, with_value
from dateline.provenance import Capture, FieldSource
from dateline.records import Article
from dateline.spans import Span, nfc_lf
from dateline.strict_json import parse_json
from dateline.suggesting import nearest
from dateline.texts.alignment import Alignment, Placed, SpanStatus, align
from dateline.texts.kept import Kept
from dateline.vocabulary import Basis


_LOST: Final = Placed(SpanStatus.LOST)
_AMBIGUOUS: Final = Placed(SpanStatus.AMBIGUOUS)


@frozen(kw_only=True)
class Moved:
    """
    What becomes of one span of a curated source.
    """

    #: The article's id, or the claim's.
    record: str

    #: Such as ``evidence``, ``stated.headline`` or ``mentions.place/kherson``.
    field: str

    #: In the text that was annotated.
    old: Span

    #: In the corrected text; refused if it needs a person.
    placed: Placed

    #: What a person should look at there; None if nothing tells.
    near: Span | None = None

    def __str__(self) -> str:
        if self.placed.span:
            return f"{self.record} {self.field} {self.old} -> {self.placed.span}"
        near = f", look at {self.near}" if self.near else ""

        return f"{self.record} {self.field} {self.old} {self.placed.status.value}{near}"


@frozen(kw_only=True)
class Relocation:
    """
    The positions of one article's file as a corrected text demands them; nothing is written yet.
    """

    folder: Path

    #: The name of the article's file.
    file: str

    article: str

    #: One for each span that is written there, in its order.
    spans: tuple[Moved, ...]

    #: The file as it should be: spans that need a person are marked, so that no check passes over them.
    document: bytes

    @property
    def left(self) -> tuple[Moved, ...]:
        """
        The spans that need a person.
        """
        return tuple(moved for moved in self.spans if moved.placed.span is None)

    @property
    def changed(self) -> tuple[Moved, ...]:
        """
        The spans that were found at other offsets.
        """
        return tuple(moved for moved in self.spans if moved.placed.status is SpanStatus.MOVED)


def relocate(
    folder: str | os.PathLike[str],
    article: str,
    text: str | os.PathLike[str],
    *,
    old: str | os.PathLike[str] | None = None,
) -> Relocation:
    """
    Find the spans of *article*, in the curated source in *folder*, again in the file *text*.

    With the *old* text at hand, words that it and the new one have in common are compared exactly.
    Whatever that does not place is looked for as in any changed copy, by what ships about the text;
    what that does not prove is left for a person.
    In the file that results, each such span holds its old offsets and why it was left: ``[12, 34, "lost"]``.
    File name, size and digest of the text are renewed; whatever else stands there, comments too, stays,
    so that revision and date of capture are for you to see to.

    Raises:
        NoSuchArticle: If the source has no such article.
        InvalidValue: If the new text is not UTF-8.
        DigestMismatch: If *old* is not the text that was annotated.
        InvalidDocument: If a span is written in a way that cannot be replaced.
        And whatever :func:`dateline.curated.read_source` raises.
    """
    root = Path(folder)
    corpus = curated.read_source(root).corpus
    if article not in corpus:
        raise NoSuchArticle(article, nearest(article, corpus))
    file, data = next(draft for draft in curated.drafts(root) if draft[1]["id"] == article)
    record = corpus[article]
    if record.capture is None:
        raise InvalidDocument(file, None, "must have a capture, which says what text the spans count in")
    new = files.read(text)
    kept = None if old is None else Kept(_annotated(record.capture, files.read(old)), nfc_lf(new))
    spans = dict(_spans(data))
    placed = _placed(record, corpus, nfc_lf(new), set(spans.values()), kept)
    pairs = {steps: _pair(span, placed[span]) for steps, span in spans.items()}
    document = with_pairs(files.read(root / file).decode(), pairs, file)
    capture: dict[str, str | int] = {"file": Path(text).name, "size": len(new), "digest": sha256(new)}
    for key, value in capture.items():
        document = with_value(document, ("capture", key), value, file)

    return Relocation(
        folder=root,
        file=file,
        article=article,
        spans=tuple(_moved(data, steps, span, placed[span], kept) for steps, span in spans.items()),
        document=document.encode(),
    )


def write(relocation: Relocation) -> None:
    """
    Save what was found in the article's file, and drop the fingerprint of the old text.

    Without a fingerprint the source cannot be released until one is made of the new text, for which every
    span that was left must be mended.

    Raises:
        NotWritten: If a file cannot be saved; an old file under that name is untouched.
    """
    path = relocation.folder / curated.FINGERPRINTS
    prints = curated.as_table(parse_json(files.read(path), path.name), "it", path.name)
    prints.pop(relocation.article, None)
    # First, since a fingerprint that does not fit the file would be believed.
    files.write(path, json.dumps(prints, indent=1, sort_keys=True).encode() + b"\n")
    files.write(relocation.folder / relocation.file, relocation.document)


def _spans(data: Mapping[str, Any]) -> Iterator[tuple[Steps, Span]]:
    """
    Every span that is written in an article's file, with the way to it.
    """
    yield from _listed(("furniture",), data.get("furniture", []))
    for number, gap in enumerate(data.get("uncovered", [])):
        start, end = gap["span"]
        yield ("uncovered", number, "span"), Span(start, end)
    yield from _grouped(("mentions",), data.get("mentions", {}))
    yield from _grouped(("stated",), data.get("stated", {}))
    for number, claim in enumerate(data.get("claims", [])):
        yield from _listed(("claims", number, "evidence"), claim["evidence"])
        yield from _grouped(("claims", number, "stated"), claim.get("stated", {}))


def _grouped(steps: Steps, groups: Mapping[str, list[list[int]]]) -> Iterator[tuple[Steps, Span]]:
    for name, pairs in groups.items():
        yield from _listed((*steps, name), pairs)


def _listed(steps: Steps, pairs: list[list[int]]) -> Iterator[tuple[Steps, Span]]:
    for number, (start, end) in enumerate(pairs):
        yield (*steps, number), Span(start, end)


def _annotated(capture: Capture, data: bytes) -> str:
    if sha256(data) != capture.digest:
        raise DigestMismatch(capture.file, capture.digest, sha256(data))

    return nfc_lf(data)


def _placed(
    article: Article, corpus: Corpus, new: str, spans: Iterable[Span], kept: Kept | None
) -> dict[Span, Placed]:
    """
    For each of the *spans* what becomes of it in the *new* text.
    """
    if article.text and sha256(new.encode()) == article.text.nfc_lf:
        return {span: Placed(SpanStatus.SAME, span) for span in spans}
    alignment = align(_probe(article, spans), corpus.entities, new)
    placed = {}
    for span in spans:
        found = kept.place(span) if kept else None
        if found:
            placed[span] = Placed(SpanStatus.SAME if found == span else SpanStatus.MOVED, found)
        else:
            guess = _guessed(alignment, span)
            placed[span] = _LOST if kept and guess.span and kept.differ(span, guess.span) else guess

    return placed


def _guessed(alignment: Alignment, span: Span) -> Placed:
    if not alignment.alike:
        return _LOST
    # Which of several is the corrected text, what ships does not tell.
    return _AMBIGUOUS if alignment.repeated else alignment.place(span)


def _probe(article: Article, spans: Iterable[Span]) -> Article:
    """
    The article with all the *spans* as evidence, so that they are looked for, gaps and furniture too.
    """
    source = FieldSource(fields=("text",), basis=Basis.STATED, evidence=tuple(spans))

    return attrs.evolve(article, sources=(*article.sources, source))


def _pair(span: Span, placed: Placed) -> tuple[object, ...]:
    if placed.span is None:
        return span.start, span.end, placed.status.value

    return placed.span.start, placed.span.end


def _moved(data: Mapping[str, Any], steps: Steps, span: Span, placed: Placed, kept: Kept | None) -> Moved:
    record = str(data["id"])
    if steps[0] == "claims":
        record = f"{record}/{data['claims'][steps[1]]['id']}"
        steps = steps[2:]

    return Moved(
        record=record,
        field=".".join(step for step in steps if isinstance(step, str)),
        old=span,
        placed=placed,
        near=None if placed.span or kept is None else kept.near(span),
    )
