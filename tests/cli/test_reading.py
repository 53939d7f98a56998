from __future__ import annotations

import json
from decimal import Decimal

import pytest

import dateline
from dateline.digests import plain
from dateline.testing import make_article, make_claim, make_entity, tiny_corpus


@pytest.fixture
def bare(tmp_path):
    """
    A file with an article of which next to nothing is known, and a claim that leads out of the corpus.
    """
    claim = make_claim(
        id="bare/c01",
        claimant="group/strangers",
        happened=None,
        said="2021-03",
        quantities=(dateline.Quantity(value=Decimal(3), bound="up_to", unit="people"),),
        relations=(dateline.Relation(kind="supports", claim="elsewhere/c01"),),
    )
    empty = {
        "headline": None,
        "publisher": None,
        "published": None,
        "rights": None,
        "url": None,
        "language": None,
    }
    article = make_article(id="bare", claims=(claim,), mentions=(), dateline=None, bylines=(), **empty)
    target = tmp_path / "bare.jsonl"
    dateline.dump(dateline.Corpus.of([article], [make_entity()]), target)

    return target


def test_list_shows_what_is_installed(run):
    """
    List names each installed dataset with its versions.
    """
    result = run("list")

    assert (result.exit_code, result.stdout.split("\n")[1].split()) == (
        0,
        ["ukraine-2022", "2.0.0", "1.0.0,", "1.0.1,", "2.0.0"],
    )


def test_list_tells_programs_what_is_installed(run):
    """
    ``list --json`` holds each dataset with its versions.
    """
    expected = [
        {"name": found.name, "versions": [*found.versions], "default": found.default}
        for found in dateline.datasets()
    ]

    assert json.loads(run("list", "--json").stdout) == expected


def test_list_shows_articles(run, tiny):
    """
    ``list DATASET`` shows id, outlet, date, number of claims and headline of each article.
    """
    rows = (
        ("id           ", "outlet             ", "published              ", "claims", "headline"),
        (
            "ferry-halts  ",
            "The Harbour Gazette",
            "[2021-03-09,2021-03-10]",
            "2     ",
            "Ferry halts again, harbour master says",
        ),
        (
            "ferry-returns",
            "The Harbour Gazette",
            "2021-03-01             ",
            "4     ",
            "Ferry to Old Quay returns after winter repairs",
        ),
    )

    assert run("list", tiny).stdout == "".join("  ".join(row) + "\n" for row in rows)


def test_list_says_what_is_unknown(run, bare):
    """
    An unknown headline, outlet or date is said to be unknown.
    """
    shown = run("list", bare).stdout

    assert all(f"{what} unknown" in shown for what in ("headline", "outlet", "date"))


def test_list_tells_programs_what_is_unknown(run, bare):
    """
    In JSON, what is unknown is null.
    """
    [row] = json.loads(run("list", "--json", bare).stdout)

    assert row == {"id": "bare", "outlet": None, "published": None, "claims": 1, "headline": None}


@pytest.mark.parametrize("name", ["ukraine-2022", "ukraine-2022@2.0.0"])
def test_a_dataset_has_a_name_and_a_pin(run, name):
    """
    A dataset is named by its name or by a pin.
    """
    assert run("list", name).stdout == run("list", str(dateline.load("ukraine-2022").pin)).stdout


@pytest.mark.parametrize("identifier", ["ferry-returns", "ferry-returns/c04", "place/old-quay"])
def test_show_knows_every_kind_of_record(run, tiny, identifier):
    """
    Show finds articles, claims and entities by their ids.
    """
    first = run("show", identifier, "--from", tiny).stdout.split("\n")[0]

    assert identifier in first.replace(",", " ").split()


def test_show_finds_entities_by_name(run, tiny):
    """
    An entity's name will do.
    """
    assert run("show", "Old Quay", "--from", tiny).stdout.startswith("Entity place/old-quay\n")


