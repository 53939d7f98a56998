"""
Articles, claims, datasets and subsets as references, in a style or a format of references.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from typing import Final

from dateline.corpus import Claims, Corpus
from dateline.csl import CslError
from dateline.errors import InvalidDocument, InvalidValue, Uncitable
from dateline.records import Article, Claim
from dateline.references import JOINER, Citable, Item, cited
from dateline.styles import names
from dateline.styles.wording import wording
from dateline.stylesheets import find_style, is_text
from dateline.telling import NO_CASE, references
from dateline.validators import check_language


_DESCRIBED: Final = re.compile(r"^\[.*; \w+ [a-z0-9-]+\]$")


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
    for those styles. Otherwise it is the id of a style in an installed package of styles
    (``dateline.style_packages`` says which), such as ``nature``, or its address.
    The parent of a dependent style lies beside it, in the folder above, or is found by its id.
    A format of references, such as ``bibtex`` or ``csl-json``, gives an entry of that.

    A claim needs the *corpus* that it is in; an article names its dataset if it is given one.
    *locale* is a language such as ``en-GB``; without one it is the style's own.
    Descriptions of ours, such as that in place of an unknown headline, are in English if we have none in it.
    Where a style drops a version, a claim's id or a selection, it stands behind the title.

    Raises:
        NoSuchStyle: If there is no style of that name.
        Uncitable: If a claim comes without its corpus, the corpus holds something else under the id,
            or a corpus is of no dataset.
        NoSuchClaim, NoSuchArticle: If the claim or the article is not in the corpus.
        InvalidDocument: If a file is no style.
        InvalidValue: If *thing* cannot be cited, or *locale* is no language.
        NotRead: If a file cannot be read.

    >>> from dateline.testing import make_article
    >>> cite(make_article())
    'Lind, A. (2021, March 1). Ferry to Old Quay returns after winter repairs. \
The Harbour Gazette. https://gazette.example/ferry-returns'
    """
    return "\n".join(_rendered([thing], corpus, style, locale))


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
    # Whoever has no types hands over anything.
    if isinstance(listed, str) or not isinstance(listed, Iterable):  # type: ignore[redundant-expr,unreachable]
        raise InvalidValue("what to list", "be a corpus, claims, or several things to cite", listed)

    return "\n".join(_rendered(listed, corpus, style, locale))


def styles() -> tuple[str, ...]:
    """
    The names that :func:`cite` knows: our own styles, then formats of references.

    >>> styles()[0], styles()[-1]
    ('american-medical-association', 'ris')
    """
    return (*names(), *sorted(_formats()))


def _formats() -> dict[str, Callable[[list[Item]], str]]:
    # They are a third of what a first citation costs, and most citations are in styles of ours.
    from dateline.formats import FORMATS  # noqa: PLC0415

    return {name: form.write_items for name, form in FORMATS.items() if form.write_items}


def _rendered(
    things: Iterable[Citable], corpus: Corpus | None, style: str | os.PathLike[str], locale: str | None
) -> list[str]:
    if not isinstance(style, (str, os.PathLike)):
        raise InvalidValue("style", "be the name, the file or the text of one", style)
    if not isinstance(corpus, Corpus | None):
        raise InvalidValue("corpus", "be the one that a claim is in", corpus)
    formats = {} if style in names() else _formats()
    if style in formats:
        return [formats[str(style)](cited(things, corpus)).rstrip("\r\n")]
    name = os.fspath(style)
    shown = "<style>" if is_text(name) else name
    try:
        found, language = find_style(name, _language(locale), tuple(sorted(formats)))
        words = wording(language)
        items = [for_processor(item) for item in cited(things, corpus, words)]
        entries = references(items, found, words)
    except CslError as error:
        raise InvalidDocument(shown, None, str(error)) from error
    if items and not entries:
        raise Uncitable(items[0]["id"], f"style {shown!r} has no bibliography")

    return [re.sub(r"\s*\n\s*", " ", entry).replace(JOINER, "") for entry in entries]


def _language(locale: str | None) -> str | None:
    if locale is None:
        return None
    # Systems and their programs write de_DE.
    tag = str(locale).replace("_", "-")
    check_language("locale", tag)

    return tag


def for_processor(item: Item) -> Item:
    """
    An item as a style takes it, with its code and its descriptions kept from the style's quotes and capitals.
    """
    # A selection is code: its quotes stay straight if they do not stand where quotes could open.
    kept = {"genre": item["genre"].replace('"', f'{JOINER}"')} if "genre" in item else {}
    # A description in place of a headline ends with an id, which no style may capitalize.
    title, described = _DESCRIBED.subn(NO_CASE, item.get("title", ""))

    return item | kept | ({"title": title} if described else {})
