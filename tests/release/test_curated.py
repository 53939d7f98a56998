"""
The curated source: read with its defaults and exceptions, or refused by the file's name.
"""

from __future__ import annotations

import json

import pytest

from dateline.curated import drafts, evidence_of, furniture_of, grouped, read_source
from dateline.curation import make_fingerprints, release
from dateline.errors import DatelineError, InvalidDocument, InvalidRecord, NotRead
from dateline.spans import Span
from dateline.vocabulary import Basis


ARTICLE = "ferry-sails.toml"


def test_a_valid_source_is_read(small):
    """
    A source gives its version, its corpus, its gaps and its sheet.
    """
    source = read_source(small.folder)

    assert "1.0.0" == source.version == source.corpus.version
    assert ["ferry-sails"] == list(source.corpus)
    assert ["person/tomas-berg", "place/larkhaven"] == list(source.corpus.entities)
    assert "One invented article" == source.corpus.description.title
    assert ["nothing is claimed"] == [gap.reason for gap in source.gaps["ferry-sails"]]
    assert b"# Sources" in source.sources
    assert None is source.corpus.pin.digest


def sources_of(record):
    """
    For each field of a record its basis.
    """
    return {name: source.basis.value for source in record.sources for name in source.fields}


def test_defaults_of_a_claim(small):
    """
    Judgements are curated, what has a value is stated by the evidence, the rest is absent or unknown.
    """
    [article] = read_source(small.folder).corpus.values()
    claim = article.claims[1]

    assert {
        **dict.fromkeys(("statement", "kind", "stance", "relations"), "curated"),
        **dict.fromkeys(("claimant", "quantities"), "stated"),
        **dict.fromkeys(("via", "places", "about"), "absent"),
        **dict.fromkeys(("channel", "said", "happened"), "unknown"),
    } == sources_of(claim)
    [stated] = [source for source in claim.sources if source.basis == "stated"]
    assert claim.evidence == stated.evidence
    assert "ferry-sails/c02" == claim.id
    assert ["ferry-sails/c01"] == [relation.claim for relation in claim.relations]


def test_defaults_of_an_entity(small):
    """
    Names and identifiers are looked up in the section named by the id, variants stated by the mentions.
    """
    entities = read_source(small.folder).corpus.entities
    town, berg = entities["place/larkhaven"], entities["person/tomas-berg"]

    assert {
        "kind": "curated",
        "variants": "stated",
        **dict.fromkeys(("name", "wikidata"), "looked_up"),
        **dict.fromkeys(("description",), "absent"),
        **dict.fromkeys(("geonames", "iso3166", "gnd", "latitude", "longitude"), "unknown"),
    } == sources_of(town)
    assert "SOURCES.md#place-larkhaven" == town.sourced("name").source.reference
    assert ["ferry-sails"] == [span.article for span in town.sourced("variants").source.evidence]
    assert ("unknown", "absent") == (
        berg.sourced("wikidata").source.basis,
        berg.sourced("latitude").source.basis,
    )


def test_exceptions_override_defaults(small):
    """
    What is written for a field stands instead of its default, and for no other field.
    """
    [article] = read_source(small.folder).corpus.values()
    berg = read_source(small.folder).corpus.entities["person/tomas-berg"]
    inferred = article.claims[0].sourced("places").source

    assert ("inferred", "the line of place says so") == (inferred.basis, inferred.note)
    assert "stated" == article.claims[0].sourced("claimant").source.basis
    assert ("curated", "as printed") == (berg.sourced("name").source.basis, berg.sourced("name").source.note)
    assert "read" == article.sourced("language").source.note
    assert "curated" == article.sourced("abstract").source.basis
    assert "absent" == sources_of(article)["dateline.date"]
    assert "stated" == sources_of(article)["dateline"]


def test_every_basis_can_be_written(small):
    """
    A reason becomes a note, a section a reference, a table both, and positions evidence.
    """
    small.edit(
        ARTICLE,
        'curated.language = "read"',
        'looked_up.language = { reference = "SOURCES.md#x", note = "n", by = "b" }',
    )
    small.edit(ARTICLE, 'absent.url = "invented"', 'unknown.url = { note = "sought" }')
    source = read_source(small.folder).corpus["ferry-sails"]
    language, url = source.sourced("language").source, source.sourced("url").source

    assert ("looked_up", "SOURCES.md#x", "n", "b") == (
        language.basis,
        language.reference,
        language.note,
        language.by,
    )
    assert ("unknown", "sought") == (url.basis, url.note)


