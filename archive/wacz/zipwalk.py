"""Finding the members of a ZIP whose directory is lost, by its local headers from the front."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import attrs

from archive.limits import Limits
from archive.wacz.layout import CENTRAL, DESCRIPTOR, END, LOCAL
from archive.wacz.zipentry import DESCRIBED, STORED, Entry, Malformed, read_local

_CHUNK_BYTES = 1 << 20


def walk(file: BinaryIO, size_bytes: int, limits: Limits) -> Iterator[Entry]:
    """Yield the members as their local headers describe them; the last may be cut short by the end of the file."""
    position, left = 0, limits.members
    for start in _occurrences(file, LOCAL, 0):
        if start < position:
            continue
        try:
            entry = read_local(file, start)
        except Malformed:
            continue
        entry = _fit(file, entry, size_bytes)
        yield entry
        position, left = entry.end_bytes, left - 1
        file.seek(position)
        if not left or file.read(4) in (CENTRAL, END):
            return


def _fit(file: BinaryIO, entry: Entry, size_bytes: int) -> Entry:
    """Return the entry with sizes that the file can hold."""
    begin = entry.data_offset_bytes
    if entry.flags & DESCRIBED and not entry.stored_bytes:
        return _described(file, entry, size_bytes)
    stored_bytes = min(entry.stored_bytes, size_bytes - begin)
    held = entry.size_bytes if entry.method != STORED else stored_bytes
    return attrs.evolve(entry, stored_bytes=stored_bytes, size_bytes=held, end_bytes=begin + stored_bytes)


def _described(file: BinaryIO, entry: Entry, size_bytes: int) -> Entry:
    """Find the data descriptor that gives just the distance to itself as the stored size."""
    begin = entry.data_offset_bytes
    for at in _occurrences(file, DESCRIPTOR, begin):
        file.seek(at + len(DESCRIPTOR))
        crc, stored, held = (int.from_bytes(file.read(4), "little") for _ in range(3))
        if stored == at - begin:
            return attrs.evolve(entry, crc=crc, stored_bytes=stored, size_bytes=held, end_bytes=at + 16)
    rest = size_bytes - begin
    return attrs.evolve(entry, stored_bytes=rest, size_bytes=rest, end_bytes=size_bytes)


def _occurrences(file: BinaryIO, signature: bytes, position: int) -> Iterator[int]:
    """Yield where `signature` stands at or behind `position`. The file may be moved in between."""
    overlap, kept = len(signature) - 1, b""
    while True:
        file.seek(position)
        chunk = file.read(_CHUNK_BYTES)
        window, start = kept + chunk, position - len(kept)
        at = window.find(signature)
        while at >= 0:
            yield start + at
            at = window.find(signature, at + 1)
        if not chunk:
            return
        position, kept = position + len(chunk), window[-overlap:]
