"""
What filters of a scan cost, in units of the same questions written in SQL by hand for the same files.

``python bench/scale/bench_filter.py --sizes 10000 100000`` prints both, what ``Dataset.filter`` of
Hugging Face takes for such questions, and how much memory a scan needs at most.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final


HERE: Final = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import nested  # noqa: E402 - found by the path above
from generated import Archive  # noqa: E402
from ratios import Ratio, Run, call, in_turn, ratio  # noqa: E402

from dateline import scan, store, where  # noqa: E402
from dateline.names import folded  # noqa: E402
from dateline.predicates import Predicate  # noqa: E402


#: A ratio of one question, and of one that mixes articles and claims.
PLAIN: Final = 1.1
MIXED: Final = 1.3

#: Hugging Face takes at least so many times as long, in batches and one by one.
IN_BATCHES: Final = 10
ONE_BY_ONE: Final = 50

#: How often a run asks, so that it takes long enough to be measured.
TIMES: Final = 5

#: What is asked in a process of its own, whose memory is measured.
STEPS: Final = {
    "counting by date": "found.count()",
    "counting by some characters": "archive.filter(where.contains('polsun')).count()",
    "ids by date": "deque(found.ids(), 0)",
    "records by date": "deque(found.articles(), 0)",
}

PROGRAM: Final = """
import sys
from collections import deque
sys.path.insert(0, {here!r})
import memory
from dateline import scan, where
archive = scan(sys.argv[1])
found = archive.filter(where.published(since="2020-03", until="2020-09"))
{code}
print(memory.peak())
"""


@dataclass(frozen=True)
class Question:
    """
    The same question as a predicate and as SQL about articles.
    """

    name: str

    predicate: Predicate

    sql: str

    goal: float


QUESTIONS: Final = (
    Question(
        "by date",
        where.published(since="2020-03", until="2020-09"),
        "published_latest >= DATE '2020-03-01' AND published_earliest <= DATE '2020-09-30'",
        PLAIN,
    ),
    Question(
        "by any of three places",
        where.place("place/town-3", "place/town-40", "place/town-500"),
        "id IN (SELECT article FROM {claims} WHERE"
        " list_has_any(places, ['place/town-3', 'place/town-40', 'place/town-500']))",
        PLAIN,
    ),
    Question(
        "by some characters",
        where.contains("polsun"),
        "contains(words_folded, 'polsun')",
        PLAIN,
    ),
    Question(
        "by one claim with place and stance",
        where.any_claim(where.place("place/town-3") & where.stance("denies")),
        "id IN (SELECT article FROM {claims} WHERE list_contains(places, 'place/town-3')"
        " AND stance = 'denies')",
        PLAIN,
    ),
    Question(
        "by | and ~ of articles and claims",
        (where.place("place/town-3") | where.published(since="2024-06"))
        & ~where.kind("threat")
        & ~where.publisher("organisation/outlet-0"),
        "(id IN (SELECT article FROM {claims} WHERE list_contains(places, 'place/town-3'))"
        " OR published_latest >= DATE '2024-06-01')"
        " AND id NOT IN (SELECT article FROM {claims} WHERE kind = 'threat')"
        " AND publisher_entity IS DISTINCT FROM 'organisation/outlet-0'",
        MIXED,
    ),
)


def against_sql(folder: Path, rounds: int) -> Iterator[Ratio]:
    """
    Each question, counted by a scan and by a query of one's own.
    """
    import duckdb  # noqa: PLC0415 - an extra

    connection = duckdb.connect()
    scanned = scan(folder)
    tables = {table: _files(folder, table) for table in ("articles", "claims")}
    for question in QUESTIONS:
        query = f"SELECT count(*) FROM {tables['articles']} WHERE {question.sql.format(**tables)}"  # noqa: S608

        def by_hand(query: str = query) -> int:
            return int(connection.execute(query).fetchone()[0])

        def by_scan(predicate: Predicate = question.predicate) -> int:
            return scanned.filter(predicate).count()

        assert by_hand() == by_scan(), question.name  # noqa: S101 - or the two are not the same question
        runs = {question.name: _several(by_scan), "SQL by hand": _several(by_hand)}
        found = ratio(in_turn(runs, rounds), question.name, "SQL by hand", question.goal)
        yield Ratio(f"{question.name} ({by_hand():,} found)", found.peer, found.rounds, found.goal)


#: What Hugging Face is given: the flat tables of the store, or articles whose claims nest as in the records.
ARTICLES: Final = "articles"
CLAIMS: Final = "claims"
NESTED: Final = "nested"


@dataclass(frozen=True)
class Asked:
    """
    The same question as a predicate, and as a function of some columns of rows.
    """

    name: str

    rows: str

    predicate: Predicate

    columns: tuple[str, ...]

    fits: Callable[..., bool]


def _by_date() -> Asked:
    predicate = where.published(since="2020-03", until="2020-09")
    since, until = predicate.bounds()

    def fits(earliest: Any, latest: Any) -> bool:
        return earliest is not None and latest >= since and earliest <= until

    return Asked("articles by date", ARTICLES, predicate, ("published_earliest", "published_latest"), fits)


def _asked() -> tuple[Asked, ...]:
    towns = {"place/town-3", "place/town-40", "place/town-500"}
    by_towns = where.place(*sorted(towns))
    by_characters = where.contains("polsun")
    both = where.place("place/town-3") & where.stance("denies")

    def at(places: Any) -> bool:
        return not towns.isdisjoint(places or ())

    def says(*texts: Any) -> bool:
        # Whatever their case, and however letters are composed; for claims a column says so already.
        return any(text and "polsun" in folded(text) for text in texts)

    def denied(places: Any, stance: str) -> bool:
        return stance == "denies" and "place/town-3" in (places or ())

    return (
        _by_date(),
        Asked(
            "articles by any of three places",
            NESTED,
            by_towns,
            ("claims",),
            lambda claims: any(at(claim["places"]) for claim in claims or ()),
        ),
        Asked(
            "articles by some characters",
            NESTED,
            by_characters,
            ("headline", "abstract", "claims"),
            lambda headline, abstract, claims: says(
                headline, abstract, *(claim["statement"] for claim in claims or ())
            ),
        ),
        Asked(
            "articles by one claim with place and stance",
            NESTED,
            where.any_claim(both),
            ("claims",),
            lambda claims: any(denied(claim["places"], claim["stance"]) for claim in claims or ()),
        ),
        Asked("claims by any of three places", CLAIMS, by_towns, ("places",), at),
        Asked(
            "claims by some characters",
            CLAIMS,
            by_characters,
            ("statement_folded",),
            lambda text: "polsun" in text,
        ),
        Asked("claims by place and stance", CLAIMS, both, ("places", "stance"), denied),
    )


def against_hugging_face(folder: Path, rounds: int) -> Iterator[Ratio]:
    """
    How many there are by ``Dataset.filter``, in batches and one by one, in units of a scan.

    Rows come whole, as the function that one writes gets them, or with no more columns than are needed.
    Articles have goals; rows of claims, a flat table that somebody made before, are there to compare.
    """
    import datasets  # noqa: PLC0415 - large, and needed here alone

    datasets.disable_caching()
    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as scratch:
        nested.write(scan(folder).articles(), Path(scratch) / "nested.parquet")
        for asked in _asked():
            place = Path(scratch) if asked.rows == NESTED else folder
            paths = [str(path) for path in sorted(place.glob(f"{asked.rows}*.parquet"))]
            whole = datasets.Dataset.from_parquet(paths, cache_dir=str(Path(scratch) / asked.rows))
            yield from _beside(folder, asked, _peers(whole, list(asked.columns), asked.fits), rounds)


def _beside(folder: Path, asked: Asked, peers: dict[str, Callable[[], int]], rounds: int) -> Iterator[Ratio]:
    scanned = scan(folder)
    found = (scanned.claims if asked.rows == CLAIMS else scanned).filter(asked.predicate)
    assert {peer() for peer in peers.values()} == {found.count()}, asked.name  # noqa: S101 - as above
    runs = {"a scan": call(found.count)} | {name: call(peer) for name, peer in peers.items()}
    seconds = in_turn(runs, rounds)
    for name in peers:
        each = ratio(seconds, name, "a scan")
        goal = None if asked.rows == CLAIMS else _GOALS.get(name)
        met = "" if goal is None else f"; at least {goal} ×: {'yes' if each.median >= goal else '**no**'}"
        yield Ratio(f"{asked.name}, Dataset.filter {name}{met}", each.peer, each.rounds)


_GOALS: Final = {"in batches": IN_BATCHES, "one by one": ONE_BY_ONE}


def _peers(whole: Any, columns: list[str], fits: Callable[..., bool]) -> dict[str, Callable[[], int]]:
    slim = whole.select_columns(columns)

    def in_batches(*values: list[Any]) -> list[bool]:
        return list(map(fits, *values))

    return {
        "in batches": lambda: len(
            whole.filter(lambda rows: in_batches(*(rows[column] for column in columns)), batched=True)
        ),
        "one by one": lambda: len(whole.filter(lambda row: fits(*(row[column] for column in columns)))),
        "in batches, of these columns alone": lambda: len(
            slim.filter(in_batches, batched=True, input_columns=columns)
        ),
        "one by one, of these columns alone": lambda: len(slim.filter(fits, input_columns=columns)),
    }


def peak(folder: Path, code: str) -> float:
    """
    The peak of memory of a process, in MiB, that scans a folder and runs some code.
    """
    command = [sys.executable, "-c", PROGRAM.format(here=str(HERE.parent), code=code), str(folder)]

    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout) / 1024


def _files(folder: Path, table: str) -> str:
    return f"read_parquet('{folder}/{table}-*.parquet')"


def _several(function: Callable[[], int]) -> Run:
    return call(lambda: [function() for _ in range(TIMES)])


def main() -> None:
    """
    Measure what was asked for.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a folder with stores of these sizes, or for them")
    parser.add_argument("--datasets", type=int, default=100_000, help="at most so many for Hugging Face")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for count in asked.sizes:
            folder = _stored(asked.keep or Path(scratch), count)
            print(f"\n{count:,} articles\n")
            for found in against_sql(folder, max(2, asked.rounds)):
                print(found.row(), flush=True)
            if count <= asked.datasets:
                for found in against_hugging_face(folder, max(2, asked.rounds)):
                    print(found.row(), flush=True)
            for name, code in STEPS.items():
                print(f"peak of memory, {name}: {peak(folder, code):.0f} MiB", flush=True)


def _stored(folder: Path, count: int) -> Path:
    name, archive = f"n{count}", Archive()
    if not (folder / name).exists():
        store.write(archive.articles(count), folder, name=name, version="1.0.0", entities=archive.entities())

    return folder / name / "1.0.0"


if __name__ == "__main__":
    main()
