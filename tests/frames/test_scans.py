"""
What a scan gives: counts, ids, records, a corpus, a frame, a store; and what it refuses.
"""

from __future__ import annotations

import builtins
import subprocess
import sys

import pyarrow
import pytest
from pyarrow import parquet

import dateline
from dateline import where
from dateline.corpus import Corpus
from dateline.errors import InvalidDocument, InvalidValue, MissingExtra, NotPushedDown
from dateline.formats.arrow import to_arrow
from dateline.frames import claim_scans
from dateline.testing import make_article, make_claim, tiny_corpus


TINY = tiny_corpus()


@pytest.fixture
def tiny(scanned):
    """
    The tiny corpus on an engine.
    """
    return scanned(TINY)


def test_articles_come_back_as_they_were(tiny):
    """
    The records are those that were scanned.
    """
    assert sorted(TINY.values(), key=lambda article: article.id) == sorted(
        tiny.articles(), key=lambda article: article.id
    )
    assert sorted(TINY.entities.values(), key=lambda entity: entity.id) == sorted(
        tiny.entities(), key=lambda entity: entity.id
    )


def test_claims_come_back_as_they_were(tiny):
    """
    The claims of a scan are those of its articles that a filter keeps.
    """
    kept = tiny.filter(where.id("ferry-returns")).claims.filter(where.stance("denies"))

    assert [TINY.claims["ferry-returns/c04"]] == list(kept.claims())
    assert 1 == kept.count()
    assert len(TINY.claims) == tiny.claims.count()


def test_an_article_is_decoded_once_for_all_its_claims(monkeypatch):
    """
    However many of its claims come together.
    """
    tiny = dateline.scan({name: to_arrow(TINY, name) for name in ("articles", "claims", "entities")})
    decoded = []
    read = claim_scans.records
    monkeypatch.setattr(
        claim_scans,
        "records",
        lambda batch, *rest, **named: decoded.append(batch.num_rows) or read(batch, *rest, **named),
    )

    assert len(TINY.claims) == len(list(tiny.claims.claims()))
    assert len(TINY) == sum(decoded)


def test_a_scan_can_be_counted(tiny):
    """
    The count is that of what a filter keeps; without predicates, of everything.
    """
    assert 2 == tiny.count() == tiny.filter().count()
    assert 1 == tiny.filter(where.published(until="2021-03-02")).count()
    assert 0 == tiny.filter(where.kind("aid")).count()


def test_the_first_come_by_id(tiny):
    """
    The head of a scan is the same on every engine.
    """
    assert [TINY["ferry-halts"]] == tiny.head(1)
    assert ["ferry-halts", "ferry-returns"] == [article.id for article in tiny.head()]
    assert ["ferry-halts/c01", "ferry-halts/c02"] == [claim.id for claim in tiny.claims.head(2)]
    assert [] == tiny.head(0)


def test_a_negative_head_is_refused(tiny):
    """
    There is no such number of records.
    """
    for part in (tiny, tiny.claims):
        for n in (-1, "5", 1.5, True):
            with pytest.raises(InvalidValue, match="must be a whole number from 0, got "):
                part.head(n)


def test_a_frame_of_the_same_kind_is_given(tiny):
    """
    What else is to be done with the rows is done with the frame that they are.
    """
    rows = tiny.filter(where.id("ferry-halts")).native
    claims = tiny.claims.filter(where.stance("denies")).native

    assert type(rows) is type(claims)
    assert [["ferry-halts"], ["ferry-returns/c04"]] == [ids_in(rows), ids_in(claims)]


def ids_in(frame):
    """
    The ids in a frame of any kind.
    """
    if hasattr(frame, "sparkSession"):
        return [row.id for row in frame.collect()]
    if hasattr(frame, "fetchall"):
        return [identifier for (identifier,) in frame.select("id").fetchall()]

    return list(map(str, (frame.collect() if hasattr(frame, "collect") else frame)["id"]))


def test_callables_are_not_pushed_down(tiny):
    """
    They are refused, in a combination too, and the error says how they can run.
    """
    combined = where.place("Old Quay") | (lambda article: True)
    for part in (tiny, tiny.claims):
        with pytest.raises(NotPushedDown, match="runs on records only: filter with locally=True"):
            part.filter(combined)
        with pytest.raises(NotPushedDown):
            part.filter(where.any_claim(len), ~where.kind("aid"))


