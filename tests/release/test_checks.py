"""
The coded rules, each with a file in `tests/data` that breaks it and no other.
"""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

from dateline.checks import (
    MESSAGES,
    check,
    check_lines,
    check_references,
    check_release,
    check_sequel,
)
from dateline.converter import structure
from dateline.corpus import Corpus
from dateline.errors import InvalidRecord, NewerSchema, NotRead
from dateline.formats import dumps
from dateline.manifests import ARTICLES, ENTITIES, MANIFEST
from dateline.provenance import FieldSource
from dateline.records import Article, Claim, Entity
from dateline.rules import CORPUS_RULES, RECORD_RULES
from dateline.spans import Span
from dateline.strict_json import parse_json_lines
from dateline.testing import make_article, make_claim, make_entity, tiny_corpus
from dateline.validation import validate


DATA = Path(__file__).resolve().parents[1] / "data"

#: A file or a folder a case: `E101-0.jsonl`, `E403-0/`.
CASES = sorted(path.name for path in DATA.iterdir() if re.match(r"[EW][0-9]{3}-[0-9]", path.name))

#: Rules that look at more than one file of records: how each is run on its case.
OF_RELEASES = {
    "E401": lambda path: check_sequel(corpus_in(path), corpus_in(DATA / "clean-0.jsonl")),
    "E402": lambda path: check_lines(path.read_bytes(), path.name, canonical=True),
    "E403": check_release,
    "E405": lambda path: check_sequel(corpus_in(path), corpus_in(DATA / "clean-0.jsonl")),
    "E404": lambda path: check_references(corpus_in(path), "# ferry\n"),
}


def corpus_in(path):
    """
    The corpus in a file of lines `{"article": …}` or `{"entity": …}`.
    """
    lines = [value for _, value in parse_json_lines(path.read_bytes(), path.name)]

    return Corpus.of(
        [structure(line["article"], Article) for line in lines if "article" in line],
        [structure(line["entity"], Entity) for line in lines if "entity" in line],
    )


def findings_of(path):
    """
    What the rules find in a case.
    """
    code = path.name[:4]
    if code in OF_RELEASES:
        return OF_RELEASES[code](path)

    return check_lines(path.read_bytes(), path.name)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_rule_has_a_case(code):
    """
    No code is without a file that breaks it.
    """
    assert [case for case in CASES if case.startswith(f"{code}-0")], (
        f"write tests/data/{code}-0.jsonl, then: python -m pytest tests/release/test_checks.py"
    )


@pytest.mark.parametrize("case", CASES)
def test_a_case_breaks_its_rule_and_no_other(case):
    """
    A file named after a code is found to break that rule, and no other of its gravity.
    """
    code = case[:4]
    findings = findings_of(DATA / case)
    found = {finding.code for finding in findings if finding.is_error or code.startswith("W")}

    assert {code} == found
    assert all(finding.detail and finding.where for finding in findings)
    assert all(str(finding).startswith(f"{finding.where}: {finding.code} ") for finding in findings)


@pytest.mark.parametrize("case", CASES)
def test_a_case_breaks_its_rule_once(case):
    """
    One break is one finding.
    """
    assert 1 == sum(finding.code == case[:4] for finding in findings_of(DATA / case))


def test_the_clean_case_gives_nothing():
    """
    A file and a folder that keep every rule give no finding, not even a warning.
    """
    assert () == check_lines((DATA / "clean-0.jsonl").read_bytes(), "clean-0.jsonl")
    assert () == check_release(DATA / "clean-0")
    assert () == check(tiny_corpus())
    assert () == check_sequel(tiny_corpus(), tiny_corpus())


NEAR_MISSES = {
    "E202-last-character": make_claim(evidence=(Span(0, make_article().text.length),)),
    "E203-side-by-side": make_claim(evidence=(Span(0, 10), Span(10, 20))),
    "E303-same-day": make_claim(said="2021-03-01"),
    "E303-perhaps-before": make_claim(said="2021-02-28/2021-03-02"),
    "E303-perhaps-another-day": make_claim(said="2021-03-02~"),
    "E303-same-month": make_claim(said="2021-03"),
    "E307-poles": make_entity(latitude=Decimal(90), longitude=Decimal(-180)),
    "W301-40-words": make_claim(statement="word " * 40),
    "W302-60-words": make_article(abstract="word " * 60),
}


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_what_just_keeps_a_rule(case):
    """
    The last value that a rule allows is allowed.
    """
    record = NEAR_MISSES[case]
    if isinstance(record, Claim):
        record = make_article(claims=(record,))
    corpus = Corpus.of(*([], [record]) if isinstance(record, Entity) else ([record], []))

    assert case[:4] not in {finding.code for finding in check(corpus)}


BEYOND = {
    "E202": make_claim(evidence=(Span(0, make_article().text.length + 1),)),
    "E203": make_claim(evidence=(Span(0, 10), Span(9, 20))),
    "E303": make_claim(said="2021-03-02"),
    "W301": make_claim(statement="word " * 41),
}


