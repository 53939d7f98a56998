"""
Files in folders that users name: opened inside their root only, and only if they are ordinary files.

A folder is walked by handles and not by names, so that nothing leads out of it that is moved meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from typing import Final

from dateline.display import printable
from dateline.texts.findings import Limits, Unread, Unreadable
from dateline.texts.readers import Opened


_KINDS: Final = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a symbolic link, which is not followed inside a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def _flags(*names: str) -> int:
    # Windows lacks some of them.
    return sum(getattr(os, name, 0) for name in names)


# A pipe that took a file's place meanwhile must not keep us waiting for a writer.
_FILE: Final = _flags("O_RDONLY", "O_BINARY", "O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY")
_FOLDER: Final = _flags("O_RDONLY", "O_CLOEXEC", "O_DIRECTORY")
_NOT_THROUGH_LINKS: Final = _flags("O_NOFOLLOW")

# Windows has no folders to open by handle.
_CAN_WALK: Final = {os.open, os.stat} <= os.supports_dir_fd and os.listdir in os.supports_fd


def open_file(path: str) -> contextlib.AbstractContextManager[Opened]:
    """
    The file that somebody named, be it behind a link.

    Raises:
        Unreadable: On entering, if it is not an ordinary file or may not be read.
    """
    return _opened(path, printable(path), None, 0)


def walk(root: str, limits: Limits) -> Iterator[Opened | Unread]:
    """
    The files in a folder and its folders, by name, each open until the next is asked for.

    What is hidden, its name beginning with a full stop, is passed over.
    Symbolic links are not followed, and what is neither a file nor a folder is not opened; they are told.
    """
    if not _CAN_WALK:
        yield Unread(
            printable(root),
            "must be files that are named one by one: this system has no safe way through folders",
        )
        return

    yield from _Walk(limits).folder(root, printable(root.rstrip("/") or root), None, 1)


class _Walk:
    """
    One way through a folder, which keeps count of the files.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.files
        self._is_over = False

    def folder(self, name: str, origin: str, parent: int | None, depth: int) -> Iterator[Opened | Unread]:
        """
        What is in the folder *name* of the folder *parent*, which is an open handle.
        """
        if depth > self._limits.depth:
            yield Unread(origin, f"must be at most {self._limits.depth} folders deep")
            return
        # The root may be a link: it was named. What stands inside may not.
        flags = _FOLDER if parent is None else _FOLDER | _NOT_THROUGH_LINKS
        try:
            handle = os.open(name, flags, dir_fd=parent)
        except OSError as error:
            yield Unread(origin, _problem("folder", error))
            return
        try:
            yield from self._entries(handle, origin, depth)
        finally:
            os.close(handle)

    def _entries(self, handle: int, origin: str, depth: int) -> Iterator[Opened | Unread]:
        try:
            names = sorted(os.listdir(handle))
        except OSError as error:
            yield Unread(origin, _problem("folder", error))
            return
        for name in names:
            if self._is_over:
                return
            if not name.startswith("."):
                yield from self._entry(name, f"{origin}/{printable(name)}", handle, depth)

    def _entry(self, name: str, origin: str, parent: int, depth: int) -> Iterator[Opened | Unread]:
        try:
            mode = os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode
        except OSError as error:
            yield Unread(origin, _problem("file", error))
            return
        if stat.S_ISDIR(mode):
            yield from self.folder(name, origin, parent, depth + 1)
            return
        if self._left == 0:
            self._is_over = True
            yield Unread(
                origin, f"must be among the first {self._limits.files:,} files; it and the rest are not read"
            )
            return
        self._left -= 1
        try:
            with _opened(name, origin, parent, _NOT_THROUGH_LINKS) as file:
                yield file
        except Unreadable as error:
            yield Unread(origin, str(error))


@contextlib.contextmanager
def _opened(name: str, origin: str, parent: int | None, more_flags: int) -> Iterator[Opened]:
    try:
        # Before it is opened, since opening a device may move it.
        _check_ordinary(os.stat(name, dir_fd=parent, follow_symlinks=parent is None).st_mode)
        handle = os.open(name, _FILE | more_flags, dir_fd=parent)
    except (OSError, ValueError) as error:
        raise Unreadable(_problem("file", error)) from error
    with open(handle, "rb") as stream:  # noqa: PTH123 - a handle
        status = os.fstat(handle)
        # Another may have taken its place since.
        _check_ordinary(status.st_mode)
        yield Opened(origin, stream, status.st_size)


def _check_ordinary(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise Unreadable(f"must be a file, but it is {_KINDS.get(stat.S_IFMT(mode), 'something else')}")


def _problem(kind: str, error: Exception) -> str:
    return f"must be a {kind} that can be read: {getattr(error, 'strerror', None) or error}".lower()
