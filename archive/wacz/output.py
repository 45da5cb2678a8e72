"""A file that appears under its name when it is whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import secrets
import stat
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

    Takes bytes, and gives the file the mode that the user's umask leaves. Where the path is a link to a file, that
    file is replaced and the link stays. Every failure of the file system is an OutputError with a hint, raised before
    any work where something other than a file is there already: a folder, a device, a pipe or a link to one of them
    cannot appear whole, and is no file to be replaced. OutputExists: there is a file, and `overwrite` was not asked for.
    """

    def __init__(self, path: Path, *, overwrite: bool = False) -> None:
        super().__init__()
        self._path, self._overwrite = path, overwrite
        self._refuse_what_is_no_file()
        if not overwrite and os.path.lexists(path):
            raise self._exists()
        self._target = Path(os.path.realpath(path)) if path.is_symlink() else path
        self._temporary = self._target.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.tmp")
        with self._failing_as_output():
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
            _sync_folder(self._target.parent)

    def discard(self) -> None:
        """Remove the file if it has not got its name. Being closed, or forgotten, does the same."""
        self.close()

    def close(self) -> None:
        """Close the file and leave nothing behind but what was published."""
        if not self.closed and hasattr(self, "_file"):
            with contextlib.suppress(OSError):
                self._file.close()
            self._temporary.unlink(missing_ok=True)
        super().close()

    def _refuse_what_is_no_file(self) -> None:
        """Raise OutputError where the path is there, or is a link, and what it leads to is no regular file."""
        with self._failing_as_output():
            if not os.path.lexists(self._path):
                return
            mode = self._path.stat().st_mode if self._path.exists() else 0  # a link may lead nowhere
            if stat.S_ISDIR(mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            where, hint = Location(package=str(self._path)), "choose the name of a file, or a new name"
            raise OutputError(
                "cannot write the output: there is something that is no regular file", where, hint
            )

    def _rename(self) -> None:
        if self._overwrite:
            self._refuse_what_is_no_file()  # it may have appeared meanwhile
            self._temporary.replace(self._target)
            return
        try:  # a hard link fails where a file of that name appeared meanwhile, a rename would overwrite it
            os.link(self._temporary, self._target)
        except FileExistsError:
            raise self._exists() from None
        except OSError:
            if os.path.lexists(self._target):
                raise self._exists() from None
            self._temporary.replace(self._target)
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
