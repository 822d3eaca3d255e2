"""The days of the office: opened in the morning, closed in the evening by two."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import About, NotCopied, Projected
from kiosk.models.base import Base

_BY = "who opened or closed the day did so in an office, for the village"


class Workday(Base):
    """A day that was opened, with what was there; nothing waits for it to be closed."""

    __tablename__ = "workday"
    about = About(
        kept={"opened_by_id": _BY, "closed_by_id": _BY, "second_id": _BY},
        copied=NotCopied("it is the office's; nothing in it is about a person"),
    )
    logged = Projected(key=("day",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    """The day on which it was opened; it may be closed after midnight."""
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    opened_with: Mapped[list[Any]]
    """What was counted in: a `services.workday.counting.Count` each, as a map."""
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    second_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    closed_with: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    """What was counted in the evening; None as long as nobody closed the day."""
