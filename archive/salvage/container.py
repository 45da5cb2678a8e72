"""Telling the bytes of a broken ZIP that hold no records (its headers, index, page list, manifest) from what was lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import attrs

from archive.salvage.loss import Fate, Loss
from archive.wacz.layout import CENTRAL, END, END64
from archive.wacz.package import WARC_SUFFIXES
from archive.wacz.zipentry import STORED, Malformed, read_local


def without_container(loss: Loss, file: BinaryIO) -> Iterator[Loss]:
    """Yield a loss of raw bytes in two parts: what is the container's, and what could have been records."""
    behind = loss.offset_bytes + loss.length_bytes
    reach = _container_end(file, loss.offset_bytes, behind)
    if reach > loss.offset_bytes:
        message = "headers of the ZIP, and members that are made anew from the records"
        yield attrs.evolve(loss, length_bytes=reach - loss.offset_bytes, message=message, fate=Fate.CONTAINER)
    if reach < behind:
        yield attrs.evolve(loss, offset_bytes=reach, length_bytes=behind - reach)


def _container_end(file: BinaryIO, begin: int, end: int) -> int:
    """Return how far, from `begin` on, the bytes are headers and whole members that hold no stored WARC."""
    while begin < end:
        file.seek(begin)
        if file.read(4) in (CENTRAL, END, END64):
            return end
        try:
            entry = read_local(file, begin)
        except Malformed:
            return begin
        if entry.name.endswith(WARC_SUFFIXES) and entry.method == STORED:
            return min(entry.data_offset_bytes, end)
        begin = entry.data_offset_bytes + entry.stored_bytes
    return end
