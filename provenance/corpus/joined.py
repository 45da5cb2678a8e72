"""Several bodies of sources asked as one: the documents at hand, and corpora that were indexed before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from math import log2

import attrs

from provenance.model.trace import Source
from provenance.tracer.candidates import Candidates, Region
from provenance.tracer.evidence import Floor
from provenance.tracer.fold import Folded


class Joined:
    """Bodies in a row; a source's number counts through all of them."""

    def __init__(self, bodies: Iterable[Candidates]) -> None:
        self._bodies = tuple(bodies)
        self._bases = [0]
        for body in self._bodies:
            self._bases.append(self._bases[-1] + len(body))
        self._words = sum(body.size for body in self._bodies)
        self._bits: dict[str, float] = {}

    def __len__(self) -> int:
        return self._bases[-1]

    @property
    def size(self) -> int:
        """How many words all of them hold."""
        return self._words

    def bits(self, word: str) -> float:
        """Return the information of a word in all of them: its share of each, put together."""
        known = self._bits.get(word)
        if known is None:
            count = sum((body.size + 2) * 2.0 ** -body.bits(word) for body in self._bodies)
            known = self._bits[word] = log2(self._words + 2) - log2(max(count, 1.0))
        return known

    def source(self, document: int) -> Source:
        """Return a source by its number."""
        which = self._which(document)
        return self._bodies[which].source(document - self._bases[which])

    def folded(self, document: int) -> Folded:
        """Return the folded words of a source."""
        which = self._which(document)
        return self._bodies[which].folded(document - self._bases[which])

    def number(self, id: str) -> int | None:  # noqa: A002 (the contract's word)
        """Return the number of the first source with an id, or None where none has it."""
        for base, body in zip(self._bases, self._bodies, strict=False):
            number = body.number(id)
            if number is not None:
                return base + number
        return None

    def number_of(self, source: Source) -> int | None:
        """Return the number of a source, also where another has the same id or name, or None where all lack it."""
        for base, body in zip(self._bases, self._bodies, strict=False):
            number = body.number_of(source)
            if number is not None and body.source(number).characters == source.characters:
                return base + number
        return None

    def exact(self, words: Sequence[str], most: int) -> list[Region]:
        """Return the first `most` places where just these words stand in a row."""
        found: list[Region] = []
        for base, body in zip(self._bases, self._bodies, strict=False):
            if len(found) < most:
                found += _moved(body.exact(words, most - len(found)), base)
        return found

    def near(self, words: Sequence[str], most: int, floor: Floor | None = None) -> list[Region]:
        """Return the stretches that share most with these words, of all bodies."""
        found: list[Region] = []
        for base, body in zip(self._bases, self._bodies, strict=False):
            found += _moved(body.near(words, most, floor), base)
        return sorted(found, key=lambda region: -region.bits)[:most]

    def _which(self, document: int) -> int:
        return bisect_right(self._bases, document) - 1


def _moved(regions: Iterable[Region], base: int) -> list[Region]:
    return [attrs.evolve(region, document=region.document + base) for region in regions]
