"""
A corpus: articles and the entities they name, immutable, with the dataset, version and digest they come from.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, ValuesView
from typing import Any, Generic, TypeVar, overload

from attrs import evolve, field, frozen

from dateline.descriptions import Description
from dateline.digests import corpus_digest, record_digest
from dateline.display import html_table
from dateline.errors import (
    Fault,
    InvalidRecord,
    InvalidValue,
    NoSuchArticle,
    NoSuchClaim,
    NoSuchEntity,
    NotFound,
)
from dateline.ids import DatasetName, Digest, Pin, Version
from dateline.names import Names
from dateline.predicates import Predicate, Test, together
from dateline.records import Article, Claim, Entity, Relation
from dateline.suggesting import nearest
from dateline.validators import as_tuple


T = TypeVar("T", Article, Claim, Entity)
D = TypeVar("D")


@frozen(eq=False, repr=False)
class Records(Mapping[str, T], Generic[T]):
    """
    Records of one kind by id, in the order of the corpus.
    """

    _by_id: dict[str, T]

    _missing: type[NotFound]

    def __getitem__(self, key: str) -> T:
        try:
            return self._by_id[key]
        except (KeyError, TypeError):
            raise self._missing(str(key), nearest(str(key), self._by_id)) from None

    # Mapping's own would look for the nearest names each time that one is not there.
    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._by_id

    @overload
    def get(self, key: str, default: None = None, /) -> T | None: ...

    @overload
    def get(self, key: str, default: T | D, /) -> T | D: ...

    def get(self, key: str, default: Any = None, /) -> Any:
        """
        The record with that id, or else the *default*.
        """
        # As above.
        return self._by_id[key] if key in self else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def values(self) -> ValuesView[T]:
        """
        The records.
        """
        # Mapping's own would look each of them up anew.
        return self._by_id.values()

    def __len__(self) -> int:
        return len(self._by_id)

    def __hash__(self) -> int:
        return hash(frozenset(self._by_id.items()))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} ({len(self)})>"


@frozen(eq=False, repr=False)
class Claims(Records[Claim]):
    """
    The claims of a corpus by id, in the order of the texts.
    """

    _articles: dict[str, Article]

    _names: Names

    def article(self, claim: Claim | str) -> Article:
        """
        The article that a claim stands in.

        Raises:
            NoSuchClaim: If the claim is not among these.
        """
        identifier = claim if isinstance(claim, str) else claim.id
        return self._articles[self[identifier].id.partition("/")[0]]

    def filter(self, *predicates: Predicate | Test) -> Claims:
        """
        The claims that every one of the *predicates* holds for.

        A predicate about articles is asked of the claim's article; a plain callable gets the claim.

        >>> import dateline
        >>> from dateline import where
        >>> ukraine = dateline.load("ukraine-2022")
        >>> ukraine.claims.filter(where.place("Mykolaiv"), where.kind("casualties"))
        <Claims (1)>
        """
        if not predicates:
            return self
        holds = together(predicates).on_claims(self._names)
        kept = {key: claim for key, claim in self._by_id.items() if holds(self.article(key), claim)}

        return evolve(self, by_id=kept)


@frozen(eq=False, repr=False)
class Corpus(Mapping[str, Article]):
    """
    Articles by id, with the entities that they name.

    Equal to another if the records are equal, entities included, whatever their order and dataset.
    Make one with :func:`dateline.load`, :func:`dateline.read` or :meth:`Corpus.of`.

    >>> import dateline
    >>> dateline.load("ukraine-2022")["kherson-seized"].publisher.name
    'Ynetnews'
    """

    _articles: tuple[Article, ...] = field(converter=as_tuple)

    _entities: tuple[Entity, ...] = field(default=(), converter=as_tuple)

    #: The pin of the dataset that the records come from; None for a corpus made by hand. A subset keeps it.
    pin: Pin | None = None

    #: What the dataset is; None for a corpus made by hand.
    description: Description | None = field(default=None, kw_only=True)

    #: The predicate that made this subset; None for a whole corpus.
    selection: Predicate | None = field(default=None, kw_only=True)

    #: The names of the whole that this is a subset of: they stay known when their articles are filtered out.
    _inherited: Names | None = field(default=None, kw_only=True)

    @classmethod
    def of(
        cls,
        articles: Iterable[Article],
        entities: Iterable[Entity] = (),
        *,
        pin: Pin | None = None,
        description: Description | None = None,
    ) -> Corpus:
        """
        A corpus of the given records.

        Raises:
            InvalidRecord: If an id stands twice, or a claim's id is not its article's; all of it is named.
            InvalidValue: If anything is no article, or no entity: of a corpus its ``values()`` are.

        >>> from dateline.testing import make_article
        >>> Corpus.of([make_article()])
        <Corpus (1 article, 1 claim)>
        """
        corpus = cls(articles, entities, pin, description=description)
        _check_kind(Article, corpus._articles)
        _check_kind(Entity, corpus._entities)
        faults = tuple(_faults(corpus._articles, corpus._entities))
        if faults:
            raise InvalidRecord("corpus", faults)

        return corpus

    @property
    def dataset(self) -> DatasetName | None:
        """
        The dataset's name; None for a corpus made by hand.
        """
        return None if self.pin is None else self.pin.dataset

    @property
    def version(self) -> Version | None:
        """
        The dataset's version; None for a corpus made by hand.
        """
        return None if self.pin is None else self.pin.version

    @functools.cached_property
    def digest(self) -> Digest:
        """
        The digest of the records that are here, always computed from them.
        """
        records: Iterable[tuple[str, Any]] = itertools.chain(
            (("article", article) for article in self._articles),
            (("entity", entity) for entity in self._entities),
        )
        return corpus_digest((kind, record.id, record_digest(record)) for kind, record in records)

    @functools.cached_property
    def articles(self) -> Records[Article]:
        """
        The articles by id.
        """
        return Records({article.id: article for article in self._articles}, NoSuchArticle)

    @functools.cached_property
    def claims(self) -> Claims:
        """
        The claims of all articles by id.
        """
        by_id = {str(claim.id): claim for article in self._articles for claim in article.claims}
        own = {str(article.id): article for article in self._articles}

        return Claims(by_id, NoSuchClaim, own, self._names)

    @functools.cached_property
    def entities(self) -> Records[Entity]:
        """
        The entities by id: the dataset's whole table, in a subset too.
        """
        return Records({entity.id: entity for entity in self._entities}, NoSuchEntity)

    @functools.cached_property
    def _names(self) -> Names:
        return self._inherited or Names.of(self._entities, self._articles)

    def entity(self, name: str) -> Entity:
        """
        The entity that *name* means: an id, else a standard name, else a printed variant.

        Raises:
            NoSuchEntity: If no entity has it; the nearest names are given.
            AmbiguousName: If several have it.
            InvalidValue: If it is no text.
        """
        # Whoever has no types hands over None.
        if not isinstance(name, str):
            raise InvalidValue("name of an entity", "be text", name)

        return self.entities[self._names.resolve(name)]

    def related(self, claim: Claim | str) -> tuple[tuple[Relation, Claim], ...]:
        """
        The relations of a claim to others here, read both ways: each with the claim at its other end.

        A relation is stored on the later claim. One that leads out of a subset is left out.

        Raises:
            NoSuchClaim: If the claim is not in the corpus.
        """
        own = self.claims[claim if isinstance(claim, str) else claim.id]
        outward = (
            (relation, self.claims[relation.claim])
            for relation in own.relations
            if relation.claim in self.claims
        )
        inward = (
            (relation, other)
            for other in self.claims.values()
            for relation in other.relations
            if relation.claim == own.id
        )

        return (*outward, *inward)

    def filter(self, *predicates: Predicate | Test) -> Corpus:
        """
        The articles that every one of the *predicates* holds for, in the same order, with all entities.

        A predicate about claims holds for an article if it holds for any of its claims;
        a plain callable gets the article.

        Raises:
            NoSuchEntity: If a predicate names an entity that is not there.
            AmbiguousName: If a name in a predicate could mean several.

        >>> import dateline
        >>> from dateline import where
        >>> list(dateline.load("ukraine-2022").filter(where.published(since="2022-11")))
        ['kherson-retaken']
        """
        if not predicates:
            return self
        predicate = together(predicates)
        holds = predicate.on_articles(self._names)
        kept = tuple(article for article in self._articles if holds(article))
        selection = predicate if self.selection is None else self.selection & predicate

        return evolve(self, articles=kept, selection=selection, inherited=self._names)

    def __getitem__(self, key: str) -> Article:
        return self.articles[key]

    def __contains__(self, key: object) -> bool:
        return key in self.articles

    @overload
    def get(self, key: str, default: None = None, /) -> Article | None: ...

    @overload
    def get(self, key: str, default: Article | D, /) -> Article | D: ...

    def get(self, key: str, default: Any = None, /) -> Any:
        """
        The article with that id, or else the *default*.
        """
        return self.articles.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self.articles)

    def values(self) -> ValuesView[Article]:
        """
        The articles.
        """
        return self.articles.values()

    def __len__(self) -> int:
        return len(self._articles)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Corpus):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[frozenset[Article], frozenset[Entity]]:
        return frozenset(self._articles), frozenset(self._entities)

    def __repr__(self) -> str:
        name = "" if self.pin is None else f" {self.pin.dataset} {self.pin.version}"
        part = "" if self.selection is None else " subset"
        return (
            f"<Corpus{name}{part} ({_counted(len(self), 'article')}, {_counted(len(self.claims), 'claim')})>"
        )

    def _repr_html_(self) -> str:
        rows = [(article.id, article.headline or "headline unknown") for article in self._articles[:20]]
        return html_table(repr(self), rows)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _check_kind(kind: type, records: tuple[object, ...]) -> None:
    # A mapping, such as a corpus, gives its keys.
    for record in records:
        if not isinstance(record, kind):
            raise InvalidValue("record of a corpus", f"be of the class {kind.__name__}", record)


def check_corpus(subject: str, value: object) -> None:
    """
    Refuse what is no corpus, such as claims or a list of articles; *subject* is for messages.

    Raises:
        InvalidValue: If it is none.
    """
    if not isinstance(value, Corpus):
        raise InvalidValue(subject, "be a Corpus, such as dateline.load() gives", type(value))


def _faults(articles: tuple[Article, ...], entities: tuple[Entity, ...]) -> Iterator[Fault]:
    claims = [(article.id, claim.id) for article in articles for claim in article.claims]
    yield from _duplicates("articles", [article.id for article in articles])
    yield from _duplicates("claims", [claim for _, claim in claims])
    yield from _duplicates("entities", [entity.id for entity in entities])
    for article, claim in claims:
        if claim.partition("/")[0] != article:
            yield Fault(
                f"$.articles[{article!r}]", f"claim id {claim!r} must begin with its article's id", "claim id"
            )


def check_claims(article: Article, subject: str) -> None:
    """
    Refuse an article whose claims do not belong to it; *subject* is for messages.

    Raises:
        InvalidRecord: If a claim's id is not the article's, or stands twice; all of it is named.
    """
    ids = {claim.id for claim in article.claims}
    own = {article.id}
    if len(ids) < len(article.claims) or not own.issuperset([claim.partition("/")[0] for claim in ids]):
        raise InvalidRecord(subject, tuple(_faults((article,), ())))


def _duplicates(container: str, ids: list[Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for identifier in ids:
        if identifier in seen:
            yield Fault(f"$.{container}", f"id {identifier!r} stands twice", "duplicate id")
        seen.add(identifier)
