"""The append-only log: commitments, content that may be erased, rows, Merkle nodes, checkpoints.

Only `kiosk.services.ledger` writes these tables; triggers refuse UPDATE and DELETE.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    bindparam,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import NOBODY, About, NotCopied, Proved, Within
from kiosk.models.base import Base

ERASED_AT = "the entry that lists what was erased has its own moment"
RARE = ("key_replaced", "restored", "pepper_changed", "clock_confirmed", "fire_drill", "left")
"""Kinds of entries that are asked for by their kind, some at each paper, and of which a log has
few: an index of these alone costs the other entries nothing."""
_IS_RARE = text(" OR ".join(f"kind = '{kind}'" for kind in RARE))


class LedgerEntry(Base):
    """A leaf: what kind of thing happened when, and the salted commitment to its content."""

    __tablename__ = "ledger_entry"
    about = About(copied=Within(("ledger",)))
    logged = Proved(
        "counted without gaps, each a leaf of the tree under every signed root; kind and moment of"
        " what was erased by a digest that the entry which lists it says",
        believed={
            "at, of an erased entry": "the entry that erases it says it, and may be a forged one, "
            "added with all that the rules want of it; what it erases counts for nobody: they left,"
            " or the concern had ended",
        },
    )

    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Counted from 0 without gaps: the leaf index of RFC 9162."""
    kind: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
    commitment: Mapped[bytes]
    """SHA-256 over salt and canonical content: 32 bytes, the leaf's data in the tree."""

    __table_args__ = (
        Index("ix_ledger_entry_rare", "kind", sqlite_where=_IS_RARE, postgresql_where=_IS_RARE),
    )


def of_kind(kind: str) -> ColumnElement[bool]:
    """Entries of one of the `RARE` kinds, found by their index: the log is not read for them.

    The kind is a word of the statement: a plan that PostgreSQL keeps for any value that is bound
    to it could not rely on the index.
    """
    if kind not in RARE:
        raise ValueError(f"entries of the kind {kind} have no index")
    return LedgerEntry.kind == bindparam(None, kind, literal_execute=True)


class LedgerContent(Base):
    """Salt and content of a leaf; leaving the programme erases this row and nothing else."""

    __tablename__ = "ledger_content"
    about = About(erased_by="log", copied=NotCopied("an entry's content says what the tables say"))
    logged = Proved("the commitment of its entry is over salt and content")

    index: Mapped[int] = mapped_column(ForeignKey("ledger_entry.index"), primary_key=True)
    salt: Mapped[bytes]
    content: Mapped[bytes]
    """Deterministic CBOR."""


class LedgerErasure(Base):
    """That an entry's content was erased, and by which entry: without it none can be deleted.

    The entry `by` lists what it erases; `kiosk verify` holds these rows against all such lists.
    """

    __tablename__ = "ledger_erasure"
    about = NOBODY
    logged = Proved("an erased entry has one, and no other", {"at": ERASED_AT})

    index: Mapped[int] = mapped_column(ForeignKey("ledger_entry.index"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[int | None]
    """One of `ANNOUNCERS`; None for what version 0.1 erased, which `carried_over` lists."""


class LedgerRow(Base):
    """One of many facts that an entry tells together, such as a person of a register.

    The entry's content holds how many rows it has and the root of a tree over their hashes
    (`kiosk.services.ledger.rows`), so each row is proved, and erased, by itself.
    """

    __tablename__ = "ledger_row"
    about = About(erased_by="log", copied=NotCopied("a row's content says what the tables say"))
    logged = Proved("a leaf of the tree whose root its entry says")

    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The entry's; the rows are written before it, since it holds their root."""
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Counted from 0 without gaps: the leaf index in the entry's own tree."""
    hash: Mapped[bytes]
    """The salted commitment to the content, 32 bytes, which is kept for ever."""
    salt: Mapped[bytes | None]
    content: Mapped[bytes | None]
    """Deterministic CBOR; None, as the salt, once it was erased."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["index"], ["ledger_entry.index"], deferrable=True, initially="DEFERRED"
        ),
        CheckConstraint("(salt IS NULL) = (content IS NULL)", name="erased_whole"),
        {"sqlite_with_rowid": False},
    )


class LedgerRowErasure(Base):
    """That a row's content was erased, and by which entry: without it none can be blanked."""

    __tablename__ = "ledger_row_erasure"
    about = NOBODY
    logged = Proved("an erased row has one, and no other", {"at": ERASED_AT})

    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[int | None]
    """One of `ANNOUNCERS`, which lists it; without one a trigger lets nothing be blanked."""

    __table_args__ = (
        ForeignKeyConstraint(["index", "position"], ["ledger_row.index", "ledger_row.position"]),
    )


class LedgerNode(Base):
    """The hash of one complete subtree: level 0 are leaf hashes, level k covers 2**k leaves."""

    __tablename__ = "ledger_node"
    about = NOBODY
    logged = Proved("made anew from the leaves and compared")

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes]


class Checkpoint(Base):
    """A signed note that left the machine on paper: what any slip in a pocket is held against."""

    __tablename__ = "checkpoint"
    about = NOBODY
    logged = Proved(
        "its signature, and the root that it names, are recomputed",
        {
            "id": "a number that the database counts up, and nothing points to",
            "at": "the slip in a pocket has its own moment, which is signed",
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    tree_size: Mapped[int]
    reference: Mapped[str] = mapped_column(String(20), index=True)
    signature: Mapped[str] = mapped_column(String(100), unique=True)
    """Base64 of key id and signature, as in the note's last line."""
    note: Mapped[str] = mapped_column(String(2000))
    paper: Mapped[int | None]
    """The entry that says what was to be signed; None where an earlier version wrote none."""


APPEND_ONLY = (
    "ledger_entry",
    "ledger_erasure",
    "ledger_row_erasure",
    "ledger_node",
    "checkpoint",
)
"""Tables in which a row, once written, can be neither changed nor deleted."""
ANNOUNCERS = ("forgotten", "left")
"""Kinds of entries that list what they erase; a trigger lets nothing else go."""
NEVER_ERASED = (
    *ANNOUNCERS,
    "carried_over",
    "founded",
    "key_replaced",
    "leaving_asked",
    "leaving_taken_back",
    "restored",
)
"""Kinds of entries whose content stays for ever: what proves the others would go with it."""
