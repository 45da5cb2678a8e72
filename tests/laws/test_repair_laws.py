"""What always holds of repairs: damage in different places is undone to the byte, the same damage is never papered over."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import packages
from damage import forge
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.copies.restoring import Restored, restore
from archive.wacz.reader import open_package
from archive.warc.frame import CANONICAL_HEAD

WHOLE = packages.build(4)
PARTS = forge.members(WHOLE)
RECORDS = forge.records(PARTS)
BEGIN = WHOLE.index(PARTS[forge.WARC])
STARTS = [BEGIN + len(b"".join(RECORDS[:number])) for number in range(len(RECORDS))]
FLIPS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 255)), min_size=1, max_size=4)


def restored(*copies: bytes) -> tuple[Restored, bytes | None]:
    """Restore from copies."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "out.wacz")
        outcome = restore(
            [open_package(io.BytesIO(data), name=f"{n}") for n, data in enumerate(copies)], path
        )
        return outcome, path.read_bytes() if outcome.written else None


def damaged(data: bytes, record: int, flips: list[tuple[int, int]]) -> bytes:
    """Return the package with bytes of one record flipped."""
    out = bytearray(data)
    for place, bits in flips:
        out[STARTS[record] + place % len(RECORDS[record])] ^= bits
    return bytes(out)


@settings(max_examples=60)
@given(
    order=st.permutations(range(len(RECORDS))),
    cut=st.integers(1, len(RECORDS) - 1),
    flips=st.lists(FLIPS, min_size=len(RECORDS), max_size=len(RECORDS)),
)
def test_disjoint_records(order: list[int], cut: int, flips: list[list[tuple[int, int]]]) -> None:
    """Every record is damaged in one of two copies, none in both: the original comes back byte for byte."""
    first = second = WHOLE
    for place, record in enumerate(order):
        if place < cut:
            first = damaged(first, record, flips[record])
        else:
            second = damaged(second, record, flips[record])

    assert restored(first, second)[1] == WHOLE


@settings(max_examples=60)
@given(
    places=st.lists(st.integers(0, len(WHOLE) - 1), min_size=2, max_size=4, unique=True),
    bits=st.lists(st.integers(1, 255), min_size=4, max_size=4),
)
def test_different_bytes(places: list[int], bits: list[int]) -> None:
    """Bytes anywhere in the file are damaged, none in both copies: the original comes back byte for byte."""
    copies = [bytearray(WHOLE), bytearray(WHOLE)]
    for number, place in enumerate(places):
        copies[number % 2][place] ^= bits[number]

    assert restored(*map(bytes, copies))[1] == WHOLE


@settings(max_examples=60)
@given(
    record=st.integers(0, len(RECORDS) - 1),
    place=st.integers(len(CANONICAL_HEAD), 10_000),
    bits=st.integers(1, 255),
)
def test_the_same_damage(record: int, place: int, bits: int) -> None:
    """A byte damaged alike in every copy is never papered over: nothing is written, and the record is named."""
    begin = len(CANONICAL_HEAD)  # which is the same in every record, and made anew
    copy = damaged(WHOLE, record, [(begin + place % (len(RECORDS[record]) - begin), bits)])
    outcome, data = restored(copy, copy)

    assert data is None
    assert [f.code for f in outcome.findings] == ["repair.record-lost"]
    assert outcome.findings[0].where.offset_bytes == STARTS[record] - BEGIN
