"""The log's tree, built anew beside the hashes that are stored of it.

Only the frontier is kept, and of each level the one stored hash that comes next: a log of any
length is checked in the same memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Final

from sqlalchemy import Connection, func, select

from kiosk.models.ledger import LedgerNode
from kiosk.services.ledger import merkle

Span = tuple[str, int, int]
"""What does not fit (sentence ``verify.<code>``), and the first and last entry concerned."""
_BATCH: Final = 1_000


class _Level:
    """The stored hashes of one level, in their order."""

    def __init__(self, connection: Connection, level: int) -> None:
        question = (
            select(LedgerNode.position, LedgerNode.hash)
            .where(LedgerNode.level == level)
            .order_by(LedgerNode.position)
        )
        self._result = connection.execute(question.execution_options(yield_per=_BATCH))
        self._rows = iter(self._result)
        self._next = next(self._rows, None)

    def at(self, position: int) -> bytes | None:
        """The hash there, None where it lacks; asked for from the left to the right."""
        if self._next is None or self._next[0] != position:
            return None
        found: bytes = self._next[1]
        self._next = next(self._rows, None)
        return found

    def close(self) -> bool:
        """Read no further; whether no hash is left that nobody asked for."""
        self._result.close()
        return self._next is None


class CheckedTree:
    """A Merkle tree to which the leaves of a log are added, each with the hashes it completes."""

    def __init__(self, connection: Connection) -> None:
        self.size = 0
        self._connection = connection
        self._parts: list[bytes] = []
        """The roots of the complete subtrees, the widest first: one for each bit of `size`."""
        self._levels: list[_Level] = []
        self._misses = False

    def add(self, leaf: bytes) -> Iterator[Span]:
        """Add a leaf hash; the stored hashes that are not those of the subtrees it completes."""
        level, position, found = 0, self.size, leaf
        yield from self._compared(level, position, found)
        while position & 1:
            found = merkle.node_hash(self._parts.pop(), found)
            level, position = level + 1, position >> 1
            yield from self._compared(level, position, found)
        self._parts.append(found)
        self.size += 1

    def root(self) -> bytes:
        """The root of the leaves added so far (RFC 9162 section 2.1)."""
        if not self._parts:
            return merkle.EMPTY_ROOT
        return reduce(lambda right, left: merkle.node_hash(left, right), reversed(self._parts))

    def end(self) -> Iterator[Span]:
        """Once all leaves are in: what is stored beyond the tree, or lacks in it."""
        above = select(func.count()).where(
            (LedgerNode.level < 0) | (LedgerNode.level >= len(self._levels))
        )
        is_read = [each.close() for each in self._levels]
        if self._connection.scalar(above) or not all(
            is_read
        ):  # its place is no place in this tree, so it covers nothing
            yield "node_altered", 0, self.size - 1
        if self._misses:
            yield "node_missing", 0, self.size - 1

    def _compared(self, level: int, position: int, found: bytes) -> Iterator[Span]:
        if level == len(self._levels):
            self._levels.append(_Level(self._connection, level))
        stored = self._levels[level].at(position)
        if stored is None:
            self._misses = True
        elif stored != found:
            first = position << level
            yield "node_altered", first, first + (1 << level) - 1
