"""
From the tree of a style to the compiled sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dateline.csl.compiler import Compiler
from dateline.csl.errors import InvalidStyle
from dateline.csl.layout import Layout, compile_layout
from dateline.csl.locale import Locale, build_locale, style_fallbacks
from dateline.csl.tree import Element
from dateline.csl.works import Sheet


def compile_sheet(root: Element, language: str, locales: tuple[Element, ...]) -> Sheet:
    """
    The style under *root*, in *language*, over locales best first.

    Raises:
        InvalidStyle: If it is not an independent style that can cite.
    """
    locale = style_locale(root, language, locales)
    citation = root.first("citation")
    if citation is None:
        raise InvalidStyle("style", "independent, with a cs:citation", title(root))
    part = PartCompiler(root, locale)
    bibliography = root.first("bibliography")

    return Sheet(
        locale=locale,
        default_language=root.get("default-locale") or language,
        title=title(root),
        citation=part.layout(citation),
        bibliography=part.layout(bibliography) if bibliography else None,
        note_style=root.get("class") == "note",
    )


def style_locale(root: Element, language: str, locales: tuple[Element, ...]) -> Locale:
    """
    The style's own terms over those of the locales.
    """
    own = {locale.get("lang"): locale for locale in root.named("locale")}
    first = [own[name] for name in style_fallbacks(language) if name in own]

    return build_locale(language, (*first, *locales))


def title(root: Element) -> str:
    """
    What the style is called.
    """
    info = root.first("info")
    found = info.first("title") if info else None

    return found.text.strip() if found else ""


class PartCompiler:
    """
    Compiles citation and bibliography, each with its own inherited options.
    """

    __slots__ = ("_locale", "_macros", "_root")

    def __init__(self, root: Element, locale: Locale) -> None:
        self._root = root
        self._locale = locale
        self._macros = {name: macro for macro in root.named("macro") if (name := macro.get("name"))}

    def layout(self, part: Element) -> Layout:
        """
        The compiled part.
        """
        options: Mapping[str, str] = {**self._root.attributes, **part.attributes}
        reached = tuple(self._reached(part, set()))
        compiler = Compiler(
            self._macros,
            self._locale,
            options,
            explicit_year_suffix=any(element.get("variable") == "year-suffix" for element in reached),
            conditional=any(element.get("disambiguate") for element in reached),
        )

        return compile_layout(part, compiler)

    def _reached(self, element: Element, seen: set[str]) -> Iterator[Element]:
        """
        All elements below, those of called macros included, each macro once.
        """
        yield element
        for child in element.children:
            yield from self._reached(child, seen)
        name = element.get("macro")
        if name is not None and name in self._macros and name not in seen:
            seen.add(name)
            yield from self._reached(self._macros[name], seen)