@pytest.mark.parametrize(
    ("identifier", "other"),
    [
        ("ferry-halts/c02", "contradicts ferry-returns/c04"),
        ("ferry-returns/c04", "is contradicted by ferry-halts/c02"),
    ],
)
def test_relations_are_read_both_ways(run, tiny, identifier, other):
    """
    A relation is shown at either end, with what the claim at the other end says.
    """
    shown = run("show", identifier, "--from", tiny).stdout

    assert "Relations (1)\n" in shown
    assert f"  {other}: Shopkeepers " in shown


@pytest.mark.parametrize(
    ("identifier", "direction"), [("ferry-halts/c02", "to"), ("ferry-returns/c04", "from")]
)
def test_programs_get_relations_both_ways(run, tiny, identifier, direction):
    """
    In JSON a claim has its relations with their direction.
    """
    found = json.loads(run("show", "--json", identifier, "--from", tiny).stdout)["related"]

    assert [(one["kind"], one["direction"], one["note"]) for one in found] == [
        ("contradicts", direction, "of the same winter")
    ]


def test_a_relation_may_lead_out(run, bare):
    """
    A relation to a claim that is not there is shown as such.
    """
    assert "supports elsewhere/c01 (not in this corpus)" in run("show", "bare/c01", "--from", bare).stdout


@pytest.mark.parametrize("identifier", ["ferry-returns", "place/old-quay"])
def test_programs_get_the_record(run, tiny, identifier):
    """
    ``show --json`` holds the record as it is dumped, under its kind.
    """
    corpus = tiny_corpus()
    record = corpus.get(identifier) or corpus.entities[identifier]

    assert [*json.loads(run("show", "--json", identifier, "--from", tiny).stdout).values()] == [plain(record)]


def test_reasons_to_doubt_are_shown(run):
    """
    A field that is inferred or unknown is shown with its reason.
    """
    ukraine = dateline.load("ukraine-2022")
    source = ukraine["kherson-seized"].sourced("published").source
    shown = " ".join(run("show", "kherson-seized").stdout.split())

    assert f"published: inferred, {source.note}" in shown


def test_an_empty_field_is_left_out(run, bare):
    """
    Fields without a value have no line, unless it is worth knowing that they are unknown.
    """
    shown = run("show", "bare", "--from", bare).stdout

    assert "url" not in shown
    assert "  published     date unknown\n" in shown


def test_quantities_are_read_out(run, bare):
    """
    A number is shown with its bound and unit.
    """
    assert "  quantities    up to 3 people\n" in run("show", "bare/c01", "--from", bare).stdout


@pytest.mark.parametrize(
    ("identifier", "message"),
    [
        ("ferry-return", "no article 'ferry-return'; did you mean 'ferry-returns'"),
        ("ferry-returns/c99", "no claim 'ferry-returns/c99'; did you mean"),
        ("Old Quai", "no entity 'Old Quai'; did you mean"),
        ("zzz", "no article 'zzz'"),
    ],
)
def test_what_is_not_there_is_refused(run, tiny, identifier, message):
    """
    An unknown id ends with 3 and names the nearest.
    """
    result = run("show", identifier, "--from", tiny)

    assert (result.exit_code, result.stderr.startswith(f"dateline: {message}")) == (3, True)


def test_the_nearest_of_all_that_could_be_meant_is_named(run):
    """
    An article's id is near to a city's name, too.
    """
    told = "dateline: no article 'kherson-sized'; did you mean 'kherson-seized'"

    assert run("show", "kherson-sized").stderr.startswith(told)
    assert run("show", "Khersn").stderr.startswith("dateline: no entity 'Khersn'; did you mean 'Kherson'")


def test_filter_keeps_articles(run):
    """
    Filter lists the articles that the predicate holds for.
    """
    shown = json.loads(run("filter", "--json", "--where", "where.published(since='2022-11')").stdout)

    assert [row["id"] for row in shown] == ["kherson-retaken"]


