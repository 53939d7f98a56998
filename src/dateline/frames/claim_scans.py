"""
Scans of claims: the same predicates as in memory, asked of whatever engine holds the records.
"""

from __future__ import annotations

import heapq
import operator
from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from dateline.errors import InvalidDocument
from dateline.frames.asking import Asked, parts_of, told
from dateline.frames.tables import Rows, need, values
from dateline.ids import ClaimId
from dateline.predicates import Predicate, Test
from dateline.records import Article, Claim
from dateline.store.records import records
from dateline.validators import check_whole


_BY_ID: Any = operator.attrgetter("id")


@frozen(eq=False, repr=False)
class ClaimScan:
    """
    Claims that are not in memory: ``claims`` of a :class:`dateline.Scan`.
    """

    _asked: Asked

    @property
    def native(self) -> Any:
        """
        The rows of the claims, in the kind of frame that was given; of files, a relation of DuckDB.

        Raises:
            NotPushedDown: If a predicate runs on the records.
        """
        return self._asked.native()

    def filter(self, *predicates: Predicate | Test, locally: bool = False) -> ClaimScan:
        """
        The claims that every one of the *predicates* holds for; all as for :meth:`dateline.Scan.filter`.
        """
        if not predicates:
            return self
        parts = parts_of(predicates, locally=locally)

        return ClaimScan(evolve(self._asked, of_claims=self._asked.of_claims + parts))

    def count(self) -> int:
        """
        How many claims there are.
        """
        return sum(1 for _ in self.claims()) if self._asked.local else self._asked.rows.count()

    def ids(self) -> Iterator[ClaimId]:
        """
        The ids of the claims, sorted.
        """
        if self._asked.local:
            yield from sorted(claim.id for claim in self.claims())
        else:
            yield from values(self._asked.rows.sorted(), "id")

    def claims(self) -> Iterator[Claim]:
        """
        The claims as records, in the order in which the engine gives them.

        Raises:
            InvalidDocument: If a table or a column is not there, or a row has no record.
            InvalidRecord: If a record breaks a rule.
        """
        return self._records(self._asked.rows)

    def head(self, n: int = 5) -> list[Claim]:
        """
        The first *n* of the claims by id.
        """
        check_whole("number of claims", n, 0)
        if self._asked.local:
            return heapq.nsmallest(n, self.claims(), key=_BY_ID)

        return sorted(self._records(self._asked.rows.sorted(n)), key=_BY_ID)

    def explain(self) -> str:
        """
        What the engine is asked, and what runs on the records, a line each.
        """
        return told(self._asked)

    def _records(self, rows: Rows) -> Iterator[Claim]:
        source = self._asked.source
        holds = self._asked.claim_test()
        need(source.engine, "articles", ("id", "record"), source.name)
        count = 0
        for batch in rows.with_records().batches("id", "article", "record"):
            ids, owners = (batch.column(name).to_pylist() for name in ("id", "article"))
            # An article stands there once for each of its claims, and is decoded once.
            first = {owner: row for row, owner in reversed(list(enumerate(owners)))}
            once = batch.take(list(first.values()))
            found = records(once, Article, verified=source.verified, file=f"{source.name}:articles")
            known = {
                (owner, claim.id): (article, claim)
                for owner, article in zip(first, found, strict=True)
                for claim in article.claims
            }
            for key in zip(owners, ids, strict=True):
                if key not in known:
                    problem = f"must have the claim {key[1]!r} in the record of its article"
                    raise InvalidDocument(f"{source.name}:articles", None, problem)
                count += 1
                if holds(*known[key]):
                    yield known[key][1]
        if count != rows.count():
            raise InvalidDocument(f"{source.name}:claims", None, "must have the article of each claim, once")

    def __repr__(self) -> str:
        return f"<ClaimScan {self.explain().replace(chr(10), '; ')}>"
