"""Whatever bit of a package is turned over, wherever it is cut: it is never called sound, and nothing escapes."""

from __future__ import annotations

import gzip
from collections import Counter

import packages
from damage import forge
from hypothesis import given
from hypothesis import strategies as st

from archive.findings import Verdict

PACKAGE = packages.build()
TINY = packages.tiny()
"""Every byte of it has its turn; of the larger one Hypothesis picks."""


def test_untouched() -> None:
    """The packages themselves are sound, or these laws would prove nothing."""
    assert Verdict.SOUND is packages.verify(PACKAGE).verdict
    assert Verdict.SOUND is packages.verify(TINY).verdict


def test_every_byte() -> None:
    """A bit turned over in any byte of a package leaves it unsound or unreadable; all eight bits take their turns."""
    verdicts: Counter[Verdict] = Counter()
    for offset in range(len(TINY)):
        flipped = bytearray(TINY)
        flipped[offset] ^= 1 << (offset % 8)
        verdicts[packages.verify(bytes(flipped)).verdict] += 1

    assert {Verdict.UNSOUND, Verdict.UNREADABLE} >= set(verdicts)
    assert len(TINY) == verdicts.total()


def test_every_length() -> None:
    """A package cut to any shorter length is unsound or unreadable."""
    verdicts = {packages.verify(TINY[:length]).verdict for length in range(len(TINY))}

    assert {Verdict.UNSOUND, Verdict.UNREADABLE} >= verdicts


@given(st.integers(0, len(PACKAGE) - 1), st.integers(0, 7))
def test_any_bit(offset: int, bit: int) -> None:
    """Any bit of a larger package turned over leaves it unsound or unreadable."""
    flipped = bytearray(PACKAGE)
    flipped[offset] ^= 1 << bit

    assert packages.verify(bytes(flipped)).verdict in {Verdict.UNSOUND, Verdict.UNREADABLE}


@given(st.integers(0, len(PACKAGE)), st.integers(0, len(PACKAGE)), st.binary(max_size=40))
def test_splices(start: int, end: int, put: bytes) -> None:
    """Any stretch replaced by anything else leaves the package unsound or unreadable."""
    start, end = sorted((start, end))
    spliced = PACKAGE[:start] + put + PACKAGE[end:]

    expected = {Verdict.SOUND} if spliced == PACKAGE else {Verdict.UNSOUND, Verdict.UNREADABLE}
    assert packages.verify(spliced).verdict in expected


@given(st.binary(max_size=300), st.sampled_from(["x.wacz", "x.warc", "x.warc.gz", "x"]))
def test_any_bytes(data: bytes, name: str) -> None:
    """Bytes of no meaning are never called sound, whatever the file is called."""
    assert packages.verify(data, name=name).verdict is not Verdict.SOUND
    assert packages.verify(b"PK\x03\x04" + data, name=name).verdict is not Verdict.SOUND


def test_bytes_of_every_header() -> None:
    """A bit turned over in any second byte of any header is found, with index, manifest and its digest made right.

    The digests of WARC cover blocks alone; here the root over the records stands between a forger and a date.
    """
    parts = forge.members(TINY)
    records = [gzip.decompress(record) for record in forge.records(parts)]
    for number, record in enumerate(records):
        for offset in range(number, record.index(b"\r\n\r\n"), 2):
            flipped = bytearray(record)
            flipped[offset] ^= 1 << (offset % 7)
            altered = [*records[:number], bytes(flipped), *records[number + 1 :]]
            forged = {**parts, forge.WARC: b"".join(map(forge.repack, altered))}
            report = packages.verify(forge.rebuild(forged, forge.Depth.DIGEST))

            assert report.verdict is not Verdict.SOUND, (number, offset)
