"""Merkle trees: the vectors that Certificate Transparency logs are tested with, and the proofs RFC 6962 works out."""

from __future__ import annotations

import hashlib

import pytest

from archive import merkle

INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The leaves of the reference tree of the CT logs."""
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [merkle.leaf_hash(data) for data in INPUTS]
SEVEN = [merkle.leaf_hash(bytes([number])) for number in range(7)]
"""The tree of seven leaves that RFC 6962 §2.1.3 draws: d0 to d6, with leaf hashes a b c d e f and j."""


@pytest.mark.parametrize("size", range(1, 9))
def test_reference_roots(size: int) -> None:
    """The root of each beginning of the reference tree is the published one."""
    assert ROOTS[size - 1] == merkle.root_of(LEAVES[:size]).hex()


def test_no_leaves() -> None:
    """The root of nothing is the hash of nothing."""
    assert hashlib.sha256(b"").digest() == merkle.root_of([])


def test_the_drawn_inclusion_proofs() -> None:
    """RFC 6962 §2.1.3: the paths of d0, d3, d4 and d6 are [b, h, l], [c, g, l], [f, j, k] and [i, k]."""
    a, b, c, d, e, f, j = SEVEN
    g, h, i = merkle.node_hash(a, b), merkle.node_hash(c, d), merkle.node_hash(e, f)
    k, l = merkle.node_hash(g, h), merkle.node_hash(i, j)  # noqa: E741 - the letters of the standard

    assert (b, h, l) == merkle.inclusion_proof(SEVEN, 0)
    assert (c, g, l) == merkle.inclusion_proof(SEVEN, 3)
    assert (f, j, k) == merkle.inclusion_proof(SEVEN, 4)
    assert (i, k) == merkle.inclusion_proof(SEVEN, 6)
    assert merkle.node_hash(k, l) == merkle.root_of(SEVEN)


def test_the_drawn_consistency_proofs() -> None:
    """RFC 6962 §2.1.3: hash0 to hash is [c, d, g, l], hash1 to hash [l], hash2 to hash [i, j, k]."""
    a, b, c, d, e, f, j = SEVEN
    g, h, i = merkle.node_hash(a, b), merkle.node_hash(c, d), merkle.node_hash(e, f)
    k, l = merkle.node_hash(g, h), merkle.node_hash(i, j)  # noqa: E741 - the letters of the standard

    assert (c, d, g, l) == merkle.consistency_proof(SEVEN, 3)
    assert (l,) == merkle.consistency_proof(SEVEN, 4)
    assert (i, j, k) == merkle.consistency_proof(SEVEN, 6)
    assert () == merkle.consistency_proof(SEVEN, 7)


@pytest.mark.parametrize("size", range(1, 18))
def test_every_proof_of_inclusion(size: int) -> None:
    """Each leaf has a proof, and that proof holds for no other leaf, place, size of tree or root."""
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(size)]
    root = merkle.root_of(leaves)
    for index, leaf in enumerate(leaves):
        proof = merkle.inclusion_proof(leaves, index)
        assert merkle.is_included(leaf, index, size, proof, root)
        assert not merkle.is_included(leaf, index, size, proof, bytes(32))
        assert not merkle.is_included(bytes(32), index, size, proof, root)
        assert not merkle.is_included(leaf, index, size, (*proof, bytes(32)), root)
        assert not (proof and merkle.is_included(leaf, index, size, proof[:-1], root))
        others = [other for other in range(-1, size + 1) if other != index]
        assert not any(merkle.is_included(leaf, other, size, proof, root) for other in others)


@pytest.mark.parametrize("size", range(1, 18))
def test_every_proof_of_consistency(size: int) -> None:
    """Each beginning of a tree has a proof, and that proof holds for no other beginning or root, and cut short for none."""
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(size)]
    root = merkle.root_of(leaves)
    for earlier in range(1, size + 1):
        proof, before = merkle.consistency_proof(leaves, earlier), merkle.root_of(leaves[:earlier])
        assert merkle.is_consistent(earlier, size, before, root, proof)
        assert not merkle.is_consistent(earlier, size, bytes(32), root, proof)
        assert not merkle.is_consistent(earlier, size, before, bytes(32), proof)
        assert not merkle.is_consistent(earlier, size, before, root, (*proof, bytes(32)))
        assert not (proof and merkle.is_consistent(earlier, size, before, root, proof[:-1]))
        others = [other for other in range(size + 2) if other != earlier]
        assert not any(merkle.is_consistent(other, size, before, root, proof) for other in others)


def test_a_proof_for_a_smaller_tree_leads_nowhere() -> None:
    """The proof of the second of two leaves is none for the only leaf of a tree, though the hashes lead to the root."""
    leaves = [merkle.leaf_hash(data) for data in INPUTS[:2]]
    proof, root = merkle.inclusion_proof(leaves, 1), merkle.root_of(leaves)
    assert merkle.is_included(leaves[1], 1, 2, proof, root)
    assert not merkle.is_included(leaves[1], 0, 1, proof, root)


def test_a_node_is_no_leaf() -> None:
    """The two hashes below a node, taken for a leaf's data, do not give the node: the prefixes keep them apart."""
    left, right = LEAVES[:2]

    assert merkle.node_hash(left, right) != merkle.leaf_hash(left + right)


@pytest.mark.parametrize("index", [-1, 8])
def test_no_such_leaf(index: int) -> None:
    """There is no proof of a leaf that is not there, and none of a tree that never was."""
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(LEAVES, index)
    with pytest.raises(ValueError, match="no tree"):
        merkle.consistency_proof(LEAVES, 9)
    with pytest.raises(ValueError, match="no tree"):
        merkle.consistency_proof(LEAVES, 0)


@pytest.mark.parametrize("earlier", [-1, 0, 9])
def test_no_consistency_with_nothing(earlier: int) -> None:
    """No proof shows that a tree begins with none, or with a larger one."""
    root = merkle.root_of(LEAVES)

    assert not merkle.is_consistent(earlier, 8, root, root, ())
    assert not merkle.is_consistent(4, 8, root, root, ())
