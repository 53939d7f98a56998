"""
Formats that other installed packages announce.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dateline
from dateline.errors import BrokenFormat, InvalidValue, NoSuchFormat
from dateline.formats import FORMATS, installed
from dateline.formats.finding import of_file
from dateline.formats.losses import Fate
from dateline.testing import tiny_corpus


ROOT = Path(__file__).resolve().parents[2]

#: A format that counts, as another package would add it.
CODE = """
from dateline import Corpus
from dateline.formats import Format
from dateline.formats.finding import of_file
from dateline.formats.losses import Fate

print("loaded")

COUNT = Format(
    name="count",
    suffixes=(".count", ".count.json"),
    media_type="text/plain",
    holds="the number of articles",
    losses=lambda: {"article.id": (Fate.COARSENED, "their number")},
    write=lambda corpus: f"{len(corpus)}\\n",
    read=lambda data, file: Corpus.of([]),
)
NONE = Format(name="none", media_type="text/plain", holds="nothing", losses=dict)
"""

POINTS = """[dateline.formats]
count = counting:COUNT
.count = counting:COUNT
.count.json = counting:COUNT
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """
    Puts a package with entry points in a place that Python imports from.
    """
    place = tmp_path / "site"
    place.mkdir()
    monkeypatch.setattr(sys, "path", [str(place), *sys.path])
    monkeypatch.delitem(sys.modules, "counting", raising=False)

    def install_(points, package="counting-things", code=CODE):
        (place / "counting.py").write_text(code, encoding="utf-8")
        about = place / f"{package.replace('-', '_')}-1.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Name: {package}\nVersion: 1\n", encoding="utf-8")
        (about / "entry_points.txt").write_text(points, encoding="utf-8")

    yield install_
    sys.modules.pop("counting", None)


def test_an_announced_format_works_like_ours(install, tmp_path, capsys):
    """
    A format of another package is written, read and reported on by its name and by its suffixes.
    """
    install(POINTS)
    corpus = tiny_corpus()
    dateline.dump(corpus, tmp_path / "a.count")
    dateline.dump(corpus, tmp_path / "a.COUNT.json")

    assert "2\n" == dateline.dumps(corpus, "count") == (tmp_path / "a.count").read_text()
    assert "2\n" == (tmp_path / "a.COUNT.json").read_text()
    assert 0 == len(dateline.read(tmp_path / "a.count"))
    assert 0 == len(dateline.reads("2", "count"))
    assert (Fate.COARSENED, "their number") == dateline.losses("count")["article.id"]
    assert "loaded\n" == capsys.readouterr().out


def test_code_of_others_runs_only_when_asked_for(install, tmp_path, capsys):
    """
    Formats of ours, unknown ones and the lists of what there is run no code of another package.
    """
    install(POINTS)
    dateline.dump(tiny_corpus(), tmp_path / "a.b.json")
    for wanted in ("counts", "parkett"):
        with pytest.raises(NoSuchFormat):
            dateline.dumps(tiny_corpus(), wanted)

    assert ("count",) == installed.names()
    assert (".count", ".count.json") == installed.suffixes()
    assert "" == capsys.readouterr().out
    assert "counting" not in sys.modules


def test_announced_names_and_suffixes_are_suggested(install):
    """
    Whoever mistypes the name or suffix of an announced format is told it.
    """
    install(POINTS)
    with pytest.raises(NoSuchFormat, match=r"did you mean 'count'"):
        dateline.dumps(tiny_corpus(), "counts")
    with pytest.raises(NoSuchFormat, match=r"did you mean '\.count'"):
        dateline.dump(tiny_corpus(), "a.cuont")


@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_our_own_names_are_not_replaced(install, name, capsys):
    """
    A package that announces a name or a suffix of ours is not asked.
    """
    install(f"[dateline.formats]\n{name} = counting:COUNT\n.{name} = counting:COUNT\n")
    before = dateline.dumps(tiny_corpus(), name)

    assert before != "2\n"
    assert FORMATS.get(name, FORMATS["csv-articles"]) is of_file(f"a.b.{name}")
    assert "" == capsys.readouterr().out


