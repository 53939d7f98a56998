"""
Sources of texts: what each gives, one by one and in the same order, and what none of them gives.
"""

from __future__ import annotations

import gzip
import inspect
import json
import pickle
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts.containers import HALTS, RETURNS

from dateline.errors import InvalidValue, NotRead
from dateline.texts.findings import Limits, TextCopy, Unread
from dateline.texts.sources import copies


@pytest.fixture
def here(tmp_path, monkeypatch):
    """
    A folder to stand in, so that origins are short.
    """
    monkeypatch.chdir(tmp_path)

    return tmp_path


def told(source, **options):
    """
    What a source gives, as pairs of place and content or problem.
    """
    return [
        (found.origin, found.data if isinstance(found, TextCopy) else found.problem)
        for found in copies(source, **options)
    ]


def test_a_folder_gives_its_files_by_name(here):
    """
    The files of a folder and of the folders in it come by name, each with its path as the caller began it.
    """
    (here / "my-copies/b").mkdir(parents=True)
    (here / "my-copies/c.txt").write_text("C")
    (here / "my-copies/b/z.txt").write_text("Z")
    (here / "my-copies/a.txt").write_text("A")

    expected = [("my-copies/a.txt", b"A"), ("my-copies/b/z.txt", b"Z"), ("my-copies/c.txt", b"C")]
    for source in ("my-copies", "my-copies/", Path("my-copies")):
        assert expected == told(source)


def test_a_file_gives_its_bytes(here):
    """
    A file of plain text comes as the bytes that it is made of, whatever it is called.
    """
    data = ("\ufeff" + RETURNS.replace("\n", "\r\n")).encode()
    (here / "copy.dat").write_bytes(data)

    assert [TextCopy(origin="copy.dat", data=data)] == list(copies("copy.dat"))


def test_several_places_come_in_the_order_given(here):
    """
    Of several files and folders each gives what it gives alone, in the caller's order.
    """
    (here / "folder").mkdir()
    for name in ("b", "a", "folder/c"):
        (here / name).write_text(name)

    assert [("b", b"b"), ("folder/c", b"folder/c"), ("a", b"a")] == told(iter(["b", Path("folder"), "a"]))


def test_what_is_no_path_among_several_is_told(here):
    """
    Something in a list of files that is no path is told, and the rest is read.
    """
    (here / "a").write_text("A")

    assert [("source[0]", "must be a path, got NoneType"), ("a", b"A")] == told([None, "a"])


def test_texts_by_id_know_the_id(here):
    """
    A text that was handed over under an id carries that id; strings are texts, and paths lead to files.
    """
    (here / "halts.txt").write_text(HALTS)
    source = {"ferry-returns": RETURNS, "bytes": RETURNS.encode(), "ferry-halts": Path("halts.txt")}

    assert [
        TextCopy(origin="ferry-returns", data=RETURNS, article="ferry-returns"),
        TextCopy(origin="bytes", data=RETURNS.encode(), article="bytes"),
        TextCopy(origin="halts.txt", data=HALTS.encode(), article="ferry-halts"),
    ] == list(copies(source))


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", "must hold a text, but it is blank"),
        (b" \n", "must hold a text, but it is blank"),
        (None, "must be a text, bytes or a path, got NoneType"),
        (float("nan"), "must be a text, bytes or a path, got float"),
        ("a\ud800", "must be a text, but there is a lone surrogate in it"),
        (b"a\xff", "must be UTF-8, but byte 1 is 0xff; if you know its encoding, tell it"),
        ("x" * 101, "must have at most 100 bytes or characters, got 101"),
    ],
)
def test_no_text_under_an_id_is_told(value, problem):
    """
    What stands under an id and is no text is told with the id and the reason.
    """
    assert [Unread("an-id", problem)] == list(copies({"an-id": value}, limits=Limits(text=100)))


def test_an_unreadable_file_under_an_id_is_told(here):
    """
    A path under an id that leads nowhere is told with the path.
    """
    assert [("gone.txt", "must be a file that can be read: no such file or directory")] == told(
        {"ferry-halts": Path("gone.txt")}
    )


def test_a_name_that_is_not_there_is_an_error(here):
    """
    The one file or folder that was named must be there, and that is known before the first copy is asked for.
    """
    with pytest.raises(NotRead, match=r"typo was not read: No such file"):
        copies("typo")
    with pytest.raises(NotRead, match="null"):
        copies("a\0b")
    with pytest.raises(NotRead, match="a name of 0 characters was not read: No such file"):
        copies("")


def test_a_missing_file_among_several_is_told(here):
    """
    One of several files that is not there is told, and the others are read.
    """
    (here / "a").write_text("A")

    assert [
        ("typo", "must be a file that can be read: no such file or directory"),
        ("a", b"A"),
    ] == told(["typo", "a"])


@pytest.mark.parametrize("source", [b"a.txt", 3, None])
def test_a_source_is_a_place_or_several_or_a_mapping(source):
    """
    Anything else as a source is refused at once.
    """
    with pytest.raises(InvalidValue, match="source of texts must be a path"):
        copies(source)


