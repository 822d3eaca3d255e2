"""Letters that residents had printed about themselves, for whom they chose."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import About, Projected, Within
from kiosk.models.base import Base


class Letter(Base):
    """A letter of somebody about themselves, in force until its last day or until they end it."""

    __tablename__ = "letter"
    about = About(
        erased=("resident_id",),
        copied=Within(("letters",)),
        papers="reference",
    )
    logged = Projected(key=("id",), digested=("says",))

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    """On the letter: L, year and the number of its entry in the log, so that none is given twice
    once somebody left."""
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    says: Mapped[str] = mapped_column(Text)
    """All that it says, as JSON (`services.letters.wording.Said`); empty once it was taken back."""
    issued_at: Mapped[datetime]
    valid_until: Mapped[date]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(String(12), default="")
    """taken_back, revoked or consent; empty while nobody ended it."""
    ledger_index: Mapped[int]
