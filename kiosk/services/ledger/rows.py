"""Many facts under one entry of the log: each is proved, and erased, by itself.

The entry's content says how many rows it has (`ROWS`) and the root (`ROOT`) of a tree over their
salted commitments, built as the log's own (RFC 9162). A row's commitment is kept for ever; its salt
and content go when they are erased (`erasing`), and every other row, and the entry, stay proved.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core.encoding import canonical, decoded
from kiosk.core.errors import EnvironmentFault
from kiosk.models.bulk import insert_many
from kiosk.models.ledger import LedgerRow
from kiosk.services.ledger import log, merkle
from kiosk.services.work import Work

ROWS, ROOT = "rows", "root"
"""What the content of an entry with rows says of them: how many there are, and their root."""
SALT_BYTES = 32
_COLUMNS = ("index", "position", "hash", "salt", "content")
_BATCH = 1_000


@dataclass(frozen=True)
class Row:
    """A row as it stands: its place, its commitment (32 bytes), what it says if not erased."""

    position: int
    hash: bytes
    content: Any


@dataclass(frozen=True)
class RowProof:
    """That a row is one of the `size` rows whose root an entry holds (RFC 9162 section 2.1.3)."""

    hash: bytes
    position: int
    size: int
    path: tuple[bytes, ...]

    def leads_to(self, root: bytes) -> bool:
        """Whether the row is proved by `root`, which is what the entry says."""
        leaf = merkle.leaf_hash(self.hash)
        return merkle.verify_inclusion(leaf, self.position, self.size, self.path, root)


def commitment(salt: bytes, content: bytes) -> bytes:
    """SHA-256 over the canonical encoding of salt and content: 32 bytes."""
    return hashlib.sha256(canonical([salt, content])).digest()


def append(work: Work, kind: str, content: dict[str, Any], rows: Iterable[Any]) -> int:
    """Append an entry with `rows` under it, in the caller's transaction; its index.

    `content` gets `ROWS` and `ROOT` beside what it holds. A row is whatever
    `kiosk.core.encoding.canonical` can encode; `rows` is read once and not kept.
    """
    log.take_turn(work)
    index, tree = log.log_size(work.session), merkle.Frontier()
    insert_many(work.session, LedgerRow, _COLUMNS, _written(index, rows, tree))
    return log.append(work, kind, {**content, ROWS: tree.size, ROOT: tree.root()})


def _written(index: int, rows: Iterable[Any], tree: merkle.Frontier) -> Iterator[tuple[Any, ...]]:
    for position, row in enumerate(rows):
        salt, encoded = secrets.token_bytes(SALT_BYTES), canonical(row)
        committed = commitment(salt, encoded)
        tree.add(merkle.leaf_hash(committed))
        yield index, position, committed, salt, encoded


def rows_of(session: Session, index: int) -> Iterator[Row]:
    """The rows of an entry in their order; the content of an erased one is None."""
    question = (
        select(LedgerRow.position, LedgerRow.hash, LedgerRow.content)
        .where(LedgerRow.index == index)
        .order_by(LedgerRow.position)
        .execution_options(yield_per=_BATCH)
    )
    for position, committed, content in session.execute(question):
        yield Row(position, committed, None if content is None else decoded(content))


def contents_under(session: Session, index: int) -> Iterator[Any]:
    """What the rows of an entry say that were not erased, in their order."""
    return (row.content for row in rows_of(session, index) if row.content is not None)


def places_about(session: Session, what: str, number: int) -> list[tuple[int, int]]:
    """Where the rows are, as (index, position), that are lists beginning with `what` and `number`.

    So a person's rows are found under every entry without reading what they say; it looks at all
    rows there are, a million of them in a third of a second.
    """
    begins = canonical(what) + canonical(number)
    # Behind the first byte, which says that it is a list and how long.
    question = (
        select(LedgerRow.index, LedgerRow.position)
        .where(func.substr(LedgerRow.content, 2, len(begins)) == begins)
        .order_by(LedgerRow.index, LedgerRow.position)
    )
    return [(index, position) for index, position in session.execute(question)]


def root_of(session: Session, index: int) -> tuple[int, bytes]:
    """How many rows an entry has now and the root over their commitments, recomputed."""
    tree = merkle.Frontier()
    for committed in _hashes(session, index):
        tree.add(merkle.leaf_hash(committed))
    return tree.size, tree.root()


def proof_of(session: Session, index: int, position: int) -> RowProof:
    """The proof of one row, erased or not; reads all hashes of the entry's rows.

    Raises:
        EnvironmentFault: ``log_damaged`` if there is no such row.
    """
    hashes = list(_hashes(session, index))
    if not 0 <= position < len(hashes):
        raise EnvironmentFault("log_damaged", index)
    read = merkle.tree_over([merkle.leaf_hash(each) for each in hashes])
    path = tuple(merkle.inclusion_proof(position, len(hashes), read))
    return RowProof(hashes[position], position, len(hashes), path)


def _hashes(session: Session, index: int) -> Iterator[bytes]:
    question = select(LedgerRow.hash).where(LedgerRow.index == index).order_by(LedgerRow.position)
    yield from session.scalars(question.execution_options(yield_per=_BATCH))
