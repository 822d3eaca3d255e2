"""Consents, versioned; enrolment talks, pauses, and what people want corrected."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.base import Base


class Consent(Base):
    """A consent to one purpose: number, household_sign, thank_you_wall, letter or panel."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    text_version: Mapped[int]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    ledger_index: Mapped[int]


class EnrolmentTalk(Base):
    """What was read aloud and asked before somebody joined, with the answers as they were given."""

    __tablename__ = "enrolment_talk"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    clerk_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    text_version: Mapped[int]
    read_aloud: Mapped[bool]
    answers: Mapped[list[Any]]
    """Each answer as ``[question, answer, understood]``, in the order in which it was asked."""
    at: Mapped[datetime]
    ledger_index: Mapped[int]


class Pause(Base):
    """Somebody wants a rest: while it lasts they count as not enrolled, and nothing is lost."""

    __tablename__ = "pause"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class CorrectionRequest(Base):
    """Somebody says that something about them is written down wrongly."""

    __tablename__ = "correction_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    what: Mapped[str] = mapped_column(String(12))
    """name, born_on, phone, house or other."""
    words: Mapped[str] = mapped_column(String(400))
    state: Mapped[str] = mapped_column(String(10), index=True)
    """open, passed_on, done or declined."""
    reason: Mapped[str] = mapped_column(String(20), default="", server_default="")
    """Why it was declined, from a list; empty otherwise."""
    asked_at: Mapped[datetime]
    sentence: Mapped[str] = mapped_column(String(400), default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    answered_at: Mapped[datetime | None]
