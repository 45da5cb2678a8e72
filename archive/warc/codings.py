"""Transfer and content codings of HTTP undone in a stream, in bounded memory: chunked, gzip, deflate, br."""

from __future__ import annotations

import zlib
from typing import Any, Protocol

from archive import lazily
from archive.errors import LimitExceeded, Undecodable
from archive.limits import Limits

_SIZE_LINE = lazily.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\n]*)?\r?\n")
_SIZE_LINE_BEGUN = lazily.compile(rb"[ \t]*[0-9A-Fa-f]{0,16}[ \t]*(?:;[^\n]*)?\r?")
_SIZE_LINE_BYTES = 4096
_PIECE = 64 * 1024


class Dechunker:
    """Takes the chunk framing off a body (RFC 9112 §7.1) as it goes by. `broken` where it has no such framing.

    A body that just stops is taken as far as it goes: ISO 28500 §6.3.2 wants the payload of a truncated record
    truncated at the same place. What comes behind the last chunk (trailer fields) is no part of the payload.
    """

    def __init__(self) -> None:
        self.broken = False
        self.begun = False
        """True once the first chunk size was read: from then on it is a chunked body."""
        self._rest = b""
        self._left = 0
        self._between = False
        self._done = False

    def feed(self, data: bytes) -> bytes:
        """Return the payload in these bytes."""
        data, at, parts = self._rest + data if self._rest else data, 0, []
        self._rest = b""
        while at < len(data) and not self._done and not self.broken:
            if self._left:
                part = data[at : at + self._left]
                parts.append(part)
                at += len(part)
                self._left -= len(part)
                self._between = not self._left
                continue
            used = self._line(data, at)
            if not used:
                self._rest = data[at:]
                break
            at += used
        return b"".join(parts) if len(parts) != 1 else parts[0]

    def _line(self, data: bytes, at: int) -> int:
        """Read a chunk end or a size line. Return how many bytes it has; 0 where it is not whole yet, or broken."""
        if self._between:
            if data[at : at + 2] == b"\r\n" or data[at : at + 1] == b"\n":
                self._between = False
                return 2 if data[at : at + 1] == b"\r" else 1
            self.broken = data[at:] != b"\r"
            return 0
        line = _SIZE_LINE.match(data, at)
        if line is None:
            begun = _SIZE_LINE_BEGUN.fullmatch(data, at, at + _SIZE_LINE_BYTES)
            self.broken = begun is None or len(data) - at > _SIZE_LINE_BYTES
            return 0
        self.begun = True
        self._left = int(line[1], 16)
        self._done = not self._left
        return line.end() - at


class _Decoder(Protocol):
    def feed(self, data: bytes) -> bytes: ...

    def finish(self) -> None: ...


class ContentDecoder:
    """Undoes content codings (given in the order of applying). Raises Undecodable or LimitExceeded."""

    def __init__(self, codings: tuple[str, ...], limits: Limits) -> None:
        if len(codings) > 8:
            raise LimitExceeded(
                "more than 8 content codings", limit="content codings", allowed=8, seen=len(codings)
            )
        self._chain = [_decoder(coding, limits) for coding in reversed(codings)]

    def feed(self, data: bytes) -> bytes:
        """Return what these bytes decode to."""
        for decoder in self._chain:
            data = decoder.feed(data)
        return data

    def finish(self) -> None:
        """Say that there is nothing more. Raises Undecodable where the coding was not at its end."""
        for decoder in self._chain:
            decoder.finish()


def _decoder(coding: str, limits: Limits) -> _Decoder:
    if coding in ("gzip", "x-gzip", "deflate"):
        return _Inflate(coding, limits)
    if coding == "br":
        return _Brotli(limits)
    raise Undecodable(
        f"no decoder for the coding {coding[:40]!r}", hint="the body is left as it is", coding=coding
    )


class _Growth:
    """Counts what goes in and comes out, and stops what is meant to exhaust us."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._in = self._out = 0

    def room(self, taken: int) -> int:
        """Count bytes taken in; return how many may come out from now on."""
        self._in += taken
        limits = self._limits
        ratio = max(limits.inflate_ratio_from_bytes, self._in * limits.inflate_ratio)
        return max(0, min(limits.document_bytes, ratio) - self._out)

    def give(self, count: int) -> None:
        """Count bytes that came out. Raises LimitExceeded where they are too many."""
        room = self.room(0)
        self._out += count
        if count > room:
            allowed = self._out - count + room
            message = f"the body grows beyond {allowed} bytes (limits document_bytes, inflate_ratio)"
            raise LimitExceeded(message, limit="document_bytes", allowed=allowed, seen=self._out)


class _Inflate:
    """gzip (with several members, as servers send it) and deflate (with the zlib frame or, as some send it, without)."""

    def __init__(self, coding: str, limits: Limits) -> None:
        self._coding = coding
        self._growth = _Growth(limits)
        self._bits = 32 + zlib.MAX_WBITS
        self._z = zlib.decompressobj(self._bits)
        self._head = b""

    def feed(self, data: bytes) -> bytes:
        parts = []
        self._growth.room(len(data))
        while data:
            part, data = self._step(data, self._growth.room(0))
            self._growth.give(len(part))
            parts.append(part)
        return b"".join(parts)

    def finish(self) -> None:
        if not self._z.eof:
            raise Undecodable(f"the {self._coding} body ends too early", coding=self._coding)

    def _step(self, data: bytes, room: int) -> tuple[bytes, bytes]:
        if self._z.eof:
            if not data.startswith(b"\x1f\x8b"):
                return b"", b""  # padding behind the last member: tolerated by every client
            self._z = zlib.decompressobj(self._bits)
        return self._inflated(data, min(room + 1, 16 * _PIECE))

    def _inflated(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        try:
            part = self._z.decompress(data, most)
        except zlib.error as error:
            if self._bits < 0 or self._coding != "deflate" or self._head:
                raise Undecodable(
                    f"the {self._coding} body is damaged: {error}", coding=self._coding
                ) from error
            self._bits = -zlib.MAX_WBITS
            self._z = zlib.decompressobj(self._bits)
            return self._inflated(data, most)
        self._head = self._head or part[:1]
        return part, self._z.unused_data if self._z.eof else self._z.unconsumed_tail


class _Brotli:
    """br, where a decoder is installed."""

    def __init__(self, limits: Limits) -> None:
        try:
            import brotli
        except ImportError as error:
            message = "no decoder for the coding 'br' is installed"
            raise Undecodable(message, hint="install the package brotli", coding="br") from error
        self._fault: type[Exception] = brotli.error
        self._z: Any = brotli.Decompressor()
        self._growth = _Growth(limits)

    def feed(self, data: bytes) -> bytes:
        self._growth.room(len(data))
        parts = []
        try:
            part = self._z.process(data, output_buffer_limit=_PIECE)
            self._growth.give(len(part))
            parts.append(part)
            while not self._z.can_accept_more_data():
                part = self._z.process(b"", output_buffer_limit=_PIECE)
                self._growth.give(len(part))
                parts.append(part)
        except TypeError as error:
            message = "the installed brotli cannot be told to stop"
            raise Undecodable(message, hint="install brotli 1.2 or later", coding="br") from error
        except self._fault as error:
            raise Undecodable(f"the br body is damaged: {error}", coding="br") from error
        return b"".join(parts)

    def finish(self) -> None:
        if not self._z.is_finished():
            raise Undecodable("the br body ends too early", coding="br")
