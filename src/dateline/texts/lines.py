"""
Texts out of JSON and JSON Lines, as fundus, trafilatura and news-please write them.

JSON from tools is read laxly: of a foreign object only the text and its address are taken,
and floats or a key that stands twice elsewhere in it are nothing to us.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from dateline.texts.decoding import encodable
from dateline.texts.findings import Finding, Limits, TextCopy, Unread, Unreadable


#: Where tools put the text, best first: fundus on request, news-please, trafilatura twice, fundus by default.
TEXT_KEYS: Final = ("plaintext", "maintext", "text", "raw_text", "body")

#: Where they put its address: news-please, and trafilatura.
URL_KEYS: Final = ("url", "source")

# Neither white space, as the JSON grammar has it, nor the comma between elements.
_SIGN = re.compile(r"[^ \t\r\n,]")

_DECODER: Final = json.JSONDecoder()

_CHUNK: Final = 65_536


def from_lines(stream: io.BufferedReader, origin: str, limits: Limits) -> Iterator[Finding]:
    """
    One copy for each line of JSON Lines; a line that is none is told by its number, and the rest is read.
    """
    is_blank = True
    for number, line in enumerate(iter(lambda: stream.readline(limits.text + 1), b""), 1):
        where = f"{origin}:{number}"
        if len(line) > limits.text and not line.endswith(b"\n"):
            _skip_line(stream)
            yield Unread(where, str(_too_long(limits)))
        elif line.strip():
            yield from _told(line, where)
        else:
            continue
        is_blank = False
    if is_blank:
        raise Unreadable("must hold a JSON object on each line, but it is blank")


def from_document(stream: io.BufferedReader, origin: str, limits: Limits) -> Iterator[Finding]:
    """
    One copy for each object of a JSON list, or for a single object over several lines.

    What is no object is told by its place, and the rest is read; what is no JSON ends the reading.
    """
    document = _Document(stream, limits)
    is_list = document.is_list()
    index = 0
    try:
        for value in document.objects():
            yield from _copied(value, f"{origin}[{index}]" if is_list else origin)
            index += 1
    except Unreadable as error:
        rest = "; what follows is not read" if is_list else ""
        yield Unread(f"{origin}[{index}]" if is_list else origin, f"{error}{rest}")
        return
    if index == 0 and is_list:
        raise Unreadable("must hold JSON objects with a text each, but there is none")


def _told(line: bytes, where: str) -> Iterator[Finding]:
    try:
        value = json.loads(line.rstrip().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        yield Unread(where, f"must be UTF-8, but byte {error.start} is not")
    except json.JSONDecodeError as error:
        yield Unread(where, f"must be JSON: {error.msg} at column {error.colno}")
    except (RecursionError, ValueError) as error:
        yield Unread(where, str(_unwieldy(error)))
    else:
        yield from _copied(value, where)


def _copied(value: Any, where: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Unread(where, f"must be a JSON object, got {_kind(value)}")
        return
    try:
        yield TextCopy(origin=where, data=_text(value), url=_url(value))
    except Unreadable as error:
        yield Unread(where, str(error))


def _text(value: Mapping[str, Any]) -> str:
    # Tools write null for what they did not find.
    present = [key for key in TEXT_KEYS if value.get(key) is not None]
    if not present:
        raise Unreadable(f"must hold a text under one of the keys {', '.join(TEXT_KEYS)}, but it has none")
    key = present[0]
    text = value[key]
    if key == "body" and isinstance(text, dict):
        text = "\n\n".join(_paragraphs(text))
    if not isinstance(text, str):
        raise Unreadable(f"must hold a string under {key!r}, got {_kind(text)}")
    if not text.strip():
        raise Unreadable(f"must hold a text under {key!r}, but it is blank")
    if not encodable(text):
        raise Unreadable(f"must hold a text under {key!r}, but there is a lone surrogate in it")

    return text


def _paragraphs(body: Mapping[str, Any]) -> Iterator[str]:
    # As fundus serializes an article's body, and in the order in which it prints one.
    yield from _strings(body.get("summary"))
    for section in _listed(body.get("sections")):
        if not isinstance(section, dict):
            raise Unreadable(f"must hold sections in the body, got {_kind(section)}")
        yield from _strings(section.get("headline"))
        yield from _strings(section.get("paragraphs"))


def _strings(value: Any) -> Iterator[str]:
    for item in _listed(value):
        if not isinstance(item, str):
            raise Unreadable(f"must hold strings in the body, got {_kind(item)}")
        yield item


def _listed(value: Any) -> Iterable[Any]:
    if value is not None and not isinstance(value, list):
        raise Unreadable(f"must hold lists in the body, got {_kind(value)}")

    return value or ()


def _kind(value: Any) -> str:
    """
    What a value is, in the words of JSON; not what it holds, which may be a text.
    """
    if isinstance(value, (str, list, dict)):
        kind = {str: "a string", list: "a list", dict: "an object"}[type(value)]
        return f"{kind} of length {len(value):,}"

    return "null" if value is None else "a boolean" if isinstance(value, bool) else "a number"


def _url(value: Mapping[str, Any]) -> str | None:
    page = value.get("html")
    nested = page.get("requested_url") if isinstance(page, dict) else None
    found = [*(value.get(key) for key in URL_KEYS), nested]

    return next((url for url in found if isinstance(url, str) and encodable(url)), None)


def _skip_line(stream: io.BufferedReader) -> None:
    while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
        pass


class _Document:
    """
    A JSON document read object by object, so that no more of it is in memory than twice a text.
    """

    def __init__(self, stream: io.BufferedReader, limits: Limits) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._limits = limits
        self._buffer = ""
        self._position = 0

    def is_list(self) -> bool:
        """
        Whether it is a list; to be asked once, before its objects.
        """
        is_list = self._next() == "["
        self._position += is_list

        return is_list

    def objects(self) -> Iterator[Any]:
        """
        The list's elements, or the object; whatever they are.
        """
        while self._next() not in ("", "]"):
            yield self._value()

    def _next(self) -> str:
        # Commas are passed over like white space: one too few or too many does no harm here.
        found = _SIGN.search(self._buffer, self._position)
        while found is None:
            self._position = len(self._buffer)
            if not self._grew():
                return ""
            found = _SIGN.search(self._buffer)
        self._position = found.start()

        return found[0]

    def _value(self) -> Any:
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._position)
            except json.JSONDecodeError as error:
                if len(self._buffer) - self._position > self._limits.text:
                    raise _too_long(self._limits) from None
                if not self._grew():
                    raise Unreadable(f"must be JSON: {error.msg}") from None
            except (RecursionError, ValueError) as error:
                raise _unwieldy(error) from None
            else:
                # The digits of a number may go on.
                if end == len(self._buffer) and self._grew():
                    continue
                self._position = end
                return value

    def _grew(self) -> bool:
        rest = self._buffer[self._position :]
        try:
            # Twice as much each time, so that beginning an object anew costs no more than reading it once.
            data = self._stream.read(max(_CHUNK, len(rest)))
            self._buffer, self._position = rest + self._decoder.decode(data, final=not data), 0
        except UnicodeDecodeError as error:
            raise Unreadable(f"must be UTF-8, but there is {error.reason}") from None

        return bool(data)


def _too_long(limits: Limits) -> Unreadable:
    return Unreadable(f"must have at most {limits.text:,} bytes as a line or an object, got more")


def _unwieldy(error: Exception) -> Unreadable:
    # Python refuses to read numbers of thousands of digits, whose cost grows with their square.
    what = "nests less deeply" if isinstance(error, RecursionError) else "has shorter numbers"

    return Unreadable(f"must be JSON that {what}")