def test_callables_run_on_the_records_that_the_engine_keeps(tiny):
    """
    With locally=True a callable gets each article that is left, whatever it is combined with.
    """
    seen = []
    kept = tiny.filter(
        where.published(until="2021-03-02"), lambda article: seen.append(article.id) is None, locally=True
    )

    assert ["ferry-returns"] == [article.id for article in kept.articles()] == seen
    assert ["ferry-returns"] == list(kept.ids()) == [article.id for article in kept.head()]
    assert 1 == kept.count()
    either = tiny.filter(where.stance("denies") | (lambda article: False), locally=True)
    assert ["ferry-returns"] == list(either.ids())


def test_callables_run_on_claims(tiny):
    """
    On claims a callable gets the claim; one about articles still decides which claims there are.
    """
    threes = tiny.claims.filter(
        where.any_claim(lambda claim: True), lambda claim: claim.id.endswith("3"), locally=True
    )
    long = tiny.filter(lambda article: len(article.claims) > 2, locally=True).claims

    assert ["ferry-returns/c03"] == list(threes.ids()) == [claim.id for claim in threes.head()]
    assert 4 == long.count() == sum(1 for _ in long.claims())


def test_a_frame_cannot_be_given_of_what_runs_on_the_records(tiny):
    """
    The rows would be more than the records.
    """
    local = tiny.filter(lambda article: True, locally=True)
    for part in (local, local.claims):
        with pytest.raises(NotPushedDown):
            part.native  # noqa: B018


def test_a_scan_says_who_answers_what(tiny):
    """
    What is pushed down and what is not can be read.
    """
    scan = tiny.filter(where.kind("aid") & where.place("Old Quay"), len, locally=True)
    lines = scan.explain().split("\n")

    assert ["pushed down: where.kind('aid')", "pushed down: where.place('Old Quay')"] == lines[1:3]
    assert lines[3:] == ["on the records: <callable len>"]
    assert repr(scan).startswith("<Scan articles of ")
    assert repr(scan.claims).startswith("<ClaimScan claims of ")
    assert scan.claims.explain().split("\n")[1:] == lines[1:]


def test_a_filter_keeps_the_scan_it_was_asked_of(tiny):
    """
    Scans don't change.
    """
    tiny.filter(where.kind("aid")).claims.filter(where.kind("aid")).filter()

    assert 2 == tiny.count()


def test_a_corpus_is_made_of_what_is_left(scanned):
    """
    It has those articles, sorted, all entities, the predicates, and a pin only if the source has one.
    """
    whole = scanned(Corpus.of(TINY.values(), TINY.entities.values()))
    corpus = whole.filter(where.stance("denies")).corpus()

    assert corpus == TINY.filter(where.stance("denies"))
    assert corpus.pin == whole.pin
    assert where.stance("denies") == corpus.selection


def test_a_subset_is_written_as_a_store(tiny, tmp_path):
    """
    The store holds the articles that are left and all entities, and is a source itself.
    """
    manifest = tiny.filter(where.stance("denies")).write(tmp_path, name="denied", version="1.0.0")
    again = dateline.scan(tmp_path / "denied" / "1.0.0")

    assert again.corpus() == TINY.filter(where.stance("denies"))
    assert manifest.pin == again.pin == again.corpus().pin


def test_only_the_entities_that_are_named_are_read(monkeypatch):
    """
    There may be more than memory holds; a publisher that is none is looked up among the articles.
    """
    monkeypatch.delattr("dateline.frames.register.Register.all_names")
    article = make_article(publisher=dateline.Credit(name="Straße"))
    corpus = Corpus.of([article], TINY.entities.values())
    scan = dateline.scan({name: to_arrow(corpus, name) for name in ("articles", "entities")})

    assert 1 == scan.filter(where.publisher("STRASSE"), where.mentions("Old Quay")).count()


def test_without_entities_ids_mean_themselves():
    """
    Names are not known then, but ids and printed publishers are.
    """
    scan = dateline.scan({name: to_arrow(TINY, name) for name in ("articles", "claims")})

    assert 2 == scan.filter(where.place("place/old-quay")).count()
    assert 2 == scan.filter(where.publisher("the harbour gazette")).count()
    assert [] == list(scan.entities())
    with pytest.raises(dateline.NoSuchEntity):
        scan.filter(where.place("Old Quay")).count()


def test_one_frame_is_the_table_of_articles():
    """
    It can be asked all that it has columns for; for claims there must be a table.
    """
    scan = dateline.scan(to_arrow(TINY, "articles"))

    assert 1 == scan.filter(where.published(until="2021-03-02")).count()
    for asked in (scan.filter(where.kind("aid")), scan.claims):
        with pytest.raises(InvalidDocument, match="must have a table 'claims'"):
            asked.count()


