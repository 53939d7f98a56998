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

_BYTES, _NFC_LF, _LOOSE, _LOOSE_BODY = range(len(FORMS))

#: For each article that a copy is equal to, the rung.
Reached: TypeAlias = dict[ArticleId, int]


class Ladder:
    """
    The digests of the articles' texts, strictest form first.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        #: For each digest its articles, and the rung on which each of them has it.
        self._rungs: dict[Digest, list[tuple[int, ArticleId]]] = {}
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
        reached: Reached = {}
        for digest, strictest in _digests(data.encode() if isinstance(data, str) else data):
            for rung, article in self._rungs.get(digest, ()):
                if rung >= strictest:
                    reached.setdefault(article, rung)
            if reached and self._shared.isdisjoint(reached):
                break

        return reached

    def _enter(self, article: ArticleId, text: TextFingerprint) -> None:
        rungs = dict.fromkeys((text.loose_body, text.loose, text.nfc_lf, text.exact))
        for digest in rungs:
            entries = self._rungs.setdefault(digest, [])
            if entries:
                self._shared.update(other for _, other in entries)
                self._shared.add(article)
        for rung, digest in enumerate((text.exact, text.nfc_lf, text.loose, text.loose_body)):
            self._rungs[digest].append((rung, article))


def _digests(data: bytes) -> Iterator[tuple[Digest, int]]:
    """
    The digests of a text in each form, made as they are asked for, each with the strictest rung it can prove.
    """
    digest = sha256(data)
    yield digest, _BYTES
    text = nfc_lf(data)
    plain = text.encode()
    if plain != data:
        yield sha256(plain), _NFC_LF
    yield sha256(loose(text).text.encode()), _LOOSE
