"""Headers of Bitcoin blocks that the caller holds: the root they commit to, their time, and whether work went into them.

Whether a header is of the chain that everybody means is not found out here: the caller has it from a node that he trusts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

import attrs

from archive import lazily

HEADER_BYTES = 80
MOST_BYTES = 32 * 1024 * 1024
SLACK = dt.timedelta(hours=2)
"""The rules of Bitcoin allow the time of a block to be so much ahead."""
_LINE = lazily.compile(r"([0-9]{1,9})\s+([0-9A-Fa-f]{160})")


@attrs.frozen
class Header:
    """A block header. `root` is the Merkle root as it is hashed, `name` the block's hash as block explorers show it."""

    root: bytes
    at: dt.datetime
    name: str


Headers = Mapping[int, Header]
"""Headers by the height of their blocks."""


def read_header(data: bytes) -> Header:
    """Return what a header of 80 bytes says. Raises ValueError where its hash does not reach the target it states.

    version 4, previous block 32, Merkle root 32, time 4, target 4, nonce 4 bytes; numbers little-endian.
    """
    if len(data) != HEADER_BYTES:
        raise ValueError(f"a block header has {HEADER_BYTES} bytes, not {len(data)}")
    digest = hashlib.sha256(hashlib.sha256(data).digest()).digest()
    exponent, mantissa = data[75], int.from_bytes(data[72:75], "little")
    target = mantissa << 8 * (exponent - 3) if exponent >= 3 else mantissa >> 8 * (3 - exponent)
    if mantissa & 0x800000 or exponent > 34 or int.from_bytes(digest, "little") > target:
        raise ValueError("the header's hash does not reach the target that it states")
    at = dt.datetime.fromtimestamp(int.from_bytes(data[68:72], "little"), tz=dt.UTC)
    return Header(data[36:68], at, digest[::-1].hex())


def read_headers(text: str) -> dict[int, Header]:
    """Return the headers of a file: a line each, the height and the header in hex; empty lines and those with # are none.

    Raises ValueError, whose text names the line.
    """
    if len(text) > MOST_BYTES:
        raise ValueError(f"larger than {MOST_BYTES} bytes")
    headers: dict[int, Header] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = _LINE.fullmatch(line.strip())
        if parts is None:
            raise ValueError(f"line {number}: not a height and 160 digits of a header")
        try:
            header = read_header(bytes.fromhex(parts[2]))
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error
        if headers.setdefault(int(parts[1]), header) != header:
            raise ValueError(f"line {number}: another header of the same height stands above")
    return headers
