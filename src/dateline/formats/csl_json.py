"""
CSL-JSON, which Zotero, pandoc and every processor of CSL read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from dateline.formats.losses import Fate, Losses
from dateline.references import Item


#: The articles' own fields; the dataset's item is beside them.
LOSSES: Final[Losses] = {
    "article.id": (Fate.KEPT, "id"),
    "article.revision": (Fate.RENAMED, "custom.revision"),
    "article.headline": (Fate.COARSENED, "title, with single spaces, and no control characters"),
    "article.publisher": (Fate.COARSENED, "container-title: the name"),
    "article.bylines": (Fate.COARSENED, "author: family and given name, else the name as printed"),
    "article.published": (Fate.RENAMED, "issued; in EDTF, where that says more, custom.issued"),
    "article.url": (Fate.COARSENED, "URL; what an address may not hold is percent-encoded"),
    "article.language": (Fate.KEPT, ""),
    "article.topics": (Fate.COARSENED, "keyword: the labels, with commas for semicolons"),
    "article.sources": (Fate.COARSENED, "title: whether a headline is absent or unknown"),
}


def write_items(items: Iterable[Item]) -> str:
    """
    References as CSL-JSON 1.0.2, one array.

    >>> print(write_items([{"id": "rain", "type": "dataset", "title": "Rain"}]))
    [
      {
        "id": "rain",
        "type": "dataset",
        "title": "Rain"
      }
    ]
    <BLANKLINE>
    """
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"