@pytest.mark.parametrize(
    ("points", "wanted", "problem"),
    [
        ("x = counting:NOWHERE", "x", "AttributeError: module 'counting' has no attribute 'NOWHERE'"),
        ("x = nowhere:X", "x", "ModuleNotFoundError: No module named 'nowhere'"),
        ("x = counting:CODE", "x", "str is no dateline.formats.Format"),
        ("x = counting:COUNT", "x", "it is the format 'count', which does not go by that name"),
        ("none = counting:NONE", "none", "it must have one of write, write_bytes, write_folder"),
        (".x = counting:COUNT", ".x", "it is the format 'count', which does not go by that name"),
    ],
)
def test_a_broken_format_names_its_package(install, points, wanted, problem, tmp_path):
    """
    A package that does not give what it announces is named, with the reason.
    """
    install(f"[dateline.formats]\n{points}\n", code=f"{CODE}\nCODE = ''\n")
    with pytest.raises(BrokenFormat) as caught:
        dateline.dump(tiny_corpus(), tmp_path / f"a{wanted}", None if wanted.startswith(".") else wanted)

    expected = f"format {wanted!r} of the package 'counting-things' cannot be used: {problem}"

    assert expected == str(caught.value)


def test_two_packages_with_one_name_are_both_named(install):
    """
    A name that two packages announce is neither's.
    """
    install(POINTS)
    install(POINTS, package="counting-more")
    with pytest.raises(
        BrokenFormat, match="package 'counting-more, counting-things' cannot be used: several"
    ):
        dateline.dumps(tiny_corpus(), "count")


def test_a_format_that_is_only_written_is_not_read(install):
    """
    A format of another package that is not read is refused like one of ours.
    """
    install(POINTS, code=CODE.replace("    read=", "    # "))
    with pytest.raises(InvalidValue, match=r"format to read must be one of .*json.*, got 'count'"):
        dateline.reads("2", "count")


def test_the_example_of_the_documentation_works(install, tmp_path):
    """
    Whoever saves what the page on formats shows has a format of their own.
    """
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8").partition("## A format of your own")[2]
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)[1]
    points = re.search(r"```toml\n(.*?)```", page, re.DOTALL)[1]
    group = tomllib.loads(points)["project"]["entry-points"]["dateline.formats"]
    lines = [f"{name} = {value.replace('my_package', 'counting')}" for name, value in group.items()]
    install("\n".join(["[dateline.formats]", *lines]), code=code)
    dateline.dump(tiny_corpus(), tmp_path / "a.headlines")
    expected = "".join(f"{article.headline}\n" for article in tiny_corpus().values())

    assert expected == (tmp_path / "a.headlines").read_text() == dateline.dumps(tiny_corpus(), "headlines")
    assert "<Losses of headlines: 1 kept, 46 dropped>" == repr(dateline.losses("headlines")).split("\n")[0]


def test_points_without_a_package_are_listed(monkeypatch):
    """
    An entry point that knows no package is listed under a question mark.
    """

    class Point:
        """
        An entry point without a distribution.
        """

        name = "x"
        dist = None

    monkeypatch.setattr(installed, "_points", lambda: [Point()])

    assert {"x": "?"} == installed.packages()


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import dateline", ["attrs", "dateline.formats", "importlib.metadata"]),
        (
            "import dateline; dateline.dumps(dateline.testing.tiny_corpus(), 'bibtex')",
            ["dateline.formats.ris", "dateline.formats.jsonl", "dateline.formats.csv_", "importlib.metadata"],
        ),
    ],
)
def test_only_what_is_used_is_imported(code, absent):
    """
    Importing the package imports no format, and writing one imports no other.
    """
    asked = f"{code}\nimport sys\nprint([name for name in {absent!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert "[]\n" == done.stdout
