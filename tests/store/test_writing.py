"""
A store is written whole, in bounded pieces, and shares what an earlier version has.
"""

from __future__ import annotations

import datetime
import sys

import pytest
import strategies as make
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from dateline import store
from dateline.corpus import Corpus
from dateline.errors import InvalidRecord, InvalidValue, MissingExtra, ReleaseExists
from dateline.formats.flat_tables import TABLES
from dateline.store import engine
from dateline.testing import make_article, make_claim, tiny_corpus


def tables(folder, table):
    """
    The rows of each file of a table, in the order of the parts.
    """
    return [parquet.read_table(path).to_pylist() for path in store.open(folder).paths(table)]


def test_a_store_holds_what_was_written(written, corpus):
    """
    A store gives back the articles and entities that it was made of, and has the digest of their corpus.
    """
    opened = store.open(written)

    assert corpus == Corpus.of(opened.articles(), opened.entities())
    assert corpus.digest == opened.pin.digest
    assert (40, len(corpus.claims), 5) == (
        opened.manifest.articles,
        opened.manifest.claims,
        opened.manifest.entities,
    )


def test_a_part_has_no_more_than_its_size(written):
    """
    No part has more articles than was asked for, and all but the last are at least half full.
    """
    counts = [part.count for part in store.open(written).manifest.parts if part.kind == "article"]

    assert 40 == sum(counts)
    assert all(4 <= count <= 8 for count in counts[:-1])


def test_a_part_is_sorted_by_date_then_id(written):
    """
    The articles of a part stand by their first possible day, then by id; those without a date come last.
    """
    for rows in tables(written, "articles"):
        keys = [(row["published_earliest"] or datetime.date.max, row["id"]) for row in rows]

        assert sorted(keys) == keys
        assert list(range(1, len(rows) + 1)) == [row["position"] for row in rows]


def test_claims_stand_as_their_articles_do(written, corpus):
    """
    A part has the claims of its articles and no others, in the order of those articles and of their texts.
    """
    for articles, claims in zip(tables(written, "articles"), tables(written, "claims"), strict=True):
        expected = [claim.id for row in articles for claim in corpus[row["id"]].claims]

        assert expected == [row["id"] for row in claims]
        assert list(range(1, len(claims) + 1)) == [row["position"] for row in claims]


def test_columns_are_those_of_the_format_parquet(written):
    """
    Whoever knows the tables of the format knows those of a store, columns and types.
    """
    for table in ("articles", "claims", "entities"):
        for path in store.open(written).paths(table):
            names = parquet.read_schema(path).names

            assert ["position", *(column.name for column in TABLES[table].columns)] == names


def test_columns_say_what_the_format_says(tmp_path):
    """
    The rows of a store are those of a dumped corpus, in the store's order.
    """
    tiny = tiny_corpus()
    store.write(
        tiny.values(), tmp_path, name="tiny", version="1.0.0", entities=tiny.entities.values(),
        description=tiny.description,
    )  # fmt: skip
    opened = store.open(tmp_path / "tiny" / "1.0.0")

    assert (tiny.pin, tiny.description) == (opened.pin, opened.description)
    assert "<Store tiny 1.0.0 (2 articles, 6 claims, 5 entities)>" == repr(opened)
    for table in ("articles", "claims"):
        columns = [column.name for column in TABLES[table].columns]
        expected = [dict(zip(columns, row[1:], strict=True)) for row in TABLES[table].rows(tiny)]
        [found] = tables(opened.folder, table)
        for row in found:
            del row["position"]

        assert sorted(expected, key=lambda row: row["id"]) == sorted(found, key=lambda row: row["id"])


def test_what_is_read_whole_is_not_packed(written):
    """
    To unpack all words would take as long as to look through them.
    """
    group = parquet.read_metadata(store.open(written).paths("articles")[0]).row_group(0)
    found = {chunk.path_in_schema: chunk for chunk in map(group.column, range(group.num_columns))}

    assert ("UNCOMPRESSED", None) == (found["words_folded"].compression, found["words_folded"].statistics)
    assert "ZSTD" == found["headline"].compression


