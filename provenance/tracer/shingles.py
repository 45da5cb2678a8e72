"""Shingles: the one hash of a word, and of four words in a row, that every index of words uses.

A hash only chooses where to look; a verdict always comes from the text, so a collision costs time and never truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

NAME = "qsh2"
"""The definition below together with `fold.VERSION` 2. An index written under another name is built anew."""
WORDS = 4
"""Words of a shingle: the fewest with which few places share one by chance."""
_MASK = (1 << 64) - 1
_LETTERS = 0x9E3779B97F4A7C15
_SEQUENCE = 0xC2B2AE3D27D4EB4F


def mix(value: int) -> int:
    """Return 64 bits spread over 64 bits (the finaliser of MurmurHash3)."""
    value ^= value >> 33
    value = value * 0xFF51AFD7ED558CCD & _MASK
    value ^= value >> 33
    value = value * 0xC4CEB9FE1A85EC53 & _MASK
    return value ^ value >> 33


@lru_cache(maxsize=1 << 16)
def word_hash(folded: str) -> int:
    """Return the hash of a folded word: its code points as a polynomial modulo 2**64, mixed."""
    value = 0
    for letter in folded:  # a word: some letters, and kept
        value = (value * _LETTERS + ord(letter)) & _MASK
    return mix(value)


def shingle_hash(words: Iterable[int]) -> int:
    """Return the hash of the hashes of words in a row: a polynomial modulo 2**64, mixed."""
    value = 0
    for word in words:
        value = (value * _SEQUENCE + word) & _MASK
    return mix(value)


def shingles(folded: Sequence[str], size: int = WORDS) -> list[int]:
    """Return the hash of each run of `size` folded words, in order."""
    hashes = list(map(word_hash, folded))
    return [shingle_hash(hashes[i : i + size]) for i in range(len(hashes) - size + 1)]
