"""
From bytes to text, by what they declare and never by a guess.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from dateline.display import named
from dateline.errors import InvalidValue
from dateline.texts.findings import Unreadable


#: How a text in UTF-16 begins.
UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# The encodings of the WHATWG Encoding Standard, by Python's names. No others: a page may declare what it
# likes, and some of Python's codecs are no character sets, or take quadratic time.
_OF_PAGES = re.compile(
    r"utf-8|iso8859-(?:[2-8]|1[03-6])|cp(?:866|874|932|949|125[0-8])|koi8-[ru]|mac-(?:roman|cyrillic)"
    r"|gbk|gb18030|big5hkscs|euc_jp|iso2022_jp"
)

# That standard reads these labels as larger sets that hold all of the smaller.
_LARGER: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gbk",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)

#: So many bytes are looked at to tell what something is.
HEAD: Final = 4_096

# After a declaration or comments, an HTML page opens with one of these; XML of other kinds does not.
# Nothing is tried twice, or a file of comments could keep us busy for ever. Python 3.11.2 finds nothing by a
# lookahead inside a possessive group.
_PAGE = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?><!--.*?-->\s*+)*+<(?:!doctype\s++html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)

# Where a page must have declared its encoding (HTML Standard, section 13.2.3.2).
_PRESCANNED: Final = 1024


def checked_encoding(name: str | None) -> str | None:
    """
    *name*, if Python has a text encoding of that name, or None.

    Raises:
        InvalidValue: If there is none.
    """
    if name is None:
        return None
    try:
        "".encode(name)
    except (LookupError, TypeError, ValueError):
        raise InvalidValue(
            "encoding", "be one that Python knows, such as 'cp1252'", named(str(name))
        ) from None

    return name


def plain_text(data: bytes, encoding: str | None = None) -> bytes | str:
    r"""
    The text in a file: the same bytes if they are UTF-8, a string if they had to be decoded.

    UTF-16 is known by its byte order mark; *encoding* is tried on what is neither.

    Raises:
        Unreadable: If it is empty, binary, or in no encoding that was told.

    >>> plain_text("Café".encode())
    b'Caf\xc3\xa9'
    >>> plain_text("Café".encode("cp1252"), "cp1252")
    'Café'
    """
    given: bytes | str = data
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = given = _not_utf_8(data, encoding, error.start)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise Unreadable("must hold a text, but it is blank")
    if "\0" in text:
        raise Unreadable(f"must be a text, but character {text.index(chr(0))} is NUL, as in binary files")

    return given


def page_text(data: bytes, charset: str | None = None) -> str:
    """
    The markup of an HTML page, *charset* being what a server declared.

    A byte order mark comes first, then the server, then the page; what declares nothing, or nothing known,
    is UTF-8 if it can be and Windows-1252 if not, which the HTML Standard (section 13.2.3.2) has last.
    """
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", "replace")
    if data.startswith(UTF_16_MARKS):
        return data.decode("utf-16", "replace")
    match = _DECLARED.search(data[:_PRESCANNED])
    declared = _of_page(charset) or _of_page(match[1].decode("ascii", "replace") if match else None)
    if declared is not None:
        return data.decode(declared, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def opens_page(data: bytes) -> bool:
    """
    Whether *data* begin as an HTML page does, and nothing else.

    >>> opens_page(b"<!DOCTYPE html><title>The ferry</title>")
    True
    """
    return _PAGE.match(page_text(data[:HEAD])) is not None


def encodable(text: str) -> bool:
    """
    Whether *text* holds no lone surrogate, which JSON can write but no file can hold.
    """
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _not_utf_8(data: bytes, encoding: str | None, fault: int) -> str:
    if data.startswith(UTF_16_MARKS):
        encoding = "utf-16"
    elif encoding is None and b"\0" in data:
        # It says more of a photograph than that it is not in UTF-8.
        raise Unreadable(f"must be a text, but byte {data.index(0)} is NUL, as in binary files")
    elif encoding is None:
        raise Unreadable(
            f"must be UTF-8, but byte {fault} is 0x{data[fault]:02x}; if you know its encoding, tell it"
        )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"must be UTF-8 or {encoding}, but byte {error.start} is neither") from None
    if not encodable(text):
        raise Unreadable(f"must be UTF-8 or {encoding}, but there is a lone surrogate in it")

    return text


def _of_page(label: str | None) -> str | None:
    try:
        name = codecs.lookup(label or "").name
    except (LookupError, ValueError):
        return None
    name = _LARGER.get(name, name)

    return name if _OF_PAGES.fullmatch(name) else None
