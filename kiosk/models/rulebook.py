"""The rule book: every version of every rule stays, since an entry keeps the points of its day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.texts import Texts
from kiosk.models.about import NOBODY, About, NotCopied, Projected
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
    caps: Mapped[str] = mapped_column(String(40), default="", server_default="")
    """How often it counts for one person, as `services.rulebook.caps` keeps it."""
    ladder: Mapped[str] = mapped_column(String(40), default="", server_default="")
    """What more hours give, as `services.rulebook.ladder` keeps it."""
    reminder: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The first concern of its kind that stands for a person takes no points."""
    place_in_book: Mapped[int]
    """The order of the rule book, counted from 1; the newest version's place is the rule's."""
    ledger_index: Mapped[int]


class RuleChange(Base):
    """A change of one rule: proposed, shown, adopted, and then a version of its own."""

    __tablename__ = "rule_change"
    about = About(
        kept={
            "by_id": "who proposed it did so in an office, for the village",
            "first_id": "who adopted it did so in an office, for the village",
            "second_id": "who adopted it did so in an office, for the village",
        },
        copied=NotCopied("it is the village's; nothing in it is about a person"),
    )
    logged = Projected(key=("id",))

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(8))
    """One of `services.rule_changes.drafts.KINDS`."""
    rule: Mapped[str] = mapped_column(String(40), index=True)
    base: Mapped[int]
    """The version that it changes; 0 for a new rule."""
    text: Mapped[str] = mapped_column(Text)
    """The rule as it is to be, as JSON; empty where it is to end."""
    by_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    """waiting, adopted, done, withdrawn, or lapsed where nobody adopted it in time."""
    assembly: Mapped[date | None]
    begins: Mapped[date | None]
    """The day from which it is to hold."""
    first_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    second_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    adopted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
