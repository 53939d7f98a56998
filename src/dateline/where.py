"""
Predicates for :meth:`dateline.Corpus.filter`: each names the records that it keeps.

One about claims holds for an article if it holds for any of its claims;
one about articles holds for a claim if it holds for the claim's article.
Combine them with ``&``, ``|`` and ``~``; :func:`any_claim` asks several things of the same claim.
Where several values are given, any of them will do.
Entities are named by id, by standard name or by a printed variant.
"""

from __future__ import annotations

import ast
import datetime
import functools
import operator
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final, TypeAlias, TypeVar

from dateline import leaves
from dateline.digests import decimal_text
from dateline.errors import DatelineError, InvalidPredicate, InvalidValue
from dateline.ids import parse_article_id, parse_claim_id
from dateline.predicates import Predicate, Test, as_predicate
from dateline.suggesting import nearest
from dateline.validators import writable
from dateline.vocabulary import Basis, DefinedEnum, Kind, Stance


Word = TypeVar("Word", bound=DefinedEnum)

Bound: TypeAlias = str | datetime.date | None

#: A printed predicate is not longer than this, in characters.
MAX_PRINTED: Final = 10_000

#: Nor does it hold predicates inside predicates to a greater depth.
MAX_NESTED: Final = 100


def id(*ids: str) -> Predicate:
    """
    Articles and claims with one of these ids; an article's id keeps all its claims, a claim's id its article.

    Raises:
        InvalidValue: If one is neither an article id nor a claim id.
    """
    for identifier in ids:
        (parse_claim_id if "/" in str(identifier) else parse_article_id)(identifier)

    return leaves.Id(ids)


def published(*, since: Bound = None, until: Bound = None, certainly: bool = False) -> Predicate:
    """
    Articles that may have been published from the start of *since* to the end of *until*.

    Both are a year, a month or a day; with *certainly*, only those that must have been.
    An article without a date is never kept.

    Raises:
        InvalidValue: If a bound is no date, or the range ends before it begins.

    >>> published(until="2022-11")
    where.published(until='2022-11')
    """
    return leaves.Published(_text(since), _text(until), certainly)


def said(*, since: Bound = None, until: Bound = None, certainly: bool = False) -> Predicate:
    """
    Claims that may have been made from the start of *since* to the end of *until*; as :func:`published`.
    """
    return leaves.Said(_text(since), _text(until), certainly)


def happened(*, since: Bound = None, until: Bound = None, certainly: bool = False) -> Predicate:
    """
    Claims about what may have happened from the start of *since* to the end of *until*; as :func:`published`.
    """
    return leaves.Happened(_text(since), _text(until), certainly)


def place(*names: str) -> Predicate:
    """
    Claims about something at one of these places.
    """
    return leaves.Place(names)


def mentions(*names: str) -> Predicate:
    """
    Articles whose text names one of these entities.
    """
    return leaves.Mentions(names)


def about(*names: str) -> Predicate:
    """
    Claims that concern one of these entities, other than as their place.
    """
    return leaves.About(names)


def claimant(*names: str) -> Predicate:
    """
    Claims that one of these entities makes.
    """
    return leaves.Claimant(names)


def publisher(*names: str) -> Predicate:
    """
    Articles that one of these published; a name as printed in a credit will do.
    """
    return leaves.Publisher(names)


def language(*tags: str) -> Predicate:
    """
    Articles in one of these languages, as BCP 47 tags; ``en`` keeps ``en-GB`` too.
    """
    return leaves.Language(tags)


def topic(*topics: str) -> Predicate:
    """
    Articles on one of these topics, by code or label of the IPTC Media Topics.
    """
    return leaves.Topic(topics)


def kind(*kinds: str) -> Predicate:
    """
    Claims of one of these kinds, such as ``control``.

    Raises:
        InvalidValue: If one is not a member of :class:`dateline.Kind`.
    """
    return leaves.Kind(_parsed(Kind, kinds))


def stance(*stances: str) -> Predicate:
    """
    Claims made with one of these stances, such as ``denies``.

    Raises:
        InvalidValue: If one is not a member of :class:`dateline.Stance`.
    """
    return leaves.Stance(_parsed(Stance, stances))


def quantity(
    *,
    unit: str | None = None,
    at_least: Decimal | str | int | None = None,
    at_most: Decimal | str | int | None = None,
) -> Predicate:
    """
    Claims with a number that counts *unit* and lies from *at_least* to *at_most*.

    The number is compared as it stands; its bound ("nearly", "up to") does not widen it.

    Raises:
        InvalidValue: If a limit is no decimal number, or *at_least* is above *at_most*.

    >>> quantity(unit="people", at_least=1000)
    where.quantity(unit='people', at_least='1000')
    """
    return leaves.HasQuantity(unit, _decimal(at_least), _decimal(at_most))


def contains(*words: str) -> Predicate:
    """
    Articles with these characters in headline, abstract or a statement, claims with them in the statement.

    Case does not matter.

    >>> contains("corridor") == contains("corridor")
    True
    """
    return leaves.Contains(words)


