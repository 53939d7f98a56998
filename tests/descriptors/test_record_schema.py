"""
The JSON Schema that is a file of a release.
"""

from __future__ import annotations

import copy
import json

import pytest
from descriptors.releases import CORPORA, files_of
from jsonschema import Draft202012Validator

from dateline.json_schemas import json_schema
from dateline.strict_json import lines_of


@pytest.mark.parametrize("name", CORPORA)
def test_every_line_is_valid(name):
    """
    The schema in a release accepts each line of its JSON Lines.
    """
    files = files_of(CORPORA[name]())
    schema = json.loads(files["schema.json"])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    lines = [*lines_of(files["articles.jsonl"]), *lines_of(files["entities.jsonl"])]

    assert lines
    assert all(validator.is_valid(json.loads(line)) for line in lines)


def test_a_wrong_line_is_not():
    """
    What is neither an article nor an entity is refused, a record with a key too many among it.
    """
    files = files_of(CORPORA["tiny"]())
    validator = Draft202012Validator(json.loads(files["schema.json"]))
    record = json.loads(lines_of(files["articles.jsonl"])[0])
    longer = copy.deepcopy(record)
    longer["claims"][0]["colour"] = "red"

    assert [False, False, False] == [validator.is_valid(wrong) for wrong in (longer, {}, record["claims"][0])]


def test_it_says_what_the_schemas_of_the_records_say():
    """
    One definition each, and no other than the package gives for records on their own.
    """
    definitions = json.loads(files_of(CORPORA["tiny"]())["schema.json"])["$defs"]

    assert definitions == json_schema("article")["$defs"] | json_schema("entity")["$defs"]
