"""One member of a package recovered from the copies: whole from one of them, or record by record, or byte by byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, cast

import attrs

from archive.copies.authority import fits, sha256, taken
from archive.copies.chaining import Link, Piece, Stored, chain, content, ways
from archive.copies.rows import read_range, sha256_of
from archive.copies.splicing import splice
from archive.errors import Location
from archive.findings import Finding, found
from archive.limits import DEFAULT, Limits
from archive.wacz.member import Window
from archive.wacz.package import WARC_SUFFIXES, Package

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
    pieces: tuple[Piece, ...]
    versions: tuple[Stored, ...]
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
    versions = [_version(wanted, package) for package in copies]
    for copy, stream in enumerate(versions):
        if stream is not None and fits(sha256_of(read_range(stream, 0, wanted.size_bytes + 1)), wanted.hash):
            return Recovered(wanted, copy, (), (), stream)
    told = [lost_member(wanted, "no copy has it as the manifest vouches for it")]
    if wanted.is_warc:
        by_records = _by_records(wanted, copies, versions, limits)
        if isinstance(by_records, Recovered):
            return by_records
        told = by_records
    spliced = _by_bytes(wanted, versions)
    return spliced if spliced is not None else told


def _version(wanted: Wanted, package: Package) -> BinaryIO | None:
    """Return a copy's version of a member: by the ZIP's directory, or where it must lie in canonical form."""
    entry = package.entries.get(wanted.path)
    if entry is not None and entry.readable and entry.size_bytes == wanted.size_bytes:
        return package.open_member(wanted.path, check=False)
    if 0 <= wanted.offset_bytes < package.size_bytes:
        return cast("BinaryIO", Window(package.file, wanted.offset_bytes, wanted.size_bytes))
    if entry is not None and entry.readable:
        return package.open_member(wanted.path, check=False)
    return None


def _by_records(
    wanted: Wanted, copies: Sequence[Package], streams: Sequence[BinaryIO | None], limits: Limits
) -> Recovered | list[Finding]:
    numbers = [number for number, stream in enumerate(streams) if stream is not None]
    sizes = [copies[number].size_bytes for number in numbers]
    versions = tuple(
        Stored.of(stream, wanted.path, slack=(size - other for other in sizes), limits=limits)
        for stream, size in zip((stream for stream in streams if stream is not None), sizes, strict=True)
    )
    links = chain(versions, wanted.size_bytes, limits=limits) if versions else ()
    if lost := [found_lost(wanted.path, link) for link in links if isinstance(link, Piece) and link.lost]:
        return lost
    for pieces in ways(links):
        if pieces and fits(sha256_of(content(pieces, versions)), wanted.hash):
            named = tuple(_of_copy(piece, numbers) for piece in pieces)
            return Recovered(wanted, -1, named, _spread(versions, numbers, len(copies)))
    return [lost_member(wanted, "its sound records together are not what the manifest vouches for")]


def _of_copy(piece: Piece, numbers: Sequence[int]) -> Piece:
    """Return a piece with the number of its copy among all copies, not among those that have the member."""
    return piece if piece.copy < 0 else attrs.evolve(piece, copy=numbers[piece.copy])


def _spread(versions: Sequence[Stored], numbers: Sequence[int], count: int) -> tuple[Stored, ...]:
    by_number = dict(zip(numbers, versions, strict=True))
    return tuple(by_number.get(number, versions[0]) for number in range(count))


def _by_bytes(wanted: Wanted, streams: Sequence[BinaryIO | None]) -> Recovered | None:
    if wanted.size_bytes > _MOST_SPLICED_BYTES:
        return None
    read = [
        b"".join(read_range(stream, 0, wanted.size_bytes + 1)) for stream in streams if stream is not None
    ]
    whole = [each for each in read if len(each) == wanted.size_bytes]
    data = splice(whole, lambda mixed: fits(sha256(mixed), wanted.hash))
    return None if data is None else Recovered(wanted, -1, (Piece(0, len(data), data=data),), ())


def told_of(recovered: Recovered, copies: Sequence[Package]) -> Iterator[Finding]:
    """Yield where a member and its records come from, as far as not from the first copy."""
    wanted = recovered.wanted
    if recovered.stream is not None:
        if recovered.copy:
            yield taken(wanted.path, copies[recovered.copy].name)
        return
    yield from told_of_pieces(recovered.pieces, wanted.path, copies)


def told_of_pieces(pieces: Sequence[Link], member: str, copies: Sequence[Package]) -> Iterator[Finding]:
    """Yield which records were taken from other copies than the first, and what was put together."""
    for piece in pieces:
        if not isinstance(piece, Piece):
            continue
        row = piece.row
        where = Location(
            member=member, offset_bytes=piece.offset_bytes, record=row.record_id if row else None
        )
        if piece.data is not None:
            what = f"the {row.type} record of {row.target_uri}" if row else f"{piece.length_bytes} bytes"
            yield found("repair.bytes-joined", f"{what}: put together from all copies", where=where)
        elif piece.copy > 0 and row is not None:
            message = f"{row.type} {row.target_uri} {row.date}: taken from {copies[piece.copy].name}"
            yield found("repair.record-taken", message, where=where, actual=copies[piece.copy].name)


def found_lost(member: str, piece: Piece) -> Finding:
    """Return that no copy has what stood here."""
    row = piece.row
    where = Location(member=member, offset_bytes=piece.offset_bytes, record=row.record_id if row else None)
    what = f"{row.type} {row.target_uri} {row.date}" if row else "of what stood here nothing can be read"
    message = f"{what}: {piece.length_bytes} bytes are damaged in every copy"
    return found("repair.record-lost", message, where=where)


def lost_member(wanted: Wanted, reason: str) -> Finding:
    """Return that a member is lost."""
    return found(
        "repair.member-lost",
        f"{wanted.path}: {reason}",
        where=Location(member=wanted.path),
        expected=wanted.hash,
    )
