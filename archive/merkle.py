"""Merkle trees as RFC 6962 §2.1 (RFC 9162 §2.1) defines them: the root of a list, and proofs about it.

A leaf is hashed behind a zero byte and a node behind a one, so that neither can pass for the other. Everything here
takes the hashes of leaves, made by `leaf_hash`, 32 bytes each; a proof is a tuple of such hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

_LEAF = b"\x00"
_NODE = b"\x01"
HASH_BYTES = 32


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256 of a zero byte and its data."""
    return hashlib.sha256(_LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node: SHA-256 of a one byte and the hashes below it."""
    return hashlib.sha256(_NODE + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over the hashes of leaves; of no leaves the hash of nothing (RFC 6962 §2.1)."""
    return _levels(leaves)[-1][0] if leaves else hashlib.sha256(b"").digest()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the proof that leaf `index` (from 0) is in the tree: its neighbours, from the leaf up (RFC 6962 §2.1.1).

    Raises ValueError for an index that no leaf has.
    """
    if not 0 <= index < len(leaves):
        raise ValueError(f"there is no leaf {index} among {len(leaves)}")
    path = list[bytes]()
    for level in _levels(leaves)[:-1]:
        neighbour = index ^ 1
        if neighbour < len(level):
            path.append(level[neighbour])
        index //= 2
    return tuple(path)


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Return the root that a proof of inclusion leads to in a tree of `size` leaves, or None where it fits none.

    Follows RFC 9162 §2.1.3.2; a proof that is too long or too short leads nowhere.
    """
    if not 0 <= index < size:
        return None
    reached, last = leaf, size - 1
    for neighbour in proof:
        if last == 0:
            return None
        if index & 1 or index == last:
            reached = node_hash(neighbour, reached)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            reached = node_hash(reached, neighbour)
        index, last = index >> 1, last >> 1
    return reached if last == 0 else None


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether a proof shows that leaf `index` is in the tree of `size` leaves under `root`."""
    return root_from_inclusion(leaf, index, size, proof) == root


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> tuple[bytes, ...]:
    """Return the proof that the first `earlier` leaves were a tree of their own before (RFC 6962 §2.1.2).

    Raises ValueError for an earlier tree that is empty or larger. Of the whole tree the proof is empty.
    """
    if not 0 < earlier <= len(leaves):
        raise ValueError(f"there was no tree of {earlier} among {len(leaves)} leaves")
    path, start, end, whole = list[bytes](), 0, len(leaves), True
    while earlier != end - start:
        half = _half(end - start)
        if earlier <= half:
            path.append(root_of(leaves[start + half : end]))
            end = start + half
        else:
            path.append(root_of(leaves[start : start + half]))
            start, earlier, whole = start + half, earlier - half, False
    if not whole:
        path.append(root_of(leaves[start:end]))
    return tuple(reversed(path))


def is_consistent(earlier: int, size: int, earlier_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether a proof shows that the tree of `size` leaves begins with the tree of `earlier` leaves.

    Follows RFC 9162 §2.1.4.2. An empty earlier tree is the beginning of every tree, but proves nothing: False.
    """
    if not 0 < earlier <= size:
        return False
    if earlier == size:
        return not proof and earlier_root == root
    path = list(proof) if earlier & (earlier - 1) else [earlier_root, *proof]
    if not path:
        return False
    index, last = earlier - 1, size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    before = after = path[0]
    for neighbour in path[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            before, after = node_hash(neighbour, before), node_hash(neighbour, after)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            after = node_hash(after, neighbour)
        index, last = index >> 1, last >> 1
    return last == 0 and before == earlier_root and after == root


def _levels(leaves: Sequence[bytes]) -> list[Sequence[bytes]]:
    """Return the tree level by level. A node without a neighbour rises as it is, which is how RFC 6962 splits."""
    levels: list[Sequence[bytes]] = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
        levels.append([*above, below[-1]] if len(below) % 2 else above)
    return levels


def _half(size: int) -> int:
    """Return the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
