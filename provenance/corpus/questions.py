"""Questions: the words of a quotation as keys, in plain numbers. For some dozen words that is faster than arrays.

Gives just what `keys` gives for the same words; see there for what a key is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from provenance.corpus.keys import FACTOR, MIX, TAIL, folded

_ALL = (1 << 64) - 1
_LONGEST_KEY = 4


class Sought:
    """The words of a quotation as keys: bucket and tag of each word, and how many words in a row it knows there."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._count = len(numbers)
        self._numbers = [*numbers, *[0] * (_LONGEST_KEY - 1)]

    def __len__(self) -> int:
        return self._count

    def known(self, word: int) -> int:
        """Return how many words in a row the key of a word is made of."""
        return min(_LONGEST_KEY, self._count - word)

    def key(self, word: int) -> tuple[int, int]:
        """Return bucket and tag of a word."""
        first, second, third, fourth = self._numbers[word : word + _LONGEST_KEY]
        pair = first * 3 + second & _ALL
        pair ^= pair >> 33
        pair = pair * MIX & _ALL
        pair ^= pair >> 33
        return pair >> 48, pair >> 32 & 0xF000 | third >> 40 & 0x0FC0 | fourth >> 48 & 0x003F

    def keys(self) -> tuple[list[int], list[int]]:
        """Return the buckets and the tags of all words."""
        pairs = [self.key(word) for word in range(self._count)]
        return [bucket for bucket, _ in pairs], [tag for _, tag in pairs]


def sought(quotation: Iterable[str]) -> Sought:
    """Return the keys of folded words in a row."""
    return Sought([number for word in quotation for number in word_numbers(word)])


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
