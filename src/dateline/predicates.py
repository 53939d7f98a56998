"""
Predicates as values: how each is asked of an article and of a claim, combined, and written down.

Users make them with the functions of :mod:`dateline.where`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, ClassVar, NoReturn, TypeAlias

import attrs
from attrs import frozen

from dateline.errors import AmbiguousTruth, InvalidValue, UnprintablePredicate
from dateline.names import ONLY_IDS, Names
from dateline.records import Article, Claim


OnArticles: TypeAlias = Callable[[Article], bool]
OnClaims: TypeAlias = Callable[[Article | None, Claim], bool]

#: A callable of the user's: of an article, or of a claim where claims are filtered.
Test: TypeAlias = Callable[[Any], bool]


class Predicate:
    """
    What to keep. Combine with ``&``, ``|`` and ``~``; equal to another if written alike.
    """

    __slots__ = ()

    def on_articles(self, names: Names) -> OnArticles:
        """
        The test of an article, with names of entities resolved.
        """
        raise NotImplementedError

    def on_claims(self, names: Names) -> OnClaims:
        """
        The test of a claim in its article, with names of entities resolved.
        """
        raise NotImplementedError

    def written(self) -> str:
        """
        The code that makes it, which :func:`dateline.where.parse` reads back.

        Raises:
            UnprintablePredicate: If it holds a callable.
        """
        for part in self.inner():
            part.written()

        return repr(self)

    def inner(self) -> tuple[Predicate, ...]:
        """
        The predicates that this one is made of.
        """
        return ()

    def __call__(self, record: Article | Claim) -> bool:
        """
        Whether it holds for one record on its own; entities must be given by id.

        Raises:
            NoSuchEntity: If it names an entity in words, which only a corpus knows.
            InvalidValue: If it is about articles and *record* is a claim, which does not know its article.
        """
        if isinstance(record, Claim):
            return self.on_claims(ONLY_IDS)(None, record)

        return self.on_articles(ONLY_IDS)(record)

    def __and__(self, other: Predicate | Test) -> Predicate:
        return And(_parts(And, self, as_predicate(other)))

    def __rand__(self, other: Test) -> Predicate:
        return as_predicate(other) & self

    def __or__(self, other: Predicate | Test) -> Predicate:
        return Or(_parts(Or, self, as_predicate(other)))

    def __ror__(self, other: Test) -> Predicate:
        return as_predicate(other) | self

    def __invert__(self) -> Predicate:
        return Not(self)

    def __bool__(self) -> NoReturn:
        raise AmbiguousTruth(repr(self))


@frozen(repr=False)
class And(Predicate):
    """
    Every part holds.
    """

    parts: tuple[Predicate, ...]

    def inner(self) -> tuple[Predicate, ...]:
        return self.parts

    def on_articles(self, names: Names) -> OnArticles:
        tests = [part.on_articles(names) for part in self.parts]
        return lambda article: all(test(article) for test in tests)

    def on_claims(self, names: Names) -> OnClaims:
        tests = [part.on_claims(names) for part in self.parts]
        return lambda article, claim: all(test(article, claim) for test in tests)

    def __repr__(self) -> str:
        return " & ".join(f"({part!r})" if isinstance(part, Or) else repr(part) for part in self.parts)


@frozen(repr=False)
class Or(Predicate):
    """
    At least one part holds.
    """

    parts: tuple[Predicate, ...]

    def inner(self) -> tuple[Predicate, ...]:
        return self.parts

    def on_articles(self, names: Names) -> OnArticles:
        tests = [part.on_articles(names) for part in self.parts]
        return lambda article: any(test(article) for test in tests)

    def on_claims(self, names: Names) -> OnClaims:
        tests = [part.on_claims(names) for part in self.parts]
        return lambda article, claim: any(test(article, claim) for test in tests)

    def __repr__(self) -> str:
        return " | ".join(repr(part) for part in self.parts)


@frozen(repr=False)
class Not(Predicate):
    """
    The part does not hold.
    """

    part: Predicate

    def inner(self) -> tuple[Predicate, ...]:
        return (self.part,)

    def on_articles(self, names: Names) -> OnArticles:
        test = self.part.on_articles(names)
        return lambda article: not test(article)

    def on_claims(self, names: Names) -> OnClaims:
        test = self.part.on_claims(names)
        return lambda article, claim: not test(article, claim)

    def __repr__(self) -> str:
        return f"~({self.part!r})" if isinstance(self.part, (And, Or)) else f"~{self.part!r}"


@frozen(repr=False)
class Custom(Predicate):
    """
    A callable of the user's; it can be run, but not written down.
    """

    function: Test

    def on_articles(self, names: Names) -> OnArticles:
        return lambda article: bool(self.function(article))

    def on_claims(self, names: Names) -> OnClaims:
        return lambda article, claim: bool(self.function(claim))

    def written(self) -> str:
        raise UnprintablePredicate(repr(self))

    def __repr__(self) -> str:
        return f"<callable {getattr(self.function, '__qualname__', type(self.function).__qualname__)}>"


@frozen(repr=False)
class Leaf(Predicate):
    """
    One named test; the fields of the class are the arguments that it is written with.
    """

    #: The word it is written with, in :mod:`dateline.where`.
    word: ClassVar[str]

    def __repr__(self) -> str:
        return f"where.{self.word}({', '.join(_written(self))})"


class ClaimLeaf(Leaf):
    """
    A test of claims: it holds for an article if it holds for any of its claims.
    """

    __slots__ = ()

    def test(self, names: Names) -> Callable[[Claim], bool]:
        """
        The test of a claim, with names of entities resolved.
        """
        raise NotImplementedError

    def on_articles(self, names: Names) -> OnArticles:
        test = self.test(names)
        return lambda article: any(test(claim) for claim in article.claims)

    def on_claims(self, names: Names) -> OnClaims:
        test = self.test(names)
        return lambda article, claim: test(claim)


class ArticleLeaf(Leaf):
    """
    A test of articles: it holds for a claim if it holds for the claim's article.
    """

    __slots__ = ()

    def test(self, names: Names) -> OnArticles:
        """
        The test of an article, with names of entities resolved.
        """
        raise NotImplementedError

    def on_articles(self, names: Names) -> OnArticles:
        return self.test(names)

    def on_claims(self, names: Names) -> OnClaims:
        test = self.test(names)

        return lambda article, claim: test(of_claim(article, claim, self))


def of_claim(article: Article | None, claim: Claim, predicate: Predicate) -> Article:
    """
    The article of a *claim*, for a *predicate* that needs it.

    Raises:
        InvalidValue: If the claim was given on its own.
    """
    if article is None:
        raise InvalidValue("record", f"be an article, or a claim in a corpus, for {predicate!r}", claim.id)

    return article


def as_predicate(value: Predicate | Test) -> Predicate:
    """
    A predicate, or a callable of the user's as one.

    Raises:
        InvalidValue: If *value* is neither.
    """
    if isinstance(value, Predicate):
        return value
    if callable(value):
        return Custom(value)
    raise InvalidValue("predicate", "come from dateline.where or be callable", value)


def together(predicates: Iterable[Predicate | Test]) -> Predicate:
    """
    One predicate that holds where all of the *predicates* hold.
    """
    parts = tuple(as_predicate(predicate) for predicate in predicates)

    return parts[0] if len(parts) == 1 else And(tuple(inner for part in parts for inner in _flat(And, part)))


def _flat(kind: type[And | Or], predicate: Predicate) -> tuple[Predicate, ...]:
    return predicate.inner() if isinstance(predicate, kind) else (predicate,)


def _parts(kind: type[And | Or], *predicates: Predicate) -> tuple[Predicate, ...]:
    return tuple(part for predicate in predicates for part in _flat(kind, predicate))


def _written(leaf: Leaf) -> list[str]:
    arguments = []
    for attribute in attrs.fields(type(leaf)):
        value = getattr(leaf, attribute.name)
        if isinstance(value, tuple):
            arguments += [repr(str(item)) if isinstance(item, str) else repr(item) for item in value]
        elif value != attribute.default:
            arguments.append(f"{attribute.name}={_plain(value)!r}")

    return arguments


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"

    return str(value) if isinstance(value, str) else value
