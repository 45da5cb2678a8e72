"""Alignment: which words of a quotation stand where in a stretch of a source.

The longest common row of words, found with one machine word of bits for 64 words of the quotation (Hyyrö 2004), then
tidied: chance words far from the rest are given up, and a word that could stand in two places stands beside its
neighbours. Very long quotations are cut at rows of words that both sides have once. Time is bounded by the product of
both lengths over 64, and that product is bounded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence

import attrs

_MOST_CELLS = 1 << 20
"""Words of one side times words of the other that are compared at once."""
_ANCHOR = 4
"""Words in a row, once on either side, that long texts are cut at."""
_GAP_BITS = 3.0
_BITS_A_WORD_LEFT_OUT = 0.35
_BITS_A_WORD_PUT_IN = 1.5
_BITS_A_WORD_HIDDEN = 0.02
_MOST_MARKED = 6
"""Words left out at a mark up to which the gap itself speaks against nothing: it is owned to."""


@attrs.frozen
class Block:
    """`size` words that both sides have in a row, from word `quoted` and word `original` on."""

    quoted: int
    original: int
    size: int


def align(
    quoted: Sequence[str],
    original: Sequence[str],
    bits: Callable[[str], float],
    joints: Collection[int] = (),
) -> list[Block]:
    """Return the blocks of the best chain, in order; `joints` are quoted words before which something may be left out."""
    pairs = _common(quoted, original)
    blocks = _beside_neighbours(_blocks(pairs), original, joints)
    return _heaviest(blocks, quoted, bits, joints)


def crossing(
    blocks: Sequence[Block],
    quoted: Sequence[str],
    original: Sequence[str],
    bits: Callable[[str], float],
    least: float,
) -> list[Block]:
    """Return rows of words that stand on the other side of all blocks: what a quotation puts first and its source last.

    As many words are looked at there as are missing here, and half as many again. A row has two words and more than
    `least` bits.
    """
    start, end = blocks[0].quoted, blocks[-1].quoted + blocks[-1].size
    behind = blocks[-1].original + blocks[-1].size
    before = max(0, blocks[0].original - _reach(len(quoted) - end))
    moved = _moved(align(quoted[:start], original[behind : behind + _reach(start)], bits), 0, behind)
    moved += _moved(align(quoted[end:], original[before : blocks[0].original], bits), end, before)
    return [b for b in moved if b.size > 1 and sum(map(bits, quoted[b.quoted : b.quoted + b.size])) > least]


def _reach(words: int) -> int:
    return words + words // 2


def _moved(blocks: Sequence[Block], quoted: int, original: int) -> list[Block]:
    return [Block(block.quoted + quoted, block.original + original, block.size) for block in blocks]


def _common(quoted: Sequence[str], original: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of a longest common row; of sides too long for that, through anchors."""
    if len(quoted) * len(original) <= _MOST_CELLS:
        return _longest_common(quoted, original)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for quoted_at, original_at in (*_anchors(quoted, original), (len(quoted), len(original))):
        if (quoted_at - i) * (original_at - j) <= _MOST_CELLS:
            between = _longest_common(quoted[i:quoted_at], original[j:original_at])
            pairs += [(i + a, j + b) for a, b in between]
        i, j = quoted_at, original_at
    return pairs


def _longest_common(quoted: Sequence[str], original: Sequence[str]) -> list[tuple[int, int]]:
    masks: dict[str, int] = {}
    for i, word in enumerate(quoted):
        masks[word] = masks.get(word, 0) | 1 << i
    open_bits = everything = (1 << len(quoted)) - 1
    rows = []
    for word in original:
        reached = open_bits & masks.get(word, 0)
        open_bits = ((open_bits + reached) | (open_bits - reached)) & everything
        rows.append(open_bits)
    pairs = []
    i, j = len(quoted) - 1, len(rows) - 1
    while i >= 0 and j >= 0:
        if rows[j] >> i & 1:
            i -= 1
        elif j and not rows[j - 1] >> i & 1:
            j -= 1
        else:
            pairs.append((i, j))
            i -= 1
            j -= 1
    return pairs[::-1]


