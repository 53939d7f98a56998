"""
The ladder of digests: which texts a copy is equal to, in the strictest form in which it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from dateline.fingerprints import TextFingerprint, sha256
from dateline.ids import ArticleId, Digest
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
        #: For each digest its articles, and the strictest rung on which each of them has it.
        self._rungs: dict[Digest, list[tuple[ArticleId, int]]] = {}
        #: Articles with the same text as another, in some form: for them a copy goes down the whole ladder.
        self._shared: set[ArticleId] = set()
        for article in articles:
            if article.text:
                self._enter(article.id, article.text)

    def reached(self, data: bytes | str) -> Reached:
        """
        The articles that a text is equal to, each on the strictest rung; empty if it is equal to none.

        Where the bytes are the annotated ones, and no other article shares the text, this is one digest
        and one look-up.
        """
        plain = data.encode() if isinstance(data, str) else data
        reached = dict(self._rungs.get(sha256(plain), ()))
        if reached and self._shared.isdisjoint(reached):
            return reached
        for digest, strictest in _further(plain):
            for article, rung in self._rungs.get(digest, ()):
                reached.setdefault(article, max(rung, strictest))
            if reached and self._shared.isdisjoint(reached):
                return reached

        return reached

    def _enter(self, article: ArticleId, text: TextFingerprint) -> None:
        rungs = {
            text.loose_body: _LOOSE_BODY,
            text.loose: LOOSE_RUNG,
            text.nfc_lf: _NFC_LF,
            text.exact: _BYTES,
        }
        for digest, rung in rungs.items():
            entries = self._rungs.setdefault(digest, [])
            if entries:
                self._shared.update([article, *(other for other, _ in entries)])
            entries.append((article, rung))


def _further(data: bytes) -> Iterator[tuple[Digest, int]]:
    """
    The digests of a text in the further forms, made as they are asked for, each with the rung that it proves.
    """
    text = nfc_lf(data)
    plain = text.encode()
    if plain != data:
        yield sha256(plain), _NFC_LF
    yield sha256(loose(text).text.encode()), LOOSE_RUNG
