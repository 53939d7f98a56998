"""
Verifying a store holds every byte, record and column against each other, also where the manifest was forged.
"""

from __future__ import annotations

import json

import attrs
import pyarrow
import pytest
from pyarrow import parquet

from dateline import store
from dateline.digests import encode
from dateline.errors import DamagedStore, DigestMismatch, InvalidDocument, InvalidRecord, InvalidValue
from dateline.ids import Pin, Version
from dateline.manifests import manifest_bytes
from dateline.store.layout import MANIFEST
from dateline.store.manifests import read_manifest
from dateline.testing import make_article


ARTICLES, CLAIMS, ENTITIES = "articles-00001.parquet", "claims-00001.parquet", "entities-00000.parquet"


def test_a_sound_store_is_verified(written, corpus):
    """
    A store that is as it was written has the pin of its manifest, and of whoever wrote it down.
    """
    manifest = store.verify(written)

    assert corpus.digest == manifest.digest
    assert manifest == store.verify(str(written), manifest.pin)
    assert manifest == store.verify(written, Pin(manifest.name, manifest.version))


@pytest.mark.parametrize(
    "change",
    [
        (ARTICLES, "headline", "Rain"),
        (ARTICLES, "published_earliest", None),
        (ARTICLES, "position", 7),
        (ARTICLES, "digest", "sha256:" + "0" * 64),
        (CLAIMS, "places", ["place/other"]),
        (CLAIMS, "article", "report-000"),
        (ENTITIES, "variants", ["Quay"]),
    ],
    ids=lambda change: change[1],
)
def test_a_column_that_disagrees_with_its_record_is_named(written, rewritten, column_set, change):
    """
    A column by which filters would go wrong is found, whoever signed it: file, row and column are named.
    """
    name, column, value = change
    rewritten(written, name, column_set(parquet.read_table(written / name), column, 2, value))

    with pytest.raises(
        InvalidRecord, match=rf"must be .*, as in the record, got .* @ \$\.{column}"
    ) as caught:
        store.verify(written)
    assert f"{name}:3" == caught.value.subject


def bad(record):
    """
    A record with a fault.
    """
    return json.dumps(json.loads(record) | {"revision": 0}, separators=(",", ":"), sort_keys=True)


def test_one_bad_record_in_a_row_group_is_named(written, rewritten, column_set, monkeypatch):
    """
    Among many rows the one bad record is named with file and row, in reading as in verifying.
    """
    # So that it does not stand among the first that are unfolded.
    monkeypatch.setattr("dateline.store.engine.ROWS", 2)
    rows = parquet.read_table(written / ARTICLES)
    rewritten(written, ARTICLES, column_set(rows, "record", 3, bad(rows["record"][3].as_py())))

    for call in (lambda: store.verify(written), lambda: list(store.open(written).articles())):
        with pytest.raises(InvalidRecord, match=r"revision must be a whole number from 1") as caught:
            call()
        assert f"{ARTICLES}:4" == caught.value.subject


def test_a_record_exchanged_with_all_its_columns_meets_the_digest(tmp_path, several):
    """
    Who puts another sound store under a manifest is found by the digest of the corpus.
    """
    store.write(several(4), tmp_path, name="news", version="1.0.0")
    other = store.write(several(5), tmp_path, name="news", version="1.1.0")
    folder = tmp_path / "news" / "1.1.0"
    forged = attrs.evolve(other, digest=read_manifest(tmp_path / "news" / "1.0.0").digest)
    (folder / MANIFEST).write_bytes(manifest_bytes(forged))

    assert store.open(folder, verify=True).verified
    with pytest.raises(DigestMismatch, match=r"corpus news 1\.1\.0 must have digest"):
        store.verify(folder)


def test_the_pin_is_held_against_the_records(written, corpus):
    """
    Another content, version or name than the pin's is refused.
    """
    pin = store.open(written).pin

    with pytest.raises(DigestMismatch, match="corpus news"):
        store.verify(written, Pin(pin.dataset, pin.version, "sha256:" + "0" * 64))
    with pytest.raises(InvalidValue, match="pin must be of the store in the folder"):
        store.verify(written, Pin(pin.dataset, Version("1.0.1")))


def test_a_missing_row_is_found(written, rewritten):
    """
    A claim that its article makes must have its row.
    """
    rows = parquet.read_table(written / CLAIMS)
    rewritten(written, CLAIMS, rows.slice(0, rows.num_rows - 1))

    with pytest.raises(InvalidDocument, match=f"{CLAIMS}: must have a row for each part of each record"):
        store.verify(written)


@pytest.mark.parametrize("many", [1, 2_000])
def test_a_row_too_many_is_found(written, rewritten, many):
    """
    A row that no record accounts for is refused, whether it came in the same batch or a later one.
    """
    rows = parquet.read_table(written / CLAIMS)
    rewritten(written, CLAIMS, pyarrow.concat_tables([rows, *[rows.slice(0, 1)] * many]))

    with pytest.raises(InvalidDocument, match=f"{CLAIMS}:{rows.num_rows + 1}: row must belong to a record"):
        store.verify(written)


def test_an_id_that_stands_twice_is_found(written, rewritten):
    """
    A part that has the records of another is refused, however well it is signed.
    """
    for name in ("articles-00000.parquet", "claims-00000.parquet"):
        other = name.replace("00000", "00001")
        rewritten(written, other, parquet.read_table(written / name))
    manifest = read_manifest(written)
    parts = [attrs.evolve(part, count=part.files[0].rows) for part in manifest.parts]
    (written / MANIFEST).write_bytes(manifest_bytes(attrs.evolve(manifest, parts=parts)))

    with pytest.raises(InvalidRecord, match="stands twice"):
        store.verify(written)


