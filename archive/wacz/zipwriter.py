"""Writing the ZIP of a package, front to back, in its one canonical form."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from archive.digest import ALGORITHM
from archive.errors import LimitExceeded, Location
from archive.wacz.layout import U32, Laid, directory, end, local_header


class MemberSink(io.RawIOBase):
    """Where a member's data goes: counts it and computes its CRC and digest on the way."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        super().__init__()
        self._file, self._state = file, hashlib.sha256()
        self._part: hashlib._Hash | None = None
        self.name, self.crc, self.size_bytes = name, 0, 0

    def writable(self) -> bool:
        """Return True: this is all it is for."""
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Append to the member."""
        self.size_bytes += len(data)
        if self.size_bytes >= U32:
            raise LimitExceeded(
                "a member of a package must stay below 4 GiB",
                Location(member=self.name),
                limit="member_bytes",
                allowed=U32 - 1,
                seen=self.size_bytes,
            )
        self.crc = zlib.crc32(data, self.crc)
        self._state.update(data)
        if self._part is not None:
            self._part.update(data)
        self._file.write(data)
        return len(data)

    def begin_part(self) -> None:
        """Begin a part of the member whose digest is wanted by itself."""
        self._part = hashlib.sha256()

    @property
    def part_digest(self) -> str:
        """The labelled digest of what was written since `begin_part`."""
        assert self._part is not None
        return f"{ALGORITHM}:{self._part.hexdigest()}"

    def keep(self, data: bytes) -> None:
        """Count bytes of the member that the file has already."""
        self.size_bytes += len(data)
        self.crc = zlib.crc32(data, self.crc)
        self._state.update(data)

    def tell(self) -> int:
        """Return how many bytes the member has so far."""
        return self.size_bytes

    @property
    def digest(self) -> str:
        """The labelled digest of what was written so far."""
        return f"{ALGORITHM}:{self._state.hexdigest()}"


class ZipWriter:
    """Members one after the other into an open, empty, seekable file. `finish` writes the directory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.members: list[Laid] = []
        self.sinks: list[MemberSink] = []
        """What was written so far, in order."""

    @contextmanager
    def member(self, name: str) -> Iterator[MemberSink]:
        """Yield the sink of a new member; when the block ends, its header is completed."""
        start = self._file.tell()
        self._file.write(local_header(name, 0, 0))
        sink = MemberSink(self._file, name)
        yield sink
        behind = self._file.tell()
        self._file.seek(start)
        self._file.write(local_header(name, sink.crc, sink.size_bytes))
        self._file.seek(behind)
        self.sinks.append(sink)
        self.members.append(Laid(name, sink.crc, sink.size_bytes, start))

    def finish(self) -> int:
        """Write the directory and the end; return the size of the whole file in bytes."""
        offset_bytes, listing = self._file.tell(), directory(self.members)
        self._file.write(listing + end(len(self.members), len(listing), offset_bytes))
        return self._file.tell()
