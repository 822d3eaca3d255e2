"""Star rounds, published ratings and door signs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import NOBODY, Projected
from kiosk.models.base import Base


class StarRound(Base):
    """One quarter's round."""

    __tablename__ = "star_round"
    __table_args__ = (UniqueConstraint("year", "quarter"),)
    about = NOBODY
    logged = Projected(key=("year", "quarter"))

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    quarter: Mapped[int]
    opened_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    valid_until: Mapped[date]


class Rating(Base):
    """A household's published stars on one dimension; no row means not rated, which is not low."""

    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("round_id", "household_id", "dimension"),)
    about = NOBODY
    logged = Projected(
        key=("ledger_index", "dimension"),
        unproved={"id": "the order in which the stars of one entry were written; nothing reads it"},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("star_round.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    dimension: Mapped[str] = mapped_column(String(16))
    """courtyard, rules, recycling, good_faith or family_spirit."""
    stars: Mapped[int]
    contested: Mapped[bool] = mapped_column(default=False)
    """Nothing marks stars as contested yet."""
    ledger_index: Mapped[int]


class DoorSign(Base):
    """A sign that was issued; at most one of a household is current."""

    __tablename__ = "door_sign"
    about = NOBODY
    logged = Projected(key=("serial",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    serial: Mapped[str] = mapped_column(String(16), unique=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("star_round.id"))
    shown: Mapped[dict[str, Any]]
    """Dimension to the stars shown; at most what was earned, absent when not shown."""
    issued_at: Mapped[datetime]
    valid_until: Mapped[date]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(String(12), default="")
    """replaced, taken_down, or outdated when the house or who lives there changed."""
    ledger_index: Mapped[int]


class SignChoice(Base):
    """A household wants at most so many stars of a dimension shown, 0 for none, until it says else.

    Nothing else follows from it, and no entry of the log says it: a sign may show fewer stars than
    were earned, and nobody may hold that against anyone. It follows from the last sign's entry.
    """

    __tablename__ = "sign_choice"
    __table_args__ = (CheckConstraint("most >= 0", name="most"),)
    about = NOBODY
    logged = Projected(key=("household_id", "dimension"))

    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), primary_key=True)
    dimension: Mapped[str] = mapped_column(String(16), primary_key=True)
    most: Mapped[int]
