"""A gzip-compressed WARC file, inflated member by member, so that every frame, check value and offset is seen.

An engine (`archive.engines`) inflates the raw deflate stream; the frame of each member (RFC 1952) is read here, because a
verifier must see what a decompressor hides: where each member begins and ends, and what stands between them.
"""

from __future__ import annotations

import attrs

from archive.engines import Inflater, inflating
from archive.errors import Location
from archive.findings import Finding, Status, found
from archive.limits import MIB, Limits
from archive.warc.frame import (
    CANONICAL_HEAD,
    MAGIC,
    PROBE_BYTES,
    RESERVED,
    head_length,
    holds_record,
    is_padded,
    salvaged,
)
from archive.warc.octets import START, Octets, Stored

_AHEAD = 256 * 1024
"""How many stored bytes are buffered to see where a member ends: most then are inflated in one call."""
_PIECE = 64 * 1024
"""How many stored bytes are inflated at once of a member that is not taken whole."""
_CANONICAL_PIECE = 4 * 1024
_INFLATED = 1 * MIB
"""How much comes out at once."""
_TAIL = 64
"""How many bytes in front of its trailer a member is inflated apart, where its padding is looked at."""
_TRAILER = 8
_SALVAGES = 2_000
"""So many broken members are looked into for what they give in front of the break: each takes a while."""
_PROBES = 20_000
"""Looking for the next member tries at most so many places: each try costs, and a hostile file can ask for millions."""


@attrs.define
class _Member:
    """One gzip member: where it lies as stored, and which inflated bytes it gives."""

    begin: int
    offset: int
    canonical: bool
    end: int | None = None
    end_offset: int | None = None
    shared: bool = False
    crc: int = 0
    used: int = 0
    before: Inflater | None = None
    """State before the last piece, to find out which bits of the last byte mean nothing."""
    last: bytes = b""
    """The last stored bytes that were taken in, and what came out since then."""
    gave: bytes = b""


