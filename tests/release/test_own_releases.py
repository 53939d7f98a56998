"""
A release folder of the user's own: read whole and strictly, or refused with file and line.
"""

from __future__ import annotations

import os

import pytest

from dateline.corpus import Corpus
from dateline.errors import (
    DamagedRelease,
    DatelineError,
    DigestMismatch,
    InvalidDocument,
    InvalidRecord,
    InvalidValue,
    NewerSchema,
    NotRead,
)
from dateline.ids import Pin
from dateline.manifests import ARTICLES, ENTITIES, MANIFEST, manifest_of
from dateline.own_releases import read_manifest, read_release
from dateline.testing import tiny_corpus


OTHER = "sha256:" + "0" * 64


def edited(folder, name, old, new):
    """
    Replace bytes in a file of the folder, once.
    """
    data = (folder / name).read_bytes()
    assert old in data
    (folder / name).write_bytes(data.replace(old, new, 1))


def test_a_valid_release_is_read(own):
    """
    A release folder of one's own gives the corpus that it was made of, pin and description included.
    """
    corpus = read_release(own)

    assert tiny_corpus() == corpus
    assert tiny_corpus().pin == corpus.pin
    assert tiny_corpus().description == corpus.description
    assert corpus == read_release(str(own), corpus.pin)


def test_a_stray_file_does_no_harm(own):
    """
    What some desktop left in the folder is not looked at.
    """
    (own / ".DS_Store").write_bytes(b"\0")

    assert tiny_corpus() == read_release(own)


@pytest.mark.parametrize("name", [ARTICLES, ENTITIES])
def test_a_missing_file_is_named(own, name):
    """
    A file that the manifest promises must be there.
    """
    (own / name).unlink()

    with pytest.raises(DamagedRelease, match=f"tiny 1.0.0 is damaged: {name} is missing"):
        read_release(own)


def test_no_manifest_no_release(own):
    """
    A folder without a manifest is no release.
    """
    (own / MANIFEST).unlink()

    with pytest.raises(NotRead, match=r"manifest\.json was not read"):
        read_release(own)


@pytest.mark.parametrize("name", [ARTICLES, ENTITIES])
@pytest.mark.parametrize(
    ("damage", "error"),
    [
        pytest.param(lambda data: b"", DamagedRelease, id="empty"),
        pytest.param(lambda data: data[:-2], DamagedRelease, id="cut"),
        pytest.param(lambda data: data + b"\n", DamagedRelease, id="longer"),
        pytest.param(lambda data: data.replace(b"a", b"b", 1), DigestMismatch, id="changed"),
        pytest.param(lambda data: bytes(len(data)), DigestMismatch, id="zeroed"),
    ],
)
def test_damage_is_found(own, name, damage, error):
    """
    Size and digest of every file are held against the manifest before anything is parsed.
    """
    (own / name).write_bytes(damage((own / name).read_bytes()))

    with pytest.raises(error, match=name):
        read_release(own)


def test_swapped_files_are_refused(own):
    """
    Two files under each other's name are refused.
    """
    (own / ARTICLES).rename(own / "other")
    (own / ENTITIES).rename(own / ARTICLES)
    (own / "other").rename(own / ENTITIES)

    with pytest.raises(DamagedRelease, match=ARTICLES):
        read_release(own)


def test_records_and_manifest_altered_together_meet_the_pin(own, signed):
    """
    Who alters both is found by whoever wrote the pin down.
    """
    pin = read_release(own).pin
    signed(own, ARTICLES, (own / ARTICLES).read_bytes().replace(b"eleven weeks", b"twelve weeks"))

    with pytest.raises(DigestMismatch, match=r"corpus tiny 1\.0\.0 must have digest"):
        read_release(own)
    forged = tiny_corpus().digest
    with pytest.raises(DigestMismatch) as caught:
        read_release(own, pin)
    signed(own, ARTICLES, (own / ARTICLES).read_bytes(), digest=caught.value.actual)
    assert forged != read_release(own).digest
    with pytest.raises(DigestMismatch) as caught:
        read_release(own, pin)
    assert pin.digest == caught.value.expected


