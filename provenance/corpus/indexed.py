"""An index asked for candidates: the answers `tracer.candidates` wants, out of the mapped segments of a corpus.

Keys find places, the text decides.
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
from provenance.corpus.keys import folded
from provenance.corpus.keys import words as words_of
from provenance.corpus.mapped import Segment
from provenance.corpus.questions import sought, word_numbers
from provenance.corpus.stretches import SHARE_OF_BEST, Stretch, standing, stretches
from provenance.errors import CorpusDamaged
from provenance.model.trace import Source
from provenance.tracer.candidates import SLACK, Region
from provenance.tracer.evidence import Floor
from provenance.tracer.fold import Folded

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KEYS_A_WORD = 3
"""Words that keys know in one folded word, at most, as they come in a row: "1,000,000"."""
_KEPT_QUESTIONS = 64
_KEPT = 512
"""Sources whose folded words are kept."""


@attrs.frozen(eq=False)
class _Kept:
    source: Source
    folded: Folded
    starts: Sequence[int]
    """At which code points of its text the words that keys know begin."""


@attrs.frozen
class _Place:
    """Words `[first, last)` of a source, as keys know words: source `number` of segment `which`."""

    which: int
    number: int
    first: int
    last: int
    bits: float


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
        if len(run) < 2:
            return
        bits_of_words = [self.bits(word) for word in words]
        bits = sum(bits_of_words)
        bits_of_keys = [b for w, b in zip(words, bits_of_words, strict=True) for _ in word_numbers(w)]
        wanted = list(words)
        for base, segment, live in zip(self._bases, self._segments, self._live, strict=True):
            places = standing(segment, run, bits_of_keys)
            numbers = segment.sources_of(places)
            kept = _is_live(live, numbers)
            for place, number in zip(places[kept].tolist(), numbers[kept].tolist(), strict=True):
                first = self._folded_word(base + number, place - segment.first_word(number))
                if self.folded(base + number).words[first : first + len(wanted)] == wanted:
                    yield Region(base + number, first, first + len(wanted), bits)

    def near(self, words: Sequence[str], most: int, floor: Floor | None = None) -> list[Region]:
        """Return the stretches that share rare words with these. Time is bounded whatever the words are.

        What shares but one pair of words proves nothing, however rare they are, and is left out.
        """
        run = sought(words)
        width = max(16, len(words))
        found = [
            (which, stretch)
            for which, segment in enumerate(self._segments)
            for stretch in stretches(segment, run, width, self._logarithm, 4 * most)
        ]
        found.sort(key=lambda pair: (-pair[1].bits, pair[0], pair[1].first))
        heaviest = found[0][1].bits if found else 0.0
        least = SHARE_OF_BEST * heaviest
        places = [
            place
            for which, stretch in _apart([pair for pair in found if pair[1].bits > least], width, most)
            for place in self._covered(which, stretch)
        ]
        if floor is not None:
            places = self._reaching(places, words, floor)
        regions = (self._region(place) for place in places)
        return [region for region in regions if region.first < region.last]

    def _covered(self, which: int, stretch: Stretch) -> list[_Place]:
        """Return what a stretch of words covers of each source that counts and that it touches: most words first."""
        segment = self._segments[which]
        ends = np.array([stretch.first, max(stretch.first, stretch.last - 1)])
        low, high = segment.sources_of(ends).tolist()
        numbers = np.arange(low, high + 1)
        covered = []
        for number in numbers[_is_live(self._live[which], numbers)].tolist():
            start, end = segment.first_word(number), segment.first_word(number + 1)
            first, last = max(stretch.first, start) - start, min(stretch.last, end) - start
            covered.append(_Place(which, number, first, last, stretch.bits))
        return sorted(covered, key=lambda place: place.first - place.last)

    def _reaching(self, places: list[_Place], words: Sequence[str], floor: Floor) -> list[_Place]:
        """Leave out the places whose words, in whatever order, cannot carry what a comparison needs."""
        sources = list(dict.fromkeys((place.which, place.number) for place in places))
        rows = dict(zip(sources, self._numbers_in(sources), strict=True))
        asked = [word_numbers(word) for word in words]
        slack = _KEYS_A_WORD * SLACK
        kept = []
        for place in places:
            row = rows[place.which, place.number]
            there = set(row[max(0, place.first - slack) : place.last + slack].tolist())
            if floor.is_reached(there.issuperset(numbers) for numbers in asked):
                kept.append(place)
        return kept

    def _numbers_in(self, sources: Sequence[tuple[int, int]]) -> list[NDArray[np.uint64]]:
        """Return the numbers of the words of sources: all of them are told apart at once."""
        texts = [folded(self._segments[which].part(number)) for which, number in sources]
        found = words_of(b" ".join(texts))
        ends = np.cumsum([len(text) + 1 for text in texts])
        return np.split(found.numbers, np.searchsorted(found.starts, ends)[:-1]) if texts else []

    def _region(self, place: _Place) -> Region:
        document = self._bases[place.which] + place.number
        first, last = (self._folded_word(document, word) for word in (place.first, place.last))
        return Region(document, first, last, place.bits)

    def _folded_word(self, document: int, place: int) -> int:
        """Return which folded word of a source holds the word that keys know by this number."""
        kept = self._read(document)
        if not 0 <= place < len(kept.starts):
            return len(kept.folded)
        return max(0, bisect_right(kept.folded.starts, kept.starts[place]) - 1)

    def _read(self, document: int) -> _Kept:
        kept = self._kept.get(document)
        if kept is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
                self._numbers.clear()
            which = int(np.searchsorted(self._bases, document, side="right")) - 1
            source = _source(self._segments[which], document - self._bases[which], self._name)
            kept = _Kept(source, *folded_late(source.characters, *source.span))
            self._kept[document] = kept
            self._numbers[_key(source)] = document
        return kept


def _key(source: Source) -> tuple[object, ...]:
    return (source.input, source.id, source.record, source.part)


def _apart(found: Sequence[tuple[int, Stretch]], width: int, most: int) -> Iterator[tuple[int, Stretch]]:
    """Yield the first `most` stretches that do not touch one that was yielded before."""
    taken: set[tuple[int, int]] = set()
    for which, stretch in found:
        if len(taken) >= most:
            return
        bucket = stretch.first // width
        if not taken & {(which, bucket - 1), (which, bucket), (which, bucket + 1)}:
            taken.add((which, bucket))
            yield which, stretch


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