class Gzipped(Octets):
    """Inflated bytes, one section from each member that begins like a record to the next such member."""

    def __init__(self, stored: Stored, limits: Limits, *, canonical: bool = False) -> None:
        super().__init__(stored, limits)
        self._canonical = canonical
        self._members: list[_Member] = []
        self._z: Inflater | None = None
        self._total = 0
        self._held: bytes | None = None
        self._lost_from: int | None = None
        """Stored offset from which nothing could be read, until the next member with a record."""
        self._given_up = False
        """True where that is our own decision, and no fault of the file."""
        self._probes = _PROBES
        self._salvages = _SALVAGES
        self._inflating = inflating()
        self._begun = False

    # What the reader asks.

    def next_section(self) -> bool:
        """Drop the rest of this section and go to the next; False at the end of the file."""
        self._at, self._buffer = 0, b""
        begun, self._begun = self._begun, True
        if not begun and self._begin_member():
            return True
        while self._held is None and self._lost_from is None and self._z is not None:
            self._more()
        if self._held is None and (self._lost_from is None or not self._recover()):
            self.position = self._total
            return False
        self._buffer, self._held = self._held or b"", None
        self.position = self._total - len(self._buffer)
        return True

    def abandon(self) -> None:
        """Give up this member: what follows it is looked for by its first bytes."""
        if self._members:
            self._lost_from = self._members[-1].offset
        self._z, self._buffer, self._at = None, b"", 0
        self._given_up = True
        self.position = self._total

    @property
    def gave_up(self) -> bool:
        """Say whether the rest of this section was given up by our own decision."""
        return self._given_up

    def back(self, position: int) -> bool:  # noqa: ARG002 - as `Octets` has it
        """Return False: nothing is inflated twice."""
        return False

    def offset(self) -> int:
        """Return the offset of the member that holds the next byte."""
        self._ahead(1)
        inside = [member.offset for member in self._members if member.begin <= self.position]
        return inside[-1] if inside else self.stored.offset

    def extent(self, start: int, end: int) -> tuple[int, int]:
        """Return offset and length of the members that hold [start, end) and nothing else; else length 0."""
        if len(self._buffer) <= self._at and self._z is not None and self._held is None:
            self._buffer, self._at = self._inflate(), 0
        while len(self._members) > 1 and self._members[1].begin <= start:
            del self._members[0]
        first = self._members[0]
        members = [member for member in self._members if member.begin < end]
        self._sharing(first, members, start)
        last = members[-1] if members else first
        alone = first.begin == start and last.end == end and last.end_offset is not None
        return first.offset, (last.end_offset or 0) - first.offset if alone else 0

    def _sharing(self, first: _Member, members: list[_Member], start: int) -> None:
        where = Location(offset_bytes=first.offset)
        if first.begin < start and not first.shared:
            first.shared = True
            self.find(found("gzip.several-records", "several records share one gzip member", where=where))
        if len(members) > 1:
            message = f"one record runs over {len(members)} gzip members"
            self.find(found("gzip.record-split", message, where=where))

    # Inflating.

    def _more(self) -> bytes:
        while self._held is None and self._lost_from is None:
            data = self._inflate()
            if data:
                return data
            if self._lost_from is not None or not self._begin_member():
                return b""
            data = self._first_bytes()
            if data[: len(START)].lower() == START:
                self._held = data
            elif data:
                return data
        return b""

    def _first_bytes(self) -> bytes:
        """Return enough of the member just begun to see whether a record begins there."""
        data = self._inflate()
        while len(data) < len(START) and self._z is not None:
            data += self._inflate()
        return data

    def _inflate(self) -> bytes:
        """Return the next inflated bytes of the open member; none where it ended or broke off."""
        stored = self.stored
        while self._z is not None:
            piece = self._piece() if stored.need(1) else b""
            data = self._decompress(piece)  # at the end of the file something may still be held back
            if data:
                return data
            if not piece and self._z is not None:
                self._lose("gzip.cut", "the file ends inside a gzip member", recover=False)
        return b""

    def _piece(self) -> bytes:
        """Return the stored bytes to inflate next: of a member just begun all, up to where another seems to begin.

        Where that is only seems so: it is the inflater that says where the stream ends.
        """
        stored = self.stored
        if self._members[-1].used:
            return stored.buffer[stored.at : stored.at + (_CANONICAL_PIECE if self._canonical else _PIECE)]
        end = stored.buffer.find(MAGIC, stored.at)
        if end < 0:
            stored.need(_AHEAD)
            end = stored.buffer.find(MAGIC, stored.at)
        end = len(stored.buffer) if end < 0 else max(end, stored.at + 1)
        if self._canonical and end - stored.at > 2 * (_TAIL + _TRAILER):
            end -= _TAIL + _TRAILER
        return stored.buffer[stored.at : end]

    def _decompress(self, piece: bytes) -> bytes:
        z, member = self._z, self._members[-1]
        assert z is not None
        before = z.copy() if self._canonical or member.used else None
        try:
            data = z.decompress(piece, self._room(member))
        except self._inflating.errors as error:
            data = self._salvage(piece, before)
            self._total += len(data)
            self._lose("gzip.damaged", f"a gzip member cannot be inflated: {error}")
            return data
        used = len(piece) - len(z.unused_data if z.eof else z.unconsumed_tail)
        self.stored.use(used)
        member.used += used
        member.crc = self._inflating.crc32(data, member.crc)
        self._total += len(data)
        if self._canonical:
            member.gave = data if used else member.gave + data
            member.before, member.last = (before, piece[:used]) if used else (member.before, member.last)
        if z.eof:
            self._end_member()
        elif self._grows(member):
            self._lose(
                "gzip.limit-exceeded", f"a gzip member grows more than {self.limits.inflate_ratio} times"
            )
        return data

    def _room(self, member: _Member) -> int:
        """Return how much may come out at once, so that growth is looked at where it begins to count."""
        uncounted = self.limits.inflate_ratio_from_bytes - (self._total - member.begin)
        return min(_INFLATED, uncounted + 1) if uncounted >= 0 else _INFLATED

    def _salvage(self, piece: bytes, before: Inflater | None) -> bytes:
        self._salvages -= 1
        return salvaged(before, piece, self._room(self._members[-1])) if self._salvages >= 0 else b""

    def _grows(self, member: _Member) -> bool:
        inflated = self._total - member.begin
        return (
            inflated > self.limits.inflate_ratio_from_bytes
            and inflated > member.used * self.limits.inflate_ratio
        )

    # The frame of a member.

    def _begin_member(self) -> bool:
        """Read the head of the next member; False at the end of the file or where there is none."""
        stored = self.stored
        if not stored.need(1):
            return False
        offset = stored.offset
        if not stored.need(len(MAGIC)) or stored.buffer[stored.at : stored.at + 3] != MAGIC:
            self._lost_from = offset
            self.find(self._trailing(offset), self._total, begins=True)
            return False
        length = head_length(stored, self.limits.header_bytes)
        self._members.append(_Member(self._total, offset, canonical=True))
        if length is None:
            self._lose("gzip.cut", "the file ends inside the head of a gzip member")
            return False
        if stored.buffer[stored.at + 3] & RESERVED:
            message = "the head of a gzip member has flags that the standard reserves"
            where = Location(offset_bytes=offset)
            self.find(found("gzip.reserved-flags", message, where=where), self._total, begins=True)
        if self._canonical and stored.buffer[stored.at : stored.at + length] != CANONICAL_HEAD:
            self._not_canonical("its head has a time, a name or flags", begins=True)
        stored.use(length)
        self._z = self._inflating.inflater()
        return True

    def _end_member(self) -> None:
        """Check the trailer (CRC-32 and ISIZE, RFC 1952 §2.3.1) and, where asked for, the padding bits before it."""
        stored, member, self._z = self.stored, self._members[-1], None
        where = Location(offset_bytes=member.offset)
        if member.before is not None and is_padded(member.before, member.last, member.gave):
            self._not_canonical("the padding behind its last code is not zero")
        member.before, member.last, member.gave = None, b"", b""
        if not stored.need(8):
            stored.use(len(stored.buffer) - stored.at)  # the rest of the trailer is no trailing bytes
            self._lose("gzip.cut", "the file ends in the trailer of a gzip member", recover=False)
            return
        trailer = stored.buffer[stored.at : stored.at + 8]
        stored.use(8)
        crc, size = int.from_bytes(trailer[:4], "little"), int.from_bytes(trailer[4:], "little")
        inflated = self._total - member.begin
        if crc != member.crc:
            self.find(_differs("gzip.crc", "CRC-32", where, f"{crc:08x}", f"{member.crc:08x}"), self._total)
        if size != inflated & 0xFFFFFFFF:
            self.find(_differs("gzip.length", "length", where, size, inflated), self._total)
        member.end, member.end_offset = self._total, stored.offset

    def _not_canonical(self, why: str, *, begins: bool = False) -> None:
        where = Location(offset_bytes=self._members[-1].offset)
        finding = found("gzip.not-canonical", f"a gzip member is not as we write it: {why}", where=where)
        self.find(finding, self._total, begins=begins)

    # What is broken, and finding the way again.

    def _lose(self, code: str, message: str, *, recover: bool = True) -> None:
        """Stop reading this member, and say so. Unless the file is at its end, the next one will be looked for."""
        offset = self._members[-1].offset
        begins = self._members[-1].begin == self._total
        self.find(found(code, message, where=Location(offset_bytes=offset)), self._total, begins=begins)
        self._z = None
        self._given_up = code == "gzip.limit-exceeded"
        self._lost_from = offset if recover else None

    def _trailing(self, offset: int) -> Finding:
        return found(
            "gzip.trailing-bytes", "bytes that belong to no gzip member", where=Location(offset_bytes=offset)
        )

    def _recover(self) -> bool:
        """Go to the next member that holds the begin of a record, and begin it; False where there is none."""
        lost_from, self._lost_from = self._lost_from, None
        assert lost_from is not None
        damaged = bool(self._members) and self._members[-1].offset == lost_from
        if damaged and not self.stored.back(lost_from + 1):
            damaged = False
        ready = self._seek_record()
        skipped = self.stored.offset - lost_from
        if skipped:
            message = (
                f"{skipped} stored bytes could not be read as records"
                if damaged
                else f"{skipped} bytes skipped"
            )
            where = Location(offset_bytes=lost_from)
            status = Status.NOT_CHECKED if self._given_up else None
            self.find(
                found("warc.bytes-skipped", message, where=where, actual=skipped, status=status),
                self._total,
                begins=True,
            )
        self._given_up = False
        if not ready or not self._begin_member():
            return False
        self._held = self._first_bytes()
        return True

    def _seek_record(self) -> bool:
        """Go to the next gzip member that inflates to the begin of a record; False (and to the end) where none is."""
        stored = self.stored
        while stored.need(len(MAGIC)):
            place = stored.buffer.find(MAGIC, stored.at)
            if place < 0 or self._probes <= 0:
                stored.use(len(stored.buffer) - stored.at - (2 if self._probes > 0 else 0))
                continue
            stored.use(place - stored.at)
            stored.need(PROBE_BYTES)
            self._probes -= 1
            if holds_record(stored.buffer[stored.at : stored.at + PROBE_BYTES]):
                return True
            stored.use(1)
        stored.use(len(stored.buffer) - stored.at)
        return False


def _differs(code: str, what: str, where: Location, expected: object, actual: object) -> Finding:
    message = f"the {what} of a gzip member is not that of its content"
    return found(code, message, where=where, expected=expected, actual=actual)
