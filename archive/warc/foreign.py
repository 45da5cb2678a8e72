"""ARC, and the drafts 0.17 and 0.18 of WARC, read through warcio into the same records, with no error but ours.

What warcio makes up is left out (it gives ARC records a random id), and what it passes over silently is found: blocks
that are shorter than their header says, lengths that are none, bytes behind a block.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, TypeVar

from archive import lazily
from archive.errors import Location, NotAnArchive
from archive.findings import Finding, Status, found
from archive.warc.octets import CHUNK
from archive.warc.record import Header, Record

ARC = "ARC"
"""Version of a header that was converted from the one line that ARC has for it."""

_FOREIGN = lazily.compile(rb"filedesc:|WARC/0\.1[78]\s", re.IGNORECASE)
_NUMBER = lazily.compile(r"[0-9]{1,18}")
_T = TypeVar("_T")


class _Stopped(Exception):
    """The other library gave up."""


def is_foreign(head: bytes) -> bool:
    """Say by its first bytes (inflated) whether a file is one that is read through warcio."""
    return _FOREIGN.match(head) is not None


def read_foreign(file: BinaryIO) -> Iterator[Record | Finding]:
    """Read a file from its start: records, and behind each what was found about it.

    The header of an ARC record has the version `ARC` and the fields that warcio makes of its line, without an id. Its
    stored places are those of warcio. Raises NotAnArchive where not even the first record can be read.
    """
    from warcio.archiveiterator import ArchiveIterator

    any_record, offset = False, 0
    try:
        source = guarded(lambda: ArchiveIterator(file, no_record_parse=True, arc2warc=True))
        while (theirs := guarded(lambda: next(source, None))) is not None:
            if not any_record:
                yield found("warc.read-by-warcio", "ARC, or a draft version of WARC, was read through warcio")
            any_record, offset = True, source.offset
            record = _record(source, theirs, offset)
            yield record
            record.finish()
            yield from record.findings
    except _Stopped as stop:
        if not any_record:
            raise NotAnArchive(f"nothing in the file is an ARC record ({stop})") from stop
        where = Location(offset_bytes=offset)
        yield found(
            "warc.foreign-unreadable", f"warcio could not read on after this record: {stop}", where=where
        )


def guarded(call: Callable[[], _T]) -> _T:
    """Call the other library. Whatever it raises becomes `_Stopped`: fuzzing found five types of error leak from it."""
    from warcio.exceptions import ArchiveLoadFailed

    try:
        return call()
    except (
        ArchiveLoadFailed,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        EOFError,
        zlib.error,
    ) as error:
        reason = " ".join(str(error).split())
        raise _Stopped(f"{type(error).__name__} {reason[:120]}") from error


def _record(source: Any, theirs: Any, offset: int) -> Record:
    """Return a record of ours. `source.offset` is that of the record until it is read to its end."""
    headers = guarded(lambda: [(str(name), str(value)) for name, value in theirs.rec_headers.headers])
    is_arc = theirs.rec_headers.protocol == "WARC/1.0"
    header = _from_arc(headers) if is_arc else Header(theirs.rec_headers.protocol, tuple(headers))
    where = Location(offset_bytes=offset, record=header.get("WARC-Record-ID"))
    declared = header.get("Content-Length") or ""
    length = theirs.length if _NUMBER.fullmatch(declared) and isinstance(theirs.length, int) else None
    findings = []
    if length is None:
        message = "the length of the block is not a number of bytes"
        findings.append(found("warc.content-length", message, where=where, actual=declared[:40]))
    return Record(header, offset, length, _Theirs(source, theirs, length, is_arc=is_arc), findings)


def _from_arc(headers: list[tuple[str, str]]) -> Header:
    """Leave out the id that warcio makes up, and that a DNS answer is HTTP."""
    fields = dict(headers)
    fields.pop("WARC-Record-ID", None)
    if not fields.get("WARC-Target-URI", "http:").lower().startswith(("http:", "https:")):
        fields.pop("Content-Type", None)
    return Header(ARC, tuple(fields.items()))


class _Theirs:
    """The block of a record that warcio reads."""

    def __init__(self, source: Any, theirs: Any, length: int | None, *, is_arc: bool) -> None:
        self._source = source
        self._is_arc = is_arc
        self._stream = theirs.raw_stream
        self._length = length
        self._read = 0
        self._errors = source.err_count

    def read(self, count: int) -> bytes:
        """Return some bytes of the block; none at its end."""
        if self._length is None:
            return b""
        data = guarded(lambda: bytes(self._stream.read(min(count, CHUNK))))
        self._read += len(data)
        return data

    def end(self) -> tuple[int, list[Finding]]:
        """Read to the end of the record; find what warcio passes over."""
        findings = []
        while self.read(CHUNK):
            pass
        if self._length is not None and self._read < self._length:
            message = f"the block ends after {self._read} of {self._length} bytes"
            findings.append(found("warc.record-cut", message, expected=self._length, actual=self._read))
        length = guarded(self._source.get_record_length)
        if self._source.err_count > self._errors:
            message = "behind the block there is something else than a line end"
            status = Status.WARNED if self._is_arc else None  # ARC writers differ on it
            findings.append(found("warc.record-end", message, status=status))
        return length, findings
