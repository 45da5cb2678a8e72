"""The strict, streaming reader: records as they stand, and apart from them everything that is wrong with them.

1. Tell plain from compressed by the first bytes (`_open`).
2. Section by section (a gzip member each, or the whole plain file): find where a record begins, count what is skipped.
3. Read its header, and hand out the record; the caller reads the block as far as it likes.
4. When the caller comes back: read the rest of the block, look at the CR LF CR LF behind it, find out where the record
   ends as stored. After a broken record go on at the next place where one begins.

Once one record was recognised, bad data never raises: it is found. Raised is what the operating system refuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast

from archive.errors import Location, NotAnArchive, WarcSyntaxError
from archive.findings import Finding, Status, found
from archive.limits import DEFAULT, Limits
from archive.warc import codes as codes
from archive.warc.foreign import is_foreign, read_foreign
from archive.warc.frame import MAGIC, holds_member
from archive.warc.gzipped import Gzipped
from archive.warc.header import content_length, parse
from archive.warc.octets import CHUNK, LATER_START, START, Octets, Plain, Stored
from archive.warc.quick import Quick, Quickly
from archive.warc.record import Record

__all__ = ["Record", "read_at", "read_records"]

_SNIFFED_BYTES = 64 * 1024
_END = b"\r\n\r\n"
_ROOM = 16
"""How many line ends too many behind a block still count as its end, and not as bytes between records."""


def read_records(
    file: BinaryIO,
    *,
    limits: Limits = DEFAULT,
    canonical: bool = False,
    part: tuple[int, int] | None = None,
) -> Iterator[Record | Finding]:
    """Read a WARC, plain or gzip, in one pass and bounded memory: records, and between them findings.

    ARC and drafts of WARC go through `archive.warc.foreign`, where the file is seekable.

    The findings about a record come behind it. With `canonical`, gzip members that are not as `WarcWriter` frames
    them are found. Raises NotAnArchive where nothing in the file is a record (at the end, after having looked), and
    Unreadable where the file cannot be read. A seekable file lets it find records inside broken ones. `part` is the start
    and the length in bytes of a part of a seekable file: nothing else is read then.
    """
    yield from cast("Iterator[Record | Finding]", walk(file, limits=limits, canonical=canonical, part=part))


def walk(
    file: BinaryIO,
    *,
    limits: Limits,
    canonical: bool,
    part: tuple[int, int] | None,
    quick: Quick | None = None,
) -> Iterator[Record | Finding | Quickly]:
    """Read as `read_records` does; with `quick`, records about which nothing is odd come already surveyed."""
    if part is not None:
        file.seek(part[0])
    stored = Stored(file) if part is None else Stored(file, *part)
    octets = _open(stored, limits, canonical=canonical)
    begun = octets.next_section()
    if begun and part is None and file.seekable() and is_foreign(octets.peek(_ROOM)):
        file.seek(0)
        yield from read_foreign(file)
    else:
        yield from _Walk(octets, limits, begun=begun, quick=quick).events()


def read_at(file: BinaryIO, offset_bytes: int, length_bytes: int, *, limits: Limits = DEFAULT) -> Record:
    """Return the record that an index places here; `length_bytes` 0 stands for "to the end of the file".

    Nothing outside the range is read. Raises WarcSyntaxError where no record begins just there; what is wrong with
    the record itself is in its `findings` after `finish`.
    """
    where = Location(offset_bytes=offset_bytes)
    if not 0 <= offset_bytes < 1 << 62 or not 0 <= length_bytes < 1 << 62:
        raise WarcSyntaxError("no such place in a file", where)
    file.seek(offset_bytes)
    stored = Stored(file, offset_bytes, length_bytes or None)
    octets = _open(stored, limits, canonical=False)
    record = _Walk(octets, limits, begun=octets.next_section()).first()
    if record is None or record.offset_bytes != offset_bytes:
        raise WarcSyntaxError("no record begins here", where)
    return record


def _open(stored: Stored, limits: Limits, *, canonical: bool) -> Octets:
    stored.need(len(START))
    if stored.buffer[stored.at : stored.at + len(START)].lower() != START:
        stored.need(_SNIFFED_BYTES)
    head = stored.buffer[stored.at : stored.at + _SNIFFED_BYTES]
    if head[: len(START)].lower() == START:
        return Plain(stored, limits)
    if head.startswith(MAGIC) or (not LATER_START.search(head) and holds_member(head)):
        return Gzipped(stored, limits, canonical=canonical)
    return Plain(stored, limits)


class _Walk:
    """The way through one file."""

    def __init__(self, octets: Octets, limits: Limits, *, begun: bool, quick: Quick | None = None) -> None:
        self._octets = octets
        self._quick = quick
        self._limits = limits
        self._begun = begun
        self._broken = 0
        self._given_up = False
        """True behind a header that is too large: what follows was left out by us, and is no fault of the file."""

    def events(self) -> Iterator[Record | Finding | Quickly]:
        """Yield the records, and behind each what was found about it. Raises NotAnArchive at the end."""
        early: list[Finding] = []
        any_record = False
        for event in self._events():
            if any_record:
                yield event
            elif isinstance(event, Finding):
                early.append(event)
            else:
                any_record = True
                yield from early
                yield event
        if not any_record:
            raise NotAnArchive(
                "nothing in the file is a WARC record", hint=early[0].message if early else None
            )

    def _events(self) -> Iterator[Record | Finding | Quickly]:
        octets, quick = self._octets, self._quick
        more = self._begun
        while more:
            yield from octets.take_findings()
            while octets.peek(1):
                if quick is not None and not self._given_up and (taken := quick.take(octets)) is not None:
                    yield taken
                    continue
                yield from self._between()
                record = self._record()
                if record is not None:
                    yield record
                    record.finish()
                    yield from record.findings
                    if self._too_broken(record):
                        yield self._left_out(record.where)
                        return
            more = octets.next_section()
        yield from octets.take_findings()

    def _too_broken(self, record: Record) -> bool:
        """Say whether this is one record too many of those that cannot be followed to their end."""
        self._broken += record.block_bytes is None
        return self._broken > self._limits.broken_records

    def _left_out(self, where: Location) -> Finding:
        allowed = self._limits.broken_records
        message = f"more than {allowed} records without a block to read (limit broken_records); the rest is left out"
        return found("warc.limit-exceeded", message, where=where, expected=allowed, actual=self._broken)

    def first(self) -> Record | None:
        """Return the record that begins with the first byte, or None."""
        return self._record() if self._begun else None

    def _between(self) -> Iterator[Finding]:
        """Go to where a record begins; find what lies before it."""
        octets = self._octets
        if octets.peek(len(START)).lower() != START:
            where = Location(offset_bytes=octets.offset())
            count, status = octets.to_start(), Status.NOT_CHECKED if self._given_up else None
            message = f"{count} bytes belong to no record"
            yield found("warc.bytes-skipped", message, where=where, actual=count, status=status)
        self._given_up = False
        yield from octets.take_findings()

    def _record(self) -> Record | None:
        """Read a header and return its record; None where no record begins here."""
        octets, limits = self._octets, self._limits
        if octets.peek(len(START)).lower() != START:
            return None
        offset, start = octets.offset(), octets.position
        raw, whole = octets.head(limits.header_bytes)
        header, findings = parse(raw, limits, Location(offset_bytes=offset))
        where = Location(offset_bytes=offset, record=header.get("WARC-Record-ID"))
        findings = [finding.within(record=where.record) for finding in findings]
        block_bytes = None
        if whole:
            block_bytes, problem = content_length(header, where)
            findings += [problem] if problem else []
        else:
            findings.append(_unended(raw, limits, where))
            self._given_up = findings[-1].status is Status.NOT_CHECKED
        too_large = block_bytes is not None and block_bytes > limits.record_bytes
        if too_large:
            message = f"a block of {block_bytes} bytes (limit record_bytes)"
            allowed = limits.record_bytes
            findings.append(
                found("warc.limit-exceeded", message, where=where, expected=allowed, actual=block_bytes)
            )
        block = _InFile(octets, start, block_bytes, readable=not too_large)
        return Record(header, offset, None if too_large else block_bytes, block, findings)


def _unended(raw: bytes, limits: Limits, where: Location) -> Finding:
    if len(raw) >= limits.header_bytes:
        message = "the record header is larger than the limit header_bytes"
        return found(
            "warc.limit-exceeded", message, where=where, expected=limits.header_bytes, actual=len(raw)
        )
    return found("warc.header-cut", "the record header has no end", where=where)


class _InFile:
    """The block of a record in a file, and what has to come behind it."""

    def __init__(self, octets: Octets, start: int, block_bytes: int | None, *, readable: bool) -> None:
        self._octets = octets
        self._start = start
        self._length = block_bytes
        self._block_start = octets.position
        self._left = (block_bytes or 0) if readable else 0
        self._readable = readable

    def read(self, count: int) -> bytes:
        """Return some bytes of the block; none at its end, or where the section ends before it."""
        if self._left <= 0 or count <= 0:
            return b""
        data = self._octets.read(min(count, self._left))
        self._left = self._left - len(data) if data else -self._left
        return data

    def end(self) -> tuple[int, list[Finding]]:
        """Read on to the end of the record, or to where one has to go on after a broken one."""
        octets, findings = self._octets, []
        if self._length is None:
            pass
        elif not self._readable:
            self._pass_over()
        else:
            while self.read(CHUNK):
                pass
            findings += self._cut() if self._left else self._frame()
        _, length = octets.extent(self._start, octets.position)
        return length, findings + octets.take_findings(ended=True)

    def _pass_over(self) -> None:
        """Leave out a block that is too large: bytes of a plain file can be skipped, a gzip member is given up."""
        if isinstance(self._octets, Plain):
            self._octets.skip(self._length or 0)
            self._octets.skip(len(_line_ends(self._octets.peek(len(_END)))))
        else:
            self._octets.abandon()

    def _cut(self) -> list[Finding]:
        """Say that the block is short, and go back to a record that it may have swallowed."""
        if self._octets.gave_up:
            return []
        there = self._octets.position - self._block_start
        message = f"the block ends after {there} of {self._length} bytes"
        self._swallowed()
        return [found("warc.record-cut", message, expected=self._length, actual=there)]

    def _frame(self) -> list[Finding]:
        """Look at what stands behind the block: CR LF CR LF, and then a record or nothing (ISO 28500 §4)."""
        octets = self._octets
        after = octets.peek(_ROOM + len(START))
        ends = _line_ends(after)
        if ends == _END:
            octets.skip(len(_END))
            return []
        if octets.gave_up and len(after) < len(_END):
            return []
        following = after[len(ends) :]
        if following and following[: len(START)].lower() != START and self._swallowed():
            ends = b""
        octets.skip(len(ends))
        message = "behind the block there is something else than CR LF CR LF"
        shown = after[: len(_END) + len(START)].decode("latin-1")
        return [found("warc.record-end", message, expected=_END.decode(), actual=shown)]

    def _swallowed(self) -> bool:
        """Go back to the first record that begins inside this block, where its length was wrong; else stay."""
        octets, reached = self._octets, self._octets.position
        if not octets.back(self._block_start):
            return False
        octets.to_start()
        if octets.position < reached and octets.peek(1):
            return True
        octets.back(reached)
        return False


def _line_ends(data: bytes) -> bytes:
    """Return the line ends that the data begins with."""
    return data[: len(data) - len(data.lstrip(b"\r\n"))][:_ROOM]