def test_evidence_takes_its_tag_from_the_fingerprints(small):
    """
    Long evidence carries the tag that was made for it, short evidence none.
    """
    claims = read_source(small.folder).corpus["ferry-sails"].claims
    tags = json.loads((small.folder / "fingerprints.json").read_bytes())["ferry-sails"]["tags"]
    [long], [short] = claims[0].evidence, claims[1].evidence

    assert tags[str(long)] == long.tag
    assert (None, None) == (tags[str(short)], short.tag)


GROUPED = {
    "nothing": ({}, ("a",), []),
    "one": ({"a": {"basis": "curated"}}, ("a",), [{"fields": ["a"], "basis": "curated"}]),
    "alike-in-order": (
        {"c": {"basis": "curated"}, "a": {"basis": "curated"}, "b": {"basis": "absent"}},
        ("a", "b", "c"),
        [{"fields": ["a", "c"], "basis": "curated"}, {"fields": ["b"], "basis": "absent"}],
    ),
    "notes-keep-apart": (
        {"a": {"basis": "absent", "note": "x"}, "b": {"basis": "absent"}},
        ("a", "b"),
        [{"fields": ["a"], "basis": "absent", "note": "x"}, {"fields": ["b"], "basis": "absent"}],
    ),
    "parts-beside-their-field": (
        {"b": {"basis": "stated"}, "a.x": {"basis": "absent"}, "a": {"basis": "stated"}},
        ("a", "b"),
        [{"fields": ["a", "b"], "basis": "stated"}, {"fields": ["a.x"], "basis": "absent"}],
    ),
    "strangers-last": (
        {"z": {"basis": "curated"}, "y": {"basis": "absent"}, "a": {"basis": "absent"}},
        ("a",),
        [{"fields": ["a", "y"], "basis": "absent"}, {"fields": ["z"], "basis": "curated"}],
    ),
}


@pytest.mark.parametrize("case", GROUPED)
def test_sources_that_are_alike_become_one(case):
    """
    Fields of one source stand together, in the order of the record; unknown ones last.
    """
    sources, order, expected = GROUPED[case]

    assert expected == grouped(sources, order)
    assert expected == grouped(dict(reversed(sources.items())), order)


MAKE = "python -m dateline fingerprint SOURCE TEXTS"


def test_a_missing_fingerprint_tells_the_command(small):
    """
    An article without fingerprints is refused with the command that makes them.
    """
    (small.folder / "fingerprints.json").write_bytes(b"{}")

    with pytest.raises(InvalidDocument) as caught:
        read_source(small.folder)
    assert ARTICLE == caught.value.file
    assert str(caught.value).startswith(
        f"{ARTICLE}: article 'ferry-sails' has no fingerprint; make one with: {MAKE}"
    )


def test_a_missing_tag_tells_the_command(small):
    """
    Evidence that was moved is refused until its tag is made anew.
    """
    small.edit(
        ARTICLE,
        f"evidence = [{small.span('Six of them paid twice.')}]",
        f"evidence = [{small.span('paid twice')}]",
    )

    with pytest.raises(
        InvalidDocument, match=f"evidence [0-9]+-[0-9]+ has no tag yet; make one with: {MAKE}"
    ) as caught:
        read_source(small.folder)
    assert ARTICLE == caught.value.file
    make_fingerprints(small.folder, small.texts)
    assert "paid twice" == small.text[slice(*_ends(read_source(small.folder)))]


def _ends(source):
    """
    Where the second claim's evidence starts and ends.
    """
    [span] = source.corpus["ferry-sails"].claims[1].evidence

    return span.start, span.end


DATASET, ENTITIES, PRINTS, SHEET = "dataset.toml", "entities.toml", "fingerprints.json", "SOURCES.md"