def basis(*bases: str, field: str | None = None) -> Predicate:
    """
    Records with a value on one of these grounds, in *field* if one is given.

    Of an article, its claims count too.

    Ask for ``inferred`` and ``unknown`` to see what to doubt.

    Raises:
        InvalidValue: If one is not a member of :class:`dateline.Basis`, or no record has a source of *field*.
    """
    return leaves.HasBasis(_parsed(Basis, bases), field)


def any_claim(*predicates: Predicate | Test) -> Predicate:
    """
    Articles with a claim for which every one of the *predicates* holds at once.

    Raises:
        InvalidValue: If none is given.

    >>> any_claim(place("Kherson") & stance("denies"))
    where.any_claim(where.place('Kherson') & where.stance('denies'))
    """
    if not predicates:
        raise InvalidValue("where.any_claim", "be given at least one predicate", predicates)

    return leaves.AnyClaim(tuple(as_predicate(predicate) for predicate in predicates))


def parse(text: str) -> Predicate:
    """
    The predicate that *text* is the printed form of.

    Nothing in it is run: only the words of this module are known.

    Raises:
        InvalidPredicate: If it is anything else.

    >>> parse("where.place('Kherson') & ~where.stance('denies')")
    where.place('Kherson') & ~where.stance('denies')
    >>> parse("plaice('x')")
    Traceback (most recent call last):
        ...
    dateline.errors.InvalidPredicate: predicate "plaice('x')": there is no 'plaice'; did you mean 'place'?
    """
    if type(text) is not str or len(text) > MAX_PRINTED:
        raise InvalidPredicate(str(text)[:MAX_PRINTED], f"must be text of at most {MAX_PRINTED} characters")
    try:
        predicate = _predicate(ast.parse(text.strip(), mode="eval").body)
    except InvalidPredicate as error:
        raise InvalidPredicate(text, error.problem, error.nearest) from None
    except DatelineError as error:
        raise InvalidPredicate(text, str(error)) from None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InvalidPredicate(text, "is not written as one") from None
    # What is read back can also be printed, hashed and run, each of which goes down through it.
    if _depth(predicate) > MAX_NESTED:
        raise InvalidPredicate(text, f"must not nest deeper than {MAX_NESTED}")

    return predicate


_WORDS: Final[dict[str, Callable[..., Predicate]]] = {
    function.__name__: function
    for function in (
        id, published, said, happened, place, mentions, about, claimant, publisher,
        language, topic, kind, stance, quantity, contains, basis, any_claim,
    )
}  # fmt: skip


def _depth(predicate: Predicate) -> int:
    depth = 0
    level: tuple[Predicate, ...] = (predicate,)
    while level:
        level = tuple(inner for part in level for inner in part.inner())
        depth += 1

    return depth


def _predicate(node: ast.expr) -> Predicate:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
        return functools.reduce(operator.and_, map(_predicate, _operands(node, ast.BitAnd)))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return functools.reduce(operator.or_, map(_predicate, _operands(node, ast.BitOr)))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        return ~_predicate(node.operand)
    if isinstance(node, ast.Call):
        return _call(node)
    raise InvalidPredicate("", "may only hold predicates joined by & | ~")


def _operands(node: ast.expr, operator_: type[ast.operator]) -> list[ast.expr]:
    # A loop, since each of hundreds of operands would be one recursion deeper than the next.
    operands = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, operator_):
        operands.append(node.right)
        node = node.left

    return [node, *reversed(operands)]


def _call(node: ast.Call) -> Predicate:
    word = _word(node.func)
    if word not in _WORDS:
        raise InvalidPredicate("", f"there is no {word!r}", nearest(word, _WORDS))
    read: Callable[[ast.expr], Any] = _predicate if word == "any_claim" else _constant
    arguments = [read(argument) for argument in node.args]
    keywords = {str(keyword.arg): _constant(keyword.value) for keyword in node.keywords}
    if len(keywords) < len(node.keywords):
        raise InvalidPredicate("", f"{word} is given an argument twice")
    try:
        return _WORDS[word](*arguments, **keywords)
    except TypeError:
        raise InvalidPredicate("", f"{word} does not take these arguments") from None


def _word(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "where":
        return node.attr
    if isinstance(node, ast.Name):
        return node.id
    raise InvalidPredicate("", "may only call the words of dateline.where")


def _constant(node: ast.expr) -> Any:
    if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, (str, int))):
        return node.value
    raise InvalidPredicate("", "may only hold text, whole numbers, True, False and None as values")


def _parsed(kind: type[Word], words: Iterable[str]) -> tuple[Word, ...]:
    return tuple(kind(word) for word in words)


def _text(bound: Bound) -> str | None:
    return bound.isoformat() if isinstance(bound, datetime.date) else bound


def _decimal(value: Decimal | str | int | None) -> Decimal | None:
    if value is None:
        return None
    try:
        number = Decimal(value)
    except (ArithmeticError, ValueError, TypeError):
        raise InvalidValue("limit of a quantity", "be a decimal number", value) from None
    if isinstance(value, (bool, float)) or not writable(number):
        raise InvalidValue("limit of a quantity", "be a decimal number", value)

    return Decimal(decimal_text(number))
