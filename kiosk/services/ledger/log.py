"""The one door to the log: append, prove, sign. What is erased goes through `erasing`."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, LargeBinary, Select, bindparam, func, insert, select, text
from sqlalchemy.orm import Session, SessionTransaction

from kiosk.core.encoding import canonical, decoded
from kiosk.core.errors import EnvironmentFault
from kiosk.models.database import APPENDED, Gathering
from kiosk.models.ledger import (
    Checkpoint,
    LedgerContent,
    LedgerEntry,
    LedgerNode,
    of_kind,
)
from kiosk.services.ledger import merkle
from kiosk.services.signing.signed_note import CheckpointText, parse_checkpoint, parse_note
from kiosk.services.work import Work

SALT_BYTES = 32
RESTORED = "restored"
"""The kind of entry that says: what followed here was lost, and a backup was put back."""
KEY_REPLACED = "key_replaced"
"""The kind of entry that says which key papers are signed with from here on."""
_BATCH = 1_000
_ENTRY, _CONTENT, _NODE = (insert(each) for each in (LedgerEntry, LedgerContent, LedgerNode))
_GROWN = "grown"
"""What a session's `info` holds under this: the log as its transaction has it."""
_TURN = "turn"
"""What a session's `info` holds under this: the transaction in which it is its turn to append."""
_LEVELS = ", ".join(f"({level})" for level in range(62))
_PARTS = text(f"""
    WITH every(level) AS (VALUES {_LEVELS}),
    log(size) AS (SELECT CAST(max("index") + 1 AS bigint) FROM ledger_entry)
    SELECT log.size, every.level, ledger_node.hash
    FROM log JOIN every ON (log.size >> every.level) & 1 = 1
    LEFT JOIN ledger_node
    ON ledger_node.level = every.level AND ledger_node.position = (log.size >> every.level) - 1
""").columns(size=Integer, level=Integer, hash=LargeBinary)  # noqa: S608 only numbers
"""The log's size and its complete subtrees without a parent; no row of a log without entries."""
_LOCK = 0x6B696F736B  # "kiosk": the advisory lock that serialises appends on PostgreSQL


@dataclass(frozen=True)
class Head:
    """Where the log stands: number of entries and root hash (32 bytes)."""

    size: int
    root: bytes


_Rows = list[dict[str, Any]]


class _Waiting(NamedTuple):
    """Rows of the log that are not written yet."""

    entries: _Rows
    contents: _Rows
    nodes: _Rows


@dataclass
class _Grown:
    """The log as a transaction has it: its size, and its complete subtrees without a parent.

    Nobody else appends before the transaction ends, so that they are read once in it, and what it
    appends is written together: before its other rows, and before it reads anything again.
    """

    transaction: SessionTransaction | None
    size: int
    parts: dict[int, bytes]
    """By level: one for each bit of `size` that is set."""
    waiting: _Waiting = field(default_factory=lambda: _Waiting([], [], []))

    def completed(self, leaf: bytes) -> tuple[tuple[int, int, bytes], ...]:
        """The subtrees that another leaf hash completes: level, position, hash.

        Raises:
            EnvironmentFault: ``log_damaged`` if one that it stands beside is not there.
        """
        return tuple(merkle.completed_nodes(self.size, leaf, self._part))

    def add(self, completed: tuple[tuple[int, int, bytes], ...]) -> None:
        """Take note of a leaf that was written, with what it completed."""
        for level, _, _ in completed[:-1]:
            del self.parts[level]
        top, _, found = completed[-1]
        self.parts[top] = found
        self.size += 1

    def _part(self, level: int, position: int) -> bytes:
        return _part(self.parts, level, position)


def _grown(session: Session) -> _Grown:
    """The log of this transaction; read at the first entry, and kept for the others."""
    kept: _Grown | None = session.info.get(_GROWN)
    if kept is not None and kept.transaction is session.get_transaction():
        return kept
    grown = _Grown(session.get_transaction(), *_frontier(session))
    session.info[_GROWN] = grown
    return grown


def _frontier(session: Session) -> tuple[int, dict[int, bytes]]:
    """The log's size, and by level its complete subtrees without a parent, in one question."""
    found = session.execute(_PARTS).all()
    parts = {each.level: each.hash for each in found if each.hash is not None}
    return (found[0].size if found else 0), parts


def _part(parts: Mapping[int, bytes], level: int, position: int) -> bytes:
    if level not in parts:
        raise EnvironmentFault("log_damaged", position << level)
    return parts[level]