def test_files_say_how_they_are_sorted(written):
    """
    An engine is told the order, and gets the smallest and largest day of each group of rows.
    """
    metadata = parquet.read_metadata(store.open(written).paths("articles")[0])
    names = metadata.schema.names
    group = metadata.row_group(0)

    assert ["published_earliest", "id"] == [names[key.column_index] for key in group.sorting_columns]
    assert group.column(names.index("published_earliest")).statistics.has_min_max
    assert group.column(names.index("record")).statistics is None


@pytest.mark.parametrize(
    ("column", "compression", "dictionary"),
    [
        ("kind", "SNAPPY", True),
        ("places.list.element", "SNAPPY", True),
        ("statement_folded", "SNAPPY", False),
        ("id", "SNAPPY", False),
    ],
)
def test_what_is_searched_is_fast_to_read(written, column, compression, dictionary):
    """
    Engines need not unpack much to look into a column, nor go by a dictionary of values that stand once.
    """
    group = parquet.read_metadata(store.open(written).paths("claims")[0]).row_group(0)
    found = next(
        chunk for chunk in map(group.column, range(group.num_columns)) if chunk.path_in_schema == column
    )

    assert (compression, dictionary) == (found.compression, found.has_dictionary_page)
    assert found.statistics.has_min_max


def test_records_are_made_small(written):
    """
    What nobody searches by is packed well: it is most of a store.
    """
    metadata = parquet.read_metadata(store.open(written).paths("articles")[0])

    assert "ZSTD" == metadata.row_group(0).column(metadata.schema.names.index("record")).compression


def test_claims_lie_in_larger_groups(tmp_path, several):
    """
    The claims of a group of articles are not many groups.
    """
    store.write(several(5_000), tmp_path, name="news", version="1.0.0")
    files = store.open(tmp_path / "news" / "1.0.0")
    groups = {
        table: parquet.read_metadata(files.paths(table)[0]).num_row_groups for table in ("articles", "claims")
    }

    assert {"articles": 2, "claims": 1} == groups


def test_the_same_records_give_the_same_bytes(written, tmp_path, several, entities):
    """
    Whoever writes the same records in the same order gets the same files.
    """
    store.write(several(40), tmp_path / "again", name="news", version="1.0.0", entities=entities, part_size=8)
    for path in sorted(written.iterdir()):
        assert path.read_bytes() == (tmp_path / "again" / "news" / "1.0.0" / path.name).read_bytes()


def test_records_are_taken_as_they_come(tmp_path, several):
    """
    Parts are saved while records still come in: no more than one part is held.
    """
    draft = tmp_path / "news" / ".1.0.0.draft"
    found = []

    def watched():
        for article in several(40):
            found.append(len(list(draft.glob("articles-*.parquet"))))
            yield article

    manifest = store.write(watched(), tmp_path, name="news", version="1.0.0", part_size=8)

    assert len(manifest.parts) - 1 == found[-1]
    assert sorted(found) == found


@pytest.mark.parametrize("limit", ["_PART_BYTES", "_CHUNK_BYTES"])
def test_large_records_make_smaller_parts(tmp_path, several, monkeypatch, limit):
    """
    Neither a part nor what is flattened at once grows beyond some bytes, however large the records are.
    """
    monkeypatch.setattr(f"dateline.store.writing.{limit}", 2)
    manifest = store.write(several(5), tmp_path, name="news", version="1.0.0")

    assert (5 if limit == "_PART_BYTES" else 1) == len(manifest.parts)
    assert Corpus.of(several(5)) == Corpus.of(store.open(tmp_path / "news" / "1.0.0").articles())


def test_an_empty_store_is_one(tmp_path):
    """
    Of no records there is a store without parts, which has the digest of the empty corpus.
    """
    manifest = store.write([], tmp_path, name="none", version="1.0.0")

    assert Corpus.of([]).digest == manifest.digest
    assert () == manifest.parts
    assert [] == list(store.open(tmp_path / "none" / "1.0.0").articles())
    assert manifest == store.verify(tmp_path / "none" / "1.0.0")


