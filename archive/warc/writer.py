"""Records written: WARC/1.1, blocks byte for byte, one gzip member a record; the same input gives the same bytes.

The bytes of a compressed record are also those of the engine in use (`archive.engines`), its version and its level: a
writer of packages therefore says which they were.

A reader stops at a gzip member that grows beyond `limits.inflate_ratio`, for it may be meant to exhaust it; a long and
monotonous document grows no less. So a member that has come half way to the limit is written on without looking for
repetitions (Huffman codes only), which no stream can outgrow eight times: what is written can always be read.
"""

from __future__ import annotations

import json
import uuid
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from archive.digest import ALGORITHM, Hasher, hasher
from archive.engines import RAW, Compression, Deflater, compression, inflating
from archive.errors import NOWHERE, Location, OutputError, WarcSyntaxError
from archive.findings import Finding, Status
from archive.limits import DEFAULT, Limits
from archive.warc.frame import CANONICAL_HEAD
from archive.warc.header import CONTROL, TOKEN, VERSION, render
from archive.warc.http import Payload, payload_of
from archive.warc.measure import Measure, Measured, place
from archive.warc.octets import CHUNK
from archive.warc.record import Header, NewRecord, Placed, Verbatim
from archive.warc.rules import TYPES, check

_IDS = uuid.UUID("5f0c7e0e-2f0e-5d52-9d36-6e1f7a6c2b11")
"""Namespace of the record ids that are derived from a record's content (RFC 9562 §5.5)."""

_DERIVED = frozenset(
    {"warc-type", "warc-record-id", "warc-date", "warc-target-uri", "warc-block-digest", "content-type"}
    | {"content-length"}
)
_EMPTY_LINE = b"\r\n"
_IDENTICAL_PAYLOAD = "/revisit/identical-payload-digest"


class WarcWriter:
    """Writes records to a binary file from where it stands. `offset_bytes` is that place, for the offsets it tells.

    Nothing is flushed or closed. After an OutputError the file holds a broken record behind the last `Placed`.
    A reader with the same `limits` is never stopped by what is written here; its `inflate_ratio` is 16 or more.
    `packing` is the engine, by itself the fastest that is installed, and `level` another level of it than it names.
    `alike` counts the records of each derived id; writers whose records must all have their own ids share one.
    """

    def __init__(
        self,
        file: BinaryIO,
        *,
        member: str,
        compress: bool = True,
        level: int | None = None,
        packing: Compression | None = None,
        offset_bytes: int = 0,
        limits: Limits = DEFAULT,
        alike: Counter[str] | None = None,
    ) -> None:
        self._file = file
        self._member = member
        chosen = compression() if packing is None else packing
        self.packing = (chosen if level is None else chosen.at(level)) if compress else None
        """What compresses the records; None where they are written as they are."""
        self._limits = limits
        self._alike = Counter[str]() if alike is None else alike
        self.offset_bytes = offset_bytes
        """Where the next record begins."""

    def write(self, record: NewRecord) -> Placed:
        """Write a record and return it in its place.

        Raises WarcSyntaxError, before anything is written, where the record is none that ISO 28500 allows: line
        breaks or control characters in a value, white space in a URI, a date that is none, fields that a record of
        this type cannot have, a header or a block beyond the limits of a reader. Raises OutputError where the file
        takes no more, or a block changes meanwhile.
        """
        start = _start(record.block)
        draft = _draft(record)
        measured = _measured(draft, record.block, start)
        derived = _record_id(record, measured)
        header = _header(
            record, draft, measured, record.record_id or _numbered(derived, self._alike[derived])
        )
        _readable(header, measured, self._limits)
        placed = self._put(header, record.block, start, measured)
        self._alike[derived] += record.record_id is None
        return placed

    def copy(self, record: Verbatim) -> Placed:
        """Write a record as it stands, whatever it says, in a frame of ours, and return it in its place."""
        start = _start(record.block)
        return self._put(record.header, record.block, start, _measured(record.header, record.block, start))

    def _put(self, header: Header, block: bytes | BinaryIO, start: int, measured: Measured) -> Placed:
        out = _Bare(self._file) if self.packing is None else _Member(self._file, self.packing, self._limits)
        out.write(header.raw + _EMPTY_LINE)
        _copy(block, start, out, measured)
        out.write(b"\r\n\r\n")
        length = out.end()
        placed = place(self._member, self.offset_bytes, length, header, measured)
        self.offset_bytes += length
        return placed


