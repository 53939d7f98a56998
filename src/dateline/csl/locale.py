"""
Terms, date formats and options of a language, the style's own ones first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from dateline.csl.errors import InvalidStyle
from dateline.csl.output import QuoteMarks
from dateline.csl.tree import Element


#: Where a form of a term is looked up next (CSL 1.0.2, "Terms").
NEXT_FORM: Final = {"verb-short": "verb", "verb": "long", "symbol": "short", "short": "long"}

#: Dialects whose language is at home elsewhere (CSL 1.0.2, "Locale Fallback").
PRIMARY_DIALECTS: Final = {
    "af": "af-ZA", "ca": "ca-AD", "cs": "cs-CZ", "cy": "cy-GB", "da": "da-DK",
    "de": "de-DE", "el": "el-GR", "en": "en-US", "es": "es-ES", "et": "et-EE",
    "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR", "he": "he-IL", "hi": "hi-IN",
    "hu": "hu-HU", "is": "is-IS", "it": "it-IT", "ja": "ja-JP", "km": "km-KH",
    "ko": "ko-KR", "lt": "lt-LT", "lv": "lv-LV", "mn": "mn-MN", "nb": "nb-NO",
    "nl": "nl-NL", "nn": "nn-NO", "no": "nb-NO", "pl": "pl-PL", "pt": "pt-PT",
    "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-RS",
    "sv": "sv-SE", "th": "th-TH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN",
    "zh": "zh-CN",
}  # fmt: skip


class TermKey(NamedTuple):
    """
    What a term is filed under.
    """

    name: str
    form: str = "long"
    gender: str = ""


class Term(NamedTuple):
    """
    Singular and plural of a term, its gender, and for ordinals what they match.
    """

    single: str
    multiple: str
    gender: str = ""
    match: str = ""


class Locale(NamedTuple):
    """
    All that rendering needs to know of a language.
    """

    language: str
    terms: Mapping[TermKey, Term]
    dates: Mapping[str, Element]
    options: Mapping[str, str]

    @property
    def punctuation_in_quote(self) -> bool:
        """
        Whether full stops and commas go inside closing quotes.
        """
        return self.options.get("punctuation-in-quote") == "true"

    @property
    def ordinal_first_day_only(self) -> bool:
        """
        Whether only the first day of a month is an ordinal.
        """
        return self.options.get("limit-day-ordinals-to-day-1") == "true"

    def find(self, name: str, form: str = "long") -> Term | None:
        """
        The term in the nearest form there is (CSL 1.0.2, "Terms").
        """
        wanted: str | None = form
        while wanted:
            found = self.terms.get(TermKey(name, wanted))
            if found is not None:
                return found
            wanted = NEXT_FORM.get(wanted)

        return None

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str:
        """
        The words of a term, or nothing if the locale has none.
        """
        found = self.find(name, form)
        if found is None:
            return ""

        return found.multiple if plural else found.single

    def gender(self, name: str) -> str:
        """
        The grammatical gender of a term, or nothing.
        """
        found = self.find(name)
        return found.gender if found else ""

    def quote_marks(self) -> QuoteMarks:
        """
        The language's quotation marks.
        """
        usual = QuoteMarks()
        return QuoteMarks(
            self.term("open-quote") or usual.open,
            self.term("close-quote") or usual.close,
            self.term("open-inner-quote") or usual.open_inner,
            self.term("close-inner-quote") or usual.close_inner,
        )


def fallbacks(language: str) -> tuple[str, ...]:
    """
    The locales to ask for, best first (CSL 1.0.2, "Locale Fallback").

    >>> fallbacks("de-AT")
    ('de-AT', 'de-DE', 'en-US')
    """
    primary = PRIMARY_DIALECTS.get(language.partition("-")[0], "")
    return tuple(dict.fromkeys(filter(None, (language, primary, "en-US"))))


def style_fallbacks(language: str) -> tuple[str | None, ...]:
    """
    Which ``cs:locale`` of a style count, best first; None has no language.

    >>> style_fallbacks("de-AT")
    ('de-AT', 'de', None)
    """
    base = language.partition("-")[0]
    return tuple(dict.fromkeys((language, base, None)))


def build_locale(language: str, sources: Iterable[Element]) -> Locale:
    """
    One locale out of several ``cs:locale`` elements, best first.
    """
    terms: dict[TermKey, Term] = {}
    dates: dict[str, Element] = {}
    options: dict[str, str] = {}
    for source in reversed(tuple(sources)):
        add_terms(terms, source)
        for date in source.named("date"):
            dates[date.get("form", "text") or "text"] = date
        for option in source.named("style-options"):
            options.update(option.attributes)

    return Locale(language, terms, dates, options)


def add_terms(terms: dict[TermKey, Term], source: Element) -> None:
    """
    Lay the terms of *source* over those collected so far.
    """
    new = dict(read_term(term) for group in source.named("terms") for term in group.named("term"))
    # Ordinals replace each other as a set (CSL 1.0.2, "Ordinal Suffixes").
    if any(is_ordinal(key.name) for key in new):
        for key in [key for key in terms if is_ordinal(key.name)]:
            del terms[key]
    terms.update(new)


def is_ordinal(name: str) -> bool:
    """
    Whether a term is an ordinal suffix.
    """
    return name == "ordinal" or name.startswith("ordinal-")


def read_term(element: Element) -> tuple[TermKey, Term]:
    """
    A ``cs:term`` with the key it is filed under.
    """
    name = element.get("name")
    if name is None:
        raise InvalidStyle("term", "given a name", dict(element.attributes))
    single, multiple = element.first("single"), element.first("multiple")
    one = single.text if single else element.text
    more = multiple.text if multiple else one
    gender_form = element.get("gender-form") or ""
    key = TermKey(name, element.get("form") or "long", gender_form)

    return key, Term(one, more, element.get("gender") or "", element.get("match") or "")