@pytest.mark.parametrize("code", BEYOND)
def test_what_just_breaks_a_rule(code):
    """
    The first value beyond what a rule allows is found.
    """
    corpus = Corpus.of([make_article(claims=(BEYOND[code],))])

    assert code in {finding.code for finding in check(corpus)}


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("90.01", "0"), ("-90.01", "0"), ("0", "180.01"), ("0", "-180.01")]
)
def test_what_lies_beyond_the_globe(latitude, longitude):
    """
    Coordinates end at the poles and at the date line.
    """
    place = make_entity(latitude=Decimal(latitude), longitude=Decimal(longitude))

    assert "E307" in {finding.code for finding in check(Corpus.of([], [place]))}


def test_a_message_stands_once():
    """
    A rule's docstring is its message; no two rules say the same, and each code is of one kind.
    """
    rules = RECORD_RULES | CORPUS_RULES

    assert len(MESSAGES) == len({*MESSAGES.values()})
    assert len(rules) == len(RECORD_RULES) + len(CORPUS_RULES)
    for code, rule in rules.items():
        assert " ".join(rule.__doc__.split()).rstrip(".") == MESSAGES[code]


@pytest.mark.parametrize(
    ("case", "where"),
    [
        ("E001-0.jsonl", "E001-0.jsonl:1"),
        ("E002-1.jsonl", "E002-1.jsonl:3"),
        ("E101-0.jsonl", "ferry"),
        ("E204-0.jsonl", "ferry/c01"),
        ("E305-0.jsonl", "E305-0.jsonl"),
        ("E306-0.jsonl", "person/ana"),
        ("E402-1.jsonl", "E402-1.jsonl:3"),
        ("E403-1", "E403-1"),
    ],
)
def test_a_finding_says_where(case, where):
    """
    A finding names the record, or the file and line.
    """
    [place] = [finding.where for finding in findings_of(DATA / case) if finding.code == case[:4]]

    assert where == place


def test_all_findings_of_a_file_are_given():
    """
    A line that is no record keeps none of the others from being checked.
    """
    lines = b"".join((DATA / f"{case}.jsonl").read_bytes() for case in ("E001-0", "E105-0")) + b"nonsense\n"
    found = [finding.code for finding in check_lines(lines, "all.jsonl")]

    assert ["E001", "E002", "E305"] == found


def test_a_record_may_stand_without_its_wrapper():
    """
    A line may hold the record itself; its id tells what it is.
    """
    folder = DATA / "clean-0"
    lines = (folder / ARTICLES).read_bytes() + (folder / ENTITIES).read_bytes()

    assert () == check_lines(lines, "bare.jsonl")


@pytest.mark.parametrize(
    "line",
    [
        b'{"claim": {"id": "ferry/c01"}}',
        b'{"banana": {"id": "person/ana", "kind": "person", "name": "Ana"}}',
        b'{"article": {"id": "person/ana", "kind": "person", "name": "Ana"}}',
        b'{"entity": {"id": "ferry", "kind": "person", "name": "Ana"}}',
        b"{}",
        b"[]",
        b"null",
        b'"ferry"',
    ],
)
def test_a_line_that_is_no_record_is_reported(line):
    """
    What is neither an article nor an entity, or stands under the other's name, is no record.
    """
    assert {"E001"} == {finding.code for finding in check_lines(line, "odd.jsonl")}


def test_a_dumped_file_may_be_checked():
    """
    The line that opens a dumped corpus is no record; anywhere else it is reported.
    """
    header, lines = dumps(tiny_corpus(), "jsonl").encode().split(b"\n", 1)

    assert () == check_lines(header + b"\n" + lines, "dumped.jsonl")
    assert ["E001"] == sorted({finding.code for finding in check_lines(lines + header, "odd.jsonl")})


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ({}, "E001"),
        ({"schema": "1.0", "min_reader": "0.1.0", "digest": tiny_corpus().digest, "odd": 1}, "E001"),
        ({"schema": "1.0", "min_reader": "0.1.0", "digest": f"sha256:{1:064}"}, "E406"),
    ],
)
def test_the_heading_of_a_dumped_file_is_checked(heading, code):
    """
    It is as headings are, and names the records that follow.
    """
    _, lines = dumps(tiny_corpus(), "jsonl").split("\n", 1)
    found = check_lines(f"{json.dumps({'corpus': heading})}\n{lines}".encode(), "dumped.jsonl")

    assert {(code, "dumped.jsonl:1")} == {(finding.code, finding.where) for finding in found}


def test_a_heading_for_a_later_package_is_refused():
    """
    What its records mean is not known here.
    """
    with pytest.raises(NewerSchema, match=r"dumped\.jsonl needs dateline 99\.0\.0"):
        check_lines(b'{"corpus":{"min_reader":"99.0.0"}}\n', "dumped.jsonl")


def test_validate_names_all_faults():
    """
    Validating a record raises once, with every error, its claims' included, each with its code.
    """
    broken = make_article(
        language="en",
        claims=(make_claim(evidence=()),),
        sources=(FieldSource(fields=("language", "weather"), basis="unknown"),),
    )

    with pytest.raises(InvalidRecord) as caught:
        validate(broken)
    codes = [fault.subject for fault in caught.value.faults]
    assert {"E101", "E102", "E105", "E204"} == {*codes}
    assert all(fault.message.startswith(f"{fault.subject} ") for fault in caught.value.faults)
    assert "ferry-returns" == caught.value.subject
    assert "E105 A field with a value is neither absent nor unknown (language is unknown) @ $" in str(
        caught.value
    )


