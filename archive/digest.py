"""Labelled digests: written as `sha256:<lower-case hex>`, as ISO 28500 §5.8 asks, and read in every spelling in use."""

from __future__ import annotations

import base64
import binascii
import functools
import hashlib
from collections.abc import Callable, Iterable
from typing import Protocol

from archive.values import frozen

ALGORITHM = "sha256"
"""What we write. What others wrote is read in every spelling, see `read_label`."""

WEAK = frozenset({"md5"})
"""Algorithms for which a second document with the same digest can be made on purpose at no cost."""


class Hasher(Protocol):
    """What `hashlib` gives: a digest in the making."""

    def update(self, data: bytes | memoryview, /) -> None:
        """Take in more bytes."""

    def digest(self) -> bytes:
        """Return the digest of what was taken in so far."""


_BASE_32 = bytes(
    b"0123456789abcdefghijklmnopqrstuv"[place] if place >= 0 else 0x21
    for place in (b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(bytes([c]).upper()) for c in range(256))
)
"""From the digits of base 32 (RFC 4648 §6), in either case, to those that `int` reads; from anything else to none."""

_NO_HYPHENS = str.maketrans("", "", "-_/ ")

_ALGORITHMS: dict[str, tuple[Callable[[], Hasher], int]] = {
    "md5": (lambda: hashlib.md5(usedforsecurity=False), 16),
    "sha1": (lambda: hashlib.sha1(usedforsecurity=False), 20),
    "sha224": (hashlib.sha224, 28),
    "sha256": (hashlib.sha256, 32),
    "sha384": (hashlib.sha384, 48),
    "sha512": (hashlib.sha512, 64),
    "sha3256": (hashlib.sha3_256, 32),
    "sha3512": (hashlib.sha3_512, 64),
    "blake2b": (hashlib.blake2b, 64),
    "blake2b512": (hashlib.blake2b, 64),
    "blake2s": (hashlib.blake2s, 32),
    "blake2s256": (hashlib.blake2s, 32),
}


@frozen
class Label:
    """A labelled digest that somebody wrote: the algorithm by its plain name, and the digest itself.

    `value` is None where the spelling fits no encoding of that algorithm; `known` is False for an algorithm that we
    cannot compute (then `value` is None too).
    """

    algorithm: str
    value: bytes | None
    known: bool = True


def hasher(algorithm: str) -> Hasher:
    """Return a new digest in the making, by the plain name that `Label.algorithm` gives."""
    return _ALGORITHMS[algorithm][0]()


def spell(algorithm: str, value: bytes) -> str:
    """Return the labelled digest as we write it: the algorithm, a colon, lower-case hex."""
    return f"{algorithm}:{value.hex()}"


def digest(data: bytes) -> str:
    """Return the labelled digest of `data`."""
    return f"{ALGORITHM}:{hashlib.sha256(data).hexdigest()}"


def digest_of(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Return the labelled digest of a stream of chunks and its length in bytes."""
    state, length_bytes = hashlib.sha256(), 0
    for chunk in chunks:
        state.update(chunk)
        length_bytes += len(chunk)
    return f"{ALGORITHM}:{state.hexdigest()}", length_bytes


@functools.lru_cache(maxsize=64)
def read_label(text: str) -> Label | None:
    """Read a labelled digest in any spelling in use; None where there is no `label:value` at all.

    Labels with or without case and hyphens (`sha-256`, `SHA1`); values in base 16, 32 or 64 (both alphabets), any
    case where the base has no case of its own, with or without `=`. The length of the value tells the base: for one
    algorithm no two bases have the same length. (ISO 28500 §5.8; its annotations 48 and 80 list what is in use.)
    """
    label, colon, value = text.strip().partition(":")
    algorithm = label.lower().translate(_NO_HYPHENS)
    if not colon or not algorithm:
        return None
    if algorithm not in _ALGORITHMS:
        return Label(label.lower(), None, known=False)
    return Label(algorithm, _decode(value.strip().rstrip("="), _ALGORITHMS[algorithm][1]))


def _decode(value: str, size_bytes: int) -> bytes | None:
    """Return the digest of `size_bytes` that `value` (without padding) spells, or None."""
    try:
        if len(value) == size_bytes * 2:
            return binascii.unhexlify(value)
        if len(value) == -(-size_bytes * 8 // 5):
            number = int(value.encode("ascii").translate(_BASE_32), 32) >> -size_bytes * 8 % 5
            return number.to_bytes(size_bytes, "big")
        if len(value) == -(-size_bytes * 4 // 3):
            plain = value.replace("-", "+").replace("_", "/")
            return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except ValueError:  # binascii.Error, and characters outside ASCII
        return None
    return None
