"""
Web archives: the pages in them, and no more of what is packed in them than may be.
"""

from __future__ import annotations

import gzip
import struct
import zipfile
import zlib

import pytest
from texts.containers import CRAWL, HALTS, RETURNS, page, record, wacz, warc_record

from dateline.spans import loose
from dateline.texts.findings import Limits, TextCopy, Unread
from dateline.texts.sources import copies


pytest.importorskip("fastwarc", reason="the extra html is not installed")
pytest.importorskip("trafilatura", reason="the extra html is not installed")

URL = "https://gazette.example/ferry"
PAGE = page(RETURNS).encode()
ADDRESSES = ["https://gazette.example/ferry-returns", "https://gazette.example/ferry-halts"]


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """
    A folder to stand in, so that origins are short.
    """
    monkeypatch.chdir(tmp_path)

    return tmp_path


def found_in(data, name="crawl.warc", **options):
    """
    What a file with these bytes gives.
    """
    with open(name, "wb") as file:  # noqa: PTH123 - in the folder that the test stands in
        file.write(data)

    return list(copies(name, **options))


def problems(findings):
    """
    The places and problems of what was not read; the rest must be copies of the invented text.
    """
    for found in findings:
        assert isinstance(found, Unread) or loose(RETURNS).text == loose(found.data).text

    return [(found.origin, found.problem) for found in findings if isinstance(found, Unread)]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz", "whatever"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_warc_gives_its_pages(name, pack):
    """
    Of a WARC file each HTML page that was answered with 200 gives a text, with its address, packed or not.
    """
    found = found_in(pack(CRAWL), name)

    assert [f"{name}: {url}" for url in ADDRESSES] == [each.origin for each in found]
    assert ADDRESSES == [each.url for each in found]
    assert [loose(text).text for text in (RETURNS, HALTS)] == [loose(each.data).text for each in found]


