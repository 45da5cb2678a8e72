"""Stretches: which words of a segment share rare runs of words with a quotation, by what the index alone says.

A run of words is looked up under its rarest keys only, and what is read of the index for one quotation is bounded
whatever the quotation says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log2
from typing import TYPE_CHECKING

import attrs
import numpy as np

from provenance.corpus.mapped import Segment
from provenance.corpus.questions import Sought

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FEW = 64
"""Places that may share a part of a key by chance, for that part to be enough."""
_BITS_OF_TAG = ((2, 4), (3, 10))
"""Of keys of two and three words: how many bits tell them apart within a bucket."""
_LARGE = 1 << 12
"""Places in a bucket from which on it is left alone where rarer words were found."""
_BUDGET = 4096
"""Places that are looked at for stretches near to one quotation."""
SHARE_OF_BEST = 0.4
"""Share of the best stretch's bits below which another is not compared."""
MOST_READ = 1 << 20
"""Postings that are read for one run of words, however common it is."""


@attrs.frozen
class Stretch:
    """Words `[first, last)` of a segment around a diagonal, and the bits that the keys found there carry."""

    first: int
    last: int
    bits: float


def stretches(segment: Segment, run: Sought, width: int, logarithm: float, most: int) -> Iterator[Stretch]:
    """Yield the stretches of `width` words and more in which most keys of a run of words stand, the heaviest first.

    `logarithm` is that of all words of the body: the bits of a key that stands there once, and by itself proves nothing.
    Time is bounded whatever the words are.
    """
    diagonals, keys, bits = _found(segment, run, logarithm)
    if not len(diagonals):
        return
    buckets = diagonals // width
    once = (buckets + 1) * len(bits) + keys  # a diagonal may begin before the first word
    once.sort()
    once = once[_firsts(once)]  # each key counts once a bucket
    buckets, weights = once // len(bits) - 1, np.array(bits)[once % len(bits)]
    firsts = _firsts(buckets)
    shared = np.add.reduceat(weights, firsts)
    buckets = buckets[firsts]
    joined = shared.copy()
    joined[:-1] += shared[1:] * (buckets[1:] == buckets[:-1] + 1)
    heavy = (joined > max(logarithm, SHARE_OF_BEST * float(joined.max()))).nonzero()[0]
    best = heavy[np.argsort(-joined[heavy], kind="stable")[:most]]
    for bucket, carried in zip(buckets[best].tolist(), joined[best].tolist(), strict=True):
        first = max(0, bucket * width)
        yield Stretch(first, max(first, min(bucket * width + 2 * width + len(run), segment.words)), carried)


def _firsts(rising: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where another number begins, in numbers that rise."""
    other = np.ones(len(rising), np.bool_)
    np.not_equal(rising[1:], rising[:-1], out=other[1:])
    return other.nonzero()[0]


def _found(
    segment: Segment, run: Sought, logarithm: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], list[float]]:
    """Return at which diagonals keys stand, which key each of them is, and the bits that each key carries."""
    buckets, tags = run.keys()
    sizes = segment.in_buckets(buckets)
    diagonals: list[NDArray[np.int64]] = []
    bits: list[float] = []
    budget = _BUDGET
    for offset in sorted(range(len(run)), key=sizes.__getitem__):
        if sizes[offset] > (_LARGE if diagonals else MOST_READ):
            break
        known = _words_of_key(sizes[offset], run.known(offset))
        if known < 2:
            continue
        places = segment.places(buckets[offset], tags[offset], known)
        count = len(places)
        if not count:
            continue
        if count > budget and diagonals:
            break
        bits.append(logarithm - log2(count))
        diagonals.append(places[:_BUDGET] - offset)
        budget -= count
    if not diagonals:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), bits
    keys = np.repeat(np.arange(len(bits)), [len(each) for each in diagonals])
    return np.concatenate(diagonals), keys, bits


def _words_of_key(size: int, known: int) -> int:
    """Return how many words of a key are looked up in a bucket of so many places: the fewest that few places share."""
    return next((words for words, bits in _BITS_OF_TAG if words < known and size >> bits <= _FEW), known)


def standing(segment: Segment, run: Sought, bits: Sequence[float]) -> NDArray[np.int64]:
    """Return where a run of words may stand: the keys with most `bits` are looked up, until one leaves no place out."""
    known = [run.known(i) for i in range(len(run))]
    told = [i for i in range(len(run)) if known[i] >= 2]
    told.sort(key=lambda i: -sum(bits[i : i + known[i]]))
    places: NDArray[np.int64] | None = None
    for offset in told:
        bucket, tag = run.key(offset)
        if places is None:
            places = segment.places(bucket, tag, known[offset]) - offset
        elif segment.in_buckets((bucket,))[0] <= MOST_READ:
            here = segment.places(bucket, tag, known[offset]) - offset
            left = places[np.isin(places, here, assume_unique=True)]
            if len(left) == len(places):
                break
            places = left
        if len(places) <= 1:
            break
    assert places is not None, "a run of two words has a key"
    return places[places >= 0]
