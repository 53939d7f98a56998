"""
The ladder of digests: which texts a copy is equal to, in the strictest form in which it is.
"""

from __future__ import annotations

import codecs
import functools
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from operator import attrgetter
from typing import Final, TypeAlias

from dateline.fingerprints import TextFingerprint
from dateline.ids import ArticleId, Digest
from dateline.records import Article
from dateline.spans import LOOSE, NFC_LF, loose, nfc_lf


#: The form in which a text without its photo credits and "read more" lines is compared.
LOOSE_BODY: Final = f"{LOOSE} without furniture"

#: The form of each rung, the strictest first; None stands for the bytes.
FORMS: Final = (None, NFC_LF, LOOSE, LOOSE_BODY)

_BYTES, _NFC_LF, LOOSE_RUNG, _LOOSE_BODY = range(len(FORMS))

#: Where a fingerprint has the digest of each rung.
_NAMES: Final = ("exact", "nfc_lf", "loose", "loose_body")

#: The digests of a text, one for each rung.
_rungs: Callable[[TextFingerprint], tuple[Digest, ...]] = attrgetter(*_NAMES)

#: What a printed digest begins with.
_ALGORITHM: Final = len("sha256:")

#: For each article that a copy is equal to, the rung.
Reached: TypeAlias = dict[ArticleId, int]


class Ladder:
    """
    The digests of the articles' texts, strictest form first.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self._texts = [(article.id, article.text) for article in articles if article.text]
        #: The article of each digest of bytes: all that is asked where texts are the annotated ones.
        self._exact = {bytes.fromhex(text.exact[_ALGORITHM:]): article for article, text in self._texts}
        #: Whether the bytes of some article are not in the form ``nfc-lf-1``.
        self._has_other_bytes = any(text.exact != text.nfc_lf for _, text in self._texts)
        #: Articles with the same text as another, in some form: for them a copy goes down the whole ladder.
        self._shared = self._sharing()

    def _sharing(self) -> frozenset[ArticleId]:
        # Counted first: mostly there are none, and whatever is done for each text counts beside hashing it.
        texts = [text for _, text in self._texts]
        names = _NAMES[_NFC_LF:] if self._has_other_bytes else _NAMES[LOOSE_RUNG:]
        if len(self._exact) == len(texts) and all(
            len({*map(attrgetter(name), texts)}) == len(texts) for name in names
        ):
            return frozenset()
        several = [entries for entries in self._entries.values() if len(entries) > 1]

        return frozenset(article for entries in several for article, _ in entries)

    @functools.cached_property
    def _entries(self) -> dict[bytes, list[tuple[ArticleId, int]]]:
        """
        For each digest the articles that have it, each with the strictest rung on which it does.

        It is made when a text comes that :attr:`_exact` does not settle.
        """
        entries = defaultdict(list)
        for article, text in self._texts:
            digests = _rungs(text)
            for digest in {*digests}:
                entries[bytes.fromhex(digest[_ALGORITHM:])].append((article, digests.index(digest)))

        return entries

    def reached(self, data: bytes | str) -> Reached:
        """
        The articles that a text is equal to, each on the strictest rung; empty if it is equal to none.

        Where the text is the annotated one, in its bytes or but for its line ends, and no other article
        shares it, this is one digest and one look-up. If the bytes of some article are in another form
        than ``nfc-lf-1``, a copy that is not an article's bytes takes two.
        """
        data = data.encode() if isinstance(data, str) else data
        plain = data
        # No article has the digest of bytes that are not in the form, if those of all are. The first line
        # tells: to look for CRs in all would take a quarter of a digest, and texts of both ends are few.
        end = data.find(b"\n")
        if not self._has_other_bytes and (data[end - 1 : end] == b"\r" or data.startswith(codecs.BOM_UTF8)):
            plain = _with_line_feeds(data)
        strictest = _BYTES if plain == data else _NFC_LF
        digest = sha256(plain).digest()
        article = self._exact.get(digest)
        if article and article not in self._shared:
            return {article: strictest}

        return self._further(itertools.chain([(digest, strictest)], _digests(data, plain)))

    def _further(self, digests: Iterable[tuple[bytes, int]]) -> Reached:
        """
        What the *digests* reach, each with the rung that it proves, as far down as something may be found.
        """
        reached: Reached = {}
        for digest, strictest in digests:
            for article, rung in self._entries.get(digest, ()):
                reached.setdefault(article, max(rung, strictest))
            if reached and self._shared.isdisjoint(reached):
                break

        return reached


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
    # Single bytes are replaced many times as fast as pairs; the way back shows if each was half of a pair.
    plain = data.replace(b"\r", b"")

    return plain if plain.replace(b"\n", b"\r\n") == data else data
