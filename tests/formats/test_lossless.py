"""
What the lossless formats promise: everything comes back, and nothing comes back that is not right.
"""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from attrs import asdict, evolve
from formats.laws import (
    assert_a_selection_comes_back,
    assert_all_comes_back,
    assert_the_dataset_comes_back,
)
from hypothesis import HealthCheck, given, settings
from strategies import corpora, corpora_with_predicates

from dateline import where
from dateline.corpus import Corpus
from dateline.errors import DigestMismatch, InvalidDocument, InvalidRecord, InvalidValue, NewerSchema, NotRead
from dateline.formats import FORMATS, dump, dumps, read, reads
from dateline.records import Quantity
from dateline.testing import make_article, make_claim, make_entity, tiny_corpus


#: How each lossless format is written and read, text or not.
LOSSLESS = {name: form for name, form in FORMATS.items() if form.lossless}

#: Those of text; the others have more tests of their own.
OF_TEXT = sorted(name for name, form in LOSSLESS.items() if form.write)

each_format = pytest.mark.parametrize("name", OF_TEXT)

#: What a reader of files may take for something else; see :data:`strategies.HOSTILE`.
NAMED = (
    *("007", "NA", "1E2", "true", "null", ".", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"),
    *("\u202eabc\u202c", "\u2066abc\u2069", "a\x00b", "a\x1b[2Jb", "a\u0085b", "\ufeffa", "a\r\nb"),
    *("\U0001f4f0", "\U0010ffff", "\u0301", "e\u0301"),
)

#: Longer than other laws where laws are tried at length, since nothing may be lost.
at_length = settings(
    max_examples=2_000 if settings.get_current_profile_name() == "long" else settings().max_examples
)


def ways(name):
    """
    How a format is written to bytes or files, and read from them.
    """
    form = LOSSLESS[name]
    if form.write_folder:
        return form.write_folder, lambda files: form.read_folder(files, "x")
    if form.write_bytes:
        return form.write_bytes, lambda data: form.read(data, "x")

    return lambda corpus: dumps(corpus, name), lambda text: reads(text, name)


def test_the_lossless_formats_are_known():
    """
    These five lose nothing, two of them of text.
    """
    assert ["hugging-face", "json", "jsonl", "parquet", "sqlite"] == sorted(LOSSLESS)
    assert ["json", "jsonl"] == OF_TEXT


@pytest.mark.properties
@at_length
@given(corpus=corpora(described=True))
def test_all_comes_back(corpus):
    """
    What is read equals what was written, in content, digest, order and pin, and is written alike.
    """
    for name in LOSSLESS:
        assert_all_comes_back(corpus, *ways(name))


@pytest.mark.properties
@given(pair=corpora_with_predicates())
def test_selections_come_back(pair):
    """
    A subset comes back as the same subset, with the predicate that selected it.
    """
    for name in LOSSLESS:
        assert_a_selection_comes_back(pair, *ways(name))


@pytest.mark.parametrize("name", LOSSLESS)
def test_the_dataset_comes_back(name):
    """
    The released dataset comes back with its digest, pin and description.
    """
    assert_the_dataset_comes_back(*ways(name))


@pytest.mark.parametrize("name", LOSSLESS)
def test_a_negative_zero_is_zero(name):
    """
    Numbers that are equal in a record are written alike, as what is read back is.
    """
    place = make_entity(id="place/zero", latitude=Decimal("-0"), longitude=Decimal("-0.000"))
    zero = Quantity(value=Decimal("-0"), bound="exactly", unit="people")
    article = make_article(claims=(make_claim(quantities=(zero,)),))

    assert_all_comes_back(Corpus.of([article], [place]), *ways(name))


def test_what_is_hostile_is_drawn():
    """
    Each text that must be tried is among those that are, in fields that take text; None and () beside them.
    """
    drawn = set()

    @settings(max_examples=200, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(corpus=corpora(described=True))
    def draw(corpus):
        records = [*corpus.values(), *corpus.entities.values(), *filter(None, [corpus.description])]
        drawn.update(values_in([asdict(record) for record in records]))

    draw()

    assert {*NAMED, None, ()} <= drawn


def values_in(value):
    """
    Every text in a nested value, None and what is empty.
    """
    if isinstance(value, dict):
        return {found for inner in value.values() for found in values_in(inner)}
    if isinstance(value, (list, tuple)):
        return {found for inner in value for found in values_in(inner)} if value else {()}

    return {value} if value is None or isinstance(value, str) else set()


@pytest.mark.properties
@given(corpus=corpora())
def test_a_record_is_a_line(corpus):
    """
    JSON Lines have one line for the corpus and one for each record, whatever stands in their texts.
    """
    lines = dumps(corpus, "jsonl").split("\n")

    assert 1 + len(corpus) + len(corpus.entities) == len(lines) - 1
    assert "" == lines[-1]


@each_format
def test_the_description_comes_back(name):
    """
    What the dataset is comes back, so that it can be cited.
    """
    corpus = tiny_corpus()

    assert corpus.description == reads(dumps(corpus, name), name).description


@pytest.mark.parametrize(
    "selection",
    [lambda record: record.revision == 1, where.id(*[f"article-{number}" for number in range(2000)])],
)
@each_format
def test_a_selection_that_cannot_be_read_back_is_left_out(name, selection):
    """
    A predicate that is code, or too long to be read, does not keep a subset from being saved.
    """
    subset = evolve(tiny_corpus(), selection=None).filter(selection)
    again = reads(dumps(subset, name), name)

    assert subset == again
    assert again.selection is None


@each_format
def test_files_come_back(name, tmp_path):
    """
    A file is written and read by its suffix, or by the name of the format.
    """
    corpus = tiny_corpus()
    dump(corpus, tmp_path / f"a.{name.upper()}")
    dump(corpus, str(tmp_path / "b"), name)

    assert (tmp_path / f"a.{name.upper()}").read_bytes() == (tmp_path / "b").read_bytes()
    assert corpus == read(str(tmp_path / f"a.{name.upper()}"))
    assert corpus == read(tmp_path / "b", format=name)


def test_a_file_that_is_not_there(tmp_path):
    """
    A missing file is said to be missing.
    """
    with pytest.raises(NotRead):
        read(tmp_path / "none.jsonl")


@each_format
def test_rendering(name, golden):
    """
    The same corpus is always written in the same bytes.
    """
    golden(f"tiny.{name}", dumps(tiny_corpus(), name))


@each_format
def test_a_lone_surrogate_is_refused(name):
    """
    Half of a surrogate pair, which no UTF-8 can hold, is refused when it is written and when it is read.
    """
    with pytest.raises(InvalidValue, match="lone surrogate"):
        dumps(make_article(headline="\ud83d"), name)
    with pytest.raises(InvalidDocument, match="lone surrogate"):
        reads("\ud83d", name)


def changed(number, change):
    """
    The tiny corpus as JSON Lines, with the value of a line, counted from 1, changed.
    """
    lines = dumps(tiny_corpus(), "jsonl").removesuffix("\n").split("\n")
    value = json.loads(lines[number - 1])
    change(value)
    lines[number - 1] = json.dumps(value, ensure_ascii=False)

    return "\n".join(lines)


def without(*numbers):
    """
    The tiny corpus as JSON Lines without some of its lines.
    """
    lines = dumps(tiny_corpus(), "jsonl").split("\n")

    return "\n".join(line for number, line in enumerate(lines, 1) if number not in numbers)


def twice(number):
    """
    The tiny corpus as JSON Lines with one line at the end again.
    """
    text = dumps(tiny_corpus(), "jsonl")

    return text + text.split("\n")[number - 1]


BAD = {
    "empty": (lambda: "", InvalidDocument, ":1: must begin with a line that holds"),
    "no corpus": (lambda: without(1), InvalidDocument, ":1: must begin with a line that holds"),
    "no json": (lambda: twice(1)[:-5], InvalidDocument, ":9: must be JSON"),
    "corpus again": (lambda: twice(1), InvalidDocument, ":9: must hold one article or entity"),
    "blank line": (lambda: dumps(tiny_corpus(), "jsonl") + "\n", InvalidDocument, ":9: must be JSON"),
    "unknown kind": (
        lambda: changed(8, lambda line: line.update(claim=line.pop("article"))),
        InvalidDocument,
        ":8: must hold one article or entity, got {'claim'",
    ),
    "list": (lambda: dumps(tiny_corpus(), "jsonl") + "[]", InvalidDocument, "got []"),
    "entity twice": (
        lambda: twice(2),
        InvalidRecord,
        ":9: id 'group/shopkeepers-of-old-quay' stands in line 2",
    ),
    "article twice": (
        lambda: twice(8),
        InvalidRecord,
        ":9: id 'ferry-halts' stands in line 8 already @ $.article",
    ),
    "claim of another": (
        lambda: changed(8, lambda line: line["article"].update(id="other")),
        InvalidRecord,
        ":8: claim id 'ferry-halts/c01' must begin with its article's id",
    ),
    "unknown key": (
        lambda: changed(7, lambda line: line["article"].update(title="x")),
        InvalidRecord,
        ":7: unknown key 'title' @ $",
    ),
    "wrong type": (
        lambda: changed(7, lambda line: line["article"]["claims"][2].update(statement=7)),
        InvalidRecord,
        ":7: expected text, got 7 @ $.claims[2].statement",
    ),
    "bad selection": (
        lambda: changed(1, lambda line: line["corpus"].update(selection="__import__('os')")),
        InvalidRecord,
        ":1: selection must be a printed predicate",
    ),
    "bad pin": (
        lambda: changed(1, lambda line: line["corpus"].update(pin="tiny")),
        InvalidRecord,
        ":1: pin must look like",
    ),
    "record lost": (lambda: without(8), DigestMismatch, "x.jsonl: corpus must have digest sha256:"),
    "record changed": (
        lambda: changed(2, lambda line: line["entity"].update(name="Sellers")),
        DigestMismatch,
        "x.jsonl: corpus must have digest sha256:",
    ),
    "later package": (
        lambda: changed(
            1, lambda line: line["corpus"].update(schema="2.0", min_reader="99.0.0", mood="good")
        ),
        NewerSchema,
        ":1 needs dateline 99.0.0 or later",
    ),
    "later package, badly said": (
        lambda: changed(1, lambda line: line["corpus"].update(min_reader="soon")),
        InvalidRecord,
        ":1: version must look like '1.0.0', got 'soon' @ $.min_reader",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_line_names_itself(case, tmp_path):
    """
    Whatever is wrong with a file stops the reading, and is said with file and line.
    """
    make, error, message = BAD[case]
    file = tmp_path / "x.jsonl"
    file.write_bytes(make().encode())

    with pytest.raises(error) as caught:
        read(file)

    assert message in str(caught.value)
    assert str(file) in str(caught.value)


def document(**changes):
    """
    The tiny corpus as one JSON document, with *changes*.
    """
    return json.dumps(json.loads(dumps(tiny_corpus(), "json")) | changes)


ARTICLES = json.loads(dumps(tiny_corpus(), "json"))["articles"]

BAD_DOCUMENTS = {
    "no object": ("[]", InvalidRecord, "expected an object, got []"),
    "no json": ("{", InvalidDocument, "must be JSON"),
    "no heading": (document(corpus=None), InvalidRecord, "@ $.corpus"),
    "article twice": (
        document(articles=ARTICLES * 2),
        InvalidRecord,
        "id 'ferry-halts' stands twice @ $.articles",
    ),
    "two faults": (
        document(articles=[{**ARTICLES[0], "revision": 0, "url": "x"}]),
        InvalidRecord,
        "revision must be a whole number from 1, got 0 @ $.articles[0].revision; url must look like",
    ),
    "record lost": (document(articles=ARTICLES[:1]), DigestMismatch, "corpus must have digest"),
    "later package": (
        document(corpus={"min_reader": "99.0.0"}),
        NewerSchema,
        "needs dateline 99.0.0 or later",
    ),
}


@pytest.mark.parametrize("case", BAD_DOCUMENTS)
def test_a_bad_document_names_its_faults(case):
    """
    Whatever is wrong with a document is said with its path.
    """
    text, error, message = BAD_DOCUMENTS[case]

    with pytest.raises(error) as caught:
        reads(text, "json")

    assert message in str(caught.value)
    assert "<json>" in str(caught.value)


def test_other_line_ends_are_text():
    """
    U+0085 and U+2028 in a headline do not end a line.
    """
    corpus = Corpus.of([make_article(headline="a\u0085b\u2028c\x0bd")])

    assert corpus == reads(dumps(corpus, "jsonl").encode(), "jsonl")
