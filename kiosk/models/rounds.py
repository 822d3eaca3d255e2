"""A quarter's round of visits: who was drawn for whom, what each saw, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import NOBODY, About, NotCopied, Projected
from kiosk.models.base import Base


class VisitRound(Base):
    """A round as two officers opened it; `StarRound` is what took effect of it."""

    __tablename__ = "visit_round"
    __table_args__ = (UniqueConstraint("year", "quarter"),)
    about = About(
        kept={
            "first_id": "who opened it did so in an office, for the village",
            "second_id": "who opened it did so in an office, for the village",
            "closed_by": "who closed it did so in an office, for the village",
        },
        copied=NotCopied("it is the village's; nothing in it is about a person"),
    )
    logged = Projected(key=("id",))

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    quarter: Mapped[int]
    rubric: Mapped[str] = mapped_column(String(20))
    """The version of the checklists that it goes by."""
    digest: Mapped[str] = mapped_column(String(64))
    """What these said when it was opened, in hexadecimal."""
    first_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    opened_at: Mapped[datetime]
    candidates: Mapped[list[Any]]
    """Who could be invited to inspect, by id: residents and their households."""
    invited_by: Mapped[str] = mapped_column(String(64))
    """The seed, in hexadecimal, that gives the order in which they are."""
    pool: Mapped[list[Any]]
    """Who could be drawn for the visits, by id: residents and their households; empty before."""
    seed: Mapped[str] = mapped_column(String(64), default="")
    """The seed of the visits, in hexadecimal; empty before they are drawn."""
    drawn_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    """The officer; empty where it ended with its time."""


class RubricVersion(Base):
    """What inspectors look at, as the assembly adopted it; rounds opened before keep theirs."""

    __tablename__ = "rubric_version"
    about = NOBODY
    logged = Projected(key=("version",))

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Counted from 1."""
    valid_from: Mapped[date]
    """Rounds go by it that are opened from this day on."""
    text: Mapped[str] = mapped_column(Text)
    """All lists, as `services.stars.rubrics` writes them."""
    ledger_index: Mapped[int]


class Inspector(Base):
    """Somebody who was asked to inspect in a round: an officer, or a neighbour by lot."""

    __tablename__ = "inspector"
    about = About(
        kept={"resident_id": "what they saw is about other households"},
        copied=NotCopied("an inspector serves the village"),
    )
    logged = Projected(key=("round_id", "resident_id"))

    round_id: Mapped[int] = mapped_column(ForeignKey("visit_round.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)
    place: Mapped[int]
    """In the order of the draw, counted from 1; 0 for an officer."""
    answer: Mapped[str] = mapped_column(String(4), default="")
    """yes, no, or empty while it is not given."""
    answered_at: Mapped[datetime | None]


class Visit(Base):
    """A household in a round: looked at, told, and over."""

    __tablename__ = "visit"
    __table_args__ = (UniqueConstraint("round_id", "household_id"),)
    about = NOBODY
    logged = Projected(key=("id",))

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("visit_round.id"), index=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    """What finds it again, e.g. ``V-26Q4-0017``; a sheet's has its seat's number behind it."""
    premises: Mapped[str] = mapped_column(String(12))
    """The kind of checklist: home, shop, farmyard or workshop."""
    barred: Mapped[list[Any]]
    """Who of the pool could not be drawn for it, by id."""
    look: Mapped[int] = mapped_column(default=1)
    """1 the round's own, 2 the new one that the household asked for, 3 after its appeal."""
    state: Mapped[str] = mapped_column(String(10), default="open", index=True)
    """open, to_tell, told, effective; or missed, lapsed, gone: what the household had stays."""
    stars: Mapped[dict[str, Any]]
    """What the last finished look gives, dimension to stars; empty before."""
    told_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    """When it takes effect by itself, or an appeal that nobody heard lapses."""
    effective_at: Mapped[datetime | None]
    """When stars of it took effect, the latest ones."""
    ended_at: Mapped[datetime | None]
    """When it ended without any."""


class VisitSeat(Base):
    """Who looks at a household, and what they saw; number 0 is the household's own look."""

    __tablename__ = "visit_seat"
    about = About(
        kept={
            "resident_id": "what they saw is about a household",
            "entered_by": "what was entered is about a household",
        },
        copied=NotCopied("a look is at a household; its page says what was seen"),
    )
    logged = Projected(key=("visit_id", "number"))

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    look: Mapped[int]
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    left_at: Mapped[datetime | None]
    """Set when somebody else was drawn in their place."""
    left_why: Mapped[str] = mapped_column(String(10), default="")
    answers: Mapped[dict[str, Any]]
    """Item to yes, no or na; empty before they are in."""
    put_forward: Mapped[list[Any]]
    """The dimensions for which the household itself brought something."""
    scored_at: Mapped[datetime | None]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    """Who typed it in; empty before."""


class VisitReply(Base):
    """An adult of the household agrees to what was seen."""

    __tablename__ = "visit_reply"
    about = About(
        kept={"resident_id": "it was said for a household"},
        copied=NotCopied("it was said for a household, whose page says it"),
    )
    logged = Projected(key=("visit_id", "resident_id", "look"))

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)
    look: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
