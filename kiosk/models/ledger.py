"""The append-only log: commitments, content that may be erased, Merkle nodes, checkpoints.

Only `kiosk.services.ledger` writes these tables; triggers refuse UPDATE and DELETE.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import NOBODY, About, NotCopied, Within
from kiosk.models.base import Base


class LedgerEntry(Base):
    """A leaf: what kind of thing happened when, and the salted commitment to its content."""

    __tablename__ = "ledger_entry"
    about = About(copied=Within(("ledger",)))

    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Counted from 0 without gaps: the leaf index of RFC 9162."""
    kind: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
    commitment: Mapped[bytes]
    """SHA-256 over salt and canonical content: 32 bytes, the leaf's data in the tree."""


class LedgerContent(Base):
    """Salt and content of a leaf; leaving the programme erases this row and nothing else."""

    __tablename__ = "ledger_content"
    about = About(erased_by="log", copied=NotCopied("an entry's content says what the tables say"))

    index: Mapped[int] = mapped_column(ForeignKey("ledger_entry.index"), primary_key=True)
    salt: Mapped[bytes]
    content: Mapped[bytes]
    """Deterministic CBOR."""


class LedgerErasure(Base):
    """Announces that an entry's content was erased: without it no content can be deleted."""

    __tablename__ = "ledger_erasure"
    about = NOBODY

    index: Mapped[int] = mapped_column(ForeignKey("ledger_entry.index"), primary_key=True)
    at: Mapped[datetime]


class LedgerNode(Base):
    """The hash of one complete subtree: level 0 are leaf hashes, level k covers 2**k leaves."""

    __tablename__ = "ledger_node"
    about = NOBODY

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes]


class Checkpoint(Base):
    """A signed note that left the machine on paper: what any slip in a pocket is held against."""

    __tablename__ = "checkpoint"
    about = NOBODY

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    tree_size: Mapped[int]
    reference: Mapped[str] = mapped_column(String(20), index=True)
    signature: Mapped[str] = mapped_column(String(100), unique=True)
    """Base64 of key id and signature, as in the note's last line."""
    note: Mapped[str] = mapped_column(String(2000))


APPEND_ONLY = ("ledger_entry", "ledger_erasure", "ledger_node", "checkpoint")
"""Tables in which a row, once written, can be neither changed nor deleted."""
