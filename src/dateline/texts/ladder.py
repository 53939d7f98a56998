"""
The ladder of digests: which texts a copy is equal to, in the strictest form in which it is.
"""

from __future__ import annotations

import codecs
import itertools
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final, TypeAlias

from dateline.fingerprints import TextFingerprint
from dateline.ids import ArticleId
from dateline.records import Article
from dateline.spans import LOOSE, NFC_LF, loose, nfc_lf


#: The form in which a text without its photo credits and "read more" lines is compared.
LOOSE_BODY: Final = f"{LOOSE} without furniture"

#: The form of each rung, the strictest first; None stands for the bytes.
FORMS: Final = (None, NFC_LF, LOOSE, LOOSE_BODY)

_BYTES, _NFC_LF, LOOSE_RUNG, _LOOSE_BODY = range(len(FORMS))

#: For each article that a copy is equal to, the rung.
Reached: TypeAlias = dict[ArticleId, int]


class Ladder:
    """
    The digests of the articles' texts, strictest form first.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        #: For each digest the first article that has it, and the strictest rung on which it does.
        self._first: dict[bytes, tuple[ArticleId, int]] = {}
        #: The same of all articles, where several have it.
        self._several: dict[bytes, list[tuple[ArticleId, int]]] = {}
        #: Articles with the same text as another, in some form: for them a copy goes down the whole ladder.
        self._shared: set[ArticleId] = set()
        #: Whether the bytes of some article are not in the form ``nfc-lf-1``.
        self._has_other_bytes = False
        for article in articles:
            if article.text:
                self._enter(article.id, article.text)

    def reached(self, data: bytes | str) -> Reached:
        """
        The articles that a text is equal to, each on the strictest rung; empty if it is equal to none.

        Where the text is the annotated one, in its bytes or but for its line ends, and no other article
        shares it, this is one digest and one look-up.
        """
        data = data.encode() if isinstance(data, str) else data
        # No article has the digest of bytes that are not in the form, if those of all are.
        plain = data if self._has_other_bytes else _with_line_feeds(data)
        strictest = _BYTES if plain == data else _NFC_LF
        digest = sha256(plain).digest()
        first = self._first.get(digest)
        if first and first[0] not in self._shared:
            return {first[0]: first[1] or strictest}

        return self._further(itertools.chain([(digest, strictest)], _digests(data, plain)))

    def _further(self, digests: Iterable[tuple[bytes, int]]) -> Reached:
        """
        What the *digests* reach, each with the rung that it proves, as far down as something may be found.
        """
        reached: Reached = {}
        for digest, strictest in digests:
            first = self._first.get(digest)
            for article, rung in self._several.get(digest, [first] if first else ()):
                reached.setdefault(article, max(rung, strictest))
            if reached and self._shared.isdisjoint(reached):
                break

        return reached

    def _enter(self, article: ArticleId, text: TextFingerprint) -> None:
        rungs = {
            text.loose_body: _LOOSE_BODY,
            text.loose: LOOSE_RUNG,
            text.nfc_lf: _NFC_LF,
            text.exact: _BYTES,
        }
        for printed, rung in rungs.items():
            digest = bytes.fromhex(printed.removeprefix("sha256:"))
            entry = article, rung
            first = self._first.setdefault(digest, entry)
            if first is not entry:
                self._several.setdefault(digest, [first]).append(entry)
                self._shared.update((first[0], article))
        if text.exact != text.nfc_lf:
            self._has_other_bytes = True


def _digests(data: bytes, plain: bytes) -> Iterator[tuple[bytes, int]]:
    """
    The digests of a text in the further forms, made as they are asked for, each with the rung that it proves.
    """
    text = nfc_lf(data)
    normal = text.encode()
    if normal != plain:
        yield sha256(normal).digest(), _NFC_LF
    yield sha256(loose(text).text.encode()).digest(), LOOSE_RUNG


def _with_line_feeds(data: bytes) -> bytes:
    """
    The bytes without a byte order mark and, if every line ends in CRLF, with line feeds for them.

    Of most texts this is the form ``nfc-lf-1``; of all it is on the way to it.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    # How the first line ends is how most do.
    end = data.find(b"\n")
    if data[end - 1 : end] != b"\r":
        return data
    # Single bytes are replaced many times as fast as pairs; the way back shows if each was half of a pair.
    plain = data.replace(b"\r", b"")

    return plain if plain.replace(b"\n", b"\r\n") == data else data
