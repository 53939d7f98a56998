"""
The text of an HTML page; alone knows trafilatura.

One text a page, by one setting, told here and not tuned to any page:
trafilatura's plain text with recall favoured, without comments and without tables.
Whatever a page holds besides, the text is then recognised or it is not.
"""

from __future__ import annotations

import html
import itertools
import re
from typing import Any, Final

from dateline.errors import MissingExtra
from dateline.spans import marks
from dateline.texts.findings import Unreadable


#: Tags that a page may have, those that close an element as well; pages of news have some thousands.
MAX_TAGS: Final = 30_000

#: Of them, such as open an element that is dropped and its text kept; what is next to one another then is
#: joined again and again, so that extraction takes the square of their number. Pages of news have hundreds.
MAX_INLINE: Final = 4_000

#: Attributes, or what stands in their place, that one tag may have; parsing takes the square of their number.
MAX_ATTRIBUTES: Final = 200

#: Combining marks that a page may have; the extractor puts its text into NFC, as the sum of its parts.
MAX_MARKS: Final = 20_000

_INLINE = re.compile(
    r"<(?:abbr|acronym|b|bdi|bdo|big|cite|data|dfn|em|font|hgroup|i|ins|kbd|mark|nobr|ruby|samp|small|strong"
    r"|sub|sup|template|tfoot|thead|tt|u|var|wbr)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+""")
_ATTRIBUTE = re.compile(r"""[^\s"'=/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']*+))?""")


def text_of_page(page: str, origin: str) -> str:
    """
    The text that *page* is about, without what stands around it; *origin* is for messages.

    Raises:
        MissingExtra: If trafilatura is not installed.
        Unreadable: If no text is found, or the page is made to be slow.
    """
    extract = _extract(origin)
    _check_size(page)
    _check_marks(page)
    text = extract(page, favor_recall=True, include_comments=False, include_tables=False)
    if not isinstance(text, str) or not text.strip():
        raise Unreadable("must be an HTML page with a text, but none was found in it")

    return text


def _extract(origin: str) -> Any:
    try:
        from trafilatura import extract  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise MissingExtra("html", f"{origin}, an HTML page,") from error

    return extract


def _check_size(page: str) -> None:
    tags = page.count("<")
    if tags > MAX_TAGS:
        raise Unreadable(f"must be an HTML page of at most {MAX_TAGS:,} tags, got {tags:,}")
    inline = sum(1 for _ in _INLINE.finditer(page))
    if inline > MAX_INLINE:
        raise Unreadable(f"must be an HTML page of at most {MAX_INLINE:,} tags such as <b>, got {inline:,}")
    for tag in _TAG.finditer(page):
        if len(tag[0]) > MAX_ATTRIBUTES and _has_too_many(tag[0]):
            raise Unreadable(
                f"must be an HTML page of at most {MAX_ATTRIBUTES} attributes in a tag, got more"
            )


def _check_marks(page: str) -> None:
    # Each is at least one such character, or the reference to one.
    if len(page) - len(page.encode("ascii", "ignore")) + page.count("&") <= MAX_MARKS:
        return
    count = sum(marks(html.unescape(page)))
    if count > MAX_MARKS:
        raise Unreadable(f"must be an HTML page of at most {MAX_MARKS:,} combining marks, got {count:,}")


def _has_too_many(tag: str) -> bool:
    # The first is the tag's own name.
    beyond = itertools.islice(_ATTRIBUTE.finditer(tag), MAX_ATTRIBUTES + 1, None)

    return next(beyond, None) is not None