@pytest.mark.parametrize(
    ("what", "problem"),
    [
        ({"articles": tiny_corpus()}, "Article must be a record of the class Article, got 'ferry-returns'"),
        ({"articles": [{"id": "a"}]}, "Article must be a record of the class Article"),
        ({"articles": tiny_corpus().entities.values()}, "Article must be a record"),
        ({"articles": 7}, "Article must come from an iterable, got 7"),
        ({"articles": [], "entities": tiny_corpus().values()}, "Entity must be a record of the class Entity"),
    ],
    ids=["a corpus", "dicts", "entities", "a number", "articles"],
)
def test_what_are_no_records_is_refused(tmp_path, what, problem):
    """
    A mapping gives its keys, and other things are no records: that is told, and nothing is written.
    """
    with pytest.raises(InvalidValue, match=problem):
        store.write(folder=tmp_path, name="news", version="1.0.0", **what)
    assert [] == list((tmp_path / "news").iterdir())


def test_an_id_that_stands_twice_is_refused(tmp_path, several):
    """
    Two articles of one id are found however far apart they came, and nothing is published.
    """
    twice = [*several(20), next(several(1))]

    with pytest.raises(InvalidRecord, match=r"id 'report-000' stands twice"):
        store.write(twice, tmp_path, name="news", version="1.0.0", part_size=4)
    assert not (tmp_path / "news" / "1.0.0").exists()


def test_a_claim_of_another_article_is_refused(tmp_path):
    """
    A claim's id begins with its article's, as in a corpus.
    """
    article = make_article(claims=(make_claim(id="other/c01"),))

    with pytest.raises(InvalidRecord, match=r"claim id 'other/c01' must begin with"):
        store.write([article], tmp_path, name="news", version="1.0.0")


def test_what_cannot_be_written_is_refused(tmp_path):
    """
    A text that is no UTF-8 is refused before anything is published.
    """
    with pytest.raises(InvalidValue, match="lone surrogate"):
        store.write([make_article(headline="\ud800")], tmp_path, name="news", version="1.0.0")
    assert [] == [path.name for path in (tmp_path / "news").iterdir()]


@pytest.mark.parametrize(
    "wrong",
    [{"name": "../news"}, {"version": "1.0"}, {"part_size": 0}, {"part_size": "5"}, {"part_size": 2.5}],
    ids=lambda wrong: "-".join(map(str, *wrong.items())),
)
def test_a_name_is_a_name(tmp_path, wrong):
    """
    What is no name, version or size is refused before anything is made.
    """
    right = {"name": "news", "version": "1.0.0"}
    with pytest.raises(InvalidValue, match="must"):
        store.write([], tmp_path / "stores", **right | wrong)
    assert not (tmp_path / "stores").exists()


def test_a_published_store_is_never_written_again(written, several):
    """
    A version that is there stays as it is.
    """
    before = {path.name: path.read_bytes() for path in written.iterdir()}

    with pytest.raises(ReleaseExists, match=r"release news 1\.0\.0 exists"):
        store.write(several(1), written.parent.parent, name="news", version="1.0.0")
    assert before == {path.name: path.read_bytes() for path in written.iterdir()}
    assert ["1.0.0"] == [path.name for path in written.parent.iterdir()]


def test_versions_share_equal_files(written, several, entities, inodes):
    """
    A version whose records are those of another takes no more room than its manifest.
    """
    root = written.parent.parent
    store.write(several(40), root, name="news", version="1.0.1", entities=entities, part_size=8)

    assert inodes(written) == inodes(written.with_name("1.0.1"))


@pytest.mark.parametrize("place", [0, 153])
def test_versions_share_most_files(tmp_path, several, inodes, place):
    """
    One article more, wherever it came in, makes a part or two new; of the others the files stay.
    """
    before = list(several(400))
    after = [*before[:place], make_article(id="late", claims=()), *before[place:]]
    for version, articles in (("1.0.0", before), ("1.1.0", after)):
        store.write(articles, tmp_path, name="news", version=version, part_size=64)
    first, second = (set(inodes(tmp_path / "news" / version).values()) for version in ("1.0.0", "1.1.0"))

    assert len(second - first) <= 4
    assert Corpus.of(after).digest == store.verify(tmp_path / "news" / "1.1.0").digest


def test_a_version_without_sound_manifest_is_no_hindrance(written, several, entities):
    """
    From a damaged version nothing is taken, and the new one is written all the same.
    """
    (written / "manifest.json").write_bytes(b"{")
    root = written.parent.parent
    store.write(several(40), root, name="news", version="1.0.1", entities=entities, part_size=8)

    assert 40 == store.verify(written.with_name("1.0.1")).articles


