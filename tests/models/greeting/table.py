"""A table about a person, as it would stand in `kiosk/models/perks.py`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import About, Projected, Rows
from kiosk.models.base import Base


class Greeting(Base):
    """Somebody greeted a neighbour with a few words."""

    __tablename__ = "greeting"
    about = About(
        erased=("resident_id",),
        kept={"said_by": "what somebody was greeted with stays theirs"},
        copied=Rows("greeting", ("words", "at")),
    )
    logged = Projected(
        key=("ledger_index",),
        counted="id",
        entry="greeting",
        told={"resident": "resident_id", "by": "said_by", "words": "words"},
        at="at",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    said_by: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    words: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    ledger_index: Mapped[int]
