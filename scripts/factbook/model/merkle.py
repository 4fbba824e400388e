"""Merkle trees of RFC 6962, section 2.1 (RFC 9162 has the same): roots, proofs of inclusion, and their check.

The libraries that were looked at keep the inner nodes to themselves, which tiles need, or bear a licence that this
program cannot be given away under; the standard's own test vectors hold this one to it (tests/model/test_merkle.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY = hashlib.sha256().digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf. The byte before it tells leaves from nodes, so that none can pass for the other."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """A tree over leaf hashes. ``levels[h]`` holds the hash of every complete subtree of 2**h leaves, from the left."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self.levels: list[list[bytes]] = [list(leaves)]
        while len(below := self.levels[-1]) > 1:
            self.levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])

    def __len__(self) -> int:
        return len(self.levels[0])

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the first ``size`` leaves; of all of them where no size is given."""
        count = len(self) if size is None else size
        return self._range(0, count) if count else EMPTY

    def proof(self, index: int) -> list[bytes]:
        """Return the proof that the leaf ``index`` is in the tree: the hashes beside its way up, from the bottom."""
        low, high = 0, len(self)
        path = []
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                path.append(self._range(middle, high))
                high = middle
            else:
                path.append(self._range(low, middle))
                low = middle
        return path[::-1]

    def _range(self, low: int, high: int) -> bytes:
        """Return the hash over the leaves from ``low`` to before ``high``, a range that is one node of the tree."""
        size = high - low
        if size & (size - 1) == 0:
            return self.levels[size.bit_length() - 1][low // size]
        middle = low + _split(size)
        return node_hash(self._range(low, middle), self._range(middle, high))


def _split(size: int) -> int:
    """Return the largest power of two below ``size``, which is at least 2."""
    half: int = 1 << (size - 1).bit_length() - 1
    return half


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether ``proof`` shows that the hash ``leaf`` is the leaf ``index`` of the tree of ``size`` leaves with
    this root.

    The algorithm is that of RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(other, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, other)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root
