"""One member of a package recovered from the copies: whole from one of them, or record by record, or byte by byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, cast

import attrs

from archive.copies import codes as codes
from archive.copies.authority import fits, sha256, taken
from archive.copies.chaining import Fork, Piece, Stored, chain, content, ways
from archive.copies.rows import Row, read_range, read_rows, rows_of, sha256_of
from archive.copies.splicing import splice
from archive.errors import Location
from archive.findings import Finding, found
from archive.limits import DEFAULT, Limits
from archive.wacz.member import Window
from archive.wacz.package import WARC_SUFFIXES, Package
from archive.warc.frame import CANONICAL_HEAD, MAGIC

_MOST_SPLICED_BYTES = 1 << 26


@attrs.frozen
class Wanted:
    """A member as the manifest states it. `offset_bytes`: where its data lies in a file in canonical form, or -1."""

    path: str
    hash: str
    size_bytes: int
    offset_bytes: int = -1

    @property
    def is_warc(self) -> bool:
        """True for a member that holds records."""
        return self.path.startswith("archive/") and self.path.endswith(WARC_SUFFIXES)


@attrs.frozen
class Recovered:
    """A member as it was written: where its bytes come from. `copy` is the one that has it whole, -1 where none has."""

    wanted: Wanted
    copy: int
    pieces: tuple[Piece, ...] = ()
    versions: tuple[Stored, ...] = ()
    owners: tuple[int, ...] = ()
    """Which copy each version is of."""
    stream: BinaryIO | None = None

    def chunks(self) -> Iterator[bytes]:
        """Yield its bytes."""
        if self.stream is not None:
            yield from read_range(self.stream, 0, self.wanted.size_bytes)
        else:
            yield from content(self.pieces, self.versions)


def wanted_of(rows: Sequence[object]) -> tuple[Wanted, ...]:
    """Return the members that a manifest lists. Raises ValueError for rows that cannot be meant."""
    wanted = []
    for row in rows:
        path, stated, size = (
            (row.get("path"), row.get("hash"), row.get("bytes")) if isinstance(row, Mapping) else (None,) * 3
        )
        if not (isinstance(path, str) and isinstance(stated, str) and type(size) is int and size >= 0):
            raise ValueError("a row of the manifest has no path, hash and bytes")
        wanted.append(Wanted(path, stated, size))
    return tuple(wanted)


def recover(wanted: Wanted, copies: Sequence[Package], limits: Limits = DEFAULT) -> Recovered | list[Finding]:
    """Return a member as the manifest vouches for it, or what says that no way leads to it.

    1. Whole, from the first copy that has it.
    2. A WARC record by record; the digest in the manifest proves the outcome.
    3. Byte by byte, where the copies differ in few places.
    """
    versions = [
        (copy, stream) for copy, package in enumerate(copies) for stream in _versions(wanted, package)
    ]
    for copy, stream in versions:
        if fits(sha256_of(read_range(stream, 0, wanted.size_bytes + 1)), wanted.hash):
            return Recovered(wanted, copy, stream=stream)
    told = [lost_member(wanted, "no copy has it as the manifest vouches for it")]
    if wanted.is_warc:
        by_records = _by_records(wanted, copies, versions, limits)
        if isinstance(by_records, Recovered):
            return by_records
        told = by_records
    spliced = _by_bytes(wanted, [stream for _, stream in versions])
    return spliced if spliced is not None else told


def _versions(wanted: Wanted, package: Package) -> Iterator[BinaryIO]:
    """Yield a copy's versions of a member: by the ZIP's directory, and where it must lie in canonical form."""
    entry = package.entries.get(wanted.path)
    readable = entry is not None and entry.readable
    if readable:
        yield package.open_member(wanted.path, check=False)
    elsewhere = entry is None or not readable or entry.data_offset_bytes != wanted.offset_bytes
    if 0 <= wanted.offset_bytes < package.size_bytes and elsewhere:
        yield cast("BinaryIO", Window(package.file, wanted.offset_bytes, wanted.size_bytes))


def _by_records(
    wanted: Wanted, copies: Sequence[Package], streams: Sequence[tuple[int, BinaryIO]], limits: Limits
) -> Recovered | list[Finding]:
    if not streams:
        return [lost_member(wanted, "no copy has anything of it")]
    sizes = {copies[copy].size_bytes for copy, _ in streams}
    versions = tuple(
        Stored.of(
            stream,
            wanted.path,
            slack=(copies[copy].size_bytes - other for other in sizes),
            limits=limits,
        )
        for copy, stream in streams
    )
    owners = tuple(copy for copy, _ in streams)
    lost: list[Finding] | None = None
    for preferred in range(len(versions)):
        links = chain(versions, wanted.size_bytes, preferred=preferred, limits=limits)
        gaps = [link for link in links if isinstance(link, Piece) and link.lost]
        if gaps:
            lost = lost or [found_lost(wanted.path, gap, copies) for gap in gaps]
            continue
        for pieces in ways(links):
            for way in (pieces, tuple(_in_our_frames(pieces, versions))):
                if fits(sha256_of(content(way, versions)), wanted.hash):
                    return Recovered(wanted, -1, way, versions, owners)
        if not any(isinstance(link, Fork) for link in links):
            break
    return lost or [lost_member(wanted, "its sound records together are not what the manifest vouches for")]


def _in_our_frames(pieces: Sequence[Piece], versions: Sequence[Stored]) -> Iterator[Piece]:
    """Yield the pieces with the head of each gzip member as we write it: no CRC covers that, so it may be damaged."""
    for piece in pieces:
        if piece.copy < 0:
            yield piece
            continue
        stream = versions[piece.copy].stream
        head = b"".join(read_range(stream, piece.at_bytes, len(CANONICAL_HEAD)))
        if head.startswith(MAGIC) and head != CANONICAL_HEAD:
            rest = read_range(stream, piece.at_bytes + len(head), piece.length_bytes - len(head))
            data = CANONICAL_HEAD + b"".join(rest)
            yield Piece(piece.offset_bytes, piece.length_bytes, row=piece.row, data=data)
        else:
            yield piece


def _by_bytes(wanted: Wanted, streams: Sequence[BinaryIO]) -> Recovered | None:
    if wanted.size_bytes > _MOST_SPLICED_BYTES:
        return None
    read = [b"".join(read_range(stream, 0, wanted.size_bytes + 1)) for stream in streams]
    whole = [each for each in read if len(each) == wanted.size_bytes]
    data = splice(whole, lambda mixed: fits(sha256(mixed), wanted.hash))
    return None if data is None else Recovered(wanted, -1, (Piece(0, len(data), data=data),))


def told_of(recovered: Recovered, copies: Sequence[Package]) -> Iterator[Finding]:
    """Yield where a member and its records come from, as far as not from the first copy."""
    wanted = recovered.wanted
    if recovered.stream is None:
        names = [copies[owner].name if owner else "" for owner in recovered.owners]
        yield from told_of_pieces(recovered.pieces, wanted.path, names)
    elif recovered.copy:
        yield taken(wanted.path, copies[recovered.copy].name)
        if wanted.is_warc:
            yield from _records_taken(recovered.stream, wanted.path, copies[0], copies[recovered.copy])


def _records_taken(stream: BinaryIO, member: str, damaged: Package, whole: Package) -> Iterator[Finding]:
    """Yield the records of a WARC taken whole that the first copy did not have whole."""
    had = {(row.offset_bytes, row.content) for row in rows_of(damaged, member).rows if row.kept}
    for row in read_rows(stream, member, limits=whole.limits).rows:
        if (row.offset_bytes, row.content) not in had:
            yield _taken(row, member, row.offset_bytes, whole.name)


def _taken(row: Row, member: str, offset_bytes: int, name: str) -> Finding:
    where = Location(member=member, offset_bytes=offset_bytes, record=row.record_id or None)
    message = f"{row.type} {row.target_uri} {row.date}: taken from {name}"
    return found("repair.record-taken", message, where=where, actual=name)


def told_of_pieces(pieces: Sequence[Piece], member: str, names: Sequence[str]) -> Iterator[Finding]:
    """Yield which records were taken from a named version (that of the first copy has no name), and what was joined."""
    for piece in pieces:
        row = piece.row
        where = Location(
            member=member, offset_bytes=piece.offset_bytes, record=row.record_id if row else None
        )
        if piece.data is not None:
            what = f"the {row.type} record of {row.target_uri}" if row else f"{piece.length_bytes} bytes"
            yield found("repair.bytes-joined", f"{what}: put together from all copies", where=where)
        elif (name := names[piece.copy]) and row is not None:
            yield _taken(row, member, piece.offset_bytes, name)


def found_lost(member: str, piece: Piece, copies: Sequence[Package]) -> Finding:
    """Return that no copy has what stood here, named by what can be read of it, or by the index of a copy."""
    row, what = piece.row, "of what stood here nothing can be read"
    where = Location(member=member, offset_bytes=piece.offset_bytes, record=row.record_id if row else None)
    if row is not None:
        what = f"{row.type} {row.target_uri} {row.date}"
    elif url := next(_indexed(member, piece.offset_bytes, copies), None):
        what = f"the capture of {url}"
    message = f"{what}: {piece.length_bytes} bytes are damaged in every copy"
    return found("repair.record-lost", message, where=where)


def _indexed(member: str, offset_bytes: int, copies: Sequence[Package]) -> Iterator[str]:
    """Yield what the indexes of the copies say begins at this place."""
    for package in copies:
        for line in package.index_lines():
            fields = line.fields
            if str(fields.get("offset")) == str(offset_bytes) and member.endswith(
                f"/{fields.get('filename')}"
            ):
                yield f"{fields.get('url')} at {line.timestamp}"


def lost_member(wanted: Wanted, reason: str) -> Finding:
    """Return that a member is lost."""
    return found(
        "repair.member-lost",
        f"{wanted.path}: {reason}",
        where=Location(member=wanted.path),
        expected=wanted.hash,
    )
