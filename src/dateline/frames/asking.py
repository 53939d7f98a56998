"""
What is asked of a source: the predicates that its engine answers, and those that run on the records.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from dateline.errors import NoSuchEntity, NotPushedDown
from dateline.frames.conditions import Known
from dateline.frames.forms import Every, Form, Side, There
from dateline.frames.pushing import can_be_pushed_down, form_of
from dateline.frames.sources import Source
from dateline.frames.tables import Rows, check, need
from dateline.names import Names
from dateline.predicates import And, OnArticles, OnClaims, Predicate, Test, together
from dateline.records import Article
from dateline.store.records import records


Parts = tuple[Predicate, ...]


def parts_of(predicates: Iterable[Predicate | Test], *, locally: bool) -> Parts:
    """
    The predicates that all must hold, one by one.

    Raises:
        NotPushedDown: If one holds a callable, and they are not to run *locally*.
    """
    whole = together(predicates)
    parts = whole.parts if isinstance(whole, And) else (whole,)
    for part in parts:
        if not locally and not can_be_pushed_down(part):
            raise NotPushedDown(repr(part))

    return parts


@frozen(eq=False)
class Asked:
    """
    A source with predicates about its articles and, where claims are asked for, about the claims.
    """

    source: Source

    side: Side = Side.ARTICLES

    of_articles: Parts = ()

    of_claims: Parts = ()

    @property
    def pushed_down(self) -> Parts:
        """
        The predicates that the engine answers.
        """
        return tuple(filter(can_be_pushed_down, self._parts))

    @property
    def local(self) -> Parts:
        """
        The predicates that run on the records.
        """
        return tuple(part for part in self._parts if not can_be_pushed_down(part))

    @functools.cached_property
    def rows(self) -> Rows:
        """
        The rows that the engine keeps.

        Raises:
            InvalidDocument: If a table or a column is not there.
            NoSuchEntity: If an entity is not there; the nearest names are given.
            AmbiguousName: If a name could mean several.
        """
        try:
            form = self._form(self.source.register.names_in(And(self._parts)))
        except NoSuchEntity:
            # With all names, so that the nearest can be told.
            form = self._form(self.source.register.all_names())
        check(self.source.engine, self.side.value, form, self.source.name)

        return self.source.engine.rows(self.side.value, form)

    def article_test(self) -> OnArticles:
        """
        What is to be asked of a record, after the engine.
        """
        parts = tuple(part for part in self.of_articles if not can_be_pushed_down(part))

        return And(parts).on_articles(self.source.register.names_in(And(parts)))

    def claim_test(self) -> OnClaims:
        """
        What is to be asked of a claim in its article, after the engine.
        """
        parts = tuple(part for part in self.of_claims if not can_be_pushed_down(part))
        holds, of_article = (
            And(parts).on_claims(self.source.register.names_in(And(parts))),
            self.article_test(),
        )

        return lambda article, claim: article is not None and of_article(article) and holds(article, claim)

    def native(self) -> Any:
        """
        The rows that are kept as a frame.

        Raises:
            NotPushedDown: If a predicate runs on the records.
        """
        for part in self.local:
            raise NotPushedDown(repr(part))

        return self.rows.native()

    @property
    def _parts(self) -> Parts:
        return self.of_articles + self.of_claims

    def _form(self, names: Names) -> Form:
        known = Known(names, self.source.register.gaps, self.source.is_filled)
        own = self.of_articles if self.side is Side.ARTICLES else self.of_claims
        asked = [form_of(part, self.side, known) for part in filter(can_be_pushed_down, own)]

        return Every((*asked, *self._above(known)))

    def _above(self, known: Known) -> Iterator[Form]:
        """
        What is asked of the articles that claims belong to.
        """
        if self.side is Side.CLAIMS:
            for part in filter(can_be_pushed_down, self.of_articles):
                yield There(form_of(part, Side.ARTICLES, known))


def articles_in(source: Source, rows: Rows) -> Iterator[Article]:
    """
    The records in the last column of rows of articles.

    Raises:
        InvalidDocument: If there is a row without a record.
        InvalidRecord: If a record breaks a rule.
    """
    need(source.engine, "articles", ("record",), source.name)
    for batch in rows.batches("record"):
        yield from records(batch, Article, verified=source.verified, file=f"{source.name}:articles")


def told(asked: Asked) -> str:
    """
    Who answers what, a line each.
    """
    lines = [f"{asked.side.value} of {asked.source.name}, asked of {asked.source.engine.name}"]
    lines += [f"pushed down: {part!r}" for part in asked.pushed_down]
    lines += [f"on the records: {part!r}" for part in asked.local]

    return "\n".join(lines)
