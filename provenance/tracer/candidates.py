"""Candidates: what every index of sources answers, so that verdicts don't know how places are found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import attrs

from provenance.model.trace import Source
from provenance.tracer.evidence import Floor
from provenance.tracer.fold import Folded

SLACK = 12
"""Words on either side of a region that are compared too."""


@attrs.frozen
class Region:
    """A stretch of a source that shares words with a quotation: words `[first, last)`, and the bits that they carry.

    `document` is the number of the source in its body.
    """

    document: int
    first: int
    last: int
    bits: float


class Candidates(Protocol):
    """A body of sources that can be asked where words may come from. Words are folded (tracer.fold)."""

    def __len__(self) -> int:
        """Return how many sources there are."""

    @property
    def size(self) -> int:
        """How many words the body holds: what evidence has to be weighed against."""

    def bits(self, word: str) -> float:
        """Return the information of a word: minus the binary logarithm of its share of the body."""

    def source(self, document: int) -> Source:
        """Return a source by its number."""

    def number(self, id: str) -> int | None:  # noqa: A002 (the contract's word)
        """Return the number of a source by its id, or None where the body lacks it."""

    def number_of(self, source: Source) -> int | None:
        """Return the number of a source, also where another has the same id, or None where the body lacks it."""

    def folded(self, document: int) -> Folded:
        """Return the folded words of a source."""

    def exact(self, words: Sequence[str], most: int) -> list[Region]:
        """Return the first `most` places where just these words stand in a row: none is missed."""

    def near(self, words: Sequence[str], most: int, floor: Floor | None = None) -> list[Region]:
        """Return stretches that share rare words with these, those that share most first: none that stays below a floor."""
