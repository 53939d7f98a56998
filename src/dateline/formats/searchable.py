"""
Values in the forms in which predicates compare them, as columns that every engine can search.

Engines differ in how they fold case, have no exact decimals of this size, and cannot ask
whether one item of a list is this and that at once.
So what takes more than a comparison is worked out when a table is written.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable
from decimal import Decimal
from operator import attrgetter
from typing import Final

from dateline.dates import PartialDate
from dateline.digests import decimal_text
from dateline.names import folded
from dateline.provenance import FieldSource
from dateline.records import Article, Entity, Quantity, Topic
from dateline.validators import MAX_DIGITS


#: What no entry of a column of several holds, and stands before and after each.
END: Final = "\n"

_DAY: Final = datetime.timedelta(days=1)
_NINES: Final = str.maketrans("0123456789", "9876543210")


def folded_all(texts: Iterable[str | None]) -> list[str | None]:
    """
    Texts as they are compared; None stays None.

    >>> folded_all(["KYIV", None])
    ['kyiv', None]
    """
    several = list(texts)
    # Names of publishers stand again and again.
    found = {text: None if text is None else folded(text) for text in set(several)}

    return [found[text] for text in several]


def topics_folded(topics: Iterable[Topic]) -> list[str]:
    """
    The codes and labels of topics.
    """
    return [folded(word) for topic in topics for word in (topic.code, topic.label)]


def words_folded(article: Article) -> str:
    """
    What an article and its claims say, one text after the other: headline, abstract and statements.

    Whatever has no :data:`END` in it stands in one of these texts if it stands in here.
    """
    texts = (article.headline, article.abstract, *(claim.statement for claim in article.claims))

    # At once, since no letter is composed with the one before an END.
    return folded(END.join(text for text in texts if text is not None))


def names_folded(entity: Entity) -> list[str]:
    """
    Whatever an entity can be asked for by.
    """
    return [folded(name) for name in (entity.id, entity.name, *entity.variants)]


def gaps(date: PartialDate | None) -> str | None:
    """
    Where a choice of dates jumps over days: the first and last day of each gap; None if it jumps over none.

    >>> gaps(PartialDate("[2022-03-02,2022-03-03,2022-03-07,2022-04]"))
    '2022-03-04/2022-03-06 2022-03-08/2022-03-31'
    """
    if date is None or len(date.readings) == 1:
        return None
    reached = date.readings[0][1]
    found = []
    for first, last in date.readings:
        if (first - reached).days > 1:
            found.append(f"{reached + _DAY}/{first - _DAY}")
        reached = max(reached, last)

    return " ".join(found) or None


def has_gap(found: str, since: datetime.date, until: datetime.date) -> bool:
    """
    Whether all days from *since* to *until* lie in one of the gaps that :func:`gaps` *found*.

    >>> has_gap("2022-03-04/2022-03-06", datetime.date(2022, 3, 5), datetime.date(2022, 3, 6))
    True
    """
    days = (gap.split("/") for gap in found.split(" "))

    return any(first <= str(since) and str(until) <= last for first, last in days)


def amounts(quantities: Iterable[Quantity]) -> str | None:
    r"""
    Each number in a form that sorts as numbers do, with its unit; None if there is none.

    >>> amounts([]) is None
    True
    """
    found = [f"{sortable(quantity.value)} {in_entry(folded(quantity.unit))}" for quantity in quantities]

    return f"{END}{END.join(found)}{END}" if found else None


def sortable(number: Decimal) -> str:
    """
    A decimal as a text of digits, equally long for all, which sorts as the numbers do.

    >>> sorted([Decimal("2.5"), Decimal(-1), Decimal(10), Decimal(0)], key=sortable)
    [Decimal('-1'), Decimal('0'), Decimal('2.5'), Decimal('10')]
    """
    text = decimal_text(number)
    whole, _, places = text.lstrip("-").partition(".")
    digits = f"{whole:0>{MAX_DIGITS}}{places:0<{MAX_DIGITS}}"

    return f"0{digits.translate(_NINES)}" if text.startswith("-") else f"1{digits}"


def in_entry(text: str) -> str:
    r"""
    A text without the character that ends an entry; two different ones stay different.

    >>> in_entry("a\nb")
    'a\\nb'
    """
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def bases(sources: Iterable[FieldSource]) -> str | None:
    """
    The basis of each field, between spaces; None if there is none.

    >>> bases([FieldSource(fields=["headline", "url"], basis="stated")])
    ' stated:headline stated:url '
    """
    found = list(map(_stated, map(_TOLD, sources)))

    return f" {' '.join(found)} " if found else None


#: Of an enumeration's member the text that it is made from, which is quick to look for.
_TOLD: Final = attrgetter("basis._value_", "fields")


# An archive repeats the same few.
@functools.lru_cache(maxsize=1024)
def _stated(told: tuple[str, tuple[str, ...]]) -> str:
    basis, fields = told

    return " ".join(f"{basis}:{field}" for field in fields)
