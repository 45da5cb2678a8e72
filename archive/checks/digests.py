"""Comparing a digest that an index gives, in whatever algorithm and spelling, with the record it stands for."""

from __future__ import annotations

from enum import Enum

from archive.digest import digest_of, hasher, read_label
from archive.wacz.package import Package
from archive.wacz.zipnum import iter_bytes
from archive.warc.reader import read_at
from archive.warc.record import Placed

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
    return Comparison.SAME if wanted[1].hex() in _computed(package, placed, wanted[0]) else Comparison.DIFFERS


def parse_digest(text: str) -> tuple[str, bytes] | None:
    """Return algorithm and value of a digest in any spelling that records use, or None. Without a label it is SHA-1."""
    label = read_label(text if ":" in text else f"sha1:{text}")
    return (label.algorithm, label.value) if label is not None and label.value is not None else None


def stored_digest(package: Package, placed: Placed, *, without_bytes: int = 0) -> str:
    """Return the digest of a record as it is stored, i.e. of its gzip member; without so many bytes at its end."""
    key = (placed.member, placed.offset_bytes, f"stored {without_bytes}")
    if key not in package.digests:
        package.digests[key] = (_stored_digest(package, placed, without_bytes),)
    return package.digests[key][0]


def _stored_digest(package: Package, placed: Placed, without_bytes: int) -> str:
    with package.open_member(placed.member, check=False) as stream:
        stream.seek(placed.offset_bytes)
        return digest_of(iter_bytes(stream, placed.length_bytes - without_bytes))[0]


def _computed(package: Package, placed: Placed, algorithm: str) -> tuple[str, ...]:
    """Return the digests of the block, and of what stands behind an HTTP head in it, in hex."""
    key = (placed.member, placed.offset_bytes, algorithm)
    if key not in package.digests:
        package.digests[key] = _compute(package, placed, algorithm)
    return package.digests[key]


def _compute(package: Package, placed: Placed, algorithm: str) -> tuple[str, ...]:
    whole, body = hasher(algorithm), hasher(algorithm)
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
    return whole.digest().hex(), body.digest().hex()
