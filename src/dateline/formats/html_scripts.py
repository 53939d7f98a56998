"""
The scripts of one media type in an HTML page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from dateline.errors import InvalidDocument


#: Characters of a start tag; one that is longer is no script of ours.
MAX_TAG: Final = 2000

#: The encodings of the web (WHATWG Encoding Standard) that a page may declare; others are no texts.
_ENCODINGS: Final = re.compile(
    r"utf-?8|us-ascii|iso-8859-(?:[2-9]|1[03-6])|windows-(?:874|125[0-8])|koi8-[ru]"
    r"|gbk|gb2312|gb18030|big5|shift_jis|euc-(?:jp|kr)",
    re.IGNORECASE,
)
_DECLARED: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w-]{1,40})", re.IGNORECASE
)
#: Where the declaration has to stand (HTML Living Standard, section 4.2.5.4).
_HEAD: Final = 1024

_OPENING: Final = re.compile(r"<!--|<script(?=[\s/>])", re.IGNORECASE)
_CLOSING: Final = re.compile(r"</script(?=[\s/>])", re.IGNORECASE)
_TAG_END: Final = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")


def page_text(data: bytes, file: str) -> str:
    r"""
    The text of a page in the encoding that it declares, else UTF-8; *file* is for messages.

    Raises:
        InvalidDocument: If it is not in that encoding, or the encoding is not known.

    >>> page_text(b'<meta charset="windows-1252"><p>\x93rain\x94', "page.html")[-6:]
    '“rain”'
    """
    declared = None if data.startswith(b"\xef\xbb\xbf") else _DECLARED.search(data, 0, _HEAD)
    name = "utf-8" if declared is None else declared[1].decode("ascii")
    # To a browser, too, Latin-1 is this.
    name = "windows-1252" if name.lower() in {"iso-8859-1", "latin1", "ascii", "us-ascii"} else name
    if not _ENCODINGS.fullmatch(name):
        raise InvalidDocument(file, None, f"must have a known encoding, got {name!r}")
    try:
        return data.decode("utf-8-sig" if name.lower() in {"utf-8", "utf8"} else name)
    except UnicodeDecodeError as error:
        raise InvalidDocument(file, None, f"must be {name}, but byte {error.start} is not") from None


def scripts(page: str, media_type: str) -> Iterator[tuple[int, str]]:
    """
    The scripts of a page that have a media type: the line that each begins in, and what stands in it.

    Only a closing tag ends a script (HTML Living Standard, section 13.2.5.15), and one that is never
    closed is none. A page is gone through once: it takes no longer than it is long.

    >>> list(scripts('<script type="application/ld+json">{}</script>', "application/ld+json"))
    [(1, '{}')]
    """
    place, line, counted = 0, 1, 0
    while found := _OPENING.search(page, place):
        if found[0] == "<!--":
            end = page.find("-->", found.start() + 2)
            place = len(page) if end < 0 else end
            continue
        tag = _TAG_END.match(page, found.end(), found.end() + MAX_TAG)
        start = found.end() if tag is None else tag.end()
        closing = _CLOSING.search(page, start)
        if closing is None:
            return
        if tag is not None and _media_type(page[found.start() : start]) == media_type:
            line, counted = line + page.count("\n", counted, start), start
            yield line, page[start : closing.start()]
        place = closing.end()


def _media_type(tag: str) -> str:
    # A page can have a hundred thousand tags that say nothing.
    if "type" not in tag.lower():
        return ""
    parser = _Tag()
    parser.feed(tag)

    return parser.media_type.partition(";")[0].strip().lower()


class _Tag(HTMLParser):
    """
    Reads the attribute ``type`` of one start tag.
    """

    media_type = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """
        Keep the first of that name, as browsers do.
        """
        self.media_type = next((value or "" for name, value in attrs if name == "type"), "")
