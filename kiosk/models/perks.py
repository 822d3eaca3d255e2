"""The wallet, apart from the number: credits from approved good points, debits for perks."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.texts import Texts
from kiosk.models.about import NOBODY, About, NotCopied, Projected, Rows, Within
from kiosk.models.base import Base


class WalletMovement(Base):
    """One credit or debit."""

    __tablename__ = "wallet_movement"
    about = About(erased=("resident_id",), copied=Rows("wallet", ("points", "why", "at")))
    logged = Projected(key=("ledger_index",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    points: Mapped[int]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), unique=True)
    """The case whose good points were credited, once."""
    why: Mapped[str] = mapped_column(String(20))
    """deed, reversal, perk, perk_back or ended."""
    at: Mapped[datetime]
    ledger_index: Mapped[int]


class Perk(Base):
    """Something extra that the village gives for points; title and price never change."""

    __tablename__ = "perk"
    __table_args__ = (
        CheckConstraint("price > 0", name="price"),
        CheckConstraint("stock >= 0", name="stock"),
    )
    about = NOBODY
    logged = Projected(key=("id",))

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[Texts]
    price: Mapped[int]
    """In points of the wallet."""
    stock: Mapped[int]
    """How many can still be reserved."""
    picture: Mapped[str] = mapped_column(String(20), server_default="gift")
    """One of the pictures that are shipped."""
    per_person: Mapped[int] = mapped_column(server_default="0")
    """So many of it for one person in 365 days; 0 where there is no limit."""
    ended_at: Mapped[datetime | None]
    """Since when it is not offered any more."""
    ledger_index: Mapped[int]


class Redemption(Base):
    """A perk that somebody reserved: paid from the wallet, kept for them until a day."""

    __tablename__ = "redemption"
    about = About(erased=("resident_id",), copied=Within(("vouchers",)), papers="reference")
    logged = Projected(key=("id",))

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    """On the voucher: P, year and running number, e.g. P2026-0007."""
    perk_id: Mapped[int] = mapped_column(ForeignKey("perk.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    price: Mapped[int]
    reserved_at: Mapped[datetime]
    collect_by: Mapped[date]
    """The last day on which it can be collected."""
    state: Mapped[str] = mapped_column(String(10), index=True)
    """reserved, collected, cancelled or refunded."""
    ended_at: Mapped[datetime | None]
    ledger_index: Mapped[int]


class ShelfCount(Base):
    """What somebody counted on the shelf, beside what ought to have been there."""

    __tablename__ = "shelf_count"
    about = About(
        kept={
            "by_id": "who counted did so in an office, for the village",
            "second_id": "who agreed did so in an office, for the village",
        },
        copied=NotCopied("it is the village's; nothing in it is about a person"),
    )
    logged = Projected(key=("id",))

    id: Mapped[int] = mapped_column(primary_key=True)
    perk_id: Mapped[int] = mapped_column(ForeignKey("perk.id"))
    expected: Mapped[int]
    """What could be reserved, and what was kept for people."""
    found: Mapped[int]
    reason: Mapped[str] = mapped_column(String(12))
    """One of `services.perks.stock.REASONS`; empty where nothing differed."""
    by_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    second_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    """The officer who agreed, where something differed."""
    at: Mapped[datetime]


class HandOut(Base):
    """Something of the shelf that everybody in the village gets, for no points."""

    __tablename__ = "hand_out"
    about = About(
        kept={
            "by_id": "who opened it did so in an office, for the village",
            "second_id": "who agreed did so in an office, for the village",
        },
        copied=NotCopied("it is for everybody; nothing in it is about a person"),
    )
    logged = Projected(key=("id",))

    id: Mapped[int] = mapped_column(primary_key=True)
    perk_id: Mapped[int] = mapped_column(ForeignKey("perk.id"))
    purpose: Mapped[str] = mapped_column(String(80))
    """``中文 / English``: what it is handed out for."""
    last_day: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    at: Mapped[datetime]


class HandedOut(Base):
    """Somebody got theirs, whether they joined or not."""

    __tablename__ = "handed_out"
    about = About(
        erased=("resident_id",),
        kept={"by_id": "who handed it over did so in an office, for the village"},
        copied=Rows("handed_out", ("at",)),
    )
    logged = Projected(key=("hand_out_id", "resident_id"))

    hand_out_id: Mapped[int] = mapped_column(ForeignKey("hand_out.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("resident.id"), primary_key=True, index=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    at: Mapped[datetime]
