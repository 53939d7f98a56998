"""
What ships about a text that does not ship: enough to recognise it, too little to rebuild it.

Tags and anchors are salted with the article's id. They are not secret and confirm a guess, so they are few:
only long evidence is tagged, with 24 bits, and anchors have 20 bits and wide gaps.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from attrs import field, frozen

from dateline.bases import Base
from dateline.errors import InvalidValue
from dateline.ids import ArticleId, Digest, parse_digest
from dateline.spans import MIN_TAGGED, LooseText, Span, loose, nfc_lf, tagger
from dateline.validators import as_tuple, checked, is_natural, is_positive, matches


#: Loose characters that an anchor covers, and from the start of one to the start of the next.
ANCHOR_WINDOW: Final = 40
ANCHOR_STEP: Final = 200

_ANCHOR_DIGITS = 5
_is_digest = checked(parse_digest)


@frozen(kw_only=True, repr=False)
class Anchor(Base):
    """
    One of a few points by which a changed copy of a text is recognised.
    """

    #: Offset in ``nfc-lf-1`` where the window of 40 loose characters begins.
    start: int = field(validator=is_natural)

    #: 20 salted bits of the window.
    tag: str = field(validator=matches(r"[0-9a-f]{5}", "0f3a9"))


@frozen(kw_only=True, repr=False)
class TextFingerprint(Base):
    """
    What ships about a text that does not ship: enough to recognise it, not to rebuild it.
    """

    #: In code points of ``nfc-lf-1``.
    length: int = field(validator=is_positive)

    #: Of the bytes as they reached us.
    exact: Digest = field(validator=_is_digest)

    #: Of the form ``nfc-lf-1``, as UTF-8.
    nfc_lf: Digest = field(validator=_is_digest)

    #: Of the form ``loose-1``, as UTF-8.
    loose: Digest = field(validator=_is_digest)

    #: Of ``loose-1`` without the furniture.
    loose_body: Digest = field(validator=_is_digest)

    #: What is in the text but not of the article: captions, credits, "read more" lines.
    furniture: tuple[Span, ...] = field(default=(), converter=as_tuple)

    #: In order, at least 120 characters apart.
    anchors: tuple[Anchor, ...] = field(default=(), converter=as_tuple)


def sha256(data: bytes) -> Digest:
    """
    The digest of some bytes.

    >>> sha256(b"")[:15]
    'sha256:e3b0c442'
    """
    return Digest(f"sha256:{hashlib.sha256(data).hexdigest()}")


def fingerprint(data: bytes, article: ArticleId, furniture: Iterable[Span] = ()) -> TextFingerprint:
    """
    The fingerprint of the text in *data*, salted for *article*.

    The *furniture* is left out of the body's digest and of the anchors.

    Raises:
        InvalidValue: If the bytes are not UTF-8 or hold no text, or furniture overlaps or lies beyond it.
    """
    text = nfc_lf(data)
    spans = tuple(sorted(furniture, key=lambda span: span.start))
    for before, after in itertools.pairwise((*spans, Span(len(text), len(text) + 1))):
        if before.end > after.start:
            raise InvalidValue("furniture", "lie within the text and apart", f"{before} and {after}")
    whole = loose(text)
    body = loose(without(text, spans)) if spans else whole

    return TextFingerprint(
        length=len(text),
        exact=sha256(data),
        nfc_lf=sha256(text.encode()),
        loose=sha256(whole.text.encode()),
        loose_body=sha256(body.text.encode()),
        furniture=spans,
        anchors=tuple(_anchors(whole, article, spans)),
    )


def without(text: str, furniture: Iterable[Span]) -> str:
    """
    A text with each of the *furniture* spans, sorted and apart, replaced by a space.

    >>> without("Photo: us. It rained.", [Span(0, 10)])
    '  It rained.'
    """
    parts = []
    position = 0
    for span in furniture:
        parts += [text[position : span.start], " "]
        position = span.end

    return "".join([*parts, text[position:]])


def tagged(span: Span, text: LooseText, article: ArticleId) -> Span:
    """
    The evidence *span* with its tag, if it is long enough to carry one.
    """
    words = text.between(span.start, span.end)
    if len(words) < MIN_TAGGED:
        return Span(span.start, span.end, None, span.article)

    return Span(span.start, span.end, tagger(article)(words), span.article)


def anchor_tagger(article: ArticleId) -> Callable[[str], str]:
    """
    What gives the tag of each anchor's window in loose form: 20 bits, salted otherwise than evidence is.
    """
    tag = tagger(f"{article}#anchor")

    return lambda window: tag(window)[:_ANCHOR_DIGITS]


def _anchors(text: LooseText, article: ArticleId, furniture: tuple[Span, ...]) -> Iterator[Anchor]:
    tag = anchor_tagger(article)
    for first in range(0, len(text.text) - ANCHOR_WINDOW + 1, ANCHOR_STEP):
        start, end = text.origins[first], text.origins[first + ANCHOR_WINDOW - 1] + 1
        if not any(span.start < end and start < span.end for span in furniture):
            yield Anchor(start=start, tag=tag(text.text[first : first + ANCHOR_WINDOW]))
