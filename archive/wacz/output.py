"""A file that appears under its name when it is whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import Location, OutputError, OutputExists

_HINTS = {
    errno.ENOSPC: "the disk is full: free some space or write elsewhere",
    errno.EDQUOT: "the disk quota is used up: free some space or write elsewhere",
    errno.EFBIG: "the file system does not take files of this size",
    errno.ENOENT: "the folder does not exist: create it first",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EACCES: "there is no permission to write in this folder",
    errno.EPERM: "there is no permission to write in this folder",
    errno.EROFS: "the file system is read-only: write elsewhere",
    errno.EISDIR: "there is a folder of this name: choose another name",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
}
_BUFFER_BYTES = 1 << 16


class Output(io.RawIOBase):
    """A new file beside its final place. `publish` gives it its name; `discard` leaves nothing behind.

    Every failure of the file system is an OutputError with a hint.
    """

    def __init__(self, path: Path, *, overwrite: bool = False) -> None:
        super().__init__()
        self._path, self._overwrite = path, overwrite
        if not overwrite and os.path.lexists(path):
            raise self._exists()
        self._temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.tmp")
        with self._failing_as_output():
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            descriptor = os.open(self._temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
            self._file = os.fdopen(descriptor, "w+b", buffering=_BUFFER_BYTES)

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Write all of `data`."""
        with self._failing_as_output():
            return self._file.write(data)

    def tell(self) -> int:
        """Return the position in bytes."""
        return self._file.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a position in bytes."""
        with self._failing_as_output():
            return self._file.seek(offset, whence)

    def publish(self) -> None:
        """Make the file durable and give it its name."""
        with self._failing_as_output():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._rename()
            _sync_folder(self._path.parent)

    def discard(self) -> None:
        """Remove the file if it has not got its name."""
        with contextlib.suppress(OSError):
            self._file.close()
        self._temporary.unlink(missing_ok=True)

    def _rename(self) -> None:
        if self._overwrite:
            self._temporary.replace(self._path)
            return
        try:  # a hard link fails where a file of that name appeared meanwhile, a rename would overwrite it
            os.link(self._temporary, self._path)
        except FileExistsError:
            raise self._exists() from None
        except OSError:
            if os.path.lexists(self._path):
                raise self._exists() from None
            self._temporary.replace(self._path)
        else:
            self._temporary.unlink()

    def _exists(self) -> OutputExists:
        where, hint = (
            Location(package=str(self._path)),
            "choose another name, or ask for it to be overwritten",
        )
        return OutputExists("the output exists already", where, hint)

    @contextmanager
    def _failing_as_output(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            where = Location(package=str(self._path))
            hint = _HINTS.get(error.errno or 0, "choose another place to write to")
            raise OutputError(f"cannot write the output: {reason}", where, hint) from error


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system lets a folder be synchronised."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