@pytest.mark.parametrize("encoding", ["cp9999", "hex", "undefined", "a\0b"])
def test_an_encoding_must_be_known(encoding):
    """
    An encoding that Python does not know, or that is none of text, is refused at once.
    """
    with pytest.raises(InvalidValue, match="encoding must be one that Python knows"):
        copies({}, encoding=encoding)


def test_a_text_in_the_place_of_a_path_is_not_repeated():
    """
    A text that was handed over as a path or an encoding is told by its length, in the error and its causes.
    """
    for ask in (
        lambda: copies(RETURNS),
        lambda: copies({}, encoding=RETURNS),
        lambda: copies(RETURNS.encode()),
    ):
        with pytest.raises((NotRead, InvalidValue)) as caught:
            ask()

        message = "".join(traceback.format_exception(caught.value, limit=0)) + repr(caught.value)
        assert "Old Quay" not in message


@pytest.mark.parametrize(
    "source",
    [[RETURNS], [RETURNS.encode()], [{"text": RETURNS}], {RETURNS: "an-id"}, {RETURNS.encode(): None}],
    ids=["list", "bytes", "mapping in a list", "exchanged", "bytes exchanged"],
)
def test_a_text_in_the_place_of_a_name_is_not_repeated(source):
    """
    A text where a path or an id should be is no part of what is told about it.
    """
    [found] = copies(source)

    assert "Ferry" not in f"{found} {found.origin}"


@pytest.mark.parametrize(
    "name", ["x" * 256, "a\nb", "a\rb"], ids=["long", "of two lines", "with a carriage return"]
)
def test_what_can_be_no_name_is_told_by_its_length(name):
    """
    A name that is longer than names are, or has several lines, is told by its length; others as they are.
    """
    assert f"a name of {len(name)} characters" == next(copies([name])).origin
    assert "x" * 255 == next(copies(["x" * 255])).origin


def test_duplicates_are_two_copies(here):
    """
    The same text in two files is two copies: whether that matters is for others to say.
    """
    for name in ("a", "b"):
        (here / name).write_text(RETURNS)

    assert [("./a", RETURNS.encode()), ("./b", RETURNS.encode())] == told(".")


def test_copies_come_one_by_one(here):
    """
    No file is opened before its copy is asked for.
    """
    for name in ("a", "b"):
        (here / name).write_text(name)
    found = copies(".")

    assert inspect.isgenerator(found)
    assert b"a" == next(found).data
    (here / "b").write_text("changed")
    assert b"changed" == next(found).data


def test_files_are_closed_when_the_reading_stops(here):
    """
    Whoever stops early leaves no file open; pytest would report it.
    """
    (here / "a.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
    found = copies(".")
    next(found)
    found.close()


@pytest.mark.parametrize("name", ["a.txt.gz", "whatever"])
def test_a_packed_text_is_a_text(here, name):
    """
    Plain text packed by gzip is read as well, of however many members.
    """
    (here / name).write_bytes(gzip.compress(b"One. ", mtime=0) + gzip.compress(b"Two.", mtime=0))

    assert [(name, b"One. Two.")] == told(name)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "must hold a text, but it is empty"),
        (b" \n\t\r\n", "must hold a text, but it is blank"),
        (b"\xef\xbb\xbf", "must hold a text, but it is blank"),
        (b"\x89PNG\r\n\x1a\n\0\0", "must be a text, but byte 8 is NUL, as in binary files"),
        (b"text\0text", "must be a text, but character 4 is NUL, as in binary files"),
        (
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
            "must be UTF-8, but byte 10 is 0xe2; if you know its encoding, tell it",
        ),
        ("Café".encode("cp1252"), "must be UTF-8, but byte 3 is 0xe9; if you know its encoding, tell it"),
        ("Café".encode("utf-16-le"), "must be a text, but byte 1 is NUL, as in binary files"),
        ("Café".encode("utf-32"), "must be a text, but character 0 is NUL, as in binary files"),
        ("Café".encode("utf-16")[:-1], "must be UTF-8 or utf-16, but byte 8 is neither"),
        (gzip.compress(b"", mtime=0), "must hold a text, but it is empty once unpacked"),
        (gzip.compress(b"\0", mtime=0), "must be a text, but character 0 is NUL, as in binary files"),
        (
            gzip.compress(gzip.compress(b"a", mtime=0), mtime=0),
            "must be packed once, but there is a gzip file inside the gzip file",
        ),
        (
            gzip.compress(b"PK\x03\x04", mtime=0),
            "must be packed once, but there is a zip file inside the gzip file",
        ),
    ],
)
def test_what_is_no_text_is_told(here, data, problem):
    """
    A file that is empty, binary, or in an encoding that nobody told is told with the reason.
    """
    (here / "file").write_bytes(data)

    assert [Unread("file", problem)] == list(copies("file"))


