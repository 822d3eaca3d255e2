"""What people want corrected."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import About, Projected, Rows
from kiosk.models.base import Base


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
    logged = Projected(key=("id",), digested=("words", "sentence"))

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
