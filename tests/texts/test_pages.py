"""
HTML pages: one text a page, decoded as it is declared, and slow pages refused.
"""

from __future__ import annotations

import builtins
import gzip

import pytest
from texts.containers import HALTS, RETURNS, page

from dateline.errors import MissingExtra
from dateline.spans import loose
from dateline.texts.decoding import page_text
from dateline.texts.findings import TextCopy, Unread
from dateline.texts.sources import copies


@pytest.fixture
def here(tmp_path, monkeypatch):
    """
    A folder to stand in, so that origins are short.
    """
    monkeypatch.chdir(tmp_path)

    return tmp_path


@pytest.fixture
def extra():
    """
    The extra that reads pages.
    """
    pytest.importorskip("trafilatura", reason="the extra html is not installed")


@pytest.fixture
def without_extra(monkeypatch):
    """
    As if the extra that reads pages and archives were not installed.
    """
    real = builtins.__import__

    def importing(name, *arguments, **options):
        if name.partition(".")[0] in ("trafilatura", "fastwarc"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", importing)


def text_in(data, name="page"):
    """
    The text of a page in a file.
    """
    with open(name, "wb") as file:  # noqa: PTH123 - in the folder that the test stands in
        file.write(data)
    [found] = copies(name)

    return found.data if isinstance(found, TextCopy) else found.problem


BEGINNINGS = [
    "",
    "\n\n ",
    "<!-- saved from a browser -->\n",
    "<?xml version='1.0' encoding='utf-8'?>\n<!-- one --> <!-- two -->",
]


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_page_is_known_by_its_beginning(here, beginning, pack):
    """
    A page gives its text without what stands around it, whatever its file is called, packed or not.
    """
    data = (beginning + page(RETURNS, around="<nav><a href='/'>Subscribe to us</a></nav>")).encode()
    text = text_in(pack(data), "copy.txt")

    assert loose(RETURNS).text == loose(text).text


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml"])
def test_a_page_is_known_by_its_name(here, name):
    """
    A page that begins in another way is known by the ending of its name.
    """
    data = page(RETURNS).partition("<body>")[2].encode()

    assert loose(RETURNS).text in loose(text_in(data, name)).text


def test_a_mark_is_no_page(here):
    """
    Text about pages, and XML of other kinds, is plain text.
    """
    for number, data in enumerate(
        (b"<htmlx>", b"<?xml version='1.0'?><doc/>", b"a <html>", b"<!---->" * 500)
    ):
        (here / str(number)).write_bytes(data)

        assert [TextCopy(origin=str(number), data=data)] == list(copies(str(number)))


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<html><body></body></html>", "must be an HTML page with a text, but none was found in it"),
        (b"<html><script>var a = 1</script>", "must be an HTML page with a text, but none was found in it"),
        (b"<html>" + b"<div>" * 30_000, "must be an HTML page of at most 30,000 tags, got 30,001"),
        (
            b"<html><p>" + b"<b>a</b> <WBR/>" * 2_001,
            "must be an HTML page of at most 4,000 tags such as <b>, got 4,002",
        ),
        (
            b"<html><p " + b" ".join(b"a%d=1" % number for number in range(201)) + b">",
            "must be an HTML page of at most 200 attributes in a tag, got more",
        ),
        (
            b"<html><p " + b"a='>' b " * 300 + b">",
            "must be an HTML page of at most 200 attributes in a tag, got more",
        ),
        (
            ("<html><p>a" + "\u0301\u0323<br>" * 10_001).encode(),
            "must be an HTML page of at most 20,000 combining marks, got 20,002",
        ),
        (
            b"<html><p>a" + b"&#769;&#x323;" * 10_001,
            "must be an HTML page of at most 20,000 combining marks, got 20,002",
        ),
    ],
)
def test_a_page_without_a_text_is_told(here, data, problem):
    """
    A page in which no text is found, or that is made to be slow, is told with the reason.
    """
    assert problem == text_in(data)


