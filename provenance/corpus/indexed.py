"""An index asked for candidates: the answers `tracer.candidates` wants, out of the mapped segments of a corpus.

Keys find places, the text decides. A run of words is looked up under its rarest keys only, and what is read of the index
for one quotation is bounded whatever the quotation says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from provenance.corpus.folding import folded_late
from provenance.corpus.index import describe
from provenance.corpus.keys import starts_of
from provenance.corpus.mapped import Segment
from provenance.corpus.questions import Sought, sought, word_numbers
from provenance.errors import CorpusDamaged
from provenance.model.trace import Source
from provenance.tracer.candidates import Region
from provenance.tracer.fold import Folded

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FEW = 64
"""Places that may share a part of a key by chance, for that part to be enough."""
_BITS_OF_TAG = ((2, 4), (3, 10))
"""Of keys of two and three words: how many bits tell them apart within a bucket."""
_LARGE = 1 << 15
"""Places in a bucket from which on it is left alone where rarer words were found."""
_BUDGET = 4096
"""Places that are looked at for stretches near to one quotation."""
_MOST_READ = 1 << 20
"""Postings that are read for one run of words, however common it is."""
_SHARE_OF_BEST = 0.4
"""Share of the best stretch's bits below which another is not compared."""
_KEPT_QUESTIONS = 64
_KEPT = 512
"""Sources whose folded words are kept."""


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
        self._found: dict[tuple[tuple[str, ...], int], list[Region]] = {}

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
            numbers = word_numbers(word)
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
        """Return the first `most` places where just these words stand in a row: two words or more, of letters or digits.

        What the last few questions found is kept: a trace asks twice for the same words.
        """
        asked = (tuple(words), most)
        found = self._found.get(asked)
        if found is None:
            if len(self._found) >= _KEPT_QUESTIONS:
                self._found.clear()
            found = self._found[asked] = list(islice(self._exact(words), most))
        return found

    def _exact(self, words: Sequence[str]) -> Iterator[Region]:
        run = sought(words)
        if not len(run) or run.known[0] < 2:
            return
        bits = sum(map(self.bits, words))
        wanted = list(words)
        for base, segment, live in zip(self._bases, self._segments, self._live, strict=True):
            places = _run(segment, run)
            numbers = segment.sources_of(places)
            kept = _is_live(live, numbers)
            for place, number in zip(places[kept].tolist(), numbers[kept].tolist(), strict=True):
                first = self._folded_word(base + number, place - segment.first_word(number))
                if self.folded(base + number).words[first : first + len(wanted)] == wanted:
                    yield Region(base + number, first, first + len(wanted), bits)

    def near(self, words: Sequence[str], most: int) -> list[Region]:
        """Return the stretches that share rare words with these. Time is bounded whatever the words are.

        What shares but one pair of words proves nothing, however rare they are, and is left out.
        """
        run = sought(words)
        width = max(16, len(words))
        weighed: list[tuple[float, int, int, int]] = []
        for which, segment in enumerate(self._segments):
            heaviest = _heaviest(*self._shared(segment, run, width), 4 * most)
            weighed += [(-bits, which, bucket, len(run)) for bits, bucket in heaviest]
        weighed.sort()
        least = max(_SHARE_OF_BEST * -weighed[0][0], self._logarithm) if weighed else 0.0
        return list(self._regions([each for each in weighed if -each[0] > least], width, most))

    def _shared(
        self, segment: Segment, run: Sought, width: int
    ) -> tuple[list[NDArray[np.int64]], list[float]]:
        """Return for each key the stretches that have it, by their diagonal in widths, and the bits that it carries."""
        sizes = segment.in_buckets(run.buckets)
        stretches: list[NDArray[np.int64]] = []
        bits: list[float] = []
        budget = _BUDGET
        for offset in sorted(range(len(run)), key=sizes.__getitem__):
            if sizes[offset] > (_LARGE if stretches else _MOST_READ):
                break
            known = _words_of_key(sizes[offset], run.known[offset])
            if known < 2:
                continue
            places = segment.places(run.buckets[offset], run.tags[offset], known)
            if not len(places):
                continue
            if len(places) > budget and stretches:
                break
            bits.append(self._logarithm - log2(len(places)))
            buckets = (places[:_BUDGET] - offset) // width
            stretches.append(buckets[np.diff(buckets, prepend=buckets[0] - 1) != 0])
            budget -= len(places)
        return stretches, bits

    def _regions(self, weighed: list[tuple[float, int, int, int]], width: int, most: int) -> Iterator[Region]:
        taken: set[tuple[int, int]] = set()
        for negative_bits, which, bucket, length in weighed:
            if len(taken) >= most:
                return
            if taken & {(which, bucket - 1), (which, bucket), (which, bucket + 1)}:
                continue
            taken.add((which, bucket))
            first, last = max(0, bucket * width), bucket * width + 2 * width + length
            yield from self._covered(which, first, last, -negative_bits)

    def _covered(self, which: int, first: int, last: int, bits: float) -> Iterator[Region]:
        """Yield what a stretch of words covers of each source that counts and that it touches: most words first."""
        segment, base = self._segments[which], self._bases[which]
        low, high = segment.sources_of(np.array([first, max(first, min(last, segment.words) - 1)])).tolist()
        numbers = np.arange(low, high + 1)
        covered = []
        for number in numbers[_is_live(self._live[which], numbers)].tolist():
            start = segment.first_word(number)
            since = self._folded_word(base + number, max(first - start, 0))
            until = self._folded_word(base + number, max(last - start, 0))
            covered += [Region(base + number, since, until, bits)] if since < until else []
        yield from sorted(covered, key=lambda region: region.first - region.last)

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


def _words_of_key(size: int, known: int) -> int:
    """Return how many words of a key are looked up in a bucket of so many places: the fewest that few places share."""
    return next((words for words, bits in _BITS_OF_TAG if words < known and size >> bits <= _FEW), known)


def _heaviest(
    stretches: list[NDArray[np.int64]], bits: list[float], most: int
) -> Iterator[tuple[float, int]]:
    """Yield the stretches that share most bits together with the one that follows each, and those bits."""
    if not stretches:
        return
    weights = np.repeat(bits, [len(each) for each in stretches])
    buckets, which = np.unique(np.concatenate(stretches), return_inverse=True)
    joined = shared = np.bincount(which, weights)
    if len(buckets) > 1:
        joined = shared + np.append(np.where(buckets[1:] == buckets[:-1] + 1, shared[1:], 0.0), 0.0)
    best = np.argsort(-joined, kind="stable")[:most]
    yield from zip(joined[best].tolist(), buckets[best].tolist(), strict=True)


def _run(segment: Segment, run: Sought) -> NDArray[np.int64]:
    """Return where all keys of a run of words stand as they follow each other: the rarest are looked up first."""
    sizes = segment.in_buckets(run.buckets)
    told = [i for i in range(len(run)) if run.known[i] >= 2]
    told.sort(key=lambda i: sizes[i] >> (4 * (run.known[i] - 2)))
    places: NDArray[np.int64] | None = None
    for offset in told:
        if places is not None and (len(places) <= 1 or sizes[offset] > _MOST_READ):
            break
        here = segment.places(run.buckets[offset], run.tags[offset], run.known[offset]) - offset
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
