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

# Elements in which no tags are read (HTML Living Standard, section 13.2.6.2), with what ends each.
_RAW: Final = ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
_CLOSING: Final = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}

_OPENING: Final = re.compile(rf"<!--|<(?:({'|'.join(_RAW)})(?=[\s/>])|[a-z])", re.IGNORECASE)
_COMMENT_END: Final = re.compile("--!?>")
#: Only behind an equals sign a quote opens a value.
_IN_TAG: Final = re.compile(r">|=\s*+([\"'])")


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

    Only a closing tag ends a script (HTML Living Standard, section 13.2.5.15), or else the page does.
    A page is gone through once: it takes no longer than it is long.

    >>> list(scripts('<script type="application/ld+json">{}</script>', "application/ld+json"))
    [(1, '{}')]
    """
    line, counted = 1, 0
    for tag, start, end in _scripts(page):
        if tag is not None and _media_type(tag) == media_type:
            line, counted = line + page.count("\n", counted, start), start
            yield line, page[start:end]


def _scripts(page: str) -> Iterator[tuple[str | None, int, int]]:
    """
    The start tag of each script, None if it is too long, and where its text stands.
    """
    place = 0
    # Signs that do not come again; they are not looked for a second time.
    gone: set[str] = set()
    while found := _OPENING.search(page, place):
        if found[0] == "<!--":
            ending = _COMMENT_END.search(page, found.start() + 2)
            place = len(page) if ending is None else ending.end()
            continue
        place = start = _end_of_tag(page, found.end(), gone)
        name = (found[1] or "").lower()
        if not name or name in gone:
            continue
        closing = _CLOSING[name].search(page, start)
        if closing is None:
            gone.add(name)
        if name == "script":
            place = len(page) if closing is None else closing.start()
            yield page[found.start() : start] if start - found.start() <= MAX_TAG else None, start, place
        elif closing is not None:
            place = closing.start()


def _end_of_tag(page: str, place: int, gone: set[str]) -> int:
    while sign := _IN_TAG.search(page, place):
        quote = sign[1]
        if quote is None:
            return sign.end()
        closing = -1 if quote in gone else page.find(quote, sign.end())
        # A quote that is never closed is a letter like others.
        place = sign.end() if closing < 0 else closing + 1
        if closing < 0:
            gone.add(quote)

    return len(page)


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
