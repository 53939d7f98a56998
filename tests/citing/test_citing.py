"""
References as they are printed, whatever stands in the records.
"""

from __future__ import annotations

import json
import unicodedata

import pytest
from attrs import evolve
from hypothesis import given
from strategies import articles, corpora

from dateline import where
from dateline.citing import bibliography, cite, styles
from dateline.corpus import Corpus
from dateline.descriptions import Description
from dateline.errors import (
    InvalidDocument,
    InvalidValue,
    NoSuchArticle,
    NoSuchClaim,
    NoSuchStyle,
    NotRead,
    Uncitable,
)
from dateline.formats import dumps
from dateline.ids import Pin
from dateline.provenance import FieldSource
from dateline.records import Claim, Credit
from dateline.references import article_item, is_subset, printed_selection, unmarked
from dateline.selections import reproduce
from dateline.styles import ALIASES, names
from dateline.styles.wording import WORDINGS
from dateline.testing import make_article, make_claim, tiny_corpus


CORPUS = tiny_corpus()

STYLE = """
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">
<citation><layout><text variable="title"/></layout></citation></style>
"""

WITH_ENTRY = STYLE.replace(
    "</style>",
    '<bibliography><layout><text variable="title" suffix="!"/></layout></bibliography></style>',
)

DEPENDENT = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">
<info><link rel="independent-parent" href="{}"/></info></style>
"""

UNKNOWN = FieldSource(fields=("headline",), basis="unknown")

THINGS = {
    "article": make_article(),
    "article by several": make_article(
        bylines=(Credit(name="A. Lind"), Credit(name="Bo Berg", family="Berg", given="Bo"))
    ),
    "article by nobody": make_article(bylines=()),
    "article of an unknown headline": make_article(headline=None, bylines=(), sources=(UNKNOWN,)),
    "article without a headline": make_article(headline=None, bylines=()),
    "article of which little is known": make_article(
        headline="Rain", bylines=(), publisher=None, published=None, url=None, language=None
    ),
    "article of an uncertain day": make_article(published="2022-03-02~"),
    "article of one of two days": make_article(published="[2022-03-02,2022-03-03]"),
    "article of one of two years": make_article(published="[2021-12-31,2022-01-01]"),
    "article of several days": make_article(published="2022-02-24/2022-03-02"),
    "article with quotes": make_article(headline="'Fight or <i>Capitulate</i>' \"Now\" [VIDEO]"),
    "claim": CORPUS.claims["ferry-halts/c02"],
    "dataset": CORPUS,
    "dataset without a description": evolve(CORPUS, description=None),
    "subset": CORPUS.filter(where.place("Old Quay") & ~where.contains('it\'s "x"', "<i>y</i>")),
    "subset by a callable": CORPUS.filter(lambda article: article.bylines == ()),
}


def letters(text):
    """
    The letters and digits of a text, which no style takes away.
    """
    return "".join(sign for sign in unicodedata.normalize("NFC", text) if sign.isalnum())


def in_corpus(thing, style="apa"):
    """
    The reference to a thing; claims are those of the corpus.
    """
    return cite(thing, style, corpus=CORPUS if isinstance(thing, Claim) else None)


def test_apa(golden):
    """
    Everything that can be cited, in APA.
    """
    golden("apa.txt", "".join(f"{name}\n    {in_corpus(thing)}\n" for name, thing in THINGS.items()))


@pytest.mark.parametrize("style", names())
def test_every_style(style, golden):
    """
    An article with and without a headline, one of an uncertain day, a claim and the dataset, in each style.
    """
    shown = (
        "article",
        "article by several",
        "article of an unknown headline",
        "article of one of two days",
        "claim",
        "dataset",
    )
    golden(
        f"cited.{style}.txt",
        "".join(f"{name}\n    {in_corpus(THINGS[name], style)}\n" for name in shown),
    )


@pytest.mark.parametrize("style", names())
def test_every_style_tells_all(style):
    """
    In each style the dataset keeps its version, a subset its kind, a claim its id, a guessed date its doubt.
    """
    dataset, subset = cite(CORPUS, style), cite(THINGS["subset"], style)
    claim = cite(CORPUS.claims["ferry-halts/c02"], style, corpus=CORPUS)

    assert "1.0.0" in dataset
    assert "Data set" in dataset
    assert "1.0.0" in subset
    assert "subset of 2 articles" in subset
    assert "ferry-halts/c02" in claim
    assert "1.0.0" in claim
    assert cite(make_article(published="2022"), style) != cite(make_article(published="2022~"), style)
    assert "record ferry-returns]" in cite(THINGS["article of an unknown headline"], style)


@pytest.mark.parametrize("alias", ALIASES)
def test_short_names(alias):
    """
    A style's short name gives the style, and the list has the style under its own name only.
    """
    assert cite(make_article(), alias) == cite(make_article(), ALIASES[alias])
    assert ALIASES[alias] in styles()
    assert alias not in styles()


@pytest.mark.properties
@given(article=articles)
def test_a_citation_is_a_line_with_the_headline(article):
    """
    Whatever stands in an article, its citation is one line without control characters and holds the headline.
    """
    text = cite(article)

    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in text)
    assert letters(unmarked(article.headline or article.id)) in letters(text)


@pytest.mark.properties
@given(corpus=corpora())
def test_a_bibliography_has_a_line_for_each(corpus):
    """
    Each article of a corpus is listed once.
    """
    assert len(corpus) == len(bibliography(corpus).split("\n")) - (not corpus)


@pytest.mark.properties
@given(corpus=corpora(least=1))
def test_claims_are_cited_in_their_article(corpus):
    """
    A claim's reference holds its id and its article's headline.
    """
    for claim in corpus.claims.values():
        text = letters(cite(claim, corpus=corpus))
        headline = unmarked(corpus.claims.article(claim).headline or "")

        assert letters(claim.id) in text
        assert letters(headline) in text


@pytest.mark.parametrize("style", ["bibtex", "csl-json", "ris"])
def test_formats_of_references_are_styles(style):
    """
    The name of a format gives one entry of it.
    """
    article = make_article()

    assert dumps(article, style).rstrip("\r\n") == cite(article, style)


@pytest.mark.parametrize("style", ["bibtex", "csl-json", "ris"])
def test_references_to_claims(style, golden):
    """
    A claim's reference in a format names claim, article and dataset, and holds the statement.
    """
    golden(f"claim.{style}", cite(CORPUS.claims["ferry-halts/c02"], style, corpus=CORPUS) + "\n")


def test_a_dataset_keeps_its_version():
    """
    The version is in every form of the dataset's reference.
    """
    assert all("1.0.0" in cite(CORPUS, style) for style in styles())


def test_bibliographies():
    """
    Things are listed once, in the order of the style; claims know their corpus from the argument.
    """
    article = CORPUS["ferry-halts"]
    listed = [CORPUS, article, article, *article.claims]
    text = bibliography(listed, corpus=CORPUS)

    assert 4 == len(text.split("\n"))
    assert bibliography(article) == cite(article)
    assert bibliography(CORPUS.claims, corpus=CORPUS).count("Claim ferry-") == 6
    assert json.loads(bibliography(CORPUS, "csl-json")) == [
        article_item(article, CORPUS) for article in CORPUS.values()
    ]
    assert "" == bibliography([])


def test_styles_from_files(tmp_path):
    """
    A file in the Citation Style Language is a style too.
    """
    style = tmp_path / "short.csl"
    style.write_text(WITH_ENTRY, encoding="utf-8")

    assert "Rain!" == cite(make_article(headline="Rain"), style)
    assert "Rain!" == cite(make_article(headline="Rain"), str(style))
    assert "Rain!" == cite(make_article(headline="Rain"), style.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "address", ["https://example.org/styles/apa", "apa.csl", "..\\apa", "https://x/apa/"]
)
def test_dependent_styles(address, tmp_path):
    """
    A style that only names its parent is that parent: one of ours, or a file beside it, which goes first.
    """
    text = DEPENDENT.format(address)
    style = tmp_path / "journal.csl"
    style.write_text(text, encoding="utf-8")

    assert cite(make_article()) == cite(make_article(), text) == cite(make_article(), style)

    (tmp_path / "apa.csl").write_text(WITH_ENTRY, encoding="utf-8")

    assert "Rain!" == cite(make_article(headline="Rain"), style)
    assert cite(make_article()) == cite(make_article(), text)


def test_a_dependent_style_sets_the_language():
    """
    The language of a dependent style counts, unless another is asked for.
    """
    text = DEPENDENT.format("ieee").replace("<info>", "<info><link rel='self' href='x'/>")
    german = text.replace("<style ", '<style default-locale="de-DE" ')

    assert "1. März 2021" in cite(make_article(), german)
    assert cite(make_article(), german) == cite(make_article(), "ieee", locale="de-DE")
    assert cite(make_article(), german, locale="en-US") == cite(make_article(), "ieee")


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("<style/>", InvalidDocument, "style must be an element of the namespace"),
        ("<!DOCTYPE x><style/>", InvalidDocument, "bad.csl: "),
        (STYLE, Uncitable, "has no bibliography"),
    ],
)
def test_bad_styles(text, error, message, tmp_path):
    """
    A file that is no style, or has no bibliography, is refused.
    """
    style = tmp_path / "bad.csl"
    style.write_text(text, encoding="utf-8")

    with pytest.raises(error) as caught:
        cite(make_article(), style)

    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: cite(make_article(), "appa"), NoSuchStyle, "no citation style 'appa'; did you mean 'apa'"),
        (
            lambda: cite(make_article(), "zzz"),
            NoSuchStyle,
            "no citation style 'zzz'; there is 'american-medical-association', ",
        ),
        (lambda: cite(make_article(), "../styles/apa"), NoSuchStyle, "no citation style '../styles/apa'"),
        (lambda: cite(make_article(), DEPENDENT.format("appa")), NoSuchStyle, "no citation style 'appa'"),
        (lambda: cite(make_article(), "<style/>"), InvalidDocument, "<style>: style must be an element"),
        (lambda: cite(make_article(), STYLE), Uncitable, "style '<style>' has no bibliography"),
        (lambda: cite(make_article(), "none.csl"), NotRead, "none.csl was not read"),
        (lambda: cite(make_claim()), Uncitable, "claim ferry-returns/c01 cannot be cited: it does not know"),
        (lambda: cite(make_claim(id="rain/c01"), corpus=CORPUS), NoSuchClaim, "no claim 'rain/c01'"),
        (
            lambda: cite(make_claim(stance="denies"), corpus=CORPUS),
            Uncitable,
            "a different claim under this id",
        ),
        (lambda: cite(make_article(id="rain"), corpus=CORPUS), NoSuchArticle, "no article 'rain'"),
        (
            lambda: cite(make_article(headline="Otherwise"), corpus=CORPUS),
            Uncitable,
            "a different article under this id",
        ),
        (lambda: cite(CORPUS, locale=""), InvalidValue, "locale must look like 'en-GB', got ''"),
        (lambda: cite(CORPUS, locale=5), InvalidValue, "locale must look like 'en-GB', got '5'"),
        (lambda: cite(Corpus.of([])), Uncitable, "corpus cannot be cited: it is of no dataset"),
        (lambda: cite("ferry-halts"), InvalidValue, "thing to cite must be an article, a claim or a corpus"),
        (lambda: bibliography(["ferry-halts"]), InvalidValue, "thing to cite must be"),
    ],
)
def test_what_cannot_be_cited(call, error, message):
    """
    Unknown styles and things that cannot be cited are refused, with what would help.
    """
    with pytest.raises(error) as caught:
        call()

    assert str(caught.value).startswith(message) or message in str(caught.value)


def test_languages():
    """
    A language without terms of its own is answered in the one it falls back on.
    """
    assert cite(make_article()) == cite(make_article(), locale="en-NZ")
    assert cite(make_article(), locale="de-DE") == cite(make_article(), locale="de-AT")
    assert cite(make_article(), locale="de-DE") == cite(make_article(), locale="de_DE")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "de-DE",
            "Lind, A. (2021) „Ferry“, The Harbour Gazette, 1 März. Verfügbar ",
        ),
        ("en-GB", "Lind, A. (2021) ‘Ferry’, The Harbour Gazette, 1 March. Available at: https://x.example."),
        ("en-US", "Lind, A. (2021) “Ferry,” The Harbour Gazette, 1 March. Available at: https://x.example."),
        ("es-ES", "Lind, A. (2021) «Ferry», The Harbour Gazette, 1 marzo. Disponible en: https://x.example."),
        (
            "fr-FR",
            "Lind, A. (2021) «\xa0Ferry\xa0», The Harbour Gazette, 1 mars. Disponible sur: https://x.example.",
        ),
        ("pl-PL", "Lind, A. (2021) „Ferry”, The Harbour Gazette, 1 marca. Dostępne na: https://x.example."),
        (
            "uk-UA",
            "Lind, A. (2021) «Ferry», The Harbour Gazette, 1 березня. Доступно за адресою: https://x.example.",
        ),
    ],
)
def test_languages_that_ship(language, expected):
    """
    Months, words and quotation marks are those of the language asked for.
    """
    article = make_article(headline="Ferry", url="https://x.example")

    assert cite(article, "harvard", locale=language).startswith(expected)


LANGUAGES = {
    "de-DE": ("unbekannt; Eintrag", "Datensatz; Teilmenge mit 2 Artikeln: tiny"),
    "en-GB": ("unknown; record", "Data set; subset of 2 articles: tiny"),
    "en-US": ("unknown; record", "Data set; subset of 2 articles: tiny"),
    "es-ES": (
        "desconocido; registro",
        "Conjunto de datos; subconjunto de 2 artículos: tiny",
    ),
    "fr-FR": (
        "inconnu; notice",
        "Jeu de données; sous-ensemble de 2 articles: tiny",
    ),
    "pl-PL": (
        "nieznany; rekord",
        "Zbiór danych; podzbiór (liczba artykułów: 2): tiny",
    ),
    "uk-UA": (
        "невідомий; запис",
        "Набір даних; підмножина (кількість статей: 2): tiny",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", names())
def test_every_style_tells_all_in_every_language(style, language):
    """
    Descriptions are in the style's language; ids, version, doubt and selection are there all the same.
    """
    unknown, kind = LANGUAGES[language]
    claim = cite(CORPUS.claims["ferry-halts/c02"], style, corpus=CORPUS, locale=language)
    subset = cite(THINGS["subset"], style, locale=language)
    certain, doubtful = (
        cite(make_article(published=date), style, locale=language) for date in ("2022", "2022~")
    )

    assert f"{unknown} ferry-returns]" in cite(
        THINGS["article of an unknown headline"], style, locale=language
    )
    assert 1 == cite(CORPUS, style, locale=language).count("1.0.0")
    assert "ferry-halts/c02" in claim
    assert "1.0.0)" in claim
    assert kind in subset
    assert THINGS["subset"] == reproduce(subset, dataset=CORPUS)
    assert certain != doubtful


def test_every_language_has_words():
    """
    Each language whose terms ship has descriptions of ours too, a subset of one article among them.
    """
    one = CORPUS.filter(where.id("ferry-halts"))
    shown = [cite(one, locale=language) for language in LANGUAGES]

    assert {language.partition("-")[0] for language in LANGUAGES} == set(WORDINGS)
    assert all("(Version 1.0.0) [Datensatz; Teilmenge mit 1 Artikel: " in text for text in shown[:1])
    assert all(one == reproduce(text, dataset=CORPUS) for text in shown)


def test_printed_selections_can_be_read_back():
    """
    The predicate in a subset's reference is code that gives the same subset.
    """
    selection = where.place("Old Quay") & ~where.contains('it\'s "x"', "<i>y</i>", "a\u202eb\n", "\\")

    assert selection == where.parse(printed_selection(selection))
    assert printed_selection(CORPUS.filter(where.place("Old Quay")).selection) in cite(THINGS["subset"])


def test_subsets_are_told_by_their_records():
    """
    A corpus of other records than its dataset's is a subset, even if nobody knows how it was selected.
    """
    part = Corpus.of([CORPUS["ferry-halts"]], pin=CORPUS.pin)

    assert is_subset(part)
    assert f"subset of 1 article: {part.digest}]" in cite(part)
    assert not is_subset(Corpus.of([CORPUS["ferry-halts"]], pin=Pin("tiny", "1.0.0")))


def test_a_dataset_may_say_where_it_is():
    """
    URL and keywords of a dataset's description are in its reference.
    """
    description = Description(
        name="tiny",
        title="Ferries <b>\n",
        description="x",
        licence="CC-BY-4.0",
        creators=("A & B",),
        keywords=("ferry", "news"),
        released="2021-04~",
        url="https://example.org/a b",
    )
    item = json.loads(cite(evolve(CORPUS, description=description), "csl-json"))[0]

    assert "https://example.org/a%20b" == item["URL"]
    assert "ferry; news" == item["keyword"]
    assert "2021-04~" == item["custom"]["issued"]
    assert "A & B. (ca. 2021). Ferries <b> (Version 1.0.0)" in cite(evolve(CORPUS, description=description))


@pytest.mark.parametrize("style", [None, 5, b"apa"])
def test_a_style_is_named_or_given(style):
    """
    What can be no style is an error of ours.
    """
    for call in (cite, bibliography):
        with pytest.raises(InvalidValue, match="style must be"):
            call(CORPUS, style)


@pytest.mark.parametrize("things", [None, 5, "apa"])
def test_what_is_listed_is_several(things):
    """
    A bibliography is of several things.
    """
    with pytest.raises(InvalidValue, match="what to list must be"):
        bibliography(things)


def test_the_corpus_of_a_claim_is_a_corpus():
    """
    Anything else in its place is an error of ours.
    """
    with pytest.raises(InvalidValue, match="corpus must be"):
        cite(CORPUS.claims["ferry-returns/c01"], corpus=5)


def test_a_mistyped_address_is_answered_with_the_nearest():
    """
    Of an address the last part is compared.
    """
    with pytest.raises(NoSuchStyle, match="did you mean 'apa'"):
        cite(CORPUS, "http://www.zotero.org/styles/apaa")