def test_validate_takes_each_kind_of_record():
    """
    An article, a claim and an entity that keep the rules pass; warnings do not count.
    """
    for record in (make_article(), make_claim(), make_entity(), make_claim(statement="word " * 41)):
        assert validate(record) is None


def test_what_was_released_may_not_vanish():
    """
    An article, a claim and an entity that are gone are each reported.
    """
    old = tiny_corpus()
    [first, second] = old.values()
    shorter = attrs.evolve(first, claims=first.claims[:-1], revision=first.revision + 1)
    new = Corpus.of([shorter], list(old.entities.values())[1:])
    gone = [second.id, first.claims[-1].id, *(claim.id for claim in second.claims), next(iter(old.entities))]

    assert sorted(gone) == sorted(finding.where for finding in check_sequel(old, new))


def test_headings_of_any_depth_are_sections():
    """
    A section is a heading of one word, however deep; words in the text are none.
    """
    corpus = corpus_in(DATA / "E404-0.jsonl")

    assert () == check_references(corpus, "# Sources\n\n### harbour\n")
    assert 1 == len(check_references(corpus, "# Sources\n\nharbour\n\n# the harbour\n"))


@pytest.fixture
def folder(tmp_path):
    """
    A copy of the clean release, to be broken.
    """
    return shutil.copytree(DATA / "clean-0", tmp_path / "ferry")


def codes_in(folder):
    """
    The codes that are found in a release folder, in order.
    """
    return [finding.code for finding in check_release(folder)]


@pytest.mark.parametrize(
    ("name", "damage", "codes"),
    [
        pytest.param(ARTICLES, lambda data: data[:-9], ["E403", "E002", "E402", "W303"], id="cut"),
        pytest.param(ENTITIES, lambda data: data + data, ["E403", "E305"], id="doubled"),
        pytest.param(ENTITIES, lambda data: b" " + data, ["E403", "E402"], id="white-space"),
        pytest.param(
            ARTICLES, lambda data: data.replace(b"\n", b"\r\n"), ["E403", "E402"], id="carriage-return"
        ),
        pytest.param(MANIFEST, lambda data: data[:-9], ["E002"], id="manifest-cut"),
        pytest.param(
            MANIFEST, lambda data: data.replace(b'"files"', b'"papers"'), ["E001", "E001"], id="manifest-key"
        ),
    ],
)
def test_a_damaged_release_is_reported(folder, name, damage, codes):
    """
    Damage is reported by code, all of it, instead of raised.
    """
    (folder / name).write_bytes(damage((folder / name).read_bytes()))

    assert codes == codes_in(folder)


def test_a_release_that_lacks_a_file_is_reported(folder):
    """
    A missing file is reported, and the rest is checked without it.
    """
    (folder / ENTITIES).unlink()

    assert ["E403", "E304"] == codes_in(folder)


def test_references_of_a_release_are_checked(folder, signed):
    """
    In a release too, a section of SOURCES.md that is referred to must exist.
    """
    corpus = corpus_in(DATA / "E404-0.jsonl")
    data = (folder / ARTICLES).read_bytes()
    changed = data.replace(
        b'{"basis":"curated","fields":["language"]}',
        b'{"basis":"looked_up","fields":["language"],"reference":"SOURCES.md#harbour"}',
    )
    assert changed != data
    signed(folder, ARTICLES, changed, digest=recomputed(folder, changed))

    assert "harbour" in next(iter(corpus.values())).sources[-1].reference
    assert ["E404"] == codes_in(folder)
    (folder / "SOURCES.md").write_text("## harbour\n", "utf-8")
    assert [] == codes_in(folder)


def recomputed(folder, lines):
    """
    The digest of the release in a folder if its articles were these lines.
    """
    articles = [structure(value, Article) for _, value in parse_json_lines(lines, ARTICLES)]
    entities = [
        structure(value, Entity) for _, value in parse_json_lines((folder / ENTITIES).read_bytes(), ENTITIES)
    ]

    return Corpus.of(articles, entities).digest


def test_what_is_no_release_cannot_be_checked(tmp_path, folder):
    """
    Without a manifest, or with one for a later package, there is nothing to check.
    """
    with pytest.raises(NotRead, match=r"manifest\.json"):
        check_release(tmp_path)
    manifest = folder / MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b'"min_reader":"0.1.0"', b'"min_reader":"99.0.0"'))
    with pytest.raises(NewerSchema):
        check_release(folder)


def test_a_link_in_a_release_is_not_followed(folder, tmp_path):
    """
    A file that is a link is refused, as in reading.
    """
    (folder / ENTITIES).rename(tmp_path / "outside")
    (folder / ENTITIES).symlink_to(tmp_path / "outside")

    with pytest.raises(NotRead, match=r"entities\.jsonl was not read: is a link"):
        check_release(folder)
