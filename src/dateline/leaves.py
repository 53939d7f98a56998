"""
The single tests that predicates are built from; users make them with :mod:`dateline.where`.

The fields of a class are the arguments that it is written with.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from attrs import field, frozen

from dateline import vocabulary
from dateline.dates import PartialDate, parse_bound
from dateline.errors import InvalidValue
from dateline.names import Names, folded
from dateline.predicates import ArticleLeaf, ClaimLeaf, Leaf, OnArticles, OnClaims, Predicate, of_claim
from dateline.provenance import FieldSource
from dateline.records import Article, Claim, Quantity, sourced_fields
from dateline.suggesting import nearest
from dateline.validators import as_tuple


def _some(instance: Any, attribute: Any, value: tuple[Any, ...]) -> None:
    if not value:
        raise InvalidValue(f"where.{instance.word}", "name at least one value", value)
    for item in value:
        if not isinstance(item, str) or not item.strip():
            raise InvalidValue(f"where.{instance.word}", "be given text that is not blank", item)


def _is_text(instance: Any, attribute: Any, value: Any) -> None:
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise InvalidValue(f"{attribute.name} of where.{instance.word}", "be text that is not blank", value)


def _is_sourced(instance: Any, attribute: Any, value: Any) -> None:
    _is_text(instance, attribute, value)
    known = (*sourced_fields(Article), *sourced_fields(Claim))
    # A part of a field may have a source of its own.
    if value is not None and value.partition(".")[0] not in known:
        close = " or ".join(map(repr, nearest(value, known))) or "'published'"
        raise InvalidValue(f"field of where.{instance.word}", f"be one with a source, such as {close}", value)


def _is_bool(instance: Any, attribute: Any, value: Any) -> None:
    if not isinstance(value, bool):
        raise InvalidValue(f"{attribute.name} of where.{instance.word}", "be True or False", value)


def _texts() -> Any:
    return field(converter=as_tuple, validator=_some)


def _optional_text() -> Any:
    return field(default=None, validator=_is_text)


@frozen(repr=False)
class Id(Leaf):
    """
    Made by :func:`dateline.where.id`.
    """

    word: ClassVar[str] = "id"

    ids: tuple[str, ...] = _texts()

    def on_articles(self, names: Names) -> OnArticles:
        wanted = frozenset(self.ids)
        return lambda article: article.id in wanted or any(claim.id in wanted for claim in article.claims)

    def on_claims(self, names: Names) -> OnClaims:
        wanted = frozenset(self.ids)
        return lambda article, claim: claim.id in wanted or claim.id.partition("/")[0] in wanted


Days = tuple[datetime.date | None, datetime.date | None]


@frozen(repr=False)
class Dated(Leaf):
    """
    A test of one field that holds a date.
    """

    since: str | None = None

    until: str | None = None

    certainly: bool = field(default=False, validator=_is_bool)

    def bounds(self) -> Days:
        """
        The first and the last day that are asked for; None where that side is open.
        """
        since = None if self.since is None else parse_bound(self.since, end=False)
        until = None if self.until is None else parse_bound(self.until, end=True)

        return since, until

    def within(self) -> Callable[[PartialDate | None], bool]:
        """
        The test of a date; None never passes.
        """
        since, until = self.bounds()
        if self.certainly:
            return lambda date: date is not None and date.certainly_within(since, until)

        return lambda date: date is not None and date.possibly_within(since, until)

    def __attrs_post_init__(self) -> None:
        since, until = self.bounds()
        if since and until and since > until:
            raise InvalidValue(
                f"where.{self.word}", "not end before it begins", f"{self.since}, {self.until}"
            )


@frozen(repr=False)
class Published(Dated, ArticleLeaf):
    """
    Made by :func:`dateline.where.published`.
    """

    word: ClassVar[str] = "published"

    def test(self, names: Names) -> OnArticles:
        within = self.within()
        return lambda article: within(article.published)


@frozen(repr=False)
class Said(Dated, ClaimLeaf):
    """
    Made by :func:`dateline.where.said`.
    """

    word: ClassVar[str] = "said"

    def test(self, names: Names) -> Callable[[Claim], bool]:
        within = self.within()
        return lambda claim: within(claim.said)


@frozen(repr=False)
class Happened(Dated, ClaimLeaf):
    """
    Made by :func:`dateline.where.happened`.
    """

    word: ClassVar[str] = "happened"

    def test(self, names: Names) -> Callable[[Claim], bool]:
        within = self.within()
        return lambda claim: within(claim.happened)


@frozen(repr=False)
class Place(ClaimLeaf):
    """
    Made by :func:`dateline.where.place`.
    """

    word: ClassVar[str] = "place"

    names: tuple[str, ...] = _texts()

    def test(self, names: Names) -> Callable[[Claim], bool]:
        wanted = frozenset(names.resolve(name, "place") for name in self.names)
        return lambda claim: not wanted.isdisjoint(claim.places)


@frozen(repr=False)
class About(ClaimLeaf):
    """
    Made by :func:`dateline.where.about`.
    """

    word: ClassVar[str] = "about"

    names: tuple[str, ...] = _texts()

    def test(self, names: Names) -> Callable[[Claim], bool]:
        wanted = frozenset(names.resolve(name) for name in self.names)
        return lambda claim: not wanted.isdisjoint(claim.about)


@frozen(repr=False)
class Claimant(ClaimLeaf):
    """
    Made by :func:`dateline.where.claimant`.
    """

    word: ClassVar[str] = "claimant"

    names: tuple[str, ...] = _texts()

    def test(self, names: Names) -> Callable[[Claim], bool]:
        wanted = frozenset(names.resolve(name) for name in self.names)
        return lambda claim: claim.claimant in wanted


@frozen(repr=False)
class Mentions(ArticleLeaf):
    """
    Made by :func:`dateline.where.mentions`.
    """

    word: ClassVar[str] = "mentions"

    names: tuple[str, ...] = _texts()

    def test(self, names: Names) -> OnArticles:
        wanted = frozenset(names.resolve(name) for name in self.names)
        return lambda article: any(mention.entity in wanted for mention in article.mentions)


@frozen(repr=False)
class Publisher(ArticleLeaf):
    """
    Made by :func:`dateline.where.publisher`.
    """

    word: ClassVar[str] = "publisher"

    names: tuple[str, ...] = _texts()

    def test(self, names: Names) -> OnArticles:
        ids = {names.publisher(name) for name in self.names} - {None}
        printed = frozenset(map(folded, self.names))

        def holds(article: Article) -> bool:
            credit = article.publisher
            return credit is not None and (credit.entity in ids or folded(credit.name) in printed)

        return holds


@frozen(repr=False)
class Language(ArticleLeaf):
    """
    Made by :func:`dateline.where.language`.
    """

    word: ClassVar[str] = "language"

    tags: tuple[str, ...] = _texts()

    def test(self, names: Names) -> OnArticles:
        # RFC 4647, section 3.3.1: a range matches a tag that equals it, or goes on with a hyphen.
        wanted = tuple(f"{tag.lower()}-" for tag in self.tags)
        return lambda article: (
            article.language is not None and f"{article.language.lower()}-".startswith(wanted)
        )


@frozen(repr=False)
class Topic(ArticleLeaf):
    """
    Made by :func:`dateline.where.topic`.
    """

    word: ClassVar[str] = "topic"

    topics: tuple[str, ...] = _texts()

    def test(self, names: Names) -> OnArticles:
        wanted = frozenset(map(folded, self.topics))
        return lambda article: any(
            folded(topic.code) in wanted or folded(topic.label) in wanted for topic in article.topics
        )


@frozen(repr=False)
class Kind(ClaimLeaf):
    """
    Made by :func:`dateline.where.kind`.
    """

    word: ClassVar[str] = "kind"

    kinds: tuple[vocabulary.Kind, ...] = _texts()

    def test(self, names: Names) -> Callable[[Claim], bool]:
        return lambda claim: claim.kind in self.kinds


@frozen(repr=False)
class Stance(ClaimLeaf):
    """
    Made by :func:`dateline.where.stance`.
    """

    word: ClassVar[str] = "stance"

    stances: tuple[vocabulary.Stance, ...] = _texts()

    def test(self, names: Names) -> Callable[[Claim], bool]:
        return lambda claim: claim.stance in self.stances


@frozen(repr=False)
class HasQuantity(ClaimLeaf):
    """
    Made by :func:`dateline.where.quantity`.
    """

    word: ClassVar[str] = "quantity"

    unit: str | None = _optional_text()

    at_least: Decimal | None = None

    at_most: Decimal | None = None

    def __attrs_post_init__(self) -> None:
        least, most = self.at_least, self.at_most
        if least is not None and most is not None and least > most:
            raise InvalidValue(f"where.{self.word}", "end where it begins or above", f"{least}, {most}")

    def test(self, names: Names) -> Callable[[Claim], bool]:
        unit = None if self.unit is None else folded(self.unit)

        def fits(quantity: Quantity) -> bool:
            return (
                (unit is None or folded(quantity.unit) == unit)
                and (self.at_least is None or quantity.value >= self.at_least)
                and (self.at_most is None or quantity.value <= self.at_most)
            )

        return lambda claim: any(fits(quantity) for quantity in claim.quantities)


@frozen(repr=False)
class Contains(Leaf):
    """
    Made by :func:`dateline.where.contains`.
    """

    word: ClassVar[str] = "contains"

    words: tuple[str, ...] = _texts()

    def _in(self, text: str | None) -> bool:
        return text is not None and any(folded(words) in folded(text) for words in self.words)

    def on_articles(self, names: Names) -> OnArticles:
        return lambda article: (
            self._in(article.headline)
            or self._in(article.abstract)
            or any(self._in(claim.statement) for claim in article.claims)
        )

    def on_claims(self, names: Names) -> OnClaims:
        return lambda article, claim: self._in(claim.statement)


@frozen(repr=False)
class HasBasis(Leaf):
    """
    Made by :func:`dateline.where.basis`.
    """

    word: ClassVar[str] = "basis"

    bases: tuple[vocabulary.Basis, ...] = _texts()

    field: str | None = field(default=None, validator=_is_sourced)

    def _in(self, sources: tuple[FieldSource, ...]) -> bool:
        return any(
            source.basis in self.bases and (self.field is None or self.field in source.fields)
            for source in sources
        )

    def on_articles(self, names: Names) -> OnArticles:
        return lambda article: (
            self._in(article.sources) or any(self._in(claim.sources) for claim in article.claims)
        )

    def on_claims(self, names: Names) -> OnClaims:
        return lambda article, claim: self._in(claim.sources)


@frozen(repr=False)
class AnyClaim(Leaf):
    """
    Made by :func:`dateline.where.any_claim`.
    """

    word: ClassVar[str] = "any_claim"

    parts: tuple[Predicate, ...] = field(converter=as_tuple)

    def inner(self) -> tuple[Predicate, ...]:
        return self.parts

    def on_articles(self, names: Names) -> OnArticles:
        tests = [part.on_claims(names) for part in self.parts]
        return lambda article: any(all(test(article, claim) for test in tests) for claim in article.claims)

    def on_claims(self, names: Names) -> OnClaims:
        holds = self.on_articles(names)

        def for_its_article(article: Article | None, claim: Claim) -> bool:
            return holds(of_claim(article, claim, self))

        return for_its_article
