"""
What other formats write, as values of a record's fields: taken as printed, or refused; never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

import attrs

from dateline.dates import PartialDate
from dateline.errors import InvalidValue
from dateline.records import Article, Credit, Rights, Topic


#: A day with a time of day (ISO 8601-1, RFC 3339), with or without a zone.
_INSTANT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]"
    r"(?:[01][0-9]|2[0-4])(?::?[0-5][0-9](?::?(?:[0-5][0-9]|60)(?:[.,][0-9]{1,12})?)?)?"
    r"(?: ?(?:[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?))?"
)

#: A language tag (RFC 5646, section 2.1) whose language is one of ISO 639: no longer one is registered.
_LANGUAGE: Final = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    r"(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*(?:-[Xx](?:-[A-Za-z0-9]{1,8})+)?"
)

#: A concept of the IPTC Media Topics, as an address or a short code.
_TOPIC: Final = re.compile(r"(?:https?://cv\.iptc\.org/newscodes/mediatopic/|medtop:)([0-9]{8})")

_RIGHTS: Final = re.compile(r"https?://rightsstatements\.org/vocab/[^\s<>\"]+")


def _of_field(name: str) -> Callable[[Any], str]:
    attribute = getattr(attrs.fields(Article), name)

    def checked(value: Any) -> str:
        attribute.validator(None, attribute, value)
        found: str = value

        return found

    return checked


#: A headline as it stands.
headline: Final = _of_field("headline")

_url: Final = _of_field("url")


def url(value: Any) -> str:
    """
    A web address as it stands.

    Raises:
        InvalidValue: If it is no absolute http or https address with a host.

    >>> url("https://example.org/a")
    'https://example.org/a'
    """
    found = _url(value)
    try:
        host = urlsplit(found).hostname
    except ValueError:
        host = None
    if not host:
        raise InvalidValue("url", "have a host", value)

    return found


def language(value: Any) -> str:
    """
    A language tag as it stands.

    Raises:
        InvalidValue: If it is not well-formed BCP 47, such as ``English`` or ``en_US``.

    >>> language("en-GB")
    'en-GB'
    """
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise InvalidValue("language", "look like 'en-GB' (BCP 47)", value)

    return value


def date(value: Any) -> PartialDate:
    """
    A date, or the day of an instant as it is printed: the outlet's, not that of another time zone.

    Raises:
        InvalidValue: If it is neither EDTF nor a day with a time.

    >>> date("2021-04-01T23:30:00+02:00")
    PartialDate('2021-04-01')
    >>> date("2021-04")
    PartialDate('2021-04')
    """
    if not isinstance(value, str):
        return PartialDate(value)
    text = value.strip()
    instant = _INSTANT.fullmatch(text)

    return PartialDate(instant[1] if instant else text)


def credit(name: Any, family: Any = None, given: Any = None) -> Credit:
    """
    A name as printed, with its parts where they are known.

    Raises:
        InvalidValue: If any is not text.

    >>> credit("Ana Lind").name
    'Ana Lind'
    """
    return Credit(name=name, family=family or None, given=given or None)


def topic(code: Any, label: Any) -> Topic | None:
    """
    A media topic and its name; None if *code* is of another vocabulary.

    Raises:
        InvalidValue: If it has no name.

    >>> topic("http://cv.iptc.org/newscodes/mediatopic/20000337", "transport").code
    'medtop:20000337'
    """
    found = _TOPIC.fullmatch(code) if isinstance(code, str) else None

    return None if found is None else Topic(code=f"medtop:{found[1]}", label=label)


def rights(uri: Any, holder: Any) -> Rights | None:
    """
    A statement of RightsStatements.org with whoever holds the rights; None if *uri* is something else.

    >>> rights("http://rightsstatements.org/vocab/InC/1.0/", None).uri
    'http://rightsstatements.org/vocab/InC/1.0/'
    """
    if not isinstance(uri, str) or not _RIGHTS.fullmatch(uri):
        return None

    return Rights(uri=uri, holder=None if is_blank(holder) else holder)


def is_english(tag: str | None) -> bool:
    """
    Whether names in a file are surely not of another language than English: *tag* is, or there is none.

    >>> is_english("en-GB"), is_english(None), is_english("nb")
    (True, True, False)
    """
    return tag is None or tag.partition("-")[0].lower() == "en"


def is_blank(value: Any) -> bool:
    """
    Whether there is nothing: None, no text but white space, or an empty list or object.

    >>> is_blank(" "), is_blank(0)
    (True, False)
    """
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())
