"""The few calls by which files are opened and written, each in one place, so that a test can count them and let any fail."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archive.errors import Location, OutputBusy, OutputError, Unreadable

if sys.platform != "win32":  # there, no lock is taken
    import fcntl

_HINTS = {
    errno.ENOSPC: "the disk is full: free some space or write elsewhere",
    errno.EDQUOT: "the disk quota is used up: free some space or write elsewhere",
    errno.EFBIG: "the file system does not take files of this size",
    errno.EIO: "the device fails to write: look at the disk, or write elsewhere",
    errno.ENOENT: "the folder does not exist: create it first",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EACCES: "there is no permission to write in this folder",
    errno.EPERM: "there is no permission to write in this folder",
    errno.EROFS: "the file system is read-only: write elsewhere",
    errno.EISDIR: "there is a folder of this name: choose another name",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
    errno.ELOOP: "a link lies where a new file is to be written: remove it, or write elsewhere",
}
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""How file systems (old network ones) say that they know no locks; one goes on without there."""

_NO_FOLDERS = (errno.EINVAL, errno.EBADF, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""How systems say that a folder cannot be synchronised."""


@contextmanager
def failing_as_output(path: Path) -> Iterator[None]:
    """Turn what the system refuses into an OutputError about `path`, with what to do about it."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        hint = _HINTS.get(error.errno or 0, "choose another place to write to")
        raise OutputError(f"cannot write the output: {reason}", Location(package=str(path)), hint) from error


def open_regular(path: Path, shown: str | None = None) -> BinaryIO:
    """Open a regular file for reading. Opening a pipe would wait for a writer, and reading a device need not end.

    Raises Unreadable, which calls the file as it is `shown`.
    """
    where = Location(package=str(path) if shown is None else shown)
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            return path.open("rb")
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        message = f"cannot be opened: {getattr(error, 'strerror', None) or error}"
        hint = "look whether the name is right, and whether you may read it"
        raise Unreadable(message, where, hint) from error
    what = os.strerror(errno.EISDIR) if stat.S_ISDIR(mode) else "it is no regular file"
    raise Unreadable(f"cannot be opened: {what}", where, "give the name of a file")


def is_same(path: Path, other: str | Path) -> bool:
    """Say whether two names lead to one file that is there; an address leads to none."""
    return path.exists() and Path(other).exists() and path.samefile(other)


def create(path: Path) -> int:
    """Open a file for reading and writing, made anew where it is not there; never through a link."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.open(path, flags, 0o666)


def write(descriptor: int, data: bytes | memoryview) -> int:
    """Write some of `data` where the file stands, and return how many bytes that was."""
    return os.write(descriptor, data)


def sync(descriptor: int) -> None:
    """Make durable what the file holds."""
    os.fsync(descriptor)


def cut(descriptor: int, size_bytes: int) -> None:
    """Give the file this size."""
    os.ftruncate(descriptor, size_bytes)


def link(path: Path, name: Path) -> None:
    """Give a file a second name. Raises FileExistsError where the name is taken."""
    os.link(path, name)


def rename(path: Path, name: Path) -> None:
    """Give a file another name, in place of whatever has it."""
    path.replace(name)


def remove(path: Path) -> None:
    """Take a name away, if it is there."""
    path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system lets a folder be synchronised."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # a folder that may be written in and not read, or a system that opens no folders
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDERS:
            raise
    finally:
        os.close(descriptor)


def write_all(descriptor: int, offset_bytes: int, data: bytes | bytearray) -> None:
    """Write all of `data` at a place, however often the system takes only a part of it."""
    os.lseek(descriptor, offset_bytes, os.SEEK_SET)
    rest = memoryview(data)
    while rest:
        count = write(descriptor, rest)
        if count <= 0:
            raise OSError(errno.EIO, "the system takes no more bytes and does not say why")
        rest = rest[count:]


def open_locked(path: Path) -> int:
    """Open a file to write in as its only writer; the lock ends with the descriptor, or with the process.

    Raises OutputBusy where another process has it, OSError where it cannot be opened or is no regular file.
    """
    while True:
        descriptor = create(path)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.EEXIST, "there is something that is no regular file")
            _lock(descriptor, path)
            if _is_still_named(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(
            descriptor
        )  # its writer ended between our opening and our locking it: it has another name now


def _lock(descriptor: int, path: Path) -> None:
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        hint = "wait until it has ended, or choose another name"
        raise OutputBusy("another process is writing this", Location(package=str(path)), hint) from None
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise


def _is_still_named(descriptor: int, path: Path) -> bool:
    try:
        named = path.lstat()
    except FileNotFoundError:
        return False
    return os.path.samestat(named, os.fstat(descriptor))
