"""A member's data as a stream: a window on the file where it is stored, inflated on the way where it is deflated."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO, ClassVar, cast

import attrs

from archive.errors import InputError, Location
from archive.limits import DEFAULT, Limits
from archive.wacz.zipentry import STORED, Entry

_CHUNK_BYTES = 1 << 16


@attrs.frozen
class MemberDamaged(InputError):
    """A member's bytes are not those that its header vouches for, or they cannot be inflated."""

    code: ClassVar[str] = "member-damaged"


def open_entry(file: BinaryIO, entry: Entry, *, check: bool, limits: Limits = DEFAULT) -> BinaryIO:
    """Return the data of a readable entry, seekable. `check`: raise MemberDamaged at the end when the CRC is wrong.

    Reading a member that claims to grow more than `limits` allow raises MemberDamaged.
    """
    raw: io.RawIOBase
    if entry.method == STORED:
        raw = Window(file, entry.data_offset_bytes, entry.stored_bytes, entry if check else None)
    else:
        raw = Inflated(file, entry, check=check, limits=limits)
    return cast("BinaryIO", io.BufferedReader(raw, _CHUNK_BYTES))


class _Crc:
    """The CRC of a stream as long as it is read from front to back without a gap."""

    def __init__(self, entry: Entry | None) -> None:
        self._entry, self._crc, self._position = entry, 0, 0

    def see(self, position: int, data: bytes) -> None:
        """Take in what was read at `position`; raise MemberDamaged when the end is reached and the CRC is wrong."""
        if self._entry is None or position != self._position:
            return
        self._crc = zlib.crc32(data, self._crc)
        self._position += len(data)
        if data and self._position == self._entry.size_bytes and self._crc != self._entry.crc:
            raise damaged(self._entry, "its CRC-32 is wrong")


def damaged(entry: Entry, reason: str) -> MemberDamaged:
    """Return the error that says so."""
    where = Location(member=entry.name, offset_bytes=entry.offset_bytes)
    return MemberDamaged(f"the member {entry.name!r} is damaged: {reason}", where)


class Window(io.RawIOBase):
    """A part of a seekable file as a file of its own. Several windows may share one file."""

    def __init__(
        self, file: BinaryIO, offset_bytes: int, length_bytes: int, entry: Entry | None = None
    ) -> None:
        super().__init__()
        self._file, self._offset, self._length = file, offset_bytes, length_bytes
        self._position, self._crc = 0, _Crc(entry)

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the position in bytes."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a position in bytes; one in front of the start is the start."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._length}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Read what fits, up to the end of the window."""
        wanted = min(len(buffer), self._length - self._position)
        if wanted <= 0:
            return 0
        self._file.seek(self._offset + self._position)
        data = self._file.read(wanted)
        buffer[: len(data)] = data
        self._crc.see(self._position, data)
        self._position += len(data)
        return len(data)


class Inflated(io.RawIOBase):
    """A deflated member. Seeking back begins again; no more is ever produced than its size, nor than the limits allow."""

    def __init__(self, file: BinaryIO, entry: Entry, *, check: bool, limits: Limits = DEFAULT) -> None:
        super().__init__()
        self._allowed = max(limits.inflate_ratio_from_bytes, entry.stored_bytes * limits.inflate_ratio)
        self._file, self._entry, self._check = file, entry, check
        self._restart()

    def _restart(self) -> None:
        self._source = Window(self._file, self._entry.data_offset_bytes, self._entry.stored_bytes)
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._position, self._crc = 0, _Crc(self._entry if self._check else None)

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True, though going back is paid for."""
        return True

    def tell(self) -> int:
        """Return the position in inflated bytes."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a position in inflated bytes, by reading up to it; one behind the end is the end."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._entry.size_bytes}[whence]
        wanted = max(0, base + offset)
        if wanted < self._position:
            self._restart()
        scratch = bytearray(_CHUNK_BYTES)
        while self._position < wanted:
            if not self.readinto(memoryview(scratch)[: wanted - self._position]):
                break
        return self._position

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Read what fits. Raises MemberDamaged where the data cannot be inflated, or grows beyond all reason."""
        if self._entry.size_bytes > self._allowed:  # by its own claim: then nothing of it is inflated at all
            raise damaged(self._entry, "it grows beyond the limit inflate_ratio")
        wanted = min(len(buffer), self._entry.size_bytes - self._position)
        data = self._produce(wanted) if wanted > 0 else b""
        buffer[: len(data)] = data
        self._crc.see(self._position, data)
        self._position += len(data)
        return len(data)

    def _produce(self, wanted: int) -> bytes:
        while not self._inflate.eof:
            raw = self._inflate.unconsumed_tail or self._source.read(_CHUNK_BYTES) or b""
            try:
                data = self._inflate.decompress(raw, wanted)
            except zlib.error as error:
                raise damaged(self._entry, str(error)) from None
            if data:
                return data
            if not raw:
                raise damaged(self._entry, "its data ends too early")
        return b""

    @property
    def complete(self) -> bool:
        """True when the data ended just where the declared sizes say. Reads a byte beyond to find out."""
        if self._position != self._entry.size_bytes or self._inflate.unused_data:
            return False
        while not self._inflate.eof:
            raw = self._inflate.unconsumed_tail or self._source.read(_CHUNK_BYTES) or b""
            try:
                if self._inflate.decompress(raw, 1):
                    return False
            except zlib.error:
                return False
            if not raw:
                return False
        return not self._inflate.unused_data and not self._source.read(1)
