"""The rule book: every version of every rule stays, since an entry keeps the points of its day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.texts import Texts
from kiosk.models.about import NOBODY, Projected
from kiosk.models.base import Base


class RuleVersion(Base):
    """One version of one rule."""

    __tablename__ = "rule_version"
    __table_args__ = (UniqueConstraint("rule", "version"),)
    about = NOBODY
    logged = Projected(key=("rule", "version"))

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(40), index=True)
    version: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    kind: Mapped[str] = mapped_column(String(8))
    """deed or concern."""
    area: Mapped[str] = mapped_column(String(30))
    points: Mapped[int]
    """Magnitude, 1 to 10; a concern takes them away."""
    reporters: Mapped[str] = mapped_column(String(20))
    """anyone (self or neighbour), self, or person_concerned."""
    icon: Mapped[str] = mapped_column(String(40))
    title: Mapped[Texts]
    text: Mapped[Texts]
    remedy: Mapped[Texts]
    """How a concern is put right; empty for a deed."""
    place_in_book: Mapped[int]
    """The order of the rule book, counted from 1; the newest version's place is the rule's."""
    ledger_index: Mapped[int]