@pytest.mark.parametrize(
    "pin",
    [
        pytest.param("tiny@1.0.1", id="version"),
        pytest.param("other@1.0.0", id="name"),
        pytest.param(f"other@1.0.0#{tiny_corpus().digest}", id="name-with-digest"),
        pytest.param(f"tiny@1.0.1#{tiny_corpus().digest}", id="version-with-digest"),
        pytest.param(f"tiny@1.0.0#{OTHER}", id="digest"),
    ],
)
def test_a_pin_of_something_else_is_refused(own, pin):
    """
    The release that is read is the one that the pin names, in all its parts.
    """
    with pytest.raises(DatelineError, match=r"tiny 1\.0\.0"):
        read_release(own, Pin.parse(pin))


def test_a_pin_without_digest_names_the_release(own):
    """
    A pin of name and version is content with whatever the manifest says.
    """
    assert tiny_corpus() == read_release(own, Pin.parse("tiny@1.0.0"))


def test_a_later_schema_is_refused_before_its_keys(own):
    """
    A manifest for a later package is refused for that, not for the keys that this one does not know.
    """
    edited(
        own,
        MANIFEST,
        b'"min_reader":"0.1.0"',
        b'"min_reader":"99.0.0","rooms":{"new":[1.5]}'.replace(b"1.5", b"15"),
    )

    with pytest.raises(NewerSchema, match=r"1\.0\.0/manifest\.json needs dateline 99\.0\.0 or later"):
        read_release(own)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            b'"0.1.0"',
            b'"soon"',
            r"version must look like '1.0.0', got 'soon' @ \$\.min_reader",
            id="no-version",
        ),
        pytest.param(b'"0.1.0"', b"1", r"expected text, got 1 @ \$\.min_reader", id="no-text"),
        pytest.param(b'"min_reader"', b'"max_reader"', "unknown key 'max_reader'", id="unknown-key"),
        pytest.param(
            b'"min_reader"', b'"max_reader"', "required key 'min_reader' is missing", id="missing-key"
        ),
        pytest.param(
            b'"name":"tiny"', b'"name":"tiny","name":"tiny"', "key 'name' stands twice", id="duplicate-key"
        ),
        pytest.param(b'"articles.jsonl"', b'"../articles.jsonl"', r"@ \$\.files\[0\]\.name", id="path-up"),
        pytest.param(b'"articles.jsonl"', b'"/etc/passwd"', r"@ \$\.files\[0\]\.name", id="absolute-path"),
        pytest.param(b'"articles.jsonl"', b'"a/articles.jsonl"', r"@ \$\.files\[0\]\.name", id="inner-path"),
        pytest.param(
            b'"articles.jsonl"', b'"..\\\\articles.jsonl"', r"@ \$\.files\[0\]\.name", id="backslash"
        ),
        pytest.param(b'"articles.jsonl"', b'"C:articles.jsonl"', r"@ \$\.files\[0\]\.name", id="drive"),
        pytest.param(b'"articles.jsonl"', b'".."', r"@ \$\.files\[0\]\.name", id="parent"),
        pytest.param(b'"articles.jsonl"', b'"a\\u0000b"', r"@ \$\.files\[0\]\.name", id="nul"),
        pytest.param(b'"articles.jsonl"', b'""', r"@ \$\.files\[0\]\.name", id="no-name"),
        pytest.param(b'"size":', b'"size":-', r"@ \$\.files\[0\]\.size", id="negative-size"),
        pytest.param(b'"size":', b'"size":9007199254740993', "beyond 2\\^53 - 1", id="huge-size"),
        pytest.param(b'"digest":"sha256:', b'"digest":"md5:', "digest must be 'sha256:'", id="weak-digest"),
        pytest.param(b'"files":[', b'"files":[NaN,', "NaN is no number of JSON", id="nan"),
        pytest.param(
            b'"files":[', b'"files":[[],', r"expected an object, got \[\] @ \$\.files\[0\]", id="wrong-type"
        ),
    ],
)
def test_a_malformed_manifest_is_refused(own, old, new, message):
    """
    A manifest is read as strictly as a record; the message names file and path.
    """
    edited(own, MANIFEST, old, new)

    with pytest.raises(InvalidRecord, match=message) as caught:
        read_release(own)
    assert str(own / MANIFEST) == caught.value.subject


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "must be JSON", id="empty"),
        pytest.param(b"\xef\xbb\xbf{}", "must not open with a byte order mark", id="bom"),
        pytest.param(b"\xff", "must be UTF-8, but byte 0 is not", id="latin-1"),
        pytest.param(b"[" * 100_000, "must not nest deeper than 100", id="deep"),
        pytest.param(b'{"a":' * 200 + b"1" + b"}" * 200, "must not nest deeper than 100", id="200-deep"),
        pytest.param(b"{} {}", "must be JSON: Extra data", id="two-values"),
    ],
)
def test_a_manifest_that_is_no_json_is_refused(own, data, message):
    """
    Bytes that are no JSON document are refused with the file's name.
    """
    (own / MANIFEST).write_bytes(data)

    with pytest.raises(InvalidDocument, match=message) as caught:
        read_manifest(own)
    assert str(own / MANIFEST) == caught.value.file


