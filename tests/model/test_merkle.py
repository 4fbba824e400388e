"""Merkle trees: the vectors that the standard's own implementations publish, and what a proof must not show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.model.merkle import EMPTY, Tree, included, leaf_hash, node_hash

LEAVES = [bytes.fromhex(data) for data in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Roots of the first 0 to 8 leaves: the test vectors of Certificate Transparency (RFC 6962)."""
PROOFS = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}
"""Proofs of inclusion by leaf and size, from the same vectors."""


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_standard(size: int) -> None:
    """The tree of the first leaves has the published root, also as a part of a larger tree."""
    leaves = [leaf_hash(data) for data in LEAVES]
    assert Tree(leaves[:size]).root().hex() == ROOTS[size]
    assert Tree(leaves).root(size).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), PROOFS)
def test_proofs_are_those_of_the_standard(index: int, size: int) -> None:
    """The published proofs of inclusion come out, and are accepted."""
    leaves = [leaf_hash(data) for data in LEAVES[:size]]
    tree = Tree(leaves)
    assert [node.hex() for node in tree.proof(index)] == PROOFS[index, size]
    assert included(leaves[index], index, size, tree.proof(index), tree.root())


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proved_and_nothing_else(size: int, data: st.DataObject) -> None:
    """A proof holds for its own leaf, place, size and root alone."""
    leaves = [leaf_hash(bytes([n])) for n in range(size)]
    tree, index = Tree(leaves), data.draw(st.integers(0, size - 1))
    proof, root = tree.proof(index), tree.root()
    assert included(leaves[index], index, size, proof, root)
    assert not included(leaf_hash(b"other"), index, size, proof, root)
    assert not included(leaves[index], index, size, proof, leaf_hash(b"other"))
    assert not included(leaves[index], index, size, [*proof, EMPTY], root)
    assert not included(leaves[index], size, size, proof, root)
    if size > 1:
        assert not included(leaves[index], (index + 1) % size, size, proof, root)
        assert not included(leaves[index], index, size, proof[:-1], root)


def test_a_leaf_cannot_pass_for_a_node() -> None:
    """The two kinds of hashes begin with other bytes."""
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)
