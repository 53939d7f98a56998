"""
CSL-JSON, which Zotero, pandoc and every processor of CSL read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from dateline.references import Item


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