def test_a_manifest_that_is_no_object_is_refused(own):
    """
    A manifest is an object, whatever else is well-formed JSON.
    """
    (own / MANIFEST).write_bytes(b"[]")

    with pytest.raises(InvalidRecord, match=r"1\.0\.0/manifest\.json: expected an object, got \[\] @ \$"):
        read_release(own)


@pytest.mark.parametrize("lacking", ["pin", "description"])
def test_a_manifest_needs_a_pin_and_a_description(lacking):
    """
    What has no name and version, or nothing to say about itself, can be no release.
    """
    corpus = tiny_corpus()
    parts = {"pin": corpus.pin, "description": corpus.description} | {lacking: None}
    bare = Corpus.of(corpus.values(), corpus.entities.values(), **parts)

    with pytest.raises(InvalidValue, match="corpus to release must have a pin and a description"):
        manifest_of(bare, {})


def second_changed(data, change):
    """
    The lines of a file with the second one changed.
    """
    first, second, *rest = data.split(b"\n")

    return b"\n".join([first, change(second), *rest])


BAD_LINES = {
    "duplicate-key": (lambda line: line.replace(b'"id":', b'"id":"x","id":'), "key 'id' stands twice"),
    "nested-duplicate": (
        lambda line: line.replace(b'"basis":', b'"basis":"curated","basis":', 1),
        "key 'basis' stands twice @ $.sources[0]",
    ),
    "nan": (lambda line: line.replace(b'"id":', b'"odd":NaN,"id":'), "NaN is no number of JSON @ $.odd"),
    "infinity": (
        lambda line: line.replace(b'"id":', b'"odd":-Infinity,"id":'),
        "-Infinity is no number of JSON @ $.odd",
    ),
    "float": (
        lambda line: line.replace(b'"id":', b'"odd":1.0,"id":'),
        "number 1.0 must be whole, or a string @ $.odd",
    ),
    "exponent": (lambda line: line.replace(b'"id":', b'"odd":1e9999,"id":'), "must be whole"),
    "huge": (
        lambda line: line.replace(b'"id":', b'"odd":' + b"9" * 5000 + b',"id":'),
        "is beyond 2^53 - 1 @ $.odd",
    ),
    "lone-surrogate": (
        lambda line: line.replace(b'"id":', b'"odd":"\\ud800","id":'),
        "string must not hold a lone surrogate @ $.odd",
    ),
    "surrogate-key": (
        lambda line: line.replace(b'"id":', b'"\\udc00":1,"id":'),
        "key must not hold a lone surrogate",
    ),
    "deep": (
        lambda line: line.replace(b'"id":', b'"odd":' + b"[" * 200 + b"]" * 200 + b',"id":'),
        "must not nest deeper than 100",
    ),
    "very-deep": (lambda line: b"[" * 100_000, "must not nest deeper than 100"),
    "bom": (lambda line: b"\xef\xbb\xbf" + line, "must not open with a byte order mark"),
    "no-utf-8": (lambda line: line.replace(b'"id":', b'"\xff":1,"id":'), "must be UTF-8, but byte 2 is not"),
    "blank": (lambda line: b"", "must be JSON"),
    "two-on-a-line": (lambda line: line + line, "must be JSON: Extra data"),
    "cut": (lambda line: line[:-1], "must be JSON"),
    "carriage-return": (lambda line: line + b"\r", None),
    "wrong-type": (lambda line: b'["a"]', "expected an object, got ['a'] @ $"),
    "text-for-number": (
        lambda line: line.replace(b'"name":', b'"latitude":54.5,"name":'),
        "must be whole, or a string @ $.latitude",
    ),
    "number-for-text": (
        lambda line: line.replace(b'"name":"', b'"name":7,"was":"'),
        "expected text, got 7 @ $.name",
    ),
    "unknown-key": (lambda line: line.replace(b'"id":', b'"ids":'), "unknown key 'ids' @ $"),
    "missing-key": (lambda line: line.replace(b'"id":', b'"ids":'), "required key 'id' is missing @ $"),
}