def test_records_may_be_packed_each():
    """
    A WARC file of which each record is packed alone, as crawlers write it, is read to its end.
    """
    data = b"".join(gzip.compress(record(f"{URL}/{number}", PAGE)) for number in range(3))

    assert [f"{URL}/{number}" for number in range(3)] == [found.url for found in found_in(data)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_wacz_gives_the_pages_of_its_warc_files(pack):
    """
    Of a WACZ each WARC file is read, by name, whatever else is in it.
    """
    members = {"archive/b.warc.gz": pack(CRAWL), "archive/a.WARC": CRAWL, "datapackage.json": b"{}"}
    found = found_in(wacz(members, compression=zipfile.ZIP_DEFLATED), "site.wacz")

    assert [f"site.wacz: archive/{name}: {url}" for name in ("a.WARC", "b.warc.gz") for url in ADDRESSES] == [
        each.origin for each in found
    ]


def chunked(data):
    """
    Data in two chunks (RFC 9112, section 7.1).
    """
    return (
        b"".join(b"%x;ext=1\r\n%s\r\n" % (len(part), part) for part in (data[:50], data[50:])) + b"0\r\n\r\n"
    )


@pytest.mark.parametrize(
    ("headers", "payload"),
    [
        (["Content-Encoding: gzip"], gzip.compress(PAGE)),
        (["Content-Encoding: x-gzip"], gzip.compress(PAGE)),
        (["content-encoding: GZIP"], gzip.compress(PAGE)),
        (["Content-Encoding: gzip"], PAGE),
        (["Content-Encoding: deflate"], zlib.compress(PAGE)),
        (["Content-Encoding: deflate"], zlib.compress(PAGE)[2:-4]),
        *(
            ([f"Content-Encoding: {coding}"], PAGE)
            for coding in ("identity", "none", "UTF-8", "br", "zstd", "deflate", "x-unheard-of", "br, gzip")
        ),
        (["Content-Encoding: none"], b"<p>" + PAGE),
        (["Transfer-Encoding: chunked"], chunked(PAGE)),
        (["Transfer-Encoding: chunked"], PAGE),
        (["Content-Encoding: gzip", "Transfer-Encoding: chunked"], chunked(gzip.compress(PAGE))),
        (["Content-Encoding: deflate, gzip"], gzip.compress(zlib.compress(PAGE))),
    ],
)
def test_what_a_server_packed_is_unpacked(headers, payload):
    """
    Codings of HTTP are undone, last first; one that was undone before, its header left, is not missed.
    """
    [found] = found_in(record(URL, payload, headers=headers))

    assert loose(RETURNS).text == loose(found.data).text


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_newer_codings_are_undone_too(coding):
    """
    Brotli and Zstandard are undone as gzip is.
    """
    from fastwarc import stream_io  # noqa: PLC0415 - skipped without it

    with open("packed", "wb") as file:  # noqa: PTH123 - in the folder that the test stands in
        writer = (stream_io.BrotliWriter if coding == "br" else stream_io.ZstdWriter)(file)
        writer.write(PAGE)
        writer.close()
    with open("packed", "rb") as file:  # noqa: PTH123 - as above
        [found] = found_in(record(URL, file.read(), headers=[f"Content-Encoding: {coding}"]))

    assert loose(RETURNS).text == loose(found.data).text


def test_the_server_tells_the_encoding():
    """
    The encoding that the server declared holds, whatever the page says.
    """
    text = RETURNS.replace("-", "—")
    payload = page(text, head="<meta charset='utf-8'>").encode("cp1252")
    [found] = found_in(record(URL, payload, media="text/html; charset=windows-1252"))

    assert loose(text).text == loose(found.data).text


@pytest.mark.parametrize(
    ("headers", "payload", "problem"),
    [
        (
            ["Content-Encoding: gzip"],
            gzip.compress(PAGE)[:-50],
            "must be a whole file, but it is damaged or cut short: ",
        ),
        (["Content-Encoding: deflate"], b"\x78\x9c\xff\xff", "must be deflated, but it is damaged: "),
        (["Content-Encoding: deflate"], zlib.compress(PAGE)[:-50], "must be deflated, but it is cut short"),
        (
            ["Content-Encoding: deflate"],
            zlib.compress(b"a" * 100_000),
            "must have at most 50,000 bytes as a text",
        ),
        (["Content-Encoding: br"], b"\xffabc", "must be a whole file, but it is damaged or cut short: "),
        (["Content-Encoding: rot13"], b"uryyb", "must be coded in a way that is known, got 'rot13'"),
        (
            ["Transfer-Encoding: chunked"],
            b"50\r\nab",
            "must end in a chunk of no bytes, but it is damaged or cut",
        ),
        (["Transfer-Encoding: chunked"], chunked(PAGE)[:-9], "must end in a chunk of no bytes"),
        ([], b"<html>", "must be an HTML page with a text, but none was found in it"),
        (
            ["Content-Encoding: gzip"],
            gzip.compress(b"a" * 100_000),
            "must have at most 50,000 bytes as a text, got more",
        ),
        ([], b"a" * 50_001, "must have at most 50,000 bytes as a page, got 50,001"),
        ([], b"<html>" + b"<a>" * 10, "must be an HTML page with a text, but none was found in it"),
    ],
)
def test_a_broken_page_is_told_and_the_rest_is_read(headers, payload, problem):
    """
    A page that is damaged or too large is told with its address, and the pages around it are read.
    """
    data = record(URL, PAGE) + record(f"{URL}/broken", payload, headers=headers) + record(URL, PAGE)
    found = found_in(data, limits=Limits(text=50_000))
    [(origin, came)] = problems(found)

    assert 3 == len(found)
    assert f"crawl.warc: {URL}/broken" == origin
    assert came.startswith(problem)


def test_a_bomb_in_a_warc_is_not_unpacked():
    """
    A packed WARC file that unpacks to more than its size allows is told as soon as it has given that much.
    """
    bomb = gzip.compress(record(URL, PAGE) + record(URL, b"a" * 50_000_000))
    found = found_in(bomb, "bomb.warc.gz", limits=Limits(text=1_000_000, ratio=10))

    assert [
        (f"bomb.warc.gz: {URL}", "must have at most 1,000,000 bytes as a page, got 50,000,000"),
        ("bomb.warc.gz", "must unpack to at most 1,000,000 bytes in all, got more"),
    ] == problems(found)


def test_many_small_bombs_are_one_bomb():
    """
    What the pages of one archive unpack to is counted together.
    """
    bomb = record(URL, gzip.compress(b"a" * 900_000), headers=["Content-Encoding: gzip"])
    found = found_in(bomb * 5, limits=Limits(text=1_000_000))

    assert f"must unpack to at most {200 * 5 * len(bomb):,} bytes in all, got more" == found[-1].problem


def test_a_bomb_in_a_wacz_is_not_unpacked():
    """
    The members of a WACZ are unpacked bit by bit, and all together to no more than its size allows.
    """
    data = wacz(
        dict.fromkeys(["archive/0.warc", "archive/1.warc", "archive/2.warc"], record(URL, b"a" * 5_000_000)),
        compression=zipfile.ZIP_DEFLATED,
    )
    found = found_in(data, "bomb.wacz", limits=Limits(text=1_000_000, ratio=10))

    assert (
        "bomb.wacz: archive/0.warc",
        "must unpack to at most 1,000,000 bytes in all, got more",
    ) in problems(found)
    assert all("in all" in problem for origin, problem in problems(found)[-2:])


def test_names_that_lead_out_are_told(here):
    """
    A member whose name leads out of a WACZ is told and not read, and nothing is written anywhere.
    """
    names = ["../../evil.warc", "/evil.warc", "..\\evil.warc"]
    before = sorted(here.parent.rglob("*"))
    found = found_in(wacz(dict.fromkeys(names, CRAWL) | {"archive/a.warc": record(URL, PAGE)}), "site.wacz")

    problem = "must have a name inside the archive, but it leads out of it"
    assert {(f"site.wacz: {name}", problem) for name in names} == set(problems(found))
    assert 4 == len(found)
    assert [here / "site.wacz"] == sorted(set(here.parent.rglob("*")) - set(before))


def poke(data, *changes):
    """
    Data with some bytes changed.
    """
    data = bytearray(data)
    for place, value in changes:
        data[place : place + len(value)] = value

    return bytes(data)


STORED = wacz({"a.warc": CRAWL})
TWO = wacz({"a.warc": CRAWL, "b.warc": CRAWL})
LIST = STORED.index(b"PK\x01\x02")


@pytest.mark.parametrize(
    ("data", "origin", "problem"),
    [
        (b"PK\x03\x04 and no more", "site.wacz", "must be a zip file: file is not a zip file"),
        (b"no zip file", "site.wacz", "must be a zip file: file is not a zip file"),
        (STORED[: len(STORED) // 2], "site.wacz", "must be a zip file: file is not a zip file"),
        (
            wacz({"a.txt": b"a"}),
            "site.wacz",
            "must hold WARC files, as a WACZ does; unpack other zip files first",
        ),
        (
            wacz({"a.warc": CRAWL}, compression=zipfile.ZIP_BZIP2),
            "site.wacz: a.warc",
            "must be stored or deflated, but it is encrypted or packed in another way",
        ),
        (
            poke(STORED, (LIST + 8, b"\x01")),
            "site.wacz: a.warc",
            "must be stored or deflated, but it is encrypted or packed in another way",
        ),
        (
            poke(TWO, (TWO.index(b"PK\x03\x04", 4), b"XX")),
            "site.wacz: b.warc",
            "must be a whole member of a zip file: bad magic number",
        ),
        (
            poke(STORED, (LIST + 16, b"\0\0\0\0")),
            "site.wacz: a.warc",
            "must be a whole file, but it is damaged",
        ),
        (
            wacz({"a.warc.gz": gzip.compress(CRAWL)[:-20]}),
            "site.wacz: a.warc.gz",
            "must be a whole file, but it is damaged or cut short",
        ),
    ],
)
def test_a_broken_wacz_is_told(data, origin, problem):
    """
    A zip file that is damaged, or holds what is not read, is told with the member concerned.
    """
    found = found_in(data, "site.wacz")[-1]

    assert origin == found.origin
    assert found.problem.startswith(problem)


def test_a_list_of_members_is_not_read_whole():
    """
    A zip file whose list of members claims to be huge is told, and the list is not read.
    """
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 50_000, 0, 0)
    found = found_in(b"PK\x03\x04" + b"\0" * 60_000 + end, "site.wacz", limits=Limits(text=40_000))

    assert [
        Unread("site.wacz", "must be a zip file: its list of members has more than 40,000 bytes")
    ] == found


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (record(URL, b"", media=None), "must hold HTML pages, but there is none among its responses"),
        (record(URL, b"GIF", media=None), "must hold HTML pages, but there is none among its responses"),
        (warc_record("resource", b"GIF", url=URL, media="image/gif"), "must hold HTML pages"),
        (warc_record("conversion", PAGE, url=URL, media="text/html"), "must hold HTML pages"),
        (warc_record("warcinfo", b""), "must hold HTML pages, but there is none among its responses"),
        (
            record(URL, b"GIF", media="image/gif"),
            "must hold HTML pages, but there is none among its responses",
        ),
        (
            warc_record("response", b"1.2.3.4", url="dns:gazette.example", media="text/dns"),
            "must hold HTML pages",
        ),
        (record(URL, PAGE) + b"nonsense\r\n\r\n" + record(URL, PAGE), "must be WARC records: "),
    ],
)
def test_a_broken_warc_is_told(data, problem):
    """
    A WARC file that is damaged, or holds no page, is told with the reason.
    """
    found = found_in(data)[-1]

    assert "crawl.warc" == found.origin
    assert found.problem.startswith(problem)


