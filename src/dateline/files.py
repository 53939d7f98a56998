"""
The one seam to the file system: whole files in, whole files out, or nothing.

A write goes to a temporary file beside the target, is flushed to the disk,
and takes the target's name in one step.
Whoever looks, at whatever moment, sees the old file or the new one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, TypeAlias

from dateline.errors import DatelineError, FolderBusy, NotRead, NotWritten, ReleaseExists


class Draft:
    """
    A file that is being written, and takes its name when it is whole.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name

    def write(self, data: bytes) -> int:
        """
        Write some bytes on.

        Raises:
            NotWritten: If the disk is full, or fails.
        """
        with _told(self._name):
            return self._file.write(data)

    def rewrite(self, start: int, data: bytes) -> None:
        """
        Put *data* over as many bytes that were written before, from *start* on; then go on at the end.

        Raises:
            NotWritten: If the disk is full, or fails.
        """
        with _told(self._name):
            self._file.seek(start)
            self._file.write(data)
            self._file.seek(0, os.SEEK_END)


#: The bytes of a file, or what writes them.
Content: TypeAlias = bytes | Callable[[BinaryIO], None]


def read(path: str | os.PathLike[str], *, limit: int | None = None) -> bytes:
    """
    The bytes of a file, of which there may be at most *limit*.

    Raises:
        NotRead: If it is missing, a folder, too large, or may not be read.
    """
    with _unread(os.fspath(path)), Path(path).open("rb") as file:
        data = file.read(-1 if limit is None else limit + 1)
    if limit is not None and len(data) > limit:
        raise NotRead(os.fspath(path), f"has more than {limit} bytes")

    return data


def digest(path: str | os.PathLike[str], name: str) -> str:
    """
    The SHA-256 of a file's bytes, of which a few are in memory at a time; *name* is for messages.

    Raises:
        NotRead: If it is missing, a folder, or may not be read.
    """
    with _unread(name), Path(path).open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def asked(path: str | os.PathLike[str], question: Callable[[Path], bool]) -> bool:
    """
    What a path answers to a *question* such as ``Path.is_dir``.

    Raises:
        NotRead: If that cannot be told: nobody may look there, or the name is too long.
    """
    with _unread(os.fspath(path)):
        return question(Path(path))


def write(path: str | os.PathLike[str], data: bytes) -> None:
    """
    Save *data* under *path*, whole or not at all.

    Raises:
        NotWritten: If it cannot be saved; an old file under that name is untouched.
    """
    with replacing(path) as draft:
        draft.write(data)


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Draft]:
    """
    A draft that takes the name of *path* when the block is left; if by an error, it is removed.

    Raises:
        NotWritten: If it cannot be saved; an old file under that name is untouched.
    """
    name = os.fspath(path)
    with _told(name):
        # The file that a link leads to is replaced, not the link.
        target = Path(path).resolve()
        _refuse_others(Path(path))
    draft = target.with_name(f".{target.name[:50]}.{secrets.token_hex(6)}")
    try:
        with _told(name):
            file = draft.open("xb")
        try:
            yield Draft(file, name)
            with _told(name):
                _flush(file)
        finally:
            # Of a full disk closing would tell again, and without the name.
            with contextlib.suppress(OSError):
                file.close()
        with _told(name):
            if target.exists():
                draft.chmod(target.stat().st_mode & 0o7777)
            draft.replace(target)
            _sync(target.parent)
    finally:
        with contextlib.suppress(OSError, ValueError):
            draft.unlink()


def _refuse_others(path: Path) -> None:
    # Whoever may write anything would put a file into the place of a device, or of a pipe that others read.
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError("is there, and is no regular file that could be replaced as a whole")


def publish(folder: str | os.PathLike[str], contents: Mapping[str, Content], release: str) -> None:
    """
    Make a new *folder* with these files, all of them or none; *release* is for messages.

    Of a file that is too large to be held there may be a function, which writes it into what it is given.

    Raises:
        ReleaseExists: If there is something under that name already.
        NotWritten: If it cannot be saved; then nothing is left behind.
    """
    target = Path(folder)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
    try:
        _make(target.parent)
        if target.exists():
            raise ReleaseExists(release, os.fspath(folder))
        draft.mkdir()
        for name, content in contents.items():
            _save(draft / name, content)
        settle(draft, target, release)
    except (OSError, ValueError) as error:
        if isinstance(error, DatelineError):
            raise
        raise NotWritten(os.fspath(folder), _problem(error)) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def settle(draft: Path, target: Path, release: str) -> None:
    """
    Give a folder whose files are all saved the name of *target*, in one step; *release* is for messages.

    Raises:
        ReleaseExists: If there is something under that name already.
        NotWritten: If that fails; then the draft is where it was.
    """
    try:
        _sync(draft)
        # Renaming a folder onto one with content fails, so two writers cannot both publish.
        draft.rename(target)
        _sync(target.parent)
    except OSError as error:
        # Somebody else was faster.
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST) and target.exists():
            raise ReleaseExists(release, os.fspath(target)) from None
        raise NotWritten(os.fspath(target), _problem(error)) from error


@contextlib.contextmanager
def held(folder: Path, subject: str) -> Iterator[None]:
    """
    Have a folder, which is made if need be, for oneself as long as the block lasts.

    *subject* is for messages. Nothing is left of a folder in which nothing was saved.

    Raises:
        FolderBusy: If somebody else has it.
        NotWritten: If it cannot be made, or held.
    """
    with _told(os.fspath(folder)):
        _make(folder)
        handle = os.open(folder, os.O_RDONLY)
    try:
        _hold(handle, folder, subject)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                folder.rmdir()
    finally:
        # The system lets go of it, too, when the process is killed.
        os.close(handle)


def _hold(handle: int, folder: Path, subject: str) -> None:
    try:
        # Windows has none, and few programs write what must be held.
        import fcntl  # noqa: PLC0415
    except ImportError as error:
        raise NotWritten(os.fspath(folder), "cannot be held on this system") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Another writer may have published this very folder, or removed it, before it was held.
        is_here = os.path.samestat(os.fstat(handle), folder.stat())
    except (BlockingIOError, FileNotFoundError) as error:
        raise FolderBusy(subject, os.fspath(folder)) from error
    except OSError as error:
        raise NotWritten(os.fspath(folder), _problem(error)) from error
    if not is_here:
        raise FolderBusy(subject, os.fspath(folder))


@contextlib.contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise NotWritten(name, _problem(error)) from error


@contextlib.contextmanager
def _unread(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise NotRead(name, _problem(error)) from error


def _save(path: Path, content: Content) -> None:
    with path.open("xb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            content(file)
        _flush(file)


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _make(folder: Path) -> None:
    missing = list(itertools.takewhile(lambda path: not path.exists(), (folder, *folder.parents)))
    folder.mkdir(parents=True, exist_ok=True)
    for made in missing:
        _sync(made.parent)


def _sync(folder: Path) -> None:
    # The name of a file is safe only once its folder is on the disk.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _problem(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
