"""What was read aloud and understood before somebody joined."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import About, Projected, Rows
from kiosk.models.base import Base


class EnrolmentTalk(Base):
    """What was read aloud and asked before somebody joined, with the answers as they were given."""

    __tablename__ = "enrolment_talk"
    about = About(
        erased=("resident_id",),
        kept={"clerk_id": "the talk was somebody else's"},
        copied=Rows("enrolment_talks", ("text_version", "read_aloud", "answers", "at")),
    )
    logged = Projected(key=("ledger_index",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    clerk_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    text_version: Mapped[int]
    read_aloud: Mapped[bool]
    answers: Mapped[list[Any]]
    """Each answer as ``[question, answer, understood]``, in the order in which it was asked."""
    at: Mapped[datetime]
    ledger_index: Mapped[int]
