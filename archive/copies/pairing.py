"""Which record of one copy is which of the other: by id, then by what it captured and when, then by its content."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import pairwise

from archive.copies.rows import Row

Pair = tuple[Row | None, Row | None]


def _whole(row: Row) -> Hashable:
    return row.record_id, row.content


def _id(row: Row) -> Hashable:
    return row.record_id or None


def _capture(row: Row) -> Hashable:
    return (row.type, row.target_uri, row.date) if row.target_uri else None


def _block(row: Row) -> Hashable:
    return row.type, row.block_digest


KEYS: tuple[Callable[[Row], Hashable], ...] = (_whole, _id, _capture, _block)
"""By what two records are taken for one, the strongest first. None: the record has no such key."""


def pair(first: Sequence[Row], second: Sequence[Row]) -> Iterator[Pair]:
    """Yield every record of both copies once, with its counterpart where there is one, in the order of the first.

    Those of the second copy alone come last. A record that is damaged beyond knowing is the one that lies in its place.
    """
    partner: dict[int, int] = {}
    mine, theirs = list(range(len(first))), list(range(len(second)))
    for key in KEYS:
        _pair_by(key, first, second, mine, theirs, partner)
        taken = set(partner.values())
        mine = [place for place in mine if place not in partner]
        theirs = [place for place in theirs if place not in taken]
    _by_place(first, second, mine, theirs, partner)
    taken = set(partner.values())
    for place, row in enumerate(first):
        yield row, second[partner[place]] if place in partner else None
    for place in theirs:
        if place not in taken:
            yield None, second[place]


def _pair_by(
    key: Callable[[Row], Hashable],
    first: Sequence[Row],
    second: Sequence[Row],
    mine: Sequence[int],
    theirs: Sequence[int],
    partner: dict[int, int],
) -> None:
    """Pair what is left by one key; of several of one key the first with the first."""
    waiting: dict[Hashable, deque[int]] = {}
    for place in theirs:
        if (value := key(second[place])) is not None:
            waiting.setdefault(value, deque()).append(place)
    for place in mine:
        if (value := key(first[place])) is not None and waiting.get(value):
            partner[place] = waiting[value].popleft()


def _by_place(
    first: Sequence[Row],
    second: Sequence[Row],
    mine: Sequence[int],
    theirs: Sequence[int],
    partner: dict[int, int],
) -> None:
    """Pair damaged records with what lies in their place: that is all that can be known of them."""
    there = {(second[place].member, second[place].offset_bytes): place for place in theirs}
    for place in mine:
        row = first[place]
        other = there.get((row.member, row.offset_bytes))
        if other is not None and not (row.sound and second[other].sound):
            partner[place] = other


def moved(first: Sequence[Row], second: Sequence[Row]) -> bool:
    """Say whether the records that both copies have stand in another order."""
    places = {row.content: place for place, row in enumerate(second)}
    shared = [places[row.content] for row in first if row.content in places]
    return any(later < earlier for earlier, later in pairwise(shared))
