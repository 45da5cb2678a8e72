"""The records of one WARC put together from several copies of it: at each place a record that is whole in one of them.

1. Go from the begin to the end of the file as it was written; at each place take a record that begins there.
2. A copy in which bytes were lost or came in is shifted from there on: a record that is known tells by how much.
3. Where no copy has one, up to the next place where one has: put the bytes of all copies together, if that gives records.
4. Where copies have different records and both are sound, both ways are kept: what vouches for the whole decides.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import BinaryIO

import attrs

from archive.copies.rows import Row, Rows, read_range, read_rows
from archive.copies.splicing import splice
from archive.limits import DEFAULT, Limits

_MOST_FORKS = 8
_MOST_GAP_BYTES = 1 << 26
_MOST_GAPS = 1000
"""Places that are put together byte by byte; each may take many tries."""


@attrs.frozen
class Stored:
    """One version of a WARC: its bytes, and the records in it with the digests of their stored bytes."""

    stream: BinaryIO
    size_bytes: int
    rows: Rows
    slack: tuple[int, ...] = ()
    """By how many bytes its file is longer than those of the other copies: what lies behind the damage is shifted so far."""

    @classmethod
    def of(
        cls, stream: BinaryIO, member: str, *, slack: Iterable[int] = (), limits: Limits = DEFAULT
    ) -> Stored:
        """Read a version."""
        size_bytes = stream.seek(0, io.SEEK_END)
        shifts = tuple(dict.fromkeys(shift for shift in slack if shift))
        return cls(stream, size_bytes, read_rows(stream, member, stored=True, limits=limits), shifts)


@attrs.frozen
class Piece:
    """A part of the WARC as it was written: a range of a copy, or bytes that were put together (`data`).

    `copy` is the number of the copy, -1 for what was put together or is lost; `row` the record, where it is one.
    """

    offset_bytes: int
    length_bytes: int
    copy: int = -1
    at_bytes: int = 0
    row: Row | None = None
    data: bytes | None = None

    @property
    def lost(self) -> bool:
        """True where no copy has what stood here."""
        return self.copy < 0 and self.data is None


@attrs.frozen
class Fork:
    """A place where copies have different records, each of them sound."""

    pieces: tuple[Piece, ...]


Link = Piece | Fork


def chain(
    versions: Sequence[Stored], size_bytes: int | None, *, preferred: int = 0, limits: Limits = DEFAULT
) -> tuple[Link, ...]:
    """Return the WARC of these versions link by link. `size_bytes` is its size where something vouches for it.

    Behind a fork it goes on as the preferred version does, where that has a record there.
    """
    return tuple(_Chain(versions, size_bytes, preferred, limits).links())


def ways(links: Sequence[Link]) -> Iterator[tuple[Piece, ...]]:
    """Yield the ways through the forks, that of the preferred copy first; where there are very many, that one alone."""
    choices = [link.pieces if isinstance(link, Fork) else (link,) for link in links]
    if sum(isinstance(link, Fork) for link in links) > _MOST_FORKS:
        choices = [pieces[:1] for pieces in choices]
    yield from product(*choices)


def content(pieces: Sequence[Piece], versions: Sequence[Stored]) -> Iterator[bytes]:
    """Yield the bytes of pieces of which none is lost."""
    for piece in pieces:
        if piece.data is not None:
            yield piece.data
        else:
            yield from read_range(versions[piece.copy].stream, piece.at_bytes, piece.length_bytes)


class _Chain:
    def __init__(
        self, versions: Sequence[Stored], size_bytes: int | None, preferred: int, limits: Limits
    ) -> None:
        self._versions, self._size, self._limits = versions, size_bytes, limits
        self._preferred = preferred
        self._shifts = [0] * len(versions)
        self._rows = [
            {row.offset_bytes: row for row in version.rows.rows if row.kept and row.length_bytes}
            for version in versions
        ]
        self._all = [{row.offset_bytes: row for row in version.rows.rows} for version in versions]
        self._order = [sorted(rows) for rows in self._rows]
        self._places = [_places(rows.values()) for rows in self._rows]
        self._placed = set[bytes]()
        self._gaps = 0

    def links(self) -> Iterator[Link]:
        """Yield the links in order, without a gap between them."""
        at, end = 0, self._end()
        while at < end:
            link = self._here(at)
            if link is None:
                behind = min(self._next(at), end)
                yield from self._gap(at, behind)
                at = behind
                continue
            first = link.pieces[0] if isinstance(link, Fork) else link
            self._align(first)
            yield link
            at += first.length_bytes

    def _end(self) -> int:
        """Return where the WARC ends: as vouched for, else where the longest version does."""
        return self._size if self._size is not None else max(each.size_bytes for each in self._versions)

    def _here(self, at: int) -> Link | None:
        """Return the record that begins here, from the first copy that has it; a fork where sound ones differ."""
        pieces = [piece for copy in range(len(self._rows)) if (piece := self._in_copy(copy, at))]
        sound = [piece for piece in pieces if piece.row is not None and piece.row.sound] or pieces
        different = {piece.row.stored_digest: piece for piece in reversed(sound) if piece.row is not None}
        forked = tuple(
            sorted(different.values(), key=lambda piece: (piece.copy != self._preferred, piece.copy))
        )
        if not forked:
            return None
        return forked[0] if len(forked) == 1 else Fork(forked)

    def _in_copy(self, copy: int, at: int) -> Piece | None:
        """Return the record of a copy that begins here, if need be shifted as far as its length is off."""
        for shift in (self._shifts[copy], *self._versions[copy].slack):
            row = self._rows[copy].get(at + shift)
            if row is not None and (shift == self._shifts[copy] or row.stored_digest not in self._placed):
                self._shifts[copy] = shift
                return Piece(at, row.length_bytes, copy, at + shift, row)
        return None

    def _next(self, at: int) -> int:
        """Return the next place behind this one at which a copy has a record that was not placed yet."""
        places = [self._end()]
        for copy, order in enumerate(self._order):
            shift = self._shifts[copy]
            following = islice(order, bisect_right(order, at + shift), None)
            unplaced = (p for p in following if self._rows[copy][p].stored_digest not in self._placed)
            if (place := next(unplaced, None)) is not None:
                places.append(place - shift)
        return min(places)

    def _align(self, piece: Piece) -> None:
        """Find by how much the other copies are shifted here: where they have the same record elsewhere."""
        assert piece.row is not None
        digest = piece.row.stored_digest
        self._placed.add(digest)
        for copy, places in enumerate(self._places):
            known = places.get(digest, ())
            if known and piece.offset_bytes + self._shifts[copy] not in known:
                nearest = min(known, key=lambda place: abs(place - piece.offset_bytes - self._shifts[copy]))
                self._shifts[copy] = nearest - piece.offset_bytes

    def _gap(self, begin: int, end: int) -> Iterator[Piece]:
        """Yield what lies between two known records: put together from all copies, or lost."""
        length = end - begin
        self._gaps += 1
        may_splice = length <= _MOST_GAP_BYTES and self._gaps <= _MOST_GAPS
        data = self._spliced(begin, length) if may_splice else None
        yield Piece(begin, length, row=self._damaged_at(begin), data=data)

    def _spliced(self, begin: int, length: int) -> bytes | None:
        versions = [
            b"".join(read_range(version.stream, begin + shift, length))
            for version, shift in zip(self._versions, self._shifts, strict=True)
        ]
        return splice([each for each in versions if len(each) == length], self._are_records)

    def _are_records(self, data: bytes) -> bool:
        """Say whether bytes are records, whole and sound, and nothing else."""
        rows = read_rows(io.BytesIO(data), "", limits=self._limits)
        return bool(rows.rows) and rows.sound and sum(row.length_bytes for row in rows.rows) == len(data)

    def _damaged_at(self, place: int) -> Row | None:
        """Return what can still be read of the record that is lost here."""
        there = (rows.get(place + shift) for rows, shift in zip(self._all, self._shifts, strict=True))
        return next((row for row in there if row is not None and row.record_id), None)


def _places(rows: Iterable[Row]) -> dict[bytes, list[int]]:
    places: dict[bytes, list[int]] = {}
    for row in rows:
        places.setdefault(row.stored_digest, []).append(row.offset_bytes)
    return places
