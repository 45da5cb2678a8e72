"""A file that appears under its name when it is whole, or not at all; while it is written it is called NAME.unfinished."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from archive import disk
from archive.errors import Location, OutputError, OutputExists, OutputUnfinished
from archive.journal.log import read as read_journal

_BUFFER_BYTES = 1 << 16
_CHUNK_BYTES = 1 << 18
_NAME_BYTES = 220
"""Of the output's name; a longer one is shortened, so that there is room for the suffixes."""
UNFINISHED = ".unfinished"
JOURNAL = ".journal"


def unfinished_path(path: Path) -> Path:
    """Return the name that a file has while it is written, beside its final one. Raises OutputError where it has none."""
    if not path.name:
        raise OutputError(
            "the output has no name", Location(package=str(path)), "give it one, in some folder"
        )
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    name = target.name
    if len(os.fsencode(name)) > _NAME_BYTES:
        name = f"{name[:40]}-{hashlib.sha256(os.fsencode(name)).hexdigest()[:16]}"
    return target.with_name(name + UNFINISHED)


def journal_path(path: Path) -> Path:
    """Return the name of the journal that stands beside an unfinished file which can be gone on with."""
    unfinished = unfinished_path(path)
    return unfinished.with_name(unfinished.name + JOURNAL)


def promises(path: Path) -> bool:
    """Say whether an unfinished build of this file has acknowledged anything."""
    return len(read_journal(journal_path(path))) > 1


