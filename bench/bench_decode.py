"""
What decoding verified bytes into records costs beside msgspec decoding into Structs with the same rules.

The release is repeated until it holds 100,000 records: articles, their claims, and entities.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import importlib_resources
import msgspec
from ratios import Measured, call, in_turn, main, ratio
from twins import decode_date, from_table, twin, unrolled

import dateline
from dateline import codec
from dateline.catalog import DEFAULTS
from dateline.records import Article, Entity


NAME = "ukraine-2022"
RECORDS = 100_000

OURS = "decoding into records"
SAME_RULES = "into Structs, same rules"
UNROLLED = "into Structs, same rules unrolled by hand"
NO_RULES = "into Structs, no rules"
DICTS = "into dicts (msgspec)"

Lines = list[bytes]


def release() -> tuple[Lines, Lines]:
    """
    The lines of the shipped release: of articles, and of entities.
    """
    folder = importlib_resources.files("dateline") / "releases" / NAME / DEFAULTS[NAME]
    articles = (folder / "articles.jsonl").read_bytes()
    entities = (folder / "entities.jsonl").read_bytes()

    return articles.removesuffix(b"\n").split(b"\n"), entities.removesuffix(b"\n").split(b"\n")


def structs(articles: Lines, entities: Lines, kinds: tuple[Any, Any], hook: Any) -> Callable[[], Any]:
    """
    Decoding with msgspec alone.
    """
    of_articles, of_entities = (msgspec.json.Decoder(kind, dec_hook=hook) for kind in kinds)

    return lambda: (
        [of_articles.decode(line) for line in articles],
        [of_entities.decode(line) for line in entities],
    )


def check_alike(articles: Lines, entities: Lines) -> None:
    """
    Make sure that the twins are worth comparing with: the same values, and the same refusals.
    """
    decoded = (*codec.decode_articles(articles, "articles"), *codec.decode_entities(entities, "entities"))
    twins = structs(articles, entities, (twin(Article, from_table), twin(Entity, from_table)), decode_date)()
    for record, struct in zip(decoded, [*twins[0], *twins[1]], strict=True):
        if shown(record) != shown(struct):
            sys.exit(f"{record.id}: the Struct does not hold what the record holds")
    broken = entities[0].replace(b'"id":"', b'"id":"Not An Id ', 1)
    try:
        msgspec.json.decode(broken, type=twin(Entity, from_table), dec_hook=decode_date)
    except msgspec.ValidationError:
        return
    sys.exit("the Struct takes what the record refuses")


def shown(record: Any) -> Any:
    """
    A record or its twin as plain values, by name.
    """
    names = getattr(record, "__struct_fields__", None) or [
        attribute.name for attribute in getattr(record, "__attrs_attrs__", ())
    ]
    if isinstance(record, tuple):
        return [shown(item) for item in record]

    return {name: shown(getattr(record, name)) for name in names} if names else record


def measure(rounds: int | None = None) -> Measured:
    """
    Decoding in this process, of lines that are in memory.
    """
    articles, entities = release()
    check_alike(articles, entities)
    claims = len(dateline.load(NAME).claims)
    times = -(-RECORDS // (len(articles) + claims + len(entities)))
    lines = (articles * times, entities * times)
    ruled = (twin(Article, from_table), twin(Entity, from_table))
    by_hand = (twin(Article, unrolled), twin(Entity, unrolled))
    free = (twin(Article, None), twin(Entity, None))

    def ours() -> Any:
        return codec.decode_articles(lines[0], "articles"), codec.decode_entities(lines[1], "entities")

    runs = {
        OURS: call(ours),
        SAME_RULES: call(structs(*lines, ruled, decode_date)),
        UNROLLED: call(structs(*lines, by_hand, decode_date)),
        NO_RULES: call(structs(*lines, free, decode_date)),
        DICTS: call(structs(*lines, (Any, Any), None)),
    }
    seconds = in_turn(runs, rounds or 7)
    counts = f"{len(lines[0]):,} articles, {claims * times:,} claims in them, and {len(lines[1]):,} entities"

    return Measured(
        ratios=(
            ratio(seconds, OURS, SAME_RULES, goal=1.5),
            ratio(seconds, OURS, UNROLLED),
            ratio(seconds, OURS, NO_RULES),
            ratio(seconds, OURS, DICTS),
        ),
        note=f"Decoding is of the release repeated: {counts}; the collector is paused in all.",
    )


if __name__ == "__main__":
    sys.exit(main(measure))
