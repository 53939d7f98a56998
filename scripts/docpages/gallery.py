"""
What the style processor makes of the dataset's records: a gallery, and the tables of styles and languages.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import Any, Final, NamedTuple

import dateline
from dateline import where
from dateline.citing import for_processor
from dateline.csl import RichText, Style
from dateline.csl.bundled import bundled_style
from dateline.references import JOINER, Citable, item_of
from dateline.styles import ALIASES, names
from dateline.styles.wording import ENGLISH, Wording, wording
from docpages.card import DATASET
from docpages.markdown import code, table


#: The style that is shown in every language.
TRANSLATED: Final = "harvard-cite-them-right"

#: An article that has a headline, and one whose headline is unknown.
TITLED: Final = "konotop-ultimatum"
UNTITLED: Final = "kherson-retaken"

#: Told to who looks for words that are misspelt in English.
NOT_ENGLISH: Final = " <!-- codespell:ignore -->"

#: What each locale that ships is called in English.
LANGUAGES: Final = {
    "de-DE": "German",
    "en-GB": "English, British",
    "en-US": "English, American",
    "es-ES": "Spanish",
    "fr-FR": "French",
    "pl-PL": "Polish",
    "uk-UA": "Ukrainian",
}


class Example(NamedTuple):
    """
    Something to cite, and what it is an example of.
    """

    told: str
    thing: Citable


def gallery() -> str:
    """
    Every style, a section each.
    """
    found = examples()

    return "\n".join(_section(style, found) for style in names())


def languages_table() -> str:
    """
    Two articles in one style, in every language.
    """
    ukraine = dateline.load(DATASET)
    articles = ukraine[TITLED], ukraine[UNTITLED]
    rows = [
        (
            f"{LANGUAGES[locale]}<br>{code(locale)}",
            "<br>".join(markdown(entry(article, TRANSLATED, locale)) for article in articles) + NOT_ENGLISH,
        )
        for locale in locales()
    ]

    return _typed(table(("language", code(TRANSLATED)), rows))


def styles_table() -> str:
    """
    Each style: its name, its short names, and the manual that it follows.
    """
    rows = [(code(style), ", ".join(map(code, short_names(style))), title(style)) for style in names()]

    return table(("style", "short name", "follows"), rows)


def examples() -> list[Example]:
    """
    The kinds of thing that can be cited, each by one of the dataset's records.
    """
    ukraine = dateline.load(DATASET)

    return [
        Example("An article with its headline", ukraine[TITLED]),
        Example("An article whose headline is unknown", ukraine[UNTITLED]),
        Example("A claim", ukraine.claims["kherson-seized/c02"]),
        Example("The dataset", ukraine),
        Example("A subset", ukraine.filter(where.published(since="2022-11"))),
    ]


def entry(thing: Citable, style: str, locale: str | None = None) -> RichText:
    """
    The reference that :func:`dateline.cite` prints, with its italics.
    """
    words = wording(locale) if locale else ENGLISH

    return Style.bundled(style, locale).bibliography([item(thing, words)])[0]


def in_text(style: str, found: list[Example]) -> RichText:
    """
    The first article and the dataset, cited together at one place.
    """
    return Style.bundled(style).cite([item(found[0].thing), item(found[3].thing)])


def item(thing: Citable, words: Wording = ENGLISH) -> dict[str, Any]:
    """
    What :func:`dateline.cite` hands to the processor.
    """
    return for_processor(item_of(thing, dateline.load(DATASET), words))


def locales() -> list[str]:
    """
    The languages that ship, sorted.
    """
    files = resources.files("dateline.styles").joinpath("locales").iterdir()

    return sorted(file.name.removesuffix(".xml") for file in files if file.name.endswith(".xml"))


def title(style: str) -> str:
    """
    What a style says that it is.
    """
    found = re.search(r"<title>(.*?) \(dateline\)</title>", bundled_style(style))
    if found is None:
        raise SystemExit(f"style {style} must have a title that ends in '(dateline)'")

    return found[1]


def short_names(style: str) -> list[str]:
    """
    What a style is also called.
    """
    return [alias for alias, name in sorted(ALIASES.items()) if name == style]


def markdown(text: RichText) -> str:
    """
    A reference as Markdown, with nothing invisible in it.
    """
    return text.markdown().replace(JOINER, "")


def _section(style: str, found: list[Example]) -> str:
    place = "a note" if 'class="note"' in bundled_style(style) else "the text"
    rows = [
        *((example.told, entry(example.thing, style)) for example in found),
        (f"Article and dataset, cited in {place}", in_text(style, found)),
    ]
    terms = "\n\n".join(f"{told}\n: {markdown(text)}" for told, text in rows)
    called = " or ".join(map(code, (style, *short_names(style))))

    return f"## {title(style)}\n\n{called}\n\n{_typed(terms)}"


def _typed(text: str) -> str:
    # The documentation's typographer leaves what is in here alone: a straight quote of a predicate is meant.
    return f"```{{container}} references\n\n{text.rstrip()}\n```\n"
