"""The root of a growing tree from one pass over its leaves: what is kept is one hash for each power of two in its size."""

from __future__ import annotations

import hashlib

from archive.merkle import leaf_hash, node_hash


class Frontier:
    """The whole subtrees of RFC 6962 §2.1 that the leaves so far make, the largest first: log2(n) hashes for n leaves."""

    def __init__(self) -> None:
        self.size = 0
        self._roots: list[bytes] = []

    def add(self, data: bytes) -> None:
        """Put a leaf behind the others, given its data."""
        reached, below = leaf_hash(data), self.size
        while below & 1:  # as a counter in base two carries
            reached = node_hash(self._roots.pop(), reached)
            below >>= 1
        self._roots.append(reached)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over the leaves so far; of none the hash of nothing."""
        if not self._roots:
            return hashlib.sha256(b"").digest()
        reached = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            reached = node_hash(left, reached)
        return reached
