"""
Stretches of a text, and the named text forms that they count in.

Offsets are Unicode code points, half-open ``[start, end)``, in the form ``nfc-lf-1``:
what W3C Web Annotation (section 4.2.5) counts and what indexes a Python string.
``loose-1`` is the form to compare in; it keeps a map back to the offsets.
"""

from __future__ import annotations

import bisect
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from attrs import frozen

from dateline.bases import Base
from dateline.errors import InvalidValue
from dateline.ids import ArticleId, parse_article_id


#: Names of the text forms. A form never changes; a better one gets a new number.
NFC_LF: Final = "nfc-lf-1"
LOOSE: Final = "loose-1"

#: Evidence shorter than this many loose characters carries no tag: it could be guessed.
MIN_TAGGED: Final = 32

#: Hexadecimal digits in a tag: 24 bits.
TAG_DIGITS: Final = 6

_TAG = re.compile(rf"[0-9a-f]{{{TAG_DIGITS}}}")

#: So many combining marks may follow one another; sorting them, as NFC demands, takes the square of their
#: number. No script needs ten, and Unicode's own bound for streams is 30 (UAX #15, section 13).
MAX_MARKS: Final = 256

# They become marks only when they are taken apart.
_LATE_MARKS: Final = dict.fromkeys(map(ord, "\u0f73\u0f75\u0f81"), "\u0f71")

