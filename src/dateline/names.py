"""
Which entity a name means: an id, else a standard name, else a variant that some article prints.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, Self

from attrs import frozen

from dateline.errors import AmbiguousName, InvalidValue, NoSuchEntity
from dateline.ids import EntityId, parse_entity_id
from dateline.records import Article, Entity
from dateline.suggesting import nearest


def folded(text: str) -> str:
    """
    A text in the form in which names and words are compared: NFC, whatever their case.

    >>> folded("KYIV") == folded("Kyiv")
    True
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


@frozen
class Names:
    """
    The names by which the entities of a corpus can be asked for.
    """

    #: Rungs of a ladder, tried in turn: folded name to the ids that bear it.
    _rungs: tuple[Mapping[str, tuple[EntityId, ...]], ...]

    #: Names of publishers as printed, folded.
    publishers: frozenset[str] = frozenset()

    #: Every name as it is spelt, with an id that bears it, to suggest from.
    spellings: tuple[tuple[str, EntityId], ...] = ()

    @classmethod
    def of(cls, entities: Iterable[Entity], articles: Iterable[Article] = ()) -> Self:
        """
        The names of some entities, and of the publishers of some articles.
        """
        known = tuple(entities)
        rungs = (
            _table((entity.id, entity.id) for entity in known),
            _table((entity.name, entity.id) for entity in known),
            _table((variant, entity.id) for entity in known for variant in entity.variants),
        )
        publishers = (article.publisher.name for article in articles if article.publisher)
        spellings = tuple(
            (name, entity.id) for entity in known for name in {entity.name, entity.id, *entity.variants}
        )

        return cls(rungs, frozenset(map(folded, publishers)), spellings)

    def resolve(self, name: str, kind: str | None = None) -> EntityId:
        """
        The id that *name* means, among the entities of a *kind* if one is given.

        Raises:
            NoSuchEntity: If no such entity has it; the nearest names are given.
            AmbiguousName: If several have it on the same rung: as id, as name, or as variant.
        """
        if self is ONLY_IDS:
            return _as_id(name)
        prefix = "" if kind is None else f"{kind}/"
        for rung in self._rungs:
            found = tuple(key for key in rung.get(folded(name), ()) if key.startswith(prefix))
            if len(found) == 1:
                return found[0]
            if found:
                raise AmbiguousName(name, found)
        known = (spelling for spelling, key in self.spellings if key.startswith(prefix))
        raise NoSuchEntity(name, nearest(name, known))

    def publisher(self, name: str) -> EntityId | None:
        """
        The id that a publisher's *name* means; None if it is only printed so.

        Raises:
            NoSuchEntity: If nothing in the corpus has the name.
            AmbiguousName: If several entities have it.
        """
        try:
            return self.resolve(name)
        except NoSuchEntity as error:
            if folded(name) in self.publishers:
                return None
            near = nearest(name, self.publishers)
            raise NoSuchEntity(name, error.nearest or near) from None


def _table(pairs: Iterable[tuple[str, EntityId]]) -> dict[str, tuple[EntityId, ...]]:
    found: dict[str, set[EntityId]] = {}
    for name, identifier in pairs:
        found.setdefault(folded(name), set()).add(identifier)

    return {name: tuple(sorted(ids)) for name, ids in found.items()}


def _as_id(name: str) -> EntityId:
    try:
        return parse_entity_id(name)
    except InvalidValue:
        raise NoSuchEntity(name) from None


#: Where there is no corpus: an id means itself, and nothing else is known.
ONLY_IDS: Final = Names(())
