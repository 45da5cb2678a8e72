"""Splitting records over several WARCs: their names, and what a record takes at most before it is compressed."""

from __future__ import annotations

import io

from archive.warc.record import NewRecord, Verbatim

_HEADER_BYTES = 1024
"""For what the writer adds to a record's own fields: version, id, dates, digests, lengths."""


def warc_name(number: int, *, split: bool) -> str:
    """Return the name of a WARC by its number, counted from 1; `split`: there may be many."""
    if split:
        return f"data-{number:05}.warc.gz"
    return "data.warc.gz" if number == 1 else f"data-{number}.warc.gz"


def most_bytes(record: NewRecord | Verbatim) -> int:
    """Return what a record takes at most: blocks that cannot be compressed are stored, 5 bytes more for each 16 KiB."""
    block = record.block
    if isinstance(block, bytes):
        size = len(block)
    else:
        start = block.tell()
        size = block.seek(0, io.SEEK_END) - start
        block.seek(start)
    size += _header_bytes(record)
    return size + (size >> 11) + 64


def _header_bytes(record: NewRecord | Verbatim) -> int:
    if isinstance(record, Verbatim):
        return len(record.header.raw) + 2
    texts = (record.target_uri, record.content_type, *(text for field in record.fields for text in field))
    return _HEADER_BYTES + sum(len(text.encode("utf-8", "replace")) + 4 for text in texts if text)
