"""
The door to the processor: a style is parsed once and then cites whatever it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from dateline.csl.bibliography import make_entries
from dateline.csl.bundled import bundled_locale, bundled_style
from dateline.csl.citations import make_citation, make_citations
from dateline.csl.context import Cite
from dateline.csl.disambiguation import tell_apart
from dateline.csl.errors import (
    CslError,
    InvalidItem,
    InvalidStyle,
    NoSuchLocale,
    RenderingTooLarge,
    UnsafeXml,
)
from dateline.csl.locale import fallbacks
from dateline.csl.output import Entry, RichText
from dateline.csl.positions import Citation
from dateline.csl.sheet import compile_sheet, title
from dateline.csl.tree import Element, parse_xml
from dateline.csl.values import several
from dateline.csl.works import Sheet, Works, read_items, sorted_works


#: Where locales come from: a mapping or function from "en-US" to XML, None if missing.
Locales: TypeAlias = "Mapping[str, str] | Callable[[str], str | None]"

#: Styles kept compiled; one of the largest takes some 5 MB.
KEPT: Final = 32


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """
    A compiled style. It never changes, so any number of threads may share it.

    >>> style = Style.bundled("apa")
    >>> item = {
    ...     "id": "tides",
    ...     "type": "webpage",
    ...     "title": "How to read the tides",
    ...     "author": [{"family": "Olsen", "given": "Kari"}],
    ...     "issued": {"date-parts": [[2025, 2]]},
    ...     "URL": "https://example.org/tides",
    ... }
    >>> print(style.cite([item]))
    (Olsen, 2025)
    >>> print(*style.bibliography([item]))
    Olsen, K. (2025, February). How to read the tides. https://example.org/tides
    """

    _sheet: Sheet

    @classmethod
    def parse(
        cls,
        xml: str | bytes,
        locale: str | None = None,
        *,
        locales: Locales = bundled_locale,
    ) -> Style:
        """
        The style written in *xml*, in the language *locale* or the style's own.

        *locales* maps a language such as ``en-US`` to the XML of its locale, or is a function that
        does, and gives None for what it has not; without it, those that ship are taken. A language
        falls back on the main dialect of its own, then on American English (CSL 1.0.2, "Locale
        Fallback").

        The same content is compiled once.

        Raises:
            UnsafeXml: If the XML has a DTD or entities, or is too large or too deep.
            InvalidStyle: If it is no CSL style.
            NoSuchLocale: If *locales* has neither the language nor one it falls back on.

        >>> Style.parse("<style/>")
        Traceback (most recent call last):
            ...
        dateline.csl.errors.InvalidStyle: style must be an element of the namespace \
http://purl.org/net/xbiblio/csl, got 'style'
        """
        if not isinstance(xml, (str, bytes)):
            raise InvalidStyle("style", "a str or bytes", xml)
        if locale is not None and not isinstance(locale, str):
            raise InvalidStyle("locale", "a language such as 'en-US'", locale)
        language = locale or default_locale(xml)
        look_up = locales.get if isinstance(locales, Mapping) else locales
        found = tuple((name, look_up(name)) for name in fallbacks(language))
        texts = tuple((name, text) for name, text in found if text is not None)
        if not texts:
            names = ", ".join(name for name, _ in found)
            raise NoSuchLocale("locale", f"one of those at hand ({names})", language)

        return cls(compiled(xml, language, texts))

    @classmethod
    def bundled(cls, name: str, locale: str | None = None) -> Style:
        """
        A style that comes with the package, in the language *locale* or its own.

        Raises:
            CslError: If there is none of that name.
            NoSuchLocale: If there is no locale for the language.

        >>> Style.bundled("ieee", "de-DE")
        <Style 'IEEE (dateline)' (de-DE)>
        """
        return cls.parse(bundled_style(name), locale)

    def __repr__(self) -> str:
        return f"<Style {self._sheet.title!r} ({self._sheet.locale.language})>"

    def cite(
        self,
        items: Iterable[Mapping[str, Any] | Cite],
        *,
        among: Iterable[Mapping[str, Any]] = (),
    ) -> RichText:
        """
        One citation of all *items*, as it stands in running text or a note.

        *among* are all works that are cited beside it: they set its numbers, year
        letters and added names. A :class:`Cite` instead of an item adds a locator and more.
        Nothing was cited before, so there is no "ibid.": see :meth:`citations`.

        Raises:
            InvalidItem: If an item has a value of the wrong kind.
            RenderingTooLarge: If the style asks for more work than any real one.

        >>> item = {"id": "tides", "type": "report", "author": [{"literal": "Harbour Office"}]}
        >>> print(Style.bundled("apa").cite([Cite(item, locator="12-13")]))
        (Harbour Office, n.d., pp. 12–13)
        """
        cites = read_cites(items)
        with bounded(RenderingTooLarge, self._sheet.title):
            works = self._works([*among, *(cite.item for cite in cites)])

            return make_citation(self._sheet, works, cites)

    def citations(
        self,
        clusters: Iterable[Iterable[Mapping[str, Any] | Cite] | Citation],
        *,
        among: Iterable[Mapping[str, Any]] = (),
    ) -> tuple[RichText, ...]:
        """
        The citations of a whole document, in its order.

        So "ibid." and the like are where they belong (CSL 1.0.2, "Choose", position). Items cited
        at one place are a cluster; a :class:`Citation` says also in which note it stands.

        Raises:
            As :meth:`cite`.

        >>> item = {"id": "tides", "type": "report", "title": "Tides", "publisher": "Harbour Office"}
        >>> notes = [Citation((Cite(item),), note=1), Citation((Cite(item, locator="7"),), note=2)]
        >>> [str(note) for note in Style.bundled("chicago-notes-bibliography").citations(notes)]
        ['Tides (Harbour Office, n.d.).', 'Tides, 7.']
        """
        read = tuple(read_citation(cluster) for cluster in several(clusters, "citations"))
        cited = [cite.item for citation in read for cite in citation.cites]
        with bounded(RenderingTooLarge, self._sheet.title):
            works = self._works([*among, *cited])

            return make_citations(self._sheet, works, read)

    def bibliography(self, items: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
        """
        The entries for *items*, each id once, sorted as the style wants it.

        Empty if the style has no bibliography; an item for which the style prints nothing has no entry.

        Raises:
            As :meth:`cite`.
        """
        with bounded(RenderingTooLarge, self._sheet.title):
            return make_entries(self._sheet, self._works(items))

    def _works(self, items: Iterable[Mapping[str, Any]]) -> Works:
        works = sorted_works(self._sheet, read_items(items))
        return tell_apart(self._sheet, works)


def read_cites(items: Iterable[Mapping[str, Any] | Cite]) -> tuple[Cite, ...]:
    """
    Cites out of items, some of which may be cites already.
    """
    return tuple(item if isinstance(item, Cite) else Cite(item) for item in several(items, "items"))


def read_citation(
    cluster: Iterable[Mapping[str, Any] | Cite] | Citation,
) -> Citation:
    """
    A citation out of its items.
    """
    if not isinstance(cluster, Citation):
        return Citation(read_cites(cluster))
    if type(cluster.note) is not int or cluster.note < 0:
        raise InvalidItem("note of a citation", "a whole number from 0", cluster.note)

    return cluster


def parent_style(xml: str | bytes) -> tuple[str, str | None] | None:
    """
    The address of the style that a dependent style only renames, and the language it is to be in.

    None if the style stands on its own.

    Raises:
        UnsafeXml: If the XML has a DTD or entities, or is too large or too deep.
        InvalidStyle: If it is no XML of the CSL namespace.

    >>> parent_style('<style xmlns="http://purl.org/net/xbiblio/csl" class="note"/>') is None
    True
    """
    root = parse_xml(xml)
    info = root.first("info")
    for link in info.named("link") if info else ():
        if link.get("rel") == "independent-parent":
            return link.get("href") or "", root.get("default-locale")

    return None


@lru_cache(maxsize=1)
def latest_tree(xml: str | bytes) -> Element:
    """
    The style as a tree; only the latest is kept, since its language is asked for just before it is compiled.
    """
    return parse_xml(xml)


@lru_cache(maxsize=KEPT)
def default_locale(xml: str | bytes) -> str:
    """
    The language that the style asks for.
    """
    root = latest_tree(xml)
    if root.tag != "style":
        raise InvalidStyle("root element", "cs:style", root.tag)

    return root.get("default-locale") or "en-US"


@lru_cache(maxsize=KEPT)
def compiled(xml: str | bytes, language: str, locales: tuple[tuple[str, str], ...]) -> Sheet:
    """
    The style in one language; the same content is compiled once.
    """
    parsed = tuple(parse_xml(text, f"locale {name}") for name, text in locales)
    root = latest_tree(xml)
    with bounded(UnsafeXml, title(root)):
        return compile_sheet(root, language, parsed)


@contextmanager
def bounded(error: type[CslError], name: str) -> Iterator[None]:
    """
    A refusal where macros that call macros lead deeper than Python goes.
    """
    try:
        yield
    except RecursionError:
        raise error("style", "nested less deep, its macros included", name) from None
