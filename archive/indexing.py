"""An index of a WARC in one pass, without looking at anything that no line of an index tells.

A digest that a record's header gives is taken as it stands, as other indexers do: whether it is right is for a survey.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from archive.cdxj import INDEXED, line, sort
from archive.findings import Finding
from archive.limits import DEFAULT, Limits
from archive.warc.http import head_end, media_type, parse_head, payload_of
from archive.warc.measure import Measure, place
from archive.warc.reader import Record, read_records
from archive.warc.record import Placed

_HEAD_BYTES = 256 * 1024


def index_of(file: BinaryIO, *, member: str, limits: Limits = DEFAULT) -> Iterator[bytes]:
    """Yield the sorted lines of the index of a WARC named `member`. What cannot be read as a record has no line.

    Raises NotAnArchive where nothing is a record, and Unreadable where the file cannot be read.
    """
    return sort(_lines(file, member, limits))


def _lines(file: BinaryIO, member: str, limits: Limits) -> Iterator[bytes]:
    for record in read_records(file, limits=limits):
        if isinstance(record, Finding) or record.header.get("WARC-Type") not in INDEXED:
            continue
        placed = _placed(record, member, limits)
        entry = line(placed) if placed is not None else None
        if entry is not None:
            yield bytes(entry)


def _placed(record: Record, member: str, limits: Limits) -> Placed | None:
    """Return the record in its place, measured only where its header gives no digest; None where it has no block."""
    header = record.header
    if record.block_bytes is None:
        return None
    if header.get("WARC-Payload-Digest") is None:
        measure = Measure(header, block_bytes=record.block_bytes, limits=limits)
        for chunk in record.chunks():
            measure.update(chunk)
        record.finish()
        return place(member, record.offset_bytes, record.length_bytes or 0, header, measure.finish())
    kind, status = media_type(header.get("Content-Type")), None
    if payload_of(header)[1]:
        head = parse_head(_head(record))
        kind, status = head.media_type, head.status
    record.finish()
    length = record.length_bytes or 0
    return Placed(member, record.offset_bytes, length, header, record.block_bytes, "", None, kind, status)


def _head(record: Record) -> bytes:
    """Return the head of the HTTP message in a block, or what of the block might be one."""
    data = b""
    while len(data) < _HEAD_BYTES and (chunk := record.read(_HEAD_BYTES - len(data))):
        data += chunk
        if (end := head_end(data)) is not None:
            return data[:end]
    return data
