"""
Items of references to write and read back: of the dataset, and of invented articles.
"""

from __future__ import annotations

import dateline
from dateline import where
from dateline.records import Credit
from dateline.references import article_item, cited
from dateline.testing import make_article


DATES = (
    *("2022", "2022-03", "2022-03-02~", "2022-03-02?", "2022-03%", "2022-02-24/2022-03", "2021~/2022"),
    *("[2022-03-02,2022-03-03]", "[2021-12-31,2022-01-01]", None),
)

NAMES = (
    *(("Lind", "Ana"), ("Berg Lind", "Ana Maria"), ("Ortega y Gasset", "José"), ("de la Cruz", "Juana")),
    *(("van den Berg", "Jan"), ("al-Assad", "Rim"), ("Lind", None), ("Ana Lind", None), ("O'Neil", "Zoë")),
    *(("Зеленський", "Володимир"), ("山田", "太郎"), ("Rain, Jr", "A"), ("Rain and Wind", "A"), ("a=b", "A")),
    *(("Lind", "Ana, Maria"), ("Rain, Wind, Sun", "A"), ("others", "A")),
)


def dataset_and_subset():
    """
    The dataset with its articles, and a subset whose predicate has what most formats escape.
    """
    ukraine = dateline.load("ukraine-2022")
    subset = ukraine.filter(where.place("Kherson") & ~where.contains("it's {50 %} -- wet"))

    return cited((*ukraine.values(), ukraine, subset), ukraine)


def claims():
    """
    All claims of the dataset.
    """
    ukraine = dateline.load("ukraine-2022")

    return cited(ukraine.claims.values(), ukraine)


def dated():
    """
    Articles of every kind of date, in an outlet that is known or is not.
    """
    return [
        article_item(make_article(id=f"dated-{number}", published=date, publisher=outlet))
        for number, date in enumerate(DATES)
        for outlet in [None if number % 2 else Credit(name="Rain")]
    ]


def named():
    """
    An article by people of many kinds of names, and by an organisation.
    """
    bylines = tuple(Credit(name="x", family=family, given=given) for family, given in NAMES)

    return [
        article_item(make_article(id="named", bylines=(*bylines, Credit(name="Marks and Sons, Larkhaven"))))
    ]