#: File, what stands there, what is put in its place, the error, and a part of its message.
MALFORMED = {
    "no-toml": (ARTICLE, "revision = 1", "revision = = 1", InvalidDocument, "must be TOML: Invalid value"),
    "key-twice": (
        ARTICLE,
        "revision = 1",
        "revision = 1\nrevision = 2",
        InvalidDocument,
        "must be TOML: Cannot overwrite",
    ),
    "huge-number": (
        ARTICLE,
        "revision = 1",
        "revision = 1" + "0" * 5000,
        InvalidDocument,
        "must be TOML: Exceeds",
    ),
    "deep": (
        ARTICLE,
        "revision = 1",
        "revision = " + "[" * 5000,
        InvalidDocument,
        "must be TOML: it nests too deeply",
    ),
    "entities-no-toml": (
        ENTITIES,
        '[[entities]]\nid = "person/',
        '[[entities]\nid = "person/',
        InvalidDocument,
        "must be TOML",
    ),
    "dataset-no-toml": (DATASET, 'name = "small"', "name = small", InvalidDocument, "must be TOML"),
    "unknown-key": (
        ARTICLE,
        "revision = 1",
        "revision = 1\nweather = 1",
        InvalidRecord,
        "unknown key 'weather' @ $",
    ),
    "missing-key": (ARTICLE, "revision = 1", "", InvalidRecord, "required key 'revision' is missing @ $"),
    "wrong-type": (
        ARTICLE,
        "revision = 1",
        'revision = "1"',
        InvalidRecord,
        "expected a whole number, got '1' @ $.revision",
    ),
    "a-date": (
        ARTICLE,
        'language = "en"',
        'language = "en"\npublished = 2022-03-02',
        InvalidRecord,
        "expected text, got datetime.date",
    ),
    "a-float": (ARTICLE, 'value = "300"', "value = 300.5", InvalidRecord, "expected text, got 300.5"),
    "kind": (
        ARTICLE,
        'c01"\nstatement',
        'c01"\nmood = "x"\nstatement',
        InvalidRecord,
        "unknown key 'mood' @ $.claims[0]",
    ),
    "claim-id": (ARTICLE, 'id = "c01"', 'id = "one"', InvalidRecord, "claim id must look like"),
    "no-claim-id": (ARTICLE, 'id = "c01"', "", InvalidRecord, "claim id must look like"),
    "claims-no-tables": (
        ARTICLE,
        "[[uncovered]]",
        "[more]\n[[uncovered]]",
        InvalidRecord,
        "unknown key 'more'",
    ),
    "short-span": (
        ARTICLE,
        "furniture = [[0, 15]]",
        "furniture = [[0]]",
        InvalidDocument,
        "span must look like [12, 34], got [0]",
    ),
    "long-span": (
        ARTICLE,
        "furniture = [[0, 15]]",
        "furniture = [[0, 15, 16]]",
        InvalidDocument,
        "span must look like [12, 34]",
    ),
    "span-of-text": (
        ARTICLE,
        "furniture = [[0, 15]]",
        'furniture = [["0", 15]]',
        InvalidRecord,
        "expected a whole number, got '0'",
    ),
    "empty-span": (
        ARTICLE,
        "furniture = [[0, 15]]",
        "furniture = [[15, 15]]",
        InvalidRecord,
        "end after it starts",
    ),
    "span-alone": (
        ARTICLE,
        "furniture = [[0, 15]]",
        "furniture = [0, 15]",
        InvalidDocument,
        "span must look like [12, 34], got 0",
    ),
    "no-spans": (
        ARTICLE,
        "furniture = [[0, 15]]",
        "furniture = 15",
        InvalidDocument,
        "furniture must be a list, got 15",
    ),
    "basis-no-table": (
        ARTICLE,
        'curated.language = "read"',
        'curated = "read"',
        InvalidDocument,
        "curated must be a table, got 'read'",
    ),
    "stated-no-spans": (
        ARTICLE,
        'curated.language = "read"',
        'stated.language = "read"',
        InvalidDocument,
        "evidence must be a list, got 'read'",
    ),
    "note-no-text": (
        ARTICLE,
        'curated.language = "read"',
        "curated.language = 7",
        InvalidRecord,
        "expected text, got 7",
    ),
    "source-key": (
        ARTICLE,
        'curated.language = "read"',
        'curated.language = { why = "x" }',
        InvalidRecord,
        "unknown key 'why'",
    ),
    "mentions-no-table": (ARTICLE, "[mentions]", "[[mentions]]", InvalidDocument, "mentions must be a table"),
    "mention-of-nothing": (
        ARTICLE,
        '"place/larkhaven" = ',
        '"larkhaven" = ',
        InvalidRecord,
        "entity id must look like",
    ),
    "mention-no-spans": (
        ARTICLE,
        '"place/larkhaven" = [[',
        '"place/oldquay" = 3\n"place/larkhaven" = [[',
        InvalidDocument,
        "mentions of place/oldquay must be a list, got 3",
    ),
    "gap-without-span": (
        ARTICLE,
        "[[uncovered]]\nspan",
        "[[uncovered]]\nspot",
        InvalidDocument,
        "span must look like [12, 34], got None",
    ),
    "gap-without-reason": (
        ARTICLE,
        'reason = "nothing is claimed"',
        "",
        InvalidRecord,
        "required key 'reason' is missing",
    ),
    "gap-of-number": (
        ARTICLE,
        'reason = "nothing is claimed"',
        "reason = 1",
        InvalidRecord,
        "expected text, got 1 @ $.reason",
    ),
    "gap-key": (
        ARTICLE,
        'reason = "nothing is claimed"',
        'reason = "x"\nmore = 1',
        InvalidRecord,
        "unknown key 'more'",
    ),
    "relations-no-list": (
        ARTICLE,
        'relations = [{ kind = "updates", claim = "c01" }]',
        'relations = "c01"',
        InvalidDocument,
        "relations must be a list, got 'c01'",
    ),
    "relation-no-table": (
        ARTICLE,
        '[{ kind = "updates", claim = "c01" }]',
        '["c01"]',
        InvalidDocument,
        "each of relations must be a table, got 'c01'",
    ),
    "no-id": (ARTICLE, 'id = "ferry-sails"', "", InvalidDocument, "article 'None' has no fingerprint"),
    "list-for-id": (ARTICLE, 'id = "ferry-sails"', 'id = ["x"]', InvalidDocument, "has no fingerprint"),
    "entity-no-table": (
        ENTITIES,
        '\n[[entities]]\nid = "person/',
        '\nentities = [1]\n[more]\nid = "person/',
        InvalidDocument,
        "must be TOML",
    ),
    "entity-key": (
        ENTITIES,
        'wikidata = "Q1"',
        'wikipedia = "Q1"',
        InvalidRecord,
        "place/larkhaven: unknown key 'wikipedia'",
    ),
    "entity-value": (
        ENTITIES,
        'wikidata = "Q1"',
        'wikidata = "1"',
        InvalidRecord,
        "place/larkhaven: wikidata must look like 'Q156732', got '1'",
    ),
    "entity-id": (
        ENTITIES,
        'id = "place/larkhaven"',
        'id = "Larkhaven"',
        InvalidRecord,
        "entity id must look like",
    ),
    "dataset-key": (
        DATASET,
        'title = "One invented article"',
        'titel = "One"',
        InvalidRecord,
        "unknown key 'titel'",
    ),
    "dataset-value": (
        DATASET,
        'name = "small"',
        'name = "Small"',
        InvalidRecord,
        "dataset name must look like",
    ),
    "dataset-version": (
        DATASET,
        'version = "1.0.0"',
        'version = "1.0"',
        InvalidDocument,
        "version must look like '1.0.0', got '1.0'",
    ),
    "dataset-no-version": (
        DATASET,
        'version = "1.0.0"',
        "",
        InvalidDocument,
        "version must look like '1.0.0', got None",
    ),
    "prints-key": (PRINTS, '"length"', '"size"', InvalidRecord, "unknown key 'size'"),
    "prints-no-json": (PRINTS, '"length"', "length", InvalidDocument, "must be JSON"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_source_names_its_file(small, case):
    """
    Whatever is wrong with a source is an error of ours that names the file.
    """
    file, old, new, error, message = MALFORMED[case]
    small.edit(file, old, new)

    with pytest.raises(error) as caught:
        read_source(small.folder)
    named = ARTICLE if case == "prints-key" else file
    assert str(caught.value).startswith(named)
    assert message in str(caught.value)


WHOLE = {
    "claims-no-list": (
        ARTICLE,
        lambda text: text.partition("[[claims]]")[0].replace("furniture", "claims = 3\nfurniture"),
        "claims must be a list, got 3",
    ),
    "claim-no-table": (
        ARTICLE,
        lambda text: text.partition("[[claims]]")[0].replace("furniture", "claims = [3]\nfurniture"),
        "each of claims must be a table, got 3",
    ),
    "uncovered-no-list": (
        ARTICLE,
        lambda text: text.partition("[[uncovered]]")[0].replace("furniture", "uncovered = 3\nfurniture"),
        "uncovered must be a list, got 3",
    ),
    "entities-no-list": (ENTITIES, lambda _: 'entities = "all"', "entities must be a list, got 'all'"),
    "entities-no-tables": (
        ENTITIES,
        lambda _: 'entities = ["all"]',
        "each of entities must be a table, got 'all'",
    ),
    "prints-list": (PRINTS, lambda _: "[]", "it must be a table, got []"),
    "prints-of-list": (PRINTS, lambda _: '{"ferry-sails": []}', "ferry-sails must be a table, got []"),
    "prints-without-tags": (
        PRINTS,
        lambda _: '{"ferry-sails": {}}',
        "tags of ferry-sails must be a table, got None",
    ),
    "prints-without-text": (
        PRINTS,
        lambda _: '{"ferry-sails": {"tags": {}}}',
        "text of ferry-sails must be a table, got None",
    ),
}


@pytest.mark.parametrize("case", WHOLE)
def test_a_value_of_the_wrong_shape_names_its_file(small, case):
    """
    A list for a table, a number for a list: refused by file and name, not by a failure of ours.
    """
    file, change, message = WHOLE[case]
    path = small.folder / file
    path.write_text(change(path.read_text("utf-8")), "utf-8")

    with pytest.raises(InvalidDocument) as caught:
        read_source(small.folder)
    assert f"{file}: {message} @ $" == str(caught.value)


@pytest.mark.parametrize("file", [ARTICLE, ENTITIES, DATASET, SHEET])
def test_a_file_that_is_no_utf_8_is_refused(small, file):
    """
    Every file of a source is UTF-8.
    """
    path = small.folder / file
    path.write_bytes(path.read_bytes() + b"# \xe9\n")

    with pytest.raises(InvalidDocument) as caught:
        read_source(small.folder)
    assert file == caught.value.file


@pytest.mark.parametrize("file", [ENTITIES, DATASET, SHEET, PRINTS])
def test_a_missing_file_is_named(small, file):
    """
    A source lacks none of its files.
    """
    (small.folder / file).unlink()

    with pytest.raises(NotRead, match=file):
        read_source(small.folder)


def test_records_are_sorted_whatever_their_order_in_the_source(small):
    """
    Entities are read in the order of their ids, wherever they stand in the file.
    """
    path = small.folder / ENTITIES
    _, first, second = path.read_text("utf-8").split("[[entities]]")
    path.write_text(f"[[entities]]{second}[[entities]]{first}", "utf-8")

    assert ["person/tomas-berg", "place/larkhaven"] == list(read_source(small.folder).corpus.entities)


def test_two_files_with_one_id_are_refused(small):
    """
    An id stands in one file only.
    """
    (small.folder / "copy.toml").write_bytes((small.folder / ARTICLE).read_bytes())

    with pytest.raises(InvalidRecord, match="id 'ferry-sails' stands twice"):
        read_source(small.folder)


def test_a_source_without_articles_is_empty(small, tmp_path):
    """
    A folder without articles is a source without articles.
    """
    (small.folder / ARTICLE).unlink()
    (small.folder / PRINTS).write_bytes(b"{}")

    assert 0 == len(read_source(small.folder).corpus)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("furniture = [[0, 15]]", "furniture = 3", id="furniture"),
        pytest.param("furniture = [[0, 15]]", "furniture = [3]", id="furniture-span"),
        pytest.param("furniture = [[0, 15]]", "furniture = [[15, 0]]", id="turned-span"),
        pytest.param('curated.language = "read"', "stated.language = 3", id="stated"),
        pytest.param('curated.language = "read"', "stated = 3", id="stated-no-table"),
        pytest.param(
            '[[claims]]\nid = "c01"',
            '[[claims]]\nid = "c00"\nevidence = 3\n[[claims]]\nid = "c01"',
            id="evidence",
        ),
        pytest.param("[capture]", "[kapture]", id="no-capture"),
    ],
)
def test_fingerprints_of_a_malformed_source(small, old, new):
    """
    Making fingerprints refuses a malformed source in our own words too, and names the file.
    """
    small.edit(ARTICLE, old, new)

    with pytest.raises(DatelineError, match="ferry"):
        make_fingerprints(small.folder, small.texts)


def test_what_fingerprints_are_made_of(small):
    """
    All evidence of claims and of stated fields is tagged, in order; furniture is not.
    """
    [(file, data)] = drafts(small.folder)

    assert ARTICLE == file
    assert (Span(0, 15),) == furniture_of(data, file)
    assert ["LARKHAVEN", "LARKHAVEN - T", "Six of th"] == [
        small.text[span.start : min(span.end, span.start + 9 + 4 * (number == 1))]
        for number, span in enumerate(evidence_of(data, file))
    ]


def test_made_fingerprints_are_the_same_again(small):
    """
    Making fingerprints twice gives the same file.
    """
    before = (small.folder / PRINTS).read_bytes()
    made = make_fingerprints(small.folder, small.texts)

    assert small.folder / PRINTS == made
    assert before == made.read_bytes()


def test_a_source_can_be_released(small, tmp_path):
    """
    What is read from a valid source breaks no rule.
    """
    assert "small 1.0.0" == release(small.folder, tmp_path / "releases").manifest.release


def test_every_basis_is_known_to_the_source():
    """
    The words for exceptions are the bases, no others.
    """
    assert {"stated", "inferred", "looked_up", "curated", "absent", "unknown"} == {*Basis}
