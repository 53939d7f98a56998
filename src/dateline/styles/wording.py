"""
What we say of a thing in our own words, beside what its record holds, in the languages that ship.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Wording(NamedTuple):
    """
    The descriptions in one language; braces stand for a value.
    """

    #: In place of a headline that an article does not have.
    untitled: str

    #: In place of a headline that is not known.
    unknown: str

    #: Which record of ours this is.
    record: str

    #: A claim that stands alone.
    claim: str

    #: Of a claim: the dataset that it is in, and its version.
    within: str

    #: A whole dataset, as in APA (10.9).
    data_set: str

    #: A subset of one article.
    one: str

    #: A subset of several articles, or of none.
    several: str

    #: A version behind a title.
    version: str

    #: Of a date that is a choice, or qualified.
    uncertain: str


ENGLISH: Final = Wording(
    untitled="Untitled news article",
    unknown="News article, headline unknown",
    record="record {}",
    claim="Claim {}",
    within=" in {} (Version {})",
    data_set="Data set",
    one="subset of {} article",
    several="subset of {} articles",
    version="Version {}",
    uncertain="date uncertain",
)

WORDINGS: Final = {
    "de": Wording(
        untitled="Nachrichtenartikel ohne Titel",
        unknown="Nachrichtenartikel, Titel unbekannt",
        record="Eintrag {}",
        claim="Aussage {}",
        within=" in {} (Version {})",
        data_set="Datensatz",
        one="Teilmenge mit {} Artikel",
        several="Teilmenge mit {} Artikeln",
        version="Version {}",
        uncertain="Datum unsicher",
    ),
    "en": ENGLISH,
    "es": Wording(
        untitled="Artículo de prensa sin titular",
        unknown="Artículo de prensa, titular desconocido",
        record="registro {}",
        claim="Afirmación {}",
        within=" en {} (versión {})",
        data_set="Conjunto de datos",
        one="subconjunto de {} artículo",
        several="subconjunto de {} artículos",
        version="Versión {}",
        uncertain="fecha incierta",
    ),
    "fr": Wording(
        untitled="Article de presse sans titre",
        unknown="Article de presse, titre inconnu",
        record="notice {}",
        claim="Affirmation {}",
        within=" dans {} (version {})",
        data_set="Jeu de données",
        one="sous-ensemble de {} article",
        several="sous-ensemble de {} articles",
        version="Version {}",
        uncertain="date incertaine",
    ),
    # Numbers of things have three forms or more here, so the number stands behind.
    "pl": Wording(
        untitled="Artykuł prasowy bez tytułu",
        unknown="Artykuł prasowy, tytuł nieznany",
        record="rekord {}",
        claim="Twierdzenie {}",
        within=" w zbiorze danych {} (wersja {})",
        data_set="Zbiór danych",
        one="podzbiór (liczba artykułów: {})",
        several="podzbiór (liczba artykułów: {})",
        version="Wersja {}",
        uncertain="data niepewna",
    ),
    "uk": Wording(
        untitled="Новинна стаття без заголовка",
        unknown="Новинна стаття, заголовок невідомий",
        record="запис {}",
        claim="Твердження {}",
        within=" у наборі даних {} (версія {})",
        data_set="Набір даних",
        one="підмножина (кількість статей: {})",
        several="підмножина (кількість статей: {})",
        version="Версія {}",
        uncertain="дата непевна",
    ),
}


def wording(language: str) -> Wording:
    """
    The descriptions in *language*, or else in English.

    >>> wording("uk-UA").data_set, wording("ja-JP").data_set
    ('Набір даних', 'Data set')
    """
    return WORDINGS.get(language.partition("-")[0].casefold(), ENGLISH)
