"""
Identifiers as checked strings: articles, claims, entities, digests, versions and pins.
"""

from __future__ import annotations

import re
from typing import Any, Final, NewType

from attrs import field, frozen
from attrs.converters import optional

from dateline.bases import Base
from dateline.errors import InvalidValue


#: Lower-case words joined by hyphens, such as ``kherson-seized``; never reused.
ArticleId = NewType("ArticleId", str)

#: An article id and a number in it, such as ``kherson-seized/c01``; never reused.
ClaimId = NewType("ClaimId", str)

#: A kind and a name, such as ``place/kherson``; never reused.
EntityId = NewType("EntityId", str)

#: ``sha256:`` and 64 lower-case hexadecimal digits.
Digest = NewType("Digest", str)

#: Lower-case words joined by hyphens, such as ``ukraine-2022``.
DatasetName = NewType("DatasetName", str)

#: Three numbers, such as ``1.0.0``.
Version = NewType("Version", str)

#: The kinds of entity; each opens an entity id, so none of them is an article id.
ENTITY_KINDS = ("person", "organisation", "place", "group")

#: No id is longer, in characters.
MAX_LENGTH = 200

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_NUMBER = r"(?:0|[1-9][0-9]{0,8})"
_ARTICLE = re.compile(rf"(?!(?:{'|'.join(ENTITY_KINDS)})(?:/|\Z)){_SLUG}")
_CLAIM = re.compile(rf"{_ARTICLE.pattern}/c[0-9]{{2,6}}")
_ENTITY = re.compile(rf"(?:{'|'.join(ENTITY_KINDS)})/{_SLUG}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_DATASET = re.compile(_SLUG)
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}")

#: For each type of checked string the pattern that all of it matches; none is longer than MAX_LENGTH.
PATTERNS: Final[dict[Any, str]] = {
    ArticleId: _ARTICLE.pattern,
    ClaimId: _CLAIM.pattern,
    EntityId: _ENTITY.pattern,
    Digest: _DIGEST.pattern,
    DatasetName: _DATASET.pattern,
    Version: _VERSION.pattern,
}

#: The pattern of a printed pin, whose name is as short as any.
PIN_PATTERN: Final = rf"(?![^@]{{{MAX_LENGTH + 1}}}){_SLUG}@{_VERSION.pattern}(?:#{_DIGEST.pattern})?"


def _matched(pattern: re.Pattern[str], value: object, subject: str, expected: str) -> str:
    if isinstance(value, str) and len(value) <= MAX_LENGTH and pattern.fullmatch(value):
        return value
    raise InvalidValue(subject, expected, value)


def parse_article_id(value: str) -> ArticleId:
    """
    Check that *value* is an article id and mark it as one.

    Raises:
        InvalidValue: If it is not lower-case words joined by hyphens, or is the word for a kind of entity.

    >>> parse_article_id("kherson-seized")
    'kherson-seized'
    >>> parse_article_id("Kherson seized")
    Traceback (most recent call last):
        ...
    dateline.errors.InvalidValue: article id must look like 'kherson-seized', got 'Kherson seized'
    """
    return ArticleId(_matched(_ARTICLE, value, "article id", "look like 'kherson-seized'"))


def parse_claim_id(value: str) -> ClaimId:
    """
    Check that *value* is a claim id and mark it as one.

    Raises:
        InvalidValue: If it is not an article id, ``/c`` and two to six digits.

    >>> parse_claim_id("kherson-seized/c01")
    'kherson-seized/c01'
    """
    return ClaimId(_matched(_CLAIM, value, "claim id", "look like 'kherson-seized/c01'"))


def parse_entity_id(value: str) -> EntityId:
    """
    Check that *value* is an entity id and mark it as one.

    Raises:
        InvalidValue: If it is not a kind of entity, a slash and lower-case words joined by hyphens.

    >>> parse_entity_id("place/kherson")
    'place/kherson'
    """
    expected = f"look like 'place/kherson' and begin with one of {', '.join(ENTITY_KINDS)}"
    return EntityId(_matched(_ENTITY, value, "entity id", expected))


def parse_digest(value: str) -> Digest:
    """
    Check that *value* is a digest and mark it as one; SHA-256 is the only algorithm.

    Raises:
        InvalidValue: If it is not ``sha256:`` and 64 lower-case hexadecimal digits.

    >>> parse_digest("md5:d41d8cd9")
    Traceback (most recent call last):
        ...
    dateline.errors.InvalidValue: digest must be 'sha256:' and 64 lower-case hex digits, got 'md5:d41d8cd9'
    """
    expected = "be 'sha256:' and 64 lower-case hex digits"
    return Digest(_matched(_DIGEST, value, "digest", expected))


def parse_dataset_name(value: str) -> DatasetName:
    """
    Check that *value* is a dataset's name and mark it as one.

    Raises:
        InvalidValue: If it is not lower-case words joined by hyphens.
    """
    return DatasetName(_matched(_DATASET, value, "dataset name", "look like 'ukraine-2022'"))


def parse_version(value: str) -> Version:
    """
    Check that *value* is a dataset version and mark it as one.

    Raises:
        InvalidValue: If it is not three numbers joined by dots, without leading zeros.

    >>> parse_version("1.0")
    Traceback (most recent call last):
        ...
    dateline.errors.InvalidValue: version must look like '1.0.0', got '1.0'
    """
    return Version(_matched(_VERSION, value, "version", "look like '1.0.0'"))


def version_key(version: str) -> tuple[int, int, int]:
    """
    The numbers of a version, to sort by.

    >>> sorted(["1.10.0", "1.9.0"], key=version_key)
    ['1.9.0', '1.10.0']
    """
    major, minor, patch = map(int, version.split("."))

    return major, minor, patch


@frozen(repr=False)
class Pin(Base):
    """
    A dataset at one version with one content: what to write down so that others get the same records.

    It prints in the form that :func:`dateline.load` takes.
    A pin without a digest names a version and leaves its content to the installed package.

    >>> print(Pin.parse("ukraine-2022@1.0.0"))
    ukraine-2022@1.0.0
    """

    dataset: DatasetName = field(converter=parse_dataset_name)

    version: Version = field(converter=parse_version)

    digest: Digest | None = field(default=None, converter=optional(parse_digest))

    @classmethod
    def parse(cls, text: str) -> Pin:
        """
        Read a pin from its printed form, ``name@version`` or ``name@version#digest``.

        Raises:
            InvalidValue: If a part is missing or malformed.
        """
        dataset, at, rest = str(text).partition("@")
        if not at:
            raise InvalidValue("pin", "look like 'ukraine-2022@1.0.0#sha256:…'", text)
        version, hash_, digest = rest.partition("#")

        return cls(
            parse_dataset_name(dataset), parse_version(version), parse_digest(digest) if hash_ else None
        )

    def __str__(self) -> str:
        text = f"{self.dataset}@{self.version}"
        return text if self.digest is None else f"{text}#{self.digest}"