@pytest.mark.usefixtures("extra")
def test_a_large_page_is_read(here):
    """
    A page with as many paragraphs, links and words in bold type as the largest pages of news is read.
    """
    around = "<div><p>Read <a href='/'>more</a></p></div>" * 2_000 + "<p>" + "<b>a</b> " * 2_000 + "</p>"
    data = page(RETURNS, around=f"<nav>{around}</nav>").encode()

    assert loose(RETURNS).text in loose(text_in(data)).text


@pytest.mark.usefixtures("extra")
def test_a_page_may_have_many_foreign_letters(here):
    """
    A long page in another script is read, whatever number of characters in it is not ASCII.
    """
    data = page("Паром\n" + "Паром снова отплыл в понедельник.\n" * 2_000)

    assert 60_000 < len(text_in(data.encode()))


@pytest.mark.usefixtures("extra")
def test_long_attributes_are_no_harm(here):
    """
    A picture inside a tag, or a tag without an end, is no reason to refuse a page.
    """
    picture = f"<img alt='{'a = b ' * 1_000}' src=\"data:{'A' * 100_000}\" data-x={'y' * 300}>"
    data = page(HALTS, around=picture) + "<p title='" + "a=1 " * 1_000

    assert loose(HALTS).text in loose(text_in(data.encode())).text


@pytest.mark.usefixtures("without_extra")
def test_a_page_that_was_named_needs_the_extra(here):
    """
    Without the extra, a page that was named is an error, which names the page and the line that installs it.
    """
    (here / "a.html").write_text(page(RETURNS))

    with pytest.raises(MissingExtra, match=r"a\.html, an HTML page, needs .* pip install 'dateline\[html\]'"):
        list(copies(["a.html"]))


@pytest.mark.usefixtures("without_extra")
def test_a_page_in_a_folder_is_told_without_the_extra(here):
    """
    Without the extra, pages and archives in a folder are told with that line, and texts beside them are read.
    """
    (here / "a.html").write_text(page(RETURNS))
    (here / "b.txt").write_text("B")
    (here / "c.warc").write_bytes(b"WARC/1.1\r\n")

    assert [
        Unread("./a.html", "./a.html, an HTML page, needs the extra 'html': pip install 'dateline[html]'"),
        TextCopy(origin="./b.txt", data=b"B"),
        Unread("./c.warc", "./c.warc, a web archive, needs the extra 'html': pip install 'dateline[html]'"),
    ] == list(copies("."))


CAFE = "<html><head>{}</head>“Café” — naïve"


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (CAFE.format("").encode(), None),
        (CAFE.format("").encode("cp1252"), None),
        (CAFE.format("").encode("utf-16"), "utf-8"),
        (("\ufeff" + CAFE.format("")).encode("utf-16-be"), None),
        (CAFE.format("<meta charset=cp1251>").encode("utf-8-sig"), "cp1252"),
        (CAFE.format("<meta charset='utf-8'>").encode("cp1252"), "Windows-1252"),
        (CAFE.format("<meta charset='iso-8859-1'>").encode("cp1252"), None),
        (
            CAFE.format("<META http-equiv=Content-Type content='text/html; charset=latin1'>").encode(
                "cp1252"
            ),
            None,
        ),
        ((f"<?xml version='1.0' encoding='cp1252'?>{CAFE.format('')}").encode("cp1252"), None),
        (CAFE.format("<meta charset=unicode_escape>").encode(), "hex"),
        (CAFE.format("<meta charset=utf-16>").encode(), "nonsense\0"),
        (b" " * 2_000 + CAFE.format("<meta charset=koi8-r>").encode(), None),
    ],
)
def test_a_page_is_decoded_as_it_is_declared(data, charset):
    """
    Mark, server, page, UTF-8, Windows-1252: the first that says something known decides.
    """
    assert page_text(data, charset).endswith("“Café” — naïve")


def test_what_does_not_fit_is_replaced():
    """
    A page with a few wrong bytes is still a page.
    """
    assert "a\ufffdb" == page_text(b"a\xffb", "utf-8")
    assert "a\ufffdb" == page_text(b"a\x81b")
    assert "\ufeff\ufffd".lstrip("\ufeff") == page_text(b"\xef\xbb\xbf\xff")
    assert "\ufffd" == page_text(b"\xff\xfea")
