"""The frame of a gzip member (RFC 1952): its head, the padding of its stream, and whether it holds a record."""

from __future__ import annotations

import zlib

from archive.engines import RAW, Inflater, inflating
from archive.warc.octets import START, Stored

MAGIC = b"\x1f\x8b\x08"
CANONICAL_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""The head of every member we write: no name, no time, no flags, no operating system."""
RESERVED = 0xE0
"""Flags of a member's head that must be zero (RFC 1952 §2.3.1.2)."""

_STEPS = (4096, 64, 1)
PROBE_BYTES = 1024
"""How much of a possible member is looked at to see whether a record begins in it."""


def holds_member(data: bytes) -> bool:
    """Say whether these first bytes of a file have a gzip member in them that holds the begin of a record."""
    place = data.find(MAGIC)
    return place >= 0 and holds_record(data[place : place + PROBE_BYTES])


def holds_record(data: bytes) -> bool:
    """Say whether these bytes are the begin of a gzip member that holds the begin of a record."""
    z = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        return z.decompress(data, len(START)).lower() == START
    except zlib.error:
        return False


def head_length(stored: Stored, limit: int) -> int | None:
    """Return the length of the member head that begins here (RFC 1952 §2.3), or None where the file ends in it."""
    if not stored.need(10):
        return None
    flags, length = stored.buffer[stored.at + 3], 10
    if flags & 4:  # FEXTRA
        if not stored.need(length + 2):
            return None
        place = stored.at + length
        length += 2 + int.from_bytes(stored.buffer[place : place + 2], "little")
    for flag in (8, 16):  # FNAME, FCOMMENT: up to a zero byte
        if flags & flag:
            end = _zero(stored, length, limit)
            if end is None:
                return None
            length = end
    length += 2 if flags & 2 else 0  # FHCRC
    return length if stored.need(length) else None


def _zero(stored: Stored, start: int, limit: int) -> int | None:
    """Return the place behind the next zero byte, counted from the first unused byte."""
    while True:
        place = stored.buffer.find(b"\0", stored.at + start)
        if place >= 0:
            return place - stored.at + 1
        if len(stored.buffer) - stored.at > limit or not stored.fill():
            return None


def salvaged(before: Inflater | None, piece: bytes, limit: int) -> bytes:
    """Return what a broken piece of a stream gives in front of the byte where it breaks, `limit` bytes or so at most.

    An inflater that fails keeps what it gave so far to itself; so the piece is given again, in smaller and smaller
    steps. `before` is the state in front of it, None at the begin of a stream. What comes out is the same however the
    stream was cut into pieces.
    """
    state: Inflater = zlib.decompressobj(RAW) if before is None else before
    parts, at, size = list[bytes](), 0, 0
    for step in _STEPS:
        while at < len(piece) and size < limit:
            saved = state.copy()
            try:
                parts.append(state.decompress(piece[at : at + step]))
            except inflating().errors:
                state = saved
                break
            at, size = at + step, size + len(parts[-1])
    return b"".join(parts)


def is_padded(before: Inflater, piece: bytes, data: bytes) -> bool:
    """Say whether the bits behind the last code, up to the end of its byte, are anything but zero.

    Inflating does not look at them, so they could carry anything. If the highest bit that is set in the last byte
    can be cleared, and the stream still ends there and still gives the same data, that bit is padding. `before` is the
    state in front of the last piece, `data` what that piece gives.
    """
    if not piece or not piece[-1]:
        return False
    cleared = piece[-1] & ~(1 << (piece[-1].bit_length() - 1))
    try:
        same = before.decompress(piece[:-1] + bytes([cleared])) == data
    except inflating().errors:
        return False
    return same and before.eof and not before.unused_data
