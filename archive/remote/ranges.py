"""A file on a web server, read by range requests (RFC 9110 §14) as if it were here.

1. The first request tells how long the file is and what identifies this state of it (ETag, Last-Modified).
2. Each further one asks for a stretch of that very state. What comes back must be that stretch, of a file as long.
3. Reading on from where the last stretch ended fetches longer and longer ones; jumping about fetches short ones.
4. A server that knows no ranges sends the whole file, which goes into a temporary one, up to a limit.
"""

from __future__ import annotations

import http.client
import io
import re
import tempfile
from collections import OrderedDict
from contextlib import ExitStack
from typing import BinaryIO, cast

import attrs

from archive import lazily
from archive.errors import Error, LimitExceeded, Location
from archive.limits import DEFAULT, KIB, MIB, Limits
from archive.remote.connection import Answer, Connection, unreadable
from archive.remote.errors import RemoteChanged, RemoteUnreadable

_FIRST_BYTES = 64 * KIB
_STRETCH_BYTES = 4 * MIB
_KEPT_BYTES = 16 * MIB
_RANGE = lazily.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})", re.IGNORECASE)
_NOTHING = lazily.compile(r"bytes \*/0", re.IGNORECASE)
_ATTEMPTS = 3


@attrs.frozen
class _State:
    """What identifies one state of the file: a change of any of it is a change of the file."""

    size_bytes: int
    etag: str
    modified: str

    @property
    def condition(self) -> dict[str, str]:
        """The field that asks for a range of this state only (RFC 9110 §13.1.5): never with a weak validator."""
        validator = self.etag if self.etag and not self.etag.startswith("W/") else ""
        return {"If-Range": validator} if validator else {}


def open_ranges(url: str, *, limits: Limits = DEFAULT) -> BinaryIO:
    """Open a file on a web server. Raises RemoteUnreadable, LimitExceeded."""
    connection = Connection(url, limits)
    try:
        return _opened(connection, limits)
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        raise unreadable(url, error, limits) from error
    except Error:
        connection.close()
        raise


def _opened(connection: Connection, limits: Limits) -> BinaryIO:
    answer = connection.ask({"Range": f"bytes=0-{_FIRST_BYTES - 1}"})
    if answer.status == 206:
        state = _state(answer)
        first = _body(answer, _stretch(answer, 0, min(_FIRST_BYTES, state.size_bytes), state))
        return cast("BinaryIO", RangeFile(connection, state, first))
    if answer.status == 200:
        whole = _whole(answer, limits)
        connection.close()
        return whole
    if answer.status == 416 and _NOTHING.fullmatch(answer.field("Content-Range")):
        connection.close()
        return io.BytesIO()
    raise RemoteUnreadable(f"the server answers with status {answer.status}", Location(package=answer.url))


class RangeFile(io.RawIOBase):
    """A file on a server. `requests` and `fetched_bytes` count what was asked for and what came back."""

    def __init__(self, connection: Connection, state: _State, first: bytes) -> None:
        super().__init__()
        self._connection, self._state = connection, state
        self._position = 0
        self._kept: OrderedDict[int, bytes] = OrderedDict({0: first})
        self._next_bytes = 2 * _FIRST_BYTES
        self.requests, self.fetched_bytes = 1, len(first)

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
        """Move to a position in bytes; nothing is fetched for it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._state.size_bytes}[whence]
        self._position = max(0, base + offset)
        return self._position

    def read(self, size: int | None = -1, /) -> bytes:
        """Return as many bytes as asked for, or all up to the end. Raises RemoteUnreadable, RemoteChanged, LimitExceeded."""
        left = max(0, self._state.size_bytes - self._position)
        wanted = left if size is None or size < 0 else min(size, left)
        parts = list[bytes]()
        while wanted > 0:
            part = self._piece(wanted)
            parts.append(part)
            self._position += len(part)
            wanted -= len(part)
        return b"".join(parts)

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Read what fits."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the connection."""
        if not self.closed:
            self._connection.close()
        super().close()

    def _piece(self, wanted: int) -> bytes:
        """Return some of the bytes wanted at the position, out of a stretch that is kept or is fetched now."""
        for start, data in reversed(self._kept.items()):
            if start <= self._position < start + len(data):
                self._kept.move_to_end(start)
                return data[self._position - start :][:wanted]
        data = self._fetch(self._position, wanted)
        return data[:wanted]

    def _fetch(self, start: int, wanted: int) -> bytes:
        goes_on = any(begin + len(data) == start for begin, data in self._kept.items())
        self._next_bytes = min(2 * self._next_bytes, _STRETCH_BYTES) if goes_on else _FIRST_BYTES
        length = min(max(self._next_bytes, min(wanted, _STRETCH_BYTES)), self._state.size_bytes - start)
        data = self._ask(start, length)
        self._kept[start] = data
        while sum(map(len, self._kept.values())) > _KEPT_BYTES:
            self._kept.popitem(last=False)
        return data

    def _ask(self, start: int, length: int) -> bytes:
        """Fetch a stretch. A connection that breaks off in it is tried again, for servers do that."""
        fields = {"Range": f"bytes={start}-{start + length - 1}", **self._state.condition}
        for attempt in range(_ATTEMPTS):
            answer = self._connection.ask(fields)
            self.requests += 1
            if answer.status in (200, 412, 416):
                raise _changed(answer.url)
            if answer.status != 206:
                message = f"the server answers with status {answer.status}"
                raise RemoteUnreadable(message, Location(package=answer.url))
            try:
                data = _body(answer, _stretch(answer, start, length, self._state))
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                if attempt == _ATTEMPTS - 1:
                    raise unreadable(answer.url, error) from error
                continue
            self.fetched_bytes += len(data)
            return data
        raise AssertionError("unreachable")  # pragma: no cover - the loop returns or raises


