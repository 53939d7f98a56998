"""
What stands in front of dumped records: which corpus they are, and who can read them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Final

from attrs import evolve, field, frozen

from dateline import where
from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.errors import (
    DigestMismatch,
    InvalidPredicate,
    InvalidRecord,
    InvalidValue,
    PredicateError,
)
from dateline.ids import Digest, Pin, Version, parse_digest, parse_version
from dateline.predicates import Predicate
from dateline.records import Article, Entity
from dateline.schema import MIN_READER, SCHEMA_VERSION, check_reader
from dateline.validators import checked, matches, optional


def _is_predicate(_: object, __: object, value: str | None) -> None:
    if value is not None:
        try:
            where.parse(value)
        except InvalidPredicate as error:
            raise InvalidValue("selection", "be a printed predicate", value) from error


@frozen(kw_only=True)
class Heading:
    """
    Which corpus the records are; their digest shows that none is missing or changed.
    """

    #: Version of the shape of the records.
    schema: str = field(validator=matches(r"[0-9]{1,9}\.[0-9]{1,9}", SCHEMA_VERSION))

    #: The oldest package that can read them.
    min_reader: Version = field(validator=checked(parse_version))

    #: Of the records that follow.
    digest: Digest = field(validator=checked(parse_digest))

    #: Of the dataset that they are from, as ``name@version#digest``.
    pin: str | None = field(default=None, validator=optional(checked(Pin.parse)))

    #: The predicate that selected them from the dataset, as code.
    selection: str | None = field(default=None, validator=_is_predicate)

    description: Description | None = None


#: Stands in a heading, in as many characters, until the digest of the records is known.
PENDING: Final = Digest(f"sha256:{0:064}")


def heading_of(corpus: Corpus, digest: Digest | None = None) -> Heading:
    """
    The heading of a corpus; *digest* says otherwise than the corpus what the digest of the records is.

    A selection that has no written form, or a longer one than is read back, is left out:
    then only the two digests show that the records are a subset.
    """
    return Heading(
        schema=SCHEMA_VERSION,
        min_reader=Version(MIN_READER),
        digest=digest or corpus.digest,
        pin=None if corpus.pin is None else str(corpus.pin),
        selection=None if corpus.selection is None else _written(corpus.selection),
        description=corpus.description,
    )


def check_readable(value: object, subject: str) -> None:
    """
    Refuse a heading that says it needs a later package, before its unknown keys are faults.

    Raises:
        NewerSchema: If it does.
    """
    found = value.get("min_reader") if isinstance(value, dict) else None
    if isinstance(found, str):
        # What is no version at all is a fault like others.
        with contextlib.suppress(InvalidValue):
            check_reader(subject, found)


def corpus_under(
    heading: Heading,
    articles: Iterable[Article],
    entities: Iterable[Entity],
    file: str,
    digest: Digest | None = None,
) -> Corpus:
    """
    The corpus that a heading and the records below it are; *file* is for messages.

    The *digest* of the records is computed, unless whoever read them has done so.

    Raises:
        InvalidRecord: If an id stands twice, or a claim's is not its article's.
        DigestMismatch: If the records are not those that the heading names.
    """
    pin = None if heading.pin is None else Pin.parse(heading.pin)
    try:
        corpus = Corpus.of(articles, entities, pin=pin, description=heading.description)
    except InvalidRecord as error:
        raise InvalidRecord(file, error.faults) from None
    if heading.selection is not None:
        corpus = evolve(corpus, selection=where.parse(heading.selection))
    check_digest(heading, digest or corpus.digest, file)

    return corpus


def check_digest(heading: Heading, digest: Digest, file: str) -> None:
    """
    Refuse records that are not those that their heading names.

    Raises:
        DigestMismatch: If their *digest* is another.
    """
    if digest != heading.digest:
        raise DigestMismatch(f"{file}: corpus", heading.digest, digest)


def _written(selection: Predicate) -> str | None:
    try:
        written = selection.written()
        return written if where.parse(written) == selection else None
    except PredicateError:
        return None
