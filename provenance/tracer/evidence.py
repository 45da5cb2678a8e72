"""Evidence: how many bits shared words have to carry before a likeness is beyond chance, and whether they can at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log2
from typing import Protocol, Self

import attrs

_BITS_BEYOND_CHANCE = 8.0
_SHARE_OF_CHANCE = 0.4
"""Of the bits that tell a place of the body: what a row of shared words has to carry before it counts, since any two
stretches share small words."""
_FULL_WEIGHT = 0.75
_BITS_A_WEIGHT = 55.0
"""Bits more that evidence has to have, for each whole by which its weight falls short of `_FULL_WEIGHT`: the less of a
quotation stands somewhere, the more likely two speakers on one topic share a phrase. Fitted on pairs of real articles."""


class Weighing(Protocol):
    """A body of sources, as far as evidence is weighed against it."""

    @property
    def size(self) -> int:
        """How many words it holds."""

    def bits(self, word: str) -> float:
        """Return the information of a word."""


def gate(body: Weighing) -> float:
    """Return the bits above which words shared with some place of the body are no coincidence (a Karlin-Altschul bound)."""
    return log2(body.size + 2) + _BITS_BEYOND_CHANCE


def gate_within(words: int) -> float:
    """Return the bits above which words shared with a source that was named beforehand are no coincidence."""
    return log2(words + 2) + _BITS_BEYOND_CHANCE


def chance(words: int) -> float:
    """Return the bits that a row of shared words has to carry before it counts, among so many words."""
    return _SHARE_OF_CHANCE * log2(words + 2)


def lacking(weight: float) -> float:
    """Return the bits that evidence has to exceed the gate by, because a part of the quotation does not stand there."""
    return _BITS_A_WEIGHT * max(0.0, _FULL_WEIGHT - weight)


@attrs.frozen
class Floor:
    """What a place has to share with a quotation for a comparison with it to matter.

    `bits` are those of the quotation's words, `chance` what each row of them loses, `least` what has to remain.
    """

    bits: tuple[float, ...]
    chance: float
    least: float

    @classmethod
    def of(cls, words: Sequence[str], body: Weighing, least: float) -> Self:
        """Return the floor under which evidence stays below `least` and what `lacking` adds to it."""
        bits = tuple(map(body.bits, words))
        carried = max(1.0, sum(bits))
        if least < _FULL_WEIGHT * carried:  # evidence e is enough from e = least + lacking(e / carried) on
            lacks = least + _BITS_A_WEIGHT * _FULL_WEIGHT
            least = max(least, lacks / (1 + _BITS_A_WEIGHT / carried))
        return cls(bits, chance(body.size), least)

    def is_reached(self, there: Iterable[bool]) -> bool:
        """Say whether words can carry the least, if each that stands there (`there`: one a word) counts, in any order."""
        most = row = 0.0
        for bits, stands in zip(self.bits, there, strict=True):
            if stands:
                row += bits
            elif row:
                most += max(0.0, row - self.chance)
                row = 0.0
        return most + max(0.0, row - self.chance) >= self.least

    def is_reached_without_any_one(self) -> bool:
        """Say whether the words carry the least whichever one of them is another: then two rows are left of them."""
        before, behind = 0.0, sum(self.bits)
        for bits in self.bits:
            behind -= bits
            if max(0.0, before - self.chance) + max(0.0, behind - self.chance) < self.least:
                return False
            before += bits
        return True
