"""A wrong Content-Length put right, where the block digest proves the right one."""

from __future__ import annotations

import re
import tempfile
from typing import IO, TYPE_CHECKING, BinaryIO

import attrs

from archive import lazily
from archive.digest import hasher, read_label
from archive.errors import NOWHERE
from archive.limits import Limits
from archive.salvage.judge import Judged
from archive.salvage.loss import Fate
from archive.warc.header import parse
from archive.warc.record import Header

if TYPE_CHECKING:
    from archive.salvage.rescue import Rescued

_END = b"\r\n\r\n"
_CHUNK_BYTES = 1 << 18
_SPOOL_BYTES = 1 << 20
_LENGTH = lazily.compile(rb"^content-length[ \t]*:(.*)\n", re.IGNORECASE | re.MULTILINE)
_EMPTY_LINE = lazily.compile(rb"\r?\n")
ORIGINAL_LENGTH = "Provenance-Original-Content-Length"
"""Header field of a repaired record: the length that it came with."""


def repaired(rescued: Rescued, file: BinaryIO, *, limits: Limits) -> Rescued:
    """Return the record of a plain file with the block that lies between its header and the next record.

    It is another record only where its block digest is that of these bytes; else it is returned as it is.
    """
    label = read_label(rescued.header.get("WARC-Block-Digest") or "")
    begin = rescued.offset_bytes + len(rescued.header.raw)
    file.seek(begin)
    gap = _EMPTY_LINE.match(file.read(2))
    length_bytes = rescued.end_bytes - begin - len(_END) - (gap.end() if gap else 0)
    if label is None or label.value is None or gap is None or not 0 <= length_bytes <= limits.record_bytes:
        return rescued
    if not label.known or not rescued.header.raw.endswith(b"\n"):
        return rescued
    file.seek(begin + gap.end() + length_bytes)
    if file.read(len(_END)) != _END:
        return rescued
    block: IO[bytes] = tempfile.SpooledTemporaryFile(_SPOOL_BYTES)  # noqa: SIM115 - closed by who rescues
    state = hasher(label.algorithm)
    file.seek(begin + gap.end())
    left = length_bytes
    while left and (chunk := file.read(min(left, _CHUNK_BYTES))):
        state.update(chunk)
        block.write(chunk)
        left -= len(chunk)
    if state.digest() != label.value:
        block.close()
        return rescued
    block.seek(0)
    judged = Judged(
        Fate.REPAIRED, rescued.judged.reason, "the Content-Length was wrong; the block digest proves it"
    )
    return attrs.evolve(
        rescued,
        header=_with_length(rescued.header, length_bytes, limits),
        block=block,
        length_bytes=rescued.end_bytes - rescued.offset_bytes,
        judged=judged,
    )


def _with_length(header: Header, length_bytes: int, limits: Limits) -> Header:
    """Return the header with this Content-Length, and the one it came with in a field of our own; else the same bytes."""
    stated = _LENGTH.search(header.raw)
    raw = _LENGTH.sub(b"", header.raw)
    if stated and stated[1].strip():
        raw += ORIGINAL_LENGTH.encode() + b": " + stated[1].strip() + b"\r\n"
    return parse(raw + b"Content-Length: %d\r\n" % length_bytes, limits, NOWHERE)[0]
