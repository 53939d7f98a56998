"""
Ids for articles that have none of ours: readable, and the same whenever the same file is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dateline.digests import canonical_json, plain
from dateline.fingerprints import sha256
from dateline.ids import ENTITY_KINDS, ArticleId, parse_article_id


#: Characters of a publisher's name and of a headline that an id keeps, at most.
PUBLISHER: Final = 40
HEADLINE: Final = 80

#: Hexadecimal digits of a digest that tell apart what words do not.
DIGITS: Final = 12

#: Latin letters that are not taken apart by NFKD.
_LETTERS: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)

_APOSTROPHES: Final = re.compile("['’ʼ`´]")


def identified(drafts: Sequence[Mapping[str, Any]]) -> list[ArticleId]:
    """
    An id for each draft, from its publisher, date and headline.

    Where these are the same for several, all of them get a digest of what they say, so that
    an id does not depend on the order of the file.

    >>> identified([{"headline": "Ferry returns"}, {"headline": "Ferry returns", "language": "en"}])
    ['ferry-returns-133cefdc00f1', 'ferry-returns-7a447b6cf030']
    """
    words = [_words(draft) for draft in drafts]
    counts = Counter(words)

    return [
        parse_article_id(name if counts[name] == 1 else f"{name}-{_digest(draft)}")
        for name, draft in zip(words, drafts, strict=True)
    ]


def slug(text: str, limit: int) -> str:
    """
    Lower-case words of ASCII letters and digits joined by hyphens, of at most *limit* characters.

    Empty if *text* has no letter that stands for one of ASCII.

    >>> slug("Łódź: the mayor’s “été”, again", 24)
    'lodz-the-mayors-ete'
    """
    plain_text = _APOSTROPHES.sub("", text).casefold().translate(_LETTERS)
    letters = "".join(
        sign for sign in unicodedata.normalize("NFKD", plain_text) if not unicodedata.combining(sign)
    )
    whole = "-".join(re.findall(r"[a-z0-9]+", letters.casefold()))
    if len(whole) <= limit:
        return whole
    # At the end of a word, if there is one.
    return whole[: limit + 1].rpartition("-")[0] or whole[:limit]


def _words(draft: Mapping[str, Any]) -> str:
    publisher = slug(draft["publisher"].name, PUBLISHER) if "publisher" in draft else ""
    published = slug(str(draft.get("published", "")), HEADLINE)
    # A headline in another script has no such words.
    headline = slug(draft["headline"], HEADLINE) or _digest(draft) if "headline" in draft else ""
    found = "-".join(filter(None, (publisher, published, headline)))

    return f"article-{found}" if found in ENTITY_KINDS else found or f"article-{_digest(draft)}"


def _digest(draft: Mapping[str, Any]) -> str:
    said = canonical_json({name: plain(value) for name, value in draft.items()})

    return sha256(said).removeprefix("sha256:")[:DIGITS]