class Output(io.RawIOBase):
    """A new file beside its final place. `publish` gives it its name; `discard` leaves nothing behind.

    Takes bytes, and gives the file the mode that the user's umask leaves. Where the path is a link to a file, that
    file is replaced and the link stays. Every failure of the file system is an OutputError with a hint, raised before
    any work where something other than a file is there already: a folder, a device, a pipe or a link to one of them
    cannot appear whole, and is no file to be replaced. OutputExists: there is a file, and `overwrite` was not asked for.

    It has one writer: OutputBusy where another process writes it. What a killed one left is taken over and begun anew,
    but for one that has a journal, whose content was promised to somebody: OutputUnfinished, unless `overwrite` or
    `resume` says what to do. With `resume` the file keeps what it holds, and `kept` goes through that.
    """

    def __init__(self, path: Path, *, overwrite: bool = False, resume: bool = False) -> None:
        super().__init__()
        self.path, self._overwrite = path, overwrite
        self._descriptor = -1
        self._refuse_what_is_no_file()
        self._target = Path(os.path.realpath(path)) if path.is_symlink() else path
        self.unfinished, self.journal = unfinished_path(path), journal_path(path)
        if not overwrite and os.path.lexists(path):
            self._tidy()
            raise self._exists()
        self._keep = False
        self._buffer = bytearray()
        self._buffered_at = self._position = 0
        try:
            with disk.failing_as_output(path):
                self._open(resume=resume)
        except BaseException:
            self.close()
            raise

    def _open(self, *, resume: bool) -> None:
        self._descriptor = disk.open_locked(self.unfinished)
        if (
            os.fstat(self._descriptor).st_nlink > 1
        ):  # it got its name, and whoever did it was stopped just then
            self._begin_beside()
        self._keep = self.size_bytes > 0 and promises(self.path)
        if self._keep and not (resume or self._overwrite):
            raise self._is_unfinished()
        if not (self._keep and resume):
            self._keep = False
            disk.remove(self.journal)
            disk.cut(self._descriptor, 0)

    def _tidy(self) -> None:
        """Take away what is left beside a finished file where its writer was stopped just behind finishing it."""
        with contextlib.suppress(OSError):
            if self.unfinished.exists() and self.unfinished.samefile(self._target):
                disk.remove(self.unfinished)
            if not self.unfinished.exists():
                disk.remove(self.journal)

    def _begin_beside(self) -> None:
        """Leave the finished file alone and begin a new one."""
        disk.remove(self.unfinished)
        os.close(self._descriptor)
        self._descriptor = -1
        self._descriptor = disk.open_locked(self.unfinished)

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Write all of `data`."""
        if self._position != self._buffered_at + len(self._buffer):
            self.flush()
            self._buffered_at = self._position
        self._buffer += data
        self._position += len(data)
        if len(self._buffer) >= _BUFFER_BYTES:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Hand what is buffered to the system."""
        if self._buffer and self._descriptor >= 0:
            with disk.failing_as_output(self.path):
                disk.write_all(self._descriptor, self._buffered_at, self._buffer)
            self._buffered_at += len(self._buffer)
            self._buffer = bytearray()

    def sync(self) -> None:
        """Make durable what was written."""
        self.flush()
        with disk.failing_as_output(self.path):
            disk.sync(self._descriptor)

    def tell(self) -> int:
        """Return the position in bytes."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a position in bytes from the start."""
        assert whence == io.SEEK_SET
        self._position = offset
        return offset

    @property
    def size_bytes(self) -> int:
        """How much of the file the system has."""
        return os.fstat(self._descriptor).st_size

    def cut(self, size_bytes: int) -> None:
        """Drop what the file holds behind this size."""
        with disk.failing_as_output(self.path):
            disk.cut(self._descriptor, size_bytes)

    def kept(self, length_bytes: int) -> Iterator[bytes]:
        """Yield the next bytes that the file holds already, and go behind them."""
        self.flush()
        while length_bytes > 0:
            with disk.failing_as_output(self.path):
                os.lseek(self._descriptor, self._position, os.SEEK_SET)
                chunk = os.read(self._descriptor, min(length_bytes, _CHUNK_BYTES))
            if not chunk:
                return
            self._position += len(chunk)
            length_bytes -= len(chunk)
            yield chunk

    def publish(self) -> None:
        """Make the file durable and give it its name."""
        self.cut_behind()
        self.sync()
        with disk.failing_as_output(self.path):
            self._rename()
            disk.sync_folder(self._target.parent)
            if self.journal.exists():
                disk.remove(self.journal)
        self._close_descriptor()

    def cut_behind(self) -> None:
        """Drop what the file holds behind the position, where an earlier writer came further."""
        self.flush()
        if self.size_bytes > self._position:
            self.cut(self._position)

    def keep(self) -> None:
        """Close the file and leave it, unfinished, where it is."""
        self._keep = True
        self.close()

    def discard(self) -> None:
        """Remove the file if it has not got its name. Being closed, or forgotten, does the same."""
        self._keep = False
        self.close()

    def close(self) -> None:
        """Close the file and leave nothing behind but what was published or is to be kept."""
        if not self.closed and getattr(self, "_descriptor", -1) >= 0:
            self._buffer = bytearray()
            if not self._keep:
                with contextlib.suppress(OSError):
                    disk.remove(self.unfinished)
                    disk.remove(self.journal)
            self._close_descriptor()
        super().close()

    def _close_descriptor(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        with contextlib.suppress(OSError):
            os.close(descriptor)

    def _refuse_what_is_no_file(self) -> None:
        """Raise OutputError where the path is there, or is a link, and what it leads to is no regular file."""
        with disk.failing_as_output(self.path):
            if not os.path.lexists(self.path):
                return
            mode = self.path.stat().st_mode if self.path.exists() else 0  # a link may lead nowhere
            if stat.S_ISDIR(mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            where, hint = Location(package=str(self.path)), "choose the name of a file, or a new name"
            raise OutputError(
                "cannot write the output: there is something that is no regular file", where, hint
            )

    def _rename(self) -> None:
        if self._overwrite:
            self._refuse_what_is_no_file()  # it may have appeared meanwhile
            disk.rename(self.unfinished, self._target)
            return
        try:  # a hard link fails where a file of that name appeared meanwhile, a rename would overwrite it
            disk.link(self.unfinished, self._target)
        except FileExistsError:
            raise self._exists() from None
        except OSError:
            if os.path.lexists(self._target):
                raise self._exists() from None
            disk.rename(self.unfinished, self._target)
            return
        disk.sync_folder(self._target.parent)  # the new name must be there before the old one goes
        disk.remove(self.unfinished)

    def _exists(self) -> OutputExists:
        where, hint = (
            Location(package=str(self.path)),
            "choose another name, or have it replaced: --force, overwrite=True in Python",
        )
        return OutputExists("the output exists already", where, hint)

    def _is_unfinished(self) -> OutputUnfinished:
        hint = "go on with it: --resume; or start over: --force (resume=True, overwrite=True in Python)"
        return OutputUnfinished("an unfinished build is here", Location(package=str(self.unfinished)), hint)
