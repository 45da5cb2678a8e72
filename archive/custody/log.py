"""Appending to a custody log: one event a line, durable when it returns, by one writer at a time.

1. The log is locked; who finds it locked waits.
2. Its end is read, never the whole of it: the last line says what the next one hangs on.
3. What a crash has torn off behind the last line end was never acknowledged. It is kept beside the log, in a file named
   by its place, and a line `recovered` says so. It is not guessed what it would have said.
4. The new lines are written and synchronised. Only then is the event acknowledged.

Where the disk refuses anything, what was written of the line is taken away again, and the event is not in the log. A
process that is killed between writing and acknowledging may leave the whole line: the log then says what was done.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import attrs

from archive import disk
from archive.custody.events import (
    BEGIN,
    LINE_BYTES,
    START,
    Event,
    EventKind,
    Line,
    digest_of_line,
    line_bytes,
    read_line,
)
from archive.errors import InputError, Location, OutputBusy, UsageError

_TAIL_BYTES = 2 * (LINE_BYTES + 1)
"""The last line and whatever may be torn behind it are never longer."""
_PATIENCE_SECONDS = 30.0
_PAUSE_SECONDS = 0.01
TORN = ".torn-{}"
"""Behind the log's name and the place in bytes: what was torn off there."""


class LogDamaged(InputError):
    """The end of a log cannot be read, so that nothing can be hung on it."""

    code: ClassVar[str] = "log-damaged"


@attrs.frozen
class Tail:
    """The end of a log: the last line (None where there is none yet), where it ends, and what is torn behind it."""

    last: Line | None
    end: int
    torn: bytes = b""

    @property
    def seq(self) -> int:
        """The number of the next line."""
        return 0 if self.last is None else self.last.seq + 1

    @property
    def prev(self) -> str:
        """The digest that the next line hangs on."""
        return START if self.last is None else self.last.digest


class Log:
    """A custody log by its path. It is made when the first event is appended."""

    def __init__(self, path: str | Path, *, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        self.path = Path(path)
        self._patience_seconds = patience_seconds

    def append(self, event: Event) -> Line:
        """Append an event and return its line, once it is durable.

        Raises ValueError for an event that no line can hold, OutputError where the disk refuses, OutputBusy where another
        process holds the log for too long, LogDamaged where its last line cannot be read. In each case the log holds what
        it held before.
        """
        if event.kind is EventKind.RECOVERED:
            raise ValueError("only the log itself says what it recovered")
        line_bytes(event, seq=0 if event.origin is not None else 1, prev=START)  # before anything is touched
        with self._open() as descriptor:
            tail = self._tail(descriptor)
            if event.origin is not None and tail.seq:
                raise UsageError(
                    "the log has begun: a name can be given to it in its first line only", self._where
                )
            if not tail.end:
                disk.sync_folder(self.path.parent)  # a line in a file that has lost its name would be lost
            return self._write(descriptor, tail, event)

    @property
    def _where(self) -> Location:
        return Location(package=str(self.path))

    @contextlib.contextmanager
    def _open(self) -> Iterator[int]:
        with disk.failing_as_output(self.path):
            descriptor = self._locked()
            try:
                yield descriptor
            finally:
                os.close(descriptor)

    def _locked(self) -> int:
        until = time.monotonic() + self._patience_seconds
        while True:
            try:
                return disk.open_locked(self.path)
            except OutputBusy:
                if time.monotonic() >= until:
                    raise
                time.sleep(_PAUSE_SECONDS)

    def _tail(self, descriptor: int) -> Tail:
        try:
            return tail_of(descriptor)
        except ValueError as error:
            raise LogDamaged(
                f"nothing can be appended: the last line cannot be read ({error})",
                self._where,
                "see `provenance custody check`; keep this file as it is, and begin a new log",
            ) from error

    def _write(self, descriptor: int, tail: Tail, event: Event) -> Line:
        seq, prev, data = tail.seq, tail.prev, b""
        told = self._set_aside(descriptor, tail, event)
        if told is not None:
            raw = line_bytes(told, seq=seq, prev=prev)
            seq, prev, data = seq + 1, digest_of_line(raw), raw + b"\n"
            event = attrs.evolve(event, origin=None)  # the first line has it now
        raw = line_bytes(event, seq=seq, prev=prev)
        try:
            disk.write_all(descriptor, tail.end, data + raw + b"\n")
            disk.sync(descriptor)
        except OSError:
            with contextlib.suppress(OSError):  # what is left then is torn, and the next append sees to it
                disk.cut(descriptor, tail.end)
            raise
        return read_line(raw)

    def _set_aside(self, descriptor: int, tail: Tail, event: Event) -> Event | None:
        """Keep what is torn beside the log, cut it off, and return the event that says so; None where nothing is torn."""
        kept = self.path.with_name(self.path.name + TORN.format(tail.end))
        if tail.torn:
            _keep(kept, tail.torn)
            disk.cut(descriptor, tail.end)
            disk.sync(descriptor)
        elif not os.path.lexists(kept):
            return None
        data = kept.read_bytes()
        return Event(
            EventKind.RECOVERED,
            event.at,
            actor=event.actor,
            tool=event.tool,
            origin=event.origin,
            reason="the end of the log was no whole line: it was never acknowledged, and is kept beside the log",
            details={
                "torn": {
                    "bytes": len(data),
                    "digest": f"sha256:{hashlib.sha256(data).hexdigest()}",
                    "kept": kept.name.encode("utf-8", "backslashreplace").decode("utf-8"),
                    "offset": tail.end,
                }
            },
        )


def tail_of(descriptor: int) -> Tail:
    """Return the end of a log that is open. Raises ValueError where it is no line that could be read."""
    size = os.fstat(descriptor).st_size
    start = max(0, size - _TAIL_BYTES)
    data = _read(descriptor, start, size - start)
    end = data.rfind(b"\n") + 1
    if not end:
        if start or len(data) > LINE_BYTES:
            raise ValueError(f"no line end in {len(data)} bytes")
        if data.strip(b"\0") and not data.startswith(BEGIN[: len(data)]):
            raise ValueError("no line, and no line that was torn")
        return Tail(None, 0, data)
    begin = data.rfind(b"\n", 0, end - 1) + 1
    if not begin and start:
        raise ValueError(f"longer than {LINE_BYTES} bytes")
    return Tail(read_line(data[begin : end - 1]), start + end, data[end:])


def _read(descriptor: int, start: int, length: int) -> bytes:
    os.lseek(descriptor, start, os.SEEK_SET)
    data = bytearray()
    while len(data) < length and (chunk := os.read(descriptor, length - len(data))):
        data += chunk
    return bytes(data)


def _keep(path: Path, torn: bytes) -> None:
    """Put torn bytes into a file of their own, durably, behind what an earlier crash at the same place has left there."""
    descriptor = disk.create(path)
    try:
        size = os.fstat(descriptor).st_size
        held = _read(descriptor, 0, size)
        if not held.endswith(torn):
            disk.write_all(descriptor, size, torn)
        disk.sync(descriptor)
    finally:
        os.close(descriptor)
    disk.sync_folder(path.parent)
