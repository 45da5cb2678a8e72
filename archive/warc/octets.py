"""The bytes of a WARC file as one stream: plain, or inflated member by member, with the stored place of each byte."""

from __future__ import annotations

from typing import BinaryIO

from archive import lazily
from archive.errors import Location, Unreadable
from archive.findings import Finding
from archive.limits import MIB, Limits

CHUNK = 256 * 1024
START = b"warc/"
"""How a record begins; case does not matter (RFC 2616 §2.1)."""

LATER_START = lazily.compile(rb"WARC/1\.[0-9]\r?\n")
"""Where one may begin behind something broken: a whole version line, even where the break was in the middle of a line."""

_LATER_START_BYTES = 10
_SPAN_BYTES = 64 * 1024
"""How much of a plain file is buffered to take records the straight way; larger ones go the long way."""
_REWIND_BYTES = 64 * MIB
"""How much is read twice at most in looking for records inside broken ones: without a bound, a hostile file costs the
square of its size."""


class Stored:
    """The bytes as they lie in the file, read in chunks, from `start` on and `length` bytes at most."""

    def __init__(self, file: BinaryIO, start: int = 0, length: int | None = None) -> None:
        self._file = file
        self._left = length
        self._end = None if length is None else start + length
        self._rewinds = _REWIND_BYTES
        self.buffer = b""
        self.at = 0
        self.offset = start
        """Offset in the file of the next unused byte."""

    def fill(self) -> bool:
        """Append another chunk to what is buffered; False at the end of the file."""
        size = CHUNK if self._left is None else min(CHUNK, self._left)
        try:
            more = self._file.read(size) if size else b""
        except OSError as error:
            raise Unreadable(
                f"cannot be read: {error.strerror or error}", Location(offset_bytes=self.offset)
            ) from error
        if self._left is not None:
            self._left -= len(more)
        self.buffer = self.buffer[self.at :] + more if self.at < len(self.buffer) else more
        self.at = 0
        return bool(more)

    def need(self, count: int) -> bool:
        """Buffer at least `count` unused bytes; False where the file has fewer."""
        while len(self.buffer) - self.at < count:
            if not self.fill():
                return False
        return True

    def use(self, count: int) -> None:
        """Count the next `count` buffered bytes as used."""
        self.at += count
        self.offset += count

    def back(self, offset: int) -> bool:
        """Go back to an earlier offset; False where the file or the bound on reading twice does not allow it."""
        distance = self.offset - offset
        if distance > self._rewinds or not self._file.seekable():
            return False
        self._rewinds -= distance
        if distance <= self.at:  # still buffered
            self.at, self.offset = self.at - distance, offset
            return True
        self._file.seek(offset)
        self._left = None if self._end is None else self._end - offset
        self.buffer, self.at, self.offset = b"", 0, offset
        return True


