"""The Merkle tree of RFC 6962 section 2.1 / RFC 9162 section 2.1, as pure functions.

Hashes are 32 bytes (SHA-256). A tree is described by its leaf hashes, or by the hashes of its
complete subtrees through a `NodeReader`, so that a root or proof costs O(log n) reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import reduce

NodeReader = Callable[[int, int], bytes]
"""``(level, position) -> hash`` of the complete subtree over leaves [position << level, …)."""

EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf: SHA-256(0x00 || leaf)."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed_nodes(size: int, leaf: bytes, read: NodeReader) -> Iterator[tuple[int, int, bytes]]:
    """The complete subtrees that appending the leaf hash `leaf` to a tree of `size` finishes."""
    level, position, found = 0, size, leaf
    yield level, position, found
    while position & 1:
        found = node_hash(read(level, position - 1), found)
        level, position = level + 1, position >> 1
        yield level, position, found


def subtree(start: int, end: int, read: NodeReader) -> bytes:
    """The root over the leaves [start, end), where `start` is a multiple of the width's power."""
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return read(level, start >> level)
    split = start + _largest_power_below(width)
    return node_hash(subtree(start, split, read), subtree(split, end, read))


def root(size: int, read: NodeReader) -> bytes:
    """The root of the first `size` leaves."""
    return subtree(0, size, read) if size else EMPTY_ROOT


class Frontier:
    """A tree that leaves are only added to: it keeps the roots of its O(log n) complete parts."""

    def __init__(self) -> None:
        self.size = 0
        self._parts: list[bytes] = []
        """Widest first: one for each bit of `size` that is set."""

    def add(self, leaf: bytes) -> None:
        """Add a leaf hash behind the others."""
        found, width = leaf, self.size
        while width & 1:
            found, width = node_hash(self._parts.pop(), found), width >> 1
        self._parts.append(found)
        self.size += 1

    def root(self) -> bytes:
        """The root of the leaves added so far, as `root` says it."""
        if not self._parts:
            return EMPTY_ROOT
        return reduce(lambda right, left: node_hash(left, right), reversed(self._parts))


def tree_over(leaves: Sequence[bytes]) -> NodeReader:
    """Every complete subtree over `leaves` (leaf hashes), all kept: for a proof of one of them."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = zip(below[::2], below[1::2], strict=False)
        levels.append([node_hash(left, right) for left, right in pairs])
    return lambda level, position: levels[level][position]


def inclusion_proof(index: int, size: int, read: NodeReader) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves (RFC 9162 section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    return list(_path(index, 0, size, read))


def _path(index: int, start: int, end: int, read: NodeReader) -> Iterator[bytes]:
    if end - start == 1:
        return
    split = start + _largest_power_below(end - start)
    if index < split:
        yield from _path(index, start, split, read)
        yield subtree(split, end, read)
    else:
        yield from _path(index, split, end, read)
        yield subtree(start, split, read)


def consistency_proof(old: int, new: int, read: NodeReader) -> list[bytes]:
    """The proof that the tree of `old` leaves is a prefix of that of `new` (RFC 9162 2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError(f"no consistency proof from {old} to {new}")
    return list(_consistency(old, 0, new, True, read))


def _consistency(
    old: int, start: int, end: int, complete: bool, read: NodeReader
) -> Iterator[bytes]:
    if old == end - start:
        if not complete:
            yield subtree(start, end, read)
        return
    split = _largest_power_below(end - start)
    if old <= split:
        yield from _consistency(old, start, start + split, complete, read)
        yield subtree(start + split, end, read)
    else:
        yield from _consistency(old - split, start + split, end, False, read)
        yield subtree(start, start + split, read)


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes
) -> bool:
    """Check an audit path for the leaf hash `leaf` (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    first, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            found = node_hash(sibling, found)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        first, last = first >> 1, last >> 1
    return last == 0 and found == expected_root


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Check a consistency proof (RFC 9162 section 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(path) and (old_root, new_root) == _roots_by(path, old - 1, new - 1)


def _roots_by(path: Sequence[bytes], first: int, last: int) -> tuple[bytes, bytes] | None:
    """The old and new roots that a consistency path leads to; None if its length is wrong."""
    while first & 1:
        first, last = first >> 1, last >> 1
    from_old = from_new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if first & 1 or first == last:
            from_old, from_new = node_hash(sibling, from_old), node_hash(sibling, from_new)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            from_new = node_hash(from_new, sibling)
        first, last = first >> 1, last >> 1
    return (from_old, from_new) if last == 0 else None


def _largest_power_below(width: int) -> int:
    """The largest power of two smaller than `width`, which is at least 2."""
    return 1 << ((width - 1).bit_length() - 1)
