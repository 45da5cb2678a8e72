"""One pass over a WARC of a copy: each record as a row that can be compared, and the places that hold none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import attrs

from archive.limits import DEFAULT, Limits
from archive.salvage.loss import Fate, Loss
from archive.salvage.rescue import Rescued, rescue
from archive.wacz.member import MemberDamaged
from archive.wacz.package import Package

_CHUNK_BYTES = 1 << 18


@attrs.frozen
class Row:
    """One record as it lies in a copy. Offsets are of the stored form; a length of 0: it shares its gzip member.

    `fault` is the finding code of what speaks against the record, or empty where it agrees with its own digests and
    frame. `kept`: its bytes are those that were written, whatever speaks against it (`archive.salvage.judge`).
    """

    member: str
    offset_bytes: int
    length_bytes: int
    record_id: str
    type: str
    target_uri: str
    date: str
    header_digest: bytes
    block_digest: bytes
    fault: str = ""
    kept: bool = True
    stored_digest: bytes = b""
    """Of the bytes as stored; only where it was asked for."""

    @property
    def sound(self) -> bool:
        """True when nothing speaks against it."""
        return not self.fault

    @property
    def content(self) -> bytes:
        """What tells one record from another: digests of its header, as it stands, and of its block."""
        return self.header_digest + self.block_digest


@attrs.frozen
class Rows:
    """The records of one WARC in their order, and the places between them in which nothing could be read."""

    rows: tuple[Row, ...] = ()
    losses: tuple[Loss, ...] = ()

    @property
    def sound(self) -> bool:
        """True when every byte belongs to a record against which nothing speaks."""
        return not self.losses and all(row.sound for row in self.rows)


def rows_of(package: Package, member: str) -> Rows:
    """Return the rows of one WARC of an archive; none where the member cannot be read at all."""
    if package.directory is not None:
        entry = package.entries.get(member)
        if entry is None or not entry.readable:
            return Rows()
    with package.open_member(member, check=False) as stream:
        return read_rows(stream, member, limits=package.limits)


def read_rows(stream: BinaryIO, member: str, *, stored: bool = False, limits: Limits = DEFAULT) -> Rows:
    """Return the rows of a WARC; with `stored`, each with the digest of its stored bytes. Damage raises nothing."""
    rows, losses = list[Row](), list[Loss]()
    try:
        for outcome in rescue(stream, member=member, limits=limits):
            if isinstance(outcome, Loss):
                losses.append(outcome)
            else:
                rows.append(_row(outcome, member, stream if stored else None))
    except MemberDamaged as error:
        losses.append(Loss(member, 0, 0, "zip.member-damaged", error.message))
    return Rows(tuple(rows), tuple(losses))


def _row(rescued: Rescued, member: str, stream: BinaryIO | None) -> Row:
    header, judged = rescued.header, rescued.judged
    kept = judged.fate is not Fate.ASIDE and judged.fate is not Fate.LOST
    length_bytes = rescued.length_bytes
    digest = b""
    if stream is not None and length_bytes and kept:
        digest = sha256_of(read_range(stream, rescued.offset_bytes, length_bytes))
    return Row(
        member,
        rescued.offset_bytes,
        length_bytes,
        header.get("WARC-Record-ID") or "",
        header.get("WARC-Type") or "",
        header.get("WARC-Target-URI") or "",
        header.get("WARC-Date") or "",
        hashlib.sha256(header.raw).digest(),
        sha256_of(iter(lambda: rescued.block.read(_CHUNK_BYTES), b"")),
        judged.reason,
        kept,
        digest,
    )


def read_range(stream: BinaryIO, offset_bytes: int, length_bytes: int) -> Iterator[bytes]:
    """Yield a range of a file in chunks, as far as the file goes."""
    while length_bytes > 0:
        stream.seek(offset_bytes)
        chunk = stream.read(min(length_bytes, _CHUNK_BYTES))
        if not chunk:
            return
        yield chunk
        offset_bytes += len(chunk)
        length_bytes -= len(chunk)


def sha256_of(chunks: Iterable[bytes]) -> bytes:
    """Return the SHA-256 of a stream of chunks."""
    state = hashlib.sha256()
    for chunk in chunks:
        state.update(chunk)
    return state.digest()
