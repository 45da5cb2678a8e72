"""Where the records of a broken file begin: the first plain record, and the first gzip member that holds one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import attrs

from archive import lazily
from archive.warc.frame import MAGIC, PROBE_BYTES, holds_record
from archive.warc.octets import LATER_START

_CHUNK_BYTES = 1 << 20
_PROBES = 20_000
"""Places that look like a gzip member and are tried: each costs, and a hostile file could ask for millions."""
_PLACES = lazily.compile(rb"%s|%s" % (re.escape(MAGIC), LATER_START.pattern))


@attrs.frozen
class Starts:
    """The offsets of the first record of each form, or None."""

    packed: int | None
    plain: int | None

    @property
    def first(self) -> int | None:
        """The lower one."""
        return min((each for each in (self.packed, self.plain) if each is not None), default=None)


def find_starts(file: BinaryIO, *, both: bool) -> Starts:
    """Look through a file for the first record; on to the first of either form, if `both`. One pass, bounded memory."""
    packed = plain = None
    for offset, is_packed in _starts(file, 0, None):
        if is_packed and packed is None:
            packed = offset
        elif not is_packed and plain is None:
            plain = offset
        if not both or (packed is not None and plain is not None):
            break
    return Starts(packed, plain)


def next_start(file: BinaryIO, begin: int, end: int, *, packed: bool) -> int | None:
    """Return where in [begin, end) the next record of this form begins, or None."""
    return next((offset for offset, is_packed in _starts(file, begin, end) if is_packed is packed), None)


def _starts(file: BinaryIO, begin: int, end: int | None) -> Iterator[tuple[int, bool]]:
    """Yield where a record begins, and whether it is in a gzip member."""
    probes = _PROBES
    for offset, data in _places(file, begin, end):
        if not data.startswith(MAGIC):
            yield offset, False
            continue
        probes -= 1
        if probes >= 0 and holds_record(data):
            yield offset, True


def _places(file: BinaryIO, begin: int, end: int | None) -> Iterator[tuple[int, bytes]]:
    """Yield each place where a record may begin, with the bytes from there on."""
    window, base, position = b"", begin, begin
    while end is None or base < end:
        wanted = _CHUNK_BYTES if end is None else min(_CHUNK_BYTES, end + PROBE_BYTES - position)
        file.seek(position)
        chunk = file.read(wanted)
        window += chunk
        position += len(chunk)
        last = len(chunk) < _CHUNK_BYTES
        stop = len(window) if last else max(0, len(window) - PROBE_BYTES)
        for place in _PLACES.finditer(window):
            if place.start() < stop and (end is None or base + place.start() < end):
                yield base + place.start(), window[place.start() : place.start() + PROBE_BYTES]
        if last:
            return
        window, base = window[stop:], base + stop
