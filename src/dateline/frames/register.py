"""
What is looked up in the tables of a source, once, before they are asked.

That is the entities that bear a name in a predicate, not the others; and the gaps in choices of dates,
of which there are few.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, field, frozen

from dateline.errors import NoSuchEntity
from dateline.frames.forms import NEVER, Every, Form, Given, Opposite, Side, lists
from dateline.frames.tables import Engine, check, values
from dateline.ids import EntityId
from dateline.leaves import About, Claimant, Mentions, Place, Publisher
from dateline.names import ONLY_IDS, Names, folded
from dateline.predicates import Predicate
from dateline.records import Entity
from dateline.store.records import records


_ALL: Form = Every(())


@frozen
class OnlyIds(Names):
    """
    The names where there is no table of entities: an id means itself.
    """

    def resolve(self, name: str, kind: str | None = None) -> EntityId:
        """
        As :meth:`dateline.names.Names.resolve`.
        """
        return ONLY_IDS.resolve(name, kind)


@frozen(eq=False)
class Register:
    """
    Where names and gaps are looked up.
    """

    engine: Engine

    #: For messages.
    source: str

    #: What was looked up before, by the tests that named it.
    _found: dict[frozenset[Any], Names] = field(factory=dict)

    _gaps: dict[str, tuple[str, ...]] = field(factory=dict)

    _filled: dict[tuple[Side, str], bool] = field(factory=dict)

    def names_in(self, predicate: Predicate) -> Names:
        """
        The names that a *predicate* uses, as the tables know them.
        """
        naming = frozenset(_naming(predicate))
        if naming not in self._found:
            self._found[naming] = self._looked_up(naming)

        return self._found[naming]

    def gaps(self, side: Side, column: str) -> tuple[str, ...]:
        """
        The different texts in a *column* of gaps.

        Raises:
            InvalidDocument: If there is no such column.
        """
        if column not in self._gaps:
            self._gaps[column] = tuple(self._distinct(side.value, column))

        return self._gaps[column]

    def is_filled(self, side: Side, column: str) -> bool:
        """
        Whether each row of a side has a value in a *column* that is there.
        """
        key = side, column
        if key not in self._filled:
            self._filled[key] = not self.engine.rows(side.value, Opposite(Given(column))).count()

        return self._filled[key]

    def all_names(self) -> Names:
        """
        Every name there is, to suggest the nearest from.
        """
        return evolve(self._names(_ALL), publishers=self._publishers())

    def entities(self, form: Form = _ALL) -> Iterator[Entity]:
        """
        The entities for which a form is true; none if there is no table of them.
        """
        if self.engine.columns("entities") is None:
            return
        check(self.engine, "entities", form, self.source)
        for batch in self.engine.rows("entities", form).batches("record"):
            yield from records(batch, Entity, file=f"{self.source}:entities")

    def _looked_up(self, naming: frozenset[Any]) -> Names:
        names = self._names(lists("names_folded", (folded(name) for leaf in naming for name in leaf.names)))
        if any(isinstance(leaf, Publisher) and not _resolves(names, leaf) for leaf in naming):
            return evolve(names, publishers=self._publishers())

        return names

    def _names(self, form: Form) -> Names:
        if self.engine.columns("entities") is None:
            return OnlyIds(())

        return Names.of(() if form == NEVER else self.entities(form))

    def _publishers(self) -> frozenset[str]:
        return frozenset(self._distinct("articles", "publisher_folded"))

    def _distinct(self, table: str, column: str) -> Iterator[str]:
        given = Given(column)
        check(self.engine, table, given, self.source)

        return values(self.engine.rows(table, given).distinct(column), column)


def _naming(predicate: Predicate) -> Iterator[Any]:
    """
    The tests in a predicate that name entities.
    """
    if isinstance(predicate, (Place, About, Claimant, Mentions, Publisher)):
        yield predicate
    for part in predicate.inner():
        yield from _naming(part)


def _resolves(names: Names, leaf: Publisher) -> bool:
    try:
        return all(names.resolve(name) for name in leaf.names)
    except NoSuchEntity:
        return False
