"""Opening an archive, whatever it is: a WACZ package, or a bare WARC or ARC as a package of one member."""

from __future__ import annotations

import errno
import io
import os
import stat
import tempfile
import zlib
from contextlib import ExitStack
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from archive.errors import Location, NotAnArchive, Unreadable
from archive.limits import DEFAULT, Limits
from archive.remote import is_address, open_remote
from archive.wacz.package import WARC_SUFFIXES, Kind, Package
from archive.wacz.zipend import find_end

__all__ = ["Kind", "Package", "open_package"]

ARC_SUFFIXES = (".arc", ".arc.gz")
_PEEKED_BYTES = 1024


def open_package(
    source: str | Path | BinaryIO, *, name: str | None = None, limits: Limits = DEFAULT, jobs: int = 1
) -> Package:
    """Open a WACZ, WARC or ARC, plain or gzip, by path, by address (http, https, what fsspec knows) or as a binary file.

    Raises Unreadable where the system will not give the bytes or the path leads to no regular file, NotAnArchive where
    the bytes are something else, LimitExceeded where even the directory is beyond the limits. Everything else that is
    wrong is a finding. `jobs` processes survey a large archive that is opened by its path, with the same outcome as one.
    """
    with ExitStack() as stack:
        if isinstance(source, str) and is_address(source) and not os.path.lexists(source):
            shown = name or source
            file: BinaryIO = stack.enter_context(open_remote(source, limits=limits))
        elif isinstance(source, str | Path):
            shown = name or str(source)
            file = stack.enter_context(_opened(Path(source), shown))
        else:
            shown = name or str(getattr(source, "name", "-"))
            file = _seekable(source, stack)
        package = Package(file, _kind(file, shown), shown, limits=limits)
        package.path, package.jobs = Path(source) if isinstance(source, str | Path) else None, jobs
        package._stack = stack.pop_all()
    return package


def _opened(path: Path, shown: str) -> BinaryIO:
    """Open a regular file. Opening a pipe would wait for a writer, and reading a device need not end."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            return path.open("rb")
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        message = f"cannot be opened: {getattr(error, 'strerror', None) or error}"
        hint = "look whether the name is right, and whether you may read it"
        raise Unreadable(message, Location(package=shown), hint) from error
    what = os.strerror(errno.EISDIR) if stat.S_ISDIR(mode) else "it is no regular file"
    raise Unreadable(f"cannot be opened: {what}", Location(package=shown), "give the name of a file")


def _seekable(source: BinaryIO, stack: ExitStack) -> BinaryIO:
    if source.seekable():
        return source
    kept = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - closed by the stack
    copyfileobj(source, kept)
    return kept


def _kind(file: BinaryIO, name: str) -> Kind:
    """Tell what a file is by its first bytes, else by its end, else by its name."""
    try:
        file.seek(0)
        start = file.read(_PEEKED_BYTES)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}", Location(package=name)) from error
    inner = _inflated_start(start) if start.startswith(b"\x1f\x8b") else start
    if inner.startswith(b"filedesc:") or name.endswith(ARC_SUFFIXES):
        return Kind.ARC
    if inner.startswith(b"WARC/") or name.endswith(WARC_SUFFIXES):
        return Kind.WARC
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")) or find_end(file, file.seek(0, io.SEEK_END)):
        return Kind.WACZ
    if b'"multi-wacz' in start:
        message = "a list of packages (MultiWACZ), which is not read here"
        raise NotAnArchive(message, Location(package=name), "give the packages that it lists, one by one")
    raise NotAnArchive(
        "neither WACZ nor WARC nor ARC", Location(package=name), "give a .wacz, .warc or .warc.gz file"
    )


def _inflated_start(start: bytes) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(start, _PEEKED_BYTES)
    except zlib.error:
        return b""
