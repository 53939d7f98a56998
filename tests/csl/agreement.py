"""
How far this processor agrees with others on invented records, as one table with its floors.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from csl.deviations import DEVIATIONS
from csl.oracles import even, official_locale, official_style, oracle, pandoc, records

from dateline.csl import Style


#: A record's id, and "bib" for its entry or "cite" for its citation.
Key: TypeAlias = tuple[str, str]

Results: TypeAlias = Mapping[Key, str]

KINDS = {"bib": "entry", "cite": "citation"}

HEAD = (
    "| style | entries | cites | listed: order | entries | cites | pandoc: entries | cites | against both |",
    "|---|--:|--:|---|--:|--:|--:|--:|--:|",
)

#: Of 836 entries as many as this are equal, however well the others are explained.
ENTRIES_FLOOR = 822

#: The same for citations, as a share.
CITES_FLOOR = 0.995

#: How many fixtures of the official suite pass at least.
SUITE_FLOOR = 720


@functools.cache
def parsed(name: str) -> Style:
    """
    An official style; its language may follow an at sign.
    """
    style, _, language = name.partition("@")
    return Style.parse(official_style(style), language or None, locales=official_locale)


def alone(style: Style, ids: Iterable[str]) -> Results:
    """
    What *style* makes of each record by itself.
    """
    found = {}
    for id_ in ids:
        item = records()[id_]
        found[id_, "bib"] = even(" ".join(map(str, style.bibliography([item]))))
        found[id_, "cite"] = even(str(style.cite([item])))

    return found


def listed(style: Style, ids: Iterable[str]) -> tuple[list[str], Results]:
    """
    The order in which *style* lists the records, and what it makes of each.
    """
    items = [records()[id_] for id_ in ids]
    entries = style.bibliography(items)
    cites = style.citations([[item] for item in items])
    found = {(item["id"], "cite"): even(str(cite)) for item, cite in zip(items, cites, strict=True)}
    found |= {(entry.id, "bib"): even(str(entry)) for entry in entries}

    return [entry.id for entry in entries], found


def others_alone(made: Any) -> Results:
    """
    What another processor made of each record by itself.
    """
    return {(id_, kind): even(each[kind]) for id_, each in made["single"].items() for kind in KINDS}


def others_listed(made: Any) -> Results:
    """
    What another processor made of each record of the whole list.
    """
    return {(id_, kind): even(made["corpus"][kind].get(id_)) for id_ in made["single"] for kind in KINDS}


def unlike(one: Results, other: Results) -> set[Key]:
    """
    Where the two differ; what is missing counts as empty.
    """
    return {key for key in {*one, *other} if one.get(key, "") != other.get(key, "")}


def differences(style: Style, name: str, ids: list[str]) -> set[Key]:
    """
    The records of which *style* makes something else than the oracle, with the kind.
    """
    made = others_alone(oracle(name))
    expected = {(id_, kind): made[id_, kind] for id_ in ids for kind in KINDS}

    return unlike(alone(style, ids), expected)


@dataclass(frozen=True)
class Comparison:
    """
    The results of three processors on the same records.
    """

    ours: Results
    reference: Results
    pandoc: Results

    @property
    def differing(self) -> set[Key]:
        """
        Where we differ from the reference.
        """
        return unlike(self.ours, self.reference)

    @property
    def inexcusable(self) -> set[Key]:
        """
        Where the others agree with each other and we differ.
        """
        return self.differing - unlike(self.reference, self.pandoc)

    def equal(self, kind: str) -> int:
        """
        How many of a kind are the reference's.
        """
        return self.total(kind) - count(self.differing, kind)

    def pandocs(self, kind: str) -> int:
        """
        How many of a kind are pandoc's.
        """
        return self.total(kind) - count(unlike(self.ours, self.pandoc), kind)

    def total(self, kind: str) -> int:
        """
        How many there are of a kind.
        """
        return count({*self.ours, *self.reference}, kind)


def count(keys: Iterable[Key], kind: str) -> int:
    """
    How many keys are of the kind.
    """
    return sum(one == kind for _, one in keys)


@dataclass(frozen=True)
class Row:
    """
    A style in a language, with the deviations that are kept in it and their reasons.
    """

    name: str
    alone: Comparison
    listed: Comparison

    #: Whether the whole list comes in the order of the reference.
    in_order: bool

    kept: Mapping[Key, str]

    def __str__(self) -> str:
        """
        A line of the table.
        """
        one, many = self.alone, self.listed
        numbers = (
            *(one.equal("bib"), one.equal("cite")),
            *("yes" if self.in_order else "no", many.equal("bib"), many.equal("cite")),
            *(one.pandocs("bib"), one.pandocs("cite")),
            len(one.inexcusable | many.inexcusable),
        )

        return f"| {self.name} | {' | '.join(map(str, numbers))} |"

    @property
    def explained(self) -> set[Key]:
        """
        Kept deviations in which pandoc does not follow the reference either.
        """
        return (self.alone.differing & set(self.kept)) - self.alone.inexcusable

    def faults(self) -> Iterator[str]:
        """
        What is not as it should be.
        """
        for where, compared in (("alone", self.alone), ("in the list", self.listed)):
            for key in sorted(compared.differing - set(self.kept)):
                yield f"{self.shown(key)} differs {where}, and is not kept on purpose"
            for key in sorted(set(self.kept) - compared.differing):
                yield f"{self.shown(key)} is kept on purpose, and does not differ {where}"
            for key in sorted(compared.inexcusable):
                yield f"{self.shown(key)} differs {where} from what both others agree on"
        if not self.in_order:
            yield f"{self.name}: the list has another order"

    def shown(self, key: Key) -> str:
        """
        A key as words.
        """
        return f"{self.name}: {KINDS[key[1]]} of {key[0]}"


def row(name: str) -> Row:
    """
    The comparison of one style, made anew.
    """
    style, ids = parsed(name), list(records())
    order, made = listed(style, ids)
    results = oracle(name), pandoc(name)

    return Row(
        name,
        Comparison(alone(style, ids), *map(others_alone, results)),
        Comparison(made, *map(others_listed, results)),
        order == results[0]["corpus"]["order"],
        DEVIATIONS[name],
    )


@dataclass(frozen=True)
class Agreement:
    """
    All styles, and how the fixtures of the official suite end.
    """

    rows: tuple[Row, ...]

    #: For each fixture "pass", "fail" or the name of an error.
    suite: Mapping[str, str]

    def lines(self) -> Iterator[str]:
        """
        The table, what is kept on purpose, and the sums.
        """
        yield from HEAD
        yield from map(str, self.rows)
        yield "\nEqual to the reference, alone and in one list; equal to pandoc; unlike both who agree."
        yield "\nKept on purpose:\n"
        yield from sorted(f"- {row.shown(key)}: {row.kept[key]}" for row in self.rows for key in row.kept)
        yield f"\nEntries: {share(self.equal('bib'), self.total('bib'))}"
        yield f"Entries, with those explained: {share(self.with_explained, self.total('bib'))}"
        yield f"Citations: {share(self.equal('cite'), self.total('cite'))}"
        yield f"Official suite: {share(self.passing, len(self.suite))}, {len(self.refused)} refused"

    def faults(self) -> Iterator[str]:
        """
        What is not as it should be, floors last.
        """
        for each in self.rows:
            yield from each.faults()
        yield from (f"{name} of the suite is refused: {self.suite[name]}" for name in self.refused)
        if self.equal("bib") < ENTRIES_FLOOR:
            yield f"at least {ENTRIES_FLOOR} entries must be equal, not {self.equal('bib')}"
        if self.with_explained < self.total("bib"):
            yield f"all entries must be equal or explained, not {self.with_explained}"
        if self.equal("cite") < CITES_FLOOR * self.total("cite"):
            yield f"{CITES_FLOOR:.1%} of the citations must be equal, not {self.equal('cite')}"
        if self.passing < SUITE_FLOOR:
            yield f"at least {SUITE_FLOOR} fixtures of the suite must pass, not {self.passing}"

    def equal(self, kind: str) -> int:
        """
        How many of a kind are the reference's, each record alone.
        """
        return sum(each.alone.equal(kind) for each in self.rows)

    def total(self, kind: str) -> int:
        """
        How many there are of a kind.
        """
        return sum(each.alone.total(kind) for each in self.rows)

    @property
    def with_explained(self) -> int:
        """
        How many entries are the reference's, or a mistake of its alone.
        """
        return self.equal("bib") + sum(count(each.explained, "bib") for each in self.rows)

    @property
    def passing(self) -> int:
        """
        How many fixtures pass.
        """
        return sum(result == "pass" for result in self.suite.values())

    @property
    def refused(self) -> list[str]:
        """
        The fixtures that end in an error.
        """
        return [name for name, result in self.suite.items() if result not in {"pass", "fail"}]


def share(part: int, whole: int) -> str:
    """
    A count with its share.
    """
    return f"{part:,} of {whole:,} ({part / whole:.2%})"
