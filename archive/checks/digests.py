"""Comparing a digest that an index gives, in whatever algorithm and spelling, with the record it stands for."""

from __future__ import annotations

import base64
import binascii
import hashlib
from enum import Enum

from archive.digest import digest_of
from archive.wacz.reader import Package
from archive.wacz.zipnum import iter_bytes
from archive.warc.reader import read_at
from archive.warc.record import Placed

_SIZES = {"md5": 16, "sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}
_HEAD_BYTES = 1 << 16
"""Where an HTTP head is looked for; a longer one is no head of usual size."""


class Comparison(Enum):
    """What comparing two digests showed."""

    SAME = "same"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


def compare_digest(package: Package, stated: str, placed: Placed) -> Comparison:
    """Compare a digest with what the record's header gives, then with what is computed from its bytes.

    The header's own digest was compared with the bytes by the survey. Only where it is of another algorithm, or
    absent, is the record read once more.
    """
    wanted = parse_digest(stated)
    if wanted is None:
        return Comparison.UNKNOWN
    known = [placed.header.get("WARC-Payload-Digest"), placed.payload_digest, placed.block_digest]
    parsed = [value for text in known if text and (value := parse_digest(text))]
    if wanted in parsed:
        return Comparison.SAME
    if any(algorithm == wanted[0] for algorithm, _ in parsed[:1]):
        return Comparison.DIFFERS
    return Comparison.SAME if wanted[1] in _computed(package, placed, wanted[0]) else Comparison.DIFFERS


def parse_digest(text: str) -> tuple[str, bytes] | None:
    """Return algorithm and value of a digest written in base 16 or 32, or None. Without a label it is SHA-1."""
    label, _, value = text.strip().rpartition(":")
    algorithm = label.lower().replace("-", "") or "sha1"
    size_bytes = _SIZES.get(algorithm)
    try:
        if size_bytes and len(value) == 2 * size_bytes:
            return algorithm, bytes.fromhex(value)
        padded = value.upper().rstrip("=")
        raw = base64.b32decode(padded + "=" * (-len(padded) % 8))
    except (ValueError, binascii.Error):
        return None
    return (algorithm, raw) if len(raw) == size_bytes else None


def stored_digest(package: Package, placed: Placed) -> str:
    """Return the digest of a record as it is stored, i.e. of its gzip member."""
    with package.open_member(placed.member, check=False) as stream:
        stream.seek(placed.offset_bytes)
        return digest_of(iter_bytes(stream, placed.length_bytes))[0]


def _computed(package: Package, placed: Placed, algorithm: str) -> tuple[bytes, ...]:
    """Return the digests of the block, and of what stands behind an HTTP head in it."""
    whole, body = hashlib.new(algorithm, usedforsecurity=False), hashlib.new(algorithm, usedforsecurity=False)
    with package.open_member(placed.member, check=False) as stream:
        record = read_at(stream, placed.offset_bytes, placed.length_bytes, limits=package.limits)
        head = b""
        while len(head) < _HEAD_BYTES and (chunk := record.read(_HEAD_BYTES)):
            head += chunk
        whole.update(head)
        body.update(head.partition(b"\r\n\r\n")[2])
        for chunk in record.chunks():
            whole.update(chunk)
            body.update(chunk)
    return whole.digest(), body.digest()
