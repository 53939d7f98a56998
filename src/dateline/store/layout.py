"""
What a store is made of: numbered parts, each a Parquet file a table, and the manifest that names them all.
"""

from __future__ import annotations

from typing import Final

from attrs import field, frozen

from dateline.bases import Base
from dateline.descriptions import Description
from dateline.ids import (
    DatasetName,
    Digest,
    Version,
    parse_dataset_name,
    parse_digest,
    parse_version,
)
from dateline.manifests import Pinned
from dateline.validators import as_tuple, checked, is_natural, is_positive, matches


MANIFEST: Final = "manifest.json"

#: Raised when a store's files mean something else than before; a column more does not raise it.
LAYOUT: Final = 1

#: The tables that a part of each kind of record has, the one with the records first.
PARTS_OF: Final = {"article": ("articles", "claims"), "entity": ("entities",)}

#: Articles that a part has at most, unless the writer says otherwise.
PART_SIZE: Final = 32_768

SUFFIX: Final = ".parquet"


@frozen(kw_only=True, repr=False)
class StoreFile(Base):
    """
    One file of a store, as its part promises it.
    """

    #: The table, the number of the part, and the suffix; a store reads nothing outside its own folder.
    name: str = field(validator=matches(r"[a-z]+(?:_[a-z]+)*-[0-9]{5,9}\.parquet", "articles-00000.parquet"))

    #: In bytes.
    size: int = field(validator=is_natural)

    rows: int = field(validator=is_natural)

    digest: Digest = field(validator=checked(parse_digest))

    @property
    def table(self) -> str:
        """
        The table that the file holds rows of.
        """
        return self.name.partition("-")[0]


@frozen(kw_only=True, repr=False)
class Part(Base):
    """
    Some records of one kind with their rows in every table.
    """

    #: ``article`` or ``entity``.
    kind: str = field(validator=matches("article|entity", "article"))

    #: How many records.
    count: int = field(validator=is_positive)

    #: Of the records, made as that of a corpus: two parts with the same one hold the same.
    records: Digest = field(validator=checked(parse_digest))

    #: The table with the records first.
    files: tuple[StoreFile, ...] = field(converter=as_tuple)


@frozen(kw_only=True, repr=False)
class StoreManifest(Pinned):
    """
    What a store is, and which parts it has.
    """

    name: DatasetName = field(validator=checked(parse_dataset_name))

    version: Version = field(validator=checked(parse_version))

    #: Version of the shape of the records.
    schema: str

    #: The oldest package that can read them.
    min_reader: Version = field(validator=checked(parse_version))

    #: Version of the shape of the files.
    layout: int = field(validator=is_positive)

    #: Of the whole corpus.
    digest: Digest = field(validator=checked(parse_digest))

    #: How many there are, in all parts.
    articles: int = field(validator=is_natural)

    claims: int = field(validator=is_natural)

    entities: int = field(validator=is_natural)

    #: Those of articles, then those of entities, as they were written.
    parts: tuple[Part, ...] = field(converter=as_tuple)

    description: Description | None = None

    @property
    def files(self) -> tuple[StoreFile, ...]:
        """
        The files of all parts.
        """
        return tuple(file for part in self.parts for file in part.files)


def file_name(table: str, number: int) -> str:
    """
    The name of the file of a table in the part of that number.

    >>> file_name("claims", 3)
    'claims-00003.parquet'
    """
    return f"{table}-{number:05}{SUFFIX}"


def row_count(table: str, parts: tuple[Part, ...]) -> int:
    """
    How many rows a table has in some parts.
    """
    return sum(file.rows for part in parts for file in part.files if file.table == table)