def test_nothing_is_taken_from_a_damaged_file(written, several, entities, corpus):
    """
    A file of another version that is not as its manifest says is written anew, and stays as it is there.
    """
    data = (written / "articles-00001.parquet").read_bytes()
    (written / "articles-00001.parquet").write_bytes(bytes(len(data)))
    root = written.parent.parent
    manifest = store.write(several(40), root, name="news", version="1.0.1", entities=entities, part_size=8)

    assert corpus.digest == store.verify(written.with_name("1.0.1")).digest == manifest.digest
    assert bytes(len(data)) == (written / "articles-00001.parquet").read_bytes()


def test_a_version_that_cannot_be_shared_hides_no_other(written, several, entities, inodes):
    """
    What one version has lost is taken from another that still has it.
    """
    root = written.parent.parent
    for version in ("1.9.0", "1.10.0"):
        store.write(several(40), root, name="news", version=version, entities=entities, part_size=8)
        damaged = root / "news" / "1.9.0" / "articles-00001.parquet"
        data = damaged.read_bytes()
        # Not in place, which would damage the file of both.
        damaged.unlink()
        damaged.write_bytes(bytes(len(data)))

    assert inodes(written) == inodes(root / "news" / "1.10.0")


def test_without_links_files_are_written(written, several, entities, inodes, monkeypatch):
    """
    Where a file system has no hard links, the new version has files of its own, of the same bytes.
    """

    def refused(self, target):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refused)
    root = written.parent.parent
    store.write(several(40), root, name="news", version="1.0.1", entities=entities, part_size=8)
    other = written.with_name("1.0.1")

    assert not set(inodes(written).values()) & set(inodes(other).values())
    for path in other.glob("*.parquet"):
        assert (written / path.name).read_bytes() == path.read_bytes()


def test_nothing_is_taken_that_has_other_columns(written, several, entities, inodes, monkeypatch):
    """
    Files that an earlier package wrote with other columns are not mixed with new ones.
    """
    other = engine.arrow().schema([("id", "string")])
    monkeypatch.setattr("dateline.store.drafting.schema_of", lambda table: other)
    root = written.parent.parent
    store.write(several(40), root, name="news", version="1.0.1", entities=entities, part_size=8)

    assert not set(inodes(written).values()) & set(inodes(written.with_name("1.0.1")).values())


def test_nothing_is_taken_that_lacks_a_table(written, several, entities, inodes, monkeypatch):
    """
    A part that an earlier package wrote with fewer tables is written anew.
    """
    parts = {"article": ("articles",), "entity": ("entities",)}
    monkeypatch.setattr("dateline.store.drafting.PARTS_OF", parts)
    root = written.parent.parent
    store.write(several(40), root, name="news", version="1.0.1", entities=entities, part_size=8)

    kept = inodes(written.with_name("1.0.1"))
    shared = set(inodes(written).values()) & set(kept.values())

    assert {"articles", "entities"} == {name.partition("-")[0] for name in kept}
    assert {"entities"} == {name.partition("-")[0] for name, inode in kept.items() if inode in shared}


def test_pyarrow_is_asked_for(tmp_path, several, monkeypatch):
    """
    Without pyarrow the error names the extra to install, in writing as in reading.
    """
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    for call in (engine.arrow, engine.compute, engine.parquet, lambda: engine.opened(tmp_path / "x.parquet")):
        with pytest.raises(MissingExtra, match=r"pip install 'dateline\[frames\]'"):
            call()


@pytest.mark.properties
@given(make.corpora(), st.integers(1, 4))
def test_a_store_has_the_digest_of_its_corpus(tmp_path_factory, corpus, part_size):
    """
    Whatever the records and parts are, the digest is that of memory, and both ways give the records back.
    """
    folder = tmp_path_factory.mktemp("stores")
    store.write(
        corpus.values(), folder, name="any", version="1.0.0", entities=corpus.entities.values(),
        part_size=part_size,
    )  # fmt: skip
    found = store.verify(folder / "any" / "1.0.0")

    assert corpus.digest == found.digest
    for verify in (True, False):
        opened = store.open(folder / "any" / "1.0.0", verify=verify)
        assert corpus == Corpus.of(opened.articles(), opened.entities())
