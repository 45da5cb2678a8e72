"""Where a ZIP ends: the end record, its ZIP64 form, and where the central directory really lies."""

from __future__ import annotations

from typing import BinaryIO

import attrs

from archive.wacz.layout import (
    CENTRAL,
    END,
    END64,
    END64_FIXED,
    END_FIXED,
    LOCATOR64,
    LOCATOR64_FIXED,
    U16,
    U32,
)

_ONE_DISK = {(0, 0), (U16, U16), (0, U16), (U16, 0)}
_SEARCHED_BYTES = END_FIXED.size + U16


@attrs.frozen
class End:
    """The end record as found. Offsets and sizes in bytes of the file.

    `directory_offset_bytes` is where the directory lies; `shift_bytes` is by how much that differs from where
    the record says it is, which is how much stands in front of the ZIP.
    """

    offset_bytes: int
    count: int
    directory_bytes: int
    directory_offset_bytes: int
    shift_bytes: int = 0
    comment_bytes: int = 0
    trailing_bytes: int = 0
    contradiction: str | None = None
    """How the end record contradicts itself: its two forms differ, or it speaks of several disks."""


def find_end(file: BinaryIO, size_bytes: int) -> End | None:
    """Return the end of the ZIP, or None where there is none that leads to a directory."""
    start = max(0, size_bytes - _SEARCHED_BYTES)
    file.seek(start)
    tail = file.read(_SEARCHED_BYTES)
    candidates = []
    position = tail.rfind(END)
    while position >= 0:
        if len(tail) - position >= END_FIXED.size:
            candidates.append(position)
        position = tail.rfind(END, 0, position)
    exact = [at for at in candidates if at + END_FIXED.size + _comment(tail, at) == len(tail)]
    for at in (exact or candidates)[:1]:
        return _resolve(file, start + at, tail[at:], size_bytes)
    return None


def _comment(tail: bytes, at: int) -> int:
    return int.from_bytes(tail[at + END_FIXED.size - 2 : at + END_FIXED.size], "little")


def _resolve(file: BinaryIO, offset_bytes: int, raw: bytes, size_bytes: int) -> End | None:
    """Follow the end record to the directory, and see whether it is where it should be."""
    _, disk, first_disk, here, count, directory_bytes, declared, comment = END_FIXED.unpack_from(raw)
    begin, contradiction = offset_bytes, None
    if (disk, first_disk) not in _ONE_DISK or here != count:
        contradiction = "it is one of several disks"
    if (wide := _read_wide(file, offset_bytes, size_bytes)) is not None:
        narrow = ((count, U16), (directory_bytes, U32), (declared, U32))
        begin, count, directory_bytes, declared = wide
        if any(short not in (full, value) for (short, full), value in zip(narrow, wide[1:], strict=True)):
            contradiction = "its 64-bit form says something else"
    behind = min(comment, len(raw) - END_FIXED.size)
    for directory in (begin - directory_bytes, declared):
        if 0 <= directory <= begin and (
            _at(file, directory, 4) == CENTRAL or (count == 0 and directory == begin)
        ):
            shift = directory - declared
            trailing = len(raw) - END_FIXED.size - behind
            return End(
                begin, count, directory_bytes, directory, max(0, shift), behind, trailing, contradiction
            )
    return None


def _read_wide(file: BinaryIO, offset_bytes: int, size_bytes: int) -> tuple[int, int, int, int] | None:
    """Return begin, count, directory size and offset of the ZIP64 end record, where there is one."""
    locator = _at(file, offset_bytes - LOCATOR64_FIXED.size, LOCATOR64_FIXED.size)
    if not locator.startswith(LOCATOR64):
        return None
    begin = LOCATOR64_FIXED.unpack(locator)[2]
    if begin > size_bytes:
        return None
    raw = _at(file, begin, END64_FIXED.size)
    if len(raw) < END64_FIXED.size or not raw.startswith(END64):
        return None
    fields = END64_FIXED.unpack(raw)
    return begin, fields[7], fields[8], fields[9]


def _at(file: BinaryIO, offset_bytes: int, length_bytes: int) -> bytes:
    if offset_bytes < 0:
        return b""
    file.seek(offset_bytes)
    return file.read(length_bytes)