# Folded before NFKD, which would turn the spacing acute into a space and a mark.
_FOLDED: Final = str.maketrans(
    dict.fromkeys("‘’‚‛′´`ʼʹ‹›", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)

# A run of plain characters, which fold to their lower case; of white space; or one character of another kind.
_RUNS = re.compile(r"(?P<plain>[!-~]+)|(?P<space>\s+)|(?P<other>.)", re.DOTALL)


@frozen(repr=False)
class Span(Base):
    """
    A stretch of an article's text, told by position.

    >>> len(Span(12, 19))
    7
    """

    #: First code point, counted from 0 in ``nfc-lf-1``.
    start: int

    #: The code point after the last.
    end: int

    #: 24 salted bits that confirm the words; only on evidence of at least 32 loose characters.
    tag: str | None = None

    #: The article whose text is meant, where the record that holds the span is not part of one.
    article: ArticleId | None = None

    # Not four validators: spans are most of what is decoded, and each call of a rule counts.
    def __attrs_post_init__(self) -> None:
        if type(self.start) is not int or type(self.end) is not int or not 0 <= self.start < self.end:
            raise InvalidValue("span", "start at 0 or later and end after it starts", (self.start, self.end))
        if self.tag is not None and not (type(self.tag) is str and _TAG.fullmatch(self.tag)):
            raise InvalidValue("tag", f"be {TAG_DIGITS} lower-case hexadecimal digits", self.tag)
        if self.article is not None:
            parse_article_id(self.article)

    def __len__(self) -> int:
        return self.end - self.start

    def __str__(self) -> str:
        place = f"{self.start}-{self.end}"
        return place if self.article is None else f"{self.article}:{place}"


def nfc_lf(data: bytes | str) -> str:
    r"""
    The text form ``nfc-lf-1``.

    UTF-8 is decoded, a byte order mark dropped, each line end made a line feed, NFC applied, nothing else.

    Raises:
        InvalidValue: If *data* is bytes that are not UTF-8, or has more than 256 combining marks in a row.

    >>> nfc_lf("Cafe\u0301\r\n")
    'Café\n'
    """
    if isinstance(data, bytes):
        try:
            data = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InvalidValue("text", f"be UTF-8, but byte {error.start} is not", error.reason) from None
    text = data.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")

    if text.isascii():
        return text
    _check_marks(text)

    return unicodedata.normalize("NFC", text)


def marks(text: str) -> bytes:
    r"""
    For each character of a text, whether it is a combining mark.

    >>> marks("Cafe\u0301")
    b'\x00\x00\x00\x00\x01'
    """
    return bytes(map(bool, map(unicodedata.combining, text.translate(_LATE_MARKS))))


def _check_marks(text: str) -> None:
    # Looked at one by one only where a few show that there may be so many: this is part of every comparison.
    if b"\1\1" not in marks(text[:: MAX_MARKS // 4]):
        return
    longest = _longest_run(text)
    if longest <= MAX_MARKS:
        # Taken apart, since one may become two; and so that a text is refused if its normal form is.
        longest = _longest_run(unicodedata.normalize("NFD", text))
    if longest > MAX_MARKS:
        raise InvalidValue("text", f"have at most {MAX_MARKS} combining marks in a row", longest)


def _longest_run(text: str) -> int:
    return max(map(len, marks(text).split(b"\0")))


@frozen(repr=False)
class LooseText(Base):
    """
    A text in the form ``loose-1``, and where each of its characters comes from.
    """

    text: str

    #: For each character of ``text`` the offset in ``nfc-lf-1`` that it was made from.
    origins: tuple[int, ...]

    def between(self, start: int, end: int) -> str:
        """
        The loose form of the stretch from *start* to *end*, in ``nfc-lf-1``, without white space at its ends.
        """
        first = bisect.bisect_left(self.origins, start)
        last = bisect.bisect_left(self.origins, end)

        return self.text[first:last].strip()


def loose(text: str) -> LooseText:
    r"""
    The text form ``loose-1`` of a text in ``nfc-lf-1``.

    Typographic quotes and dashes are folded, then NFKD is applied, marks are dropped and case is folded;
    a run of white space becomes one space, and there is none at either end.

    >>> loose("“Café”  –\n NOW ").text
    '"cafe" - now'
    """
    pieces: list[str] = []
    origins: list[int] = []
    spaced = True
    # Whole runs of plain characters, since they are nearly all that there is.
    for run in _RUNS.finditer(text.translate(_FOLDED)):
        origin = run.start()
        if run.lastgroup == "plain":
            pieces.append(run[0].lower())
            origins.extend(range(origin, run.end()))
            spaced = False
            continue
        for character in " " if run.lastgroup == "space" else _folded(run[0]):
            if character != " " or not spaced:
                pieces.append(character)
                origins.append(origin)
            spaced = character == " "
    if pieces and spaced:
        pieces.pop()
        origins.pop()

    return LooseText("".join(pieces), tuple(origins))


def _folded(character: str) -> Iterator[str]:
    for part in unicodedata.normalize("NFKD", character):
        if part.isspace():
            yield " "
        elif not unicodedata.category(part).startswith("M"):
            yield from unicodedata.normalize("NFKD", part.casefold()).translate(_FOLDED)


def tagger(salt: str) -> Callable[[str], str]:
    """
    What gives the tag of each stretch in loose form: 24 bits of a salted SHA-256.

    A tag confirms a guess and is no secret; the salt only keeps equal phrases of two articles apart.

    >>> tagger("some-article")("a stretch of at least thirty-two characters")
    '8c3501'
    """
    salted = hashlib.sha256(f"dateline-tag-1\0{salt}\0".encode())

    def tag(words: str) -> str:
        digest = salted.copy()
        digest.update(words.encode())
        return digest.hexdigest()[:TAG_DIGITS]

    return tag


def locate(text: str, words: str) -> tuple[Span, ...]:
    """
    Every place where *words* stand in a text in ``nfc-lf-1``; empty if they do not occur.

    They are compared in ``loose-1`` if they do not stand there exactly.

    >>> locate("Here, and here.", "here")
    (Span(start=10, end=14, tag=None, article=None),)
    >>> locate("Here, and here.", "HERE")
    (Span(start=0, end=4, tag=None, article=None), Span(start=10, end=14, tag=None, article=None))
    """
    wanted = nfc_lf(words)
    exact = tuple(Span(start, start + len(wanted)) for start in _occurrences(text, wanted))
    if exact:
        return exact
    folded, needle = loose(text), loose(wanted).text
    starts = _occurrences(folded.text, needle)

    # One character may become several alike, as an ellipsis does: its place is still one.
    return tuple(
        dict.fromkeys(
            Span(folded.origins[start], folded.origins[start + len(needle) - 1] + 1) for start in starts
        )
    )


def _occurrences(text: str, words: str) -> Iterator[int]:
    start = text.find(words) if words else -1
    while start >= 0:
        yield start
        start = text.find(words, start + 1)