def test_a_missing_column_is_named():
    """
    A frame needs the columns that are asked for, and no others.
    """
    scan = dateline.scan(to_arrow(TINY, "articles").drop_columns("publisher_folded"))

    assert 2 == scan.filter(where.language("en")).count()
    with pytest.raises(
        InvalidDocument, match="must have a column 'publisher_folded' in its table 'articles'"
    ):
        scan.filter(where.publisher("The Harbour Gazette")).count()


#: What each of its texts tells, what two of them would, and what no claim does alone.
WORDS = (
    where.contains("ferry"),
    where.contains("eleven weeks", "nowhere"),
    where.contains("ferry\nto", "halts"),
    ~where.contains("ferry") & where.language("en"),
    where.any_claim(where.contains("ferry")),
)


def without_words(articles):
    """
    A table of articles as an earlier package made it.
    """
    return articles.drop_columns("words_folded")


def half_without_words(articles):
    """
    What engines make of tables of two packages: where there was no column there is no value.
    """
    halves = [articles.slice(0, 1), without_words(articles.slice(1))]

    return pyarrow.concat_tables(halves, promote_options="default")


@pytest.mark.parametrize("asked", WORDS, ids=repr)
@pytest.mark.parametrize("made", [lambda articles: articles, without_words, half_without_words])
def test_tables_of_every_package_are_searched(made, asked):
    """
    Where a row has no column for all its words, or nothing in it, it is asked text by text.
    """
    tables = {name: to_arrow(TINY, name) for name in ("articles", "claims", "entities")}
    scan = dateline.scan(tables | {"articles": made(tables["articles"])})

    assert sorted(TINY.filter(asked)) == list(scan.filter(asked).ids())


@pytest.mark.parametrize("order", [1, -1])
def test_files_of_two_packages_are_searched(tmp_path, order):
    """
    A folder has the columns that all its files have, whichever is the first.
    """
    folder = tmp_path / "archive"
    dateline.dump(TINY, folder, "parquet")
    articles = parquet.read_table(folder / "articles.parquet")
    (folder / "articles.parquet").unlink()
    halves = (articles.slice(0, 1), without_words(articles.slice(1)))
    for number, rows in enumerate(halves[::order]):
        parquet.write_table(rows, folder / f"articles-{number}.parquet")
    scan = dateline.scan(folder)

    assert [sorted(TINY.filter(asked)) for asked in WORDS] == [list(scan.filter(one).ids()) for one in WORDS]


def test_words_are_looked_for_without_the_claims():
    """
    An article's row has all that it and its claims say, so that nothing else is read.
    """
    articles = dateline.scan(to_arrow(TINY, "articles"))

    assert sorted(TINY.filter(where.contains("ferry"))) == list(
        articles.filter(where.contains("ferry")).ids()
    )


@pytest.mark.parametrize("words", ["x\ny", "y\nz", "x\n", "xy"])
def test_no_words_are_found_across_two_texts(words):
    """
    What ends the headline and begins the abstract is no phrase of either.
    """
    claim = make_claim(id="one/c01", statement="z")
    corpus = Corpus.of([make_article(id="one", headline="x", abstract="y", claims=(claim,))])
    tables = {name: to_arrow(corpus, name) for name in ("articles", "claims")}

    assert not corpus.filter(where.contains(words))
    assert 0 == dateline.scan(tables).filter(where.contains(words)).count()


def test_the_columns_that_all_hangs_by_are_named():
    """
    Without ids nothing is told apart, and without records there is no way back.
    """
    articles, claims = to_arrow(TINY, "articles"), to_arrow(TINY, "claims")
    without_records = dateline.scan({"articles": articles.drop_columns("record"), "claims": claims})

    assert 1 == without_records.filter(where.published(until="2021-03-02")).count()
    for asked in (without_records.articles(), without_records.claims.claims()):
        with pytest.raises(InvalidDocument, match="must have a column 'record' in its table 'articles'"):
            list(asked)
    with pytest.raises(InvalidDocument, match="must have a column 'id' in its table 'articles'"):
        dateline.scan(articles.drop_columns("id")).count()
    torn = dateline.scan({"articles": articles, "claims": claims.drop_columns("article")})
    with pytest.raises(InvalidDocument, match="must have a column 'article' in its table 'claims'"):
        torn.filter(where.kind("aid")).count()


