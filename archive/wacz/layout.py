"""The canonical ZIP of a package: every byte that is not a member's data, computed from names, CRCs and sizes.

All members stored, DOS time 1980-01-01, mode 0600, no extra fields in local headers, no comments, no data
descriptors, no gaps. Writer and verifier both call these functions, so the file is a function of its contents.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import attrs

LOCAL = b"PK\x03\x04"
CENTRAL = b"PK\x01\x02"
END = b"PK\x05\x06"
END64 = b"PK\x06\x06"
LOCATOR64 = b"PK\x06\x07"
DESCRIPTOR = b"PK\x07\x08"

LOCAL_FIXED = struct.Struct("<4s5H3L2H")
CENTRAL_FIXED = struct.Struct("<4s6H3L5H2L")
END_FIXED = struct.Struct("<4s4H2LH")
END64_FIXED = struct.Struct("<4sQ2H2L4Q")
LOCATOR64_FIXED = struct.Struct("<4sLQL")

U16 = 0xFFFF
U32 = 0xFFFFFFFF
MADE_BY_UNIX = 3
_VERSION = 20
_VERSION64 = 45
_DATE = 0x0021
"""1 January 1980, the first day of DOS time."""
_MODE = 0o100600
_EXTRA64 = struct.Struct("<2HQ")


@attrs.frozen
class Laid:
    """One member as laid out: its name, the CRC-32 and the size of its data, where its local header begins."""

    name: str
    crc: int
    size_bytes: int
    offset_bytes: int


def local_header(name: str, crc: int, size_bytes: int) -> bytes:
    """Return the header in front of a member's data."""
    raw = name.encode("ascii")
    fixed = LOCAL_FIXED.pack(LOCAL, _VERSION, 0, 0, 0, _DATE, crc, size_bytes, size_bytes, len(raw), 0)
    return fixed + raw


def directory(members: Sequence[Laid]) -> bytes:
    """Return the central directory."""
    return b"".join(map(_central_header, members))


def end(count: int, directory_bytes: int, offset_bytes: int) -> bytes:
    """Return everything after the central directory, in ZIP64 form only where the numbers need it."""
    if count < U16 and directory_bytes < U32 and offset_bytes < U32:
        return END_FIXED.pack(END, 0, 0, count, count, directory_bytes, offset_bytes, 0)
    made_by = MADE_BY_UNIX << 8 | _VERSION64
    fields = (END64_FIXED.size - 12, made_by, _VERSION64, 0, 0, count, count, directory_bytes, offset_bytes)
    locator = LOCATOR64_FIXED.pack(LOCATOR64, 0, offset_bytes + directory_bytes, 1)
    capped = min(count, U16), min(count, U16), min(directory_bytes, U32), min(offset_bytes, U32)
    short = END_FIXED.pack(END, 0, 0, *capped, 0)
    return END64_FIXED.pack(END64, *fields) + locator + short


def _central_header(member: Laid) -> bytes:
    raw, far = member.name.encode("ascii"), member.offset_bytes >= U32
    extra = _EXTRA64.pack(1, 8, member.offset_bytes) if far else b""
    version = _VERSION64 if far else _VERSION
    fixed = CENTRAL_FIXED.pack(
        CENTRAL,
        MADE_BY_UNIX << 8 | version,
        version,
        0,
        0,
        0,
        _DATE,
        member.crc,
        member.size_bytes,
        member.size_bytes,
        len(raw),
        len(extra),
        0,
        0,
        0,
        _MODE << 16,
        U32 if far else member.offset_bytes,
    )
    return fixed + raw + extra
