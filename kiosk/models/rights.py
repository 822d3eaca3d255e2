"""Consents, versioned; enrolment talks, pauses, and what people want corrected."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import About, Logged, Rows, Unchecked
from kiosk.models.base import Base


class Consent(Base):
    """A consent to one purpose: number, household_sign, thank_you_wall, letter or panel."""

    __tablename__ = "consent"
    about = About(
        erased=("resident_id",),
        copied=Rows("consents", ("purpose", "text_version", "given_at", "withdrawn_at")),
    )
    logged = Logged(
        kinds=("consent_given",),
        told={"resident": "resident_id", "purpose": "purpose", "text_version": "text_version"},
        at="given_at",
    )

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
    about = About(
        erased=("resident_id",),
        kept={"clerk_id": "the talk was somebody else's"},
        copied=Rows("enrolment_talks", ("text_version", "read_aloud", "answers", "at")),
    )
    logged = Unchecked("it gives and takes no points; the consents themselves are compared")

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
    about = About(erased=("resident_id",), copied=Rows("pauses", ("since", "ended_at")))

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class CorrectionRequest(Base):
    """Somebody says that something about them is written down wrongly."""

    __tablename__ = "correction_request"
    about = About(
        erased=("resident_id",),
        kept={"answered_by": "the request was somebody else's"},
        copied=Rows(
            "corrections",
            ("what", "words", "state", "asked_at", "reason", "sentence", "answered_at"),
        ),
    )

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
