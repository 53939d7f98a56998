"""
Labels of letters and digits for a work, for styles that print them.
"""

from __future__ import annotations

from typing import Final

from dateline.csl.values import Item


#: Letters taken of each name, by how many names there are
#: (CSL 1.0.2 leaves the form of citation-label to processors; this one is common).
LETTERS: Final = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}


def citation_label(item: Item) -> str:
    """
    Letters of up to four names and two digits of the year.

    >>> citation_label(Item({"author": [{"family": "Asthma"}], "issued": "1900"}))
    'Asth00'
    """
    people = item.names("author")[:4]
    counts = LETTERS.get(len(people), (1, 1, 1, 1))
    letters = "".join(
        (person.family or person.literal)[:count] for person, count in zip(people, counts, strict=False)
    )
    if not letters:
        letters = item.text("title").replace(" ", "")[:4]
    when = item.date("issued")
    year = f"{abs(when.start.year) % 100:02d}" if when and when.start else ""

    return letters + year