def _write(session: Session) -> None:
    """Write what was appended in this transaction and is not written yet."""
    grown: _Grown = session.info[_GROWN]
    rows, grown.waiting = grown.waiting, _Waiting([], [], [])
    if not rows.entries or grown.transaction is not session.get_transaction():
        return
    connection = session.connection()
    connection.execute(_ENTRY, rows.entries)
    connection.execute(_CONTENT, rows.contents)
    connection.execute(_NODE, rows.nodes)


def commitment(salt: bytes, kind: str, at: datetime, content: bytes) -> bytes:
    """SHA-256 over the canonical encoding of salt, kind, moment and content: 32 bytes."""
    return hashlib.sha256(canonical([salt, kind, at.astimezone(UTC).isoformat(), content])).digest()


def append(work: Work, kind: str, content: dict[str, Any]) -> int:
    """Append one entry in the caller's transaction and return its index, counted from 0.

    It is written with the transaction's other rows, before them and before its next question.
    `content` holds what `kiosk.core.encoding.canonical` can encode; ids, never names.
    """
    take_turn(work)
    session = work.session
    if not isinstance(session, Gathering):
        raise TypeError("the log is written by a transaction of `Database.write`")
    grown = _grown(session)
    index = grown.size
    at, salt, encoded = work.now, secrets.token_bytes(SALT_BYTES), canonical(content)
    committed = commitment(salt, kind, at, encoded)
    nodes = grown.completed(merkle.leaf_hash(committed))
    rows = grown.waiting
    rows.entries.append({"index": index, "kind": kind, "at": at, "commitment": committed})
    rows.contents.append({"index": index, "salt": salt, "content": encoded})
    rows.nodes.extend({"level": each[0], "position": each[1], "hash": each[2]} for each in nodes)
    grown.add(nodes)
    session.first = _write
    session.info[APPENDED] = (index, committed)
    return index


def take_turn(work: Work) -> None:
    """Let nobody else append before this transaction ends; `append` does it by itself.

    Call it before reading what every change of which is an entry (a wallet, a stock): what is read
    afterwards stays so until the end. SQLite lets one writer in at a time anyhow.
    """
    session, mine = work.session, work.session.get_transaction()
    if work.village.database.is_sqlite or (mine and session.info.get(_TURN) is mine):
        return
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    session.info[_TURN] = session.get_transaction()


def node_reader(session: Session) -> merkle.NodeReader:
    """Read the stored subtree hashes of `session`'s database."""

    def read(level: int, position: int) -> bytes:
        node = session.get(LedgerNode, (level, position))
        if node is None:
            raise EnvironmentFault("log_damaged", position << level)
        return node.hash

    return read


def head(session: Session) -> Head:
    """The log's size and root now."""
    session.flush()
    size, parts = _frontier(session)
    return Head(size, merkle.root(size, lambda level, position: _part(parts, level, position)))


def root_at(session: Session, size: int) -> bytes:
    """The root that the log had when it held `size` entries."""
    return merkle.root(size, node_reader(session))


def content_of(session: Session, index: int) -> dict[str, Any] | None:
    """The content of an entry; None once it was erased."""
    row = session.get(LedgerContent, index)
    return None if row is None else dict(decoded(row.content))


def contents_of(
    session: Session, indexes: Select[int], bound: Mapping[str, object] | None = None
) -> dict[int, dict[str, Any]]:
    """The contents of the entries that `indexes` asks for, in one statement; erased ones lack.

    `bound` are the values of what it leaves open.
    """
    wanted = LedgerContent.index.in_(indexes)
    rows = session.execute(select(LedgerContent.index, LedgerContent.content).where(wanted), bound)
    return {index: dict(decoded(content)) for index, content in rows}


def indexes_of(
    session: Session, wanted: Callable[[dict[str, Any]], bool], since: int = 0
) -> list[int]:
    """The entries from `since` on whose content is `wanted`: reading them all takes its time."""
    rows = session.execute(
        select(LedgerContent.index, LedgerContent.content)
        .where(LedgerContent.index >= since)
        .order_by(LedgerContent.index)
        .execution_options(yield_per=_BATCH)
    )
    return [index for index, content in rows if wanted(dict(decoded(content)))]


def was_restored_below(session: Session, size: int, before: int | None = None) -> bool:
    """True if a log of `size` entries can be one that a restore from a backup cut short.

    A restore says how long the log was that it replaced, where that could still be read: what is
    signed for a longer one was signed afterwards. With `before`, restores from that entry on do not
    count.
    """
    below = size if before is None else min(size, before)
    return any(
        until is None or size <= until for index, until in _restores(session) if index < below
    )


