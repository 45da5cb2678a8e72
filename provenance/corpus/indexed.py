"""An index asked for candidates: the answers `tracer.candidates` wants, out of the mapped segments of a corpus.

Keys find places, the text decides. A run of words is looked up under its rarest keys only, and what is read of the index
for one quotation is bounded whatever the quotation says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from provenance.corpus.folding import folded_late
from provenance.corpus.index import describe
from provenance.corpus.keys import folded, keys, starts_of, words
from provenance.corpus.mapped import Segment
from provenance.errors import CorpusDamaged
from provenance.model.trace import Source
from provenance.tracer.candidates import Region
from provenance.tracer.fold import Folded

if TYPE_CHECKING:
    from numpy.typing import NDArray

_COMMON = 512
"""Places in a bucket up to which all of its pair of words are looked at; beyond, those that go on like the quotation."""
_BUDGET = 4096
"""Places that are looked at for stretches near to one quotation."""
_MOST_READ = 1 << 20
"""Postings that are read for one run of words, however common it is."""
_KEPT = 512
"""Sources whose folded words are kept."""


@attrs.frozen(eq=False)
class _Sought:
    """The words of a quotation as keys: bucket and tag of each word, and how many words in a row it knows there."""

    buckets: NDArray[np.uint16]
    tags: NDArray[np.uint16]
    known: list[int]

    def __len__(self) -> int:
        return len(self.known)


@attrs.frozen(eq=False)
class _Kept:
    source: Source
    folded: Folded
    starts: NDArray[np.int64]
    """At which code points of its text the words that keys know begin."""


class IndexedCandidates:
    """The sources of a corpus, by number. Raises CorpusDamaged where its files do not hold what they must."""

    def __init__(self, folder: Path) -> None:
        described = describe(folder)
        self._segments = [Segment(folder / name, about) for name, about in described.segments.items()]
        self._bases: list[int] = []
        self._live = [_live(about) for about in described.segments.values()]
        total = 0
        for segment in self._segments:
            self._bases.append(total)
            total += segment.sources
        self._total = total
        self._words = sum(segment.words for segment in self._segments)
        self._logarithm = log2(self._words + 2)
        self._name = str(folder)
        self._kept: dict[int, _Kept] = {}
        self._numbers: dict[tuple[object, ...], int] = {}
        self._bits: dict[str, float] = {}

    def __len__(self) -> int:
        return sum(int(np.sum(live[1::2] - live[::2])) for live in self._live)

    @property
    def size(self) -> int:
        """How many words the corpus holds."""
        return self._words

    def bits(self, word: str) -> float:
        """Return the information of a word; one that the corpus lacks carries as much as one that it has once."""
        known = self._bits.get(word)
        if known is None:
            numbers = words(folded(word)).numbers
            count = sum(segment.count(numbers) for segment in self._segments)
            known = self._bits[word] = self._logarithm - log2(max(count, 1.0))
        return known

    def source(self, document: int) -> Source:
        """Return a source by its number."""
        return self._read(document).source

    def folded(self, document: int) -> Folded:
        """Return the folded words of a source. Those of the last few hundred are kept."""
        return self._read(document).folded

    def number(self, id: str) -> int | None:  # noqa: A002 (the contract's word)
        """Return the number of the first source with an id, or None where there is none."""
        return next((number for number, about in self._with_id(id) if about.get("id") == id), None)

    def number_of(self, source: Source) -> int | None:
        """Return the number of a source, also where another has the same id, or None where there is none."""
        known = self._numbers.get(_key(source))
        if known is not None:
            return known
        numbers = (number for number, _ in self._with_id(source.id))
        return next((number for number in numbers if _key(self.source(number)) == _key(source)), None)

    def _with_id(self, id: str) -> Iterator[tuple[int, dict[str, Any]]]:  # noqa: A002 (the contract's word)
        """Yield the sources that may have an id, and what is known of each."""
        for base, segment, live in zip(self._bases, self._segments, self._live, strict=True):
            for number in segment.numbers_of(id):
                if _is_live(live, np.array([number]))[0]:
                    yield base + number, segment.about(number)

    def sources(self) -> Iterator[Source]:
        """Yield every source, in order."""
        for segment, live in zip(self._segments, self._live, strict=True):
            for number in range(segment.sources):
                if _is_live(live, np.array([number]))[0]:
                    yield _source(segment, number, self._name)

    def exact(self, words: Sequence[str], most: int) -> list[Region]:
        """Return the first `most` places where just these words stand in a row: two words or more, of letters or digits."""
        sought, found = _sought(words), []
        if not len(sought) or sought.known[0] < 2:
            return []
        bits = sum(map(self.bits, words))
        wanted = list(words)
        for base, segment, live in zip(self._bases, self._segments, self._live, strict=True):
            places = _run(segment, sought)
            numbers = segment.sources_of(places)
            kept = _is_live(live, numbers)
            for place, number in zip(places[kept].tolist(), numbers[kept].tolist(), strict=True):
                first = self._folded_word(base + number, place - segment.first_word(number))
                if self.folded(base + number).words[first : first + len(wanted)] == wanted:
                    found.append(Region(base + number, first, first + len(wanted), bits))
                    if len(found) >= most:
                        return found
        return found

    def near(self, words: Sequence[str], most: int) -> list[Region]:
        """Return the stretches that share rare words with these. Time is bounded whatever the words are."""
        sought = _sought(words)
        width = max(16, len(words))
        weighed: list[tuple[float, int, int, int]] = []
        for which, segment in enumerate(self._segments):
            shared = self._shared(segment, sought, width)
            joined = {bucket: bits + shared.get(bucket + 1, 0.0) for bucket, bits in shared.items()}
            best = sorted(joined, key=lambda b: (-joined[b], b))[: 4 * most]
            weighed += [(-joined[bucket], which, bucket, len(sought)) for bucket in best]
        return list(self._regions(sorted(weighed), width, most))

    def _shared(self, segment: Segment, sought: _Sought, width: int) -> dict[int, float]:
        """Return the bits that stretches of a segment share with the quotation, by their diagonal in widths."""
        sizes = [segment.in_bucket(int(bucket)) for bucket in sought.buckets]
        shared: dict[int, float] = {}
        budget = _BUDGET
        for offset in sorted(range(len(sought)), key=lambda i: sizes[i]):
            known = sought.known[offset] if sizes[offset] > _COMMON else min(2, sought.known[offset])
            if known < 2 or sizes[offset] > _MOST_READ:
                continue
            places = segment.places(int(sought.buckets[offset]), int(sought.tags[offset]), known)
            if len(places) > budget and shared:
                break
            bits = self._logarithm - log2(max(len(places), 1))
            for bucket in np.unique((places[:_BUDGET] - offset) // width).tolist():
                shared[bucket] = shared.get(bucket, 0.0) + bits
            budget -= len(places)
        return shared

    def _regions(self, weighed: list[tuple[float, int, int, int]], width: int, most: int) -> Iterator[Region]:
        taken: set[tuple[int, int]] = set()
        for negative_bits, which, bucket, length in weighed:
            if len(taken) >= most:
                return
            if taken & {(which, bucket - 1), (which, bucket), (which, bucket + 1)}:
                continue
            segment, base = self._segments[which], self._bases[which]
            first, last = max(0, bucket * width), bucket * width + 2 * width + length
            middle = np.array([min((first + last) // 2, max(segment.words - 1, 0))])
            number = int(segment.sources_of(middle)[0])
            if not _is_live(self._live[which], np.array([number]))[0]:
                continue
            taken.add((which, bucket))
            start = segment.first_word(number)
            low = self._folded_word(base + number, max(first - start, 0))
            high = self._folded_word(base + number, last - start)
            yield Region(base + number, low, high, -negative_bits)

    def _folded_word(self, document: int, place: int) -> int:
        """Return which folded word of a source holds the word that keys know by this number."""
        kept = self._read(document)
        if place >= len(kept.starts):
            return len(kept.folded)
        return max(0, bisect_right(kept.folded.starts, int(kept.starts[place])) - 1)

    def _read(self, document: int) -> _Kept:
        kept = self._kept.get(document)
        if kept is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
                self._numbers.clear()
            which = int(np.searchsorted(self._bases, document, side="right")) - 1
            source = _source(self._segments[which], document - self._bases[which], self._name)
            starts = starts_of(source.characters[slice(*source.span)]) + source.span[0]
            kept = _Kept(source, folded_late(source.characters, *source.span), starts)
            self._kept[document] = kept
            self._numbers[_key(source)] = document
        return kept


def _key(source: Source) -> tuple[object, ...]:
    return (source.input, source.id, source.record, source.part)


def _sought(quotation: Sequence[str]) -> _Sought:
    numbers = words(folded(" ".join(quotation))).numbers
    if not len(numbers):
        return _Sought(np.zeros(0, np.uint16), np.zeros(0, np.uint16), [])
    made = keys(numbers, np.array([len(numbers) - 1]))
    return _Sought(made.buckets, made.tags, [min(4, len(numbers) - i) for i in range(len(numbers))])


def _run(segment: Segment, sought: _Sought) -> NDArray[np.int64]:
    """Return where all keys of a run of words stand as they follow each other: the rarest are looked up first."""
    told = [i for i in range(len(sought)) if sought.known[i] >= 2]
    told.sort(key=lambda i: (segment.in_bucket(int(sought.buckets[i])) >> (4 * (sought.known[i] - 2)), i))
    places: NDArray[np.int64] | None = None
    for offset in told:
        bucket = int(sought.buckets[offset])
        if places is not None and (len(places) <= 1 or segment.in_bucket(bucket) > _MOST_READ):
            break
        here = segment.places(bucket, int(sought.tags[offset]), sought.known[offset]) - offset
        places = here if places is None else places[np.isin(places, here, assume_unique=True)]
    assert places is not None, "a run of two words has a key"
    return places[places >= 0]


def _live(about: dict[str, Any]) -> NDArray[np.int64]:
    try:
        return np.array([int(n) for pair in about["live"] for n in pair], np.int64)
    except (KeyError, TypeError, ValueError) as error:
        raise CorpusDamaged("a segment does not say which of its sources count") from error


def _is_live(live: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of each source whether it counts: `live` holds the ranges of those that do, first and last in turn."""
    counts: NDArray[np.bool_] = np.searchsorted(live, numbers, side="right") % 2 == 1
    return counts


def _source(segment: Segment, number: int, input_name: str) -> Source:
    about = segment.about(number)
    try:
        quoted = tuple((int(s), int(e)) for s, e in about.pop("quoted", ()))
        about.setdefault("input", input_name)
        return Source(characters=segment.text(number), span=segment.span(number), quoted=quoted, **about)
    except (TypeError, ValueError) as error:
        raise CorpusDamaged(f"what {input_name} says of source {number} is not what it must say") from error
