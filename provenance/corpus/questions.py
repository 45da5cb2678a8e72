"""Questions: the words of a quotation as keys, in plain numbers. For some dozen words that is faster than arrays.

Gives just what `keys` gives for the same words; see there for what a key is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import attrs

from provenance.corpus.keys import FACTOR, MIX, TAIL, folded

_ALL = (1 << 64) - 1
_LONGEST_KEY = 4


@attrs.frozen
class Sought:
    """The words of a quotation as keys: bucket and tag of each word, and how many words in a row it knows there."""

    buckets: list[int]
    tags: list[int]
    known: list[int]

    def __len__(self) -> int:
        return len(self.known)


def sought(quotation: Sequence[str]) -> Sought:
    """Return the keys of folded words in a row."""
    numbers = [number for word in quotation for number in word_numbers(word)]
    count = len(numbers)
    numbers += [0] * (_LONGEST_KEY - 1)
    buckets, tags = [], []
    for i in range(count):
        pair = _mixed(numbers[i] * 3 + numbers[i + 1] & _ALL)
        buckets.append(pair >> 48)
        tags.append(pair >> 32 & 0xF000 | numbers[i + 2] >> 40 & 0x0FC0 | numbers[i + 3] >> 48 & 0x003F)
    return Sought(buckets, tags, [min(_LONGEST_KEY, count - i) for i in range(count)])


@lru_cache(maxsize=1 << 16)
def word_numbers(word: str) -> tuple[int, ...]:
    """Return the numbers of the words that keys know in one folded word: none for a sign, two for "don't"."""
    return tuple(map(_number, folded(word).split()))


def _number(word: bytes) -> int:
    number = int.from_bytes(word[:8], "little") * FACTOR & _ALL
    number ^= number >> 29
    if len(word) > 8:
        number ^= int.from_bytes(word[-8:], "little") * TAIL & _ALL
    return _mixed(number ^ len(word))


def _mixed(number: int) -> int:
    number ^= number >> 33
    number = number * MIX & _ALL
    return number ^ number >> 33
