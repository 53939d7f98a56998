"""
Our own citation styles and locale terms, as data; :mod:`dateline.csl` reads them.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import Final


#: What styles are also called.
ALIASES: Final = {
    "ama": "american-medical-association",
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "mla": "modern-language-association",
    "nlm": "nlm-citation-sequence",
    "vancouver": "nlm-citation-sequence",
}

_SUFFIX = ".csl"


@functools.cache
def names() -> tuple[str, ...]:
    """
    The styles that come with the package, sorted.

    >>> "apa" in names()
    True
    """
    # From inside a zipped wheel too.
    files = (file.name for file in resources.files(__name__).iterdir())

    return tuple(sorted(name.removesuffix(_SUFFIX) for name in files if name.endswith(_SUFFIX)))
