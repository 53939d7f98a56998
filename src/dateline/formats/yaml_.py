"""
The little of YAML that citation files and cards are written in: keys, lists, and texts as JSON strings.

A JSON string is one in YAML too (YAML 1.2, section 1.3), as far as nothing is in it that YAML does not print.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final


# What YAML calls a line break or not printable (YAML 1.1, section 4.1), and JSON leaves as it is.
_BREAKS: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def quoted(value: str | float) -> str:
    r"""
    A text, a number or a truth value as JSON that is YAML as well.

    >>> print(quoted("a\u2028b: \"c\""))
    "a\u2028b: \"c\""
    """
    return _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def lines(content: Mapping[str, Any], scalar: Callable[[Any], str] = quoted) -> Iterator[str]:
    r"""
    A mapping as lines of YAML; its values are scalars, and lists of scalars or of such mappings.

    >>> print(*lines({"title": "no", "authors": [{"name": "x", "age": 3}]}), sep="\n")
    title: "no"
    authors:
      - name: "x"
        age: 3
    """
    for name, value in content.items():
        if not isinstance(value, list):
            yield f"{name}: {scalar(value)}"
            continue
        yield f"{name}:"
        for entry in value:
            first, *rest = lines(entry, scalar) if isinstance(entry, dict) else [scalar(entry)]
            yield f"  - {first}"
            yield from (f"    {line}" for line in rest)