def test_filter_keeps_claims(run):
    """
    ``filter --claims`` lists the claims that every predicate holds for.
    """
    predicates = (
        "--where",
        "where.place('Kherson') & where.kind('control')",
        "--where",
        "where.stance('denies')",
    )
    shown = run("filter", "--claims", *predicates).stdout

    assert shown == (
        "kherson-seized/c19  Ukraine denies, control, day unknown\n"
        "    Ukraine denied having lost Kherson to Russian troops.\n"
    )


def test_filter_says_when(run, bare):
    """
    A claim is listed with the date on which it was said, and with an id where a name is not known.
    """
    assert run("filter", "--claims", bare).stdout.startswith(
        "bare/c01  group/strangers asserts, event, said 2021-03\n"
    )


def test_filter_tells_programs_of_claims(run, tiny):
    """
    In JSON a claim has its id, kind, claimant, stance, dates, places and statement.
    """
    claim = tiny_corpus().claims["ferry-halts/c01"]
    [row] = json.loads(run("filter", "--claims", "--json", tiny, "--where", f"where.id({claim.id!r})").stdout)

    assert row == {
        "id": claim.id,
        "kind": "event",
        "claimant": "person/tomas-berg",
        "stance": "asserts",
        "said": None,
        "happened": "2021-03-09",
        "places": ["place/old-quay"],
        "statement": claim.statement,
    }


@pytest.mark.parametrize("options", [[], ["--claims"]])
def test_nothing_found_is_one(run, options):
    """
    A predicate that holds for nothing ends with 1 and a message.
    """
    result = run("filter", *options, "--where", "where.id('nowhere')")

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "dateline: nothing was found\n")


def test_nothing_found_is_an_empty_list(run):
    """
    In JSON nothing is an empty list.
    """
    result = run("filter", "--json", "--where", "where.id('nowhere')")

    assert (result.exit_code, json.loads(result.stdout)) == (1, [])


@pytest.mark.parametrize("text", ["where.plaice('Kherson')", "__import__('os').system('true')", "1 +"])
def test_a_predicate_is_never_run_as_code(run, text):
    """
    What is no predicate is refused with 3.
    """
    result = run("filter", "--where", text)

    assert (result.exit_code, result.stderr.startswith("dateline: predicate ")) == (3, True)


def test_locate_prints_positions(run, tmp_path):
    """
    Locate prints each place as start-end.
    """
    file = tmp_path / "text.txt"
    file.write_bytes(b"Here,\r\nand here.")

    assert run("locate", file, "HERE").stdout == "0-4\n10-14\n"


def test_locate_tells_programs(run, tmp_path):
    """
    Locate --json is a list of starts and ends.
    """
    file = tmp_path / "text.txt"
    file.write_text("Here.")

    assert json.loads(run("locate", "--json", file, "Here").stdout) == [{"start": 0, "end": 4}]


@pytest.mark.parametrize(("options", "shown"), [([], ""), (["--json"], "[]\n")])
def test_words_that_are_not_there_are_one(run, tmp_path, options, shown):
    """
    Words that do not occur end with 1 and a message.
    """
    file = tmp_path / "text.txt"
    file.write_text("Here.")
    result = run("locate", *options, file, "there")

    assert (result.exit_code, result.stdout) == (1, shown)
    assert result.stderr == "dateline: the words do not occur in the text\n"


def test_a_text_that_cannot_be_normalised_is_refused(run, tmp_path):
    """
    A text with more combining marks in a row than any script has ends with 3.
    """
    file = tmp_path / "text.txt"
    file.write_text("Here" + "\u0301\u0323" * 200, encoding="utf-8")
    result = run("locate", file, "Here")

    assert (result.exit_code, "256 combining marks" in result.stderr) == (3, True)


def test_a_missing_text_is_refused(run, tmp_path):
    """
    A text that cannot be read ends with 3.
    """
    assert run("locate", tmp_path / "none.txt", "words").exit_code == 3
