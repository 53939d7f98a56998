"""
Where a value comes from: its basis, the evidence for it, and how the text behind it was captured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from attrs import field, frozen

from dateline.bases import Base
from dateline.dates import PartialDate, as_date
from dateline.errors import InvalidValue
from dateline.ids import Digest, parse_digest
from dateline.spans import Span
from dateline.validators import as_tuple, checked, is_positive, matches, saying
from dateline.vocabulary import Basis


_FIELD = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")


@saying({"minItems": 1, "matches": _FIELD.pattern, "examples": ["published"]})
def _are_fields(instance: object, attribute: Any, value: Any) -> None:
    if not value:
        raise InvalidValue("fields", "name at least one field", value)
    for name in value:
        if not isinstance(name, str) or not _FIELD.fullmatch(name):
            raise InvalidValue("field name", "look like 'published' or 'dateline.date'", name)


@frozen(kw_only=True, repr=False)
class FieldSource(Base):
    """
    The source of one or more fields of the record that holds it.

    A stated field needs evidence, a looked-up one a reference, an inferred one a note;
    :func:`dateline.validate` says where one is missing.
    """

    #: Names of fields of this record; ``field.part`` for a part of a sub-record that differs from the rest.
    fields: tuple[str, ...] = field(converter=as_tuple, validator=_are_fields)

    basis: Basis = field(converter=Basis)

    #: Where the text says it.
    evidence: tuple[Span, ...] = field(default=(), converter=as_tuple)

    #: A URI, or a section of the sheet that the value was looked up in.
    reference: str | None = None

    #: Who established it; None means the dataset's curators.
    by: str | None = None

    #: The reason, in the curators' words.
    note: str | None = None


@frozen(repr=False)
class Sourced(Base):
    """
    A value together with its source, as :meth:`dateline.Article.sourced` gives it.
    """

    value: Any

    source: FieldSource


@frozen(kw_only=True, repr=False)
class Capture(Base):
    """
    How the text reached us: the very file that the positions were read off.
    """

    #: Its name, without folders.
    file: str = field(validator=matches(r"(?!\.{1,2}$)[^/\\\x00-\x1f]{1,200}", "article.txt"))

    #: In bytes.
    size: int = field(validator=is_positive)

    #: Of its bytes.
    digest: Digest = field(validator=checked(parse_digest))

    #: When the text was collected; None if that is not known.
    date: PartialDate | None = field(default=None, converter=as_date)


def source_of(sources: Iterable[FieldSource], name: str) -> FieldSource | None:
    """
    The source that covers the field *name*, or for ``field.part`` the field; None if there is none.
    """
    by_name = {covered: source for source in sources for covered in source.fields}

    return by_name.get(name) or by_name.get(name.partition(".")[0])
