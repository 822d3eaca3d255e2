"""Consents, versioned; pauses; wishes to leave."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import About, Projected, Rows
from kiosk.models.base import Base


class Consent(Base):
    """A consent to one purpose: number, household_sign, thank_you_wall, letter or panel."""

    __tablename__ = "consent"
    about = About(
        erased=("resident_id",),
        copied=Rows("consents", ("purpose", "text_version", "given_at", "withdrawn_at")),
    )
    logged = Projected(key=("ledger_index",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    text_version: Mapped[int]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    ledger_index: Mapped[int]


class Pause(Base):
    """Somebody wants a rest: while it lasts they count as not enrolled, and nothing is lost."""

    __tablename__ = "pause"
    about = About(erased=("resident_id",), copied=Rows("pauses", ("since", "ended_at")))
    logged = Projected(key=("resident_id",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Leaving(Base):
    """Somebody wants everything about them erased; it is, unless they take the wish back."""

    __tablename__ = "leaving"
    about = About(
        erased=("resident_id",),
        kept={"issued_by": "the wish to leave was somebody else's"},
        copied=Rows("leavings", ("asked_at", "ended_at"), left_out=("issued_by",)),
    )
    logged = Projected(key=("ledger_index",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    asked_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    """The clerk who issued the card it was asked with; None for a card of the machine."""
    ended_at: Mapped[datetime | None]
    """When it was taken back."""
    ledger_index: Mapped[int]
