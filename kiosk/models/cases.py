"""Cases, their moves, confirmations, and the point entries that come of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kiosk.models.about import About, NotCopied, Projected, Rows, Within
from kiosk.models.base import Base
from kiosk.models.rulebook import RuleVersion


class Case(Base):
    """A report: a good deed or a concern, about oneself or a neighbour."""

    __tablename__ = "case"
    __table_args__ = (
        Index("ix_case_state_due_at", "state", "due_at"),
        CheckConstraint("kind IN ('deed', 'concern')", name="kind"),
    )
    about = About(
        erased=("subject_id",),
        kept={"reporter_id": "what somebody did stays theirs, also if who reported it left"},
        copied=Within(("cases_about_me", "cases_i_reported")),
        forgets=(
            *("words", "reply_choice", "reply_words", "put_right_words", "part_of_day", "place"),
        ),
        papers="reference",
    )
    logged = Projected(
        key=("id",),
        digested=("handed_in_session",),
        unproved={"touch_id": "a tap that comes twice is booked once: it says nothing of the case"},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    """Year and running number, e.g. 2026-0417."""
    kind: Mapped[str] = mapped_column(String(8))
    rule_version_id: Mapped[int] = mapped_column(ForeignKey("rule_version.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    reporter_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    happened_on: Mapped[date]
    part_of_day: Mapped[str] = mapped_column(String(12), default="")
    """morning, afternoon, evening or empty."""
    place: Mapped[str] = mapped_column(String(40), default="")
    """A key of the list of places, e.g. docks_south, or empty."""
    hours: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """From so many hours on, by the ladder of the rule; 0 below its first step."""
    words: Mapped[str] = mapped_column(String(400), default="")
    thanks: Mapped[str] = mapped_column(String(12), default="", server_default="")
    """The picture with which whoever was helped said thanks, or empty."""
    state: Mapped[str] = mapped_column(String(20))
    submitted_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    """When the present state ends by itself."""
    noticed_at: Mapped[datetime | None]
    reply_choice: Mapped[str] = mapped_column(String(20), default="")
    reply_words: Mapped[str] = mapped_column(String(400), default="")
    replied_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    """The case that this one turned out to be the same as."""
    touch_id: Mapped[str] = mapped_column(String(32), unique=True)
    handed_in_session: Mapped[str] = mapped_column(String(32), default="")
    """The sign-in at which it was handed in: a later one is asked whether it was them."""
    reporter_answer: Mapped[str] = mapped_column(String(8), default="")
    """mine, not_mine, or empty while nobody was asked."""
    put_right_way: Mapped[str] = mapped_column(String(12), default="")
    """cleaned_up, made_good, apologised, or empty: how the person says they put it right."""
    put_right_words: Mapped[str] = mapped_column(String(400), default="")
    put_right_at: Mapped[datetime | None]
    forgotten_at: Mapped[datetime | None]
    """When what was said in a concern that ended was erased."""
    rule_version: Mapped[RuleVersion] = relationship()
    moves: Mapped[list[CaseMove]] = relationship(order_by="CaseMove.id")
    confirmations: Mapped[list[Confirmation]] = relationship()


class CaseMove(Base):
    """One move of a case from state to state, by whom and why."""

    __tablename__ = "case_move"
    about = About(
        kept={"actor_id": "a decision is about the person of the case"},
        copied=Within(("cases_about_me",)),
        forgets=("reason", "sentence"),
    )
    logged = Projected(key=("ledger_index",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    move: Mapped[str] = mapped_column(String(24))
    from_state: Mapped[str] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    """None when time moved the case."""
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(30), default="")
    sentence: Mapped[str] = mapped_column(String(400), default="")
    ledger_index: Mapped[int]


class ConfirmationRequest(Base):
    """The person concerned asked somebody of another household to confirm a good deed."""

    __tablename__ = "confirmation_request"
    about = About(
        erased=("witness_id",), copied=NotCopied("asked on behalf of the person of the case")
    )
    logged = Projected(key=("case_id", "witness_id"))

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    witness_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True, index=True)
    at: Mapped[datetime]


class Confirmation(Base):
    """Somebody of another household says: yes, I saw that."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("case_id", "confirmer_id"),)
    about = About(
        kept={"confirmer_id": "a confirmed deed stays confirmed"},
        copied=Within(("cases_about_me", "confirmations_i_gave")),
    )
    logged = Projected(key=("ledger_index",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    confirmer_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    at: Mapped[datetime]
    ledger_index: Mapped[int]


class PointEntry(Base):
    """Points that a decided case gave or takes: a line of the person's sum."""

    __tablename__ = "point_entry"
    __table_args__ = (
        CheckConstraint("points <> 0", name="points"),
        CheckConstraint("ends_on > effective_on", name="ends_after_effect"),
    )
    about = About(erased=("resident_id",), copied=Within(("number",)))
    logged = Projected(key=("ledger_index",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    points: Mapped[int]
    """Signed: above 0 for a deed, below 0 for a concern."""
    happened_on: Mapped[date]
    effective_on: Mapped[date]
    ends_on: Mapped[date]
    """The first day on which it no longer counts."""
    ended_on: Mapped[date | None]
    """Set when it ended early: put right, overturned or reversed."""
    ledger_index: Mapped[int]


class CasePhoto(Base):
    """A photograph that goes with a report: drawn anew, without metadata, small."""

    __tablename__ = "case_photo"
    about = About(copied=Within(("cases_about_me",)), forgets="row")
    logged = Projected(key=("case_id", "digest"), digested=("jpeg",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    jpeg: Mapped[bytes]
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the picture, in hexadecimal; it stands in the ledger, the picture does not."""
    at: Mapped[datetime]


class PanelDraw(Base):
    """How the panel of a case was drawn: everything needed to draw it again."""

    __tablename__ = "panel_draw"
    about = About(copied=NotCopied("who could be drawn was no decision about anyone"))
    logged = Projected(key=("case_id",))

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    tree_size: Mapped[int]
    """The log's size whose root went into the seed."""
    seed: Mapped[str] = mapped_column(String(64))
    """Hexadecimal."""
    candidates: Mapped[list[Any]]
    """Ids of residents and of their households, by id: whoever could be drawn."""
    drawn_at: Mapped[datetime]
    ledger_index: Mapped[int]


class PanelSeat(Base):
    """A member of a case's panel, and their vote."""

    __tablename__ = "panel_seat"
    __table_args__ = (UniqueConstraint("case_id", "resident_id"),)
    about = About(
        kept={"resident_id": "a vote decides for the person of the case"},
        copied=NotCopied("a seat is held for the village"),
        forgets=("reason", "sentence"),
    )
    logged = Projected(key=("case_id", "resident_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    left_at: Mapped[datetime | None]
    """Set when the member stepped aside and the next in the draw took the seat."""
    uphold: Mapped[bool | None]
    malice: Mapped[bool] = mapped_column(default=False)
    """The member found that the report was made to harm."""
    reason: Mapped[str] = mapped_column(String(30), default="")
    sentence: Mapped[str] = mapped_column(String(400), default="")
    voted_at: Mapped[datetime | None]


class NoticeSlip(Base):
    """A notice on paper for somebody who does not come to the hall."""

    __tablename__ = "notice_slip"
    about = About(
        kept={"handed_by": "the paper was about the person of the case"},
        copied=NotCopied("the case says when the person was told"),
    )
    logged = Projected(key=("case_id",))

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    print_job_id: Mapped[int]
    printed_at: Mapped[datetime]
    handed_on: Mapped[date | None]
    handed_by: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))


class HandOver(Base):
    """A paper that is carried to somebody: the result of a case, or the invitation to a panel."""

    __tablename__ = "hand_over"
    about = About(
        erased=("resident_id",),
        kept={"handed_by": "the paper was for somebody else"},
        copied=NotCopied("the case, or the seat on a panel, says what the paper said"),
    )
    logged = Projected(key=("case_id", "resident_id", "covers"))

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)
    covers: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The entry of the log that it tells of."""
    print_job_id: Mapped[int]
    """The newest print."""
    printed_at: Mapped[datetime]
    handed_on: Mapped[date | None]
    handed_by: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))


class ReportingPause(Base):
    """A panel found malice: this person hands in nothing about others until then."""

    __tablename__ = "reporting_pause"
    about = About(erased=("resident_id",), copied=Rows("reporting_pauses", ("until",)))
    logged = Projected(key=("ledger_index",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    until: Mapped[datetime]
    ledger_index: Mapped[int]


class SecondReading(Base):
    """A second person read a deed whose confirmers and doer often confirm one another."""

    __tablename__ = "second_reading"
    about = About(
        kept={"reader_id": "the deed that was read again is somebody else's"},
        copied=NotCopied("who may read it is the officers' matter"),
    )
    logged = Projected(key=("case_id",))

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    sentence: Mapped[str] = mapped_column(String(400))
    at: Mapped[datetime]
    ledger_index: Mapped[int]