def warcinfo(fields: Mapping[str, str], *, filename: str | None, date: str) -> NewRecord:
    """Return a warcinfo record that describes the file named `filename`, with a block of these fields.

    Raises WarcSyntaxError where a name or a value would break the block (ISO 28500 §6.2, §8.3).
    """
    for name, value in fields.items():
        _sound_field(name, value)
    block = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    named = () if filename is None else (("WARC-Filename", filename),)
    return NewRecord("warcinfo", date, block, content_type="application/warc-fields", fields=named)


def _draft(record: NewRecord) -> Header:
    """Return the header without what is derived, having looked at every value."""
    if record.type not in TYPES:
        raise WarcSyntaxError(f"{record.type[:40]!r} is no record type", Location(field="WARC-Type"))
    fields = [("WARC-Type", record.type), ("WARC-Date", record.date)]
    fields += [("WARC-Target-URI", record.target_uri)] if record.target_uri is not None else []
    fields += record.fields
    fields += [("Content-Type", record.content_type)] if record.content_type is not None else []
    for name, value in fields:
        _sound_field(name, value)
    for name, _ in record.fields:
        if name.lower() in _DERIVED:
            raise WarcSyntaxError(f"{name} is not among the further fields", Location(field=name))
    header = Header(VERSION, tuple(fields))
    _sound_payload_digest(header)
    return header


def _sound_field(name: str, value: str) -> None:
    """Refuse what would be read back as something else: another field, another record, another value."""
    where = Location(field=name[:80])
    if not TOKEN.fullmatch(name):
        raise WarcSyntaxError("this is no field name", where)
    if not value or value != value.strip():
        raise WarcSyntaxError("the value is empty or has white space around it", where)
    if CONTROL.search(value):
        raise WarcSyntaxError("the value has line breaks or control characters", where)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise WarcSyntaxError("the value has characters that UTF-8 cannot write", where) from error


def _sound_payload_digest(header: Header) -> None:
    """Only a revisit or a segment may bring its payload digest: everywhere else it is computed (ISO 28500 §5.9)."""
    given = header.get("WARC-Payload-Digest")
    kind = header.get("WARC-Type")
    where = Location(field="WARC-Payload-Digest")
    if (
        given is not None
        and kind != "revisit"
        and not (payload_of(header)[0] is Payload.NONE and _is_segment(header))
    ):
        raise WarcSyntaxError("the payload digest is computed here", where)
    if (
        kind == "revisit"
        and given is None
        and (header.get("WARC-Profile") or "").endswith(_IDENTICAL_PAYLOAD)
    ):
        raise WarcSyntaxError("a revisit of an identical payload needs its digest", where)


def _is_segment(header: Header) -> bool:
    return header.get("WARC-Segment-Number") is not None


def _header(record: NewRecord, draft: Header, measured: Measured, record_id: str) -> Header:
    """Return the whole header in its fixed order; refuse it where a rule of the standard is broken."""
    fields = [
        ("WARC-Type", record.type),
        ("WARC-Record-ID", record_id),
        ("WARC-Date", record.date),
    ]
    fields += [("WARC-Target-URI", record.target_uri)] if record.target_uri is not None else []
    fields.append(("WARC-Block-Digest", measured.block_digest))
    if measured.payload_digest is not None:
        fields.append(("WARC-Payload-Digest", measured.payload_digest))
    fields += record.fields
    fields += [("Content-Type", record.content_type)] if record.content_type is not None else []
    fields.append(("Content-Length", str(measured.block_bytes)))
    header = Header(draft.version, tuple(fields), render(draft.version, fields))
    for finding in check(header, measured.block_bytes, NOWHERE):
        _refuse(finding)
    return header


def _refuse(finding: Finding) -> None:
    """Refuse what fails, and every field that a record of this type cannot have. A copied odd address may pass."""
    is_spaced = finding.code == "warc.target-uri" and any(map(str.isspace, str(finding.actual)))
    is_ours = finding.code in ("warc.field-forbidden", "warc.field-value")
    if finding.status is Status.FAILED or is_ours or is_spaced:
        raise WarcSyntaxError(finding.message, finding.where, hint=finding.clause)


def _readable(header: Header, measured: Measured, limits: Limits) -> None:
    """Refuse a record that a reader with these limits would pass over."""
    sizes = {
        "header_bytes": len(header.raw) + len(_EMPTY_LINE),
        "header_fields": len(header.fields),
        "record_bytes": measured.block_bytes,
    }
    for limit, seen in sizes.items():
        allowed: int = getattr(limits, limit)
        if seen > allowed:
            message = f"the record is larger than a reader would take: {seen}, limit {limit} {allowed}"
            raise WarcSyntaxError(message, hint="split it, or leave it out")


