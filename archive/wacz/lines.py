"""Lines of a member, with their offsets, without ever holding more than one that is too long."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from archive.errors import LimitExceeded
from archive.limits import Limits

_CHUNK_BYTES = 1 << 16
_LINE_HEADERS = 16
"""A line may be so many times as long as a record header may be: it holds a URL and sometimes a request body."""


def lines_of(stream: BinaryIO, *, packed: bool, limits: Limits) -> Iterator[tuple[int, bytes]]:
    """Yield the offset (in inflated bytes) and the bytes of each line, without its line end.

    Raises LimitExceeded for a line that is too long, ValueError where a gzip member cannot be inflated.
    """
    chunks = inflated(stream, limits) if packed else iter(lambda: stream.read(_CHUNK_BYTES), b"")
    allowed = limits.header_bytes * _LINE_HEADERS
    offset_bytes, rest = 0, b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield offset_bytes, line.removesuffix(b"\r")
            offset_bytes += len(line) + 1
        if len(rest) > allowed:
            message = "a line is longer than allowed"
            raise LimitExceeded(message, limit="header_bytes", allowed=allowed, seen=len(rest))
    if rest:
        yield offset_bytes, rest


def inflated(stream: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """Yield what the gzip members of a stream hold. Raises ValueError where one is damaged, cut or too dense."""
    for _, _, chunk in gzip_members(stream, limits):
        yield chunk


def gzip_members(stream: BinaryIO, limits: Limits) -> Iterator[tuple[int, int | None, bytes]]:
    """Yield what gzip members hold in chunks: where the member begins, where it ends (None but for the last), data."""
    raw, consumed = stream.read(_CHUNK_BYTES), 0
    while raw:
        inflate, start, grown = zlib.decompressobj(16 + zlib.MAX_WBITS), consumed, 0
        while not inflate.eof:
            data = _step(inflate, raw)
            left = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
            consumed += len(raw) - len(left)
            grown += len(data)
            if grown > max(limits.inflate_ratio_from_bytes, (consumed - start) * limits.inflate_ratio):
                raise ValueError("it grows beyond all reason")
            yield start, consumed if inflate.eof else None, data
            raw = left or stream.read(_CHUNK_BYTES)
            if not (raw or data or inflate.eof):
                raise ValueError("the last gzip member is cut off")


def _step(inflate: zlib._Decompress, raw: bytes) -> bytes:
    try:
        return inflate.decompress(raw, _CHUNK_BYTES)
    except zlib.error as error:
        raise ValueError(str(error)) from None
