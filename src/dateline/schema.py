"""
The version of the shape of the records, and whether this package can read a given one.
"""

from __future__ import annotations

from typing import Final

import dateline
from dateline.errors import NewerSchema
from dateline.ids import parse_version, version_key


#: Raised when a field is added (minor) or changes its meaning (major).
SCHEMA_VERSION: Final = "1.0"

#: The oldest package that reads this shape.
MIN_READER: Final = "0.1.0"


def check_reader(subject: str, min_reader: str) -> None:
    """
    Refuse data that need a later package; *subject* is for messages.

    Raises:
        InvalidValue: If *min_reader* is no version.
        NewerSchema: If it is later than this package's.

    >>> check_reader("x.jsonl", "99.0.0")
    Traceback (most recent call last):
        ...
    dateline.errors.NewerSchema: x.jsonl needs dateline 99.0.0 or later, this is 0.1.0
    """
    if version_key(parse_version(min_reader)) > version_key(dateline.__version__):
        raise NewerSchema(subject, min_reader, dateline.__version__)
