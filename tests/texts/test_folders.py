"""
Folders: nothing outside them is read, nothing in them hangs, and all that is not read is told.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from dateline.texts import folders
from dateline.texts.findings import Limits, TextCopy, Unread
from dateline.texts.sources import copies


@pytest.fixture
def here(tmp_path, monkeypatch):
    """
    A folder to stand in, with a folder "in" for copies and a secret beside it.
    """
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key.txt").write_text("secret")

    return tmp_path


def told(source="in", **options):
    """
    What a source gives, as a dict from place to content or problem.
    """
    return {
        found.origin: found.data if isinstance(found, TextCopy) else found.problem
        for found in copies(source, **options)
    }


LINK = "must be a file, but it is a symbolic link, which is not followed inside a folder"


def test_what_is_hidden_is_passed_over(here):
    """
    Files and folders whose name begins with a full stop are not read.
    """
    (here / "in/.hidden").mkdir()
    (here / "in/.hidden/a.txt").write_text("A")
    (here / "in/.DS_Store").write_bytes(b"\0")
    (here / "in/b.txt").write_text("B")

    assert {"in/b.txt": b"B"} == told()


def test_links_are_not_followed(here):
    """
    A symbolic link in a folder is told and not followed, wherever it leads: out, in, in a circle or nowhere.
    """
    (here / "in/a.txt").write_text("A")
    links = {
        "out.txt": "../secret/key.txt",
        "out": "../secret",
        "inside.txt": "a.txt",
        "circle": ".",
        "self": "self",
        "nowhere": "gone",
    }
    for name, target in links.items():
        (here / "in" / name).symlink_to(target)

    assert {f"in/{name}": LINK for name in links} | {"in/a.txt": b"A"} == told()


def test_a_link_that_was_named_is_followed(here):
    """
    A link that the caller names leads to the file or folder that it stands for.
    """
    (here / "to-folder").symlink_to("secret")
    (here / "to-file").symlink_to("secret/key.txt")

    assert {"to-folder/key.txt": b"secret"} == told("to-folder")
    assert {"to-file": b"secret"} == told("to-file")


@pytest.mark.parametrize("swapped", ["file", "folder"])
def test_a_link_put_in_place_meanwhile_is_not_followed(here, monkeypatch, swapped):
    """
    What turns into a link between being looked at and being opened is not followed.
    """
    (here / "in/x").mkdir() if swapped == "folder" else (here / "in/x").write_text("X")
    target = here / ("secret" if swapped == "folder" else "secret/key.txt")
    real = os.open

    def swap_and_open(name, flags, **options):
        if name == "x":
            (here / "in/x").rename(here / "x-was-here")
            (here / "in/x").symlink_to(target)
        return real(name, flags, **options)

    monkeypatch.setattr(os, "open", swap_and_open)

    [problem] = told().values()
    assert problem.startswith(f"must be a {swapped} that can be read: ")


def test_a_folder_moved_away_meanwhile_leads_nowhere_else(here):
    """
    A link put in the place of a folder that is being read leads nobody out of it.
    """
    (here / "in/x").mkdir()
    for name in ("a", "key.txt"):
        (here / "in/x" / name).write_text(name)
    found = copies("in")
    next(found)
    (here / "in/x").rename(here / "x-was-here")
    (here / "in/x").symlink_to(here / "secret")

    assert [b"key.txt"] == [each.data for each in found]


def test_pipes_sockets_and_devices_are_told(here):
    """
    What is neither a file nor a folder is told and never opened, so that nothing waits for a writer.
    """
    os.mkfifo(here / "in/pipe")
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as server:
        server.bind("in/socket")

        assert {
            "in/pipe": "must be a file, but it is a named pipe",
            "in/socket": "must be a file, but it is a socket",
        } == told()
        assert {"in/pipe": "must be a file, but it is a named pipe"} == told("in/pipe")
    assert {"/dev/null": "must be a file, but it is a device"} == told("/dev/null")


def test_a_pipe_put_in_place_meanwhile_keeps_nobody_waiting(here, monkeypatch):
    """
    A pipe that takes a file's place between being looked at and being opened is told, at once.
    """
    (here / "in/x").write_text("X")
    real = os.open

    def swap_and_open(name, flags, **options):
        if name == "x":
            (here / "in/x").unlink()
            os.mkfifo(here / "in/x")
        return real(name, flags, **options)

    monkeypatch.setattr(os, "open", swap_and_open)

    assert {"in/x": "must be a file, but it is a named pipe"} == told()


def test_what_nobody_has_a_name_for_is_told():
    """
    A kind of file that is none of the known ones is told as well.
    """
    with pytest.raises(folders.Unreadable, match="something else"):
        folders._check_ordinary(stat.S_IFMT(0o170000))  # noqa: SLF001 - no such file can be made


def test_a_large_file_is_refused_by_its_size(here):
    """
    A file of a gigabyte is told by its size, of which no more than the beginning is read.
    """
    with (here / "in/large.txt").open("wb") as file:
        file.truncate(1_000_000_000)
    (here / "in/large.jsonl").hardlink_to(here / "in/large.txt")
    problem = "must have at most 20,000,000 bytes, got 1,000,000,000"

    assert {"in/large.jsonl": problem, "in/large.txt": problem} == told()


def test_a_large_archive_is_refused_by_its_size(here):
    """
    An archive may be larger than a text, but not of any size.
    """
    for name, beginning in (
        ("a.warc", b"WARC/1.1\r\n"),
        ("b.wacz", b"PK\x03\x04"),
        ("c.gz", b"\x1f\x8b\x08"),
    ):
        with (here / "in" / name).open("wb") as file:
            file.write(beginning)
            file.truncate(1_000_000_000_000)

    assert {"must have at most 20,000,000,000 bytes, got 1,000,000,000,000"} == set(told().values())


def test_a_file_that_grew_meanwhile_is_told(here, monkeypatch):
    """
    What turns out to be larger than the file system had it is told.
    """
    (here / "in/a").write_text("x" * 100)
    monkeypatch.setattr(os, "fstat", lambda handle: SimpleNamespace(st_mode=stat.S_IFREG, st_size=5))

    assert {"in/a": "must have at most 50 bytes as a text, got more"} == told(limits=Limits(text=50))


def test_too_many_files_are_told(here):
    """
    After so many files as are allowed, the next is told, and that the rest is not read either.
    """
    (here / "in/b").mkdir()
    for name in ("a", "b/c", "b/d", "e"):
        (here / "in" / name).write_text("X")

    assert {
        "in/a": b"X",
        "in/b/c": b"X",
        "in/b/d": "must be among the first 2 files; it and the rest are not read",
    } == told(limits=Limits(files=2))


def test_folders_too_deep_are_told(here):
    """
    A folder deeper than allowed is told and not read.
    """
    (here / "in/b/c").mkdir(parents=True)
    for name in ("a", "b/a", "b/c/a"):
        (here / "in" / name).write_text("X")

    assert {"in/a": b"X", "in/b/a": b"X", "in/b/c": "must be at most 2 folders deep"} == told(
        limits=Limits(depth=2)
    )


def refuse(monkeypatch, function, refused, error):
    """
    Let a function of the system fail for one name: as root, everything may be read.
    """
    real = getattr(os, function)

    def failing(name, *arguments, **options):
        if name == refused:
            raise error
        return real(name, *arguments, **options)

    monkeypatch.setattr(os, function, failing)


@pytest.mark.parametrize("name", ["a.txt", "b"])
def test_what_may_not_be_read_is_told(here, monkeypatch, name):
    """
    A file or folder that may not be read is told, and the rest is read.
    """
    (here / "in/a.txt").write_text("A")
    (here / "in/b").mkdir()
    (here / "in/b/c.txt").write_text("C")
    refuse(monkeypatch, "open", name, PermissionError(13, "Permission denied"))
    found = told()

    kind = "folder" if name == "b" else "file"
    assert f"must be a {kind} that can be read: permission denied" == found.pop(f"in/{name}")
    assert 1 == len(found)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_mode_000_is_told(here):
    """
    A file whose mode lets nobody read it is told.
    """
    (here / "in/a.txt").write_text("A")
    (here / "in/a.txt").chmod(0)

    assert {"in/a.txt": "must be a file that can be read: permission denied"} == told()


def test_an_error_while_reading_is_told(here, monkeypatch):
    """
    A disk that fails in the middle of a file is told with the file.
    """
    (here / "in/a.txt").write_text("A")

    def opened(*arguments):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("dateline.texts.readers._kind", opened)

    assert {"in/a.txt": "must be a file that can be read: Input/output error"} == told()


def test_what_vanishes_meanwhile_is_told(here):
    """
    A file, and a folder, that vanishes while its folder is walked is told, and the rest is read.
    """
    (here / "in/b").mkdir()
    for name in ("a", "b/c", "d", "e"):
        (here / "in" / name).write_text(name)
    found = copies("in")
    assert TextCopy(origin="in/a", data=b"a") == next(found)
    (here / "in/b/c").unlink()
    (here / "in/b").rmdir()
    (here / "in/d").unlink()

    gone = "must be a file that can be read: no such file or directory"
    assert [Unread("in/b", gone), Unread("in/d", gone), TextCopy(origin="in/e", data=b"e")] == list(found)


def test_a_folder_that_vanishes_before_it_is_listed_is_told(here, monkeypatch):
    """
    A folder that cannot be listed once it is open is told.
    """
    refused = FileNotFoundError(2, "No such file or directory")

    def failing(handle):
        raise refused

    monkeypatch.setattr(os, "listdir", failing)

    assert {"in": "must be a folder that can be read: no such file or directory"} == told()


def test_a_root_that_vanishes_is_told(here):
    """
    A folder that was there when it was named, and is not when it is read, is told.
    """
    found = copies(["in"])
    (here / "in").rmdir()

    assert [Unread("in", "must be a file that can be read: no such file or directory")] == list(found)


def test_a_file_whose_name_is_no_text_is_read(here):
    """
    Names of files that are no UTF-8, or would drive a terminal, are read and told in escapes.
    """
    Path(os.fsdecode(b"in/caf\xe9\x1b[2J.txt")).write_text("A")

    assert {r"in/caf\udce9\x1b[2J.txt": b"A"} == told()


def test_without_a_safe_way_a_folder_is_told(here, monkeypatch):
    """
    Where the system cannot open files relative to a folder, folders are not walked, and that is told.
    """
    monkeypatch.setattr(folders, "_CAN_WALK", False)

    assert {
        "in": "must be files that are named one by one: this system has no safe way through folders"
    } == told()


def test_no_folder_is_left_open(here):
    """
    Whoever stops in the middle of a folder leaves neither it nor a file in it open.
    """
    (here / "in/b").mkdir()
    (here / "in/b/c").write_text("C")
    handles = Path("/proc/self/fd")
    if not handles.is_dir():
        pytest.skip("this system does not list what is open")
    before = len(list(handles.iterdir()))
    found = copies("in")
    next(found)
    assert len(list(handles.iterdir())) > before
    found.close()

    assert len(list(handles.iterdir())) == before
