"""Where two versions of a record or of a member differ: which header field, and the first differing byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from archive.copies.rows import Row
from archive.errors import Error
from archive.wacz.package import Package
from archive.warc.reader import Record, read_at
from archive.warc.record import Header


@attrs.frozen
class Difference:
    """One place where two records differ. `offset_bytes` counts from the begin of the block, None in a header."""

    field: str
    first: str | None
    second: str | None
    offset_bytes: int | None = None


def differences(first: tuple[Package, Row], second: tuple[Package, Row]) -> Iterator[Difference]:
    """Yield where two records differ: each header field, the form of the header, the first byte of the block.

    Of a record that cannot be looked up by its place (it shares its gzip member, or is damaged) only the digests of
    the blocks are compared.
    """
    mine, theirs = first[1], second[1]
    try:
        with (
            first[0].open_member(mine.member, check=False) as one,
            second[0].open_member(theirs.member, check=False) as other,
        ):
            limits = first[0].limits
            yield from _of_records(
                read_at(one, mine.offset_bytes, mine.length_bytes, limits=limits),
                read_at(other, theirs.offset_bytes, theirs.length_bytes, limits=limits),
                blocks=mine.block_digest != theirs.block_digest,
            )
    except Error:
        if mine.block_digest != theirs.block_digest:
            yield Difference("block", mine.block_digest.hex(), theirs.block_digest.hex())


def _of_records(one: Record, other: Record, *, blocks: bool) -> Iterator[Difference]:
    yield from _of_headers(one.header, other.header)
    if blocks:
        at = first_difference(one.chunks(), other.chunks())
        yield Difference("block", f"{one.block_bytes} bytes", f"{other.block_bytes} bytes", at)


def _of_headers(one: Header, other: Header) -> Iterator[Difference]:
    if one.raw == other.raw:
        return
    mine, theirs = one.by_name(), other.by_name()
    told = False
    for name in dict.fromkeys((*mine, *theirs)):
        if mine.get(name) != theirs.get(name):
            told = True
            yield Difference(_spelled(name, one, other), _value(mine.get(name)), _value(theirs.get(name)))
    if not told:
        yield Difference("header", "the same fields", "in another order or spelling")


def _spelled(name: str, *headers: Header) -> str:
    """Return a field's name as it is written where it stands first."""
    return next(field for header in headers for field, _ in header.fields if field.lower() == name)[:80]


def _value(values: list[str] | None) -> str | None:
    return None if values is None else "; ".join(values)[:2000].encode("utf-8", "backslashreplace").decode()


def first_difference(one: Iterable[bytes], other: Iterable[bytes]) -> int | None:
    """Return the offset of the first byte in which two streams of chunks differ; None where they are the same.

    Where one is the begin of the other it is the length of the shorter.
    """
    mine, theirs, passed = iter(one), iter(other), 0
    left, right = b"", b""
    while True:
        left, right = left or next(mine, b""), right or next(theirs, b"")
        length = min(len(left), len(right))
        if left[:length] != right[:length]:
            return passed + _first(left, right, length)
        if not length:
            return passed if left or right else None
        left, right, passed = left[length:], right[length:], passed + length


def _first(left: bytes, right: bytes, end: int) -> int:
    """Return the first place below `end` in which two strings differ, by halving."""
    begin = 0
    while end - begin > 1:
        half = (begin + end) // 2
        if left[begin:half] == right[begin:half]:
            begin = half
        else:
            end = half
    return begin
