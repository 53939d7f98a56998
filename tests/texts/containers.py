"""
Pages and web archives for tests, made of the invented texts.
"""

from __future__ import annotations

import io
import zipfile

from dateline.testing import TEXTS


RETURNS, HALTS = TEXTS["ferry-returns"], TEXTS["ferry-halts"]


def page(text, *, head="", around="<nav><a href='/'>Home</a></nav>"):
    """
    An HTML page with a text, its first line as the heading.
    """
    heading, *paragraphs = text.strip().split("\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)

    return (
        f"<!DOCTYPE html><html><head>{head}<title>{heading}</title></head>"
        f"<body>{around}<article><h1>{heading}</h1>{body}</article></body></html>"
    )


def record(url, payload, *, media="text/html; charset=utf-8", status="200 OK", headers=()):
    """
    A response record of a WARC file.
    """
    told = [] if media is None else [f"Content-Type: {media}"]
    lines = [f"HTTP/1.1 {status}", *told, *headers, "", ""]
    block = "\r\n".join(lines).encode() + payload

    return warc_record("response", block, url=url)


def warc_record(kind, block, *, url=None, media="application/http; msgtype=response"):
    """
    A record of a WARC file, of whatever type.
    """
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        "WARC-Date: 2021-03-01T12:00:00Z",
        *([f"WARC-Target-URI: {url}"] if url else []),
        f"Content-Type: {media}",
        f"Content-Length: {len(block)}",
    ]

    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def wacz(members, **options):
    """
    A zip file with these members.
    """
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)

    return data.getvalue()


#: Two pages, and what a crawler finds besides.
CRAWL = (
    warc_record("warcinfo", b"software: invented\r\n", media="application/warc-fields")
    + record("https://gazette.example/ferry-returns", page(RETURNS).encode())
    + record("https://gazette.example/logo.png", b"\x89PNG", media="image/png")
    + record("https://gazette.example/gone", page("Gone\nNothing here.").encode(), status="404 Not Found")
    + record("https://gazette.example/ferry-halts", page(HALTS).encode())
)
