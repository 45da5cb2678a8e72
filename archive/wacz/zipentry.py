"""One member of a ZIP as its headers describe it (APPNOTE 6.3.10 §4.3), parsed and not yet believed."""

from __future__ import annotations

import struct
from typing import BinaryIO

import attrs

from archive.wacz.layout import (
    CENTRAL,
    CENTRAL_FIXED,
    LOCAL,
    LOCAL_FIXED,
    MADE_BY_UNIX,
    U32,
)

STORED = 0
DEFLATED = 8
ENCRYPTED = 0x2041
"""Flag bits: encrypted, strongly encrypted, header values masked."""
DESCRIBED = 0x0008
"""Flag bit: CRC and sizes stand behind the data."""
UTF8 = 0x0800
_UNICODE_PATH = 0x7075


@attrs.frozen
class Entry:
    """A member: what both of its headers say, and where it lies. Offsets and sizes in bytes of the file."""

    name: str
    flags: int
    method: int
    crc: int
    stored_bytes: int
    size_bytes: int
    offset_bytes: int
    """Where the local header begins."""
    data_offset_bytes: int = -1
    """Where the data begins; -1 until the local header was read."""
    end_bytes: int = -1
    """Where the next thing begins, behind the data and its descriptor; -1 until then."""
    mode: int = 0
    raw_header: bytes = b""
    has_comment: bool = False
    other_name: str | None = None
    """The name that an extra field gives (Info-ZIP Unicode Path, 0x7075), where it is another one."""
    overlaps: bool = False
    """Whether it lies over what stands before it in the file."""

    @property
    def is_link(self) -> bool:
        """True for a symbolic link, device or pipe: anything but a file, a folder, or nothing said."""
        return self.mode & 0o170000 not in (0, 0o100000, 0o040000)

    @property
    def is_folder(self) -> bool:
        """True for an entry that only names a folder."""
        return self.name.endswith("/")

    @property
    def encrypted(self) -> bool:
        """True when the data cannot be read without a password."""
        return bool(self.flags & ENCRYPTED)

    @property
    def readable(self) -> bool:
        """True when we can read the data: found, stored or deflated, not encrypted, and nobody else's too."""
        known = self.method in (STORED, DEFLATED)
        return self.data_offset_bytes >= 0 and known and not (self.encrypted or self.overlaps)


class Malformed(ValueError):
    """A header that is none."""


def parse_central(raw: bytes, position: int) -> tuple[Entry, int]:
    """Return the entry whose central header begins at `position`, and where the next begins. Raises Malformed."""
    try:
        fixed = CENTRAL_FIXED.unpack_from(raw, position)
    except struct.error:
        raise Malformed("the directory ends inside a header") from None
    (signature, made_by, _, flags, method, _, _, crc, stored, size, *lengths, _, _, external, offset) = fixed
    name_bytes, extra_bytes, comment_bytes, *_ = lengths
    start = position + CENTRAL_FIXED.size
    behind = start + name_bytes + extra_bytes + comment_bytes
    if signature != CENTRAL or behind > len(raw):
        raise Malformed("no directory header where one should be")
    extra = raw[start + name_bytes : start + name_bytes + extra_bytes]
    size, stored, offset = wide(extra, (size, stored, offset))
    name = name_of(raw[start : start + name_bytes], flags)
    entry = Entry(
        name=name,
        flags=flags,
        method=method,
        crc=crc,
        stored_bytes=stored,
        size_bytes=size,
        offset_bytes=offset,
        mode=external >> 16 if made_by >> 8 == MADE_BY_UNIX else 0,
        raw_header=raw[position:behind],
        has_comment=bool(comment_bytes),
        other_name=_other_name(extra, name),
    )
    return entry, behind


def read_local(file: BinaryIO, offset_bytes: int) -> Entry:
    """Return the entry that the local header at this place describes. Raises Malformed."""
    file.seek(offset_bytes)
    raw = file.read(LOCAL_FIXED.size)
    try:
        fixed = LOCAL_FIXED.unpack(raw)
    except struct.error:
        raise Malformed("the file ends inside a header") from None
    signature, _, flags, method, _, _, crc, stored, size, name_bytes, extra_bytes = fixed
    behind = LOCAL_FIXED.size + name_bytes + extra_bytes
    if signature != LOCAL:
        raise Malformed("no member header where one should be")
    raw += file.read(behind - LOCAL_FIXED.size)
    if behind > len(raw):
        raise Malformed("the file ends inside a header")
    extra = raw[LOCAL_FIXED.size + name_bytes : behind]
    size, stored = wide(extra, (size, stored))
    return Entry(
        name=name_of(raw[LOCAL_FIXED.size : LOCAL_FIXED.size + name_bytes], flags),
        flags=flags,
        method=method,
        crc=crc,
        stored_bytes=stored,
        size_bytes=size,
        offset_bytes=offset_bytes,
        data_offset_bytes=offset_bytes + behind,
        raw_header=raw,
    )


def wide(extra: bytes, values: tuple[int, ...]) -> tuple[int, ...]:
    """Return the values with those that are full replaced by their ZIP64 form, in its fixed order."""
    field = _extra_field(extra, 1)
    wanted = [value == U32 for value in values]
    numbers = iter(struct.unpack_from(f"<{len(field) // 8}Q", field))
    return tuple(next(numbers, value) if full else value for value, full in zip(values, wanted, strict=True))


def _other_name(extra: bytes, name: str) -> str | None:
    """Return the name in an extra field, behind its version and CRC, where it differs from the member's."""
    field = _extra_field(extra, _UNICODE_PATH)
    other = field[5:].decode("utf-8", "replace")
    return other if field and other != name else None


def _extra_field(extra: bytes, wanted: int) -> bytes:
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, position)
        if kind == wanted:
            return extra[position + 4 : position + 4 + length]
        position += 4 + length
    return b""


def name_of(raw: bytes, flags: int) -> str:
    """Return a member's name: UTF-8 where it is said or works, else code page 437, as every reader does."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape") if flags & UTF8 else raw.decode("cp437")
