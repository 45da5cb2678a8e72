"""The root of a growing tree is that of the tree at once."""

from __future__ import annotations

import hashlib

from archive import merkle
from archive.custody.frontier import Frontier


def test_every_size() -> None:
    """After every leaf of three hundred the root is the one that RFC 6962 works out over all of them."""
    tree, leaves = Frontier(), list[bytes]()
    assert tree.root() == hashlib.sha256(b"").digest()
    for number in range(300):
        data = str(number).encode()
        tree.add(data)
        leaves.append(merkle.leaf_hash(data))
        assert merkle.root_of(leaves) == tree.root()
    assert tree.size == 300