def _record_id(record: NewRecord, measured: Measured) -> str:
    """Return an id that says the same of the same record, and another of any other."""
    name = json.dumps(
        [
            record.type,
            record.target_uri,
            record.date,
            record.content_type,
            record.fields,
            measured.block_digest,
        ]
    )
    return f"<{uuid.uuid5(_IDS, name).urn}>"


def _numbered(derived: str, before: int) -> str:
    """Return the id of a record that is alike to `before` others: an id stands for one record only (§5.2)."""
    return f"<{uuid.uuid5(_IDS, f'{derived} {before}').urn}>" if before else derived


def _start(block: bytes | BinaryIO) -> int:
    return 0 if isinstance(block, bytes) else block.tell()


def _chunks(block: bytes | BinaryIO, start: int) -> Iterator[bytes]:
    if isinstance(block, bytes):
        for at in range(0, len(block), CHUNK):
            yield block[at : at + CHUNK]
    else:
        block.seek(start)
        yield from iter(lambda: block.read(CHUNK), b"")


def _measured(draft: Header, block: bytes | BinaryIO, start: int) -> Measured:
    measure = Measure(draft, block_bytes=len(block) if isinstance(block, bytes) else None)
    for chunk in _chunks(block, start):
        measure.update(chunk)
    return measure.finish()


def _copy(block: bytes | BinaryIO, start: int, out: _Bare | _Member, measured: Measured) -> None:
    """Write the block. A file is hashed again: had it changed since, the header would be false."""
    again: Hasher | None = None if isinstance(block, bytes) else hasher(ALGORITHM)
    for chunk in _chunks(block, start):
        out.write(chunk)
        if again is not None:
            again.update(chunk)
    if again is not None and again.digest() != measured.block[ALGORITHM]:
        raise OutputError("the content of a record changed while it was being written")


class _Bare:
    """Bytes written as they are, a small record in one piece."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._length = self._waiting = 0
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Take some more bytes."""
        self._put(data)

    def end(self) -> int:
        """Finish, and return how many bytes were written."""
        self._write_out()
        return self._length

    def _put(self, data: bytes) -> None:
        self._parts.append(data)
        self._length += len(data)
        self._waiting += len(data)
        if self._waiting >= CHUNK:
            self._write_out()

    def _write_out(self) -> None:
        try:
            self._file.write(b"".join(self._parts))
        except OSError as error:
            raise OutputError(f"the archive cannot be written: {error.strerror or error}") from error
        self._parts, self._waiting = [], 0


class _Member(_Bare):
    """One gzip member, framed as `CANONICAL_HEAD` says, that never grows as much as the limits forbid."""

    def __init__(self, file: BinaryIO, packing: Compression, limits: Limits) -> None:
        super().__init__(file)
        self._limits = limits
        self._z: Deflater = packing.deflater()
        self._crc32 = inflating().crc32
        self._dense = False
        self._crc = self._size = 0
        self._put(CANONICAL_HEAD)

    def write(self, data: bytes) -> None:
        """Deflate some more bytes."""
        self._crc = self._crc32(data, self._crc)
        self._size += len(data)
        self._put(self._z.compress(data))
        if not self._dense and self._nears_limit():
            self._thin_out()

    def end(self) -> int:
        """Finish, and return how many bytes were written."""
        trailer = self._crc.to_bytes(4, "little") + (self._size & 0xFFFFFFFF).to_bytes(4, "little")
        self._put(self._z.flush() + trailer)
        return super().end()

    def _nears_limit(self) -> bool:
        """Say whether half of what a reader allows is used up; the other half is room for what the engine still holds."""
        begins_to_count = self._limits.inflate_ratio_from_bytes // 2
        allowed = self._length * (self._limits.inflate_ratio // 2)
        return self._size > max(begins_to_count, allowed)

    def _thin_out(self) -> None:
        """Go on, behind a whole byte, with a stream that has at least a bit for every byte. Only zlib makes such."""
        self._dense = True
        self._put(self._z.flush(zlib.Z_SYNC_FLUSH))
        self._z = zlib.compressobj(6, zlib.DEFLATED, RAW, zlib.DEF_MEM_LEVEL, zlib.Z_HUFFMAN_ONLY)
