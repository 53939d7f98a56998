"""
Articles, claims, datasets and subsets as references, in a citation style or in a format of references.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from importlib import resources
from typing import Any, Final

from dateline import files
from dateline.corpus import Claims, Corpus
from dateline.csl import CslError, NoSuchLocale, Style
from dateline.errors import InvalidDocument, InvalidValue, NoSuchStyle
from dateline.formats import FORMATS, Format
from dateline.records import Article, Claim
from dateline.references import JOINER, Citable, Item, cited, item_of
from dateline.suggesting import nearest


_FORMATS: Final = {name: format_ for name, format_ in FORMATS.items() if format_.write_items}

# The name of a style is the name of a file among our own, so it leads nowhere else.
_SUFFIX: Final = ".csl"


def cite(
    thing: Citable,
    style: str | os.PathLike[str] = "apa",
    *,
    corpus: Corpus | None = None,
    locale: str | None = None,
) -> str:
    """
    The full reference to an article, a claim, or a corpus, which is a dataset or a subset of one; on one line.

    *style* is one of :func:`styles`, a file in the Citation Style Language (``.csl``), or a format of references
    (``bibtex``, ``csl-json``, ``ris``), which gives an entry of that. A claim needs the *corpus* that it is in.
    *locale* is a language such as ``en-GB``; the style's own if there is none.

    Raises:
        NoSuchStyle: If there is no style of that name.
        Uncitable: If a claim comes without its corpus, or a corpus is of no dataset.
        NoSuchClaim: If the claim is not in the corpus.
        InvalidDocument: If a file is no style.
        InvalidValue: If *thing* cannot be cited, or there are no terms for the *locale*.
        NotRead: If a file cannot be read.

    >>> from dateline.testing import make_article
    >>> cite(make_article())
    'Lind, A. (2021, March 1). Ferry to Old Quay returns after winter repairs. \
The Harbour Gazette. https://gazette.example/ferry-returns'
    """
    return "\n".join(_rendered([item_of(thing, corpus)], style, locale))


def bibliography(
    things: Corpus | Claims | Iterable[Citable],
    style: str | os.PathLike[str] = "apa",
    *,
    corpus: Corpus | None = None,
    locale: str | None = None,
) -> str:
    """
    The references to several things, each once, sorted as the style wants it; a line for each.

    Of a corpus, these are its articles; to have the dataset among them, list both: ``[corpus, *corpus.values()]``.

    Raises:
        As :func:`cite`.

    >>> from dateline.testing import tiny_corpus
    >>> print(bibliography(tiny_corpus()))
    Ferry halts again, harbour master says. (ca. 2021, March). The Harbour Gazette. \
https://gazette.example/ferry-halts
    Lind, A. (2021, March 1). Ferry to Old Quay returns after winter repairs. \
The Harbour Gazette. https://gazette.example/ferry-returns
    """
    if isinstance(things, (Article, Claim)):
        things = (things,)
    if isinstance(things, Corpus):
        corpus = corpus or things
    listed = things.values() if isinstance(things, (Corpus, Claims)) else things

    return "\n".join(_rendered(cited(listed, corpus), style, locale))


def styles() -> tuple[str, ...]:
    """
    The names that :func:`cite` knows: our own styles, then formats of references.

    >>> styles()
    ('apa', 'bibtex', 'csl-json', 'ris')
    """
    return (*_own_styles(), *sorted(_FORMATS))


def _rendered(items: list[Item], style: str | os.PathLike[str], locale: str | None) -> list[str]:
    if style in _FORMATS:
        return [_entries(_FORMATS[str(style)], items)]
    entries = _style(style, locale).bibliography([_straight(item) for item in items])

    return [re.sub(r"\s*\n\s*", " ", str(entry)).replace(JOINER, "") for entry in entries]


def _entries(format_: Format, items: list[Item]) -> str:
    if format_.write_items is None:  # pragma: no cover - only formats of references come here
        raise InvalidValue("format", "be one of references", format_.name)

    return format_.write_items(items).rstrip("\n")


def _straight(item: Item) -> Item:
    # A selection is code: its quotes stay straight if they do not stand where quotes could open.
    return item | {"genre": item["genre"].replace('"', f'{JOINER}"')} if "genre" in item else item


def _style(style: str | os.PathLike[str], locale: str | None) -> Style:
    name = os.fspath(style)
    try:
        if name in _own_styles():
            return Style.bundled(name, locale)
        if not name.endswith(_SUFFIX):
            raise NoSuchStyle(name, nearest(name, styles()), styles())
        return Style.parse(files.read(style), locale)
    except NoSuchLocale as error:
        raise InvalidValue("locale", "have terms in this package", locale) from error
    except CslError as error:
        raise InvalidDocument(name, None, str(error)) from error


def _own_styles() -> tuple[str, ...]:
    folder: Any = resources.files("dateline") / "styles"
    return tuple(
        sorted(file.name.removesuffix(_SUFFIX) for file in folder.iterdir() if file.name.endswith(_SUFFIX))
    )
