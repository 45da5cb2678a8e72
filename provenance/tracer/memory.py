"""An index of sources in memory: exact, built in one pass, fast up to some ten thousand articles."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import log2

from provenance.model.trace import Source
from provenance.tracer.candidates import SLACK, Region
from provenance.tracer.evidence import Floor
from provenance.tracer.fold import Folded, fold_word, folded, raw_words

_BUDGET = 2000
"""Places of a quotation's words, the rarest first, that are looked at when stretches near to it are sought."""
_MOST_JOINED = 24
"""Heaviest stretches that are looked at together with their neighbours."""
_SHARE_OF_BEST = 0.4
"""Share of the best stretch's bits below which another is not compared."""
_MOST_EXACT = 1 << 18
"""Places of a word that are looked at when its place in a row of words is sought."""
_KEPT_FOLDS = 4096
_BARRIER = 0
"""Stands between two sources, so that no row of words runs from one into the next."""


class _Numbers(dict[str, int]):
    """Words as they stand, to the number of their folded form. A word that was not seen gets a number."""

    def __init__(self) -> None:
        self.of_folded: dict[str, int] = {"": _BARRIER}

    def __missing__(self, letters: str) -> int:
        word = fold_word(letters)
        number = self[letters] = self.of_folded.setdefault(word, len(self.of_folded))
        return number


class MemoryCandidates:
    """Every word of every source, by number, and where each stands. Answers what `candidates.Candidates` asks."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources: list[Source] = []
        self._starts: list[int] = []
        self._numbers = _Numbers()
        self._words = array("I")
        number = self._numbers.__getitem__
        for source in sources:
            self._sources.append(source)
            self._starts.append(len(self._words))
            self._words.extend(map(number, raw_words(source.characters, *source.span)))
            self._words.append(_BARRIER)
        self._of_word = self._numbers.of_folded
        self._names = list(self._of_word)
        self._places = [array("I") for _ in self._of_word]
        places = self._places
        for place, word in enumerate(self._words):
            places[word].append(place)
        self._of_id = {source.id: i for i, source in reversed(list(enumerate(self._sources)))}
        self._of_source = {_key(source): i for i, source in reversed(list(enumerate(self._sources)))}
        self._logarithm = log2(self.size + 2)
        self._folds: dict[int, Folded] = {}

    @property
    def size(self) -> int:
        """How many words the body holds."""
        return len(self._words) - len(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def bits(self, word: str) -> float:
        """Return the information of a word; one that the body lacks carries as much as one that it has once."""
        number = self._of_word.get(word)
        return self._logarithm - (log2(len(self._places[number])) if number else 0.0)

    def source(self, document: int) -> Source:
        """Return a source by its number."""
        return self._sources[document]

    def number(self, id: str) -> int | None:  # noqa: A002 (the contract's word)
        """Return the number of the first source with an id, or None where there is none."""
        return self._of_id.get(id)

    def number_of(self, source: Source) -> int | None:
        """Return the number of a source, also where another has the same id, or None where the body lacks it."""
        return self._of_source.get(_key(source))

    def folded(self, document: int) -> Folded:
        """Return the folded words of a source. Those of the last few thousand are kept."""
        words = self._folds.get(document)
        if words is None:
            source = self._sources[document]
            if len(self._folds) >= _KEPT_FOLDS:
                self._folds.clear()
            numbers = self._words[self._starts[document] : self._end(document)]
            known = list(map(self._names.__getitem__, numbers))
            words = self._folds[document] = folded(source.characters, *source.span, words=known)
        return words

    def exact(self, words: Sequence[str], most: int) -> list[Region]:
        """Return the first `most` places where just these words stand in a row."""
        numbers = [self._of_word.get(word, _BARRIER) for word in words]
        if not numbers or _BARRIER in numbers:
            return []
        offset = min(range(len(numbers)), key=lambda i: len(self._places[numbers[i]]))
        sought, size = array("I", numbers), len(numbers)
        found: list[Region] = []
        bits = sum(map(self.bits, words))
        for place in self._places[numbers[offset]][:_MOST_EXACT]:
            first = place - offset
            if first >= 0 and self._words[first : first + size] == sought:
                found += self._regions(first, first + size, bits)
                if len(found) >= most:
                    break
        return found

    def near(self, words: Sequence[str], most: int, floor: Floor | None = None) -> list[Region]:
        """Return the stretches that share rare words with these. Time is bounded whatever the words are."""
        width = max(16, len(words))
        shared = self._shared(words, width)
        light = _SHARE_OF_BEST * max(shared.values(), default=0.0) / 2
        heavy_ones = [bucket for bucket, bits in shared.items() if bits >= light]
        heaviest = sorted(heavy_ones, key=lambda bucket: (-shared[bucket], bucket))[:_MOST_JOINED]
        joined = {
            bucket: shared.get(bucket, 0.0) + shared.get(bucket + 1, 0.0)
            for heavy in heaviest
            for bucket in (heavy - 1, heavy)
        }
        least = _SHARE_OF_BEST * max(joined.values(), default=0.0)
        found: list[Region] = []
        taken: set[int] = set()
        for bucket in sorted(joined, key=lambda b: (-joined[b], b)):
            if len(found) >= most or joined[bucket] < least:
                break
            if not taken & {bucket - 1, bucket, bucket + 1}:
                taken.add(bucket)
                first = max(0, bucket * width)
                found += self._regions(first, first + 2 * width + len(words), joined[bucket])
        return found if floor is None else [r for r in found if self._reaches(r, words, floor)]

    def _reaches(self, region: Region, words: Sequence[str], floor: Floor) -> bool:
        start, end = self._starts[region.document], self._end(region.document)
        stretch = self._words[
            max(start, start + region.first - SLACK) : min(end, start + region.last + SLACK)
        ]
        there = set(stretch)
        return floor.is_reached(self._of_word.get(word) in there for word in words)

    def _shared(self, words: Sequence[str], width: int) -> dict[int, float]:
        """Return the bits that buckets of diagonals share with the words, each word counted once a bucket."""
        offsets: dict[int, int] = {}
        for offset, word in enumerate(words):
            if number := self._of_word.get(word, _BARRIER):
                offsets.setdefault(number, offset)
        shared: dict[int, float] = {}
        budget = _BUDGET
        for number in sorted(offsets, key=lambda n: len(self._places[n])):
            places = self._places[number]
            if len(places) > budget and shared:
                break
            offset, bits = offsets[number], self._logarithm - log2(len(places))
            for bucket in {(place - offset) // width for place in places[:_BUDGET]}:
                shared[bucket] = shared.get(bucket, 0.0) + bits
            budget -= len(places)
        return shared

    def _regions(self, first: int, last: int, bits: float) -> Iterator[Region]:
        """Yield what a stretch of all words covers of each source that it touches."""
        document = max(0, bisect_right(self._starts, first) - 1)
        while document < len(self._starts) and self._starts[document] < last:
            start, end = self._starts[document], self._end(document)
            if first < end:
                yield Region(document, max(first, start) - start, min(last, end) - start, bits)
            document += 1

    def _end(self, document: int) -> int:
        following = document + 1
        return (self._starts[following] if following < len(self._starts) else len(self._words)) - 1


def _key(source: Source) -> tuple[str, str, str | None, int]:
    return (source.input, source.id, source.record, source.part)
