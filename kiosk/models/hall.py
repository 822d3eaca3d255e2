"""What a village keeps of its own words, and the days on which its hall is closed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import About, NotCopied, Projected
from kiosk.models.base import Base

_BY = "who wrote it down did so in an office, for the village"
_ABOUT = About(
    kept={"by_id": _BY},
    copied=NotCopied("it is the village's; nothing in it is about a person"),
)


class HallDay(Base):
    """Days on which the hall is closed, or open all the same."""

    __tablename__ = "hall_day"
    about = _ABOUT
    logged = Projected(key=("id",))

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(8))
    """One of `core.open_days.KINDS`."""
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    """None for a weekday in every week, that of `first_day`."""
    name: Mapped[str] = mapped_column(String(80))
    """``中文 / English``; may be empty."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    """None for what comes with the program: the days off that the law gives."""
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OwnWord(Base):
    """A place of the village's own, or a sentence that a report begins with."""

    __tablename__ = "own_word"
    about = _ABOUT
    logged = Projected(key=("id",))

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(8))
    """One of `services.hall.words.KINDS`."""
    name: Mapped[str] = mapped_column(String(80))
    """``中文 / English``, as it stands today; a case keeps the words of its day."""
    by_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    """Who wrote it down, or put it into other words last."""
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