def test_fewer_columns_are_no_fault(written, rewritten):
    """
    A store of an earlier package, which had fewer columns, is verified by those that it has.
    """
    for name in (ARTICLES, CLAIMS):
        rows = parquet.read_table(written / name)
        rewritten(written, name, rows.drop_columns(["happened"] if "claims" in name else ["headline"]))

    assert 40 == store.verify(written).articles


def test_an_unknown_column_is_refused(written, rewritten):
    """
    A column that this package does not know cannot be verified, and is named.
    """
    rows = parquet.read_table(written / CLAIMS)
    rewritten(written, CLAIMS, rows.append_column("mood", pyarrow.array(["glad"] * rows.num_rows)))

    with pytest.raises(InvalidDocument, match=f"{CLAIMS}: must have known columns, each once, got .*'mood'"):
        store.verify(written)


def test_a_column_of_another_type_is_refused(written, rewritten):
    """
    A column whose values are right and whose type is not, is told by its types.
    """
    rows = parquet.read_table(written / CLAIMS)
    place = rows.schema.get_field_index("position")
    wider = rows.set_column(place, "position", rows["position"].cast("int32"))
    rewritten(written, CLAIMS, wider)

    with pytest.raises(InvalidDocument, match=f"{CLAIMS}: must have columns of the types"):
        store.verify(written)


def test_a_part_without_claims_is_verified(tmp_path):
    """
    Articles that make no claims have a table of claims without rows.
    """
    store.write([make_article(claims=())], tmp_path, name="news", version="1.0.0")

    assert 0 == store.verify(tmp_path / "news" / "1.0.0").claims


def test_tables_of_a_later_package_are_left_alone(written):
    """
    A table that this package does not know is held against its digest and no more.
    """
    manifest = read_manifest(written)
    data = (written / CLAIMS).read_bytes()
    (written / "weather-00001.parquet").write_bytes(data)
    first, second, *others = manifest.parts
    claims = second.files[1]
    more = attrs.evolve(second, files=(*second.files, attrs.evolve(claims, name="weather-00001.parquet")))
    (written / MANIFEST).write_bytes(manifest_bytes(attrs.evolve(manifest, parts=[first, more, *others])))

    assert (written / "weather-00001.parquet",) == store.open(written).paths("weather")
    assert 40 == store.verify(written).articles
    (written / "weather-00001.parquet").write_bytes(bytes(len(data)))
    with pytest.raises(DigestMismatch, match="weather"):
        store.verify(written)


def test_records_are_told_apart_from_their_bytes(written):
    """
    Every record in a store is the canonical bytes of what it becomes.
    """
    for article, row in zip(
        store.open(written).articles(),
        (
            row
            for path in store.open(written).paths("articles")
            for row in parquet.read_table(path).to_pylist()
        ),
        strict=True,
    ):
        assert encode(article).decode() == row["record"]


@pytest.mark.parametrize(
    ("name", "column"), [(ARTICLES, "id"), (ARTICLES, "record"), (CLAIMS, "id"), (CLAIMS, "article")]
)
def test_a_column_that_all_hangs_by_must_be_there(written, rewritten, name, column):
    """
    Other columns may be missing from an old file, but not those of ids and records.
    """
    rewritten(written, name, parquet.read_table(written / name).drop_columns([column]))

    with pytest.raises(InvalidDocument, match=f"{name}: must have a column '{column}'"):
        store.verify(written)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda rows: rows.drop_columns(["id"]), "must have a column 'id'"),
        (lambda rows: rows.drop_columns(["record"]), "must have a column 'record'"),
        (
            lambda rows: of_records(rows, [None] * rows.num_rows, pyarrow.string()),
            "record must be text, got None",
        ),
        (lambda rows: of_records(rows, [7] * rows.num_rows, pyarrow.int64()), "record must be text: "),
    ],
    ids=["no ids", "no records", "nothing", "numbers"],
)
def test_the_digest_of_what_is_no_store_is_an_error(written, rewritten, change, problem):
    """
    Where ids or records are missing, that is told and no digest given.
    """
    rewritten(written, ARTICLES, change(parquet.read_table(written / ARTICLES)))

    with pytest.raises(InvalidDocument, match=f"{ARTICLES}.*{problem}"):
        store.open(written).digest()


def of_records(rows, values, kind):
    """
    A table with other values for records.
    """
    return rows.set_column(rows.schema.get_field_index("record"), "record", pyarrow.array(values, kind))


def without_claims(parts):
    """
    The first part without its claims.
    """
    return [attrs.evolve(parts[0], files=parts[0].files[:1]), *parts[1:]]


def exchanged(parts):
    """
    Two parts, each with the claims of the other.
    """
    one, other, *rest = parts

    return [
        attrs.evolve(one, files=(one.files[0], other.files[1])),
        attrs.evolve(other, files=(other.files[0], one.files[1])),
        *rest,
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (without_claims, "has a part of article records with the tables articles"),
        (exchanged, "has a part of the files articles-00000.parquet, claims-00001.parquet"),
        (lambda parts: [attrs.evolve(parts[0], files=()), *parts[1:]], "has a part of article records with"),
    ],
    ids=["no claims", "exchanged", "no files"],
)
def test_each_part_has_its_own_claims(written, change, problem):
    """
    Engines are asked for articles beside their claims: a manifest that parts them is refused.
    """
    manifest = read_manifest(written)
    (written / MANIFEST).write_bytes(manifest_bytes(attrs.evolve(manifest, parts=change(manifest.parts))))

    with pytest.raises(DamagedStore, match=problem):
        store.open(written)
