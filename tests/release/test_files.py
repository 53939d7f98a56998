"""
The one seam to the file system: a write happens whole or not at all.
"""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading

import pytest

from dateline import files
from dateline.errors import NotRead, NotWritten, ReleaseExists


OLD, NEW = b"old\n", b"new and longer\n"


def names_in(folder):
    """
    What lies in a folder, sorted by name, hidden files included.
    """
    return sorted(path.name for path in folder.iterdir())


def test_what_is_written_is_read(tmp_path):
    """
    A file comes back as it was saved, empty ones too, whether its path is text or not.
    """
    for data in (b"", NEW, bytes(range(256)) * 1000):
        files.write(tmp_path / "a.bin", data)
        assert data == files.read(str(tmp_path / "a.bin"))
    assert ["a.bin"] == names_in(tmp_path)


def failing(number):
    """
    A stand-in for a system call that fails in the given way.
    """

    def call(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    return call


FAULTS = {
    "disk-full-on-fsync": ("os.fsync", errno.ENOSPC, "No space left on device"),
    "broken-disk-on-fsync": ("os.fsync", errno.EIO, "Input/output error"),
    "disk-full-on-rename": ("os.rename", errno.ENOSPC, "No space left on device"),
    "rename-refused": ("os.replace", errno.EACCES, "Permission denied"),
    "read-only": ("io.open", errno.EROFS, "Read-only file system"),
    "too-many-files": ("io.open", errno.EMFILE, "Too many open files"),
    "permissions-refused": ("os.chmod", errno.EPERM, "Operation not permitted"),
}


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if "rename" not in fault or "refused" in fault])
def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch, fault):
    """
    Whatever step of a write fails, the old file stands, nothing is left beside it, and the reason is told.
    """
    target = tmp_path / "a.txt"
    target.write_bytes(OLD)
    call, number, reason = FAULTS[fault]
    with monkeypatch.context() as patch:
        patch.setattr(call, failing(number))
        with pytest.raises(NotWritten) as caught:
            files.write(target, NEW)

    assert (str(target), reason) == (caught.value.file, caught.value.problem)
    assert OLD == target.read_bytes()
    assert ["a.txt"] == names_in(tmp_path)
    assert isinstance(caught.value, OSError)
    assert number == caught.value.__cause__.errno


@pytest.mark.parametrize(
    "fault", [fault for fault in FAULTS if fault not in ("rename-refused", "permissions-refused")]
)
def test_a_failed_release_leaves_nothing(tmp_path, monkeypatch, fault):
    """
    Whatever step of publishing fails, there is no folder, nor a part of one.
    """
    call, number, reason = FAULTS[fault]
    with monkeypatch.context() as patch:
        patch.setattr(call, failing(number))
        with pytest.raises(NotWritten, match=reason):
            files.publish(tmp_path / "set" / "1.0.0", {"a": OLD, "b": NEW}, "set 1.0.0")

    assert [] == names_in(tmp_path / "set")


@pytest.mark.skipif(sys.platform != "linux", reason="asks for a file system of a given size")
def test_a_full_disk_leaves_the_old_file(tmp_path):
    """
    On a disk that is really full the old file stands; skipped where no small disk can be mounted.
    """
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)],  # noqa: S607 - found by its name
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("may not mount a small disk here")
    try:
        files.write(disk / "a.txt", OLD)
        with pytest.raises(NotWritten, match="No space left on device"):
            files.write(disk / "a.txt", b"x" * 200_000)
        with pytest.raises(NotWritten, match="No space left on device"):
            files.publish(disk / "set" / "1.0.0", {"a": b"x" * 200_000}, "set 1.0.0")
        assert OLD == files.read(disk / "a.txt")
        assert ["a.txt", "set"] == names_in(disk)
        assert [] == names_in(disk / "set")
    finally:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S607


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("folder", "Is a directory", id="folder"),
        pytest.param("missing/a.txt", "No such file or directory", id="missing-folder"),
        pytest.param("file/a.txt", "Not a directory", id="file-for-a-folder"),
        pytest.param("a\0b", "embedded null byte", id="nul"),
        pytest.param("x" * 300, "File name too long", id="long-name"),
        pytest.param("circle", None, id="links-in-a-circle"),
    ],
)
def test_where_nothing_can_be_written(tmp_path, name, reason):
    """
    A path that cannot be a file is refused by name, and nothing is left behind.
    """
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    before = names_in(tmp_path)

    with pytest.raises(NotWritten) as caught:
        files.write(tmp_path / name, NEW)
    assert reason is None or reason == caught.value.problem
    assert before == names_in(tmp_path)
    with pytest.raises((NotRead, NotWritten)):
        files.read(tmp_path / name)


