"""What happens in a family, written down at the desk, and for ten minutes not yet in force."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import About, NotCopied, Projected
from kiosk.models.base import Base


class LifeEvent(Base):
    """A birth, a death, a move: what is to change stands here until it does, and no longer."""

    __tablename__ = "life_event"
    about = About(
        kept={"by_id": "who wrote it down did so in an office, for a family"},
        copied=NotCopied("it is the family's; what came of it stands with the person"),
    )
    logged = Projected(key=("id",), digested=("plan",))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    """One of `services.households.plans.KINDS`."""
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    at: Mapped[datetime]
    plan: Mapped[str] = mapped_column(Text)
    """What is to change, as JSON; empty as soon as that is over, whichever way."""
    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    """waiting, done, withdrawn, or dropped where it was not possible any more."""
    ended_at: Mapped[datetime | None]