def test_claims_and_articles_that_do_not_belong_together_are_refused(tables_of):
    """
    No claim is passed over because its article, or the article's record of it, is not there.
    """
    articles, claims = to_arrow(TINY, "articles"), to_arrow(TINY, "claims")
    place = claims.schema.get_field_index("id")
    other = claims.set_column(place, "id", [[f"{article}/c99" for article in claims["article"].to_pylist()]])

    with pytest.raises(InvalidDocument, match=r"must have the claim .*/c99. in the record"):
        list(tables_of({"articles": articles, "claims": other}).claims.claims())
    with pytest.raises(InvalidDocument, match="must have the article of each claim, once"):
        list(tables_of({"articles": articles.slice(0, 1), "claims": claims}).claims.claims())


@pytest.fixture(params=["pyarrow", "polars, lazy"])
def tables_of(request):
    """
    A scan of tables in memory, or of frames that are asked when it comes to it.
    """
    if request.param == "pyarrow":
        return dateline.scan
    polars = pytest.importorskip("polars")

    return lambda tables: dateline.scan(
        {name: polars.from_arrow(table).lazy() for name, table in tables.items()}
    )


def test_what_an_engine_says_of_frames_is_an_error_of_ours(tmp_path):
    """
    A frame may be lazy, so that what is wrong with it shows only when it is asked.
    """
    polars = pytest.importorskip("polars")
    missing = dateline.scan({"articles": polars.scan_parquet(tmp_path / "missing.parquet")})
    numbers = dateline.scan({"articles": polars.LazyFrame({"id": ["a"], "published_earliest": ["x"]})})

    for ask in (missing.count, numbers.filter(where.published(since="2021", until="2022")).count):
        with pytest.raises(InvalidDocument):
            ask()


def test_what_finds_nothing_can_be_asked_for_natively():
    """
    A table of Arrow without rows is an answer.
    """
    found = dateline.scan(to_arrow(TINY, "articles")).filter(where.published(since="2030"))

    assert 0 == found.native.num_rows
    assert found.native.schema.names == to_arrow(TINY, "articles").schema.names


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (7, "table 'articles' must be a frame that narwhals knows, got 7"),
        ({}, "tables must be one or more frames of one kind"),
    ],
)
def test_what_cannot_be_scanned_is_refused(source, message):
    """
    The error says what could be.
    """
    with pytest.raises(InvalidValue, match=message):
        dateline.scan(source)


def test_frames_of_several_kinds_are_refused(in_duckdb):
    """
    No engine could join them.
    """
    with pytest.raises(InvalidValue, match="must be one or more frames of one kind"):
        dateline.scan({"articles": to_arrow(TINY, "articles"), "claims": in_duckdb(to_arrow(TINY, "claims"))})


@pytest.fixture
def in_duckdb():
    """
    What makes a relation of DuckDB of a table.
    """
    return pytest.importorskip("duckdb").connect().from_arrow


def test_a_record_that_breaks_a_rule_is_named():
    """
    What is not the canonical bytes of a record goes through the strict door.
    """
    table = to_arrow(TINY, "articles")
    column = table.schema.get_field_index("record")
    broken = table.set_column(column, "record", [['{"id": "x"}', None]])
    with pytest.raises(dateline.InvalidRecord, match="frames:articles:1"):
        list(dateline.scan(broken).articles())


@pytest.mark.parametrize("package", ["duckdb", "narwhals"])
def test_a_missing_package_is_named(monkeypatch, package):
    """
    The error says how to install it.
    """
    real = builtins.__import__

    def absent(name, *arguments, **values):
        if name == package:
            raise ImportError(name)
        return real(name, *arguments, **values)

    table = to_arrow(TINY, "articles")
    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(MissingExtra, match="pip install 'dateline\\[frames\\]'"):
        dateline.scan(table)


def test_the_same_records_in_two_files_are_no_corpus():
    """
    An id that stands twice is found when the records come into memory.
    """
    table = to_arrow(TINY, "articles")
    twice = dateline.scan(pytest.importorskip("pyarrow").concat_tables([table, table]))
    with pytest.raises(dateline.InvalidRecord, match="stands twice"):
        twice.corpus()


def test_nothing_is_drawn_into_what_a_program_prints():
    """
    DuckDB draws no progress, not even where it does by default: where Python runs no file.
    """
    pytest.importorskip("duckdb")
    code = (
        "from dateline.frames.duck import _connect;"
        " print(_connect().sql('SELECT current_setting($$enable_progress_bar$$)').fetchall())"
    )

    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert printed == "[(False,)]\n"
