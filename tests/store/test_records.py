"""
The column with the records becomes records: fast where the bytes were verified, strictly otherwise.
"""

from __future__ import annotations

import json

import pyarrow
import pytest

from dateline.digests import encode
from dateline.errors import InvalidDocument, InvalidRecord
from dateline.formats.arrow import to_arrow
from dateline.records import Article, Entity
from dateline.store import records
from dateline.testing import make_article, tiny_corpus


def rows(*texts):
    """
    A table with these records.
    """
    return pyarrow.table({"record": pyarrow.array(texts, "string")})


@pytest.mark.parametrize("verified", [True, False])
def test_both_doors_give_the_records(verified):
    """
    Verified or not, a table, a batch and a part of one give the records that were put in.
    """
    tiny = tiny_corpus()
    articles, entities = to_arrow(tiny, "articles"), to_arrow(tiny, "entities")

    assert tuple(tiny.values()) == records(articles, Article, verified=verified)
    assert tuple(tiny.entities.values()) == records(entities.to_batches()[0], Entity, verified=verified)
    assert tuple(tiny.values())[1:] == records(articles.slice(1), Article, verified=verified)
    assert () == records(articles.slice(2), Article, verified=verified)


def test_a_record_that_is_not_canonical_is_read_strictly():
    """
    A stranger's order of keys and spaces are no fault.
    """
    article = make_article()
    loose = json.dumps(dict(reversed(json.loads(encode(article)).items())), indent=1)

    assert (article,) == records(rows(loose), Article)


BAD = {
    "unknown-key": ('{"id":"a","revision":1,"status":"published","x":1}', "unknown key 'x'"),
    "twice": ('{"id":"a","revision":1,"revision":2,"status":"published"}', "key 'revision' stands twice"),
    "missing": ('{"id":"a","status":"published"}', "required key 'revision' is missing"),
    "type": ('{"id":"a","revision":"1","status":"published"}', "expected a whole number"),
    "word": ('{"id":"a","revision":1,"status":"printed"}', "status"),
    "rule": ('{"id":"A b","revision":1,"status":"published"}', "article id must look like"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_record_is_named_with_its_row(bad):
    """
    Of foreign rows, the file, the row and what is wrong are told.
    """
    text, problem = BAD[bad]

    with pytest.raises(InvalidRecord, match=problem) as caught:
        records(rows(encode(make_article()).decode(), text), Article, file="a.parquet", first=5)
    assert "a.parquet:6" == caught.value.subject


@pytest.mark.parametrize("verified", [True, False])
@pytest.mark.parametrize(("text", "problem"), [(None, "record must be text, got None"), ("{", "")])
def test_what_is_no_record_is_named_with_its_row(verified, text, problem):
    """
    A row without a record, or with what is not JSON, is named through either door.
    """
    found = rows(encode(make_article()).decode(), text)

    with pytest.raises(InvalidDocument, match=rf"a\.parquet:6: .*{problem}"):
        records(found, Article, verified=verified, file="a.parquet", first=5)
