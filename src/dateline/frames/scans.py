"""
Scans of articles: the same predicates as in memory, asked of whatever engine holds the records.
"""

from __future__ import annotations

import heapq
import operator
import os
from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from dateline import store
from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.formats.heading import corpus_under
from dateline.frames.asking import Asked, articles_in, parts_of, told
from dateline.frames.claim_scans import ClaimScan
from dateline.frames.forms import Side
from dateline.frames.sources import source_of
from dateline.frames.tables import values
from dateline.ids import ArticleId, Pin
from dateline.predicates import Predicate, Test, together
from dateline.records import Article, Entity
from dateline.validators import check_whole
from dateline.where import parse


_BY_ID: Any = operator.attrgetter("id")


def scan(source: Any) -> Scan:
    """
    The articles of a source of any size, of which only what you ask for comes into memory.

    A *source* is a folder or a pattern of Parquet files, as ``dateline.dump(…, "parquet")`` writes them;
    JSON Lines: a file, a pattern, or a folder that has no tables; a folder with a store, or a store
    that is open; a frame that narwhals knows, of articles; or a mapping with frames by the names of tables:
    ``articles``, ``claims``, ``entities``.
    Files are read by DuckDB, frames by their own engine, those of pyarrow and pandas by DuckDB in place.

    Without a table of entities, entities can be asked for by their ids.
    What the other columns say of a record is believed; :func:`dateline.read` compares it.

    Raises:
        NotRead: If a file is not there, or cannot be read.
        InvalidDocument: If files are named otherwise than tables are, or are not what their name says.
        InvalidRecord: If a record in JSON Lines breaks a rule.
        DigestMismatch: If JSON Lines are not the records that their first line names.
        InvalidValue: If it is nothing that can be scanned, or the frames are of different engines.
        DamagedStore: If a file of a store is missing, or has another size than its manifest says.
        MissingExtra: If an engine is not installed.

    >>> import dateline
    >>> from dateline import where
    >>> from dateline.formats.arrow import to_arrow
    >>> ukraine = dateline.load("ukraine-2022")
    >>> tables = {name: to_arrow(ukraine, name) for name in ("articles", "claims", "entities")}
    >>> november = scan(tables).filter(where.place("Kherson"), where.published(since="2022-11"))
    >>> list(november.ids())
    ['kherson-retaken']
    """
    return Scan(Asked(source_of(source)))


@frozen(eq=False, repr=False)
class Scan:
    """
    Articles that are not in memory. Made by :func:`dateline.scan`; it never changes.
    """

    _asked: Asked

    @property
    def pin(self) -> Pin | None:
        """
        The dataset that the records come from, if the source says so.
        """
        heading = self._asked.source.heading
        return None if heading is None or heading.pin is None else Pin.parse(heading.pin)

    @property
    def claims(self) -> ClaimScan:
        """
        The claims of these articles.
        """
        return ClaimScan(evolve(self._asked, side=Side.CLAIMS))

    @property
    def native(self) -> Any:
        """
        The rows of the articles, in the kind of frame that was given; of files, a relation of DuckDB.

        Keep the scan as long: what it has laid down of JSON Lines goes when it does.

        Raises:
            NotPushedDown: If a predicate runs on the records.
        """
        return self._asked.native()

    def filter(self, *predicates: Predicate | Test, locally: bool = False) -> Scan:
        """
        The articles that every one of the *predicates* holds for, as :meth:`dateline.Corpus.filter` has it.

        Nothing is read yet. With *locally*, callables are run on the records that the engine keeps.

        Raises:
            NotPushedDown: If a predicate holds a callable, without *locally*.
        """
        if not predicates:
            return self
        parts = parts_of(predicates, locally=locally)

        return Scan(evolve(self._asked, of_articles=self._asked.of_articles + parts))

    def count(self) -> int:
        """
        How many articles there are.
        """
        return sum(1 for _ in self.articles()) if self._asked.local else self._asked.rows.count()

    def ids(self) -> Iterator[ArticleId]:
        """
        The ids of the articles, sorted.
        """
        if self._asked.local:
            yield from sorted(article.id for article in self.articles())
        else:
            yield from values(self._asked.rows.sorted(), "id")

    def articles(self) -> Iterator[Article]:
        """
        The articles as records, in the order in which the engine gives them.

        Raises:
            NoSuchEntity: If a predicate names an entity that is not there.
            AmbiguousName: If a name in a predicate could mean several.
            InvalidDocument: If a table or a column is not there, or a row has no record.
            InvalidRecord: If a record breaks a rule.
        """
        found = articles_in(self._asked.source, self._asked.rows)

        return filter(self._asked.article_test(), found) if self._asked.local else found

    def entities(self) -> Iterator[Entity]:
        """
        The entities of the source, whatever articles were kept; none if it has no table of them.
        """
        return self._asked.source.register.entities()

    def head(self, n: int = 5) -> list[Article]:
        """
        The first *n* of the articles by id.
        """
        check_whole("number of articles", n, 0)
        if self._asked.local:
            return heapq.nsmallest(n, self.articles(), key=_BY_ID)

        return list(articles_in(self._asked.source, self._asked.rows.sorted(n)))

    def corpus(self) -> Corpus:
        """
        The articles in memory, sorted by id, with all entities and the pin of the source.

        Raises:
            DigestMismatch: If nothing was left out and the records are not those that the source names.
            InvalidRecord: If an id stands twice.
        """
        heading = self._asked.source.heading
        articles = sorted(self.articles(), key=_BY_ID)
        # Several files may each have the entities that they need.
        entities = dict.fromkeys(self.entities())
        if heading is None:
            return self._selected(Corpus.of(articles, entities))
        if not self._asked.of_articles:
            return corpus_under(heading, articles, entities, self._asked.source.name)
        whole = Corpus.of(articles, entities, pin=self.pin, description=heading.description)

        return self._selected(
            whole if heading.selection is None else _select(whole, parse(heading.selection))
        )

    def write(
        self,
        folder: str | os.PathLike[str],
        *,
        name: str,
        version: str,
        description: Description | None = None,
    ) -> store.StoreManifest:
        """
        Write the articles, and all entities, as a store ``folder/name/version``, never held all together.

        For a file of another kind, give ``articles()`` to :func:`dateline.dump`.

        Raises:
            ReleaseExists: If the version is there already.
            NotWritten: If it cannot be saved.
        """
        return store.write(
            self.articles(),
            folder,
            name=name,
            version=version,
            entities=self.entities(),
            description=description,
        )

    def explain(self) -> str:
        """
        What the engine is asked, and what runs on the records, a line each.
        """
        return told(self._asked)

    def _selected(self, corpus: Corpus) -> Corpus:
        return _select(corpus, *self._asked.of_articles) if self._asked.of_articles else corpus

    def __repr__(self) -> str:
        return f"<Scan {self.explain().replace(chr(10), '; ')}>"


def _select(corpus: Corpus, *predicates: Predicate) -> Corpus:
    """
    A corpus as the subset that predicates have left.
    """
    before = () if corpus.selection is None else (corpus.selection,)

    return evolve(corpus, selection=together((*before, *predicates)))
