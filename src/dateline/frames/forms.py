"""
What is asked of the rows of a table, as a tree that each engine can be told in its own words.

A test is true, false or null, which says that there was no value to test.
Under ``Every`` and ``Some`` null keeps nothing, just as false does; only ``Opposite`` has to turn both round.
So comparisons stay bare, and engines use them to leave out parts of files.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TypeAlias

from attrs import frozen


class Side(Enum):
    """
    Whose rows are asked.
    """

    ARTICLES = "articles"
    CLAIMS = "claims"

    @property
    def other(self) -> Side:
        """
        Whose rows belong to these: to an article its claims, to a claim its article.
        """
        return Side.CLAIMS if self is Side.ARTICLES else Side.ARTICLES

    @property
    def key(self) -> str:
        """
        The column that says to which article a row belongs.
        """
        return "id" if self is Side.ARTICLES else "article"


@frozen
class Compared:
    """
    A day stands to another as an operator says.
    """

    column: str

    #: ``>=`` or ``<=``.
    operator: str

    day: datetime.date


@frozen
class OneOf:
    """
    A text is one of several.
    """

    column: str

    values: tuple[str, ...]


@frozen
class Lists:
    """
    A list of texts has one of several.
    """

    column: str

    values: tuple[str, ...]


@frozen
class Contains:
    """
    A text has these characters somewhere.
    """

    column: str

    text: str


@frozen
class Matches:
    """
    A pattern is found somewhere in a text.
    """

    column: str

    pattern: str


@frozen
class Given:
    """
    There is a value.
    """

    column: str


@frozen
class There:
    """
    A row on the other side that belongs to this one passes a test.
    """

    form: Form


@frozen
class Every:
    """
    All parts are true; so it is if there is none.
    """

    parts: tuple[Form, ...]


@frozen
class Some:
    """
    At least one part is true.
    """

    parts: tuple[Form, ...]


@frozen
class Opposite:
    """
    The part is not true.
    """

    part: Form


Test: TypeAlias = Compared | OneOf | Lists | Contains | Matches | Given

Form: TypeAlias = Test | There | Every | Some | Opposite

#: Keeps nothing.
NEVER = Some(())


def one_of(column: str, values: Iterable[str]) -> Form:
    """
    That a text is one of several, of which those count that can be stored at all.
    """
    return _of_texts(OneOf, column, values)


def lists(column: str, values: Iterable[str]) -> Form:
    """
    That a list of texts has one of several; as :func:`one_of`.
    """
    return _of_texts(Lists, column, values)


def contains(columns: Iterable[str], texts: Iterable[str]) -> Form:
    """
    That the text in one of some columns has the characters of one of some texts; as :func:`one_of`.
    """
    storable = tuple(filter(can_be_stored, texts))

    return some(tuple(Contains(column, text) for text in storable for column in columns))


def can_be_stored(text: str) -> bool:
    r"""
    Whether a text may stand in a table; one with a lone surrogate may not.

    >>> can_be_stored("\ud800")
    False
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return False

    return True


def _of_texts(kind: type[OneOf | Lists], column: str, values: Iterable[str]) -> Form:
    storable = tuple(filter(can_be_stored, dict.fromkeys(values)))

    return kind(column, storable) if storable else NEVER


def asked_there(form: Form) -> Iterator[There]:
    """
    All that a form asks of the other side.
    """
    if isinstance(form, There):
        yield form
    elif isinstance(form, (Every, Some)):
        for part in form.parts:
            yield from asked_there(part)
    elif isinstance(form, Opposite):
        yield from asked_there(form.part)


def asked_here(form: Form) -> Iterator[Test]:
    """
    All that a form asks of a row itself.
    """
    if isinstance(form, (Every, Some)):
        for part in form.parts:
            yield from asked_here(part)
    elif isinstance(form, Opposite):
        yield from asked_here(form.part)
    elif not isinstance(form, There):
        yield form


def every(form: Form) -> tuple[Form, ...]:
    """
    The parts of which all must be true, one by one.
    """
    return (
        tuple(inner for part in form.parts for inner in every(part)) if isinstance(form, Every) else (form,)
    )


def some(parts: tuple[Form, ...]) -> Form:
    """
    That one of several is true, with a single question to the other side.
    """
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Some) else (part,))]
    there = tuple(part.form for part in flat if isinstance(part, There))
    here = tuple(part for part in flat if not isinstance(part, There))
    # Where one row passes the first and another the second, there is a row that passes one of the two.
    asked = (There(there[0] if len(there) == 1 else Some(there)),) if there else ()
    alone = here + asked

    return alone[0] if len(alone) == 1 else Some(alone)