@pytest.mark.properties
@given(
    st.sampled_from([b"", b"\x1f\x8b\x08\0", b"PK\x03\x04", b"WARC/1.1\r\n", b'{"', b'[{"', b"<html>"]),
    st.binary(),
)
def test_whatever_a_file_holds_is_read_or_told(tmp_path_factory, beginning, rest):
    """
    Any bytes give findings, in each of which a text or a problem stands, and never an error.
    """
    pytest.importorskip("fastwarc", reason="the extra html is not installed")
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(beginning + rest)
    found = list(copies(path))

    assert found
    assert all(getattr(each, "data", None) or each.problem for each in found)


@pytest.mark.parametrize("cut", [5, 12, -9, -4])
def test_a_truncated_gzip_file_is_told(here, cut):
    """
    A packed file that breaks off gives no text, wherever it breaks off.
    """
    (here / "a.txt.gz").write_bytes(gzip.compress(RETURNS.encode())[:cut])
    [(origin, problem)] = told("a.txt.gz")

    assert "a.txt.gz" == origin
    assert problem.startswith("must be a whole file, but it is damaged or cut short: ")


def test_a_gzip_bomb_is_not_unpacked(here):
    """
    A packed file that unpacks to more than a text may have is told, long before it is unpacked.
    """
    (here / "bomb.gz").write_bytes(gzip.compress(b"a" * 50_000_000))

    assert [("bomb.gz", "must have at most 1,000,000 bytes as a text, got more")] == told(
        "bomb.gz", limits=Limits(text=1_000_000)
    )


def test_a_bomb_of_lines_is_not_unpacked(here):
    """
    Packed JSON Lines are read until they have given what their size allows, and then told.
    """
    line = json.dumps({"text": "a" * 1_000}).encode() + b"\n"
    data = gzip.compress(line * 10_000)
    (here / "bomb.jsonl.gz").write_bytes(data)
    found = told("bomb.jsonl.gz", limits=Limits(text=2_000, ratio=10))

    assert ("bomb.jsonl.gz", f"must unpack to at most {10 * len(data):,} bytes in all, got more") == found[-1]
    assert len(found) <= 1 + 10 * len(data) / len(line)


def test_utf_16_is_known_by_its_mark(here):
    """
    A text in UTF-16 with its byte order mark comes decoded.
    """
    for name, mark, encoding in (("le", "\ufeff", "utf-16-le"), ("be", "\ufeff", "utf-16-be")):
        (here / name).write_bytes((mark + "Café").encode(encoding))

    assert [("./be", "Café"), ("./le", "Café")] == told(".")


def test_another_encoding_must_be_told(here):
    """
    What is not UTF-8 is read in the encoding that the caller tells, and what is UTF-8 is left as it is.
    """
    (here / "old").write_bytes("“Café”".encode("cp1252"))
    (here / "new").write_text("“Café”", encoding="utf-8")

    assert [("old", "“Café”"), ("new", "“Café”".encode())] == told(["old", "new"], encoding="cp1252")


def test_a_wrong_encoding_is_told(here):
    """
    What the encoding that was told does not fit either is told with the place.
    """
    (here / "file").write_bytes(b"abc\x81")
    (here / "nul").write_bytes(b"abc\xe9\0")

    assert [
        ("file", "must be UTF-8 or cp1252, but byte 3 is neither"),
        ("nul", "must be a text, but character 4 is NUL, as in binary files"),
    ] == told(["file", "nul"], encoding="cp1252")


@pytest.mark.parametrize("encoding", ["unicode_escape", "raw_unicode_escape"])
def test_an_encoding_that_gives_no_text_is_told(here, encoding):
    """
    What a told encoding makes of a file is no text if it holds a lone surrogate, which no file can hold.
    """
    (here / "file").write_bytes(b"caf\xe9 \\ud800")

    assert [("file", f"must be UTF-8 or {encoding}, but there is a lone surrogate in it")] == told(
        "file", encoding=encoding
    )


def test_texts_need_no_extra():
    """
    Reading texts imports nothing of the extra, which is there for pages and archives only.
    """
    code = (
        "import sys; from dateline.texts.sources import copies; list(copies({'a': 'b'}));"
        " print({'trafilatura', 'fastwarc', 'lxml'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "set()" == run.stdout.strip()


def test_findings_are_values():
    """
    Findings are equal by their fields, and survive pickling.
    """
    for found in (TextCopy(origin="a", data=b"b"), Unread("a", "must be a text"), Limits(text=3)):
        assert found == pickle.loads(pickle.dumps(found))  # noqa: S301


def test_a_finding_prints_without_the_text():
    """
    The text is in no repr: it may be in copyright, and reprs end in logs.
    """
    assert "<TextCopy 'a.txt' (6 bytes)>" == repr(TextCopy(origin="a.txt", data=b"secret"))
    assert "a.txt must hold a text, but it is empty" == str(
        Unread("a.txt", "must hold a text, but it is empty")
    )


@pytest.mark.parametrize("name", ["text", "archive", "ratio", "files", "depth"])
@pytest.mark.parametrize("value", [0, 1.5, True])
def test_limits_are_numbers(name, value):
    """
    A limit is a whole number of at least one.
    """
    with pytest.raises(InvalidValue, match=f"limit {name} must be a whole number"):
        Limits(**{name: value})
