"""Passages: where a quotation's words stand in a body of sources.

A source is folded once. Of its words the index keeps which sources hold them; a quotation is looked for only in the
sources that hold all its words, found from its rarest word on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from provenance.model.trace import Passage, Source
from provenance.tracer.fold import Folded, fold


class Passages:
    """An index over sources. Sources are added in order; looking up never changes it."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self.sources: list[Source] = []
        self._folded: list[Folded] = []
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for source in sources:
            self.add(source)

    def add(self, source: Source) -> None:
        """Fold a source and index its words."""
        start, end = source.span
        folded = fold(source.characters[start:end], start)
        number = len(self.sources)
        self.sources.append(source)
        self._folded.append(folded)
        for word in set(folded.joined.split()):
            self._holders[word].append(number)

    def find(self, words: Sequence[str]) -> Iterator[Passage]:
        """Yield every passage that folds to just these words, by order of sources."""
        if not words:
            return
        needle = f" {' '.join(words)} "
        for number in self._candidates(words):
            folded, source = self._folded[number], self.sources[number]
            position = folded.joined.find(needle)
            while position >= 0:
                start, end = folded.span(position + 1, len(words))
                yield Passage(source, start, end)
                position = folded.joined.find(needle, position + 1)

    def _candidates(self, words: Sequence[str]) -> list[int]:
        rarest_first = sorted(set(words), key=lambda word: len(self._holders.get(word, ())))
        holders: set[int] | None = None
        for word in rarest_first:
            mine = self._holders.get(word, [])
            holders = set(mine) if holders is None else holders.intersection(mine)
            if len(holders) <= 1:
                break
        return sorted(holders or ())