def key_ends(session: Session, *, by_index: bool = True) -> dict[str, int]:
    """Each verifier key that was replaced, with the index of the entry that says so.

    Without `by_index` the log itself is read, for whoever believes no index of the database.

    The key signs for logs of at most so many entries: a longer one holds its end. What such an
    entry says is never erased; one that was made unreadable is `kiosk verify`'s to name.
    """
    said = of_kind(KEY_REPLACED) if by_index else LedgerEntry.kind.concat("") == KEY_REPLACED
    query = (
        select(LedgerEntry.index, LedgerContent.content)
        .join(LedgerContent, LedgerContent.index == LedgerEntry.index)
        .where(said)
        .order_by(LedgerEntry.index.desc())
    )
    ends: dict[str, int] = {}
    for index, content in session.execute(query):
        with suppress(Exception):
            ends[decoded(content)["old"]] = index
    return ends


def longest(session: Session) -> int | None:
    """How many entries the log ever had, restores included; None where one could not tell."""
    untils = [until for _, until in _restores(session)]
    return None if None in untils else max(log_size(session), *(each or 0 for each in untils), 0)


def _restores(session: Session) -> list[tuple[int, int | None]]:
    """The entries that say that the log was restored, and how long a log each replaced."""
    query = select(LedgerEntry.index).where(of_kind(RESTORED))
    told = [(index, content_of(session, index) or {}) for index in session.scalars(query).all()]
    return [(index, content.get("until")) for index, content in told]


def sign_checkpoint(
    work: Work, reference: str, covers: int, lines: tuple[str, ...], *, paper: int | None = None
) -> str:
    """`sign` for a paper that has its entry, and keep a copy of what was signed."""
    note = sign(work, covers, lines, paper=paper)
    keep(work, note, reference, paper)
    return note


def sign(work: Work, covers: int, lines: tuple[str, ...], *, paper: int | None = None) -> str:
    """The signed note for a paper: a checkpoint of today's head with the paper's facts.

    Call it in a transaction after the one that wrote entry `covers` has ended: the entry is read
    back and its commitment recomputed before the root that covers it is signed. `paper` is the
    entry that tells of the lines, which whoever takes them from a table has held against it.

    Raises:
        EnvironmentFault: ``log_damaged`` if the entry read back is not what was written;
            ``keys_other`` if this terminal's key was replaced, on another terminal.
    """
    read_back(work.session, covers)
    if paper is not None:
        read_back(work.session, paper)
    if work.village.keys.verifier.text() in key_ends(work.session):
        raise EnvironmentFault("keys_other", work.village.directory.keys)
    now = head(work.session)
    text_to_sign = CheckpointText(work.village.settings.origin, now.size, now.root, lines).text()
    return work.village.keys.sign(text_to_sign)


def keep(work: Work, note: str, reference: str, paper: int | None) -> None:
    """Keep a copy of a signed note, for the slip in a pocket to be held against.

    `paper` is the entry that tells of it, which may come after what the note covers.
    """
    signed = parse_note(note)
    signature = signed.signatures[0].encoded
    known = work.session.scalar(select(Checkpoint.id).where(Checkpoint.signature == signature))
    if known is None:
        work.session.add(
            Checkpoint(
                at=work.now,
                tree_size=parse_checkpoint(signed.text).size,
                reference=reference,
                signature=signature,
                note=note,
                paper=paper,
            )
        )


_READ_BACK = (
    select(
        *(LedgerEntry.kind, LedgerEntry.at, LedgerEntry.commitment),
        *(LedgerContent.salt, LedgerContent.content, LedgerNode.hash),
    )
    .join(LedgerContent, LedgerContent.index == LedgerEntry.index)
    .join(LedgerNode, (LedgerNode.position == LedgerEntry.index) & (LedgerNode.level == 0))
    .where(LedgerEntry.index == bindparam("at"))
)


def read_back(session: Session, index: int) -> None:
    """Read entry `index` from the database and recompute its commitment and leaf.

    Raises:
        EnvironmentFault: ``log_damaged`` if something does not fit.
    """
    row = session.execute(_READ_BACK, {"at": index}).one_or_none()
    if row is None:
        raise EnvironmentFault("log_damaged", index)
    found = commitment(row.salt, row.kind, row.at, row.content)
    if found != row.commitment or row.hash != merkle.leaf_hash(row.commitment):
        raise EnvironmentFault("log_damaged", index)


def log_size(session: Session) -> int:
    """How many entries there are."""
    last = session.scalar(select(func.max(LedgerEntry.index)))
    return 0 if last is None else last + 1