def _state(answer: Answer) -> _State:
    told = _RANGE.fullmatch(answer.field("Content-Range"))
    if told is None:
        message = "the server does not say which bytes it sends"
        raise RemoteUnreadable(message, Location(package=answer.url))
    return _State(int(told[3]), answer.field("ETag"), answer.field("Last-Modified"))


def _stretch(answer: Answer, start: int, length: int, state: _State) -> int:
    """Return how many bytes are to come: just those asked for, of the file in the same state. Raises otherwise."""
    told = _RANGE.fullmatch(answer.field("Content-Range"))
    where = Location(package=answer.url)
    if told is None or answer.field("Content-Encoding") not in ("", "identity"):
        raise RemoteUnreadable("the server answers with something else than the bytes asked for", where)
    if _state(answer) != state:
        raise _changed(answer.url)
    if (int(told[1]), int(told[2])) != (start, start + length - 1):
        message = f"the server sends other bytes than those asked for: {told[0]}"
        raise RemoteUnreadable(message, where, "fetch the file another way, and verify it here")
    stated = answer.field("Content-Length")
    if stated and stated != str(length):
        raise RemoteUnreadable("the server contradicts itself about how much it sends", where)
    return length


def _body(answer: Answer, length: int) -> bytes:
    """Read a body to its end, which lets the connection be used again, but never more than a piece too much."""
    parts, left = list[bytes](), length
    while left >= 0 and (part := answer.read()):
        parts.append(part)
        left -= len(part)
    if left > 0:
        raise http.client.IncompleteRead(b"", left)
    if left < 0:
        raise RemoteUnreadable("the server sends more than it was asked for", Location(package=answer.url))
    return b"".join(parts)


def _whole(answer: Answer, limits: Limits) -> BinaryIO:
    """Take in the whole file. Raises LimitExceeded where it is larger than may be fetched unasked."""
    stated = answer.field("Content-Length")
    size_bytes = 0
    if stated.isdigit() and int(stated[:19]) > limits.remote_whole_bytes:
        raise _too_large(answer.url, int(stated[:19]), limits)
    with ExitStack() as stack:
        kept = cast("BinaryIO", stack.enter_context(tempfile.TemporaryFile()))
        while part := answer.read():
            size_bytes += len(part)
            if size_bytes > limits.remote_whole_bytes:
                raise _too_large(answer.url, size_bytes, limits)
            kept.write(part)
        if stated and stated != str(size_bytes):
            message = f"the server announces {stated[:20]} bytes and sends {size_bytes}"
            raise RemoteUnreadable(message, Location(package=answer.url))
        kept.seek(0)
        stack.pop_all()  # from here on whoever opened the archive closes it
    return kept


def _too_large(url: str, seen: int, limits: Limits) -> LimitExceeded:
    return LimitExceeded(
        "the server knows no range requests, and the file is too large to be fetched whole unasked",
        Location(package=url),
        "fetch the file first, or read it from a server that knows range requests",
        limit="remote_whole_bytes",
        allowed=limits.remote_whole_bytes,
        seen=seen,
    )


def _changed(url: str) -> RemoteChanged:
    return RemoteChanged(
        "the file changed on the server while it was read, so its parts do not belong together",
        Location(package=url),
        "fetch the file first, and verify that copy",
    )