class Octets:
    """Inflated bytes in sections: what is broken in one section cannot swallow the next. Plain files have one."""

    def __init__(self, stored: Stored, limits: Limits) -> None:
        self.stored = stored
        self.limits = limits
        self._found: list[tuple[int, Finding]] = []
        """What was found on the way and not yet taken by the reader, each with the place from which on it is told."""
        self.position = 0
        """How many inflated bytes were read."""
        self._buffer = b""
        self._at = 0

    def next_section(self) -> bool:
        """Go to the next section, dropping what is left of this one; False where there is none."""
        raise NotImplementedError

    def extent(self, start: int, end: int) -> tuple[int, int]:
        """Return offset and length, as stored, of what was inflated to [start, end); length 0 where it has none."""
        raise NotImplementedError

    def back(self, position: int) -> bool:
        """Go back to an earlier position, where that is possible."""
        raise NotImplementedError

    def offset(self) -> int:
        """Return the stored offset of the next byte (of its gzip member)."""
        raise NotImplementedError

    def span(self) -> tuple[bytes, int, int] | None:
        """Return buffered bytes, where in them the next byte is, and where the section ends; -1 where it goes on.

        None where a record has to be read in pieces, or there is something to be told about these bytes.
        """
        return None

    def pass_by(self, count: int) -> tuple[int, int] | None:
        """Use up `count` bytes that `span` gave; return offset and length of them as stored.

        None, and nothing is used, where there is something to be told about what follows.
        """
        raise NotImplementedError

    def abandon(self) -> None:
        """Give up the rest of the section, where it is too large to be read."""

    def _more(self) -> bytes:
        """Return further bytes of this section; none at its end."""
        raise NotImplementedError

    @property
    def gave_up(self) -> bool:
        """Say whether the rest of this section was given up by our own decision."""
        return False

    def find(self, finding: Finding, position: int = 0, *, begins: bool = False) -> None:
        """Keep a finding until the reader comes to this place of the inflated bytes, however far ahead it was found.

        `begins`: it is about what begins there, and not about what ends there.
        """
        self._found.append((2 * position + begins, finding))

    def take_findings(self, *, ended: bool = False) -> list[Finding]:
        """Return what was found up to here and not yet taken. `ended`: only about what ended here."""
        if not self._found:
            return []
        here = 2 * self.position + (not ended)
        taken = [finding for place, finding in self._found if place <= here]
        self._found = [kept for kept in self._found if kept[0] > here]
        return taken

    def read(self, count: int) -> bytes:
        """Return some bytes, `count` at most; none at the end of the section."""
        if self._at >= len(self._buffer):
            self._buffer, self._at = self._more(), 0
        data = self._buffer[self._at : self._at + count]
        self._at += len(data)
        self.position += len(data)
        return data

    def peek(self, count: int) -> bytes:
        """Return the next `count` bytes (fewer at the end of the section) without using them."""
        self._ahead(count)
        return self._buffer[self._at : self._at + count]

    def head(self, limit: int) -> tuple[bytes, bool]:
        """Use up a header: the lines up to an empty line, and that line. False where there is no empty line.

        Nothing more than `limit` bytes is looked at: then it stops at the limit.
        """
        seen = 0
        while True:
            window = len(self._buffer) - self._at
            end = _empty_line(self._buffer, self._at + max(0, seen - 3), self._at + limit)
            if end is not None:
                raw = self._buffer[self._at : end[0]]
                self._use(end[1] - self._at)
                return raw, True
            if window >= limit or not self._ahead(window + 1):
                raw = self._buffer[self._at : self._at + min(window, limit)]
                self._use(len(raw))
                return raw, False
            seen = window

    def to_start(self) -> int:
        """Go to where the next record seems to begin, or to the end of the section. Return how many bytes that was."""
        begin = self.position
        while True:
            start = LATER_START.search(self._buffer, self._at)
            if start:
                self._use(start.start() - self._at)
                return self.position - begin
            keep = min(_LATER_START_BYTES - 1, len(self._buffer) - self._at)
            self._use(len(self._buffer) - self._at - keep)
            if not self._ahead(keep + 1):
                self._use(len(self._buffer) - self._at)
                return self.position - begin

    def skip(self, count: int) -> None:
        """Use up `count` bytes without looking at them."""
        while count > 0:
            data = self.read(min(count, CHUNK))
            if not data:
                return
            count -= len(data)

    def _use(self, count: int) -> None:
        self._at += count
        self.position += count

    def _ahead(self, count: int) -> bool:
        """Buffer at least `count` bytes; False where the section has fewer."""
        while len(self._buffer) - self._at < count:
            more = self._more()
            if not more:
                return False
            self._buffer = self._buffer[self._at :] + more
            self._at = 0
        return True


class Plain(Octets):
    """A file that is not compressed: stored and inflated bytes are the same, and going back is possible."""

    def __init__(self, stored: Stored, limits: Limits) -> None:
        super().__init__(stored, limits)
        self._base = stored.offset
        self._begun = False

    def next_section(self) -> bool:
        """Begin with the file; there is only one section."""
        first, self._begun = not self._begun, True
        return first

    def extent(self, start: int, end: int) -> tuple[int, int]:
        """Return the same bytes, counted from the start of the file."""
        return self._base + start, end - start

    def offset(self) -> int:
        """Return the offset of the next byte."""
        return self._base + self.position

    def back(self, position: int) -> bool:
        """Go back to an earlier position."""
        if not self.stored.back(self._base + position):
            return False
        self._buffer, self._at, self.position = b"", 0, position
        return True

    def span(self) -> tuple[bytes, int, int] | None:
        """Return what is buffered, which is enough for several small records unless the file ends."""
        if len(self._buffer) - self._at < _SPAN_BYTES:
            self._ahead(_SPAN_BYTES)
        return None if self._found else (self._buffer, self._at, -1)

    def pass_by(self, count: int) -> tuple[int, int] | None:
        """Use up `count` bytes."""
        offset = self._base + self.position
        self._use(count)
        return offset, count

    def _more(self) -> bytes:
        if self.stored.at >= len(self.stored.buffer) and not self.stored.fill():
            return b""
        data = self.stored.buffer[self.stored.at :]
        self.stored.use(len(data))
        return data


def _empty_line(buffer: bytes, start: int, stop: int) -> tuple[int, int] | None:
    """Return where the first empty line begins and ends, or None."""
    ends = []
    strict = buffer.find(b"\n\r\n", start, stop)
    if strict >= 0:
        ends.append((strict + 1, strict + 3))
    bare = buffer.find(b"\n\n", start, strict if strict >= 0 else stop)
    if bare >= 0:
        ends.append((bare + 1, bare + 2))
    return min(ends, default=None)
