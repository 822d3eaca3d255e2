"""Cases, their moves, confirmations, and the point entries that come of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kiosk.models.base import Base
from kiosk.models.rulebook import RuleVersion


class Case(Base):
    """A report: a good deed or a concern, about oneself or a neighbour."""

    __tablename__ = "case"
    __table_args__ = (
        Index("ix_case_state_due_at", "state", "due_at"),
        CheckConstraint("kind IN ('deed', 'concern')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    """Year and running number, e.g. 2026-0417."""
    kind: Mapped[str] = mapped_column(String(8))
    rule_version_id: Mapped[int] = mapped_column(ForeignKey("rule_version.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    reporter_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    happened_on: Mapped[date]
    part_of_day: Mapped[str] = mapped_column(String(12), default="")
    """morning, afternoon, evening or empty."""
    place: Mapped[str] = mapped_column(String(40), default="")
    """A key of the list of places, e.g. docks_south, or empty."""
    words: Mapped[str] = mapped_column(String(400), default="")
    state: Mapped[str] = mapped_column(String(20))
    submitted_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    """When the present state ends by itself."""
    noticed_at: Mapped[datetime | None]
    reply_choice: Mapped[str] = mapped_column(String(20), default="")
    reply_words: Mapped[str] = mapped_column(String(400), default="")
    replied_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    """The case that this one turned out to be the same as."""
    touch_id: Mapped[str] = mapped_column(String(32), unique=True)
    rule_version: Mapped[RuleVersion] = relationship()
    moves: Mapped[list[CaseMove]] = relationship(order_by="CaseMove.id")
    confirmations: Mapped[list[Confirmation]] = relationship()


class CaseMove(Base):
    """One move of a case from state to state, by whom and why."""

    __tablename__ = "case_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    move: Mapped[str] = mapped_column(String(24))
    from_state: Mapped[str] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    """None when time moved the case."""
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(30), default="")
    sentence: Mapped[str] = mapped_column(String(400), default="")
    ledger_index: Mapped[int]


class ConfirmationRequest(Base):
    """The person concerned asked somebody of another household to confirm a good deed."""

    __tablename__ = "confirmation_request"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    witness_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True, index=True)
    at: Mapped[datetime]


class Confirmation(Base):
    """Somebody of another household says: yes, I saw that."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("case_id", "confirmer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    confirmer_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    at: Mapped[datetime]
    ledger_index: Mapped[int]


class PointEntry(Base):
    """Points that a decided case gave or takes: a line of the person's sum."""

    __tablename__ = "point_entry"
    __table_args__ = (
        CheckConstraint("points <> 0", name="points"),
        CheckConstraint("ends_on > effective_on", name="ends_after_effect"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    points: Mapped[int]
    """Signed: above 0 for a deed, below 0 for a concern."""
    happened_on: Mapped[date]
    effective_on: Mapped[date]
    ends_on: Mapped[date]
    """The first day on which it no longer counts."""
    ended_on: Mapped[date | None]
    """Set when it ended early: put right, overturned or reversed."""
    ledger_index: Mapped[int]