def _anchors(quoted: Sequence[str], original: Sequence[str]) -> list[tuple[int, int]]:
    """Return where rows of words stand that either side has once, as the longest chain that rises on both."""
    there = _once(original)
    pairs = [(i, there[row]) for row, i in _once(quoted).items() if row in there]
    tails: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        tails[at:] = [j] if at == len(tails) else [j, *tails[at + 1 :]]
        chain[at:] = [number] if at == len(chain) else [number, *chain[at + 1 :]]
        before.append(chain[at - 1] if at else -1)
    picked, number = [], chain[-1] if chain else -1
    while number >= 0:
        picked.append(pairs[number])
        number = before[number]
    return picked[::-1]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    often = set()
    for i in range(len(words) - _ANCHOR + 1):
        row = tuple(words[i : i + _ANCHOR])
        if row in places:
            often.add(row)
        places[row] = i
    return {row: i for row, i in places.items() if row not in often}


def _blocks(pairs: Sequence[tuple[int, int]]) -> list[Block]:
    blocks: list[Block] = []
    first = 0
    for last, (i, j) in enumerate(pairs, 1):
        if last == len(pairs) or pairs[last] != (i + 1, j + 1):
            size = last - first
            blocks.append(Block(i + 1 - size, j + 1 - size, size))
            first = last
    return blocks


def _beside_neighbours(blocks: list[Block], original: Sequence[str], joints: Collection[int]) -> list[Block]:
    """Move words that could as well stand right before the block that follows them, from the last block to the first."""
    tidied: list[Block] = []
    for block in reversed(blocks):
        following = tidied[-1] if tidied else None
        moved = _words_to_move(block, following, original, joints) if following else 0
        if following and moved:
            tidied[-1] = Block(following.quoted - moved, following.original - moved, following.size + moved)
        if moved < block.size:
            tidied.append(attrs.evolve(block, size=block.size - moved))
    return _first_nearer(tidied[::-1], original)


def _first_nearer(blocks: list[Block], original: Sequence[str]) -> list[Block]:
    """Move the first block to the last place before the second where its words stand: nothing lies before it."""
    if len(blocks) < 2:
        return blocks
    first, following = blocks[:2]
    words = original[first.original : first.original + first.size]
    for place in range(following.original - first.size, first.original, -1):
        if original[place : place + first.size] == words:
            return [attrs.evolve(first, original=place), *blocks[1:]]
    return blocks


def _words_to_move(block: Block, following: Block, original: Sequence[str], joints: Collection[int]) -> int:
    """Count the last words of a block that also stand right before the next one: all of them, or those behind a joint.

    "Free … of interest" has its "of" from behind what is left out of "free of conflicts of interest".
    """
    end = block.original + block.size
    if block.quoted + block.size != following.quoted or end >= following.original:
        return 0
    moved = behind = 0
    while moved < block.size and original[end - moved - 1] == original[following.original - moved - 1]:
        moved += 1
        if following.quoted - moved in joints:
            behind = moved
    return moved if moved == block.size else behind


def _heaviest(
    blocks: Sequence[Block], quoted: Sequence[str], bits: Callable[[str], float], joints: Collection[int]
) -> list[Block]:
    """Return the row of blocks that weighs most: their bits, less what the gaps between them cost."""
    best, best_range = 0.0, (0, 0)
    weight, first = 0.0, 0
    for number, block in enumerate(blocks):
        if number:
            weight -= _gap_cost(blocks[number - 1], block, joints)
        if weight <= 0:
            weight, first = 0.0, number
        weight += sum(map(bits, quoted[block.quoted : block.quoted + block.size]))
        if weight > best:
            best, best_range = weight, (first, number + 1)
    return list(blocks[slice(*best_range)])


def _gap_cost(block: Block, following: Block, joints: Collection[int]) -> float:
    put_in = following.quoted - block.quoted - block.size
    left_out = following.original - block.original - block.size
    marked = any(word in joints for word in range(block.quoted + block.size, following.quoted + 1))
    if marked:
        at_all = 0.0 if left_out <= _MOST_MARKED else _GAP_BITS
        return at_all + _BITS_A_WORD_HIDDEN * left_out + _BITS_A_WORD_PUT_IN * put_in
    return _GAP_BITS + _BITS_A_WORD_LEFT_OUT * left_out + _BITS_A_WORD_PUT_IN * put_in