CUT = record(URL, PAGE)
NO_PAGE = "must begin with a status and headers of HTTP, but it is damaged"
CUT_SHORT = "must be a whole record, but its header is damaged or cut short"


@pytest.mark.parametrize(
    ("broken", "place", "problem"),
    [
        (CUT[: CUT.index(b"WARC-Type") + 14], "record 2", CUT_SHORT),
        (CUT[: CUT.index(b"WARC-Target-URI")], "record 2", CUT_SHORT),
        (CUT[: CUT.index(b"Content-Length")], URL, CUT_SHORT),
        (b"WARC/1.1\r\n\r\n" + CUT, "record 2", CUT_SHORT),
        (record(URL, PAGE, status="none"), URL, NO_PAGE),
        (CUT.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n", 8), URL, NO_PAGE),
        (warc_record("resource", PAGE, url=URL), URL, NO_PAGE),
    ],
)
def test_a_record_with_a_broken_header_is_told(broken, place, problem):
    """
    A record whose header is damaged or cut short is told by its address or number, and the rest is read.
    """
    found = found_in(record(URL, PAGE) + broken)

    assert [(f"crawl.warc: {place}", problem)] == problems(found)
    assert loose(RETURNS).text == loose(found[0].data).text


@pytest.mark.parametrize(
    "held",
    [
        record(URL, PAGE, media="TEXT/HTML; Charset=UTF-8"),
        record(URL, PAGE, media=None),
        record(URL, gzip.compress(PAGE), media=None, headers=["Content-Encoding: gzip"]),
        warc_record("resource", PAGE, url=URL, media="Text/Html"),
        warc_record("resource", PAGE, url=URL, media=""),
    ],
    ids=[
        "in capitals",
        "no media type",
        "packed, no media type",
        "a resource",
        "a resource of no media type",
    ],
)
def test_a_page_is_known_however_it_is_declared(held):
    """
    A page is read whether its media type is in capitals or missing, and whether it was answered or archived.
    """
    [found] = found_in(held)

    assert (URL, loose(RETURNS).text) == (found.url, loose(found.data).text)


@pytest.mark.parametrize("media", ["text/html; charset=windows-1252", "text/html;charset='cp1252'"])
def test_the_archivist_tells_the_encoding(media):
    """
    The encoding that a resource's record declares holds, whatever the page says.
    """
    text = RETURNS.replace("-", "—")
    payload = page(text, head="<meta charset='utf-8'>").encode("cp1252")
    [found] = found_in(warc_record("resource", payload, url=URL, media=media))

    assert loose(text).text == loose(found.data).text


def test_a_page_without_an_address_is_read():
    """
    A record that does not say where its page was found gives its text all the same, and so do those after it.
    """
    nameless = warc_record("response", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE)
    found = found_in(nameless + record(URL, PAGE))

    assert [("crawl.warc: record 1", None), (f"crawl.warc: {URL}", URL)] == [
        (each.origin, each.url) for each in found
    ]


def test_a_record_that_breaks_off_is_told():
    """
    A page of which a part is missing gives no text.
    """
    data = record(URL, PAGE) + record(f"{URL}/cut", PAGE)[:-200]
    found = found_in(data)

    [(origin, problem)] = problems(found)
    assert f"crawl.warc: {URL}/cut" == origin
    assert problem.startswith(f"must have {len(PAGE):,} bytes as its record says, but breaks off after ")


def test_a_truncated_archive_is_told():
    """
    A packed archive that breaks off gives the pages before, and is told.
    """
    data = gzip.compress(record(URL, PAGE)) + gzip.compress(record(URL, PAGE))[:-20]
    found = found_in(data, "crawl.warc.gz")

    assert isinstance(found[0], TextCopy)
    assert ("crawl.warc.gz", "must be a whole file") == (found[-1].origin, found[-1].problem[:20])


def test_addresses_do_not_drive_a_terminal():
    """
    An address with control characters is told in escapes.
    """
    [found] = found_in(record("https://gazette.example/\x1b[2J", PAGE))

    assert r"crawl.warc: https://gazette.example/\x1b[2J" == found.origin
