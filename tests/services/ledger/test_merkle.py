"""The tree against RFC 6962's reference vectors, another implementation, and its own laws."""

from __future__ import annotations

import hashlib

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.ledger import merkle

# Inputs and roots of the RFC 6962 reference implementation (certificate-transparency,
# merkletree/merkle_tree_test.cc).
LEAVES = [
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


class Tree:
    """A tree in memory, grown leaf by leaf."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        for size, leaf in enumerate(leaves):
            found = list(merkle.completed_nodes(size, merkle.leaf_hash(leaf), self.read))
            self.nodes.update({(level, position): node for level, position, node in found})

    def read(self, level: int, position: int) -> bytes:
        return self.nodes[level, position]


def test_the_empty_tree_hashes_to_sha256_of_nothing() -> None:
    assert merkle.root(0, Tree([]).read) == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference_implementation(size: int) -> None:
    assert merkle.root(size, Tree(LEAVES).read).hex() == ROOTS[size - 1]


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=70))
def test_another_implementation_finds_the_same_roots(leaves: list[bytes]) -> None:
    other = pymerkle.InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        other.append_entry(leaf)
    assert merkle.root(len(leaves), Tree(leaves).read) == other.get_root()


@given(st.integers(1, 90), st.data())
def test_every_inclusion_proof_is_accepted_and_fits_one_place_only(
    size: int, data: st.DataObject
) -> None:
    leaves = [str(n).encode() for n in range(size)]
    tree, index = Tree(leaves), data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, tree.read)
    leaf, root = merkle.leaf_hash(leaves[index]), merkle.root(size, tree.read)
    assert merkle.verify_inclusion(leaf, index, size, proof, root)
    for other in set(range(size)) - {index}:
        assert not merkle.verify_inclusion(leaf, other, size, proof, root)


@given(st.integers(1, 90), st.data())
def test_every_consistency_proof_is_accepted(new: int, data: st.DataObject) -> None:
    tree, old = Tree([str(n).encode() for n in range(new)]), data.draw(st.integers(1, new))
    proof = merkle.consistency_proof(old, new, tree.read)
    before, after = merkle.root(old, tree.read), merkle.root(new, tree.read)
    assert merkle.verify_consistency(old, new, before, after, proof)


@given(st.integers(2, 60), st.data())
def test_a_changed_past_has_no_consistency_proof(new: int, data: st.DataObject) -> None:
    leaves = [str(n).encode() for n in range(new)]
    old = data.draw(st.integers(1, new - 1))
    altered = data.draw(st.integers(0, old - 1))
    honest = Tree(leaves)
    rewritten = Tree([b"other" if n == altered else leaf for n, leaf in enumerate(leaves)])
    proof = merkle.consistency_proof(old, new, rewritten.read)
    before, after = merkle.root(old, honest.read), merkle.root(new, rewritten.read)
    assert not merkle.verify_consistency(old, new, before, after, proof)


@given(st.integers(2, 60), st.data())
def test_a_flipped_bit_breaks_any_proof(size: int, data: st.DataObject) -> None:
    leaves = [str(n).encode() for n in range(size)]
    tree, index = Tree(leaves), data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, tree.read)
    step = data.draw(st.integers(0, len(proof) - 1))
    bit = data.draw(st.integers(0, 255))
    flipped = bytearray(proof[step])
    flipped[bit // 8] ^= 1 << bit % 8
    forged = [*proof[:step], bytes(flipped), *proof[step + 1 :]]
    leaf, root = merkle.leaf_hash(leaves[index]), merkle.root(size, tree.read)
    assert not merkle.verify_inclusion(leaf, index, size, forged, root)
    assert not merkle.verify_inclusion(leaf, index, size, proof[:-1], root)
    assert not merkle.verify_inclusion(leaf, index, size, [*proof, proof[0]], root)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 2)])
def test_a_proof_for_no_such_tree_is_refused(old: int, new: int) -> None:
    tree = Tree(LEAVES)
    with pytest.raises(ValueError, match="no consistency proof"):
        merkle.consistency_proof(old, new, tree.read)
    assert not merkle.verify_consistency(old, new, bytes(32), bytes(32), [])


def test_an_inclusion_proof_for_a_leaf_beyond_the_tree_is_refused() -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(8, 8, Tree(LEAVES).read)
    assert not merkle.verify_inclusion(bytes(32), 8, 8, [], bytes(32))


@given(st.lists(st.binary(max_size=8), max_size=40))
def test_a_frontier_has_the_root_of_the_tree_whose_inner_nodes_it_forgot(
    leaves: list[bytes],
) -> None:
    frontier = merkle.Frontier()
    for leaf in leaves:
        frontier.add(merkle.leaf_hash(leaf))
    assert frontier.size == len(leaves)
    assert frontier.root() == merkle.root(len(leaves), Tree(leaves).read)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40))
def test_a_tree_kept_whole_has_every_subtree_that_growing_it_completes(leaves: list[bytes]) -> None:
    read = merkle.tree_over([merkle.leaf_hash(each) for each in leaves])
    for (level, position), node in Tree(leaves).nodes.items():
        assert read(level, position) == node
