"""
Which column of a raw table holds what, and one of its rows read as a raw article.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import attrs
from attrs import field, frozen

from dateline.dates import PartialDate
from dateline.errors import Fault, InvalidRecord, InvalidValue
from dateline.fingerprints import sha256
from dateline.formats import values_in
from dateline.formats.draft_ids import HEADLINE, slug
from dateline.formats.values_in import is_blank
from dateline.ids import ENTITY_KINDS, ArticleId, parse_article_id
from dateline.provenance import Capture
from dateline.records import Credit
from dateline.spans import nfc_lf


#: Hexadecimal digits of a digest that tell apart what words do not.
_DIGITS: Final = 12

Row = Mapping[str, Any]


@frozen(kw_only=True)
class Columns:
    """
    The name of the column for each thing that a raw article may bring.

    A column that is named here otherwise than by default must be there; of the others only those of
    id and text must.

    >>> Columns(text="maintext", published="date_publish").headline
    'title'
    """

    #: The article's own id; anything that is no id of ours becomes one. None: made of headline and text.
    id: str | None = "id"

    #: Text, or its bytes in UTF-8.
    text: str = "text"

    headline: str = "title"

    publisher: str = "publisher"

    #: A name, or a list of names, as printed.
    bylines: str = "author"

    #: The outlet's day, as EDTF, as an instant, or as a date of Arrow.
    published: str = "date"

    url: str = "url"

    #: BCP 47.
    language: str = "language"

    #: The day on which the text was collected.
    captured: str = "captured"

    #: The name of the file that the text was in, without folders.
    file: str = "file"

    #: Where the row's values were looked up: a URI, or the name of an archive.
    reference: str = "reference"

    def names(self) -> tuple[str, ...]:
        """
        Every column that is of interest, once.
        """
        return tuple(dict.fromkeys(name for name in attrs.astuple(self) if name is not None))

    def required(self) -> tuple[str, ...]:
        """
        The columns that must be there.
        """
        named = (
            getattr(self, role.name)
            for role in attrs.fields(Columns)
            if role.name in ("id", "text") or getattr(self, role.name) != role.default
        )

        return tuple(dict.fromkeys(name for name in named if name is not None))


@frozen(kw_only=True)
class RawArticle:
    """
    A row of a raw table, read: the text that rules look at, and the values that came with it.
    """

    id: ArticleId

    #: In ``nfc-lf-1``: what positions count in.
    text: str

    #: The text's bytes as they came.
    data: bytes = field(repr=False)

    #: Values of an article's fields that the other columns hold.
    given: Mapping[str, Any]

    #: Where they were looked up.
    reference: str

    #: The id as it came, or ours where none came.
    row: str

    captured: PartialDate | None = None

    capture: Capture | None = None


def raw_article(row: Row, columns: Columns, reference: str) -> RawArticle:
    """
    A *row*, a value for each column that is there, as a raw article.

    *reference* is for rows that name none.

    Raises:
        InvalidRecord: If a value is none of its kind; each is named with its column.

    >>> row = {"id": "A 17", "text": b"It rained.", "date": "2021-03"}
    >>> raw_article(row, Columns(), "archive").given
    {'published': PartialDate('2021-03')}
    >>> raw_article({"id": "A 17", "text": " "}, Columns(), "archive")
    Traceback (most recent call last):
        ...
    dateline.errors.InvalidRecord: row 'A 17': text must not be blank, got ' ' @ text
    """
    values = _Values(row, columns)
    data, text = values.text()
    given = values.given()
    identifier, name = values.identity(given.get("headline"), data)
    captured = values.take("captured", _date)
    capture = values.take(
        "file", lambda file: Capture(file=_words(file), size=len(data), digest=sha256(data), date=captured)
    )
    source = values.take("reference", _words) or reference
    if values.faults:
        raise InvalidRecord(f"row {name!r}", tuple(values.faults))

    return RawArticle(
        id=identifier,
        text=text,
        data=data,
        given=given,
        reference=source,
        row=name,
        captured=captured,
        capture=capture,
    )


def given_id(row: Row, columns: Columns) -> str | None:
    r"""
    The id of a *row* as it came, as far as it can be told.

    >>> given_id({"id": b"caf\xe9"}, Columns())
    'caf\ufffd'
    """
    value = row.get(columns.id or "")
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")

    return None if value is None else str(value)


class _Values:
    """
    The values of one row as they are read; what is wrong with them is gathered.
    """

    def __init__(self, row: Row, columns: Columns) -> None:
        self._row = row
        self._columns = columns
        self.faults = [
            Fault(name, "column is missing", name) for name in columns.required() if name not in row
        ]

    def take(self, role: str, parse: Callable[[Any], Any]) -> Any:
        """
        The value for a *role*; None if it is blank, or at fault.
        """
        name = getattr(self._columns, role)
        value = self._row.get(name)
        if is_blank(value.decode("utf-8", "replace") if isinstance(value, bytes) else value):
            return None
        try:
            return parse(value)
        except InvalidValue as error:
            self.faults.append(Fault(name, str(error), error.subject))
            return None

    def given(self) -> dict[str, Any]:
        """
        The fields of an article that other columns than those of id and text fill.
        """
        found = ((role, self.take(role, parse)) for role, parse in _PARSERS.items())

        return {role: value for role, value in found if value is not None}

    def text(self) -> tuple[bytes, str]:
        """
        The bytes of the text, and its form ``nfc-lf-1``.
        """
        name = self._columns.text
        try:
            return _text(self._row.get(name))
        except InvalidValue as error:
            # A column that is missing is told already.
            if name in self._row:
                self.faults.append(Fault(name, str(error), "text"))
            return b"", ""

    def identity(self, headline: str | None, data: bytes) -> tuple[ArticleId, str]:
        """
        The id, and what to call the row.
        """
        if self._columns.id is None:
            identifier = _identifier(headline or "", sha256(data))
            return identifier, identifier
        name = self.take("id", _words)
        if name is None and not any(fault.path == self._columns.id for fault in self.faults):
            self.faults.append(Fault(self._columns.id, "id must not be blank", "id"))
        found = name or given_id(self._row, self._columns) or ""

        return _as_id(found), found


def _as_id(name: str) -> ArticleId:
    try:
        return parse_article_id(name)
    except InvalidValue:
        return _identifier(name, sha256(name.encode("utf-8", "surrogatepass")))


def _identifier(words: str, digest: str) -> ArticleId:
    # The digest keeps apart what the words do not, in whatever order the rows come.
    digits = digest.removeprefix("sha256:")[:_DIGITS]
    found = slug(words, HEADLINE)

    return parse_article_id(f"article-{digits}" if found in ("", *ENTITY_KINDS) else f"{found}-{digits}")


def _text(value: Any) -> tuple[bytes, str]:
    data = _encoded(value)
    text = nfc_lf(data)
    if not text.strip():
        raise InvalidValue("text", "not be blank", text[:40])

    return data, text


def _encoded(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if value is not None and not isinstance(value, str):
        raise InvalidValue("text", "be text or bytes", value)

    # A lone surrogate comes out as bytes that are no UTF-8, and is refused as such.
    return (value or "").encode("utf-8", "surrogatepass")


def _words(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, (str, bytes)):
        raise InvalidValue("value", "be text", value)
    try:
        return _encoded(value).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidValue("value", f"be UTF-8, but byte {error.start} is not", error.reason) from None


def _date(value: Any) -> PartialDate:
    if isinstance(value, (datetime.date, datetime.datetime)):
        return PartialDate(value.isoformat()[:10])

    return values_in.date(_words(value))


def _credits(value: Any) -> tuple[Credit, ...] | None:
    names: Iterable[Any] = value if isinstance(value, list) else [value]

    return tuple(_named(names)) or None


def _named(names: Iterable[Any]) -> Iterator[Credit]:
    for name in names:
        if not is_blank(name) and not is_blank(words := _words(name)):
            yield values_in.credit(words)


#: How the column for each of an article's fields is read.
_PARSERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "headline": lambda value: values_in.headline(_words(value)),
    "publisher": lambda value: values_in.credit(_words(value)),
    "bylines": _credits,
    "published": _date,
    "url": lambda value: values_in.url(_words(value)),
    "language": lambda value: values_in.language(_words(value)),
}
