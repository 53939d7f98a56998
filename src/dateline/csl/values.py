"""
An item's values, checked as they are read: texts, names, dates.

The item itself is a plain CSL-JSON mapping and is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from dateline.csl.errors import InvalidItem
from dateline.csl.person import Person, read_person
from dateline.csl.when import When, read_when


T = TypeVar("T")


#: Standard variables of dates and names (CSL 1.0.2, "Appendix IV - Variables").
DATE_VARIABLES: Final = frozenset(
    ["accessed", "available-date", "event-date", "issued", "original-date", "submitted"]
)

NAME_VARIABLES: Final = frozenset(
    [
        "author",
        "chair",
        "collection-editor",
        "compiler",
        "composer",
        "container-author",
        "contributor",
        "curator",
        "director",
        "editor",
        "editor-translator",
        "editorial-director",
        "executive-producer",
        "guest",
        "host",
        "illustrator",
        "interviewer",
        "narrator",
        "organizer",
        "original-author",
        "performer",
        "producer",
        "recipient",
        "reviewed-author",
        "script-writer",
        "series-creator",
        "translator",
    ]
)

NUMBER_VARIABLES: Final = frozenset(
    [
        "chapter-number",
        "citation-number",
        "collection-number",
        "edition",
        "first-reference-note-number",
        "issue",
        "locator",
        "number",
        "number-of-pages",
        "number-of-volumes",
        "page",
        "page-first",
        "part-number",
        "printing-number",
        "section",
        "supplement-number",
        "version",
        "volume",
    ]
)

#: Names that older data give to a variable, read where the new one is missing.
ALIASES: Final = {
    "title-short": "shortTitle",
    "container-title-short": "journalAbbreviation",
    "event-title": "event",
    "event": "event-title",
}

#: Characters of one value; no title comes near.
MAX_LENGTH: Final = 20_000

LARGEST: Final = 10**18

#: Control, bidirectional override, private use, tags, lone surrogates: none of them is
#: text, and some make a printed line say what its characters do not.
FORBIDDEN: Final = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
    "\u202a-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufeff\ufff9-\ufffb]"
    "|[\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)


class Item:
    """
    A CSL-JSON mapping, read with checks.

    >>> Item({"id": "a", "type": "book", "volume": 3}).text("volume")
    '3'
    >>> Item({"id": "a", "type": "book", "title": [1]}).text("title")
    Traceback (most recent call last):
        ...
    dateline.csl.errors.InvalidItem: title of 'a' must be a text or whole number, got [1]
    """

    __slots__ = ("_dates", "_held", "_names", "_source", "_texts", "id", "type")

    def __init__(self, source: Mapping[str, Any]) -> None:
        if not isinstance(source, Mapping):
            raise InvalidItem("item", "a mapping", source)
        self._source = source
        self.id = clean(scalar("id", source.get("id", "")))
        self.type = clean(scalar("type", source.get("type") or "document"))
        # Values are read once for an item however often a style asks for them.
        self._texts: dict[str, str] = {}
        self._names: dict[str, tuple[Person, ...]] = {}
        self._dates: dict[str, When | None] = {}
        self._held: dict[str, bool] = {}

    @property
    def language(self) -> str:
        """
        The item's language as it says itself, or nothing.
        """
        return self.text("language")

    def text(self, variable: str) -> str:
        """
        The value of a text or number variable; empty if there is none.
        """
        if variable not in self._texts:
            self._texts[variable] = self._read_text(variable)

        return self._texts[variable]

    def _read_text(self, variable: str) -> str:
        value = self._source.get(variable)
        if value is None and variable in ALIASES:
            value = self._source.get(ALIASES[variable])
        if value is None and variable == "page-first":
            return first_page(self.text("page"))
        if value is None or (isinstance(value, (Mapping, list)) and not value):
            return ""

        return clean(scalar(f"{variable} of {self.id!r}", value))

    def names(self, variable: str) -> tuple[Person, ...]:
        """
        The persons and organisations of a name variable.
        """
        if variable not in self._names:
            self._names[variable] = self._read_names(variable)

        return self._names[variable]

    def _read_names(self, variable: str) -> tuple[Person, ...]:
        value = self._source.get(variable)
        if value is None or value == "":
            return ()
        subject = f"{variable} of {self.id!r}"
        if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
            raise InvalidItem(subject, "a list of names", value)
        people = (read_person(subject, name, clean) for name in value)

        return tuple(person for person in people if person is not None)

    def date(self, variable: str) -> When | None:
        """
        The value of a date variable, or None if it says nothing.
        """
        if variable not in self._dates:
            subject = f"{variable} of {self.id!r}"
            self._dates[variable] = read_when(subject, self._source.get(variable), clean)

        return self._dates[variable]

    def has(self, variable: str) -> bool:
        """
        Whether the variable holds something.
        """
        if variable not in self._held:
            self._held[variable] = self._holds(variable)

        return self._held[variable]

    def _holds(self, variable: str) -> bool:
        if variable in DATE_VARIABLES:
            return self.date(variable) is not None
        if variable in NAME_VARIABLES:
            return bool(self.names(variable))

        return bool(self.text(variable))


def scalar(subject: str, value: object) -> str:
    """
    A text, or a number that prints as one.

    Raises:
        InvalidItem: If it is anything else.
    """
    if isinstance(value, str) and len(value) <= MAX_LENGTH:
        return value
    if isinstance(value, str):
        raise InvalidItem(subject, f"at most {MAX_LENGTH} characters long", value)
    # JSON writes 3.0 where a whole number was meant.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # More digits than these take Python long to print, or are refused by it.
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST:
        return str(value)

    raise InvalidItem(subject, "a text or whole number", value)


def clean(value: str) -> str:
    r"""
    *value* without characters that are no text, in composed form.

    >>> clean("The\u202e End\x00")
    'The End'
    """
    return without_controls(value).strip()


def without_controls(value: str) -> str:
    """
    The same, with the white space at either end kept.

    Raises:
        InvalidItem: If it is too long: every text of an item or cite comes through here.
    """
    if len(value) > MAX_LENGTH:
        raise InvalidItem("text", f"at most {MAX_LENGTH} characters long", value)
    if value.isascii() and value.isprintable():
        return value
    spaced = re.sub(r"[\t\r\n\u2028\u2029]+", " ", value)

    return unicodedata.normalize("NFC", FORBIDDEN.sub("", spaced))


def first_page(pages: str) -> str:
    """
    The first number of a range of pages.
    """
    return re.split(r"\s*[-–,&]\s*", pages, maxsplit=1)[0]


def several(values: Iterable[T], subject: str) -> Iterable[T]:
    """
    The *values*, if there can be several.

    Raises:
        InvalidItem: If they are one thing that has no parts, or one text or mapping.

    >>> several(5, "items")
    Traceback (most recent call last):
        ...
    dateline.csl.errors.InvalidItem: items must be a list or the like, got 5
    """
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise InvalidItem(subject, "a list or the like", values)

    return values
