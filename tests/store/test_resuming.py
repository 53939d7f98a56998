"""
A writer that is killed, or finds the disk full, leaves nothing half published, and the next one goes on.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap

import attrs
import pytest

from dateline import files, store
from dateline.errors import FolderBusy, NotWritten, ReleaseExists
from dateline.manifests import manifest_bytes
from dateline.store import columns
from dateline.store.manifests import read_part


DRAFT = ".1.0.0.draft"

#: Writes articles, says after how many parts are saved, and waits there to be killed.
WRITER = """
import sys, time
from pathlib import Path

import attrs
from dateline import store
from dateline.testing import make_article

root, count = Path(sys.argv[1]), int(sys.argv[2])
article = make_article(claims=())

def several():
    for number in range(40):
        if number == count:
            print("waiting", flush=True)
            time.sleep(600)
        yield attrs.evolve(article, id=f"report-{number:03}")

store.write(several(), root, name="news", version="1.0.0", part_size=8)
"""


@pytest.fixture
def plain(several):
    """
    The articles that the writer in the other process writes.
    """
    article = next(several(1))
    dated = attrs.evolve(article, published="2021-03-01")

    return tuple(attrs.evolve(dated, id=f"report-{number:03}") for number in range(40))


@pytest.fixture
def waiting(tmp_path):
    """
    Another process that has written some of the articles and waits.
    """
    started = []

    def start(count):
        command = [sys.executable, "-c", textwrap.dedent(WRITER), str(tmp_path), str(count)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        started.append(process)
        assert b"waiting\n" == process.stdout.readline()

        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def interrupted(tmp_path, plain):
    """
    The draft that a writer left behind after some of the articles.
    """

    def some():
        yield from plain[:30]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, some())

    return tmp_path / "news" / DRAFT


def killed(process):
    """
    End a process in the way that it cannot see coming.
    """
    os.kill(process.pid, signal.SIGKILL)

    assert -signal.SIGKILL == process.wait()


def write(root, articles, **options):
    """
    Write the store of these tests.
    """
    return store.write(articles, root, name="news", version="1.0.0", part_size=8, **options)


def test_after_a_kill_the_finished_parts_are_taken_over(tmp_path, plain, waiting, inodes):
    """
    A writer that was killed published nothing; the next one keeps what was finished, and misses nothing.
    """
    killed(waiting(30))
    assert [DRAFT] == [path.name for path in (tmp_path / "news").iterdir()]
    finished = inodes(tmp_path / "news" / DRAFT)
    assert len(finished) >= 6

    manifest = write(tmp_path, plain)
    kept = inodes(tmp_path / "news" / "1.0.0")

    assert manifest == write(tmp_path / "elsewhere", plain)
    assert finished.items() <= kept.items()
    assert manifest == store.verify(tmp_path / "news" / "1.0.0")
    assert ["1.0.0"] == [path.name for path in (tmp_path / "news").iterdir()]
    assert {"manifest.json", *kept} == {path.name for path in (tmp_path / "news" / "1.0.0").iterdir()}


def test_what_is_finished_is_not_made_again(tmp_path, plain, interrupted, monkeypatch):
    """
    Of parts that are taken over, no record is flattened once more.
    """
    finished = sum(read_part(interrupted, path.name).count for path in interrupted.glob("*.json"))
    made = []

    def rows_of(kind, records):
        made.extend(records)
        return columns.rows_of(kind, records)

    monkeypatch.setattr("dateline.store.gathering.rows_of", rows_of)
    write(tmp_path, plain)

    assert finished > 20
    assert plain[finished:] == tuple(made)


def test_a_kill_may_come_again_and_again(tmp_path, plain, waiting, inodes):
    """
    What was finished before the first kill is still there after the second.
    """
    killed(waiting(12))
    first = inodes(tmp_path / "news" / DRAFT)
    killed(waiting(30))
    second = inodes(tmp_path / "news" / DRAFT)
    write(tmp_path, plain)

    assert first.items() < second.items() < inodes(tmp_path / "news" / "1.0.0").items()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-1]), id="cut"),
        pytest.param(lambda path: path.write_bytes(bytes(path.stat().st_size)), id="zeroed"),
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.with_suffix(".json").write_bytes(b"{"), id="note-torn"),
        pytest.param(lambda path: path.with_suffix(".json").unlink(), id="note-gone"),
    ],
)
def test_a_part_that_was_damaged_since_is_written_anew(tmp_path, plain, interrupted, damage):
    """
    Nothing is taken over on the word of a note: the files are hashed again.
    """
    damage(interrupted / "articles-00001.parquet")
    manifest = write(tmp_path, plain)

    assert manifest == write(tmp_path / "elsewhere", plain)
    assert manifest == store.verify(tmp_path / "news" / "1.0.0")


@pytest.mark.parametrize("change", ["one-changed", "one-more-in-front", "none", "reversed"])
def test_other_records_make_another_store(tmp_path, plain, interrupted, change):
    """
    Who goes on with other records gets the store of those, whatever the draft holds.
    """
    articles = {
        "one-changed": [*plain[:9], attrs.evolve(plain[9], headline="Rain"), *plain[10:]],
        "one-more-in-front": [attrs.evolve(plain[0], id="early"), *plain],
        "none": [],
        "reversed": plain[::-1],
    }[change]
    manifest = write(tmp_path, articles)

    assert manifest == write(tmp_path / "elsewhere", articles)
    assert manifest == store.verify(tmp_path / "news" / "1.0.0")


def test_a_writer_that_fails_to_publish_is_not_lost(tmp_path, plain, monkeypatch, inodes):
    """
    Killed between the last file and the new name, nothing is there; the next writer has only to rename.
    """
    with monkeypatch.context() as patch:
        patch.setattr(files, "settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path, plain)
    finished = inodes(tmp_path / "news" / DRAFT)
    assert [DRAFT] == [path.name for path in (tmp_path / "news").iterdir()]
    write(tmp_path, plain)

    assert finished == inodes(tmp_path / "news" / "1.0.0")


def test_two_writers_at_once_are_told_apart(tmp_path, plain, waiting):
    """
    While one process writes, another is told at once; when the first is dead, nobody is held up.
    """
    process = waiting(20)
    with pytest.raises(FolderBusy, match=r"store news 1\.0\.0 is being written by another process") as caught:
        write(tmp_path, plain)
    assert DRAFT in caught.value.folder

    killed(process)

    assert 40 == write(tmp_path, plain).articles


def test_a_writer_that_is_refused_leaves_the_draft_of_the_first(tmp_path, plain):
    """
    Before anything is saved, too, what the first writer has is its own.
    """

    def overtaking():
        with pytest.raises(FolderBusy):
            write(tmp_path, plain)
        yield from plain

    assert len(plain) == write(tmp_path, overtaking()).articles


def test_other_versions_can_be_written_meanwhile(tmp_path, plain, waiting):
    """
    Two versions of one name do not hold each other up, and one may take over what the other has finished.
    """
    waiting(30)
    manifest = store.write(plain, tmp_path, name="news", version="1.0.1", part_size=8)

    assert manifest == store.verify(tmp_path / "news" / "1.0.1")


def test_who_comes_second_is_told(tmp_path, plain):
    """
    A writer that finds the version published when it is done is told, and changes nothing.
    """

    def overtaken():
        yield from plain
        (tmp_path / "news" / "1.0.0").mkdir()
        (tmp_path / "news" / "1.0.0" / "manifest.json").write_bytes(b"{}")

    with pytest.raises(ReleaseExists):
        write(tmp_path, overtaken())
    assert b"{}" == (tmp_path / "news" / "1.0.0" / "manifest.json").read_bytes()


def test_a_draft_that_was_published_meanwhile_is_not_written_into(tmp_path, plain, monkeypatch):
    """
    Between making a draft and holding it, its first writer may have given it its final name.
    """

    def published(handle, operation):
        (tmp_path / "news" / DRAFT).rename(tmp_path / "news" / "1.0.0")
        (tmp_path / "news" / DRAFT).mkdir()

    monkeypatch.setattr("fcntl.flock", published)
    with pytest.raises(FolderBusy):
        write(tmp_path, plain)


def test_a_file_system_that_cannot_lock_is_named(tmp_path, plain, monkeypatch):
    """
    Where nothing can be held, nothing is written, and the reason is told.
    """

    def refused(handle, operation):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refused)
    with pytest.raises(NotWritten, match="No locks available"):
        write(tmp_path, plain)


def test_a_system_without_locks_is_named(tmp_path, plain, monkeypatch):
    """
    So it is where the system knows no locks at all.
    """
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with pytest.raises(NotWritten, match="cannot be held on this system"):
        write(tmp_path, plain)


def test_a_version_that_was_published_meanwhile_is_seen(tmp_path, plain, monkeypatch):
    """
    A version that appears between the first look and holding the draft is not written again.
    """
    monkeypatch.setattr("fcntl.flock", lambda *_: (tmp_path / "news" / "1.0.0").mkdir())
    with pytest.raises(ReleaseExists):
        write(tmp_path, plain)
    assert ["1.0.0"] == [path.name for path in (tmp_path / "news").iterdir()]


def failing(name, number):
    """
    A stand-in for a system call that fails for files of a name, in the given way.
    """
    call = files.write

    def write_file(path, data):
        if name in os.fspath(path):
            raise NotWritten(os.fspath(path), os.strerror(number))
        call(path, data)

    return write_file


@pytest.mark.parametrize("name", ["articles-00002", "claims-00001", "00001.json", "manifest"])
def test_a_disk_that_fills_up_publishes_nothing(tmp_path, several, monkeypatch, inodes, name):
    """
    Whichever file finds no room, it is named and nothing is published; the rest is kept for the next call.
    """
    with monkeypatch.context() as patch:
        patch.setattr(files, "write", failing(name, errno.ENOSPC))
        with pytest.raises(NotWritten, match="No space left on device"):
            write(tmp_path, several(40))
    assert [DRAFT] == [path.name for path in (tmp_path / "news").iterdir()]
    kept = inodes(tmp_path / "news" / DRAFT)
    manifest = write(tmp_path, several(40))

    assert manifest == store.verify(tmp_path / "news" / "1.0.0")
    assert "manifest" not in name or kept == inodes(tmp_path / "news" / "1.0.0")


@pytest.mark.skipif(sys.platform != "linux", reason="asks for a file system of a given size")
def test_a_full_disk_publishes_nothing(tmp_path, several):
    """
    On a disk that is really full nothing appears; with more room the next call goes on.
    """
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a small disk here")
    try:
        with pytest.raises(NotWritten, match="No space left on device"):
            write(disk, several(40))
        assert [DRAFT] == [path.name for path in (disk / "news").iterdir()]
        finished = [path.name for path in (disk / "news" / DRAFT).glob("*.json")]
        assert finished
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)  # noqa: S607 - by its name
        manifest = write(disk, several(40))

        assert manifest == store.verify(disk / "news" / "1.0.0")
    finally:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S607 - found by its name


def test_a_folder_that_cannot_be_made_is_named(tmp_path, plain):
    """
    Where no folder can be made, the error says why.
    """
    (tmp_path / "news").write_bytes(b"")

    with pytest.raises(NotWritten, match=r"File exists|Not a directory"):
        write(tmp_path, plain)


def test_what_cannot_be_tidied_up_is_named(tmp_path, plain):
    """
    A folder that somebody put into the draft is not removed; the error names the draft.
    """

    def disturbed():
        yield from plain
        (tmp_path / "news" / DRAFT / "mine").mkdir()

    with pytest.raises(NotWritten, match=r"\.draft"):
        write(tmp_path, disturbed())


def test_a_note_says_what_its_part_is(tmp_path, plain, interrupted):
    """
    A note is the part as the manifest will have it, in canonical JSON.
    """
    data = (interrupted / "articles-00000.json").read_bytes()
    part = read_part(interrupted, "articles-00000.json")

    assert manifest_bytes(part) == data
    assert part in write(tmp_path, plain).parts