@pytest.mark.parametrize("case", BAD_LINES)
def test_a_bad_line_names_itself(own, signed, case):
    """
    A line that is no record stops the reading, with file, line and path.
    """
    change, message = BAD_LINES[case]
    data = (own / ENTITIES).read_bytes()
    signed(own, ENTITIES, second_changed(data, change))
    if message is None:
        # White space is no part of a value; only checking minds it.
        assert tiny_corpus() == read_release(own)
        return

    with pytest.raises((InvalidRecord, InvalidDocument)) as caught:
        read_release(own)
    assert str(caught.value).startswith("entities.jsonl:2: ")
    assert message in str(caught.value)


def test_all_faults_of_a_line_are_named(own, signed):
    """
    One reading tells everything that is wrong with a record.
    """
    data = (own / ARTICLES).read_bytes()
    changed = second_changed(
        data,
        lambda line: line.replace(b'"revision":1', b'"revision":0').replace(
            b'"status":"published"', b'"status":"lost"'
        ),
    )
    signed(own, ARTICLES, changed)

    with pytest.raises(InvalidRecord) as caught:
        read_release(own)
    assert "articles.jsonl:2" == caught.value.subject
    assert ["$.revision", "$.status"] == [fault.path for fault in caught.value.faults]


def test_an_id_that_stands_twice_is_refused(own, signed):
    """
    Two records of one id are no corpus.
    """
    data = (own / ENTITIES).read_bytes()
    signed(own, ENTITIES, data + data.split(b"\n")[0] + b"\n")

    with pytest.raises(InvalidRecord, match="id 'group/shopkeepers-of-old-quay' stands twice"):
        read_release(own)


def test_a_manifest_that_forgets_the_entities_is_refused(own):
    """
    A manifest must name the files that the records are in.
    """
    (own / "entities.other").write_bytes((own / ENTITIES).read_bytes())
    edited(own, MANIFEST, b'"entities.jsonl"', b'"entities.other"')

    with pytest.raises(DamagedRelease, match=r"manifest\.json names no entities\.jsonl"):
        read_release(own)


@pytest.mark.parametrize("name", [ARTICLES, MANIFEST])
def test_a_link_is_refused(own, tmp_path, name):
    """
    A link, which could lead out of the folder, is not followed.
    """
    outside = tmp_path / "outside"
    (own / name).rename(outside)
    (own / name).symlink_to(outside)

    with pytest.raises(NotRead, match=f"{name} was not read: is a link"):
        read_release(own)


@pytest.mark.parametrize("name", [ARTICLES, MANIFEST])
def test_a_pipe_is_refused(own, name):
    """
    A named pipe under a file's name is not waited for.
    """
    (own / name).unlink()
    os.mkfifo(own / name)

    with pytest.raises((DamagedRelease, NotRead), match=name):
        read_release(own)


@pytest.mark.parametrize("name", [ARTICLES, MANIFEST])
def test_a_folder_in_place_of_a_file_is_refused(own, name):
    """
    A folder under a file's name is no file.
    """
    (own / name).unlink()
    (own / name).mkdir()

    with pytest.raises((DamagedRelease, NotRead), match=name):
        read_release(own)
