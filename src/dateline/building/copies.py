"""
Near-duplicates written down: the same wire report in several outlets, as copies of one another.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Self

from attrs import frozen

from dateline.building.columns import RawArticle
from dateline.building.drafting import Filled
from dateline.building.duplicates import Group
from dateline.records import Copy, Credit
from dateline.vocabulary import Basis, CopyRelation


#: Copies that one record holds at most: of a large group each would otherwise hold all others.
MOST: Final = 20


@frozen(repr=False)
class Copies:
    """
    The rule for ``copies``: the others of an article's group that have an address and a publisher.

    What they share is inferred from an estimate, so it is called no more than shared wording.
    """

    #: For each row's id those of its group, itself among them, each with address and publisher; and the
    #: group's resemblance in percent.
    groups: Mapping[str, tuple[tuple[tuple[str, str, str], ...], int]]

    @classmethod
    def of(cls, groups: Iterable[Group], articles: Iterable[RawArticle]) -> Self:
        """
        The copies that *groups* make of the *articles*, whose rows' ids they hold.
        """
        by_id = {identifier: group for group in groups for identifier in group.ids}
        members: dict[Group, list[tuple[str, str, str]]] = {group: [] for group in by_id.values()}
        for raw in articles:
            group = by_id.get(raw.row)
            if group is not None and {"url", "publisher"} <= raw.given.keys():
                members[group].append((raw.row, raw.given["url"], raw.given["publisher"].name))
        known = {group: (tuple(sorted(found)), group.resemblance) for group, found in members.items()}

        return cls({identifier: known[group] for identifier, group in by_id.items()})

    def __call__(self, raw: RawArticle) -> Iterator[Filled]:
        """
        The copies of *raw*.
        """
        members, resemblance = self.groups.get(raw.row, ((), 0))
        others = itertools.islice((member for member in members if member[0] != raw.row), MOST)
        copies = tuple(_copy(url, publisher) for _, url, publisher in others)
        if copies:
            note = f"MinHash of their words finds a resemblance of about {resemblance} % within the group"
            yield Filled(
                field="copies",
                value=copies,
                basis=Basis.INFERRED,
                note=note,
            )

    def __repr__(self) -> str:
        # Each group once, behind the ids of its rows: for each of them it would be the square of the group.
        rows: dict[Any, list[str]] = {}
        for identifier, group in sorted(self.groups.items()):
            rows.setdefault(group, []).append(identifier)

        return f"Copies({[(ids, group) for group, ids in rows.items()]!r})"


def _copy(url: str, publisher: str) -> Any:
    return Copy(url=url, publisher=Credit(name=publisher), relation=CopyRelation.SHARED_WORDING)
