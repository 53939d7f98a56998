"""
The one seam to the file system: whole files in, whole files out, or nothing.

A write goes to a temporary file beside the target, is flushed to the disk,
and takes the target's name in one step.
Whoever looks, at whatever moment, sees the old file or the new one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from dateline.errors import NotRead, NotWritten, ReleaseExists


def read(path: str | os.PathLike[str], *, limit: int | None = None) -> bytes:
    """
    The bytes of a file, of which there may be at most *limit*.

    Raises:
        NotRead: If it is missing, a folder, too large, or may not be read.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(-1 if limit is None else limit + 1)
    except (OSError, ValueError) as error:
        raise NotRead(os.fspath(path), _problem(error)) from error
    if limit is not None and len(data) > limit:
        raise NotRead(os.fspath(path), f"has more than {limit} bytes")

    return data


def write(path: str | os.PathLike[str], data: bytes) -> None:
    """
    Save *data* under *path*, whole or not at all.

    Raises:
        NotWritten: If it cannot be saved; an old file under that name is untouched.
    """
    try:
        # The file that a link leads to is replaced, not the link.
        target = Path(path).resolve()
        _replace(target, data)
    except (OSError, ValueError, RuntimeError) as error:
        raise NotWritten(os.fspath(path), _problem(error)) from error


def publish(folder: str | os.PathLike[str], contents: Mapping[str, bytes], release: str) -> None:
    """
    Make a new *folder* with these files, all of them or none; *release* is for messages.

    Raises:
        ReleaseExists: If there is something under that name already.
        NotWritten: If it cannot be saved; then nothing is left behind.
    """
    target = Path(folder)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise ReleaseExists(release, os.fspath(folder))
        draft.mkdir()
        for name, data in contents.items():
            _save(draft / name, data)
        _sync(draft)
        # Renaming a folder onto one with content fails, so two writers cannot both publish.
        draft.rename(target)
        _sync(target.parent)
    except OSError as error:
        if isinstance(error, ReleaseExists):
            raise
        # Somebody else was faster.
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST) and target.exists():
            raise ReleaseExists(release, os.fspath(folder)) from None
        raise NotWritten(os.fspath(folder), _problem(error)) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _replace(target: Path, data: bytes) -> None:
    draft = target.with_name(f".{target.name[:50]}.{secrets.token_hex(6)}")
    try:
        _save(draft, data)
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o7777)
        draft.replace(target)
        _sync(target.parent)
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()


def _save(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    # The name of a file is safe only once its folder is on the disk.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _problem(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