@pytest.mark.parametrize("name", ["y" * 250, "船" * 80, "船" * 85], ids=["ascii", "wide", "widest"])
def test_a_long_name_can_be_written(tmp_path, name):
    """
    Whatever name the file system takes, a file of that name can be saved.
    """
    files.write(tmp_path / name, NEW)

    assert [name] == names_in(tmp_path)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_permissions_are_kept(tmp_path, mode):
    """
    A file that is replaced keeps the permissions that it had.
    """
    target = tmp_path / "a.txt"
    target.write_bytes(OLD)
    target.chmod(mode)
    files.write(target, NEW)

    assert mode == stat.S_IMODE(target.stat().st_mode)


def test_a_new_file_has_the_usual_permissions(tmp_path):
    """
    A new file is as open as any that this process makes.
    """
    files.write(tmp_path / "a.txt", NEW)
    (tmp_path / "b.txt").write_bytes(NEW)

    assert (tmp_path / "b.txt").stat().st_mode == (tmp_path / "a.txt").stat().st_mode


def test_the_target_of_a_link_is_replaced(tmp_path):
    """
    Writing through a link replaces the file that it leads to, in that file's folder, and keeps the link.
    """
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "a.txt", tmp_path / "link"
    target.write_bytes(OLD)
    link.symlink_to(target)
    files.write(link, NEW)

    assert link.is_symlink()
    assert NEW == target.read_bytes()
    assert (["a.txt"], ["far", "link"]) == (names_in(tmp_path / "far"), names_in(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_or_device_is_not_replaced(tmp_path):
    """
    Where there is something else than a file, nothing is written, and it stays.
    """
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for name in ("pipe", "link"):
        with pytest.raises(NotWritten, match="is no regular file that could be replaced"):
            files.write(tmp_path / name, NEW)

    assert ["link", "pipe"] == names_in(tmp_path)
    assert (tmp_path / "pipe").is_fifo()


def test_a_reader_keeps_what_it_opened(tmp_path):
    """
    Who opened the old file reads the old file to its end.
    """
    target = tmp_path / "a.txt"
    target.write_bytes(OLD)
    with target.open("rb") as reader:
        files.write(target, NEW)
        assert OLD == reader.read()


def test_a_reader_never_sees_a_part(tmp_path):
    """
    Whoever reads while others write sees one whole version or another.
    """
    target = tmp_path / "a.txt"
    versions = [bytes([65 + number]) * 50_000 for number in range(4)]
    files.write(target, versions[0])
    writers = [threading.Thread(target=files.write, args=(target, data)) for data in versions * 5]
    for writer in writers:
        writer.start()
    seen = set()
    while any(writer.is_alive() for writer in writers):
        seen.add(files.read(target))
    for writer in writers:
        writer.join()

    assert seen <= {*versions}
    assert ["a.txt"] == names_in(tmp_path)


def test_a_release_is_published_whole(tmp_path):
    """
    A new folder appears with all its files, missing folders above it included.
    """
    files.publish(tmp_path / "a" / "set" / "1.0.0", {"one": OLD, "two": NEW}, "set 1.0.0")
    found = {path.name: path.read_bytes() for path in (tmp_path / "a" / "set" / "1.0.0").iterdir()}

    assert {"one": OLD, "two": NEW} == found
    assert ["1.0.0"] == names_in(tmp_path / "a" / "set")


@pytest.mark.parametrize("taken", ["folder", "empty-folder", "file"])
def test_a_published_folder_is_never_changed(tmp_path, taken):
    """
    Whatever stands under the name, publishing there is refused.
    """
    target = tmp_path / "1.0.0"
    if taken == "file":
        target.write_bytes(OLD)
    else:
        target.mkdir()
    if taken == "folder":
        (target / "one").write_bytes(OLD)

    with pytest.raises(ReleaseExists) as caught:
        files.publish(target, {"one": NEW}, "set 1.0.0")
    assert f"release set 1.0.0 exists in {target}; give the change a new version" == str(caught.value)
    assert ["1.0.0"] == names_in(tmp_path)
    assert taken != "folder" or (target / "one").read_bytes() == OLD


def test_a_release_in_place_of_a_file_is_refused(tmp_path):
    """
    Where a file stands in the way of the folder above, nothing can be published.
    """
    (tmp_path / "set").write_bytes(OLD)

    with pytest.raises(NotWritten):
        files.publish(tmp_path / "set" / "1.0.0", {"one": NEW}, "set 1.0.0")
    assert OLD == (tmp_path / "set").read_bytes()


def test_of_two_publishers_one_wins(tmp_path, monkeypatch):
    """
    Of many that publish at once exactly one does, whole; the others are told that the release exists.
    """
    count = 8
    target = tmp_path / "1.0.0"
    gate = threading.Barrier(count)
    sync = files._sync  # noqa: SLF001 - the moment before the rename

    def waiting(folder):
        if folder != target.parent:
            gate.wait(10)
        sync(folder)

    monkeypatch.setattr(files, "_sync", waiting)
    outcomes = []

    def publish(number):
        try:
            files.publish(target, {"one": bytes([number]), "two": bytes([number])}, "set 1.0.0")
            outcomes.append(number)
        except ReleaseExists:
            outcomes.append(None)

    publishers = [threading.Thread(target=publish, args=(number,)) for number in range(count)]
    for publisher in publishers:
        publisher.start()
    for publisher in publishers:
        publisher.join()
    [winner] = [number for number in outcomes if number is not None]

    assert count == len(outcomes)
    assert {"one": bytes([winner]), "two": bytes([winner])} == {
        path.name: path.read_bytes() for path in target.iterdir()
    }
    assert ["1.0.0"] == names_in(tmp_path)


@pytest.mark.parametrize("name", ["missing", "folder", "a\0b"])
def test_what_cannot_be_read_is_named(tmp_path, name):
    """
    A file that is missing or a folder is an error of ours, and an OSError to others.
    """
    (tmp_path / "folder").mkdir()

    with pytest.raises(NotRead) as caught:
        files.read(tmp_path / name)
    assert str(tmp_path / name) == caught.value.file
    assert isinstance(caught.value, OSError)


def test_new_folders_are_on_the_disk_too(tmp_path, monkeypatch):
    """
    The name of each folder that was made on the way is flushed, as that of the last is.
    """
    flushed = []
    monkeypatch.setattr(files, "_sync", flushed.append)
    files.publish(tmp_path / "a" / "b" / "c", {"x.txt": NEW}, "c")
    with files.held(tmp_path / "d" / "e", "e"):
        pass

    assert {tmp_path, tmp_path / "a", tmp_path / "a" / "b", tmp_path / "d"} <= {*flushed}


def test_a_folder_needs_a_name_that_one_can_have(tmp_path):
    """
    What the system takes for no name is refused as for files.
    """
    with pytest.raises(NotWritten, match="embedded null"):
        files.publish(tmp_path / "a\0b", {"x.txt": NEW}, "a")


def test_everything_is_on_the_disk_before_the_name(tmp_path, monkeypatch):
    """
    The data are flushed before the file takes its name, and the folder after.
    """
    steps = []
    fsync, replace = os.fsync, os.replace

    def noted(name, call):
        def step(*args, **kwargs):
            is_folder = name == "fsync" and stat.S_ISDIR(os.fstat(args[0]).st_mode)
            steps.append("folder" if is_folder else name)
            return call(*args, **kwargs)

        return step

    monkeypatch.setattr(os, "fsync", noted("fsync", fsync))
    monkeypatch.setattr(os, "replace", noted("replace", replace))
    files.write(tmp_path / "a.txt", NEW)

    assert ["fsync", "replace", "folder"] == steps


def test_a_failed_flush_of_the_folder_is_a_failed_save(tmp_path, monkeypatch):
    """
    Where the folder cannot be flushed the save is not vouched for; the file is whole, old or new.
    """
    target = tmp_path / "a.txt"
    target.write_bytes(OLD)
    monkeypatch.setattr(files, "_sync", failing(errno.EIO))

    with pytest.raises(NotWritten, match="Input/output error"):
        files.write(target, NEW)
    assert target.read_bytes() in (OLD, NEW)
    assert ["a.txt"] == names_in(tmp_path)


def test_a_file_may_be_too_large(tmp_path):
    """
    No more is read than the limit allows, and a file of exactly that size is read.
    """
    path = tmp_path / "file"
    path.write_bytes(b"12345")

    assert b"12345" == files.read(path, limit=5)
    with pytest.raises(NotRead, match="was not read: has more than 4 bytes"):
        files.read(path, limit=4)
