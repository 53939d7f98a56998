"""
Articles, claims, datasets and subsets as references, in a style or a format of references.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from dateline import files
from dateline.corpus import Claims, Corpus
from dateline.csl import CslError, Style, parent_style
from dateline.errors import InvalidDocument, NoSuchStyle, Uncitable
from dateline.formats import FORMATS
from dateline.records import Article, Claim
from dateline.references import JOINER, Citable, Item, cited, item_of
from dateline.styles import ALIASES, names
from dateline.suggesting import nearest


_FORMATS: Final = {name: form.write_items for name, form in FORMATS.items() if form.write_items}

_DESCRIBED: Final = re.compile(r"^\[.*; record [a-z0-9-]+\]$")


def cite(
    thing: Citable,
    style: str | os.PathLike[str] = "apa",
    *,
    corpus: Corpus | None = None,
    locale: str | None = None,
) -> str:
    """
    The full reference to an article, a claim, or a dataset or subset; on one line.

    *style* is one of :func:`styles`, or a file in the Citation Style Language (``.csl``) or
    the text of one; ``ama``, ``chicago``, ``harvard``, ``mla``, ``nlm`` and ``vancouver`` are short
    for those styles. The parent of a dependent style is ours or lies beside it.
    A format of references, such as ``bibtex`` or ``csl-json``, gives an entry of that.
    A claim needs the *corpus* that it is in. *locale* is a language such as ``en-GB``;
    without one it is the style's own.

    Raises:
        NoSuchStyle: If there is no style of that name.
        Uncitable: If a claim comes without its corpus, or a corpus is of no dataset.
        NoSuchClaim: If the claim is not in the corpus.
        InvalidDocument: If a file is no style.
        InvalidValue: If *thing* cannot be cited.
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

    Of a corpus, these are its articles; ``[corpus, *corpus.values()]`` has the dataset among them.

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

    >>> styles()[0], styles()[-1]
    ('american-medical-association', 'ris')
    """
    return (*names(), *sorted(_FORMATS))


def _rendered(items: list[Item], style: str | os.PathLike[str], locale: str | None) -> list[str]:
    if style in _FORMATS:
        return [_FORMATS[str(style)](items).rstrip("\r\n")]
    name = os.fspath(style)
    shown = "<style>" if _is_text(name) else name
    try:
        entries = _style(name, locale).bibliography([_straight(item) for item in items])
    except CslError as error:
        raise InvalidDocument(shown, None, str(error)) from error
    if items and not entries:
        raise Uncitable(items[0]["id"], f"style {shown!r} has no bibliography")

    return [re.sub(r"\s*\n\s*", " ", str(entry)).replace(JOINER, "") for entry in entries]


def _straight(item: Item) -> Item:
    # A selection is code: its quotes stay straight if they do not stand where quotes could open.
    kept = {"genre": item["genre"].replace('"', f'{JOINER}"')} if "genre" in item else {}
    # A description in place of a headline ends with an id, which no style may capitalize.
    title, described = _DESCRIBED.subn(r'<span class="nocase">\g<0></span>', item.get("title", ""))

    return item | kept | ({"title": title} if described else {})


def _style(name: str, locale: str | None) -> Style:
    known = ALIASES.get(name, name)
    if known in names():
        return Style.bundled(known, locale)
    if _is_text(name):
        return _read_style(name, None, locale)
    if not name.endswith(".csl"):
        raise NoSuchStyle(name, nearest(name, (*styles(), *ALIASES)), styles())

    return _read_style(files.read(name), Path(name).parent, locale)


def _read_style(xml: str | bytes, folder: Path | None, locale: str | None) -> Style:
    found = parent_style(xml)
    if found is None:
        return Style.parse(xml, locale)
    address, language = found
    # The last part of an address names no other folder.
    parent = re.split(r"[/\\]", address.rstrip("/"))[-1].removesuffix(".csl")
    beside = None if folder is None else folder / f"{parent}.csl"
    if beside is not None and beside.is_file():
        return Style.parse(files.read(beside), locale or language)
    if parent in names():
        return Style.bundled(parent, locale or language)

    raise NoSuchStyle(parent, nearest(parent, names()), names())


def _is_text(name: str) -> bool:
    return name.lstrip("\ufeff \t\r\n").startswith("<")
