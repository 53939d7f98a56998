"""
Two doors into the records: which one some bytes pass.
"""

from __future__ import annotations

import json

import pytest

from dateline.digests import encode, plain
from dateline.doors import record_in
from dateline.errors import InvalidDocument, InvalidRecord
from dateline.records import Entity
from dateline.testing import make_entity


def test_canonical_bytes_are_told():
    """
    The bytes that a record is written as are its canonical ones.
    """
    entity = make_entity()

    assert (entity, True) == record_in(encode(entity), Entity, "entities")


def test_a_record_that_is_not_canonical_is_read_all_the_same():
    """
    A record with other spaces and in another order is what it says.
    """
    entity = make_entity()
    spaced = json.dumps(dict(reversed(plain(entity).items())), indent=1).encode()

    assert (entity, False) == record_in(spaced, Entity, "entities", 1)


@pytest.mark.parametrize(("row", "where"), [(None, "entities"), (7, "entities:7")])
def test_what_is_no_record_is_named(row, where):
    """
    The strict door says what is wrong, and where.
    """
    with pytest.raises(InvalidRecord, match=rf"{where}: "):
        record_in(b'{"id":"place/a","kind":"place"}', Entity, "entities", row)
    with pytest.raises(InvalidDocument, match=rf"^{where}(:1)?: "):
        record_in(b"{", Entity, "entities", row)
