"""The frame of a gzip member: which of its last bits mean nothing."""

from __future__ import annotations

import zlib

import pytest

from archive.warc.frame import is_padded

PAYLOADS = [
    b"a44d 691a a1b8 6465 977a ac27 1017 0711",
    b"016b 94b0 046b 8fa2 0048 a67a",
    b"9308 fe7b aded e232 3eeb a2bc",
    b"",
    b"words and more words and more",
]
"""The first three end in a code whose last set bit, cleared, ends the stream as well, but with other data."""


def deflated(payload: bytes) -> bytes:
    """Return the payload as a raw deflate stream."""
    z = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return z.compress(payload) + z.flush()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_bits_of_a_code_are_no_padding(payload: bytes) -> None:
    """A stream as zlib writes it is not padded, whatever its last code is."""
    assert not is_padded(zlib.decompressobj(-zlib.MAX_WBITS), deflated(payload), payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_bit_behind_the_last_code_is_padding(payload: bytes) -> None:
    """A bit set in the last byte that leaves the data as they are is found."""
    raw = deflated(payload)
    for bit in range(8):
        altered = raw[:-1] + bytes([raw[-1] | 1 << bit])
        z = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            unchanged = altered != raw and z.decompress(altered) == payload and z.eof
        except zlib.error:
            unchanged = False
        if unchanged:
            assert is_padded(zlib.decompressobj(-zlib.MAX_WBITS), altered, payload)
